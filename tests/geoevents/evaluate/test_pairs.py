"""Predictions are joined to gold by id, in any order, and bad lines do not end it."""

import gzip
import io
import tracemalloc

import pytest

from geoevents.errors import EmptyInputError, InputNotFoundError, InputNotReadableError
from geoevents.evaluate import Leftovers, Pair, read_pairs
from geoevents.readers import Failure

BAKU = [{"start": 0, "end": 4}]


def test_documents_are_joined_by_id_in_the_order_of_gold(lines):
    """Predictions may stand in any order; what is missing counts as empty."""
    gold = lines("g.jsonl", *({"id": i, "text": "Baku", "toponyms": BAKU} for i in "abc"))
    predicted = lines("p.jsonl", *({"id": i, "toponyms": BAKU} for i in "xca"))
    leftovers = Leftovers()
    pairs = list(read_pairs(gold, predicted, leftovers=leftovers))
    assert [(p.id, len(p.predicted), p.is_predicted) for p in pairs] == [
        ("a", 1, True),
        ("b", 0, False),
        ("c", 1, True),
    ]
    assert (leftovers.unknown, leftovers.example) == (1, "x")


def test_a_bad_line_is_named_and_passed_over(lines):
    """In gold its document is left out; in the predictions it counts as empty."""
    good = {"id": "a", "text": "Baku", "toponyms": BAKU}
    gold = lines("g.jsonl", good, "{", good | {"id": "b"}, good, good | {"id": "c", "toponyms": 3})
    predicted = lines(
        "p.jsonl", good, "[]", {"id": "b", "toponyms": [{"start": 4, "end": 1}]}, good
    )
    items = list(read_pairs(gold, predicted))
    failures = [item.error for item in items if isinstance(item, Failure)]
    assert [(pair.id, len(pair.predicted)) for pair in items if isinstance(pair, Pair)] == [
        ("a", 1),
        ("b", 0),
    ]
    wheres = ("p.jsonl, line 2", "p.jsonl, line 4", "g.jsonl, line 2", "p.jsonl, line 3",
              "g.jsonl, line 4", "g.jsonl, line 5")  # fmt: skip
    assert len(failures) == len(wheres)
    assert all(where in error for where, error in zip(wheres, failures, strict=True))


def test_gold_outside_its_text_is_refused(lines):
    """An offset that points nowhere would make every figure wrong."""
    gold = lines("g.jsonl", {"id": "a", "text": "Bak", "toponyms": BAKU})
    (failure,) = read_pairs(gold, gold)
    assert "ends at 4, but the text has 3 characters" in failure.error


def test_a_document_that_failed_counts_as_empty(lines):
    """As geoparse writes it: an error instead of toponyms."""
    gold = lines("g.jsonl", {"id": "a", "text": "Baku", "toponyms": BAKU})
    predicted = lines("p.jsonl", {"id": "a", "error": "It is empty."})
    leftovers = Leftovers()
    (pair,) = read_pairs(gold, predicted, leftovers=leftovers)
    assert (pair.predicted, leftovers.failed) == ([], 1)


def test_packed_files_and_standard_input_are_read(lines, monkeypatch, tmp_path):
    """.gz is unpacked, - is standard input."""
    path = lines("g.jsonl", {"id": "a", "text": "Baku", "toponyms": BAKU})
    packed = tmp_path / "g.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))

    class Stdin:
        buffer = io.BytesIO(path.read_bytes())

    monkeypatch.setattr("sys.stdin", Stdin)
    (pair,) = read_pairs(packed, "-")
    assert (pair.text, len(pair.predicted)) == ("Baku", 1)


@pytest.mark.parametrize("cut", [10, 30])
def test_a_broken_packed_file_says_so(lines, tmp_path, cut):
    """A file that is cut short, or is not packed at all, ends in one sentence."""
    path = lines("g.jsonl", {"id": "a", "text": "Baku", "toponyms": BAKU})
    packed = tmp_path / "g.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes())[:cut])
    with pytest.raises(InputNotReadableError, match=r"g\.jsonl\.gz"):
        list(read_pairs(packed, path))
    with pytest.raises(InputNotReadableError):
        list(read_pairs(path.rename(tmp_path / "x.gz"), packed))


def test_missing_and_empty_files_say_so(lines, tmp_path):
    """Neither is an evaluation of nothing."""
    path = lines("g.jsonl", {"id": "a", "text": "Baku", "toponyms": BAKU})
    with pytest.raises(InputNotFoundError):
        list(read_pairs(path, tmp_path / "none.jsonl"))
    with pytest.raises(EmptyInputError):
        list(read_pairs(lines("empty.jsonl"), path))


def test_texts_are_not_held_in_memory(lines):
    """Reading two files of 20 MB takes far less than one of them."""
    text = "a" * 200_000
    rows = [{"id": str(i), "text": text, "toponyms": BAKU} for i in range(100)]
    gold, predicted = lines("g.jsonl", *rows), lines("p.jsonl", *reversed(rows))
    del rows
    tracemalloc.start()
    assert sum(1 for _ in read_pairs(gold, predicted)) == 100
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
