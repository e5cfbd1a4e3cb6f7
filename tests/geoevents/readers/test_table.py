"""What was written is read back, also after a GIS has edited it."""

import json
from importlib.util import find_spec

import geopandas as gpd
import pytest
from shapely import LineString, Point
from shapely.geometry import mapping

from geoevents.errors import (
    BadRecordError,
    InputNotReadableError,
    MissingPackageError,
    UnknownFormatError,
)
from geoevents.readers import read_event_table, read_places_table
from geoevents.table import event_table, places_table
from geoevents.writers import document_line, write_geojson, write_geopackage, write_lines

STAMP = {"software": "geoevents"}


@pytest.fixture
def written(document, tmp_path):
    """Write the document in every format and return the folder."""
    events = event_table([document])
    write_geojson(tmp_path / "e.geojson", events, stamp=STAMP)
    write_geopackage(tmp_path / "e.gpkg", events, places=places_table([document]), stamp=STAMP)
    write_lines(tmp_path / "e.jsonl", [document_line(document, [])])
    return tmp_path


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "jsonl"])
def test_a_written_table_is_read_back(document, written, suffix):
    """Rows, ids, dates and geometry survive; only the order of rows may change."""
    table = event_table([document])
    read = read_event_table(written / f"e.{suffix}")
    assert read.crs == "EPSG:4326"

    def rows(frame):
        return sorted(
            (r.event_id, str(r.role), str(r.start_time), r.evidence, str(r.geometry))
            for r in frame.itertuples()
        )

    known = table.assign(role=table["role"].astype(object).where(table["role"].notna(), None))
    again = read.assign(role=read["role"].astype(object).where(read["role"].notna(), None))
    assert rows(again) == rows(known)


FAR = [
    [(139.78, 35.55), (-118.4, 33.94)], [(-171.77, -13.83), (178.44, -18.14)],
    [(24.96, 60.32), (-149.99, 61.17)], [(0.0, 10.0), (0.1, 10.0)], [(170.0, 0.0), (180.0, 5.0)],
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
@pytest.mark.parametrize("ends", FAR)
def test_a_route_comes_back_as_its_ends(document, tmp_path, suffix, ends):
    """The geodesic in the file says no more than they do, also over the antimeridian."""
    events = event_table([document])
    events = events[events["role"] == "route"].set_geometry([LineString(ends)], crs="EPSG:4326")
    path = tmp_path / f"e.{suffix}"
    for _ in range(2):
        if suffix == "geojson":
            write_geojson(path, events, stamp=STAMP)
        else:
            write_geopackage(path, events, places=places_table([]), stamp=STAMP)
        (line,) = read_event_table(path).geometry
        assert [tuple(point) for point in line.coords] == ends
        events = read_event_table(path)
        path.unlink()


def test_a_route_that_was_moved_in_a_gis_stays_so(document, tmp_path):
    """A vertex a kilometre off the geodesic is the user's."""
    events = event_table([document])
    write_geojson(tmp_path / "e.geojson", events[events["role"] == "route"], stamp=STAMP)
    edited = gpd.read_file(tmp_path / "e.geojson")
    (line,) = edited.geometry
    points = [*line.coords]
    points[9] = (points[9][0], points[9][1] + 0.01)
    edited.set_geometry([LineString(points)], crs="EPSG:4326").to_file(tmp_path / "f.geojson")
    assert read_event_table(tmp_path / "f.geojson").geometry[0].equals_exact(LineString(points))


def test_a_geopackage_keeps_the_places(written):
    """The places mentioned come back beside the events."""
    assert set(read_places_table(written / "e.gpkg")["name"]) == {
        "Baku",
        "Ovda",
        "Nagorno-Karabakh",
    }
    assert read_places_table(written / "e.geojson") is None


def test_only_geometry_and_type_are_needed(tmp_path):
    """A layer drawn by hand, in another CRS, is an event table."""
    layer = gpd.GeoDataFrame({"type": ["hazard.flood"]}, geometry=[Point(35, 32)], crs="EPSG:4326")
    layer.to_crs("EPSG:3857").to_file(tmp_path / "hand.gpkg", layer="mine")
    read = read_event_table(tmp_path / "hand.gpkg")
    assert read.geometry.iloc[0].distance(Point(35, 32)) < 1e-9


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
@pytest.mark.parametrize(
    ("shape", "crs"),
    [
        (Point(40, 200), "EPSG:4326"),
        (Point(4_000_000, 3_000_000), "EPSG:4326"),
        (LineString([(0, 0), (10, 91)]), "EPSG:4326"),
        (Point(1e9, 1e9), "EPSG:32637"),
    ],
)
def test_coordinates_off_the_earth_are_refused(tmp_path, suffix, shape, crs):
    """The sentence names the file and the feature, wherever the table is to go."""
    shapes = gpd.GeoSeries([Point(35, 32), shape, shape], crs=crs)
    path = tmp_path / f"wild.{suffix}"
    if suffix == "geojson":  # GDAL writes no such file
        if crs != "EPSG:4326":
            pytest.skip("GeoJSON has no other CRS")
        rows = [{"type": "Feature", "properties": {"type": "hazard.flood"},
                 "geometry": mapping(one)} for one in shapes]  # fmt: skip
        path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    else:
        gpd.GeoDataFrame({"type": ["a.b"] * 3}, geometry=shapes).to_file(path, layer="mine")
    with pytest.raises(BadRecordError) as error:
        read_event_table(path)
    said = str(error.value)
    assert str(path) in said
    assert (
        f"feature 2{' of layer ' + repr('mine') if suffix == 'gpkg' else ''} (and 1 more)" in said
    )
    assert "does not lie on the Earth" in said


def test_longitudes_may_run_on_over_the_antimeridian(tmp_path):
    """Fiji as one outline beyond 180 degrees is on the Earth."""
    layer = gpd.GeoDataFrame({"type": ["a.b"]}, geometry=[Point(181.5, -17)], crs="EPSG:4326")
    layer.to_file(tmp_path / "fiji.gpkg")
    assert len(read_event_table(tmp_path / "fiji.gpkg")) == 1


def test_a_layer_without_types_is_no_event_table(tmp_path):
    """Another GeoJSON is refused with the column it lacks."""
    layer = gpd.GeoDataFrame({"name": ["x"]}, geometry=[Point(35, 32)], crs="EPSG:4326")
    layer.to_file(tmp_path / "x.geojson")
    with pytest.raises(BadRecordError, match="no layer has a column 'type'"):
        read_event_table(tmp_path / "x.geojson")


@pytest.mark.parametrize("name", ["cut.geojson", "cut.gpkg"])
def test_a_broken_file_is_named(tmp_path, written, name):
    """A file cut short is one sentence."""
    whole = (written / name.replace("cut", "e")).read_bytes()
    (tmp_path / name).write_bytes(whole[:300])
    with pytest.raises(InputNotReadableError, match="cut short"):
        read_event_table(tmp_path / name)


def test_other_files_are_no_tables(tmp_path):
    """The sentence lists what can be read."""
    (tmp_path / "x.csv").write_text("a,b", encoding="utf-8")
    with pytest.raises(UnknownFormatError, match=r"\.geojson, \.gpkg"):
        read_event_table(tmp_path / "x.csv")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "movement.flight"},
        {"trigger": {"start": 0, "end": 1}},
        {"type": "a.b", "trigger": {"start": 0, "end": 99}},
        {"type": "a.b", "trigger": {"start": 0, "end": 1}, "places": [{"lat": 1, "lon": 2}]},
        {
            "type": "a.b",
            "trigger": {"start": 0, "end": 1},
            "places": [{"role": "x", "lat": 99, "lon": 2}],
        },
        "not an object",
    ],
)
def test_events_of_another_shape_are_refused(tmp_path, event):
    """Lines from elsewhere are checked, not trusted."""
    line = json.dumps({"id": "x", "text": "abc", "events": [event]})
    (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(BadRecordError, match="'x'"):
        read_event_table(tmp_path / "x.jsonl")


def test_geoparquet_is_read_where_pyarrow_is_installed(document, tmp_path):
    """A table that geopandas wrote as GeoParquet is an event table."""
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    event_table([document]).to_parquet(tmp_path / "e.parquet")
    read = read_event_table(tmp_path / "e.parquet")
    assert len(read) == len(event_table([document]))


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_geoparquet_without_pyarrow_says_what_to_install(tmp_path):
    """The sentence has the command."""
    (tmp_path / "e.parquet").write_bytes(b"PAR1")
    with pytest.raises(MissingPackageError, match="pip install pyarrow"):
        read_event_table(tmp_path / "e.parquet")
