"""Train the resolver: from geocoded mentions to the weights that rank candidates.

A conditional logit: for each mention, the probability of the right candidates among all of its
name. Run ``GEOEVENTS_BENCH=... python -m tools.train_resolver``; the same texts give the same
bytes. ``--leave-out NAME`` trains without a corpus, to measure on it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from gazetteer.index.cache import open_store
from gazetteer.index.space import great_circle_km
from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import Trigger, language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.rank import CONTEXT_FEATURES, PRIOR_FEATURES, Context, Lot, Named
from gazetteer.text.tokens import tokenize
from tools.train_recognizer import corpus_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Store

Array = np.ndarray[Any, Any]

_CONFIG = Path(__file__).with_name("training.toml")
_SAME_KM, _NEAR_KM = 30.0, 161.0


@dataclass(slots=True)
class _Text:
    """The names of one text, and which candidates of each are right (empty: not annotated)."""

    lots: list[Lot]
    right: list[Array]


def main() -> None:
    """Fit the prior, then the full model in the light of the prior, and write both."""
    config = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["resolver"]
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("-o", "--output", type=Path, default=Path("data/models/resolver.json"))
    arguments.add_argument("--leave-out", action="append", default=[])
    options = arguments.parse_args()
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    store = open_store()
    used = [name for name in config["corpora"] if name not in options.leave_out]
    texts = [t for name in used for t in _texts(Path(folder) / "bench", name, store)]
    prior = _fit(
        [
            (lot.prior_features(), right)
            for t in texts
            for lot, right in zip(t.lots, t.right, strict=True)
        ],
        _means(PRIOR_FEATURES, config),
        config["penalty"],
    )
    for text in texts:
        for lot in text.lots:
            lot.weigh(lot.prior_features() @ prior)
    full = np.zeros(len(PRIOR_FEATURES + CONTEXT_FEATURES))
    for _ in range(2):
        examples = []
        for text in texts:
            context = Context(store, text.lots, {})
            examples += [(context.features(i), right) for i, right in enumerate(text.right)]
        full = _fit(examples, _means(PRIOR_FEATURES + CONTEXT_FEATURES, config), config["penalty"])
        start = 0
        for text in texts:
            for lot, (features, _) in zip(text.lots, examples[start:], strict=False):
                lot.weigh(features @ full)
            start += len(text.lots)
    right = [
        lot.scores[r].sum() > 0.5
        for t in texts
        for lot, r in zip(t.lots, t.right, strict=True)
        if r.any()
    ]
    print(
        f"{len(texts)} texts, {len(right)} annotated names, right with p > .5: {np.mean(right):.3f}"
    )
    model = {
        "trained_on": used,
        "prior": _named(PRIOR_FEATURES, prior),
        "full": _named(PRIOR_FEATURES + CONTEXT_FEATURES, full),
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


def _named(features: Sequence[str], weights: Array) -> dict[str, float]:
    return {name: round(float(w), 4) for name, w in zip(features, weights, strict=True)}


def _texts(folder: Path, corpus: str, store: Store) -> list[_Text]:
    matcher = Matcher(store)
    texts = []
    for document in corpus_documents(folder, corpus):
        lots, right = [], []
        lang = document["lang"]
        rules = language_rules(lang)
        tokens = tokenize(document["text"])
        view = TextView(document["text"], tokens, rules)
        starting = {token.start: i for i, token in enumerate(tokens)}
        ending = {token.end: i for i, token in enumerate(tokens)}
        for gold in document["toponyms"]:
            postings, changed = matcher.lookup(gold["text"], rules)
            if not postings or gold.get("form") == "demonym":
                continue
            triggers: tuple[Trigger, ...] = ()
            if gold["start"] in starting and gold["end"] in ending:
                triggers = view.triggers_before(starting[gold["start"]])
                triggers += view.triggers_after(ending[gold["end"]])
            announced = frozenset(kind for t in triggers for kind in t.kinds)
            lot = Lot(
                store,
                Named(gold["start"], gold["end"], gold["text"], lang, postings, announced, changed),
            )
            lots.append(lot)
            right.append(_right(gold, lot, store))
        if lots:
            texts.append(_Text(lots, right))
    return texts


def _right(gold: dict[str, Any], lot: Lot, store: Store) -> Array:
    """Which candidates are the annotated place: by its id, else the nearest ones."""
    if gold.get("geonameid"):
        ids = [store.place(row).geonameid for row in lot.rows.tolist()]
        same = np.array([place_id == int(gold["geonameid"]) for place_id in ids])
        if same.any():
            return same
    if gold.get("lat") is None:
        return np.zeros(len(lot.rows), dtype=bool)
    area = gold.get("area") or ""
    codes = [store.countries[c] for c in lot.country.tolist()]
    if len(area) == 2:  # an ISO 3166-1 code: gold names a country
        named = np.array(
            [
                k in {"country", "territory"} and c == area
                for k, c in zip(lot.kinds, codes, strict=True)
            ]
        )
        if named.any():
            return named
    km = np.array(
        [
            great_circle_km(gold["lat"], gold["lon"], a, o)
            for a, o in zip(lot.lat, lot.lon, strict=True)
        ]
    )
    for limit in (_SAME_KM, _NEAR_KM):
        if (km <= limit).any():
            return km <= limit
    return np.zeros(len(lot.rows), dtype=bool)


def _means(features: Sequence[str], config: dict[str, Any]) -> Array:
    return np.array([config["means"].get(feature, 0.0) for feature in features])


def _fit(examples: list[tuple[Array, Array]], means: Array, penalty: float) -> Array:
    """Return the most probable weights under a Gaussian prior around the means."""
    useful = [(x, y) for x, y in examples if y.any() and len(y) > 1]
    stacked = np.vstack([x for x, _ in useful])
    right = np.concatenate([y for _, y in useful])
    starts = np.cumsum([0] + [len(y) for _, y in useful])[:-1]
    group = np.repeat(np.arange(len(useful)), [len(y) for _, y in useful])

    def loss(weights: Array) -> tuple[float, Array]:
        odds = stacked @ weights
        odds -= np.maximum.reduceat(odds, starts)[group]
        share = np.exp(odds)
        p = share / np.add.reduceat(share, starts)[group]
        p_right = np.add.reduceat(np.where(right, p, 0.0), starts)
        target = np.where(right, p, 0.0) / np.maximum(p_right, 1e-12)[group]
        away = weights - means
        gradient = stacked.T @ (p - target) + 2 * penalty * away
        return -np.log(np.maximum(p_right, 1e-12)).sum() + penalty * away @ away, gradient

    result = minimize(loss, means, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights: Array = result.x
    return weights


if __name__ == "__main__":
    main()
