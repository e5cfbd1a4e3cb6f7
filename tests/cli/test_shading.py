"""geoevents map --choropleth and --density: what a map shades and computes beside its events."""

import json
import re
from base64 import b64decode
from gzip import decompress

import geopandas as gpd
import pytest
from shapely import Point

KHARKIV, BAKU = Point(36.25, 49.98), Point(49.87, 40.41)


@pytest.fixture
def table(here):
    """Write an event table from outside: no column names a division, one row its country."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 2, "country": ["UA", None]},
        geometry=[KHARKIV, BAKU],
        crs="EPSG:4326",
    )
    events.to_file(here / "events.geojson")
    return here / "events.geojson"


def core(page):
    """Return what the page's scripts unpack at the start."""
    packed = re.search(r'id="ge-events">([^<]*)<', page.read_text(encoding="utf-8"))[1]
    return json.loads(decompress(b64decode(packed)))


def test_divisions_come_from_the_gazetteer(run, table):
    """Kharkiv and Baku are found by their points, under the reader's names, with an outline."""
    ended = run("map", table, "-o", "x.html", "--choropleth", "adm1", "--ui-lang", "ar")
    assert ended.code == 0
    shaded = core(table.parent / "x.html")["choropleth"]
    assert [area["id"] for area in shaded["areas"]] == ["iso:AZ-BA", "iso:UA-63"]
    assert "باكو" in shaded["areas"][0]["name"]
    assert all(area["shape"] for area in shaded["areas"])
    assert sorted(zip(shaded["event"], shaded["area"], strict=True)) == [(0, 1), (1, 0)]


def test_countries_are_in_the_map_already(run, table):
    """No outline is sent along: the map under the events has it."""
    run("map", table, "-o", "x.html", "--choropleth", "country", "--choropleth-scale", "log")
    shaded = core(table.parent / "x.html")["choropleth"]
    assert shaded["scale"] == "log"
    assert sorted(area["id"] for area in shaded["areas"]) == ["AZ", "UA"]
    assert not any("shape" in area for area in shaded["areas"])


def test_what_cannot_be_shaded_is_a_wrong_use(run, table):
    """Exit code 2, and the message names what there is."""
    ended = run("map", table, "--choropleth", "continent")
    assert ended.code == 2
    assert "country" in ended.err
    assert "adm1" in ended.err


@pytest.mark.parametrize(("options", "kinds"), [((), ["density"]), (("--no-density",), [])])
def test_dense_areas_are_computed_unless_one_declines(run, here, options, kinds):
    """Twelve strikes at four places near each other."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 12},
        geometry=[Point(36.25 + n % 4 / 20, 49.98 + n % 2 / 20) for n in range(12)],
        crs="EPSG:4326",
    )
    events.to_file(here / "dense.geojson")
    assert run("map", "dense.geojson", "-o", "x.html", *options).code == 0
    assert [shape["kind"] for shape in core(here / "x.html")["shapes"]] == kinds
