"""geoparse and resolve over texts and lines that are not as they should be."""

import json

import pytest

EN = "Two cargo planes flew from Baku to Tbilisi on Tuesday."
TEXTS = {
    "capitals": EN.upper(),
    "speech": EN.lower().replace(".", ""),
    "surrogates": EN.replace("Baku", "Baku\udc00"),
    "bidi": EN.replace("Baku", "\u202eBaku\u202c"),
    "joiners": EN.replace("Baku", "Ba\u200dku"),
    "script": "𐀀𐀁𐀂 𐀃𐀄 Baku ᏣᎳᎩ",
    "separators": EN.replace(" ", "\u2028"),
    "crlf": EN.replace(" ", "\r\n"),
    "mark": "\ufeff" + EN,
}
BAD_LINES = {
    "too large a number": '{"id": "x", "text": "In Baku.", "foo": 1e999}',
    "nested": '{"id": "x", "text": "In Baku.", "foo": ' + "[" * 200 + "]" * 200 + "}",
    "no JSON": '{"id": "x"',
    "no text": '{"id": "x"}',
    "language": '{"id": "x", "text": "In Baku.", "lang": "../../etc"}',
    "date": '{"id": "x", "text": "In Baku.", "published": "yesterday"}',
}


def written(rows):
    """Return rows as JSON lines."""
    return "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows)


def read(text):
    """Return the objects of JSON lines."""
    # Only a line feed ends a line: a text may hold other separators, verbatim.
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def test_every_text_comes_out_as_it_went_in(run, here):
    """Verbatim, one line each, and every span cuts its words out; then resolve takes it all."""
    rows = [{"id": name, "text": text} for name, text in TEXTS.items()]
    (here / "in.jsonl").write_text(written(rows), encoding="utf-8")
    for forms in ("all", "name"):
        ended = run("geoparse", "in.jsonl", "-o", "out.jsonl", "--forms", forms, "--overwrite")
        assert ended.code == 0
        lines = read((here / "out.jsonl").read_text(encoding="utf-8"))
        assert {line["id"]: line["text"] for line in lines} == TEXTS
        for line in lines:
            for toponym in line["toponyms"]:
                assert line["text"][toponym["start"] : toponym["end"]] == toponym["text"]
    again = run("resolve", "out.jsonl")
    assert again.code == 0
    assert [[(t["start"], t["end"]) for t in line["toponyms"]] for line in read(again.out)] == [
        [(t["start"], t["end"]) for t in line["toponyms"]] for line in lines
    ]


@pytest.mark.parametrize("command", ["geoparse", "resolve"])
@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_is_told_by_its_number_and_passed_over(run, here, command, kind):
    """The lines before and after it are done, in their order; the code is 3."""
    good = [{"id": i, "text": EN, "toponyms": [{"start": 27, "end": 31}]} for i in "abc"]
    rows = [*good[:2], BAD_LINES[kind], good[2]]
    (here / "in.jsonl").write_text(written(rows), encoding="utf-8")
    ended = run(command, "in.jsonl")
    lines = read(ended.out)
    assert ended.code == 3
    assert [line["id"] for line in lines if "error" not in line] == ["a", "b", "c"]
    assert sorted(lines[2]) == ["error", "id"]
    assert "in.jsonl, line 3" in lines[2]["error"]
    assert "in.jsonl, line 3" in ended.err
    assert "Traceback" not in ended.err


def test_a_deep_line_stops_no_other_process(spawn, here):
    """With --jobs, too, one line that cannot be sent on fails alone."""
    rows = [{"id": "a", "text": EN}, BAD_LINES["nested"], {"id": "b", "text": EN}]
    (here / "in.jsonl").write_text(written(rows), encoding="utf-8")
    ended = spawn("geoparse", "in.jsonl", "--jobs", "2")
    assert ended.code == 3
    assert [(line["id"], "error" in line) for line in read(ended.out)] == [
        ("a", False),
        ("x", True),
        ("b", False),
    ]


@pytest.mark.parametrize("command", ["geoparse", "resolve"])
def test_below_min_score_the_mention_stays_and_the_place_goes(run, here, command):
    """Same spans as without it; every key of the answer is null."""
    start = EN.index("Baku")
    row = {"id": "a", "text": EN, "toponyms": [{"start": start, "end": start + 4}]}
    (here / "in.jsonl").write_text(written([row]), encoding="utf-8")
    full, none = (
        read(run(command, "in.jsonl", "--min-score", least).out)[0] for least in ("0", "1")
    )
    spans = [[(t["start"], t["end"]) for t in line["toponyms"]] for line in (full, none)]
    assert spans[0] == spans[1]
    assert full["toponyms"][0]["place_id"]
    for toponym in none["toponyms"]:
        if toponym["lat"] is None:
            assert all(toponym[key] is None for key in ("lon", "place_id", "geonameid", "score"))
    assert any(toponym["lat"] is None for toponym in none["toponyms"])


def test_a_stream_goes_through_pipes_as_it_comes(spawn):
    """Standard input to standard output, and what comes out goes in again."""
    first = spawn("geoparse", "-", "-o", "-", stdin=written([{"id": "a", "text": EN}] * 1))
    second = spawn("resolve", "-", "-o", "-", stdin=first.out)
    assert (first.code, second.code) == (0, 0)
    assert [t["name"] for t in read(second.out)[0]["toponyms"]] == ["Baku", "Tbilisi"]


def test_a_text_longer_than_an_article_is_refused_in_its_place(run, here):
    """Its line says so, and the others are done."""
    rows = [{"id": "long", "text": "word " * 5_000_000}, {"id": "a", "text": EN}]
    (here / "in.jsonl").write_text(written(rows), encoding="utf-8")
    ended = run("geoparse", "in.jsonl")
    long, short = read(ended.out)
    assert ended.code == 3
    assert "MB, more than an article can be: split it" in long["error"]
    assert short["toponyms"]
