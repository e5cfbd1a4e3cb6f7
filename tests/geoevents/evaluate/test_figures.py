"""Figures, intervals and calibration are those of their definitions."""

import math
from itertools import count

import numpy as np
import pytest

from geoevents.evaluate import Convention, Pair, Toponym, as_json, as_text, bootstrap, evaluate
from geoevents.evaluate.calibration import Outcomes, calibration, keep_table
from geoevents.evaluate.measures import FARTHEST_KM

TEXT = "From Baku to Ganja, Shusha and Lankaran"
KM_OF_DEGREE = math.pi * 6371 / 180
DRAWN = {"replicates": 200}


def mention(name, lat=None, lon=None, **keys):
    """Return a toponym where a name stands."""
    start = TEXT.index(name)
    return Toponym(start, start + len(name), lat=lat, lon=lon, **keys)


@pytest.fixture
def found():
    """Return an evaluation of one document: right, too far, in the box, missed; one false."""
    gold = [
        mention("Baku", 40.0, 50.0),
        mention("Ganja", 40.0, 46.0),
        mention("Shusha", 39.0, 46.0, box=(40.0, 38.0, 50.0, 42.0)),
        mention("Lankaran", 38.0, 48.0),
    ]
    predicted = [
        mention("Baku", 40.0, 50.0, score=0.9, p_place=0.9),
        mention("Ganja", 50.0, 46.0, score=0.8, p_place=0.8),
        mention("Shusha", 41.0, 46.0, score=0.4, p_place=0.7),
        mention("From", 1.0, 1.0, score=0.3, p_place=0.1),
        mention("karan", 38.0, 48.0, score=0.6, p_place=0.6),
    ]
    return evaluate([Pair("a", TEXT, gold, predicted)])


def test_recognition_counts_equal_and_overlapping_spans(found):
    """Three of four are found exactly, the fourth in part, one of five is false."""
    values = {name: figure.value for name, figure in found.figures.items()}
    assert values["strict_precision"] == 3 / 5
    assert values["strict_recall"] == 3 / 4
    assert values["strict_f1"] == pytest.approx(2 * 3 / 9)
    assert (values["partial_precision"], values["partial_recall"]) == (4 / 5, 1.0)


def test_resolution_counts_over_all_geocoded_gold(found):
    """What was not found with its span is wrong; a box makes up for distance only in its figure."""
    values = {name: figure.value for name, figure in found.figures.items()}
    assert values["acc161"] == values["acc20"] == values["acc161_or_area"] == 1 / 4
    assert values["acc161_answered"] == 1 / 3
    assert values["acc161_or_box"] == 1.0
    assert values["median_km"] == pytest.approx(2 * KM_OF_DEGREE)
    assert values["mean_km"] == pytest.approx(12 * KM_OF_DEGREE / 3)
    logs = [math.log(d * KM_OF_DEGREE + 1) / math.log(FARTHEST_KM + 1) for d in (0, 10, 2)]
    assert values["auc_answered"] == pytest.approx(sum(logs) / 3)
    assert values["auc"] == pytest.approx((sum(logs) + 1) / 4)
    assert values["e2e_recall161"] == 2 / 4
    assert values["e2e_precision161"] == 2 / 5


def test_scores_are_judged_on_gold_spans_alone(found):
    """Right is within 161 km or inside area or box: 0.9 and 0.4 are, 0.8 is not."""
    assert found.score.count == 3
    assert found.score.ece.value == pytest.approx((0.1 + 0.8 + 0.6) / 3)
    assert found.p_place.count == found.p_place_partial.count == 5
    assert found.p_place.ece.value == pytest.approx((0.1 + 0.2 + 0.3 + 0.1 + 0.6) / 5)
    assert found.p_place_partial.ece.value == pytest.approx((0.1 + 0.2 + 0.3 + 0.1 + 0.4) / 5)


def test_keeping_sure_answers(found):
    """At 0.5 two of three answers are left, one of them right, of four in gold."""
    row = next(row for row in found.kept if row.threshold == 0.5)
    assert (row.count, row.share, row.right.value, row.recall.value) == (2, 2 / 3, 0.5, 0.25)


def test_one_document_has_no_interval(found):
    """Its figures say nothing of other documents."""
    assert found.figures["strict_f1"].low is None


def test_nothing_to_measure_is_none_and_no_number():
    """No coordinates, no predictions: recall is 0, accuracy does not exist."""
    found = evaluate([Pair("a", TEXT, [mention("Baku")], [])] * 2, **DRAWN)
    assert found.figures["strict_recall"].value == 0
    assert found.figures["acc161"].value is None
    assert found.score.ece.value is None
    assert as_json(found)["figures"]["acc161"] == {"value": None, "low": None, "high": None}
    assert "acc@161 km                  -" in as_text(found)


def test_no_document_at_all_is_no_error():
    """Every figure is then zero or None."""
    assert evaluate([]).documents == 0


def test_intervals_hold_the_value_and_narrow_with_more_documents():
    """Of 400 documents the interval is about half as wide as of 100."""
    widths = []
    for documents in (100, 400):
        right = np.arange(documents) % 4 > 0
        share = bootstrap(documents, lambda times, r=right: {"x": float(times @ r / times.sum())})
        assert share["x"].low < share["x"].value == 0.75 < share["x"].high
        widths.append(share["x"].high - share["x"].low)
    assert widths[0] / widths[1] == pytest.approx(2, rel=0.2)
    # The width that the binomial distribution gives.
    assert widths[0] == pytest.approx(2 * 1.96 * math.sqrt(0.75 * 0.25 / 100), rel=0.15)


def test_documents_are_drawn_and_not_toponyms():
    """Twenty toponyms right or wrong together say no more than one does."""

    def pairs(each):
        gold = [Toponym(i, i + 1) for i in range(each)]
        return [Pair(str(n), "", gold, gold if n % 2 else []) for n in range(50)]

    one, twenty = (evaluate(pairs(n), **DRAWN).figures["strict_recall"] for n in (1, 20))
    assert one == twenty


def test_the_same_files_give_the_same_intervals():
    """The seed is fixed; another seed gives others."""
    pairs = [Pair(str(n), "", [Toponym(0, 1)], [Toponym(0, 1)][: n % 2]) for n in range(30)]
    first, second = evaluate(pairs, **DRAWN), evaluate(pairs, **DRAWN)
    assert first.figures == second.figures
    assert evaluate(pairs, seed=2, **DRAWN).figures != first.figures


def test_the_median_of_a_resample_counts_documents_as_often_as_drawn():
    """With an even count it is the mean of the middle two."""
    gold = Toponym(0, 1, lat=0.0, lon=0.0)
    pairs = [
        Pair(str(n), "", [gold], [Toponym(0, 1, lat=float(n), lon=0.0)]) for n in (1, 2, 4, 50)
    ]
    median = evaluate(pairs, **DRAWN).figures["median_km"]
    assert median.value == pytest.approx(3 * KM_OF_DEGREE)
    assert median.low == pytest.approx(KM_OF_DEGREE)
    assert median.high <= 50 * KM_OF_DEGREE


def test_a_calibrated_score_has_no_error_and_a_boastful_one_has():
    """Bins hold equal counts; stated 0.8 with 0.6 right is off by 0.2."""
    numbers = range(1000)
    stated = [0.1 + 0.8 * (n // 100) / 9 for n in numbers]
    honest = [(n % 100) < round(100 * s) for n, s in zip(numbers, stated, strict=True)]
    found = calibration(Outcomes.of(numbers, stated, honest), 1000, **DRAWN)
    assert found.ece.value < 0.005
    assert [one.count for one in found.bins] == [100] * 10
    boastful = Outcomes.of(numbers, [0.8] * 1000, [n % 10 < 6 for n in numbers])
    assert calibration(boastful, 1000, **DRAWN).ece.value == pytest.approx(0.2)


def test_thresholds_keep_answers_of_just_their_score():
    """A score of 0.9 is kept at 0.9 and not at 0.95."""
    outcomes = Outcomes.of([0, 1], [0.9, 0.5], [1, 0])
    rows = {row.threshold: row for row in keep_table(outcomes, np.array([1, 3]), **DRAWN)}
    assert [rows[t].count for t in (0.0, 0.5, 0.6, 0.9, 0.95)] == [2, 2, 1, 1, 0]
    assert (rows[0.9].right.value, rows[0.9].recall.value) == (1.0, 0.25)
    assert rows[0.95].right.value is None


def test_the_convention_is_part_of_the_result():
    """A figure without it cannot be compared."""
    convention = Convention(forms=frozenset({"name", "null"}), words=True)
    written = as_json(evaluate([], convention=convention))
    assert written["convention"] == {
        "forms": ["name", "null"],
        "flat": False,
        "words": True,
        "geocoded_only": False,
    }


def test_pairs_are_taken_one_by_one():
    """A stream without end in memory: each pair is measured before the next is made."""
    alive = count()
    latest = []

    def stream():
        for number in range(5):
            latest.append(next(alive))
            yield Pair(str(number), "", [], [])

    assert evaluate(stream(), replicates=0).documents == len(latest) == 5
