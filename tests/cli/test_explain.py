"""--explain and --recognizer: why a place was chosen, and who found its name."""

import json

import pytest

TEXT = "He drove from Paris, Texas to Dallas."


@pytest.fixture
def article(here):
    """Write an article with a name that several places bear."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    return "a.txt"


def explained(out):
    """Return the explanations of the mentions of one line, by their words."""
    return {t["text"]: t.get("explanation") for t in json.loads(out)["toponyms"]}


def test_geoparse_says_what_speaks_for_each_place(run, article):
    """Of the words asked for, and of no others; the likeliest place first."""
    told = explained(run("geoparse", article, "--explain", "Paris").out)
    assert told["Dallas"] is None
    first, second = told["Paris"]["candidates"][:2]
    assert (first["place_id"], second["country"]) == ("geonames:4717560", "FR")
    assert first["features"]["parent_follows"] > 0
    assert first["log_odds"] > second["log_odds"]


def test_resolve_says_it_too(run, here):
    """For mentions that are given."""
    line = {"id": "a", "text": TEXT, "toponyms": [{"start": 14, "end": 19}]}
    (here / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    told = explained(run("resolve", "a.jsonl", "--explain", "Paris").out)
    assert told["Paris"]["candidates"][0]["place_id"] == "geonames:4717560"


def test_words_inside_a_mention_are_explained(run, here):
    """A name in a post has its generic word and a hashtag sign in it; parts of words are none."""
    (here / "a.txt").write_text("أمطار غزيرة في محافظة #مادبا اليوم #الأردن", encoding="utf-8")
    told = explained(run("geoparse", "a.txt", "--explain", "مادبا").out)
    assert told["محافظة #مادبا"]["candidates"][0]["country"] == "JO"
    (here / "b.txt").write_text("The York plant of New York was shut.", encoding="utf-8")
    assert run("geoparse", "b.txt", "--explain", "ork").out.count("explanation") == 0


@pytest.mark.parametrize("command", ["geoparse", "extract", "map"])
def test_an_unknown_recognizer_is_told(run, article, command):
    """One sentence that names it, and nothing is written."""
    ended = run(command, article, "--recognizer", "nobody")
    assert ended.code != 0
    assert "nobody" in ended.err
    assert "Traceback" not in ended.err
    assert ended.out == ""


def test_the_address_of_a_local_paper_counts(run, here):
    """Lebanon is a town in Tennessee, to the paper that is printed there."""
    text = "The mayor of Lebanon opened the school on Monday."
    lines = [
        {"id": "a", "text": text},
        {"id": "b", "text": text, "url": "https://www.tennesseenews.com/a", "lang": "en"},
    ]
    (here / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    plain, local = (
        json.loads(line)["toponyms"][0] for line in run("geoparse", "a.jsonl").out.splitlines()
    )
    assert plain["country"] == "LB"
    assert local["score"] != plain["score"]
