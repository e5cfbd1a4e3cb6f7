"""geoevents gazetteer build: an index to carry along, whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

import geoevents

HILL = "{}\tHill {}\tHill {}\t\t40.1\t49.1\tT\tHLL\tAZ\t\t09\t\t\t\t0\t\t-23\tAsia/Baku\t2023-08-05"
NAMES = "1\t900000001\tar\tالتل العجيب\t\t\t\t\t\t\nbad\n"


@pytest.fixture
def world(here):
    """Write a small world in GeoNames' formats, faulty lines among it; return the options."""
    rows = [HILL.format(900000000 + i, i, i) for i in range(1, 4)] + ["a\tb"] * 30
    (here / "AZ.txt").write_text("\n".join([*rows, ""]), encoding="utf-8")
    (here / "names.txt").write_text(NAMES, encoding="utf-8")
    return ("--geonames", "AZ.txt", "--alternate-names", "names.txt")


@pytest.fixture
def old_index(here):
    """Return the folder of an index that is to be replaced."""
    (here / "w.index").mkdir()
    (here / "w.index" / "manifest.json").write_text("{}", encoding="utf-8")
    return here / "w.index"


@pytest.mark.slow
def test_the_world_is_built_from_geonames_files(run, here, world, old_index):
    """Its places are found, the embedded ones too; faulty lines are told and make the code 3."""
    ended = run("gazetteer", "build", *world, "-o", "w.index", "--overwrite")
    assert (ended.code, ended.out) == (3, "")
    told = ended.err.splitlines()
    assert told[0] == "Error: AZ.txt, line 4: it has 2 fields instead of 19."
    assert sum("AZ.txt, line" in line for line in told) == 20
    assert told[-1] == "Error: Lines that could not be read and were left out: 31."
    assert sorted(path.name for path in here.iterdir()) == ["AZ.txt", "names.txt", "w.index"]
    assert old_index.stat().st_mode & 0o777 == 0o777 & ~_umask()
    for name, place_id in {
        "Hill 2": "geonames:900000002",
        "التل العجيب": "geonames:900000001",
        "باكو": "geonames:587084",
    }.items():
        ended = run("gazetteer", "search", name, "--index", "w.index", "--exact", "--json")
        assert json.loads(ended.out.splitlines()[0])["place_id"] == place_id
    (here / "in.jsonl").write_text('{"name": "Hill 3"}\n', encoding="utf-8")
    words = ("--batch", "in.jsonl", "--index", "w.index", "--jobs", "2", "--quiet")
    ended = run("gazetteer", "search", *words)
    assert json.loads(ended.out)["place_id"] == "geonames:900000003"


@pytest.mark.slow
def test_an_interrupted_build_says_how_to_go_on(here, world, old_index):
    """What was read is kept and named, the old index is as it was, nothing else is left."""
    words = ("gazetteer", "build", *world, "-o", "w.index", "--overwrite", "--quiet")
    process = subprocess.Popen(
        [sys.executable, "-m", "geoevents", *words],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=here,
        env=os.environ | {"PYTHONPATH": str(Path(geoevents.__file__).parents[1])},
        # Where tests run in the background, shells let them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    until = time.monotonic() + 60
    while not (here / ".w.index.work" / "names" / "done.json").exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == (
        "Error: Interrupted; what was read is kept in '.w.index.work': "
        "run the same command to go on."
    )
    assert "Traceback" not in err
    assert [path.name for path in old_index.iterdir()] == ["manifest.json"]
    names = {"AZ.txt", "names.txt", "w.index", ".w.index.work"}
    assert {path.name for path in here.iterdir()} == names


def test_an_index_that_is_there_is_kept(run, old_index):
    """Code 1 before anything is read; --overwrite would replace it."""
    ended = run("gazetteer", "build", "-o", "w.index")
    assert (ended.code, ended.err) == (
        1,
        "Error: 'w.index' exists: give --overwrite to replace it.\n",
    )
    assert old_index.exists()


def test_what_is_no_index_is_never_replaced(run, here):
    """A folder of something else, or a file, stays also with --overwrite."""
    (here / "home").mkdir()
    (here / "home" / "thesis.txt").write_text("mine", encoding="utf-8")
    for name in ("home", "home/thesis.txt"):
        ended = run("gazetteer", "build", "-o", name, "--overwrite")
        assert ended.code == 1
        assert "it is there and is no index" in ended.err
    assert (here / "home" / "thesis.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        ((), 2, "Missing option"),
        (("-o", "x", "--alternate-names", "names.txt"), 2, "needs --geonames"),
        (("-o", "x", "--geonames", "none.zip"), 1, "There is no file 'none.zip'"),
        (("-o", "x", "--geonames", "."), 1, "There is no file '.'"),
    ],
)
@pytest.mark.usefixtures("world")
def test_what_cannot_be_built_is_told_at_once(run, here, words, code, why):
    """One sentence, and nothing is left behind."""
    ended = run("gazetteer", "build", *words)
    assert ended.code == code
    assert why in ended.err
    assert len(ended.err.splitlines()) == 1
    assert {path.name for path in here.iterdir()} == {"AZ.txt", "names.txt"}


@pytest.mark.slow
@pytest.mark.usefixtures("world")
def test_a_file_of_another_kind_is_refused(run, here):
    """Names for places: one sentence, and no work folder that nobody can use."""
    ended = run("gazetteer", "build", "-o", "x", "--geonames", "names.txt")
    assert ended.code == 1
    assert "is not a table of places" in ended.err
    assert {path.name for path in here.iterdir()} == {"AZ.txt", "names.txt"}


def _umask():
    umask = os.umask(0)
    os.umask(umask)
    return umask


def test_two_processes_do_not_make_one_index(run, here):
    """The second is told; the first one's lock is not taken away."""
    lock = FileLock(here / ".w.index.lock")
    with lock:
        ended = run("gazetteer", "build", "-o", "w.index")
    assert ended.code == 1
    assert "is being made by another process: wait for it to end." in ended.err
    assert not (here / "w.index").exists()
