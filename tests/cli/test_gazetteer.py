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


def test_several_countries_and_kinds_may_be_given(run):
    """Each is one that a place may be of."""
    words = ("--country", "GE", "--country", "am", "--kind", "capital", "--kind", "admin1")
    found = [
        json.loads(line)
        for line in run("gazetteer", "search", "Yerevan", *words, "--json").out.splitlines()
    ]
    assert [(line["place_country"], line["place_kind"]) for line in found] == [
        ("AM", "capital"),
        ("AM", "admin1"),
    ]


def test_a_point_draws_and_a_box_fences(run):
    """--near puts places near it first, --box leaves out those outside."""

    def first(*words):
        return json.loads(
            run("gazetteer", "search", "Tripoli", *words, "--json").out.splitlines()[0]
        )

    assert first("--near", "32.9,13.2")["place_country"] == "LY"
    assert first("--near", "34.4,35.8")["place_country"] == "LB"
    assert first("--box", "35,33,37,35")["place_country"] == "LB"


def test_a_day_leaves_out_what_was_not_there(run):
    """The Soviet Union is found on a day of 1980 and on none of 2020."""
    words = ("gazetteer", "search", "Soviet Union", "--exact", "--json")
    assert json.loads(run(*words, "--at", "1980-06-01").out)["place_name"] == "Soviet Union"
    assert run(*words, "--at", "2020-06-01").code == 1


def test_exact_takes_no_name_that_is_only_alike(run):
    """A misspelt name finds its place, and with --exact nothing."""
    assert "Aleppo" in run("gazetteer", "search", "Aleppoo").out
    assert run("gazetteer", "search", "Aleppoo", "--exact").code == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--near", "95,200"], "not on Earth"),
        (["--near", "40.4"], "is no point as 40.41,49.87"),
        (["--box", "1,2,3"], "is no box as"),
        (["--box", "1,5,3,2"], "south"),
        (["--at", "1980"], "is not a date"),
        (["--viewpoint", "QQ"], "no viewpoint that is described"),
        (["--overlay", "a.geojson", "--no-overlay"], "--no-overlay says the contrary"),
        (["-o", "out.xlsx"], "its suffix is none of .csv"),
        (["--format", "xml"], "use one of csv, jsonl"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run, words, why):
    """Code 2 and one sentence."""
    ended = run("gazetteer", "search", "Baku", *words)
    assert (ended.code, ended.out) == (2, "")
    assert why in ended.err
    assert len(ended.err.splitlines()) == 1


def test_what_was_found_can_be_written_as_csv(run, here):
    """One row for each place of the name."""
    run("gazetteer", "search", "Tripoli", "-o", "t.csv", "--limit", "2", "--geometry")
    rows = (here / "t.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == (
        "name,lat,lon,place_id,place_name,place_kind,place_country,match,score,geometry"
    )
    assert [row.split(",")[0] for row in rows[1:]] == ["Tripoli", "Tripoli"]
    assert all("POINT (" in row for row in rows[1:])


def test_no_such_name_is_an_error(run):
    """Nothing on stdout, one sentence on stderr, code 1."""
    ended = run("gazetteer", "search", "Xqzzwv", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert (
        ended.err == "Error: No place is called 'Xqzzwv': try another spelling or fewer options.\n"
    )


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


def test_info_counts_by_what_is_asked_for(run):
    """Places by layer, kind and country add up to all of them, names by language to all names."""
    facts = json.loads(run("gazetteer", "info", "--json").out)
    counts = {
        by: json.loads(run("gazetteer", "info", "--by", by, "--json").out)
        for by in ("layer", "kind", "country", "language")
    }
    assert [sum(counts[by].values()) for by in ("layer", "kind", "country")] == [
        facts["places"]
    ] * 3
    assert sum(counts["language"].values()) == facts["names"]
    assert counts["kind"]["capital"] == facts["kinds"]["capital"]
    assert counts["layer"]["OurAirports, airbase"] > 100
    assert counts["language"]["ar"] > 10_000
    assert run("gazetteer", "info", "--by", "colour").code == 2


def test_reverse_tells_what_is_at_a_point(run):
    """The nearest settlement and how far it is, then areas, the smallest first."""
    line = json.loads(run("gazetteer", "reverse", "40.41", "49.87", "--json").out)
    assert (line["lat"], line["lon"]) == (40.41, 49.87)
    assert line["nearest"]["place_id"] == "geonames:587084"
    assert 0 < line["nearest"]["distance_km"] < 10
    assert [area["place_id"] for area in line["areas"]] == ["iso:AZ-BA", "iso:AZ"]
    assert line["disputes"] == []
    table = run("gazetteer", "reverse", "40.41", "49.87").out.splitlines()
    relations = [row.split()[0] for row in table[1:]]
    assert relations[:3] == ["nearest", "inside", "inside"]
    assert set(relations[3:]) == {"region"}


def test_reverse_names_the_regions_of_a_point(run):
    """Those of today, or of a day; as JSON and in the table."""
    point = ("gazetteer", "reverse", "48.0", "37.8")

    def regions(*more):
        line = json.loads(run(*point, "--json", *more).out)
        return [region["place_id"] for region in line["regions"]]

    assert "region:donbas" in regions()
    assert "region:soviet-union" not in regions()
    assert "region:soviet-union" in regions("--at", "1980-01-01")
    assert "region:donbas" in run(*point).out


def test_reverse_takes_points_south_and_west(run):
    """A minus sign is no option."""
    ended = run("gazetteer", "reverse", "-22.9", "-43.2", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["nearest"]["place_country"] == "BR"


def test_reverse_tells_disputes_and_who_is_right_from_a_viewpoint(run):
    """Neutral names the sides and no owner; of claims of the past, those of the day asked for."""

    def disputes(*words):
        return json.loads(run("gazetteer", "reverse", *words, "--json").out)["disputes"]

    (crimea,) = disputes("44.95", "34.10")
    assert (crimea["place_id"], crimea["owner"]) == ("region:crimea", None)
    assert "UA" in crimea["claimed_by"]
    assert disputes("44.95", "34.10", "--viewpoint", "UA")[0]["owner"] == "UA"
    assert disputes("44.95", "34.10", "--at", "2010-01-01") == []
    out = run("gazetteer", "reverse", "44.95", "34.10").out
    assert out.splitlines()[-1].startswith(
        "disputed: Crimea (region:crimea): held by RU; claimed by"
    )


@pytest.mark.parametrize("words", [["95", "10"], ["40", "x"], ["40"], ["40", "49", "--jsno"]])
def test_reverse_refuses_what_is_no_point(run, words):
    """Code 2 and one sentence."""
    ended = run("gazetteer", "reverse", *words)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (2, "", 1)
