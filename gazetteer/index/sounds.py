"""Which folded names sound like another? Keys by their consonant skeleton."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import numpy as np

from gazetteer.index import layout
from gazetteer.index.columns import load, save
from gazetteer.text.sounds import SCRIPTS, script_of, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Array = np.ndarray[Any, Any]

_BATCH = 1 << 16  # keys read at a time
_LONGEST = 255  # letters counted of a key


class Alike(NamedTuple):
    """Keys that sound alike, as columns of one length.

    Attributes
    ----------
    key
        Numbers of the keys.
    letters
        Bit ``code point % 32`` is set for every character of the key.
    length
        Characters of the key.
    prominence
        That of the most prominent place of the name.
    """

    key: Array
    letters: Array
    length: Array
    prominence: Array


def letter_bits(texts: Sequence[str]) -> Array:
    """Return the characters of each text as bits, shape (len(texts),), ``uint32``."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    bits = np.left_shift(np.uint32(1), codes & np.uint32(31))
    starts = np.cumsum(lengths) - lengths
    letters = np.zeros(len(texts), dtype=np.uint32)
    filled = lengths > 0
    letters[filled] = np.bitwise_or.reduceat(bits, starts[filled])
    return letters


def script_bit(script: str | None) -> int:
    """Return the bit that stands for a script; one bit for all that have no sounds."""
    return 1 << (1 + SCRIPTS.index(script)) if script in SCRIPTS else 1


def write_sounds(folder: Path, keys: marisa_trie.Trie, prominence: Array) -> Array:
    """Write which keys share a skeleton; within one, the most prominent first.

    Parameters
    ----------
    folder
        Folder of the index.
    keys
        The trie of folded names.
    prominence
        Of each key's most prominent place, by key number.

    Returns
    -------
    ndarray of uint8
        Each key's :func:`script_bit`.
    """
    script_of_key = np.full(len(keys), script_bit(None), dtype=np.uint8)
    numbers: dict[str, int] = {}
    ids, sounds, letters, lengths = [], [], [], []
    for first in range(0, len(keys), _BATCH):
        batch = range(first, min(first + _BATCH, len(keys)))
        written = _scripts((i, keys.restore_key(i)) for i in batch)
        script_of_key[[i for i, _, _ in written]] = [script_bit(script) for *_, script in written]
        heard = [(i, key, f"{script}:{skeleton(key, script)}") for i, key, script in written]
        texts = [key for _, key, _ in heard]
        ids.append(np.array([i for i, _, _ in heard], dtype=np.int32))
        sounds.append(
            np.array([numbers.setdefault(s, len(numbers)) for *_, s in heard], dtype=np.int32)
        )
        letters.append(letter_bits(texts))
        lengths.append(np.array([min(len(t), _LONGEST) for t in texts], dtype=np.uint8))
    trie = marisa_trie.Trie(numbers)
    trie.save(str(folder / layout.SOUNDS))
    renumbered = np.empty(len(numbers), dtype=np.int32)
    renumbered[list(numbers.values())] = [trie[sound] for sound in numbers]
    key, sound = np.concatenate(ids), renumbered[np.concatenate(sounds)]
    order = np.lexsort((-prominence[key].astype(np.int16), sound))
    save(folder, "sound_key", key[order])
    save(folder, "sound_letters", np.concatenate(letters)[order])
    save(folder, "sound_length", np.concatenate(lengths)[order])
    save(folder, "sound_prominence", prominence[key][order])
    starts = np.searchsorted(sound[order], np.arange(len(trie) + 1)).astype(np.int32)
    save(folder, "first_sound", starts)
    return script_of_key


def _scripts(spelt: Iterable[tuple[int, str]]) -> list[tuple[int, str, str]]:
    return [(i, key, script) for i, key in spelt if (script := script_of(key)) is not None]


class SoundIndex:
    """Keys by skeleton, memory-mapped.

    Parameters
    ----------
    folder
        Folder of the index.
    """

    def __init__(self, folder: Path) -> None:
        self._sounds = marisa_trie.Trie().mmap(str(folder / layout.SOUNDS))
        self._first = load(folder, "first_sound")
        self._columns = Alike(
            *(load(folder, f"sound_{name}") for name in ("key", "letters", "length", "prominence"))
        )

    def alike(self, script: str, skeletons: Iterable[str]) -> Alike:
        """Return the keys of a script that have one of these skeletons, in whatever order given."""
        found = (self._sounds.get(f"{script}:{skeleton}") for skeleton in skeletons)
        numbers = sorted(number for number in found if number is not None)
        spans = [(self._first[n], self._first[n + 1]) for n in numbers]
        if len(spans) == 1:
            return Alike(*(column[spans[0][0] : spans[0][1]] for column in self._columns))
        return Alike(
            *(
                np.concatenate([column[first:last] for first, last in spans] or [column[:0]])
                for column in self._columns
            )
        )
