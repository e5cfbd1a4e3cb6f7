"""Which places does a search want: of which countries, kinds, box and time?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.errors import BadQueryError
from gazetteer.spans import within

if TYPE_CHECKING:
    from collections.abc import Collection

    from gazetteer.index.store import Accepts, Store

Array = np.ndarray[Any, Any]

_LAT, _LON = 90, 180  # degrees; the poles and the antimeridian
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; one that crosses 180 degrees has west > east."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place must be, checked.

    Attributes
    ----------
    countries
        Codes of the index's countries, or None for all.
    kinds
        Codes of the index's kinds, or None for all.
    box
        Where its point lies, or None.
    at
        A day on which it was there, or None.
    """

    countries: frozenset[int] | None = None
    kinds: frozenset[int] | None = None
    box: Box | None = None
    at: date | None = None

    def accepts(self, store: Store) -> Accepts | None:
        """Return a mask of the rows that fit; None when all do."""
        if self is ALL or self == ALL:
            return None

        def mask(rows: Array) -> Array:
            fits = np.ones(len(rows), dtype=bool)
            for codes, column in ((self.countries, store.country), (self.kinds, store.kind)):
                if codes is not None:
                    fits &= np.isin(column[rows], list(codes))
            if self.box is not None:
                fits &= in_box(store.lat_e5[rows] / 1e5, store.lon_e5[rows] / 1e5, self.box)
            if self.at is not None:
                for i in np.flatnonzero(fits & np.isin(rows, store.dated)).tolist():
                    details = store.details(int(rows[i]))
                    fits[i] = within(details.get("valid_from"), details.get("valid_to"), self.at)
            return fits

        return mask


ALL = Wanted()
"""Any place at all."""


def in_box(lat: Array, lon: Array, box: Box) -> Array:
    """Return which points lie in a box, its edges included."""
    west, south, east, north = box
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    inside: Array = across & (lat >= south) & (lat <= north)
    return inside


def wanted(
    store: Store,
    *,
    country: str | Collection[str] | None = None,
    kind: str | Collection[str] | None = None,
    box: Box | None = None,
    at: date | str | None = None,
) -> Wanted:
    """Check what a search asks for.

    Raises
    ------
    BadQueryError
        If a country code, a kind, the box or the date makes no sense.
    """
    if country is None and kind is None and box is None and at is None:
        return ALL
    return Wanted(
        None if country is None else frozenset(_country(store, code) for code in _several(country)),
        None if kind is None else frozenset(_kind(store, name) for name in _several(kind)),
        None if box is None else checked_box(box),
        as_date(at),
    )


def _several(value: str | Collection[str]) -> Collection[str]:
    return (value,) if isinstance(value, str) else value


def _country(store: Store, code: str) -> int:
    number = store.country_code(code.upper()) if code else None
    if number is None:
        raise BadQueryError(f"{code!r} is no ISO 3166-1 alpha-2 country code, like AZ.")
    return number


def _kind(store: Store, kind: str) -> int:
    if kind not in store.kinds:
        kinds = ", ".join(store.kinds)
        raise BadQueryError(f"{kind!r} is no kind of place; the kinds are {kinds}.")
    return store.kinds.index(kind)


def checked_box(box: Box) -> Box:
    """Return a box whose edges are degrees.

    Raises
    ------
    BadQueryError
        If they are not four numbers in range, or the south is north of the north.
    """
    try:
        west, south, east, north = map(float, box)
    except (TypeError, ValueError) as error:
        raise BadQueryError(
            f"The box {box!r} is not four numbers: west, south, east, north."
        ) from error
    checked_point(south, west)
    checked_point(north, east)
    if south > north:
        raise BadQueryError(
            f"The box {box!r} has its south, {south:g}, north of its north, {north:g}."
        )
    return west, south, east, north


def checked_point(lat: float, lon: float) -> tuple[float, float]:
    """Return a point whose coordinates are degrees.

    Raises
    ------
    BadQueryError
        If they are not finite numbers in range; swapped ones are named as such.
    """
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise BadQueryError(f"The point ({lat}, {lon}) is not two finite numbers of degrees.")
    if abs(lat) <= _LAT and abs(lon) <= _LON:
        return lat, lon
    if abs(lon) <= _LAT and abs(lat) <= _LON:
        raise BadQueryError(
            f"The point ({lat:g}, {lon:g}) has a latitude beyond 90: are the two swapped?"
        )
    raise BadQueryError(
        f"The point ({lat:g}, {lon:g}) is not on Earth: "
        "latitude is -90 to 90, longitude -180 to 180."
    )


def checked_text(text: str) -> str:
    """Return a text or name that is one.

    Raises
    ------
    BadQueryError
        If it is something else, such as the None or NaN of an empty cell.
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise BadQueryError(f"A str is read, and this is a {kind}: give '' for a missing text.")
    return text


def checked_limit(limit: int | None) -> int | None:
    """Return how many answers are wanted at most, None for all.

    Raises
    ------
    BadQueryError
        If it is less than one.
    """
    if limit is not None and limit < 1:
        raise BadQueryError(f"The limit is {limit}, but must be 1 or more.")
    return limit


def as_date(at: date | str | None) -> date | None:
    """Return a date given as such or as ISO 8601 text.

    Raises
    ------
    BadQueryError
        If the text is no date.
    """
    if isinstance(at, datetime):
        return at.date()
    if at is None or isinstance(at, date):
        return at
    try:
        return date.fromisoformat(at)
    except ValueError as error:
        raise BadQueryError(f"{at!r} is no date: write it as 2020-09-30.") from error
