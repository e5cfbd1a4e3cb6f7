"""How does the tagger learn? Its network in PyTorch, trained here and written out for numpy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 -- as PyTorch is written

from gazetteer.mentions.word_inputs import ROW_COUNT, is_of_gazetteer, is_part_of_word
from tools.recognizer.corpora import GUIDELINES, LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Array = np.ndarray[Any, Any]

_BETWEEN = 5  # empty words between two texts, more than the layers see
_WARM_UP = 50  # steps until the learning rate is reached
_SLOWEST = 0.02  # share of the learning rate at the end
_GRADIENT = 1.0


@dataclass(frozen=True)
class Example:
    """A text as the network sees it.

    Attributes
    ----------
    guideline, lang
        Numbers of how its corpus was annotated and of its language.
    number, fold
        Its place in the corpus, and the part of the corpus that it is left out with.
    rows, counts, shares
        Rows of the table, how many each word has, and how much each counts.
    allowed
        Which labels each word may have, shape (n words, n labels).
    weight
        How much a word counts.
    """

    guideline: int
    lang: int
    number: int
    fold: int
    rows: Array
    counts: Array
    shares: Array
    allowed: Array
    weight: float


class Network(nn.Module):  # type: ignore[misc]
    """Sums of embeddings, and layers of convolutions over three words, each so many words apart."""

    def __init__(self, width: int, apart: Sequence[int], languages: int, dropout: float) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(ROW_COUNT, width, mode="sum")
        nn.init.normal_(self.table.weight, 0, 0.1)
        self.language = nn.Embedding(languages, width)
        nn.init.zeros_(self.language.weight)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in apart)
        self.layers = nn.ModuleList(
            nn.Conv1d(width, 2 * width, 3, padding=words, dilation=words) for words in apart
        )
        self.last_norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, len(GUIDELINES) * len(LABELS))
        self.dropout = dropout

    def forward(self, batch: Batch) -> torch.Tensor:
        """Return the logits of the labels of each word, by the guidelines of its corpus."""
        x = self.table(batch.rows, batch.starts, per_sample_weights=batch.shares)
        x = (x + self.language(batch.languages)) * batch.filled
        x = F.dropout(x, self.dropout, self.training)
        for norm, layer in zip(self.norms, self.layers, strict=True):
            both = layer((norm(x) * batch.filled).t()[None])[0].t()
            larger = torch.maximum(*both.chunk(2, 1))
            x = x + F.dropout(larger, self.dropout, self.training) * batch.filled
        x = self.last_norm(x)[batch.filled[:, 0] > 0]
        by_guideline = self.out(x).unflatten(1, (len(GUIDELINES), len(LABELS)))
        logits: torch.Tensor = by_guideline[torch.arange(len(x)), batch.guidelines]
        return logits


@dataclass(frozen=True)
class Batch:
    """Several texts, one behind the other, with empty words between them."""

    rows: torch.Tensor
    starts: torch.Tensor
    shares: torch.Tensor
    languages: torch.Tensor
    guidelines: torch.Tensor
    filled: torch.Tensor
    allowed: torch.Tensor
    weights: torch.Tensor

    @classmethod
    def of(
        cls, examples: Sequence[Example], forget: dict[str, float], chance: np.random.Generator
    ) -> Batch:
        """Join texts; some of what is known of each word is forgotten."""
        lengths = np.array([len(e.counts) for e in examples])
        rows = np.concatenate([e.rows for e in examples])
        counts = np.concatenate([e.counts for e in examples])
        shares = np.concatenate([e.shares for e in examples])
        shares = _forgetful(rows, counts, shares, forget, chance)
        stops = np.cumsum(lengths + _BETWEEN)
        total = int(stops[-1])
        at = np.concatenate(
            [np.arange(n) + end - n - _BETWEEN for n, end in zip(lengths, stops, strict=True)]
        )
        padded = np.zeros(total, dtype=np.int64)
        padded[at] = counts
        filled = np.zeros((total, 1), dtype=np.float32)
        filled[at] = 1
        weights = np.array([e.weight for e in examples], dtype=np.float32)
        return cls(
            torch.from_numpy(rows.astype(np.int64)),
            torch.from_numpy(np.cumsum(padded) - padded),
            torch.from_numpy(shares),
            torch.from_numpy(np.repeat([e.lang for e in examples], lengths + _BETWEEN)),
            torch.from_numpy(np.repeat([e.guideline for e in examples], lengths)),
            torch.from_numpy(filled),
            torch.from_numpy(np.concatenate([e.allowed for e in examples])),
            torch.from_numpy(np.repeat(weights, lengths)),
        )


def _forgetful(
    rows: Array, counts: Array, shares: Array, forget: dict[str, float], chance: np.random.Generator
) -> Array:
    """Return the shares of rows without those that are forgotten in this step."""
    n = len(counts)
    whole = np.zeros(len(rows), dtype=bool)
    whole[np.cumsum(counts) - counts] = True
    part = is_part_of_word(rows) & ~whole
    draws = {
        key: np.repeat(chance.random(n) < forget[key], counts)
        for key in ("word", "parts", "gazetteer")
    }
    gone = (
        (draws["word"] & whole)
        | (draws["parts"] & ~draws["word"] & part)
        | (draws["gazetteer"] & is_of_gazetteer(rows))
    )
    kept: Array = np.where(gone, 0, shares).astype(np.float32)
    return kept


def train(
    texts: Sequence[Sequence[Example]], settings: dict[str, Any], *, languages: int
) -> Network:
    """Train a network; the same texts and settings give the same weights on one machine.

    Parameters
    ----------
    texts
        Each text, and its renamed variants behind it: an epoch sees one of them.
    settings
        Those of ``training.toml``.
    languages
        How many languages there are.
    """
    torch.manual_seed(settings["seed"])
    chance = np.random.default_rng(settings["seed"])
    network = Network(settings["width"], settings["apart"], languages, settings["dropout"])
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01, fused=True)
    forget = {key: settings[f"forget_{key}"] for key in ("word", "parts", "gazetteer")}
    size = settings["words_per_step"]
    steps = settings["epochs"] * sum(len(text[0].counts) for text in texts) / size
    step = 0
    for epoch in range(settings["epochs"]):
        losses = []
        examples = [_variant(text, settings["renamed"], chance) for text in texts]
        for part in _parts(examples, size, chance):
            step += 1
            share = min(1, step / _WARM_UP) * max(_SLOWEST, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = settings["learning_rate"] * share
            loss = _loss(network, Batch.of(part, forget, chance))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), _GRADIENT)
            optimizer.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
    return network


def _variant(text: Sequence[Example], renamed: float, chance: np.random.Generator) -> Example:
    """Return a text as it stands, or, in a share of the cases, one of its renamed variants."""
    own, *others = text
    if not others or chance.random() >= renamed:
        return own
    return others[int(chance.integers(len(others)))]


def _loss(network: Network, batch: Batch) -> torch.Tensor:
    """Return the mean surprise at the labels; where a corpus leaves some open, at all of those."""
    logs = F.log_softmax(network(batch), 1).masked_fill(~batch.allowed, -1e9)
    surprise = -torch.logsumexp(logs, 1) * batch.weights
    return surprise.sum() / batch.weights.sum()


def _parts(
    examples: Sequence[Example], size: int, chance: np.random.Generator
) -> Iterator[list[Example]]:
    part: list[Example] = []
    words = 0
    for i in chance.permutation(len(examples)).tolist():
        part.append(examples[i])
        words += len(examples[i].counts)
        if words >= size:
            yield part
            part, words = [], 0
    if part:
        yield part


def write(network: Network, path: Path, languages: Sequence[str]) -> None:
    """Write a network as :class:`gazetteer.mentions.tagger.Tagger` reads it, the table in bytes."""
    state = {name: tensor.detach().numpy() for name, tensor in network.state_dict().items()}
    table = state["table.weight"]
    scale = np.maximum(np.abs(table).max(axis=1) / 127, 1e-4).astype(np.float16)
    quantized = np.clip(np.round(table / scale.astype(np.float32)[:, None]), -127, 127)
    known = state["language.weight"]
    unknown = known.mean(axis=0, keepdims=True)
    about = json.dumps(
        {
            "guidelines": GUIDELINES,
            "labels": LABELS,
            "languages": list(languages),
            "apart": [layer.dilation[0] for layer in network.layers],
        },
        sort_keys=True,
    )
    weights = {
        "about": np.frombuffer(about.encode(), dtype=np.uint8),
        "table": quantized.astype(np.int8),
        "table_scale": scale,
        "language_vectors": np.concatenate([known, unknown]),
        "last_scale": state["last_norm.weight"],
        "last_shift": state["last_norm.bias"],
        "out": np.ascontiguousarray(state["out.weight"].T),
        "out_bias": state["out.bias"],
    }
    for i in range(len(network.layers)):
        kernel = state[f"layers.{i}.weight"]
        flat = kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])
        weights[f"kernel{i}"] = np.ascontiguousarray(flat)
        weights[f"bias{i}"] = state[f"layers.{i}.bias"]
        weights[f"scale{i}"] = state[f"norms.{i}.weight"]
        weights[f"shift{i}"] = state[f"norms.{i}.bias"]
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **weights)
