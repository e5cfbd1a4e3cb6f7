"""However a run ends, it says so in one sentence, with the right code and nothing half-written."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import geoevents

TEXT = "A cargo plane flew from Baku to Tbilisi on Tuesday."
ARABIC = "هبطت طائرة شحن في مطار باكو أمس قادمة من تبليسي وحملت شحنة أمنية."

BAD_FILES = {
    "empty.txt": (b"", "holds no text"),
    "empty.jsonl": (b"\n", "holds no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary file"),
    "old.txt": (ARABIC.encode("windows-1256"), "iconv -f windows-1256"),
    "zip.jsonl": (b"PK\x03\x04" + bytes(200), "binary file"),
    "utf16.jsonl": ('{"id":"x","text":"T"}'.encode("utf-16"), "UTF-16"),
    "script.html": (b"<html><body><script>x()</script></body></html>", "holds no text"),
    "notes.docx": (b"x", "is not known"),
}


def one_sentence(err):
    """Return whether stderr holds errors of one line each and no traceback."""
    lines = err.splitlines()
    return bool(lines) and all(line.startswith(("Error: ", "Note: ")) for line in lines)


@pytest.mark.parametrize("command", ["map", "extract", "geoparse"])
@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_sentence_and_no_output(run, here, command, name):
    """Empty, binary, another encoding, another kind: code 1 and nothing written."""
    data, words = BAD_FILES[name]
    (here / name).write_bytes(data)
    ended = run(command, name, "-o", "out.html" if command == "map" else "out.jsonl")
    assert ended.code == 1
    assert words in ended.err
    assert one_sentence(ended.err)
    assert ended.err.count("Error: ") == 1
    assert [path.name for path in here.iterdir()] == [name]


def test_one_bad_file_among_good_ones_is_code_3(run, here):
    """The others are done, the bad one has its line and its sentence."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    (here / "b.txt").write_bytes(b"")
    ended = run("geoparse", ".", "-o", "out.jsonl")
    lines = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    assert ended.code == 3
    assert [(line["id"], "error" in line) for line in lines] == [("a", False), ("b", True)]


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl"])
def test_fifty_megabytes_of_one_line_end_quickly(run, here, name):
    """A file that is no article is refused before it is read."""
    with (here / name).open("wb") as file:
        for _ in range(50):
            file.write(b"a" * 1_000_000)
    begin = time.monotonic()
    ended = run("geoparse", name, "-o", "out.jsonl")
    assert time.monotonic() - begin < 20
    assert "MB, more than an article can be" in ended.err
    assert ended.code == (3 if name.endswith("jsonl") else 1)


@pytest.mark.parametrize("command", ["map", "extract", "geoparse"])
def test_an_existing_output_is_kept(run, here, command):
    """Without --overwrite the run fails before its work; with it the file is replaced."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    target = here / ("out.html" if command == "map" else "out.jsonl")
    target.write_text("mine", encoding="utf-8")
    ended = run(command, "a.txt", "-o", target)
    assert (ended.code, target.read_text(encoding="utf-8")) == (1, "mine")
    assert "--overwrite" in ended.err
    assert one_sentence(ended.err)
    assert run(command, "a.txt", "-o", target, "--overwrite").code == 0
    assert "Baku" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("map", "a.txt", "--choropleth", "foo"), "'foo' is not one of 'country', 'adm1'."),
        (("map", "a.txt", "--choropleth-scale", "x"), "'x' is not one of 'quantile', 'log'."),
        (("gazetteer", "info", "--by", "y"), "'y' is not one of 'layer',"),
    ],
)
def test_a_word_that_is_no_choice_is_told_with_the_choices(run, words, said):
    """In our words, not in those of a library."""
    ended = run(*words)
    assert ended.code == 2
    assert ended.err.startswith(f"Error: Invalid value for {words[-2]!r}: {said}")


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Troops opened fire on Monday.", "Events that state no place (no geometry): 1 of 1."),
        ("Police arrested two men. A plane flew from Baku to Tbilisi.",
         "Events that state no place (no geometry): 1 of 2."),
    ],
)  # fmt: skip
def test_what_states_no_place_is_counted(run, here, sentence, counts):
    """In words that fit any number."""
    (here / "a.txt").write_text(sentence, encoding="utf-8")
    assert counts in run("extract", "a.txt", "-o", "o.jsonl").err


@pytest.mark.parametrize("output", ["o.geojson", "o.gpkg", "o.html"])
def test_a_table_off_the_earth_is_one_sentence(run, here, output):
    """Naming the file and the feature, from every command alike, and nothing is written."""
    rows = [
        {"type": "Feature", "properties": {"type": "hazard.flood"},
         "geometry": {"type": "Point", "coordinates": at}} for at in ([35, 32], [35, 320])
    ]  # fmt: skip
    table = {"type": "FeatureCollection", "features": rows}
    (here / "wild.geojson").write_text(json.dumps(table), encoding="utf-8")
    ended = run("map" if output == "o.html" else "extract", "wild.geojson", "-o", output)
    assert ended.code == 1
    assert ended.err.startswith("Error: wild.geojson: feature 2 does not lie on the Earth")
    assert one_sentence(ended.err)
    assert not (here / output).exists()


@pytest.fixture
def full_disk():
    """Let no file grow beyond a kilobyte, as on a disk that is full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    @contextmanager
    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return full


@pytest.mark.parametrize("name", ["o.gpkg", "o.geojson", "o.jsonl", "o.html"])
def test_a_full_disk_is_one_sentence_and_no_output(run, here, full_disk, name):
    """It names the file that was asked for, not the one that takes its place meanwhile."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    words = ("map" if name == "o.html" else "extract", "a.txt", "-o", name, "--quiet")
    assert run(*words).code == 0
    (here / name).unlink()
    with full_disk():
        ended = run(*words)
    assert ended.code == 1
    assert ended.err.startswith(f"Error: {name!r} cannot be written (")
    assert ended.err.endswith("): choose another folder.\n")
    assert one_sentence(ended.err)
    assert [path.name for path in here.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("name", ["foo.out", "foo", "foo.geojson", "foo.txt"])
@pytest.mark.parametrize(
    ("format_", "start"), [("jsonl", b'{"id"'), ("geojson", b"{"), ("gpkg", b"SQLite")]
)
def test_the_stated_format_wins_over_the_suffix(run, here, name, format_, start):
    """Whatever the file is called."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    assert run("extract", "a.txt", "-o", name, "--format", format_).code == 0
    data = (here / name).read_bytes()
    assert data.startswith(start)
    assert (b'"FeatureCollection"' in data) == (format_ == "geojson")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("map", "story.html", "-o", "story.html"), "story.html"),
        (("map", "other.txt", "story.html", "-o", "./here/../story.html"), "story.html"),
        (("map", ".", "-o", "story.html"), "story.html"),
        (("map", "link.html", "-o", "story.html"), "story.html"),
        (("extract", "lines.jsonl", "-o", "lines.jsonl"), "lines.jsonl"),
        (("extract", ".", "-o", "lines.jsonl"), "lines.jsonl"),
        (("extract", "table.geojson", "other.txt", "-o", "table.geojson"), "table.geojson"),
        (("extract", "other.txt", "--explain", "story.html", "story.html"), "story.html"),
        (("geoparse", "lines.jsonl", "-o", "lines.jsonl"), "lines.jsonl"),
        (("resolve", "lines.jsonl", "-o", "link.jsonl"), "lines.jsonl"),
        (("gazetteer", "search", "--batch", "lines.jsonl", "-o", "lines.jsonl"), "lines.jsonl"),
        (("evaluate", "lines.jsonl", "story.html", "-o", "story.html"), "story.html"),
    ],
)
def test_an_input_is_never_written_over(run, here, words, written):
    """By whatever path it is named, also with --overwrite, and also below a folder."""
    (here / "here").mkdir()
    for name in ("story.html", "other.txt", "lines.jsonl", "table.geojson"):
        (here / name).write_text(TEXT, encoding="utf-8")
    for name in ("link.html", "link.jsonl"):
        (here / name).symlink_to({"link.html": "story.html"}.get(name, "lines.jsonl"))
    ended = run(*words, "--overwrite")
    assert ended.code == 1
    assert "is an input of this run: give the output another name." in ended.err
    assert one_sentence(ended.err)
    assert (here / written).read_text(encoding="utf-8") == TEXT


def test_a_file_of_corrections_is_an_input_too(run, here):
    """A map is not written over what corrects it."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    (here / "c.json").write_text("{}", encoding="utf-8")
    words = ("extract", "a.txt", "--corrections", "c.json", "-o", "c.json", "--overwrite")
    assert "is an input of this run" in run(*words).err
    assert (here / "c.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize(
    ("inputs", "page"),
    [
        (("story.html",), "story.map.html"),
        (("story.txt", "story.html"), "story.map.html"),
        (("story.map.html",), "story.map.map.html"),
        (("story.txt",), "story.html"),
        (("below/story.html",), "story.html"),
    ],
)
def test_a_map_goes_beside_its_article(run, here, inputs, page):
    """Without -o the page takes the name of no input."""
    (here / "below").mkdir()
    for name in inputs:
        (here / name).write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    assert run("map", *inputs).code == 0
    assert 'id="ge-data"' in (here / page).read_text(encoding="utf-8")
    assert all((here / name).read_text(encoding="utf-8") == f"<p>{TEXT}</p>" for name in inputs)


def test_an_output_folder_that_does_not_exist_is_named(run, here):
    """One sentence, code 1."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    ended = run("extract", "a.txt", "-o", "no/where.geojson")
    assert ended.code == 1
    assert "its folder does not exist" in ended.err


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(run, here):
    """One sentence, code 1."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    (here / "locked").mkdir(mode=0o500)
    ended = run("extract", "a.txt", "-o", "locked/out.geojson")
    assert ended.code == 1
    assert "read-only" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["geoparse"],
        ["geoparse", "a.txt", "--nope"],
        ["geoparse", "a.txt", "--forms", "nmae"],
        ["geoparse", "a.txt", "-o", "out.csv"],
        ["extract", "a.txt", "-o", "out.shp"],
        ["extract", "a.txt", "--format", "shp"],
        ["extract", "a.txt", "--published", "30.9.2020"],
        ["extract", "a.txt", "--lang", "arabic!"],
        ["extract", "a.txt", "--min-score", "2"],
        ["extract", "a.txt", "--jobs", "0"],
        ["gazetteer", "search", "Baku", "--country", "AZE"],
        ["explode"],
    ],
)
def test_a_wrong_option_is_code_2(run, words):
    """Usage errors are one sentence, before anything is read."""
    ended = run(*words)
    assert ended.code == 2
    assert one_sentence(ended.err)


def test_an_index_cut_short_is_named(run, here):
    """--index with something else than an index: one sentence, code 1, no output."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    (here / "index").mkdir()
    (here / "index" / "manifest.json").write_text("{", encoding="utf-8")
    ended = run("geoparse", "a.txt", "--index", "index", "-o", "out.jsonl")
    assert ended.code == 1
    assert one_sentence(ended.err)
    assert not (here / "out.jsonl").exists()


def test_quiet_leaves_only_errors(run, here):
    """Notes go, errors stay."""
    (here / "a.txt").write_text("Nothing happened.", encoding="utf-8")
    assert run("geoparse", "a.txt", "--quiet").err == ""
    assert "no file or folder" in run("geoparse", "b.txt", "--quiet").err


def test_names_cannot_forge_the_terminal(run, here):
    """Control characters in an id are not sent to the terminal."""
    line = json.dumps({"id": "\x1b[2J\u202eevil", "text": ""})
    (here / "a.jsonl").write_text(line, encoding="utf-8")
    ended = run("geoparse", "a.jsonl")
    assert "\x1b" not in ended.err
    assert "\u202e" not in ended.err


def test_a_closed_pipe_ends_quietly(here):
    """`geoevents … | head -1` says nothing and is no failure."""
    lines = (json.dumps({"id": str(i), "text": TEXT}) + "\n" for i in range(500))
    (here / "many.jsonl").write_text("".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "geoevents", "geoparse", "many.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=here,
        env=os.environ | {"PYTHONPATH": str(Path(geoevents.__file__).parents[1])},
    )
    assert process.stdout.readline().startswith(b'{"id": "0"')
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_no_colour_and_no_progress_in_a_pipe(spawn, here):
    """Nothing but plain lines when nobody is watching."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    ended = spawn("map", "a.txt", "-o", "-", env={"NO_COLOR": "1"})
    assert ended.code == 0
    assert ended.out.lstrip().lower().startswith("<!doctype html>")
    assert "\x1b" not in ended.err


def test_no_socket_is_opened(run, here, monkeypatch):
    """Every command works with the network gone."""

    def refuse(*_, **__):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = f"<html><head><title>T</title></head><body><p>{TEXT}</p></body></html>"
    (here / "a.html").write_text(page, encoding="utf-8")
    for words in (
        ["geoparse", "a.html", "-o", "a.jsonl"],
        ["extract", "a.html", "-o", "a.gpkg"],
        ["map", "a.html", "-o", "map.html"],
        ["gazetteer", "search", "Baku"],
        ["gazetteer", "reverse", "40.4", "49.9"],
        ["gazetteer", "info", "--by", "layer"],
        ["gazetteer", "fix", "Old Baku", "--to", "geonames:587084", "--overlay", "o.geojson"],
    ):
        assert run(*words).code == 0


def test_help_is_quick_and_needs_no_heavy_import():
    """--help loads neither geopandas nor the gazetteer's index."""
    code = (
        "import sys\n"
        "from geoevents.cli.app import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'geopandas', 'shapely', 'folium', 'numpy', 'trafilatura', 'pyogrio'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    root = str(Path(geoevents.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONPATH": root},
    )
    assert done.stderr.strip() == "[]"
    assert "geoparse" in done.stdout


def test_debug_shows_the_traceback(spawn):
    """--debug, wherever it stands, lets an error through."""
    ended = spawn("--debug", "geoparse", "no.txt", "-o", "no/out.jsonl")
    assert "Traceback" in ended.err
    assert spawn("geoparse", "no.txt", "--debug", "-o", "no/out.jsonl").err.count("Traceback") >= 1
