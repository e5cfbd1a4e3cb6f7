"""Which places lie near a point or inside a box? A grid over their points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.index.columns import load, save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Array = np.ndarray[Any, Any]

_EARTH_DIAMETER_KM = 12742.0  # mean sphere of 6371 km radius
_KM_PER_DEGREE = 111.19  # along a meridian of that sphere
_WHOLE_EARTH = 180.0  # degrees of arc that reach from any point to any other
_POLAR_LAT = 89.0  # beyond it, all longitudes are near
_SCALES = (1, 2, 4, 10)  # cells per degree that a grid may have
_PLACES_PER_CELL = 0.25  # over land and sea; ten times as many where there are any


def distances_km(lat: float | Array, lon: float | Array, lats: Array, lons: Array) -> Array:
    """Return great-circle distances (haversine, sphere of 6371 km) in kilometres.

    Parameters
    ----------
    lat, lon
        A point, or several as arrays that broadcast against the others; degrees.
    lats, lons
        The other points, degrees.
    """
    p, q = np.radians(lat), np.radians(lats)
    half = np.radians(lons - lon) / 2
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(half) ** 2
    distances: Array = _EARTH_DIAMETER_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return distances


def _least(km: Array, limit: int) -> Array:
    """Return where the least of some distances stand, the least first."""
    if limit == 1 and len(km):
        return np.array([km.argmin()])
    return np.argsort(km, kind="stable")[:limit]


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance of two points on a sphere of 6371 km radius (haversine formula).

    Examples
    --------
    >>> round(great_circle_km(40.41, 49.87, 29.94, 34.94))
    1783
    """
    p, q, half = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1) / 2
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(half) ** 2
    return _EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def write_space(folder: Path, lat_e5: Array, lon_e5: Array) -> None:
    """Write the places' rows by cell, and how many lie in each rectangle that begins at 90 S 180 W.

    Parameters
    ----------
    folder
        Folder of the index.
    lat_e5, lon_e5
        Latitude and longitude of each place, in hundred-thousandths of a degree.
    """
    wanted = len(lat_e5) / _PLACES_PER_CELL / (360 * 180)
    scale = min(_SCALES, key=lambda scale: abs(scale**2 - wanted))
    height, width = 180 * scale, 360 * scale
    y = np.clip((lat_e5 / 1e5 + 90) * scale, 0, height - 1).astype(np.int64)
    x = ((lon_e5 / 1e5 + 180) * scale).astype(np.int64) % width
    cell = y * width + x
    order = np.argsort(cell, kind="stable").astype(np.int32)
    counts = np.bincount(cell, minlength=height * width)
    save(folder, "cell_place", order)
    save(folder, "first_in_cell", np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))
    sums = np.zeros((height + 1, width + 1), dtype=np.int32)
    sums[1:, 1:] = counts.reshape(height, width).cumsum(axis=0).cumsum(axis=1)
    save(folder, "cell_sums", sums)


class SpaceIndex:
    """The grid, memory-mapped.

    Parameters
    ----------
    folder
        Folder of the index.
    lat_e5, lon_e5
        Latitude and longitude of each place, in hundred-thousandths of a degree.
    """

    def __init__(self, folder: Path, lat_e5: Array, lon_e5: Array) -> None:
        self._lat, self._lon = lat_e5, lon_e5
        self._place = load(folder, "cell_place")
        # Single items are read through views, several times faster than numpy's scalars.
        self._first = load(folder, "first_in_cell").data
        sums = load(folder, "cell_sums")
        self._sums = sums.data
        self._height, self._width = (size - 1 for size in sums.shape)
        self._scale = self._height // 180

    def within(self, west: float, south: float, east: float, north: float) -> Array:
        """Return the rows of the places in a box; one that crosses 180 degrees has west > east."""
        y0, y1 = self._row(south), self._row(north)
        columns = self._columns(west, east if east >= west else east + 360)
        rows = self._rows(y0, y1, columns)
        lat, lon = self._lat[rows] / 1e5, self._lon[rows] / 1e5
        over = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        inside: Array = rows[over & (lat >= south) & (lat <= north)]
        return inside

    def nearest(
        self, lat: float, lon: float, *, limit: int, accepted: Array | None = None
    ) -> tuple[Array, Array]:
        """Return the rows nearest to a point, the nearest first, and their distances in km.

        Parameters
        ----------
        lat, lon
            The point, in degrees.
        limit
            At most so many.
        accepted
            Whether each row of the gazetteer counts; all by default.
        """
        reach = 1.0 / self._scale
        while True:
            rows = self._around(lat, lon, reach, limit)
            if accepted is not None:
                rows = rows[accepted[rows]]
            whole = reach >= _WHOLE_EARTH
            if len(rows) >= limit or whole:
                km = distances_km(lat, lon, self._lat[rows] / 1e5, self._lon[rows] / 1e5)
                order = _least(km, limit)
                farthest = float(km[order[-1]]) if len(order) else 0.0
                if whole or farthest <= reach * _KM_PER_DEGREE:
                    return rows[order], km[order]
                reach = min(_WHOLE_EARTH, farthest / _KM_PER_DEGREE + 1e-6)
            else:
                reach = min(_WHOLE_EARTH, reach * 2)

    def _around(self, lat: float, lon: float, reach: float, wanted: int) -> Array:
        """Return the rows within so many degrees of arc; none when there are too few."""
        top = min(90.0, abs(lat) + reach)
        # Meridians converge: at this latitude so many degrees of longitude reach as far.
        spread = 180.0 if top > _POLAR_LAT else min(180.0, reach / math.cos(math.radians(top)))
        y0, y1 = self._row(lat - reach), self._row(lat + reach)
        columns = list(self._columns(lon - spread, lon + spread))
        if reach < _WHOLE_EARTH and sum(self._count(y0, y1, x0, x1) for x0, x1 in columns) < wanted:
            return self._place[:0]
        return self._rows(y0, y1, columns)

    def _row(self, lat: float) -> int:
        row: int = min(max(int((lat + 90) * self._scale), 0), self._height - 1)
        return row

    def _columns(self, west: float, east: float) -> Iterator[tuple[int, int]]:
        """Yield the ranges of columns between two meridians, split at 180 degrees."""
        first, last = (math.floor((lon + 180) * self._scale) for lon in (west, east))
        if last - first + 1 >= self._width:
            yield 0, self._width - 1
            return
        first, last = first % self._width, last % self._width
        if first <= last:
            yield first, last
        else:
            yield first, self._width - 1
            yield 0, last

    def _count(self, y0: int, y1: int, x0: int, x1: int) -> int:
        sums = self._sums
        inside: int = sums[y1 + 1, x1 + 1] - sums[y0, x1 + 1] - sums[y1 + 1, x0] + sums[y0, x0]
        return inside

    def _rows(
        self, y0: int, y1: int, columns: Iterator[tuple[int, int]] | list[tuple[int, int]]
    ) -> Array:
        first_in = self._first
        spans = [
            (first_in[row + x0], first_in[row + x1 + 1])
            for x0, x1 in columns
            for row in range(y0 * self._width, (y1 + 1) * self._width, self._width)
        ]
        parts = [self._place[first:last] for first, last in spans if last > first]
        return np.concatenate(parts) if parts else self._place[:0]
