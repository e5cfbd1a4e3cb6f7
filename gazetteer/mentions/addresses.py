"""Which names stand beside the country or division that they lie in: "Paris, Texas"?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.index.space import distances_km
from gazetteer.index.store import CODE
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.homes import home_countries

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match

COMMAS = frozenset({",", "،"})
_AREAS = COUNTRY_KINDS | {"admin1"}
_TOWNS = frozenset({"capital", "city", "town"})
_CITIES = _TOWNS | {"district"}
_INNER = _CITIES | {"village", "admin2"}
_OF_CITY_KM = 60.0  # a city's districts lie within
_WIDE_FIRST = "wide_place_first"  # of a language that names a place behind what it lies in


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


def juxtaposed(
    view: TextView, matches: Sequence[Match], store: Store
) -> dict[tuple[int, int], bool]:
    """Return the words of two names side by side of which one lies in the other.

    So what is dictated or typed in haste has "Birmingham Alabama", without the comma, and Turkish
    news districts and quarters: "Muğla Marmaris'te". Without capitals two words that may be names
    mostly are none.

    Parameters
    ----------
    view, matches
        A text, and the names that it spells.
    store
        The opened index.

    Returns
    -------
    dict of (int, int) to bool
        First and last word of each name, and whether a preposition leads to the two.
    """
    wide_first = _WIDE_FIRST in view.rules.flags
    if not (wide_first or view.is_cased):
        return {}
    home = home_countries(view.rules.lang)

    def is_pair(first: Match, second: Match) -> bool:
        if wide_first:
            return _holds(first, second, home, store)
        return _is_held_by_area(first, second, store)

    whole = {(match.first, match.last) for match in matches}
    behind: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        if match.postings and view.joins(match.first):
            behind[match.first].append(match)
    return {
        (name.first, name.last): view.has_before("preposition", first.first)
        for first in matches
        if _may_be_beside(first, view)
        for second in behind.get(first.last + 1, ())
        if (first.first, second.last) not in whole and is_pair(first, second)
        for name in (first, second)
    }


def _may_be_beside(first: Match, view: TextView) -> bool:
    """Whether a name has no ending, and is no "In" or "North" that opens a phrase."""
    return (
        view.end_of_name(first.last) == view.tokens[first.last].end
        and not view.rules.has("preposition", view.word(first.first))
        and not view.is_direction(first.first, first.last)
    )


def _is_held_by_area(inner: Match, wide: Match, store: Store) -> bool:
    """Whether a town of the first name lies in a division or country of the second name."""
    around = [p.place for p in wide.postings if store.kind_of(p.place) in _AREAS]
    if not around or any(store.kind_of(p.place) in COUNTRY_KINDS for p in inner.postings):
        return False
    towns = [p for p in inner.postings if store.kind_of(p.place) in _TOWNS]
    return lies_in(replace(inner, postings=tuple(towns)), around, store)


def _holds(wide: Match, inner: Match, home: Container[str | None], store: Store) -> bool:
    """Whether a place of the second name lies in a division of the first name, or in its city.

    Only where the language is spoken: other countries' places are not named so.
    """
    places = [p.place for p in inner.postings if store.kind_of(p.place) in _INNER]
    inside = [place for place in places if store.country_of(place) in home]
    for posting in wide.postings:
        around, kind = posting.place, store.kind_of(posting.place)
        if kind == "admin1" and any(int(store.admin1[row]) == around for row in inside):
            return True
        if kind in _CITIES and any(_is_beside(row, around, store) for row in inside):
            return True
    return False


def _is_beside(row: int, city: int, store: Store) -> bool:
    if row == city or store.admin1[row] != store.admin1[city]:
        return False
    lat, lon = store.lat_e5[[row, city]] / 1e5, store.lon_e5[[row, city]] / 1e5
    return bool(distances_km(lat[0], lon[0], lat[1], lon[1]) <= _OF_CITY_KM)
