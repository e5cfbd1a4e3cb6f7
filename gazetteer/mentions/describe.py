"""Which words describe a place by others: "southern Israel", "the Iran–Azerbaijan border"?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazetteer.derived import Derivation
from gazetteer.mention import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gazetteer.mentions.language_rules import LanguageRules, Pattern
    from gazetteer.text.tokens import Token

# What may stand between two elements: space, hyphens, quotes, an English genitive.
_JOINT = re.compile(r"[^\S\n]*(?:['’]s\b)?[^\S\n]*[-‐‑–—/\"'“”«»’]{0,2}[^\S\n]*")
# "1,200", "12.5", "٣٠٫٥": thousands in groups of three, then perhaps a decimal part.
_NUMBER = re.compile(r"\d{1,3}(?:[,٬]\d{3})+(?!\d)(?:[.٫]\d+)?|\d+(?:[.,٫]\d+)?")
# The same distance in another unit, as agencies add it: "20 kilometers (12 miles)".
_CONVERSION = re.compile(r"[^\S\n]*\([^()\n]{0,12}\d[^()\n]{0,20}\)")
_LONGEST_PHRASE = 3
_KM = {"unit_km": 1.0, "unit_mile": 1.609344, "unit_metre": 0.001}
_SLOTS = {"A": "any", "B": "any"}


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name or demonym that was resolved, as the patterns see it.

    Attributes
    ----------
    span
        Its span in the text.
    first, last
        Numbers of its words.
    form
        ``name`` or ``demonym``.
    particle
        Folded particle glued in front.
    place_id
        The place.
    is_area
        Whether the place has a border (country, division, region).
    """

    span: Span
    first: int
    last: int
    form: str
    particle: str
    place_id: str
    is_area: bool


@dataclass(frozen=True, slots=True)
class Description:
    """A described place: its span, how it is made, and the names inside it."""

    span: Span
    derivation: Derivation
    refs: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """How far a pattern has matched."""

    word: int
    end: int
    slots: Mapping[str, PlacedName] = field(default_factory=dict)
    side: str = ""
    km: float | None = None
    latter: bool = False


class Describer:
    """Finds described places of one text.

    Parameters
    ----------
    text, tokens, rules
        The text, its words and its language's rules.
    names
        Resolved names and demonyms, in text order.
    share_border
        Whether two places have a common border.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        rules: LanguageRules,
        names: Sequence[PlacedName],
        share_border: Callable[[str, str], bool],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._rules = rules
        self._names = names
        self._at = {name.first: name for name in names}
        self._inside = {i for name in names for i in range(name.first, name.last + 1)}
        self._share_border = share_border
        heads = rules.classes_by_head
        self._classes = [
            frozenset[str]().union(
                *(heads[head] for head in self._heads(t.folded) if head in heads)
            )
            for t in tokens
        ]

    def find(self) -> list[Description]:
        """Return the described places in text order, none overlapping, the longest first."""
        found = [
            description
            for i in range(len(self._tokens))
            for pattern in self._rules.patterns
            if self._may_begin(pattern.elements[0], i)
            for description in self._match(pattern, i)
        ]
        found.sort(key=lambda d: (d.span.start - d.span.end, d.span.start))
        kept: list[Description] = []
        for description in found:
            if not any(description.span.overlaps(other.span) for other in kept):
                kept.append(description)
        return sorted(kept, key=lambda d: d.span.start)

    def _may_begin(self, element: str, i: int) -> bool:
        if element.partition(":")[0] in _SLOTS:
            return i in self._at
        if element == "NUM":
            return self._tokens[i].folded.isdecimal()
        return element in self._classes[i]

    def _match(self, pattern: Pattern, i: int) -> Iterator[Description]:
        first, *rest = pattern.elements
        for start, state in self._begin(first, i):
            for final in self._continue(rest, state):
                described = self._describe(pattern.form, start, final, i)
                if described is not None:
                    yield described
                    return

    def _begin(self, element: str, i: int) -> Iterator[tuple[int, _State]]:
        """Match the first element: particles glued to it stay outside the span."""
        blank = _State(i, self._tokens[i].start)
        name = self._at.get(i)
        for state in self._step(element, blank):
            if name is not None and state.word > i:
                yield name.span.start, state
            else:
                yield self._tokens[i].offset(self._glued(element, i)), state

    def _continue(self, elements: Sequence[str], state: _State) -> Iterator[_State]:
        if not elements:
            yield state
            return
        element, *rest = elements
        if element.startswith("*"):
            yield from self._skip(int(element[1:]), rest, state)
            return
        if element.endswith("?"):
            for after in self._joined(element[:-1], state):
                yield from self._continue(rest, after)
            yield from self._continue(rest, state)
            return
        for after in self._joined(element, state):
            yield from self._continue(rest, after)

    def _skip(self, most: int, rest: Sequence[str], state: _State) -> Iterator[_State]:
        for n in range(most + 1):
            word = state.word + n
            if n and (word - 1 in self._inside or not self._joins(word - 1, state.word, state.end)):
                return
            end = self._tokens[word - 1].end if n else state.end
            yield from self._continue(
                rest, _State(word, end, state.slots, state.side, state.km, state.latter)
            )

    def _joins(self, word: int, _from: int, _end: int) -> bool:
        if not 0 < word < len(self._tokens):
            return False
        previous, token = self._tokens[word - 1], self._tokens[word]
        return bool(_JOINT.fullmatch(self._text, previous.end, token.start))

    def _joined(self, element: str, state: _State) -> Iterator[_State]:
        if state.word < len(self._tokens) and (
            _JOINT.fullmatch(self._text, state.end, self._tokens[state.word].start) is not None
        ):
            yield from self._step(element, state)

    def _step(self, element: str, state: _State) -> Iterator[_State]:
        """Yield the states after one element at the word ``state.word``."""
        slot, _, form = element.lstrip("&").partition(":")
        if slot in _SLOTS:
            yield from self._place(slot, form or _SLOTS[slot], state, joined=element[0] == "&")
        elif element in {"NUM", "UNIT"}:
            yield from self._measure(element, state)
        elif element not in self._classes[state.word]:
            return
        elif element in {"DIR", "DEFDIR"}:
            sides = self._rules.directions if element == "DIR" else self._rules.definite_directions
            for end, side in self._phrases(sides, state.word):
                yield self._advance(state, end, side=side)
        else:
            for end in self._class_ends(element, state.word):
                yield self._advance(state, end, latter=state.latter or element == "latter")

    def _measure(self, element: str, state: _State) -> Iterator[_State]:
        if element == "NUM":
            number = _NUMBER.match(self._text, self._tokens[state.word].start)
            if number is not None and not self._follows_digits(number.start()):
                word = self._word_from(state.word, number.end())
                yield self._advance(state, word, km=_value(number.group()))
            return
        for unit, factor in _KM.items():
            if unit in self._classes[state.word]:
                for end in self._class_ends(unit, state.word):
                    measured = self._advance(state, end, km=(state.km or 0.0) * factor)
                    yield measured
                    if conversion := _CONVERSION.match(self._text, measured.end):
                        word = self._word_from(end, conversion.end())
                        yield replace(measured, word=word, end=conversion.end())

    def _follows_digits(self, offset: int) -> bool:
        """Whether a number is the rest of another: "5" in "12.5"."""
        before = self._text[max(0, offset - 2) : offset]
        return bool(re.fullmatch(r"\d[.,٫٬]", before))

    def _word_from(self, word: int, offset: int) -> int:
        """Return the number of the first word, from a given one, that an offset is not behind."""
        while word < len(self._tokens) and self._tokens[word].start < offset:
            word += 1
        return word

    def _place(self, slot: str, form: str, state: _State, *, joined: bool) -> Iterator[_State]:
        word = state.word
        if joined and self._rules.has("and", self._tokens[word].folded):
            word, joined = word + 1, False
        name = self._at.get(word)
        if name is None or form not in {"any", name.form}:
            return
        glued_and = name.particle in self._rules.conjunctions
        hyphen = (
            "-" in self._text[state.end : name.span.start]
            or "–" in self._text[state.end : name.span.start]
        )
        if joined and not glued_and and not hyphen:
            return
        if not joined and name.particle and name.particle in self._rules.conjunctions:
            return
        yield _State(
            name.last + 1,
            name.span.end,
            {**state.slots, slot: name},
            state.side,
            state.km,
            state.latter,
        )

    def _advance(
        self,
        state: _State,
        word: int,
        *,
        side: str | None = None,
        km: float | None = None,
        latter: bool | None = None,
    ) -> _State:
        return _State(
            word,
            self._tokens[word - 1].end,
            state.slots,
            state.side if side is None else side,
            state.km if km is None else km,
            state.latter if latter is None else latter,
        )

    def _class_ends(self, word_class: str, i: int) -> Iterator[int]:
        phrases = dict.fromkeys(self._rules.words.get(word_class, ()), "")
        for end, _ in self._phrases(phrases, i):
            yield end

    def _phrases(self, phrases: Mapping[tuple[str, ...], str], i: int) -> Iterator[tuple[int, str]]:
        """Yield ends and values of listed phrases that begin at a word, the longest first."""
        for n in range(_LONGEST_PHRASE, 0, -1):
            words = [token.folded for token in self._tokens[i : i + n]]
            if len(words) < n or any(
                not self._joins(j, i, 0) or j in self._inside for j in range(i + 1, i + n)
            ):
                continue
            for head in self._heads(words[0]):
                value = phrases.get((head, *words[1:]))
                if value is not None and i not in self._inside:
                    yield i + n, value
                    return

    def _heads(self, word: str) -> Iterator[str]:
        yield word
        for prefix in self._rules.prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                yield word.removeprefix(prefix)
        for contraction, article in self._rules.contracted.items():
            if word.startswith(contraction):
                yield article + word.removeprefix(contraction)

    def _glued(self, element: str, i: int) -> int:
        """Return how many folded letters of the first word are a glued particle."""
        word = self._tokens[i].folded
        if element in {"DIR", "DEFDIR"}:
            listed: set[tuple[str, ...]] = set(self._rules.directions)
        else:
            listed = set(self._rules.words.get(element, ()))
        heads = {phrase[0] for phrase in listed}
        if word in heads:
            return 0
        for head in self._heads(word):
            if head in heads and word.endswith(head):
                return len(word) - len(head)
        return 0

    def _describe(self, form: str, start: int, state: _State, i: int) -> Description | None:
        slots = dict(state.slots)
        if form == "offset" and state.km is None and i and _KM.keys() & self._classes[i - 1]:
            return None  # "fifty km north of": near is not what the text says
        if form in {"border", "zone"}:
            derivation = self._border(form, slots, i)
        else:
            derivation = self._simple(form, slots, state)
        if derivation is None:
            return None
        refs = tuple(sorted((name.span for name in slots.values()), key=lambda s: s.start))
        return Description(Span(start, state.end), derivation, refs)

    def _border(self, form: str, slots: dict[str, PlacedName], i: int) -> Derivation | None:
        a, b = slots.get("A"), slots.get("B")
        if a is not None and b is None:
            return Derivation(form, (a.place_id,)) if a.is_area else None
        if b is None or not b.is_area:
            return None
        other = a.place_id if a is not None else self._party_before(i, b.place_id)
        if other is None or not self._share_border(other, b.place_id):
            return None
        on_side = () if a is not None or form == "border" else (other,)
        return Derivation(form, (other, b.place_id), on_side)

    def _party_before(self, i: int, neighbour: str) -> str | None:
        """Return the nearest area named before that borders on ``neighbour``, if there is one."""
        for name in reversed(self._names):
            if name.first < i and name.is_area and self._share_border(name.place_id, neighbour):
                return name.place_id
        return None

    def _simple(self, form: str, slots: dict[str, PlacedName], state: _State) -> Derivation | None:
        of = tuple(slots[slot].place_id for slot in ("A", "B") if slot in slots)
        if form == "part":
            return Derivation(form, of, (state.side,))
        if form == "offset":
            if state.side in {"", "central"}:
                return None
            km = "" if state.km is None else f"{state.km:g}"
            return Derivation(form, of, (km, state.side))
        if form == "coast" and not next(iter(slots.values())).is_area:
            return None
        return Derivation(form, of)


def _value(number: str) -> float:
    """Return the value of a written number; a comma before three digits parts thousands."""
    thousands = re.sub(r"[,٬](?=\d{3}(?!\d))", "", number)
    return float(thousands.translate({ord(","): ".", ord("٫"): "."}))
