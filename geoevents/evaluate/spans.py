"""Which spans of a prediction are which spans of gold?"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoevents.evaluate.annotations import Pair, Toponym

NO_FORM = "null"
"""How :attr:`Convention.forms` names toponyms whose form is not stated."""


@dataclass(frozen=True, slots=True)
class Convention:
    """What counts as a toponym.

    Attributes
    ----------
    forms
        Keep gold toponyms of these forms (``null``: of none); None keeps all. A prediction that
        equals a toponym left out, or touches no other, is ignored: neither right nor wrong.
    flat
        Leave out gold toponyms inside other ones; predictions are ignored as above.
    words
        Widen spans to whole words first, where gold labels whole words and so holds particles that
        are glued to a name.
    geocoded_only
        Leave out all that has no coordinates, on both sides.
    """

    forms: frozenset[str] | None = None
    flat: bool = False
    words: bool = False
    geocoded_only: bool = False


EVERYTHING = Convention()
"""All that gold and the prediction hold counts, as it stands."""


def select(pair: Pair, convention: Convention = EVERYTHING) -> tuple[list[Toponym], list[Toponym]]:
    """Return the toponyms of gold and of the prediction that count, no span twice.

    Examples
    --------
    >>> from geoevents.evaluate import Pair, Toponym
    >>> city, state = Toponym(0, 12), Toponym(4, 12)
    >>> pair = Pair("a", "New New York", gold=[city, state], predicted=[state])
    >>> [len(side) for side in select(pair, Convention(flat=True))]
    [1, 0]
    """
    gold, predicted = list(pair.gold), list(pair.predicted)
    if convention.words:
        gold, predicted = whole_words(gold, pair.text), whole_words(predicted, pair.text)
    gold, predicted = once(gold), once(predicted)
    if convention.geocoded_only:
        gold = [toponym for toponym in gold if toponym.point]
        predicted = [toponym for toponym in predicted if toponym.point]
    kept = _outermost(gold) if convention.flat else gold
    if convention.forms is not None:
        kept = [toponym for toponym in kept if (toponym.form or NO_FORM) in convention.forms]
    if len(kept) < len(gold):
        predicted = _without_ignored(predicted, gold, kept)
    return kept, predicted


def once(toponyms: Iterable[Toponym]) -> list[Toponym]:
    """Return toponyms without those whose span came before."""
    by_span: dict[tuple[int, int], Toponym] = {}
    for toponym in toponyms:
        by_span.setdefault(toponym.span, toponym)
    return list(by_span.values())


def whole_words(toponyms: Iterable[Toponym], text: str) -> list[Toponym]:
    """Return toponyms whose spans reach to the ends of their first and last word.

    Examples
    --------
    >>> from geoevents.evaluate import Toponym
    >>> whole_words([Toponym(3, 7)], "in Baku's port")[0].span
    (3, 7)
    >>> whole_words([Toponym(1, 5)], "وباكو")[0].span
    (0, 5)
    """

    def in_word(at: int) -> bool:
        if not 0 <= at < len(text):
            return False
        return text[at].isalnum() or unicodedata.category(text[at]).startswith("M")

    widened = []
    for toponym in toponyms:
        start, end = toponym.span
        while in_word(start - 1) and in_word(start):
            start -= 1
        while in_word(end) and in_word(end - 1):
            end += 1
        widened.append(replace(toponym, start=start, end=end))
    return widened


def match(gold: Sequence[Toponym], predicted: Sequence[Toponym]) -> list[tuple[int, int]]:
    """Join gold and predicted spans one to one: equal ones first, then by longest overlap.

    Returns
    -------
    list of tuple of int
        Positions in ``gold`` and in ``predicted``.
    """
    ranked = sorted(
        (gold[i].span != predicted[j].span, -shared, i, j)
        for i, j, shared in overlaps(gold, predicted)
    )
    used: tuple[set[int], set[int]] = set(), set()
    joined = []
    for _, _, i, j in ranked:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            joined.append((i, j))
    return joined


def overlaps(first: Sequence[Toponym], second: Sequence[Toponym]) -> Iterator[tuple[int, int, int]]:
    """Yield the positions of each two spans that share characters, and how many these are.

    The spans are swept in the order of their starts, so that time grows with the number of
    overlaps and not with the product of both lengths.
    """
    sides = (first, second)
    starts = sorted((t.start, side, at) for side in (0, 1) for at, t in enumerate(sides[side]))
    open_: tuple[list[int], list[int]] = [], []
    for start, side, at in starts:
        other = 1 - side
        open_[other][:] = [o for o in open_[other] if sides[other][o].end > start]
        for o in open_[other]:
            shared = min(sides[side][at].end, sides[other][o].end) - start
            yield (o, at, shared) if side else (at, o, shared)
        open_[side].append(at)


def _outermost(toponyms: list[Toponym]) -> list[Toponym]:
    """Return toponyms, no two of the same span, that lie inside no other."""
    inner: set[tuple[int, int]] = set()
    reach = -1
    for toponym in sorted(toponyms, key=lambda t: (t.start, -t.end)):
        if toponym.end <= reach:
            inner.add(toponym.span)
        reach = max(reach, toponym.end)
    return [toponym for toponym in toponyms if toponym.span not in inner]


def _without_ignored(
    predicted: list[Toponym], gold: list[Toponym], kept: list[Toponym]
) -> list[Toponym]:
    spans = {toponym.span for toponym in kept}
    left = [toponym for toponym in gold if toponym.span not in spans]
    left_spans = {toponym.span for toponym in left}
    on_kept = {j for _, j, _ in overlaps(kept, predicted)}
    on_left = {j for _, j, _ in overlaps(left, predicted)}
    return [
        toponym
        for j, toponym in enumerate(predicted)
        if toponym.span not in left_spans and (j in on_kept or j not in on_left)
    ]
