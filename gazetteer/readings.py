"""How may a name that is asked for be read: what is the name, and where must its place lie?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from gazetteer.mentions.language_rules import language_rules
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Accepts, Store
    from gazetteer.mentions.matcher import Matcher

Array = np.ndarray[Any, Any]

_LONGEST_GENERIC = 3  # words of "international airport of"
_QUALIFIER = re.compile(r"[,،;؛/]|\(|\)")  # parts a name from what is around its place


class Reading(NamedTuple):
    """A way to read what was asked for: a name, and where its place must lie.

    ``kinds`` are those of a generic word that was taken off it, and ``whole`` the name with it.
    """

    name: str
    accepts: Accepts | None = None
    kinds: frozenset[str] = frozenset()
    whole: str = ""

    def limited_to(self, accepts: Accepts) -> Reading:
        """Return the reading for places that are also accepted by another mask."""
        own = self.accepts
        both = accepts if own is None else lambda rows: own(rows) & accepts(rows)
        return self._replace(accepts=both)


def readings(name: str, lang: str, matcher: Matcher, store: Store) -> Iterator[Reading]:
    """Yield how a name may be read: as it stands, "X, Y" as X in Y, "city of X" as X."""
    head, *around = _parts(name)
    if not around:
        yield Reading(name)
    else:
        places = [_areas_named(part, lang, matcher, store) for part in around]
        yield Reading(head, _all_inside(store, [p for p in places if p]))
        yield Reading(name)
        yield Reading(head)
    yield from without_generic_word(head, lang)


def _areas_named(name: str, lang: str, matcher: Matcher, store: Store) -> list[int]:
    """Return the countries and divisions of a name."""
    postings, _ = matcher.lookup(name, language_rules(lang), any_language=True)
    areas = COUNTRY_KINDS | {"admin1", "admin2"}
    return [p.place for p in postings if store.kind_of(p.place) in areas]


def without_generic_word(name: str, lang: str) -> Iterator[Reading]:
    """Yield the name without words that only say what it is ("province of", "airport")."""
    triggers = language_rules(lang).triggers
    words = name.split()
    folded = [fold(word) for word in words]
    for n in range(min(_LONGEST_GENERIC, len(words) - 1), 0, -1):
        for after, phrase, rest in (
            (False, folded[:n], words[n:]),
            (True, folded[-n:], words[:-n]),
        ):
            said = [t.kinds for t in triggers.get(tuple(phrase), ()) if t.after == after]
            if said:
                yield Reading(" ".join(rest), kinds=frozenset().union(*said), whole=name)


def announced_kinds(name: str, lang: str) -> frozenset[str]:
    """Return what a generic word in a name says that its place is, nothing without one."""
    said = next(without_generic_word(name, lang), None)
    return frozenset() if said is None else said.kinds


def _parts(name: str) -> list[str]:
    """Return the parts that commas and brackets divide a name into, at least one."""
    if not _QUALIFIER.search(name):
        return [name]
    return [part.strip() for part in _QUALIFIER.split(name) if part.strip()] or [name]


def _all_inside(store: Store, around: Sequence[Sequence[int]]) -> Accepts | None:
    """Return a mask of the rows that lie in one place of each list."""
    if not around:
        return None

    def mask(rows: Array) -> Array:
        inside = np.ones(len(rows), dtype=bool)
        for places in around:
            countries = [p for p in places if store.kind_of(p) in COUNTRY_KINDS]
            inside &= (
                np.isin(store.country[rows], store.country[countries])
                | np.isin(store.admin1[rows], places)
                | _in_outlines(store, [p for p in places if store.kind_of(p) == "admin2"], rows)
            )
            inside &= ~np.isin(rows, places)
        return inside

    return mask


def _in_outlines(store: Store, places: Sequence[int], rows: Array) -> Array:
    """Return which rows lie in the outline of one of some places."""
    outlines = [area for area in map(store.area, places) if area is not None]
    lon, lat = store.lon_e5[rows] / 1e5, store.lat_e5[rows] / 1e5
    inside = np.zeros(len(rows), dtype=bool)
    for outline in outlines:
        inside |= shapely.contains_xy(outline, lon, lat)
    return inside
