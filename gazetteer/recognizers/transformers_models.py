"""Which places does a token-classification model of Hugging Face find in a text?"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.errors import BadQueryError, ModelMissingError
from gazetteer.recognizers.labels import entity_of, place_labels
from gazetteer.recognizers.registry import library
from gazetteer.recognizers.tagged import TaggedWord, Tags
from gazetteer.recognizers.windows import WindowedRecognizer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import numpy as np

    from gazetteer.recognizers.labels import Labels
    from gazetteer.recognizers.protocol import FoundName

_NAME = "transformers"
_SHARED = 64  # pieces that neighbouring windows of the model share, at most a quarter of one
_LARGEST_STATED = 1_000_000  # a tokenizer without a limit of its own states an astronomical one
_OFFSET_POSITIONS = 2  # positions that RoBERTa and its kin count off before the first piece


def load(
    model: str | None = None,
    *,
    labels: Labels | None = None,
    languages: Collection[str] | None = None,
    device: str = "cpu",
    batch: int = 8,
    online: bool = False,
) -> WindowedRecognizer:
    """Load a model for token classification as a recogniser.

    Parameters
    ----------
    model
        Folder of a saved model with its fast tokenizer, or the name of one that Hugging Face's
        cache on this machine holds.
    labels
        The labels that name places, with the form of what they mark, without B- and I-. By
        default LOC, GPE, FAC and LOCATION, all of them names.
    languages
        The languages it is asked for; by default all.
    device
        Where torch computes.
    batch
        Windows of the model that are computed at a time.
    online
        Whether a model that is not on this machine may be downloaded.

    Raises
    ------
    BadQueryError
        If no model is named, it has none of the labels, or its tokenizer gives no offsets.
    LibraryMissingError
        If transformers or torch is not installed.
    ModelMissingError
        If the model is not on this machine.
    """
    if model is None:
        raise BadQueryError("transformers needs a model, as in transformers:/models/my-ner.")
    if not online:
        # Parts of the library ask the network whatever they are told, unless this is set.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    library("torch", recognizer=_NAME)
    transformers = library(_NAME, recognizer=_NAME)
    try:
        source = model if online or Path(model).is_dir() else _cached(model)
        tokenizer, network = _loaded(transformers, source, online=online)
    except (OSError, ValueError) as error:
        remedy = "name the folder of a saved model, or one that is in Hugging Face's cache"
        why = str(error).partition("\n")[0].rstrip(".")
        raise ModelMissingError(_NAME, model, remedy, why=why) from None
    if not tokenizer.is_fast:
        raise BadQueryError(f"The tokenizer of {model!r} gives no offsets: it needs a fast one.")
    tags = [str(network.config.id2label[i]) for i in range(network.config.num_labels)]
    held = {entity_of(tag) for tag in tags} - {""}
    return WindowedRecognizer(
        _Classifier(
            tokenizer,
            network.to(device).eval(),
            Tags(tags, place_labels(labels, held, model)),
            batch=batch,
        ),
        languages=None if languages is None else frozenset(languages),
    )


def _loaded(transformers: Any, source: str, *, online: bool) -> tuple[Any, Any]:
    """Return tokenizer and network, loaded without a progress bar."""
    log = transformers.utils.logging
    shown = log.is_progress_bar_enabled()
    log.disable_progress_bar()
    local = {"local_files_only": not online}
    try:
        return (
            transformers.AutoTokenizer.from_pretrained(source, **local),
            transformers.AutoModelForTokenClassification.from_pretrained(source, **local),
        )
    finally:
        if shown:
            log.enable_progress_bar()


def _cached(model: str) -> str:
    """Return the folder of Hugging Face's cache that holds a model.

    The library finds it as well, but may ask the network on its way.
    """
    hub = library("huggingface_hub", recognizer=_NAME)
    try:
        config = hub.try_to_load_from_cache(model, "config.json")
    except ValueError:  # a path, and no name
        config = None
    if not isinstance(config, str):
        raise FileNotFoundError("it is no folder, and not in the cache")
    return str(Path(config).parent)


class _Piece(NamedTuple):
    """A piece of a word, its place in the text, and how far the window's edge is from it."""

    start: int
    end: int
    word: int | None
    context: int
    probabilities: np.ndarray


class _Classifier:
    """The model as a function of a batch of texts, with the probability of every tag."""

    def __init__(self, tokenizer: Any, network: Any, tags: Tags, *, batch: int) -> None:
        self._tokenizer = tokenizer
        self._network = network
        self._tags = tags
        self._batch = batch
        self._length = _window_length(tokenizer, network.config)

    def __call__(self, texts: Sequence[str]) -> list[list[FoundName]]:
        if not texts:
            return []
        encoded = self._tokenizer(
            list(texts),
            truncation=True,
            max_length=self._length,
            stride=min(_SHARED, self._length // 4),
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        text_of = encoded["overflow_to_sample_mapping"]
        pieces: list[list[_Piece]] = [[] for _ in texts]
        for window, probabilities in enumerate(self._probabilities(encoded)):
            pieces[text_of[window]] += _pieces(encoded, window, probabilities)
        return [
            self._tags.spans(_words(text, _once(found)))
            for text, found in zip(texts, pieces, strict=True)
        ]

    def _probabilities(self, encoded: Any) -> Iterator[np.ndarray]:
        """Yield the probabilities of tags, shape ``(pieces, tags)``, for each window."""
        import torch

        wanted = [name for name in self._tokenizer.model_input_names if name in encoded]
        count = len(encoded["input_ids"])
        for begin in range(0, count, self._batch):
            part = {name: encoded[name][begin : begin + self._batch] for name in wanted}
            padded = self._tokenizer.pad(part, return_tensors="pt").to(self._network.device)
            with torch.inference_mode():
                logits = self._network(**padded).logits.float()
            yield from logits.softmax(dim=-1).cpu().numpy()


def _window_length(tokenizer: Any, config: Any) -> int:
    """Return how many pieces the model takes at a time, its special ones among them."""
    stated = int(tokenizer.model_max_length)
    positions = getattr(config, "max_position_embeddings", None)
    limits = [stated] if stated < _LARGEST_STATED else []
    if positions:
        limits.append(positions if limits else positions - _OFFSET_POSITIONS)
    return min(limits, default=512)


def _pieces(encoded: Any, window: int, probabilities: np.ndarray) -> Iterator[_Piece]:
    offsets = encoded["offset_mapping"][window]
    special = encoded["special_tokens_mask"][window]
    words = encoded.word_ids(window)
    for i, (start, end) in enumerate(offsets):
        if not special[i] and start < end:
            context = min(i, len(offsets) - 1 - i)
            yield _Piece(start, end, words[i], context, probabilities[i])


def _once(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Return each piece once, in text order: of two windows, as the one saw it that saw more."""
    best: dict[tuple[int, int], _Piece] = {}
    for piece in pieces:
        rival = best.get((piece.start, piece.end))
        if rival is None or piece.context > rival.context:
            best[piece.start, piece.end] = piece
    return sorted(best.values(), key=lambda piece: (piece.start, piece.end))


def _words(text: str, pieces: Sequence[_Piece]) -> Iterator[TaggedWord]:
    """Yield words with the tags of their first pieces, the only ones that models learn."""
    start = end = 0
    word: int | None = None
    probabilities: np.ndarray | None = None
    for piece in pieces:
        begin, stop = _trimmed(text, piece.start, piece.end)
        if begin >= stop:
            continue
        if probabilities is not None and begin < end:
            end = max(end, stop)
            continue
        joined = piece.word == word and begin == end and _is_one_word(text[end - 1], text[begin])
        if probabilities is not None and joined:
            end = stop
            continue
        if probabilities is not None:
            yield TaggedWord(start, end, probabilities)
        start, end, word, probabilities = begin, stop, piece.word, piece.probabilities
    if probabilities is not None:
        yield TaggedWord(start, end, probabilities)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut white space off a piece: some tokenizers count what stands before a word to it."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _is_one_word(before: str, after: str) -> bool:
    """Whether two characters side by side belong to one word."""
    return all(
        (char.isalnum() or unicodedata.category(char).startswith("M"))
        and unicodedata.east_asian_width(char) != "W"
        for char in (before, after)
    )
