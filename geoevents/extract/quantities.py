"""How many, how much money, and how many people hurt does a text say?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from gazetteer import Span
from gazetteer.text.normalize import fold
from geoevents.event import Casualties, Money
from geoevents.extract.grammar import Rule, compile_rules, find_matches, index_rules
from geoevents.extract.numbers import NumberStyle, merge_numbers, number_style
from geoevents.extract.units import Lexicon, Unit, build_lexicon, language_files, read_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NUMBER_FORMS = ("digits", "words", "dual", "article", "range", "vague")
"""How a number is said: 12, "twelve", "طائرتين", "a plane", "10-15", "dozens"."""

_PHRASE_WORDS = 8
"""A noun stands at most so many words after its number ("180 self-propelled artillery systems")."""

_AGREEMENT_WORDS = 2
"""An adjective in the dual stands at most so many words after its noun."""

_SHORTEST_DUAL = 5
"""Letters of the shortest dual told by its ending; shorter words that end alike are stems."""

_BEGINNINGS = frozenset({"num", "vague", "article", "range"})
"""Classes of the words that begin a number, but for the dual's."""

_MEASURE_SIGNS = frozenset({"percent"})
_GLUED_SIGNS = frozenset({"dash", "slash", "colon", "dot"})
_UNKNOWN_CURRENCY = "?"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes
    ----------
    span
        The number; of a dual, the noun.
    value
        The number, or None for a vague one ("dozens") and for a range.
    exact
        Whether nothing before it says "about" or "at least".
    noun
        What it counts: the head of the phrase behind it, or None.
    form
        One of :data:`NUMBER_FORMS`.
    """

    span: Span
    value: int | None
    exact: bool
    noun: Span | None
    form: str


@dataclass(frozen=True, slots=True)
class _Dual:
    feminine: tuple[str, ...] = ()
    construct: tuple[str, ...] = ()
    exceptions: frozenset[str] = frozenset()
    exception_endings: tuple[str, ...] = ()
    listed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Knowledge:
    lexicon: Lexicon
    style: NumberStyle
    casualties: Mapping[str, Sequence[Rule]]
    dual: _Dual


@cache
def _knowledge(lang: str) -> _Knowledge:
    files = language_files(lang, "numbers.toml")
    rules, literals = compile_rules(files)
    return _Knowledge(
        lexicon=build_lexicon(files, literals),
        style=number_style(files),
        casualties=index_rules(rules),
        dual=next((_read_dual(file["dual"]) for file in files if "dual" in file), _Dual()),
    )


def _read_dual(row: Mapping[str, Sequence[str]]) -> _Dual:
    stems = [fold(noun) for noun in row["nouns"]]
    feminine = [fold(noun).removesuffix(fold("ة")) for noun in row["construct_nouns"]]
    listed = {stem + ending for stem in stems for ending in row["masculine"]}
    listed |= {stem + ending for stem in feminine for ending in row["feminine_construct"]}
    return _Dual(
        feminine=tuple(row["feminine"]),
        construct=tuple(row["construct"]),
        exceptions=frozenset(fold(word) for word in row["exceptions"]),
        exception_endings=tuple(fold(ending) for ending in row["exception_endings"]),
        listed=frozenset(listed),
    )


@lru_cache(maxsize=1)  # of one sentence numbers, money and casualties are asked in turn
def _units(text: str, lang: str, start: int, end: int | None) -> Sequence[Unit]:
    known = _knowledge(lang)
    return merge_numbers(read_units(text, known.lexicon, start=start, end=end), known.style)


def find_numbers(text: str, *, lang: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Find the numbers of a text: digits, words, the Arabic dual, articles, ranges.

    Parameters
    ----------
    text
        The text.
    lang
        Its BCP 47 language; digits are read in any language.
    start, end
        Part of the text to read, as code point offsets.

    Returns
    -------
    list of Number
        In text order, not overlapping. Decimals, percentages, ordinals and numbers that are part
        of a name ("F-16", "flight 760") or of a numeric date are left out; a year is not told
        from a count here.

    Examples
    --------
    >>> text = "At least 2,500 people and three dogs"
    >>> [(number.value, number.exact) for number in find_numbers(text, lang="en")]
    [(2500, False), (3, True)]
    """
    units = _units(text, lang, start, end)
    dual = _knowledge(lang).dual
    numbers: list[Number] = []
    at = 0
    while at < len(units):
        if not dual.feminine and _BEGINNINGS.isdisjoint(units[at].tags):
            at += 1
            continue
        last, number = _number(text, units, at, dual)
        if number is not None:
            numbers.append(number)
        at = last
    return numbers


def _number(text: str, units: Sequence[Unit], at: int, dual: _Dual) -> tuple[int, Number | None]:
    unit = units[at]
    last = _range_end(units, at)
    form = "range" if last > at + 1 else _form(text, units, at, dual)
    if form is None:
        return last, None
    span = Span(unit.start, units[last - 1].end)
    value: int | None = None
    if form in {"digits", "words"}:
        value = int(unit.tags["num"])
    elif form in {"dual", "article"}:
        value = 2 if form == "dual" else 1
    exact = value is not None and not (at and "approximate" in units[at - 1].tags)
    noun = span if form == "dual" else _noun(text, units, last, is_single=value == 1)
    return last, Number(span, value, exact, noun, form)


def _form(text: str, units: Sequence[Unit], at: int, dual: _Dual) -> str | None:
    tags = units[at].tags
    if "vague" in tags:
        return "vague"
    if "num" in tags:
        is_count = int(tags["num"]) == tags["num"] and not _is_label(units, at)
        digits = text[units[at].start].isdecimal()
        return ("digits" if digits else "words") if is_count else None
    if "article" in tags and at + 1 < len(units) and _is_word(text, units[at + 1]):
        return "article"
    return "dual" if _is_dual(text, units, at, dual) else None


def _is_label(units: Sequence[Unit], at: int) -> bool:
    """Return whether a number is part of a name, a date, a clock time or a percentage."""
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    if before and ("identifier" in before.tags or _is_glued(before, units[at])):
        return True
    return after is not None and (
        bool(_MEASURE_SIGNS & after.tags.keys())
        or (
            _is_glued(units[at], after) and at + 2 < len(units) and units[at + 2].start == after.end
        )
    )


def _is_glued(left: Unit, right: Unit) -> bool:
    sign = left if _GLUED_SIGNS & left.tags.keys() else right
    return left.end == right.start and bool(_GLUED_SIGNS & sign.tags.keys())


def _is_word(text: str, unit: Unit) -> bool:
    return text[unit.start].isalnum()


def _range_end(units: Sequence[Unit], at: int) -> int:
    """Return the unit after a range ("10-15", "between 10 and 20") that begins at ``at``."""
    first = at + ("range" in units[at].tags)
    numbers = units[first : first + 3 : 2]
    if not numbers[1:] or any("num" not in unit.tags for unit in numbers):
        return at + 1
    middle = units[first + 1]
    low, high = (unit.tags["num"] for unit in numbers)
    is_sign = "dash" in middle.tags and not _continues(units, first)
    is_worded = first > at and "range_to" in middle.tags
    return first + 3 if low < high and (is_sign or is_worded) else at + 1


def _continues(units: Sequence[Unit], first: int) -> bool:
    """Return whether a third part follows or precedes, as in a date or a telephone number."""
    after = units[first + 3].tags if first + 3 < len(units) else {}
    before = units[first - 1].tags if first else {}
    return "dash" in after or "dash" in before


def _noun(text: str, units: Sequence[Unit], at: int, *, is_single: bool) -> Span | None:
    if at < len(units) and "skip" in units[at].tags:
        at += 1
    phrase = list(_phrase(text, units, at))
    if not phrase:
        return None
    plurals = [unit for unit in phrase if "plural_noun" in unit.tags or _looks_plural(text, unit)]
    head = phrase[0] if is_single or not plurals else plurals[0]
    return Span(head.start, head.end)


def _phrase(text: str, units: Sequence[Unit], at: int) -> Iterator[Unit]:
    following = units[at : at + _PHRASE_WORDS]
    for before, unit in zip([None, *following], following, strict=False):
        is_glued = before is not None and before.end == unit.start
        if unit.tags.keys() & {"dash", "slash"} or (is_glued and "num" in unit.tags):
            continue
        if "phrase_end" in unit.tags or "num" in unit.tags or not _is_word(text, unit):
            return
        yield unit


def _looks_plural(text: str, unit: Unit) -> bool:
    word = text[unit.start : unit.end]
    return word.endswith("s") and not word.endswith("ss")


def _is_dual(text: str, units: Sequence[Unit], at: int, dual: _Dual) -> bool:
    word = fold(text[units[at].start : units[at].end])
    if not dual.feminine or not _has_dual_form(word, dual):
        return False
    # Adjectives agree with their noun: "طائرتي شحن مدنيتين" are two, not four.
    before = units[max(0, at - _AGREEMENT_WORDS) : at]
    return not any(_has_dual_form(fold(text[unit.start : unit.end]), dual) for unit in before)


def _has_dual_form(word: str, dual: _Dual) -> bool:
    bare = word.removeprefix("ال")
    if bare in dual.listed:
        return True
    if (
        bare in dual.exceptions
        or bare.endswith(dual.exception_endings)
        or len(bare) < _SHORTEST_DUAL
    ):
        return False
    return bare.endswith(dual.feminine) or (bare == word and word.endswith(dual.construct))


def find_money(
    text: str, *, lang: str, start: int = 0, end: int | None = None
) -> list[tuple[Money, Span]]:
    """Find the amounts of money of a text.

    Parameters
    ----------
    text, lang, start, end
        As of :func:`find_numbers`.

    Returns
    -------
    list of (Money, Span)
        In text order; the currency is None where its name is shared by several countries.

    Examples
    --------
    >>> find_money("for $1.31 billion", lang="en")[0][0]
    Money(amount=1310000000.0, currency='USD')
    """
    units = _units(text, lang, start, end)
    found: list[tuple[Money, Span]] = []
    at = 0
    while at < len(units):
        length, money = _money(units, at)
        if money is not None:
            found.append((money, Span(units[at].start, units[at + length - 1].end)))
        at += length
    return found


def _money(units: Sequence[Unit], at: int) -> tuple[int, Money | None]:
    """Read "$ 5", "5 dollars" or "5 millions de dollars" at a unit: how many units, and what."""
    pair = units[at : at + 2]
    if len(pair) > 1 and "skip" in pair[1].tags and "num" in pair[0].tags:
        pair = [pair[0], *units[at + 2 : at + 3]]
    number = next((unit.tags["num"] for unit in pair if "num" in unit.tags), None)
    currency = next((unit.tags["currency"] for unit in pair if "currency" in unit.tags), None)
    if number is None or currency is None:
        return 1, None
    money = Money(float(number), None if currency == _UNKNOWN_CURRENCY else currency)
    return units.index(pair[1], at) + 1 - at, money


def find_casualties(
    text: str, *, lang: str, start: int = 0, end: int | None = None
) -> list[tuple[Casualties, Span]]:
    """Find the people that a text says were killed, wounded, missing or displaced.

    Parameters
    ----------
    text, lang, start, end
        As of :func:`find_numbers`.

    Returns
    -------
    list of (Casualties, Span)
        In text order; ``count`` is None for "dozens".

    Examples
    --------
    >>> [(c.kind, c.count) for c, _ in find_casualties("killed 23 civilians", lang="en")]
    [('killed', 23)]
    """
    units = _units(text, lang, start, end)
    found: list[tuple[Casualties, Span]] = []
    for match in find_matches(units, _knowledge(lang).casualties):
        span = Span(units[match.start].start, units[match.end - 1].end)
        kind = match.rule.settings["kind"]
        words = text[span.start : span.end]
        found.append((Casualties(kind, _count(match.captures), words), span))
    return found


def _count(captures: Mapping[str, Any]) -> int | None:
    if "vague" in captures:
        return None
    if "article" in captures:
        return 1
    value = next((value for value in captures.values() if isinstance(value, int | float)), None)
    return int(value) if value is not None and int(value) == value else None
