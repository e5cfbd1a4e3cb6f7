"""Which columns does the event table have, and of what type?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geopandas import GeoDataFrame

CRS = "EPSG:4326"

_UNSTORABLE = re.compile(r"[\ud800-\udfff\x00]")  # no UTF-8, and the end of a C string
_DTYPES = {
    "string": "string",
    "json": "string",
    "float": "float64",
    "int": "Int64",
    "datetime": "datetime64[ms]",
    "date": "datetime64[ms]",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type (string, json, float, int, datetime, date), what it means."""

    name: str
    dtype: str
    about: str


PLACE_COLUMNS = (
    Column("name", "string", "Name of the place in the gazetteer."),
    Column("place_id", "string", "Gazetteer id, for example geonames:587084."),
    Column("place_kind", "string", "Kind of place, for example city or airbase."),
    Column("country", "string", "ISO 3166-1 alpha-2 code."),
    Column("lat", "float", "Latitude of the representative point, in degrees."),
    Column("lon", "float", "Longitude of the representative point, in degrees."),
    Column("geometry_basis", "string", "stated, inferred or schematic."),
    Column("uncertainty_km", "float", "Radius within which the place lies, in kilometres."),
    Column("score", "float", "Highest score of its mentions, 0 to 1."),
    Column("count", "int", "Number of its mentions."),
    Column(
        "place_names",
        "json",
        "Object: language code to name; und is the gazetteer's own where it is not the English.",
    ),
)
"""Columns of the table of places mentioned, beside ``geometry``."""


@cache
def event_columns() -> tuple[Column, ...]:
    """Return the columns of the event table, in order, beside ``geometry``.

    Examples
    --------
    >>> [column.name for column in event_columns()][:3]
    ['event_id', 'doc_id', 'type']
    """
    rows = load_toml("ontology", "event_table.toml")["column"]
    return tuple(Column(row["name"], row["dtype"], row["about"]) for row in rows)


def schema_version() -> str:
    """Return the version of the event table's columns."""
    return str(load_toml("ontology", "event_table.toml")["schema_version"])


def storable(value: Any) -> Any:
    """Return a value whose text every format can hold: lone surrogates and NUL become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def frame(rows: Iterable[Mapping[str, Any]], columns: tuple[Column, ...]) -> GeoDataFrame:
    """Return rows as a table of the right types.

    Parameters
    ----------
    rows
        Values by column name and ``geometry``; what is missing becomes null.
    columns
        The table's columns.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326, typed even where it is empty.
    """
    import geopandas as gpd
    import pandas as pd

    listed = list(rows)
    data = {
        column.name: pd.Series(
            [storable(row.get(column.name)) for row in listed], dtype=_DTYPES[column.dtype]
        )
        for column in columns
    }
    geometry = gpd.GeoSeries([row.get("geometry") for row in listed], crs=CRS)
    return gpd.GeoDataFrame(data, geometry=geometry, crs=CRS)
