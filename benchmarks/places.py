"""Recognition and resolution of place names on annotated corpora, with the corpora's own scorer.

``GEOEVENTS_BENCH=... python benchmarks/places.py [--held-out] [CORPUS...]`` prints a line per
corpus: what the scorer says of ``geoevents geoparse`` and of ``geoevents resolve`` on the gold
spans, and the ceiling: the share of gold mentions for which the gazetteer holds a right candidate.
With ``--held-out`` the models are first trained without the corpus, in a copy of the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Corpus:
    """A corpus, how it is scored, and what must be left out of training to measure on it."""

    file: str
    scoring: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


CORPORA = {
    "lgl": Corpus("lgl", ("--forms", "null"), ("lgl",)),
    "geovirus": Corpus("geovirus", (), ("geovirus",)),
    "idrisi_d_ar": Corpus("idrisi_d_ar_dev", (), ("idrisi_d_ar_dev", "idrisi_r_ar")),
    "idrisi_d_en": Corpus("idrisi_d_en_dev", (), ("idrisi_d_en_dev", "idrisi_r_en")),
    "anercorp": Corpus("anercorp_train", ("--words",), ("anercorp_train",)),
    "wojood": Corpus("wojood_sample", ("--words", "--flat"), ("wojood_sample",)),
    "factrueval": Corpus("factrueval_dev", ("--flat",), ("factrueval_dev",)),
    "nemo": Corpus("nemo_train", ("--words",), ("nemo_train",)),
}


def main() -> None:
    """Measure the corpora that were asked for, or all."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", nargs="*", default=list(CORPORA))
    arguments.add_argument("--held-out", action="store_true")
    options = arguments.parse_args()
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    bench = Path(folder) / "bench"
    for name in options.corpora:
        with tempfile.TemporaryDirectory() as work:
            checkout = _trained_without(CORPORA[name], Path(work)) if options.held_out else ROOT
            _measure(name, CORPORA[name], bench, checkout, Path(work))


def _trained_without(corpus: Corpus, work: Path) -> Path:
    copy = work / "checkout"
    for part in ("gazetteer", "geoevents", "maps", "tools", "data"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    left_out = [word for name in corpus.left_out for word in ("--leave-out", name)]
    _run(copy, "-m", "tools.train_recognizer", *left_out)
    _run(copy, "-m", "tools.train_resolver", *left_out)
    return copy


def _measure(name: str, corpus: Corpus, bench: Path, checkout: Path, work: Path) -> None:
    gold = bench / f"{corpus.file}.jsonl"
    scorer = str(bench / "score.py")
    texts, strip = work / "texts.jsonl", work / "mentions.jsonl"
    _run(checkout, scorer, str(gold), "--texts", str(texts))
    _run(checkout, scorer, str(gold), "--strip", str(strip))
    found, placed = work / "found.jsonl", work / "placed.jsonl"
    forms = ("--forms", "name,associative", "--quiet")
    _run(checkout, "-m", "geoevents", "geoparse", str(texts), "-o", str(found), *forms)
    _run(checkout, "-m", "geoevents", "resolve", str(strip), "-o", str(placed), "--quiet")
    whole, spans = (
        json.loads(_run(checkout, scorer, str(gold), str(out), "--json", *corpus.scoring))
        for out in (found, placed)
    )
    figures = {
        "P": whole["strict"]["p"],
        "R": whole["strict"]["r"],
        "F1": whole["strict"]["f1"],
        "e2e recall@161 or area": whole["e2e_recall_area"],
        "gold spans acc@161": spans["acc161_all"],
        "gold spans acc@161 or area": spans["acc_area_all"],
        "gold spans acc@161 or box": spans["acc161_or_bbox"],
        "gold spans acc@20": spans["acc20_all"],
        "ceiling": _ceiling(bench, gold, checkout),
    }
    shown = "  ".join(
        f"{key} {'-' if v is None else format(v, '.3f')}" for key, v in figures.items()
    )
    print(f"{name}: {shown}", flush=True)


def _ceiling(bench: Path, gold: Path, checkout: Path) -> float | None:
    """Share of geocoded gold mentions with a held candidate within 161 km or in the named area."""
    code = f"""
import json, sys
sys.path[:0] = [{str(bench)!r}, {str(checkout)!r}]
import score
from gazetteer.index.cache import open_store
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
store = open_store()
matcher = Matcher(store)
areas = json.load(open({str(bench / "areas.json")!r}, encoding="utf-8"))
held = n = 0
for document in score.read({str(gold)!r}).values():
    for t in document["toponyms"]:
        if t["lat"] is None or t.get("form") == "demonym":
            continue
        n += 1
        postings, _ = matcher.lookup(t["text"], language_rules(document["lang"]))
        for p in postings:
            lat, lon = store.lat_e5[p.place] / 1e5, store.lon_e5[p.place] / 1e5
            rings = areas.get(t.get("area"))
            box = t.get("bbox")
            if (score.km(t["lat"], t["lon"], lat, lon) <= 161
                    or rings and score.in_rings(lat, lon, rings)
                    or box and score.in_box(lat, lon, box)):
                held += 1
                break
print(held / n if n else "null")
"""
    return json.loads(_run(checkout, "-c", code))


def _run(checkout: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=checkout, check=True, capture_output=True, text=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
