"""What the tagger sees of words: their parts, the signs around them, what the gazetteer says."""

from __future__ import annotations

import numpy as np
import pytest

from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.word_inputs import (
    ROW_COUNT,
    is_of_gazetteer,
    is_part_of_word,
    sign_number,
    text_inputs,
    word_rows,
    word_shares,
)
from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize


@pytest.mark.parametrize("word", ["Baku", "باكو", "a", "x" * 500, "\ud800b", "2020", "ŞUŞA"])
def test_every_word_has_rows_of_the_table(word):
    """Its whole form, its parts and its shape, none beyond the table's end."""
    rows = word_rows(word, fold(word).replace(" ", "") or "b")
    assert rows.min() >= 0
    assert rows.max() < ROW_COUNT
    assert is_part_of_word(rows[:-1]).all()
    assert not is_part_of_word(rows[-1:]).any()


def test_spellings_that_fold_alike_share_their_parts():
    """Case and vowel marks change the shape only."""
    plain, upper = (word_rows(word, fold(word)) for word in ("baku", "BAKU"))
    assert np.array_equal(plain[:-1], upper[:-1])
    assert plain[-1] != upper[-1]


def test_a_long_word_does_not_outweigh_a_short_one():
    """The parts of a word count less the more there are; its form and its shape in full."""
    short, long = (word_shares(word_rows(word, word)) for word in ("gaza", "konstantinopolitan"))
    assert short[0] == long[0] == short[-1] == long[-1] == 1
    assert short[1] > long[1]


@pytest.mark.parametrize(
    ("one", "like"),
    [(" ", "  "), (", ", "، "), (". ", "! "), ("-", "–"), (" (", "["), ("\n", " \n\n")],
)
def test_signs_of_one_use_are_one(one, like):
    """A comma is a comma in any script."""
    assert sign_number(one) == sign_number(like)


def test_signs_of_different_use_differ():
    """What parts sentences is not what parts the names of a list."""
    assert len({sign_number(sign) for sign in ("", " ", "\n", ". ", ", ", '"', "(", ")", "#")}) == 9


def test_matched_names_are_told_to_the_tagger(gazetteer):
    """Both words of "New York", and no other."""
    text = "He left New York yesterday"
    view = TextView(text, tokenize(text), language_rules("en"))
    matches = gazetteer._geoparser.spelt(text, "en")
    inputs = text_inputs(
        view, [m for m in matches if m.first == 2 and m.last == 3], _store(gazetteer)
    )
    told = set(inputs.words[is_of_gazetteer(inputs.rows)].tolist())
    assert told == {2, 3}


def _store(gazetteer):
    return gazetteer._store
