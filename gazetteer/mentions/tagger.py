"""Which words name places, persons, organisations? A small convolutional network in numpy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import ThreadpoolController

from gazetteer.data import data_path
from gazetteer.mentions.word_inputs import ROW_COUNT, TABLE_BITS, word_rows, word_shares

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from gazetteer.mentions.word_inputs import Inputs
    from gazetteer.text.tokens import Token

Array = np.ndarray[Any, Any]

_FIRST_MEMORY = 4096  # words whose vectors are kept; the memory grows as needed
_LARGEST_MEMORY = 1 << 17
_BLOCK = 4096  # words that are read at a time
_EPSILON = 1e-5
_LIKELY = 0.3  # probability from which a word is taken to belong to a name


@dataclass(frozen=True)
class Layer:
    """A convolution over three words, with the larger of two outputs, behind a normalisation.

    Attributes
    ----------
    scale, shift
        Of the normalised input, shape (d,).
    kernel
        Shape (3 d, 2 d).
    bias
        Shape (2 d,).
    apart
        How many words the three stand apart.
    """

    scale: Array
    shift: Array
    kernel: Array
    bias: Array
    apart: int


class Tagger:
    """Gives every word of a text the probabilities of its labels.

    Each word is the sum of the vectors of its parts, of the signs around it and of what the
    gazetteer says of it; layers of convolutions then look at its neighbours.

    Parameters
    ----------
    weights
        Arrays as ``tools/recognizer/network.py`` writes them.
    """

    def __init__(self, weights: Mapping[str, Array]) -> None:
        about = json.loads(bytes(weights["about"]).decode())
        self.labels: list[str] = about["labels"]
        self.guidelines: list[str] = about["guidelines"]
        self._languages: dict[str, int] = {lang: i for i, lang in enumerate(about["languages"])}
        self._table, self._scale = weights["table"], weights["table_scale"]
        if self._table.shape[0] != ROW_COUNT:
            raise ValueError(f"The table has {self._table.shape[0]} rows, not {ROW_COUNT}.")
        self._language_vectors = weights["language_vectors"].astype(np.float32)
        self._layers = [
            Layer(
                weights[f"scale{i}"],
                weights[f"shift{i}"],
                weights[f"kernel{i}"],
                weights[f"bias{i}"],
                apart,
            )
            for i, apart in enumerate(about["apart"])
        ]
        self._last_scale, self._last_shift = weights["last_scale"], weights["last_shift"]
        self._out, self._out_bias = weights["out"], weights["out_bias"]
        self._forget()
        # For matrices of this size several threads cost more than they give, most of all where
        # other processes use the cores too.
        self._threads = ThreadpoolController()

    @cached_property
    def _small(self) -> Array:
        """Vectors of the rows that are no parts of words, shape (n, d)."""
        return self._vectors(np.arange(1 << TABLE_BITS, ROW_COUNT))

    def _vectors(self, rows: Array) -> Array:
        vectors: Array = self._table[rows] * self._scale[rows, None].astype(np.float32)
        return vectors

    def _forget(self) -> None:
        self._memory: dict[str, int] = {}
        self._remembered = np.empty((_FIRST_MEMORY, self._table.shape[1]), dtype=np.float32)

    def _word_vectors(self, tokens: Sequence[Token]) -> Array:
        """Return what words are by themselves, shape (n, d); those of new words are remembered."""
        new = {token.surface: token for token in tokens if token.surface not in self._memory}
        if new:
            self._remember(list(new.values()))
        vectors: Array = self._remembered[[self._memory[token.surface] for token in tokens]]
        return vectors

    def _remember(self, words: Sequence[Token]) -> None:
        known = len(self._memory)
        while len(self._remembered) < known + len(words):
            self._remembered = np.concatenate([self._remembered, self._remembered])
        rows = [word_rows(word.surface, word.folded) for word in words]
        shares = np.concatenate([word_shares(of_word) for of_word in rows]).astype(np.float32)
        firsts = np.cumsum([0, *map(len, rows[:-1])])
        vectors = self._vectors(np.concatenate(rows)) * shares[:, None]
        self._remembered[known : known + len(words)] = np.add.reduceat(vectors, firsts, axis=0)
        self._memory |= {word.surface: i for i, word in enumerate(words, known)}

    def tag(self, tokens: Sequence[Token], inputs: Inputs, *, lang: str) -> dict[str, Tags]:
        """Return the probabilities of the labels of each word, by the guideline of annotation.

        Parameters
        ----------
        tokens
            The words of a text.
        inputs
            What is said of them besides themselves.
        lang
            Language of the text.
        """
        if len(self._memory) > _LARGEST_MEMORY:
            self._forget()
        n, seen = len(tokens), sum(layer.apart for layer in self._layers)
        with self._threads.limit(limits=1, user_api="blas"):
            parts = [
                self._tag(tokens, inputs, range(max(0, i - seen), min(n, i + _BLOCK + seen)), lang)[
                    min(i, seen) :
                ][: min(_BLOCK, n - i)]
                for i in range(0, n, _BLOCK)
            ]
        none = np.zeros((0, len(self.guidelines), len(self.labels)), dtype=np.float32)
        found = np.concatenate([none, *parts])
        return {name: Tags(self.labels, found[:, i]) for i, name in enumerate(self.guidelines)}

    def _tag(self, tokens: Sequence[Token], inputs: Inputs, block: range, lang: str) -> Array:
        """Return the probabilities of a block of words, shape (n words, n guidelines, n labels)."""
        x = self._word_vectors(tokens[block.start : block.stop])
        begin, end = np.searchsorted(inputs.words, (block.start, block.stop))
        rows = inputs.rows[begin:end] - (1 << TABLE_BITS)
        words, firsts = np.unique(inputs.words[begin:end] - block.start, return_index=True)
        x[words] += np.add.reduceat(self._small[rows], firsts, axis=0)
        x += self._language_vectors[self._languages.get(lang, len(self._languages))]
        for layer in self._layers:
            x += _convolved(_normalised(x, layer.scale, layer.shift), layer)
        logits = _normalised(x, self._last_scale, self._last_shift) @ self._out + self._out_bias
        logits = logits.reshape(len(x), len(self.guidelines), len(self.labels))
        logits -= logits.max(axis=2, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=2, keepdims=True)
        return logits


class Tags:
    """Probabilities of what each word of a text is.

    Parameters
    ----------
    labels
        ``O``; of each type ``B`` (its first word) and ``I`` (a later one): ``BLOC``, ``ILOC`` ...
    probabilities
        Shape (n words, n labels).
    """

    def __init__(self, labels: Sequence[str], probabilities: Array) -> None:
        self._column = {label: i for i, label in enumerate(labels)}
        self.probabilities = probabilities
        self._sums: dict[str, list[float]] = {}
        self._longer: dict[str, dict[int, tuple[int, int]]] = {}
        self._spans: dict[str, dict[tuple[int, int], None]] = {}
        self.place: Array = self.of("LOC")

    def begin_anew(self, words: Sequence[int]) -> None:
        """Let no name go on with some words: what would be a later word of one is a first one."""
        for label, later in self._column.items():
            if label.startswith("I"):
                first = self._column[f"B{label[1:]}"]
                self.probabilities[words, first] += self.probabilities[words, later]
                self.probabilities[words, later] = 0
        self.place = self.of("LOC")

    def first(self, kind: str) -> Array:
        """Return the probability of each word to be the first of a name of a type."""
        first: Array = self.probabilities[:, self._column[f"B{kind}"]]
        return first

    def inner(self, kind: str) -> Array:
        """Return the probability of each word to be a later one of a name of a type."""
        inner: Array = self.probabilities[:, self._column[f"I{kind}"]]
        return inner

    def of(self, kind: str) -> Array:
        """Return the probability of each word to belong to a name of a type."""
        both: Array = self.first(kind) + self.inner(kind)
        return both

    def mean(self, kind: str, first: int, last: int) -> float:
        """Return the mean probability of words to belong to a name of a type."""
        sums = self._sums.get(kind)
        if sums is None:
            sums = self._sums[kind] = [0.0, *np.cumsum(self.of(kind), dtype=np.float64).tolist()]
        return (sums[last + 1] - sums[first]) / (last + 1 - first)

    def goes_on(self, kind: str, i: int) -> float:
        """Return the probability that a name goes on with a word; 0 behind the last."""
        return float(self.inner(kind)[i]) if i < len(self.probabilities) else 0.0

    def span_probability(self, kind: str, first: int, last: int) -> float:
        """Return the probability of a span to be just a name, its words taken as independent."""
        p = float(self.first(kind)[first]) * float(self.inner(kind)[first + 1 : last + 1].prod())
        return p * (1 - self.goes_on(kind, last + 1))

    def spans(self, kind: str) -> Collection[tuple[int, int]]:
        """Return the likely names of a type in text order, as first and last word."""
        if kind not in self._spans:
            self._spans[kind] = dict.fromkeys(_runs(self.first(kind), self.inner(kind)))
        return self._spans[kind]

    def is_inside(self, kind: str, first: int, last: int) -> bool:
        """Return whether a span is a part of a longer likely name of a type."""
        if kind not in self._longer:
            longer = (span for span in self.spans(kind) if span[0] < span[1])
            self._longer[kind] = {i: span for span in longer for i in range(span[0], span[1] + 1)}
        around = self._longer[kind].get(first)
        return around is not None and last <= around[1] and (first, last) != around

    def is_span(self, kind: str, first: int, last: int) -> bool:
        """Return whether a span is such a name."""
        return (first, last) in self.spans(kind)


def _runs(first: Array, inner: Array) -> Iterator[tuple[int, int]]:
    likely = np.flatnonzero(first + inner > _LIKELY).tolist()
    begin, before = -1, -2
    for i in likely:
        if i != before + 1 or first[i] >= inner[i]:
            if begin >= 0:
                yield begin, before
            begin = i
        before = i
    if begin >= 0:
        yield begin, before


def _normalised(x: Array, scale: Array, shift: Array) -> Array:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON)
    normal: Array = centred / spread * scale + shift
    return normal


def _convolved(x: Array, layer: Layer) -> Array:
    (n, d), apart = x.shape, layer.apart
    around = np.zeros((n + 2 * apart, d), dtype=np.float32)
    around[apart : n + apart] = x
    windows = np.concatenate([around[:n], x, around[2 * apart :]], axis=1)
    both = windows @ layer.kernel + layer.bias
    larger: Array = np.maximum(both[:, :d], both[:, d:])
    return larger


def load_tagger(path: Path) -> Tagger:
    """Read a tagger from a file of weights."""
    with np.load(path, allow_pickle=False) as weights:
        return Tagger({name: weights[name] for name in weights.files})


@cache
def shipped_tagger() -> Tagger:
    """Return the tagger that is shipped."""
    return load_tagger(data_path("models", "tagger.npz"))
