"""Which held areas contain a point, and what is the outline of a place? Polygons in columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.index.columns import load, save
from gazetteer.sources.columns import UNITS_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Array = np.ndarray[Any, Any]

_CELL_DEGREES = 5  # polygons are looked up by cells of this size
_COLUMNS, _LINES = 360 // _CELL_DEGREES, 180 // _CELL_DEGREES
_SHORT = 2048  # edges of a polygon that are looked at one and all
# From its west and south a box lies ahead, from its east and north behind.
_OUTWARD = np.array([1, 1, -1, -1], dtype=np.int32)
_BLOCK = 64  # edges whose common range of latitude is known


def write_areas(folder: Path, areas: Mapping[str, Array]) -> None:
    """Write the polygons of ``data/gazetteer/areas.npz``, with what finds them by a point.

    Parameters
    ----------
    folder
        Folder of the index.
    areas
        Columns as written by :func:`gazetteer.sources.columns.encode_polygons`, and ``place``.
    """
    rings, polygons, geometries = (
        np.concatenate([[0], np.cumsum(areas[f"{part}_sizes"], dtype=np.int64)])
        for part in ("ring", "polygon", "geometry")
    )
    x, y = (np.cumsum(areas[axis], dtype=np.int32) for axis in ("x", "y"))
    order = np.argsort(areas["place"])
    save(folder, "area_place", areas["place"][order].astype(np.int32))
    save(folder, "area_row", order.astype(np.int32))
    save(folder, "area_x", x)
    save(folder, "area_y", y)
    save(folder, "area_rings", rings)
    save(folder, "area_polygons", polygons)
    save(folder, "area_geometries", geometries)
    begins = rings[polygons[:-1]]
    edges = np.column_stack([begins, rings[polygons[1:]] - 1])
    save(folder, "polygon_edges", edges.astype(np.int32))
    boxes = np.column_stack(
        [reach.reduceat(axis, begins) for reach in (np.minimum, np.maximum) for axis in (x, y)]
    )  # west, south, east, north
    save(folder, "polygon_box", boxes)
    save(folder, "polygon_place", np.repeat(areas["place"], np.diff(geometries)).astype(np.int32))
    _write_cells(folder, boxes / UNITS_PER_DEGREE)
    _write_blocks(folder, y, rings)


def _write_cells(folder: Path, boxes: Array) -> None:
    """Write the polygons whose box touches each cell."""
    west, south, east, north = np.clip(
        ((boxes + np.array([180, 90, 180, 90])) // _CELL_DEGREES).astype(int),
        0,
        [_COLUMNS - 1, _LINES - 1, _COLUMNS - 1, _LINES - 1],
    ).T
    cells = [
        np.add.outer(np.arange(s, n + 1) * _COLUMNS, np.arange(w, e + 1)).ravel()
        for w, s, e, n in zip(west, south, east, north, strict=True)
    ]
    polygon = np.repeat(np.arange(len(boxes)), [len(c) for c in cells])
    cell = np.concatenate(cells)
    order = np.argsort(cell, kind="stable")
    save(folder, "cell_polygon", polygon[order].astype(np.int32))
    starts = np.searchsorted(cell[order], np.arange(_COLUMNS * _LINES + 1))
    save(folder, "first_polygon_in_cell", starts.astype(np.int32))


def _write_blocks(folder: Path, y: Array, rings: Array) -> None:
    """Write the range of latitude of every block of edges; edge i runs from vertex i to i + 1."""
    real = np.ones(len(y) - 1, dtype=bool)
    real[rings[1:-1] - 1] = False  # from the end of one ring to the beginning of the next
    low, high = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:])
    starts = np.arange(0, len(real), _BLOCK)
    save(folder, "edge_is_real", real)
    save(folder, "block_south", np.minimum.reduceat(low, starts))
    save(folder, "block_north", np.maximum.reduceat(high, starts))


class AreaIndex:
    """The polygons, memory-mapped.

    Parameters
    ----------
    folder
        Folder of the index.
    """

    def __init__(self, folder: Path) -> None:
        self._y = load(folder, "area_y")
        self._edges = load(folder, "polygon_edges")
        self._place = load(folder, "area_place")
        self._row = load(folder, "area_row")
        self._x = load(folder, "area_x")
        self._rings = load(folder, "area_rings")
        self._polygons = load(folder, "area_polygons")
        self._geometries = load(folder, "area_geometries")
        self._outward_box = load(folder, "polygon_box") * _OUTWARD
        self._polygon_place = load(folder, "polygon_place")
        self._cell_polygon = load(folder, "cell_polygon")
        self._first_in_cell = load(folder, "first_polygon_in_cell")
        # Single items are read through views, several times faster than numpy's scalars.
        self._x_view, self._y_view = self._x.data, self._y.data
        self._edge_is_real_view = load(folder, "edge_is_real").data
        self._block_south = load(folder, "block_south")
        self._block_north = load(folder, "block_north")

    @property
    def rows(self) -> list[int]:
        """Rows of the places with a polygon, ascending."""
        rows: list[int] = self._place.tolist()
        return rows

    def has(self, row: int) -> bool:
        """Return whether a polygon is held for a place."""
        at = int(self._place.searchsorted(np.int32(row)))
        return at < len(self._place) and int(self._place[at]) == row

    def polygon(self, row: int) -> shapely.MultiPolygon | None:
        """Return the polygon held for a place (EPSG:4326), or None."""
        if not self.has(row):
            return None
        geometry = int(self._row[self._place.searchsorted(np.int32(row))])
        first, last = self._geometries[geometry : geometry + 2]
        polygons = self._polygons[first : last + 1]
        rings = self._rings[polygons[0] : polygons[-1] + 1]
        built = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON,
            np.column_stack([axis[rings[0] : rings[-1]] for axis in (self._x, self._y)])
            / UNITS_PER_DEGREE,
            (rings - rings[0], polygons - polygons[0], np.array([0, last - first])),
        )
        return built[0]

    def containing(self, lat: float, lon: float) -> list[int]:
        """Return the rows of the places whose polygons contain a point, in no order."""
        x = min(int((lon + 180) // _CELL_DEGREES), _COLUMNS - 1)
        y = min(int((lat + 90) // _CELL_DEGREES), _LINES - 1)
        cell = y * _COLUMNS + x
        near = self._cell_polygon[self._first_in_cell[cell] : self._first_in_cell[cell + 1]]
        east, north = lon * UNITS_PER_DEGREE, lat * UNITS_PER_DEGREE
        inward = [math.floor(east), math.floor(north), math.floor(-east), math.floor(-north)]
        near = near[(self._outward_box[near] <= np.array(inward, np.int32)).all(axis=1)]
        inside = [polygon for polygon in near.tolist() if self._contains(polygon, north, east)]
        return list(dict.fromkeys(self._polygon_place[inside].tolist()))

    def _contains(self, polygon: int, y: float, x: float) -> bool:
        """Whether a ray to the east crosses an odd number of edges; in units of the columns."""
        begin, end = self._edges[polygon].tolist()
        south = math.floor(y)  # whole numbers above y are those above this one
        if end - begin > _SHORT:
            edges = self._edges_at(begin, end, y)
            edges = edges[(self._y[edges] > south) != (self._y[edges + 1] > south)]
        else:
            above = self._y[begin : end + 1] > south
            edges = begin + (above[:-1] != above[1:]).nonzero()[0]
        xs, ys, is_real = self._x_view, self._y_view, self._edge_is_real_view
        crossings = 0
        for edge in edges.tolist():
            if is_real[edge]:
                x0, y0 = xs[edge], ys[edge]
                crossings += x0 + (y - y0) * (xs[edge + 1] - x0) / (ys[edge + 1] - y0) > x
        return crossings % 2 == 1

    def _edges_at(self, begin: int, end: int, y: float) -> Array:
        """Return the edges of the blocks that reach a latitude, in units of the columns."""
        blocks = slice(begin // _BLOCK, (end - 1) // _BLOCK + 1)
        crossed = (self._block_south[blocks] <= y) & (self._block_north[blocks] >= y)
        starts = (np.flatnonzero(crossed) + blocks.start) * _BLOCK
        edges = (starts[:, None] + np.arange(_BLOCK)).ravel()
        within: Array = edges[(edges >= begin) & (edges < end)]
        return within
