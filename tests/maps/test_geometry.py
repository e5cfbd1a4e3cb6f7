"""Routes follow the Earth, bands have their true width, nothing tears at the antimeridian."""

import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiLineString, MultiPoint, Point, Polygon

from maps import geometry

GEOD = Geod(ellps="WGS84")
BAKU, OVDA = (49.8671, 40.4093), (34.9358, 29.9403)
LONS = st.floats(-180, 180).map(lambda lon: round(lon, 4))
LATS = st.floats(-80, 80).map(lambda lat: round(lat, 4))


def length_km(course: np.ndarray) -> float:
    """Length along the course's points."""
    return GEOD.line_length(course[:, 0], course[:, 1]) / 1000


def test_a_route_is_as_long_as_the_geodesic() -> None:
    """Baku to Ovda is 1,800 km along the points that are drawn, as it is along the geodesic."""
    course = geometry.geodesic(np.array([BAKU, OVDA]))
    assert length_km(course) == pytest.approx(GEOD.inv(*BAKU, *OVDA)[2] / 1000, rel=1e-9)
    assert length_km(course) == pytest.approx(1790, abs=20)


def test_a_route_is_not_the_straight_line_of_the_map() -> None:
    """Its middle lies where the geodesic's middle is, tens of kilometres off the planar line."""
    course = geometry.geodesic(np.array([BAKU, OVDA]), spacing_km=10)
    middle = GEOD.npts(*BAKU, *OVDA, 1)[0]
    nearest = min(GEOD.inv(*point, *middle)[2] for point in course)
    planar = ((BAKU[0] + OVDA[0]) / 2, (BAKU[1] + OVDA[1]) / 2)
    assert nearest < 10_000
    assert min(GEOD.inv(*point, *planar)[2] for point in course) > 30_000


def test_a_route_keeps_every_vertex_to_the_last_digit() -> None:
    """Stops on the way stay where the table has them."""
    line = np.array([BAKU, (44.5, 40.18), OVDA])
    course = geometry.geodesic(line)
    for vertex in line:
        assert (course == vertex).all(axis=1).any()


def test_a_short_route_gets_no_more_points() -> None:
    """Two places closer than the spacing are joined directly."""
    assert len(geometry.geodesic(np.array([[10.0, 50.0], [10.1, 50.0]]))) == 2


@given(LONS, LATS, LONS, LATS)
def test_neighbouring_points_of_a_route_are_close(
    lon1: float, lat1: float, lon2: float, lat2: float
) -> None:
    """Whatever the ends, no step is longer than the spacing, nor turns half the Earth."""
    course = geometry.geodesic(np.array([[lon1, lat1], [lon2, lat2]]))
    for start, end in itertools.pairwise(course):
        assert GEOD.inv(*start, *end)[2] / 1000 <= geometry.SPACING_KM * 1.001
        assert abs(end[0] - start[0]) <= 180


def test_a_route_over_the_antimeridian_runs_on() -> None:
    """Tokyo to San Francisco passes 180° and goes on to 237.6° without a jump."""
    course = geometry.geodesic(np.array([[139.7, 35.6], [-122.4, 37.7]]))
    assert course[0, 0] == pytest.approx(139.7)
    assert course[-1, 0] == pytest.approx(237.6)
    assert np.abs(np.diff(course[:, 0])).max() < 2


@pytest.mark.parametrize("lat", [0.0, 40.0, 70.0])
def test_a_band_has_its_true_width_and_area(lat: float) -> None:
    """Its edge is 50 km from a line along a meridian, its area right to half a percent."""
    line = np.array([[20.0, lat - 1.5], [20.0, lat + 1.5]])
    around = geometry.band([line], radius_km=50)
    centre = Point(20, lat)
    east = max(x for x, _ in shapely.intersection(around, LineString([(0, lat), (40, lat)])).coords)
    assert GEOD.inv(20, lat, east, lat)[2] / 1000 == pytest.approx(50, rel=0.005)
    assert around.contains(centre)
    metres = GEOD.line_length(line[:, 0], line[:, 1])
    wanted = metres * 100_000 + math.pi * 50_000**2
    assert abs(GEOD.geometry_area_perimeter(around)[0]) == pytest.approx(wanted, rel=0.005)


def test_a_band_along_a_long_border_is_one_piece() -> None:
    """A border of 3,000 km is buffered in pieces that join without a gap."""
    line = np.array([[50.0, 50.0], [60.0, 52.0], [70.0, 54.0], [85.0, 50.0]])
    around = geometry.band([line], radius_km=30)
    assert around.geom_type == "Polygon"
    assert around.contains(LineString(geometry.geodesic(line)))


def test_the_bands_of_a_border_in_parts_are_one_area() -> None:
    """Where the bands of two parts overlap, nothing is covered twice, also across 180°."""
    parts = [np.array([[179.5, 0.0], [179.9, 0.0]]), np.array([[-179.9, 0.0], [-179.5, 0.0]])]
    around = geometry.band(parts, radius_km=50)
    assert around.geom_type == "Polygon"
    assert around.bounds[2] - around.bounds[0] == pytest.approx(1 + 2 * 50 / 111.3, rel=0.01)


def test_a_band_over_the_antimeridian_does_not_tear() -> None:
    """Its longitudes run on beyond 180°, so that it is not drawn around the world."""
    around = geometry.band([np.array([[179.0, 65.0], [-179.0, 66.0]])], radius_km=20)
    west, _, east, _ = around.bounds
    assert 178 < west < 179
    assert 181 < east < 182


def test_parts_of_mixed_geometry_are_told_apart() -> None:
    """A collection gives its points, lines and rings, empty ones left out."""
    mixed = shapely.GeometryCollection(
        [
            MultiPoint([(1, 1), (2, 2)]),
            LineString([(0, 0), (1, 0)]),
            Polygon([(0, 0), (1, 0), (1, 1)], [[(0.5, 0.1), (0.9, 0.1), (0.9, 0.5)]]),
            Polygon(),
        ]
    )
    assert len(geometry.points_of(mixed)) == 2
    assert len(geometry.lines_of(mixed)) == 1
    assert [len(polygon) for polygon in geometry.rings_of(mixed)] == [2]


def test_a_border_in_touching_pieces_is_one_line() -> None:
    """Pieces that meet are joined, so that the border is drawn in one go."""
    pieces = MultiLineString([[(0, 0), (1, 0)], [(1, 0), (2, 1)], [(5, 5), (6, 6)]])
    assert sorted(len(line) for line in geometry.lines_of(pieces)) == [2, 3]


def test_the_map_is_cut_at_the_antimeridian_by_default() -> None:
    """Ordinary data keep ordinary longitudes."""
    assert geometry.west_edge([np.array([[50.0, 40.0]]), np.array([[-100.0, 40.0]])]) == -180


def test_the_map_is_cut_elsewhere_where_data_cross_the_antimeridian() -> None:
    """With a route over the Pacific, the end in America and a point there share a longitude."""
    route = geometry.geodesic(np.array([[139.7, 35.6], [-122.4, 37.7]]))
    west = geometry.west_edge([route, np.array([[-122.4, 37.7]])])
    end = geometry.shift(np.array([[-122.4, 37.7]]), west)
    assert end[0, 0] == pytest.approx(geometry.shift(route, west)[-1, 0])


def test_the_westernmost_place_is_not_torn_off() -> None:
    """Manila, the west end of a map of the Pacific, stays beside the rest whatever the rounding."""
    lons = [120.9822, 123.7438, 147.1797, 178.44, 181.5]
    tracks = [np.array([[lon, 0.0]]) for lon in lons] + [np.array([[178.0, 0.0], [182.0, 0.0]])]
    west = geometry.west_edge(tracks)
    shifted = [geometry.shift(track, west)[:, 0] for track in tracks]
    together = np.concatenate(shifted)
    assert together.max() - together.min() == pytest.approx(182 - 120.9822)


def test_places_on_both_sides_of_the_antimeridian_come_together() -> None:
    """Fiji and Samoa are 10° apart on the map, not 350°."""
    points = [np.array([[178.0, -18.0]]), np.array([[-172.0, -13.8]])]
    west = geometry.west_edge(points)
    lons = [geometry.shift(point, west)[0, 0] for point in points]
    assert max(lons) - min(lons) == pytest.approx(10)
