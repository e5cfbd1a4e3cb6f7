"""Train the recogniser: from annotated texts to the tagger's weights and the judge's.

Run ``GEOEVENTS_BENCH=... python -m tools.recognizer`` (needs PyTorch and scikit-learn). The judge
weighs texts that a tagger trained without them has tagged: those of ``--folds``. Then the tagger is
trained on everything. ``--fold-models FOLDER`` keeps the taggers of the folds, each with a judge
trained on the other folds, to measure with (``benchmarks/places.py --folds FOLDER``);
``--leave-out NAME`` trains without a corpus.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch

from gazetteer.index.cache import open_store
from gazetteer.mentions.features import TextView
from gazetteer.mentions.held_names import named_matches
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.mentions.tagger import load_tagger
from gazetteer.mentions.word_inputs import text_inputs, word_rows, word_shares
from gazetteer.text.tokens import tokenize
from tools.recognizer import judge, network
from tools.recognizer.corpora import (
    GUIDELINES,
    LABELS,
    Corpus,
    Plan,
    folds_of,
    in_cases,
    labels,
    open_labels,
    read_plan,
    spans,
    texts_of,
)
from tools.recognizer.renamed import Renamer
from tools.recognizer.unmarked import initials_of_countries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Store
    from tools.recognizer.judge import Judged
    from tools.recognizer.network import Example

Array = np.ndarray[Any, Any]

MODELS = Path("data/models")
TAGGER, JUDGE = "tagger.npz", "recognizer.json"


class Trainer:
    """Trains taggers and judges on the corpora of a plan.

    Parameters
    ----------
    plan
        What is trained on what.
    folder
        Where the annotated texts lie.
    store
        The opened index.
    """

    def __init__(self, plan: Plan, folder: Path, store: Store) -> None:
        self.plan, self._folder, self._store = plan, folder, store
        self._matcher = Matcher(store)
        self._renamer = Renamer(store, self._matcher)
        texts = {corpus.name: list(texts_of(corpus, folder)) for corpus in plan.corpora}
        self._texts = texts
        self._folds = {c.name: folds_of(c, texts[c.name], plan) for c in plan.corpora}
        self.languages = sorted({d["lang"] for found in texts.values() for d in found})

    @cached_property
    def examples(self) -> list[list[Example]]:
        """All texts, as the network sees them, each with its variants."""
        return [e for corpus in self.plan.corpora for e in self._examples(corpus)]

    def _examples(self, corpus: Corpus) -> Iterator[list[Example]]:
        for number, document in enumerate(self._texts[corpus.name]):
            if number // self.plan.block % corpus.every:
                continue
            for text in in_cases(document["text"], number, self.plan.settings):
                in_case = {**document, "text": text}
                variants = [in_case, *self._renamed(in_case, number)]
                examples = [self._example(corpus, number, variant) for variant in variants]
                if found := [example for example in examples if example is not None]:
                    yield found

    def _renamed(self, document: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
        """Yield a document with other names, where it has names that can be changed."""
        count = self.plan.settings["variants"]
        for seed in range(number * count, (number + 1) * count):
            renamed = self._renamer.renamed(document, seed)
            if renamed is not None:
                yield renamed

    def _example(self, corpus: Corpus, number: int, document: dict[str, Any]) -> Example | None:
        tokens = tokenize(document["text"])
        if not tokens:
            return None
        view = TextView(document["text"], tokens, language_rules(document["lang"]))
        matches = named_matches(view, self._matcher, self._store)
        rows, counts, shares = _inputs(view, text_inputs(view, matches, self._store))
        label = np.array(labels(tokens, spans(document, self.plan)))
        allowed = np.zeros((len(tokens), len(LABELS)), dtype=bool)
        allowed[np.arange(len(tokens)), label] = True
        allowed[label == 0] = open_labels(corpus)
        for match in initials_of_countries(view, matches, corpus, self._store):
            words = slice(match.first, match.last + 1)
            allowed[words] |= (label[words] == 0)[:, None]
        return network.Example(
            GUIDELINES.index(corpus.guideline),
            self.languages.index(document["lang"]),
            number,
            self._folds[corpus.name][number],
            rows,
            counts,
            shares,
            allowed,
            corpus.weight,
        )

    def train_tagger(self, path: Path, *, without: int | None = None) -> None:
        """Train a tagger, without a fold, and write it."""
        used = [text for text in self.examples if text[0].fold != without]
        trained = network.train(used, self.plan.settings, languages=len(self.languages))
        network.write(trained, path, self.languages)

    def judged(self, tagger: Path, fold: int) -> list[Judged]:
        """Return the texts of a fold as a tagger reads them that has not seen them."""
        tags = load_tagger(tagger)
        read = []
        for corpus in self.plan.corpora:
            found = zip(self._texts[corpus.name], self._folds[corpus.name], strict=True)
            held = [document for document, its_fold in found if its_fold == fold]
            few = held[: self.plan.settings["judged_texts"]]
            read += [judge.judged(d, corpus, tags, self._matcher, self._store) for d in few]
        return read


class _Inputs(NamedTuple):
    rows: Array
    counts: Array
    shares: Array


def _inputs(view: TextView, around: tuple[Array, Array]) -> _Inputs:
    """Return the rows of a text's words, word by word: their own, then those around them."""
    words, rows = around
    own = [word_rows(token.surface, token.folded) for token in view.tokens]
    bounds = np.searchsorted(words, np.arange(len(own) + 1))
    joined = [
        np.concatenate([parts, rows[a:b]])
        for parts, (a, b) in zip(own, pairwise(bounds), strict=True)
    ]
    shares = [
        np.concatenate([word_shares(parts), np.ones(b - a)])
        for parts, (a, b) in zip(own, pairwise(bounds), strict=True)
    ]
    return _Inputs(
        np.concatenate(joined).astype(np.int32),
        np.array([len(part) for part in joined]),
        np.concatenate(shares).astype(np.float32),
    )


def main() -> None:
    """Train what ``training.toml`` says."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("-o", "--output", type=Path, default=MODELS)
    arguments.add_argument("--folds", type=int, nargs="*", default=[0, 1, 2, 3, 4])
    arguments.add_argument("--fold-models", type=Path, default=Path("build/folds"))
    arguments.add_argument("--only-folds", action="store_true", help="train no tagger on all")
    arguments.add_argument("--leave-out", action="append", default=[])
    arguments.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = arguments.parse_args()
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    torch.set_num_threads(options.threads)
    plan = read_plan()
    used = tuple(c for c in plan.corpora if c.name not in options.leave_out)
    trainer = Trainer(replace(plan, corpora=used), Path(folder) / "bench", open_store())
    read: dict[int, list[Judged]] = {}
    for fold in options.folds:
        path = options.fold_models / f"fold{fold}" / TAGGER
        if not path.exists():
            trainer.train_tagger(path, without=fold)
        read[fold] = trainer.judged(path, fold)
    for fold in read:
        judge.write(_fitted(read, fold, plan), options.fold_models / f"fold{fold}" / JUDGE)
    judge.write(_fitted(read, None, plan), options.output / JUDGE)
    if not options.only_folds:
        trainer.train_tagger(options.output / TAGGER)


def _fitted(read: dict[int, list[Judged]], without: int | None, plan: Plan) -> dict[str, Array]:
    """Return a judge trained on other folds; where there is one fold only, on it."""
    others: Sequence[int] = [fold for fold in read if fold != without] or list(read)
    return judge.fit([text for fold in others for text in read[fold]], plan.judge)


if __name__ == "__main__":
    main()
