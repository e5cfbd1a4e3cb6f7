"""What does a table of events hold, checked, column by column?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from maps import cells
from maps.cells import EMPTY, Column
from maps.data import load_toml
from maps.errors import BadGeometryError, MissingColumnError, MissingCrsError, NotATableError
from maps.style import BASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
#: Role of a row that names none.
LOCATION = "location"

Geometries = NDArray[np.object_]
Positions = NDArray[np.int64]


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


@dataclass(frozen=True, slots=True)
class EventTable:
    """A checked event table.

    Attributes
    ----------
    columns
        The known columns that the table has.
    geometry
        Per row: EPSG:4326 (lon, lat), two-dimensional, valid; None where there is none.
    event
        Per row the number of its event; events are numbered as they first appear.
    type, family, look, role, basis
        As in :class:`Row`; no cell is empty.
    uncertainty_km
        Per row, NaN where it is unknown.
    """

    columns: Mapping[str, Column]
    geometry: Geometries
    event: Positions
    type: Column
    family: Column
    look: Column
    role: Column
    basis: Column
    uncertainty_km: cells.Numbers

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.event)

    @property
    def n_events(self) -> int:
        """Number of events."""
        return int(self.event.max()) + 1 if len(self) else 0

    def column(self, name: str) -> Column:
        """Return a column; one that the table does not have is empty."""
        return self.columns.get(name) or cells.absent(len(self))

    def having(self, role: str) -> NDArray[np.bool_]:
        """Tell which rows have a role."""
        codes = [code for code, value in enumerate(self.role.values) if value == role]
        return np.isin(self.role.codes, codes)

    def row(self, position: int) -> Row:
        """Return one row."""
        held = {name: column.at(position) for name, column in self.columns.items()}
        uncertainty = float(self.uncertainty_km[position])
        return Row(
            event=int(self.event[position]),
            type=self.type.at(position),
            family=self.family.at(position),
            look=self.look.at(position),
            role=self.role.at(position),
            basis=self.basis.at(position),
            uncertainty_km=uncertainty if uncertainty > 0 else None,
            geometry=self.geometry[position],
            cells={name: value for name, value in held.items() if value is not None},
        )

    def rows(self, positions: Iterable[int] | None = None) -> list[Row]:
        """Return some rows, or all: what is done for each of a million is better done by column."""
        wanted = range(len(self)) if positions is None else positions
        return [self.row(int(position)) for position in wanted]


def read(table: gpd.GeoDataFrame, *, type_styles: Mapping[str, str] | None = None) -> EventTable:
    """Return a checked event table.

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
    # Of two columns of one name, as a join leaves them, the first counts.
    table = table.loc[:, ~table.columns.duplicated()]
    columns = {
        name: cells.read(table[name], name=name, dtype=dtype)
        for name, dtype in _known_columns().items()
        if name in table.columns
    }
    return _interpreted(columns, geometry, type_styles or {})


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


def clean_geometry(table: gpd.GeoDataFrame) -> Geometries:
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
    shapes = np.array(shapely.force_2d(series.to_numpy()), dtype=object)
    coords, owner = shapely.get_coordinates(shapes, return_index=True)
    # Written so that what is no number does not pass either.
    lost = ~(np.abs(coords) <= np.array([360.0, 90.0])).all(axis=1)
    if lost.any():
        raise BadGeometryError(np.unique(owner[lost]).tolist())
    broken = present & ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    shapes[~present] = None
    return shapes


@cache
def _known_columns() -> dict[str, str]:
    """Return the names and dtypes of the known columns."""
    columns = load_toml("ontology", "event_table.toml")["column"]
    return {column["name"]: column["dtype"] for column in columns}


def _interpreted(
    columns: Mapping[str, Column], geometry: Geometries, type_styles: Mapping[str, str]
) -> EventTable:
    """Return the table with what follows from its cells, and what stands for its empty ones."""
    nothing = cells.absent(len(geometry))
    type_ = columns["type"].filled_up("")
    typed = cells.together(type_, columns.get("family", nothing))
    family = typed.mapped(lambda pair: pair[1] or pair[0].partition(".")[0])
    looked = cells.together(type_, family)
    uncertainty = columns.get("uncertainty_km", nothing).numbers()
    return EventTable(
        columns=columns,
        geometry=geometry,
        event=_event_numbers(columns.get("event_id", nothing), columns.get("doc_id", nothing)),
        type=type_,
        family=family,
        look=looked.mapped(lambda pair: type_styles.get(*pair)),
        role=columns.get("role", nothing).filled_up(LOCATION),
        basis=columns.get("geometry_basis", nothing).filled_up(BASES[0]).mapped(_sure),
        uncertainty_km=np.where(uncertainty > 0, uncertainty, np.nan),
    )


def _sure(basis: str) -> str:
    """Return a basis: a geometry that does not say how it is known must not look certain."""
    return basis if basis in BASES else BASES[-1]


def _event_numbers(event_id: Column, doc_id: Column) -> Positions:
    """Return each row's event number; a row without an event id is an event of its own."""
    keys = cells.together(event_id, doc_id).codes
    own = len(keys) + np.arange(len(keys))
    numbers, _ = pd.factorize(np.where(event_id.codes == EMPTY, own, keys))
    return np.asarray(numbers, dtype=np.int64)
