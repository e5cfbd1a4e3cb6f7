"""Where in a text do the words stand that somebody quotes from it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gazetteer import Span

_REACH: Final = 4000  # characters; what was named longer ago is not carried over


def find_quote(text: str, words: str, within: Span, *, near: int | None = None) -> Span | None:
    """Return where quoted words stand: nearest to an offset, or first.

    White space may differ; nothing else may. The words are whole ones, except that in scripts
    without capital letters, as Arabic and Hebrew, the first may be cut out of a longer one:
    particles are glued to it.

    Parameters
    ----------
    text
        The text.
    words
        The quoted words.
    within
        The part of the text that they are to stand in.
    near
        An offset, or None.

    Returns
    -------
    Span or None
        None where they do not stand there.

    Examples
    --------
    >>> text = "The earthquake shook the quay."
    >>> find_quote(text, "quay", Span(0, len(text)))
    Span(start=25, end=29)
    >>> find_quote(text, "quake", Span(0, len(text))) is None
    True
    """
    found = _all(text, words, within)
    return min(found, key=lambda s: 0 if near is None else abs(s.start - near), default=None)


def find_last_quote(text: str, words: str, *, before: int) -> Span | None:
    """Return where quoted words stand last, not far before an offset; see :func:`find_quote`."""
    found = _all(text, words, Span(max(0, before - _REACH), before))
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Told:
    """Where an event is told: its sentence, and the trigger in it."""

    sentence: Span
    trigger: Span

    def find(self, text: str, words: str) -> Span | None:
        """Return where words stand nearest to the trigger in the sentence, else last before it."""
        found = find_quote(text, words, self.sentence, near=self.trigger.start)
        return found or find_last_quote(text, words, before=self.sentence.start)


def _all(text: str, words: str, within: Span) -> list[Span]:
    pieces = words.split()
    if not any(character.isalnum() for character in words):
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, pieces)))
    spans = [Span(m.start(), m.end()) for m in pattern.finditer(text, within.start, within.end)]
    ended = [span for span in spans if not _splits(text, span.end)]
    whole = [span for span in ended if not _splits(text, span.start)]
    return whole or [span for span in ended if _is_uncased(text[span.start])]


def _splits(text: str, at: int) -> bool:
    """Return whether an offset lies inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _is_uncased(character: str) -> bool:
    return character.isalpha() and character.lower() == character.upper()
