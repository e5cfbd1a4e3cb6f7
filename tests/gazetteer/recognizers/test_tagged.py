"""Words with probabilities of tags make the spans that their scheme of tags means."""

from __future__ import annotations

import numpy as np
import pytest

from gazetteer import BadQueryError
from gazetteer.recognizers import FoundName
from gazetteer.recognizers.labels import place_labels
from gazetteer.recognizers.tagged import TaggedWord, Tags

_BIO = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER", "B-GPE", "I-GPE"]


def words(tags, *rows):
    """Return words of four characters, a space apart; rows map tags to probabilities."""
    return [
        TaggedWord(5 * i, 5 * i + 4, np.array([row.get(tag, 0.0) for tag in tags]))
        for i, row in enumerate(rows)
    ]


def test_bio():
    """B begins a name, I goes on with it."""
    rows = [{"B-LOC": 0.9}, {"I-LOC": 0.8}, {"B-LOC": 0.7}, {"O": 1.0}]
    found = Tags(_BIO, {"LOC": "name"}).spans(words(_BIO, *rows))
    assert found == [FoundName(0, 9, 0.8), FoundName(10, 14, 0.7)]


@pytest.mark.parametrize(
    ("tags", "rows"),
    [
        (["O", "I-LOC"], [{"I-LOC": 1.0}, {"I-LOC": 1.0}, {"O": 1.0}]),
        (["O", "LOC"], [{"LOC": 1.0}, {"LOC": 1.0}, {"O": 1.0}]),
        (["O", "B-LOC", "L-LOC", "U-LOC"], [{"B-LOC": 1.0}, {"L-LOC": 1.0}, {"O": 1.0}]),
        (["O", "B-LOC", "E-LOC", "S-LOC"], [{"B-LOC": 1.0}, {"E-LOC": 1.0}, {"O": 1.0}]),
    ],
)
def test_other_schemes(tags, rows):
    """Tags without B, without positions, and with ends are read as well."""
    assert Tags(tags, {"LOC": "name"}).spans(words(tags, *rows)) == [FoundName(0, 9, 1.0)]


def test_an_orphaned_inside_begins_a_name():
    """I behind another entity is a name of its own."""
    rows = [{"B-PER": 1.0}, {"I-LOC": 1.0}]
    assert Tags(_BIO, {"LOC": "name"}).spans(words(_BIO, *rows)) == [FoundName(5, 9, 1.0)]


def test_probability_counts_every_label_of_places():
    """LOC or GPE is all one: the word names a place with the probability of both together."""
    rows = [{"B-LOC": 0.375, "B-GPE": 0.25, "I-GPE": 0.125, "B-PER": 0.25}]
    tags = Tags(_BIO, {"LOC": "name", "GPE": "name"})
    assert tags.spans(words(_BIO, *rows)) == [FoundName(0, 4, 0.75)]


def test_labels_are_chosen():
    """Labels that are asked for are taken with their forms, others are not."""
    assert place_labels(None, ["PER", "LOC", "GPE"], "m") == {"GPE": "name", "LOC": "name"}
    assert place_labels({"NORP": "demonym"}, ["NORP", "GPE"], "m") == {"NORP": "demonym"}
    rows = [{"B-GPE": 1.0}, {"B-LOC": 1.0}]
    found = Tags(_BIO, {"GPE": "associative"}).spans(words(_BIO, *rows))
    assert found == [FoundName(0, 4, 1.0, "associative")]


def test_a_model_without_such_labels_is_refused():
    """The error names the labels that the model has."""
    with pytest.raises(BadQueryError, match="it has DATE, PERSON; say with labels="):
        place_labels(None, ["PERSON", "DATE"], "m")
    with pytest.raises(BadQueryError, match="'border' is not a form"):
        place_labels({"LOC": "border"}, ["LOC"], "m")
