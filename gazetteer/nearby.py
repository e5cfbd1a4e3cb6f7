"""What lies at a point, near it, or inside an area?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.filters import Wanted, checked_box, checked_point
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.atlas import Atlas
    from gazetteer.filters import Box
    from gazetteer.index.store import Store
    from gazetteer.place import Place
    from gazetteer.viewpoints import Viewpoint

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Nearby:
    """A place and how far away it is, in kilometres along a great circle."""

    place: Place
    distance_km: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is at a point.

    Attributes
    ----------
    nearest
        The nearest settlement; None where the gazetteer has none at all.
    areas
        Held areas that contain the point (division, country, sea ...), the smallest first; on
        disputed ground the disputed area, and the country only if the viewpoint sees one.
    """

    nearest: Nearby | None
    areas: tuple[Place, ...]


class Neighbourhood:
    """Looks places up by where they are.

    Parameters
    ----------
    store
        The opened index.
    atlas
        Geometry of its places.
    viewpoint
        From where disputed ground is looked at.
    """

    def __init__(self, store: Store, atlas: Atlas, viewpoint: Viewpoint) -> None:
        self._store = store
        self._atlas = atlas
        self._viewpoint = viewpoint
        self._settled: Array | None = None

    def reverse(self, lat: float, lon: float) -> Surroundings:
        """Return what is at a point, see :meth:`gazetteer.Gazetteer.reverse`."""
        lat, lon = checked_point(lat, lon)
        store = self._store
        rows = sorted(self._areas_at(lat, lon), key=store.radius_km)
        near, km = store.space.nearest(lat, lon, limit=1, accepted=self._settlements())
        nearest = Nearby(store.place(int(near[0])), round(float(km[0]), 3)) if len(near) else None
        return Surroundings(nearest, tuple(store.place(row) for row in rows))

    def _areas_at(self, lat: float, lon: float) -> list[int]:
        """Return the rows of the areas at a point, with the country that the viewpoint sees."""
        store, disputes = self._store, self._atlas.disputes
        held = store.areas.containing(lat, lon)
        if disputes.units.isdisjoint(map(store.place_id, held)):
            return held
        claims = disputes.disputes_at(lat, lon)
        if not claims:
            return held
        rows = [row for row in held if store.kind_of(row) not in COUNTRY_KINDS]
        rows += [store.row(claim.place_id) for claim in claims]
        owner = disputes.owner(claims, self._viewpoint)
        if owner is not None:
            rows.append(store.row(f"iso:{owner}"))
        return list(dict.fromkeys(rows))

    def nearest(self, lat: float, lon: float, *, wanted: Wanted, limit: int) -> list[Nearby]:
        """Return the places nearest to a point, see :meth:`gazetteer.Gazetteer.nearest`."""
        lat, lon = checked_point(lat, lon)
        store = self._store
        accepts = wanted.accepts(store)
        accepted = None if accepts is None else accepts(np.arange(len(store)))
        rows, km = store.space.nearest(lat, lon, limit=limit, accepted=accepted)
        return [
            Nearby(store.place(row), round(distance, 3))
            for row, distance in zip(rows.tolist(), km.tolist(), strict=True)
        ]

    def within(self, area: BaseGeometry | Box, *, wanted: Wanted, limit: int | None) -> list[Place]:
        """Return the places inside an area, see :meth:`gazetteer.Gazetteer.within`."""
        store = self._store
        if isinstance(area, shapely.Geometry):
            rows = store.space.within(*area.bounds) if not area.is_empty else np.array([], int)
            shapely.prepare(area)
            x, y = store.lon_e5[rows] / 1e5, store.lat_e5[rows] / 1e5
            rows = rows[shapely.intersects_xy(area, x, y)]
        else:
            rows = store.space.within(*checked_box(area))
        accepts = wanted.accepts(store)
        if accepts is not None and len(rows):
            rows = rows[accepts(rows)]
        order = np.lexsort((rows, -store.prominence[rows].astype(int)))[:limit]
        return [store.place(row) for row in rows[order].tolist()]

    def _settlements(self) -> Array:
        if self._settled is None:
            codes = [i for i, kind in enumerate(self._store.kinds) if kind in SETTLEMENT_KINDS]
            self._settled = np.isin(self._store.kind, codes)
        return self._settled
