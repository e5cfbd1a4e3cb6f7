"""What is the true course of a line, and the true extent of a band, on the Earth's surface?"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import LineString, MultiLineString, Point, Polygon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

Coordinates = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
#: Points of a route are at most this far apart; a chord then strays at most 200 m.
SPACING_KM = 100.0
#: A path that strays no further from a geodesic is one; files round to 1e-5 degrees or closer.
ALIKE_M = 50.0
#: The map is cut open elsewhere than at 180° if that makes it narrower by so many degrees.
WORTH_TURNING = 90.0
_HALF_TURN = 180
_ENDS = 2  # points of a line that has no others
#: A band is made piece by piece, each in its own projection, whose scale error at half this length
#: from its centre is 0.02 %.
PIECE_KM = 400.0
#: Points of a band's edge are at most this far apart: at 80° a straight line between them on the
#: map, which is none on the Earth, then strays 11 m.
EDGE_KM = 10.0


def unwrap(lonlat: Coordinates) -> Coordinates:
    """Make longitudes run on over the antimeridian: 179, -179 become 179, 181 (degrees)."""
    result = lonlat.copy()
    result[:, 0] = np.unwrap(lonlat[:, 0], period=360)
    return result


@dataclass(frozen=True, slots=True)
class Course:
    """The way along the geodesics from stop to stop.

    Attributes
    ----------
    points
        Shape (m, 2), lon and lat in degrees, every stop among them, longitudes unwrapped.
    stops
        Which of the points are the stops.
    legs_km
        Length of the geodesic from each stop to the next.
    """

    points: Coordinates
    stops: tuple[int, ...]
    legs_km: tuple[float, ...]


def course(line: Coordinates, *, spacing_km: float = SPACING_KM) -> Course:
    """Return the course over some stops.

    Parameters
    ----------
    line
        Shape (n, 2), lon and lat in degrees, EPSG:4326: the stops in order.
    spacing_km
        Greatest distance between neighbouring points of the result.

    Examples
    --------
    >>> flown = course(np.array([[49.8671, 40.4093], [34.9358, 29.9403]]))
    >>> [round(leg) for leg in flown.legs_km]
    [1784]
    """
    return courses([line], spacing_km=spacing_km)[0]


def courses(lines: Sequence[Coordinates], *, spacing_km: float = SPACING_KM) -> list[Course]:
    """Return the courses over many lines of stops at once, see :func:`course`."""
    if not lines:
        return []
    starts = np.concatenate([line[:-1] for line in lines])
    ends = np.concatenate([line[1:] for line in lines])
    azimuth, _, metres = GEOD.inv(*starts.T, *ends.T)
    steps = np.maximum(np.ceil(metres / 1000 / spacing_km).astype(np.int64), 1)
    leg = np.repeat(np.arange(len(steps)), steps)
    # Of each leg its start and the points on the way; the last stop follows.
    step = np.arange(len(leg)) - np.repeat(np.cumsum(steps) - steps, steps)
    along = metres[leg] * step / steps[leg]
    lons, lats = starts[leg].T
    lon, lat, _ = GEOD.fwd(lons, lats, np.asarray(azimuth)[leg], along)
    points = np.column_stack([lon, lat])
    # Stops stand as they are stated, to the last digit.
    points[step == 0] = starts
    first = np.cumsum([0, *(len(line) - 1 for line in lines)])
    edge = np.concatenate([[0], np.cumsum(steps)])
    return [
        Course(
            unwrap(np.concatenate([points[edge[a] : edge[b]], line[-1:]])),
            tuple((edge[a : b + 1] - edge[a]).tolist()),
            tuple((metres[a:b] / 1000).tolist()),
        )
        for line, a, b in zip(lines, first[:-1], first[1:], strict=True)
    ]


def geodesic(line: Coordinates, *, spacing_km: float = SPACING_KM) -> Coordinates:
    """Return the points of a line's course, see :func:`course`.

    Examples
    --------
    >>> points = geodesic(np.array([[49.8671, 40.4093], [34.9358, 29.9403]]))
    >>> bool(points[len(points) // 2, 1] > (40.4093 + 29.9403) / 2)  # bends towards the pole
    True
    """
    return course(line, spacing_km=spacing_km).points


def ends_of(path: Coordinates) -> Coordinates:
    """Return the ends of a path that is the geodesic between them, else the path.

    Parameters
    ----------
    path
        Shape (n, 2), lon and lat in degrees, EPSG:4326; the points of a geodesic lie evenly on it.

    Examples
    --------
    >>> line = np.array([[49.8671, 40.4093], [34.9358, 29.9403]])
    >>> ends_of(geodesic(line)).tolist() == line.tolist()
    True
    """
    n = len(path)
    if n <= _ENDS:
        return path
    (lon, lat), (lon_after, lat_after) = path[[0, -1]].tolist()
    azimuth, _, metres = GEOD.inv(lon, lat, lon_after, lat_after)
    along = np.linspace(0, metres, n)
    lons, lats, _ = GEOD.fwd(np.full(n, lon), np.full(n, lat), np.full(n, azimuth), along)
    strays = np.max(GEOD.inv(path[:, 0], path[:, 1], lons, lats)[2])
    return path[[0, -1]] if strays < ALIKE_M else path


def band(lines: Sequence[Coordinates], *, radius_km: float) -> BaseGeometry:
    """Return the area within a distance of some lines, such as the parts of a border.

    Every piece is buffered in an azimuthal equidistant projection of its own: a buffer in degrees
    or in Web Mercator would be a quarter too narrow at 40° of latitude.

    Parameters
    ----------
    lines
        Each of shape (n, 2), lon and lat in degrees, EPSG:4326.
    radius_km
        Half the band's width.

    Returns
    -------
    Polygon or MultiPolygon
        EPSG:4326, longitudes unwrapped.
    """
    courses = [geodesic(line) for line in lines]
    # Parts on both sides of the antimeridian come beside the first one before they are joined.
    west = float(courses[0][:, 0].mean()) - _HALF_TURN
    pieces = [piece for course in courses for piece in _pieces(shift(course, west))]
    return shapely.union_all([_piece_band(piece, radius_km) for piece in pieces])


def _pieces(course: Coordinates) -> Iterator[Coordinates]:
    """Cut a line into pieces of about ``PIECE_KM``; neighbours share a vertex."""
    lengths = np.asarray(GEOD.line_lengths(course[:, 0], course[:, 1]), dtype=float)
    number = np.floor(np.concatenate([[0.0], np.cumsum(lengths)[:-1]]) / (PIECE_KM * 1000))
    cuts = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(course) - 1]
    for first, last in itertools.pairwise(cuts):
        if last > first:
            yield course[first : last + 1]


def _piece_band(piece: Coordinates, radius_km: float) -> BaseGeometry:
    lon, lat = piece[:, 0].mean(), piece[:, 1].mean()
    plane = f"+proj=aeqd +lat_0={lat:.8f} +lon_0={lon:.8f} +ellps=WGS84"
    there = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    flat = shapely.transform(LineString(piece), lambda xy: np.column_stack(there.transform(*xy.T)))
    buffered = flat.buffer(radius_km * 1000, quad_segs=16).segmentize(EDGE_KM * 1000)

    def back(xy: Coordinates) -> Coordinates:
        lons, lats = there.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        # The inverse gives -180..180: bring it beside the piece's own longitudes.
        return np.column_stack([lons - 360 * np.round((lons - lon) / 360), lats])

    return shapely.make_valid(shapely.transform(buffered, back))


def diagonal_km(geometry: BaseGeometry) -> float:
    """Return the length of the geodesic between the corners of a geometry's box."""
    west, south, east, north = geometry.bounds
    return float(GEOD.inv(west, south, east, north)[2]) / 1000


def parts(geometry: BaseGeometry | None) -> Iterator[Point | LineString | Polygon]:
    """Yield the simple geometries that a geometry is made of, empty ones left out."""
    if geometry is None or geometry.is_empty:
        return
    if isinstance(geometry, (Point, LineString, Polygon)):
        yield geometry
        return
    for part in shapely.get_parts(geometry):
        yield from parts(part)


def lines_of(geometry: BaseGeometry | None) -> list[Coordinates]:
    """Return the coordinates of the lines in a geometry, touching lines joined."""
    lines = [part for part in parts(geometry) if isinstance(part, LineString)]
    if len(lines) > 1:
        lines = list(parts(shapely.line_merge(MultiLineString(lines))))
    return [shapely.get_coordinates(line) for line in lines]


def paths_of(geometry: BaseGeometry | None) -> list[Coordinates]:
    """Return the lines in a geometry, each in its own direction, joined where one goes on.

    A line that was cut at the antimeridian, as GeoJSON wants it, is one again, without the two
    points where it was cut; points that repeat the one before are left out.
    """
    paths: list[Coordinates] = []
    for part in parts(geometry):
        if not isinstance(part, LineString):
            continue
        line = shapely.get_coordinates(part)
        turned = (line - paths[-1][-1]) % [360, np.inf] if paths else None
        if turned is not None and not turned[0].any():
            cut = abs(line[0, 0]) == _HALF_TURN and line[0, 0] == -paths[-1][-1, 0]
            line = np.concatenate([paths.pop()[: -1 if cut else None], line[1:]])
        paths.append(line)
    return [path for path in map(_without_repeats, paths) if len(path) > 1]


def _without_repeats(line: Coordinates) -> Coordinates:
    moved = np.diff(line, axis=0)
    moved[:, 0] %= 360
    kept: Coordinates = line[np.concatenate([[True], moved.any(axis=1)])]
    return kept


def rings_of(geometry: BaseGeometry | None) -> list[list[Coordinates]]:
    """Return the rings of the polygons in a geometry: polygons, each its outer ring and holes."""
    polygons = (part for part in parts(geometry) if isinstance(part, Polygon))
    return [
        [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in polygons
    ]


def outlines_of(geometry: BaseGeometry | None) -> list[list[Coordinates]]:
    """Return the rings of the polygons with longitudes unwrapped, holes beside their outline."""
    return [
        [outer, *(_beside(hole, outer) for hole in holes)]
        for outer, *holes in ([unwrap(ring) for ring in rings] for rings in rings_of(geometry))
    ]


def _beside(ring: Coordinates, outer: Coordinates) -> Coordinates:
    """Move a hole by whole turns into its outline."""
    return shift(ring, float((outer[:, 0].min() + outer[:, 0].max()) / 2) - _HALF_TURN)


def points_of(geometry: BaseGeometry | None) -> list[Coordinates]:
    """Return the points in a geometry, each of shape (1, 2)."""
    return [shapely.get_coordinates(part) for part in parts(geometry) if isinstance(part, Point)]


def west_edge(tracks: Sequence[Coordinates]) -> float:
    """Choose the longitude at which the map is cut open.

    Parameters
    ----------
    tracks
        Everything that is drawn, longitudes unwrapped within each.

    Returns
    -------
    float
        -180, unless something crosses the antimeridian or the data are much closer together on
        another cut (Fiji and Samoa); then the middle of the widest gap, where nothing is cut.
    """
    if not tracks:
        return -180.0
    lons = np.unique(np.concatenate([track[:, 0] for track in tracks]) % 360)
    gaps = np.diff(np.concatenate([lons, lons[:1] + 360]))
    widest = int(np.argmax(gaps))
    west = float((lons[widest] + gaps[widest] / 2 + 180) % 360 - 180)
    usual = np.sort((lons + 180) % 360 - 180)
    crossing = any(_crosses(track) for track in tracks if len(track) > 1)
    saved = float(usual[-1] - usual[0]) - (360 - float(gaps[widest]))
    return west if crossing or saved > WORTH_TURNING else -180.0


def _crosses(track: Coordinates) -> bool:
    """Tell whether an unwrapped track passes over 180° (or -180°)."""
    turns = np.floor((track[:, 0] + _HALF_TURN) / 360)
    inner = track[:, 0] % 360 != _HALF_TURN
    return bool(np.ptp(turns[inner]) > 0) if inner.any() else False


def shift(track: Coordinates, west: float) -> Coordinates:
    """Move a track by whole turns so that its middle lies in ``west … west + 360``."""
    return shift_all([track], west)[0]


def shift_all(tracks: Sequence[Coordinates], west: float) -> list[Coordinates]:
    """Move tracks together, as an outline and its holes, by what brings the first one there."""
    middle = (tracks[0][:, 0].min() + tracks[0][:, 0].max()) / 2
    turns = math.floor((middle - west) / 360)
    return [track - np.array([360.0 * turns, 0.0]) if turns else track for track in tracks]
