"""What do the other names of a text say about the candidates of one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.index.space import distances_km
from gazetteer.ranking.homes import at_home
from gazetteer.ranking.links import Hint, link
from gazetteer.ranking.spread import others_around, others_of_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.ranking.candidates import Candidates
    from gazetteer.ranking.source import Source

Array = np.ndarray[Any, Any]

_LARGE_KM = 300.0  # radius of an area that says little about where a town beside it lies
_NEAR_KM = 150.0  # a neighbour closer than about this counts in full
_CLOSE_KM = 25.0
_SOURCE_KM = 100.0  # about how far a local paper looks

CONTEXT_FEATURES = (
    "country_votes",
    "division_votes",
    "country_named",
    "division_named",
    "country_beside",
    "division_beside",
    "most_named_division",
    "kinds_beside",
    "parent_follows",
    "parent_precedes",
    "parent_in_phrase",
    "parent_in_sentence",
    "other_parent",
    "parent_of_namesake",
    "near",
    "close",
    "names_in_division",
    "rare_names_in_division",
    "names_around",
    "rare_names_around",
    "most_prominent",
    "source_country",
    "source_elsewhere",
    "source_near",
    "source_named",
    "home",
)
"""What context says of a candidate, each 0 to about 1 but for the counted names (logarithms)."""

_FIRST_FIXED = CONTEXT_FEATURES.index("names_in_division")
_AT = {feature: i for i, feature in enumerate(CONTEXT_FEATURES)}
_SURROUNDINGS = [
    i
    for feature, i in _AT.items()
    if feature not in {"other_parent", "most_prominent", "source_elsewhere", "home"}
]


class _Codes:
    """Countries or divisions of candidates and hints, numbered from 0; number 0 is none."""

    def __init__(self, of_candidates: Array, of_hints: Array, weights: Array, none: int) -> None:
        number = {none: 0}
        self.of_candidates, self.of_hints = (
            np.array([number.setdefault(code, len(number)) for code in codes.tolist()], dtype=int)
            for codes in (of_candidates, of_hints)
        )
        self._number = number
        self.count = len(number)
        self.known = (self.of_candidates > 0).astype(float)
        self.hints = np.zeros((len(of_hints), self.count))
        self.hints[np.arange(len(of_hints)), self.of_hints] = weights
        self.hints[:, 0] = 0.0
        self.given = self.hints.sum(axis=0)

    def numbers(self, codes: Array) -> Array:
        """Return the numbers of codes; 0 for those that no candidate and no hint has."""
        return np.array([self._number.get(code, 0) for code in codes.tolist()], dtype=int)

    def table(self, owner: Array, n: int, weights: Array) -> Array:
        """Return what the candidates of each owner weigh together, by code."""
        at = owner * self.count + self.of_candidates
        return np.bincount(at, weights, n * self.count).reshape(n, self.count)


class Context:
    """The names of a text together.

    Parameters
    ----------
    candidates
        The candidates of all its names.
    hints
        What the text says of countries and divisions otherwise.
    source
        Where it was published, if that is known.
    """

    def __init__(
        self, candidates: Candidates, hints: Sequence[Hint] = (), source: Source | None = None
    ) -> None:
        c = self._candidates = candidates
        speaker: dict[object, int] = {}
        # Mentions of one name say the same thing once.
        of_name = [speaker.setdefault(name.postings, len(speaker)) for name in c.names]
        self._mentions = np.bincount(of_name).astype(float)
        self._speaker = np.array(of_name)[c.name]
        self._of_speaker = np.zeros(len(speaker), dtype=np.int64)
        self._of_speaker[of_name] = c.sizes
        division = c.is_division
        rows = np.array([hint.row for hint in hints], dtype=np.int64)
        weights = np.array([hint.weight for hint in hints])
        kinds = c.store.kind[rows]
        hinted = np.where(c.of_kind.division[kinds], rows, -1) if len(rows) else rows
        self._countries = _Codes(c.country, c.store.country[rows], weights, 0)
        self._divisions = _Codes(np.where(division, c.rows, c.admin1), hinted, weights, -1)
        self._around = self._divisions.numbers(self._find_divisions_around(c))
        self._within_country = ~c.is_country * self._countries.known
        self._within_division = ~division * self._divisions.known
        self._links = link(c.names, hints)
        self._fixed = self._of_all_readings(source)
        self._gaps: tuple[Array, Array] | None = None

    @staticmethod
    def _find_divisions_around(c: Candidates) -> Array:
        """Return the division around the division of each candidate, England around Kent; or -1."""
        own = np.where(c.is_division, c.rows, c.admin1)
        return np.where(own >= 0, c.store.admin1[own], -1)

    def features(self, shares: Array) -> Array:
        """Return one line of :data:`CONTEXT_FEATURES` per candidate.

        Parameters
        ----------
        shares
            The candidates' present probabilities, among those of their name.
        """
        x = np.empty((len(shares), len(CONTEXT_FEATURES)))
        x[:, _FIRST_FIXED:] = self._fixed
        spoken = shares / self._mentions[self._speaker]
        self._vote(x, spoken)
        self._look_beside(x, shares)
        self._look_for_parents(x, shares)
        x[:, _AT["near"]], x[:, _AT["close"]] = self._nearness(spoken)
        # What a text states ("Tripoli, Lebanon") outweighs what lies around places elsewhere.
        x[:, _SURROUNDINGS] *= 1.0 - x[:, [_AT["other_parent"]]]
        return x

    def country_votes(self, shares: Array) -> Array:
        """Return how much the other names speak of each candidate's name's countries, by code.

        One line per name, one column per country of the text; :attr:`country_codes` has them.
        """
        c = self._candidates
        table = self._countries.table(c.name, len(c.names), shares * self._countries.known)
        votes: Array = table.sum(axis=0) + self._countries.given - table
        return votes

    @property
    def country_codes(self) -> Array:
        """The index's code of each column of :meth:`country_votes`."""
        codes = np.zeros(self._countries.count, dtype=np.int64)
        codes[self._countries.of_candidates] = self._candidates.country
        return codes

    def _vote(self, x: Array, spoken: Array) -> None:
        c, owner, n = self._candidates, self._speaker, len(self._mentions)
        pairs = (
            (self._countries, c.is_country, "country_votes", "country_named"),
            (self._divisions, c.is_division, "division_votes", "division_named"),
        )
        for codes, is_such, votes, named in pairs:
            of = codes.of_candidates
            table = codes.table(owner, n, spoken * codes.known)
            others = np.maximum((table.sum(axis=0) + codes.given)[of] - table[owner, of], 0.0)
            total = table.sum() + codes.given.sum() - table.sum(axis=1)
            x[:, _AT[votes]] = others / (np.maximum(total, 0.0)[owner] + 1.0) * codes.known
            stated = codes.table(owner, n, spoken * is_such)
            said = (stated.sum(axis=0) + codes.given)[of] - stated[owner, of]
            x[:, _AT[named]] = np.minimum(said, 1.0) * codes.known
        table *= self._mentions[:, None]
        rest = table.sum(axis=0) + self._divisions.given - table
        rest[:, 0] = 0.0
        most, of = rest.max(axis=1)[owner], self._divisions.of_candidates
        is_most = (rest[owner, of] >= most - 1e-9) & (most > 0.5)  # noqa: PLR2004 -- likelier than not
        x[:, _AT["most_named_division"]] = is_most * self._divisions.known

    def _look_beside(self, x: Array, shares: Array) -> None:
        c, nearby = self._candidates, self._links.nearby
        n = len(c.names)
        for codes, feature in (
            (self._countries, "country_beside"),
            (self._divisions, "division_beside"),
        ):
            table = np.vstack([codes.table(c.name, n, shares * codes.known), codes.hints])
            beside = nearby @ table
            here = beside[c.name, codes.of_candidates] * codes.known
            x[:, _AT[feature]] = here / (1.0 + beside.sum(axis=1))[c.name]
        size = int(c.group.max()) + 1
        kinds = np.bincount(c.name * size + c.group, shares, n * size).reshape(n, size)
        beside = nearby[:, :n] @ kinds
        x[:, _AT["kinds_beside"]] = beside[c.name, c.group] / (1.0 + beside.sum(axis=1))[c.name]

    def _look_for_parents(self, x: Array, shares: Array) -> None:
        c, countries, divisions = self._candidates, self._countries, self._divisions
        n, links = len(c.names), self._links
        stated = np.vstack([countries.table(c.name, n, shares * c.is_country), countries.hints])
        divided = np.vstack([divisions.table(c.name, n, shares * c.is_division), divisions.hints])
        named = np.hstack([stated, divided])
        country, division = countries.of_candidates, countries.count + divisions.of_candidates
        around = countries.count + self._around
        # In "Colorado, Georgia and Ohio" no town of Georgia is meant.
        of_list = np.add.reduceat(shares * c.is_division, c.starts)[c.name]
        within_division = self._within_division * (1.0 - of_list)

        def inside(where: Array) -> tuple[Array, Array]:
            there = where @ named
            held = there[c.name, country] * self._within_country
            held += there[c.name, division] * within_division
            held += there[c.name, around] * (self._around > 0)
            return np.minimum(held, 1.0), there

        follows, there = inside(links.follows)
        x[:, _AT["parent_follows"]] = follows
        x[:, _AT["parent_precedes"]], _ = inside(links.precedes)
        x[:, _AT["parent_in_phrase"]], _ = inside(links.familiar)
        x[:, _AT["parent_in_sentence"]], _ = inside(links.nearby)
        best = c.best_of_name(follows)
        x[:, _AT["other_parent"]] = best[c.name] - follows
        self.unfit = np.maximum(np.minimum(there.sum(axis=1), 1.0) - best, 0.0)
        either = np.maximum(follows, x[:, _AT["parent_in_phrase"]])
        said_of_itself = c.best_of_name(either)[c.name]
        of_namesakes = self._of_namesakes(either) * (1.0 - said_of_itself)
        x[:, _AT["parent_of_namesake"]] = np.maximum(either, of_namesakes)

    def _of_namesakes(self, values: Array) -> Array:
        """Return the highest value that a candidate has where its name stands in the text."""
        c, size = self._candidates, int(self._of_speaker.max())
        at = self._speaker * size + np.arange(len(values)) - c.starts[c.name]
        highest = np.zeros(len(self._mentions) * size)
        np.maximum.at(highest, at, values)
        highest_there: Array = highest[at]
        return highest_there

    def _nearness(self, spoken: Array) -> tuple[Array, Array]:
        """Return how near the nearest likely other place is, by a wide and a narrow measure."""
        c, owner, n = self._candidates, self._speaker, len(self._mentions)
        order = np.lexsort((-spoken, owner))
        best = order[np.searchsorted(owner[order], np.arange(n))]
        likely = (spoken * self._mentions[owner])[best]
        gap = self._gaps_to(best)
        # A large area is near to half the world: only seas and regions are told by it.
        tells = (c.country == 0)[:, None] | (c.radius_km[best] <= _LARGE_KM)
        likely = likely * (tells & (owner[:, None] != np.arange(n)))
        near: Array = (likely / (1.0 + gap / _NEAR_KM)).max(axis=1)
        close: Array = (likely * np.exp(gap / -_CLOSE_KM)).max(axis=1)
        return near, close

    def _gaps_to(self, best: Array) -> Array:
        """Return how far all candidates are from some, edge to edge, in kilometres."""
        if self._gaps is None or not np.array_equal(self._gaps[0], best):
            c = self._candidates
            km = distances_km(c.lat[:, None], c.lon[:, None], c.lat[best], c.lon[best])
            gap = np.maximum(km - c.radius_km[:, None] - c.radius_km[best], 0.0)
            self._gaps = best, gap
        return self._gaps[1]

    def _of_all_readings(self, source: Source | None) -> Array:
        """Return the features that no candidate's probability changes."""
        c, owner = self._candidates, self._speaker
        x = np.zeros((len(owner), len(CONTEXT_FEATURES) - _FIRST_FIXED))
        rare = 1.0 / self._of_speaker
        known = self._divisions.known
        in_division = others_of_code(self._divisions.of_candidates, owner, rare)
        x[:, 0], x[:, 1] = in_division[0] * known, in_division[1] * known
        x[:, 2], x[:, 3] = others_around(c.lat, c.lon, owner, rare)
        x[:, :4] = np.log1p(x[:, :4])
        size = c.prior[:, 0] + c.store.prominence[c.rows] / 10.0
        x[:, 4] = size >= c.best_of_name(size)[c.name]
        if source is not None:
            x[:, 5] = c.country == source.country
            x[:, 6] = (c.country != source.country) & (c.country > 0) & (source.country > 0)
            x[:, 5] *= source.country > 0
            x[:, 7] = self._near_source(source)
            x[:, 8] = np.array([source.names(n.surface) for n in c.names])[c.name] * (x[:, 4] == 0)
        x[:, 9] = at_home(c, c.names[0].lang)
        return x

    def _near_source(self, source: Source) -> Array | float:
        c, rows = self._candidates, np.array(source.rows, dtype=np.int64)
        if not len(rows):
            return 0.0
        lat, lon = c.store.lat_e5[rows] / 1e5, c.store.lon_e5[rows] / 1e5
        km = distances_km(c.lat[:, None], c.lon[:, None], lat, lon)
        gap = np.maximum(km - c.radius_km[:, None], 0.0)
        nearest: Array = np.exp(gap / -_SOURCE_KM).max(axis=1)
        return nearest
