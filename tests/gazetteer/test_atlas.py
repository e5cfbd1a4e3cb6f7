"""Countries have the shape that a viewpoint sees, and the neutral one leaves disputes out."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import numpy as np
import pytest
import shapely
from pyproj import Geod

from gazetteer import UnknownPlaceError
from gazetteer.derived import Derivation
from gazetteer.place import COUNTRY_KINDS
from gazetteer.sources.curated import read_curated
from gazetteer.viewpoints import NEUTRAL, SELF, Viewpoint, described_viewpoints

GEOD = Geod(ellps="WGS84")
# Towns of GeoNames, looked up by id: no coordinate is typed here.
SIMFEROPOL, DONETSK, SRINAGAR, ITANAGAR = (
    "geonames:693805", "geonames:709717", "geonames:1255634", "geonames:1269655",
)  # fmt: skip
LAAYOUNE, PRISTINA, SUKHUMI, MOSCOW = (
    "geonames:2462881", "geonames:786714", "geonames:611847", "geonames:524901",
)  # fmt: skip
KATZRIN, LETHEM, STEPANAKERT, KUWAIT = (
    "geonames:443093", "geonames:3377301", "geonames:146970", "geonames:285787",
)  # fmt: skip


@pytest.fixture(scope="module")
def atlas(gazetteer):
    """Return the atlas of the embedded gazetteer."""
    return gazetteer._atlas


@pytest.fixture(scope="module")
def point(gazetteer):
    """Return a function: the point of a town."""

    def point(town):
        place = gazetteer.get(town)
        return shapely.Point(place.lon, place.lat)

    return point


# ---------------------------------------------------------------- neutral


@pytest.mark.parametrize(
    ("town", "sides"),
    [
        (SIMFEROPOL, ["RU", "UA"]),
        (SRINAGAR, ["IN", "PK"]),
        (ITANAGAR, ["IN", "CN"]),
        (LAAYOUNE, ["MA"]),
        (SUKHUMI, ["GE"]),
        (KATZRIN, ["IL", "SY"]),
        (LETHEM, ["GY", "VE"]),
    ],
)
def test_disputed_ground_is_on_neither_side_of_a_neutral_map(town, sides, atlas, point):
    """Neither who holds it nor who claims it contains it."""
    for code in sides:
        assert not atlas.geometry(f"iso:{code}").covers(point(town)), code


def test_an_outline_is_left_whole_where_no_line_of_a_claim_is_one_on_the_ground(atlas, point):
    """Each side holds a part of the Donetsk oblast: it stays in Ukraine's outline, and disputed."""
    donetsk = point(DONETSK)
    assert atlas.geometry("iso:UA").covers(donetsk)
    claims = atlas.disputes.disputes_at(donetsk.y, donetsk.x)
    assert [claim.claimed_by for claim in claims] == [("RU", "UA")]
    assert atlas.geometry("iso:RU", Viewpoint("RU")).covers(donetsk)


def test_undisputed_ground_stays(atlas, point):
    """What is cut out is the disputed area and nothing else."""
    assert atlas.geometry("iso:RU").covers(point(MOSCOW))
    assert not atlas.geometry("iso:FR").is_empty
    assert atlas.geometry("iso:FR") is atlas.outline("iso:FR")


def test_a_dispute_about_a_whole_country_leaves_it_its_outline(atlas, point):
    """Kosovo, Taiwan and the Falklands are drawn; Western Sahara on both sides of the berm."""
    for code in ("XK", "TW", "FK", "GI"):
        assert atlas.geometry(f"iso:{code}").equals(atlas.outline(f"iso:{code}"))
    assert atlas.geometry("iso:XK").covers(point(PRISTINA))
    assert atlas.geometry("iso:EH").covers(point(LAAYOUNE))
    assert not atlas.outline("iso:EH").covers(point(LAAYOUNE))


def test_countries_and_disputes_fill_what_is_held(atlas):
    """On a neutral map nothing is lost and nothing is drawn twice."""
    disputes = atlas.disputes
    for code in ("RU", "UA", "IN", "PK", "CN", "IL", "MA", "GE", "SD", "GY"):
        unit = f"iso:{code}"
        cut = [
            disputes._piece(claim.place_id, claim.area, unit)
            for claim in disputes.in_force()
            if unit in claim.drawn_in and f"iso:{claim.drawn_with(NEUTRAL)}" != unit
        ]
        left = disputes.country_area(code)
        whole = shapely.union_all([left, *cut], grid_size=1e-7)
        held = atlas.outline(unit)
        assert shapely.symmetric_difference(whole, held).area < 1e-4, code
        assert all(shapely.intersection(left, piece).area < 1e-4 for piece in cut), code


# ---------------------------------------------------------------- from a side


@pytest.mark.parametrize(
    ("town", "viewpoint", "code"),
    [
        (SIMFEROPOL, "RU", "RU"),
        (SIMFEROPOL, "UA", "UA"),
        (SIMFEROPOL, "FR", "UA"),
        (SRINAGAR, "IN", "IN"),
        (SRINAGAR, "PK", "PK"),
        (ITANAGAR, "CN", "CN"),
        (LAAYOUNE, "MA", "MA"),
        (LAAYOUNE, "EH", "EH"),
        (PRISTINA, "RS", "RS"),
        (PRISTINA, "US", "XK"),
        (SUKHUMI, "GE", "GE"),
        (KATZRIN, "IL", "IL"),
        (KATZRIN, "SY", "SY"),
        (LETHEM, "VE", "VE"),
        (LETHEM, "GY", "GY"),
    ],
)
def test_a_viewpoint_puts_disputed_ground_in_one_country(town, viewpoint, code, atlas, point):
    """In that one, whole, and in no other."""
    seen = Viewpoint.parse(viewpoint)
    country = atlas.geometry(f"iso:{code}", seen)
    assert country.is_valid
    assert country.covers(point(town))
    assert atlas.disputes.country_at(point(town).y, point(town).x, seen) == code
    others = {"RU", "UA", "IN", "PK", "CN", "MA", "RS", "IL", "SY", "VE", "GY", "GE"} - {code}
    for other in others:
        assert not atlas.disputes.country_area(other, seen).covers(point(town)), other


def test_what_a_viewpoint_holds_independent_is_nobodys(atlas, point):
    """Seen from Russia, Abkhazia is no part of Georgia, and no country of ISO 3166 either."""
    russian = Viewpoint.parse("RU")
    sukhumi = point(SUKHUMI)
    assert not atlas.geometry("iso:GE", russian).covers(sukhumi)
    assert atlas.disputes.country_at(sukhumi.y, sukhumi.x, russian) is None


def test_a_country_that_a_viewpoint_does_not_know_has_no_area(atlas):
    """Its name still means that land."""
    serbian = Viewpoint.parse("RS")
    assert atlas.disputes.country_area("XK", serbian).is_empty
    assert atlas.geometry("iso:XK", serbian).equals(atlas.outline("iso:XK"))


@pytest.mark.parametrize("place_id", ["region:crimea", "iso:IN-JK", SIMFEROPOL, "sea:black-sea"])
def test_names_of_areas_mean_the_same_land_from_everywhere(place_id, atlas):
    """Only countries change with the viewpoint."""
    for code in ("RU", "UA", "IN", "PK"):
        assert atlas.geometry(place_id, Viewpoint.parse(code)) is atlas.outline(place_id)


def test_a_border_follows_the_viewpoint(atlas, gazetteer):
    """Seen from India, Pakistan ends at the old state; seen from nowhere, at the line held."""
    held = atlas.geometry("border@iso:IN+iso:PK")
    indian = atlas.geometry("border@iso:IN+iso:PK", Viewpoint.parse("IN"))
    assert GEOD.geometry_length(held) > 2_500_000
    area = gazetteer.geometry("iso:IN-JK")
    assert held.intersects(area.buffer(0.05))
    assert not indian.intersects(shapely.box(74.4, 34.5, 77, 35.1))  # the Line of Control's north


def test_the_border_of_iran_and_azerbaijan_has_two_parts(atlas):
    """East and west of Armenia, 580 to 590 km on outlines of this detail, from everywhere."""
    for seen in (NEUTRAL, Viewpoint("AZ"), Viewpoint("IR")):
        line = atlas.geometry("border@iso:AZ+iso:IR", seen)
        assert shapely.get_num_geometries(line) == 2
        assert 580_000 < GEOD.geometry_length(line) < 590_000


@pytest.mark.parametrize("code", sorted(described_viewpoints()))
def test_every_viewpoint_sees_valid_countries(code, atlas):
    """All countries that its view changes, polygons and nothing else."""
    seen = Viewpoint(code)
    owners = {claim.owner(seen) for claim in atlas.disputes.in_force()} - {None, SELF}
    drawn = {u for c in atlas.disputes.in_force() for u in c.drawn_in if u.startswith("iso:")}
    for country in sorted({*(f"iso:{owner}" for owner in owners), *drawn}):
        area = atlas.geometry(country, seen)
        assert area.is_valid, country
        assert area.geom_type in {"Polygon", "MultiPolygon"}, country
        assert not area.is_empty, country


# ---------------------------------------------------------------- whose is it?


@pytest.mark.parametrize(
    ("place_id", "viewpoint", "country"),
    [
        (MOSCOW, "neutral", "RU"),
        (SIMFEROPOL, "neutral", None),
        (SIMFEROPOL, "RU", "RU"),
        (SIMFEROPOL, "UA", "UA"),
        ("region:crimea", "UA", "UA"),
        ("region:crimea", "neutral", None),
        ("iso:XK", "neutral", "XK"),
        ("iso:XK", "RS", "RS"),
        ("iso:TW", "CN", "CN"),
        ("iso:GE-AB", "RU", None),
        ("iso:GE-AB", "FR", "GE"),
        ("region:northern-cyprus", "CY", "CY"),
    ],
)
def test_a_place_belongs_where_the_viewpoint_puts_it(place_id, viewpoint, country, atlas):
    """None on disputed ground of a neutral map."""
    place = atlas.place(place_id)
    assert atlas.country_of(place, Viewpoint.parse(viewpoint)) == country


@pytest.mark.parametrize(
    ("town", "at", "labels"),
    [
        (SIMFEROPOL, None, ["Crimea"]),
        (SIMFEROPOL, date(2010, 1, 1), []),
        (MOSCOW, None, []),
        (STEPANAKERT, date(2016, 4, 2), ["Nagorno-Karabakh and districts around it (Artsakh)"]),
        (STEPANAKERT, date(2022, 1, 1), ["Nagorno-Karabakh (Artsakh)"]),
        (STEPANAKERT, None, []),
        (KUWAIT, date(1991, 1, 17), ["Kuwait under Iraqi occupation"]),
        (KUWAIT, None, []),
        (KATZRIN, None, ["Golan Heights"]),
    ],
)
def test_disputes_at_a_point_are_those_of_the_time(town, at, labels, atlas, point):
    """Without a date, today's."""
    spot = point(town)
    assert [claim.label for claim in atlas.disputes.disputes_at(spot.y, spot.x, at)] == labels


def test_a_country_of_the_past_has_the_disputes_of_its_time(atlas, point):
    """In 2010 Crimea was in no dispute; Karabakh was."""
    at = date(2010, 1, 1)
    assert atlas.disputes.country_area("UA", at=at).covers(point(DONETSK))
    assert not atlas.disputes.country_area("AZ", at=at).covers(point(STEPANAKERT))
    assert atlas.disputes.country_area("AZ").covers(point(STEPANAKERT))


def test_a_neutral_map_shows_the_disputes_with_both_sides(atlas):
    """Label, time, who holds and who claims; a side's map shows only what it leaves open."""
    shown = {claim.place_id: claim.properties for claim, _ in atlas.disputes.disputed()}
    assert shown["region:liancourt-rocks"] == {
        "place_id": "region:liancourt-rocks",
        "label": "Liancourt Rocks (Dokdo, Takeshima)",
        "administered_by": ["KR"],
        "claimed_by": ["JP", "KR"],
        "since": "1952-01-18",
        "until": None,
        "source": "unverified",
    }
    seen_from_japan = {claim.place_id for claim, _ in atlas.disputes.disputed(Viewpoint("JP"))}
    assert len(shown) > 45
    assert "region:liancourt-rocks" not in seen_from_japan
    assert "region:abyei" in seen_from_japan


def test_a_cut_leaves_no_specks(atlas):
    """Coasts of divisions and of countries differ a little: no crumbs of Russia lie on Crimea's."""
    crimea = shapely.buffer(atlas.outline("region:crimea"), 0.02)
    parts = shapely.get_parts(atlas.geometry("iso:RU"))
    assert not shapely.intersects(parts, crimea)[shapely.area(parts) < 0.001].any()


def test_an_unknown_country_is_named(atlas):
    """As everywhere."""
    with pytest.raises(UnknownPlaceError, match="iso:QQ"):
        atlas.disputes.country_area("QQ")


# ---------------------------------------------------------------- all of them


def test_every_held_outline_is_valid(gazetteer):
    """All of the shipped polygons: valid, not empty, on the globe."""
    store = gazetteer._store
    areas = np.array([store.area(row) for row in range(len(store)) if store.has_area(row)])
    assert len(areas) >= 5863
    assert shapely.is_valid(areas).all()
    assert not shapely.is_empty(areas).any()
    west, south, east, north = shapely.bounds(areas).T
    assert (west >= -180.01).all()
    assert (east <= 180.01).all()
    assert (south >= -90).all()
    assert (north <= 90).all()


def test_every_neutral_country_is_valid(atlas, gazetteer):
    """All countries and territories, with their disputes cut out."""
    kinds = [c for c, kind in enumerate(gazetteer._store.kinds) if kind in COUNTRY_KINDS]
    rows = np.flatnonzero(np.isin(gazetteer._store.kind, kinds)).tolist()
    areas = [atlas.geometry(gazetteer._store.place_id(row)) for row in rows]
    assert len(areas) > 240
    assert all(area.is_valid and not area.is_empty for area in areas)


def test_a_cut_is_made_once(atlas):
    """A country with a dispute is as quick as one without when it is asked for again."""
    first = atlas.geometry("iso:RU")
    start = perf_counter()
    again = [atlas.geometry("iso:RU", NEUTRAL) for _ in range(1000)]
    assert perf_counter() - start < 0.1
    assert all(area is first for area in again)


def test_a_row_that_is_one_unit_is_that_unit(gazetteer):
    """Crete, Tigray and the West Bank stand once; the old ids still find them."""
    merged = [(row.id, old) for row in read_curated() for old in row.same_as]
    assert ("iso:GR-M", "region:crete") in merged
    assert len(merged) > 40
    for place_id, old in merged:
        assert gazetteer.get(old) == gazetteer.get(place_id)
        assert old in gazetteer.get(place_id).equivalents


def test_a_part_of_what_has_no_extent_has_none(gazetteer):
    """An inland town has no coast, and so nothing north of it; a text that says so is read."""
    zurich = gazetteer.search("Zürich", limit=1)[0].place.id
    coast = Derivation("coast", (zurich,))
    assert gazetteer._atlas.derive(coast) is None
    assert gazetteer._atlas.derive(Derivation("part", (coast.id,), ("north",))) is None
    places = gazetteer.geoparse("Fighting went on north of the coast of Zürich.", lang="en")
    assert zurich in {found.place.id for found in places if found.place}


def test_what_makes_no_sense_of_a_place_is_not_derived_from_a_text(gazetteer):
    """A text may speak of the centre of a river, which is held as a line."""
    assert (
        gazetteer._atlas.derive(Derivation("part", ("river:yellow-river",), ("central",))) is None
    )
    found = gazetteer.geoparse("Floods hit the central Yellow River.", lang="en")
    assert {one.place.id for one in found if one.place} == {"river:yellow-river"}
