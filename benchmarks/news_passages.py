"""How many places are found in passages of news that nothing was trained on, by language?

``python -m benchmarks.news_passages`` reads the passages of ``texts/news`` and prints, with 95 %
intervals over passages, precision, recall and F1 of whole names, and the share of the names that
are found with an overlap (``found``), of those that the gazetteer holds as they are written
(``held``) and of the others. A place found inside the name of something else counts where it is
marked, and is left out where it is not.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gazetteer import Gazetteer
from gazetteer.index.cache import open_store
from gazetteer.text.normalize import fold
from tools.recognizer.corpora import written_texts

if TYPE_CHECKING:
    from gazetteer.index.store import Store

PASSAGES = Path(__file__).with_name("texts") / "news"
_DRAWS, _SEED = 1000, 5


class Counts(NamedTuple):
    """Names of a passage: whole ones, those said and marked, found ones; of held names apart."""

    right: int
    said: int
    marked: int
    found: int
    held: int
    held_found: int


def counts(gazetteer: Gazetteer, store: Store, passage: dict[str, object]) -> Counts:
    """Count the names of a passage."""
    text, lang = str(passage["text"]), str(passage["lang"])
    marked = {
        (t["start"], t["end"])
        for t in passage["toponyms"]  # type: ignore[attr-defined]
        if t["form"] == "name"
    }
    mentions = [r.mention for r in gazetteer.geoparse(text, lang=lang)]
    said = {(m.start, m.end) for m in mentions if m.form == "name"}
    inside = {(m.start, m.end) for m in mentions if m.form == "associative"}
    said |= inside & marked
    touched = {
        (a, b) for a, b in marked if any(a < end and start < b for start, end in said | inside)
    }
    held = {(a, b) for a, b in marked if store.key(fold(text[a:b])) is not None}
    return Counts(
        len(said & marked), len(said), len(marked), len(touched), len(held), len(held & touched)
    )


def main() -> None:
    """Print a line for each language."""
    store, gazetteer = open_store(), Gazetteer.open(overlay=False)
    chance = np.random.default_rng(_SEED)
    for path in sorted(PASSAGES.glob("*.txt")):
        passages = list(written_texts(path, path.stem))
        counted = np.array([counts(gazetteer, store, passage) for passage in passages])
        drawn = counted[chance.integers(len(counted), size=(_DRAWS, len(counted)))].sum(axis=1)
        told = _shares(counted.sum(axis=0)[None])[0]
        low, high = np.quantile(_shares(drawn), (0.025, 0.975), axis=0)
        names = ("P", "R", "F1", "found", "held", "others")
        figures = (
            f"{name} {value:.3f} ({a:.3f} to {b:.3f})"
            for name, value, a, b in zip(names, told, low, high, strict=True)
        )
        print(f"{path.stem}, {counted[:, 2].sum()} names:", *figures, sep="  ")


def _shares(totals: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    right, said, marked, found, held, held_found = totals.T
    return np.stack(
        [
            right / said,
            right / marked,
            2 * right / (said + marked),
            found / marked,
            held_found / held,
            (found - held_found) / (marked - held),
        ],
        axis=1,
    )


if __name__ == "__main__":
    main()
