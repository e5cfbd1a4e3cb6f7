"""How do a hundred thousand sentences fit into a page?

Deflate looks back over 32 KB, some two hundred sentences, while the same few thousand words come
back over all of them. So a word that is frequent in the whole table is written as one character
that no sentence uses; it stands for the word and the space after it.
``assets/js/abbreviations.js`` spells the words out again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Fewer sentences than this pack well by themselves.
LEAST_TEXTS = 1000
#: A word is abbreviated that comes at least so often: to list it once must pay.
LEAST_TIMES = 4
#: At most so many; the rest is too rare to matter.
MOST_WORDS = 40_000
#: The first character of two bytes in UTF-8 that is none of ASCII's or Latin-1's; and the last
#: before the surrogates.
_FIRST, _LAST = 0x100, 0xD7FF


class _Shorter(dict[str, str]):
    """Signs by word; a word without one stands for itself."""

    def __missing__(self, word: str) -> str:
        """Return the word and the space after it."""
        return word + " "


# No slots: what is asked for often is kept.
@dataclass(frozen=True)
class Abbreviations:
    """Words and the characters that stand for them.

    Attributes
    ----------
    signs
        Word to character.
    """

    signs: dict[str, str]

    def short(self, text: str) -> str:
        """Return a text with its frequent words abbreviated."""
        words = text.split(" ")
        if "" in words:
            # A sign brings one space: two in a row, or one at an end, could not be told.
            return text
        return "".join(map(self._shorter.__getitem__, words)).removesuffix(" ")

    @cached_property
    def _shorter(self) -> dict[str, str]:
        return _Shorter(self.signs)

    def spelt(self, text: str) -> str:
        """Return a text with its abbreviations spelt out, as the page does.

        Examples
        --------
        >>> short = Abbreviations({"of": "Ā"})
        >>> short.short("the fall of Rome"), short.spelt("the fall ĀRome")
        ('the fall ĀRome', 'the fall of Rome')
        """
        words = {sign: word + " " for word, sign in self.signs.items()}
        whole = "".join([words.get(sign, sign) for sign in text])
        return whole[:-1] if text[-1:] in words else whole

    def as_json(self) -> list[str]:
        """Return signs and words as two texts: the signs in a row, the words between spaces."""
        return ["".join(self.signs.values()), " ".join(self.signs)]


def abbreviations(texts: Sequence[str]) -> Abbreviations:
    """Return what pays to abbreviate in these texts; the same for the same texts."""
    if len(texts) < LEAST_TEXTS:
        return Abbreviations({})
    counts = Counter(chain.from_iterable(text.split(" ") for text in texts))
    frequent = [(word, n) for word, n in counts.items() if n >= LEAST_TIMES and len(word) > 1]
    # The most frequent get the shortest signs; of equals the first.
    frequent.sort(key=lambda pair: -pair[1])
    words = (word for word, _ in frequent[:MOST_WORDS])
    return Abbreviations(dict(zip(words, _unused(texts), strict=False)))


def _unused(texts: Sequence[str]) -> Iterator[str]:
    """Yield characters that stand in none of the texts."""
    used = np.zeros(_LAST + 1, dtype=bool)
    left = iter(texts)
    while some := "".join(islice(left, LEAST_TEXTS)):
        units = np.frombuffer(some.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        used[units[units <= _LAST]] = True
    return map(chr, (np.flatnonzero(~used[_FIRST:]) + _FIRST).tolist())
