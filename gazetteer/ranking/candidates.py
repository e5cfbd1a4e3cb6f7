"""What is known of a name's candidates before the rest of the text is looked at?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.index.space import distances_km
from gazetteer.kinds import OTHER, group_of, presumed_inhabitants
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.ranking.seats import capital_share, is_seat, seat_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Posting, Store

Array = np.ndarray[Any, Any]

_MOST_CANDIDATES = 60
_FAMOUS = 16  # names of a place, in all languages, that is well known
OPEN_AREAS = frozenset({"sea", "river", "water", OTHER})
"""Groups of kinds that are known by their extent and not by their inhabitants."""

GROUPS = (
    "country",
    "admin1",
    "admin2",
    "capital",
    "city",
    "town",
    "village",
    "district",
    "airfield",
    "airbase",
    "sea",
    "river",
    "water",
    OTHER,
)

PRIOR_FEATURES = (
    "population",
    "prominence",
    "extent",
    "is_area",
    "names",
    "own_language",
    "other_language",
    "as_held",
    "preferred",
    "historical",
    "code",
    "bare",
    "announced",
    "not_announced",
    "article_changed",
    "seat",
    "us_state",
    *(f"kind={group}" for group in GROUPS),
)
"""What is known of a candidate by itself, 0 or 1 but for sizes (decimal logarithms) and ``seat``:
the logarithm of what a city or its namesake division has of what speaks for both. ``us_state`` is
what American news says of its states more than other news of other divisions."""

_AT = {feature: i for i, feature in enumerate(PRIOR_FEATURES)}
_SAID = slice(_AT["own_language"], _AT["bare"] + 1)
_FIRST_KIND = _AT[f"kind={GROUPS[0]}"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, with the places it may mean.

    Attributes
    ----------
    start, end
        Its span.
    surface
        Its words.
    lang
        Language of the text.
    postings
        Places of that name.
    announced
        Kinds that a trigger beside it announces; empty without one.
    article_changed
        Whether the article was cut off or added to find it.
    """

    start: int
    end: int
    surface: str
    lang: str
    postings: tuple[Posting, ...]
    announced: frozenset[str] = frozenset()
    article_changed: bool = False


@dataclass(frozen=True, slots=True)
class KindTable:
    """What the kinds of an index say about a place, by their codes."""

    group: Array
    settled: Array
    open: Array
    country: Array
    division: Array
    capital: Array
    inhabitants: Array


@lru_cache(maxsize=8)
def _kind_table(kinds: tuple[str, ...]) -> KindTable:
    groups = [group_of(kind) for kind in kinds]
    return KindTable(
        np.array([GROUPS.index(group) for group in groups]),
        np.array([kind in SETTLEMENT_KINDS for kind in kinds]),
        np.array([group in OPEN_AREAS for group in groups]),
        np.array([kind in COUNTRY_KINDS for kind in kinds]),
        np.array([kind == "admin1" for kind in kinds]),
        np.array([kind == "capital" for kind in kinds]),
        np.array([presumed_inhabitants(kind) for kind in kinds]),
    )


class Candidates:
    """All candidates of all names of a text, as columns; those of one name lie together.

    Parameters
    ----------
    store
        The opened index.
    names
        The names, each with at least one posting.

    Attributes
    ----------
    postings
        Of each name, the places that are weighed: the 60 most prominent.
    sizes, starts
        How many candidates each name has, and where they begin.
    name
        Number of the name that each candidate belongs to.
    rows, country, admin1, kind, lat, lon, radius_km
        Of each candidate, as the index has them; degrees, kilometres.
    group
        Number of each candidate's group of kinds.
    prior
        One line of :data:`PRIOR_FEATURES` per candidate.
    seats
        Pairs of candidates: a city, and the division that shares its name; one a line.
    """

    def __init__(self, store: Store, names: Sequence[Named]) -> None:
        self.store, self.names = store, names
        self.postings = [name.postings[:_MOST_CANDIDATES] for name in names]
        self.sizes = np.array([len(postings) for postings in self.postings])
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.name = np.repeat(np.arange(len(names)), self.sizes)
        rows = np.array([p.place for postings in self.postings for p in postings])
        self.rows = rows
        self.country, self.admin1 = store.country[rows], store.admin1[rows]
        self.lat, self.lon = store.lat_e5[rows] / 1e5, store.lon_e5[rows] / 1e5
        self.kind = store.kind[rows]
        self.of_kind = _kind_table(tuple(store.kinds))
        self.group = self.of_kind.group[self.kind]
        self.is_country = self.of_kind.country[self.kind]
        self.is_division = self.of_kind.division[self.kind]
        self.prior = self._describe()
        self.seats = self._find_seats(self.of_kind.settled[self.kind])
        self.prior[:, _AT["seat"]] = self._share_with_seats()

    def _describe(self) -> Array:
        store, settled = self.store, self.of_kind.settled[self.kind]
        said = np.array(self._all_said())
        self.radius_km = said[:, 0]
        x = np.zeros((len(said), len(PRIOR_FEATURES)))
        told = store.population[self.rows]
        inhabitants = np.where(told > 0, told, self.of_kind.inhabitants[self.kind])
        x[:, _AT["population"]] = np.log10(inhabitants + 1.0) * settled
        x[:, _AT["prominence"]] = store.prominence[self.rows] / 10.0
        is_open = self.of_kind.open[self.kind]
        x[:, _AT["extent"]] = np.log10(self.radius_km + 1.0) * is_open
        x[:, _AT["is_area"]] = ~settled
        x[:, _AT["us_state"]] = self.is_division & (self.country == store.country_code("US"))
        x[:, _AT["names"]] = np.log10(said[:, 1] + 1.0)
        x[:, _SAID] = said[:, 2:]
        x[np.arange(len(x)), _FIRST_KIND + self.group] = 1.0
        self._let_spelt_cities_pass(x, is_open, settled & (said[:, 1] >= _FAMOUS))
        x[:, _AT["article_changed"]] = np.array([n.article_changed for n in self.names])[self.name]
        for i, name in enumerate(self.names):
            if name.announced:
                own = slice(self.starts[i], self.starts[i] + self.sizes[i])
                is_said = np.array([store.kinds[k] in name.announced for k in self.kind[own]])
                x[own, _AT["announced"]], x[own, _AT["not_announced"]] = is_said, ~is_said
        return x

    def _let_spelt_cities_pass(self, x: Array, is_open: Array, is_known: Array) -> None:
        """Take from waters and regions what their kind has, where a known city is spelt so.

        In a Russian text "Сочи" may be a case of "Соча", the river, and is the name of a city.
        """
        as_held = x[:, _AT["as_held"]] > 0
        spelt = (as_held & is_known).astype(float)
        lost = (self.best_of_name(spelt)[self.name] > 0) & is_open & ~as_held
        x[lost, _AT["is_area"]] = 0.0
        x[lost, _FIRST_KIND:] = 0.0

    def _find_seats(self, settled: Array) -> Array:
        """Return the pairs of a city and its namesake division, one a line.

        A division is its city's that holds it, or that lies around it: "Damascus" is also what
        the governorate around the capital is called.
        """
        pairs = []
        for division in np.flatnonzero(self.is_division).tolist():
            own = np.flatnonzero(settled & (self.name == self.name[division]))
            own = own[self.country[own] == self.country[division]]
            km = distances_km(self.lat[division], self.lon[division], self.lat[own], self.lon[own])
            inside = (self.admin1[own] == self.rows[division]) | (km <= self.radius_km[division])
            if inside.any():
                city = own[inside][np.argmax(self.prior[own[inside], _AT["prominence"]])]
                if is_seat(self.store, int(self.rows[city]), int(self.rows[division])):
                    pairs.append((int(city), division))
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def _share_with_seats(self) -> Array:
        """Return the logarithms of what cities and their namesake divisions share."""
        logs = np.zeros(len(self.rows))
        for city, division in self.seats.tolist():
            name = self.names[self.name[city]]
            country = self.store.country_of(int(self.rows[city]))
            share = seat_share(country, announced=name.announced, lang=name.lang)
            logs[city], logs[division] = np.log(share), np.log(1 - share)
        for capital, division in self._find_namesakes_of_capitals():
            share = capital_share(self.names[self.name[capital]].announced)
            logs[capital], logs[division] = np.log(share), np.log(1 - share)
        return logs

    def _find_namesakes_of_capitals(self) -> Iterator[tuple[int, int]]:
        """Yield national capitals with a division of their name elsewhere in their country.

        Other than a seat and its division they are two places: what speaks for one says nothing
        of the other.
        """
        near = {division for _, division in self.seats.tolist()}
        for capital in np.flatnonzero(self.of_kind.capital[self.kind]).tolist():
            same = self.is_division & (self.name == self.name[capital])
            for division in np.flatnonzero(same & (self.country == self.country[capital])).tolist():
                if division not in near:
                    yield capital, division

    def _all_said(self) -> list[tuple[float, ...]]:
        """Return what is read one candidate at a time, each name of the text once."""
        known: dict[tuple[int, str, str], list[tuple[float, ...]]] = {}
        said: list[tuple[float, ...]] = []
        for name, postings in zip(self.names, self.postings, strict=True):
            key = (id(name.postings), name.surface, name.lang)
            if key not in known:
                known[key] = [_said(self.store, p, name.lang, name.surface) for p in postings]
            said += known[key]
        return said

    def best_of_name(self, values: Array) -> Array:
        """Return the highest value among the candidates of each name."""
        best: Array = np.maximum.reduceat(values, self.starts)
        return best

    def shares(self, log_odds: Array) -> Array:
        """Return the candidates' probabilities among those of their name."""
        odds = np.exp(log_odds - self.best_of_name(log_odds)[self.name])
        shares: Array = odds / np.add.reduceat(odds, self.starts)[self.name]
        return shares


def _said(store: Store, posting: Posting, lang: str, surface: str) -> tuple[float, ...]:
    row, name = posting
    name_lang, name_kind = store.name_lang(name), store.name_kind(name)
    own = name_lang.partition("-")[0] == lang and name_kind != "spelling"
    return (
        store.radius_km(row),
        store.name_count(row),
        own,
        not own and not name_lang.startswith("und"),
        store.is_spelt(name, surface),
        store.is_preferred(posting),
        name_kind == "historical",
        name_kind == "code",
        name_kind == "bare",
    )
