"""What an online geocoder answered is kept on disk, for some time, whatever happens to the file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from geopy.exc import ConfigurationError
from geopy.location import Location

from gazetteer.geocoders import AnswerCache, CacheSetAsideWarning

ANSWER = Location("Алеппо, سوريا", (36.2, 37.16, 0.0), {"place_id": 7, "names": ["حلب"], "x": None})


@pytest.fixture
def path(tmp_path):
    """Return where the cache is to be, in a folder that is not there yet."""
    return tmp_path / "not yet" / "answers.sqlite"


def test_an_answer_is_given_again_as_it_was(path):
    """By another object too: the file keeps the address, the point and the raw answer."""
    AnswerCache(path).put("question", [ANSWER, ANSWER])
    assert AnswerCache(path).get("question") == [ANSWER, ANSWER]
    assert AnswerCache(path).get("another question") is None


def test_that_nothing_was_found_is_an_answer(path):
    """An empty list, which is not None."""
    cache = AnswerCache(path)
    cache.put("question", [])
    assert cache.get("question") == []


def test_answers_expire_empty_ones_sooner(path):
    """Each after its own time."""
    cache = AnswerCache(path, keep=timedelta(hours=1), keep_empty=timedelta(seconds=0.2))
    cache.put("found", [ANSWER])
    cache.put("not found", [])
    assert cache.get("not found") == []
    time.sleep(0.3)
    assert cache.get("found") == [ANSWER]
    assert cache.get("not found") is None
    short = AnswerCache(path, keep=timedelta(0))
    short.put("found", [ANSWER])
    assert short.get("found") is None


def test_what_expired_leaves_the_file(path):
    """When it is opened next."""
    AnswerCache(path, keep=timedelta(0)).put("question", [ANSWER])
    AnswerCache(path)
    assert _count(path) == 0


def test_a_new_answer_replaces_the_old(path):
    """One row for a question."""
    cache = AnswerCache(path)
    cache.put("question", [])
    cache.put("question", [ANSWER])
    assert cache.get("question") == [ANSWER]
    assert _count(path) == 1


def test_only_the_owner_reads_the_file(path):
    """It tells what somebody looked for."""
    AnswerCache(path).put("question", [])
    assert path.stat().st_mode & 0o077 == 0


def test_the_default_file_lies_in_the_cache_folder(tmp_path, monkeypatch):
    """The variable that moves the index moves it too."""
    monkeypatch.setenv("GEOEVENTS_CACHE", str(tmp_path))
    assert AnswerCache().path.parent == tmp_path


def _cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def _scribble(path):
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def _replace(path):
    path.write_text("this was a cache once, and is a text now\n" * 50)


def _age(path):
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 0")


@pytest.mark.parametrize("harm", [_cut, _scribble, _replace, _age])
def test_a_damaged_file_is_put_aside_and_begun_anew(path, harm):
    """It is kept under another name, a warning says which, and the cache works."""
    AnswerCache(path).put("question", [ANSWER])
    harm(path)
    harmed = path.read_bytes()
    with pytest.warns(CacheSetAsideWarning, match="renamed") as warned:
        cache = AnswerCache(path)
    kept = [other for other in path.parent.iterdir() if other != path]
    assert [other.read_bytes() for other in kept] == [harmed]
    assert kept[0].name in str(warned[0].message)
    cache.put("question", [ANSWER])
    assert cache.get("question") == [ANSWER]


def test_damage_while_it_is_used_costs_only_the_answers(path):
    """The question is simply unknown again."""
    cache = AnswerCache(path)
    cache.put("question", [ANSWER])
    _replace(path)
    with pytest.warns(CacheSetAsideWarning, match="renamed"):
        assert cache.get("question") is None
    cache.put("question", [ANSWER])
    assert cache.get("question") == [ANSWER]


def test_a_row_that_makes_no_sense_is_unknown(path):
    """Somebody edited the file."""
    cache = AnswerCache(path)
    cache.put("question", [ANSWER])
    for text in ("not JSON", '[{"address": 5}]', "5"):
        with sqlite3.connect(path) as file:
            file.execute("UPDATE answers SET answers = ?", (text,))
        assert cache.get("question") is None


def test_a_file_that_was_deleted_is_made_again(path):
    """Somebody cleaned up while a program runs."""
    cache = AnswerCache(path)
    cache.put("question", [ANSWER])
    path.unlink()
    assert cache.get("question") is None
    cache.put("question", [ANSWER])
    assert cache.get("question") == [ANSWER]


def test_the_database_of_another_program_is_not_touched(tmp_path):
    """Neither written to nor put aside."""
    path = tmp_path / "history.sqlite"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE visits (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="another program"):
        AnswerCache(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("where", [".", "file/answers.sqlite"])
def test_a_path_that_cannot_be_written_is_refused(tmp_path, where):
    """A folder, or a file where a folder should be; the error names it."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be kept in"):
        AnswerCache(tmp_path / where)


def test_a_locked_file_is_done_without(path, monkeypatch):
    """After some waiting, with a warning: an answer is worth more than its copy."""
    monkeypatch.setattr("gazetteer.geocoders.cache._BUSY_SECONDS", 0.1)
    cache = AnswerCache(path)
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.warns(CacheSetAsideWarning, match="not used for now"):
        cache.put("question", [ANSWER])
    holder.rollback()
    holder.close()
    cache.put("question", [ANSWER])
    assert cache.get("question") == [ANSWER]


def test_processes_and_threads_share_the_file(path):
    """Four processes, of four threads each, begin the file together and lose nothing."""
    code = (
        "import sys, threading\n"
        "from geopy.location import Location\n"
        "from gazetteer.geocoders import AnswerCache\n"
        "cache = AnswerCache(sys.argv[1])\n"
        "def work(n):\n"
        "    for i in range(10):\n"
        "        cache.put(f'{sys.argv[2]} {n} {i}', [Location('x', (1, 2), {})])\n"
        "        assert cache.get(f'{sys.argv[2]} {n} {i}')\n"
        "threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
    )
    workers = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", code, str(path), str(number)])
        for number in range(4)
    ]
    assert [worker.wait(120) for worker in workers] == [0] * 4
    assert _count(path) == 160


def test_threads_that_find_it_damaged_begin_one_new_file(path):
    """None of them fails."""
    cache = AnswerCache(path)
    _replace(path)
    with pytest.warns(CacheSetAsideWarning), ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cache.get, "abcd")) == [None] * 4
    assert len(list(path.parent.iterdir())) == 2


def _count(path):
    with sqlite3.connect(path) as file:
        return file.execute("SELECT count(*) FROM answers").fetchone()[0]
