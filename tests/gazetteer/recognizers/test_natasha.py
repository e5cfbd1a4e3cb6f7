"""natasha's model of Russian news finds names at their offsets, with probabilities."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise, product

import numpy as np
import pytest

from gazetteer.errors import ModelMissingError
from gazetteer.recognizers import load_recognizer
from gazetteer.recognizers.natasha_models import load, tag_probabilities

needs_natasha = pytest.mark.skipif(
    not all(map(find_spec, ("natasha", "slovnet", "navec"))),
    reason="natasha is not installed: geoevents[natasha]",
)
_TEXT = (
    "Президент России Владимир Ростов прибыл в Нижний Новгород из Казани. "
    "По данным «Газпрома», взрывы слышны в Харькове и Донецкой области."
)


@pytest.mark.parametrize("length", [1, 2, 5])
def test_tag_probabilities(length):
    """They are the shares of all tag sequences, counted one by one."""
    rng = np.random.default_rng(length)
    emissions, transitions = rng.normal(size=(length, 3)) * 4, rng.normal(size=(3, 3)) * 4
    expected = np.zeros((length, 3))
    for path in product(range(3), repeat=length):
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        weight = np.exp(sum(emissions[i, tag] for i, tag in enumerate(path)) + steps)
        for i, tag in enumerate(path):
            expected[i, tag] += weight
    expected /= expected[0].sum()
    np.testing.assert_allclose(tag_probabilities(emissions, transitions), expected, rtol=1e-9)


def test_tag_probabilities_of_a_long_text():
    """Scores of thousands of words neither overflow nor vanish."""
    emissions = np.tile([50.0, 0.0], (5_000, 1))
    probabilities = tag_probabilities(emissions, np.zeros((2, 2)))
    np.testing.assert_allclose(probabilities[:, 0], 1.0)


@needs_natasha
def test_places():
    """Places are found whole, persons and organisations left out, each with its probability."""
    found = load_recognizer("natasha").find(_TEXT, "ru")
    assert [_TEXT[n.start : n.end] for n in found] == [
        "России",
        "Нижний Новгород",
        "Казани",
        "Харькове",
        "Донецкой области",
    ]
    assert all(0.5 < n.probability <= 1 for n in found)


@needs_natasha
def test_as_slovnet_itself():
    """The spans are those that the library gives."""
    import navec
    import slovnet

    from gazetteer.recognizers import natasha_models

    folder = natasha_models._shipped()
    tagger = slovnet.NER.load(str(next(folder.rglob("slovnet_ner_*.tar"))))
    tagger.navec(navec.Navec.load(str(next(folder.rglob("navec_*.tar")))))
    texts = [_TEXT, "Тихо.", "В Сочи и в Тбилиси, Грузия, прошёл дождь; в Москве снег."]
    expected = [
        [(span.start, span.stop) for span in markup.spans if span.type == "LOC"]
        for markup in tagger.map(texts)
    ]
    found = load_recognizer("natasha").find_all((text, "ru") for text in texts)
    assert [[(n.start, n.end) for n in names] for names in found] == expected


@needs_natasha
def test_other_labels():
    """Organisations can be asked for instead, as places that stand for them."""
    [name] = load(labels={"ORG": "associative"}).find(_TEXT, "ru")
    assert (_TEXT[name.start : name.end], name.form) == ("Газпрома", "associative")


@needs_natasha
def test_only_russian():
    """Texts in other languages are left to our own recogniser."""
    assert load_recognizer("natasha").find("Вибухи в Харкові", "uk") is None


@needs_natasha
def test_a_long_text_and_an_empty_one():
    """Length does not matter, nor does its lack; white space holds nothing."""
    text = "Ничего нового не произошло за весь этот день. " * 2_000 + "Он живёт в Москве."
    recognizer = load_recognizer("natasha")
    assert [text[n.start : n.end] for n in recognizer.find(text, "ru")] == ["Москве"]
    assert recognizer.find("", "ru") == []
    assert recognizer.find(" \n ", "ru") == []


@needs_natasha
def test_resolved(gazetteer):
    """What it finds is resolved, inflected forms too."""
    found = gazetteer.geoparse(_TEXT, recognizer="natasha", recognition="instead")
    places = {r.mention.text: r.place.id for r in found if r.place}
    assert places["Харькове"] == "geonames:706483"
    assert places["России"] == "iso:RU"


@needs_natasha
def test_a_folder_without_the_files(tmp_path):
    """The error names the folder and what it should hold."""
    with pytest.raises(ModelMissingError, match=r"slovnet_ner_\*\.tar"):
        load_recognizer(f"natasha:{tmp_path}")
