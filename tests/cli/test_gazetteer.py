"""geoevents gazetteer: names looked up one by one or by the thousand."""

import json

import pytest


def test_a_name_is_looked_up_in_any_script(run):
    """Arabic finds the same place as English."""
    for name in ("Baku", "باكو"):
        ended = run("gazetteer", "search", name, "--json", "--limit", "1")
        line = json.loads(ended.out)
        assert (ended.code, line["place_id"]) == (0, "geonames:587084")
        assert line["name"] == name
        assert line["match"] == 1


def test_without_json_there_is_a_table(run):
    """One line per place, its id unbroken."""
    ended = run("gazetteer", "search", "Baku")
    assert ended.out.splitlines()[0].split()[:3] == ["name", "kind", "in"]
    assert "geonames:587084" in ended.out


def test_options_narrow_the_search(run):
    """Country and kind are obeyed, lower-case country codes too."""
    out = run("gazetteer", "search", "Paris", "--country", "us", "--json").out
    assert {json.loads(line)["place_country"] for line in out.splitlines()} == {"US"}


def test_no_such_name_is_an_error(run):
    """Nothing on stdout, one sentence on stderr, code 1."""
    ended = run("gazetteer", "search", "Xqzzwv", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert (
        ended.err == "Error: No place is called 'Xqzzwv': try another spelling or fewer options.\n"
    )


def test_a_batch_keeps_order_count_and_keys(run, here):
    """Each line gets its best place, null where there is none, an error where it has no name."""
    rows = [
        {"name": "Baku", "id": 7},
        {"name": "Xqzzwv"},
        {"nom": "Paris"},
        {"name": "Paris", "country": "US", "foo": None},
    ]
    text = "\n".join(json.dumps(row) for row in rows)
    (here / "in.jsonl").write_text(text, encoding="utf-8")
    ended = run("gazetteer", "search", "--batch", "in.jsonl", "-o", "out.jsonl", "--geometry")
    lines = [
        json.loads(line) for line in (here / "out.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert ended.code == 3
    assert (lines[0]["id"], lines[0]["place_name"]) == (7, "Baku")
    assert lines[0]["geometry"]["type"] == "Point"
    answer = ("lat", "lon", "place_id", "place_name", "place_kind", "match", "score", "geometry")
    assert [lines[1][key] for key in answer] == [None] * 8
    assert "'name' is missing" in lines[2]["error"]
    assert (lines[3]["place_country"], lines[3]["foo"]) == ("US", None)


@pytest.mark.parametrize("words", [[], ["Baku", "--batch", "in.jsonl"]])
def test_name_and_batch_exclude_each_other(run, words):
    """Either is needed; both are a usage error."""
    ended = run("gazetteer", "search", *words)
    assert ended.code == 2
    assert "give either a NAME or --batch" in ended.err


def test_a_kind_that_does_not_exist_is_an_error(run):
    """The sentence says which kinds there are."""
    ended = run("gazetteer", "search", "Baku", "--kind", "galaxy")
    assert ended.code == 1
    assert "galaxy" in ended.err


def test_info_tells_versions_and_counts(run):
    """As text and as JSON."""
    facts = json.loads(run("gazetteer", "info", "--json").out)
    assert facts["data_version"]
    assert facts["kinds"]["capital"] > 190
    assert f"data_version: {facts['data_version']}" in run("gazetteer", "info").out
