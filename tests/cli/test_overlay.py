"""geoevents gazetteer add, fix, remove, unfix, overlay: the user's own places."""

import io
import json
import sys

import pytest

from gazetteer.overlay import Fix, UserPlace
from gazetteer.sources.overlay_file import read_overlay

TABLE = "name,name_ar,lat,lon,country\nOld Mill,الطاحونة,40.1,47.2,AZE\nCamp 7,,33.5,36.1,Syria\n"
KARABAKH = "region:nagorno-karabakh"
WRONG = "name,lat,lon\nGood,1,2\n,1,2\nFar,95,200\n"


@pytest.fixture
def places(here, monkeypatch):
    """Return the path of the user's own places, which are not there yet, beside a table."""
    (here / "mine.csv").write_text(TABLE, encoding="utf-8")
    (here / "wrong.csv").write_text(WRONG, encoding="utf-8")
    path = here / "data" / "places.geojson"
    monkeypatch.setenv("GEOEVENTS_PLACES", str(path))
    return path


def test_a_table_is_added(run, places):
    """The file and the counts are told on standard error, nothing on standard output."""
    ended = run("gazetteer", "add", "mine.csv")
    assert (ended.code, ended.out, ended.err) == (0, "", f"Note: {places}: added 2.\n")
    mill = UserPlace(
        "user:old-mill", "Old Mill", "place", "AZ", 40.1, 47.2, names={"ar": ("الطاحونة",)}
    )
    assert mill in read_overlay(places).places
    again = run("gazetteer", "add", "mine.csv")
    assert again.err == f"Note: {places}: unchanged 2.\n"


def test_another_file_can_be_chosen(run, here, places):
    """For a project, or to be shared."""
    assert run("gazetteer", "add", "mine.csv", "--overlay", "ours.geojson").code == 0
    assert len(read_overlay(here / "ours.geojson").places) == 2
    assert not places.exists()


def test_a_report_for_programs(run, places):
    """One JSON object on standard output."""
    report = json.loads(run("gazetteer", "add", "wrong.csv", "--skip-bad", "--json").out)
    assert report == {
        "overlay": str(places),
        "written": True,
        "added": ["user:good"],
        "replaced": [],
        "unchanged": [],
        "fixes": [],
        "skipped": [
            {"row": "row 3", "error": "name is empty: give the place a name."},
            {
                "row": "row 4",
                "error": "lat is 95, but goes from -90 to 90: correct it, or state the CRS that "
                "the coordinates are in.",
            },
        ],
        "remarks": [],
    }


def test_all_rows_are_added_or_none(run, places):
    """Every wrong row is told; nothing is written, and the exit code is 1."""
    ended = run("gazetteer", "add", "wrong.csv", "--json")
    assert ended.code == 1
    assert [line.partition(":")[2].partition(":")[0] for line in ended.err.splitlines()] == [
        " wrong.csv, row 3",
        " wrong.csv, row 4",
        f" Nothing was added to {places}",
    ]
    assert not json.loads(ended.out)["written"]
    assert not places.exists()


def test_good_rows_can_be_added_alone(run, places):
    """Then the exit code is 3; it is 1 where none is good."""
    ended = run("gazetteer", "add", "wrong.csv", "--skip-bad")
    assert ended.code == 3
    assert [place.id for place in read_overlay(places).places] == ["user:good"]
    (places.parents[1] / "wrong.csv").write_text("name,lat,lon\n,1,2\n", encoding="utf-8")
    assert run("gazetteer", "add", "wrong.csv", "--skip-bad").code == 1


def test_many_wrong_rows_do_not_flood_the_terminal(run, here, places):
    """Twenty are told, and how many there are beside."""
    (here / "wrong.csv").write_text("name,lat,lon\n" + ",1,2\n" * 50, encoding="utf-8")
    lines = run("gazetteer", "add", "wrong.csv").err.splitlines()
    assert len(lines) == 22
    assert lines[20] == "Error: wrong.csv: 30 more rows are wrong."
    assert not places.exists()


@pytest.mark.parametrize(
    "words",
    [("add", "mine.csv"), ("fix", "قره باغ", "--to", KARABAKH)],
)
def test_a_dry_run_writes_nothing(run, places, words):
    """It says what would be done."""
    ended = run("gazetteer", *words, "--dry-run", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["overlay"] == str(places)
    assert not places.exists()


def test_a_table_can_come_from_a_pipe(run, places, monkeypatch):
    """As CSV unless another format is stated."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    assert run("gazetteer", "add", "-").code == 0
    assert len(read_overlay(places).places) == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "no.csv"), "'no.csv': there is no such file: check the path."),
        (
            ("add", "mine.csv", "--crs", "bla:1"),
            "'mine.csv': the CRS 'bla:1' is not known: give it",
        ),
        (("add", "mine.csv", "--layer", "x"), "'mine.csv': only a GeoPackage has layers"),
        (("add", "mine.csv", "--format", "shp"), "'mine.csv': the format 'shp' is not known"),
        (("fix", "A", "--to", "user:b"), "No place has the id 'user:b': search for its name"),
        (("fix", "—", "--to", "iso:AZ"), "fix is '—': a name has letters or digits."),
        (("fix", "A", "--to", "iso:AZ", "--country", "Congo"), "country is 'Congo', which may be"),
        (("unfix", "A"), "The name 'A' is not fixed: `geoevents gazetteer overlay` lists what is."),
        (("remove", "user:a"), "No place of your own has the id 'user:a'"),
        (("overlay", "--overlay", "no.geojson"), "There is no file 'no.geojson': check the path"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, places, words, sentence):
    """The exit code is 1 and nothing is written."""
    ended = run("gazetteer", *words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"Error: {sentence}")
    assert len(ended.err.splitlines()) == 1
    assert not places.exists()


@pytest.mark.parametrize("words", [("fix", "A"), ("fix", "A", "--to", "b", "--lang", "Arabic!")])
def test_wrong_options_are_a_usage_error(run, words):
    """The exit code is 2."""
    assert run("gazetteer", *words).code == 2


def test_a_name_is_fixed_and_unfixed(run, places):
    """A fix for a country stands beside one for all; spellings that fold alike are one name."""
    ended = run("gazetteer", "fix", "قره باغ", "--to", KARABAKH, "--country", "azerbaijan")
    assert ended.err == (
        f"Note: 'قره باغ' now means Nagorno-Karabakh ({KARABAKH}) where AZ is spoken of; "
        f"in {places}.\n"
    )
    run("gazetteer", "fix", "Halab", "--to", "geonames:170063")
    assert run("gazetteer", "fix", "HALAB", "--to", "geonames:999999999").code == 1
    assert read_overlay(places).fixes == (
        Fix("Halab", "geonames:170063"),
        Fix("قره باغ", KARABAKH, "AZ"),
    )
    assert "is fixed otherwise: give --country AZ" in run("gazetteer", "unfix", "قره باغ").err
    assert run("gazetteer", "unfix", "قرة باغ", "--country", "az").code == 0
    assert run("gazetteer", "unfix", "halab").code == 0
    assert read_overlay(places).fixes == ()


def test_a_fix_that_replaces_another_says_so(run, places):
    """What the name meant before is named."""
    run("gazetteer", "fix", "The Capital", "--to", "iso:AZ")
    ended = run("gazetteer", "fix", "the capital", "--to", "geonames:587084")
    assert "now means Baku (geonames:587084), and no longer iso:AZ; in" in ended.err
    assert [fix.to for fix in read_overlay(places).fixes] == ["geonames:587084"]


def test_a_name_can_be_fixed_to_a_place_of_one_s_own(run, places):
    """When that place is removed, the fix that leads nowhere is told."""
    run("gazetteer", "add", "mine.csv")
    ended = run("gazetteer", "fix", "the mill", "--to", "user:old-mill")
    assert "'the mill' now means Old Mill (user:old-mill)" in ended.err
    ended = run("gazetteer", "remove", "user:old-mill")
    assert ended.code == 0
    assert "The fixes of 'the mill' lead to it still: unfix them." in ended.err
    assert [place.id for place in read_overlay(places).places] == ["user:camp-7"]


def test_what_is_in_it_is_listed(run, places):
    """As a table or as JSON lines; before anything was added, nothing is."""
    assert run("gazetteer", "overlay").err == f"Note: {places}: places 0, fixes 0.\n"
    run("gazetteer", "add", "mine.csv")
    run("gazetteer", "fix", "قره باغ", "--to", KARABAKH)
    table = run("gazetteer", "overlay").out.splitlines()
    assert [line.split("  ")[0] for line in table] == ["name", "Camp 7", "Old Mill", "قره باغ"]
    lines = [json.loads(line) for line in run("gazetteer", "overlay", "--json").out.splitlines()]
    assert lines[1] == {
        "id": "user:old-mill",
        "name": "Old Mill",
        "kind": "place",
        "country": "AZ",
        "lat": 40.1,
        "lon": 47.2,
        "names": {"ar": ["الطاحونة"]},
    }
    assert lines[2] == {"fix": "قره باغ", "to": KARABAKH, "country": None, "lang": None}


def test_a_broken_file_is_left_alone(run, places):
    """Neither adding nor fixing writes over what cannot be read."""
    places.parent.mkdir()
    places.write_text("{broken", encoding="utf-8")
    for words in (("add", "mine.csv"), ("fix", "A", "--to", "iso:AZ"), ("overlay",)):
        ended = run("gazetteer", *words)
        assert ended.code == 1
        assert f"The places in '{places}' cannot be read (it is no JSON" in ended.err
    assert places.read_text(encoding="utf-8") == "{broken"
