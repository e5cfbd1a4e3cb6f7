"""Which names does a table of Wikidata's labels hold, as fetched for the gazetteer?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gazetteer.errors import WrongSourceError
from gazetteer.sources.archives import open_source
from gazetteer.sources.delimited import Problem, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.sources.delimited import Labels, OnProblem, Table

#: The header of the table.
COLUMNS: Final = ("qid", "geonameid", "lang", "label")

_HIGHEST_ID: Final = 2**31 - 1
_LONGEST: Final = {0: 16, 2: 24, 3: 1000}  # bytes; Wikidata's labels have 250 characters at most
_CHUNK_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True)
class LabelChunk:
    """Some labels, as columns of equal length.

    Attributes
    ----------
    qid : list of str
        Wikidata's item, as ``Q9248``.
    geonameid : ndarray of int32
        The place that bears the name.
    lang : Labels
        Language as Wikidata has it (``ar``, ``zh-hant``).
    text : list of str
        The name.
    """

    qid: list[str]
    geonameid: NDArray[np.int32]
    lang: Labels
    text: list[str]

    def __len__(self) -> int:
        return len(self.text)


def read_labels(
    path: Path, *, on_problem: OnProblem, chunk_rows: int = _CHUNK_ROWS
) -> Iterator[LabelChunk]:
    """Yield the labels of a table that ``gazetteer fetch wikidata-labels`` has written.

    Parameters
    ----------
    path : Path
        The table.
    on_problem : callable
        Called with each line that is left out.
    chunk_rows : int, optional
        At most so many labels at once.

    Yields
    ------
    LabelChunk
        Never an empty one.

    Raises
    ------
    SourceError
        If the file is missing, damaged, or another one.
    """
    with open_source(path) as source:
        for lines in read_lines(source, most=chunk_rows):
            table = lines.table(len(COLUMNS))
            if lines.first == 1:
                if table.row(0) != COLUMNS:
                    raise WrongSourceError(path, "a table of labels", "one with another header")
                table = table.keep(np.arange(1, len(table)))
            chunk = _labels(table)
            for line, why in sorted(lines.faults.items()):
                on_problem(Problem(path, line, why))
            if len(chunk):
                yield chunk


def _labels(table: Table) -> LabelChunk:
    for column, longest in _LONGEST.items():
        table.limit(column, what=f"the {COLUMNS[column]}", longest=longest)
    table.reject(table.lengths(3) == 0, "it has no label", column=3)
    ids = table.integers(1, what="the id", highest=_HIGHEST_ID)
    table.reject(ids == 0, "the id {} is not a positive number", column=1)
    rows = table.good
    kept = table.keep(rows)
    return LabelChunk(kept.texts(0), ids[rows].astype(np.int32), kept.labels(2), kept.texts(3))
