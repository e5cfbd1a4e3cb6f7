"""Which parts of a text carry which marks, paragraph by paragraph?"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer import Span

Kind = Literal["place", "event", "who", "when", "amount", "cue"]
KINDS: tuple[Kind, ...] = ("place", "event", "who", "when", "amount", "cue")

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LEFT_TO_RIGHT = frozenset({"L"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that were read as something.

    Attributes
    ----------
    span
        Code point offsets.
    kind
        One of :data:`KINDS`.
    ref
        Id of what they belong to, as ``event-1``.
    label
        What they are, in a few words.
    flavour
        A finer kind, as ``demonym``, or empty.
    """

    span: Span
    kind: Kind
    ref: str
    label: str
    flavour: str = ""


def paragraphs(text: str, marks: Iterable[Mark], *, direction: str) -> list[dict[str, Any]]:
    """Return a text in paragraphs, each divided where a mark begins or ends.

    Parameters
    ----------
    text
        The text.
    marks
        In any order; they may overlap, and reach over the end of a line.
    direction
        Of the text, ``"ltr"`` or ``"rtl"``: for paragraphs without a letter.

    Returns
    -------
    list of dict
        ``dir`` and ``parts``: ``[words]``, or ``[words, marks]`` with the marks on these words,
        the shortest first, as numbers; a number counts the marks in the order of
        :func:`in_order`. Lines without a word are left out.
    """
    ordered = in_order(marks)
    starts = [mark.span.start for mark in ordered]
    longest = max((mark.span.end - mark.span.start for mark in ordered), default=0)
    found = []
    for start, end in _lines(text):
        near = range(bisect_left(starts, start - longest), bisect_right(starts, end))
        inside = [i for i in near if ordered[i].span.end > start and ordered[i].span.start < end]
        parts = list(_parts(text, start, end, ordered, inside))
        found.append({"dir": direction_of(text[start:end], direction), "parts": parts})
    return found


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in the order of the text, the outer before the inner."""
    return sorted(marks, key=lambda m: (m.span.start, -m.span.end, KINDS.index(m.kind), m.ref))


def direction_of(text: str, otherwise: str) -> str:
    """Return the direction in which most letters of a text run.

    The first letter would not do: an Arabic paragraph may begin with the name of an aircraft.

    Examples
    --------
    >>> direction_of("IL-76 هبطت طائرة من طراز", "ltr")
    'rtl'
    >>> direction_of("1, 2, 3", "rtl")
    'rtl'
    """
    letters = Counter(map(unicodedata.bidirectional, text))
    right = sum(letters[name] for name in _RIGHT_TO_LEFT)
    left = sum(letters[name] for name in _LEFT_TO_RIGHT)
    return otherwise if right == left else ("rtl" if right > left else "ltr")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _parts(
    text: str, start: int, end: int, marks: Sequence[Mark], inside: Sequence[int]
) -> Iterator[list[Any]]:
    spans = {i: marks[i].span for i in inside}
    edges = {start, end, *(edge for s in spans.values() for edge in (s.start, s.end))}
    inner = sorted(edge for edge in edges if start <= edge <= end)
    for first, last in pairwise(inner):
        on = [i for i, span in spans.items() if span.start <= first and last <= span.end]
        on.sort(key=lambda i: spans[i].end - spans[i].start)
        yield [text[first:last], on] if on else [text[first:last]]
