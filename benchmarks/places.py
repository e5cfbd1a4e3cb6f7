"""Recognition and resolution of place names on annotated corpora, with the corpora's own scorer.

``GEOEVENTS_BENCH=... python -m benchmarks.places [--folds FOLDER] [--held-out] [CORPUS...]`` prints
a line per corpus: what the scorer says of ``geoevents geoparse``, of ``geoevents resolve`` on the
gold spans, and the ceiling: the share of gold mentions for which the gazetteer holds a right
candidate. With ``--folds`` each fold of ``python -m tools.recognizer --fold-models FOLDER`` is read
by the recogniser that was trained without it, and only the documents of these folds are scored.
With ``--peers`` other systems' published outputs on the same documents are scored beside ours.
With ``--held-out`` the models are first trained without the corpus. Both in a copy of the checkout.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.recognizer.corpora import Corpus as Trained
from tools.recognizer.corpora import documents, folds_of, read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
_RIGHT_KM, _NEAR_KM = 161, 20
_ROUNDING = 5e-4  # of the figures that the two scorers print


@dataclass(frozen=True)
class Corpus:
    """A corpus, how it is scored, and what must be left out of training to measure on it."""

    file: str
    scoring: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    forms: str = "name,associative"
    whole_words: bool = False
    named_once: bool = False


CORPORA = {
    "lgl": Corpus("lgl", ("--forms", "null"), ("lgl",)),
    "geovirus": Corpus("geovirus", (), ("geovirus",), "name"),
    "idrisi_d_ar": Corpus(
        "idrisi_d_ar_dev", ("--words",), ("idrisi_d_ar_dev", "idrisi_r_ar"), named_once=True
    ),
    "idrisi_d_en": Corpus("idrisi_d_en_dev", (), ("idrisi_d_en_dev", "idrisi_r_en")),
    "anercorp": Corpus("anercorp_train", ("--words",), ("anercorp_train",), whole_words=True),
    "wojood": Corpus("wojood_sample", ("--words", "--flat"), ("wojood_sample",), whole_words=True),
    "idrisi_r_ar": Corpus(
        "idrisi_r_ar",
        ("--flat", "--words"),
        ("idrisi_d_ar_dev", "idrisi_r_ar"),
        named_once=True,
    ),
    "idrisi_r_ar, every mention": Corpus(
        "idrisi_r_ar", ("--flat", "--words"), ("idrisi_d_ar_dev", "idrisi_r_ar")
    ),
    "factrueval": Corpus("factrueval_dev", ("--flat",), ("factrueval_dev",)),
    "nemo": Corpus("nemo_train", ("--words",), ("nemo_train",), "name", whole_words=True),
    "turkish": Corpus(
        "train_turkish_wiki", ("--words",), ("train_turkish_wiki",), "name", whole_words=True
    ),
    "persian": Corpus(
        "train_parstwiner", ("--words",), ("train_parstwiner",), "name", whole_words=True
    ),
    "armenian": Corpus(
        "train_pioner_gold", ("--words",), ("train_pioner_gold",), "name", whole_words=True
    ),
}
"""The corpora; ``forms`` are those that a corpus annotates: GeoVirus and the sets of named entities
leave out places inside the names of something else. ``named_once`` are those that annotate a name
once, where a text first has its letters (:func:`first_found`)."""


def main() -> None:
    """Measure the corpora that were asked for, or all."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", nargs="*", default=list(CORPORA))
    arguments.add_argument("--held-out", action="store_true")
    arguments.add_argument("--folds", type=Path, help="folder of fold0, fold1, ...")
    arguments.add_argument("--peers", action="store_true", help="other systems on the same texts")
    arguments.add_argument("--kinds", action="store_true", help="given names by what they name")
    options = arguments.parse_args()
    bench = bench_folder()
    for name in options.corpora:
        with tempfile.TemporaryDirectory() as work:
            corpus, parts = CORPORA[name], Path(work)
            gold = unpacked(bench, corpus.file, parts)
            if options.folds:
                answers = _answers_of_folds(corpus, gold, options.folds, parts)
            else:
                checkout = _trained_without(corpus, parts) if options.held_out else ROOT
                answers = Answers(gold, *_read(corpus, gold, checkout, parts))
            _report(name, corpus, answers, bench)
            if options.kinds:
                _report_kinds(name, answers.gold, answers.placed, bench)
            if options.peers:
                _report_peers(name, corpus, answers.gold, bench)


def bench_folder() -> Path:
    """Return the folder of the annotated texts."""
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        sys.exit("GEOEVENTS_BENCH is not set: it names the folder with the annotated texts.")
    return Path(folder).resolve() / "bench"


class Answers(NamedTuple):
    """Files of gold documents, of what was found in them, and of their gold spans as placed."""

    gold: Path
    found: Path
    placed: Path


def unpacked(bench: Path, file: str, work: Path) -> Path:
    """Return a copy of a corpus as plain JSON lines."""
    shutil.copy(bench / "areas.json", work)  # the scorer looks for it beside the gold
    gold = work / f"{file}.jsonl"
    with gold.open("w", encoding="utf-8") as lines:
        for document in documents(bench, file):
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
    return gold


def documents_of_folds(corpus: Corpus, gold: Path) -> dict[int, list[dict[str, Any]]]:
    """Return a corpus's documents by the fold that they are left out with."""
    plan = read_plan()
    told = next((c for c in plan.corpora if c.name == corpus.file), Trained(corpus.file))
    everything = list(documents(gold.parent, corpus.file))
    held: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for document, fold in zip(everything, folds_of(told, everything, plan), strict=True):
        held[fold].append(document)
    return held


def checkouts_of_folds(folds: Path, work: Path) -> Iterator[tuple[int, Path]]:
    """Yield each fold with a copy of the checkout that has the models trained without it."""
    for folder in sorted(folds.glob("fold[0-9]")):
        checkout = copy_of_checkout(work / folder.name / "checkout")
        for model in folder.iterdir():
            shutil.copy(model, checkout / "data" / "models")
        yield int(folder.name.removeprefix("fold")), checkout


def write_documents(path: Path, held: Iterable[dict[str, Any]]) -> None:
    """Write documents as JSON lines."""
    lines = (json.dumps(document, ensure_ascii=False) + "\n" for document in held)
    path.write_text("".join(lines), encoding="utf-8")


def _answers_of_folds(corpus: Corpus, gold: Path, folds: Path, work: Path) -> Answers:
    """Read each fold with the models that have not seen it; return the documents of these folds."""
    by_fold = documents_of_folds(corpus, gold)
    joined = Answers(work / "gold.jsonl", work / "all_found.jsonl", work / "all_placed.jsonl")
    for fold, checkout in checkouts_of_folds(folds, work):
        if fold not in by_fold:  # fewer events than folds
            continue
        part = checkout.parent
        of_fold = part / "gold.jsonl"
        write_documents(of_fold, by_fold[fold])
        answers = Answers(of_fold, *_read(corpus, of_fold, checkout, part))
        for whole, one in zip(joined, answers, strict=True):
            with whole.open("a", encoding="utf-8") as lines:
                lines.write(one.read_text(encoding="utf-8"))
    return joined


def copy_of_checkout(copy: Path) -> Path:
    """Copy what runs and trains; the models in the copy may then be others."""
    for part in ("benchmarks", "gazetteer", "geoevents", "maps", "tools", "data"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def _trained_without(corpus: Corpus, work: Path) -> Path:
    copy = copy_of_checkout(work / "checkout")
    left_out = [word for name in corpus.left_out for word in ("--leave-out", name)]
    run(copy, "-m", "tools.recognizer", *left_out)
    run(copy, "-m", "tools.train_resolver", *left_out)
    return copy


def _read(corpus: Corpus, gold: Path, checkout: Path, work: Path) -> tuple[Path, Path]:
    """Return the files of what is found in the texts, and of the gold spans as they are placed."""
    scorer = str(bench_folder() / "score.py")
    texts, strip = work / "texts.jsonl", work / "mentions.jsonl"
    run(checkout, scorer, str(gold), "--texts", str(texts))
    run(checkout, scorer, str(gold), "--strip", str(strip))
    found, placed = work / "found.jsonl", work / "placed.jsonl"
    forms = ("--forms", corpus.forms, "--quiet")
    run(checkout, "-m", "geoevents", "geoparse", str(texts), "-o", str(found), *forms)
    if corpus.whole_words:
        widen(found)
    if corpus.named_once:
        first_found(found)
    run(checkout, "-m", "geoevents", "resolve", str(strip), "-o", str(placed), "--quiet")
    return found, placed


def widen(found: Path) -> None:
    """Widen what was found to the words between blanks: some corpora label words as a whole."""
    lines = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        text = line["text"]
        for toponym in line["toponyms"]:
            start = text.rfind(" ", 0, toponym["start"]) + 1
            end = text.find(" ", toponym["end"])
            end = len(text) if end < 0 else end
            toponym |= {"start": start, "end": end, "text": text[start:end]}
    found.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def first_found(found: Path) -> None:
    """Move every name to where its text first has these letters, once each.

    Of a name that a post has several times the Arabic IDRISI sets annotate one, and not a mention
    but its letters: in "#أمطار_الكويت", in "اللبنانية". Of the 790 names of IDRISI-R whose letters
    a post has several times 780 stand at the first of them, of 829 of IDRISI-D 818.
    """
    lines = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        text, first = line["text"], {}
        for toponym in line["toponyms"]:
            start = text.find(toponym["text"])
            moved = {**toponym, "start": start, "end": start + len(toponym["text"])}
            first.setdefault(toponym["text"], moved)
        line["toponyms"] = list(first.values())
    found.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


FOUND = {
    "P": "strict_precision",
    "R": "strict_recall",
    "F1": "strict_f1",
    "e2e recall@161 or area": "e2e_recall_area",
}
PLACED = {
    "gold spans acc@161": "acc161",
    "gold spans acc@161 or area": "acc161_or_area",
    "gold spans acc@161 or box": "acc161_or_box",
    "gold spans acc@20": "acc20",
}
"""Figures of ``geoevents evaluate`` by the name under which they are printed."""


def _report(name: str, corpus: Corpus, answers: Answers, bench: Path) -> None:
    """Print the figures of a corpus, with 95 % intervals over its documents."""
    whole = figures_of(corpus, answers.gold, answers.found, bench, FOUND)
    spans = figures_of(corpus, answers.gold, answers.placed, bench, PLACED)
    ceiling = _ceiling(bench, answers.gold, ROOT)
    told = "" if ceiling is None else f"  ceiling {ceiling:.3f}"
    sure = {
        "ECE of p_place": _calibration(corpus, answers.gold, answers.found, bench, "p_place"),
        "ECE of p_place, overlapping": _calibration(
            corpus, answers.gold, answers.found, bench, "p_place_partial"
        ),
        "ECE of score": _calibration(corpus, answers.gold, answers.placed, bench, "score"),
    }
    print(f"{name}: {shown(whole | spans | sure)}{told}", flush=True)


def _report_kinds(name: str, gold: Path, placed: Path, bench: Path) -> None:
    """Print how many names of each kind that gold tells are placed right, on the given spans."""
    scorer = SourceFileLoader("score", str(bench / "score.py")).load_module()
    answers = scorer.read(str(placed))
    right: dict[str, list[bool]] = defaultdict(list)
    near: dict[str, list[bool]] = defaultdict(list)
    for document_id, document in scorer.read(str(gold)).items():
        given = {(t["start"], t["end"]): t for t in answers[document_id]["toponyms"]}
        for t in document["toponyms"]:
            if t["lat"] is None or not t.get("kind"):
                continue
            answer = given.get((t["start"], t["end"]), {"lat": None})
            known = answer["lat"] is not None
            km = scorer.km(t["lat"], t["lon"], answer["lat"], answer["lon"]) if known else None
            boxed = known and t["bbox"] and scorer.in_box(answer["lat"], answer["lon"], t["bbox"])
            right[t["kind"]].append(known and (km <= _RIGHT_KM or bool(boxed)))
            near[t["kind"]].append(known and km <= _NEAR_KM)
    for kind, hits in sorted(right.items(), key=lambda item: -len(item[1])):
        at_20 = sum(near[kind]) / len(hits)
        print(f"{name}, {kind}: {len(hits)} names, acc@161 or box {sum(hits) / len(hits):.3f}, "
              f"acc@20 {at_20:.3f}", flush=True)  # fmt: skip


def _report_peers(name: str, corpus: Corpus, gold: Path, bench: Path) -> None:
    """Print what other systems have on the same documents, by their published outputs."""
    for folder, wanted in (("peers", FOUND | PLACED), ("peers_resolution", PLACED)):
        for answers in sorted((bench / folder).glob(f"*/{corpus.file}.jsonl*")):
            figures = figures_of(corpus, gold, answers, bench, wanted)
            given = " (given spans)" if wanted is PLACED else ""
            print(f"{name}, {answers.parent.name}{given}: {shown(figures)}", flush=True)


def figures_of(
    corpus: Corpus, gold: Path, answers: Path, bench: Path, wanted: dict[str, str]
) -> dict[str, dict[str, float | None]]:
    """Return value, low and high of figures; that F1 is the benchmark's own is checked."""
    figures = _evaluated(corpus, gold, answers, bench)["figures"]
    own = json.loads(
        run(ROOT, str(bench / "score.py"), str(gold), str(answers), "--json", *corpus.scoring)
    )
    if abs(figures["strict_f1"]["value"] - own["strict"]["f1"]) > _ROUNDING:
        sys.exit(f"{answers}: geoevents evaluate and score.py differ.")
    return {told: figures[key] for told, key in wanted.items()}


def _calibration(
    corpus: Corpus, gold: Path, answers: Path, bench: Path, probability: str
) -> dict[str, float | None]:
    """Return the expected calibration error of a probability, in ten bins of equal count."""
    error: dict[str, float | None] = _evaluated(corpus, gold, answers, bench)["calibration"][
        probability
    ]["ece"]
    return error


@cache
def _evaluated(corpus: Corpus, gold: Path, answers: Path, bench: Path) -> dict[str, Any]:
    """Return what ``geoevents evaluate`` tells."""
    words = ("--areas", str(bench / "areas.json"), "--json", "--quiet", *corpus.scoring)
    told: dict[str, Any] = json.loads(
        run(ROOT, "-m", "geoevents", "evaluate", str(gold), str(answers), *words)
    )
    return told


def shown(figures: dict[str, dict[str, float | None]]) -> str:
    """Return figures with their intervals as one line."""
    return "  ".join(
        f"{key} -"
        if of["value"] is None
        else f"{key} {of['value']:.3f} ({of['low']:.3f} to {of['high']:.3f})"
        for key, of in figures.items()
    )


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
    return json.loads(run(checkout, "-c", code))


def run(checkout: Path, *words: str) -> str:
    """Run Python in a checkout, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *words], cwd=checkout, check=True, capture_output=True, text=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
