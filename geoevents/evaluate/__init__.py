"""How good is a geoparser? Recognition, resolution and calibration against gold.

A file of gold and one of predictions go in; figures with intervals, and the mistakes themselves,
come out::

    from geoevents import evaluate
    pairs = evaluate.read_pairs("gold.jsonl", "predicted.jsonl")
    found = evaluate.evaluate(pair for pair in pairs if isinstance(pair, evaluate.Pair))
    print(evaluate.as_text(found))
"""

from geoevents.evaluate.annotations import Pair, Toponym, read_toponyms
from geoevents.evaluate.calibration import Bin, Calibration, Kept
from geoevents.evaluate.evaluation import Evaluation, evaluate
from geoevents.evaluate.intervals import Figure, bootstrap
from geoevents.evaluate.measures import Measured, measure
from geoevents.evaluate.mistakes import Mistake
from geoevents.evaluate.page import error_page
from geoevents.evaluate.pairs import Leftovers, read_pairs
from geoevents.evaluate.places import FileOutlines, GazetteerOutlines, Verdict, judge, no_outlines
from geoevents.evaluate.report import as_json, as_text
from geoevents.evaluate.spans import Convention, match, select

__all__ = [
    "Bin",
    "Calibration",
    "Convention",
    "Evaluation",
    "Figure",
    "FileOutlines",
    "GazetteerOutlines",
    "Kept",
    "Leftovers",
    "Measured",
    "Mistake",
    "Pair",
    "Toponym",
    "Verdict",
    "as_json",
    "as_text",
    "bootstrap",
    "error_page",
    "evaluate",
    "judge",
    "match",
    "measure",
    "no_outlines",
    "read_pairs",
    "read_toponyms",
    "select",
]
