"""geoevents gazetteer search --batch: a row out for every row in, whatever is in it."""

import csv
import io
import json
import sys

import pytest

HEADING = "lat,lon,place_id,place_name,place_kind,place_country,match,score,error"
ANSWER = ("lat", "lon", "place_id", "place_name", "place_kind", "place_country", "match", "score")


@pytest.fixture
def batch(run, here):
    """Return a function that looks up a file of this text and returns the rows that come out."""

    def batch(text, *words, suffix="csv", out="out.csv", code=0):
        (here / f"in.{suffix}").write_bytes(text if isinstance(text, bytes) else text.encode())
        words = ("--batch", f"in.{suffix}", "-o", out, "--overwrite", *words)
        ended = run("gazetteer", "search", *words)
        assert (ended.code, ended.out) == (code, "")
        written = (here / out).read_text(encoding="utf-8-sig")
        if out.endswith("csv"):
            return list(csv.DictReader(io.StringIO(written)))
        return [json.loads(line) for line in written.splitlines()]

    return batch


def test_lines_keep_order_count_and_keys(batch):
    """Each line gets its best place, null where there is none, an error where it has no name."""
    rows = [
        {"name": "Baku", "id": 7},
        {"name": "Xqzzwv"},
        {"nom": "Paris"},
        {"name": "Paris", "country": "US", "foo": None},
    ]
    text = "\n".join(map(json.dumps, rows))
    lines = batch(text, "--geometry", suffix="jsonl", out="out.jsonl", code=3)
    assert (lines[0]["id"], lines[0]["place_name"]) == (7, "Baku")
    assert lines[0]["geometry"]["type"] == "Point"
    assert [lines[1][key] for key in (*ANSWER, "geometry")] == [None] * 9
    assert lines[2] == {"id": "in:3", "error": "in.jsonl, line 3: 'name' is missing or not a text."}
    assert (lines[3]["place_country"], lines[3]["foo"]) == ("US", None)


def test_columns_pass_through_and_answers_are_appended(batch, here):
    """Heading and cells are as they were; nothing found is empty cells."""
    rows = batch("note,name,country\n seen ,Baku,\n,Xqzzwv,AZ\nn,Paris,US\n")
    written = (here / "out.csv").read_text(encoding="utf-8")
    assert written.splitlines()[0] == f"note,name,country,{HEADING}"
    assert rows[0]["note"] == " seen "
    assert (rows[0]["place_id"], rows[0]["match"], rows[0]["error"]) == (
        "geonames:587084",
        "1.0",
        "",
    )
    assert {rows[1][key] for key in (*ANSWER, "error")} == {""}
    assert rows[2]["place_country"] == "US"


def test_a_row_of_csv_that_fails_tells_why(batch):
    """Its own cells stay, the others are empty, the run goes on and ends with 3."""
    text = "id,name,kind\na,Baku,capital\nb,Baku,galaxy\nc,,\n,Baku,x,y\nd,Baku,\n"
    rows = batch(text, code=3)
    assert [row["id"] for row in rows] == ["a", "b", "c", "", "d"]
    assert [bool(row["place_id"]) for row in rows] == [True, False, False, False, True]
    assert [row["error"].partition(":")[0] for row in rows[2:4]] == [
        "in.csv, row 4",
        "in.csv, row 5",
    ]
    assert "'galaxy' is no kind of place" in rows[1]["error"]
    assert "'name' is missing" in rows[2]["error"]
    assert "it has 4 cells, but the heading has 3" in rows[3]["error"]


def test_answers_of_an_earlier_run_are_replaced(batch, here):
    """What came out can go in again: nothing is there twice, nothing stale is left."""
    batch("name\nBaku\n")
    again = (here / "out.csv").read_text(encoding="utf-8").replace("Baku\n", "")
    once = batch("name,error,lat\nBaku,old,1\n,old,1\n", code=3)
    assert list(once[0]) == ["name", *HEADING.split(",")]
    assert (once[0]["error"], once[0]["lat"]) == ("", "40.37767")
    assert ("old" in once[1]["error"], once[1]["lat"]) == (False, "")
    assert len(batch(again)) == 1


def test_json_becomes_csv_and_csv_json(batch):
    """The format follows the suffix on each side; a table has the columns of all lines."""
    lines = '{"name": "Baku", "tags": ["a", 1]}\n{"name": "", "id": 3, "x": true}\n'
    rows = batch(lines, suffix="jsonl", code=3)
    assert list(rows[0]) == ["name", "tags", "id", "x", *HEADING.split(",")]
    assert (rows[0]["tags"], rows[1]["x"], rows[1]["id"]) == ('["a", 1]', "true", "3")
    assert "'name' is missing" in rows[1]["error"]
    (line,) = batch("name;lang;n\nباكو;ar;1\n", out="out.jsonl")
    assert (line["place_name"], line["n"], "error" in line) == ("Baku", "1", False)


def test_a_table_is_written_as_it_was_read(batch, here):
    """Semicolons stay semicolons, and a byte order mark, by which Excel knows UTF-8, stays."""
    batch("\ufeffname;n\nباكو;1\n")
    written = (here / "out.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfname;n;lat;lon;")
    batch("name\tn\nBaku\t1\n", suffix="tsv", out="out.tsv.csv")
    assert (here / "out.tsv.csv").read_bytes().startswith(b"name\tn\tlat")


def test_geometry_in_a_table_is_well_known_text(batch):
    """Points and outlines, longitude before latitude."""
    rows = batch("name,kind\nBaku,capital\nAzerbaijan,country\nXqzzwv,\n", "--geometry")
    assert rows[0]["geometry"] == "POINT (49.89201 40.37767)"
    assert rows[1]["geometry"].startswith("MULTIPOLYGON (((")
    assert rows[2]["geometry"] == ""


def test_formulas_do_not_run(batch):
    """Cells that a spreadsheet would run get an apostrophe; numbers stay numbers."""
    (row,) = batch('=1+1,name,n\n"=HYPERLINK(""http://x"")",Baku,-5.2\n')
    assert next(iter(row)) == "'=1+1"
    assert (row["'=1+1"], row["n"]) == ('\'=HYPERLINK("http://x")', "-5.2")


def test_a_name_only_alike_must_be_likely(batch):
    """Without --min-score, a place that is probably none is no answer; with it, it may be."""
    text = "name\nFoobarville\nAleppoo\nBaku\n"
    assert [row["place_name"] for row in batch(text)] == ["", "Aleppo", "Baku"]
    assert all(row["place_name"] for row in batch(text, "--min-score", "0"))
    assert [bool(row["lat"]) for row in batch(text, "--min-score", "0.85")] == [False, False, True]
    assert [row["place_name"] for row in batch(text, "--exact")] == ["", "", "Baku"]


def test_context_and_options_steer_the_choice(batch):
    """A row's own words go before the options, the options before nothing."""
    text = "name,country,context\nTripoli,,\nTripoli,LB,\nTripoli,,Ships left Beirut for Tripoli.\n"
    countries = [row["place_country"] for row in batch(text)]
    assert countries == ["LY", "LB", "LB"]
    assert [row["place_country"] for row in batch(text, "--country", "LY")] == ["LY", "LB", "LY"]


def test_a_wrong_option_is_told_once(run, here):
    """Not for every name, and nothing is written."""
    (here / "in.csv").write_text("name\n" + "Baku\n" * 50, encoding="utf-8")
    ended = run("gazetteer", "search", "--batch", "in.csv", "-o", "o.csv", "--kind", "galaxy")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1
    assert not (here / "o.csv").exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "holds no text"),
        (b"a,b\n1,2\n", "in.csv, row 1: the heading has no column 'name', but 'a', 'b'"),
        (b"name,a,a\nBaku,1,2\n", "two columns are called 'a'"),
        ("name\nباكو\n".encode("windows-1256") * 9, "is not UTF-8"),
        ("name\nBaku\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\0\0name", "binary file"),
    ],
)
def test_a_file_that_is_no_table_of_names_is_one_sentence(run, here, data, why):
    """Code 1, nothing written."""
    (here / "in.csv").write_bytes(data)
    ended = run("gazetteer", "search", "--batch", "in.csv", "-o", "out.csv")
    assert ended.code == 1
    assert why in ended.err
    assert len(ended.err.splitlines()) == 1
    assert not (here / "out.csv").exists()


def test_a_quote_that_is_never_closed_is_a_row_that_fails(batch):
    """The rows before it are done."""
    rows = batch('name\nBaku\n"Tbilisi\nYerevan\n', code=3)
    assert [row["place_name"] for row in rows] == ["Baku", ""]
    assert "it is no CSV" in rows[1]["error"]


def test_names_can_come_from_a_pipe_and_go_into_one(run, monkeypatch):
    """Standard input is seen for what it is, and standard output is of the same format."""
    given = {"name,n\nBaku,1\n": "name,n,lat,", '{"name": "Baku"}\n': '{"name": "Baku", "lat": '}
    for text, start in given.items():
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        ended = run("gazetteer", "search", "--batch", "-")
        assert ended.code == 0
        assert ended.out.startswith(start)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"name\nBaku\n")))
    ended = run("gazetteer", "search", "--batch", "-", "--format", "jsonl")
    assert json.loads(ended.out)["place_name"] == "Baku"


def test_an_output_that_exists_is_kept(run, here):
    """Code 1 before the work."""
    (here / "in.csv").write_text("name\nBaku\n", encoding="utf-8")
    (here / "out.csv").write_text("mine", encoding="utf-8")
    ended = run("gazetteer", "search", "--batch", "in.csv", "-o", "out.csv")
    assert (ended.code, (here / "out.csv").read_text(encoding="utf-8")) == (1, "mine")
    assert "--overwrite" in ended.err
