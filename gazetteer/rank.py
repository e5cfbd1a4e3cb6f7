"""Which of the places that bear a name does the text mean?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.index.space import distances_km
from gazetteer.kinds import OTHER, group_of
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.text.normalize import unvowelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.index.store import Posting, Store

Array = np.ndarray[Any, Any]

_MOST_CANDIDATES = 60
_ADJACENT = 3  # characters between "Paris" and "Texas" in "Paris, Texas"
_LARGE_KM = 300.0  # radius of an area that says little about where a town beside it lies
_NEAR_KM = 150.0  # a neighbour closer than about this counts in full

# Of names that a city shares with its division, the share that means the city: 177 of 197 outside
# the United States, 15 of 54 there ("New York", "Oklahoma"), in the news of LGL and GeoVirus.
_USUAL_SEAT_SHARE = 0.9
_SEAT_SHARE = {"US": 0.3}
INSISTENCE = 25.0
"""Log odds that the user's own word adds: more than all else together."""

_SPOKEN_OF = 0.5  # votes from which a text speaks of a country: a place in it, likely meant
OPEN_AREAS = frozenset({"sea", "water", OTHER})
"""Groups of kinds that are known by their extent and not by their inhabitants."""

GROUPS = (
    "country",
    "admin1",
    "capital",
    "city",
    "town",
    "village",
    "district",
    "airfield",
    "airbase",
    "sea",
    "water",
    OTHER,
)

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
        if store.has_own_names:
            scored = [odds + context.insistence(i) for i, odds in enumerate(scored)]
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
        self._prior: Array | None = None

    def prior_features(self) -> Array:
        """Return one line of :data:`PRIOR_FEATURES` per candidate."""
        if self._prior is None:
            self._prior = self._describe()
        return self._prior

    def _describe(self) -> Array:
        store, name = self._store, self.name
        lines = []
        for posting, kind in zip(self.postings, self.kinds, strict=True):
            lang, name_kind = store.name_lang(posting.name), store.name_kind(posting.name)
            group = group_of(kind)
            own = lang.split("-")[0] == name.lang
            lines.append(
                (
                    np.log10(float(store.population[posting.place]) + 1)
                    * (kind in SETTLEMENT_KINDS),
                    np.log10(store.radius_km(posting.place) + 1) * (group in OPEN_AREAS),
                    kind not in SETTLEMENT_KINDS,
                    np.log10(store.name_count(posting.place) + 1),
                    own,
                    not own and not lang.startswith("und"),
                    unvowelled(store.name(posting.name)) == name.surface,
                    store.is_preferred(posting),
                    name_kind == "historical",
                    name_kind == "code",
                    bool(name.announced) and kind in name.announced,
                    bool(name.announced) and kind not in name.announced,
                    name.article_changed,
                    *(group == g for g in GROUPS),
                )
            )
        return np.array(lines, dtype=float)

    def weigh(self, log_odds: Array) -> None:
        """Set the candidates' probabilities from their log odds."""
        odds = np.exp(log_odds - log_odds.max())
        self.scores = odds / odds.sum()
        if not self.name.announced:
            self._share_with_seats()

    def _share_with_seats(self) -> None:
        share_with_seats(self._store, self.rows.tolist(), self.scores)

    def ranking(self) -> Ranking:
        """Return the candidates, best first."""
        order = np.argsort(-self.scores, kind="stable")
        return Ranking(tuple(self.rows[order].tolist()), tuple(self.scores[order].tolist()))


def share_with_seats(store: Store, rows: Sequence[int], scores: Array | list[float]) -> None:
    """Divide what a division and its namesake city have together by how news speaks.

    Parameters
    ----------
    store
        The opened index.
    rows
        Candidates of one name.
    scores
        Their probabilities; changed in place.
    """
    at = {row: i for i, row in enumerate(rows)}
    for city, row in enumerate(rows):
        seat_of = at.get(int(store.admin1[row]))
        if seat_of is None or store.kind_of(row) not in SETTLEMENT_KINDS:
            continue
        both = scores[city] + scores[seat_of]
        share = _SEAT_SHARE.get(store.country_of(row) or "", _USUAL_SEAT_SHARE)
        scores[city], scores[seat_of] = both * share, both * (1 - share)


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
        self._lots, self._store = lots, store
        code = {country: i for i, country in enumerate(store.countries)}
        given = {code[name]: weight for name, weight in countries.items() if name in code}
        # Mentions of one name say the same thing once: the last of them speaks for all.
        last = {lot.name.postings: i for i, lot in enumerate(lots)}
        speakers = [lots[i] for i in sorted(last.values())]
        self._speaker = {lot.name.postings: n for n, lot in enumerate(speakers)}
        self._country = _Votes([_votes(lot.country, lot.scores) for lot in speakers], given)
        self._division = _Votes([_votes(lot.admin1, lot.scores) for lot in speakers], {})
        self._named = _Votes([_named_countries(lot) for lot in speakers], given)
        best = [int(np.argmax(lot.scores)) for lot in speakers]
        # Columns: latitude, longitude, radius and probability of what each most likely means.
        self._likely = np.array(
            [
                (lot.lat[i], lot.lon[i], lot.radius_km[i], lot.scores[i])
                for lot, i in zip(speakers, best, strict=True)
            ]
        ).reshape(-1, 4)

    def features(self, i: int) -> Array:
        """Return one line of prior and context features per candidate of name ``i``."""
        lot = self._lots[i]
        own = self._speaker[lot.name.postings]
        columns = (
            self._country.share(lot.country, own),
            self._division.share(lot.admin1, own),
            self._parent_follows(i),
            self._nearness(lot, own),
            np.minimum(self._named.of_others(lot.country, own), 1.0),
        )
        return np.column_stack([lot.prior_features(), *columns])

    def insistence(self, i: int) -> Array:
        """Return what the user's own word adds to the log odds of the candidates of name ``i``."""
        lot = self._lots[i]
        codes = np.arange(len(self._store.countries))
        votes = self._country.of_others(codes, self._speaker[lot.name.postings])
        spoken_of = {self._store.countries[code] for code in np.flatnonzero(votes >= _SPOKEN_OF)}
        return np.array(
            [
                INSISTENCE * self._store.insists(p.name, lang=lot.name.lang, spoken_of=spoken_of)
                for p in lot.postings
            ]
        )

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

    def _nearness(self, lot: Lot, own: int) -> Array:
        """How near the nearest likely other place is: 1 where they touch, falling with distance."""
        others = np.delete(self._likely, own, axis=0)
        if not len(others):
            return np.zeros(len(lot.rows))
        lat, lon, radius_km, score = others.T
        km = distances_km(lot.lat[:, None], lot.lon[:, None], lat, lon)
        gap = np.maximum(km - lot.radius_km[:, None] - radius_km, 0)
        near = score / (1 + gap / _NEAR_KM)
        # A large area is near to half the world: only seas and regions are told by it.
        near[np.ix_(lot.country > 0, radius_km > _LARGE_KM)] = 0
        nearness: Array = np.max(near, axis=1)
        return nearness


class _Votes:
    """What the names of a text vote for, so that each can be asked about all the others.

    Parameters
    ----------
    ballots
        For each name: codes and their weights.
    given
        Votes that are no name's.
    """

    def __init__(self, ballots: Sequence[Mapping[int, float]], given: Mapping[int, float]) -> None:
        self._ballots = ballots
        self._all = dict(given)
        for ballot in ballots:
            for code, weight in ballot.items():
                self._all[code] = self._all.get(code, 0.0) + weight
        self._total = sum(self._all.values())

    def of_others(self, codes: Array, own: int) -> Array:
        """Return the votes for some codes, those of one name left out."""
        ballot = self._ballots[own]
        votes = [self._all.get(code, 0.0) - ballot.get(code, 0.0) for code in codes.tolist()]
        return np.maximum(votes, 0.0)

    def share(self, codes: Array, own: int) -> Array:
        """Return the share of the votes for some codes, those of one name left out."""
        total = self._total - sum(self._ballots[own].values())
        share: Array = self.of_others(codes, own) / (max(total, 0.0) + 1.0)
        return share


def _named_countries(lot: Lot) -> dict[int, float]:
    named: dict[int, float] = {}
    for country, kind, score in zip(
        lot.country.tolist(), lot.kinds, lot.scores.tolist(), strict=True
    ):
        if kind in COUNTRY_KINDS:
            named[country] = named.get(country, 0.0) + score
    return named


def _votes(codes: Array, scores: Array) -> dict[int, float]:
    votes: dict[int, float] = {}
    for code, score in zip(codes.tolist(), scores.tolist(), strict=True):
        if code > 0:
            votes[code] = votes.get(code, 0.0) + score
    return votes
