"""Which words are written as one with the next word, their vowel lost?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.text.tokens import Token, tokenize, words_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.extract.morphology import Morphology

_APOSTROPHE = re.compile("['’‘ʼ`´′]")
# Three letters at least: "F-16" is written with two, and "and" is one.
_ARABIC, _DIGIT, _MARK = "[\u0621-\u064a]", "[0-9\u0660-\u0669]", "[\u200e\u200f]*"
_SEAM = re.compile(f"(?<={_ARABIC}{{3}}){_MARK}(?={_DIGIT})|(?<={_DIGIT}){_MARK}(?={_ARABIC}{{3}})")
_REMEMBERED = 1 << 15  # words whose stem is kept
_LOST = "e"  # the vowel an elided word gets back: "l'" is compared as "le"


@lru_cache(maxsize=1)  # a sentence is read for its events, its dates and its numbers in turn
def words_of(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Return the words that lie in a part of a text.

    An Arabic word and a number that the press sets without a blank between are two.

    Examples
    --------
    >>> [t.folded for t in words_of("اعتقل\u200f19\u200f آخرين", 0, 15)]
    ['اعتقل', '19', 'اخرين']
    """
    words: list[Token] = []
    for word in words_within(text, start, end):
        if word.surface.isalpha():
            words.append(word)
        else:
            words += _unset(text, word)
    return tuple(words)


def _unset(text: str, token: Token) -> Iterator[Token]:
    """Yield a word and the number written onto it apart."""
    seam = _SEAM.search(token.surface)
    if seam is None:
        yield token
        return
    yield from tokenize(text, token.start, token.start + seam.start())
    yield from tokenize(text, token.start + seam.start(), token.end)


def stem_of(token: Token) -> str:
    """Return a folded word without a possessive ending."""
    return _stem(token.surface, token.folded)


@lru_cache(maxsize=_REMEMBERED)
def _stem(surface: str, folded: str) -> str:
    if "\u05d0" <= surface[0] <= "\u05ea":  # in Hebrew the sign is a part of a letter: "ג'"
        return folded
    return folded[: Token(0, len(surface), surface, folded).stem_length]


def split_words(text: str, start: int, end: int, morphology: Morphology) -> list[Token]:
    """Split a part of a text into words, elided ones apart from what they are written onto.

    Parameters
    ----------
    text
        The text.
    start, end
        The part, as code point offsets.
    morphology
        Inflection of the text's language, which knows the words that are elided.

    Returns
    -------
    list of Token
        In text order; an elided word is compared with its vowel.

    Examples
    --------
    >>> from geoevents.extract.morphology import load_morphology
    >>> [t.folded for t in split_words("L'armée d'Irak", 0, 14, load_morphology("fr"))]
    ['le', 'armee', 'de', 'irak']
    """
    tokens = words_of(text, start, end)
    if not morphology.elided:
        return list(tokens)
    return [part for token in tokens for part in _parts(text, token, morphology)]


def _parts(text: str, token: Token, morphology: Morphology) -> Iterator[Token]:
    sign = _APOSTROPHE.search(token.surface)
    stem = token.surface[: sign.start()] if sign else ""
    if sign is None or stem.casefold() not in morphology.elided:
        yield token
        return
    yield Token(token.start, token.start + len(stem), stem, stem.casefold() + _LOST)
    for rest in tokenize(text, token.start + sign.end(), token.end):
        yield from _parts(text, rest, morphology)
