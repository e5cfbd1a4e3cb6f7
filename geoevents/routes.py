"""Which line do a route's two ends make in a file, and which line says no more than its ends?

In a table such a line has two points. A GIS would draw it straight, and the wrong way round the
Earth where it goes over the antimeridian: a file has the geodesic.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Points = NDArray[np.float64]

_TWO_ENDS = 2
_ALIKE_M = 50.0  # so close to the geodesic a line is it: a GIS may round to 1e-5 degrees
_HALF_TURN, _TURN = 180.0, 360.0  # degrees


def geodesic(shape: BaseGeometry) -> BaseGeometry:
    """Return the way over the Earth between the ends of a line of two points.

    Any other shape is returned as it is. The way has a vertex every 50 km or so, and two parts in
    their order where it crosses the antimeridian.

    Examples
    --------
    >>> import shapely
    >>> way = geodesic(shapely.LineString([(139.78, 35.55), (-118.4, 33.94)]))  # Tokyo, Los Angeles
    >>> [part.coords[0][0] for part in way.geoms], [part.coords[-1][0] for part in way.geoms]
    ([139.78, -180.0], [180.0, -118.4])
    """
    import shapely

    ends = shapely.get_coordinates(shape)
    if shape.geom_type != "LineString" or len(ends) != _TWO_ENDS or (ends[0] == ends[1]).all():
        return shape
    lines = [shapely.LineString(part) for part in _cut(_way(ends))]
    return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)


def straight(shape: BaseGeometry) -> BaseGeometry:
    """Return the line of two points between the ends of a geodesic, any other shape as it is.

    Examples
    --------
    >>> import shapely
    >>> line = shapely.LineString([(139.78, 35.55), (-118.4, 33.94)])
    >>> straight(geodesic(line)) == line
    True
    """
    import shapely

    if shape.is_empty or shape.geom_type not in {"LineString", "MultiLineString"}:
        return shape
    points = _joined([shapely.get_coordinates(part) for part in shapely.get_parts(shape)])
    if len(points) > _TWO_ENDS and not _is_way(points):
        return shape
    return shapely.LineString(points[[0, -1]])


def with_geodesics(events: GeoDataFrame) -> GeoDataFrame:
    """Return an event table in EPSG:4326 whose inferred routes are geodesics."""
    return _with_routes(events, geodesic)


def with_straight_routes(events: GeoDataFrame) -> GeoDataFrame:
    """Return an event table in EPSG:4326 whose inferred routes have two points again."""
    return _with_routes(events, straight)


def is_inferred_route(role: object, basis: object) -> bool:
    """Tell whether a row's line may be known by its ends only: a stated one is a track."""
    return isinstance(role, str) and role == "route" and not _is_stated(basis)


def _is_stated(basis: object) -> bool:
    return isinstance(basis, str) and basis == "stated"


def _with_routes(
    events: GeoDataFrame, change: Callable[[BaseGeometry], BaseGeometry]
) -> GeoDataFrame:
    if "role" not in events.columns:
        return events
    basis = events.get("geometry_basis", itertools.repeat(None, len(events)))
    shapes = events.geometry.to_numpy().copy()
    changed = False
    for row, (role, based) in enumerate(zip(events["role"], basis, strict=True)):
        if shapes[row] is not None and is_inferred_route(role, based):
            shapes[row] = change(shapes[row])
            changed = True
    return events.set_geometry(shapes, crs=events.crs) if changed else events


def _way(ends: Points, n: int | None = None) -> Points:
    """Return so many points of the geodesic between two, evenly, longitudes running on."""
    from gazetteer.areas import geodesic_points

    (lon, lat), (lon_after, lat_after) = ends.tolist()
    return geodesic_points(lon, lat, lon_after, lat_after, n)


def _is_way(points: Points) -> bool:
    """Tell whether points are those of the geodesic between the first and the last of them."""
    import numpy as np

    from gazetteer.areas import WGS84

    way = _way(points[[0, -1]], len(points))
    return bool(np.max(WGS84.inv(*points.T, *way.T)[2]) < _ALIKE_M)


def _cut(way: Points) -> list[Points]:
    """Return the parts of a way before and after the antimeridian, in their order."""
    import numpy as np

    points = np.array(list(_with_crossings(way)))
    middles = (points[:-1, 0] + points[1:, 0]) / 2
    turns = np.floor((middles + _HALF_TURN) / _TURN)
    first = np.concatenate([[0], np.flatnonzero(np.diff(turns)) + 1])
    last = np.append(first[1:], len(turns))
    return [points[a : b + 1] - [turns[a] * _TURN, 0] for a, b in zip(first, last, strict=True)]


def _with_crossings(way: Points) -> Iterator[tuple[float, float]]:
    """Yield the points of a way, and between them where it meets the antimeridian."""
    for (lon, lat), (lon_after, lat_after) in itertools.pairwise(way.tolist()):
        yield lon, lat
        edge = _HALF_TURN + _TURN * ((max(lon, lon_after) - _HALF_TURN) // _TURN)
        if min(lon, lon_after) < edge < max(lon, lon_after):
            share = (edge - lon) / (lon_after - lon)
            yield edge, lat + share * (lat_after - lat)
    yield tuple(way[-1].tolist())


def _joined(parts: list[Points]) -> Points:
    """Return the points of a line's parts, without those at which the antimeridian cuts it."""
    import numpy as np

    joined = parts[0]
    for part in parts[1:]:
        (lon, lat), (lon_after, lat_after) = joined[-1], part[0]
        if abs(lon) == _HALF_TURN and lon_after == -lon and lat_after == lat:
            joined, part = joined[:-1], part[1:]  # noqa: PLW2901  # both are of the cut
        joined = np.concatenate([joined, part])
    return joined
