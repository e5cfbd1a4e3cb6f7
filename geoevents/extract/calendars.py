"""Which Gregorian day is a day of another calendar, and which day lies so many units away?"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Hijri

LENGTHS = {"year": 4, "month": 7, "day": 10}
"""Length of an ISO date cut at each precision."""

# Years 1210 to 1634 of the Persian calendar repeat in cycles of 33 years with these leap years
# (K. M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon and Planets 74, 1996).
_JALALI_CYCLE = 33
_JALALI_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_JALALI_YEARS = range(1210, 1634)
_JALALI_EPOCH = date(1831, 3, 21)
"""1 Farvardin 1210."""

_MONTHS = 12
_DAYS_PER_WEEK = 7


def cut(day: date, precision: str) -> str:
    """Return an ISO date cut at a precision ("year", "month"; anything else is the day).

    Examples
    --------
    >>> cut(date(2020, 9, 29), "month")
    '2020-09'
    """
    return day.isoformat()[: LENGTHS.get(precision, LENGTHS["day"])]


def precision_of(iso: str) -> str:
    """Return the precision of a cut ISO date: "year", "month" or "day"."""
    return next(name for name, length in LENGTHS.items() if len(iso) <= length)


def shift(day: date, unit: str, count: int) -> date | None:
    """Return the day so many units later (earlier, when negative).

    Parameters
    ----------
    day
        Where to start.
    unit
        "day", "week", "month", "year" or "decade"; a shorter unit does not leave the day.
    count
        How many.

    Returns
    -------
    datetime.date or None
        The day of the month is lowered where the month is shorter; None outside years 1 to 9999.

    Examples
    --------
    >>> shift(date(2020, 3, 31), "month", -1)
    datetime.date(2020, 2, 29)
    """
    try:
        if unit in {"day", "week"}:
            return day + timedelta(days=count * (_DAYS_PER_WEEK if unit == "week" else 1))
        months = {"month": 1, "year": _MONTHS, "decade": 10 * _MONTHS}.get(unit, 0) * count
        index = day.year * _MONTHS + day.month - 1 + months
        first = date(index // _MONTHS, index % _MONTHS + 1, 1)
        return first + timedelta(days=min(day.day, month_length(first)) - 1)
    except (OverflowError, ValueError):
        return None


def month_length(day: date) -> int:
    """Return the number of days of a day's month."""
    return monthrange(day.year, day.month)[1]


def from_hijri(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Hijri day by the Umm al-Qura calendar.

    Parameters
    ----------
    year, month, day
        Hijri date; years 1343 to 1500.

    Returns
    -------
    datetime.date or None
        None when there is no such day, or the calendar does not reach it. Countries that go by
        sighting the moon may differ by a day.

    Examples
    --------
    >>> from_hijri(1441, 9, 1)
    datetime.date(2020, 4, 24)
    """
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return date(gregorian.year, gregorian.month, gregorian.day)


def hijri_month_length(year: int, month: int) -> int:
    """Return the number of days of a Hijri month; 0 where the calendar does not reach it."""
    try:
        return Hijri(year, month, 1).month_length()
    except (OverflowError, ValueError):
        return 0


def from_jalali(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a day of the Persian (solar Hijri) calendar.

    Parameters
    ----------
    year, month, day
        Persian date; years 1210 to 1633.

    Returns
    -------
    datetime.date or None
        None when there is no such day.

    Examples
    --------
    >>> from_jalali(1399, 1, 1), from_jalali(1399, 12, 30)
    (datetime.date(2020, 3, 20), datetime.date(2021, 3, 20))
    """
    if year not in _JALALI_YEARS or not 1 <= month <= _MONTHS:
        return None
    if not 1 <= day <= jalali_month_length(year, month):
        return None
    leaps = sum(_is_jalali_leap(earlier) for earlier in range(_JALALI_YEARS.start, year))
    before = sum(jalali_month_length(year, earlier) for earlier in range(1, month))
    days = (year - _JALALI_YEARS.start) * 365 + leaps + before + day - 1
    return _JALALI_EPOCH + timedelta(days=days)


def jalali_month_length(year: int, month: int) -> int:
    """Return the number of days of a Persian month: 31, 30, or 29 for Esfand of a common year."""
    if month == _MONTHS:
        return 30 if _is_jalali_leap(year) else 29
    return 31 if month <= _MONTHS // 2 else 30


def _is_jalali_leap(year: int) -> bool:
    return year % _JALALI_CYCLE in _JALALI_LEAP


# The arithmetic of the fixed Hebrew calendar (N. Dershowitz and E. M. Reingold, "Calendrical
# Calculations"): months of a molad each, 235 of them in 19 years, and days counted in 25920 parts.
_HEBREW_EPOCH = -1373427
"""1 Tishrei of year 1 as a proleptic Gregorian ordinal."""
_HEBREW_YEARS = range(4000, 7000)
_ADAR, _ADAR_I, _ADAR_II = 6, 13, 14
_LONG_HESHVAN, _SHORT_KISLEV = frozenset({355, 385}), frozenset({353, 383})


def from_hebrew(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day on whose eve a day of the Hebrew calendar begins.

    Parameters
    ----------
    year, month, day
        Hebrew date; years 4000 to 6999, months from Tishrei, 1, to Elul, 12. 6 is the Adar of a
        common year; a leap year has Adar I, 13, and Adar II, 14, instead.

    Returns
    -------
    datetime.date or None
        None when there is no such day.

    Examples
    --------
    >>> from_hebrew(5784, 1, 22), from_hebrew(5708, 8, 5)
    (datetime.date(2023, 10, 7), datetime.date(1948, 5, 14))
    """
    if year not in _HEBREW_YEARS or not 1 <= day <= hebrew_month_length(year, month):
        return None
    order = _hebrew_months(year)
    before = sum(hebrew_month_length(year, earlier) for earlier in order[: order.index(month)])
    return date.fromordinal(_hebrew_new_year(year) + before + day - 1)


def hebrew_month_length(year: int, month: int) -> int:
    """Return the number of days of a Hebrew month; 0 for one that the year does not have."""
    if year not in _HEBREW_YEARS or month not in _hebrew_months(year):
        return 0
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    varying = {2: 29 + (length in _LONG_HESHVAN), 3: 30 - (length in _SHORT_KISLEV)}
    return varying.get(month, 30 if month in {1, 5, 7, 9, 11, _ADAR_I} else 29)


def _hebrew_months(year: int) -> tuple[int, ...]:
    is_leap = (7 * year + 1) % 19 < 7  # noqa: PLR2004 - 7 of 19 years have a month more
    adars = (_ADAR_I, _ADAR_II) if is_leap else (_ADAR,)
    return (1, 2, 3, 4, 5, *adars, 7, 8, 9, 10, 11, 12)


def _hebrew_new_year(year: int) -> int:
    before, first, after = (_molad_day(y) for y in (year - 1, year, year + 1))
    if after - first == 356:  # noqa: PLR2004 - no year has so many days: it begins two later
        first += 2
    elif first - before == 382:  # noqa: PLR2004 - nor had the year before so few
        first += 1
    return _HEBREW_EPOCH + first


def _molad_day(year: int) -> int:
    """Return the days from the epoch to the molad of Tishrei, put off from days barred to it."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + (3 * (day + 1) % 7 < 3)  # noqa: PLR2004 - Sunday, Wednesday and Friday
