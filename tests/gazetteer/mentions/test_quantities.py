"""Distances are read as each language writes them."""

from __future__ import annotations

import pytest

from gazetteer.mentions.quantities import numbers_of


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "1,200 km", 1200),
        ("en", "12.5 km", 12.5),
        ("fr", "1 200 km", 1200),
        ("fr", "12,5 km", 12.5),
        ("tr", "1.200 km", 1200),
        ("ru", "1 200 км", 1200),
        ("ar", "٣٠٫٥ كم", 30.5),
        ("fa", "۵۰ کیلومتری", 50),
        ("de", "50 km", 50),
    ],
)
def test_digits_are_grouped_as_the_language_does(lang, text, value):
    """A full stop parts thousands in Turkish and decimals in English."""
    found = numbers_of(lang).of_digits(text, 0)
    assert found is not None
    assert found[1] == value


def test_the_rest_of_a_number_is_none():
    """5 in 12.5."""
    assert numbers_of("en").of_digits("12.5 km", 3) is None


@pytest.mark.parametrize(
    ("lang", "words", "value", "n"),
    [
        ("en", "fifty km", 50, 1),
        ("en", "two hundred forty miles", 240, 3),
        ("en", "two thousand km", 2000, 2),
        ("ar", "خمسين كيلومترا", 50, 1),
        ("ru", "двадцать пять километров", 25, 2),
        ("tr", "elli kilometre", 50, 1),
        ("fr", "cinquante km", 50, 1),
    ],
)
def test_words_make_a_number(lang, words, value, n):
    """Tens and units add up, hundreds and thousands multiply."""
    assert numbers_of(lang).of_words([[word] for word in words.split()]) == (n, value)


def test_words_that_are_no_number():
    """Nothing is guessed."""
    assert numbers_of("en").of_words([["many"], ["miles"]]) is None
