"""The annotated French passages say what their guidelines promise."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from gazetteer.text.sentences import split_sentences

_FILE = Path(__file__).parents[2] / "benchmarks" / "texts" / "french_news.jsonl"
_DOCUMENTS = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
_TOPONYMS = [toponym for document in _DOCUMENTS for toponym in document["toponyms"]]
_FIELDS = {
    "start",
    "end",
    "text",
    "lat",
    "lon",
    "bbox",
    "geonameid",
    "wikidata",
    "kind",
    "form",
    "country",
}


def test_enough_of_it_is_there():
    """At least ninety sentences in at least thirty passages, each with a place and a date."""
    texts = [document["text"] for document in _DOCUMENTS]
    sentences = sum(len(split_sentences(text)) for text in texts)
    assert sentences >= 90
    assert len(set(texts)) == len(texts) >= 30
    assert all(document["toponyms"] for document in _DOCUMENTS)
    days = [date.fromisoformat(document["published"]) for document in _DOCUMENTS]
    assert min(days).year == 2015
    assert max(days).year == 2026


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda document: document["id"])
def test_spans(document):
    """Offsets give the words, mentions are in order and apart, and no span cuts a word."""
    text = document["text"]
    for span in [*document["toponyms"], *document["others"]]:
        assert text[span["start"] : span["end"]] == span["text"]
        assert span["text"] == span["text"].strip()
        assert not text[span["start"] - 1 : span["start"]].isalnum()
        assert not text[span["end"] : span["end"] + 1].isalnum()
    for before, after in pairwise(document["toponyms"]):
        assert before["end"] <= after["start"]
    assert {other["kind"] for other in document["others"]} <= {"PER", "ORG", "FAC", "MISC"}


def test_forms():
    """Every mention has one of three forms, and the README counts them."""
    assert all(set(toponym) == _FIELDS for toponym in _TOPONYMS)
    assert Counter(toponym["form"] for toponym in _TOPONYMS) == {
        "name": 228,
        "demonym": 40,
        "associative": 33,
    }


def test_associative_places_stand_inside_an_organisation():
    """What is marked associative lies in something listed among the others."""
    for document in _DOCUMENTS:
        for toponym in document["toponyms"]:
            inside = [
                other["kind"]
                for other in document["others"]
                if other["start"] <= toponym["start"] and toponym["end"] <= other["end"]
            ]
            assert bool(inside) == (toponym["form"] == "associative") or (
                toponym["form"] == "demonym" and inside == ["ORG"]
            )


def test_points_are_those_of_the_gazetteer(gazetteer):
    """A point comes with an id, and is the gazetteer's point of that place, in that country."""
    placed = [toponym for toponym in _TOPONYMS if toponym["lat"] is not None]
    assert len(placed) == 163
    for toponym in placed:
        place = gazetteer.get(f"geonames:{toponym['geonameid']}")
        assert (toponym["lat"], toponym["lon"]) == pytest.approx((place.lat, place.lon), abs=1e-3)
        assert toponym["country"] == place.country
    for toponym in _TOPONYMS:
        if toponym["lat"] is None:
            assert toponym["lon"] is None
            assert (toponym["geonameid"] is None) == (toponym["country"] is None)
