"""Mistakes are told apart, stand in their sentence, and are a fair sample where there are many."""

import pytest

from geoevents.evaluate import Pair, Toponym, evaluate

TEXT = "It began in Ganja. They flew from New York to باكو on Monday. It ended."


def mention(words, **keys):
    """Return a toponym where words stand."""
    start = TEXT.index(words)
    return Toponym(start, start + len(words), **keys)


def mistakes(gold, predicted, **options):
    """Return the mistakes of one document."""
    pair = Pair("doc", TEXT, gold, predicted, lang="en")
    return evaluate([pair], replicates=0, **options).mistakes


@pytest.mark.parametrize(
    ("gold", "answer", "kinds"),
    [
        ("New York", None, ["missed"]),
        (None, "Monday", ["false"]),
        ("New York", "York", ["ends"]),
    ],
)
def test_kinds_of_recognition(gold, answer, kinds):
    """Missed, false, and found with other ends."""
    found = mistakes([mention(gold)] if gold else [], [mention(answer)] if answer else [])
    assert [mistake.kind for mistake in found] == kinds
    assert found[0].words == (gold or answer)


def test_kinds_of_resolution():
    """Too far is misplaced; without coordinates it is not placed; near is no mistake."""
    gold = mention("Ganja", lat=40.68, lon=46.36)
    far = mention("Ganja", lat=0.0, lon=0.0, score=0.7, name="Ganja Island")
    (found,) = mistakes([gold], [far])
    assert (found.kind, found.answer_name, found.score) == ("misplaced", "Ganja Island", 0.7)
    assert found.gold_point == (40.68, 46.36)
    assert round(found.km) == 6498  # 58.44 degrees of arc: the arc cosine of cos 40.68 cos 46.36
    assert [m.kind for m in mistakes([gold], [mention("Ganja")])] == ["unplaced"]
    assert mistakes([gold], [mention("Ganja", lat=40.0, lon=46.0)]) == []


def test_the_sentence_and_its_marks():
    """The sentence around it alone is shown, and the marks cut the words out of it."""
    (found,) = mistakes([mention("New York")], [mention("York to باكو")])
    assert found.sentence == "They flew from New York to باكو on Monday."
    cut = [found.sentence[slice(*span)] for span in (found.gold_span, found.answer_span)]
    assert cut == ["New York", "York to باكو"]


def test_a_very_long_sentence_is_cut():
    """A document without a full stop does not come whole."""
    text = "word " * 5000 + "Baku" + " word" * 5000
    start = text.index("Baku")
    pair = Pair("doc", text, [Toponym(start, start + 4)], [])
    (found,) = evaluate([pair], replicates=0).mistakes
    assert len(found.sentence) < 500
    assert found.sentence[slice(*found.gold_span)] == "Baku"


def test_a_prediction_outside_the_text_is_a_mistake_and_no_error():
    """Offsets of other systems may have drifted beyond the end."""
    (found,) = mistakes([], [Toponym(10_000, 10_004)])
    assert (found.kind, found.words, found.sentence) == ("false", "", "")


def test_of_very_many_a_sample_is_kept_and_all_are_counted():
    """Each is as likely to be kept; they stay in the order of the documents."""
    pairs = [Pair(f"{n:04}", "Baku", [Toponym(0, 4)], []) for n in range(1000)]
    found = evaluate(pairs, replicates=0, most_mistakes=100)
    ids = [mistake.doc_id for mistake in found.mistakes]
    assert found.mistake_totals["missed"] == 1000
    assert len(ids) == len(set(ids)) == 100
    assert ids == sorted(ids)
    assert 25 < sum(doc_id >= "0500" for doc_id in ids) < 75
