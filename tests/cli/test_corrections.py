"""geoevents map and extract --corrections: what readers corrected, applied to these events."""

import json
import re

import geopandas as gpd
import pyogrio
import pytest

TEXT = (
    "The flight from Odessa to Alexandria landed on Tuesday. "
    "Clashes broke out in Tripoli, witnesses said.\n"
)
LINES = [("origin", "Odessa"), ("destination", "Alexandria"), ("location", "Tripoli")]
VIRGINIA = "geonames:4744091"


def row(table, place):
    """Return the row of a place."""
    return table[(table["place"] == place) & (table["role"] != "route")].iloc[0]


def correction(table, place, to, **other):
    """Return a correction of a place as a map's page writes it; without ``to`` it is wrong."""
    old = row(table, place)
    span = {
        name: int(old[name])
        for name in ("trigger_start", "trigger_end", "place_start", "place_end")
    }
    return {
        "event": {
            "doc_id": old["doc_id"],
            "type": old["type"],
            "evidence": old["evidence"],
            "trigger": {"start": span["trigger_start"], "end": span["trigger_end"], "text": "x"},
        },
        "place": {
            "role": old["role"], "text": place, "start": span["place_start"],
            "end": span["place_end"], "place_id": old["place_id"],
        },
        "action": "place" if to else "wrong",
        "to": to,
        **other,
    }  # fmt: skip


def write(path, *corrections):
    """Write a file of corrections."""
    head = {"geoevents_corrections": {"schema_version": 1}}
    path.write_text(json.dumps(head | {"corrections": corrections}), encoding="utf-8")


@pytest.fixture
def news(run, here):
    """Return the events of an article in all formats, beside corrections of two of its places."""
    (here / "news.txt").write_text(TEXT, encoding="utf-8")
    for suffix in ("geojson", "gpkg", "jsonl"):
        assert run("extract", "news.txt", "-o", f"news.{suffix}").code == 0
    table = gpd.read_file(here / "news.geojson")
    write(
        here / "c.json",
        correction(table, "Alexandria", {"place_id": VIRGINIA}),
        correction(table, "Tripoli", None),
    )
    return table


@pytest.mark.parametrize("source", ["news.txt", "news.geojson", "news.gpkg", "news.jsonl"])
def test_articles_and_tables_are_corrected_alike(run, here, news, source):
    """A replaced place, its route, and one that is wrong."""
    ended = run("extract", source, "-o", "fixed.geojson", "--corrections", "c.json")
    assert ended.code == 0
    assert "Note: Corrections applied: 2 of 2.\n" in ended.err
    fixed = gpd.read_file(here / "fixed.geojson")
    moved = row(fixed, "Alexandria")
    assert (moved["place_id"], moved["country"], moved["admin1"]) == (VIRGINIA, "US", "iso:US-VA")
    assert (moved["score"], moved["geometry_basis"]) == (1, "stated")
    route = fixed[fixed["role"] == "route"].geometry.iloc[0]
    assert route.coords[-1] == moved["geometry"].coords[0]
    assert row(fixed, "Tripoli")["geometry"] is None
    assert row(fixed, "Odessa")["place_id"] == row(news, "Odessa")["place_id"]


@pytest.mark.usefixtures("news")
def test_lines_are_corrected(run, here):
    """Events and toponyms; the other places stay as they were."""
    assert run("extract", "news.jsonl", "-o", "fixed.jsonl", "--corrections", "c.json").code == 0
    before, after = (json.loads((here / f"{n}.jsonl").read_text()) for n in ("news", "fixed"))
    ids = {place["text"]: place["place_id"] for place in after["toponyms"]}
    assert (ids["Alexandria"], ids["Tripoli"]) == (VIRGINIA, None)
    assert after["toponyms"][0] == before["toponyms"][0]
    assert [e["places"][0]["lat"] for e in after["events"] if "clash" in e["type"]] == [None]


@pytest.mark.parametrize(
    "sentence",
    [
        "Troops clashed in southern Israel.",
        "Soldiers were killed on the border between Iran and Azerbaijan.",
        "Protesters clashed with police 20 km north of Aleppo.",
        "Rebels attacked a tanker off the coast of Yemen.",
    ],
)
def test_described_places_keep_the_names_inside_them(run, here, sentence):
    """Lines that are corrected elsewhere say of every described place what they said."""
    (here / "news.txt").write_text(f"{TEXT}{sentence}\n", encoding="utf-8")
    run("extract", "news.txt", "-o", "news.jsonl")
    run("extract", "news.txt", "-o", "news.geojson")
    write(here / "c.json", correction(gpd.read_file(here / "news.geojson"), "Tripoli", None))
    assert run("extract", "news.jsonl", "-o", "fixed.jsonl", "--corrections", "c.json").code == 0
    before, after = (json.loads((here / f"{n}.jsonl").read_text()) for n in ("news", "fixed"))
    refs = [toponym["refs"] for toponym in before["toponyms"]]
    assert [toponym["refs"] for toponym in after["toponyms"]] == refs
    named = [ref for row in refs for ref in row]
    assert named
    assert all(ref["text"] and ref["place_id"] and ref["name"] for ref in named)


def test_places_beside_a_table_follow(run, here, news):
    """The layer of places mentioned has the right place and not the wrong ones."""
    assert run("extract", "news.gpkg", "-o", "fixed.gpkg", "--corrections", "c.json").code == 0
    places = pyogrio.read_dataframe(here / "fixed.gpkg", layer="places")
    assert set(places["place_id"]) == {VIRGINIA, row(news, "Odessa")["place_id"]}


@pytest.mark.parametrize("source", ["news.txt", "news.geojson", "news.jsonl"])
def test_the_map_is_corrected(run, here, news, carried, source):
    """No point of the page lies where a place was wrong."""
    assert run("map", source, "-o", "fixed.html", "--corrections", "c.json").code == 0
    points = json.loads(carried(here / "fixed.html")[1])["points"]
    lons = [lon / 1e5 for lon in points["lon"]]
    wanted = [row(news, "Odessa").geometry.x, -77.04692]
    assert sorted(lon - 360 * (lon > 180) for lon in lons) == pytest.approx(sorted(wanted))


def test_what_fits_nothing_is_told(run, here, news):
    """One sentence for each, and the others are applied."""
    gone = correction(news, "Odessa", {"place_id": VIRGINIA})
    gone["event"]["doc_id"] = "old\u202enews"
    good = correction(news, "Tripoli", None)
    write(here / "c.json", gone, good)
    ended = run("extract", "news.txt", "-o", "fixed.geojson", "--corrections", "c.json")
    assert ended.code == 0
    (told,) = [line for line in ended.err.splitlines() if "c.json, correction" in line]
    assert re.fullmatch(
        r"Note: c.json, correction 1 \('Odessa' as origin of movement.flight in 'old.*news'\) "
        "fits no event here, so it changed nothing.",
        told,
    )
    assert "\u202e" not in told
    assert "Corrections applied: 1 of 2." in ended.err


def test_files_may_be_given_again(run, here, news):
    """Of two that concern the same place the later one counts."""
    write(here / "d.json", correction(news, "Alexandria", {"lat": 29.5, "lon": 31.25}))
    ended = run(
        "extract", "news.txt", "-o", "-", "--format", "geojson",
        "--corrections", "c.json", "--corrections", "d.json",
    )  # fmt: skip
    moved = next(
        one
        for one in json.loads(ended.out)["features"]
        if one["properties"]["place"] == "Alexandria"
    )
    assert moved["geometry"]["coordinates"] == [31.25, 29.5]
    assert moved["properties"]["country"] == "EG"
    assert moved["properties"]["uncertainty_km"] == pytest.approx(0.556)


def test_hostile_names_stay_text(run, here, news):
    """They stand in the table and in the page's data, and nowhere as markup."""
    name = "</script><img src=x onerror=alert(1)>${7*7}`"
    write(
        here / "d.json", correction(news, "Alexandria", {"name": name, "lat": 29.5, "lon": 31.25})
    )
    assert run("map", "news.txt", "-o", "fixed.html", "--corrections", "d.json").code == 0
    assert "<img src=x" not in (here / "fixed.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["map", "extract"])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "c.json: it is no JSON, or is cut short; nothing was corrected."),
        ("[]", "c.json: it has no 'geoevents_corrections': save the corrections in a map's page"),
        (
            '{"geoevents_corrections": {"schema_version": 1}, "corrections": [{"action": "x"}]}',
            "c.json, correction 1: its 'event' is missing or no object; nothing was corrected.",
        ),
    ],
)
@pytest.mark.usefixtures("news")
def test_a_bad_file_ends_before_the_work(run, here, command, content, why):
    """One sentence, exit code 1, no output."""
    (here / "c.json").write_text(content, encoding="utf-8")
    out = "out.html" if command == "map" else "out.geojson"
    ended = run(command, "news.txt", "-o", out, "--corrections", "c.json")
    assert ended.code == 1
    assert ended.err.startswith(f"Error: {why}")
    assert ended.err.count("\n") == 1
    assert not (here / out).exists()


def test_a_place_nobody_knows_ends_before_the_work(run, here, news):
    """The gazetteer does not hold it, and the file does not say where it lies."""
    write(here / "c.json", correction(news, "Alexandria", {"place_id": "geonames:0"}))
    ended = run("extract", "news.geojson", "-o", "out.geojson", "--corrections", "c.json")
    assert ended.code == 1
    assert "c.json, correction 1: the gazetteer has no place 'geonames:0'" in ended.err
    assert not (here / "out.geojson").exists()


@pytest.mark.usefixtures("news")
def test_several_processes_correct_alike(run, here):
    """Corrections cross to other processes."""
    assert (
        run("extract", "news.txt", "-o", "two.jsonl", "--corrections", "c.json", "--jobs", "2").code
        == 0
    )
    assert run("extract", "news.txt", "-o", "one.jsonl", "--corrections", "c.json").code == 0
    assert (here / "two.jsonl").read_bytes() == (here / "one.jsonl").read_bytes()
