"""Great circles, distances and areas are those of the Earth, to half a percent and better."""

import itertools
import math

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely import LineString, MultiLineString, Point, Polygon

from maps import geometry

GEOD = Geod(ellps="WGS84")
TOKYO, FRANCISCO = (139.78, 35.55), (-122.38, 37.62)
AUCKLAND, SANTIAGO = (174.79, -37.01), (-70.79, -33.39)
# Helsinki to Anchorage passes 4° from the pole.
HELSINKI, ANCHORAGE = (24.96, 60.32), (-149.99, 61.17)
SVALBARD, ALERT = (15.47, 78.25), (-165.0, 70.0)
PAIRS = {
    "over the Pacific": (TOKYO, FRANCISCO),
    "over the southern ocean": (AUCKLAND, SANTIAGO),
    "over the Arctic": (HELSINKI, ANCHORAGE),
    "beside the pole": (SVALBARD, ALERT),
    "over the pole itself": ((0.0, 70.0), (180.0, 70.0)),
    "along the equator": ((170.0, 0.0), (-160.0, 0.0)),
    "to the other side of the Earth": ((0.0, 10.0), (179.9, -10.0)),
}


def middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return the point halfway along the geodesic, worked out from azimuth and distance."""
    azimuth, _, metres = GEOD.inv(*one, *other)
    lon, lat, _ = GEOD.fwd(*one, azimuth, metres / 2)
    return lon, lat


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_a_route_is_as_long_as_the_geodesic(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    """What is drawn, and the distance that is told, are the geodesic's to half a percent."""
    way = geometry.course(np.array([one, other]))
    wanted = GEOD.inv(*one, *other)[2] / 1000
    drawn = GEOD.line_length(way.points[:, 0], way.points[:, 1]) / 1000
    assert drawn == pytest.approx(wanted, rel=1e-6)
    assert way.legs_km == (pytest.approx(wanted, rel=1e-9),)


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_a_route_passes_the_middle_of_the_geodesic(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    """Half a percent of its length would be dozens of kilometres; it stays within one."""
    points = geometry.course(np.array([one, other]), spacing_km=5).points
    half = middle(one, other)
    assert min(GEOD.inv(*point, *half)[2] for point in points) < 2_600
    chords = [GEOD.inv(*a, *b)[2] for a, b in itertools.pairwise(points)]
    assert max(chords) <= 5_001


@pytest.mark.parametrize(("one", "other"), PAIRS.values(), ids=PAIRS)
def test_a_route_never_jumps_around_the_map(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    """Neighbouring longitudes are less than half a turn apart wherever the map shows them."""
    points = geometry.course(np.array([one, other])).points
    shown = np.abs(points[:, 1]) < 85
    steps = np.abs(np.diff(points[:, 0]))[shown[1:] & shown[:-1]]
    assert steps.max() < 6


def test_a_route_over_several_stops_is_the_sum_of_its_legs() -> None:
    """Tokyo, Honolulu, Auckland, Santiago: each stop stands on the course, each leg is told."""
    stops = np.array([TOKYO, (-157.92, 21.32), AUCKLAND, SANTIAGO])
    way = geometry.course(stops)
    legs = [GEOD.inv(*one, *other)[2] / 1000 for one, other in itertools.pairwise(stops)]
    assert way.legs_km == pytest.approx(legs)
    on_course = way.points[list(way.stops)]
    assert on_course[:, 1] == pytest.approx(stops[:, 1], abs=0)
    assert (on_course[:, 0] - stops[:, 0]) % 360 == pytest.approx([0] * 4)
    for (first, last), leg in zip(itertools.pairwise(way.stops), legs, strict=True):
        piece = way.points[first : last + 1]
        assert GEOD.line_length(piece[:, 0], piece[:, 1]) / 1000 == pytest.approx(leg)


def test_a_line_that_was_cut_at_the_antimeridian_is_one_route() -> None:
    """As GeoJSON cuts it at 180°: it goes on, and the cut is no stop."""
    cut = MultiLineString([[(170, 50), (180, 52)], [(-180, 52), (-170, 50)]])
    (path,) = geometry.paths_of(cut)
    assert path.tolist() == [[170, 50], [-170, 50]]


def test_a_route_in_pieces_keeps_its_direction() -> None:
    """There and back by another way is one path in the order of the table, not two loose ends."""
    there_and_back = MultiLineString([[(0, 0), (1, 0)], [(1, 0), (1, 1), (0, 0)]])
    (path,) = geometry.paths_of(there_and_back)
    assert path.tolist() == [[0, 0], [1, 0], [1, 1], [0, 0]]
    apart = MultiLineString([[(0, 0), (1, 0)], [(2, 0), (1, 0)]])
    assert [one.tolist() for one in geometry.paths_of(apart)] == [
        [[0, 0], [1, 0]],
        [[2, 0], [1, 0]],
    ]


def test_a_route_that_goes_nowhere_is_none() -> None:
    """A line whose points are one place has no course, also across 180°."""
    assert geometry.paths_of(LineString([(3, 3), (3, 3)])) == []
    assert geometry.paths_of(LineString([(180, 3), (-180, 3)])) == []


def test_a_hole_lies_in_its_outline_beyond_the_antimeridian() -> None:
    """An area that crosses 180° keeps the hole on the other side of it."""
    outer = [(170, 0), (-170, 0), (-170, 10), (170, 10)]
    ((ring, hole),) = geometry.outlines_of(
        Polygon(outer, [[(-178, 4), (-175, 4), (-175, 6), (-178, 6)]])
    )
    assert Polygon(ring).contains(Polygon(hole))
    assert hole[:, 0].min() == 182


@pytest.mark.parametrize("lat", [-70.0, 0.0, 40.0, 70.0, 80.0])
@pytest.mark.parametrize("azimuth", [0.0, 90.0, 135.0])
def test_a_band_of_fifty_kilometres_is_fifty_kilometres_wide(lat: float, azimuth: float) -> None:
    """Area, and the way from the line to the edge, are right to half a percent at any latitude."""
    metres = 400_000
    start = GEOD.fwd(20, lat, azimuth + 180, metres / 2)[:2]
    end = GEOD.fwd(20, lat, azimuth, metres / 2)[:2]
    around = geometry.band([np.array([start, end])], radius_km=25)
    wanted = metres * 50_000 + math.pi * 25_000**2
    assert abs(GEOD.geometry_area_perimeter(around)[0]) == pytest.approx(wanted, rel=0.005)
    half = middle(start, end)
    for side in (90, -90):
        heading = GEOD.inv(*half, *end)[0] + side
        inside = GEOD.fwd(*half, heading, 25_000 * 0.995)[:2]
        outside = GEOD.fwd(*half, heading, 25_000 * 1.005)[:2]
        assert around.contains(Point(inside))
        assert not around.contains(Point(outside))


def test_a_band_over_the_antimeridian_has_its_area() -> None:
    """Nothing is lost or counted twice where the line passes 180°."""
    line = np.array([[176.0, 70.0], [-176.0, 70.0]])
    around = geometry.band([line], radius_km=25)
    metres = GEOD.inv(*line[0], *line[1])[2]
    wanted = metres * 50_000 + math.pi * 25_000**2
    assert shapely.is_valid(around)
    assert abs(GEOD.geometry_area_perimeter(around)[0]) == pytest.approx(wanted, rel=0.005)
