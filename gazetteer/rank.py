"""Which of the places that bear a name does the text mean?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index.store import Posting, Store

Array = np.ndarray[Any, Any]

_MOST_CANDIDATES = 60
_EARTH_DIAMETER_KM = 12742.0
_ADJACENT = 3  # characters between "Paris" and "Texas" in "Paris, Texas"
_NEAR_KM = 150.0  # a neighbour closer than about this counts in full

_GROUPS = {
    **dict.fromkeys(COUNTRY_KINDS, "country"),
    "admin1": "admin1",
    "capital": "capital",
    "city": "city",
    "town": "town",
    "village": "village",
    "district": "district",
    "airport": "airfield",
    "airfield": "airfield",
    "heliport": "airfield",
    "airbase": "airbase",
    **dict.fromkeys(("sea", "gulf", "strait", "bay", "ocean", "channel", "canal"), "sea"),
    **dict.fromkeys(("lake", "reservoir", "river"), "water"),
}
GROUPS = (*dict.fromkeys(_GROUPS.values()), "other")

PRIOR_FEATURES = (
    "population",
    "extent",
    "is_area",
    "names",
    "own_language",
    "other_language",
    "as_held",
    "preferred",
    "historical",
    "code",
    "announced",
    "not_announced",
    "article_changed",
    "division_of_namesake",
    "seat_of_namesake",
    *(f"kind={group}" for group in GROUPS),
)
CONTEXT_FEATURES = ("country_votes", "division_votes", "parent_follows", "near", "country_named")


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
class Ranking:
    """Candidates of one name, best first, with their probabilities."""

    rows: tuple[int, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ResolverWeights:
    """Weights of the prior and of the full model, in the order of the feature names."""

    prior: Array
    full: Array


@cache
def resolver_weights() -> ResolverWeights:
    """Return the shipped weights."""
    model = json.loads(data_path("models", "resolver.json").read_text(encoding="utf-8"))
    prior: Mapping[str, float] = model["prior"]
    full: Mapping[str, float] = model["full"]
    return ResolverWeights(
        np.array([prior[name] for name in PRIOR_FEATURES]),
        np.array([full[name] for name in PRIOR_FEATURES + CONTEXT_FEATURES]),
    )


def rank(
    store: Store,
    names: Sequence[Named],
    *,
    countries: Mapping[str, float] | None = None,
    weights: ResolverWeights | None = None,
) -> list[Ranking]:
    """Rank the candidates of all names of a text together.

    Each name is first judged by itself, then again in the light of what the others mean.

    Parameters
    ----------
    store
        The opened index.
    names
        The text's names, in text order.
    countries
        Countries that the text speaks of otherwise, by demonyms for instance, with their weight.
    weights
        The shipped ones by default.

    Returns
    -------
    list of Ranking
        One for each name, in the same order.
    """
    weights = weights or resolver_weights()
    lots = [Lot(store, name) for name in names]
    for lot in lots:
        lot.weigh(lot.prior_features() @ weights.prior)
    for _ in range(2):
        context = Context(store, lots, countries or {})
        scored = [context.features(i) @ weights.full for i in range(len(lots))]
        for lot, log_odds in zip(lots, scored, strict=True):
            lot.weigh(log_odds)
    return [lot.ranking() for lot in lots]


class Lot:
    """The candidates of one name, as columns.

    Parameters
    ----------
    store
        The opened index.
    name
        The name.
    """

    def __init__(self, store: Store, name: Named) -> None:
        self.name = name
        self._store = store
        postings = name.postings
        if len(postings) > _MOST_CANDIDATES:
            size = store.population[[posting.place for posting in postings]]
            largest = np.argsort(-size, kind="stable")[:_MOST_CANDIDATES]
            postings = tuple(postings[i] for i in largest)
        self.postings = postings
        self.rows = np.array([posting.place for posting in postings])
        self.lat = store.lat_e5[self.rows] / 1e5
        self.lon = store.lon_e5[self.rows] / 1e5
        self.country = store.country[self.rows]
        self.admin1 = store.admin1[self.rows]
        self.radius_km = np.array([store.radius_km(row) for row in self.rows.tolist()])
        self.kinds = [store.kind_of(row) for row in self.rows.tolist()]
        self.scores: Array = np.zeros(len(postings))

    def prior_features(self) -> Array:
        """Return one line of :data:`PRIOR_FEATURES` per candidate."""
        store, name = self._store, self.name
        lines = []
        rows = set(self.rows.tolist())
        seats = {
            division
            for division, kind in zip(self.admin1.tolist(), self.kinds, strict=True)
            if kind in SETTLEMENT_KINDS and division in rows
        }
        for posting, kind, division in zip(
            self.postings, self.kinds, self.admin1.tolist(), strict=True
        ):
            lang, name_kind = store.name_lang(posting.name), store.name_kind(posting.name)
            group = _GROUPS.get(kind, "other")
            own = lang.split("-")[0] == name.lang
            lines.append(
                (
                    np.log10(float(store.population[posting.place]) + 1)
                    * (kind in SETTLEMENT_KINDS),
                    np.log10(store.radius_km(posting.place) + 1) * (kind not in SETTLEMENT_KINDS),
                    kind not in SETTLEMENT_KINDS,
                    np.log10(store.name_count(posting.place) + 1),
                    own,
                    not own and not lang.startswith("und"),
                    store.name(posting.name) == name.surface,
                    store.is_preferred(posting),
                    name_kind == "historical",
                    name_kind == "code",
                    bool(name.announced) and kind in name.announced,
                    bool(name.announced) and kind not in name.announced,
                    name.article_changed,
                    posting.place in seats,
                    kind in SETTLEMENT_KINDS and division in seats,
                    *(group == g for g in GROUPS),
                )
            )
        return np.array(lines, dtype=float)

    def weigh(self, log_odds: Array) -> None:
        """Set the candidates' probabilities from their log odds."""
        odds = np.exp(log_odds - log_odds.max())
        self.scores = odds / odds.sum()

    def ranking(self) -> Ranking:
        """Return the candidates, best first."""
        order = np.argsort(-self.scores, kind="stable")
        return Ranking(tuple(self.rows[order].tolist()), tuple(self.scores[order].tolist()))


class Context:
    """What the other names of a text say about one of them.

    Parameters
    ----------
    store
        The opened index.
    lots
        All names with their present probabilities.
    countries
        Countries that the text speaks of otherwise.
    """

    def __init__(self, store: Store, lots: Sequence[Lot], countries: Mapping[str, float]) -> None:
        self._lots = lots
        self._named_countries = [_named_countries(lot) for lot in lots]
        code = {country: i for i, country in enumerate(store.countries)}
        self._given: dict[int, float] = {}
        for country, weight in countries.items():
            if country in code:
                self._given[code[country]] = weight
        # Mentions of one name say the same thing once.
        distinct = {lot.name.postings: i for i, lot in enumerate(lots)}
        self._distinct = sorted(distinct.values())
        self._best = {i: int(np.argmax(lots[i].scores)) for i in self._distinct}
        self._country_votes = [_votes(lots[i].country, lots[i].scores) for i in range(len(lots))]
        self._division_votes = [_votes(lots[i].admin1, lots[i].scores) for i in range(len(lots))]

    def features(self, i: int) -> Array:
        """Return one line of prior and context features per candidate of name ``i``."""
        lot = self._lots[i]
        others = [j for j in self._distinct if self._lots[j].name.postings != lot.name.postings]
        country = _summed([self._given, *(self._country_votes[j] for j in others)])
        division = _summed(self._division_votes[j] for j in others)
        named = _summed([self._given, *(self._named_countries[j] for j in others)])
        columns = (
            _shares(lot.country, country),
            _shares(lot.admin1, division),
            self._parent_follows(i),
            self._nearness(lot, others),
            np.array([min(named.get(c, 0.0), 1.0) for c in lot.country.tolist()]),
        )
        return np.column_stack([lot.prior_features(), *columns])

    def _parent_follows(self, i: int) -> Array:
        """Whether the next name, right behind, is the candidate's country or division."""
        lot = self._lots[i]
        if i + 1 == len(self._lots):
            return np.zeros(len(lot.rows))
        after = self._lots[i + 1]
        if not 0 <= after.name.start - lot.name.end <= _ADJACENT:
            return np.zeros(len(lot.rows))
        is_parent = np.zeros(len(lot.rows))
        for row, kind, country, score in zip(
            after.rows, after.kinds, after.country, after.scores, strict=True
        ):
            if kind in COUNTRY_KINDS:
                inside = (lot.country == country) & (lot.rows != row)
            else:
                inside = lot.admin1 == row
            is_parent += inside * score
        return np.minimum(is_parent, 1.0)

    def _nearness(self, lot: Lot, others: Sequence[int]) -> Array:
        """How near the nearest likely other place is: 1 where they touch, falling with distance."""
        near = np.zeros(len(lot.rows))
        for j in others:
            other, best = self._lots[j], self._best[j]
            km = _distances_km(lot.lat, lot.lon, other.lat[best], other.lon[best])
            gap = np.maximum(km - lot.radius_km - other.radius_km[best], 0)
            near = np.maximum(near, other.scores[best] / (1 + gap / _NEAR_KM))
        return near


def _named_countries(lot: Lot) -> dict[int, float]:
    named: dict[int, float] = {}
    for country, kind, score in zip(
        lot.country.tolist(), lot.kinds, lot.scores.tolist(), strict=True
    ):
        if kind in COUNTRY_KINDS:
            named[country] = named.get(country, 0.0) + score
    return named


def _summed(votes: Iterable[Mapping[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for part in votes:
        for code, weight in part.items():
            total[code] = total.get(code, 0.0) + weight
    return total


def _votes(codes: Array, scores: Array) -> dict[int, float]:
    votes: dict[int, float] = {}
    for code, score in zip(codes.tolist(), scores.tolist(), strict=True):
        if code > 0:
            votes[code] = votes.get(code, 0.0) + score
    return votes


def _shares(codes: Array, votes: Mapping[int, float]) -> Array:
    total = sum(votes.values())
    return np.array([votes.get(code, 0.0) / (total + 1.0) for code in codes.tolist()])


def _distances_km(lat: Array, lon: Array, other_lat: float, other_lon: float) -> Array:
    """Great-circle distances (haversine, sphere of 6371 km) in kilometres."""
    p, q = np.radians(lat), np.radians(other_lat)
    half = np.radians(other_lon - lon) / 2
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(half) ** 2
    distances: Array = _EARTH_DIAMETER_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    return distances
