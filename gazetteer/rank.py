"""Which of the places that bear a name does the text mean?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.ranking.candidates import GROUPS, OPEN_AREAS, PRIOR_FEATURES, Candidates, Named
from gazetteer.ranking.context import CONTEXT_FEATURES, Context
from gazetteer.ranking.links import Hint
from gazetteer.ranking.model import (
    FULL_FEATURES,
    PASSES,
    ResolverWeights,
    log_odds,
    resolver_weights,
    sureness_features,
)
from gazetteer.ranking.seats import share_with_seats
from gazetteer.ranking.source import Source, read_source
from gazetteer.spans import within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gazetteer.index.store import Store

__all__ = [
    "CONTEXT_FEATURES",
    "FULL_FEATURES",
    "GROUPS",
    "INSISTENCE",
    "OPEN_AREAS",
    "PRIOR_FEATURES",
    "Hint",
    "Named",
    "Ranked",
    "Ranking",
    "ResolverWeights",
    "Source",
    "rank",
    "rank_in_full",
    "read_source",
    "resolver_weights",
    "share_with_seats",
]

Array = np.ndarray[Any, Any]

INSISTENCE = 25.0
"""Log odds that the user's own word adds: more than all else together."""

_GONE = -10.0  # log odds of a place that was not there when the text was published
_SPOKEN_OF = 0.5  # votes from which a text speaks of a country: a place in it, likely meant
_TOGETHER = 128  # names that are weighed in one another's light; longer texts are taken in parts


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates of one name, best first.

    Attributes
    ----------
    rows
        Rows of the places.
    scores
        Probability of each that it is the place meant.
    none
        Probability that the place meant is none of them. Each score is calibrated by itself:
        of candidates that lie close together both may be right.
    """

    rows: tuple[int, ...]
    scores: tuple[float, ...]
    none: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """How the names of a text, or of a part of it, came to their rankings.

    Attributes
    ----------
    candidates
        Their candidates.
    said
        What the context says, one line per candidate.
    odds
        The candidates' log odds.
    rankings
        One per name.
    """

    candidates: Candidates
    said: Array
    odds: Array
    rankings: list[Ranking]


def rank(
    store: Store,
    names: Sequence[Named],
    *,
    countries: Mapping[str, float] | None = None,
    hints: Sequence[Hint] = (),
    source: Source | None = None,
    published: date | None = None,
    weights: ResolverWeights | None = None,
) -> list[Ranking]:
    """Rank the candidates of all names of a text together.

    Each name is first judged by itself, then again in the light of what the others mean.

    Parameters
    ----------
    store
        The opened index.
    names
        The text's names, in text order, each with at least one posting.
    countries
        Countries that the text speaks of otherwise, with their weight.
    hints
        Words that speak of countries or divisions, demonyms for instance, with where they stand.
    source
        Where the text was published, see :func:`gazetteer.ranking.source.read_source`.
    published
        When: places that were not there at the time lose.
    weights
        The shipped ones by default.

    Returns
    -------
    list of Ranking
        One for each name, in the same order.
    """
    parts = rank_in_full(
        store,
        names,
        hints=[*hints, *_of_countries(store, countries or {})],
        source=source,
        published=published,
        weights=weights,
    )
    return [ranking for part in parts for ranking in part.rankings]


def rank_in_full(
    store: Store,
    names: Sequence[Named],
    *,
    hints: Sequence[Hint] = (),
    source: Source | None = None,
    published: date | None = None,
    weights: ResolverWeights | None = None,
) -> list[Ranked]:
    """Rank as :func:`rank` does, and return how it came to that, a part of the text at a time."""
    weights = weights or resolver_weights()
    parts = []
    for first in range(0, len(names), _TOGETHER):
        own = names[first : first + _TOGETHER]
        start, end = own[0].start, own[-1].end
        whole = len(names) <= _TOGETHER
        beside = [h for h in hints if whole or h.start < 0 or start <= h.start <= end]
        candidates = Candidates(store, own)
        context = Context(candidates, beside, source)
        parts.append(_rank_together(candidates, context, published, weights))
    return parts


def _rank_together(
    candidates: Candidates, context: Context, published: date | None, weights: ResolverWeights
) -> Ranked:
    given = _gone(candidates, published) if published else 0.0
    shares = candidates.shares(candidates.prior @ weights.prior + given)
    for _ in range(PASSES):
        said = context.features(shares)
        odds = log_odds(candidates, said, weights.full) + given
        if candidates.store.has_own_names:
            odds += _insistence(candidates, context, shares)
        shares = candidates.shares(odds)
    rankings = _rankings(candidates, context, said, shares, weights)
    return Ranked(candidates, said, odds, rankings)


def _rankings(
    candidates: Candidates, context: Context, said: Array, shares: Array, weights: ResolverWeights
) -> list[Ranking]:
    best, features = sureness_features(candidates, context, said, shares)
    present = _logistic(features @ weights.present)
    sure = np.minimum(_logistic(features @ weights.sure), present)
    top = shares[best]
    sure = np.where(candidates.sizes == 1, present, sure)
    sure = np.where(top > _insisted(candidates, best), 1.0, sure)
    present = np.maximum(present, sure)
    # A runner-up is never surer than the choice; both may be right, where they lie close together.
    scores = np.minimum(shares * present[candidates.name], sure[candidates.name])
    scores[best] = sure
    order = np.lexsort((-shares, candidates.name))
    rows, ordered = candidates.rows[order].tolist(), scores[order].tolist()
    ends = (candidates.starts + candidates.sizes).tolist()
    starts = candidates.starts.tolist()
    return [
        Ranking(tuple(rows[a:b]), tuple(ordered[a:b]), 1.0 - there)
        for a, b, there in zip(starts, ends, present.tolist(), strict=True)
    ]


def _logistic(odds: Array) -> Array:
    logistic: Array = 1.0 / (1.0 + np.exp(-odds))
    return logistic


def _insisted(candidates: Candidates, best: Array) -> Array | float:
    """Return above which share a choice is the user's own word; nothing is by default."""
    if not candidates.store.has_own_names:
        return 2.0
    postings = [p for own in candidates.postings for p in own]
    store, langs = candidates.store, [name.lang for name in candidates.names]
    own = [
        store.insists(postings[i].name, lang=lang, spoken_of=store.countries)
        for i, lang in zip(best.tolist(), langs, strict=True)
    ]
    return np.where(own, 0.5, 2.0)


def _insistence(candidates: Candidates, context: Context, shares: Array) -> Array:
    """Return what the user's own word adds to the log odds of the candidates."""
    store = candidates.store
    votes, codes = context.country_votes(shares), context.country_codes
    added = []
    for own, name, line in zip(candidates.postings, candidates.names, votes, strict=True):
        spoken_of = {store.countries[code] for code in codes[line >= _SPOKEN_OF].tolist()}
        added += [store.insists(p.name, lang=name.lang, spoken_of=spoken_of) for p in own]
    return INSISTENCE * np.array(added, dtype=float)


def _gone(candidates: Candidates, published: date) -> Array:
    """Return what the time of the text takes from the log odds of the candidates."""
    store, lost = candidates.store, np.zeros(len(candidates.rows))
    for i in np.flatnonzero(np.isin(candidates.rows, store.dated)).tolist():
        span = store.details(int(candidates.rows[i]))
        if not within(span.get("valid_from"), span.get("valid_to"), published):
            lost[i] = _GONE
    return lost


def _of_countries(store: Store, countries: Mapping[str, float]) -> list[Hint]:
    rows = ((_row_of_country(store, code), weight) for code, weight in countries.items())
    return [Hint(row, weight) for row, weight in rows if row is not None]


def _row_of_country(store: Store, country: str) -> int | None:
    place_id = f"iso:{country}"
    return store.row(place_id) if store.holds(place_id) else None
