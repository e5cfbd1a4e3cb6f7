"""Which names stand before the country or division that they lie in: "Paris, Texas"?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gazetteer.index.store import CODE
from gazetteer.place import COUNTRY_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match

COMMAS = frozenset({",", "،"})
_AREAS = COUNTRY_KINDS | {"admin1"}


def areas_behind_commas(
    view: TextView, matches: Sequence[Match], store: Store
) -> dict[int, list[int]]:
    """Return the countries and divisions named right behind a comma, by first word."""
    areas: dict[int, list[int]] = defaultdict(list)
    for match in matches:
        if view.gaps[match.first].strip() in COMMAS:
            places = (posting.place for posting in match.postings)
            areas[match.first] += [row for row in places if store.kind_of(row) in _AREAS]
    return areas


def lies_in(match: Match, areas: Sequence[int], store: Store) -> bool:
    """Return whether a place of a name lies in one of some countries and divisions."""
    if not areas:
        return False
    countries = {store.country_of(row) for row in areas if store.kind_of(row) in COUNTRY_KINDS}
    return any(
        int(store.admin1[posting.place]) in areas
        or (posting.place not in areas and store.country_of(posting.place) in countries)
        for posting in match.postings
    )


def addresses(view: TextView, matches: Sequence[Match], store: Store) -> set[tuple[int, int]]:
    """Return the words of names before the short name of their division, and of it: "Gary, Ind.".

    Parameters
    ----------
    view, matches
        A text, and the names that it spells.
    store
        The opened index.

    Returns
    -------
    set of pairs
        First and last word of each name.
    """
    short: dict[int, list[tuple[Match, list[int]]]] = defaultdict(list)
    for match in matches:
        if view.gaps[match.first].strip() not in COMMAS:
            continue
        areas = [p.place for p in match.postings if store.name_kind(p.name) == CODE]
        if areas:
            short[match.first].append((match, areas))
    return {
        (name.first, name.last)
        for place in matches
        for division, areas in short.get(place.last + 1, ())
        if lies_in(place, areas, store)
        for name in (place, division)
    }
