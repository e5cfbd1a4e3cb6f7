"""Where does a row put its place: at a point, or over an area or line?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.areas import representative_point

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_DECIMALS = 7  # of a degree: a centimetre
_NORTH, _EAST = 90, 180
_EXTENDED = frozenset({"Polygon", "MultiPolygon", "LineString", "MultiLineString"})


class BadRowError(ValueError):
    """A row is wrong: the message, without a full stop, says why and what to do."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A point, the area or line that it stands for, and what was changed about it."""

    lat: float | None = None
    lon: float | None = None
    geometry: BaseGeometry | None = None
    remark: str = ""


def shape_at(lat: float | None, lon: float | None) -> Shape:
    """Return a point, or nothing where neither coordinate is given.

    Raises
    ------
    BadRowError
        If one is missing, out of range, or they are swapped.
    """
    if lat is None and lon is None:
        return Shape()
    if lat is None or lon is None:
        missing = "lat" if lat is None else "lon"
        raise BadRowError(f"{missing} is empty: give both lat and lon, or neither")
    _check_range(lat, lon)
    return Shape(round(lat, _DECIMALS), round(lon, _DECIMALS))


def shape_of(geometry: BaseGeometry) -> Shape:
    """Return the place's shape from a geometry in EPSG:4326.

    Raises
    ------
    BadRowError
        If it is out of range, several points, or cannot be repaired.
    """
    geometry = _single(shapely.force_2d(geometry))
    west, south, east, north = geometry.bounds
    _check_range(south, west)
    _check_range(north, east)
    if geometry.geom_type == "Point":
        return shape_at(geometry.y, geometry.x)
    if geometry.geom_type not in _EXTENDED:
        raise BadRowError(
            f"its geometry is a {geometry.geom_type}: give a point, a line or an area, "
            "and other places a row of their own"
        )
    geometry, remark = _valid(geometry)
    lat, lon = representative_point(geometry)
    return Shape(round(lat, _DECIMALS), round(lon, _DECIMALS), geometry, remark)


def _check_range(lat: float, lon: float) -> None:
    if not np.isfinite([lat, lon]).all():
        raise BadRowError("its coordinates are no numbers: correct them, or the CRS")
    if abs(lat) <= _NORTH and abs(lon) <= _EAST:
        return
    if abs(lat) > _NORTH and abs(lat) <= _EAST and abs(lon) <= _NORTH:
        raise BadRowError(f"lat {lat:g} and lon {lon:g} seem to be swapped: exchange them")
    name, value, limit = ("lat", lat, _NORTH) if abs(lat) > _NORTH else ("lon", lon, _EAST)
    raise BadRowError(
        f"{name} is {value:g}, but goes from -{limit} to {limit}: "
        "correct it, or state the CRS that the coordinates are in"
    )


def _single(geometry: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(geometry)
    return parts[0] if len(parts) == 1 else geometry


def _valid(geometry: BaseGeometry) -> tuple[BaseGeometry, str]:
    """Return a geometry that is valid, rounded and turned as RFC 7946 wants, and a remark."""
    remark = ""
    if not geometry.is_valid:
        why = shapely.is_valid_reason(geometry).partition("[")[0].lower()
        geometry = _of_dimension(shapely.make_valid(geometry), shapely.get_dimensions(geometry))
        if geometry.is_empty:
            raise BadRowError(f"its geometry is invalid ({why}): draw it again in your GIS")
        remark = f"its geometry was invalid ({why}) and was repaired"
    rounded = shapely.transform(geometry, lambda points: np.round(points, _DECIMALS))
    return shapely.orient_polygons(rounded if rounded.is_valid else geometry), remark


def _of_dimension(geometry: BaseGeometry, dimension: Any) -> BaseGeometry:
    """Return the parts of a repaired geometry that have the extent of the first one."""
    flat = shapely.get_parts(shapely.get_parts(geometry))
    return _single(shapely.union_all(flat[shapely.get_dimensions(flat) == dimension]))
