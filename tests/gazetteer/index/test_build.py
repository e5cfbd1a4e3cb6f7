"""An index is made whole or not at all, of whatever it is given."""

from __future__ import annotations

import json
import os
import time

import pytest

from gazetteer import Gazetteer, IndexNotWritableError
from gazetteer.index import layout
from gazetteer.index.build import build_index
from gazetteer.index.store import Store

TOWN = {
    "id": "geonames:1", "kind": "town", "at": (10, 20), "country": "TD", "population": 9_999,
    "names": {"en": ["Moundou"], "ar": ["موندو"]},
}  # fmt: skip


def contents(folder):
    """Return the files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_one_draft_always_makes_the_same_index(draft, tmp_path):
    """Byte by byte, so that it can be compared and cached."""
    made = [build_index(tmp_path / name, draft=draft(TOWN)) for name in "ab"]
    assert contents(made[0]) == contents(made[1])


def test_the_manifest_tells_what_it_is(draft, tmp_path):
    """Counts, versions, files with their sizes; that no other files came in."""
    folder = build_index(tmp_path / "index", draft=draft(TOWN))
    manifest = json.loads((folder / layout.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["counts"] == {"places": 1, "names": 2, "keys": 2}
    assert manifest["world"] == {}
    assert manifest["schema"] == layout.INDEX_SCHEMA
    assert manifest["fingerprint"] == layout.data_fingerprint()
    assert set(manifest["files"]) == {p.name for p in folder.iterdir()} - {layout.MANIFEST}


def test_progress_rises_to_one(draft, tmp_path):
    """And says what is being done."""
    told = []
    build_index(tmp_path / "i", draft=draft(TOWN), on_progress=lambda *step: told.append(step))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(what for _, what in told)


def test_an_index_that_another_process_has_made_is_kept(draft, tmp_path):
    """The later one is thrown away, and nothing else is left lying."""
    folder = build_index(tmp_path / "index", draft=draft(TOWN))
    before = contents(folder)
    other = TOWN | {"names": {"en": ["Sarh"]}}
    assert build_index(folder, draft=draft(other)) == folder
    assert contents(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_is_no_index_is_not_overwritten(draft, tmp_path):
    """It stays, and the error names it."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(IndexNotWritableError, match="mine"):
        build_index(folder, draft=draft(TOWN))
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_build_that_fails_leaves_nothing(draft, tmp_path):
    """An error midway takes the half-made index with it."""

    def stop(share, what):
        if share >= 0.3:
            raise KeyboardInterrupt(what)

    with pytest.raises(KeyboardInterrupt):
        build_index(tmp_path / "index", draft=draft(TOWN), on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_drafts_of_killed_processes_are_swept_away(draft, tmp_path):
    """Old ones of this index; not those at which somebody may still work."""
    old, new, other = (tmp_path / name for name in (".index-old", ".index-new", ".other-old"))
    for folder in (old, new, other):
        folder.mkdir()
    for folder in (old, other):
        os.utime(folder, (time.time() - 7200,) * 2)
    build_index(tmp_path / "index", draft=draft(TOWN))
    assert (old.exists(), new.exists(), other.exists()) == (False, True, True)


def test_prominence_is_that_of_people_or_of_the_kind(draft, tmp_path):
    """In tenths of a decimal logarithm of inhabitants."""
    folder = build_index(
        tmp_path / "index",
        draft=draft(
            TOWN,
            {"id": "x:sea", "kind": "ocean", "at": (0, 0), "names": {"en": ["Ocean"]}},
            {"id": "x:isle", "kind": "island", "at": (0, 1), "names": {"en": ["Isle"]},
             "population": 999_999},
        ),
    )  # fmt: skip
    assert Store(folder).prominence.tolist() == [40, 70, 60]


def test_a_division_is_as_prominent_as_those_who_live_in_it(draft, tmp_path):
    """So is a region of divisions; one without any counts as its kind."""
    region = {"id": "iso:TD-R", "kind": "admin1", "at": (9, 20), "names": {"en": ["South"]}}
    division = {"id": "iso:TD-LO", "kind": "admin1", "at": (9, 19), "names": {"en": ["Logone"]},
                "admin1": "iso:TD-R"}  # fmt: skip
    empty = {"id": "iso:TD-TI", "kind": "admin1", "at": (21, 17), "names": {"en": ["Tibesti"]}}
    towns = [
        {**TOWN, "id": f"geonames:{i}", "population": 49_999, "admin1": "iso:TD-LO"} for i in (1, 2)
    ]
    folder = build_index(tmp_path / "index", draft=draft(region, division, empty, *towns))
    assert Store(folder).prominence.tolist() == [50, 50, 30, 47, 47]


def test_a_name_in_any_encoding_of_its_letters_is_one(draft, tmp_path):
    """Composed or not."""
    folder = build_index(
        tmp_path / "i", draft=draft(TOWN | {"names": {"fr": ["Nde\u0301le\u0301"]}})
    )
    assert Gazetteer.open(folder).search("Nd\u00e9l\u00e9")[0].match == 1
