"""Names that are misspelt, or held in Latin letters only, are found among those that sound so."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest

from gazetteer.alike import find_alike
from gazetteer.text.normalize import fold

SLIPS = [
    lambda name, i: name[:i] + name[i + 1 :],
    lambda name, i: name[:i] + name[i] + name[i:],
    lambda name, i: name[:i] + name[i + 1 : i + 2] + name[i] + name[i + 2 :],
    lambda name, i: name[:i] + "e" + name[i + 1 :],
]


@pytest.fixture(scope="module")
def store(gazetteer):
    """Return the opened index."""
    return gazetteer._store


def heard(store, name, **options):
    """Return what is like a name, by folded spelling."""
    return {store.spelling(h.key): h for h in find_alike(store, fold(name), **options)}


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("Bakuu", "Baku"),
        ("Tiblisi", "Tbilisi"),
        ("Bagdhad", "Baghdad"),
        ("Vladivostock", "Vladivostok"),
        ("Stepanakart", "Stepanakert"),
        ("أذريبجان", "أذربيجان"),
        ("اسطنبول", "استانبول"),
        ("Владивосток", "Vladivostok"),
        ("Махачкло", "Махачкала"),
        ("תל אבייב", "תל אביב"),
    ],
)
def test_a_misspelt_name_is_among_those_like_it(store, written, held):
    """In its own script, or in Latin letters."""
    assert fold(held) in heard(store, written)


def test_most_single_slips_are_forgiven(store):
    """Of the names of large cities, nine in ten are found however they are misspelt."""
    chance = random.Random(4)  # noqa: S311 -- a draw that can be repeated
    large = np.flatnonzero(store.population[:] > 300_000).tolist()
    names = [store.name(store.first_name(row)) for row in chance.sample(large, 120)]
    names = [name for name in names if len(name) > 4]
    found = []
    for name in names:
        i = chance.randrange(1, len(name) - 1)
        slip = chance.choice(SLIPS)(name, i)
        found.append(fold(slip) == fold(name) or fold(name) in heard(store, slip))
    assert sum(found) > 0.9 * len(found)


def test_likeness_is_a_share_and_what_it_lacks(store):
    """Between 0 and 1, less the more it lacks; a name is not like itself."""
    for name in ("Bakuu", "سيلاكاب", "Махачкло"):
        alike = heard(store, name)
        assert alike
        assert all(0 < h.match < 1 for h in alike.values())
        assert all(h.nats <= 0 for h in alike.values())
    assert "baku" not in heard(store, "Baku")
    one, two = heard(store, "Tbilis")["tbilisi"], heard(store, "Tbilisssi")["tbilisi"]
    assert (one.match, one.nats) == (pytest.approx(6 / 7), pytest.approx(-1))
    assert (two.match, two.nats) == (pytest.approx(7 / 9), pytest.approx(-2))
    assert not one.transliterated


def test_only_places_that_count_are_heard(store):
    """Every key that is found leads to an accepted place."""
    libya = store.country_code("LY")
    alike = find_alike(store, fold("Tripolis"), accepts=lambda rows: store.country[rows] == libya)
    assert "tripoli" in {store.spelling(h.key) for h in alike}
    for one in alike:
        assert any(store.country[p.place] == libya for p in store.postings(one.key))
    nobody = find_alike(store, "tripolis", accepts=lambda rows: np.zeros(len(rows), dtype=bool))
    assert nobody == []


@pytest.mark.parametrize("name", ["", "北京", "42", "a", "ا", "и", "aeiou"])
def test_a_name_with_little_to_hear_is_no_error(store, name):
    """Scripts without sounds, digits, single letters and vowels alone."""
    for one in find_alike(store, fold(name)):
        assert one.match < 1 or one.transliterated


@pytest.mark.parametrize("word", ["abdul rahman ", "عبد الرحمن بن ", "владивосток "])
def test_a_text_of_any_length_takes_no_time(store, word):
    """No name is as long as an article: nothing is like it."""
    start = time.perf_counter()
    assert find_alike(store, fold(word * 800)) == []
    assert time.perf_counter() - start < 1
