"""An index that cannot be trusted is refused, and one that can is opened without reading it all."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gazetteer import Gazetteer, IndexBrokenError
from gazetteer.index import layout
from gazetteer.index.cache import CACHE_VARIABLE, open_store

MEMORY = """
import sys
from gazetteer import Gazetteer
def resident_mb():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * 4096 / 1e6
before = resident_mb()
gazetteer = Gazetteer.open(__import__("pathlib").Path(sys.argv[1]))
print(resident_mb() - before)
"""


@pytest.fixture(scope="module")
def whole(gazetteer):
    """Return the folder of a whole index."""
    return Path(gazetteer.info()["index"])


@pytest.fixture
def copy(whole, tmp_path):
    """Return a folder whose files are links to those of a whole index: replace, never write."""
    folder = tmp_path / "index"
    folder.mkdir()
    for path in whole.iterdir():
        (folder / path.name).symlink_to(path)
    return folder


def replace(path, content):
    """Put another file in a link's place."""
    path.unlink()
    path.write_bytes(content)


def test_a_copied_index_can_be_carried_along(copy):
    """An index is a folder like any other: it opens wherever it lies."""
    gazetteer = Gazetteer.open(copy)
    assert gazetteer.info()["index"] == str(copy)
    assert gazetteer.search("Baku", limit=1)[0].place.country == "AZ"


@pytest.mark.parametrize("name", ["keys.marisa", "ids.marisa", "kind.npy", "name_text.npy"])
def test_a_file_cut_short_is_noticed(copy, name):
    """Half a file is named in the error, before anything is read from it."""
    half = (copy / name).read_bytes()[: (copy / name).stat().st_size // 2]
    replace(copy / name, half)
    with pytest.raises(IndexBrokenError, match=rf"{name} is cut short") as error:
        Gazetteer.open(copy)
    assert str(copy) in str(error.value)


@pytest.mark.parametrize("name", ["keys.marisa", "ids.marisa", "kind.npy"])
def test_a_file_of_zeros_is_noticed(copy, name):
    """A file of the right size with nothing in it is no array and no trie."""
    replace(copy / name, bytes((copy / name).stat().st_size))
    with pytest.raises(IndexBrokenError, match="cannot be read"):
        Gazetteer.open(copy)


def test_a_missing_file_is_named(copy):
    """The error says which one."""
    (copy / "lat_e5.npy").unlink()
    with pytest.raises(IndexBrokenError, match=r"lat_e5\.npy is missing"):
        Gazetteer.open(copy)


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ("{}", "cannot be read"),
        ("null", "cannot be read"),
        ('{"schema": "1", "files": []}', "cannot be|another version"),
        (json.dumps({"schema": layout.INDEX_SCHEMA, "files": {}}), "cannot be read"),
        (json.dumps({"schema": "0", "files": {}}), "another version"),
        (json.dumps({"schema": "999", "files": {}}), "another version"),
        ("\ufeff\x00", "cannot be read"),
    ],
)
def test_a_manifest_that_is_none_is_refused(copy, manifest, why):
    """Another schema version says so; anything else cannot be read."""
    replace(copy / layout.MANIFEST, manifest.encode())
    with pytest.raises(IndexBrokenError, match=why):
        Gazetteer.open(copy)


def test_what_is_no_index_is_refused(tmp_path):
    """An empty folder, a file, and nothing at all: a ValueError in one sentence."""
    file = tmp_path / "file"
    file.write_text("text", encoding="utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "manifest.json").write_text('{"name": "an app"}', encoding="utf-8")
    for path, why in (
        (tmp_path, "it has no manifest"),
        (file, "it is a file"),
        (tmp_path / "nothing", "there is no such folder"),
        (articles, "its manifest cannot be read"),
    ):
        with pytest.raises(IndexBrokenError) as error:
            Gazetteer.open(path)
        assert isinstance(error.value, ValueError)
        said = str(error.value)
        assert said.startswith(f"{str(path)!r} is no index ({why}): check the path")
        assert "delete" not in said
        assert "\n" not in said


def test_an_index_that_is_broken_is_to_be_built_anew(copy):
    """Only what is an index may be deleted."""
    (copy / "lat_e5.npy").unlink()
    with pytest.raises(IndexBrokenError, match="delete it or build it anew"):
        Gazetteer.open(copy)


def test_opening_writes_nothing(copy):
    """A given index is opened read-only."""
    before = sorted(copy.iterdir())
    Gazetteer.open(copy).search("Baku")
    assert sorted(copy.iterdir()) == before


def test_opening_is_quick(whole):
    """A second for what takes some milliseconds."""
    start = time.perf_counter()
    Gazetteer.open(whole)
    assert time.perf_counter() - start < 1


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to read memory")
def test_opening_does_not_load_the_index(whole, environment):
    """Of some 90 MB, less than 60 are resident after opening."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(whole)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert float(done.stdout) < 60
    assert sum(path.stat().st_size for path in whole.iterdir()) > 60e6


def test_the_index_holds_what_its_manifest_says(whole):
    """Sizes of all files, and the fingerprint of the data it was made from."""
    manifest = layout.read_manifest(whole)
    sizes = {p.name: p.stat().st_size for p in whole.iterdir() if p.name != layout.MANIFEST}
    assert manifest["files"] == sizes
    assert manifest["fingerprint"] == layout.data_fingerprint()
    assert whole.name == f"index-{manifest['fingerprint']}"


@pytest.fixture
def tiny(draft, monkeypatch, tmp_path):
    """Make the embedded index a tiny one, in a cache of its own; return that."""
    town = {"id": "geonames:1", "kind": "town", "at": (10, 20), "names": {"en": ["Moundou"]}}
    monkeypatch.setattr("gazetteer.index.build.embedded_draft", lambda: draft(town))
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "spoil",
    [
        lambda manifest: manifest | {"schema": "1"},
        lambda manifest: manifest | {"schema": None},
        lambda manifest: {key: manifest[key] for key in manifest if key != "vocabularies"},
        lambda manifest: manifest | {"files": manifest["files"] | {"kind.npy": 1}},
        lambda manifest: manifest | {"files": manifest["files"] | {"more.npy": 1}},
    ],
    ids=["older schema", "no schema", "no vocabularies", "another size", "a file too few"],
)
def test_an_embedded_index_of_another_make_is_made_anew(tiny, spoil):
    """Under the same name: nobody has to delete it by hand."""
    folder = open_store().folder
    assert folder.parent == tiny
    path = folder / layout.MANIFEST
    whole = layout.read_manifest(folder)
    path.write_text(json.dumps(spoil(whole)), encoding="utf-8")
    with pytest.raises(IndexBrokenError):
        Gazetteer.open(folder)
    assert open_store().folder == folder
    assert layout.read_manifest(folder) == whole
    assert [path.name for path in tiny.iterdir()] == [folder.name]


@pytest.mark.usefixtures("tiny")
def test_a_whole_index_is_not_made_again():
    """Opening it a second time touches no file."""
    folder = open_store().folder
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    told = []
    open_store(on_progress=lambda *step: told.append(step))
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert told == []


def test_the_name_of_the_index_changes_with_what_it_is_made_of(monkeypatch, tmp_path):
    """Layout and folding; the shipped data and tables are in it too, and the code."""
    plain = layout.data_fingerprint()
    for constant in ("INDEX_SCHEMA", "NORMALIZER_VERSION"):
        with monkeypatch.context() as patch:
            patch.setattr(layout, constant, "other")
            assert layout.data_fingerprint() != plain
    with monkeypatch.context() as patch:
        patch.setattr(layout, "__file__", str(tmp_path / "layout.py"))
        assert layout.data_fingerprint() != plain
    assert layout.data_fingerprint() == plain
