"""Which places does natasha's model of Russian news find in a text?"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.errors import LibraryMissingError, ModelMissingError
from gazetteer.recognizers.labels import entity_of, place_labels
from gazetteer.recognizers.registry import library
from gazetteer.recognizers.tagged import TaggedWord, Tags
from gazetteer.recognizers.windows import WindowedRecognizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.recognizers.labels import Labels
    from gazetteer.recognizers.protocol import FoundName

_NAME = "natasha"
_RUSSIAN = frozenset({"ru"})
_TAGGER = "slovnet_ner_*.tar"
_WORDS = "navec_*.tar"


def load(model: str | None = None, *, labels: Labels | None = None) -> WindowedRecognizer:
    """Load the named-entity model of natasha's slovnet as a recogniser of Russian.

    Of the package natasha only the weights are used: its grammar and syntax are not imported.

    Parameters
    ----------
    model
        Folder with the files ``slovnet_ner_*.tar`` and ``navec_*.tar``; by default the ones that
        come with the package natasha.
    labels
        The labels that name places, with the form of what they mark; by default LOC, as names.

    Raises
    ------
    LibraryMissingError
        If slovnet, navec or natasha is not installed.
    ModelMissingError
        If the folder does not hold the files.
    """
    slovnet = library("slovnet", recognizer=_NAME)
    navec = library("navec", recognizer=_NAME)
    folder = _shipped() if model is None else Path(model)
    tagger = slovnet.NER.load(str(_file(folder, _TAGGER)))
    tagger.navec(navec.Navec.load(str(_file(folder, _WORDS))))
    return WindowedRecognizer(_Tagger(tagger, labels), languages=_RUSSIAN, size=5_000)


def _shipped() -> Path:
    spec = find_spec("natasha")
    if spec is None or spec.origin is None:
        remedy = f"pip install 'geoevents[{_NAME}]'"
        raise LibraryMissingError(_NAME, "No module named 'natasha'", remedy)
    return Path(spec.origin).parent / "data"


def _file(folder: Path, pattern: str) -> Path:
    found = sorted(folder.rglob(pattern))
    if not found:
        remedy = f"it is a folder that holds {pattern}; without one, natasha's own is taken"
        raise ModelMissingError(_NAME, str(folder), remedy)
    return found[-1]


class _Tagger:
    """The model as a function of a batch of texts, with the probability of every tag."""

    def __init__(self, tagger: Any, labels: Labels | None) -> None:
        self._tagger = tagger
        self._tokenize = library("slovnet.token", recognizer=_NAME).tokenize
        tags = list(tagger.infer.decoder.tags_vocab.items)
        held = {entity_of(tag) for tag in tags if "-" in tag}
        self._tags = Tags(tags, place_labels(labels, held, _NAME))

    def __call__(self, texts: Sequence[str]) -> list[list[FoundName]]:
        infer = self._tagger.infer
        words = [list(self._tokenize(text)) for text in texts]
        probabilities: list[np.ndarray] = []
        for batch in infer.encoder([[word.text for word in line] for line in words if line]):
            emissions = infer.model(batch.word_id, batch.shape_id, batch.pad_mask)
            transitions = infer.model.head.crf.transitions.array
            lengths = (~batch.pad_mask).sum(axis=1)
            probabilities += [
                tag_probabilities(line[:length], transitions)
                for line, length in zip(emissions, lengths, strict=True)
            ]
        ready = iter(probabilities)
        return [
            self._tags.spans(
                TaggedWord(word.start, word.stop, p)
                for word, p in zip(line, next(ready), strict=True)
            )
            if line
            else []
            for line in words
        ]


def tag_probabilities(emissions: np.ndarray, transitions: np.ndarray) -> np.ndarray:
    """Return how likely each tag is for each word in a linear-chain CRF.

    Forward-backward algorithm (Rabiner 1989, section III.A), in logarithms.

    Parameters
    ----------
    emissions
        Scores of the tags, shape ``(words, tags)``.
    transitions
        Scores of a tag behind another, shape ``(tags, tags)``, from row to column.

    Returns
    -------
    numpy.ndarray
        Shape ``(words, tags)``; each row sums to 1.
    """
    forward = np.array(emissions, dtype=np.float64)
    backward = np.zeros_like(forward)
    for i in range(1, len(forward)):
        forward[i] += _log_sum(forward[i - 1][:, None] + transitions, axis=0)
    for i in range(len(forward) - 2, -1, -1):
        backward[i] = _log_sum(transitions + emissions[i + 1] + backward[i + 1], axis=1)
    scores = forward + backward
    shares: np.ndarray = np.exp(scores - _log_sum(scores, axis=1)[:, None])
    return shares


def _log_sum(scores: np.ndarray, *, axis: int) -> np.ndarray:
    highest = scores.max(axis=axis, keepdims=True)
    total: np.ndarray = np.log(np.exp(scores - highest).sum(axis=axis)) + highest.squeeze(axis)
    return total
