"""Are names that the gazetteer does not hold in their script placed right, in whole texts?

``python -m benchmarks.unheld_names`` takes the names that some towns have in a script out of the
index (those on which neither the transliteration model nor the search weights were trained),
resolves the marked names of ``tools/recognizer/texts/news_*.txt`` with it, and compares the places
of those towns with what the whole index gives. Prints, by script, how many such names are given a
place, and the share of right ones (within 25 km) by score.
"""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gazetteer import Gazetteer, Mention
from gazetteer.index.build import build_index
from gazetteer.index.draft import embedded_draft
from gazetteer.index.space import distances_km
from tools.recognizer.corpora import WRITTEN, written_texts
from tools.train_search import draw
from tools.train_transliteration import is_held_out

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = {"Arabic": ("ar", "fa"), "Hebrew": ("he",), "Cyrillic": ("ru",)}
BINS = (0.4, 0.6, 0.8, 0.9, 0.97, 1.0)
_SMALLEST, _SEED, _ALL = 5000, 20, 100_000
_RIGHT_KM = 25.0
_SURE = 0.9  # score of the whole index's place, which is compared with


class Answer(NamedTuple):
    """The score of the place given for a name, and whether it is the right one; 0 for none."""

    score: float
    is_right: bool


def answers(whole: Gazetteer, part: Gazetteer, hidden: set[str], lang: str) -> Iterator[Answer]:
    """Yield what an index without some towns' names answers for them."""
    for text in written_texts(WRITTEN / f"news_{lang}.txt", lang):
        words = text["text"]
        mentions = [
            Mention(t["start"], t["end"], words[t["start"] : t["end"]], "name", lang)
            for t in text["toponyms"]
            if t["form"] == "name"
        ]
        pairs = zip(
            whole.resolve(words, mentions, lang=lang),
            part.resolve(words, mentions, lang=lang),
            strict=True,
        )
        for right, given in pairs:
            is_hidden = right.place is not None and right.place.id in hidden
            if right.place is None or not is_hidden or right.score < _SURE:
                continue
            if part.search(right.mention.text, fuzzy=False, limit=1):
                continue  # a namesake is held under it
            if given.place is None:
                yield Answer(0.0, is_right=False)
                continue
            at = np.array([given.place.lat]), np.array([given.place.lon])
            km = float(distances_km(right.place.lat, right.place.lon, *at)[0])
            yield Answer(given.score, km <= _RIGHT_KM)


def main() -> None:
    """Print a block for each script."""
    whole = Gazetteer.open(overlay=False)
    for script, languages in LANGUAGES.items():
        draft = embedded_draft()
        towns = draw(draft, script, _ALL, _SEED, wanted=is_held_out, smallest=_SMALLEST)
        with tempfile.TemporaryDirectory() as folder:
            part = Gazetteer.open(build_index(Path(folder) / "index", draft=draft), overlay=False)
            hidden = {town.place_id for town in towns}
            found = [a for lang in languages for a in answers(whole, part, hidden, lang)]
        given = [a for a in found if a.score]
        right = sum(a.is_right for a in given)
        print(f"{script}: {len(found)} names, {len(given)} given, {right / len(given):.3f} right")
        for low, high in pairwise(BINS):
            of = [a.is_right for a in given if low <= a.score < high or a.score == high == 1]
            if of:
                print(f"  {low} to {high}: {len(of)}, {sum(of) / len(of):.3f} right")


if __name__ == "__main__":
    main()
