"""Train the recogniser: from annotated texts to one weight per feature, language by language.

Run ``GEOEVENTS_BENCH=... python -m tools.train_recognizer`` (needs scikit-learn); the same texts
give the same bytes. ``--leave-out NAME`` trains without a corpus, to measure on it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from gazetteer.index.cache import open_store
from gazetteer.mentions.features import TextView, match_features
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.mentions.recognizer import candidates
from gazetteer.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.index.store import Store

_CONFIG = Path(__file__).with_name("training.toml")


def main() -> None:
    """Train every language of ``training.toml`` and write the weights."""
    config = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["recognizer"]
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("-o", "--output", type=Path, default=Path("data/models/recognizer"))
    arguments.add_argument("--leave-out", action="append", default=[])
    arguments.add_argument("--lang", action="append", default=[])
    options = arguments.parse_args()
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    options.output.mkdir(parents=True, exist_ok=True)
    store = open_store()
    for lang, corpora in config["corpora"].items():
        if options.lang and lang not in options.lang:
            continue
        used = {name: how for name, how in corpora.items() if name not in options.leave_out}
        examples = [
            e
            for name, how in used.items()
            for e in _examples(Path(folder) / "bench", name, how, lang, store)
        ]
        weights = _fit([*examples, *map(_unnamed, examples)], config)
        model = {"language": lang, "trained_on": sorted(used), "weights": weights}
        path = options.output / f"{lang}.json"
        path.write_text(
            json.dumps(model, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8"
        )
        positive = sum(label for _, label, _ in examples)
        print(
            f"{lang}: {len(examples)} matches, {positive} places, {len(weights)} weights -> {path}"
        )


def _examples(
    folder: Path, name: str, how: dict[str, Any], lang: str, store: Store
) -> Iterator[tuple[list[str], bool, float]]:
    matcher, rules = Matcher(store), language_rules(lang)
    for number, document in enumerate(corpus_documents(folder, name)):
        if number % how.get("every", 1):
            continue
        text = document["text"]
        tokens = tokenize(text)
        view = TextView(text, tokens, rules)
        gold = {(t["start"], t["end"]) for t in document["toponyms"] if t.get("form") != "demonym"}
        if how.get("whole_words"):
            gold = {_whole(text, span) for span in gold}
        matches = candidates(view, matcher, store)
        spans = [(m.start, m.end) for m in matches]
        if how.get("whole_words"):
            spans = [_whole(text, span) for span in spans]
        found = gold & set(spans)
        for match, span in zip(matches, spans, strict=True):
            label = span in gold
            if not label and (_holds_one(span, gold) or any(_holds_one(g, [span]) for g in found)):
                continue  # a longer reading is a matter of convention, a shorter one never comes up
            features = list(match_features(match, view, store))
            yield features, label, how.get("weight", 1.0)


def _holds_one(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] <= start and end <= span[1] for start, end in others)


def corpus_documents(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the documents of a benchmark file, packed or not."""
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.exists():
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
            yield from map(json.loads, text.split("\n")[:-1])
            return
    sys.exit(f"{name}: no such corpus in {folder}")


def _whole(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start > 0 and not text[start - 1].isspace() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end].isalnum():
        end += 1
    return start, end


def _unnamed(example: tuple[list[str], bool, float]) -> tuple[list[str], bool, float]:
    """Return an example as if its name had never been seen.

    Without these, what speaks for a place would go into the names of the corpus, and names that
    are new would be doubted.
    """
    features, label, weight = example
    return [f for f in features if not f.startswith("name=")], label, weight


def _fit(examples: list[tuple[list[str], bool, float]], config: dict[str, Any]) -> dict[str, float]:
    counts = Counter(feature for features, _, _ in examples for feature in set(features))
    kept = sorted(f for f, n in counts.items() if n >= config["least_count"])
    column = {feature: i for i, feature in enumerate(kept)}
    indices, starts = [], [0]
    for features, _, _ in examples:
        indices.extend(sorted({column[f] for f in features if f in column}))
        starts.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(examples), len(kept)))
    labels = np.array([label for _, label, _ in examples])
    sample_weight = np.array([weight for _, _, weight in examples])
    model = LogisticRegression(C=config["inverse_penalty"], max_iter=400, fit_intercept=False)
    model.fit(matrix, labels, sample_weight=sample_weight)
    return {
        feature: round(float(weight), 3)
        for feature, weight in zip(kept, model.coef_[0], strict=True)
        if abs(weight) >= config["least_weight"]
    }


if __name__ == "__main__":
    main()
