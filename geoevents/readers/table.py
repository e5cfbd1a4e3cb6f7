"""Which events does a table hold that was written before, and maybe edited in a GIS?"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.columns import CRS, event_columns
from geoevents.errors import (
    BadRecordError,
    InputNotFoundError,
    InputNotReadableError,
    MissingPackageError,
    UnknownFormatError,
)
from geoevents.readers.jsonl import Failure
from geoevents.readers.lines import to_document
from geoevents.readers.sources import read_articles
from geoevents.routes import with_straight_routes

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer

TABLE_FORMATS = (".geojson", ".gpkg", ".parquet")
"""Suffixes of event tables; JSON lines with ``events`` are read as well."""

_PLACES_LAYER = "places"
_TURN, _POLE = 360, 90  # degrees; longitudes may run on over the antimeridian


def read_event_table(path: str | Path, *, gazetteer: Gazetteer | None = None) -> GeoDataFrame:
    """Read an event table.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage (all layers with a column ``type``), GeoParquet, or JSON lines with
        ``events``. Any CRS.
    gazetteer
        Gives the events of JSON lines their areas and lines by place id; without it they are
        points.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326; columns that the table does not have stay away. An inferred route, in our
        files the geodesic between its ends, has these two points, as in the table of
        :func:`geoevents.event_table`.

    Raises
    ------
    InputError
        If the file is not there, cannot be read, or has no column ``type``; if coordinates do not
        lie on the Earth.
    MissingPackageError
        If GeoParquet is to be read and pyarrow is not installed.
    """
    name = str(path)
    suffix = Path(path).suffix.lower()
    if not Path(path).exists():
        raise InputNotFoundError(name)
    if suffix in {".jsonl", ".ndjson"}:
        return _from_lines(name, gazetteer)
    if suffix not in TABLE_FORMATS:
        raise UnknownFormatError(name, (*TABLE_FORMATS, ".jsonl"))
    layers = {layer: frame for layer, frame in _layers(name).items() if "type" in frame.columns}
    if not layers:
        raise BadRecordError(name, "no layer has a column 'type', which an event table needs")
    frames = [_on_earth(_in_degrees(frame, name), name, layer) for layer, frame in layers.items()]
    return with_straight_routes(_joined(frames))


def read_places_table(path: str | Path) -> GeoDataFrame | None:
    """Return the places that a GeoPackage of ours holds beside the events, or None."""
    import pyogrio

    if Path(path).suffix.lower() != ".gpkg" or _PLACES_LAYER not in pyogrio.list_layers(path)[:, 0]:
        return None
    places: GeoDataFrame = pyogrio.read_dataframe(path, layer=_PLACES_LAYER)
    return _on_earth(_in_degrees(places, str(path)), str(path), _PLACES_LAYER)


def _layers(name: str) -> dict[str | None, Any]:
    """Return the tables of a file by layer, None where its format has but one."""
    suffix = Path(name).suffix.lower()
    if suffix == ".parquet":
        return {None: _parquet(name)}
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        layers = pyogrio.list_layers(name)[:, 0]
        frames = {layer: pyogrio.read_dataframe(name, layer=layer) for layer in layers}
    except (DataSourceError, DataLayerError) as error:
        raise InputNotReadableError(
            name, "it is no GeoJSON or GeoPackage, or is cut short"
        ) from error
    return {layer if suffix == ".gpkg" else None: frame for layer, frame in frames.items()}


def _parquet(name: str) -> Any:
    try:
        import_module("pyarrow")  # geopandas needs it, and would say so in five lines
    except ImportError as error:
        raise MissingPackageError("pyarrow", "Reading GeoParquet") from error
    import geopandas as gpd

    try:
        return gpd.read_parquet(name)
    except (OSError, ValueError) as error:
        raise InputNotReadableError(name, "it is no GeoParquet file, or is cut short") from error


def _in_degrees(frame: Any, name: str) -> GeoDataFrame:
    import geopandas as gpd

    if not isinstance(frame, gpd.GeoDataFrame):  # an attribute table: events without a place
        return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries([None] * len(frame), crs=CRS))
    if frame.crs is None and frame.geometry.notna().any():
        raise BadRecordError(name, "its geometry has no CRS: set one in your GIS and save it again")
    return frame.set_crs(CRS) if frame.crs is None else frame.to_crs(CRS)


def _on_earth(frame: GeoDataFrame, name: str, layer: str | None) -> GeoDataFrame:
    """Return the table, or raise where a coordinate is none of the Earth's."""
    import numpy as np
    import shapely

    coords, owner = shapely.get_coordinates(frame.geometry.to_numpy(), return_index=True)
    # Written so that what is no number does not pass either.
    lost = np.unique(owner[~(np.abs(coords) <= [_TURN, _POLE]).all(axis=1)])
    if len(lost):
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        of_layer = f" of layer {layer!r}" if layer else ""
        raise BadRecordError(
            name,
            f"feature {lost[0] + 1}{of_layer}{more} does not lie on the Earth (longitude -360 to "
            "360, latitude -90 to 90): check its CRS and the order of x and y",
        )
    return frame


def _joined(frames: list[GeoDataFrame]) -> GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    filled = [_as_text(_in_parts(frame)) for frame in frames if len(frame)] or frames[:1]
    table = pd.concat(filled, ignore_index=True)
    for column in event_columns():
        if column.dtype in {"datetime", "date"} and column.name in table.columns:
            table[column.name] = pd.to_datetime(table[column.name], errors="coerce")
    return gpd.GeoDataFrame(table, geometry="geometry", crs=CRS)


def _in_parts(frame: GeoDataFrame) -> GeoDataFrame:
    """Return a table in which a multi-part geometry of one part is that part.

    A layer has one geometry type, so that a file holds a route as a MultiLineString.
    """
    import shapely

    def single(geometry: Any) -> Any:
        parts = shapely.get_parts(geometry)
        return parts[0] if len(parts) == 1 else geometry

    return frame.set_geometry(frame.geometry.map(single, na_action="ignore"), crs=frame.crs)


def _as_text(frame: GeoDataFrame) -> GeoDataFrame:
    """Return a table whose JSON columns are text: GDAL reads objects where others wrote them."""
    names = [c.name for c in event_columns() if c.dtype == "json" and c.name in frame.columns]
    return frame.assign(**{name: frame[name].map(_text, na_action="ignore") for name in names})


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _from_lines(name: str, gazetteer: Gazetteer | None) -> GeoDataFrame:
    from geoevents.table import event_table

    documents = []
    for article in read_articles([name]):
        if isinstance(article, Failure):
            raise BadRecordError(name, article.error.rstrip("."))
        documents.append(to_document(article, gazetteer=gazetteer))
    return event_table(documents, gazetteer)
