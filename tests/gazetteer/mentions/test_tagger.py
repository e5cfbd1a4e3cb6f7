"""The tagger's network: sums of vectors, convolutions, probabilities; and spans from them."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from gazetteer.data import data_path
from gazetteer.mentions.tagger import Tagger, Tags, load_tagger, shipped_tagger
from gazetteer.mentions.word_inputs import ROW_COUNT, Inputs
from gazetteer.text.tokens import tokenize

LABELS = ["O", "BLOC", "ILOC"]
NOTHING = Inputs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


@pytest.fixture(scope="module")
def tagger():
    """Return a tagger with two layers whose weights are drawn at random."""
    chance = np.random.default_rng(1)
    about = {
        "labels": LABELS,
        "guidelines": ["toponyms", "names"],
        "languages": ["ar", "en"],
        "apart": [1, 2],
    }
    weights = {
        "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        "table": chance.integers(-127, 128, (ROW_COUNT, 6), dtype=np.int8),
        "table_scale": np.full(ROW_COUNT, 0.01, dtype=np.float16),
        "language_vectors": chance.normal(size=(3, 6)).astype(np.float32),
        "last_scale": np.ones(6, dtype=np.float32),
        "last_shift": np.zeros(6, dtype=np.float32),
        "out": chance.normal(size=(6, 6)).astype(np.float32),
        "out_bias": np.zeros(6, dtype=np.float32),
    }
    for i in range(2):
        weights[f"kernel{i}"] = chance.normal(size=(18, 12)).astype(np.float32)
        weights[f"bias{i}"] = chance.normal(size=12).astype(np.float32)
        weights[f"scale{i}"] = np.ones(6, dtype=np.float32)
        weights[f"shift{i}"] = np.zeros(6, dtype=np.float32)
    return Tagger(weights)


def tag(tagger, text, lang="en"):
    """Return the probabilities of a text's words by the first guideline."""
    return tagger.tag(tokenize(text), NOTHING, lang=lang)["toponyms"].probabilities


def test_probabilities_add_up_to_one(tagger):
    """For each word, by each guideline."""
    tags = tagger.tag(tokenize("one two three four"), NOTHING, lang="en")
    assert set(tags) == {"toponyms", "names"}
    for guideline in tags.values():
        assert guideline.probabilities.shape == (4, 3)
        np.testing.assert_allclose(guideline.probabilities.sum(axis=1), 1, rtol=1e-5)


def test_a_word_is_read_with_as_many_neighbours_as_the_layers_see(tagger):
    """Two layers of words one and two apart see three words to each side and no more."""
    before, after = tag(tagger, "a b c d e f g"), tag(tagger, "a b c d e f changed")
    np.testing.assert_allclose(before[:3], after[:3], atol=1e-6)
    assert (np.abs(before[3:6] - after[3:6]).max(axis=1) > 1e-3).all()


def test_reading_a_text_again_gives_the_same(tagger):
    """What is kept in memory of words changes nothing, however many there are."""
    once = tag(tagger, "Baku and Tbilisi")
    tag(tagger, " ".join(f"word{i}" for i in range(9_000)))
    np.testing.assert_array_equal(once, tag(tagger, "Baku and Tbilisi"))


def test_the_language_of_a_text_counts(tagger):
    """The same words in another language are another text; unknown languages share one vector."""
    assert not np.allclose(tag(tagger, "la paz"), tag(tagger, "la paz", lang="ar"))
    np.testing.assert_array_equal(tag(tagger, "x", lang="sw"), tag(tagger, "x", lang="xx"))


def test_weights_of_another_table_are_refused(tmp_path):
    """Rows that mean something else must not be read as these."""
    about = json.dumps({"labels": LABELS, "guidelines": ["names"], "languages": []}).encode()
    path = tmp_path / "tagger.npz"
    np.savez(
        path,
        about=np.frombuffer(about, dtype=np.uint8),
        table=np.zeros((5, 6), dtype=np.int8),
        table_scale=np.zeros(5),
    )
    with pytest.raises(ValueError, match="5 rows"):
        load_tagger(path)


def test_spans_begin_anew_where_a_first_word_is_likelier():
    """Two names side by side are two."""
    place = [(0.9, 0.0), (0.1, 0.8), (0.7, 0.2), (0.0, 0.0), (0.4, 0.1)]
    tags = Tags(LABELS, np.array([(1 - b - i, b, i) for b, i in place]))
    assert list(tags.spans("LOC")) == [(0, 1), (2, 2), (4, 4)]
    assert tags.is_span("LOC", 0, 1)
    assert not tags.is_span("LOC", 0, 2)
    assert tags.span_probability("LOC", 0, 1) == pytest.approx(0.9 * 0.8 * 0.8)


def test_the_shipped_tagger_is_small_and_quick_to_load():
    """Less than 15 MB, and there before anybody waits."""
    path = data_path("models", "tagger.npz")
    assert path.stat().st_size < 15e6
    begin = time.perf_counter()
    load_tagger(path)
    assert time.perf_counter() - begin < 3


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Troops entered Qwexxal in the north of Syria.", "en"),
        ("وصل الوزير إلى باكو يوم الثلاثاء", "ar"),
        ("Президент прибыл в Баку во вторник", "ru"),
    ],
)
def test_the_shipped_tagger_sees_places(text, lang):
    """Also ones that no gazetteer holds."""
    tokens = tokenize(text)
    place = shipped_tagger().tag(tokens, NOTHING, lang=lang)["toponyms"].place
    surest = tokens[int(place.argmax())].surface
    assert surest in {"Qwexxal", "Syria", "باكو", "Баку"}
