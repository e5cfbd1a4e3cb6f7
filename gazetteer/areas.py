"""What shape has a place that is described by other places: a region, a part, a border, a coast?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.ops
from pyproj import Geod, Proj

from gazetteer.antimeridian import HALF_TURN, unwrapped, wrapped
from gazetteer.errors import BadQueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

Array = np.ndarray[Any, Any]

WGS84 = Geod(ellps="WGS84")

SIDES = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
"""Bearings of the eight winds in degrees, clockwise from north."""

BEARINGS = SIDES | {
    "north-northeast": 22.5,
    "east-northeast": 67.5,
    "east-southeast": 112.5,
    "south-southeast": 157.5,
    "south-southwest": 202.5,
    "west-southwest": 247.5,
    "west-northwest": 292.5,
    "north-northwest": 337.5,
}
"""Bearings of the sixteen points of the compass in degrees, clockwise from north."""

BORDER_BAND_KM = 25.0
"""Half width of "the border areas": a convention of this package, in kilometres."""

_EIGHTH = math.pi / 4  # of a turn, radians
_CELL_DEGREES = 3.0  # pieces whose middles lie in one such cell share a projection
_PIECE_KM = 400.0  # a line is buffered in pieces no longer than this, each in its own projection
_ENDS = 2  # points of a line that goes straight from one to the other
_VERTEX_EVERY_M = 50_000
_CENTRAL_SHARE = 0.25  # "central X" is the middle quarter of the area
_SEAM_DEGREES = 0.03  # outlines of one border, each simplified by itself, run this near each other
_STRETCH_DEGREES = 0.1  # outlines are sorted into coast and border in stretches of about 10 km
_APART_DEGREES = 2.25  # on both sides: islands within some 500 km of each other belong together
_FAR_OFF_SHARE = (
    0.2  # of a country's area: what lies apart and is smaller is not what its name says
)
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
        A key of :data:`SIDES`, or ``"central"``.
    """
    if side != "central" and side not in SIDES:
        raise BadQueryError(f"{side!r} is no side: use one of {', '.join(SIDES)} or central.")
    return wrapped(_part(mainland(unwrapped(area)), side))


def _part(area: BaseGeometry, side: str) -> BaseGeometry:
    if side == "central":
        halves = [_slice(area, axis, low, 1 - low) for axis in (0, 1) for low in (_CENTRAL_SHARE,)]
        middle = halves[0].intersection(halves[1])
        return middle if not middle.is_empty else halves[0]
    pieces = []
    if "north" in side or "south" in side:
        pieces.append(_slice(area, 1, 0.5, 1.0) if "north" in side else _slice(area, 1, 0.0, 0.5))
    if "east" in side or "west" in side:
        pieces.append(_slice(area, 0, 0.5, 1.0) if "east" in side else _slice(area, 0, 0.0, 0.5))
    if len(pieces) == 1:
        return pieces[0]
    corner = pieces[0].intersection(pieces[1])
    return corner if not corner.is_empty else pieces[0]


def mainland(area: BaseGeometry) -> BaseGeometry:
    """Return an area without what lies far off and is small: France without Guiana.

    Parts within about 500 km of each other belong together; a group of them is left out when it
    holds less than a fifth of the area.
    """
    parts = shapely.get_parts(area)
    boxes = shapely.box(*shapely.bounds(parts).T)
    reach = _APART_DEGREES / math.cos(math.radians(min(80.0, abs(area.centroid.y))))
    west, south, east, north = shapely.bounds(boxes).T
    groups = shapely.get_parts(
        shapely.union_all(
            shapely.box(west - reach, south - _APART_DEGREES, east + reach, north + _APART_DEGREES)
        )
    )
    if len(groups) == 1:
        return area
    shapely.prepare(groups)
    size = shapely.area(parts) * np.cos(np.radians((south + north) / 2))
    members = [shapely.contains(group, boxes) for group in groups]
    kept = [m for m in members if size[m].sum() >= _FAR_OFF_SHARE * size.sum()]
    return shapely.multipolygons(parts[np.any(kept, axis=0)]) if kept else area


def facing(outline: BaseGeometry, side: str) -> BaseGeometry:
    """Return the part of an outline that lies on one side of its middle: "the northern border".

    Parameters
    ----------
    outline
        Lines, EPSG:4326.
    side
        A key of :data:`SIDES`: the quarter of the compass around it, some way off the middle.
    """
    if side not in SIDES:
        raise BadQueryError(f"{side!r} is no side: use one of {', '.join(SIDES)}.")
    middle = outline.convex_hull.centroid
    stretch = math.cos(math.radians(middle.y))
    x, y = shapely.get_coordinates(outline).T
    bearing = math.radians(SIDES[side])
    ahead = (x - middle.x) * stretch * math.sin(bearing) + (y - middle.y) * math.cos(bearing)
    far = float(ahead.max())
    corners = [
        (
            middle.x + reach * math.sin(bearing + turn) / stretch,
            middle.y + reach * math.cos(bearing + turn),
        )
        for reach, turn in (
            (far, -_EIGHTH),
            (far * 4, -_EIGHTH),
            (far * 4, _EIGHTH),
            (far, _EIGHTH),
        )
    ]
    return shapely.intersection(outline, shapely.Polygon(corners))


def end_of_line(line: BaseGeometry, side: str) -> BaseGeometry:
    """Return the northern, south-western ... half of a line, cut at its middle."""
    middle = line.convex_hull.centroid
    west, south, east, north = line.bounds
    box = shapely.box(
        middle.x if "east" in side else west,
        middle.y if "north" in side else south,
        middle.x if "west" in side else east,
        middle.y if "south" in side else north,
    )
    return shapely.intersection(line, box)


def side_of_point(lon: float, lat: float, side: str, radius_km: float) -> BaseGeometry:
    """Return the half disc on one side of a point, for a place whose area is not known."""
    if side == "central":
        return buffer_km(shapely.Point(lon, lat), radius_km / 2)
    away_lon, away_lat, _ = WGS84.fwd(lon, lat, SIDES[side], radius_km * 500)
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
    """Sort the short stretches of an outline by whether they run along a country's outline."""
    outline = shapely.segmentize(area.boundary, _STRETCH_DEGREES)
    coords, ring = shapely.get_coordinates(shapely.get_parts(outline), return_index=True)
    middles = (coords[:-1] + coords[1:]) / 2
    inland = np.zeros(len(middles), dtype=bool)
    inner = area.representative_point()
    shapely.prepare(area)
    for country in countries:
        if not shapely.dwithin(area, country, _SEAM_DEGREES):
            continue
        if country.area > area.area and country.intersects(inner):
            inland |= ~_along(middles, country)  # a part of this country: its coast is its own
        elif country.area > area.area or not area.intersects(country.representative_point()):
            inland |= _along(middles, country)
    same_ring = ring[:-1] == ring[1:]
    return tuple(_merged(_runs(coords, same_ring & kept)) for kept in (~inland, inland))


def _along(points: np.ndarray[Any, Any], country: BaseGeometry) -> np.ndarray[Any, Any]:
    """Return which points lie on a country's outline, but for a seam."""
    west, south, east, north = country.bounds
    x, y = points.T
    found: np.ndarray[Any, Any] = (x > west - _SEAM_DEGREES) & (x < east + _SEAM_DEGREES)
    found &= (y > south - _SEAM_DEGREES) & (y < north + _SEAM_DEGREES)
    near = shapely.box(*points[found].min(0), *points[found].max(0)) if found.any() else None
    if near is not None:
        around = near.buffer(2 * _SEAM_DEGREES)
        outline = shapely.intersection(country.boundary, around)
        shapely.prepare(outline)
        found[found] = shapely.dwithin(outline, shapely.points(points[found]), _SEAM_DEGREES)
    return found


def _runs(coords: np.ndarray[Any, Any], kept: np.ndarray[Any, Any]) -> BaseGeometry:
    """Return the stretches between neighbouring coordinates that are kept, joined to lines."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]])))
    lines = [
        shapely.LineString(coords[start : end + 1])
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    return shapely.MultiLineString(lines)


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


def geodesic(lon1: float, lat1: float, lon2: float, lat2: float) -> BaseGeometry:
    """Return the shortest line on the ellipsoid between two points, a vertex every 50 km or so.

    Two lines where it crosses the antimeridian.
    """
    return wrapped(shapely.LineString(geodesic_points(lon1, lat1, lon2, lat2)))


def geodesic_points(
    lon1: float, lat1: float, lon2: float, lat2: float, n: int | None = None
) -> Array:
    """Return points of the shortest line on the ellipsoid between two, evenly, both included.

    Parameters
    ----------
    lon1, lat1, lon2, lat2
        The ends in degrees, EPSG:4326.
    n
        How many [default: one every 50 km or so].

    Returns
    -------
    numpy.ndarray
        Longitudes and latitudes, (n, 2); longitudes run on over the antimeridian.

    Examples
    --------
    >>> geodesic_points(179.0, 0.0, -179.0, 0.0, 3)[:, 0].round(6).tolist()
    [179.0, 180.0, 181.0]
    """
    if n is None:
        _, _, metres = WGS84.inv(lon1, lat1, lon2, lat2)
        n = int(metres / _VERTEX_EVERY_M) + _ENDS
    between = WGS84.npts(lon1, lat1, lon2, lat2, n - _ENDS) if n > _ENDS else []
    points = np.array([(lon1, lat1), *between, (lon2, lat2)])
    points[:, 0] = np.unwrap(points[:, 0], period=2 * HALF_TURN)
    return points


def buffer_km(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """Buffer in kilometres, in azimuthal equidistant projections around the geometry's pieces.

    Parameters
    ----------
    geometry
        Any geometry, EPSG:4326.
    km
        Distance in kilometres.
    """
    if km <= 0 or geometry.is_empty:
        return geometry
    buffered = [_buffer_locally(piece, km) for piece in _pieces(geometry)]
    return shapely.union_all(buffered)


def _pieces(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    """Cut lines into short pieces and gather what lies close together."""
    cells: dict[tuple[int, int], list[BaseGeometry]] = {}
    for part_ in shapely.get_parts(geometry):
        if part_.geom_type not in {"LineString", "LinearRing"}:
            yield part_
            continue
        length_km = WGS84.geometry_length(part_) / 1000
        n = max(1, math.ceil(length_km / _PIECE_KM))
        for i in range(n):
            piece = part_ if n == 1 else _stretch(part_, i / n, (i + 1) / n)
            west, south, east, north = piece.bounds
            row = int((south + north) / 2 // _CELL_DEGREES)
            wide = _CELL_DEGREES / math.cos(math.radians(min(80.0, abs(row * _CELL_DEGREES))))
            cells.setdefault((row, int((west + east) / 2 // wide)), []).append(piece)
    for pieces in cells.values():
        yield shapely.multilinestrings(pieces)


def _stretch(line: BaseGeometry, start: float, end: float) -> BaseGeometry:
    return shapely.ops.substring(line, start, end, normalized=True)


def _buffer_locally(geometry: BaseGeometry, km: float) -> BaseGeometry:
    centre = geometry.centroid
    local = Proj(proj="aeqd", lat_0=centre.y, lon_0=centre.x, datum="WGS84")
    plane = shapely.transform(geometry, local, interleaved=False)

    def back(x: Any, y: Any) -> tuple[Any, Any]:
        lon, lat = local(x, y, inverse=True)
        return centre.x + (lon - centre.x + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN, lat

    flat = plane.buffer(km * 1000)
    around = shapely.transform(flat, back, interleaved=False)
    for pole in (90.0, -90.0):
        if shapely.contains_xy(flat, *local(centre.x, pole)):
            around = _over_pole(around, pole)
    return wrapped(around)


def _over_pole(area: BaseGeometry, pole: float) -> BaseGeometry:
    """Return an area around a pole as far as the pole, where its outline runs round the world."""
    parts = [_capped(part_, pole) for part_ in shapely.get_parts(area)]
    return shapely.union_all(parts)


def _capped(part_: BaseGeometry, pole: float) -> BaseGeometry:
    lon, lat = shapely.get_coordinates(part_.exterior).T
    lon = np.unwrap(lon, period=2 * HALF_TURN)
    if abs(lon[-1] - lon[0]) < HALF_TURN:
        return part_
    edge = [(lon[-1], pole), (lon[0], pole)]
    return shapely.Polygon([*np.column_stack([lon, lat]).tolist(), *edge])


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
    edges = _edges(area)
    wanted = share * _area_below(edges, axis, math.inf)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        limit = middle if axis == 0 else _equal_area(middle)
        if _area_below(edges, axis, limit) < wanted:
            low = middle
        else:
            high = middle
    return float((low + high) / 2)


def _edges(area: BaseGeometry) -> Array:
    """Return both ends of an area's edges, shape (2, n, 2).

    They are projected to a cylinder of equal area, where parallels and meridians stay straight.
    """
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(area)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points[:, 1] = _equal_area(points[:, 1])
    of_one_ring = ring[1:] == ring[:-1]
    return np.stack([points[:-1][of_one_ring], points[1:][of_one_ring]])


def _area_below(edges: Array, axis: int, limit: float) -> float:
    """Return how much of an area lies below a limit on an axis.

    By Green's theorem it is the integral of the other coordinate over this one along the edges; the
    straight cut itself adds nothing to it.
    """
    along, across = edges[:, :, axis], edges[:, :, 1 - axis]
    way = along[1] - along[0]
    slope = np.divide(across[1] - across[0], way, out=np.zeros_like(way), where=way != 0)
    begin, end = np.minimum(along, limit)
    mean = across[0] + slope * ((begin + end) / 2 - along[0])
    return abs(float(mean @ (end - begin)))


def _equal_area(lat: Any) -> Any:
    return np.degrees(np.sin(np.radians(lat)))


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


def reach_km(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Return how far the farthest vertex of a geometry is from a point, in kilometres."""
    x, y = shapely.get_coordinates(geometry).T
    if not len(x):
        return 0.0
    return float(WGS84.inv(np.full_like(x, lon), np.full_like(y, lat), x, y)[2].max()) / 1000
