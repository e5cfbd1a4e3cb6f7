"""Whose labels are asked for? The GeoNames ids of the shipped places, or of a GeoNames file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gazetteer.data import data_path
from gazetteer.sources.columns import read_table
from gazetteer.sources.geonames import read_places

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.sources.delimited import OnProblem

_ID: Final = re.compile(rb"\bgeonames:(\d+)")


def shipped_ids() -> list[int]:
    """Return the GeoNames ids of all places of the shipped gazetteer, sorted.

    Examples
    --------
    >>> 587084 in shipped_ids()  # Baku
    True
    """
    table = read_table(data_path("gazetteer", "places.npz"))
    texts = (table[column].tobytes() for column in ("id", "equivalents"))
    return sorted({int(number) for text in texts for number in _ID.findall(text)})


def ids_of(path: Path, *, on_problem: OnProblem) -> list[int]:
    """Return the ids of the places of a GeoNames file, sorted.

    Raises
    ------
    SourceError
        If the file cannot be used.
    """
    chunks = read_places(path, on_problem=on_problem, with_alternates=False)
    return sorted({number for chunk in chunks for number in chunk.geonameid.tolist()})
