"""A derived id says how a place is made, comes back through ``get``, and is checked."""

from __future__ import annotations

import contextlib

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from gazetteer import BadQueryError, GazetteerError, UnknownPlaceError, surroundings
from gazetteer.areas import BEARINGS
from gazetteer.derived import Derivation, parse_derived_id

GEOD = Geod(ellps="WGS84")
HELD = st.sampled_from(["iso:IL", "geonames:98182", "region:donbas", "icao:LLOV"])
IDS = HELD | st.sampled_from(
    ["border@iso:SY+iso:TR", "part@(part@iso:SY-HL+geonames:170063;countryside);north"]
)
# Fits every form, so that what is made of pieces is sometimes right.
PIECES = st.sampled_from(
    [
        *("part", "border", "zone", "offset", "between", "coast", "union", "@", "+", ";"),
        *("iso:IL", "iso:JO", "geonames:98182", "south", "50"),
        *("-1", "nan", "", "x", "\x00", "\ud800", "(", ")", "near", "offshore", "countryside"),
    ]
)


@given(
    st.sampled_from(["part", "border", "zone", "offset", "between", "coast", "union"]),
    st.lists(IDS, min_size=1, max_size=2).map(tuple),
    st.lists(st.sampled_from(["", "50", "south", "iso:JO", "zone@iso:JO"]), max_size=2).map(tuple),
)
def test_an_id_holds_the_whole_derivation(form, of, parameters):
    """What is written into an id is read out of it again."""
    derivation = Derivation(form, of, parameters)
    assert parse_derived_id(derivation.id) == derivation


@pytest.mark.parametrize("place_id", ["iso:IL", "geonames:1", "region:donbas", ""])
def test_an_ordinary_id_is_not_derived(place_id):
    """Only ``@`` makes a derived id."""
    assert parse_derived_id(place_id) is None


@pytest.mark.parametrize(
    ("place_id", "name", "country"),
    [
        ("part@iso:IL;south", "Israel (south)", "IL"),
        ("border@iso:AZ+iso:IR", "Azerbaijan–Iran border", None),
        ("zone@iso:IR+iso:AZ;iso:IR", "Iran–Azerbaijan zone", "IR"),
        ("offset@geonames:98182;50;north", "50 km north of Baghdad", "IQ"),
        ("offset@geonames:98182;;north", "north of Baghdad", "IQ"),
        ("between@geonames:170654+geonames:170063", "Damascus–Aleppo between", "SY"),
        ("coast@iso:LY", "Libya coast", "LY"),
        ("coast@iso:LY;offshore", "off the coast of Libya", "LY"),
        ("coast@iso:LY;offshore;37.04", "37 km off the coast of Libya", "LY"),
        ("union@iso:SY-HI+iso:SY-HM", "Homs, Hama", "SY"),
        ("part@(border@iso:IL);north", "Israel border (north)", "IL"),
        ("part@iso:SY-HI+(border@iso:LB);near", "Homs near Lebanon border", "SY"),
    ],
)
def test_a_derived_place_comes_back_by_its_id(gazetteer, place_id, name, country):
    """It has a name that says what it is, its form as kind, and a point on its shape."""
    place = gazetteer.get(place_id)
    shape = gazetteer.geometry(place)
    assert (place.id, place.name, place.country) == (place_id, name, country)
    assert place.kind == place_id.partition("@")[0]
    assert place.source == "derived"
    assert place.uncertainty_km > 0
    assert not shape.is_empty
    assert shape.distance(shapely.Point(place.lon, place.lat)) < 0.001


@pytest.mark.parametrize(
    ("place_id", "name", "nearest_km", "farthest_km"),
    [
        ("offset@geonames:98182;;near", "near Baghdad", 0, 30),
        ("offset@geonames:98182;50;from", "50 km from Baghdad", 40, 60),
        ("offset@geonames:98182;50;within", "within 50 km of Baghdad", 0, 50),
    ],
)
def test_what_lies_around_a_place_has_its_point(gazetteer, place_id, name, nearest_km, farthest_km):
    """A disc or a ring is drawn, and stands for itself with the middle and the radius."""
    baghdad, place = gazetteer.get("geonames:98182"), gazetteer.get(place_id)
    ring = gazetteer.geometry(place_id)
    edges = shapely.get_coordinates(ring)
    km = [GEOD.inv(baghdad.lon, baghdad.lat, *edge)[2] / 1000 for edge in edges]
    assert (place.name, place.country) == (name, "IQ")
    assert (place.lat, place.lon) == (baghdad.lat, baghdad.lon)
    assert max(km) == pytest.approx(farthest_km, rel=0.01)
    assert place.uncertainty_km == pytest.approx(farthest_km, rel=0.01)
    assert ring.intersects(shapely.Point(baghdad.lon, baghdad.lat)) == (nearest_km == 0)
    if nearest_km:
        assert min(km) == pytest.approx(nearest_km, rel=0.01)


def test_the_countryside_is_the_province_without_its_town(gazetteer):
    """Aleppo's governorate less a disc of the town's radius."""
    place_id = "part@iso:SY-HL+geonames:170063;countryside"
    aleppo, province = gazetteer.get("geonames:170063"), gazetteer.geometry("iso:SY-HL")
    land = gazetteer.geometry(place_id)
    assert gazetteer.get(place_id).name == "Aleppo countryside"
    assert not land.intersects(shapely.Point(aleppo.lon, aleppo.lat))
    assert province.buffer(1e-6).covers(land)
    assert 0.9 < land.area / province.area < 1


def test_a_town_that_fills_its_province_has_land_around_it(gazetteer):
    """Damascus is a governorate of its own: its countryside lies outside, but in the country."""
    land = gazetteer.geometry("part@iso:SY-DI+geonames:170654;countryside")
    damascus = gazetteer.get("geonames:170654")
    syria = gazetteer.geometry("iso:SY")
    assert syria.buffer(0.01).covers(land)
    assert not land.intersects(shapely.Point(damascus.lon, damascus.lat))
    assert land.area > gazetteer.geometry("iso:SY-DI").area


@pytest.mark.parametrize("place_id", ["coast@iso:LY;offshore", "coast@iso:LY;offshore;20"])
def test_waters_off_a_coast_are_no_land(gazetteer, place_id):
    """The band lies along the coast, in the sea, and as far off as is said."""
    waters, libya = gazetteer.geometry(place_id), gazetteer.geometry("iso:LY")
    assert waters.intersection(libya).area < 0.01 * waters.area
    assert waters.distance(libya) < 0.2
    assert waters.distance(gazetteer.geometry("coast@iso:LY")) < 0.2


def test_a_nested_place_is_made_of_the_one_inside(gazetteer):
    """North of the countryside, and of that what the border is near to."""
    outer = "part@iso:SY-HL+geonames:170063;countryside"
    north = f"part@({outer});north"
    near = f"part@({north})+(border@iso:TR);near"
    shapes = [gazetteer.geometry(i) for i in (near, north, outer)]
    assert [s.is_valid and not s.is_empty for s in shapes] == [True] * 3
    assert shapes[1].buffer(1e-6).covers(shapes[0])
    assert shapes[2].buffer(1e-6).covers(shapes[1])
    assert shapes[0].area < 0.8 * shapes[1].area


def test_a_list_is_all_of_its_places(gazetteer):
    """Provinces join to one area; with a town among them the town is a disc."""
    homs, hama = (gazetteer.geometry(i) for i in ("iso:SY-HI", "iso:SY-HM"))
    both = gazetteer.geometry("union@iso:SY-HI+iso:SY-HM")
    assert both.area == pytest.approx(homs.union(hama).area)
    towns = gazetteer.geometry("union@geonames:169577+geonames:170017")
    assert towns.geom_type == "MultiPoint"
    mixed = gazetteer.geometry("union@iso:SY-HI+geonames:170017")
    assert mixed.geom_type == "MultiPolygon"


def test_the_northern_border_is_in_the_north(gazetteer):
    """Israel's runs along Lebanon, not along Egypt."""
    north = gazetteer.geometry("part@(border@iso:IL);north")
    assert north.distance(gazetteer.geometry("border@iso:IL+iso:LB")) == 0
    assert north.bounds[1] > 32
    assert gazetteer.geometry("border@iso:IL").covers(north.representative_point())


def test_a_border_has_all_its_parts(gazetteer):
    """Azerbaijan meets Iran twice, east and west of Armenia: together 580 to 590 km."""
    border = gazetteer.geometry("border@iso:AZ+iso:IR")
    assert border.geom_type == "MultiLineString"
    west, east = sorted(border.geoms, key=lambda line: line.centroid.x)
    assert west.bounds[2] < 46.4 < east.bounds[0]
    assert 580 <= GEOD.geometry_length(border) / 1000 <= 590


def test_a_border_is_the_same_from_both_sides(gazetteer):
    """The order of the two countries does not matter."""
    one = gazetteer.geometry("border@iso:AZ+iso:IR")
    other = gazetteer.geometry("border@iso:IR+iso:AZ")
    assert one.equals(other)


def test_a_zone_keeps_to_the_named_side(gazetteer):
    """The band on Iran's side lies in Iran and is smaller than the band on both."""
    both = gazetteer.geometry("zone@iso:IR+iso:AZ")
    one = gazetteer.geometry("zone@iso:IR+iso:AZ;iso:IR")
    assert gazetteer.geometry("iso:IR").buffer(1e-6).covers(one)
    assert both.covers(gazetteer.geometry("border@iso:IR+iso:AZ"))
    assert 0.3 < one.area / both.area < 0.7


@pytest.mark.parametrize("side", BEARINGS)
def test_an_offset_is_right_to_one_per_cent(gazetteer, side):
    """50 km from Baghdad are 50 km on the ground."""
    baghdad = gazetteer.get("geonames:98182")
    place = gazetteer.get(f"offset@geonames:98182;50;{side}")
    azimuth, _, metres = GEOD.inv(baghdad.lon, baghdad.lat, place.lon, place.lat)
    assert metres / 1000 == pytest.approx(50, rel=0.01)
    assert (azimuth - BEARINGS[side] + 180) % 360 - 180 == pytest.approx(0, abs=0.1)
    assert place.uncertainty_km >= 10


def test_the_part_of_a_town_is_a_half_disc_on_its_side(gazetteer):
    """A town without an outline has a southern part as well."""
    baghdad, south = gazetteer.get("geonames:98182"), gazetteer.get("part@geonames:98182;south")
    assert south.lat < baghdad.lat
    assert south.lon == pytest.approx(baghdad.lon, abs=0.001)


def test_a_coast_leaves_the_land_borders_out(gazetteer):
    """Libya's coast runs along the sea and not along Egypt."""
    coast = gazetteer.geometry("coast@iso:LY")
    assert coast.distance(shapely.Point(20.07, 32.12)) < 0.3  # Benghazi
    assert coast.distance(shapely.Point(25.0, 28.0)) > 2  # the border with Egypt


@pytest.mark.parametrize(
    "place_id",
    [
        *("", "iso:", "iso:ZZ", "garbage", "@", "foo@iso:IL", "part@", "part@iso:ZZ;south"),
        *("border@iso:IL+", "iso:IL\x00", "iso:IL\ud800", "geonames:98182 ", "ISO:IL"),
        *("coast@" * 2000 + "iso:IL", "part@part@iso:IL;south;north", "x" * 100_000),
        *("part@(part@iso:IL;south;north", "part@(iso:IL);south", "part@" + "(" * 3000),
        *("part@(part@iso:IL;south)x;north", "offset@iso:IL);;near"),
        *("border@iso:IL+iso:AZ", "coast@iso:AT", "border@geonames:98182+geonames:98182"),
    ],
)
def test_an_id_of_nothing_is_unknown(gazetteer, place_id):
    """The error is one short sentence that says what to do."""
    with pytest.raises(
        UnknownPlaceError, match=r"^No place has the id .* search for its name"
    ) as e:
        gazetteer.get(place_id)
    assert isinstance(e.value, LookupError)
    assert len(str(e.value)) < 500


@pytest.mark.parametrize(
    ("place_id", "why"),
    [
        ("part@iso:IL", "parameters"),
        ("part@iso:IL;up", "'up' is no side"),
        ("part@geonames:98182;up", "'up' is no side"),
        ("part@iso:IL;northsouth", "is no side"),
        ("part@iso:IL;south;east", "parameters"),
        ("part@iso:IL+iso:JO;south", "places"),
        ("offset@geonames:98182;50", "parameters"),
        ("offset@geonames:98182;x;north", "'x'"),
        ("offset@geonames:98182;nan;north", "no distance"),
        ("offset@geonames:98182;inf;north", "no distance"),
        ("offset@geonames:98182;-5;north", "no distance"),
        ("offset@geonames:98182;99999;north", "no distance"),
        ("offset@geonames:98182;50;central", "no direction"),
        ("offset@geonames:98182;50;near", "distance"),
        ("offset@geonames:98182;;from", "distance"),
        ("coast@iso:LY;onshore", "'onshore'"),
        ("part@(border@iso:IL);central", "no centre"),
        ("part@iso:IL;near", "places"),
        ("union@iso:IL", "places"),
        ("zone@iso:IR+iso:AZ;iso:FR", "'iso:FR' is none of its places"),
        ("zone@iso:IR+iso:AZ+iso:TR", "places"),
        ("between@iso:IL", "places"),
    ],
)
def test_an_id_that_makes_no_sense_is_refused(gazetteer, place_id, why):
    """The error repeats the id and says what is wrong with it."""
    with pytest.raises(BadQueryError, match=why) as error:
        gazetteer.geometry(place_id)
    assert place_id in str(error.value)
    with pytest.raises(BadQueryError):
        gazetteer.get(place_id)


def test_a_stretch_between_a_place_and_itself_is_no_error(gazetteer):
    """Two mentions of one town are a point of a line."""
    assert gazetteer.geometry("between@geonames:98182+geonames:98182").length == 0


@given(st.lists(PIECES, max_size=8).map("".join))
def test_garbled_ids_raise_the_packages_errors_only(gazetteer, place_id):
    """Ids come from files that others edited."""
    with contextlib.suppress(GazetteerError):
        assert gazetteer.get(place_id).id


@pytest.mark.parametrize(
    ("place_id", "on", "off", "km"),
    [
        ("iso:PS-GZZ", (34.43, 31.53), (34.36, 31.27), 37),  # Gaza's beach; the fence
        ("iso:US-CA", (-122.5, 37.76), (-120.0, 40.0), 2700),  # San Francisco; Nevada
        ("region:levant", (35.48, 33.89), (38.8, 33.4), 670),  # Beirut; Tanf
        ("iso:IR", (50.84, 28.95), (45.42, 34.37), 3400),  # Bushehr; Khosravi
    ],
)
def test_divisions_and_groups_of_countries_have_a_coast(gazetteer, place_id, on, off, km):
    """The coast of a part or a group of countries is no border, and its border no coast."""
    coast = gazetteer.geometry(f"coast@{place_id}")
    border = gazetteer.geometry(f"border@{place_id}")
    whole = gazetteer.geometry(place_id).boundary
    assert coast.distance(shapely.Point(on)) < 0.15
    assert coast.distance(shapely.Point(off)) > border.distance(shapely.Point(off))
    assert border.distance(shapely.Point(off)) < 0.15
    assert GEOD.geometry_length(coast) / 1000 == pytest.approx(km, rel=0.2)
    assert coast.length + border.length == pytest.approx(whole.length, rel=0.01)


@pytest.mark.parametrize(
    ("place_id", "on"),
    [
        ("geonames:64435", (45.01, 10.44)),  # Berbera, in Somaliland
        ("geonames:145955", (34.18, 35.56)),  # Yenierenköy, in Northern Cyprus
        ("iso:SO", (49.18, 11.28)),  # Bosaso
    ],
)
def test_disputed_land_has_a_coast(gazetteer, place_id, on):
    """It is drawn beside the countries, and its border with one is no coast."""
    coast = gazetteer.geometry(f"coast@{place_id}")
    assert coast.distance(shapely.Point(on)) < 0.1
    assert coast.distance(shapely.Point(48.0, 9.5)) > 0.5  # between Somaliland and Puntland


def test_a_town_without_land_has_no_coast(gazetteer):
    """Where no land is drawn, a text that speaks of a coast is read all the same."""
    assert surroundings.coast_of_town(shapely.Point(0, 0), []).is_empty
    found = gazetteer.geoparse("A ship was seized off the coast of Hargeisa.", lang="en")
    assert [r.mention.text for r in found if r.place] == ["Hargeisa"]


def test_a_country_without_a_neighbour_has_no_border(gazetteer):
    """Japan's outline is all coast, Austria's all border."""
    assert gazetteer.geometry("border@iso:JP").is_empty
    assert gazetteer.geometry("coast@iso:AT").is_empty
    assert gazetteer.geometry("border@iso:AT").length > 0
