"""What does a table of events hold, checked and in plain Python values?"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps.data import load_toml
from maps.errors import (
    BadGeometryError,
    BadValueError,
    MissingColumnError,
    MissingCrsError,
    NotATableError,
)
from maps.style import BASES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the event table.

    Attributes
    ----------
    event
        Position of its event: rows of one event share it.
    look
        Key of its style: its family, unless its type has another.
    geometry
        In EPSG:4326 (lon, lat), two-dimensional, valid; None where there is none.
    cells
        The cells of the table's known columns, empty ones left out.
    """

    event: int
    type: str
    family: str
    look: str
    role: str
    basis: str
    uncertainty_km: float | None
    geometry: BaseGeometry | None
    cells: Mapping[str, Any]


def read(table: gpd.GeoDataFrame, *, type_styles: Mapping[str, str] | None = None) -> list[Row]:
    """Return the rows of an event table.

    Parameters
    ----------
    table
        Columns as in ``data/ontology/event_table.toml``; only ``geometry`` and ``type`` are
        required, others may be missing, unknown ones are ignored. Any CRS.
    type_styles
        Key of the style by type, where that is not its family's.

    Raises
    ------
    NotATableError
        If it is no GeoDataFrame.
    MissingColumnError
        If ``geometry`` or ``type`` is missing.
    MissingCrsError
        If there is geometry without a CRS.
    BadGeometryError
        If coordinates are not on the Earth.
    BadValueError
        If a cell does not fit its column.
    """
    if not isinstance(table, pd.DataFrame):
        raise NotATableError(table, "GeoDataFrame")
    _check_columns(table)
    geometry = clean_geometry(table)
    cells = _cells(table)
    events = _event_numbers(cells)
    return [
        _row(event, shape, values, type_styles or {})
        for event, shape, values in zip(events, geometry, cells, strict=True)
    ]


def _check_columns(table: pd.DataFrame) -> None:
    """Raise if a required column is missing."""
    has_geometry = isinstance(table, gpd.GeoDataFrame) and table.active_geometry_name is not None
    missing = [
        name
        for name in load_toml("ontology", "event_table.toml")["required"]
        if (name == "geometry" and not has_geometry)
        or (name != "geometry" and name not in table.columns)
    ]
    if missing:
        raise MissingColumnError(missing, [str(name) for name in table.columns])


def clean_geometry(table: gpd.GeoDataFrame) -> list[BaseGeometry | None]:
    """Return the table's geometry in EPSG:4326, flat, valid, None where empty.

    Raises
    ------
    MissingCrsError
        If there is geometry without a CRS.
    BadGeometryError
        If coordinates are not on the Earth.
    """
    series = table.geometry
    missing = shapely.is_missing(series.to_numpy()) | shapely.is_empty(series.to_numpy())
    present = ~np.asarray(missing)
    if present.any():
        if series.crs is None:
            raise MissingCrsError
        if not series.crs.equals(WGS84, ignore_axis_order=True):
            series = series.to_crs(WGS84)
    shapes = np.asarray(shapely.force_2d(series.to_numpy()), dtype=object)
    bounds = shapely.bounds(shapes)
    on_earth = (np.abs(bounds) <= np.array([360, 90, 360, 90])).all(axis=1)
    coords, owner = shapely.get_coordinates(shapes, return_index=True)
    on_earth[np.unique(owner[~np.isfinite(coords).all(axis=1)])] = False
    if (bad := np.flatnonzero(present & ~on_earth)).size:
        raise BadGeometryError([int(row) for row in bad])
    broken = present & ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return [shape if here else None for shape, here in zip(shapes, present, strict=True)]


def _cells(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row's known, filled cells as plain values."""
    rows: list[dict[str, Any]] = [{} for _ in range(len(table))]
    for name, dtype in _columns().items():
        if name not in table.columns:
            continue
        for number, cell in filled(table[name]):
            try:
                value = _READERS[dtype](cell)
            except (TypeError, ValueError, OverflowError) as error:
                raise BadValueError(name, number, cell, dtype) from error
            if value is not None:
                rows[number][name] = value
    return rows


def filled(column: pd.Series[Any]) -> Iterator[tuple[int, Any]]:
    """Yield position and value of the cells that are not empty."""
    for number, cell in enumerate(column.tolist()):
        if isinstance(cell, (list, dict)) or not pd.isna(cell):
            yield number, cell


@cache
def _columns() -> dict[str, str]:
    """Return the names and dtypes of the known columns."""
    columns = load_toml("ontology", "event_table.toml")["column"]
    return {column["name"]: column["dtype"] for column in columns}


def _row(
    event: int,
    geometry: BaseGeometry | None,
    values: dict[str, Any],
    type_styles: Mapping[str, str],
) -> Row:
    type_ = values.get("type", "")
    family = values.get("family") or type_.partition(".")[0]
    uncertainty = values.get("uncertainty_km")
    basis = values.get("geometry_basis")
    return Row(
        event=event,
        type=type_,
        family=family,
        look=type_styles.get(type_, family),
        role=values.get("role", "location"),
        # A geometry that does not say how it is known must not look certain.
        basis=basis if basis in BASES else BASES[0] if basis is None else BASES[-1],
        uncertainty_km=uncertainty if uncertainty and uncertainty > 0 else None,
        geometry=geometry,
        cells=values,
    )


def _event_numbers(cells: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return each row's event number; a row without an event id is an event of its own."""
    numbers: dict[Hashable, int] = {}
    result = []
    for position, values in enumerate(cells):
        known = values.get("event_id")
        key = position if known is None else (values.get("doc_id"), known)
        result.append(numbers.setdefault(key, len(numbers)))
    return result


def read_json(cell: object) -> Any:
    """Return a JSON cell's value, whether it is held as text or as objects already."""
    if not isinstance(cell, str):
        return cell
    return json.loads(cell) if cell.strip() else None


def _number(cell: Any) -> float | None:
    number = float(cell)
    return number if math.isfinite(number) else None


def _whole(cell: Any) -> int:
    number = float(cell)
    if number != int(number):
        raise ValueError(cell)
    return int(number)


def _moment(cell: Any) -> str:
    """Return an ISO date or date and time; text is kept as cut ("2016", "2020-09")."""
    if isinstance(cell, str) and len(cell) in {4, 7}:
        pd.Timestamp(cell)
        return cell
    moment = pd.Timestamp(cell)
    return str(moment.isoformat())


_READERS: dict[str, Callable[[Any], Any]] = {
    "string": str,
    "float": _number,
    "int": _whole,
    "json": read_json,
    "datetime": _moment,
    "date": lambda cell: _moment(cell)[:10],
}
