"""Which counties, places and townships are taken from the Census Bureau's lists?"""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import shapely

from tools.gazetteer_data.model import Name, Place
from tools.gazetteer_data.us_atlas import Outline
from tools.gazetteer_data.us_atlas import counties as outlines
from tools.gazetteer_data.us_census import Entry, read, split_legal
from tools.gazetteer_data.us_places import counties, places

SQUARES = {
    "transform": {"scale": [0.5, 0.5], "translate": [-80, 40]},
    "arcs": [
        [[2, 0], [0, 2]],  # the border between the two
        [[2, 2], [-2, 0], [0, -2], [2, 0]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
    ],
    "objects": {
        "counties": {
            "geometries": [
                {
                    "type": "Polygon",
                    "id": "01001",
                    "arcs": [[0, 1]],
                    "properties": {"name": "West"},
                },
                {
                    "type": "MultiPolygon",
                    "id": "01003",
                    "arcs": [[[2, -1]]],
                    "properties": {"name": "East"},
                },
            ]
        }
    },
}

LISTED = """# generated

[fips01001]
centroid = (0.7068583, -1.3875368)
description = West County, AL
station = ('k1a9', 0.0025577)

[fips0100100]
centroid = (0.5775578, -1.4927283)
description = Boise City city, AL
"""

TOWN = Place(
    id="geonames:1",
    kind="town",
    country="US",
    lat=40.1,
    lon=-80.1,
    names=(Name("Mount Olive", "und", "official"),),
    source="test",
    parent="iso:US-AL",
)
VILLAGE = Entry("0100101", "Mt. Olive", "CDP", "AL", 40.11, -80.12)


def test_rings_are_joined_from_arcs_in_either_direction(tmp_path):
    """Neighbours share their border to the last digit."""
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "counties-10m.json").write_text(json.dumps(SQUARES), "utf-8")
    drawn = outlines(tmp_path)
    west, east = drawn["01001"].geometry, drawn["01003"].geometry
    assert (west.bounds, east.bounds) == ((-80, 40, -79, 41), (-79, 40, -78, 41))
    assert shapely.intersection(west, east).length == 1
    assert (drawn["01001"].name, drawn["01003"].name) == ("West", "East")


def test_the_list_is_read_entry_by_entry(tmp_path):
    """Radians become degrees; legal words are split off."""
    folder = tmp_path / "usr/share/weather-util"
    folder.mkdir(parents=True)
    (folder / "places.gz").write_bytes(gzip.compress(LISTED.encode()))
    west, city = read(tmp_path)
    assert (west.fips, west.name, west.legal, west.state) == ("01001", "West County", "", "AL")
    assert (round(west.lat, 3), round(west.lon, 3)) == (40.5, -79.5)
    assert (city.name, city.legal) == ("Boise City", "city")


def test_legal_words_are_only_those_behind_the_name():
    """In brackets too; a name in lower case letters alone is no name without them."""
    assert split_legal("Nashville-Davidson metropolitan government (balance)") == (
        "Nashville-Davidson",
        "metropolitan government (balance)",
    )
    assert split_legal("Fond du Lac city") == ("Fond du Lac", "city")


def test_a_county_has_its_full_and_its_short_name_and_its_state():
    """And the Census Bureau's point, where that lies inside."""
    names = {
        "01001": ("West County", "AL"),
        "01003": ("East city", "AL"),
        "72001": ("Ouest Municipio", "PR"),
    }
    drawn = {
        "01001": Outline("West", shapely.box(-80, 40, -79, 41)),
        "01003": Outline("East", shapely.box(-79, 40, -78, 41)),
        "72001": Outline("Ouest", shapely.box(0, 0, 1, 1)),
    }
    point = Entry("01001", "West County", "", "AL", 40.25, -79.25)
    west, municipio = counties(drawn, names, [point], [])
    assert (west.id, west.kind, west.country, west.parent) == (
        "fips:01001",
        "admin2",
        "US",
        "iso:US-AL",
    )
    assert (west.lat, west.lon) == (40.25, -79.25)
    assert [(name.text, name.kind) for name in west.names] == [
        ("West County", "official"),
        ("West", "short"),
    ]
    assert west.equivalents == ("gn_a2:US.AL.001",)
    assert (municipio.country, municipio.parent, municipio.lat) == ("PR", "", 0.5)


def test_a_county_called_like_a_state_has_its_full_name_alone():
    """Texas is the state, and no county of that name elsewhere."""
    state = replace(TOWN, id="iso:US-TX", kind="admin1", names=(Name("Texas", "en", "official"),))
    drawn = {"29215": Outline("Texas", shapely.box(0, 0, 1, 1))}
    (county,) = counties(drawn, {"29215": ("Texas County", "MO")}, [], [state])
    assert [name.text for name in county.names] == ["Texas County"]


def test_a_namesake_near_by_in_the_state_is_the_same_place():
    """In another spelling too; far away or in another state it is another one."""
    far = replace(VILLAGE, fips="0100102", lat=42.0)
    other_state = replace(VILLAGE, fips="1300101", state="GA")
    found = places([VILLAGE, far, other_state], [TOWN])
    assert [place.id for place in found] == ["fips:0100102", "fips:1300101"]


def test_of_the_parts_of_counties_towns_and_townships_are_places():
    """Townships under their full name alone; what is drawn for statistics or elections is none."""
    parts = [
        Entry("0900110001", "Avon", "town", "CT", 41.8, -72.9),
        Entry("3900110002", "Clinton", "township", "OH", 40.0, -83.0),
        Entry("0100190171", "Autaugaville", "CCD", "AL", 32.4, -86.7),
        Entry("5100190172", "Rivanna", "district", "VA", 38.0, -78.4),
        Entry("0500190173", "Township 1", "", "AR", 35.0, -92.0),
    ]
    found = [(place.names[0].text, place.kind) for place in places(parts, [])]
    assert found == [("Avon", "village"), ("Clinton Township", "admin3")]
