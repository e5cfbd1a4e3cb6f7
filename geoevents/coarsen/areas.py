"""Which places are areas that anybody may know, how far do they reach, and what holds a point?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from gazetteer import GazetteerError
from gazetteer.data import load_toml
from geoevents.place_rows import Geometries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer, Place

DIVISION = "admin1"
"""Kind of a first-level division."""

_DERIVED = "@"  # in the ids of places such as "20 km west of Bakhmut"


class PublicAreas:
    """Countries, divisions, seas and the like, as the gazetteer has them.

    Parameters
    ----------
    gazetteer
        Without it no area is known.
    """

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        self._geometries = Geometries(gazetteer)
        self._kinds = frozenset(load_toml("ontology", "coarsening.toml")["areas"]["kinds"])
        self._held: dict[str, Place | None] = {}
        self._around: dict[tuple[float, float], Place | None] = {}
        self._reach: dict[str, float] = {}
        self._sides: dict[str, float] = {}

    def named(self, place_id: Any, *, least_km: float = 0.0) -> Place | None:
        """Return the area of an id, None where it is none or its side is less than ``least_km``."""
        if not isinstance(place_id, str) or _DERIVED in place_id:
            return None
        if place_id not in self._held:
            self._held[place_id] = self._get(place_id)
        place = self._held[place_id]
        if place is None or (least_km > 0 and self._side_km(place) < least_km):
            return None
        return place

    def division(self, admin1: Any, lon: float, lat: float) -> Place | None:
        """Return the first-level division of an id, else that of a point, else its country."""
        stated = self.named(admin1)
        if stated is not None and stated.kind == DIVISION:
            return stated
        if (lon, lat) not in self._around:
            self._around[lon, lat] = self._at(lon, lat)
        return self._around[lon, lat]

    def outline(self, place: Place) -> BaseGeometry:
        """Return the area itself."""
        return self._geometries.area(place)

    def reach_km(self, place: Place) -> float:
        """Return the distance from the place's point to the farthest point of its outline."""
        if place.id not in self._reach:
            far = reach_km(place.lon, place.lat, [self.outline(place)])
            self._reach[place.id] = float(math.ceil(far))
        return self._reach[place.id]

    def _get(self, place_id: str) -> Place | None:
        if self._gazetteer is None:
            return None
        try:
            place = self._gazetteer.get(place_id)
        except GazetteerError:
            return None
        # What the user added lies where the user says, and is known to nobody else.
        is_own = place.id.startswith("user:") or place.source == "user"
        return place if place.kind in self._kinds and not is_own else None

    def _at(self, lon: float, lat: float) -> Place | None:
        if self._gazetteer is None:
            return None
        areas = self._gazetteer.reverse(lat, lon).areas
        found = {
            kind: area
            for kind in ("country", "territory", "admin1")
            for area in areas
            if area.kind == kind
        }
        return found.get("admin1") or found.get("territory") or found.get("country")

    def _side_km(self, place: Place) -> float:
        if place.id not in self._sides:
            self._sides[place.id] = side_km(self.outline(place))
        return self._sides[place.id]


def side_km(shape: BaseGeometry) -> float:
    """Return the side of the square that is as large as an area, in kilometres."""
    from pyproj import Geod

    if not shape.area:
        return 0.0
    return math.sqrt(abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0])) / 1000


def reach_km(lon: float, lat: float, shapes: Iterable[BaseGeometry]) -> float:
    """Return the distance from a point to the farthest vertex of some geometries, in km."""
    import numpy as np
    import shapely
    from pyproj import Geod

    coords = shapely.get_coordinates(list(shapes))
    if not len(coords):
        return 0.0
    away = Geod(ellps="WGS84").inv(
        np.full(len(coords), lon), np.full(len(coords), lat), coords[:, 0], coords[:, 1]
    )[2]
    return float(away.max()) / 1000
