"""Train the resolver: from geocoded mentions to the weights that rank candidates.

A conditional logit: for each mention, the probability of the right candidates among all of its
name. How sure the choice is, and whether any candidate is right, is then learned on texts that the
ranking has not seen. Run ``GEOEVENTS_BENCH=... python -m tools.train_resolver``; the same texts
give the same bytes. ``--leave-out NAME`` trains without a corpus, to measure on it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from gazetteer.gazetteer import Gazetteer
from gazetteer.index.cache import open_store
from gazetteer.ranking.candidates import PRIOR_FEATURES
from gazetteer.ranking.context import CONTEXT_FEATURES
from gazetteer.ranking.model import (
    FULL_FEATURES,
    PASSES,
    SURENESS_FEATURES,
    ResolverWeights,
    full_features,
    log_odds,
    sureness_features,
)
from tools.resolver_corpora import Corpora, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Array = np.ndarray[Any, Any]

_CONFIG = Path(__file__).with_name("training.toml")
_INNER_FOLDS = 3


def resolver_config() -> dict[str, Any]:
    """Return what the resolver is trained on, and how."""
    config: dict[str, Any] = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["resolver"]
    return config


def read_corpora(names: Iterable[str]) -> list[Text]:
    """Return the texts of corpora, from the folder that ``GEOEVENTS_BENCH`` names."""
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    store = open_store()
    corpora = Corpora(Path(folder) / "bench", Gazetteer(store)._geoparser, store)  # noqa: SLF001 -- the part of it that resolves
    return [text for name in names for text in corpora.texts(name)]


def fold_of(text: Text, folds: int) -> int:
    """Return the fold of a text: near-duplicates and texts of one event lie together."""
    return int(hashlib.sha256(text.group.encode()).hexdigest(), 16) % folds


def train(
    texts: Sequence[Text], config: dict[str, Any], *, without: Iterable[str] = ()
) -> ResolverWeights:
    """Return the weights that texts teach.

    Parameters
    ----------
    texts
        The texts.
    config
        As in ``training.toml``.
    without
        Features whose weight stays 0.
    """
    held = [text for text in texts if text.size]
    unused = frozenset(without)
    best: list[Array] = []
    present: list[Array] = []
    lines: list[Array] = []
    for fold in range(_INNER_FOLDS):
        rest = [text for text in held if fold_of(text, _INNER_FOLDS) != fold]
        own = [text for text in held if fold_of(text, _INNER_FOLDS) == fold]
        if not rest or not own:
            continue
        prior, full = _fit_ranking(rest, config, unused)
        for text in own:
            asked, features, right, any_right = sureness_examples(text, prior, full)
            lines.append(features[asked])
            best.append(right[asked])
            present.append(any_right[asked])
    x = np.vstack(lines)
    penalty = config["penalty_of_sureness"]
    sure = _fit_logistic(x, np.concatenate(best), penalty)
    held_at_all = _fit_logistic(x, np.concatenate(present), penalty)
    prior, full = _fit_ranking(held, config, unused)
    world = [text for text in held if text.corpus not in config["local"]] or held
    lines_of_world = [text.candidates.prior for text in world]
    alone = _fit_logit(
        world, lines_of_world, PRIOR_FEATURES, config, unused=unused | set(config["not_alone"])
    )
    return ResolverWeights(prior, alone, full, held_at_all, sure)


def shares_of(text: Text, prior: Array, full: Array) -> tuple[Array, Array]:
    """Return the candidates' probabilities as ranking has them, and what the context says."""
    c = text.candidates
    shares = c.shares(c.prior @ prior)
    for _ in range(PASSES):
        said = text.context.features(shares)
        shares = c.shares(log_odds(c, said, full))
    return shares, said


def sureness_examples(text: Text, prior: Array, full: Array) -> tuple[Array, Array, Array, Array]:
    """Return which names count, their features, whether the choice is right, and any candidate."""
    shares, said = shares_of(text, prior, full)
    best, features = sureness_features(text.candidates, text.context, said, shares)
    any_right = np.logical_or.reduceat(text.near, text.candidates.starts)
    return text.asked, features, text.near[best], any_right


def _fit_ranking(
    texts: Sequence[Text], config: dict[str, Any], unused: frozenset[str]
) -> tuple[Array, Array]:
    lines = [t.candidates.prior for t in texts]
    prior = _fit_logit(texts, lines, PRIOR_FEATURES, config, unused=unused)
    shares = [t.candidates.shares(t.candidates.prior @ prior) for t in texts]
    full = None
    for _ in range(PASSES):
        lines = [
            full_features(t.candidates, t.context.features(own))
            for t, own in zip(texts, shares, strict=True)
        ]
        full = _fit_logit(texts, lines, FULL_FEATURES, config, unused=unused, start=full)
        shares = [t.candidates.shares(x @ full) for t, x in zip(texts, lines, strict=True)]
    return prior, full  # type: ignore[return-value]


def _fit_logit(
    texts: Sequence[Text],
    lines: Sequence[Array],
    features: Sequence[str],
    config: dict[str, Any],
    *,
    unused: frozenset[str],
    start: Array | None = None,
) -> Array:
    """Return the most probable weights under a Gaussian prior around the configured means."""
    x, right, sizes = _useful(texts, lines)
    starts = np.cumsum(sizes) - sizes
    group = np.repeat(np.arange(len(sizes)), sizes)
    means = np.array([config["means"].get(feature, 0.0) for feature in features])
    plain = len(PRIOR_FEATURES) + len(CONTEXT_FEATURES)
    penalties = np.full(len(features), config["penalty"])
    penalties[plain:] = config["penalty_of_types"]
    used = np.array([feature.partition(" of a ")[0] not in unused for feature in features])
    means = means * used
    x *= used

    def loss(weights: Array) -> tuple[float, Array]:
        odds = x @ weights
        odds -= np.maximum.reduceat(odds, starts)[group]
        share = np.exp(odds)
        p = share / np.add.reduceat(share, starts)[group]
        p_right = np.maximum(np.add.reduceat(np.where(right, p, 0.0), starts), 1e-12)
        target = np.where(right, p, 0.0) / p_right[group]
        away = weights - means
        gradient = x.T @ (p - target) + 2 * penalties * away
        return float(-np.log(p_right).sum() + penalties @ away**2), gradient

    bounds = [_bounds(feature, config) for feature in features]
    weights: Array = _minimum(loss, means if start is None else start, bounds)
    rounded: Array = np.round(weights * used, 4)
    return rounded


def _bounds(feature: str, config: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return what a weight may be: what can only speak for a place never speaks against it."""
    if feature in config["fixed"]:
        return config["means"][feature], config["means"][feature]
    lowest = 0.0 if feature in config["never_negative"] else None
    return lowest, 0.0 if feature in config["never_positive"] else None


def _useful(texts: Sequence[Text], lines: Sequence[Array]) -> tuple[Array, Array, Array]:
    """Return the candidates of annotated names that have a right one and another."""
    kept, right, sizes = [], [], []
    for text, own in zip(texts, lines, strict=True):
        c = text.candidates
        has_right = np.logical_or.reduceat(text.right, c.starts)
        names = text.asked & has_right & (c.sizes > 1)
        rows = names[c.name]
        kept.append(own[rows])
        right.append(text.right[rows])
        sizes.append(c.sizes[names])
    return np.vstack(kept), np.concatenate(right), np.concatenate(sizes)


def _fit_logistic(x: Array, label: Array, penalty: float) -> Array:
    def loss(weights: Array) -> tuple[float, Array]:
        odds = x @ weights
        away = weights[1:]
        gradient = x.T @ (1 / (1 + np.exp(-odds)) - label)
        gradient[1:] += 2 * penalty * away
        total = np.logaddexp(0.0, np.where(label, -odds, odds)).sum() + penalty * away @ away
        return float(total), gradient

    return np.round(_minimum(loss, np.zeros(x.shape[1])), 4)


def _minimum(
    loss: Callable[[Array], tuple[float, Array]],
    start: Array,
    bounds: list[tuple[float | None, float | None]] | None = None,
) -> Array:
    options = {"maxiter": 200}
    result: Array = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options
    ).x
    return result


def model_of(weights: ResolverWeights, trained_on: Sequence[str]) -> dict[str, Any]:
    """Return the model file's content."""
    return {
        "trained_on": list(trained_on),
        "prior": _named(PRIOR_FEATURES, weights.prior),
        "alone": _named(PRIOR_FEATURES, weights.alone),
        "full": _named(FULL_FEATURES, weights.full),
        "present": _named(SURENESS_FEATURES, weights.present),
        "sure": _named(SURENESS_FEATURES, weights.sure),
    }


def _named(features: Sequence[str], weights: Array) -> dict[str, float]:
    return {name: round(float(w), 4) for name, w in zip(features, weights, strict=True)}


def main() -> None:
    """Train on the corpora of ``training.toml`` and write the weights."""
    config = resolver_config()
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("-o", "--output", type=Path, default=Path("data/models/resolver.json"))
    arguments.add_argument("--leave-out", action="append", default=[])
    options = arguments.parse_args()
    used = [name for name in config["corpora"] if name not in options.leave_out]
    texts = read_corpora(used)
    weights = train(texts, config)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(model_of(weights, used), indent=1) + "\n"
    options.output.write_text(text, encoding="utf-8")
    names = sum(int(t.asked.sum()) for t in texts)
    print(f"{len(texts)} texts, {names} annotated names, {len(weights.full)} weights")


if __name__ == "__main__":
    main()
