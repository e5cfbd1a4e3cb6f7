"""--index, --overlay and --viewpoint: every command, and every process of it, opens the same."""

import json

import pytest
import shapely

TEXT = "He drove from Baku to Zyxmill."


@pytest.fixture
def mill(run, here):
    """Return the name of an overlay that holds a mill."""
    (here / "mill.csv").write_text("name,lat,lon\nZyxmill,40.1,47.2\n", encoding="utf-8")
    assert run("gazetteer", "add", "mill.csv", "--overlay", "ours.geojson").code == 0
    return "ours.geojson"


def places(out):
    """Return the ids of the places in lines of geoparse, resolve or extract."""
    return [t["place_id"] for line in out.splitlines() for t in json.loads(line)["toponyms"]]


@pytest.mark.parametrize("command", ["geoparse", "extract"])
def test_texts_are_read_with_places_of_one_s_own(run, here, mill, command):
    """--overlay takes another file of them; without it there is no such place."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    assert "user:zyxmill" in places(run(command, "a.txt", "--overlay", mill).out)
    assert "user:zyxmill" not in places(run(command, "a.txt").out)


def test_given_mentions_may_be_places_of_one_s_own(run, here, mill):
    """As resolve takes them."""
    start = TEXT.index("Zyxmill")
    line = {"id": "a", "text": TEXT, "toponyms": [{"start": start, "end": start + 7}]}
    (here / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert places(run("resolve", "a.jsonl", "--overlay", mill).out) == ["user:zyxmill"]
    assert places(run("resolve", "a.jsonl").out) == [None]


def test_a_map_shows_places_of_one_s_own(run, here, mill, carried):
    """The pin is where the overlay has it."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("map", "a.txt", "--overlay", mill).code == 0
    assert "user:zyxmill" in "".join(carried(here / "a.html"))


def test_the_usual_overlay_can_be_left_out(run, mill, monkeypatch):
    """--no-overlay opens the gazetteer as it comes."""
    monkeypatch.setenv("GEOEVENTS_PLACES", mill)
    assert "user:zyxmill" in run("gazetteer", "search", "Zyxmill").out
    assert run("gazetteer", "search", "Zyxmill", "--exact", "--no-overlay").code == 1
    near = json.loads(run("gazetteer", "search", "Zyxmill", "--json").out)
    assert (near["lat"], near["lon"]) == (40.1, 47.2)


def test_an_overlay_that_is_not_there_is_told(run):
    """One sentence and code 1."""
    ended = run("gazetteer", "reverse", "40", "49", "--overlay", "no.geojson")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Error: There is no file 'no.geojson'")


def test_every_process_opens_the_same_overlay_and_viewpoint(spawn, here, mill):
    """With --jobs nothing else comes out than without; what is unknown is told once."""
    text = "He flew from India to Zyxmill."
    lines = [json.dumps({"id": str(i), "text": text}) for i in range(9)]
    (here / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    words = ("geoparse", "in.jsonl", "--overlay", mill, "--viewpoint", "IN", "--geometry", "-q")
    one, two = spawn(*words), spawn(*words, "--jobs", "2")
    assert (one.code, one.out, one.err) == (two.code, two.out, two.err)
    assert places(one.out)[:2] == ["iso:IN", "user:zyxmill"]


def test_batches_use_every_process_alike(spawn, here, mill):
    """Order, answers and failures are the same."""
    rows = [f"{i},{'Zyxmill' if i % 3 else ''}" for i in range(250)]
    (here / "in.csv").write_text("\n".join(["id,name", *rows]), encoding="utf-8")
    words = ("gazetteer", "search", "--batch", "in.csv", "--overlay", mill, "-q")
    one, two = spawn(*words), spawn(*words, "--jobs", "2")
    assert (one.code, one.out, one.err) == (two.code, two.out, two.err)
    assert one.code == 3
    assert one.out.count("user:zyxmill") == 166


def geometry_of(out, form):
    """Return the first geometry of a form in lines of geoparse."""
    toponyms = [t for line in out.splitlines() for t in json.loads(line)["toponyms"]]
    return shapely.geometry.shape(next(t["geometry"] for t in toponyms if t["form"] == form))


def test_a_country_has_the_outline_of_the_viewpoint(run, here, gazetteer):
    """Neutral, neither side has Crimea; from a side's view that side has."""
    (here / "a.txt").write_text("Floods hit Ukraine.", encoding="utf-8")
    simferopol = gazetteer.geometry("geonames:693805")

    def holds_crimea(*words):
        out = run("geoparse", "a.txt", "--geometry", *words).out
        return geometry_of(out, "name").contains(simferopol)

    assert not holds_crimea()
    assert holds_crimea("--viewpoint", "UA")
    assert not holds_crimea("--viewpoint", "ru")


def test_described_places_come_with_the_geometry_that_the_words_make(run, here, gazetteer):
    """A part is an area, a border a line, what lies north of a town is so far north of it."""
    text = (
        "Rain fell in southern Israel. Shots were heard on the border between Azerbaijan and Iran. "
        "A drone fell 50 km north of Aleppo."
    )
    (here / "a.txt").write_text(text, encoding="utf-8")
    out = run("geoparse", "a.txt", "--geometry").out
    south, border, offset = (geometry_of(out, form) for form in ("part", "border", "offset"))
    eilat, haifa = (gazetteer.search(name, country="IL")[0].place for name in ("Eilat", "Haifa"))
    assert south.contains(gazetteer.geometry(eilat))
    assert not south.intersects(gazetteer.geometry(haifa))
    assert border.geom_type in {"LineString", "MultiLineString"}
    aleppo = gazetteer.search("Aleppo", kind="city")[0].place
    assert 40 < 111.2 * (offset.centroid.y - aleppo.lat) < 60  # km a degree
    plain = run("geoparse", "a.txt").out
    assert all("geometry" not in t for t in json.loads(plain)["toponyms"])


def test_described_places_are_made_of_the_viewpoint_s_countries(run, here):
    """As India sees it, its border with Pakistan runs around all of Kashmir."""
    text = "Shots were heard on the border between India and Pakistan."
    (here / "a.txt").write_text(text, encoding="utf-8")
    neutral, indian = (
        geometry_of(run("geoparse", "a.txt", "--geometry", *words).out, "border")
        for words in ((), ("--viewpoint", "IN"))
    )
    assert indian.bounds[3] > neutral.bounds[3] + 1  # degrees north
