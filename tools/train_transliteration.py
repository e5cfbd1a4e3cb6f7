"""Train ``data/models/transliteration.npz``: what letters of other scripts stand for in Latin.

``python -m tools.train_transliteration [-o FILE]`` reads the pairs of names that places
of the embedded gazetteer have in a script and in Latin letters, and learns by hard expectation
maximisation: cut every Latin name into one chunk per letter as the present costs have it, count,
and set the costs anew. The consonant classes of ``data/languages/sounds.toml`` are the start.
A quarter of the places, by a hash of their id, is never trained on: ``is_held_out``.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer import Gazetteer
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.sources.columns import encode_text, write_table
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, script_of, skeleton, skeletons
from gazetteer.transliteration import (
    EMPTY,
    LETTER_START,
    LONGEST_CHUNK,
    SYMBOLS,
    UNITS_PER_NAT,
    UNKNOWN,
    chunk_codes,
    symbols,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.index.store import Store

Array = np.ndarray[Any, Any]

SCRIPTS: Final = ("Arabic", "Hebrew", "Cyrillic", "Greek", "Armenian", "Georgian")
_ROUNDS = 4
_MOST_PAIRS = 60_000
_LATIN_NAMES = 4  # the same place's Latin names that are tried for one foreign name
_BATCH = 2_000
_RARE_LETTER = 20
_RARE_CHUNK = 40
_RARE_PAIR = 4  # a letter and a chunk seen together less often are chance
_UNLIKELY = -2.2  # log odds per letter below which two names are translations of each other
_FLOOR, _FLOOR_PER_LETTER = -9.0, -1.0  # log odds of what was never seen
_IMPOSSIBLE = -1e4
_NEVER = -30.0
_QUALIFIED = re.compile(r"[،,(/]")  # "Bethany, Oklahoma" is not the name alone
_LATIN_NAME = re.compile(r"[a-z ]+")
_SEED = 11


def is_held_out(place_id: str) -> bool:
    """Return whether a place is kept from training, to measure on."""
    return int(hashlib.sha256(place_id.encode()).hexdigest()[0], 16) < 4


@dataclass(frozen=True, slots=True)
class Pair:
    """A folded name in another script and what may be the same name in Latin letters."""

    foreign: str
    latin: tuple[str, ...]


def pairs_of(store: Store, script: str) -> Iterator[Pair]:
    """Yield the pairs of all settlements that are not held out."""
    for row in range(len(store)):
        if store.kind_of(row) not in SETTLEMENT_KINDS or is_held_out(store.place_id(row)):
            continue
        names = dict.fromkeys(name for texts in store.names_of(row).values() for name in texts)
        folded = dict.fromkeys(fold(name) for name in names if not _QUALIFIED.search(name))
        latin = [name for name in folded if _LATIN_NAME.fullmatch(name)]
        for foreign in folded:
            if script_of(foreign) == script:
                length = len(foreign)
                like = [name for name in latin if 0.4 * length <= len(name) <= 3 * length + 4]
                if like:
                    yield Pair(foreign, tuple(like[:_LATIN_NAMES]))


def common_chunks(pairs: Iterable[Pair]) -> list[str]:
    """Return the empty chunk, the unknown one, and the common ones of the Latin names."""
    counts = Counter(
        name[i : i + n]
        for pair in pairs
        for name in pair.latin[:1]
        for n in range(1, LONGEST_CHUNK + 1)
        for i in range(len(name) - n + 1)
    )
    return ["", "\x01", *sorted(chunk for chunk, n in counts.items() if n >= _RARE_CHUNK)]


def letter_odds(pairs: Sequence[Pair]) -> Array:
    """Return the log odds that a Latin name holds each of a to z."""
    names = [pair.latin[0] for pair in pairs]
    share = [sum(letter in name for name in names) / len(names) for letter in ascii_lowercase]
    odds: Array = np.log(np.array(share) / (1 - np.array(share))).astype(np.float32)
    return odds


class Trainer:
    """Learns the costs of one script's letters.

    Parameters
    ----------
    script
        Name of the script.
    pairs
        What to learn from.
    chunks
        All chunks.
    """

    def __init__(self, script: str, pairs: Sequence[Pair], chunks: Sequence[str]) -> None:
        self._pairs = sorted(pairs, key=lambda pair: len(pair.foreign))
        self._chunks = chunks
        seen = Counter(char for pair in pairs for char in pair.foreign)
        common = sorted(char for char, n in seen.items() if n >= _RARE_LETTER)
        self.letters = [*common, *(LETTER_START + char for char in common if char != " ")]
        self._row = {letter: row for row, letter in enumerate(self.letters)}
        self._chunk_of_code = np.full(SYMBOLS**LONGEST_CHUNK, UNKNOWN, dtype=np.int32)
        for number, chunk in enumerate(chunks):
            if number > UNKNOWN:
                self._chunk_of_code[chunk_codes(symbols([chunk]), len(chunk))[0, 0]] = number
        self.log_odds = self._start(script)

    def learn(self) -> None:
        """Count and set the costs anew, several times."""
        for _ in range(_ROUNDS):
            counts = np.zeros(self.log_odds.shape)
            for first in range(0, len(self._pairs), _BATCH):
                self._count(self._pairs[first : first + _BATCH], counts)
            self.log_odds = self._from_counts(counts)

    def _start(self, script: str) -> Array:
        """Return costs by consonant classes: a chunk of the letter's class is likely."""
        log_odds = np.full((len(self.letters), len(self._chunks)), _NEVER, dtype=np.float32)
        sounds = [skeleton(chunk, LATIN) for chunk in self._chunks]
        for row, letter in enumerate(self.letters):
            char = letter.removeprefix(LETTER_START) or letter
            if char == " ":
                log_odds[row] = [{" ": 0, "": -3}.get(chunk, -9) for chunk in self._chunks]
                continue
            ways = skeletons(char, script)
            for number, chunk in enumerate(self._chunks):
                apart = min(abs(len(sounds[number]) - len(way)) for way in ways)
                odds = -1.0 if sounds[number] in ways else -7.0 - 2 * apart
                weak = sum(c in "aeiouywh" for c in chunk)
                odds -= 0.4 * weak + 3 * (" " in chunk) + 0.5 * max(0, len(chunk) - 2)
                log_odds[row, number] = odds - (chunk == "")
        log_odds[:, UNKNOWN] = _NEVER
        return log_odds

    def _rows(self, foreign: str) -> list[int]:
        starts = [i == 0 or foreign[i - 1] == " " for i in range(len(foreign))]
        rows = [
            self._row.get(LETTER_START + char if first else char, self._row.get(char))
            for char, first in zip(foreign, starts, strict=True)
        ]
        return [row for row in rows if row is not None]

    def _count(self, pairs: Sequence[Pair], counts: Array) -> None:
        """Add what the best alignments of some pairs say to the counts."""
        own = np.array([i for i, pair in enumerate(pairs) for _ in pair.latin])
        latin = [name for pair in pairs for name in pair.latin]
        foreign = [rows for pair in pairs for rows in [self._rows(pair.foreign)] * len(pair.latin)]
        steps = max(map(len, foreign))
        row_at = np.array([[*rows, *[-1] * (steps - len(rows))] for rows in foreign])
        matrix = symbols(latin)
        chunks = [self._chunk_of_code[chunk_codes(matrix, n + 1)] for n in range(LONGEST_CHUNK)]
        best, taken = self._forward(row_at, chunks)
        lengths = np.count_nonzero(matrix, axis=1)
        final = best[np.arange(len(latin)), lengths]
        final = final / (np.count_nonzero(row_at >= 0, axis=1) + lengths)
        order = np.lexsort((-final, own))
        kept = order[np.unique(own[order], return_index=True)[1]]
        kept = kept[final[kept] > _UNLIKELY]
        self._trace(kept, lengths[kept], row_at, chunks, taken=taken, counts=counts)

    def _forward(self, row_at: Array, chunks: Sequence[Array]) -> tuple[Array, list[Array]]:
        names, width = chunks[0].shape
        best = np.full((names, width + 1), _IMPOSSIBLE, dtype=np.float32)
        best[:, 0] = 0
        taken = []
        for step in range(row_at.shape[1]):
            odds = self.log_odds[np.maximum(row_at[:, step], 0)]
            after = best + odds[:, :1]
            length_taken = np.zeros((names, width + 1), dtype=np.int8)
            for length in range(1, min(LONGEST_CHUNK, width) + 1):
                room = width + 1 - length
                gain = np.take_along_axis(odds, chunks[length - 1][:, :room], axis=1)
                reached = best[:, :room] + gain
                length_taken[:, length:][reached > after[:, length:]] = length
                np.maximum(after[:, length:], reached, out=after[:, length:])
            best = np.where((row_at[:, step] >= 0)[:, None], after, best)
            taken.append(length_taken)
        return best, taken

    def _trace(
        self,
        kept: Array,
        ends: Array,
        row_at: Array,
        chunks: Sequence[Array],
        *,
        taken: Sequence[Array],
        counts: Array,
    ) -> None:
        """Walk the best alignments back and count their letters and chunks."""
        at = ends.copy()
        for step in range(row_at.shape[1] - 1, -1, -1):
            live = row_at[kept, step] >= 0
            length = np.where(live, taken[step][kept, at], 0)
            begin = at - length
            number = np.full(len(kept), EMPTY)
            for n in range(1, LONGEST_CHUNK + 1):
                of_length = length == n
                number[of_length] = chunks[n - 1][kept[of_length], begin[of_length]]
            np.add.at(counts, (row_at[kept[live], step], number[live]), 1)
            at = begin

    def _from_counts(self, counts: Array) -> Array:
        often = np.where(counts >= _RARE_PAIR, counts, 0)
        share = often / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        floor = np.array([_FLOOR + _FLOOR_PER_LETTER * max(0, len(c) - 1) for c in self._chunks])
        log_odds = np.maximum(np.log(np.maximum(share, 1e-12)), floor)
        log_odds[:, UNKNOWN] = _NEVER
        costs: Array = log_odds.astype(np.float32)
        return costs


def main() -> None:
    """Train all scripts and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("data/models/transliteration.npz")
    )
    options = parser.parse_args()
    store = Gazetteer.open()._store  # noqa: SLF001 -- a tool of this package reads its columns
    pairs = {script: list(pairs_of(store, script)) for script in SCRIPTS}
    chunks = common_chunks(pair for script in SCRIPTS for pair in pairs[script])
    columns = {"chunks": encode_text(chunks), "letter_odds": letter_odds(pairs["Cyrillic"])}
    for script in SCRIPTS:
        some = random.Random(_SEED).sample(pairs[script], min(_MOST_PAIRS, len(pairs[script])))  # noqa: S311
        trainer = Trainer(script, some, chunks)
        trainer.learn()
        costs = np.rint(np.minimum(-trainer.log_odds, 255 / UNITS_PER_NAT) * UNITS_PER_NAT)
        columns[f"{script}_letters"] = encode_text(trainer.letters)
        columns[f"{script}_costs"] = costs.astype(np.uint8)
        print(f"{script}: {len(some):,} pairs, {len(trainer.letters)} letters")
    write_table(options.output, columns)
    print(f"{options.output}: {options.output.stat().st_size:,} bytes, {len(chunks):,} chunks")


if __name__ == "__main__":
    main()
