"""How does a place look as a geopy location? Its address line, point and raw answer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import shapely
from geopy.location import Location

from gazetteer.areas import WGS84
from gazetteer.errors import UnknownPlaceError
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.gazetteer import Gazetteer
    from gazetteer.match import Match
    from gazetteer.place import Place

SERVICE = "gazetteer"
"""Value of ``raw["service"]`` of what the offline gazetteer answers."""

_DISPLAY_LANGUAGE = "en"  # display names are English, or the local name in Latin letters
_BEARINGS = (0.0, 90.0, 180.0, 270.0)
_DEGREE_DIGITS = 6
_WRITERS = {
    "wkt": ("geotext", lambda shape: shape.wkt),
    "geojson": ("geojson", shapely.geometry.mapping),
}
"""Geometry formats, with the key of ``raw`` that Nominatim has them under."""


def to_location(
    gazetteer: Gazetteer,
    place: Place,
    *,
    languages: Sequence[str] = (),
    address: bool = False,
    geometry: str | None = None,
    **facts: Any,
) -> Location:
    """Return a place as a geopy location.

    Parameters
    ----------
    gazetteer
        Where the place is held.
    place
        The place.
    languages
        BCP 47 codes of the languages of the address line, the preferred first.
    address
        Whether ``raw["address"]`` is wanted: the parts of the address line.
    geometry
        ``"wkt"`` or ``"geojson"`` when ``raw`` shall hold the outline (EPSG:4326).
    **facts
        What else ``raw`` shall hold: match, score, distance.

    Returns
    -------
    geopy.location.Location
        ``raw`` holds plain values only, that JSON can carry.
    """
    around = list(_around(gazetteer, place))
    names = [name_in(area, languages) for area in (place, *around)]
    line = ", ".join(name for name, _ in groupby(names))  # Tripoli, of the district of Tripoli
    raw = _raw(gazetteer, place) | {"display_name": line} | facts
    if address:
        raw["address"] = _address(place, around, languages)
    if geometry is not None:
        key, write = _WRITERS[geometry]
        raw[key] = write(gazetteer.geometry(place))
    return Location(line, (place.lat, place.lon), raw)


def match_facts(match: Match) -> dict[str, Any]:
    """Return what ``raw`` says of how a place was found."""
    return {"match": match.match, "score": match.score, "matched_name": match.name}


def name_in(place: Place, languages: Sequence[str]) -> str:
    """Return the name in the first of the languages that the place has a name in.

    A regional code finds its language too; English, where no name is marked as such, is the
    display name.
    """
    for language in languages:
        base = language.split("-", maxsplit=1)[0].lower()
        names = place.names.get(language) or place.names.get(base)
        if names:
            return names[0]
        if base == _DISPLAY_LANGUAGE:
            break
    return place.name


def lies_in(gazetteer: Gazetteer, place: Place, area: Place) -> bool:
    """Return whether a place lies in another: by country, division, outline or nearness.

    A place does not lie in itself. What has no outline reaches as far as its ``uncertainty_km``,
    and holds no country or division.
    """
    if place.id == area.id:
        return False
    if area.kind in COUNTRY_KINDS and place.country is not None:
        return place.country == area.country
    if place.admin1 is not None and area.kind == "admin1":
        return any(around.id == area.id for around in _around(gazetteer, place))
    shape = gazetteer.geometry(area)
    if shape.geom_type == "Point":
        if place.kind in COUNTRY_KINDS or place.kind == "admin1":
            return False
        metres = WGS84.inv(place.lon, place.lat, area.lon, area.lat)[2]
        return bool(metres / 1000 <= area.uncertainty_km)
    return bool(shape.intersects(shapely.Point(place.lon, place.lat)))


def _around(gazetteer: Gazetteer, place: Place) -> Iterator[Place]:
    """Yield the divisions that a place lies in, the smallest first, and its country."""
    seen, inner = {place.id}, place
    while inner.admin1 is not None and inner.admin1 not in seen:
        inner = gazetteer.get(inner.admin1)
        seen.add(inner.id)
        yield inner
    if place.country is None or (country_id := f"iso:{place.country}") in seen:
        return
    try:
        yield gazetteer.get(country_id)
    except UnknownPlaceError:  # a code that is reserved or outdated
        return


def _raw(gazetteer: Gazetteer, place: Place) -> dict[str, Any]:
    return {
        "service": SERVICE,
        "source": place.source,
        "place_id": place.id,
        "equivalents": list(place.equivalents),
        "name": place.name,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "country_code": place.country and place.country.lower(),
        "boundingbox": _bounding_box(gazetteer, place),
        "uncertainty_km": place.uncertainty_km,
        "names": {language: list(names) for language, names in place.names.items()},
    }


def _bounding_box(gazetteer: Gazetteer, place: Place) -> list[float]:
    """Return south, north, west, east in degrees, as Nominatim does."""
    shape = gazetteer.geometry(place)
    if shape.geom_type == "Point":
        west, south, east, north = _box_around(place)
    else:
        west, south, east, north = shape.bounds
    return [round(float(degrees), _DEGREE_DIGITS) for degrees in (south, north, west, east)]


def _box_around(place: Place) -> tuple[float, float, float, float]:
    """Return the box of the circle that a place lies in; it ends at the antimeridian."""
    metres = place.uncertainty_km * 1000
    lons, lats, _ = WGS84.fwd(
        [place.lon] * 4, [place.lat] * 4, list(_BEARINGS), [metres] * len(_BEARINGS)
    )
    half_width = (lons[1] - place.lon) % 360
    west, east = max(-180.0, place.lon - half_width), min(180.0, place.lon + half_width)
    return west, min(lats), east, max(lats)


def _address(place: Place, around: Sequence[Place], languages: Sequence[str]) -> dict[str, str]:
    parts: dict[str, str] = {}
    for area in (place, *around):
        key = _part(area)
        parts.setdefault(key, name_in(area, languages))
    if place.country:
        parts["country_code"] = place.country.lower()
    return parts


def _part(area: Place) -> str:
    if area.kind in COUNTRY_KINDS:
        return "country"
    if area.kind == "admin1":
        return "state"
    return "city" if area.kind in SETTLEMENT_KINDS else area.kind
