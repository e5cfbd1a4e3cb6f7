"""How likely is a name in one script the same as a name in Latin letters?

A letter of Arabic, Hebrew or Cyrillic stands for a chunk of up to four Latin letters ("ش" for "sh",
"ch", "sha"), an unwritten vowel included. The model holds a cost for each letter and chunk, learned
from the names that GeoNames has in both scripts (``tools/train_transliteration.py``); the cost of a
pair of names is that of the best way to cut one into chunks of the other (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_text, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray[Any, Any]

LONGEST_CHUNK = 4  # Latin letters that one letter of another script may stand for
SYMBOLS = 28  # nothing, a to z, space
UNITS_PER_NAT = 8  # costs are stored as whole eighths of a nat
EMPTY, UNKNOWN = 0, 1  # the first two chunks: no letter, and one that was not learned
LETTER_START = "^"  # marks the first letter of a word
_WIDEST = 40  # Latin letters of a candidate that are compared
_IMPOSSIBLE = -1e4

_SYMBOL = np.full(256, SYMBOLS - 1, dtype=np.uint8)
_SYMBOL[0] = 0
_SYMBOL[ord("a") : ord("z") + 1] = np.arange(1, 27)


def symbols(names: Sequence[str]) -> Array:
    """Return folded Latin names as one matrix of symbols, padded with zeros.

    Returns
    -------
    ndarray of uint8, shape (len(names), longest)
        0 is nothing, 1 to 26 are a to z, 27 is a space or any other sign.
    """
    cut = [name.encode("ascii", "replace")[:_WIDEST] for name in names]
    width = max(map(len, cut), default=0)
    joined = b"".join(name.ljust(width, b"\0") for name in cut)
    return _SYMBOL[np.frombuffer(joined, dtype=np.uint8).reshape(len(cut), width)]


def chunk_codes(matrix: Array, length: int) -> Array:
    """Return the number of the chunk of a length that begins at each letter; 0 beyond the end."""
    names, width = matrix.shape
    codes = np.zeros((names, width), dtype=np.int32)
    if length > width:
        return codes
    starts = width - length + 1
    window = np.zeros((names, starts), dtype=np.int32)
    for k in range(length):
        window = window * SYMBOLS + matrix[:, k : k + starts]
    codes[:, :starts] = np.where(matrix[:, length - 1 :] > 0, window, 0)
    return codes


@dataclass(frozen=True, slots=True)
class Transliterator:
    """What the letters of one script stand for in Latin.

    Attributes
    ----------
    letters
        Row of each letter; the first of a word stands apart, as ``"^"`` and the letter.
    chunk_of_code
        Chunk of each code of :func:`chunk_codes`.
    log_odds
        Natural logarithm of each chunk's probability, one line per letter.
    holds
        Probability that a letter's chunk holds each of the 26 Latin letters, one line per letter.
    letter_odds
        Log odds that a Latin name holds each of the 26 letters, shape (26,).
    """

    letters: dict[str, int]
    chunk_of_code: Array
    log_odds: Array
    holds: Array
    letter_odds: Array

    def rows(self, folded: str) -> list[int]:
        """Return the rows of a name's letters; letters that were not learned are left out."""
        rows, starts = [], True
        for char in folded:
            row = self.letters.get(LETTER_START + char if starts else char)
            row = self.letters.get(char) if row is None else row
            if row is not None:
                rows.append(row)
            starts = char == " "
        return rows

    def expected(self, folded: str) -> Array:
        """Return the probability that each of a to z is in the Latin name, shape (26,)."""
        absent = np.prod(1.0 - self.holds[self.rows(folded)], axis=0)
        expected: Array = 1.0 - absent
        return expected

    def shortfall(self, folded: str, names: Sequence[str]) -> Array:
        """Return how much less likely each Latin name is than the likeliest spelling.

        Parameters
        ----------
        folded
            A folded name in the model's script.
        names
            Folded names in Latin letters.

        Returns
        -------
        ndarray of float, shape (len(names),)
            In nats, 0 or less.
        """
        rows = self.rows(folded)
        matrix = symbols(names)
        if not rows or not matrix.size:
            return np.full(len(names), _IMPOSSIBLE)
        width = matrix.shape[1]
        chunks = [self.chunk_of_code[chunk_codes(matrix, n + 1)] for n in range(LONGEST_CHUNK)]
        best = np.full((len(names), width + 1), _IMPOSSIBLE, dtype=np.float32)
        best[:, 0] = 0
        for row in rows:
            odds = self.log_odds[row]
            after = best + odds[EMPTY]
            for length in range(1, min(LONGEST_CHUNK, width) + 1):
                room = width + 1 - length
                step = best[:, :room] + odds[chunks[length - 1][:, :room]]
                np.maximum(after[:, length:], step, out=after[:, length:])
            best = after
        lengths = np.count_nonzero(matrix, axis=1)
        total: Array = best[np.arange(len(names)), lengths] - self.log_odds[rows].max(axis=1).sum()
        return total


@cache
def transliterator(script: str) -> Transliterator | None:
    """Return the model of a script, as named in ``data/languages/scripts.toml``; None without one.

    Examples
    --------
    >>> model = transliterator("Arabic")
    >>> model.shortfall("باكو", ["baku", "bonn"]).argmax().item()
    0
    """
    table = read_table(data_path("models", "transliteration.npz"))
    if f"{script}_costs" not in table:
        return None
    chunks = decode_text(table["chunks"])
    costs = table[f"{script}_costs"]
    log_odds = (costs.astype(np.float32) / -UNITS_PER_NAT).astype(np.float32)
    return Transliterator(
        {letter: row for row, letter in enumerate(decode_text(table[f"{script}_letters"]))},
        _chunk_of_code(tuple(chunks)),
        log_odds,
        _holds(log_odds, chunks),
        table["letter_odds"],
    )


@cache
def _chunk_of_code(chunks: tuple[str, ...]) -> Array:
    table = np.full(SYMBOLS**LONGEST_CHUNK, UNKNOWN, dtype=np.int16)
    for number, chunk in enumerate(chunks):
        if number > UNKNOWN:
            matrix = symbols([chunk])
            table[chunk_codes(matrix, len(chunk))[0, 0]] = number
    return table


def _holds(log_odds: Array, chunks: Sequence[str]) -> Array:
    odds = np.exp(log_odds)
    odds[:, UNKNOWN] = 0
    inside = np.array([[chr(97 + i) in chunk for i in range(26)] for chunk in chunks])
    holds: Array = (odds @ inside) / odds.sum(axis=1, keepdims=True)
    return np.minimum(holds, 0.999)
