"""geoevents extract and map with a file of one's own event types."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "own-events.toml"
TEXT = (
    "Two locust swarms descended on Isiolo in northern Kenya on Monday. "
    "Herders drove their cattle from Garissa to Wajir last week. "
    "A drone strike hit Mogadishu."
)
OWN = ["agriculture.locust_swarm", "agriculture.cattle_drive"]


@pytest.fixture
def article(here):
    """Return a text file."""
    path = here / "farms.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def payload(page):
    """Return what the page draws."""
    text = page.read_text(encoding="utf-8")
    start = text.index('{"title":')
    return json.JSONDecoder().raw_decode(text[start:])[0]


def test_lines_have_events_of_own_types(run, article, here):
    """JSON lines name the own types beside the built-in ones; without the file only these."""
    run("extract", article, "--ontology", SAMPLE, "-o", "own.jsonl")
    run("extract", article, "-o", "ours.jsonl")
    own, ours = (
        [event["type"] for event in json.loads((here / name).read_text("utf-8"))["events"]]
        for name in ("own.jsonl", "ours.jsonl")
    )
    assert own == [*OWN, "violence.strike"]
    assert ours == ["violence.strike"]


def test_a_layer_has_labels_and_routes_of_own_types(run, article, here):
    """The table states label and family, and draws the route of a type that is one."""
    ended = run("extract", article, "--ontology", SAMPLE, "-o", "own.geojson")
    table = gpd.read_file(here / "own.geojson").set_index("label")
    assert ended.code == 0
    assert set(table.loc["Cattle drive", "role"]) == {"route", "origin", "destination"}
    assert set(table["family"]) == {"agriculture", "violence"}


def test_the_map_draws_own_types_in_their_style(run, article, here, carried):
    """Sign, colour and legend are those of the file; a type of no style of its own has its like."""
    run("map", article, "--ontology", SAMPLE)
    drawn = payload(here / "farms.html")
    titles = {layer["id"]: layer["title"] for layer in drawn["layers"]}
    assert titles["event.locusts"] == "Locusts"
    assert "event.movement" in titles
    assert drawn["style"]["families"]["locusts"]["light"] == "#4f6b00"
    values = json.loads(carried(here / "farms.html")[1])["values"]
    assert set(OWN) <= set(values["type"])
    assert "Locust swarm" in values["title"]
    assert {"locusts", "movement"} <= set(values["family"])
    assert "--f-locusts: #4f6b00;" in (here / "farms.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "jsonl"])
def test_what_was_written_with_the_file_is_drawn_with_it(run, article, here, suffix):
    """A table of own types takes their style from the file."""
    run("extract", article, "--ontology", SAMPLE, "-o", f"own.{suffix}")
    assert run("map", f"own.{suffix}", "--ontology", SAMPLE, "-o", "own.html").code == 0
    layers = {layer["id"] for layer in payload(here / "own.html")["layers"]}
    assert {"event.locusts", "event.movement", "event.violence"} <= layers


def test_several_processes_know_the_own_types(spawn, here):
    """With --jobs the file reaches every process."""
    lines = [{"id": str(n), "text": TEXT} for n in range(3)]
    (here / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ended = spawn("extract", "in.jsonl", "--ontology", SAMPLE, "--jobs", 2, "-o", "out.jsonl")
    assert ended.code == 0
    for line in (here / "out.jsonl").read_text(encoding="utf-8").splitlines():
        assert [event["type"] for event in json.loads(line)["events"]] == [*OWN, "violence.strike"]


@pytest.mark.parametrize("command", ["extract", "map"])
def test_a_file_that_does_not_fit_is_one_sentence(run, article, here, command):
    """Which line, what, and what to write; nothing is read or written."""
    (here / "mine.toml").write_text('[types."unrest.riot"]\ngeometry = "zone"\n', encoding="utf-8")
    output = {"extract": "out.jsonl", "map": "out.html"}[command]
    ended = run(command, article, "--ontology", "mine.toml", "-o", output)
    assert ended.code == 1
    assert ended.err.strip() == (
        "Error: 'mine.toml', line 2, [types.\"unrest.riot\"]: the geometry 'zone' is not known: "
        "use area, none, point, route."
    )
    assert not list(here.glob("out.*"))


def test_a_missing_file_is_said_so(run, article):
    """One sentence."""
    ended = run("extract", article, "--ontology", "nowhere.toml", "-o", "out.jsonl")
    assert ended.code == 1
    assert ended.err.strip() == "Error: There is no file or folder 'nowhere.toml': check the path."
