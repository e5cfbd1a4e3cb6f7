"""What a corpus leaves unmarked although it names a place teaches nothing."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy", reason="the recogniser is trained with SciPy")

from gazetteer.mentions.features import TextView
from gazetteer.mentions.held_names import named_matches
from gazetteer.mentions.language_rules import language_rules
from gazetteer.text.tokens import tokenize
from tools.recognizer.corpora import Corpus
from tools.recognizer.unmarked import initials_of_countries


@pytest.mark.parametrize(
    ("corpus", "expected"),
    [(Corpus("others"), ["US", "UAE"]), (Corpus("ours", written="en"), [])],
)
def test_initials_of_countries_are_passed_over(gazetteer, corpus, expected):
    """In corpora of others; passages written for the project mark them."""
    text = "US troops left for the UAE with help from Egypt, and told us."
    view = TextView(text, tokenize(text), language_rules("en"))
    store, matcher = gazetteer._store, gazetteer._geoparser._matcher
    matches = named_matches(view, matcher, store)
    found = initials_of_countries(view, matches, corpus, store)
    assert [text[match.start : match.end] for match in found] == expected
