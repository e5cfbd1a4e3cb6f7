"""Sentences are shortened to fit, and spelt out again to the letter."""

from hypothesis import given
from hypothesis import strategies as st

from maps.abbreviations import LEAST_TEXTS, Abbreviations, abbreviations

WORDS = ["رحلة", "من", "باكو", "إلى", "عوفدا", "Il-76", "<b>", "\\", '"', "\u202e", "Ā", "ā"]
SENTENCES = st.lists(st.sampled_from([*WORDS, "", "\n", "rare"]), max_size=12).map(" ".join)


def frequent() -> Abbreviations:
    """Return what is abbreviated where the words above are frequent."""
    return abbreviations([" ".join(WORDS)] * LEAST_TEXTS)


@given(SENTENCES)
def test_a_sentence_is_spelt_out_to_the_letter(text: str) -> None:
    """Spaces in a row or at an end, letters like abbreviations, rare words: all come back."""
    short = frequent()
    assert short.spelt(short.short(text)) == text


def test_a_sign_stands_in_no_sentence() -> None:
    """Characters that the sentences use themselves stand for nothing else."""
    signs = set(frequent().signs.values())
    assert not signs & set("".join(WORDS))
    assert not any("\ud800" <= sign <= "\udfff" for sign in signs)


def test_frequent_words_get_short() -> None:
    """A sentence of frequent words is a sign per word."""
    short = frequent()
    assert len(short.short("رحلة من باكو إلى عوفدا")) == 5


def test_few_sentences_are_left_alone() -> None:
    """They pack well by themselves."""
    assert abbreviations(["a b"] * (LEAST_TEXTS - 1)).signs == {}
