"""A resolution can be asked why: its candidates, and what speaks for each."""

from __future__ import annotations

import json

import pytest

from gazetteer.explain import explain
from gazetteer.mention import Mention
from gazetteer.rank import FULL_FEATURES

TEXT = "She moved from Paris, Texas to Dallas."


@pytest.fixture(scope="module")
def explained(gazetteer):
    """Return a function: the explanation of a word of the text."""

    def explained(word, text=TEXT, **more):
        start = text.index(word)
        mention = Mention(start, start + len(word), word)
        return explain(gazetteer._geoparser, gazetteer._store, text, mention, lang="en", **more)

    return explained


def test_the_first_candidate_is_the_answer(gazetteer, explained):
    """It has the place and the score that resolving the same mention gives."""
    explanation = explained("Paris")
    (resolution,) = gazetteer.resolve(TEXT, [explanation.mention], lang="en")
    best = explanation.candidates[0]
    assert best.place == resolution.place
    assert best.score == pytest.approx(resolution.score, abs=1e-4)
    assert best.place.id == "geonames:4717560"


def test_reasons_add_up_to_the_log_odds(explained):
    """Every feature is a known one, and together they make what the candidate has."""
    for candidate in explained("Paris").candidates:
        assert {reason.feature for reason in candidate.reasons} <= set(FULL_FEATURES)
        assert sum(r.log_odds for r in candidate.reasons) == pytest.approx(candidate.log_odds)
        sizes = [abs(reason.log_odds) for reason in candidate.reasons]
        assert sizes == sorted(sizes, reverse=True)


def test_what_follows_is_among_the_reasons(explained):
    """That Texas stands behind Paris speaks for the one there, and for no other."""
    for candidate in explained("Paris").candidates:
        said = {r.feature: r.value for r in candidate.reasons}
        in_texas = candidate.place.admin1 == "iso:US-TX"
        assert (said.get("parent_follows", 0.0) > 0.5) == in_texas


def test_runners_up_are_as_many_as_asked(explained):
    """Probabilities fall, and with that of no held place they are at most 1."""
    explanation = explained("Paris", runners_up=2)
    scores = [candidate.score for candidate in explanation.candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) + explanation.none <= 1 + 1e-9


def test_a_word_that_is_no_held_name_has_no_candidates(explained):
    """It is certainly none of them."""
    explanation = explained("moved")
    assert explanation.candidates == ()
    assert explanation.none == 1


def test_an_explanation_can_be_written_as_json(explained):
    """Nothing in it is of numpy."""
    assert json.loads(json.dumps(explained("Dallas").to_dict()))["text"] == "Dallas"
