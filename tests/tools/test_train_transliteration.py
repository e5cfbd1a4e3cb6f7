"""Costs of letters are learned from pairs of names, whatever the two scripts are."""

from __future__ import annotations

import random

import numpy as np
import pytest

from gazetteer.transliteration import EMPTY, UNKNOWN
from tools import train_transliteration as training
from tools.train_transliteration import Pair, Trainer, common_chunks, is_held_out, letter_odds

# A toy script: every letter stands for one chunk, or for two by chance.
SOUNDS = {"ب": ["b"], "ش": ["sh"], "ك": ["k", "c"], "م": ["m", "ma"], "ر": ["r"], "ن": ["n", "na"]}


@pytest.fixture(scope="module")
def pairs():
    """Return pairs of made-up names."""
    chance = random.Random(1)  # noqa: S311 -- names that can be made again
    made = []
    for _ in range(1_500):
        letters = [chance.choice(list(SOUNDS)) for _ in range(chance.randint(3, 6))]
        latin = "".join(chance.choice(SOUNDS[letter]) for letter in letters)
        made.append(Pair("".join(letters), (latin,)))
    return made


@pytest.fixture(scope="module")
def trainer(pairs):
    """Return a trainer that has learned them."""
    trainer = Trainer("Arabic", pairs, common_chunks(pairs))
    trainer.learn()
    return trainer


def test_a_letter_learns_what_it_stands_for(trainer, pairs):
    """Its chunks, with their shares as probabilities."""
    chunks = common_chunks(pairs)
    for letter, sounds in SOUNDS.items():
        line = trainer.log_odds[trainer.letters.index(letter)]
        likely = [chunks[i] for i in np.argsort(-line)[: len(sounds)]]
        assert sorted(likely) == sorted(sounds)
        for sound in sounds:
            share = np.exp(line[chunks.index(sound)])
            assert share == pytest.approx(1 / len(sounds), abs=0.08)


def test_the_first_letter_of_a_word_stands_apart(trainer):
    """Each letter has a line of its own for it."""
    assert {letter for letter in trainer.letters if letter.startswith("^")} == {
        f"^{letter}" for letter in SOUNDS
    }
    first = trainer.letters.index("^ش")
    assert trainer.log_odds[first].argmax() == trainer.log_odds[trainer.letters.index("ش")].argmax()


def test_what_was_never_seen_is_unlikely_and_the_unknown_more_so(trainer):
    """All costs are finite: any name has some likelihood."""
    assert np.isfinite(trainer.log_odds).all()
    assert (trainer.log_odds <= 0).all()
    assert (trainer.log_odds[:, UNKNOWN] <= trainer.log_odds.min(axis=1)).all()
    assert (trainer.log_odds[:, EMPTY] < -5).all()


def test_a_translation_teaches_nothing(pairs):
    """A pair whose letters do not fit is left out of the counts."""
    odd = [Pair("ششششش", ("bonn",))] * 30
    chunks = common_chunks(pairs)
    plain, mixed = Trainer("Arabic", pairs, chunks), Trainer("Arabic", [*pairs, *odd], chunks)
    for trainer in (plain, mixed):
        trainer.learn()
    letter = plain.letters.index("ش")
    assert mixed.log_odds[letter] == pytest.approx(plain.log_odds[letter], abs=0.05)


def test_of_several_latin_names_the_one_that_fits_is_learned_from(pairs):
    """The others are names in other languages."""
    several = [Pair(pair.foreign, ("constantinople", *pair.latin)) for pair in pairs]
    chunks = common_chunks(pairs)
    one, other = Trainer("Arabic", pairs, chunks), Trainer("Arabic", several, chunks)
    one.learn()
    other.learn()
    assert np.abs(one.log_odds - other.log_odds).max() < 0.2


def test_batches_change_nothing(pairs, monkeypatch):
    """How many pairs are counted at once."""
    chunks = common_chunks(pairs)
    whole = Trainer("Arabic", pairs, chunks)
    whole.learn()
    monkeypatch.setattr(training, "_BATCH", 17)
    parts = Trainer("Arabic", pairs, chunks)
    parts.learn()
    assert np.array_equal(whole.log_odds, parts.log_odds)


def test_common_chunks_begin_with_the_two_special_ones():
    """Then those that are often there, sorted, of at most four letters."""
    chunks = common_chunks([Pair("x", ("banana",))] * 40 + [Pair("x", ("cut",))] * 39)
    assert chunks[:2] == ["", "\x01"]
    assert chunks[2:] == sorted(
        {"a", "b", "n", "an", "ba", "na", "ana", "ban", "nan", "anan", "bana", "nana"}
    )


def test_letter_odds_are_of_names_that_hold_the_letter():
    """Half of them: even odds."""
    names = [Pair("x", ("abcdefghijklm",)), Pair("x", ("nopqrstuvwxyz",))]
    assert letter_odds(names).tolist() == [0.0] * 26


def test_a_quarter_of_the_places_is_held_out():
    """By the id alone, so always the same ones."""
    held = [is_held_out(f"geonames:{i}") for i in range(4_000)]
    assert 0.22 < sum(held) / len(held) < 0.28
    assert held == [is_held_out(f"geonames:{i}") for i in range(4_000)]


def test_pairs_are_names_of_one_settlement(gazetteer):
    """Folded, in the script and in Latin letters, of like length; no held-out place."""
    store = gazetteer._store
    found = []
    for pair in training.pairs_of(store, "Georgian"):
        found.append(pair)
        if len(found) == 200:
            break
    assert len(found) == 200
    for pair in found:
        assert 1 <= len(pair.latin) <= 4
        assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz ") for name in pair.latin)
        assert all("ა" <= char <= "ჿ" or char == " " or not char.isalpha() for char in pair.foreign)
        places = {p.place for p in store.postings(store.key(pair.foreign))}
        latin = {p.place for name in pair.latin for p in store.postings(store.key(name))}
        assert any(not is_held_out(store.place_id(row)) for row in places & latin)
