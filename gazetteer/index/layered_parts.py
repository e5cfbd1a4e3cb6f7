"""How are columns, sounds, points and outlines of an index continued by the user's own places?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.index.sounds import Alike, letter_bits
from gazetteer.index.space import distances_km
from gazetteer.text.sounds import script_of, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index.layered import LayeredStore
    from gazetteer.index.store import Store

Array = np.ndarray[Any, Any]

_POLYGONS = frozenset({"Polygon", "MultiPolygon"})


class LayeredColumn:
    """A column of the index, continued by the user's rows and changed in some of the held ones."""

    def __init__(self, held: Array, own: Sequence[Any], changed: Mapping[int, Any]) -> None:
        self._held = held
        self._own = np.array(own, dtype=held.dtype)
        self._changed = dict(sorted(changed.items()))
        self._rows = np.array([*self._changed], dtype=np.int64)
        self._values = np.array([*self._changed.values()], dtype=held.dtype)

    def __len__(self) -> int:
        return len(self._held) + len(self._own)

    def __getitem__(self, rows: Any) -> Any:
        if isinstance(rows, (int, np.integer)):
            row = int(rows)
            if row in self._changed:
                return self._changed[row]
            n = len(self._held)
            return self._held[row] if row < n else self._own[row - n]
        wanted = np.asarray(rows, dtype=np.int64)
        n = len(self._held)
        values = self._held[np.minimum(wanted, n - 1)]
        own = wanted >= n
        values[own] = self._own[wanted[own] - n]
        if len(self._rows):
            at = np.minimum(self._rows.searchsorted(wanted), len(self._rows) - 1)
            changed = self._rows[at] == wanted
            values[changed] = self._values[at[changed]]
        return values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:  # noqa: FBT001 -- as numpy calls it
        whole = np.concatenate([self._held, self._own])
        whole[self._rows] = self._values
        return whole if dtype is None else whole.astype(dtype)


class LayeredSounds:
    """Keys by skeleton, the user's among them."""

    def __init__(self, held: Store, layer: LayeredStore) -> None:
        self._held = held.sounds
        self._keys = layer.own_keys()
        texts = [layer.spelling(key) for key in self._keys]
        self._sounds = [
            f"{script}:{skeleton(text, script)}" if (script := script_of(text)) else ""
            for text in texts
        ]
        self._letters = letter_bits(texts)
        self._lengths = np.array([min(len(text), 255) for text in texts], dtype=np.uint8)
        places = [[p.place for p in layer.postings(key)] for key in self._keys]
        self._prominence = np.array(
            [max(layer.prominence[rows]) for rows in places], dtype=np.uint8
        )

    def alike(self, script: str, skeletons: Iterable[str]) -> Alike:
        """Return the keys of a script that have one of these skeletons."""
        wanted = list(skeletons)
        held = self._held.alike(script, wanted)
        sounds = {f"{script}:{line}" for line in wanted}
        at = [i for i, sound in enumerate(self._sounds) if sound in sounds]
        if not at:
            return held
        keys: Array = np.array(self._keys, dtype=np.int32)
        own: tuple[Array, ...] = (keys, self._letters, self._lengths, self._prominence)
        return Alike(*(np.concatenate([h, o[at]]) for h, o in zip(held, own, strict=True)))


class LayeredSpace:
    """Places by where they are, the user's among them, moved ones at their new point."""

    def __init__(self, held: Store, layer: LayeredStore) -> None:
        self._held, self._layer, self._n = held.space, layer, len(held)
        moved = [row for row, place in layer.changes.items() if place.lat is not None]
        self._rows = np.array(moved, dtype=np.int32)
        self._lat = np.array([layer.lat_e5[row] / 1e5 for row in moved])
        self._lon = np.array([layer.lon_e5[row] / 1e5 for row in moved])

    def within(self, west: float, south: float, east: float, north: float) -> Array:
        """Return the rows of the places in a box."""
        from gazetteer.filters import in_box

        held = self._held.within(west, south, east, north)
        own = self._rows[in_box(self._lat, self._lon, (west, south, east, north))]
        rows: Array = np.concatenate([held[~np.isin(held, self._rows)], own])
        return rows

    def nearest(
        self, lat: float, lon: float, *, limit: int, accepted: Array | None = None
    ) -> tuple[Array, Array]:
        """Return the rows nearest to a point, the nearest first, and their distances in km."""
        passes = np.ones(len(self._layer), dtype=bool) if accepted is None else accepted
        held = passes[: self._n].copy()
        held[self._rows[self._rows < self._n]] = False
        rows, km = self._held.nearest(lat, lon, limit=limit, accepted=held)
        kept = passes[self._rows]
        rows = np.concatenate([rows, self._rows[kept]])
        km = np.concatenate([km, distances_km(lat, lon, self._lat[kept], self._lon[kept])])
        order = np.argsort(km, kind="stable")[:limit]
        return rows[order], km[order]


class LayeredAreas:
    """Outlines of places, the user's among them."""

    def __init__(self, held: Store, layer: LayeredStore) -> None:
        self._held, self._n = held.areas, len(held)
        self._shapes: dict[int, BaseGeometry] = {
            row: place.geometry
            for row, place in layer.changes.items()
            if place.geometry is not None
        }

    @property
    def rows(self) -> list[int]:
        """Rows of the places with a polygon."""
        own = [row for row in self._shapes if self.has(row)]
        return sorted({*self._held.rows, *own})

    def has(self, row: int) -> bool:
        """Return whether a polygon is held for a place."""
        shape = self._shapes.get(row)
        if shape is not None:
            return shape.geom_type in _POLYGONS
        return row < self._n and self._held.has(row)

    def polygon(self, row: int) -> BaseGeometry | None:
        """Return the outline or line held for a place (EPSG:4326), or None."""
        shape = self._shapes.get(row)
        if shape is not None:
            return shape
        return self._held.polygon(row) if row < self._n else None

    def containing(self, lat: float, lon: float) -> list[int]:
        """Return the rows of the places whose polygons contain a point, in no order."""
        held = [row for row in self._held.containing(lat, lon) if row not in self._shapes]
        point = shapely.Point(lon, lat)
        return [
            *held,
            *(row for row, s in self._shapes.items() if self.has(row) and s.intersects(point)),
        ]
