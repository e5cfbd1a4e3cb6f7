"""What shape has a place that is described by other places: a region, a part, a border, a coast?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely
import shapely.ops
from pyproj import Geod, Proj

from gazetteer.errors import BadQueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

WGS84 = Geod(ellps="WGS84")

BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
"""Compass bearings in degrees, clockwise from north."""

BORDER_BAND_KM = 25.0
"""Half width of "the border areas": a convention of this package, in kilometres."""

_PIECE_KM = 400.0  # a line is buffered in pieces no longer than this, each in its own projection
_VERTEX_EVERY_M = 50_000
_CENTRAL_SHARE = 0.25  # "central X" is the middle quarter of the area
_SEAM_DEGREES = 0.03  # outlines of one border, each simplified by itself, run this near each other
_BISECTIONS = 12  # finds a median to 1/4096 of the extent


def part(area: BaseGeometry, side: str) -> BaseGeometry:
    """Return the northern, south-western, central ... part of an area.

    A half is cut so that it holds half of the area (not of the bounding box); a corner is the
    overlap of two halves; the centre is the middle half in both directions.

    Parameters
    ----------
    area
        Polygon or multipolygon, EPSG:4326.
    side
        A key of :data:`BEARINGS`, or ``"central"``.
    """
    if side == "central":
        halves = [_slice(area, axis, low, 1 - low) for axis in (0, 1) for low in (_CENTRAL_SHARE,)]
        middle = halves[0].intersection(halves[1])
        return middle if not middle.is_empty else halves[0]
    if side not in BEARINGS:
        raise BadQueryError(f"{side!r} is no side: use one of {', '.join(BEARINGS)} or central.")
    pieces = []
    if "north" in side or "south" in side:
        pieces.append(_slice(area, 1, 0.5, 1.0) if "north" in side else _slice(area, 1, 0.0, 0.5))
    if "east" in side or "west" in side:
        pieces.append(_slice(area, 0, 0.5, 1.0) if "east" in side else _slice(area, 0, 0.0, 0.5))
    if len(pieces) == 1:
        return pieces[0]
    corner = pieces[0].intersection(pieces[1])
    return corner if not corner.is_empty else pieces[0]


def side_of_point(lon: float, lat: float, side: str, radius_km: float) -> BaseGeometry:
    """Return the half disc on one side of a point, for a place whose area is not known."""
    if side == "central":
        return buffer_km(shapely.Point(lon, lat), radius_km / 2)
    away_lon, away_lat, _ = WGS84.fwd(lon, lat, BEARINGS[side], radius_km * 500)
    return buffer_km(shapely.Point(away_lon, away_lat), radius_km / 2)


def border(first: BaseGeometry, second: BaseGeometry) -> BaseGeometry:
    """Return the line that two areas share, all parts of it; empty when they share none."""
    return _merged(shapely.intersection(first.boundary, second.boundary))


def border_zone(
    line: BaseGeometry, *, within: BaseGeometry | None = None, half_width_km: float = BORDER_BAND_KM
) -> BaseGeometry:
    """Return the band along a border, on one side of it if ``within`` is given."""
    band = buffer_km(line, half_width_km)
    return band if within is None else band.intersection(within)


def coast(area: BaseGeometry, countries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the part of an area's outline that lies on no country's side.

    Parameters
    ----------
    area
        Polygon or multipolygon: a country, a part of one, or a group of them.
    countries
        The countries around: neighbours, members of the area, and the one that it is part of.
    """
    return _coast_and_border(area, countries)[0]


def land_border(area: BaseGeometry, countries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return the part of an area's outline that is no coast; see :func:`coast`."""
    return _coast_and_border(area, countries)[1]


def _coast_and_border(
    area: BaseGeometry, countries: Iterable[BaseGeometry]
) -> tuple[BaseGeometry, BaseGeometry]:
    outline, inner, land = area.boundary, area.representative_point(), []
    around = shapely.box(*area.bounds).buffer(2 * _SEAM_DEGREES)
    for country in countries:
        line = shapely.simplify(shapely.intersection(country.boundary, around), _SEAM_DEGREES / 3)
        shared = shapely.buffer(line, _SEAM_DEGREES, quad_segs=2)
        on, off = shapely.intersection(outline, shared), shapely.difference(outline, shared)
        if country.area > area.area and country.intersects(inner):
            outline, inland = on, off  # a part of this country: its coast is the country's
        elif country.area > area.area or not area.intersects(country.representative_point()):
            outline, inland = off, on
        else:
            continue  # a member of the area
        land.append(inland)
    return _merged(outline), _merged(shapely.union_all(land))


def _merged(lines: BaseGeometry) -> BaseGeometry:
    parts = [
        line
        for line in shapely.get_parts(lines)
        if line.geom_type == "LineString" and not line.is_empty
    ]
    return shapely.line_merge(shapely.MultiLineString(parts))


def offset(lon: float, lat: float, *, km: float, bearing: float) -> shapely.Point:
    """Return the point at a geodesic distance and bearing (degrees from north) of another."""
    away_lon, away_lat, _ = WGS84.fwd(lon, lat, bearing, km * 1000)
    return shapely.Point(away_lon, away_lat)


def geodesic(lon1: float, lat1: float, lon2: float, lat2: float) -> shapely.LineString:
    """Return the shortest line on the ellipsoid between two points, a vertex every 50 km or so."""
    _, _, metres = WGS84.inv(lon1, lat1, lon2, lat2)
    n = int(metres / _VERTEX_EVERY_M)
    between = WGS84.npts(lon1, lat1, lon2, lat2, n) if n else []
    return shapely.LineString([(lon1, lat1), *between, (lon2, lat2)])


def buffer_km(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """Buffer in kilometres, in azimuthal equidistant projections around the geometry's pieces.

    Parameters
    ----------
    geometry
        Any geometry, EPSG:4326; pieces that cross the antimeridian are not split.
    km
        Distance in kilometres.
    """
    if km <= 0 or geometry.is_empty:
        return geometry
    buffered = [_buffer_locally(piece, km) for piece in _pieces(geometry)]
    return shapely.union_all(buffered)


def _pieces(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    for part_ in shapely.get_parts(geometry):
        if part_.geom_type not in {"LineString", "LinearRing"}:
            yield part_
            continue
        length_km = WGS84.geometry_length(part_) / 1000
        n = max(1, math.ceil(length_km / _PIECE_KM))
        for i in range(n):
            yield shapely.ops.substring(part_, i / n, (i + 1) / n, normalized=True)


def _buffer_locally(geometry: BaseGeometry, km: float) -> BaseGeometry:
    centre = geometry.centroid
    local = Proj(proj="aeqd", lat_0=centre.y, lon_0=centre.x, datum="WGS84")
    plane = shapely.transform(geometry, local, interleaved=False)
    return shapely.transform(
        plane.buffer(km * 1000), lambda x, y: local(x, y, inverse=True), interleaved=False
    )


def _slice(area: BaseGeometry, axis: int, low: float, high: float) -> BaseGeometry:
    """Cut an area between two quantiles of its own area along an axis (0 = x, 1 = y)."""
    west, south, east, north = area.bounds
    start = _quantile(area, axis, low)
    end = _quantile(area, axis, high)
    box = (start, south, end, north) if axis == 0 else (west, start, east, end)
    return shapely.clip_by_rect(area, *box)


def _quantile(area: BaseGeometry, axis: int, share: float) -> float:
    west, south, east, north = area.bounds
    low, high = (west, east) if axis == 0 else (south, north)
    if share <= 0:
        return float(low)
    if share >= 1:
        return float(high)
    coarse = shapely.simplify(area, (high - low) / 200)
    wanted = coarse.area * share
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        box = (west, south, middle, north) if axis == 0 else (west, south, east, middle)
        if shapely.clip_by_rect(coarse, *box).area < wanted:
            low = middle
        else:
            high = middle
    return float((low + high) / 2)


def representative_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of a point that stands for a geometry.

    The middle of the longest line; the centroid of polygons where it lies on one of them, else a
    point on the largest.
    """
    parts = shapely.get_parts(geometry)
    if geometry.geom_type in {"LineString", "MultiLineString"}:
        point = max(parts, key=shapely.length).interpolate(0.5, normalized=True)
    else:
        point = geometry.centroid
        if not geometry.intersects(point):
            point = max(parts, key=shapely.area).representative_point()
    return float(point.y), float(point.x)


def radius_km(geometry: BaseGeometry) -> float:
    """Return the radius of the circle that is as large as an area, or half a line's length, km."""
    kinds = {p.geom_type for p in shapely.get_parts(geometry)}
    if "Polygon" in kinds:
        square_m = abs(WGS84.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])
        return math.sqrt(square_m / math.pi) / 1000
    if "LineString" in kinds:
        return WGS84.geometry_length(geometry) / 2000
    return 0.0
