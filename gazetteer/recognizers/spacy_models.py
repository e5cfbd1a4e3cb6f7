"""Which places does a spaCy model find in a text?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.errors import BadQueryError, ModelMissingError
from gazetteer.recognizers.labels import place_labels
from gazetteer.recognizers.protocol import FoundName
from gazetteer.recognizers.registry import library
from gazetteer.recognizers.windows import WindowedRecognizer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gazetteer.recognizers.labels import Labels

_NOT_NEEDED = (
    "attribute_ruler",
    "entity_linker",
    "lemmatizer",
    "morphologizer",
    "parser",
    "senter",
    "tagger",
    "textcat",
    "textcat_multilabel",
    "trainable_lemmatizer",
)
"""Components of a pipeline that entities do not wait for."""

_ANY_LANGUAGE = "xx"


def load(
    model: str | None = None,
    *,
    labels: Labels | None = None,
    languages: Collection[str] | None = None,
) -> WindowedRecognizer:
    """Load a pipeline of spaCy as a recogniser.

    It does not say how sure it is: the probability of every name is 1.

    Parameters
    ----------
    model
        Name of an installed model package, or folder of a model.
    labels
        The labels that name places, with the form of what they mark: ``{"GPE": "name", "NORP":
        "demonym"}``. By default LOC, GPE and FAC, all of them names.
    languages
        The languages it is asked for; by default the model's own.

    Raises
    ------
    BadQueryError
        If no model is named, or it has none of the labels.
    LibraryMissingError
        If spaCy is not installed.
    ModelMissingError
        If the model is not on this machine.
    """
    if model is None:
        raise BadQueryError("spacy needs the name of a model, as in spacy:en_core_web_sm.")
    spacy = library("spacy", recognizer="spacy")
    try:
        pipeline = spacy.load(model, exclude=list(_NOT_NEEDED))
    except OSError:
        remedy = "install its package, or name the folder that holds it"
        raise ModelMissingError("spacy", model, remedy) from None
    found = place_labels(labels, _labels_of(pipeline), model)
    own = None if pipeline.lang == _ANY_LANGUAGE else {pipeline.lang}
    asked = own if languages is None else languages
    return WindowedRecognizer(
        _Pipeline(pipeline, found),
        languages=None if asked is None else frozenset(asked),
    )


def _labels_of(pipeline: Any) -> Iterable[str]:
    for _, component in pipeline.pipeline:
        yield from getattr(component, "labels", ())


class _Pipeline:
    """The model as a function of a batch of texts."""

    def __init__(self, pipeline: Any, labels: Mapping[str, str]) -> None:
        self._pipeline = pipeline
        self._labels = labels

    def __call__(self, texts: Sequence[str]) -> list[list[FoundName]]:
        return [
            [
                FoundName(entity.start_char, entity.end_char, form=self._labels[entity.label_])
                for entity in document.ents
                if entity.label_ in self._labels
            ]
            for document in self._pipeline.pipe(texts)
        ]
