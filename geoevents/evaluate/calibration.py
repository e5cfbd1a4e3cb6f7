"""Does a probability come true as often as it says?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geoevents.evaluate.intervals import REPLICATES, SEED, Figure, bootstrap

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray[Any, Any]

BINS = 10
THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_ECE = "ece"


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the answers, by their probability.

    Attributes
    ----------
    count
        Number of answers.
    low, high
        Lowest and highest probability.
    stated
        Mean probability.
    right
        Share that is right.
    """

    count: int
    low: float
    high: float
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well probabilities are calibrated.

    Attributes
    ----------
    count
        Number of answers.
    ece
        Expected calibration error: mean distance of stated probability and share that is right,
        over bins of equal count (Naeini, Cooper, Hauskrecht 2015).
    bins
        The bins, by rising probability.
    """

    count: int
    ece: Figure
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What remains when answers below a threshold are left out.

    Attributes
    ----------
    threshold
        Lowest score that is kept.
    count
        Number of answers kept.
    share
        Their share of all answers.
    right
        Share that is right among those kept.
    recall
        Share of all gold toponyms with coordinates that is still answered rightly.
    """

    threshold: float
    count: int
    share: float
    right: Figure
    recall: Figure


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Probabilities and whether they came true.

    Attributes
    ----------
    document
        Number of the document of each, from 0.
    stated
        Each probability.
    right
        Whether it came true: 1 or 0.
    """

    document: Array
    stated: Array
    right: Array

    @classmethod
    def of(cls, document: Sequence[int], stated: Sequence[float], right: Sequence[int]) -> Outcomes:
        """Return outcomes in the order of their probabilities."""
        order = np.argsort(np.asarray(stated, dtype=float), kind="stable")
        return cls(
            np.asarray(document, dtype=np.int64)[order],
            np.asarray(stated, dtype=float)[order],
            np.asarray(right, dtype=float)[order],
        )

    def __len__(self) -> int:
        return len(self.stated)


def calibration(
    outcomes: Outcomes, documents: int, *, replicates: int = REPLICATES, seed: int = SEED
) -> Calibration:
    """Return the expected calibration error in ten bins of equal count.

    Parameters
    ----------
    outcomes
        Probabilities in rising order.
    documents
        How many documents there are.
    replicates, seed
        Of the interval, see :func:`geoevents.evaluate.intervals.bootstrap`.

    Examples
    --------
    >>> sure = Outcomes.of(range(20), [0.9] * 20, [1] * 18 + [0] * 2)
    >>> round(calibration(sure, 20).bins[0].stated, 3)
    0.9
    """
    parts = [part for part in np.array_split(np.arange(len(outcomes)), BINS) if len(part)]
    gaps = np.zeros((documents, max(len(parts), 1)))
    for number, part in enumerate(parts):
        np.add.at(
            gaps[:, number], outcomes.document[part], outcomes.stated[part] - outcomes.right[part]
        )
    counts = np.bincount(outcomes.document, minlength=documents)

    def error(times: Array) -> dict[str, float]:
        total = float(times @ counts)
        return {_ECE: float(np.abs(times @ gaps).sum()) / total if total else math.nan}

    return Calibration(
        count=len(outcomes),
        ece=bootstrap(documents, error, replicates=replicates, seed=seed)[_ECE],
        bins=tuple(
            Bin(
                count=len(part),
                low=float(outcomes.stated[part[0]]),
                high=float(outcomes.stated[part[-1]]),
                stated=float(outcomes.stated[part].mean()),
                right=float(outcomes.right[part].mean()),
            )
            for part in parts
        ),
    )


def keep_table(
    outcomes: Outcomes,
    geocoded: Array,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> list[Kept]:
    """Return what remains at each threshold: answers kept, and right among them.

    Parameters
    ----------
    outcomes
        Scores in rising order.
    geocoded
        Number of gold toponyms with coordinates in each document.
    replicates, seed
        Of the intervals.
    """
    # Of each document, how many answers reach each threshold, and how many of them are right.
    level = np.searchsorted(THRESHOLDS, outcomes.stated, side="right") - 1
    kept = np.zeros((len(geocoded), len(THRESHOLDS)))
    right = np.zeros_like(kept)
    np.add.at(kept, (outcomes.document, level), 1)
    np.add.at(right, (outcomes.document, level), outcomes.right)
    kept, right = _from_here_on(kept), _from_here_on(right)

    def shares(times: Array) -> dict[str, float]:
        numbers, hits, wanted = times @ kept, times @ right, float(times @ geocoded)
        found = {}
        for n, (number, hit) in enumerate(zip(numbers.tolist(), hits.tolist(), strict=True)):
            found[f"right{n}"] = hit / number if number else math.nan
            found[f"recall{n}"] = hit / wanted if wanted else math.nan
        return found

    figures = bootstrap(len(geocoded), shares, replicates=replicates, seed=seed)
    total = len(outcomes)
    return [
        Kept(
            threshold=threshold,
            count=int(count),
            share=int(count) / total if total else 0.0,
            right=figures[f"right{n}"],
            recall=figures[f"recall{n}"],
        )
        for n, (threshold, count) in enumerate(zip(THRESHOLDS, kept.sum(axis=0), strict=True))
    ]


def _from_here_on(counts: Array) -> Array:
    """Return the sums of each column and all after it."""
    sums: Array = np.cumsum(counts[:, ::-1], axis=1)[:, ::-1]
    return sums
