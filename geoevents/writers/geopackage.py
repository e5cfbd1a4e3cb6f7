"""How is the event table written as a GeoPackage that QGIS opens?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geoevents.routes import with_geodesics
from geoevents.writers.clean import writable, written_by_gdal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

_LAYERS = (
    ("events_points", 0, "Point"),
    ("events_lines", 1, "MultiLineString"),
    ("events_polygons", 2, "MultiPolygon"),
)
"""Layer, dimension of its geometries, geometry type."""

_VERSION = "1.2"  # of GeoPackage: GDAL before 3.7 warns of newer ones
WITHOUT_PLACE = "events_without_place"
INFO = "geoevents_info"


def write_geopackage(
    path: Path, events: GeoDataFrame, *, places: GeoDataFrame, stamp: Mapping[str, str]
) -> None:
    """Write the event table and the places as layers of one GeoPackage.

    Parameters
    ----------
    path
        The file; it must not exist.
    events
        In EPSG:4326. Points, lines and polygons each get a layer, also when it is empty; rows
        without geometry go into the attribute table ``events_without_place``. An inferred route is
        written as the geodesic between its ends, in two parts over the antimeridian.
    places
        Points: the layer ``places``.
    stamp
        Goes into each layer's metadata and the attribute table ``geoevents_info``.
    """
    import pandas as pd
    import shapely

    table = writable(with_geodesics(events))
    table = table.set_geometry(table.geometry.map(_one_kind, na_action="ignore"), crs=table.crs)
    dimensions = shapely.get_dimensions(table.geometry.to_numpy())  # -1 where there is none
    with _fixed_date(), written_by_gdal(path):
        for name, dimension, geometry_type in _LAYERS:
            _write(path, table[dimensions == dimension], name, geometry_type, stamp)
        _write(path, writable(places), "places", "Point", stamp)
        without = pd.DataFrame(table[dimensions == -1].drop(columns="geometry"))
        _write(path, without, WITHOUT_PLACE, None, stamp)
        _write(
            path, pd.DataFrame({"key": stamp.keys(), "value": stamp.values()}), INFO, None, stamp
        )


def _one_kind(geometry: BaseGeometry) -> BaseGeometry:
    """Return the parts of the highest dimension where a collection mixes several."""
    import shapely

    parts = shapely.get_parts(geometry)
    dimensions = shapely.get_dimensions(parts)
    if geometry.geom_type != "GeometryCollection" or not len(parts):
        return geometry
    return shapely.union_all(parts[dimensions == dimensions.max()])


def _write(
    path: Path,
    table: Any,
    layer: str,
    geometry_type: str | None,
    stamp: Mapping[str, str],
) -> None:
    import pyogrio

    if geometry_type == "Point" and "MultiPoint" in set(table.geometry.geom_type):
        geometry_type = "MultiPoint"  # "the towns of X and Y"
    options = {
        "geometry_type": geometry_type,
        "promote_to_multi": (geometry_type or "").startswith("Multi"),
    }
    pyogrio.write_dataframe(
        table,
        path,
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        layer_metadata=dict(stamp),
        dataset_options=None if path.exists() else {"VERSION": _VERSION},
        **(options if geometry_type else {}),
    )


@contextmanager
def _fixed_date() -> Iterator[None]:
    """Let GDAL write one date of change, so that the same input gives the same bytes."""
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
