"""Blocks of bytes become the same columns as lines split one by one."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.sources import delimited
from gazetteer.sources.archives import Source
from gazetteer.sources.delimited import Labels, read_lines

WIDTH = 3
FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r\0\ufeff"), max_size=12)
LINES = st.lists(st.lists(FIELD, min_size=1, max_size=5), max_size=30)
JUNK = st.binary(max_size=300) | st.lists(
    st.sampled_from([b"\t", b"\n", b"\r\n", b"12", b"-1.5", b"\xff", b"\0", "ب".encode()]),
    max_size=80,
).map(b"".join)


def tables(data, *, most=7):
    """Return the tables of some bytes, and what was wrong with the other lines."""
    faults = {}
    found = []
    for lines in read_lines(Source(Path("a.txt"), io.BytesIO(data)), most=most):
        found.append(lines.table(WIDTH))
        faults |= lines.faults
    return found, faults


@given(LINES, st.integers(1, 40), st.integers(1, 9))
def test_columns_hold_what_lines_hold(lines, block_bytes, most):
    """However the blocks fall, and however many lines are taken at once."""
    data = "".join("\t".join(fields) + "\n" for fields in lines).encode()
    before, delimited.BLOCK_BYTES = delimited.BLOCK_BYTES, block_bytes
    try:
        found, faults = tables(data, most=most)
    finally:
        delimited.BLOCK_BYTES = before
    expected = [fields for fields in lines if len(fields) == WIDTH]
    for column in range(WIDTH):
        texts = [text for table in found for text in table.texts(column)]
        assert texts == [fields[column] for fields in expected]
        labels = [text for table in found for text in table.labels(column).to_list()]
        assert labels == texts
    others = [i + 1 for i, f in enumerate(lines) if len(f) != WIDTH and f != [""]]
    assert sorted(faults) == others


@given(JUNK)
def test_no_bytes_are_too_strange(data):
    """Every line is read, named as faulty, or blank; nothing else happens."""
    found, faults = tables(data)
    for table in found:
        table.limit(0, what="the first", longest=9)
        table.integers(1, what="the second", highest=99)
        table.degrees_e5(2, what="the third", limit=90)
        kept = table.keep(table.good)
        assert len(kept.texts(0)) == len(kept.labels(0, 1).to_list()) == np.sum(table.good)
    count = data.replace(b"\r\n", b"\n").removesuffix(b"\n").count(b"\n") + 1
    assert all(1 <= line <= count for line in faults)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
def test_whole_numbers_come_back(numbers):
    """Digits are read as int does."""
    found, faults = tables("".join(f"a\t{number}\tb\n" for number in numbers).encode(), most=99)
    assert found[0].integers(1, what="it", highest=10**12).tolist() == numbers
    assert faults == {}


@given(st.lists(st.floats(-90, 90), min_size=1, max_size=20))
def test_degrees_come_back(numbers):
    """To the nearest 1e-5 degree, in any notation that Python writes."""
    found, faults = tables("".join(f"a\tb\t{number!r}\n" for number in numbers).encode(), most=99)
    degrees = found[0].degrees_e5(2, what="it", limit=90).tolist()
    assert degrees == [round(number * 1e5) for number in numbers]
    assert faults == {}


def test_labels_are_mapped_once_for_each_value():
    """Not once for each of a million rows."""
    asked = []
    labels = Labels(np.array([1, 1, 0, 1]), ["AZ", "IL"])
    lengths = labels.mapped(lambda value: asked.append(value) or len(asked))
    assert (lengths.tolist(), asked) == ([2, 2, 1, 2], ["AZ", "IL"])
