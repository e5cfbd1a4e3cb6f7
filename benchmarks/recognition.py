"""What do the gazetteer and the tagger each add to finding names?

``GEOEVENTS_BENCH=... python -m benchmarks.recognition --folds FOLDER [CORPUS...]`` reads the texts
that the taggers of ``python -m tools.recognizer --fold-models FOLDER`` have not seen, and prints
the strict scores, with 95 % intervals over documents, of

- ``matcher``: all held names, the longest where they overlap, with a capital where there are any;
- ``uncommon``: those of them that are no common words of the language;
- ``tagger``: what the tagger holds likely to be a place; the gazetteer is one of its inputs;
- ``both``: the spans of both, weighed, as ``geoparse`` has them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.places import (
    CORPORA,
    FOUND,
    bench_folder,
    checkouts_of_folds,
    documents_of_folds,
    figures_of,
    run,
    shown,
    unpacked,
    widen,
    write_documents,
)
from gazetteer.index.cache import open_store
from gazetteer.mentions.features import TextView
from gazetteer.mentions.held_names import named_matches
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.mentions.names import find_names
from gazetteer.mentions.recognizer import read_words
from gazetteer.mentions.word_inputs import longest
from gazetteer.text.common_words import common_words
from gazetteer.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.store import Store

VARIANTS = ("matcher", "uncommon", "tagger", "both")
Span = tuple[int, int]


def spans_of(variant: str, view: TextView, matcher: Matcher, store: Store) -> Iterator[Span]:
    """Yield start and end of the names that a variant finds in a text."""
    if variant == "both":
        yield from ((r.match.start, r.match.end) for r in find_names(view, matcher, store).names)
    elif variant == "tagger":
        tags = read_words(view, matcher, store).toponyms
        for first, last in tags.spans("LOC"):
            yield view.tokens[first].start, view.tokens[last].end
    else:
        common = common_words(view.rules.lang) if variant == "uncommon" else {}
        for match in longest(named_matches(view, matcher, store)):
            word = view.word(match.first)[len(match.particle) :]
            if match.last > match.first or word not in common:
                yield match.start, match.end


def read(variant: str, texts: Path, out: Path) -> None:
    """Write what a variant finds in the texts of a file, with the models of this checkout."""
    store = open_store()
    matcher = Matcher(store)
    with texts.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as found:
        for document in map(json.loads, lines):
            text = document["text"]
            view = TextView(text, tokenize(text), language_rules(document["lang"]))
            toponyms = [
                {"start": start, "end": end, "text": text[start:end], "lat": None, "lon": None}
                for start, end in sorted(spans_of(variant, view, matcher, store))
            ]
            line: dict[str, Any] = {"id": document["id"], "text": text, "toponyms": toponyms}
            found.write(json.dumps(line, ensure_ascii=False) + "\n")


def main() -> None:
    """Print a line for each corpus and variant."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpora", nargs="*", default=list(CORPORA))
    arguments.add_argument("--folds", type=Path, required=True)
    arguments.add_argument("--read", nargs=3, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.read:
        variant, texts, out = options.read
        return read(variant, Path(texts), Path(out))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        checkouts = dict(checkouts_of_folds(options.folds.resolve(), work))
        for name in options.corpora:
            by_fold = documents_of_folds(
                CORPORA[name], unpacked(bench_folder(), CORPORA[name].file, work)
            )
            for variant in VARIANTS:
                report(name, variant, by_fold, checkouts)
    return None


def report(
    name: str, variant: str, by_fold: dict[int, list[dict[str, Any]]], checkouts: dict[int, Path]
) -> None:
    """Print the scores of a variant on the documents of all folds."""
    corpus, lines = CORPORA[name], []
    work = next(iter(checkouts.values())).parent
    gold, found = work / f"{name}.gold.jsonl", work / f"{name}.{variant}.jsonl"
    write_documents(gold, [d for fold in checkouts for d in by_fold[fold]])
    for fold, checkout in checkouts.items():
        held, out = checkout.parent / "held.jsonl", checkout.parent / "out.jsonl"
        write_documents(held, by_fold[fold])
        words = ("--folds", ".", "--read", variant, str(held), str(out))
        run(checkout, "-m", "benchmarks.recognition", *words)
        lines.append(out.read_text(encoding="utf-8"))
    found.write_text("".join(lines), encoding="utf-8")
    if corpus.whole_words:
        widen(found)
    scores = {key: figure for key, figure in FOUND.items() if not key.startswith("e2e")}
    print(f"{name}, {variant}: {shown(figures_of(corpus, gold, found, bench_folder(), scores))}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
