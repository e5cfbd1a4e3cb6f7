"""What the commands really write fits the published schemas and the scorers that read it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gazetteer.data import data_path

NAMES = ("geoparse", "resolve", "extract", "search", "event_table")
ARTICLES = [
    {
        "id": "ar",
        "published": "2021-03-04",
        "text": "أقلعت ثلاث طائرات شحن من مطار إسطنبول إلى طرابلس يوم الثلاثاء، وقال مسؤول إن صفقة "
        "أسلحة بقيمة ملياري دولار وقعت في الخرطوم عام 2019.\n\nوقتل 12 شخصا في اشتباكات على "
        "الحدود بين السودان وإثيوبيا، وفي شمال مالي.",
    },
    {
        "id": "en",
        "lang": "en",
        "text": "Two cargo ships sailed from Odesa to Istanbul last week. Clashes killed "
        "five people near the border between Armenia and Azerbaijan in 2020. "
        "French officials denied it.",
    },
    {"id": "none", "text": "Nothing happened."},
    {"id": "bad", "text": None},
]

_BENCH = os.environ.get("GEOEVENTS_BENCH")
needs_bench = pytest.mark.skipif(not _BENCH, reason="GEOEVENTS_BENCH names no benchmark folder")


def validator(name):
    """Return the validator of a published schema."""

    def load(n):
        return json.loads(data_path("schemas", f"{n}.schema.json").read_text(encoding="utf-8"))

    resources = [(f"{n}.schema.json", Resource.from_contents(load(n))) for n in NAMES]
    return Draft202012Validator(load(name), registry=Registry().with_resources(resources))


def wrong(name, values):
    """Return what does not fit a schema."""
    return [error.message for value in values for error in validator(name).iter_errors(value)]


def lines(path):
    """Return the objects of a JSON-lines file."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def articles(here):
    """Return a file of articles."""
    text = "".join(json.dumps(article) + "\n" for article in ARTICLES)
    (here / "in.jsonl").write_text(text, encoding="utf-8")
    return here / "in.jsonl"


@pytest.mark.parametrize("options", [[], ["--geometry"], ["--forms", "all"], ["--forms", "name"]])
def test_geoparse_fits_its_schema(run, articles, options):
    """Every option's output is valid, and there are places to validate."""
    run("geoparse", articles, "-o", "out.jsonl", *options)
    written = lines("out.jsonl")
    assert wrong("geoparse", written) == []
    assert len(written[0]["toponyms"]) >= 3


def test_described_places_carry_the_names_inside_them(run, articles):
    """A border between two countries stands for both, which are in its refs."""
    run("geoparse", articles, "-o", "out.jsonl")
    toponyms = [t for line in lines("out.jsonl")[:2] for t in line["toponyms"]]
    borders = [t for t in toponyms if t["form"] == "border"]
    assert borders
    for border in borders:
        assert len(border["refs"]) == 2
        assert all(ref["place_id"] for ref in border["refs"])
        assert border["geometry_basis"] in {"stated", "inferred", "schematic"}


def test_extract_fits_its_schema_and_geoparse(run, articles):
    """Events, and the same toponyms that geoparse gives."""
    run("extract", articles, "-o", "out.jsonl")
    run("geoparse", articles, "-o", "places.jsonl")
    written = lines("out.jsonl")
    assert wrong("extract", written) == []
    assert sum(len(line.get("events", [])) for line in written) >= 3
    assert [line.get("toponyms") for line in written] == [
        line.get("toponyms") for line in lines("places.jsonl")
    ]


def test_resolve_fits_its_schema(run, articles):
    """What geoparse found can be resolved again."""
    run("geoparse", articles, "-o", "places.jsonl", "--forms", "name")
    assert run("resolve", "places.jsonl", "-o", "out.jsonl").code == 3
    assert wrong("resolve", lines("out.jsonl")) == []


def test_search_fits_its_schema(run, here):
    """Batch and --json alike."""
    batch = '{"name": "Baku"}\n{"name": "Xqzzwv"}\n{}\n'
    (here / "names.jsonl").write_text(batch, encoding="utf-8")
    run("gazetteer", "search", "--batch", "names.jsonl", "-o", "out.jsonl")
    found = run("gazetteer", "search", "Springfield", "--json", "--geometry").out
    assert wrong("search", lines("out.jsonl")) == []
    assert wrong("search", map(json.loads, found.splitlines())) == []


def test_geojson_fits_its_schema(run, articles):
    """The layer for a GIS is as published."""
    run("extract", articles, "-o", "out.geojson")
    collection = json.loads(Path("out.geojson").read_text(encoding="utf-8"))
    assert wrong("event_table", [collection]) == []
    assert any(feature["geometry"] for feature in collection["features"])


@needs_bench
def test_the_toponym_scorer_reads_geoparse_and_resolve(run, here):
    """The scorer takes the outputs as they come, and finds places in them."""
    bench = Path(_BENCH) / "bench"
    gold = here / "gold.jsonl"
    part = (bench / "geovirus.jsonl").read_text(encoding="utf-8").splitlines()[:5]
    gold.write_text("\n".join(part) + "\n", encoding="utf-8")
    for command in ("geoparse", "resolve"):
        run(command, gold, "-o", f"{command}.jsonl")
        score = scored(bench / "score.py", gold, here / f"{command}.jsonl")
        assert score["docs_predicted"] == 5


@needs_bench
def test_the_event_scorer_reads_extract(run, here):
    """The event scorer takes the output as it comes; the gold events in it are not copied."""
    gold = Path(_BENCH) / "gold"
    run("extract", gold / "events_dev.jsonl", "-o", "out.jsonl")
    score = scored(gold / "score_events.py", gold / "events_dev.jsonl", here / "out.jsonl")
    assert 0 < score["detection"]["family_core"]["F1"] < 1


def scored(script, gold, predicted):
    """Return a scorer's report."""
    done = subprocess.run(
        [sys.executable, script, gold, predicted, "--json"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)
