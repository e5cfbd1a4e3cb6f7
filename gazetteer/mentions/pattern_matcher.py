"""Which words of a text fit the pattern of a described place, and which names stand in it?"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer.mentions.language_rules import classes_of, language_rules
from gazetteer.mentions.quantities import UNITS_KM, numbers_of
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from gazetteer.mentions.language_rules import LanguageRules, Pattern
    from gazetteer.mentions.placed import PlacedName
    from gazetteer.text.tokens import Token

# What may stand between two elements: space, hyphens, quotes, a zero-width non-joiner.
_JOINT = re.compile(r"[^\S\n]*[-‐‑–—־/\"'“”«»’\u200c]{0,2}[^\S\n]*")
_COMMA = re.compile(r"[^\S\n]*[,،][^\S\n]*")
_HYPHENS = "-‐‑–—־"
# The same distance in another unit, as agencies add it: "20 kilometers (12 miles)".
_CONVERSION = re.compile(r"[^\S\n]*\([^()\n]{0,12}\d[^()\n]{0,20}\)")
_LONGEST_PHRASE = 4  # words of a listed phrase
_LONGEST_NUMBER = 5  # words of a number
_REACH = 16  # words from the beginning of a description to its first name, or what is told of it
_REMEMBERED = 1 << 16  # words whose telling classes are kept in memory
_GUARDED = 3  # words before or behind a phrase that may say that it is none
_FUNCTION_WORDS = frozenset({"the", "of", "to", "from", "with", "to|with"})
_MAY_FOLLOW_AND = ("the", "of")
_NAME_LABELS = ("name", "demonym")


SLOT, DISTANCE = "SLOT", "DIST"

PatternsByHead = defaultdict[str, list[tuple[int, "Pattern"]]]
"""Patterns, with their place in the order of all, by what their first element is."""


@cache
def described_by_head(lang: str) -> tuple[PatternsByHead, PatternsByHead]:
    """Return a language's patterns by head, and those that a described place may stand in."""
    patterns = language_rules(lang).patterns
    return by_head(patterns), by_head(pattern for pattern in patterns if pattern.nests)


def by_head(patterns: Iterable[Pattern]) -> PatternsByHead:
    """Index patterns by the word class that they begin with, :data:`SLOT` for a place."""
    heads: PatternsByHead = defaultdict(list)
    for place, pattern in enumerate(patterns):
        first = pattern.elements[0]
        for kind in (SLOT,) if _is_slot(first) else first.split("|"):
            heads[kind].append((place, pattern))
    return heads


@cache
def telling_classes(lang: str) -> frozenset[str]:
    """Return the classes of words of which every description in a language has one.

    Of each pattern those that are no place and may not be missing, function words only where it
    has nothing else; of a distance, its unit.
    """
    told: set[str] = set()
    for pattern in language_rules(lang).patterns:
        needed = {
            word_class
            for element in pattern.elements
            if not (_is_slot(element) or element.endswith("?") or element.startswith("*"))
            for word_class in element.split("|")
        }
        told |= needed - _FUNCTION_WORDS or needed
    return frozenset(told - {DISTANCE} | (UNITS_KM.keys() if DISTANCE in told else set()))


@lru_cache(_REMEMBERED)
def _telling_classes_of(word: str, lang: str) -> frozenset[str]:
    return telling_classes(lang) & classes_of(word, lang)


def near_telling_words(
    tokens: Sequence[Token], rules: LanguageRules, *, named: Container[int], reach: int
) -> set[int]:
    """Return the words that have a telling one at most so many words before or behind.

    Words that are part of names (``named``, by number) tell nothing.
    """
    folded = [token.folded for token in tokens]
    near: set[int] = set()
    for i, word in enumerate(folded):
        classes = _telling_classes_of(word, rules.lang)
        if not classes or i in named:
            continue
        phrase = folded[i : i + _LONGEST_PHRASE]
        if any(_begins_phrase(phrase, word_class, rules) for word_class in classes):
            near.update(range(i - reach, i + reach + 1))
    return near


def _begins_phrase(words: Sequence[str], word_class: str, rules: LanguageRules) -> bool:
    """Return whether the first of some words begin a listed phrase of a class."""
    phrases: Container[tuple[str, ...]] = rules.sides.get(word_class) or rules.words[word_class]
    return any(
        (head, *words[1:n]) in phrases
        for _, head in rules.heads(words[0])
        for n in range(1, len(words) + 1)
    )


@dataclass(frozen=True, slots=True)
class State:
    """How far a pattern has matched.

    Attributes
    ----------
    word, end
        Number of the next word, and offset behind the last one.
    slots
        By slot, its name and the id of the place that it is read as.
    side
        The direction, or empty.
    km
        The distance, or None.
    """

    word: int
    end: int
    slots: Mapping[str, tuple[PlacedName, str]] = field(default_factory=dict)
    side: str = ""
    km: float | None = None


class PatternMatcher:
    """Matches patterns at the words of one text.

    Parameters
    ----------
    text, tokens, rules
        The text, its words and its language's rules.
    names
        Resolved names and demonyms; :meth:`add` adds what is described with them.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        rules: LanguageRules,
        names: Sequence[PlacedName],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._rules = rules
        self._numbers = numbers_of(rules.lang)
        self._at: dict[int, list[PlacedName]] = {}
        for name in names:
            self.add(name)
        sure = (name for name in names if "unsure" not in name.labels)
        self._inside = {i for name in sure for i in range(name.first, name.last + 1)}
        self._classes = [classes_of(token.folded, rules.lang) for token in tokens]
        self._near_telling = near_telling_words(tokens, rules, named=self._inside, reach=_REACH)

    def add(self, name: PlacedName) -> None:
        """Let a name, or a described place, stand in the slots of patterns."""
        self._at.setdefault(name.first, []).append(name)

    def match(self, patterns: PatternsByHead) -> Iterator[tuple[Pattern, int, int, State]]:
        """Yield pattern, first word, start of the span and final state of all that match."""
        near = self._near_names()
        for i, classes in enumerate(self._classes):
            if i not in near:
                continue
            kinds = [kind for kind in classes if kind in patterns]
            if self._tokens[i].folded[0].isdecimal():
                kinds.append(DISTANCE)
            fitting = {place: pattern for kind in kinds for place, pattern in patterns[kind]}
            behind = {name.last + 1 for name in self._at.get(i, ())}
            fitting |= {
                place: pattern
                for place, pattern in (patterns[SLOT] if behind else ())
                if any(self._may_go_on(pattern, word) for word in behind)
            }
            for place in sorted(fitting):
                for start, state in self._match(fitting[place], i):
                    yield fitting[place], i, start, state

    def _may_go_on(self, pattern: Pattern, word: int) -> bool:
        """Return whether the second element of a pattern may be at a word: a first sieve."""
        element = pattern.elements[1] if len(pattern.elements) > 1 else "?"
        if element.endswith("?") or element.startswith("*"):
            return True
        if word >= len(self._tokens):
            return False
        if _is_slot(element):
            return word in self._at or self._rules.has("and", self._tokens[word].folded)
        return element == DISTANCE or not self._classes[word].isdisjoint(element.split("|"))

    def _near_names(self) -> set[int]:
        """Return the words from which a pattern may reach a name and what is told of it."""
        near = {i for first in self._at for i in range(first - _REACH, first + 1)}
        return near & self._near_telling

    def _match(self, pattern: Pattern, i: int) -> Iterator[tuple[int, State]]:
        """Yield starts of spans and final states of a pattern that begins at a word."""
        first, *rest = pattern.elements
        if self._has_class_before(pattern.not_after, i):
            return
        for start, state in self._begin(first, i):
            for final in self._continue(rest, state):
                if not self._has_class_after(pattern.not_before, final.word):
                    yield start, final

    def follows_unit(self, i: int) -> bool:
        """Return whether a unit of length stands before a word."""
        return i > 0 and self._joins(i) and not UNITS_KM.keys().isdisjoint(self._classes[i - 1])

    def _has_class_before(self, word_class: str, i: int) -> bool:
        for j in range(i - 1, max(-1, i - 1 - _GUARDED), -1):
            if not word_class or not self._joins(j + 1) or "preposition" in self._classes[j]:
                return False  # "forces on the border" are no border forces
            if word_class in self._classes[j]:
                return True
        return False

    def _has_class_after(self, word_class: str, i: int) -> bool:
        for j in range(i, min(len(self._tokens), i + _GUARDED)):
            if not word_class or not self._joins(j):
                return False
            if word_class in self._classes[j]:
                return True
        return False

    def _begin(self, element: str, i: int) -> Iterator[tuple[int, State]]:
        """Match the first element: particles glued to it stay outside the span."""
        blank = State(i, self._tokens[i].start)
        for state in self._step(element, blank):
            if _is_slot(element):
                yield next(iter(state.slots.values()))[0].span.start, state
            else:
                yield self._tokens[i].offset(self._glued(element, i)), state

    def _continue(self, elements: Sequence[str], state: State) -> Iterator[State]:
        if not elements:
            yield state
            return
        element, *rest = elements
        if element.startswith("*"):
            yield from self._skip(int(element[1:]), rest, state)
            return
        for after in self._joined(element.removesuffix("?"), state):
            yield from self._continue(rest, after)
        if element.endswith("?"):
            yield from self._continue(rest, state)

    def _skip(self, most: int, rest: Sequence[str], state: State) -> Iterator[State]:
        yield from self._continue(rest, state)
        for word in range(state.word, min(state.word + most, len(self._tokens))):
            if word in self._inside or not self._joins(word):
                return
            skipped = replace(state, word=word + 1, end=self._tokens[word].end)
            yield from self._continue(rest, skipped)

    def _joins(self, word: int) -> bool:
        """Whether nothing that parts two phrases stands before a word."""
        if not 0 < word < len(self._tokens):
            return False
        end, start = self._tokens[word - 1].end, self._tokens[word].start
        return bool(_JOINT.fullmatch(self._text, end, start))

    def _joined(self, element: str, state: State) -> Iterator[State]:
        if state.word >= len(self._tokens):
            return
        # A case ending behind an apostrophe is no part of a name's span, but of its word.
        end = max(state.end, self._tokens[state.word - 1].end)
        joint = _COMMA if element[0] == "," else _JOINT
        if joint.fullmatch(self._text, end, self._tokens[state.word].start):
            yield from self._step(element, state)

    def _step(self, element: str, state: State) -> Iterator[State]:
        """Yield the states after one element at the word ``state.word``."""
        if _is_slot(element):
            yield from self._place(element, state)
        elif element == DISTANCE:
            yield from self._distance(state)
        elif element in self._rules.sides:
            if element in self._classes[state.word]:
                sides = self._rules.sides[element]
                for end, phrase in self._phrases(sides, state.word):
                    yield replace(self._advance(state, end), side=sides[phrase])
        else:
            for word_class in element.split("|"):
                if word_class in self._classes[state.word]:
                    for end, _ in self._phrases(self._rules.words[word_class], state.word):
                        yield self._advance(state, end)

    def _distance(self, state: State) -> Iterator[State]:
        """Match a number and a unit of length, written apart or as one ("50km")."""
        token = self._tokens[state.word]
        if found := self._numbers.of_digits(self._text, token.start):
            end, km = found
            if end < token.end:
                unit = fold(self._text[end : token.end])
                for name, factor in UNITS_KM.items():
                    if self._rules.has(name, unit):
                        yield replace(self._advance(state, state.word + 1), km=km * factor)
                return
            word = self._word_from(state.word, end)
        elif DISTANCE in self._classes[state.word]:
            words = self._tokens[state.word : state.word + _LONGEST_NUMBER]
            spelt = self._numbers.of_words(
                [[h for _, h in self._rules.heads(t.folded)] for t in words]
            )
            if spelt is None:
                return
            word, km = state.word + spelt[0], spelt[1]
        else:
            return
        if self._joins(word):
            yield from self._unit(replace(state, word=word), km)

    def _unit(self, state: State, number: float) -> Iterator[State]:
        for unit, factor in UNITS_KM.items():
            if unit not in self._classes[state.word]:
                continue
            for end, _ in self._phrases(self._rules.words[unit], state.word):
                measured = replace(self._advance(state, end), km=number * factor)
                yield measured
                if conversion := _CONVERSION.match(self._text, measured.end):
                    word = self._word_from(end, conversion.end())
                    yield replace(measured, word=word, end=conversion.end())

    def _word_from(self, word: int, offset: int) -> int:
        """Return the number of the first word, from a given one, that an offset is not behind."""
        while word < len(self._tokens) and self._tokens[word].start < offset:
            word += 1
        return word

    def _place(self, element: str, state: State) -> Iterator[State]:
        slot, _, labels = element.partition(":")
        slot, _, glued = slot.partition("~")
        word, joined = state.word, slot[0] == "&"
        if joined and self._rules.has("and", self._tokens[word].folded):
            word, joined = self._after_and(word), False
        hyphen = any(sign in self._text[state.end : self._tokens[word].start] for sign in _HYPHENS)
        for name in self._at.get(word, ()):
            place_id = name.read_as(tuple(labels.split("|")) if labels else _NAME_LABELS)
            is_and = bool(name.particle) and name.particle in self._rules.conjunctions
            if place_id is None or (is_and if not joined else not (is_and or hyphen)):
                continue
            if glued and not self._rules.has(glued, name.particle):
                continue
            slots = {**state.slots, slot[-1]: (name, place_id)}
            yield replace(state, word=name.last + 1, end=name.span.end, slots=slots)

    def _after_and(self, word: int) -> int:
        """Return the word behind "and", "and the", "et de la"."""
        word += 1
        while word < len(self._tokens) - 1 and any(
            self._rules.has(word_class, self._tokens[word].folded) for word_class in _MAY_FOLLOW_AND
        ):
            word += 1
        return min(word, len(self._tokens) - 1)

    def _advance(self, state: State, word: int) -> State:
        return replace(state, word=word, end=self._tokens[word - 1].end)

    def _phrases(
        self, phrases: Container[tuple[str, ...]], i: int
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield ends and words of listed phrases that begin at a word, the longest first."""
        if i in self._inside:
            return
        longest = 1
        while longest < _LONGEST_PHRASE and self._joins(i + longest):
            longest += 1
        for n in range(longest, 0, -1):
            if not self._inside.isdisjoint(range(i + 1, i + n)):
                continue
            rest = [token.folded for token in self._tokens[i + 1 : i + n]]
            for _, head in self._rules.heads(self._tokens[i].folded):
                phrase = (head, *rest)
                if phrase in phrases:
                    yield i + n, phrase
                    break

    def _glued(self, element: str, i: int) -> int:
        """Return how many folded letters of the first word are a glued particle."""
        listed: set[tuple[str, ...]] = set(self._rules.sides.get(element, ()))
        for name in element.split("|"):
            listed |= self._rules.words.get(name, frozenset())
        heads = {phrase[0] for phrase in listed}
        readings = self._rules.heads(self._tokens[i].folded)
        return next((skip for skip, head in readings if head in heads), 0)


def _is_slot(element: str) -> bool:
    """Whether an element is a place: ``A``, ``&B``, ``,C``, ``A~of:land``."""
    return element.lstrip("&,")[:1] in "ABCDE" and element.lstrip("&,")[1:2] in {"", ":", "~", "?"}
