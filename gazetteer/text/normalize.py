"""When are two spellings the same name? One folding for names and for running text."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from gazetteer.data import load_toml

NORMALIZER_VERSION = "1"
"""Part of the index's cache key: an index made by another folding is never opened."""

# Nukta (7) and virama (9) carry sound in Indic scripts; other combining marks are dropped.
_KEPT_COMBINING_CLASSES = frozenset({0, 7, 9})


@cache
def _table() -> dict[str, str]:
    groups: dict[str, str] = load_toml("languages", "folding.toml")["characters"]
    return {char: folded for folded, chars in groups.items() for char in chars}


@cache
def _fold_char(char: str) -> str:
    special = _table().get(char)
    if special is not None:
        return special
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    folded = []
    for part in unicodedata.normalize("NFKD", char):
        if part in _table():
            folded.append(_table()[part])
        elif unicodedata.combining(part) in _KEPT_COMBINING_CLASSES:
            folded.append(part.casefold() if part.isalnum() or unicodedata.combining(part) else "")
    kept = "".join(folded)
    if kept or unicodedata.category(char)[0] == "M":
        return kept or (char if unicodedata.combining(char) in _KEPT_COMBINING_CLASSES else "")
    return " "


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Fold spelling variants of a name or word onto one form.

    Case, vowel marks, hamza seats, ya and alif maqsura, ta marbuta, Persian letters, tatweel,
    apostrophes, diacritics and digits of other scripts are folded; other signs become spaces.

    Parameters
    ----------
    text
        A name or a word in any script.

    Returns
    -------
    str
        The folded form, without spaces at its ends and without double spaces.

    Examples
    --------
    >>> fold("Şuşa") == fold("susa")
    True
    >>> fold("أذربيجان") == fold("اذربيجان")
    True
    >>> fold("Ta’izz"), fold("Ust-Kamenogorsk")
    ('taizz', 'ust kamenogorsk')
    """
    return " ".join("".join(map(_fold_char, text)).split())


def fold_with_origins(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold one word and say which character of it each folded character came from.

    Parameters
    ----------
    text
        One word.

    Returns
    -------
    folded
        The folded word.
    origins
        For each character of ``folded``, its index in ``text``.

    Examples
    --------
    >>> fold_with_origins("بـاكو")
    ('باكو', (0, 2, 3, 4))
    """
    pairs = [
        (folded, i)
        for i, char in enumerate(text)
        for folded in _fold_char(char)
        if folded != " "
    ]
    return "".join(char for char, _ in pairs), tuple(i for _, i in pairs)
