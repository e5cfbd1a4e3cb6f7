"""What do the annotated corpora teach: which labels have words, and which do they leave open?"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.text.tokens import Token

CONFIG = Path(__file__).with_name("training.toml")

PLACE, DEMONYM = "LOC", "DEM"
TYPES = (PLACE, "PER", "ORG", DEMONYM, "MISC")
GUIDELINES = ("toponyms", "names")
"""How a corpus is annotated: every mention of a place, also one inside the name of something else
("Boston Police"); or names, each as what it names as a whole."""

LABELS = ("O", *(f"{position}{kind}" for kind in TYPES for position in "BI"))


@dataclass(frozen=True)
class Corpus:
    """A file of annotated texts and how it is read.

    Attributes
    ----------
    name
        Its file in ``GEOEVENTS_BENCH/bench``.
    types
        Types of names that it annotates besides places; of others it says nothing.
    guideline
        One of :data:`GUIDELINES`.
    weight, judged
        How much one of its words counts for the tagger, and one of its spans for the judge.
    every
        Take one of so many documents.
    whole_words
        Whether its spans keep glued particles and endings.
    by_event
        Whether its folds are its events, and not blocks of documents.
    """

    name: str
    types: frozenset[str] = frozenset()
    guideline: str = "names"
    weight: float = 1.0
    judged: float = 1.0
    every: int = 1
    whole_words: bool = False
    by_event: bool = False


@dataclass(frozen=True)
class Plan:
    """What ``training.toml`` says.

    Attributes
    ----------
    corpora
        What is read.
    kinds
        Types of names by the corpora's own labels; an empty one is none of them.
    settings, judge
        Of the network and its training, and of the judge's.
    folds, block
        Parts that are left out in turn; documents that stay together.
    """

    corpora: tuple[Corpus, ...]
    kinds: dict[str, str]
    settings: dict[str, Any] = field(default_factory=dict)
    judge: dict[str, Any] = field(default_factory=dict)
    folds: int = 5
    block: int = 10


def read_plan(path: Path = CONFIG) -> Plan:
    """Return what is trained on what."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    corpora = tuple(
        Corpus(name, **{**how, "types": frozenset(how.get("types", ()))})
        for name, how in told["corpora"].items()
    )
    return Plan(corpora, told["kinds"], told["network"], told["judge"], **told["validation"])


def documents(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the documents of a benchmark file, packed or not."""
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.exists():
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
            yield from map(json.loads, text.split("\n")[:-1])
            return
    sys.exit(f"{name}: no such corpus in {folder}")


def folds_of(corpus: Corpus, found: Sequence[dict[str, Any]], plan: Plan) -> list[int]:
    """Return the fold of each document: its event's, or that of its block."""
    if corpus.by_event:
        events = sorted({document["event"] for document in found})
        return [events.index(document["event"]) % plan.folds for document in found]
    return [number // plan.block % plan.folds for number in range(len(found))]


def in_cases(text: str, number: int, settings: dict[str, Any]) -> Iterator[str]:
    """Yield a text, and for some also the text in small letters or in capitals.

    Headlines come in capitals, and what a speech recogniser hears in small letters.
    """
    yield text
    for every, changed in (
        (settings["lower_every"], text.lower()),
        (settings["upper_every"], text.upper()),
    ):
        if number % every == 0 and changed != text and len(changed) == len(text):
            yield changed


def spans(document: dict[str, Any], plan: Plan) -> list[tuple[int, int, str]]:
    """Return the annotated names as start, end and type, places first, none overlapping."""
    places = [
        (t["start"], t["end"], DEMONYM if t.get("form") == "demonym" else PLACE)
        for t in document["toponyms"]
    ]
    others = [
        (o["start"], o["end"], plan.kinds.get(o["kind"], "MISC"))
        for o in document.get("others", ())
    ]
    kept: list[tuple[int, int, str]] = []
    for names in (places, others):
        for start, end, kind in sorted(names, key=lambda span: span[0] - span[1]):
            if kind and not any(start < b and a < end for a, b, _ in kept):
                kept.append((start, end, kind))
    return kept


def labels(tokens: Sequence[Token], names: Sequence[tuple[int, int, str]]) -> list[int]:
    """Return the number of each word's label; a word belongs to a name that it overlaps."""
    found = [0] * len(tokens)
    for start, end, kind in names:
        position = "B"
        for i, token in enumerate(tokens):
            if token.start < end and start < token.end and not found[i]:
                found[i] = LABELS.index(f"{position}{kind}")
                position = "I"
    return found


def open_labels(corpus: Corpus) -> list[bool]:
    """Return which labels a word may have that a corpus does not annotate."""
    silent = [kind for kind in TYPES if kind not in corpus.types and kind != PLACE]
    return [label == "O" or label[1:] in silent for label in LABELS]
