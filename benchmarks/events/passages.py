"""What events were annotated in the passages of this folder?

The passages are kept stand-off: ids and offsets of the benchmark's documents, and no word of them.
``GEOEVENTS_BENCH=... python -m benchmarks.events.passages PASSAGES... [--half open] [-o GOLD]``
writes them with their text and words, as ``score_events.py`` reads gold events.

A line of a file of passages has ``id``, ``lang``, ``corpus`` (a file of the benchmark folder),
``parts`` (``[document id, start, end]`` each), ``joined_by`` (what stands between the parts:
``newline`` or ``blank``), ``published``, ``sha256`` of the joined text, ``half`` and ``events``.
Events are those of the gold, less their words: ``trigger``, ``sentence``, the ``text`` of ``time``
and the ``span`` of participants and places are ``[start, end]`` in the joined text. Places may also
have a ``place_id``. The half ``unseen`` is opened for scoring once, at the end.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

JOINTS = {"newline": "\n", "blank": " "}
HALVES = ("open", "unseen")
Passage = dict[str, Any]


class PassageError(ValueError):
    """A passage that cannot be joined with the benchmark's texts."""


def bench_folder() -> Path:
    """Return the folder of the annotated texts, which ``GEOEVENTS_BENCH`` names.

    Raises
    ------
    PassageError
        If the variable is not set.
    """
    folder = os.environ.get("GEOEVENTS_BENCH")
    if not folder:
        raise PassageError("GEOEVENTS_BENCH is not set: it names the folder with the texts.")
    return Path(folder).resolve() / "bench"


def documents_of(corpus: str, bench: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a corpus, packed or not, of the benchmark folder."""
    path = bench / f"{corpus}.jsonl"
    packed = path.with_name(f"{path.name}.gz")
    if path.exists():
        lines = path.read_text(encoding="utf-8")
    elif packed.exists():
        lines = gzip.decompress(packed.read_bytes()).decode("utf-8")
    else:
        raise PassageError(f"{path} does not exist: the texts of {corpus} are not here.")
    # Not splitlines(): some texts hold other line separators, unescaped.
    yield from map(json.loads, filter(None, lines.split("\n")))


@cache
def texts_of(corpus: str, bench: Path) -> dict[str, str]:
    """Return the texts of a corpus by the ids of their documents."""
    return {document["id"]: document["text"] for document in documents_of(corpus, bench)}


def half_of(passage_id: str) -> str:
    """Return the half that a passage belongs to, which only its id decides.

    Parameters
    ----------
    passage_id : str
        Its id.

    Returns
    -------
    str
        ``open`` where the last digit of the id's SHA-256 is even, else ``unseen``.

    Examples
    --------
    >>> half_of("ar-01") in HALVES
    True
    """
    return HALVES[hashlib.sha256(passage_id.encode()).digest()[-1] % 2]


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as hexadecimal digits.

    Examples
    --------
    >>> sha256_of("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode()).hexdigest()


def joined(passage: Passage, bench: Path) -> str:
    """Return the text of a passage, joined of its parts.

    Parameters
    ----------
    passage : dict
        A line of a file of passages; ``corpus``, ``parts`` and ``joined_by`` are read.
    bench : Path
        The benchmark folder.

    Returns
    -------
    str
        The text that the passage's offsets point into.

    Raises
    ------
    PassageError
        If the corpus, or a document of it, is not there.
    """
    texts = texts_of(passage["corpus"], bench)
    if lost := [document for document, *_ in passage["parts"] if document not in texts]:
        raise PassageError(
            f"{passage['id']}: {bench / passage['corpus']} has no document {lost[0]}."
        )
    parts = (texts[document][start:end] for document, start, end in passage["parts"])
    return JOINTS[passage["joined_by"]].join(parts)


def filled_event(event: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an event with the words of its spans, as the gold has it.

    Examples
    --------
    >>> text = "They fled Gori on Monday."
    >>> event = {"trigger": [5, 9], "sentence": [0, 25], "time": {"text": [18, 24]},
    ...          "participants": [], "places": [{"role": "origin", "span": [10, 14]}]}
    >>> filled_event(event, text)["places"]
    [{'role': 'origin', 'text': 'Gori', 'start': 10, 'end': 14}]
    >>> filled_event(event, text)["time"]
    {'text': 'Monday'}
    """

    def words(span: list[int]) -> str:
        return text[slice(*span)]

    def spelled(holder: dict[str, Any]) -> dict[str, Any]:
        start, end = holder["span"]
        given = {"role": holder["role"], "text": words([start, end]), "start": start, "end": end}
        return given | {key: value for key, value in holder.items() if key not in {"role", "span"}}

    start, end = event["trigger"]
    when = event["time"]["text"]
    return event | {
        "trigger": {"start": start, "end": end, "text": words([start, end])},
        "sentence": dict(zip(("start", "end"), event["sentence"], strict=True)),
        "time": event["time"] | {"text": None if when is None else words(when)},
        "participants": [spelled(participant) for participant in event["participants"]],
        "places": [spelled(place) for place in event["places"]],
    }


def filled(passage: Passage, bench: Path) -> dict[str, Any]:
    """Return a passage as a document of the event gold.

    Parameters
    ----------
    passage : dict
        A line of a file of passages.
    bench : Path
        The benchmark folder.

    Returns
    -------
    dict
        ``id``, ``lang``, ``source``, ``published``, ``text`` and ``events``, and the ``half``.

    Raises
    ------
    PassageError
        If the benchmark's text is not the one that was annotated.
    """
    text = joined(passage, bench)
    if sha256_of(text) != passage["sha256"]:
        raise PassageError(
            f"{passage['id']}: the text in {passage['corpus']} is not the one that was annotated "
            "(its SHA-256 differs), so the offsets would not fit."
        )
    return {
        "id": passage["id"],
        "lang": passage["lang"],
        "source": passage["corpus"],
        "published": passage["published"],
        "half": half_of(passage["id"]),
        "text": text,
        "events": [filled_event(event, text) for event in passage["events"]],
    }


def gold_documents(
    paths: Iterable[Path], *, half: str | None = None, bench: Path | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the passages of files as documents of the event gold.

    Parameters
    ----------
    paths : iterable of Path
        Files of passages.
    half : str, optional
        ``open`` or ``unseen``; by default both.
    bench : Path, optional
        The benchmark folder; by default the one that ``GEOEVENTS_BENCH`` names.

    Yields
    ------
    dict
        A document as in ``events_dev.jsonl``.

    Raises
    ------
    PassageError
        If a text is not there, or not the one that was annotated.
    """
    folder = bench_folder() if bench is None else bench
    for path in paths:
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            passage = json.loads(line)
            if half in {None, half_of(passage["id"])}:
                yield filled(passage, folder)


def main() -> None:
    """Write passages with their texts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("passages", nargs="+", type=Path)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    try:
        documents = list(gold_documents(options.passages, half=options.half))
    except PassageError as error:
        sys.exit(str(error))
    lines = "".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents)
    if options.output:
        options.output.write_text(lines, encoding="utf-8")
    else:
        sys.stdout.write(lines)


if __name__ == "__main__":
    main()
