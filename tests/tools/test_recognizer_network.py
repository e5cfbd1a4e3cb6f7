"""The tagger's network learns, the same way each time, and is read by numpy as it was trained."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the network is trained with PyTorch")

from gazetteer.mentions.tagger import load_tagger  # noqa: E402 -- only where there is PyTorch
from gazetteer.mentions.word_inputs import Inputs, word_rows, word_shares  # noqa: E402
from gazetteer.text.tokens import tokenize  # noqa: E402
from tools.recognizer import network  # noqa: E402
from tools.recognizer.corpora import LABELS  # noqa: E402

SETTINGS = {
    "seed": 3,
    "width": 8,
    "apart": [1, 2],
    "epochs": 30,
    "words_per_step": 60,
    "learning_rate": 0.02,
    "dropout": 0.0,
    "forget_word": 0.05,
    "forget_parts": 0.0,
    "forget_gazetteer": 0.0,
    "renamed": 0.5,
}
PLACES = {"Baku", "Ovda", "Ganja"}
NOTHING = Inputs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def example(text):
    """Return a text whose places are those of :data:`PLACES`."""
    tokens = tokenize(text)
    rows = [word_rows(token.surface, token.folded) for token in tokens]
    allowed = np.zeros((len(tokens), len(LABELS)), dtype=bool)
    for i, token in enumerate(tokens):
        allowed[i, LABELS.index("BLOC" if token.surface in PLACES else "O")] = True
    return network.Example(
        guideline=0,
        lang=0,
        number=0,
        fold=0,
        rows=np.concatenate(rows).astype(np.int32),
        counts=np.array([len(r) for r in rows]),
        shares=np.concatenate([word_shares(r) for r in rows]).astype(np.float32),
        allowed=allowed,
        weight=1.0,
    )


@pytest.fixture(scope="module")
def examples():
    """Return a few texts, many times."""
    texts = ("He flew to Baku on Monday", "Planes left Ovda for Ganja", "Nobody flew on Monday")
    return [[example(text)] for text in texts for _ in range(8)]


def trained(examples):
    """Return a network that was trained on the examples."""
    torch.set_num_threads(1)
    return network.train(examples, SETTINGS, languages=1)


def test_training_is_reproducible_and_numpy_reads_it(examples, tmp_path):
    """Two trainings give the same bytes, and what they learnt is read without PyTorch."""
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for path in paths:
        network.write(trained(examples), path, ["en"])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    tokens = tokenize("Planes flew to Ganja")
    tags = load_tagger(paths[0]).tag(tokens, NOTHING, lang="en")["toponyms"]
    assert list(tags.spans("LOC")) == [(3, 3)]
    assert tags.place[3] > 0.8
    assert tags.place[:3].max() < 0.2
