"""Columns come back from an index's folder as they were written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.index import columns
from gazetteer.index.columns import SparseTexts, Texts

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=30)
EXAMPLES = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@EXAMPLES
@given(TEXTS)
def test_texts_come_back_one_by_one_and_in_batches(tmp_path, texts):
    """Any characters, line feeds and NUL too, and the empty text."""
    columns.save_texts(tmp_path, "a", texts)
    read = Texts(tmp_path, "a")
    assert len(read) == len(texts)
    assert [read[i] for i in range(len(texts))] == texts
    for first in range(len(texts) + 1):
        assert read.batch(first, len(texts)) == texts[first:]


@EXAMPLES
@given(TEXTS, st.randoms(use_true_random=False), st.integers(1, 5))
def test_texts_come_back_in_a_new_order(tmp_path_factory, texts, chance, gathered):
    """Some left out, some twice, however many are moved at a time."""
    folder = tmp_path_factory.mktemp("ordered")
    order = np.array([i for i in range(len(texts)) for _ in range(chance.randrange(3))], dtype=int)
    chance.shuffle(order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_GATHERED", gathered)
        columns.save_texts_in_order(folder, "a", *columns.encode(texts), order)
    read = Texts(folder, "a")
    assert [read[i] for i in range(len(read))] == [texts[i] for i in order.tolist()]


@EXAMPLES
@given(st.dictionaries(st.integers(0, 40), st.text(alphabet="aيя\x00\n", min_size=1), max_size=12))
def test_sparse_texts_are_empty_where_there_are_none(tmp_path, texts):
    """Rows that have none have an empty one, those behind the last too."""
    columns.save_sparse_texts(tmp_path, "a", texts.items())
    read = SparseTexts(tmp_path, "a")
    assert [read[row] for row in range(50)] == [texts.get(row, "") for row in range(50)]
    assert dict(read) == texts


def test_offsets_are_narrow_until_they_do_not_fit():
    """32 bits hold 4 GB of text; more takes 64."""
    assert columns.offsets_of(np.array([3, 0, 2])).tolist() == [0, 3, 3, 5]
    assert columns.offsets_of(np.array([2**32 - 1])).dtype == np.uint32
    assert columns.offsets_of(np.array([2**32])).dtype == np.int64
    assert columns.offsets_of(np.array([2**32]))[-1] == 2**32
