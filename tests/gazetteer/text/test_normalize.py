"""Spelling variants of a name fold alike, and folding never loses a text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazetteer.text.normalize import fold, fold_with_origins

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates included


@pytest.mark.parametrize(
    ("variants", "folded"),
    [
        ("أذربيجان إذربيجان آذربيجان ٱذربيجان اذربيجان", "اذربيجان"),  # hamza seats
        ("مصطفى مصطفي مصطفی", "مصطفي"),  # alif maqsura, ya, Persian ya
        ("القاهرة القاهره", "القاهره"),  # ta marbuta
        ("بـــاكو باكو بَاكُو بَاكُوّ", "باكو"),  # tatweel, vowels, shadda
        ("کرمان كرمان ڪرمان", "كرمان"),  # Persian and Sindhi kaf
        ("הָעִיר העיר", "העיר"),  # niqqud
        ("Орёл Орел ОРЁЛ", "орел"),
        ("Kirkuk KIRKUK kirkuk", "kirkuk"),
        ("Diyarbakır Diyarbakir DİYARBAKIR DIYARBAKIR", "diyarbakir"),  # Turkish ı and İ
        ("Straße Strasse STRASSE STRAẞE", "strasse"),
        ("Ta’izz Ta'izz Taʿizz Taʻizz Ta`izz Taizz", "taizz"),
        ("Malmö Malmo Malmø", "malmo"),
        ("Łódź Lodz", "lodz"),
        ("Şuşa Susa", "susa"),
        ("٢٠١٦ ۲۰۱۶ 2016", "2016"),
        ("ﺑﺎﻛﻮ باكو", "باكو"),  # presentation forms, as PDFs hold them
    ],
)
def test_spellings_of_one_word_fold_alike(variants, folded):
    """Every variant folds to the one form under which the index holds the name."""
    assert {fold(variant) for variant in variants.split()} == {folded}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("خاورمیانه", "خاورميانه"),
        ("خاور\u200cمیانه", "خاور ميانه"),  # a zero-width non-joiner parts words
        ("\u200fباكو\u200e", "باكو"),  # direction marks
        ("\u202bباكو\u202c", "باكو"),
        ("Ust-Kamenogorsk", "ust kamenogorsk"),
        ("  Bandar \t Abbas\n", "bandar abbas"),
        ('צה"ל', "צהל"),
        ("№ 5", "5"),
        ("—", ""),
        ("", ""),
    ],
)
def test_signs_are_dropped_or_part_words(text, folded):
    """What is between letters either vanishes or becomes one space."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("باكو", "باكي"), ("قم", "كم"), ("Bern", "Born"), ("Йорк", "Иорка")]
)
def test_different_names_stay_different(one, other):
    """Folding joins spellings, not words."""
    assert fold(one) != fold(other)


@given(ANY_TEXT)
@example("\ud800")
@example("İ")
@example("ﷺ")
def test_folding_twice_changes_nothing(text):
    """A folded text is its own folded form, whatever the text was."""
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(), st.text())
def test_words_fold_one_by_one(first, second):
    """A space between two texts keeps them apart."""
    assert fold(f"{first} {second}") == " ".join(filter(None, [fold(first), fold(second)]))


@given(ANY_TEXT)
def test_every_folded_letter_comes_from_the_word(text):
    """Origins point into the word, in order, and together they give the folded form."""
    folded, origins = fold_with_origins(text)
    assert len(folded) == len(origins)
    assert list(origins) == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)
    assert folded == fold(text).replace(" ", "")
