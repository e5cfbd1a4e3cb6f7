"""Whose weights are whose: of all languages, of one, and of posts in it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason="the judge is fitted with SciPy")

from gazetteer.mentions.recognizer import ANY_LANGUAGE, OF_POSTS
from gazetteer.mentions.span_features import FEATURES
from tools.recognizer.corpora import Corpus
from tools.recognizer.judge import Judged, fit

SETTINGS = {"never_negative": ["tagged"], "never_positive": ["person"]}


def texts(usage, count, *, feature, is_name):
    """Return texts of one span each, which has a feature and is a name or not."""
    row = np.zeros((1, len(FEATURES)))
    row[0, FEATURES.index(feature)] = 1.0
    gold = frozenset({(0, 4)} if is_name else ())
    one = Judged(Corpus("made"), usage, row, [(0, 4)], [(0, 0)], gold, np.ones(1, dtype=bool))
    return [one] * count


def weight(weights, usage, feature):
    """Return a weight of a usage."""
    return weights[usage][FEATURES.index(feature)]


def test_posts_depart_from_their_language_and_it_from_all():
    """Hashtags speak against a name in posts of the one language only."""
    post = f"ar{OF_POSTS}"
    weights = fit(
        [
            *texts("ar", 300, feature="in_hashtag", is_name=True),
            *texts("en", 300, feature="in_hashtag", is_name=True),
            *texts(post, 300, feature="in_hashtag", is_name=False),
        ],
        SETTINGS,
    )
    assert set(weights) == {ANY_LANGUAGE, "ar", "en", post}
    of = {usage: weight(weights, usage, "in_hashtag") for usage in weights}
    assert of[post] < 0 < of["ar"] < of["en"]
    assert of[ANY_LANGUAGE] > 0


def test_few_posts_count_to_their_language():
    """Weights of their own would be those of a handful of texts."""
    post = f"fr{OF_POSTS}"
    found = [
        *texts("fr", 50, feature="tagged", is_name=True),
        *texts(post, 5, feature="tagged", is_name=True),
    ]
    assert set(fit(found, SETTINGS)) == {ANY_LANGUAGE, "fr"}


def test_what_can_only_speak_for_a_place_never_speaks_against_it():
    """Nor the other way round."""
    found = [
        *texts("en", 200, feature="tagged", is_name=False),
        *texts("en", 200, feature="person", is_name=True),
    ]
    weights = fit(found, SETTINGS)
    assert weight(weights, "en", "tagged") == 0
    assert weight(weights, "en", "person") == 0
