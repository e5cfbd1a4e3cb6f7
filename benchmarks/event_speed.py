"""How much time do events add to finding places, per language?

``GEOEVENTS_BENCH=... OMP_NUM_THREADS=1 python -m benchmarks.event_speed [LANGUAGE...]`` reads the
even texts of a corpus of each language to warm up, and prints the processor time that finding the
places of the odd ones took, that finding events took on top, and what share of the first it is.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read once, when numpy is loaded

import argparse
import gc
import sys
import time
from itertools import islice
from typing import NamedTuple

from benchmarks.places import bench_folder
from gazetteer import Gazetteer
from geoevents.article import Article
from geoevents.extract.pipeline import extract_events
from tools.recognizer.corpora import documents

CHARACTERS = 400_000  # of a corpus that are read, warming up included


class Texts(NamedTuple):
    """A corpus, and how many of its documents make one text (some hold single sentences)."""

    corpus: str
    joined: int = 1


TEXTS = {
    "ar": Texts("anercorp_train", 15),
    "en": Texts("geovirus"),
    "ru": Texts("factrueval_dev"),
    "he": Texts("nemo_train", 15),
    "tr": Texts("train_turkish_wiki", 15),
    "fa": Texts("train_parstwiner", 15),
    "fr": Texts("train_newseye_fr", 15),
}


class Cost(NamedTuple):
    """Seconds of processor time, and what was read and found in them."""

    texts: int
    characters: int
    places: float
    events: float
    found: int


def main() -> None:
    """Print a line for each language."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("languages", nargs="*", default=list(TEXTS))
    gazetteer = Gazetteer.open(overlay=False)
    for lang in arguments.parse_args().languages:
        texts = texts_of(lang)
        measure(gazetteer, lang, texts[::2])
        gc.collect()  # or what one language left behind is cleared up at another's cost
        gc.freeze()
        cost = measure(gazetteer, lang, texts[1::2])
        print(
            f"{lang}: {cost.texts} texts, {cost.characters:,} characters, {cost.found} events: "
            f"places {cost.places:.2f} s, events {cost.events:.2f} s on top, "
            f"{cost.events / cost.places:.0%}"
        )
        sys.stdout.flush()


def texts_of(lang: str) -> list[str]:
    """Return the first texts of a language's corpus."""
    corpus, joined = TEXTS[lang]
    found = documents(bench_folder(), corpus)
    every = (d["text"] for d in found if d.get("lang", lang) == lang)
    texts: list[str] = []
    left = CHARACTERS
    while left > 0 and (text := "\n".join(islice(every, joined))):
        texts.append(text)
        left -= len(text)
    return texts


def measure(gazetteer: Gazetteer, lang: str, texts: list[str]) -> Cost:
    """Return what it costs to find the places of texts, and then their events."""
    places = events = 0.0
    found = 0
    for number, text in enumerate(texts):
        begin = time.process_time()
        resolved = gazetteer.geoparse(text, lang=lang)
        placed = time.process_time()
        told = extract_events(Article(id=str(number), text=text, lang=lang), resolved)
        events += time.process_time() - placed
        places += placed - begin
        found += len(told)
    return Cost(len(texts), sum(map(len, texts)), places, events, found)


if __name__ == "__main__":
    main()
