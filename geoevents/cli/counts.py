"""How many places of each layer, kind and country, and names of each language, has an index?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.index.columns import load
from gazetteer.index.layout import read_manifest
from gazetteer.kinds import group_of

if TYPE_CHECKING:
    from pathlib import Path

LAYER = "layer"
COLUMNS = {"kind": "kind", "country": "country", "language": "name_lang"}
"""What can be counted beside layers, and the column of the index that tells it."""


class _Column(NamedTuple):
    """A column of an index: a code for each row, and the label of each code."""

    codes: np.ndarray[Any, Any]
    labels: list[str]


def counts(index: Path, by: str) -> dict[str, int]:
    """Return how many rows of an index there are of each label, the most frequent first.

    Parameters
    ----------
    index
        Folder of an index.
    by
        ``layer``, the source of a place and the group of its kind; or a key of :data:`COLUMNS`.
    """
    counted = _layers(index) if by == LAYER else _labels(_column(index, COLUMNS[by]))
    return {label or "none": count for label, count in counted.most_common() if count}


def _labels(column: _Column) -> Counter[str]:
    numbers = np.bincount(column.codes, minlength=len(column.labels)).tolist()
    return Counter(dict(zip(column.labels, numbers, strict=True)))


def _layers(index: Path) -> Counter[str]:
    sources, kinds = _column(index, "source"), _column(index, "kind")
    counted = Counter[str]()
    pairs = np.bincount(sources.codes.astype(np.int64) * len(kinds.labels) + kinds.codes)
    for pair in np.flatnonzero(pairs).tolist():
        source, kind = divmod(pair, len(kinds.labels))
        counted[f"{sources.labels[source]}, {group_of(kinds.labels[kind])}"] += int(pairs[pair])
    return counted


def _column(index: Path, name: str) -> _Column:
    return _Column(load(index, name), read_manifest(index)["vocabularies"][name])
