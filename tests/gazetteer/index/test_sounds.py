"""Keys are found by what they sound like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.index.sounds import letter_bits, script_bit
from gazetteer.text.sounds import SCRIPTS, script_of, skeleton


@pytest.fixture(scope="module")
def store(small):
    """Return an index of names in four scripts, one without sounds."""
    return small(
        {"id": "geonames:1", "kind": "city", "at": (40.4, 49.9), "population": 1_000_000,
         "names": {"en": ["Baku"], "ar": ["باكو"], "zh": ["巴庫"], "ru": ["Баку"]}},
        {"id": "geonames:2", "kind": "town", "at": (1, 1), "population": 9_000,
         "names": {"en": ["Bako", "Pago"]}},
        {"id": "geonames:3", "kind": "village", "at": (2, 2), "names": {"en": ["Aue"]}},
    )._store  # fmt: skip


def spelt(store, script, *sounds):
    """Return the keys of some skeletons, in the index's order."""
    return [store.spelling(key) for key in store.sounds.alike(script, sounds).key.tolist()]


def test_keys_of_one_sound_come_the_most_prominent_first(store):
    """Of one script only."""
    first, *others = spelt(store, "Latin", "BK")
    assert first == "baku"
    assert sorted(others) == ["bako", "pago"]
    assert spelt(store, "Arabic", "BK") == ["باكو"]
    assert spelt(store, "Cyrillic", "BK") == ["баку"]
    assert spelt(store, "Greek", "BK") == []
    assert sorted(spelt(store, "Latin", "BK", "", "NOPE")) == ["aue", "bako", "baku", "pago"]
    assert spelt(store, "Latin") == []


def test_columns_belong_together(store):
    """Letters, lengths and prominences are those of the keys."""
    alike = store.sounds.alike("Latin", ["BK", ""])
    names = [store.spelling(key) for key in alike.key.tolist()]
    assert alike.letters.tolist() == letter_bits(names).tolist()
    assert alike.length.tolist() == list(map(len, names))
    assert dict(zip(names, alike.prominence.tolist(), strict=True)) == {
        "baku": 60, "bako": 40, "pago": 40, "aue": 0,
    }  # fmt: skip


def test_keys_come_in_one_order_whatever_the_order_of_sounds(store):
    """Sets of sounds have no order of their own, and what is found must not hang on it."""
    assert spelt(store, "Latin", "BK", "") == spelt(store, "Latin", "", "BK")


def test_a_place_knows_the_scripts_of_its_names(store):
    """One bit for each script, one for all that have no sounds."""
    bits = [script_bit(script) for script in ("Latin", "Arabic", "Cyrillic", None)]
    assert int(store.scripts[store.row("geonames:1")]) == sum(bits)
    assert int(store.scripts[store.row("geonames:2")]) == script_bit("Latin")


def test_script_bits_fit_a_byte_and_differ():
    """They are kept as such."""
    bits = [script_bit(script) for script in (*SCRIPTS, None)]
    assert len(set(bits)) == len(bits)
    assert max(bits) < 256
    assert script_bit("Thai") == script_bit(None)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=9))
def test_letter_bits_tell_the_letters(texts):
    """Of every text by itself; none for an empty one."""
    expected = [sum({1 << (ord(char) % 32) for char in text}) for text in texts]
    assert letter_bits(texts).tolist() == expected


def test_every_key_with_a_sound_is_held_under_it(gazetteer):
    """Of the shipped names, a thousand drawn at random."""
    store = gazetteer._store
    for key in (
        np.random.default_rng(2).integers(0, store.manifest["counts"]["keys"], 1_000).tolist()
    ):
        spelling = store.spelling(key)
        script = script_of(spelling)
        if script:
            assert key in store.sounds.alike(script, [skeleton(spelling, script)]).key.tolist()
