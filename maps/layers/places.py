"""Which places does the text mention?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps.errors import BadGeometryError, MissingColumnError, NotATableError
from maps.layers.feature import CONTEXT
from maps.table import Row, clean_geometry, filled, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from maps.geometry import Coordinates

LAYER = "places"
#: Columns of the table of places that the page shows, beside the name and the position.
_COLUMNS = ("place_id", "place_kind", "country", "score", "count")


@dataclass(frozen=True, slots=True)
class Place:
    """A place mentioned.

    Attributes
    ----------
    position
        Shape (1, 2), lon and lat in degrees.
    faint
        True for a place that only sets the scene of an event.
    cells
        Name and other cells; empty ones left out.
    """

    position: Coordinates
    faint: bool
    cells: Mapping[str, Any]


def places(rows: Sequence[Row], table: pd.DataFrame | None) -> list[Place]:
    """Return the places mentioned and the events' context, each position and name once.

    Parameters
    ----------
    rows
        The event table; of its rows those with role ``context`` are taken.
    table
        Places mentioned: ``name`` or ``place``; ``lat`` and ``lon`` (degrees) or geometry; and
        optionally ``place_id, place_kind, country, score, count, place_names``.

    Raises
    ------
    NotATableError, MissingColumnError, MissingCrsError, BadGeometryError
        If the table of places cannot be read.
    """
    found = [] if table is None else _mentioned(table)
    known = {_key(place) for place in found}
    for row in rows:
        if row.role != CONTEXT or row.geometry is None:
            continue
        place = Place(_representative(row.geometry), True, row.cells)
        if _key(place) not in known:
            known.add(_key(place))
            found.append(place)
    return found


def _mentioned(table: pd.DataFrame) -> list[Place]:
    if not isinstance(table, pd.DataFrame):
        raise NotATableError(table, "DataFrame of places")
    named = next((name for name in ("name", "place") if name in table.columns), None)
    if named is None:
        raise MissingColumnError(["name"], [str(name) for name in table.columns])
    cells: list[dict[str, Any]] = [{} for _ in range(len(table))]
    for number, cell in filled(table[named]):
        cells[number]["place"] = str(cell)
    for name in (*_COLUMNS, "place_names"):
        if name in table.columns:
            for number, cell in filled(table[name]):
                cells[number][name] = read_json(cell) if name == "place_names" else _plain(cell)
    return [
        Place(position, False, values)
        for position, values in zip(_positions(table), cells, strict=True)
        if position is not None
    ]


def _plain(cell: Any) -> Any:
    """Make a Python value of a NumPy scalar."""
    return cell.item() if isinstance(cell, np.generic) else cell


def _positions(table: pd.DataFrame) -> list[Coordinates | None]:
    """Return each row's point, from ``lat`` and ``lon`` where the table has them."""
    if {"lat", "lon"} <= set(table.columns):
        lonlat = table[["lon", "lat"]].astype(float).to_numpy()
        bad = np.flatnonzero((np.abs(lonlat) > np.array([360.0, 90.0])).any(axis=1))
        if bad.size:
            raise BadGeometryError([int(row) for row in bad])
        return [point[np.newaxis] if np.isfinite(point).all() else None for point in lonlat]
    if isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name is not None:
        return [
            None if shape is None else _representative(shape) for shape in clean_geometry(table)
        ]
    raise MissingColumnError(["lat", "lon"], [str(name) for name in table.columns])


def _representative(geometry: BaseGeometry) -> Coordinates:
    """Return a point that lies on the geometry, never beside it as a centroid may."""
    point: Coordinates = shapely.get_coordinates(geometry.representative_point())
    return point


def _key(place: Place) -> tuple[Any, ...]:
    lon, lat = place.position[0]
    return (place.cells.get("place_id") or place.cells.get("place"), round(lon, 3), round(lat, 3))
