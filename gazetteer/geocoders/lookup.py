"""Which places may a query mean, or a point lie in?"""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any

from gazetteer.errors import UnknownPlaceError
from gazetteer.geocoders.location import lies_in
from gazetteer.geocoders.request import readings
from gazetteer.match import Match
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.geocoders.request import Box, Reading, Wanted
    from gazetteer.nearby import Nearby, Surroundings
    from gazetteer.place import Place

Weighted = tuple["Place", float]
"""A place and the probability that it is meant."""

_CANDIDATES = 1000  # no name has as many places
_CONTAINERS = 20  # meanings of "Georgia" in "Athens, Georgia" besides countries and divisions
_LEAST_TOTAL = 0.5  # probability that a name which is only like others is one of theirs
_LEAST_SCORE = 1e-4  # scores are rounded to this: a zero is not impossible
_SCORE_DIGITS = 4
_CODE_LENGTH = 2  # letters of an ISO 3166-1 alpha-2 code
_NEAR_KM = 50.0  # a town further away does not tell where a point is; its province does
_DIVISION_KINDS = COUNTRY_KINDS | {"admin1"}


def find(gazetteer: Gazetteer, query: Any, wanted: Wanted) -> list[Match]:
    """Return the places that a query may mean, the most likely first.

    Parameters
    ----------
    gazetteer
        Where names are looked up.
    query
        See :func:`gazetteer.geocoders.request.readings`.
    wanted
        What the places are chosen by.

    Returns
    -------
    list of Match
        ``score`` is the probability among the places that fit the query and what is wanted.

    Raises
    ------
    BadQueryError
        If there is no such country code.
    """
    if wanted.countries:  # unknown codes are refused, whatever the query
        _search(gazetteer, "", countries=wanted.countries)
    for reading in readings(query):
        found = _find(gazetteer, reading, wanted)
        if found:
            return found
    return []


def around(gazetteer: Gazetteer, lat: float, lon: float) -> list[tuple[Place, float]]:
    """Return what is at a point, the closest first, with distances in kilometres.

    First the nearest settlement of the country that the point lies in, if it is no further than
    50 km; off a coast, only if the point is still in its reach. Then the areas that hold the
    point, the smallest first.
    """
    surroundings = gazetteer.reverse(lat, lon)
    areas = [(area, 0.0) for area in surroundings.areas]
    nearest = _nearest(gazetteer, lat, lon, surroundings)
    if nearest is None:
        return areas
    others = [(area, km) for area, km in areas if area.id != nearest.place.id]
    return [(nearest.place, nearest.distance_km), *others]


def _nearest(
    gazetteer: Gazetteer, lat: float, lon: float, surroundings: Surroundings
) -> Nearby | None:
    nearest = surroundings.nearest
    if nearest is None or nearest.distance_km > _NEAR_KM:
        return None
    countries = {area.country for area in surroundings.areas if area.country}
    if countries and nearest.place.country not in countries:
        domestic = gazetteer.nearest(lat, lon, kind=SETTLEMENT_KINDS, country=countries)
        return next((one for one in domestic if one.distance_km <= _NEAR_KM), None)
    is_at_sea = surroundings.areas and not countries
    in_reach = nearest.distance_km <= nearest.place.uncertainty_km
    return nearest if in_reach or not is_at_sea else None


def _find(gazetteer: Gazetteer, reading: Reading, wanted: Wanted) -> list[Match]:
    containers = [
        _containers(gazetteer, name, spaced=reading.spaced, countries=wanted.countries)
        for name in reading.inside
    ]
    if not all(containers):
        return []
    matches = _search(
        gazetteer,
        reading.name,
        countries=_common_countries(wanted.countries, containers),
        kinds=_common_kinds(reading.kinds, wanted.kinds),
        box=wanted.box if wanted.bounded else None,
        fuzzy=not reading.spaced,
    )
    if reading.kinds == COUNTRY_KINDS:
        matches = matches or _by_code(gazetteer, reading.name)
    if containers:
        matches = _inside(gazetteer, matches, containers)
    return _inside_first(matches, wanted.box) if wanted.box else matches


def _inside(
    gazetteer: Gazetteer, matches: Sequence[Match], containers: Sequence[Sequence[Weighted]]
) -> list[Match]:
    """Return the matches that lie in what is said to be around, the most likely first.

    They share the probability of all: what spoke against every place still does.
    """
    weighted = [
        (match, max(match.score, _LEAST_SCORE) * _share_inside(gazetteer, match.place, containers))
        for match in matches
    ]
    total = sum(weight for _, weight in weighted)
    certain = min(1.0, _total(matches))
    return [
        replace(match, score=round(certain * weight / total, _SCORE_DIGITS))
        for match, weight in sorted(weighted, key=lambda pair: -pair[1])
        if weight > 0
    ]


def _inside_first(matches: Sequence[Match], box: Box) -> list[Match]:
    """Return the matches with those in a box first; a name spelt otherwise comes behind all."""
    closest = max((match.match for match in matches), default=0.0)
    west, south, east, north = box

    def is_behind(match: Match) -> tuple[bool, bool]:
        place = match.place
        inside = west <= place.lon <= east and south <= place.lat <= north
        return match.match < closest, not inside

    return sorted(matches, key=is_behind)


def _containers(
    gazetteer: Gazetteer, name: str, *, spaced: bool, countries: tuple[str, ...]
) -> list[Weighted]:
    """Return what "Texas" may mean in "Paris, Texas": divisions, then other places."""
    divisions = _search(
        gazetteer, name, countries=countries or None, kinds=_DIVISION_KINDS, fuzzy=not spaced
    )
    if name.isupper():  # a code is no name to search for
        divisions += [replace(match, score=0.0) for match in _by_code(gazetteer, name)]
    others = [] if spaced else _search(gazetteer, name)[:_CONTAINERS]
    found = {match.place.id: match for match in (*others, *divisions)}
    return [(match.place, max(match.score, _LEAST_SCORE)) for match in found.values()]


def _by_code(gazetteer: Gazetteer, code: str) -> list[Match]:
    """Return the country of an ISO 3166-1 alpha-2 code."""
    if not (code.isascii() and code.isalpha() and len(code) == _CODE_LENGTH):
        return []
    try:
        country = gazetteer.get(f"iso:{code.upper()}")
    except UnknownPlaceError:
        return []
    return [Match(country, match=1.0, score=1.0, name=country.name)]


def _share_inside(
    gazetteer: Gazetteer, place: Place, containers: Sequence[Sequence[Weighted]]
) -> float:
    """Return the probability that a place lies in what is said to be around it."""
    return prod(
        max((score for area, score in areas if lies_in(gazetteer, place, area)), default=0.0)
        for areas in containers
    )


def _search(
    gazetteer: Gazetteer,
    name: str,
    *,
    countries: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
    box: Box | None = None,
    fuzzy: bool = True,
) -> list[Match]:
    """Return what is found; nothing where rather a place is meant that is not held."""
    if any(choice is not None and not choice for choice in (countries, kinds)):
        return []
    found = gazetteer.search(
        name, country=countries, kind=kinds, box=box, fuzzy=fuzzy, limit=_CANDIDATES
    )
    is_spelt_so = any(match.match == 1 for match in found)
    return found if is_spelt_so or _total(found) >= _LEAST_TOTAL else []


def _total(matches: Iterable[Match]) -> float:
    return sum(match.score for match in matches)


def _common_countries(
    chosen: tuple[str, ...], containers: Sequence[Sequence[Weighted]]
) -> tuple[str, ...] | None:
    """Return the countries that a place may be in; None when nothing restricts them."""
    common = set(chosen) if chosen else None
    for areas in containers:
        countries = {area.country for area, _ in areas if area.country}
        if not all(area.country for area, _ in areas):  # a region of many countries
            continue
        common = countries if common is None else common & countries
    return None if common is None else tuple(sorted(common))


def _common_kinds(
    one: frozenset[str] | None, other: frozenset[str] | None
) -> frozenset[str] | None:
    """Return the kinds that a place may be of; None when nothing restricts them."""
    return (one or other) if one is None or other is None else one & other
