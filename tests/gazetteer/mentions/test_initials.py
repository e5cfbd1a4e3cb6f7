"""Words in capitals among words that are not: "the US said"."""

from __future__ import annotations

import pytest

from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The UAE's plan helps us, a US-led group of U.K. firms said.", ["UAE's", "US", "U.K"]),
        ("PLEASE HELP US SAVE the forest", []),
        ("THE US SAID NO", []),
        ("J. B. Smith met us", ["J. B"]),
        ("A man met B", []),
    ],
)
def test_initials_stand_out(text, expected):
    """One word in capitals, or letters with their stops; no heading is made of them."""
    view = TextView(text, tokenize(text), language_rules("en"))
    words = range(len(view.tokens))
    spans = [(i, j) for i in words for j in words if i <= j <= i + 1 and view.is_initials(i, j)]
    assert [text[view.tokens[i].start : view.tokens[j].end] for i, j in spans] == expected
