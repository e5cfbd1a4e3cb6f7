"""How does a place of an event become a row, and the line between two of them?"""

from __future__ import annotations

import json
import math
from itertools import product
from typing import TYPE_CHECKING, Any

from gazetteer.mentions.hashtags import as_in_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer, Place, Resolution, Span
    from geoevents.event import EventPlace

_OWN_DISPUTE = frozenset({"country", "territory", "disputed"})  # kinds that are described as such
_FULL_OUTLINE = 1000  # vertices that an outline may have before it is simplified
_ALTERNATIVES = 3  # runners-up per row; more would not be read
_DEGREE_DIGITS, _SCORE_DIGITS = 6, 4  # 0.1 m; as in the JSON lines

Row = dict[str, Any]


class Geometries:
    """Areas and lines of places, and whose their ground is, each asked for once."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, BaseGeometry] = {}
        self._disputes: dict[tuple[str, str | None], str | None] = {}

    def area(self, place: Place) -> BaseGeometry:
        """Return what the gazetteer holds, the representative point where it holds no more."""
        from gazetteer import GazetteerError

        if self._gazetteer is None:
            return point(place)
        if place.id not in self._known:
            try:
                geometry = self._gazetteer.geometry(place)
            except GazetteerError:  # a place of another gazetteer, read from a file
                geometry = point(place)
            self._known[place.id] = _outline(geometry)
        return self._known[place.id]

    def dispute(self, place: Place, day: str | None) -> str | None:
        """Return the name of the dispute over the ground that a place lies on.

        None where there is none on that day, the viewpoint settles it for the place's country, or
        the place is itself what is disputed.
        """
        key = (place.id, day)
        if key not in self._disputes:
            self._disputes[key] = self._find_dispute(place, day)
        return self._disputes[key]

    def _find_dispute(self, place: Place, day: str | None) -> str | None:
        gazetteer = self._gazetteer
        if gazetteer is None or place.kind in _OWN_DISPUTE or place.country is None:
            return None
        claims = gazetteer.disputes_at(place.lat, place.lon, at=day)
        names = [claim.label for claim in claims if claim.place_id != place.id]
        if not names or gazetteer.country_of(place, at=day) == place.country:
            return None
        return names[0]


def _outline(geometry: BaseGeometry) -> BaseGeometry:
    """Return a long outline simplified to a thousandth of its area's side.

    A country's coast has 60,000 vertices, and each event in it a copy of them.
    """
    import shapely

    if shapely.get_num_coordinates(geometry) <= _FULL_OUTLINE or not geometry.area:
        return geometry
    return shapely.simplify(geometry, math.sqrt(geometry.area) / 1000)


def point(place: Place) -> BaseGeometry:
    """Return the representative point of a place."""
    import shapely

    return shapely.Point(place.lon, place.lat)


def route_rows(places: Sequence[EventPlace]) -> Iterator[Row]:
    """Yield the lines between an event's located ends, none where they do not pair off."""
    origins, destinations = (_ends(places, role) for role in ("origin", "destination"))
    # Several origins and several destinations do not say which belongs to which.
    if min(len(origins), len(destinations)) != 1:
        return
    for (start, a), (end, b) in product(origins, destinations):
        if a.id != b.id:
            yield _route_row((start, a), (end, b))


def _ends(places: Sequence[EventPlace], role: str) -> list[tuple[Resolution, Place]]:
    found = {
        p.resolution.place.id: (p.resolution, p.resolution.place)
        for p in places
        if p.role == role and p.resolution.place is not None
    }
    return list(found.values())


def _route_row(start: tuple[Resolution, Place], end: tuple[Resolution, Place]) -> Row:
    import shapely

    (origin, a), (destination, b) = start, end
    of_a, of_b = display_names(a), display_names(b)
    shared = {lang: f"{of_a[lang]} – {of_b[lang]}" for lang in of_a if lang in of_b}
    return {
        "role": "route",
        "place": " – ".join(as_in_prose(end.mention.text) for end in (origin, destination)),
        "place_kind": "route",
        "place_names": as_json(_with_own(f"{a.name} – {b.name}", shared)),
        "country": a.country if a.country == b.country else None,
        "geometry_basis": "inferred",
        "uncertainty_km": max(origin.uncertainty_km, destination.uncertainty_km),
        "score": origin.score * destination.score,  # right only when both ends are
        "geometry": shapely.LineString([(a.lon, a.lat), (b.lon, b.lat)]),
    }


def place_row(
    stated: EventPlace, sentence: Span, geometries: Geometries, *, day: str | None = None
) -> Row:
    """Return what the table says of one place of an event.

    Parameters
    ----------
    stated
        The place; where it could not be located, its row has no geometry.
    sentence
        The event's, in which the place's offsets count.
    geometries
        Gives locations their areas and lines; the other roles are points.
    day
        ISO date whose disputes count; today's by default.
    """
    resolution = stated.resolution
    mention, place = resolution.mention, resolution.place
    row = {
        "role": stated.role,
        "place": as_in_prose(mention.text),
        "alternatives": _alternatives(resolution),
        **inside("place", mention.span, sentence),
    }
    if place is None:
        return row
    is_area = stated.role == "location"
    return row | {
        "place_id": place.id,
        "place_kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "place_names": names_json(place),
        "geometry_basis": resolution.geometry_basis,
        "uncertainty_km": resolution.uncertainty_km,
        "score": resolution.score,
        "viewpoint": place.viewpoint,
        "dispute": geometries.dispute(place, day),
        "geometry": geometries.area(place) if is_area else point(place),
    }


def inside(what: str, span: Span, sentence: Span) -> Row:
    """Return a span as offsets into the sentence, nothing where it stands outside."""
    if not sentence.holds(span):
        return {}
    return {f"{what}_start": span.start - sentence.start, f"{what}_end": span.end - sentence.start}


def names_json(place: Place) -> str:
    """Return the names of a place for display, as JSON."""
    return as_json(display_names(place))


def display_names(place: Place) -> dict[str, str]:
    """Return the preferred name in each language, under ``und`` the gazetteer's own.

    The latter stays away where it is the English one.
    """
    named = {lang: names[0] for lang, names in place.names.items() if names and lang != "und"}
    return _with_own(place.name, named)


def _with_own(name: str, named: dict[str, str]) -> dict[str, str]:
    return named if named.get("en") == name else {"und": name, **named}


def _alternatives(resolution: Resolution) -> str | None:
    rows = alternative_rows(resolution)
    return as_json(rows) if rows else None


def alternative_rows(resolution: Resolution) -> list[Mapping[str, Any]]:
    """Return the best runners-up as plain values.

    Each has place_id, kind, name, country, lat, lon and score.
    """
    return [
        {
            "place_id": alternative.place.id,
            "kind": alternative.place.kind,
            "name": alternative.place.name,
            "country": alternative.place.country,
            "lat": round(alternative.place.lat, _DEGREE_DIGITS),
            "lon": round(alternative.place.lon, _DEGREE_DIGITS),
            "score": round(alternative.score, _SCORE_DIGITS),
        }
        for alternative in resolution.alternatives[:_ALTERNATIVES]
    ]


def as_json(value: Any) -> str:
    """Return a value as JSON in its own letters."""
    return json.dumps(value, ensure_ascii=False)
