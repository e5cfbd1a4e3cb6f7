"""Events told coarsely: what leaves, and that nothing else does."""

import math

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geoevents.coarsen import Grid, as_areas, coarsen, parse_grain
from geoevents.routes import geodesic
from geoevents.table import event_table

GEOD = Geod(ellps="WGS84")
LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-90, 90)
SIDES = st.sampled_from([1.0, 5.0, 25.0, 100.0, 1000.0])


def table(*shapes: BaseGeometry | None, **columns):
    """Return events of one type at some geometries."""
    given_ = {"type": ["violence.attack"] * len(shapes), **columns}
    return gpd.GeoDataFrame(given_, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def km(a, b):
    """Return the distance of two points, in kilometres."""
    return GEOD.inv(a.x, a.y, b.x, b.y)[2] / 1000


@given(lon=LONGITUDES, lat=LATITUDES, side=SIDES)
def test_a_cell_holds_its_point(lon, lat, side):
    """Its middle is no farther than half a diagonal, a bit more where a cell is not square."""
    cell = Grid(side).cell(lon, lat)
    assert km(Point(lon, lat), Point(cell.lon, cell.lat)) <= side * 0.85
    assert abs(cell.lat) <= 90
    assert abs(cell.lon) <= 180


@given(lon=LONGITUDES, lat=LATITUDES, side=SIDES)
def test_the_middle_of_a_cell_lies_in_it(lon, lat, side):
    """So that what was told coarsely stays the same when it is told so again."""
    grid = Grid(side)
    cell = grid.cell(lon, lat)
    assert grid.cell(cell.lon, cell.lat) == cell


@pytest.mark.parametrize("lat", [0.0, 35.0, 55.0, 70.0])
def test_cells_are_about_alike(lat):
    """Their area is that of a square of the side, to a few per cent, at any latitude."""
    area = abs(GEOD.geometry_area_perimeter(Grid(25).outline(10, lat))[0]) / 1e6
    assert area == pytest.approx(625, rel=0.05)


def test_many_events_tell_no_more_than_one():
    """The same place gives the same point every time: no mean comes closer."""
    told = coarsen(table(*[Point(36.2311, 49.9935)] * 50), 25)
    assert len(set(told.geometry)) == 1


def test_a_point_becomes_its_cell():
    """The circle around its middle holds the place; its radius is a multiple of the side."""
    place = Point(36.2311, 49.9935)
    told = coarsen(table(place, uncertainty_km=[3.0], country=["UA"]), 25).iloc[0]
    assert told["place_id"] == Grid(25).name(Grid(25).cell(place.x, place.y))
    assert (told["place_kind"], told["geometry_basis"]) == ("cell", "schematic")
    assert km(told["geometry"], place) + 3 <= told["uncertainty_km"]
    assert told["uncertainty_km"] == 25


def test_the_radius_does_not_tell_the_place():
    """A town of 4 km and a village of 2 km in one cell look the same."""
    told = coarsen(table(*[Point(36.2, 49.9)] * 2, uncertainty_km=[4.0, 2.0]), 25)
    assert told["uncertainty_km"].tolist() == [25, 25]


@pytest.mark.parametrize(
    "shape",
    [
        box(36.2, 49.9, 36.25, 49.95),
        LineString([(36.2, 49.9), (36.21, 49.91)]),
        MultiPoint([(36.2, 49.9), (36.21, 49.91)]),
    ],
    ids=["area", "line", "points"],
)
def test_what_is_smaller_than_a_cell_becomes_one(shape):
    """Whatever it was."""
    told = coarsen(table(shape), 50).iloc[0]
    assert told["geometry"].geom_type == "Point"
    assert told["place_kind"] == "cell"


def test_a_track_goes_along_the_middles_of_cells():
    """Every vertex that leaves is one."""
    track = LineString([(lon, 40 + math.sin(lon)) for lon in range(20, 40)])
    told = coarsen(table(track), 25).geometry[0]
    grid = Grid(25)
    assert told.geom_type == "LineString"
    assert all(grid.cell(*at)[2:] == at for at in told.coords)


def test_a_route_goes_from_cell_to_cell():
    """A file's geodesic is told by its ends, not along each cell on the way."""
    ends = LineString([(139.78, 35.55), (-118.4, 33.94)])
    cells = {"role": ["route"] * 2, "geometry_basis": ["inferred"] * 2}
    straight, along = coarsen(table(ends, geodesic(ends), **cells), 25).geometry
    assert along == straight
    assert len(along.coords) == 2


def test_a_large_area_of_ones_own_keeps_its_shape_roughly():
    """Its vertices are middles of cells."""
    zone = Polygon([(30, 40), (34, 40.3), (33, 43), (30.2, 42)])
    told = coarsen(table(zone), 25).geometry[0]
    grid = Grid(25)
    assert all(grid.cell(*at)[2:] == at for at in told.exterior.coords)
    assert told.symmetric_difference(zone).area < 0.2 * zone.area


def test_an_area_made_of_a_place_becomes_a_cell(gazetteer):
    """Its middle is that place: twenty kilometres around Bakhmut tell Bakhmut."""
    around = gazetteer.geometry("offset@geonames:713174;;near")
    told = coarsen(table(around, place_id=["offset@geonames:713174;;near"]), 5, gazetteer=gazetteer)
    assert told.geometry[0].geom_type == "Point"
    assert told["place_kind"][0] == "cell"


def test_countries_and_divisions_stay(gazetteer):
    """They are wider than a cell, and their outlines are known to everybody."""
    country, division = (gazetteer.geometry(one) for one in ("iso:UA", "iso:UA-63"))
    events = table(country, division, place_id=["iso:UA", "iso:UA-63"], place=["x", "y"])
    told = coarsen(events, 25, gazetteer=gazetteer)
    assert told["place_id"].tolist() == ["iso:UA", "iso:UA-63"]
    assert told["place"].tolist() == ["Ukraine", "Kharkiv"]
    assert set(told.geometry.geom_type) <= {"Polygon", "MultiPolygon"}


def test_a_division_smaller_than_a_cell_does_not_stay(gazetteer):
    """A council of Malta is finer than 100 km."""
    events = table(Point(14.51, 35.9), place_id=["iso:MT-60"], country=["MT"])
    assert gazetteer.get("iso:MT-60").kind == "admin1"
    told = coarsen(events, 100, gazetteer=gazetteer).iloc[0]
    assert (told["place_kind"], told["place"]) == ("cell", "Malta")


def test_an_id_does_not_vouch_for_a_geometry(gazetteer):
    """What leaves is the gazetteer's outline, not the one that somebody drew beside its id."""
    camp = box(36.2, 49.9, 36.201, 49.901)
    told = coarsen(table(camp, place_id=["iso:UA-63"]), 25, gazetteer=gazetteer).geometry[0]
    assert told.area > 1


def test_adm1_tells_the_division(gazetteer):
    """Its point, id and name, and a circle that reaches over all of it."""
    place = Point(36.2311, 49.9935)
    events = table(place, place, Point(37.9, 48.6), place_id=["geonames:706483", None, None],
                   admin1=["iso:UA-63", None, "nonsense"])  # fmt: skip
    told = coarsen(events, "adm1", gazetteer=gazetteer)
    held = gazetteer.get("iso:UA-63")
    first = told.iloc[0]
    assert (first["place_id"], first["place"], first["place_kind"]) == (
        held.id,
        held.name,
        "admin1",
    )
    assert (first["geometry"].x, first["geometry"].y) == (held.lon, held.lat)
    assert first["uncertainty_km"] >= km(first["geometry"], place)
    assert told["place_id"].tolist() == ["iso:UA-63", "iso:UA-63", "iso:UA-14"]


def test_adm1_tells_nothing_of_the_open_sea(gazetteer):
    """There is no division; the event stays without a geometry."""
    told = coarsen(table(Point(-150, -40)), "adm1", gazetteer=gazetteer)
    assert told.geometry[0] is None


def test_adm1_draws_a_track_between_the_divisions_of_its_ends(gazetteer):
    """What lies between would tell where it went."""
    track = LineString([(30.74, 46.48), (30.0, 44.0), (28.97, 41.01)])
    told = coarsen(table(track, role=["route"]), "adm1", gazetteer=gazetteer).geometry[0]
    ends = [(one.lon, one.lat) for one in map(gazetteer.get, ("iso:UA-51", "iso:TR-34"))]
    assert list(told.coords) == ends


def test_nothing_else_leaves(document, gazetteer):
    """No name, sentence, id, title, source or column of one's own is in the result."""
    events = event_table([document], gazetteer).assign(site="Old Mill", score=0.123456)
    told = coarsen(events, 25, gazetteer=gazetteer)
    text = pd.DataFrame(told).to_csv()
    words = ("عوفدا", "باكو", "Ovda", "Baku", "LLOV", "587084", "seed", "عنوان", "example.org",
             "Old Mill", "شحن", "عشرات", "0.123456", "الخميس")  # fmt: skip
    assert [word for word in words if word in text] == []
    assert told["event_id"].tolist() == ["event-1"] * 3 + ["event-2", "event-3", "event-3"]
    assert told["label"].tolist()[0] == "Flight"
    assert told["count"].tolist()[0] == 2
    assert told["money"].tolist()[0] == "5000000000 USD"


def test_free_words_in_closed_columns_do_not_leave():
    """A table from outside may have a name anywhere."""
    events = table(
        Point(1, 2), status=["near Old Mill"], country=["Old Mill"], money=["for Old Mill"],
        lang=["Old Mill"], casualties=['[{"kind": "Old Mill", "count": 2}]'], role=["Old Mill"],
        label=["Attack on Old Mill"], time_text=["at Old Mill"], cameo=["Old Mill"],
    )  # fmt: skip
    assert "Old Mill" not in pd.DataFrame(coarsen(events, 25)).to_csv()


def test_the_hour_does_not_leave():
    """It may be known of one place only."""
    told = coarsen(table(Point(1, 2), start_time=pd.to_datetime(["2024-05-06 03:42:17"])), 25)
    assert told["start_time"][0] == pd.Timestamp("2024-05-06")


def test_twice_is_once():
    """A table that was told coarsely can go through again."""
    once = coarsen(table(Point(36.2311, 49.9935), country=["UA"], uncertainty_km=[3.0]), 25)
    pd.testing.assert_frame_equal(pd.DataFrame(coarsen(once, 25)), pd.DataFrame(once))


def test_another_crs_and_empty_geometry_are_taken():
    """What comes out is in EPSG:4326."""
    events = table(Point(36.2311, 49.9935), None, Point())
    told = coarsen(events.to_crs("EPSG:3857"), 25)
    assert told.crs == "EPSG:4326"
    assert told.geometry[0] == coarsen(events, 25).geometry[0]
    assert told.geometry.isna().tolist() == [False, True, True]


def test_a_map_draws_areas_and_no_pins(document, gazetteer):
    """A cell, a circle or a division; a line stays a line; context is not drawn."""
    for grain in (25, "adm1"):
        drawn = as_areas(
            coarsen(event_table([document], gazetteer), grain, gazetteer=gazetteer),
            grain, gazetteer=gazetteer,
        )  # fmt: skip
        assert "Point" not in set(drawn.geometry.dropna().geom_type)
        assert drawn.geometry[drawn["role"] == "context"].isna().all()


@pytest.mark.parametrize("words", ["0", "-5", "nan", "inf", "1001", "near", "", "adm2"])
def test_other_grains_are_refused(words):
    """One sentence says what can be given."""
    with pytest.raises(ValueError, match="neither adm1 nor a number of kilometres from 1 to 1000"):
        parse_grain(words)


def test_adm1_needs_a_gazetteer():
    """It knows the divisions."""
    with pytest.raises(ValueError, match="adm1 needs a gazetteer"):
        coarsen(table(Point(1, 2)), "adm1")
