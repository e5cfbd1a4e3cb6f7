"""In which composed regions ("Donbas", "the Sahel") does a point lie?"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from gazetteer.area_expressions import compose, held_id
from gazetteer.index.space import great_circle_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from gazetteer.atlas import Atlas
    from gazetteer.index.store import Store

_NOWHERE = shapely.Point()
_BUFFER = "buffer("  # in an expression: its outline must be drawn to know what is inside
_FARTHEST = 6.0  # so many times its radius from its point no band reaches


class Regions:
    """Regions that are composed of other areas, asked by a point.

    Parameters
    ----------
    store
        The opened index.
    atlas
        Outlines of its places.
    """

    def __init__(self, store: Store, atlas: Atlas) -> None:
        self._store = store
        self._atlas = atlas

    def containing(self, lat: float, lon: float) -> list[int]:
        """Return the rows of the composed regions that contain a point, the smallest first."""
        point = shapely.Point(lon, lat)
        held = frozenset(self._store.areas.containing(lat, lon))
        composed = {row for unit in held for row in self._of_units.get(unit, ())}
        found = [row for row in composed if self._is_inside(row, point, held)]
        found += [row for row in self._bands_near(lat, lon) if self._covers(row, point)]
        return sorted(found, key=self._store.radius_km)

    @cached_property
    def _expressions(self) -> dict[int, str]:
        composed = self._store.composed()
        return {row: area for row, area in composed if not self._store.has_area(row)}

    @cached_property
    def _of_units(self) -> dict[int, list[int]]:
        """Regions by the rows of the held areas that they are composed of."""
        of_units: dict[int, list[int]] = defaultdict(list)
        for row in self._expressions:
            for unit in self._units(row):
                of_units[unit].append(row)
        return of_units

    def _units(self, row: int) -> set[int]:
        """Return the held areas that a region is composed of, through other regions too."""
        expression, units = self._expressions[row], set[int]()
        if _BUFFER in expression:
            return units

        def note(reference: str) -> BaseGeometry:
            unit = self._store.row(held_id(reference))
            units.update(self._units(unit) if unit in self._expressions else {unit})
            return _NOWHERE

        compose(expression, note)
        return units

    def _is_inside(self, row: int, point: shapely.Point, held: frozenset[int]) -> bool:
        """Whether a region contains a point of which it is known what held areas contain it."""

        def at_point(reference: str) -> BaseGeometry:
            unit = self._store.row(held_id(reference))
            nested = unit in self._expressions
            inside = self._is_inside(unit, point, held) if nested else unit in held
            return point if inside else _NOWHERE

        expression = self._expressions[row]
        if _BUFFER in expression:
            return self._covers(row, point)
        return bool(compose(expression, at_point).intersects(point))

    def _bands_near(self, lat: float, lon: float) -> Iterator[int]:
        """Yield the regions that must be drawn, as far as they may reach the point."""
        store = self._store
        for row in (row for row, text in self._expressions.items() if _BUFFER in text):
            at = int(store.lat_e5[row]) / 1e5, int(store.lon_e5[row]) / 1e5
            if great_circle_km(lat, lon, *at) <= _FARTHEST * store.radius_km(row):
                yield row

    def _covers(self, row: int, point: shapely.Point) -> bool:
        outline = self._atlas.outline(self._store.place_id(row))
        return bool(shapely.intersects(outline, point))
