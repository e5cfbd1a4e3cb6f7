"""Where does each sentence of a text begin and end?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gazetteer.data import load_toml

# A full stop, question or exclamation mark with closing quotes, before a space; or a line's end.
_BREAK = re.compile(r"[.!?؟۔…。]+[\"'»”’)\]]*(?=\s|$)|\n+")
_LAST_WORD = re.compile(r"([^\s.(\"'«“]+(?:\.[^\s.]+)*)\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: code point offsets into the text, without the white space around it."""

    start: int
    end: int


@cache
def abbreviations() -> frozenset[str]:
    """Return the words that a full stop follows without ending the sentence, case folded."""
    lists: dict[str, list[str]] = load_toml("languages", "abbreviations.toml")["before_full_stop"]
    return frozenset(word for words in lists.values() for word in words)


def has_own_full_stop(text: str, end: int, word: str, *, is_code: bool = False) -> bool:
    """Return whether the full stop behind a word belongs to it.

    Parameters
    ----------
    text, end
        The text, and where in it the word ends.
    word
        The word as written.
    is_code
        Whether it is a short form of a name; one in capitals ("TX") takes no full stop.

    Examples
    --------
    >>> has_own_full_stop("in Biloxi, Miss., today", 15, "Miss", is_code=True)
    True
    >>> has_own_full_stop("on Main St. today", 10, "St")
    True
    >>> has_own_full_stop("in Rome.", 7, "Rome")
    False
    """
    if not (text.startswith(".", end) and word[-1:].islower()):
        return False
    return is_code or word.casefold() in abbreviations()


def split_sentences(text: str) -> list[Sentence]:
    """Split a text into sentences.

    Parameters
    ----------
    text
        The text; a line break always ends a sentence.

    Returns
    -------
    list of Sentence
        In text order; together they hold every word of the text.

    Examples
    --------
    >>> text = "Gen. Ali arrived. He left."
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['Gen. Ali arrived.', 'He left.']
    """
    sentences: list[Sentence] = []
    begin = 0
    for match in _BREAK.finditer(text):
        if match.group()[0] == "." and not _ends_sentence(text, begin, match):
            continue
        _append(sentences, text, begin, match.end())
        begin = match.end()
    _append(sentences, text, begin, len(text))
    return sentences


def _append(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        lead = len(part) - len(part.lstrip())
        sentences.append(Sentence(start + lead, start + lead + len(stripped)))


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    if match.group() != ".":
        return True
    word = _LAST_WORD.search(text, max(begin, match.start() - 40), match.end())
    if word is None:
        return True
    last = word.group(1)
    following = text[match.end() : match.end() + 40].lstrip(" \t")
    if last.casefold() in abbreviations():
        return False
    is_initial = (len(last) == 1 and last.isupper()) or re.fullmatch(r"(?:\w\.)+\w", last)
    return (
        not (is_initial and following[:1].isupper() and len(last) == 1)
        and not following[:1].islower()
    )
