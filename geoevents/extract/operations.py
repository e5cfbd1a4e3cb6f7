"""Which dates does an expression mean, seen from the day of publication or an earlier event?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geoevents.extract.calendars import LENGTHS, cut, shift
from geoevents.extract.moments import (
    NEVER,
    Context,
    Groups,
    Moment,
    Node,
    amount_of,
    at,
    joined,
    span_of,
    unit_of,
    unit_precision,
)
from geoevents.extract.stated import (
    date_range,
    day_of_month,
    decade,
    other_year,
    part_of_year,
    season,
    stated_date,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEK = 7
_DECADE = 10
_HOURS = 24
_MOST = 10**5
"""More days in a row than this lead out of every calendar."""


def resolve(node: Node, context: Context) -> Moment:
    """Return the dates that an expression means; :data:`NEVER` where they cannot be known."""
    return OPERATIONS[node.op](node.groups, context)


def _range(groups: Groups, context: Context) -> Moment:
    first, last = resolve(groups["time"], context), resolve(groups["time2"], context)
    weekdays = groups["time"].op == "weekday" and "weekday" in groups["time2"].groups
    if weekdays and last.start and last.precision == "day":
        return _up_to(groups["time"].groups, last.start)
    if first.start and last.start and first.precision != last.precision:
        return replace(first, end=last.start) if first.start <= last.start else NEVER
    return joined(first, last)


def _up_to(groups: Groups, last: str) -> Moment:
    """Return the days from a weekday to a date that tells which: "Tuesday to Friday 23 May"."""
    end = date.fromisoformat(last)
    return span_of(shift(end, "day", -((end.isoweekday() - groups["weekday"]) % _WEEK)), end)


def _weekday(groups: Groups, context: Context) -> Moment:
    if context.published is None:
        return NEVER
    back = (context.published.isoweekday() - groups["weekday"]) % _WEEK
    direction = groups.get("direction")
    if (direction or 0) > 0 or (direction in {None, 0} and context.is_future and back):
        return at(shift(context.published, "day", _WEEK - back))
    if direction is not None and direction < 0:
        back = (back or _WEEK) - _WEEK * (direction + 1)
    return at(shift(context.published, "day", groups.get("offset", 0) - back))


def _weekday_range(groups: Groups, context: Context) -> Moment:
    """Resolve "Saturday and Sunday": the last such days, in that order."""
    last = _weekday({**groups, "weekday": groups["weekday2"]}, context)
    if last.start is None:
        return NEVER
    end = date.fromisoformat(last.start)
    return span_of(shift(end, "day", -((groups["weekday2"] - groups["weekday"]) % _WEEK)), end)


def _weekday_of_week(groups: Groups, context: Context) -> Moment:
    """Resolve "Tuesday last week"."""
    if context.published is None:
        return NEVER
    into = (groups["weekday"] - context.week_begins) % _WEEK
    days = _WEEK * groups["direction"] + into - _into_week(context.published, context)
    return at(shift(context.published, "day", days))


def _into_week(day: date, context: Context) -> int:
    """Return how many days of its week lie before a day; weeks begin as the language has it."""
    return (day.isoweekday() - context.week_begins) % _WEEK


def _relative_day(groups: Groups, context: Context) -> Moment:
    offset = groups.get("relday", groups.get("today", 0))
    if context.published is None:
        return NEVER
    day = shift(context.published, "day", offset)
    if day is None or "weekday" not in groups:
        return at(day)
    # A paper dated a day late says "yesterday, Monday" of the day before: the weekday is firmer.
    behind = (day.isoweekday() - groups["weekday"]) % _WEEK
    is_nearer_ahead = behind > _WEEK // 2 and (offset > 0 or offset + _WEEK - behind <= 0)
    return at(shift(day, "day", _WEEK - behind if is_nearer_ahead else -behind))


def _ago(groups: Groups, context: Context) -> Moment:
    unit = unit_of(groups)[0]
    if context.published is None or unit is None:
        return NEVER
    day = shift(context.published, unit, groups.get("sign", -1) * amount_of(groups))
    return at(day, unit_precision(unit))


def _calendar_unit(groups: Groups, context: Context) -> Moment:
    """Resolve "last year", "this month", "next week", counted from the day of publication."""
    unit = unit_of(groups)[0]
    if context.published is None or unit is None:
        return NEVER
    by = groups.get("direction", 0)
    day = shift(context.published, unit, by)
    if day is None:
        return NEVER
    if unit == "week":
        first = shift(day, "day", -_into_week(day, context))
        last = first and shift(first, "day", _WEEK - 1)
        return span_of(first, context.published if by == 0 else last)
    if unit == "decade":
        return decade({"decade": day.year // _DECADE * _DECADE}, context)
    return at(day, unit_precision(unit))


def _last_units(groups: Groups, context: Context) -> Moment:
    """Resolve "in the last two years": from so many units ago until publication."""
    unit, count = unit_of(groups)[0], amount_of(groups)
    if context.published is None or unit is None:
        return NEVER
    if groups.get("direction", groups.get("window", -1)) > 0:
        last = shift(context.published, unit, count)
        return span_of(context.published, last, unit_precision(unit))
    if unit == "hour":
        unit, count = "day", -(-count // _HOURS)
    first = shift(context.published, unit, -count)
    return span_of(first, context.published, unit_precision(unit))


def _running(groups: Groups, context: Context) -> Moment:
    """Resolve "for the fourth day running": the first of so many days until publication."""
    count = int(min(groups.get("ordinal", groups.get("num", 1)), _MOST))
    if context.published is None or count <= 1:
        return NEVER
    unit = unit_of(groups)[0] or "day"
    first = shift(context.published, unit, 1 - count)
    return span_of(first, context.published, unit_precision(unit))


def _inner(groups: Groups) -> Node:
    return next(node for node in groups.values() if isinstance(node, Node))


def _since(groups: Groups, context: Context) -> Moment:
    first = resolve(_inner(groups), context)
    if first.start is None or context.published is None:
        return replace(first, precision="open") if first.start else NEVER
    precision = first.precision if first.precision in {"day", "month", "year"} else "year"
    now = cut(context.published, precision)
    return Moment(first.start, now, precision) if first.start < now else first


def _until(groups: Groups, context: Context) -> Moment:
    last = resolve(_inner(groups), context)
    return Moment(None, last.end or last.start, "open") if last.start else NEVER


def _after(groups: Groups, context: Context) -> Moment:
    first = resolve(_inner(groups), context)
    return Moment(first.start, None, "open") if first.start else NEVER


def _same_day(groups: Groups, context: Context) -> Moment:
    if context.anchor is None:
        return NEVER
    unit = unit_of(groups)[0]
    count = amount_of(groups) if unit else groups.get("offset", 0)
    unit = "day" if unit is None else unit
    if "plural" in groups and "num" not in groups and unit not in {"hour", "minute"}:
        return NEVER
    day = shift(context.anchor, unit, groups.get("sign", 1) * count)
    return at(day, unit_precision(unit))


def _same_unit(groups: Groups, context: Context) -> Moment:
    """Resolve "in the same year" to the year or month told before."""
    unit = unit_of(groups)[0]
    told = context.told
    if told is None or unit not in {"month", "year"} or len(told) < LENGTHS[unit]:
        return NEVER
    return Moment(told[: LENGTHS[unit]], None, unit)


def _recent(groups: Groups, context: Context) -> Moment:
    """Resolve "in the coming days" to the month; what lies back an unsaid time stays open."""
    direction = groups.get("direction", groups.get("window", -1))
    is_near = unit_of(groups)[0] in {"hour", "day", "minute"}
    return _now(groups, context) if direction > 0 and is_near else NEVER


def _now(_groups: Groups, context: Context) -> Moment:
    return at(context.published, "month")


def _vague(_groups: Groups, _context: Context) -> Moment:
    return NEVER


def _wrapped(groups: Groups, context: Context) -> Moment:
    """Resolve a date with words around it that do not change it ("early on Tuesday")."""
    return resolve(_inner(groups), context)


def _apposition(groups: Groups, context: Context) -> Moment:
    """Resolve two dates that explain each other ("today, 3 March"): the one stated outright."""
    nodes = [node for node in groups.values() if isinstance(node, Node)]
    nodes.sort(key=lambda node: node.op != "date")
    return next((found for node in nodes if (found := resolve(node, context)).start), NEVER)


OPERATIONS: dict[str, Callable[[Groups, Context], Moment]] = {
    "date": stated_date,
    "date_range": date_range,
    "range": _range,
    "weekday": _weekday,
    "weekday_range": _weekday_range,
    "weekday_of_week": _weekday_of_week,
    "relative_day": _relative_day,
    "day_of_month": day_of_month,
    "other_year": other_year,
    "part_of_year": part_of_year,
    "recent": _recent,
    "ago": _ago,
    "calendar_unit": _calendar_unit,
    "last_units": _last_units,
    "running": _running,
    "since": _since,
    "until": _until,
    "after": _after,
    "decade": decade,
    "season": season,
    "same_day": _same_day,
    "same_unit": _same_unit,
    "now": _now,
    "vague": _vague,
    "wrapped": _wrapped,
    "apposition": _apposition,
}
"""Operations that a rule of ``time.toml`` can name."""
