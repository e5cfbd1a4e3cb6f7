"""geoparse, resolve and extract: what goes in comes out, in order, with its answer."""

import itertools
import json

import pytest

EN = "A cargo plane flew from Baku to Tbilisi on Tuesday. Fighting went on in Nagorno-Karabakh."
AR = "هبطت طائرة شحن في مطار باكو أمس، قادمة من تبليسي."


def write(path, *lines):
    """Write lines of JSON."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def read(text):
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def articles(here):
    """Return a file of two good articles, between them one without text and a broken line."""
    path = write(
        here / "in.jsonl",
        {"id": "en", "text": EN, "published": "2020-09-30", "foo": {"bar": 1}},
        {"id": "none", "text": ""},
        {"id": "ar", "text": AR},
    )
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["geoparse", "extract"])
def test_order_and_count_are_kept_and_failures_stand_in_their_place(run, articles, command):
    """Four lines in, four out; the failing ones say why, on stderr too, and the code is 3."""
    ended = run(command, articles, "-o", "out.jsonl")
    lines = read((articles.parent / "out.jsonl").read_text(encoding="utf-8"))
    assert ended.code == 3
    assert ended.out == ""
    assert [line["id"] for line in lines] == ["en", "none", "ar", "in:4"]
    assert [sorted(line) == ["error", "id"] for line in lines] == [False, True, False, True]
    assert ended.err.count("Error: ") == 2
    assert "'none': " in ended.err


def test_unknown_keys_are_passed_through(run, articles):
    """What we do not know comes out as it went in, and missing values are null."""
    line = read(run("geoparse", articles).out)[0]
    assert line["foo"] == {"bar": 1}
    assert line["url"] is None
    assert line["lang"] == "en"
    assert line["text"] == EN


def test_toponyms_are_sorted_apart_and_verbatim(run, articles):
    """Each span cuts its text out of the article."""
    for line in read(run("geoparse", articles, "--forms", "all").out):
        toponyms = line.get("toponyms", [])
        assert [line["text"][t["start"] : t["end"]] for t in toponyms] == [
            t["text"] for t in toponyms
        ]
        ends = [(t["start"], t["end"]) for t in toponyms]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))


def test_geometry_comes_on_request(run, articles):
    """With --geometry each place has a GeoJSON geometry, without it no such key."""
    plain, full = run("geoparse", articles), run("geoparse", articles, "--geometry")
    assert all("geometry" not in t for t in read(plain.out)[0]["toponyms"])
    kinds = {t["name"]: t["geometry"]["type"] for t in read(full.out)[0]["toponyms"]}
    assert kinds["Baku"] == "Point"
    assert kinds["Nagorno-Karabakh"] in {"Polygon", "MultiPolygon"}


def test_a_high_threshold_leaves_places_without_coordinates(run, articles):
    """Below --min-score the span stays and lat, lon, place_id are null."""
    line = read(run("geoparse", articles, "--min-score", "1").out)[0]
    assert line["toponyms"]
    low = [t for t in line["toponyms"] if t["lat"] is None]
    assert low
    assert all(t["place_id"] is None and t["geonameid"] is None for t in low)


def test_several_processes_give_the_same_lines(spawn, here):
    """--jobs changes neither order nor content, also where lines fail."""
    lines = [{"id": str(i), "text": EN if i % 5 else ""} for i in range(23)]
    path = write(here / "many.jsonl", *lines)
    one, two = spawn("extract", path), spawn("extract", path, "--jobs", "2")
    assert one.out == two.out
    assert one.code == two.code == 3
    assert len(read(one.out)) == 23


def test_resolve_keeps_the_given_spans(run, here):
    """Same spans, same order, overlapping or not; answers in the input are not believed."""
    spans = [(EN.index("Tbilisi"), 7), (EN.index("Baku"), 4), (EN.index("plane"), 5)]
    toponyms = [
        {"start": start, "end": start + n, "lat": 1.0, "lon": 2.0, "geonameid": 5, "mine": "x"}
        for start, n in spans
    ]
    path = write(here / "t.jsonl", {"id": "a", "text": EN, "toponyms": toponyms, "foo": 1})
    (line,) = read(run("resolve", path).out)
    assert [(t["start"], t["end"] - t["start"]) for t in line["toponyms"]] == spans
    assert [t["name"] for t in line["toponyms"][:2]] == ["Tbilisi", "Baku"]
    assert line["toponyms"][2]["lat"] is None or line["toponyms"][2]["lat"] != 1.0
    assert [t["mine"] for t in line["toponyms"]] == ["x"] * 3
    assert line["foo"] == 1


@pytest.mark.parametrize(
    "toponyms",
    [None, "Baku", [3], [{"start": 5}], [{"start": 5, "end": 5}], [{"start": 0, "end": 999}]],
)
def test_resolve_names_spans_that_are_none(run, here, toponyms):
    """A span outside the text makes its line an error, and the run goes on."""
    good = {"id": "b", "text": EN, "toponyms": [{"start": 24, "end": 28}]}
    path = write(here / "t.jsonl", {"id": "a", "text": EN, "toponyms": toponyms}, good)
    ended = run("resolve", path)
    bad, fine = read(ended.out)
    assert ended.code == 3
    assert "line 1" in bad["error"]
    assert fine["toponyms"][0]["name"] == "Baku"


def test_extract_writes_a_layer_for_a_gis(run, articles):
    """GeoJSON and GeoPackage by extension; the lines that failed are told on stderr."""
    for name in ("out.geojson", "out.gpkg"):
        assert run("extract", articles, "-o", name).code == 3
        assert (articles.parent / name).stat().st_size > 1000
    collection = json.loads((articles.parent / "out.geojson").read_text(encoding="utf-8"))
    assert {f["properties"]["doc_id"] for f in collection["features"]} <= {"en", "ar"}
    assert collection["geoevents"]["data_version"] != "unknown"


def test_format_wins_over_the_extension(run, articles):
    """--format decides, also on standard output."""
    ended = run("extract", articles, "--format", "geojson")
    assert json.loads(ended.out)["type"] == "FeatureCollection"


def test_relative_dates_ask_for_the_publication_date(run, here):
    """Without it they stay open, with a note; with it they are resolved."""
    (here / "a.txt").write_text(EN, encoding="utf-8")
    without = run("extract", "a.txt")
    assert "--published YYYY-MM-DD" in without.err
    dated = run("extract", "a.txt", "--published", "2020-09-30")
    assert "--published" not in dated.err
    starts = {(e["time"] or {}).get("start") for e in read(dated.out)[0]["events"]}
    assert "2020-09-29" in starts


def test_standard_input_is_read_for_what_it_is(spawn):
    """Text, a page or JSON lines: the first bytes tell."""
    page = f"<html><body><p>{EN}</p></body></html>"
    for given in (EN, page, json.dumps({"id": "stdin", "text": EN})):
        (line,) = read(spawn("geoparse", "-", stdin=given).out)
        assert line["id"] == "stdin"
        assert "Baku" in {t["name"] for t in line["toponyms"]}


def test_lone_surrogates_come_out_verbatim(run, here):
    """Half an emoji neither stops the run nor moves an offset."""
    path = here / "s.jsonl"
    path.write_text('{"id": "s", "text": "\\ud83d He went to Baku."}\n', encoding="utf-8")
    ended = run("extract", path)
    (line,) = read(ended.out)
    assert ended.code == 0
    assert line["text"] == "\ud83d He went to Baku."
    toponym = line["toponyms"][0]
    assert line["text"][toponym["start"] : toponym["end"]] == "Baku"


def test_a_language_without_event_rules_is_told(run, here):
    """Places are found all the same, and the note says what was not done."""
    (here / "ka.txt").write_text("თვითმფრინავი ბაქოში დაეშვა.", encoding="utf-8")
    ended = run("extract", "ka.txt", "--lang", "ka")
    assert ended.code == 0
    assert "Events are not read in the language 'ka'" in ended.err
