"""Which words does a text have, and where do they stand?"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.text.normalize import fold, fold_with_origins

if TYPE_CHECKING:
    from collections.abc import Iterator

# Vowel signs and diacritics of every script: Python counts them to no word.
_MARKS = "".join(
    char for char in map(chr, range(0x300, 0xFE10)) if unicodedata.category(char).startswith("M")
)
_INVISIBLE = r"\u200d-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff"
_LETTER = rf"(?:[^\W_]|[{_MARKS}])"
_INSIDE = (
    rf"(?:[{_INVISIBLE}]+(?={_LETTER})|['’‘ʼʻ`´′ʿʾ](?={_LETTER})"
    r"|(?<=[\u05d0-\u05ea])[\"״׳](?=[\u05d0-\u05ea]))"
)
# The geresh of "לחג'" belongs to its letter; that of "ג' בתשרי" makes a number of it.
_GERESH = rf"(?:(?<=[\u05d0-\u05ea]{{3}})׳|(?<=[\u05d0-\u05ea]{{2}}[גזצץ])['’](?!{_LETTER}))"
_WORD = re.compile(rf"[^\W_](?:{_LETTER}|{_INSIDE}|{_GERESH})*")
_APOSTROPHES = "'’‘ʼʻ`´′"
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_OWNER = re.compile(rf"[{_APOSTROPHES}](?:s|d|ll|re|ve)$", re.IGNORECASE)
_start, _end = itemgetter(0), itemgetter(1)  # of a token
_REMEMBERED = 1 << 16  # words whose folded form is kept in memory


class Token(NamedTuple):
    """A word of a text.

    Attributes
    ----------
    start, end
        Code point offsets into the text.
    surface
        The word as written.
    folded
        The word as compared (see :func:`gazetteer.text.normalize.fold`).
    """

    start: int
    end: int
    surface: str
    folded: str

    def offset(self, index: int) -> int:
        """Return the text offset of the folded character at ``index``; beyond the last, the end."""
        if len(self.folded) == len(self.surface):
            return self.start + index
        if index >= len(self.folded):
            return self.end
        return self.start + _origins(self.surface)[index]

    def end_of(self, length: int) -> int:
        """Return the text offset behind the first so many folded characters."""
        return self.end if length == len(self.folded) else self.offset(length - 1) + 1

    @property
    def stem_length(self) -> int:
        """Length of the folded word before its last apostrophe ("Iran's" → 4), else its length."""
        if not _APOSTROPHE.search(self.surface):
            return len(self.folded)
        cut = max(self.surface.rfind(sign) for sign in _APOSTROPHES)
        if cut <= 0:
            return len(self.folded)
        return sum(1 for origin in _origins(self.surface) if origin < cut)

    @property
    def owner_length(self) -> int:
        """Length of the folded word before "'s" and the like ("Iran's" → 4, "Sana'a" → 5)."""
        return self.stem_length if _OWNER.search(self.surface) else len(self.folded)

    @property
    def is_capitalized(self) -> bool:
        """Whether the word begins with an upper-case letter."""
        return self.surface[0].isupper()


@lru_cache(maxsize=1 << 14)
def _origins(surface: str) -> tuple[int, ...]:
    return fold_with_origins(surface)[1]


@lru_cache(_REMEMBERED)
def _folded(surface: str) -> str:
    return fold(surface).replace(" ", "")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split a text into words.

    Parameters
    ----------
    text
        The text; never altered.
    start, end
        Part of the text to read, as code point offsets.

    Returns
    -------
    list of Token
        In text order, not overlapping, with offsets into the whole text.

    Examples
    --------
    >>> [t.folded for t in tokenize("Iran's Nagorno-Karabakh")]
    ['irans', 'nagorno', 'karabakh']
    """
    if start == 0 and end is None:
        return list(_words(text))
    return list(_scan(text, start, len(text) if end is None else end))


def words_within(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Return the words that lie in a part of a text, which is read once for all its parts."""
    words = _words(text)
    first = bisect_left(words, start, key=_start)
    return words[first : bisect_right(words, end, lo=first, key=_end)]


@lru_cache(maxsize=1)  # names, events, dates and numbers of a text are found in turn
def _words(text: str) -> tuple[Token, ...]:
    return tuple(_scan(text, 0, len(text)))


def _scan(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _WORD.finditer(text, start, end):
        surface = match.group()
        folded = _folded(surface)
        if folded:
            yield Token(match.start(), match.end(), surface, folded)
