"""Files are whole, stamped, and read by any GIS."""

import json
import re
import shutil
import subprocess
import sys

import pandas as pd
import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame
from pyproj import Geod

from geoevents.errors import OutputExistsError, OutputNotWritableError
from geoevents.table import event_table, places_table
from geoevents.writers import encode_line, whole_file, write_geojson, write_geopackage, write_lines

GEOD = Geod(ellps="WGS84")
STAMP = {"schema_version": "1", "software": "geoevents", "attribution": "GeoNames"}


@pytest.fixture
def events(document):
    """Return the event table of the hand-made document."""
    return event_table([document])


def test_geojson_has_a_feature_per_row_and_its_stamp(events, tmp_path):
    """Rows without a place are features whose geometry is null."""
    write_geojson(tmp_path / "e.geojson", events, stamp=STAMP)
    collection = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert collection["geoevents"] == STAMP
    assert "crs" not in collection
    assert len(collection["features"]) == len(events)
    assert sum(f["geometry"] is None for f in collection["features"]) == 1
    properties = collection["features"][0]["properties"]
    assert properties["start_time"].startswith("2020-09-24T00:00:00")
    assert properties["country"] is None
    assert json.loads(properties["place_names"])["en"] == "Baku – Ovda"


def test_geojson_follows_rfc_7946(events, tmp_path):
    """Outer rings turn left, lines are cut at the antimeridian, a bbox says where it is."""
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    across = shapely.LineString([(179, 10), (181, 12)])
    table = events.iloc[:2].set_geometry([clockwise, across], crs="EPSG:4326")
    write_geojson(tmp_path / "e.geojson", table, stamp=STAMP)
    collection = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    ring, line = (feature["geometry"] for feature in collection["features"])
    assert shapely.LinearRing(ring["coordinates"][0]).is_ccw
    assert line["type"] == "MultiLineString"
    assert all(len(feature["bbox"]) == 4 for feature in collection["features"])
    assert len(collection["bbox"]) == 4


TOKYO, ANGELES, BAKU, OVDA = (139.78, 35.55), (-118.4, 33.94), (49.892, 40.3777), (34.9358, 29.9403)
SUVA, APIA, TBILISI = (178.44, -18.14), (-171.77, -13.83), (44.79, 41.72)


@pytest.fixture
def routed(events):
    """Return a function that gives a table of one row with a line."""

    def routed(*points, **cells):
        row = events[events["role"] == "route"].assign(**cells)
        return row.set_geometry([shapely.LineString(points)], crs="EPSG:4326")

    return routed


def write(table, path):
    """Write a table in the format of its suffix."""
    if path.suffix == ".geojson":
        write_geojson(path, table, stamp=STAMP)
    else:
        write_geopackage(path, table, places=places_table([]), stamp=STAMP)


def lines_in(path):
    """Return the coordinates of the parts of the only line in a file."""
    layer = None if path.suffix == ".geojson" else "events_lines"
    (shape,) = pyogrio.read_dataframe(path, layer=layer).geometry
    return [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
@pytest.mark.parametrize(
    ("ends", "parts"),
    [
        ((BAKU, OVDA), 1),
        ((TOKYO, ANGELES), 2),
        ((ANGELES, TOKYO), 2),
        ((SUVA, APIA), 2),
        ((APIA, SUVA), 2),
    ],
)
def test_an_inferred_route_is_written_as_a_geodesic(routed, tmp_path, suffix, ends, parts):
    """As long as the shortest way over the Earth, in its direction, cut at 180 degrees."""
    path = tmp_path / f"e.{suffix}"
    start, end = ends
    write(routed(start, end), path)
    lines = lines_in(path)
    assert len(lines) == parts
    assert all(abs(line[:, 0]).max() <= 180 for line in lines)
    assert all(abs(line[1:, 0] - line[:-1, 0]).max() < 5 for line in lines)
    assert lines[0][0] == pytest.approx(start)
    assert lines[-1][-1] == pytest.approx(end)
    assert [abs(line[-1, 0]) for line in lines[:-1]] == [180] * (parts - 1)
    written = sum(GEOD.line_length(*line.T) for line in lines)
    assert written == pytest.approx(GEOD.inv(*start, *end)[2], rel=1e-4)


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
@pytest.mark.parametrize(
    ("points", "cells"),
    [
        ((BAKU, OVDA), {"geometry_basis": "stated"}),
        ((BAKU, TBILISI, OVDA), {}),
        ((BAKU, OVDA), {"role": "location"}),
    ],
)
def test_other_lines_are_written_as_they_are(routed, tmp_path, suffix, points, cells):
    """A track, a line over a stop, a border."""
    path = tmp_path / f"e.{suffix}"
    write(routed(*points, **cells), path)
    (line,) = lines_in(path)
    assert [tuple(point) for point in line] == list(points)


def test_text_that_looks_like_json_stays_text(events, tmp_path):
    """A sentence in brackets does not become an object."""
    table = events.assign(evidence='{"a": [1]}')
    write_geojson(tmp_path / "e.geojson", table, stamp=STAMP)
    collection = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert collection["features"][0]["properties"]["evidence"] == '{"a": [1]}'


@pytest.mark.parametrize("hostile", ["a\ud800b", "a\x00b"])
def test_half_characters_do_not_spoil_a_file(document, events, tmp_path, hostile):
    """What UTF-8 cannot hold, and what ends a string in C, is replaced."""
    text = pd.Series([hostile] * len(events), index=events.index, dtype="object")
    table = events.assign(evidence=text)
    write_geojson(tmp_path / "e.geojson", table, stamp=STAMP)
    write_geopackage(tmp_path / "e.gpkg", table, places=places_table([document]), stamp=STAMP)
    read = pyogrio.read_dataframe(tmp_path / "e.gpkg", layer="events_points")
    assert set(read["evidence"]) == {"a\ufffdb"}
    assert "a\ufffdb" in (tmp_path / "e.geojson").read_text(encoding="utf-8")


def test_geopackage_has_a_layer_for_each_kind(document, events, tmp_path):
    """Points, lines, polygons, places, and a plain table of events without a place."""
    path = tmp_path / "e.gpkg"
    write_geopackage(path, events, places=places_table([document]), stamp=STAMP)
    layers = dict(pyogrio.list_layers(path))
    assert layers == {
        "events_points": "Point",
        "events_lines": "MultiLineString",
        "events_polygons": "MultiPolygon",
        "places": "Point",
        "events_without_place": None,
        "geoevents_info": None,
    }
    counts = {name: pyogrio.read_info(path, layer=name)["features"] for name in layers}
    assert counts["events_points"] == 4
    assert counts["events_lines"] == 1
    assert counts["events_polygons"] == 0
    assert counts["events_without_place"] == 1
    info = pyogrio.read_dataframe(path, layer="geoevents_info")
    assert dict(zip(info["key"], info["value"], strict=True)) == STAMP
    assert pyogrio.read_info(path, layer="places")["layer_metadata"] == STAMP
    fields = dict(
        zip(
            *(pyogrio.read_info(path, layer="events_points")[k] for k in ("fields", "dtypes")),
            strict=True,
        )
    )
    assert fields["start_time"].startswith("datetime64")
    assert fields["count"].startswith("int")


def test_reading_a_geopackage_leaves_no_file_beside_it(document, events, tmp_path):
    """GDAL writes a side file for metadata of some kinds, not of ours."""
    path = tmp_path / "e.gpkg"
    write_geopackage(path, events, places=places_table([document]), stamp=STAMP)
    for layer, _ in pyogrio.list_layers(path):
        pyogrio.read_dataframe(path, layer=layer)
    assert [file.name for file in tmp_path.iterdir()] == ["e.gpkg"]


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo (gdal-bin) is not installed")
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("e.geojson", {"e": 6}),
        (
            "e.gpkg",
            {"events_points": 4, "events_lines": 1, "places": 3, "events_without_place": 1},
        ),
    ],
)
def test_another_gdal_reads_the_same(document, events, tmp_path, name, counts):
    """The ogrinfo of the system, maybe years older, counts the same features."""
    write_geojson(tmp_path / "e.geojson", events, stamp=STAMP)
    write_geopackage(tmp_path / "e.gpkg", events, places=places_table([document]), stamp=STAMP)
    said = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", name],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=True,
    )
    found = dict(re.findall(r"Layer name: (\w+)\n(?:.*\n)*?Feature Count: (\d+)", said.stdout))
    assert {layer: int(found[layer]) for layer in counts} == counts
    assert "Warning" not in said.stderr


def test_a_collection_of_several_kinds_keeps_its_areas(document, events, tmp_path):
    """A border zone that is a band and a line goes to the polygons."""
    mixed = shapely.GeometryCollection(
        [shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1)])]
    )
    table = GeoDataFrame(events.iloc[:1].assign(geometry=[mixed]), crs="EPSG:4326")
    write_geopackage(tmp_path / "e.gpkg", table, places=places_table([document]), stamp=STAMP)
    read = pyogrio.read_dataframe(tmp_path / "e.gpkg", layer="events_polygons")
    assert read.geometry.bounds.iloc[0].tolist() == [0, 0, 1, 1]
    assert read.geom_type.tolist() == ["MultiPolygon"]


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_the_same_events_make_the_same_bytes(document, events, tmp_path, suffix):
    """Two runs on the same input can be compared byte by byte."""
    places = places_table([document])
    for name in ("a", "b"):
        path = tmp_path / f"{name}.{suffix}"
        if suffix == "geojson":
            write_geojson(path, events, stamp=STAMP)
        else:
            write_geopackage(path, events, places=places, stamp=STAMP)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_an_existing_file_is_kept(tmp_path):
    """Without leave to overwrite nothing is touched."""
    path = tmp_path / "a.jsonl"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExistsError, match="--overwrite"):
        write_lines(path, [{"id": "x"}])
    assert path.read_text(encoding="utf-8") == "mine"
    write_lines(path, [{"id": "x"}], overwrite=True)
    assert path.read_text(encoding="utf-8") == '{"id": "x"}\n'


def test_a_run_that_fails_leaves_nothing_behind(tmp_path):
    """Neither half a file nor a temporary one stays."""

    def lines():
        yield {"id": "x"}
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        write_lines(tmp_path / "a.jsonl", lines())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["no/such/folder/a.jsonl", "."])
def test_a_folder_that_is_none_is_named(tmp_path, name):
    """The sentence says which output could not be written, and why."""
    with (
        pytest.raises(OutputNotWritableError, match="cannot be written"),
        whole_file(tmp_path / name),
    ):
        pass


def test_files_get_the_usual_permissions(tmp_path):
    """The output is as readable as any file the user makes."""
    usual = tmp_path / "usual"
    usual.write_text("x", encoding="utf-8")
    write_lines(tmp_path / "a.jsonl", [{}])
    assert (tmp_path / "a.jsonl").stat().st_mode == usual.stat().st_mode


def test_lone_surrogates_are_escaped():
    """Text is verbatim even where UTF-8 has no byte for it."""
    line = encode_line({"text": "نص\ud83d"})
    assert line == '{"text": "نص\\ud83d"}\n'.encode()
    assert json.loads(line) == {"text": "نص\ud83d"}


def test_numbers_that_json_lacks_are_refused():
    """NaN in a line would make the file unreadable for others."""
    with pytest.raises(ValueError, match="JSON compliant"):
        encode_line({"lat": float("nan")})


def test_a_file_can_go_to_standard_output():
    """``-`` writes the finished file to stdout."""
    code = (
        "from geoevents.writers import whole_file\n"
        "with whole_file('-') as path: path.write_bytes(b'whole')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"whole"
