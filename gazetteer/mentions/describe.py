"""Which words describe a place by others: "southern Israel", "the Iran–Azerbaijan border"?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from gazetteer.areas import WGS84
from gazetteer.derived import Derivation
from gazetteer.mention import Span
from gazetteer.mentions.pattern_matcher import PatternMatcher, described_by_head
from gazetteer.mentions.placed import Description
from gazetteer.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gazetteer.mentions.language_rules import LanguageRules, Pattern
    from gazetteer.mentions.pattern_matcher import PatternsByHead, State
    from gazetteer.mentions.placed import PlacedName
    from gazetteer.text.sentences import Sentence
    from gazetteer.text.tokens import Token

_DEEPEST = 3  # descriptions in descriptions
_FEWEST = 2  # places of a list
_NAMES_BEFORE = 30  # names among which the other party of a border is looked for


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
    exists
        Whether what is described has a shape.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        rules: LanguageRules,
        names: Sequence[PlacedName],
        *,
        share_border: Callable[[str, str], bool],
        exists: Callable[[Description], bool],
    ) -> None:
        self._patterns, self._nesting = described_by_head(rules.lang)
        self._names = names
        self._matcher = PatternMatcher(text, tokens, rules, names)
        self._tokens, self._rules = tokens, rules
        self._text = text
        self._share_border = share_border
        self._exists = exists

    def find(self) -> list[Description]:
        """Return the described places in text order, none overlapping, the longest first."""
        found: dict[Description, None] = dict.fromkeys(self._read(self._patterns))
        fresh = list(found)
        for _ in range(1, _DEEPEST):
            for description in fresh:
                self._matcher.add(description.as_name())
            fresh = [d for d in self._read(self._nesting) if d not in found] if fresh else []
            found |= dict.fromkeys(fresh)
        kept: list[Description] = []
        for description in sorted(found, key=lambda d: (d.span.start - d.span.end, d.span.start)):
            if any(description.span.overlaps(other.span) for other in kept):
                continue
            if self._exists(description):
                kept.append(description)
        return sorted(kept, key=lambda d: d.span.start)

    def _read(self, patterns: PatternsByHead) -> Iterator[Description]:
        for pattern, i, start, state in self._matcher.match(patterns):
            derivation = _on_side(self._derive(pattern, state, i), state.side)
            if derivation is not None:
                refs = {ref for name, _ in state.slots.values() for ref in name.refs}
                in_order = tuple(sorted(refs, key=lambda ref: ref.start))
                span = Span(start, state.end)
                yield Description(span, i, state.word - 1, derivation, in_order)

    def _derive(self, pattern: Pattern, state: State, i: int) -> Derivation | None:
        match pattern.form:
            case "part":
                return _part(pattern, state)
            case "border" | "zone":
                return self._border(pattern, state, i)
            case "offset":
                return self._offset(pattern, state, i)
            case "between":
                return _between(pattern, state)
            case "coast":
                return _coast(pattern, state)
            case form:
                ids = tuple(dict.fromkeys(_ids(state)))
                return Derivation(form, ids) if len(ids) >= _FEWEST else None

    def _border(self, pattern: Pattern, state: State, i: int) -> Derivation | None:
        """Return a border or its band: of two parties, of one, or with the party named before."""
        (a, b), side = (state.slots.get(slot) for slot in "AB"), pattern.side
        if any(slot is not None and not slot[0].is_area for slot in (a, b)):
            return None
        if b is None:
            return self._border_of_one(pattern, a, i)
        if a is not None:
            on_side = (a[1],) if side == "A" else ()
            return Derivation(pattern.form, (a[1], b[1]), on_side)
        other = self._party_before(i, b[1])
        if other is None:
            return None
        return Derivation(pattern.form, (other, b[1]), (other,) if pattern.form == "zone" else ())

    def _border_of_one(
        self, pattern: Pattern, a: tuple[PlacedName, str] | None, i: int
    ) -> Derivation | None:
        if a is None:
            return None
        if pattern.side != "A":
            neighbour = self._neighbour_beside(*a)
            return Derivation(pattern.form, (a[1],) if neighbour is None else (neighbour, a[1]))
        other = self._party_before(i, a[1])
        return Derivation("zone", (a[1],) if other is None else (a[1], other), (a[1],))

    def _party_before(self, i: int, neighbour: str) -> str | None:
        """Return the nearest area named before that borders on ``neighbour``, if there is one."""
        before = bisect_left(self._names, i, key=lambda name: name.first)
        nearest = reversed(self._names[max(0, before - _NAMES_BEFORE) : before])
        return next((n.place_id for n in nearest if self._may_border(n, neighbour)), None)

    def _neighbour_beside(self, party: PlacedName, place_id: str) -> str | None:
        """Return the area that a border's one party borders on by the words of its sentence.

        It is the nearest named before, else the first behind, or the country of a town that is
        named so; people of a country ("Libyan") are none.
        """
        number = bisect_right(self._sentences, party.span.start, key=lambda one: one.start) - 1
        if number < 0:
            return None
        start, end = self._sentences[number].start, self._sentences[number].end
        first, last = (
            bisect_left(self._names, at, key=lambda name: name.span.start) for at in (start, end)
        )
        beside = [name for name in self._names[first:last] if "name" in name.labels]
        before = [name for name in beside if name.first < party.first]
        areas = (self._bordering(name, place_id) for name in (*before[::-1], *beside))
        return next(filter(None, areas), None)

    def _bordering(self, name: PlacedName, neighbour: str) -> str | None:
        """Return the area of a name, or else its country, that borders on another."""
        if name.is_area:
            return name.place_id if self._may_border(name, neighbour) else None
        country = name.country
        return country if country and self._share_border(country, neighbour) else None

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return split_sentences(self._text)

    def _may_border(self, name: PlacedName, neighbour: str) -> bool:
        """Whether an area has a border with another, and is not told of by another border."""
        if not name.is_area or not self._share_border(name.place_id, neighbour):
            return False
        around = self._tokens[max(0, name.first - 1) : name.last + 2]
        return not any(self._rules.has("border", token.folded) for token in around)

    def _offset(self, pattern: Pattern, state: State, i: int) -> Derivation | None:
        side = state.side or pattern.side
        if side == "central" or (state.km is None and self._matcher.follows_unit(i)):
            return None  # "some km north of": near is not what the text says
        km = "" if state.km is None else f"{state.km:g}"
        return Derivation("offset", _ids(state), (km, side))


def _on_side(whole: Derivation | None, side: str) -> Derivation | None:
    """Return the side of a described place that a pattern names with it: "the northern border"."""
    if whole is None or not side or side in whole.parameters or len(whole.of) > _of_one(whole):
        return whole
    if whole.form == "zone":
        return whole
    if "offshore" in whole.parameters:
        part = Derivation("part", (Derivation("coast", whole.of).id,), (side,))
        return Derivation("coast", (part.id,), whole.parameters)
    return Derivation("part", (whole.id,), (side,))


def _of_one(whole: Derivation) -> int:
    """Return of how many places a derivation may be made and have sides: a town's province too."""
    return 2 if whole.form == "part" else 1


def _ids(state: State) -> tuple[str, ...]:
    return tuple(place_id for _, (_, place_id) in sorted(state.slots.items()))


def _cities(state: State) -> tuple[str, ...]:
    """Return the ids of a part's places: west of a capital is west of the city."""
    return tuple(
        name.place_id if "capital" in name.labels else place_id
        for _, (name, place_id) in sorted(state.slots.items())
    )


def _part(pattern: Pattern, state: State) -> Derivation:
    if pattern.side != "countryside":
        return Derivation("part", _cities(state), (state.side or pattern.side,))
    name, place_id = state.slots["A"]
    province = name.read_as(("province", "land"))
    town = name.read_as(("town", "settlement"))
    of = tuple(dict.fromkeys(filter(None, (province, town)))) or (place_id,)
    return Derivation("part", of, (pattern.side,))


def _between(pattern: Pattern, state: State) -> Derivation | None:
    (a, _), (b, _) = state.slots["A"], state.slots["B"]
    km = WGS84.inv(*a.point, *b.point)[2] / 1000
    if pattern.within_km and km > pattern.within_km:
        return None
    return Derivation("between", _ids(state))


def _coast(pattern: Pattern, state: State) -> Derivation:
    km = () if state.km is None else (f"{state.km:g}",)
    return Derivation("coast", _ids(state), (pattern.side, *km) if pattern.side else ())
