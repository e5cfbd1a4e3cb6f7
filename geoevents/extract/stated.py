"""Which dates do a day, month, year or season mean that a text states outright?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geoevents.extract.calendars import (
    from_hebrew,
    from_hijri,
    from_jalali,
    hebrew_month_length,
    hijri_month_length,
    jalali_month_length,
    month_length,
    shift,
)
from geoevents.extract.moments import NEVER, Context, Groups, Moment, at, joined, span_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = 12
_LONGEST_MONTH = 31
_SEASON_MONTHS = 3
_DECADE = 10
_CENTURY = 100
_DAY_NAMES = ("day", "ordinal", "dayword")

_AHEAD_DAYS = 60
"""A day without a year that lies further ahead of publication is taken for last year's: a day is
written with its year once the news is old. A month without a year is never taken to lie ahead."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    convert: Callable[[int, int, int], date | None]
    month_length: Callable[[int, int], int]
    first_year: int
    years_per_year: float


_CALENDARS = {
    "hijri": _Calendar(from_hijri, hijri_month_length, 622, 33 / 32),
    "jalali": _Calendar(from_jalali, jalali_month_length, 622, 1.0),
    "hebrew": _Calendar(from_hebrew, hebrew_month_length, -3760, 1.0),
}


def stated_date(groups: Groups, context: Context) -> Moment:
    """Resolve a day, month or year, with the year guessed from publication where it is not said."""
    for name, calendar in _CALENDARS.items():
        month = groups.get("monthnum") if groups.get("calendar") == name else groups.get(name)
        if month is not None:
            return _other_date(calendar, month, groups, context)
    month = groups.get("month", groups.get("monthnum"))
    day = _day_of(groups) if month else groups.get("day")
    year = _year_of(groups, context)
    if year is None and context.published and month:
        year = _nearest_year(context.published, month, day, _direction(groups, context))
    if year is None and day and month:
        year = context.year
    if year is None:
        return NEVER
    try:
        exact = date(year, month or 1, day or 1)
    except ValueError:
        return NEVER
    return at(exact, "day" if day else "month" if month else "year")


def _day_of(groups: Groups) -> int | None:
    """Return the day of the month, in digits or in words."""
    return next((int(groups[name]) for name in _DAY_NAMES if name in groups), None)


def _direction(groups: Groups, context: Context) -> int | None:
    direction: int | None = groups.get("direction")
    return 1 if direction is None and context.is_future else direction


def _year_of(groups: Groups, context: Context) -> int | None:
    year: int | None = groups.get("year", groups.get("oldyear"))
    if year is None and unit_of(groups)[0] == "year" and context.published:
        return context.published.year + int(groups.get("direction", 0))
    return year


def _nearest_year(published: date, month: int, day: int | None, direction: int | None) -> int:
    """Return the year that a day or month means: last, this or next year's."""
    if direction == 0:
        return published.year
    # Days are compared as if every month had 31: near enough to tell last year from this.
    exact = published.day if day is None else day
    ahead = (month - published.month) * _LONGEST_MONTH + exact - published.day
    if direction is not None and direction > 0:
        return published.year + (ahead < 0)
    if direction is not None:
        return published.year - (ahead >= 0)
    limit = 0 if day is None else _AHEAD_DAYS
    is_next_year = day is not None and ahead + _MONTHS * _LONGEST_MONTH <= limit
    return published.year + is_next_year - (ahead > limit)


def _other_date(calendar: _Calendar, month: int, groups: Groups, context: Context) -> Moment:
    """Resolve a date of another calendar; a whole month is given by its first and last day."""
    day = _day_of(groups)
    year: int | None = groups.get("oldyear")
    if year is None and context.published is not None:
        direction = _direction(groups, context)
        year = _nearest_other_year(calendar, context.published, (month, day), direction)
    if year is None:
        return NEVER
    if day is not None:
        return at(calendar.convert(year, month, day))
    last = calendar.convert(year, month, calendar.month_length(year, month))
    return span_of(calendar.convert(year, month, 1), last)


def _nearest_other_year(
    calendar: _Calendar, published: date, month_day: tuple[int, int | None], direction: int | None
) -> int | None:
    month, day = month_day
    middle = int((published.year - calendar.first_year) * calendar.years_per_year) + 1
    days = {year: calendar.convert(year, month, day or 1) for year in range(middle - 2, middle + 3)}
    known = [(year, found) for year, found in days.items() if found]
    if direction is not None and direction > 0:
        return min((year for year, found in known if found >= published), default=None)
    limit = timedelta(days=_AHEAD_DAYS if day and direction is None else 0)
    return max((year for year, found in known if found - limit <= published), default=None)


def date_range(groups: Groups, context: Context) -> Moment:
    """Resolve "3 to 7 July 2014": what one end leaves out, the other says."""
    shared = {name: value for name, value in groups.items() if not name.endswith("2")}
    last = {**shared, **{name[:-1]: groups[name] for name in groups if name.endswith("2")}}
    first = {**{k: v for k, v in last.items() if k not in _DAY_NAMES}, **shared}
    start, end = stated_date(first, context), stated_date(last, context)
    is_turned = start.start and end.start and start.start > end.start
    if is_turned and end.start and "year" not in shared:
        start = stated_date({**first, "year": int(end.start[:4]) - 1}, context)
    return joined(start, end)


def other_year(groups: Groups, _context: Context) -> Moment:
    """Resolve a year of another calendar, given by its first and last day."""
    year: int = groups["oldyear"]
    calendar = _CALENDARS[groups["calendar"]]
    last = calendar.convert(year, _MONTHS, calendar.month_length(year, _MONTHS))
    return span_of(calendar.convert(year, 1, 1), last)


def part_of_year(groups: Groups, context: Context) -> Moment:
    """Resolve "the second quarter of 2021": ``parts`` says how many parts the year has."""
    year, parts = _year_of(groups, context), int(groups.get("yearpart", 4))
    number = parts if "final" in groups else groups.get("quarter", groups.get("ordinal"))
    if year is None or number is None or not 0 < number <= parts:
        return NEVER
    months = _MONTHS // parts
    first = date(year, (number - 1) * months + 1, 1)
    return span_of(first, shift(first, "month", months - 1), "month")


def day_of_month(groups: Groups, context: Context) -> Moment:
    """Resolve "the 15th of this month"."""
    if context.published is None:
        return NEVER
    month = shift(context.published, "month", groups.get("direction", 0))
    day = groups.get("day", groups.get("ordinal"))
    return at(month.replace(day=day)) if month and 0 < day <= month_length(month) else NEVER


def decade(groups: Groups, _context: Context) -> Moment:
    """Resolve "the 1990s"."""
    first: int = groups["decade"] if "decade" in groups else groups["year"]
    if first % _DECADE:
        return NEVER
    return Moment(f"{first:04}", f"{first + _DECADE - 1:04}", "decade")


def season(groups: Groups, context: Context) -> Moment:
    """Resolve a season of the northern hemisphere; winter 2016 begins in December 2015."""
    year = _year_of(groups, context)
    first_month: int = groups["season"]
    if year is None and context.published is not None:
        year = _season_year(context.published, first_month, groups.get("direction", 0))
    if year is None:
        return NEVER
    year = _second_year(year, groups) if first_month == _MONTHS else year
    if year is None:
        return NEVER
    first = date(year - (first_month == _MONTHS), first_month, 1)
    return span_of(first, shift(first, "month", _SEASON_MONTHS - 1), "month")


def _second_year(year: int, groups: Groups) -> int | None:
    """Return the later year of "winter 2019-2020" or "2019-20", the one it ends in."""
    later: int | None = groups.get("year2", groups.get("digits2"))
    if later is None:
        return year
    later += year // _CENTURY * _CENTURY if later < _CENTURY else 0
    return later if later == year + 1 else None


def _season_year(published: date, first_month: int, direction: int) -> int:
    if direction > 0:
        return published.year + (published.month >= first_month % _MONTHS)
    last_month = first_month % _MONTHS + _SEASON_MONTHS - 1
    return published.year - (direction < 0 and published.month <= last_month)
