"""Which words stand in hashtags, and is a text a post on social media?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGN = re.compile(r"(?<!\w)[#＃@]\w")
_OPENS = re.compile(r"(?:^|\W)[#＃][\u200e\u200f]*$")
_JOINS = re.compile(r"_+[\u200e\u200f]*")
_SIGNS = re.compile(r"[\s#＃_\u200e\u200f]+")
_LETTERS_PER_SIGN = 300  # a post's at most; news names an account here and there


def is_post(text: str) -> bool:
    """Return whether a text is written as posts are: short for its hashtags and handles.

    Examples
    --------
    >>> is_post("#عاجل انفجار في بيروت"), is_post("An explosion shook Beirut on Tuesday.")
    (True, False)
    """
    return len(text) <= _LETTERS_PER_SIGN * sum(1 for _ in _SIGN.finditer(text))


def hashtags(gaps: Sequence[str]) -> dict[int, range]:
    """Return the words of each hashtag, by the number of each of its words.

    Parameters
    ----------
    gaps
        What stands before each word, and behind the last one.

    Examples
    --------
    >>> hashtags(["#", "_", " ", " #", ""])  # "#Beirut_burns and #Lebanon"
    {0: range(0, 2), 1: range(0, 2), 3: range(3, 4)}
    """
    found: dict[int, range] = {}
    for first, gap in enumerate(gaps[:-1]):
        if not _OPENS.search(gap):
            continue
        last = first
        while last + 2 < len(gaps) and _JOINS.fullmatch(gaps[last + 1]):
            last += 1
        words = range(first, last + 1)
        found.update(dict.fromkeys(words, words))
    return found


def as_in_prose(words: str) -> str:
    """Return words of a post without the signs of hashtags.

    Examples
    --------
    >>> as_in_prose("منطقة #الأزرق"), as_in_prose("Mount_Lebanon"), as_in_prose("St. Louis")
    ('منطقة الأزرق', 'Mount Lebanon', 'St. Louis')
    """
    return _SIGNS.sub(" ", words).strip()
