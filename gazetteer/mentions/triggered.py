"""Which names does a text announce ("the village of …") that the gazetteer does not hold?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.mentions.matcher import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView

UNHELD = -1
"""Key of a match whose name no gazetteer holds."""

_LONGEST = 3  # words of an announced name
_OPENING, _CLOSING = "\"'“«‘„", "\"'”»’“"


def triggered_names(view: TextView, matches: Sequence[Match], store: Store) -> list[Match]:
    """Return announced names: held ones with their generic word, and unheld ones with no places.

    Parameters
    ----------
    view
        The text.
    matches
        Names that were found in the gazetteer.
    store
        The opened index.
    """
    held = {i for match in matches for i in range(match.first, match.last + 1)}
    found = [m for match in matches for m in _with_generic_word(view, match, store)]
    for i, token in enumerate(view.tokens):
        if view.is_cased and not token.is_capitalized:
            continue
        if any(trigger.open for trigger in view.triggers_before(i)):
            found += _name_from(view, i, held)
        if any(trigger.open for trigger in view.triggers_after(i)):
            found += _name_to(view, i, held)
    known = {(match.start, match.end) for match in matches}
    distinct = {(m.start, m.end): m for m in found}
    return [match for span, match in distinct.items() if span not in known]


def _with_generic_word(view: TextView, match: Match, store: Store) -> Iterator[Match]:
    """Yield "Jeju Island" for the held name "Jeju", with the places that are such a thing."""
    for last, trigger in view.capitalized_triggers_after(match.last):
        postings = tuple(p for p in match.postings if store.kind_of(p.place) in trigger.kinds)
        if not (postings or trigger.strict):
            postings = match.postings  # "Sanaa Airport": it is known by its city at least
        key = match.key if postings else UNHELD
        yield replace(match, end=view.end_of_name(last), last=last, key=key, postings=postings)


def _name_from(view: TextView, i: int, held: set[int]) -> Iterator[Match]:
    """Yield the name that begins at a word: a quoted one, capitalised words, or one word."""
    last = i
    quoted = any(sign in view.gaps[i] for sign in _OPENING)
    while last + 1 < len(view.tokens) and last - i + 1 < _LONGEST:
        gap = view.gaps[last + 1]
        if quoted and any(sign in gap for sign in _CLOSING):
            break
        if not gap.isspace() or not (quoted or view.tokens[last + 1].is_capitalized):
            break
        last += 1
    yield from _unheld(view, i, last, held)


def _name_to(view: TextView, i: int, held: set[int]) -> Iterator[Match]:
    """Yield the name that ends at a word: the capitalised words up to it."""
    if not view.is_cased:
        return
    first = i
    while first > 0 and i - first + 1 < _LONGEST and view.joins(first):
        if not view.tokens[first - 1].is_capitalized or view.opens_sentence(first - 1):
            break
        first -= 1
    yield from _unheld(view, first, i, held)


def _unheld(view: TextView, first: int, last: int, held: set[int]) -> Iterator[Match]:
    words = range(first, last + 1)
    if held.isdisjoint(words) and all(view.tokens[i].folded.isalpha() for i in words):
        start, end = view.tokens[first].start, view.end_of_name(last)
        yield Match(start, end, first, last, UNHELD, "", 0, False, ())
