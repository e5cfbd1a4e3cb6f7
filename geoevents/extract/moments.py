"""What is a resolved time, and from where are relative ones counted?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geoevents.extract.calendars import cut, precision_of

_MOST = 10**5
"""More units than this lead out of every calendar."""

Groups = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved time: ISO dates cut at ``precision``, all None where nothing is said."""

    start: str | None = None
    end: str | None = None
    precision: str | None = None


NEVER = Moment()


@dataclass(frozen=True, slots=True)
class Node:
    """An operation with the rule's settings, captures and pattern, to be resolved in context."""

    op: str
    groups: Groups
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What relative expressions start from.

    Attributes
    ----------
    published
        Day of publication, or None.
    anchor
        Day of the event talked about before, or None.
    told
        The day, month or year told last, as a cut ISO date, or None.
    year
        Year of a date without one, where the day of publication is not known.
    is_future
        Whether the sentence speaks of what is to come.
    week_begins
        ISO number of the weekday on which weeks begin.
    """

    published: date | None = None
    anchor: date | None = None
    told: str | None = None
    year: int | None = None
    is_future: bool = False
    week_begins: int = 1


def at(day: date | None, precision: str = "day") -> Moment:
    """Return a day as a moment, cut at a precision; :data:`NEVER` for None."""
    return NEVER if day is None else Moment(cut(day, precision), None, precision)


def span_of(first: date | None, last: date | None, precision: str = "day") -> Moment:
    """Return the time from one day to another, both cut at a precision."""
    if first is None or last is None or first > last:
        return NEVER
    start, end = cut(first, precision), cut(last, precision)
    return Moment(start, end if end != start else None, precision)


def joined(first: Moment, last: Moment) -> Moment:
    """Return the time from the start of one moment to the end of another."""
    end = last.end or last.start
    if not first.start or not end or first.start > end:
        return NEVER
    return Moment(first.start, end if end != first.start else None, first.precision)


def unit_precision(unit: str) -> str:
    """Return the precision of a date counted in units ("two years ago" names a year)."""
    return {"month": "month", "year": "year", "decade": "year"}.get(unit, "day")


def unit_of(groups: Groups) -> tuple[str | None, int]:
    """Return the unit of time among the captures, and how many the word itself says."""
    for name in ("unit", "the_unit", "one_unit", "plural", "the_plural", "dual", "the_dual"):
        if name in groups:
            return groups[name], 2 if name.endswith("dual") else 1
    return None, 1


def amount_of(groups: Groups) -> int:
    """Return how many units the captures say."""
    return int(min(groups.get("num", unit_of(groups)[1]), _MOST))


def told_by(moment: Moment) -> str | None:
    """Return the day, month or year that "in that year" may refer back to; None of a range."""
    return moment.start if moment.end is None else None


def day_of(iso: str | None) -> date | None:
    """Return the day of an ISO date, or None where it is no single day."""
    if iso is None or precision_of(iso) != "day":
        return None
    return date.fromisoformat(iso)


def anchor_of(moment: Moment) -> date | None:
    """Return the day that later sentences may refer back to; None unless it is a single day."""
    return None if moment.end is not None else day_of(moment.start)
