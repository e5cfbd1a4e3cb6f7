"""Is an answer at the right place?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import shapely

from gazetteer import GazetteerError
from gazetteer.index.space import great_circle_km
from geoevents.errors import BadRecordError, InputNotFoundError, InputNotReadableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer
    from geoevents.evaluate.annotations import Box, Toponym

HIT_KM = 161.0
"""100 miles: the distance within which an answer counts as right in the literature."""

NEAR_KM = 20.0
"""Within it an answer is the right town, not only the right region."""

_HELD = 1024  # outlines kept at a time; one of a large country takes megabytes
_OF_AREAS = 2  # dimensions
_SHORTEST_RING = 4  # positions: a triangle, closed
_COORDINATES = 2  # lon, lat


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer lies to gold.

    Attributes
    ----------
    km
        Great-circle distance of the two points.
    in_box, in_area
        Whether the answer lies inside gold's box, and inside its outline.
    """

    km: float
    in_box: bool
    in_area: bool

    @property
    def is_hit(self) -> bool:
        """Whether it is within 161 km."""
        return self.km <= HIT_KM

    @property
    def is_hit_or_in_area(self) -> bool:
        """Whether it is within 161 km or inside the outline."""
        return self.is_hit or self.in_area

    @property
    def is_right(self) -> bool:
        """Whether it is within 161 km, inside the outline or inside the box."""
        return self.is_hit_or_in_area or self.in_box


class Outlines(Protocol):
    """Where the outline of a gold toponym comes from."""

    def __call__(self, toponym: Toponym) -> BaseGeometry | None:
        """Return a polygon or multipolygon in EPSG:4326, or None where there is none."""


def no_outlines(toponym: Toponym) -> BaseGeometry | None:
    """Know no outline."""
    del toponym
    return None


class GazetteerOutlines:
    """Outlines of the places that gold names by ``place_id`` or ``geonameid``.

    Parameters
    ----------
    open_gazetteer
        Opens the gazetteer; called once, at the first toponym that names a place.
    """

    def __init__(self, open_gazetteer: Callable[[], Gazetteer]) -> None:
        self._open = open_gazetteer
        self._outline = lru_cache(_HELD)(self._read)

    def __call__(self, toponym: Toponym) -> BaseGeometry | None:
        """Return the outline of the toponym's place, or None where the gazetteer has none."""
        if toponym.place_id:
            return self._outline(toponym.place_id)
        return self._outline(f"geonames:{toponym.geonameid}") if toponym.geonameid else None

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._open()

    def _read(self, place_id: str) -> BaseGeometry | None:
        try:
            return _prepared(self._gazetteer.geometry(place_id))
        except GazetteerError:
            return None


class FileOutlines:
    """Outlines of the areas that gold names by ``area``.

    Parameters
    ----------
    path
        JSON: ``{area: [ring, …]}``, each ring a list of ``[lon, lat]`` in degrees; no holes.

    Raises
    ------
    InputNotFoundError, InputNotReadableError, BadRecordError
        If the file is not there, cannot be read, or holds something else.
    """

    def __init__(self, path: str | Path) -> None:
        self._rings = _rings(Path(path))
        self._outline = lru_cache(_HELD)(self._build)

    def __call__(self, toponym: Toponym) -> BaseGeometry | None:
        """Return the outline of the toponym's area, or None where the file has none."""
        return self._outline(toponym.area) if toponym.area in self._rings else None

    def _build(self, area: str) -> BaseGeometry:
        polygons = [shapely.Polygon(ring) for ring in self._rings[area]]
        return _prepared(shapely.MultiPolygon(polygons))


def judge(gold: Toponym, answer: Toponym, outlines: Outlines) -> Verdict | None:
    """Return how an answer lies to gold, or None where one of them has no coordinates.

    Examples
    --------
    >>> from geoevents.evaluate import Toponym
    >>> baku, ganja = Toponym(0, 4, lat=40.38, lon=49.89), Toponym(0, 4, lat=40.68, lon=46.36)
    >>> round(judge(baku, ganja, no_outlines).km)
    300
    """
    if gold.point is None or answer.point is None:
        return None
    lat, lon = answer.point
    outline = outlines(gold)
    return Verdict(
        km=great_circle_km(*gold.point, lat, lon),
        in_box=gold.box is not None and _in_box(lat, lon, gold.box),
        in_area=outline is not None and bool(shapely.contains_xy(outline, lon, lat)),
    )


def _in_box(lat: float, lon: float, box: Box) -> bool:
    west, south, east, north = box
    over_date_line = west > east
    in_width = (lon >= west or lon <= east) if over_date_line else west <= lon <= east
    return in_width and south <= lat <= north


def _prepared(geometry: BaseGeometry) -> BaseGeometry | None:
    if shapely.get_dimensions(geometry) != _OF_AREAS:
        return None
    shapely.prepare(geometry)
    return geometry


def _rings(path: Path) -> dict[str, list[Any]]:
    if not path.exists():
        raise InputNotFoundError(str(path))
    try:
        rings = json.loads(path.read_bytes())
    except OSError as error:
        raise InputNotReadableError(str(path), error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputNotReadableError(str(path), "it is no JSON") from error
    if not isinstance(rings, dict) or not all(map(_are_rings, rings.values())):
        why = "it holds no outlines: give {area: [ring, ...]}, each ring a list of [lon, lat]"
        raise BadRecordError(str(path), why)
    return rings


def _are_rings(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(ring, list) and len(ring) >= _SHORTEST_RING and all(map(_is_position, ring))
        for ring in value
    )


def _is_position(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == _COORDINATES
        and all(type(number) in {int, float} for number in value)
    )
