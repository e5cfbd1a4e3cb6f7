"""What is counted in a document, and which figures come of the counts?"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from geoevents.evaluate.places import NEAR_KM, judge, no_outlines
from geoevents.evaluate.spans import EVERYTHING, Convention, match, select

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.evaluate.annotations import Pair, Toponym
    from geoevents.evaluate.places import Outlines, Verdict

Array = np.ndarray[Any, Any]

FARTHEST_KM = 20038.0
"""Half the Earth's circumference, by which the literature scales the error's logarithm."""

COUNTS = (
    "gold", "predicted", "predicted_located", "strict", "overlap", "geocoded", "answered",
    "hit161", "hit20", "hit_area", "boxed", "hit_box", "e2e161", "e2e_area", "km", "log_error",
)  # fmt: skip
"""What is summed over documents; the last two are sums of kilometres and of log errors."""

RATIOS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "strict_precision": (("strict",), ("predicted",)),
    "strict_recall": (("strict",), ("gold",)),
    "strict_f1": (("strict", "strict"), ("gold", "predicted")),
    "partial_precision": (("overlap",), ("predicted",)),
    "partial_recall": (("overlap",), ("gold",)),
    "partial_f1": (("overlap", "overlap"), ("gold", "predicted")),
    "acc161": (("hit161",), ("geocoded",)),
    "acc161_answered": (("hit161",), ("answered",)),
    "acc161_or_area": (("hit_area",), ("geocoded",)),
    "acc161_or_box": (("hit_box",), ("boxed",)),
    "acc20": (("hit20",), ("geocoded",)),
    "mean_km": (("km",), ("answered",)),
    "auc_answered": (("log_error",), ("answered",)),
    "auc": (("log_error", "geocoded", "-answered"), ("geocoded",)),
    "e2e_recall161": (("e2e161",), ("geocoded",)),
    "e2e_recall_area": (("e2e_area",), ("geocoded",)),
    "e2e_precision161": (("e2e161",), ("predicted_located",)),
    "e2e_precision_area": (("e2e_area",), ("predicted_located",)),
}
"""Each figure as the counts that are added (or, with a minus, taken off) above and below."""

_EMPTY_IS_ZERO = frozenset(name for name in RATIOS if name.startswith(("strict_", "partial_")))


@dataclass(frozen=True, slots=True)
class Measured:
    """What one document contributes.

    Attributes
    ----------
    counts
        By the names in :data:`COUNTS`.
    errors_km
        Distances of the answers on gold spans.
    scores
        Of each answer on a gold span: its ``score``, and whether it is right.
    p_places
        Of each prediction: its ``p_place``, whether its span is one of gold, and whether it
        overlaps one.
    gold, predicted
        The toponyms that count.
    joined
        Positions of gold and predicted toponyms that overlap, one to one.
    verdicts
        By position in ``joined``: how the answer lies, or None where a point is missing.
    """

    counts: dict[str, float]
    gold: Sequence[Toponym]
    predicted: Sequence[Toponym]
    joined: Sequence[tuple[int, int]]
    verdicts: Sequence[Verdict | None]
    errors_km: list[float] = field(default_factory=list)
    scores: list[tuple[float, bool]] = field(default_factory=list)
    p_places: list[tuple[float, bool, bool]] = field(default_factory=list)


def measure(
    pair: Pair, *, convention: Convention = EVERYTHING, outlines: Outlines = no_outlines
) -> Measured:
    """Return what a document contributes to the figures.

    Parameters
    ----------
    pair
        Gold and prediction of the document.
    convention
        What counts as a toponym.
    outlines
        Where outlines of gold toponyms come from.
    """
    gold, predicted = select(pair, convention)
    joined = match(gold, predicted)
    verdicts = [judge(gold[i], predicted[j], outlines) for i, j in joined]
    counts = dict.fromkeys(COUNTS, 0.0)
    counts["gold"], counts["predicted"] = len(gold), len(predicted)
    counts["predicted_located"] = sum(t.point is not None for t in predicted)
    counts["geocoded"] = sum(t.point is not None for t in gold)
    counts["boxed"] = sum(t.point is not None and t.box is not None for t in gold)
    measured = Measured(counts, gold, predicted, joined, verdicts)
    for (i, j), verdict in zip(joined, verdicts, strict=True):
        _count(measured, gold[i], predicted[j], verdict)
    found = {predicted[j].span: gold[i].span for i, j in joined}
    measured.p_places.extend(
        (toponym.p_place, found.get(toponym.span) == toponym.span, toponym.span in found)
        for toponym in predicted
        if toponym.p_place is not None
    )
    return measured


def _count(measured: Measured, gold: Toponym, answer: Toponym, verdict: Verdict | None) -> None:
    counts = measured.counts
    equal = gold.span == answer.span
    counts["overlap"] += 1
    counts["strict"] += equal
    if verdict is None:
        return
    counts["e2e161"] += verdict.is_hit
    counts["e2e_area"] += verdict.is_hit_or_in_area
    if not equal:
        return
    counts["answered"] += 1
    counts["hit161"] += verdict.is_hit
    counts["hit20"] += verdict.km <= NEAR_KM
    counts["hit_area"] += verdict.is_hit_or_in_area
    counts["hit_box"] += gold.box is not None and (verdict.is_hit or verdict.in_box)
    counts["km"] += verdict.km
    counts["log_error"] += min(1.0, math.log(verdict.km + 1) / math.log(FARTHEST_KM + 1))
    measured.errors_km.append(verdict.km)
    if answer.score is not None:
        measured.scores.append((answer.score, verdict.is_right))


def ratios(sums: Mapping[str, float]) -> dict[str, float]:
    """Return the figures that sums of counts give, NaN where there is nothing to measure.

    Examples
    --------
    >>> sums = dict.fromkeys(COUNTS, 0) | {"gold": 4, "predicted": 2, "strict": 2}
    >>> figures = ratios(sums)
    >>> figures["strict_precision"], figures["strict_recall"], round(figures["strict_f1"], 3)
    (1.0, 0.5, 0.667)
    """

    def total(terms: tuple[str, ...]) -> float:
        return sum(-sums[t[1:]] if t.startswith("-") else sums[t] for t in terms)

    figures = {}
    for name, (above, below) in RATIOS.items():
        divisor = total(below)
        empty = 0.0 if name in _EMPTY_IS_ZERO else math.nan
        figures[name] = total(above) / divisor if divisor else empty
    return figures
