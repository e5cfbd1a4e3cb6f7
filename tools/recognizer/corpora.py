"""What do the annotated corpora teach: which labels have words, and which do they leave open?"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tomllib
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.text.tokens import Token

CONFIG = Path(__file__).with_name("training.toml")

WRITTEN = Path(__file__).with_name("texts")
"""Folder of the texts that were written for this project."""

PLACE, DEMONYM = "LOC", "DEM"
TYPES = (PLACE, "PER", "ORG", DEMONYM, "MISC")
GUIDELINES = ("toponyms", "names")
"""How a corpus is annotated: every mention of a place, also one inside the name of something else
("Boston Police"); or names, each as what it names as a whole."""

# Blanks behind و ف ب ل ك and before pronouns; with them the alif of an article behind ل.
_APART = re.compile(
    r"(?<=(?<!\S)ل) (?:ا(?=ل\w))?(?=[\u0621-\u064a])|(?<=(?<!\S)[وفبك]) (?=[\u0621-\u064a])"
    r"|(?<=[\u0621-\u064a]) (?=(?:ها|ه|نا)(?!\w))"
)

_IN_TAGS = re.compile(r"[#_\s]+")  # what stands between the words of a hashtag or a name
_GLUED = "[وفبلك]{0,2}"  # Arabic particles before a name

_MARKED = re.compile(r"([^⟦]*)(?:⟦([LDPOM]) ([^⟦⟧]+)⟧)?")
_KIND_OF_MARK = {"L": PLACE, "D": DEMONYM, "P": "PER", "O": "ORG", "M": "MISC"}

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
    written
        Language of texts that were written for this project, in :data:`WRITTEN`; else empty.
    clitics_apart
        Whether it writes Arabic particles and pronouns apart from their words.
    named_once
        Whether it annotates a name only where a text has it first.
    """

    name: str
    types: frozenset[str] = frozenset()
    guideline: str = "names"
    weight: float = 1.0
    judged: float = 1.0
    every: int = 1
    whole_words: bool = False
    by_event: bool = False
    written: str = ""
    clitics_apart: bool = False
    named_once: bool = False


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


def texts_of(corpus: Corpus, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a corpus as its language is written."""
    if corpus.written:
        return written_texts(WRITTEN / f"{corpus.name}.txt", corpus.written)
    found = documents(folder, corpus.name)
    if corpus.clitics_apart:
        return map(with_clitics_joined, found)
    return map(with_every_mention, found) if corpus.named_once else found


def written_texts(path: Path, lang: str) -> Iterator[dict[str, Any]]:
    """Yield the texts of a file written for this project, one a line, names marked in them.

    ``⟦L Baku⟧`` is a place, ``D`` a demonym, ``P`` a person, ``O`` an organisation, ``M`` the name
    of something else.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1]):
        text = ""
        names: list[dict[str, Any]] = []
        for found in _MARKED.finditer(line):
            plain, mark, name = found.groups()
            text += plain
            if mark:
                kind = _KIND_OF_MARK[mark]
                names.append({"start": len(text), "end": len(text) + len(name), "kind": kind})
                text += name
        places = [
            {**name, "form": "demonym" if name["kind"] == DEMONYM else "name"}
            for name in names
            if name["kind"] in {PLACE, DEMONYM}
        ]
        others = [name for name in names if name["kind"] not in {PLACE, DEMONYM}]
        yield {"id": f"{path.stem}:{number}", "lang": lang, "text": text, "toponyms": places,
               "others": others}  # fmt: skip


def with_clitics_joined(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose Arabic particles and pronouns are written with their words.

    Examples
    --------
    >>> apart = "ساعدت ل العراق و سوريا"
    >>> with_clitics_joined({"text": apart, "toponyms": [{"start": 8, "end": 14}]})
    {'text': 'ساعدت للعراق وسوريا', 'toponyms': [{'start': 7, 'end': 12}], 'others': []}
    """
    text = document["text"]
    dropped = {i for found in _APART.finditer(text) for i in range(*found.span())}
    kept_before = [0, *accumulate(i not in dropped for i in range(len(text)))]

    def moved(span: dict[str, Any]) -> dict[str, Any]:
        ends = {end: kept_before[span[end]] for end in ("start", "end")}
        return {**span, **ends}

    return {
        **document,
        "text": "".join(character for i, character in enumerate(text) if i not in dropped),
        "toponyms": [moved(span) for span in document["toponyms"]],
        "others": [moved(span) for span in document.get("others", ())],
    }


def with_every_mention(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose annotated names are so wherever they stand by themselves.

    Some corpora annotate a name once, at the first place in the text that has its letters, be it
    inside a hashtag or another word.

    Examples
    --------
    >>> post = "#أمطار_عمان الآن في عمان #عمان"
    >>> with_every_mention({"text": post, "toponyms": [{"start": 7, "end": 11}]})["toponyms"]
    [{'start': 20, 'end': 24}, {'start': 26, 'end': 30}]
    """
    text = document["text"]
    every: list[dict[str, Any]] = []
    for place in document["toponyms"]:
        start, end = place["start"], place["end"]
        name = _IN_TAGS.pattern.join(map(re.escape, _IN_TAGS.split(text[start:end].strip("#_ "))))
        by_itself = [m.span(1) for m in re.finditer(rf"(?<!\w){_GLUED}({name})(?!\w)", text)]
        every += [{**place, "start": a, "end": b} for a, b in by_itself or [(start, end)]]
    places = {(t["start"], t["end"]): t for t in every}
    return {**document, "toponyms": list(places.values())}


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
