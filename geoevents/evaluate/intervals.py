"""How far could a figure lie from its value, had other documents been drawn?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Array = np.ndarray[Any, Any]

REPLICATES = 1000
SEED = 161
LEVEL = 0.95


class Figure(NamedTuple):
    """A figure and its interval.

    Attributes
    ----------
    value
        The figure, or None where there is nothing to measure.
    low, high
        Ends of its 95% interval; None where there is none, as for a single document.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


def bootstrap(
    documents: int,
    measure: Callable[[Array], Mapping[str, float]],
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> dict[str, Figure]:
    """Return figures with percentile intervals over documents drawn with replacement.

    Documents are drawn and not toponyms, because those of one document are right and wrong
    together (Efron, Tibshirani 1993, An Introduction to the Bootstrap, chapter 13).

    Parameters
    ----------
    documents
        How many documents there are.
    measure
        Function of an array that says how many times each document counts; it returns figures by
        name, NaN where there is nothing to measure.
    replicates
        How many times documents are drawn; 0 for no intervals.
    seed
        Of the drawing.

    Examples
    --------
    >>> right = np.array([1, 1, 1, 0])
    >>> share = bootstrap(4, lambda times: {"share": times @ right / times.sum()})["share"]
    >>> share.value
    0.75
    >>> share.low < 0.75 < share.high
    True
    """
    values = measure(np.ones(documents))
    drawn: dict[str, list[float]] = {name: [] for name in values}
    generator = np.random.default_rng(seed)
    for _ in range(replicates if documents > 1 else 0):
        drawn_documents = generator.integers(documents, size=documents)
        times = np.bincount(drawn_documents, minlength=documents).astype(float)
        for name, value in measure(times).items():
            drawn[name].append(value)
    return {name: _figure(value, drawn[name]) for name, value in values.items()}


def _figure(value: float, drawn: list[float]) -> Figure:
    if np.isnan(value):
        return Figure(None)
    known = np.array(drawn)
    known = known[~np.isnan(known)]
    if not len(known):
        return Figure(float(value))
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(float(value), float(low), float(high))
