"""Which place is meant, on given names: accuracy, calibration, ablation and speed of the resolver.

``GEOEVENTS_BENCH=... python -m benchmarks.resolver [accuracy] [ablation] [speed]``. Every figure is
of weights that are trained in the run: *in sample* on all corpora, *held out* by cross-validation
(near-duplicates and texts of one event together), *across* without the corpus altogether. The
ceiling is the share of names of which a right place is held under that name at all.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.rank import rank
from gazetteer.ranking.context import CONTEXT_FEATURES
from tools.train_resolver import (
    fold_of,
    read_corpora,
    resolver_config,
    sureness_examples,
    train,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.ranking.model import ResolverWeights
    from tools.resolver_corpora import Text

Array = np.ndarray[Any, Any]

_BINS = 10
_DRAWS = 1000
_SEED = 7
_KEPT = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)

FAMILIES = {
    "prominence": ("population", "prominence", "names", "most_prominent", "extent"),
    "name and language": (
        "own_language", "other_language", "as_held", "preferred", "historical", "code", "bare",
    ),
    "trigger words": ("announced", "not_announced"),
    "countries of neighbours": ("country_votes", "country_named", "country_beside"),
    "divisions of neighbours": (
        "division_votes", "division_named", "division_beside", "most_named_division",
    ),
    "containment": tuple(f for f in CONTEXT_FEATURES if "parent" in f),
    "distance": ("near", "close", "names_around", "rare_names_around"),
    "all readings": tuple(f for f in CONTEXT_FEATURES if "names_" in f),
    "kinds beside": ("kinds_beside",),
    "publication place": tuple(f for f in CONTEXT_FEATURES if f.startswith("source_")),
    "all context": CONTEXT_FEATURES,
}  # fmt: skip
"""Features that say the same sort of thing."""


class Judged(NamedTuple):
    """What was answered for the geocoded names of a text.

    ``right`` and ``scores`` are of those that have candidates, ``located`` counts all.
    """

    corpus: str
    right: Array
    scores: Array
    held: int
    located: int


def judge(text: Text, weights: ResolverWeights) -> Judged:
    """Return which names of a text get the right place."""
    if not text.size:
        return Judged(text.corpus, np.zeros(0, dtype=bool), np.zeros(0), 0, text.located)
    asked, features, right, any_right = sureness_examples(text, weights.prior, weights.full)
    sure = 1 / (1 + np.exp(-features @ weights.sure))
    present = 1 / (1 + np.exp(-features @ weights.present))
    scores = np.where(text.candidates.sizes == 1, present, np.minimum(sure, present))
    held = int(any_right[asked].sum())
    return Judged(text.corpus, right[asked], scores[asked], held, text.located)


def held_out(
    texts: Sequence[Text], config: dict[str, Any], without: Iterable[str] = ()
) -> list[Judged]:
    """Return what is answered in cross-validation, in the order of the texts."""
    folds = [fold_of(text, config["folds"]) for text in texts]
    judged: dict[int, Judged] = {}
    for fold in range(config["folds"]):
        rest = [t for t, own in zip(texts, folds, strict=True) if own != fold]
        weights = train(rest, config, without=without)
        judged |= {
            i: judge(t, weights)
            for i, (t, own) in enumerate(zip(texts, folds, strict=True))
            if own == fold
        }
    return [judged[i] for i in range(len(texts))]


def accuracy(judged: Sequence[Judged]) -> float:
    """Return the share of all geocoded names that get the right place."""
    located = sum(j.located for j in judged)
    return float(sum(int(j.right.sum()) for j in judged) / located)


def interval(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the accuracy, documents drawn with replacement."""
    right = np.array([j.right.sum() for j in judged])
    located = np.array([j.located for j in judged])
    drawn = np.random.default_rng(_SEED).integers(0, len(judged), (_DRAWS, len(judged)))
    low, high = np.quantile(right[drawn].sum(axis=1) / located[drawn].sum(axis=1), (0.025, 0.975))
    return float(low), float(high)


def calibration_error(judged: Sequence[Judged]) -> float:
    """Return the expected calibration error of the scores in ten bins of equal count."""
    scores, right = _together(judged)
    order = np.argsort(scores, kind="stable")
    bins = np.array_split(order, _BINS)
    gaps = [abs(scores[own].mean() - right[own].mean()) * len(own) for own in bins if len(own)]
    return float(sum(gaps) / len(scores))


def _together(judged: Sequence[Judged]) -> tuple[Array, Array]:
    return np.concatenate([j.scores for j in judged]), np.concatenate([j.right for j in judged])


def _of(judged: Sequence[Judged], corpus: str) -> list[Judged]:
    return [j for j in judged if j.corpus == corpus]


def report_accuracy(texts: Sequence[Text], config: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the accuracy and calibration tables."""
    yield "corpus            names ceiling  in sample  held out (95 %)         across   ECE  across"
    shipped = train(texts, config)
    inside = [judge(t, shipped) for t in texts]
    outside = held_out(texts, config)
    for corpus in config["corpora"]:
        weights = train([t for t in texts if t.corpus != corpus], config)
        across = [judge(t, weights) for t in texts if t.corpus == corpus]
        own = _of(outside, corpus)
        located = sum(j.located for j in own)
        low, high = interval(own)
        yield (
            f"{corpus:16} {located:6} {sum(j.held for j in own) / located:7.3f}"
            f"  {accuracy(_of(inside, corpus)):9.3f}  {accuracy(own):.3f} ({low:.3f}-{high:.3f})"
            f"    {accuracy(across):8.3f}  {calibration_error(own):.3f}"
            f"  {calibration_error(across):.3f}"
        )
    for corpus in config["measured"]:
        never = [judge(t, shipped) for t in read_corpora([corpus])]
        yield f"{corpus:16} {'across':>46} {accuracy(never):.3f}  {calibration_error(never):.3f}"
    yield f"all, held out: ECE {calibration_error(outside):.3f}"
    scores, right = _together(outside)
    yield "keep score >=  answers kept  right among kept"
    for least in _KEPT:
        kept = scores >= least
        yield f"{least:13.2f}  {kept.mean():12.3f}  {right[kept].mean():16.3f}"


def report_ablation(texts: Sequence[Text], config: dict[str, Any]) -> Iterator[str]:
    """Yield the accuracy, held out, without each family of features."""
    yield f"{'without':26}" + "".join(f"{corpus:>24}" for corpus in config["corpora"])
    for family, features in {"": (), **FAMILIES}.items():
        judged = held_out(texts, config, features)
        cells = []
        for corpus in config["corpora"]:
            own = _of(judged, corpus)
            low, high = interval(own)
            cells.append(f"{accuracy(own):.3f} ({low:.3f}-{high:.3f})")
        yield f"{family or '(nothing)':26}" + "".join(f"{cell:>24}" for cell in cells)


def report_speed(texts: Sequence[Text]) -> Iterator[str]:
    """Yield the time that ranking all names of a text takes."""
    for corpus in sorted({text.corpus for text in texts}):
        own = [t for t in texts if t.corpus == corpus and t.size]
        for _ in range(2):
            start = time.perf_counter()
            for text in own:
                c = text.candidates
                rank(c.store, c.names, hints=text.hints, source=text.source)
            spent = (time.perf_counter() - start) / len(own) * 1000
        names = np.mean([len(t.candidates.names) for t in own])
        yield f"{corpus:16} {spent:.2f} ms per text of {names:.1f} names"


def main() -> None:
    """Print the tables that are asked for; accuracy and speed by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["accuracy", "speed"])
    options = parser.parse_args()
    config = resolver_config()
    texts = read_corpora(config["corpora"])
    reports = {
        "accuracy": lambda: report_accuracy(texts, config),
        "ablation": lambda: report_ablation(texts, config),
        "speed": lambda: report_speed(texts),
    }
    for what in options.what:
        for line in reports[what]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
