"""Which places does the text mention?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps.cells import read
from maps.errors import BadGeometryError, MissingColumnError, NotATableError
from maps.layers.feature import CONTEXT
from maps.table import clean_geometry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maps.cells import Column
    from maps.geometry import Coordinates
    from maps.table import EventTable, Geometries

LAYER = "places"
#: Columns of the table of places that the page shows, beside the name and the position.
_COLUMNS = {
    "place_id": "string",
    "place_kind": "string",
    "country": "string",
    "score": "float",
    "count": "int",
}
#: Places of one name within so many decimals of a degree, about a hundred metres, are one.
_KEY_DECIMALS = 3


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


def places(events: EventTable, table: pd.DataFrame | None) -> list[Place]:
    """Return the places mentioned and the events' context, each position and name once.

    Parameters
    ----------
    events
        The event table; of its rows those with role ``context`` are taken.
    table
        Places mentioned: ``name`` or ``place``; ``lat`` and ``lon`` (degrees) or geometry; and
        optionally ``place_id, place_kind, country, score, count, place_names``.

    Raises
    ------
    NotATableError, MissingColumnError, MissingCrsError, BadGeometryError, BadValueError
        If the table of places cannot be read.
    """
    found = [] if table is None else _mentioned(table)
    known = {_key(place) for place in found}
    columns = {name: events.column(name) for name in ("place", "place_names", *_COLUMNS)}
    for row, position in _scene(events):
        place = Place(position, True, _filled(columns, row))
        if _key(place) not in known:
            known.add(_key(place))
            found.append(place)
    return found


def _scene(events: EventTable) -> Iterator[tuple[int, Coordinates]]:
    """Yield row and position of the places that only set the scene, each place once."""
    rows = np.flatnonzero(events.having(CONTEXT) & ~shapely.is_missing(events.geometry))
    lonlat = _representatives(events.geometry[rows])
    codes = [events.column(name).codes[rows] for name in ("place_id", "place")]
    keys = np.column_stack([*codes, np.round(lonlat, _KEY_DECIMALS)])
    _, first = np.unique(keys, axis=0, return_index=True)
    for number in np.sort(first):
        yield int(rows[number]), lonlat[number : number + 1]


def _mentioned(table: pd.DataFrame) -> list[Place]:
    if not isinstance(table, pd.DataFrame):
        raise NotATableError(table, "DataFrame of places")
    named = next((name for name in ("name", "place") if name in table.columns), None)
    if named is None:
        raise MissingColumnError(["name"], [str(name) for name in table.columns])
    kinds = {**_COLUMNS, "place_names": "json"}
    columns = {
        name: read(table[name], name=name, dtype=kinds[name]) for name in kinds if name in table
    }
    columns["place"] = read(table[named], name=named, dtype="string")
    return [
        Place(position, False, _filled(columns, row))
        for row, position in enumerate(_positions(table))
        if position is not None
    ]


def _filled(columns: Mapping[str, Column], row: int) -> dict[str, Any]:
    """Return the cells of a row that are not empty."""
    cells = {name: column.at(row) for name, column in columns.items()}
    return {name: cell for name, cell in cells.items() if cell is not None}


def _positions(table: pd.DataFrame) -> list[Coordinates | None]:
    """Return each row's point, from ``lat`` and ``lon`` where the table has them."""
    if {"lat", "lon"} <= set(table.columns):
        sides = (read(table[name], name=name, dtype="float") for name in ("lon", "lat"))
        lonlat = np.column_stack([side.numbers() for side in sides])
        bad = np.flatnonzero((np.abs(lonlat) > np.array([360.0, 90.0])).any(axis=1))
        if bad.size:
            raise BadGeometryError([int(row) for row in bad])
        return [point[np.newaxis] if np.isfinite(point).all() else None for point in lonlat]
    if isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name is not None:
        shapes = clean_geometry(table)
        there = np.flatnonzero(~shapely.is_missing(shapes))
        found: list[Coordinates | None] = [None] * len(table)
        for number, point in zip(there, _representatives(shapes[there]), strict=True):
            found[number] = point[np.newaxis]
        return found
    raise MissingColumnError(["lat", "lon"], [str(name) for name in table.columns])


def _representatives(geometry: Geometries) -> Coordinates:
    """Return a point that lies on each geometry, never beside it as a centroid may."""
    points: Coordinates = shapely.get_coordinates(shapely.point_on_surface(geometry))
    return points


def _key(place: Place) -> tuple[Any, ...]:
    lon, lat = np.round(place.position[0], _KEY_DECIMALS).tolist()
    return (place.cells.get("place_id") or place.cells.get("place"), lon, lat)
