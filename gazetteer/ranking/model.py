"""What do the features of a candidate weigh, and how sure is the choice?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.data import data_path
from gazetteer.index.space import distances_km
from gazetteer.ranking.candidates import PRIOR_FEATURES
from gazetteer.ranking.context import CONTEXT_FEATURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.ranking.candidates import Candidates
    from gazetteer.ranking.context import Context

Array = np.ndarray[Any, Any]

FULL_FEATURES = (
    *PRIOR_FEATURES,
    *CONTEXT_FEATURES,
    *(f"{feature} of a division" for feature in CONTEXT_FEATURES),
    *(f"{feature} of a country" for feature in CONTEXT_FEATURES),
)
"""Features of the full model: what context says weighs differently for divisions and countries."""

SURENESS_FEATURES = (
    "bias",
    "share",
    "alone",
    "readings",
    "prominence",
    "names",
    "as_held",
    "settled",
    "country",
    "near",
    "country_votes",
    "parent_follows",
    "no_such_parent",
    "no_such_kind",
    "article_changed",
    "words",
)
"""What says whether the likeliest candidate is the place at all, or none that is held."""

PASSES = 2
"""How often all names are weighed in the light of the others."""

_SEAT = PRIOR_FEATURES.index("seat")
_KINDS_BESIDE = CONTEXT_FEATURES.index("kinds_beside")
_SAME_KM = 161.0  # 100 miles: what the field takes for the same place
_LEAST, _MOST = 1e-4, 1 - 1e-4


@dataclass(frozen=True, slots=True)
class ResolverWeights:
    """Weights in the order of the features' names.

    Attributes
    ----------
    prior
        Of :data:`~gazetteer.ranking.candidates.PRIOR_FEATURES`, for a name before its context.
    alone
        Of the same, for a name that nobody says anything about: as news of the world has it, and
        not a town's own paper.
    full
        Of :data:`FULL_FEATURES`.
    present
        Of :data:`SURENESS_FEATURES`: whether any candidate is the place.
    sure
        Of :data:`SURENESS_FEATURES`: whether the likeliest one is.
    """

    prior: Array
    alone: Array
    full: Array
    present: Array
    sure: Array

    @classmethod
    def from_names(cls, model: Mapping[str, Mapping[str, float]]) -> ResolverWeights:
        """Return the weights of a model file."""
        return cls(
            np.array([model["prior"][name] for name in PRIOR_FEATURES]),
            np.array([model["alone"][name] for name in PRIOR_FEATURES]),
            np.array([model["full"][name] for name in FULL_FEATURES]),
            np.array([model["present"][name] for name in SURENESS_FEATURES]),
            np.array([model["sure"][name] for name in SURENESS_FEATURES]),
        )


@cache
def resolver_weights() -> ResolverWeights:
    """Return the shipped weights."""
    text = data_path("models", "resolver.json").read_text(encoding="utf-8")
    return ResolverWeights.from_names(json.loads(text))


def full_features(candidates: Candidates, context: Array) -> Array:
    """Return one line of :data:`FULL_FEATURES` per candidate, as training needs them.

    Parameters
    ----------
    candidates
        The candidates.
    context
        What their context says of them.
    """
    divisions = context * candidates.is_division[:, None]
    countries = context * candidates.is_country[:, None]
    return np.hstack([candidates.prior, context, divisions, countries])


def log_odds(candidates: Candidates, context: Array, full: Array) -> Array:
    """Return the log odds of candidates: ``full_features(candidates, context) @ full``.

    What speaks for a city and what for the division that shares its name speaks for both: they
    divide it by how news uses such names, and by what else is told of the kind of place.

    Parameters
    ----------
    candidates
        The candidates.
    context
        What their context says of them.
    full
        Weights of :data:`FULL_FEATURES`.
    """
    n = len(PRIOR_FEATURES)
    by_type = context @ full[n:].reshape(3, -1).T
    odds: Array = candidates.prior @ full[:n] + by_type[:, 0]
    odds += by_type[:, 1] * candidates.is_division
    odds += by_type[:, 2] * candidates.is_country
    if len(candidates.seats):
        share = candidates.prior[:, _SEAT]
        told = share + context[:, _KINDS_BESIDE] * full[n + _KINDS_BESIDE]
        undivided = odds - share * full[_SEAT]
        odds[candidates.seats] = _shared(undivided[candidates.seats], told[candidates.seats])
    return odds


def _shared(odds: Array, told: Array) -> Array:
    """Return the log odds of pairs, one a line, that divide the higher by what is told of them."""
    both = odds.max(axis=1, keepdims=True)
    shared: Array = both + told - np.logaddexp.reduce(told, axis=1, keepdims=True)
    return shared


def sureness_features(
    candidates: Candidates, context: Context, said: Array, shares: Array
) -> tuple[Array, Array]:
    """Return the likeliest candidate of each name, and one line of features per name.

    Parameters
    ----------
    candidates, context
        The candidates and their context.
    said
        What the context says, :data:`~gazetteer.ranking.context.CONTEXT_FEATURES`.
    shares
        The candidates' probabilities among those of their name.

    Returns
    -------
    best
        Numbers of the likeliest candidates.
    features
        Lines of :data:`SURENESS_FEATURES`.
    """
    c = candidates
    order = np.lexsort((-shares, c.name))
    best = order[c.starts]
    top = best[c.name]
    km = distances_km(c.lat, c.lon, c.lat[top], c.lon[top])
    there = np.add.reduceat(shares * (km <= _SAME_KM), c.starts)
    there = np.clip(there, _LEAST, _MOST)
    prior = dict(zip(PRIOR_FEATURES, c.prior[best].T, strict=True))
    about = dict(zip(CONTEXT_FEATURES, said[best].T, strict=True))
    announced = np.array([bool(name.announced) for name in c.names])
    words = np.array([min(len(name.surface.split()), 3) for name in c.names])
    columns = (
        np.ones(len(best)),
        np.log(there / (1 - there)),
        c.sizes == 1,
        np.log(c.sizes),
        prior["prominence"],
        prior["names"],
        prior["as_held"],
        1.0 - prior["is_area"],
        c.is_country[best],
        about["near"],
        about["country_votes"],
        about["parent_follows"],
        context.unfit,
        announced & (prior["announced"] == 0),
        prior["article_changed"],
        words,
    )
    return best, np.column_stack(columns).astype(float)
