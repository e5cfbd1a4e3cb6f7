"""How do columns lie in an index's folder, and how are they read without reading them all?"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Array = np.ndarray[Any, Any]

_GATHERED = 1 << 18  # texts that are moved at a time


def save(folder: Path, name: str, column: Array) -> None:
    """Write a column."""
    np.save(folder / f"{name}.npy", column, allow_pickle=False)


def load(folder: Path, name: str) -> Array:
    """Map a column into memory.

    A plain array over the map: its scalar access is several times faster than a memmap's own.
    """
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))


def encode(texts: Sequence[str]) -> tuple[Array, Array]:
    """Return texts as one array of UTF-8 bytes and the offsets at which each begins and ends."""
    parts = [text.encode() for text in texts]
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    return np.frombuffer(b"".join(parts), dtype=np.uint8), offsets_of(lengths)


def offsets_of(lengths: Array) -> Array:
    """Return where texts of these lengths begin and end, one after the other."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return _narrow(offsets)


def _narrow(offsets: Array) -> Array:
    fits = not len(offsets) or int(offsets[-1]) <= np.iinfo(np.uint32).max
    return offsets.astype(np.uint32) if fits else offsets


def save_texts(folder: Path, name: str, texts: Sequence[str]) -> None:
    """Write a column of strings."""
    blob, offsets = encode(texts)
    save(folder, f"{name}_text", blob)
    save(folder, f"{name}_offsets", offsets)


def save_texts_in_order(folder: Path, name: str, blob: Array, offsets: Array, order: Array) -> None:
    """Write a column of strings, taken from another in a new order; memory stays bounded."""
    starts = offsets[:-1][order].astype(np.int64)
    lengths = offsets[1:][order].astype(np.int64) - starts
    moved = np.zeros(len(order) + 1, dtype=np.int64)
    np.cumsum(lengths, out=moved[1:])
    target = np.lib.format.open_memmap(
        folder / f"{name}_text.npy", mode="w+", dtype=np.uint8, shape=(int(moved[-1]),)
    )
    for first in range(0, len(order), _GATHERED):
        last = min(first + _GATHERED, len(order))
        begin, end = int(moved[first]), int(moved[last])
        shift = np.repeat(starts[first:last] - moved[first:last], lengths[first:last])
        target[begin:end] = blob[np.arange(begin, end) + shift]
    target.flush()
    save(folder, f"{name}_offsets", _narrow(moved))


def save_sparse_texts(folder: Path, name: str, texts: Iterable[tuple[int, str]]) -> None:
    """Write strings that only some rows have, as pairs of row and string."""
    ordered = sorted(texts)
    save(folder, f"{name}_row", np.array([row for row, _ in ordered], dtype=np.int32))
    save_texts(folder, name, [text for _, text in ordered])


class Texts:
    """A column of strings in two memory-mapped arrays."""

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes = load(folder, f"{name}_text")
        self._offsets = load(folder, f"{name}_offsets")
        # Single items are read through views, several times faster than numpy's scalars.
        self._byte_view = self._bytes.data
        self._offset_view = self._offsets.data

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> str:
        offsets = self._offset_view
        return str(self._byte_view[offsets[row] : offsets[row + 1]], "utf-8")

    def batch(self, first: int, last: int) -> list[str]:
        """Return the strings of a range of rows."""
        offsets = self._offsets[first : last + 1].astype(np.int64)
        raw = self._bytes[offsets[0] : offsets[-1]].tobytes()
        ends = (offsets - offsets[0]).tolist()
        return [raw[a:b].decode() for a, b in pairwise(ends)]


class SparseTexts:
    """Strings that only some rows have; the others have an empty one."""

    def __init__(self, folder: Path, name: str) -> None:
        self._rows = load(folder, f"{name}_row")
        self._row_view = self._rows.data
        self._texts = Texts(folder, name)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        texts = self._texts.batch(0, len(self._texts))
        return zip(self._rows.tolist(), texts, strict=True)

    def __getitem__(self, row: int) -> str:
        rows = self._row_view
        at = bisect_left(rows, row)
        return self._texts[at] if at < len(rows) and rows[at] == row else ""
