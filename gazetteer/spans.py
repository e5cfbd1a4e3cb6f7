"""Was a place there, and did it bear a name, at a date?"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import BadQueryError
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from gazetteer.place import Place

_DECEMBER = 12
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a place bore for a time (a row of ``data/curated/claims/former_names.tsv``).

    Attributes
    ----------
    place_id
        Id of the place.
    name
        The name, as English texts write it.
    since, until
        ISO 8601 dates, perhaps only a year or a month; None when open.
    """

    place_id: str
    name: str
    since: str | None
    until: str | None


def valid_at(place: Place, at: date | None) -> bool:
    """Return whether a place was there, as such, on a day.

    Parameters
    ----------
    place
        Any place; one without ``valid_from`` and ``valid_to`` was always there.
    at
        The day; None asks nothing, and every place is valid.

    Examples
    --------
    >>> from gazetteer.place import Place
    >>> artsakh = Place("region:x", "Artsakh", "historical", 39.8, 46.7, valid_to="2020-11-10")
    >>> valid_at(artsakh, date(2016, 4, 2)), valid_at(artsakh, date(2021, 1, 1))
    (True, False)
    """
    return at is None or within(place.valid_from, place.valid_to, at)


def name_valid_at(place: Place, name: str, at: date | None) -> bool:
    """Return whether a place bore a name on a day.

    Parameters
    ----------
    place
        Any place.
    name
        A name in any spelling; one whose span is not known was always borne.
    at
        The day; None asks nothing.

    Examples
    --------
    >>> from gazetteer.place import Place
    >>> petersburg = Place("geonames:498817", "Saint Petersburg", "city", 59.94, 30.31)
    >>> name_valid_at(petersburg, "Leningrad", date(1985, 3, 11))
    True
    >>> name_valid_at(petersburg, "Leningrad", date(2015, 3, 11))
    False
    """
    if at is None:
        return True
    ids, folded = {place.id, *place.equivalents}, fold(name)
    spans = [n for n in read_former_names() if n.place_id in ids and fold(n.name) == folded]
    return not spans or any(within(span.since, span.until, at) for span in spans)


def within(since: str | None, until: str | None, at: date) -> bool:
    """Return whether a day lies in a span.

    The day named by ``until`` belongs to what came after; a year or a month counts as a whole.

    Raises
    ------
    BadQueryError
        If an end of the span is no ISO 8601 date.

    Examples
    --------
    >>> within("1924-01-26", "1991-09-06", date(1991, 9, 6)), within(None, "1991", date(1991, 9, 6))
    (False, True)
    """
    return (since is None or _first_day(since) <= at) and (until is None or at < _end(until))


def _first_day(text: str) -> date:
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def _end(text: str) -> date:
    """Return the first day after a year or a month; a day is itself that day."""
    year, month, day = _parts(text)
    if day:
        return date(year, month, day)
    last_month = date(year, month or _DECEMBER, 1)
    return (last_month + timedelta(days=31)).replace(day=1)


def _parts(text: str) -> tuple[int, int, int]:
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise BadQueryError(f"{text!r} is no date: write it as 1991, 1991-09 or 1991-09-06.")
    year, month, day = (int(part or 0) for part in match.groups())
    return year, month, day


@lru_cache(maxsize=1)
def read_former_names() -> tuple[FormerName, ...]:
    """Return every former name whose span is known."""
    path = data_path("curated", "claims", "former_names.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            FormerName(row["id"], row["name"], row["since"] or None, row["until"] or None)
            for row in table
        )
