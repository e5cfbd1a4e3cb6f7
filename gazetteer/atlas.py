"""Which place has this id, and what is its shape? Held, composed and derived places alike."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from gazetteer.area_expressions import compose, held_id
from gazetteer.derived import Derivation, Parties, derived_place, parse_derived_id, shape
from gazetteer.errors import UnknownPlaceError
from gazetteer.place import COUNTRY_KINDS, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.index.store import Store

_SHAPES_KEPT = 2048
_SEAM_DEGREES = 0.02  # divisions and thinned countries are simplified to about half of this
_THINNED_FROM = 2000  # vertices: a region of many countries needs no finer coast than this leaves


class Atlas:
    """Places and geometries by id.

    Parameters
    ----------
    store
        The opened index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.geometry = lru_cache(maxsize=_SHAPES_KEPT)(self._geometry)
        self.place = lru_cache(maxsize=_SHAPES_KEPT)(self._place)
        self.share_border = lru_cache(maxsize=_SHAPES_KEPT)(self._share_border)

    def derive(self, derivation: Derivation) -> Place | None:
        """Return the derived place, or None when it has no extent (no common border)."""
        if self.geometry(derivation.id).is_empty:
            return None
        return self.place(derivation.id)

    def is_area(self, place_id: str) -> bool:
        """Return whether a place has an outline of its own."""
        row = self._store.row(place_id)
        return self._store.has_area(row) or "area" in self._store.details(row)

    def _place(self, place_id: str) -> Place:
        derivation = parse_derived_id(place_id)
        if derivation is None:
            return self._store.place(self._store.row(place_id))
        geometry = self.geometry(place_id)
        if geometry.is_empty:
            raise UnknownPlaceError(place_id)
        return derived_place(derivation, self._parties(derivation), geometry)

    def _geometry(self, place_id: str) -> BaseGeometry:
        derivation = parse_derived_id(place_id)
        if derivation is not None:
            return shape(derivation, self._parties(derivation))
        row = self._store.row(place_id)
        area = self._store.area(row)
        if area is not None:
            return area
        expression = self._store.details(row).get("area")
        if expression:
            return self._composed(expression)
        place = self._store.place(row)
        return shapely.Point(place.lon, place.lat)

    def _composed(self, expression: str) -> BaseGeometry:
        geometry = compose(expression, lambda unit: _thinned(self.geometry(held_id(unit))))
        polygons = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
        if polygons:
            geometry = _without_seams(shapely.MultiPolygon(polygons))
        return geometry if geometry.is_valid else shapely.make_valid(geometry)

    def _parties(self, derivation: Derivation) -> Parties:
        places = [self.place(place_id) for place_id in derivation.of]
        geometries = [self.geometry(place_id) for place_id in derivation.of]
        return Parties(places, geometries, lambda: self._neighbours(places[0].id))

    def _neighbours(self, place_id: str) -> list[BaseGeometry]:
        """Countries whose boxes touch a place's box."""
        box = shapely.box(*self.geometry(place_id).bounds)
        codes = [code for code, kind in enumerate(self._store.kinds) if kind in COUNTRY_KINDS]
        rows = np.flatnonzero(np.isin(self._store.kind, codes)).tolist()
        others = [area for row in rows if (area := self._store.area(row)) is not None]
        own = self.geometry(place_id)
        return [area for area in others if area.intersects(box) and not area.equals(own)]

    def _share_border(self, first: str, second: str) -> bool:
        if first == second:
            return False
        try:
            return not self.geometry(Derivation("border", (first, second)).id).is_empty
        except shapely.GEOSException:
            return False


def _without_seams(area: BaseGeometry) -> BaseGeometry:
    """Close what lies between outlines of different detail: it is no hole in a region."""
    closed = area.buffer(_SEAM_DEGREES, quad_segs=1).buffer(-_SEAM_DEGREES, quad_segs=1)
    shapely.prepare(closed)
    # An islet smaller than a seam is lost in this, and stays.
    lost = [part for part in shapely.get_parts(area) if not closed.intersects(part)]
    return shapely.union_all([closed, *lost]) if lost else closed


def _thinned(geometry: BaseGeometry) -> BaseGeometry:
    """Simplify a detailed outline before it becomes part of a region."""
    if shapely.get_num_coordinates(geometry) < _THINNED_FROM:
        return geometry
    return shapely.simplify(geometry, _SEAM_DEGREES / 2)
