"""Which date expressions does a text hold, and which dates do they mean?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer import Span
from gazetteer.text.normalize import fold
from geoevents.event import EventTime
from geoevents.extract.grammar import Rule, compile_rules, find_matches, index_rules
from geoevents.extract.moments import NEVER, Context, Moment, Node, anchor_of, told_by
from geoevents.extract.numbers import NumberStyle, merge_numbers, number_style
from geoevents.extract.operations import resolve
from geoevents.extract.units import Lexicon, Unit, build_lexicon, language_files, read_units
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_CLAUSE_ENDS = frozenset({"dot", "break", "stop", "past"})
"""Tags at which the search for a sign of the future gives up; "past" words report."""

_TIMES = frozenset({"time", "clock"})

_NUMBER_CLASSES = frozenset({"num", "scale", "ordinal", "join", "fraction", "vague"})

_LOOK_BACK = 12
_LONGEST_MONTH = 31
_SHORTEST_FUTURE = 5
"""Letters of the shortest future verb; shorter words that begin alike are nouns."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    lexicon: Lexicon
    style: NumberStyle
    stages: tuple[Mapping[str, Sequence[Rule]], ...]
    future_prefixes: tuple[str, ...]
    future_suffixes: tuple[str, ...]
    future_follows: bool
    not_future: tuple[str, ...]
    week_begins: int


@cache
def _grammar(lang: str) -> _Grammar:
    files = language_files(lang, "time.toml")
    rules, literals = compile_rules(files)
    numbers = [_number_words(file) for file in language_files(lang, "numbers.toml")]
    stages = sorted({rule.stage for rule in rules})
    return _Grammar(
        lexicon=build_lexicon([*numbers, *files], literals),
        style=number_style(numbers),
        stages=tuple(index_rules([r for r in rules if r.stage == stage]) for stage in stages),
        future_prefixes=_folded(files, "future_prefixes"),
        future_suffixes=_folded(files, "future_suffixes"),
        future_follows=any(file.get("future_follows", False) for file in files),
        not_future=_folded(files, "not_future"),
        week_begins=next((f["week_begins"] for f in reversed(files) if "week_begins" in f), 1),
    )


def _number_words(file: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a ``numbers.toml`` tells numbers; other phrases would hide words of dates."""
    words = {name: rows for name, rows in file.get("words", {}).items() if name in _NUMBER_CLASSES}
    return {**file, "words": words}


def _folded(files: Sequence[dict[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(fold(word) for file in files for word in file.get(key, ()))


def find_times(
    text: str,
    *,
    lang: str,
    published: date | None = None,
    start: int = 0,
    end: int | None = None,
    anchor: str | None = None,
    names: Sequence[Span] = (),
) -> list[EventTime]:
    """Find the date expressions of a text.

    Parameters
    ----------
    text
        The text.
    lang
        Its BCP 47 language; numeric dates are read in any language.
    published
        Day of publication. Without it, relative expressions stay unresolved.
    start, end
        Part of the text to read, as code point offsets.
    anchor
        ISO date of the event talked about before, for "the same day"; a day named within the
        part read takes its place for what follows.
    names
        Where names stand, which are no verbs of the future: "ستيباناكيرت".

    Returns
    -------
    list of EventTime
        In text order, not overlapping, ``text`` as written. A single day, month or year has only
        a start; ranges have both ends; what is vague or cannot be resolved has neither. "Until"
        has only an end and, like "after", the precision "open". Hijri dates follow the Umm al-Qura
        calendar.

    Examples
    --------
    >>> found = find_times("It landed last Thursday.", lang="en", published=date(2020, 9, 30))
    >>> [(time.text, time.start) for time in found]
    [('last Thursday', '2020-09-24')]
    """
    grammar = _grammar(lang)
    units = merge_numbers(read_units(text, grammar.lexicon, start=start, end=end), grammar.style)
    units = [_as_day(unit) if "num" in unit.tags else unit for unit in units]
    for stage in grammar.stages:
        units = _rewrite(units, stage)
    if all(_TIMES.isdisjoint(unit.tags) for unit in units):
        return []
    context = Context(
        published=published, anchor=_day(anchor), told=anchor, week_begins=grammar.week_begins
    )
    if published is None:
        context = replace(context, year=_year_told(units, context))
    times: list[EventTime] = []
    for at, unit in enumerate(units):
        node = unit.tags.get("time") or _lone_clock(units, at)
        if node is None:
            continue
        here = replace(context, is_future=_is_future(units, at, grammar, names))
        moment = resolve(node, here)
        times.append(_event_time(text, unit, moment, _why(node, here, moment)))
        context = replace(
            context,
            anchor=anchor_of(moment) or context.anchor,
            told=told_by(moment) or context.told,
        )
    return times


def _as_day(unit: Unit) -> Unit:
    """Tag a number in words that may be a day of the month: "vingt et un" mai."""
    number = unit.tags["num"]
    if not isinstance(number, int) or "digits" in unit.tags or not 0 < number <= _LONGEST_MONTH:
        return unit
    return unit._replace(tags={**unit.tags, "dayword": number})


def _year_told(units: Sequence[Unit], context: Context) -> int | None:
    """Return the year that undated text speaks of: the one it names, or that of the day before."""
    nodes = (unit.tags["time"] for unit in units if "time" in unit.tags)
    moments = (resolve(node, replace(context, anchor=None, told=None)) for node in nodes)
    years = {m.start[:4] for m in moments if m.start and m.end is None}
    if len(years) > 1:
        return None
    said = next(iter(years), "")
    return int(said) if said.isdigit() else context.anchor.year if context.anchor else None


def _why(node: Node, context: Context, moment: Moment) -> Iterator[Reason]:
    """Yield the rule of a date, and what it started from: all without which it were another."""
    yield Reason("time.rule", values={"operation": node.op, "pattern": node.pattern})
    if moment == NEVER:
        yield Reason("time.unresolved")
    if resolve(node, replace(context, published=None)) != moment:
        yield Reason("time.published", values={"day": str(context.published)})
    if resolve(node, replace(context, anchor=None, told=None)) != moment and context.anchor:
        yield Reason("time.anchor", values={"day": str(context.anchor)})
    if resolve(node, replace(context, is_future=False)) != moment:
        yield Reason("time.future")


def _rewrite(units: Sequence[Unit], stage: Mapping[str, Sequence[Rule]]) -> list[Unit]:
    rewritten: list[Unit] = []
    position = 0
    for match in find_matches(units, stage):
        rewritten += units[position : match.start]
        rule = match.rule
        name = rule.settings.get("as", "time")
        node = Node(rule.op, {**rule.settings, **match.captures}, rule.text)
        rewritten.append(
            Unit(
                units[match.start].start,
                units[match.end - 1].end,
                {name: node, f"at_{rule.op}": node},
            )
        )
        position = match.end
    return [*rewritten, *units[position:]]


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _lone_clock(units: Sequence[Unit], at: int) -> Node | None:
    """Return the clock time of a unit, unless a date stands beside it and says more."""
    clock: Node | None = units[at].tags.get("clock")
    if clock is None:
        return None
    near = [units[i].tags for i in (at - 1, at + 1) if 0 <= i < len(units)]
    return None if any("time" in tags for tags in near) else clock


def _event_time(text: str, unit: Unit, moment: Moment, why: Iterable[Reason]) -> EventTime:
    return EventTime(
        text=text[unit.start : unit.end],
        start=moment.start,
        end=moment.end,
        precision=moment.precision,
        span=Span(unit.start, unit.end),
        why=tuple(why),
    )


def _is_future(units: Sequence[Unit], at: int, grammar: _Grammar, names: Sequence[Span]) -> bool:
    """Return whether the nearest telling word says that the matter is to come.

    It is sought before the date, or behind it where the verb ends the clause.
    """
    before = reversed(units[max(0, at - _LOOK_BACK) : at])
    after = units[at + 1 : at + 1 + _LOOK_BACK]
    for unit in after if grammar.future_follows else before:
        if _CLAUSE_ENDS & unit.tags.keys():
            return False
        named = any(span.start <= unit.start < span.end for span in names)
        if "future" in unit.tags or (_has_future_form(unit, grammar) and not named):
            return True
    return False


def _has_future_form(unit: Unit, grammar: _Grammar) -> bool:
    word: str = unit.tags.get("word", "")
    return (
        len(word) >= _SHORTEST_FUTURE
        and (word.startswith(grammar.future_prefixes) or word.endswith(grammar.future_suffixes))
        and not word.startswith(grammar.not_future)
    )
