"""Every name finds its place by what it folds to, and a code only as it is written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.index import columns
from gazetteer.index.columns import Texts, load, save_texts
from gazetteer.index.keys import write_keys
from gazetteer.text.normalize import fold

BAKU, TRIPOLI = "geonames:587084", "geonames:2210247"
NAMES = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.booleans(),
        st.one_of(
            st.sampled_from(["Baku", "BAKU", "Bakı", "باكو", "باکو", "Al-Kut", "al kut", "—", ""]),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
        ),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_a_key_leads_to_each_place_of_the_name_once(tmp_path_factory, names):
    """By its first name that folds so, or a code where none does; prominent places come first."""
    names = sorted(names, key=lambda name: name[0])
    if not any(fold(text) for *_, text in names):
        return
    folder = tmp_path_factory.mktemp("keys")
    save_texts(folder, "name", [text for *_, text in names])
    place = np.array([row for row, *_ in names])
    is_code = np.array([code for _, code, _ in names])
    prominence = np.array([30, 10, 30, 70, 0, 10], dtype=np.uint8)
    count = write_keys(folder, Texts(folder, "name"), place, is_code, prominence)
    first, posting = load(folder, "first_posting"), load(folder, "posting_name").tolist()
    found = {
        fold(names[posting[first[key]]][2]): posting[first[key] : first[key + 1]]
        for key in range(count)
    }
    expected = {}
    for i in sorted(range(len(names)), key=lambda i: (is_code[i], i)):
        if key := fold(names[i][2]):
            expected.setdefault(key, {}).setdefault(names[i][0], i)
    assert found == {
        key: [of[row] for row in sorted(of, key=lambda row: (-int(prominence[row]), row))]
        for key, of in expected.items()
    }


def test_names_are_folded_in_batches_alike(tmp_path, monkeypatch):
    """Where one batch ends changes nothing."""
    texts = [f"Name {i % 7}" for i in range(50)]
    written = []
    for batch in (3, 1000):
        folder = tmp_path / str(batch)
        folder.mkdir()
        monkeypatch.setattr("gazetteer.index.keys._BATCH", batch)
        save_texts(folder, "name", texts)
        is_code, prominence = np.zeros(50, dtype=bool), np.zeros(50, dtype=np.uint8)
        write_keys(folder, Texts(folder, "name"), np.arange(50), is_code, prominence)
        written.append(
            [columns.load(folder, n).tolist() for n in ("posting_name", "first_posting")]
        )
    assert written[0] == written[1]
    assert not list(tmp_path.rglob("*.txt"))


def test_every_held_name_finds_its_place(gazetteer):
    """Of the shipped names, some thousand drawn at random: none is out of reach."""
    store = gazetteer._store
    rows = load(store.folder, "name_place")
    for name in np.random.default_rng(1).integers(0, len(rows), 3_000).tolist():
        folded = fold(store.name(name))
        if folded:
            places = {posting.place for posting in store.postings(store.key(folded))}
            assert int(rows[name]) in places


@pytest.fixture(scope="module")
def coded(small):
    """Return a gazetteer of a country with a code that is a word, and an airfield with one."""
    return small(
        {"id": "iso:US", "kind": "country", "at": (39, -98), "country": "US",
         "names": {"en": ["United States"]}, "codes": ["US", "U.S.A."]},
        {"id": "icao:LLOV", "kind": "airbase", "at": (29.9, 34.9), "country": "IL",
         "names": {"en": ["Ovda"]}, "codes": ["LLOV"]},
        {"id": "geonames:1", "kind": "town", "at": (50, 5), "country": "BE",
         "names": {"fr": ["Us"]}, "codes": ["US"], "population": 10},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("US", {"iso:US", "geonames:1"}),
        ("U.S.A.", {"iso:US"}),
        ("U.S.A", {"iso:US"}),
        ("u.s.a.", set()),
        ("us", {"geonames:1"}),
        ("Us", {"geonames:1"}),
        ("LLOV", {"icao:LLOV"}),
        ("llov", set()),
        ("Llov", set()),
        ("ovda", {"icao:LLOV"}),
    ],
)
def test_a_code_matches_only_as_written(coded, name, ids):
    """But for the full stops; a name that is spelt like one matches in any case."""
    assert {match.place.id for match in coded.search(name, fuzzy=False)} == ids
