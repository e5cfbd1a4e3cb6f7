"""How many well-known cities are found in plain sentences, by language?

``python -m benchmarks.plain_sentences`` puts names of the 6,000 most prominent settlements, drawn
with a seed, into the sentences of ``plain_sentences.toml``: lists, objects of verbs, headlines.
Prints the share of the names that are found, whole and with a place. The names stand in the
nominative, which Russian would inflect.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gazetteer import Gazetteer
from gazetteer.index.cache import open_store
from gazetteer.place import SETTLEMENT_KINDS

if TYPE_CHECKING:
    from gazetteer.index.store import Store

SENTENCES = Path(__file__).with_suffix(".toml")
PROMINENT = 6000
TEXTS = 300
SEED = 5


def names_in(store: Store, lang: str) -> list[str]:
    """Return names of one word, in a language, of the most prominent settlements."""
    rows = np.argsort(-store.prominence.astype(int), kind="stable")[:PROMINENT].tolist()
    settled = [row for row in rows if store.kind_of(row) in SETTLEMENT_KINDS]
    first = [store.name(own[0]) for row in settled if (own := store.names_in(row, lang))]
    return [n for n in first if n.replace("-", "").isalpha() and not n.startswith("ال")]


def found_share(gazetteer: Gazetteer, names: list[str], sentences: list[str], lang: str) -> float:
    """Return the share of drawn names that are found in sentences."""
    chance = random.Random(SEED)  # noqa: S311 -- a draw that can be repeated
    found = 0
    for number in range(TEXTS):
        drawn = chance.sample(names, 3)
        text = sentences[number % len(sentences)].format(*drawn)
        spans = {r.mention.text for r in gazetteer.geoparse(text, lang=lang) if r.place}
        found += sum(name in spans for name in drawn)
    return found / (3 * TEXTS)


def main() -> None:
    """Print a line for each language."""
    store, gazetteer = open_store(), Gazetteer.open(overlay=False)
    for lang, sentences in tomllib.loads(SENTENCES.read_text(encoding="utf-8")).items():
        names = names_in(store, lang)
        print(f"{lang}: {found_share(gazetteer, names, sentences, lang):.3f} of {3 * TEXTS}")


if __name__ == "__main__":
    main()
