"""Long texts are read in windows, and many texts in batches, without a name lost or told twice."""

from __future__ import annotations

import re
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.recognizers import FoundName, StreamRecognizer
from gazetteer.recognizers.windows import WindowedRecognizer, windows

_NAME = re.compile(r"X[a-z]*(?: X[a-z]*)?")


def find_names(texts):
    """Return words with a capital X, or two in a row, as a model would find them."""
    return [[FoundName(m.start(), m.end()) for m in _NAME.finditer(text)] for text in texts]


@given(st.text(st.sampled_from("ab \n"), max_size=400), st.integers(20, 60), st.integers(0, 8))
def test_windows_tile_the_text(text, size, overlap):
    """Own parts follow each other without a gap; no window is larger than asked for."""
    cut = list(windows(text, size=size, overlap=overlap))
    assert "".join(text[w.own_start : w.own_end] for w in cut) == text
    for w in cut:
        assert w.start <= w.own_start <= w.own_end <= w.end <= len(text)
        assert w.end - w.start <= size


def test_a_window_ends_at_white_space():
    """Where the overlap holds white space, no word is cut in two."""
    text = "word " * 100
    for w in windows(text, size=100, overlap=40):
        assert w.own_start == 0 or text[w.own_start - 1] == " "


@given(st.lists(st.sampled_from(["Xa", "b", "Xcd", "e\n", "."]), max_size=200))
def test_names_are_found_as_in_one_piece(words):
    """In windows the same names are found as in the whole text, each once, at its offsets."""
    text = " ".join(words)
    parted = re.compile(r"Xa|Xcd")
    recognizer = WindowedRecognizer(
        lambda texts: [
            [FoundName(m.start(), m.end()) for m in parted.finditer(text)] for text in texts
        ],
        size=50,
        overlap=20,
        batch=3,
    )
    expected = [(m.start(), m.end()) for m in parted.finditer(text)]
    assert [(n.start, n.end) for n in recognizer.find(text, "en")] == expected


@pytest.mark.parametrize("before", range(70, 100))
def test_a_name_across_the_border_of_windows(before):
    """A name of two words is found whole wherever windows meet."""
    text = "a" * before + " Xab Xcd " + "b" * 80
    recognizer = WindowedRecognizer(find_names, size=100, overlap=30)
    assert [text[n.start : n.end] for n in recognizer.find(text, "en")] == ["Xab Xcd"]


def test_batches_keep_the_order_of_texts():
    """Each text gets its own names, in order, also empty ones and ones of other languages."""
    recognizer = WindowedRecognizer(
        find_names, languages=frozenset({"en"}), size=60, overlap=10, batch=4
    )
    texts = [("Xa " * 40, "en"), ("", "en"), ("Xb", "fr"), ("no", "en"), ("b Xc", "en")]
    found = list(recognizer.find_all(texts))
    assert isinstance(recognizer, StreamRecognizer)
    assert [None if names is None else len(names) for names in found] == [20, 0, None, 0, 1]
    assert found[4] == [FoundName(2, 4)]


def test_a_stream_is_read_as_it_comes():
    """From an endless stream the first answers come after a batch, not at the end."""
    recognizer = WindowedRecognizer(find_names, batch=4)
    drawn = []

    def endless():
        for number in count():
            drawn.append(number)
            yield "X", "en"

    assert len(list(islice(recognizer.find_all(endless()), 6))) == 6
    assert len(drawn) == 8


def test_half_characters_do_not_reach_the_model():
    """Lone surrogates, which libraries cannot encode, are replaced; offsets stay."""
    seen = []

    def model(texts):
        seen.extend(texts)
        return find_names(texts)

    found = WindowedRecognizer(model).find("\ud83d Xab \udc00", "en")
    assert found == [FoundName(2, 5)]
    assert [text.encode() for text in seen]
