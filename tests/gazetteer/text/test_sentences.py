"""Sentences end where readers end them, and together hold every word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.text.sentences import split_sentences
from gazetteer.text.tokens import tokenize

PROSE = st.lists(
    st.sampled_from(
        [*"abcABCابتדה.!?؟…:;,\"'”»)( \n\t", "Gen.", "U.S.", "3.5", "د.", "e.g.", "۔", "\u200f"]
    )
).map("".join)


def sentences(text):
    """Return a text's sentences as strings."""
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left.", "She stayed."],
        ["Gen. Ali met Dr. Salem.", "They spoke."],
        ["It rose 3.5 per cent.", "Then it fell."],
        ["John F. Kennedy spoke.", "He left."],
        ["هل وصل؟", "نعم."],
        ["وصل الوفد أمس!", "وغادر اليوم."],
        ["قال د. أحمد إنه وصل.", "وغادر."],
        ['"We won."', "He smiled."],
        ["He said: “We won.”", "They cheered."],
        ["Really?!", "Yes."],
        ["В 2016 г. он приехал.", "Потом уехал."],
        ["Prof. Yılmaz geldi.", "Gitti."],
        ["یہ سچ ہے۔", "وہ آیا۔"],
        ["Wait…", "What?"],
    ],
)
def test_a_sentence_ends_at_its_closing_mark(parts):
    """Abbreviations, decimals and initials do not end one; quotes close with it."""
    assert sentences(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence():
    """Headlines have no full stop."""
    assert sentences("Headline\n\n  Baku (AFP) - Text.") == ["Headline", "Baku (AFP) - Text."]


@pytest.mark.parametrize("text", ["", " \n\t", "\n\n"])
def test_white_space_is_no_sentence(text):
    """Nothing comes of nothing."""
    assert split_sentences(text) == []


@given(PROSE | st.text())
def test_every_word_is_in_exactly_one_sentence(text):
    """Sentences are in order, do not overlap, have no white space around, and hold all words."""
    found = split_sentences(text)
    ends = [0, *(s.end for s in found)]
    assert all(end <= s.start < s.end for end, s in zip(ends, found, strict=False))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)
    for token in tokenize(text):
        assert sum(s.start <= token.start and token.end <= s.end for s in found) == 1
