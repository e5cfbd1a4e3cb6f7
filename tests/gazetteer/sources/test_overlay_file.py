"""The file of the user's own places: written to be shared, and read without losing any."""

import json
import os
import stat
import subprocess
import sys

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gazetteer.data import data_path
from gazetteer.errors import OverlayBrokenError, OverlayMissingError, OverlayNotWritableError
from gazetteer.overlay import Fix, Overlay, UserPlace
from gazetteer.sources.overlay_file import (
    default_overlay_path,
    read_overlay,
    update_overlay,
    write_overlay,
)
from gazetteer.text.normalize import fold

ZONE = shapely.Polygon([(47, 40), (48, 40), (48, 41), (47, 41)])
OVERLAY = Overlay(
    places=(
        UserPlace("geonames:587084", names={"ar": ("باكو القديمة",)}),
        UserPlace(
            id="user:mill",
            name="Old Mill",
            kind="mill",
            country="AZ",
            lat=40.1,
            lon=47.2,
            names={"ar": ("الطاحونة", "طاحونة قديمة"), "zh-Hant": ("磨坊",)},
            population=12,
            uncertainty_km=0.5,
            valid_from="1994-05",
            valid_to="2020",
            note="by the bridge",
            extra={"colour": "red", "sources": [1, {"a": None}]},
        ),
        UserPlace("user:zone", "Zone", "region", lat=40.5, lon=47.5, geometry=ZONE),
    ),
    fixes=(
        Fix("Halab", "geonames:170063", lang="en", extra={"by": "N."}),
        Fix("قره باغ", "region:nagorno-karabakh", "AZ"),
    ),
    extra={"title": "Ours"},
)


@pytest.fixture
def path(tmp_path):
    """Return the path of an overlay that holds a bit of everything."""
    path = tmp_path / "places.geojson"
    write_overlay(path, OVERLAY)
    return path


def test_what_was_written_is_read(path):
    """Foreign properties and members too."""
    assert read_overlay(path) == OVERLAY


def test_the_file_fits_its_schema(path):
    """The published schema describes it, and refuses what is not as described."""
    schema = json.loads(data_path("schemas", "overlay.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(document)) == []
    del document["features"][1]["properties"]["name"]
    assert list(validator.iter_errors(document)) != []


def test_a_line_of_the_file_is_a_feature(path):
    """The order is fixed: a change of one place is a change of one line."""
    before = path.read_text(encoding="utf-8").splitlines()
    assert before[:4] == [
        "{",
        '"type": "FeatureCollection",',
        '"geoevents_places": {"schema_version": 1},',
        '"title": "Ours",',
    ]
    shuffled = Overlay(OVERLAY.places[::-1], OVERLAY.fixes[::-1], OVERLAY.extra)
    write_overlay(path, shuffled)
    assert path.read_text(encoding="utf-8").splitlines() == before
    write_overlay(path, OVERLAY.with_places([UserPlace("user:mill", "Mill", lat=1.0, lon=2.0)]))
    after = path.read_text(encoding="utf-8").splitlines()
    assert [old != new for old, new in zip(before, after, strict=True)].count(True) == 1


def test_a_gis_can_open_and_save_it(path):
    """What QGIS writes through GDAL is read: columns filled with null, the version left out."""
    layer = gpd.read_file(path)
    assert len(layer) == 5
    assert layer.geometry.isna().sum() == 3
    mill = layer["id"] == "user:mill"
    layer.loc[mill, "geometry"] = shapely.Point(47.3, 40.2)
    layer.drop(columns="sources").to_file(path, driver="GeoJSON")
    read = read_overlay(path)
    (moved,) = [place for place in read.places if place.id == "user:mill"]
    assert (moved.lat, moved.lon, moved.population) == (40.2, 47.3, 12)
    assert moved.names == OVERLAY.places[1].names
    assert [fix.key for fix in read.fixes] == [fix.key for fix in OVERLAY.fixes]


def test_a_place_drawn_in_a_gis_gets_an_id(tmp_path):
    """Its name is enough."""
    path = tmp_path / "drawn.geojson"
    properties = [{"name": "Old Mill"}, {"name": "Old Mill"}, {"id": "user:old-mill", "name": "A"}]
    points = [shapely.Point(1, 2), shapely.Point(3, 4), shapely.Point(5, 6)]
    gpd.GeoDataFrame(properties, geometry=points, crs=4326).to_file(path, driver="GeoJSON")
    assert [place.id for place in read_overlay(path).places] == [
        "user:old-mill",
        "user:old-mill-2",
        "user:old-mill-3",
    ]


MILL = {"id": "user:mill", "name": "Mill"}
HERE = {"type": "Point", "coordinates": [47.2, 40.1]}


def broken(*features, **members):
    """Return the text of a collection of (properties, geometry) pairs."""
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": listed, **members})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is no JSON: Expecting value, line 1"),
        ('{"type": "FeatureCollection", "features": [', "it is no JSON: Expecting value, line 1"),
        ('{"features": [], "a": NaN}', "it is no JSON: NaN is no number of JSON"),
        ("[]", "it is no GeoJSON FeatureCollection"),
        ("[" * 100_000, "it is nested too deeply"),
        (
            broken(geoevents_places={"schema_version": 2}),
            "its schema version is 2, and this software reads 1",
        ),
        (
            broken(geoevents_places="1"),
            "its schema version is None, and this software reads 1",
        ),
        (
            broken(crs={"type": "name", "properties": {"name": "EPSG:32638"}}),
            "its CRS is not EPSG:4326",
        ),
        (broken((MILL, HERE), (MILL, HERE)), "feature 2: the id 'user:mill' is there twice"),
        (
            broken(({"fix": "Halab", "to": "a:1"}, None), ({"fix": "halab", "to": "a:2"}, None)),
            "feature 2: the name 'halab' is fixed twice",
        ),
        (broken((MILL, None)), "feature 1: it has no geometry: draw its point"),
        (broken(({"id": "user:mill"}, HERE)), "feature 1: it has no name: write one"),
        (broken(({}, None)), "feature 1: it has no name: write one"),
        (
            broken(({"fix": "Halab"}, None)),
            "feature 1: the fix of 'Halab' leads nowhere: give the id of a place",
        ),
        (
            broken(({**MILL, "country": "Azerbaijan"}, HERE)),
            "feature 1: country is 'Azerbaijan': write a code of two letters, as AZ",
        ),
        (
            broken(({**MILL, "name": "a\0b"}, HERE)),
            r"feature 1: name holds a control character ('a\x00b'): take it out",
        ),
        (
            broken((MILL, {"type": "Point", "coordinates": [40.1, 147.2]})),
            "feature 1: lat 147.2 and lon 40.1 seem to be swapped: exchange them",
        ),
    ],
)
def test_a_broken_file_is_named_and_never_overwritten(tmp_path, text, why):
    """One sentence says what is wrong and where; the bytes stay."""
    path = tmp_path / "places.geojson"
    path.write_text(text, encoding="utf-8")
    for act in (read_overlay, lambda path: update_overlay(path, lambda _: OVERLAY)):
        with pytest.raises(OverlayBrokenError) as error:
            act(path)
        assert str(error.value).startswith(f"The places in '{path}' cannot be read ({why}): ")
        assert path.read_text(encoding="utf-8") == text


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    """A misspelt path would go unnoticed otherwise."""
    with pytest.raises(OverlayMissingError, match="check the path"):
        read_overlay(tmp_path / "palces.geojson")


def test_a_change_that_fails_or_does_nothing_leaves_the_file_alone(path):
    """Bytes and time stay as they are."""
    before = path.read_bytes(), path.stat().st_mtime_ns

    def fail(_):
        raise KeyError

    with pytest.raises(KeyError):
        update_overlay(path, fail)
    assert update_overlay(path, lambda overlay: overlay) == OVERLAY
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(path.parent.iterdir()) == [path]


FIX_MANY = """
import sys
from pathlib import Path
from gazetteer.overlay import Fix
from gazetteer.sources.overlay_file import update_overlay

path, worker = sys.argv[1:]
for number in range(20):
    fix = Fix(f"name {worker} {number}", "iso:AZ")
    update_overlay(Path(path), lambda overlay: overlay.with_fixes([fix]))
"""


def test_those_who_write_at_once_lose_nothing(tmp_path, environment):
    """Each change is made to what the one before left."""
    path = tmp_path / "places.geojson"
    words = [sys.executable, "-c", FIX_MANY, str(path)]
    workers = [subprocess.Popen([*words, str(number)], env=environment) for number in range(3)]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    assert len(read_overlay(path).fixes) == 60


@pytest.mark.skipif(os.name == "nt", reason="links and modes are those of POSIX")
def test_links_and_permissions_are_kept(path):
    """A link into a shared folder stays one; a private file stays private."""
    path.chmod(0o600)
    link = path.with_name("link.geojson")
    link.symlink_to(path)
    write_overlay(link, Overlay())
    assert link.is_symlink()
    assert read_overlay(path) == Overlay()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    """Only the user's own data folder is made."""
    with pytest.raises(OverlayNotWritableError, match="No such file or directory"):
        write_overlay(tmp_path / "nowhere" / "places.geojson", OVERLAY)


def test_the_default_file_is_moved_by_the_environment(tmp_path, monkeypatch):
    """Its folder is made when it is first written."""
    monkeypatch.delenv("GEOEVENTS_PLACES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_overlay_path().name == "places.geojson"
    monkeypatch.setenv("GEOEVENTS_PLACES", str(tmp_path / "mine" / "ours.geojson"))
    assert default_overlay_path() == tmp_path / "mine" / "ours.geojson"
    update_overlay(default_overlay_path(), lambda _: OVERLAY)
    assert read_overlay(default_overlay_path()) == OVERLAY


NAMES = st.text(min_size=1, max_size=30).filter(
    lambda text: fold(text) and not set(text) & set("|;؛{[")
)


@given(st.lists(st.tuples(NAMES, st.floats(-90, 90), st.floats(-180, 180)), max_size=5))
def test_any_name_survives(tmp_path_factory, rows):
    """Whatever can be read can be written and read again, the same."""
    path = tmp_path_factory.mktemp("any") / "places.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"id": str(number), "name": name, "name:ar": name, "odd": name},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for number, (name, lat, lon) in enumerate(rows)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    try:
        first = read_overlay(path)
    except OverlayBrokenError as error:
        assert "control character" in str(error)  # noqa: PT017 - the only thing that may be wrong
        return
    write_overlay(path, first)
    assert read_overlay(path) == first
