"""Which held names are written or heard much like another, in its script or in Latin letters?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from gazetteer.index.sounds import Alike, letter_bits
from gazetteer.text.sounds import LATIN, neighbours, script_of, skeleton, skeletons
from gazetteer.transliteration import transliterator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.index.store import Accepts, Store
    from gazetteer.transliteration import Transliterator

Array = np.ndarray[Any, Any]

_LONGEST = 100  # characters; longer texts are no names, and have no end of neighbours
_COMPARED = 160  # candidates compared letter by letter
# What orders the candidates before that, in nats beside a letter that is there or not.
_PER_TENTH = 0.1  # of prominence
_PER_CHARACTER = 0.3  # of difference in length
_FARTHER = 1.5  # a skeleton one consonant away
_SUREST = 0.98  # no letter of a transliteration is surer than this to be there, or not
_MOST_SKELETONS = 4  # of which neighbours are tried
_LEAST_ALIKE = 0.55  # similarity of two spellings in one script
_NEARLY = 0.8  # similarity of two spellings in one script that differ in a few letters
_MOST_ALIKE = 0.99  # a transliteration is never the very name
_FARTHEST = 2.5  # nats per letter that a transliteration may fall short


class Heard(NamedTuple):
    """A key that is like a name.

    Attributes
    ----------
    key
        Its number.
    match
        How like, 0 to 1: the share of letters that need no edit, or the likelihood of a letter's
        transliteration beside its likeliest one (geometric mean).
    nats
        What the likeness lacks altogether, 0 or less.
    transliterated
        Whether it is of another script.
    """

    key: int
    match: float
    nats: float
    transliterated: bool


def find_alike(
    store: Store, folded: str, *, accepts: Accepts | None = None, is_held: bool = False
) -> list[Heard]:
    """Return the keys that are like a folded name, in no order.

    Parameters
    ----------
    store
        The opened index.
    folded
        The name sought, folded.
    accepts
        Which rows of places count; all by default.
    is_held
        Whether the name is held as it is: then it is not misspelt, but may be the regular
        transliteration of another one too.
    """
    script = script_of(folded)
    if script is None or len(folded) > _LONGEST:
        return []
    found = [] if is_held else _spelt_alike(store, folded, script, accepts)
    model = transliterator(script)
    if model is not None:
        found += _transliterated(store, folded, script, model, accepts, near_by=not is_held)
    return found


def spelt_nearly_so(store: Store, folded: str) -> frozenset[int]:
    """Return the keys that have a folded name's consonants, and all but a few of its letters.

    Parameters
    ----------
    store
        The opened index.
    folded
        The name, folded.
    """
    script = script_of(folded)
    if script is None or len(folded) > _LONGEST:
        return frozenset()
    alike = store.sounds.alike(script, [skeleton(folded, script)])
    lengths = alike.length.astype(np.int32)
    most = np.maximum(lengths, len(folded))
    keys = alike.key[np.abs(lengths - len(folded)) <= (1 - _NEARLY) * most].tolist()
    similar = process.cdist(
        [folded],
        [store.spelling(key) for key in keys],
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_NEARLY,
    )
    return frozenset(key for key, match in zip(keys, similar.ravel(), strict=True) if match)


def _spelt_alike(store: Store, folded: str, script: str, accepts: Accepts | None) -> list[Heard]:
    """Names of the same script: misspelt, or spelt another way."""
    own = skeleton(folded, script)
    bits = int(letter_bits([folded])[0])
    weights = np.array([1.0 if bits >> i & 1 else -1.0 for i in range(32)], dtype=np.float32)
    parts = [
        _candidates(store, script, sounds, accepts) for sounds in ([own], neighbours(own)) if own
    ]
    keys = _closest(parts, weights, len(folded))
    spellings = [store.spelling(key) for key in keys]
    if not spellings:
        return []
    edits = process.cdist(
        [folded], spellings, scorer=DamerauLevenshtein.normalized_similarity, dtype=np.float32
    )[0].tolist()
    return [
        Heard(key, match, (match - 1) * max(len(folded), len(spelling)), transliterated=False)
        for key, spelling, match in zip(keys, spellings, edits, strict=True)
        if _LEAST_ALIKE <= match < 1
    ]


def _transliterated(
    store: Store,
    folded: str,
    script: str,
    model: Transliterator,
    accepts: Accepts | None,
    *,
    near_by: bool,
) -> list[Heard]:
    """Names in Latin letters that may be the same name."""
    heard = skeletons(folded, script)
    sounds = [heard]
    if near_by:
        around = {line for own in heard[:_MOST_SKELETONS] for line in neighbours(own)}
        sounds.append(list(around.difference(heard)))
    parts = [_candidates(store, LATIN, lines, accepts) for lines in sounds]
    keys = _closest(parts, _letter_weights(model, folded), len(folded))
    short = model.shortfall(folded, [store.spelling(key) for key in keys])
    letters = max(1, len(folded.replace(" ", "")))
    return [
        Heard(key, min(_MOST_ALIKE, float(np.exp(nats / letters))), nats, transliterated=True)
        for key, nats in zip(keys, short.tolist(), strict=True)
        if nats > -_FARTHEST * letters
    ]


def _letter_weights(model: Transliterator, folded: str) -> Array:
    """Return what each bit of a key's letters tells for a transliteration, in nats."""
    expected = np.clip(model.expected(folded), 1 - _SUREST, _SUREST)
    weights = np.zeros(32, dtype=np.float32)
    weights[1:27] = np.log(expected / (1 - expected)) - model.letter_odds
    return weights


def _candidates(store: Store, script: str, sounds: Iterable[str], accepts: Accepts | None) -> Alike:
    alike = store.sounds.alike(script, sounds)
    if accepts is None or not len(alike.key):
        return alike
    kept = store.keys_accepted(alike.key, accepts)
    return Alike(*(column[kept] for column in alike))


def _closest(parts: list[Alike], weights: Array, length: int) -> list[int]:
    """Return the keys that have the right letters and a like length, prominent ones rather."""
    keys = [part.key for part in parts]
    marks = [
        _weigh_letters(part.letters, weights)
        - _PER_CHARACTER * np.abs(part.length.astype(np.float32) - length)
        + _PER_TENTH * part.prominence
        - _FARTHER * far
        for far, part in enumerate(parts)
    ]
    if not keys:
        return []
    key, mark = np.concatenate(keys), np.concatenate(marks)
    if len(key) > _COMPARED:
        key = key[np.argpartition(-mark, _COMPARED)[:_COMPARED]]
    return list(dict.fromkeys(key.tolist()))


@cache
def _bits_of_byte() -> Array:
    return np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")


def _weigh_letters(letters: Array, weights: Array) -> Array:
    """Return the sum of the weights of each key's letters, looked up half by half."""
    low, low_high, high_low, high = (_bits_of_byte() @ weights.reshape(4, 8).T).T.astype(np.float32)
    halves = np.ascontiguousarray(letters).view(np.uint16)
    lower = np.add.outer(low_high, low).ravel()
    upper = np.add.outer(high, high_low).ravel()
    total: Array = lower[halves[::2]] + upper[halves[1::2]]
    return total
