"""Which held names say where their place lies: "Memphis in Egypt", "Kyiv's Independence Square"?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import COUNTRY_KINDS, REGION_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match

_OFFICIAL = "geonames:"
"""Beginning of ids whose names are whole as they are: "Neustadt in Holstein"."""
_AROUND = COUNTRY_KINDS | REGION_KINDS | {"admin1", "capital", "city", "disputed"}
"""Kinds of places that others are said to lie in; "Newcastle under Lyme" is a whole name."""


def without_whereabouts(matches: Sequence[Match], view: TextView, store: Store) -> list[Match]:
    """Leave of such names what is before or behind the place around, which is a name of its own.

    The "Memphis" of "Memphis in Egypt" is no other one.

    Parameters
    ----------
    matches
        What the text spells.
    view
        The text.
    store
        The opened index.
    """
    told = told_apart(matches, view, store)
    heads = {(head.first, head.last): head for head in told.values()}
    others = (m for m in matches if m not in told and (m.first, m.last) not in heads)
    return sorted([*others, *heads.values()], key=lambda m: (m.first, m.start, m.end))


def told_apart(matches: Sequence[Match], view: TextView, store: Store) -> dict[Match, Match]:
    """Return the names that say where their place lies, with what is left of each."""
    around = _Around(matches, view, store)
    return {match: head for match in matches if (head := next(around.heads(match), None))}


class _Around:
    """The places of a text that others may be said to lie in."""

    def __init__(self, matches: Sequence[Match], view: TextView, store: Store) -> None:
        self._view, self._store = view, store
        self._by_first: dict[int, list[Match]] = defaultdict(list)
        self._by_last: dict[int, list[Match]] = defaultdict(list)
        for match in matches:
            if match.postings:
                self._by_first[match.first].append(match)
                self._by_last[match.last].append(match)

    def heads(self, match: Match) -> Iterator[Match]:
        """Yield what a name is without the place that it says it lies in."""
        view = self._view
        for wide in self._by_last[match.last]:
            end = self._end_of_head(wide)
            if match.first <= end < wide.first and self._lies_in(match, wide):
                head = replace(match, end=view.end_of_name(end), last=end)
                if not view.is_cased or not view.text[head.start : head.end].islower():
                    yield head
        for owner in self._by_first[match.first]:
            first = owner.last + 1
            if first <= match.last and self._owns(owner) and self._lies_in(match, owner):
                start = view.tokens[first].start
                yield replace(match, start=start, first=first, particle="", article=0)

    def _end_of_head(self, wide: Match) -> int:
        """Return the last word before the preposition that stands before a name; -1 without one."""
        view = self._view
        if view.rules.has("in", wide.particle[-1:]):  # "שב" is "which is in"
            return wide.first - 1
        before = wide.first - 1 - view.rules.has("the", view.word(wide.first - 1))
        return before - 1 if view.rules.has("in", view.word(before)) and view.joins(before) else -1

    def _owns(self, owner: Match) -> bool:
        """Whether an ending with an apostrophe stands behind a name: "'s", "'daki"."""
        view, token = self._view, self._view.tokens[owner.last]
        return owner.end < token.end and view.joins(owner.last + 1)

    def _lies_in(self, match: Match, wide: Match) -> bool:
        """Whether a place of a name lies in the country of one of another's, or in none."""
        country, place_id = self._store.country_of, self._store.place_id
        curated = (p.place for p in match.postings if not place_id(p.place).startswith(_OFFICIAL))
        own = {country(place) for place in curated}
        return any(
            None in own or country(p.place) in own
            for p in wide.postings
            if self._store.kind_of(p.place) in _AROUND
        )
