"""A table of Wikidata's labels is read back as it was fetched."""

from __future__ import annotations

import pytest

from gazetteer.errors import WrongSourceError
from gazetteer.sources.wikidata import COLUMNS, read_labels

BAKU = ["Q9248", "587084", "ar", "باكو"]


def test_labels_are_read_as_columns(write, problems):
    """The header is no label; chunks are as small as asked for."""
    path = write("labels.tsv", [COLUMNS, BAKU, ["Q9248", "587084", "zh-hant", "巴庫"]])
    first, second = read_labels(path, on_problem=problems.append, chunk_rows=2)
    assert (first.qid, first.geonameid.tolist()) == (["Q9248"], [587084])
    assert (first.lang.to_list(), first.text) == (["ar"], ["باكو"])
    assert (second.lang.to_list(), second.text) == (["zh-hant"], ["巴庫"])
    assert problems == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["Q1", "x", "ar", "ا"], "the id 'x' is not a whole number"),
        (["Q1", "1", "ar", ""], "it has no label"),
        (["Q1", "1", "ar"], "it has 3 fields instead of 4"),
        (["Q1", "1", "ar", "x" * 1001], f"the label '{'x' * 40}…' is longer than 1000 bytes"),
    ],
)
def test_a_faulty_line_is_named(write, problems, line, why):
    """The others are read."""
    path = write("labels.tsv", [COLUMNS, line, BAKU])
    (chunk,) = read_labels(path, on_problem=problems.append)
    assert chunk.text == ["باكو"]
    assert [(problem.line, problem.why) for problem in problems] == [(2, why)]


@pytest.mark.parametrize("lines", [[BAKU], [["a", "b"]], [["item", "id", "lang", "label"], BAKU]])
def test_another_table_is_recognized(write, lines):
    """By its header."""
    with pytest.raises(WrongSourceError, match="is not a table of labels"):
        list(read_labels(write("labels.tsv", lines), on_problem=pytest.fail))
