"""A viewpoint says whose disputed ground is, and the neutral one says nothing."""

from __future__ import annotations

import csv
import os
import re
from datetime import date
from pathlib import Path

import geopandas
import pytest
import shapely

from gazetteer import BadQueryError
from gazetteer.data import data_path
from gazetteer.viewpoints import (
    NEUTRAL,
    NEUTRAL_VIEW,
    OTHERS,
    SELF,
    Claim,
    Viewpoint,
    described_viewpoints,
    read_claims,
)

CLAIMS = read_claims()
IDS = [f"{claim.place_id} {claim.since}" for claim in CLAIMS]
PARTY = re.compile(r"[A-Z]{2}|self")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SOURCE = re.compile(
    r"Natural Earth 5( \([a-z ]+\))?|[AS]/(RES/)?[\dA-Z()/-]+|unverified|recognition: unverified"
    r"|Geneva Agreement of 17 February 1966"
)


def claim(place_id, *, since=None):
    """Return the claim on a place, the one that stands where there are several."""
    found = [c for c in CLAIMS if c.place_id == place_id and (since is None or c.since == since)]
    return next((c for c in found if c.until is None), found[0])


def view(code):
    """Return a viewpoint."""
    return Viewpoint.parse(code)


# ---------------------------------------------------------------- viewpoints


@pytest.mark.parametrize("word", ["neutral", "NEUTRAL", "Neutral"])
def test_neutral_is_a_viewpoint(word):
    """And the default."""
    assert Viewpoint.parse(word) == NEUTRAL == Viewpoint()
    assert NEUTRAL.is_neutral
    assert str(NEUTRAL) == "neutral"


@pytest.mark.parametrize("code", ["RU", "UA", "IN", "PK", "CN", "IL", "SY", "TR", "MA", "AR"])
def test_parties_to_disputes_are_viewpoints(code):
    """In either case of letters."""
    assert Viewpoint.parse(code.lower()) == Viewpoint(code)
    assert not Viewpoint(code).is_neutral


@pytest.mark.parametrize("word", ["", "CH", "russian", "self", "*", "R"])
def test_a_view_that_nobody_described_is_refused(word):
    """The error lists those that are; it does not fall back to neutral in silence."""
    with pytest.raises(BadQueryError, match=r"use neutral or one of AE, AR, .*VN, XK, ZA"):
        Viewpoint.parse(word)


def test_neutral_decides_nothing():
    """Not one disputed area has an owner."""
    assert {c.owner(NEUTRAL) for c in CLAIMS} == {None}


@pytest.mark.parametrize(
    ("place_id", "viewpoint", "owner"),
    [
        ("region:crimea", "RU", "RU"),
        ("region:crimea", "UA", "UA"),
        ("region:crimea", "TR", "UA"),
        ("region:golan-heights", "IL", "IL"),
        ("region:golan-heights", "US", "IL"),
        ("region:golan-heights", "SY", "SY"),
        ("region:golan-heights", "FR", None),  # a line of control, no border, says Natural Earth
        ("iso:IN-AR", "CN", "CN"),
        ("iso:IN-AR", "IN", "IN"),
        ("region:aksai-chin", "IN", "IN"),
        ("region:aksai-chin", "PK", "CN"),
        ("iso:PK-GB", "IN", "IN"),
        ("iso:PK-GB", "PK", "PK"),
        ("iso:PK-GB", "FR", None),
        ("iso:XK", "RS", "RS"),
        ("iso:XK", "US", "XK"),
        ("iso:TW", "CN", "CN"),
        ("iso:TW", "TW", "TW"),
        ("iso:EH", "MA", "MA"),
        ("iso:EH", "EH", "EH"),
        ("region:northern-cyprus", "TR", SELF),
        ("region:northern-cyprus", "GR", "CY"),
        ("iso:GE-AB", "RU", SELF),
        ("iso:GE-AB", "FR", "GE"),
        ("iso:FK", "AR", "AR"),
        ("iso:FK", "GB", "FK"),
        ("region:southern-kurils", "JP", "JP"),
        ("region:abyei", "SD", "SD"),
        ("region:abyei", "SS", "SS"),
        ("region:abyei", "FR", None),
    ],
)
def test_a_viewpoint_puts_an_area_where_it_sees_it(place_id, viewpoint, owner):
    """Claimants see what they claim as theirs; others as Natural Earth classes their view."""
    assert claim(place_id).owner(view(viewpoint)) == owner


@pytest.mark.parametrize(
    ("place_id", "at", "in_force"),
    [
        ("region:artsakh-1994", date(2016, 4, 2), True),
        ("region:artsakh-1994", date(2020, 11, 10), False),
        ("region:artsakh-2020", date(2020, 11, 10), True),
        ("region:artsakh-2020", None, False),
        ("region:crimea", date(2013, 7, 1), False),
        ("region:crimea", None, True),
        ("iso:KW", date(1991, 1, 17), True),
        ("iso:KW", None, False),
    ],
)
def test_a_dispute_has_its_time(place_id, at, in_force):
    """Without a date it is today's disputes that count."""
    assert claim(place_id).in_force(at) is in_force


# ---------------------------------------------------------------- the table


@pytest.mark.parametrize("row", CLAIMS, ids=IDS)
def test_a_claim_is_written_as_the_readme_says(row, gazetteer):
    """Codes, dates and sources have their forms; every id is held."""
    assert row.label
    assert all(PARTY.fullmatch(p) for p in (*row.administered_by, *row.claimed_by))
    assert all(PARTY.fullmatch(p) or p in {OTHERS, NEUTRAL_VIEW} for p in row.views)
    assert all(PARTY.fullmatch(owner) for owner in row.views.values())
    assert all(DATE.fullmatch(day) for day in (row.since, row.until) if day)
    assert not (row.since and row.until) or row.since < row.until
    assert [s for s in row.source.split("; ") if not SOURCE.fullmatch(s)] == []
    for place_id in (row.place_id, *row.drawn_in):
        assert gazetteer.get(place_id)


@pytest.mark.parametrize("row", CLAIMS, ids=IDS)
def test_an_owner_is_a_party_to_the_dispute(row):
    """A view gives the area to who claims it, administers it or is it; a claimant to itself."""
    territory = row.place_id.removeprefix("iso:")
    parties = {*row.claimed_by, *row.administered_by, territory}
    assert set(row.views.values()) <= parties
    for code in {*row.claimed_by} - {SELF}:
        assert row.owner(Viewpoint(code)) in {code, territory}


@pytest.mark.parametrize("row", CLAIMS, ids=IDS)
def test_a_claim_lies_in_the_outlines_that_it_says(row, gazetteer):
    """What is to be cut is there, all of it but slivers, in each of the outlines named."""
    disputes = gazetteer._atlas.disputes
    area = disputes.area(row)
    assert area.is_valid
    assert not area.is_empty
    for unit in row.drawn_in:
        shared = shapely.intersection(gazetteer._atlas.outline(unit), area)
        assert shared.area > 0, unit
    assert area.area > 0


def test_claims_of_one_time_do_not_overlap(gazetteer):
    """A dispute is apart from others or inside one (East Jerusalem), never across two."""
    disputes = gazetteer._atlas.disputes
    rows = [c for c in disputes.in_force() if c.drawn_in]
    areas = [disputes.area(c) for c in rows]
    for first, second in shapely.STRtree(areas).query(areas, predicate="overlaps").T.tolist():
        common = shapely.intersection(areas[first], areas[second]).area
        smaller = min(areas[first].area, areas[second].area)
        share = common / smaller
        assert share < 0.02 or share > 0.98, (rows[first].place_id, rows[second].place_id)


def test_what_is_not_cut_lies_in_what_is(gazetteer):
    """A row without an outline is a part of another dispute."""
    disputes = gazetteer._atlas.disputes
    loose = [c for c in CLAIMS if not c.drawn_in]
    assert [c.place_id for c in loose] == ["region:shebaa-farms"]
    golan = disputes.area(claim("region:golan-heights"))
    assert shapely.intersects(golan, disputes.area(loose[0]))


# ---------------------------------------------------------------- against Natural Earth


@pytest.fixture(scope="module")
def countries():
    """Return Natural Earth's countries, or skip."""
    root = os.environ.get("GEOEVENTS_SOURCES")
    if not root:
        pytest.skip("GEOEVENTS_SOURCES does not name a folder with the unpacked data packages")
    path = next(Path(root).glob("nstk*/**/ne_10m_admin_0_countries.shp"))
    return geopandas.read_file(path, ignore_geometry=True).set_index("ADM0_A3")


NOT_RECOGNISED = {"Unrecognized", "Admin-1 region", "Admin-1 states provinces"}


@pytest.mark.parametrize(
    ("a3", "place_id", "itself", "claimant"),
    [
        ("KOS", "iso:XK", "XK", "RS"),
        ("TWN", "iso:TW", "TW", "CN"),
        ("SAH", "iso:EH", "EH", "MA"),
        ("CYN", "region:northern-cyprus", SELF, "CY"),
        ("SOL", "region:somaliland", SELF, "SO"),
        ("FLK", "iso:FK", "FK", "AR"),
        ("GIB", "iso:GI", "GI", "ES"),
    ],
)
def test_views_of_whole_countries_follow_natural_earth(a3, place_id, itself, claimant, countries):
    """Its class decides where there is one, else the country that it assigns the ground to."""
    row, held = countries.loc[a3], claim(place_id)
    for column in (c for c in countries.columns if re.fullmatch(r"ADM0_A3_[A-Z]{2}", c)):
        code = column.removeprefix("ADM0_A3_")
        if code in {"UN", "WB"}:
            continue
        assigned = itself if row[column] == a3 else claimant
        recognised = row[f"FCLASS_{code}"]
        if recognised in NOT_RECOGNISED:
            assigned = claimant
        elif recognised in {"Admin-0 country", "Admin-0 breakaway and disputed"} and a3 != "CYN":
            assigned = itself
        viewpoint = Viewpoint("KR" if code == "KO" else code)  # its name for South Korea
        assert held.owner(viewpoint) == assigned, code


@pytest.fixture(scope="module")
def boundaries():
    """Return Natural Earth's boundary lines, or skip."""
    root = os.environ.get("GEOEVENTS_SOURCES")
    name = "ne_10m_admin_0_boundary_lines_land.shp"
    path = next(Path(root).glob(f"nstk*/**/{name}"), None) if root else None
    if path is None:
        pytest.skip("GEOEVENTS_SOURCES does not name a folder with Natural Earth's boundary lines")
    return geopandas.read_file(path)


@pytest.mark.parametrize(
    ("sides", "place_id", "owners"),
    [
        (["RUS", "UKR"], "region:crimea", ("RU", None)),
        (["SYR", "ISR"], "region:golan-heights", ("IL", "SY")),
        (["CHN", "IND"], "region:aksai-chin", ("CN", "IN")),
        (["CHN", "IND"], "iso:IN-AR", ("IN", "CN")),
        (["VEN", "GUY"], "region:essequibo", ("GY", None)),
        (["EGY", "SDN"], "region:halaib-triangle", ("EG", None)),
    ],
)
def test_views_of_parts_follow_natural_earths_lines(sides, place_id, owners, boundaries, gazetteer):
    """Who draws the line as a boundary gives the ground to its holder; who draws none, does not."""
    ground = gazetteer._atlas.disputes.area(claim(place_id)).buffer(0.1)
    between = (boundaries[["ADM0_A3_L", "ADM0_A3_R"]] == sides).all(axis="columns")
    lines = boundaries[between & ~boundaries.FEATURECLA.str.startswith("Overlay")]
    shared = shapely.length(shapely.intersection(lines.geometry.array, ground))
    line = lines.iloc[shared.argmax()]
    expected = dict(zip(["International boundary (verify)", "Unrecognized"], owners, strict=True))
    for column in (c for c in lines.columns if re.fullmatch(r"FCLASS_[A-Z]{2}", c)):
        if owner := expected.get(line[column]):
            code = column.removeprefix("FCLASS_").replace("KO", "KR")
            assert claim(place_id).owner(Viewpoint(code)) == owner, code


def test_every_view_of_natural_earth_is_described(countries):
    """The thirty-one countries whose views its columns tell."""
    columns = [c for c in countries.columns if re.fullmatch(r"FCLASS_[A-Z]{2}", c)]
    codes = {c.removeprefix("FCLASS_").replace("KO", "KR") for c in columns}
    assert len(codes) == 31
    assert codes <= described_viewpoints()


def test_the_table_is_read_as_it_stands():
    """One claim a row, every column of the file in use."""
    with data_path("curated", "claims", "claims.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == len(CLAIMS)
    assert set(rows[0]) - {"id", "note"} <= set(Claim.__dataclass_fields__)
    assert len({(c.place_id, c.since) for c in CLAIMS}) == len(CLAIMS)
