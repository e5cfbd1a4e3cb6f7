"""evaluate: figures on stdout, mistakes on a page, bad lines told by number."""

import json
from pathlib import Path

import pytest

TEXT = "They flew from Baku to Ganja, then to Russia."


def mention(name, **keys):
    """Return a toponym where a name stands."""
    start = TEXT.index(name)
    return {"start": start, "end": start + len(name)} | keys


@pytest.fixture
def files(here):
    """Return gold and predictions of three documents; Russia is answered with Moscow."""
    baku = {"lat": 40.38, "lon": 49.89}
    gold = [
        mention("Baku", **baku),
        mention("Ganja", lat=40.68, lon=46.36, form="name"),
        mention("Russia", lat=61.98, lon=96.69, geonameid=2017370, form="name"),
    ]
    predicted = [
        mention("Baku", score=0.9, p_place=1.0, **baku),
        mention("Russia", score=0.8, p_place=1.0, lat=55.75, lon=37.62),
    ]
    for name, toponyms in (("gold", gold), ("pred", predicted)):
        rows = [{"id": i, "text": TEXT, "toponyms": toponyms} for i in "abc"]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (here / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return ["gold.jsonl", "pred.jsonl"]


def figures(ended):
    """Return the values of the figures that --json prints."""
    return {name: one["value"] for name, one in json.loads(ended.out)["figures"].items()}


def test_json_is_one_object_with_intervals(run, files):
    """Two of three are found, one within 161 km, the other in its country's outline."""
    ended = run("evaluate", *files, "--json")
    assert (ended.code, ended.err) == (0, "")
    values = figures(ended)
    assert values["strict_recall"] == pytest.approx(2 / 3, abs=1e-6)
    assert values["acc161"] == pytest.approx(1 / 3, abs=1e-6)
    assert values["acc161_or_area"] == pytest.approx(2 / 3, abs=1e-6)
    written = json.loads(ended.out)
    assert written["figures"]["acc161"]["low"] is not None
    assert written["calibration"]["score"]["count"] == 6
    assert written["mistakes"]["missed"] == 3


def test_a_table_is_read_by_default(run, files):
    """Figures with their intervals, under headings."""
    ended = run("evaluate", *files)
    assert "F1, same span               0.800 [0.800 0.800]" in ended.out
    assert "mistakes     missed 3, false 0, misplaced 0" in ended.out


def test_conventions_change_what_counts(run, files):
    """--forms keeps the forms named; unnamed ones are null."""
    only_names = figures(run("evaluate", *files, "--forms", "name", "--json"))
    assert only_names["strict_recall"] == 0.5
    unnamed = figures(run("evaluate", *files, "--forms", "null", "--json"))
    assert (unnamed["strict_recall"], unnamed["strict_precision"]) == (1.0, 1.0)


def test_the_page_is_written_whole_and_not_over_another(run, files, here):
    """-o writes the page beside the figures; an existing one stays without --overwrite."""
    ended = run("evaluate", *files, "-o", "report.html")
    assert ended.code == 0
    assert "Mistakes: gold" in (here / "report.html").read_text(encoding="utf-8")
    again = run("evaluate", *files, "-o", "report.html")
    assert (again.code, again.out) == (1, "")
    assert run("evaluate", *files, "-o", "report.html", "--overwrite").code == 0
    assert sorted(p.name for p in here.iterdir()) == ["gold.jsonl", "pred.jsonl", "report.html"]


def test_a_bad_line_is_told_and_the_code_is_3(run, files, here):
    """The others are measured."""
    with (here / "gold.jsonl").open("a", encoding="utf-8") as file:
        file.write('{broken\n{"id": "d"}\n')
    ended = run("evaluate", *files, "--json")
    assert ended.code == 3
    assert "gold.jsonl, line 4" in ended.err
    assert "gold.jsonl, line 5" in ended.err
    assert json.loads(ended.out)["documents"] == 3


def test_what_took_no_part_is_told(run, files, here):
    """Documents that one side alone has, and those that failed."""
    rows = [{"id": "a", "error": "It is empty."}, {"id": "x", "toponyms": []}]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (here / "pred.jsonl").write_text(text, encoding="utf-8")
    ended = run("evaluate", *files)
    assert "without a prediction, which count as empty: 2" in ended.err
    assert "whose prediction is an error, count as empty: 1" in ended.err
    assert "left aside: 1 (as 'x')" in ended.err


def test_areas_beside_gold_are_used_and_told(run, files, here):
    """Where gold names outlines of its own, the gazetteer's are not asked."""
    (here / "areas.json").write_text("{}", encoding="utf-8")
    ended = run("evaluate", *files, "--json")
    assert "areas.json" in ended.err
    assert figures(ended)["acc161_or_area"] == pytest.approx(1 / 3, abs=1e-6)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["none.jsonl", "pred.jsonl"], 1, "There is no file or folder 'none.jsonl'"),
        (["gold.jsonl", "none.jsonl"], 1, "There is no file or folder 'none.jsonl'"),
        (["gold.jsonl", "empty.jsonl", "-o", "r.html"], 0, "count as empty: 3"),
        (["empty.jsonl", "pred.jsonl", "-o", "r.html"], 1, "holds no text"),
        (["gold.jsonl", "pred.jsonl", "-o", "r.jsonl"], 2, "this command writes .html"),
        (["gold.jsonl", "pred.jsonl", "--forms", ","], 2, "name at least one form"),
        (["gold.jsonl", "pred.jsonl", "--areas", "gold.jsonl"], 1, "gold.jsonl"),
        (["-", "-"], 2, "cannot both be standard input"),
    ],
)
@pytest.mark.usefixtures("files")
def test_each_end_is_one_sentence(run, words, code, told):
    """With the right code, and no page where there is nothing to show."""
    Path("empty.jsonl").write_text("", encoding="utf-8")
    ended = run("evaluate", *words)
    assert (ended.code, told in ended.err) == (code, True)
    assert "Traceback" not in ended.err
    assert Path("r.html").exists() == (code == 0 and "-o" in words)


@pytest.mark.usefixtures("files")
def test_predictions_come_through_a_pipe(spawn):
    """- is standard input: what geoparse writes is measured as it comes."""
    parsed = spawn("geoparse", "gold.jsonl", "--forms", "name").out
    ended = spawn("evaluate", "gold.jsonl", "-", "--json", stdin=parsed)
    assert ended.code == 0
    assert figures(ended)["strict_f1"] == 1.0
