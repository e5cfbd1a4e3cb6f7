"""What does a GeoJSON file say, to the letter and not as GDAL would guess it?"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING, Any

import pyproj
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DEGREES = "EPSG:4326"
SAME_AS_DEGREES = frozenset({DEGREES, "urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"})


def parse(data: bytes) -> dict[str, Any]:
    """Return a GeoJSON document.

    Raises
    ------
    ValueError
        If it is not UTF-8, no JSON, or neither FeatureCollection nor Feature; the message says why.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=_number, parse_float=_number)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON: {error.msg}, line {error.lineno}") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(document, dict) or not isinstance(features(document), list):
        raise ValueError("it is no GeoJSON FeatureCollection")  # noqa: TRY004 - the file's fault
    return document


def features(document: Mapping[str, Any]) -> Any:
    """Return the features of a document, or what stands in their place."""
    return [document] if document.get("type") == "Feature" else document.get("features")


def crs(document: Mapping[str, Any]) -> str | None:
    """Return the CRS that a document names, EPSG:4326 if it names none, None if it has none."""
    stated = document.get("crs", DEGREES)
    if isinstance(stated, dict):
        return str((stated.get("properties") or {}).get("name"))
    return None if stated is None else str(stated)


def geometry(feature: Mapping[str, Any]) -> BaseGeometry | None:
    """Return a feature's geometry.

    Raises
    ------
    ValueError
        If it has one that cannot be read.
    """
    value = feature.get("geometry")
    if value is None:
        return None
    try:
        return shapely.from_geojson(json.dumps(value))
    except shapely.GEOSException:
        raise ValueError("its geometry cannot be read: draw it again in your GIS") from None


def in_degrees(shape: BaseGeometry, stated_crs: str) -> BaseGeometry:
    """Return a geometry in EPSG:4326, x = longitude.

    Raises
    ------
    pyproj.exceptions.CRSError
        If there is no such CRS.
    """
    if stated_crs in SAME_AS_DEGREES:
        return shape
    transformer = _transformer(stated_crs)

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        import numpy as np

        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return shapely.transform(shape, project)


@cache
def _transformer(stated_crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(stated_crs, DEGREES, always_xy=True)


def _number(written: str) -> float:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(f"it is no JSON: {written} is no number of JSON")
    return value
