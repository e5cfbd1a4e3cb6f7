"""What does the caller of a geocoder ask for? Arguments as geopy takes them, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.point import Point

from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_DEFAULT_LIMIT = 10  # as Nominatim's
_MOST_WORDS = 6  # a name and what it lies in, written without commas
_COMMAS = re.compile("[,،、，;؛；]")
_COUNTRY_CODE = re.compile("[A-Za-z]{2}")
_LANGUAGE = re.compile(
    r"(?P<tag>[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|\*)\s*(;\s*q\s*=\s*(?P<q>[01](\.\d{0,3})?))?"
)

_DIVISIONS = frozenset({"admin1"})
_KINDS_OF_PART = {
    "city": SETTLEMENT_KINDS,
    "county": _DIVISIONS,
    "state": _DIVISIONS,
    "country": COUNTRY_KINDS,
}
"""Parts of a structured query that name a place, the smallest first."""

_PARTS = frozenset({*_KINDS_OF_PART, "street", "postalcode"})
_NEVER_AROUND = frozenset({"city", "county"})  # counties are seldom held: they cannot narrow

_KINDS_OF_FEATURE = {
    "country": COUNTRY_KINDS,
    "state": _DIVISIONS,
    "city": frozenset({"capital", "city", "town"}),
    "settlement": SETTLEMENT_KINDS,
}
"""Nominatim's feature types, as kinds of the gazetteer."""

_GEOMETRY_FORMATS = frozenset({"wkt", "geojson"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a query: a name, and the names of what it lies in.

    Attributes
    ----------
    name
        The name that is looked for.
    inside
        Names of countries, divisions, regions or towns around it.
    kinds
        Kinds of place that it may be; None for all.
    spaced
        Nothing but spaces parts the names: they must be spelt as held, and lie in a country or
        division.
    """

    name: str
    inside: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the answers to a query are chosen by, and what they show."""

    limit: int
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    box: Box | None
    bounded: bool
    kinds: frozenset[str] | None
    address: bool
    geometry: str | None


def read_wanted(
    *,
    exactly_one: bool,
    limit: Any,
    language: Any,
    country_codes: Any,
    viewbox: Any,
    bounded: bool,
    addressdetails: bool,
    geometry: Any,
    featuretype: Any,
) -> Wanted:
    """Check the arguments of ``geocode``.

    Raises
    ------
    geopy.exc.GeocoderQueryError
        If one of them makes no sense.
    """
    box = read_box(viewbox)
    if bounded and box is None:
        raise GeocoderQueryError("bounded=True needs a viewbox: give its two corners.")
    return Wanted(
        limit=1 if exactly_one else read_limit(limit),
        languages=read_languages(language),
        countries=read_countries(country_codes),
        box=box,
        bounded=bool(bounded),
        kinds=_read_feature(featuretype),
        address=bool(addressdetails),
        geometry=_read_format(geometry),
    )


def readings(query: Any) -> Iterator[Reading]:
    """Yield the ways to read a query, the most literal first.

    Parameters
    ----------
    query
        "Aleppo", "Aleppo, Syria", "Aleppo Syria", or a mapping with some of the keys street, city,
        county, state, country, postalcode.

    Raises
    ------
    geopy.exc.GeocoderQueryError
        If it is something else, or empty.

    Examples
    --------
    >>> [(reading.name, reading.inside) for reading in readings("Paris, Texas")]
    [('Paris Texas', ()), ('Paris', ('Texas',)), ('Texas', ('Paris',))]
    """
    if isinstance(query, Mapping):
        return _structured(query)
    if not isinstance(query, str):
        kind = type(query).__name__
        raise GeocoderQueryError(f"The query is {query!r} ({kind}): give a text or a mapping.")
    pieces = (" ".join(piece.split()) for piece in _COMMAS.split(query))
    parts = tuple(piece for piece in pieces if piece)
    if not parts:
        raise GeocoderQueryError("The query is empty: give the name of a place.")
    return _free(parts)


def _free(parts: tuple[str, ...]) -> Iterator[Reading]:
    if len(parts) > 1:
        yield Reading(" ".join(parts), spaced=True)  # "Korea, South" is a name
        for order in (parts, parts[::-1]):
            yield Reading(order[0], order[1:])
        return
    words = parts[0].split()
    if not 1 < len(words) <= _MOST_WORDS:
        yield Reading(parts[0])
        return
    yield Reading(parts[0], spaced=True)
    for cut in range(len(words) - 1, 0, -1):
        yield Reading(" ".join(words[:cut]), (" ".join(words[cut:]),), spaced=True)
    yield Reading(parts[0])


def _structured(query: Mapping[Any, Any]) -> Iterator[Reading]:
    unknown = sorted(str(key) for key in query if key not in _PARTS)
    if unknown:
        raise GeocoderQueryError(
            f"A structured query has no part {unknown[0]!r}: use {', '.join(sorted(_PARTS))}."
        )
    wrong = [key for key, value in query.items() if not isinstance(value, str | None)]
    if wrong:
        raise GeocoderQueryError(f"The part {wrong[0]!r} of the query is no text.")
    given = {key: " ".join(value.split()) for key, value in query.items() if value}
    given = {key: value for key, value in given.items() if value}
    if not given:
        raise GeocoderQueryError("The query is empty: give at least a city, state or country.")
    return _structured_reading(given)


def _structured_reading(given: Mapping[str, str]) -> Iterator[Reading]:
    keys = [key for key in _KINDS_OF_PART if key in given]
    # No street is held, and a town is no answer to the question where a street is.
    if keys and "street" not in given:
        around = tuple(given[key] for key in keys[1:] if key not in _NEVER_AROUND)
        yield Reading(given[keys[0]], around, _KINDS_OF_PART[keys[0]])


def read_limit(limit: Any) -> int:
    """Return how many answers are wanted at most."""
    if limit is None:
        return _DEFAULT_LIMIT
    try:
        number = int(limit)
    except (TypeError, ValueError, OverflowError) as error:
        raise GeocoderQueryError(f"The limit is {limit!r}, but must be a number.") from error
    if number < 1:
        raise GeocoderQueryError(f"The limit is {number}, but must be 1 or more.")
    return number


def read_languages(language: Any) -> tuple[str, ...]:
    """Return the languages of an accept-language text or of a sequence, the preferred first.

    Examples
    --------
    >>> read_languages("en;q=0.5, ar")
    ('ar', 'en')
    """
    if not language:
        return ()
    if not isinstance(language, str | Sequence):
        raise GeocoderQueryError(f"The language is {language!r}: give codes, like 'ar' or 'ar,en'.")
    pieces = language.split(",") if isinstance(language, str) else list(language)
    weighted = []
    for piece in pieces:
        found = _LANGUAGE.fullmatch(piece.strip()) if isinstance(piece, str) else None
        if found is None:
            raise GeocoderQueryError(f"{piece!r} is no language code, like ar or en-GB.")
        weighted.append((-float(found["q"] or 1), found["tag"]))
    ordered = [tag for weight, tag in sorted(weighted, key=lambda pair: pair[0]) if weight < 0]
    return tuple(dict.fromkeys(tag for tag in ordered if tag != "*"))


def read_countries(codes: Any) -> tuple[str, ...]:
    """Return ISO 3166-1 alpha-2 codes in capitals, without repetition."""
    if not codes:
        return ()
    if not isinstance(codes, str | Sequence | set | frozenset):
        raise GeocoderQueryError(f"The country codes are {codes!r}: give codes, like 'az'.")
    pieces = codes.split(",") if isinstance(codes, str) else sorted(codes, key=str)
    for code in pieces:
        if not (isinstance(code, str) and _COUNTRY_CODE.fullmatch(code.strip())):
            raise GeocoderQueryError(f"{code!r} is no ISO 3166-1 alpha-2 country code, like az.")
    return tuple(dict.fromkeys(code.strip().upper() for code in pieces))


def read_box(viewbox: Any) -> Box | None:
    """Return the box between two corners, given in any order."""
    if viewbox is None:
        return None
    try:
        first, second = (read_point(corner) for corner in viewbox)
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError(
            f"The viewbox is {viewbox!r}: give two corners, each as (latitude, longitude)."
        ) from error
    south, north = sorted((first.latitude, second.latitude))
    west, east = sorted((first.longitude, second.longitude))
    return west, south, east, north


def read_point(point: Any) -> Point:
    """Return a point given as geopy's ``Point``, as (latitude, longitude) or as text.

    Raises
    ------
    geopy.exc.GeocoderQueryError
        If it is none.
    """
    is_pair = isinstance(point, Sequence) and (isinstance(point, str) or len(point) in {2, 3})
    if not (is_pair or isinstance(point, Point)):
        raise GeocoderQueryError(f"{point!r} is no point: give (latitude, longitude).")
    try:
        return Point(point)
    except (TypeError, ValueError, UserWarning) as error:  # it warns of a latitude beyond the pole
        raise GeocoderQueryError(f"{point!r} is no point ({error}).") from error


def check_timeout(timeout: Any, error: type[Exception] = GeocoderQueryError) -> None:
    """Refuse a timeout that is no positive number of seconds, None or geopy's default.

    Raises
    ------
    geopy.exc.GeocoderQueryError or geopy.exc.ConfigurationError
        As asked for with ``error``.
    """
    if timeout is None or timeout is DEFAULT_SENTINEL:
        return
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout > 0:
        raise error(f"The timeout is {timeout!r}, but must be a number of seconds above 0 or None.")


def _read_feature(featuretype: Any) -> frozenset[str] | None:
    if not featuretype:
        return None
    if featuretype not in _KINDS_OF_FEATURE:
        raise GeocoderQueryError(
            f"{featuretype!r} is no feature type: use {', '.join(_KINDS_OF_FEATURE)}."
        )
    return _KINDS_OF_FEATURE[featuretype]


def _read_format(geometry: Any) -> str | None:
    if geometry is None:
        return None
    if not isinstance(geometry, str) or geometry.lower() not in _GEOMETRY_FORMATS:
        raise GeocoderQueryError(f"{geometry!r} is no geometry format: use wkt or geojson.")
    return geometry.lower()
