"""geoevents map and extract --coarsen: events told without their exact places."""

import json
import re

import geopandas as gpd
import pytest
from pyogrio import list_layers, read_dataframe

TEXT = (
    "Shelling hit Izium\n\nTwo people were killed when shells hit Izium on 5 May 2022, "
    "the mayor of Izium said. A convoy left Odesa for Izium.\n"
)
TELLING = re.compile("izium|изюм|ізюм|إيزيوم|odesa|odessa|shells|mayor|secret", re.IGNORECASE)


@pytest.fixture
def secret(here):
    """Write an article whose name, too, tells something."""
    (here / "secret.txt").write_text(TEXT, encoding="utf-8")
    return here


@pytest.mark.parametrize("suffix", ["geojson", "gpkg"])
def test_a_layer_tells_cells(run, secret, suffix):
    """Nothing in the file names the place, its sentence or its article."""
    assert run("extract", "secret.txt", "-o", f"out.{suffix}", "--coarsen", "25").code == 0
    out = secret / f"out.{suffix}"
    assert TELLING.search(out.read_bytes().decode("utf-8", "replace")) is None
    layers = list_layers(out)[:, 0] if suffix == "gpkg" else [None]
    kinds = set()
    for layer in layers:
        table = read_dataframe(out, layer=layer)
        kinds |= set(table.get("place_kind", []))
    assert "cell" in kinds


def test_a_table_can_be_told_coarsely(run, secret):
    """As its article can."""
    run("extract", "secret.txt", "-o", "exact.geojson")
    run("extract", "exact.geojson", "-o", "one.geojson", "--coarsen", "25")
    run("extract", "secret.txt", "-o", "two.geojson", "--coarsen", "25")
    one, two = (json.loads((secret / name).read_text()) for name in ("one.geojson", "two.geojson"))
    assert one["features"] == two["features"]


def test_divisions(run, secret):
    """Izium lies in Kharkiv oblast."""
    run("extract", "secret.txt", "-o", "out.geojson", "--coarsen", "adm1")
    table = gpd.read_file(secret / "out.geojson")
    assert "iso:UA-63" in set(table["place_id"])
    assert table["evidence"].isna().all()


@pytest.mark.parametrize("grain", ["25", "adm1"])
def test_a_map_tells_nothing_closer(run, secret, carried, grain):
    """No pin, no sentence, no name; the title is not the article's; the head says how coarse."""
    assert run("map", "secret.txt", "-o", "out.html", "--coarsen", grain).code == 0
    head, core, *details = carried(secret / "out.html")
    names = re.compile("Odesa|Odessa") if grain == "adm1" else None  # of the oblast
    for part in (head, core, *details):
        assert TELLING.search(names.sub("", part) if names else part) is None
    assert json.loads(head)["coarsened"] == (25 if grain == "25" else "adm1")
    assert json.loads(core)["points"]["n"] == 0
    assert [shape for shape in json.loads(core)["shapes"] if shape["kind"] == "area"] != []


def test_corrections_come_first(run, secret):
    """A place is told coarsely once it is right."""
    run("extract", "secret.txt", "-o", "exact.geojson")
    table = gpd.read_file(secret / "exact.geojson")
    old = table[table["role"] == "location"].iloc[0]
    correction = {
        "event": {
            "doc_id": "secret", "type": old["type"], "evidence": old["evidence"],
            "trigger": {"start": int(old["trigger_start"]), "end": int(old["trigger_end"])},
        },
        "place": {
            "role": "location", "text": old["place"], "start": int(old["place_start"]),
            "end": int(old["place_end"]), "place_id": old["place_id"],
        },
        "action": "place",
        "to": {"lat": 10.0, "lon": 20.0},
    }  # fmt: skip
    head = {"geoevents_corrections": {"schema_version": 1}, "corrections": [correction]}
    (secret / "c.json").write_text(json.dumps(head), encoding="utf-8")
    words = ("secret.txt", "-o", "out.geojson", "--coarsen", "50", "--corrections", "c.json")
    ended = run("extract", *words)
    assert "Corrections applied: 1 of 1." in ended.err
    moved = gpd.read_file(secret / "out.geojson").geometry.iloc[table.index.get_loc(old.name)]
    assert (moved.x, moved.y) == pytest.approx((20, 10), abs=0.5)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("-o", "out.jsonl"), "does not go with JSON lines, which carry the whole text"),
        ((), "does not go with JSON lines, which carry the whole text"),
        (("-o", "out.geojson", "--explain", "why.html"), "does not go with --explain"),
    ],
)
def test_what_carries_the_text_is_refused(run, secret, words, why):
    """One sentence, exit code 2, no output."""
    ended = run("extract", "secret.txt", "--coarsen", "25", *words)
    assert (ended.code, ended.out) == (2, "")
    assert why in ended.err
    assert ended.err.count("\n") == 1
    assert [path.name for path in secret.iterdir()] == ["secret.txt"]


@pytest.mark.parametrize("grain", ["0", "adm2", "nan", "1e9"])
@pytest.mark.usefixtures("secret")
def test_other_grains_are_usage_errors(run, grain):
    """With what can be given."""
    ended = run("map", "secret.txt", "--coarsen", grain)
    assert ended.code == 2
    assert "neither adm1 nor a number of kilometres from 1 to 1000" in ended.err
