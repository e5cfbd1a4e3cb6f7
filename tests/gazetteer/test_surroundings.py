"""What lies around a place is as wide as the words say, and leaves out what it should."""

from __future__ import annotations

import math

import pytest
import shapely
from pyproj import Geod

from gazetteer import surroundings

GEOD = Geod(ellps="WGS84")
TOWN = shapely.Point(37.16, 36.2)
LAND = shapely.box(36, 35, 38, 37)


def square_km(geometry):
    """Return the geodesic area of a geometry in square kilometres."""
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 1e6


def test_near_a_point_is_a_disc():
    """Its area is that of a circle of the radius."""
    assert square_km(surroundings.near(TOWN, 20)) == pytest.approx(math.pi * 400, rel=0.01)


def test_near_an_area_is_outside_of_it():
    """A band around, without the area itself."""
    band = surroundings.near(LAND, 25)
    assert band.intersection(LAND).area == pytest.approx(0, abs=1e-9)
    assert band.distance(LAND) == pytest.approx(0, abs=1e-9)


def test_near_a_line_is_on_both_sides():
    """A border has two sides."""
    band = surroundings.near(shapely.LineString([(36, 36), (38, 36)]), 25)
    assert band.covers(shapely.MultiPoint([(37, 36.2), (37, 35.8)]))


def test_a_distance_in_any_direction_is_a_ring():
    """50 km are between 40 and 60."""
    ring = surroundings.at_distance(TOWN, 50)
    assert square_km(ring) == pytest.approx(math.pi * (60**2 - 40**2), rel=0.01)
    assert not ring.intersects(TOWN)


def test_the_countryside_of_a_province_leaves_the_town_out():
    """The town is a disc of its radius."""
    land = surroundings.countryside(TOWN, 10, LAND)
    assert square_km(LAND) - square_km(land) == pytest.approx(math.pi * 100, rel=0.02)


@pytest.mark.parametrize("province", [None, TOWN.buffer(0.05)])
def test_the_countryside_of_a_town_alone_is_a_ring(province):
    """No province, or one that the town fills: 25 km around its outskirts."""
    ring = surroundings.countryside(TOWN, 10, province)
    assert square_km(ring) == pytest.approx(math.pi * (35**2 - 10**2), rel=0.01)


def test_the_countryside_of_nothing_is_empty():
    """Neither town nor province."""
    assert surroundings.countryside(None, 0, None).is_empty
    assert surroundings.countryside(None, 0, LAND).equals(LAND)


def test_the_part_near_something_keeps_inside():
    """A strip of the land along its edge; nothing when it lies far away."""
    edge = shapely.LineString([(36, 37), (38, 37)])
    strip = surroundings.part_near(LAND, edge, 25)
    assert LAND.buffer(1e-9).covers(strip)
    assert 36.7 < strip.bounds[1] < 36.8
    assert surroundings.part_near(LAND, shapely.LineString([(60, 0), (61, 0)])).is_empty


@pytest.mark.parametrize(("km", "width"), [(None, 50), (20, 8)])
def test_waters_off_a_coast_lie_in_the_sea(km, width):
    """Half of the band around a straight coast is land, and left out."""
    coast = shapely.LineString([(36, 35), (36, 37)])
    waters = surroundings.offshore(coast, [LAND], km=km)
    length = GEOD.geometry_length(coast) / 1000
    assert waters.intersection(LAND).area == pytest.approx(0, abs=1e-9)
    assert length * width <= square_km(waters) <= (length + 2 * 50) * width * 1.4


def test_the_coast_of_a_town_is_the_shore_beside_it():
    """20 km up and down the outline of the land, and no side of the search box."""
    shore = surroundings.coast_of_town(shapely.Point(36.01, 36), [LAND])
    assert shapely.LineString([(36, 35), (36, 37)]).buffer(1e-6).covers(shore)
    assert GEOD.geometry_length(shore) / 1000 == pytest.approx(40, rel=0.02)
    assert surroundings.coast_of_town(shapely.Point(37, 36), [LAND]).is_empty
