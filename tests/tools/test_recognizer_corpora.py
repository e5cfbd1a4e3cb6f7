"""What annotated corpora teach: labels of words, and which labels they leave open."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.text.tokens import tokenize
from tools.recognizer.corpora import (
    GUIDELINES,
    LABELS,
    WRITTEN,
    Corpus,
    folds_of,
    in_cases,
    labels,
    open_labels,
    read_plan,
    spans,
    with_clitics_joined,
    written_texts,
)

MEASURED = Path(__file__).parents[2] / "benchmarks" / "texts" / "news"


@pytest.fixture(scope="module")
def plan():
    """Return the plan that the shipped models are trained by."""
    return read_plan()


def named(text, **names):
    """Return a document whose toponyms and others are given as words."""
    found = {
        kind: [
            {"start": text.index(word), "end": text.index(word) + len(word), **more}
            for word, more in of
        ]
        for kind, of in names.items()
    }
    return {"text": text, "toponyms": [], "others": [], **found}


def label_names(document, plan):
    """Return the labels of a document's words."""
    tokens = tokenize(document["text"])
    return [LABELS[n] for n in labels(tokens, spans(document, plan))]


def test_first_and_later_words_are_told_apart(plan):
    """And a word belongs to a name that covers a part of it."""
    document = named("He left New York's streets", toponyms=[("New York", {})])
    assert label_names(document, plan) == ["O", "O", "BLOC", "ILOC", "O"]


def test_the_longest_place_counts_and_places_go_before_other_names(plan):
    """Of nested names a word has one label only."""
    document = named(
        "Kuwait University in Kuwait City",
        toponyms=[("Kuwait City", {}), ("Kuwait", {}), ("City", {})],
        others=[("Kuwait University", {"kind": "ORG"})],
    )
    assert label_names(document, plan) == ["BLOC", "O", "O", "BLOC", "ILOC"]


def test_demonyms_are_no_places(plan):
    """Whatever a corpus calls them."""
    document = named(
        "Russian and Turkish planes",
        toponyms=[("Russian", {"form": "demonym"})],
        others=[("Turkish", {"kind": "NATIONALITY"})],
    )
    assert label_names(document, plan) == ["BDEM", "O", "BDEM", "O"]


def test_a_corpus_is_silent_on_what_it_does_not_annotate():
    """A word without a label may be a person where persons are not annotated; never a place."""
    silent, telling = open_labels(Corpus("a")), open_labels(Corpus("b", frozenset({"PER"})))
    allowed = [
        {label for label, free in zip(LABELS, of, strict=True) if free} for of in (silent, telling)
    ]
    assert {"O", "BPER", "BORG", "BDEM"} <= allowed[0]
    assert "BPER" not in allowed[1]
    assert not {"BLOC", "ILOC"} & (allowed[0] | allowed[1])


def test_folds_keep_what_belongs_together(plan):
    """Blocks of documents; or all texts of one event."""
    texts = [{"event": f"e{number % 3}"} for number in range(60)]
    blocks = folds_of(Corpus("a"), texts, plan)
    assert blocks[: plan.block] == [0] * plan.block
    assert set(blocks) == set(range(plan.folds))
    events = folds_of(Corpus("b", by_event=True), texts, plan)
    assert {(text["event"], fold) for text, fold in zip(texts, events, strict=True)} == {
        ("e0", 0),
        ("e1", 1),
        ("e2", 2),
    }


def test_some_texts_are_also_read_without_their_capitals():
    """Offsets stay what they are: a text that changes its length is left alone."""
    every = {"lower_every": 2, "upper_every": 4}
    assert list(in_cases("In Baku", 0, every)) == ["In Baku", "in baku", "IN BAKU"]
    assert list(in_cases("In Baku", 1, every)) == ["In Baku"]
    assert list(in_cases("في باكو", 0, every)) == ["في باكو"]
    assert list(in_cases("İzmir", 2, every)) == ["İzmir"]


def test_the_plan_says_how_every_corpus_was_annotated(plan):
    """By one of the two guidelines, with types that exist."""
    assert {corpus.guideline for corpus in plan.corpora} == set(GUIDELINES)
    types = {label[1:] for label in LABELS[1:]}
    assert all(corpus.types <= types for corpus in plan.corpora)


def test_names_are_marked_in_the_texts_that_were_written(tmp_path):
    """Their spans lie in the text without the marks."""
    path = tmp_path / "en.txt"
    path.write_text("⟦P Ann Lee⟧ of ⟦O Acme⟧ left ⟦L Oslo⟧.\n⟦D Danish⟧ rain\n", encoding="utf-8")
    first, second = written_texts(path, "en")
    assert first["text"] == "Ann Lee of Acme left Oslo."
    assert [first["text"][t["start"] : t["end"]] for t in first["toponyms"]] == ["Oslo"]
    assert [(o["start"], o["end"], o["kind"]) for o in first["others"]] == [
        (0, 7, "PER"),
        (11, 15, "ORG"),
    ]
    assert [(t["form"], t["end"]) for t in second["toponyms"]] == [("demonym", 6)]


@pytest.mark.parametrize(
    "path", sorted([*WRITTEN.glob("*.txt"), *MEASURED.glob("*.txt")]), ids=lambda path: path.stem
)
def test_every_mark_in_the_texts_that_were_written_is_read(path):
    """None is left in a text, no text stands twice, and names begin and end in letters."""
    texts = list(written_texts(path, "und"))
    assert len({text["text"] for text in texts}) == len(texts)
    for text in texts:
        assert not {"⟦", "⟧"} & set(text["text"]), text["text"]
        for name in [*text["toponyms"], *text["others"]]:
            words = text["text"][name["start"] : name["end"]]
            assert words == words.strip(), text["text"]


def test_nothing_that_is_measured_with_is_trained_on():
    """Not one passage of the benchmark is among the texts that were written for training."""
    trained = {text for path in WRITTEN.glob("*.txt") for text in plain_texts(path)}
    measured = {text for path in MEASURED.glob("*.txt") for text in plain_texts(path)}
    assert measured
    assert not trained & measured


def plain_texts(path):
    """Return the texts of a file without their marks."""
    return [text["text"] for text in written_texts(path, "und")]


def test_clitics_are_joined_with_their_words():
    """Spans move along; independent pronouns and other short words stay apart."""
    text = "و زار ب غداد و هم من ل الصين عاد مع ها"
    places = [(8, 12), (23, 28)]
    document = {"text": text, "toponyms": [{"start": a, "end": b} for a, b in places]}
    joined = with_clitics_joined(document)
    assert joined["text"] == "وزار بغداد وهم من للصين عاد معها"
    found = [joined["text"][t["start"] : t["end"]] for t in joined["toponyms"]]
    assert found == ["غداد", "لصين"]
