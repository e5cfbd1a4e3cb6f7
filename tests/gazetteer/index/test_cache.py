"""The embedded index is made once, whole or not at all, wherever it can be written."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gazetteer import Gazetteer, IndexNotWritableError
from gazetteer.index import layout
from gazetteer.index.cache import CACHE_VARIABLE, TemporaryIndexWarning, cache_folder

WAITING = "waiting for the process that makes it"
OPEN = """
from gazetteer import Gazetteer
gazetteer = Gazetteer.open(on_progress=lambda share, what: print(f"{share:.2f} {what}", flush=True))
print("Baku is in", gazetteer.search("باكو", limit=1)[0].place.country)
"""


@pytest.fixture
def start(environment):
    """Return a function: a process that opens the gazetteer and says how far it is."""

    def start(cache):
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-c", OPEN],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment | {CACHE_VARIABLE: str(cache)},
        )

    return start


def indexes(cache):
    """Return the names of what lies in a cache folder."""
    return sorted(path.name for path in cache.iterdir()) if cache.exists() else []


@pytest.fixture
def filled(gazetteer, tmp_path):
    """Return a cache folder that holds a whole index, as links to its files."""
    whole = Path(gazetteer.info()["index"])
    folder = tmp_path / "cache" / f"index-{layout.data_fingerprint()}"
    folder.mkdir(parents=True)
    for path in whole.iterdir():
        os.link(path, folder / path.name) if _same_device(path, tmp_path) else shutil.copy(
            path, folder
        )
    return folder.parent


def _same_device(path, other):
    return path.stat().st_dev == other.stat().st_dev


@pytest.mark.slow
def test_a_damaged_index_and_a_killed_build_cost_one_rebuild(start, filled):
    """A file is cut short, its rebuild killed half-way; of two at once one makes it for both."""
    (folder,) = filled.iterdir()
    half = (folder / "kind.npy").read_bytes()[:1000]
    (folder / "kind.npy").unlink()
    (folder / "kind.npy").write_bytes(half)
    killed = start(filled)
    for line in killed.stdout:
        if float(line.split()[0]) >= 0.3:
            break
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    drafts = {path for path in filled.iterdir() if path.suffix != ".lock"} - {folder}
    assert len(drafts) == 1
    os.utime(drafts.pop(), (time.time() - 86_400,) * 2)

    both = [start(filled), start(filled)]
    told = []
    for process in both:
        out, err = process.communicate(timeout=240)
        assert (process.returncode, err) == (0, "")
        *lines, found = out.splitlines()
        assert found == "Baku is in AZ"
        told.append(lines)
    waited, made = sorted(told, key=lambda lines: lines[0] != f"0.00 {WAITING}")
    assert waited[0] == f"0.00 {WAITING}"
    assert made[0] == "0.00 reading places and names"
    shares = [float(line.split()[0]) for line in made]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    # Nothing is left of the killed draft, nor of the lock.
    assert indexes(filled) == [folder.name]
    assert Gazetteer.open(folder).info()["places"] > 240_000


def test_progress_rises_to_one(monkeypatch, filled):
    """Nothing is reported when there is nothing to do."""
    monkeypatch.setenv(CACHE_VARIABLE, str(filled))
    said = []
    Gazetteer.open(on_progress=lambda share, what: said.append((share, what)))
    assert said == []


@pytest.fixture
def temporary(gazetteer, monkeypatch, tmp_path):
    """Make a temporary folder that holds an index already, so that none has to be built."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    user = os.getuid()
    folder = tmp_path / f"geoevents-{user}"
    folder.mkdir()
    whole = Path(gazetteer.info()["index"])
    (folder / whole.name).symlink_to(whole)
    return folder


def test_a_cache_that_cannot_be_written_is_replaced_with_a_notice(monkeypatch, tmp_path, temporary):
    """One sentence says why, what to set, and where the index is for now; and it works."""
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("", encoding="utf-8")
    monkeypatch.setenv(CACHE_VARIABLE, str(in_the_way / "cache"))
    with pytest.warns(TemporaryIndexWarning) as caught:
        gazetteer = Gazetteer.open()
    (warning,) = caught
    text = str(warning.message)
    assert str(in_the_way) in text
    assert CACHE_VARIABLE in text
    assert str(temporary) in text
    assert text.count(". ") == 0
    assert gazetteer.search("Baku", limit=1)[0].place.country == "AZ"


@pytest.mark.skipif(os.getuid() == 0, reason="the superuser can write anywhere")
@pytest.mark.usefixtures("temporary")
def test_a_read_only_cache_is_replaced_with_a_notice(monkeypatch, tmp_path):
    """A folder without write permission counts as no folder."""
    cache = tmp_path / "read-only"
    cache.mkdir(mode=0o500)
    monkeypatch.setenv(CACHE_VARIABLE, str(cache))
    with pytest.warns(TemporaryIndexWarning, match="read-only"):
        Gazetteer.open()


def test_an_index_in_a_read_only_cache_is_opened_without_a_word(monkeypatch, filled):
    """What is there need not be written."""
    for path in (*filled.rglob("*"), filled):
        if path.is_dir():
            path.chmod(0o500)
    try:
        monkeypatch.setenv(CACHE_VARIABLE, str(filled))
        assert Gazetteer.open().info()["index"].startswith(str(filled))
    finally:
        filled.chmod(0o700)
        for path in filled.iterdir():
            path.chmod(0o700)


@pytest.mark.usefixtures("temporary")
def test_a_user_without_a_home_gets_a_temporary_index(monkeypatch):
    """Nothing is written to a folder called ``~``."""
    for variable in ("HOME", "XDG_CACHE_HOME", CACHE_VARIABLE):
        monkeypatch.delenv(variable, raising=False)

    def nobody(_uid):
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(IndexNotWritableError, match="home"):
        cache_folder()
    with pytest.warns(TemporaryIndexWarning, match="home"):
        Gazetteer.open()
    assert not Path("~").exists()


def test_without_the_variable_home_the_user_still_has_a_cache(monkeypatch):
    """The system knows where the user lives."""
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    assert cache_folder().is_absolute()
    assert cache_folder().name == "geoevents"


def test_the_variable_moves_the_cache(monkeypatch, tmp_path):
    """It is taken as it is."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path


def test_no_place_at_all_is_one_error(monkeypatch, tmp_path):
    """Neither the cache nor the temporary folder can be written: it says what to set."""
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("", encoding="utf-8")
    monkeypatch.setenv(CACHE_VARIABLE, str(in_the_way / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(in_the_way / "tmp"))
    with pytest.raises(IndexNotWritableError, match=CACHE_VARIABLE) as error:
        Gazetteer.open()
    assert isinstance(error.value, OSError)
