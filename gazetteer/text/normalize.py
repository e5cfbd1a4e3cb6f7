"""When are two spellings the same name? One folding for names and for running text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from gazetteer.data import load_toml

NORMALIZER_VERSION = "2"
"""Part of the index's cache key: an index made by another folding is never opened."""

# Nukta (7) and virama (9) carry sound in Indic scripts; other combining marks are dropped.
_KEPT_COMBINING_CLASSES = frozenset({7, 9})


_VOWEL_MARKS = re.compile("[\u064b-\u0652]")


class _FoldTable(dict[int, str]):
    """A table for ``str.translate`` that works out each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_TABLE = _FoldTable()


@cache
def _groups() -> dict[str, str]:
    groups: dict[str, str] = load_toml("languages", "folding.toml")["characters"]
    return {char: folded for folded, chars in groups.items() for char in chars}


def _fold_char(char: str) -> str:
    if char in _groups():
        return _groups()[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    parts = unicodedata.normalize("NFKD", char)
    kept = "".join(_groups().get(part, part.casefold()) for part in parts if _carries_sound(part))
    if char.isalnum() or unicodedata.category(char).startswith("M"):
        return kept
    return " "


def _carries_sound(char: str) -> bool:
    combining = unicodedata.combining(char)
    if combining:
        return combining in _KEPT_COMBINING_CLASSES
    return char.isalnum() or unicodedata.category(char).startswith("M")


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
    return " ".join(text.translate(_TABLE).split())


def composed(text: str) -> str:
    """Return a text in Unicode's composed form (NFC), as names are held.

    Examples
    --------
    >>> len("é"), len(composed("e\u0301"))
    (1, 1)
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unvowelled(text: str) -> str:
    """Return a text without Arabic vowel marks, which running text leaves out.

    Examples
    --------
    >>> unvowelled("طَرَابُلُس")
    'طرابلس'
    """
    return text if text.isascii() else _VOWEL_MARKS.sub("", text)


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
        (folded, i) for i, char in enumerate(text) for folded in _TABLE[ord(char)] if folded != " "
    ]
    return "".join(char for char, _ in pairs), tuple(i for _, i in pairs)
