"""How good are predictions, by the field's measures?"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geoevents.evaluate.calibration import Calibration, Kept, Outcomes, calibration, keep_table
from geoevents.evaluate.intervals import REPLICATES, SEED, Figure, bootstrap
from geoevents.evaluate.measures import COUNTS, Measured, measure, ratios
from geoevents.evaluate.mistakes import MOST, Mistake, Sample
from geoevents.evaluate.places import no_outlines
from geoevents.evaluate.spans import EVERYTHING, Convention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoevents.evaluate.annotations import Pair
    from geoevents.evaluate.places import Outlines

Array = np.ndarray[Any, Any]

_MEDIAN = "median_km"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found.

    Attributes
    ----------
    documents, documents_predicted
        Number of documents in gold, and of those among them that the predictions have.
    convention
        What counted as a toponym.
    counts
        Sums over documents, by the names in :data:`geoevents.evaluate.measures.COUNTS`.
    figures
        Figures with their intervals, by the names in :data:`geoevents.evaluate.measures.RATIOS`,
        and ``median_km``.
    score
        Calibration of ``score``: right is within 161 km or inside gold's outline or box.
    p_place
        Calibration of ``p_place``: right is a span of gold.
    p_place_partial
        The same where right is to overlap a span of gold.
    kept
        What remains when answers below a score are left out.
    mistakes
        The mistakes, a sample where there are very many.
    mistake_totals
        How many there are of each kind.
    """

    documents: int
    documents_predicted: int
    convention: Convention
    counts: Mapping[str, float]
    figures: Mapping[str, Figure]
    score: Calibration
    p_place: Calibration
    p_place_partial: Calibration
    kept: list[Kept]
    mistakes: list[Mistake]
    mistake_totals: Mapping[str, int]


def evaluate(
    pairs: Iterable[Pair],
    *,
    convention: Convention = EVERYTHING,
    outlines: Outlines = no_outlines,
    replicates: int = REPLICATES,
    seed: int = SEED,
    most_mistakes: int = MOST,
) -> Evaluation:
    """Measure predictions against gold.

    Parameters
    ----------
    pairs
        Documents with gold and prediction, taken one by one: some numbers of each are kept, its
        text is not.
    convention
        What counts as a toponym.
    outlines
        Where outlines of gold toponyms come from, see :mod:`geoevents.evaluate.places`.
    replicates, seed
        Of the intervals, see :func:`geoevents.evaluate.intervals.bootstrap`.
    most_mistakes
        Number of mistakes of a kind that are kept.

    Examples
    --------
    >>> from geoevents.evaluate import Pair, Toponym
    >>> gold = [Toponym(0, 4, lat=40.4, lon=49.9), Toponym(9, 14, lat=40.7, lon=46.4)]
    >>> answer = [Toponym(0, 4, lat=40.38, lon=49.89, score=0.9)]
    >>> found = evaluate([Pair("a", "Baku and Ganja", gold, answer)])
    >>> found.figures["strict_recall"].value, found.figures["acc161"].value
    (0.5, 0.5)
    >>> [(mistake.kind, mistake.words) for mistake in found.mistakes]
    [('missed', 'Ganja')]
    """
    tally = _Tally(most_mistakes)
    for pair in pairs:
        tally.add(pair, measure(pair, convention=convention, outlines=outlines))
    return tally.evaluation(convention, replicates=replicates, seed=seed)


class _Outcomes:
    """Probabilities and what came of them, as they are gathered."""

    def __init__(self) -> None:
        self._document, self._stated, self._right = array("q"), array("d"), array("b")

    def add(self, document: int, stated: float, right: bool) -> None:  # noqa: FBT001
        self._document.append(document)
        self._stated.append(stated)
        self._right.append(right)

    def sorted(self) -> Outcomes:
        return Outcomes.of(self._document, self._stated, self._right)


class _Tally:
    """Gathers the numbers of many documents."""

    def __init__(self, most_mistakes: int) -> None:
        self._documents = self._predicted = 0
        self._counts = array("d")
        self._errors = _Outcomes()
        self._scores, self._strict, self._partial = _Outcomes(), _Outcomes(), _Outcomes()
        self._sample = Sample(most_mistakes)

    def add(self, pair: Pair, measured: Measured) -> None:
        number = self._documents
        self._documents += 1
        self._predicted += pair.is_predicted
        self._counts.extend(measured.counts[name] for name in COUNTS)
        for km in measured.errors_km:
            self._errors.add(number, km, right=True)
        for score, right in measured.scores:
            self._scores.add(number, score, right)
        for p_place, strict, partial in measured.p_places:
            self._strict.add(number, p_place, strict)
            self._partial.add(number, p_place, partial)
        self._sample.add(pair, measured)

    def evaluation(self, convention: Convention, *, replicates: int, seed: int) -> Evaluation:
        counts = np.frombuffer(self._counts or array("d")).reshape(self._documents, len(COUNTS))
        errors = self._errors.sorted()

        def figures(times: Array) -> dict[str, float]:
            sums = dict(zip(COUNTS, (times @ counts).tolist(), strict=True))
            return ratios(sums) | {_MEDIAN: _median(errors.stated, times[errors.document])}

        drawing = {"replicates": replicates, "seed": seed}
        sums = zip(COUNTS, counts.sum(axis=0).tolist(), strict=True)
        return Evaluation(
            documents=self._documents,
            documents_predicted=self._predicted,
            convention=convention,
            counts=dict(sums),
            figures=bootstrap(self._documents, figures, **drawing),
            score=calibration(self._scores.sorted(), self._documents, **drawing),
            p_place=calibration(self._strict.sorted(), self._documents, **drawing),
            p_place_partial=calibration(self._partial.sorted(), self._documents, **drawing),
            kept=keep_table(self._scores.sorted(), counts[:, COUNTS.index("geocoded")], **drawing),
            mistakes=list(self._sample.kept()),
            mistake_totals={str(kind): n for kind, n in self._sample.totals.items()},
        )


def _median(values: Array, times: Array) -> float:
    """Return the median of values in rising order, each counted so many times."""
    upto = np.cumsum(times)
    total = int(upto[-1]) if len(upto) else 0
    if not total:
        return math.nan
    middle = ((total - 1) // 2, total // 2)
    at = np.searchsorted(upto, middle, side="right")
    return float(values[at].mean())
