"""Shapes of described places have the sizes and sides that the words say."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from gazetteer import BadQueryError, areas

GEOD = Geod(ellps="WGS84")
SQUARE = shapely.box(40, 30, 44, 34)
BAGHDAD = (44.40088, 33.34058)


def square_km(geometry):
    """Return the geodesic area of a geometry in square kilometres."""
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 1e6


@pytest.mark.parametrize("side", ["north", "south", "east", "west"])
def test_a_half_holds_half_of_the_area(gazetteer, side):
    """The cut follows the area, not the bounding box: a long tail does not move it."""
    iraq = gazetteer.geometry("iso:IQ")
    half = areas.part(iraq, side)
    assert half.area / iraq.area == pytest.approx(0.5, abs=0.02)
    assert iraq.buffer(1e-6).covers(half)


@pytest.mark.parametrize(
    ("side", "axis", "sign"), [("north", 1, 1), ("south", 1, -1), ("east", 0, 1), ("west", 0, -1)]
)
def test_a_half_lies_on_its_side(side, axis, sign):
    """North is up and east is right."""
    middle = areas.part(SQUARE, side).centroid.coords[0][axis]
    assert (middle - SQUARE.centroid.coords[0][axis]) * sign == pytest.approx(1, abs=0.05)


def test_a_corner_is_where_two_halves_meet():
    """The north-east of a square is its upper right quarter."""
    corner = areas.part(SQUARE, "northeast")
    assert corner.bounds == pytest.approx((42, 32, 44, 34), abs=0.05)


def test_the_centre_is_the_middle_half_both_ways():
    """Central leaves a quarter on each side."""
    assert areas.part(SQUARE, "central").bounds == pytest.approx((41, 31, 43, 33), abs=0.05)


@pytest.mark.parametrize("side", ["up", "", "northsouth", "North"])
def test_what_is_no_side_is_refused(side):
    """The error names the sides that there are."""
    with pytest.raises(BadQueryError, match="northeast"):
        areas.part(SQUARE, side)


@pytest.mark.parametrize("km", [1, 50, 500])
@pytest.mark.parametrize(("side", "bearing"), areas.BEARINGS.items())
def test_an_offset_is_as_far_as_stated(km, side, bearing):
    """Distance on the ellipsoid to a tenth of a per cent, in the stated direction."""
    point = areas.offset(*BAGHDAD, km=km, bearing=bearing)
    azimuth, _, metres = GEOD.inv(*BAGHDAD, point.x, point.y)
    assert metres / 1000 == pytest.approx(km, rel=0.001)
    assert (azimuth - bearing + 180) % 360 - 180 == pytest.approx(0, abs=0.01), side


@settings(max_examples=40)
@given(
    st.floats(-170, 170),
    st.floats(-70, 70),
    st.floats(0.5, 200),
)
def test_a_buffer_reaches_as_far_as_stated(lon, lat, km):
    """A disc around a point is round on the ground, at every latitude."""
    disc = areas.buffer_km(shapely.Point(lon, lat), km)
    for x, y in disc.exterior.coords[:-1]:
        assert GEOD.inv(lon, lat, x, y)[2] / 1000 == pytest.approx(km, rel=0.01)


@pytest.mark.parametrize(
    ("lon", "lat", "km"), [(0, 90, 100), (30, 89.5, 200), (10, -89.9, 300), (-120, 89, 50)]
)
def test_a_buffer_around_a_pole_is_whole(lon, lat, km):
    """Its outline runs round the world there, and the pole lies in it if it is near enough."""
    disc = areas.buffer_km(shapely.Point(lon, lat), km)
    pole = math.copysign(90, lat)
    assert disc.is_valid
    assert square_km(disc) == pytest.approx(math.pi * km**2, rel=0.005)
    assert disc.intersects(shapely.Point(lon, pole)) == (
        GEOD.inv(lon, lat, lon, pole)[2] < km * 1000
    )


def test_a_long_line_is_buffered_in_pieces():
    """A band along 2,000 km keeps its width: its area is length times width, with round ends."""
    line = areas.geodesic(30, 50, 58, 50)
    km = GEOD.geometry_length(line) / 1000
    band = areas.buffer_km(line, 25)
    assert band.covers(line)
    assert square_km(band) == pytest.approx(50 * km + math.pi * 625, rel=0.01)


@pytest.mark.parametrize("geometry", [shapely.Point(1, 2), shapely.Polygon()])
def test_no_distance_changes_nothing(geometry):
    """Zero kilometres and empty geometries are given back."""
    assert areas.buffer_km(geometry, 0).equals(geometry)
    assert areas.buffer_km(shapely.Polygon(), 10).is_empty


def test_areas_that_do_not_touch_have_no_border():
    """The border of strangers is empty, whether they are far apart or meet in a point."""
    assert areas.border(SQUARE, shapely.box(60, 0, 61, 1)).is_empty
    assert areas.border(SQUARE, shapely.box(44, 34, 45, 35)).is_empty


def test_a_border_is_what_both_outlines_share():
    """Two squares share one side."""
    line = areas.border(SQUARE, shapely.box(44, 31, 46, 33))
    assert line.equals(shapely.LineString([(44, 31), (44, 33)]))


def test_a_border_zone_can_keep_to_one_side():
    """The band on one side is half of the band, and inside that country."""
    neighbour = shapely.box(44, 30, 48, 34)
    line = areas.border(SQUARE, neighbour)
    both = areas.border_zone(line)
    one = areas.border_zone(line, within=SQUARE)
    assert SQUARE.buffer(1e-9).covers(one)
    assert square_km(one) / square_km(both) == pytest.approx(0.5, abs=0.05)


def test_a_coast_is_what_no_neighbour_shares():
    """Three sides of a square whose fourth is another country's."""
    coast = areas.coast(SQUARE, [shapely.box(44, 30, 48, 34)])
    assert coast.length == pytest.approx(12, abs=0.1)  # less the seam at both ends
    assert not coast.covers(shapely.Point(44, 32))


def test_a_geodesic_bends_towards_the_pole():
    """From Baku to New York the shortest way passes north of both."""
    line = areas.geodesic(49.89, 40.38, -74.0, 40.71)
    assert max(lat for _, lat in line.coords) > 60
    steps = shapely.get_coordinates(line)
    assert max(GEOD.line_lengths(steps[:, 0], steps[:, 1])) <= 100_000


@pytest.mark.parametrize("lon", [44.4, 44.41, 45.0])
def test_short_geodesics_are_lines_too(lon):
    """Ends that are near each other, or the same, need no vertex between them."""
    line = areas.geodesic(44.4, 33.3, lon, 33.3)
    assert line.coords[0] == (44.4, 33.3)
    assert line.coords[-1] == (lon, 33.3)


def test_a_half_is_measured_on_the_ground(gazetteer):
    """Russia narrows to the north on the globe, not in degrees: both halves are as large."""
    russia = gazetteer.geometry("iso:RU")
    # A cut along a parallel is no geodesic: it is measured in short steps.
    halves = (shapely.segmentize(areas.part(russia, side), 1) for side in ("north", "south"))
    north, south = map(square_km, halves)
    assert north / south == pytest.approx(1, abs=0.03)


def test_the_antimeridian_does_not_turn_east_into_west(gazetteer):
    """Chukotka, at 170 degrees west, is the east of Russia."""
    east = areas.part(gazetteer.geometry("iso:RU"), "east")
    assert east.is_valid
    assert east.covers(shapely.Point(-172, 66))
    assert not east.intersects(shapely.Point(37.6, 55.8))


@pytest.mark.parametrize("lon", [179.9, -179.9, 180.0])
def test_a_buffer_across_the_antimeridian_has_two_parts(lon):
    """Each lies on its side of the map, and together they are the whole disc."""
    disc = areas.buffer_km(shapely.Point(lon, -17), 100)
    assert disc.geom_type == "MultiPolygon"
    assert disc.is_valid
    assert -180 <= disc.bounds[0] < disc.bounds[2] <= 180
    assert square_km(disc) == pytest.approx(math.pi * 100**2, rel=0.02)


def test_a_geodesic_across_the_antimeridian_has_two_parts():
    """From Fiji to Samoa it is a short way."""
    line = areas.geodesic(178.4, -18.1, -171.8, -13.8)
    assert line.geom_type == "MultiLineString"
    assert 1100 < GEOD.geometry_length(line) / 1000 < 1200


@pytest.mark.parametrize(
    ("place_id", "kept", "left_out"),
    [
        ("iso:FR", (9.1, 42.2), (-53, 4)),  # Corsica; Guiana
        ("iso:US", (-100, 40), (-150, 65)),  # Kansas; Alaska
        ("iso:MY", (102, 4), None),  # the peninsula, though Borneo is larger
    ],
)
def test_what_lies_far_off_and_is_small_is_no_part(gazetteer, place_id, kept, left_out):
    """The south of France is not Guiana."""
    area = areas.mainland(gazetteer.geometry(place_id))
    assert area.intersects(shapely.Point(kept))
    assert left_out is None or not area.intersects(shapely.Point(left_out))


@pytest.mark.parametrize(
    ("side", "axis", "sign"), [("north", 1, 1), ("south", 1, -1), ("east", 0, 1), ("west", 0, -1)]
)
def test_the_side_of_an_outline_faces_its_way(side, axis, sign):
    """Of a square's outline one side and the ends of two others at most."""
    line = areas.facing(SQUARE.boundary, side)
    assert (line.centroid.coords[0][axis] - SQUARE.centroid.coords[0][axis]) * sign > 1.5
    assert line.length < SQUARE.length / 2


@pytest.mark.parametrize(("side", "lon"), [("east", 43), ("west", 41)])
def test_the_end_of_a_line_is_its_half(side, lon):
    """The eastern part of a border between two countries."""
    line = areas.end_of_line(shapely.LineString([(40, 30), (44, 30)]), side)
    assert line.centroid.x == pytest.approx(lon)


def test_how_far_a_shape_reaches():
    """The farthest vertex, in kilometres on the ground."""
    line = areas.geodesic(44, 33, 46, 33)
    assert areas.reach_km(line, 44, 33) == pytest.approx(GEOD.geometry_length(line) / 1000)
    assert areas.reach_km(shapely.Polygon(), 0, 0) == 0


def test_the_representative_point_lies_on_the_geometry():
    """A crescent's centroid lies outside of it: the point does not."""
    crescent = shapely.Point(0, 0).buffer(2) - shapely.Point(1, 0).buffer(2)
    for geometry in (crescent, crescent.boundary, SQUARE, shapely.Point(3, 4)):
        lat, lon = areas.representative_point(geometry)
        assert geometry.distance(shapely.Point(lon, lat)) < 1e-9


def test_the_radius_is_that_of_a_circle_as_large():
    """For a disc the disc's own, for a line half its length, for a point none."""
    assert areas.radius_km(areas.buffer_km(shapely.Point(44, 33), 100)) == pytest.approx(
        100, rel=0.01
    )
    line = areas.geodesic(44, 33, 46, 33)
    assert areas.radius_km(line) == pytest.approx(GEOD.geometry_length(line) / 2000)
    assert areas.radius_km(shapely.Point(1, 2)) == 0
