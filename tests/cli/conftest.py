"""Ways to run the command line, in this process or in one of its own."""

import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from dataclasses import dataclass
from gzip import decompress
from pathlib import Path

import pytest

import geoevents
from geoevents.cli.app import main

ROOT = Path(geoevents.__file__).parents[1]


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit code and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Make an empty folder the current one and return it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here, capfd):
    """Return a function that runs the command line in this process."""

    def run(*words):
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        assert Path.cwd() == here
        captured = capfd.readouterr()
        return Ended(int(end.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def spawn(here):
    """Return a function that runs the command line in a process of its own."""

    def spawn(*words, stdin="", env=None):
        done = subprocess.run(
            [sys.executable, "-m", "geoevents", *map(str, words)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT)} | (env or {}),
            cwd=here,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return spawn


@pytest.fixture
def carried():
    """Return a function from a map's page to all that it carries of its events, unpacked."""

    def texts(path):
        page = path.read_text(encoding="utf-8")
        head = re.search(r'id="ge-data">([^<]*)<', page)[1]
        packed = [
            line
            for name in ("events", "details")
            for line in re.search(rf'id="ge-{name}">([^<]*)<', page)[1].split()
        ]
        own = {"words", "labels", "style"}  # the same on every page
        shown = {key: value for key, value in json.loads(head).items() if key not in own}
        return [json.dumps(shown), *(decompress(b64decode(line)).decode() for line in packed)]

    return texts
