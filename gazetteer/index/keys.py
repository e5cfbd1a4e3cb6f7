"""Which places bear a folded name? The trie of names and what hangs on its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from gazetteer.index import layout
from gazetteer.index.columns import Texts, save
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Array = np.ndarray[Any, Any]

_BATCH = 1 << 17  # names folded at a time


def write_keys(folder: Path, names: Texts, place: Array, is_code: Array, prominence: Array) -> int:
    """Write the trie of folded names, and for each key the names that fold to it.

    Of several names of one place that fold alike, the first is kept; a code only if no name does.
    The names of the most prominent places come first.

    Parameters
    ----------
    folder
        Folder of the index.
    names
        All names.
    place
        Row of each name's place.
    is_code
        Whether each name is a code.
    prominence
        Of each place, by row.

    Returns
    -------
    int
        How many keys there are.
    """
    draft = folder / "folded.txt"
    with draft.open("w", encoding="utf-8", newline="\n") as lines:
        for first in range(0, len(names), _BATCH):
            batch = names.batch(first, min(first + _BATCH, len(names)))
            lines.writelines(f"{fold(name)}\n" for name in batch)
    trie = marisa_trie.Trie((key for key in _lines(draft) if key), order=marisa_trie.LABEL_ORDER)
    trie.save(str(folder / layout.KEYS))
    found = (trie.get(key, -1) if key else -1 for key in _lines(draft))
    key_id = np.fromiter(found, dtype=np.int32, count=len(names))
    draft.unlink()
    kept = _one_per_place(key_id, place, is_code)
    order = np.lexsort((place[kept], -prominence[place[kept]].astype(np.int16), key_id[kept]))
    kept = kept[order]
    save(folder, "posting_name", kept)
    starts = np.searchsorted(key_id[kept], np.arange(len(trie) + 1)).astype(np.int32)
    save(folder, "first_posting", starts)
    return len(trie)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line[:-1]


def _one_per_place(key_id: Array, place: Array, is_code: Array) -> Array:
    """Return the names that are kept: one for each key and place."""
    order = np.lexsort((is_code, place, key_id)).astype(np.int32)
    order = order[key_id[order] >= 0]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (key_id[order[1:]] != key_id[order[:-1]]) | (place[order[1:]] != place[order[:-1]])
    kept: Array = order[first]
    return kept
