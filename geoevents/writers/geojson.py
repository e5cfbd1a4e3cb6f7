"""How is the event table written as GeoJSON (RFC 7946)?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geoevents.routes import with_geodesics
from geoevents.writers.clean import writable, written_by_gdal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame


def write_geojson(path: Path, events: GeoDataFrame, *, stamp: Mapping[str, str]) -> None:
    """Write the event table as one FeatureCollection.

    Parameters
    ----------
    path
        The file; it must not exist.
    events
        In EPSG:4326; rows without geometry become features whose geometry is null.
    stamp
        Goes into the member ``geoevents`` of the collection.

    Notes
    -----
    Rings turn as RFC 7946 wants, lines over the antimeridian are cut, each feature and the
    collection have a ``bbox``. An inferred route is written as the geodesic between its ends. JSON
    columns stay strings, so that no text of an article that looks like JSON becomes an object.
    """
    import pyogrio

    with written_by_gdal(path):
        pyogrio.write_dataframe(
            writable(with_geodesics(events)),
            path,
            driver="GeoJSON",
            layer="events",
            geometry_type="Unknown",
            layer_options={
                "RFC7946": "YES",
                "WRITE_BBOX": "YES",
                "WRITE_NAME": "NO",
                "AUTODETECT_JSON_STRINGS": "NO",
                "FOREIGN_MEMBERS_COLLECTION": json.dumps({"geoevents": dict(stamp)}),
            },
        )
