"""Where do points lie so densely that together they make an area?

The area is computed, no text states it. A point is dense where enough events, at enough different
places, lie around it; dense points that hang together make one area, the concave hull of their
positions. Everything is measured in a Lambert azimuthal equal-area projection of each group's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from maps.geometry import Coordinates

Indices = NDArray[np.intp]
Whole = NDArray[np.int64]
Counts = NDArray[np.int32]

#: How far around a point events are counted. The precision that event data sets give to "near a
#: known place" (the UCDP GED's second class: about 25 km): nearer events cannot be told apart.
RADIUS_KM = 25.0
#: So many events within it. Ten is a belt of fighting; fewer are read one by one.
LEAST_EVENTS = 10
#: At so many different places: a town that is struck ten times is a place, and no area.
LEAST_PLACES = 3
#: The hull reaches so far beyond its outermost points: the extent of a town (`legend.CIRCLE_KM`).
MARGIN_KM = 5.0
#: Of the concave hull, 0 (follows every gap) to 1 (convex): the gulf between two fronts stays open.
CONCAVITY = 0.3
#: Positions closer than this many degrees (about 100 m) are one place.
_PLACE_DEGREES = 0.001
#: The counting grid's cells to a radius, and the most cells it has along a side.
_CELLS = 6
_MOST_CELLS = 2500
#: Side of the cubes by which points are parted into groups: more than two radii.
_GROUP = 8
_EARTH_KM = 6371.0
#: Of the outline, in metres: what is smoothed away, and how far its points may be apart.
_SMOOTH, _STEP = 500.0, 20_000.0
#: A cube's key is made of three numbers below this.
_SHIFT = 1 << 20
_STEPS = [(x * _SHIFT + y) * _SHIFT + z for x, y, z in product((-1, 0, 1), repeat=3)]


@dataclass(frozen=True, slots=True)
class DenseArea:
    """An area computed from points.

    Attributes
    ----------
    area
        Polygon, EPSG:4326, longitudes unwrapped.
    members
        Indices of the points that it was computed from, sorted; all lie inside.
    """

    area: BaseGeometry
    members: Indices


def dense_areas(
    lonlat: Coordinates,
    *,
    radius_km: float = RADIUS_KM,
    least_events: int = LEAST_EVENTS,
    least_places: int = LEAST_PLACES,
) -> list[DenseArea]:
    """Return the areas in which points lie densely, the one with the most points first.

    Parameters
    ----------
    lonlat
        Shape (n, 2), one row per event: lon and lat in degrees, EPSG:4326.
    radius_km
        How far around a point events are counted.
    least_events
        So many must be there, itself among them,
    least_places
        at so many different positions.

    Examples
    --------
    >>> towns = np.array([[37.0, 48.0], [37.2, 48.1], [37.1, 48.2], [10.0, 50.0]])
    >>> [found] = dense_areas(np.repeat(towns, [5, 4, 3, 30], axis=0))
    >>> len(found.members), found.area.geom_type
    (12, 'Polygon')
    """
    found: list[DenseArea] = []
    for group in _groups(lonlat, radius_km, least_events):
        found += _of_group(lonlat, group, radius_km, least_events, least_places)
    return sorted(found, key=lambda one: (-len(one.members), int(one.members[0])))


def _groups(lonlat: Coordinates, radius_km: float, least: int) -> Iterator[Indices]:
    """Yield groups of points that are too far from each other's for one to count in another.

    Points around which there cannot be enough are left out first, which keeps a world of scattered
    points from being one group.
    """
    if len(lonlat) < least:
        return
    lon, lat = np.radians(lonlat).T
    flat = np.cos(lat)
    xyz = _EARTH_KM * np.column_stack([flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)])
    cubes, cube = _binned(xyz, radius_km)
    near = np.zeros(len(cubes), dtype=np.int64)
    counts = np.bincount(cube, minlength=len(cubes))
    for one, other in _neighbours(cubes):
        np.add.at(near, one, counts[other])
    (kept,) = np.nonzero(near[cube] >= least)
    if not kept.size:
        return
    cubes, cube = _binned(xyz[kept], radius_km * _GROUP)
    pairs = np.concatenate([np.column_stack(pair) for pair in _neighbours(cubes)])
    label = _components(len(cubes), pairs)[cube]
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        yield np.sort(kept[members])


def _binned(xyz: Coordinates, side: float) -> tuple[Whole, Indices]:
    """Return the keys of the cubes that hold points, sorted, and each point's cube."""
    x, y, z = (np.floor(xyz / side).astype(np.int64) + _SHIFT // 2).T
    keys, cube = np.unique((x * _SHIFT + y) * _SHIFT + z, return_inverse=True)
    return keys, cube


def _neighbours(keys: Whole) -> Iterator[tuple[Indices, Indices]]:
    """Yield the pairs of cubes that touch, each with itself too, direction by direction."""
    for step in _STEPS:
        other = np.minimum(np.searchsorted(keys, keys + step), len(keys) - 1)
        (one,) = np.nonzero(keys[other] == keys + step)
        yield one, other[one]


def _components(number: int, pairs: Indices) -> Indices:
    """Label nodes by what hangs together: each gets the smallest of its component's numbers."""
    label = np.arange(number)
    while True:
        lower = label.copy()
        ends = label[pairs]
        np.minimum.at(lower, ends.max(axis=1), ends.min(axis=1))
        lower = lower[lower]
        if (lower == label).all():
            return label
        label = lower


def _of_group(
    lonlat: Coordinates, group: Indices, radius_km: float, least_events: int, least_places: int
) -> Iterator[DenseArea]:
    """Yield the dense areas among points that are not too far apart for one projection."""
    plane = _plane(lonlat[group])
    xy = np.column_stack(plane.transform(*lonlat[group].T))
    _, place = np.unique(np.round(lonlat[group] / _PLACE_DEGREES), axis=0, return_inverse=True)
    first = np.unique(place, return_index=True)[1]
    grid = _Grid.around(xy, radius_km * 1000)
    dense = (grid.within(grid.cells(xy)) >= least_events) & (
        grid.within(grid.cells(xy[first])) >= least_places
    )
    label = _labels(dense)[tuple(grid.cells(xy).T)]
    for one in np.unique(label[label >= 0]):
        (inside,) = np.nonzero(label == one)
        spots = np.unique(place[inside], return_index=True)[1]
        if len(inside) >= least_events and len(spots) >= least_places:
            yield DenseArea(_outline(xy[inside[spots]], plane), group[inside])


def _plane(lonlat: Coordinates) -> Transformer:
    """Return the equal-area projection around the middle of some points, in metres."""
    lon, lat = np.radians(lonlat).T
    x, y = (np.cos(lat) * np.cos(lon)).mean(), (np.cos(lat) * np.sin(lon)).mean()
    lon0, lat0 = np.degrees([np.arctan2(y, x), np.arctan2(np.sin(lat).mean(), np.hypot(x, y))])
    plane = f"+proj=laea +lat_0={lat0:.6f} +lon_0={lon0:.6f} +ellps=WGS84"
    return Transformer.from_crs("EPSG:4326", plane, always_xy=True)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A counting grid: its corner and cell in metres, rows and columns, the radius in cells."""

    corner: Coordinates
    cell: float
    shape: tuple[int, int]
    reach: float

    @classmethod
    def around(cls, xy: Coordinates, radius: float) -> _Grid:
        """Return a grid with room for a radius around all points."""
        low, high = xy.min(axis=0) - radius, xy.max(axis=0) + radius
        cell = max(radius / _CELLS, float((high - low).max()) / _MOST_CELLS)
        columns, rows = (int(side) + 1 for side in (high - low) / cell)
        return cls(low, cell, (rows, columns), radius / cell)

    def cells(self, xy: Coordinates) -> Indices:
        """Return the row and column of the cell that each point is in."""
        return np.floor((xy - self.corner) / self.cell).astype(np.intp)[:, ::-1]

    def within(self, cells: Indices) -> Counts:
        """Count, for every cell, the points in cells whose middle is within the radius."""
        rows, columns = self.shape
        k = int(self.reach)
        counts = np.bincount(cells @ [columns, 1], minlength=rows * columns).reshape(self.shape)
        sums = np.zeros((rows + 2 * k, columns + 2 * k + 1), dtype=np.int32)
        np.cumsum(np.pad(counts, k), axis=1, out=sums[:, 1:])
        total = np.zeros(self.shape, dtype=np.int32)
        for step in range(-k, k + 1):
            width = int(np.sqrt(self.reach**2 - step**2))
            row = sums[k + step : k + step + rows]
            total += row[:, k + width + 1 :][:, :columns] - row[:, k - width :][:, :columns]
        return total


def _labels(mask: NDArray[np.bool_]) -> Indices:
    """Give numbers to the connected parts of a mask, diagonals not counted; -1 outside."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(edges > 0)
    end = np.nonzero(edges < 0)[1]
    # A run touches the runs of the next row that begin before its end and end after its start.
    width = mask.shape[1] + 1
    first = np.searchsorted(row * width + end, (row + 1) * width + start, side="right")
    last = np.searchsorted(row * width + start, (row + 1) * width + end)
    touching = np.maximum(last - first, 0)
    one = np.repeat(np.arange(len(row)), touching)
    other = np.arange(len(one)) - np.repeat(np.cumsum(touching) - touching - first, touching)
    part = _components(len(row), np.column_stack([one, other]))
    labels = np.full(mask.shape, -1, dtype=np.intp)
    labels[mask] = np.repeat(part, end - start)
    return labels


def _outline(xy: Coordinates, plane: Transformer) -> BaseGeometry:
    """Return the concave hull of positions and its margin, EPSG:4326."""
    hull = shapely.concave_hull(shapely.MultiPoint(xy), ratio=CONCAVITY)
    area = hull.simplify(_SMOOTH).buffer(MARGIN_KM * 1000, quad_segs=6).simplify(_SMOOTH / 5)
    area = shapely.Polygon(area.exterior).segmentize(_STEP)

    middle = plane.transform(area.centroid.x, area.centroid.y, direction="INVERSE")[0]

    def back(flat: Coordinates) -> Coordinates:
        lon, lat = plane.transform(flat[:, 0], flat[:, 1], direction="INVERSE")
        return np.column_stack([lon - 360 * np.round((lon - middle) / 360), lat])

    return shapely.transform(area, back)
