"""Do Arabic vowel marks say that two spellings are two names? "عمّان" is Amman, "عُمان" is Oman."""

from __future__ import annotations

import re

_MARKS = "\u064b-\u0652"
_MARK = re.compile(f"[{_MARKS}]")
_LETTER = re.compile(f"[^{_MARKS}]([{_MARKS}]*)")
_DOUBLED = frozenset("\u0651")


def is_vowelled(text: str) -> bool:
    """Return whether a text has Arabic vowel marks."""
    return not text.isascii() and _MARK.search(text) is not None


def are_vowelled_otherwise(one: str, other: str) -> bool:
    """Return whether two spellings of the same letters have marks that exclude each other.

    Texts set few marks: a missing vowel says nothing, a missing doubling only where other letters
    of the name have marks.

    Examples
    --------
    >>> are_vowelled_otherwise("عمّان", "عُمان")
    True
    >>> are_vowelled_otherwise("عمّان", "عَمَّان"), are_vowelled_otherwise("عمّان", "عمان")
    (False, False)
    """
    if not (is_vowelled(one) and is_vowelled(other)):
        return False
    letters, others = _LETTER.findall(one), _LETTER.findall(other)
    return len(letters) == len(others) and any(
        _exclude(frozenset(marks), frozenset(further))
        for marks, further in zip(letters, others, strict=True)
    )


def _exclude(marks: frozenset[str], others: frozenset[str]) -> bool:
    if marks & _DOUBLED != others & _DOUBLED:
        return True
    vowels, further = marks - _DOUBLED, others - _DOUBLED
    return bool(vowels and further) and vowels != further
