"""``geoevents extract`` says which events of different articles are one."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

STRIKE = "An airstrike on Aleppo on Monday killed {} people, the city council said."
ARTICLES = [
    {"id": "one", "url": "https://one.example/1", "text": STRIKE.format("three")},
    {"id": "bad", "text": None},
    {"id": "none", "text": "Nothing happened."},
    {"id": "two", "url": "https://two.example/2", "text": f"(AFP)\n{STRIKE.format('five')}"},
]


@pytest.fixture
def articles(here):
    """Write the articles, which are in English and of one day."""
    common = {"lang": "en", "published": "2024-03-05"}
    lines = (json.dumps(common | article) + "\n" for article in ARTICLES)
    (here / "in.jsonl").write_text("".join(lines), encoding="utf-8")
    return here / "in.jsonl"


def lines(text):
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_carry_their_group(run, articles, jobs):
    """Every article has its line, in order, failures too; both strikes are one event."""
    assert run("extract", articles, "-o", "out.jsonl", "--jobs", jobs).code == 3
    one, bad, none, two = lines(Path("out.jsonl").read_text(encoding="utf-8"))
    assert (bad["id"], none["events"]) == ("bad", [])
    assert "error" in bad
    group, other = one["events"][0]["group"], two["events"][0]["group"]
    assert group | {"source": "agency:afp"} == other
    assert (group["n_documents"], group["n_sources"], group["source"]) == (2, 2, "site:one.example")
    assert [
        (c["detail"], [(v["value"], v["sources"], v["documents"]) for v in c["values"]])
        for c in group["conflicts"]
    ] == [
        ("killed", [(3, ["site:one.example"], ["one"]), (5, ["agency:afp"], ["two"])]),
    ]


def test_standard_output_does_not_wait(run, articles):
    """Lines go out as they come, ungrouped, unless grouping is asked for."""
    ungrouped = lines(run("extract", articles).out)
    assert ungrouped[0]["events"][0]["group"] is None
    grouped = lines(run("extract", articles, "--group").out)
    assert grouped[0]["events"][0]["group"]["n_documents"] == 2
    for line in grouped:
        for event in line.get("events", ()):
            event["group"] = None
    assert grouped == ungrouped


def test_layers_carry_their_group(run, articles):
    """A GIS finds the reports of one event by a column, and who is a source."""
    run("extract", articles, "-o", "out.geojson")
    table = gpd.read_file("out.geojson").set_index("doc_id")
    assert table.loc["one", "group_id"] == table.loc["two", "group_id"]
    assert set(table["n_sources"]) == {2}
    assert json.loads(table.loc["one", "conflicts"])[0]["detail"] == "killed"
    run("extract", articles, "-o", "plain.geojson", "--no-group")
    assert gpd.read_file("plain.geojson")["group_id"].isna().all()


def test_groups_come_back_from_lines(run, articles):
    """An event table read from lines has the groups that the lines carry."""
    from geoevents import read_event_table

    run("extract", articles, "-o", "out.jsonl")
    good = [line for line in lines(Path("out.jsonl").read_text("utf-8")) if "error" not in line]
    Path("good.jsonl").write_text("".join(json.dumps(line) + "\n" for line in good), "utf-8")
    table = read_event_table("good.jsonl").set_index("doc_id")
    assert table.loc["one", "group_id"] == table.loc["two", "group_id"] == "one-1"
    assert table.loc["two", "source"] == "agency:afp"


def test_a_map_tells_who_else_reports_an_event(run, here, carried):
    """As a layer does, unless --no-group forbids it."""
    flight = "Two cargo planes landed in Baku from Ankara on 3 May 2024, officials said."
    articles = [
        {"id": "one", "lang": "en", "url": "https://one.example/1", "text": flight},
        {"id": "two", "lang": "en", "url": "https://two.example/2", "text": f"(AFP)\n{flight}"},
    ]
    (here / "in.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    assert run("map", "in.jsonl", "-o", "map.html").code == 0
    _, _, details = carried(here / "map.html")
    (told,) = {json.dumps(one) for one in json.loads(details)["event"]["reports"]}
    assert json.loads(told)["documents"] == 2
    assert set(json.loads(told)["names"]) <= {"one.example", "two.example", "afp"}
    assert run("map", "in.jsonl", "-o", "alone.html", "--no-group").code == 0
    assert "reports" not in carried(here / "alone.html")[2]
