"""Copies are told by their runs of words, whatever was cut or changed in them."""

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geoevents.grouping.copies import MIN_SHARE, SHINGLE, SKETCH, share, sketch_of

WORDS = [f"w{n}" for n in range(2000)]


def text(n, seed):
    """Return a text of n words."""
    return " ".join(np.random.default_rng(seed).choice(WORDS, n))


def alike(first, second):
    """Return the share of two texts."""
    return share(sketch_of(first, "en"), sketch_of(second, "en"))


def test_an_edited_copy_is_a_copy():
    """One word in twenty changed leaves three runs of five in four."""
    words = text(400, 1).split()
    edited = ["other" if i % 20 == 0 else word for i, word in enumerate(words)]
    assert 0.7 < alike(" ".join(words), " ".join(edited)) < 0.8


def test_an_excerpt_is_a_copy():
    """The first third of a text has nothing that the text has not, also beyond the sketch."""
    whole = text(3000, 2)
    assert alike(whole, " ".join(whole.split()[:1000])) > 0.9
    assert len(sketch_of(whole, "en")) == SKETCH


def test_marks_of_page_and_spelling_do_not_matter():
    """Case, vowel marks, punctuation and lines of the page around the story are left out."""
    story = "قَالَ المسؤولُ إنَّ الجسرَ انهارَ فجرَ الأحد وأن شخصين ماتا في المكان وأصيب ثالث بجروح بالغة"
    plain = "قال المسؤول ان الجسر انهار فجر الاحد، وان شخصين ماتا في المكان واصيب ثالث بجروح بالغه."
    assert alike(story, plain) == 1.0


def test_another_text_is_no_copy():
    """Two reports of one event in other words share no run, but for a quoted sentence."""
    quote = "we had no water for two days and nobody came to help us here"
    first, second = f"{text(200, 3)} {quote}", f"{quote} {text(200, 4)}"
    assert 0 < alike(first, second) < 0.1 < MIN_SHARE


def test_short_texts_are_copies_only_word_by_word():
    """A headline in another article is no sign that the article is copied."""
    assert alike("Two killed in bridge collapse", "two killed in bridge collapse!") == 1.0
    assert alike("Two killed in bridge collapse", f"Two killed in bridge collapse {WORDS[0]}") == 0
    assert alike("", "") == 0.0


@given(st.integers(0, 600), st.integers(0, 600), st.integers(0, 9), st.integers(0, 9))
def test_share_is_a_share(n, m, one, two):
    """It is symmetric, between 0 and 1, and 1 for the same text."""
    first, second = text(n, one), text(m, two)
    assert alike(first, second) == alike(second, first)
    assert 0.0 <= alike(first, second) <= 1.0
    assert alike(first, first) == float(n > 0)


@given(st.integers(SHINGLE, 200))
def test_a_short_sketch_holds_every_run(n):
    """A text of fewer runs than a sketch holds is compared exactly."""
    words = [f"w{i}" for i in range(n)]
    assert len(sketch_of(" ".join(words), "en")) == n - SHINGLE + 1


def test_sketches_are_the_same_in_every_process():
    """Other processes read other articles, and all are compared."""
    code = "from geoevents.grouping.copies import sketch_of; print(*sketch_of('a b c d e f', 'en'))"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert np.array_equal(
        np.array(printed.split(), dtype=np.uint64), sketch_of("a b c d e f", "en")
    )
