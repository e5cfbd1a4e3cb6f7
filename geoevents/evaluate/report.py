"""How does an evaluation read, as text and as JSON?"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geoevents.evaluate.intervals import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.evaluate.calibration import Calibration, Kept
    from geoevents.evaluate.evaluation import Evaluation
    from geoevents.evaluate.intervals import Figure

SECTIONS: dict[str, dict[str, str]] = {
    "recognition": {
        "strict_precision": "precision, same span",
        "strict_recall": "recall, same span",
        "strict_f1": "F1, same span",
        "partial_precision": "precision, overlapping",
        "partial_recall": "recall, overlapping",
        "partial_f1": "F1, overlapping",
    },
    "resolution of gold spans": {
        "acc161": "acc@161 km",
        "acc161_or_area": "acc@161 km or in area",
        "acc161_or_box": "acc@161 km or in box",
        "acc20": "acc@20 km",
        "acc161_answered": "acc@161 km of answered",
        "median_km": "median error km",
        "mean_km": "mean error km",
        "auc": "AUC of log error, all",
        "auc_answered": "AUC of log error, answered",
    },
    "end to end": {
        "e2e_recall161": "recall@161 km",
        "e2e_recall_area": "recall@161 km or in area",
        "e2e_precision161": "precision@161 km",
        "e2e_precision_area": "precision@161 km or in area",
    },
}
"""The figures as they are read, under their headings."""

_KM = frozenset({"median_km", "mean_km"})
_DIGITS = 6
_ABSENT = "-"


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as an object for JSON, without its mistakes.

    Returns
    -------
    dict
        ``documents``, ``documents_predicted``, ``convention``, ``counts``, ``figures`` (by name
        ``{value, low, high}``), ``calibration`` (of ``score``, ``p_place``, ``p_place_partial``),
        ``kept`` and ``mistakes`` (how many of each kind). What cannot be measured is None.
    """
    forms = evaluation.convention.forms
    return {
        "documents": evaluation.documents,
        "documents_predicted": evaluation.documents_predicted,
        "convention": asdict(evaluation.convention) | {"forms": sorted(forms) if forms else None},
        "counts": {name: _rounded(count) for name, count in evaluation.counts.items()},
        "figures": {name: _figure(figure) for name, figure in evaluation.figures.items()},
        "calibration": {
            "score": _calibration(evaluation.score),
            "p_place": _calibration(evaluation.p_place),
            "p_place_partial": _calibration(evaluation.p_place_partial),
        },
        "kept": [_kept(row) for row in evaluation.kept],
        "mistakes": dict(evaluation.mistake_totals),
    }


def as_text(evaluation: Evaluation) -> str:
    """Return an evaluation as lines to read."""
    return "\n".join(_lines(evaluation)) + "\n"


def _lines(evaluation: Evaluation) -> Iterator[str]:
    counts = {name: int(count) for name, count in evaluation.counts.items()}
    yield f"documents    {evaluation.documents} ({evaluation.documents_predicted} in predictions)"
    yield f"toponyms     gold {counts['gold']}, predicted {counts['predicted']}"
    yield f"geocoded     {counts['geocoded']}, answered {counts['answered']}"
    yield f"in brackets  {LEVEL:.0%} intervals over documents"
    for heading, figures in SECTIONS.items():
        yield ""
        yield heading
        for name, label in figures.items():
            yield f"  {label:<28}{_shown(evaluation.figures[name], 1 if name in _KM else 3)}"
    yield from _calibration_lines(evaluation)
    yield from _kept_lines(evaluation)
    yield ""
    totals = evaluation.mistake_totals
    yield "mistakes     " + ", ".join(f"{kind} {count}" for kind, count in totals.items())


def _calibration_lines(evaluation: Evaluation) -> Iterator[str]:
    rows = {
        "score": evaluation.score,
        "p_place, same span": evaluation.p_place,
        "p_place, overlapping": evaluation.p_place_partial,
    }
    yield ""
    yield "calibration (ECE in ten bins of equal count)"
    for label, found in rows.items():
        of = f"   of {found.count}" if found.count else ""
        yield f"  {label:<28}{_shown(found.ece)}{of}"


def _kept_lines(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.score.count:
        return
    yield ""
    yield "  score >=     kept  share   right among kept       right of all geocoded"
    for row in evaluation.kept:
        yield (
            f"  {row.threshold:<8.2f}{row.count:>9}{row.share:>7.3f}   "
            f"{_shown(row.right):<23}{_shown(row.recall)}"
        )


def _shown(figure: Figure, digits: int = 3) -> str:
    if figure.value is None:
        return _ABSENT
    value = f"{figure.value:.{digits}f}"
    if figure.low is None:
        return value
    return f"{value} [{figure.low:.{digits}f} {figure.high:.{digits}f}]"


def _figure(figure: Figure) -> dict[str, float | None]:
    return {name: _rounded(value) for name, value in figure._asdict().items()}


def _calibration(found: Calibration) -> dict[str, Any]:
    bins = [{k: _rounded(v) for k, v in asdict(one).items()} for one in found.bins]
    return {"count": found.count, "ece": _figure(found.ece), "bins": bins}


def _kept(row: Kept) -> dict[str, Any]:
    return {
        "threshold": row.threshold,
        "count": row.count,
        "share": _rounded(row.share),
        "right": _figure(row.right),
        "recall": _figure(row.recall),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
