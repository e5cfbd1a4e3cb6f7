"""Which prediction belongs to which document of gold, however long the files are?"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from geoevents.errors import (
    BadRecordError,
    GeoeventsError,
    InputNotFoundError,
    InputNotReadableError,
    TooLargeError,
)
from geoevents.evaluate.annotations import Pair, Toponym, read_toponyms
from geoevents.readers.jsonl import (
    MAX_LINE_BYTES,
    Failure,
    Record,
    bounded_lines,
    check_head,
    parse_line,
    read_records,
)
from geoevents.readers.sources import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PACKED = ".gz"


@dataclass(slots=True)
class Leftovers:
    """What of the predictions took no part.

    Attributes
    ----------
    unknown
        Number of documents that gold does not have.
    example
        Id of one of them.
    failed
        Number of documents that were predicted to have an error instead of toponyms.
    """

    unknown: int = 0
    example: str | None = None
    failed: int = 0


def read_pairs(
    gold: str | Path, predicted: str | Path, *, leftovers: Leftovers | None = None
) -> Iterator[Pair | Failure]:
    """Read the documents of gold, each with its prediction.

    Of the predictions only ids and positions are held in memory, of gold only ids.

    Parameters
    ----------
    gold
        JSON lines with ``id``, ``text`` and ``toponyms``, packed (``.jsonl.gz``) or not; ``-`` is
        standard input.
    predicted
        JSON lines with ``id`` and ``toponyms``, in any order; documents that are missing, or have
        an ``error``, count as empty.
    leftovers
        Takes note of what was not used.

    Yields
    ------
    Pair or Failure
        One per line of gold, and a failure for each line of the predictions that cannot be used.

    Raises
    ------
    InputError
        If a file cannot be opened, or is no JSON lines.
    """
    leftovers = leftovers if leftovers is not None else Leftovers()
    with _opened(predicted) as stream:
        predictions = _Predictions(stream, str(predicted))
        yield from predictions.list()
        seen: set[str] = set()
        with _opened(gold) as lines:
            for record in read_records(lines, name=str(gold), stem=Path(gold).stem):
                if isinstance(record, Failure):
                    yield record
                    continue
                yield from _joined(record, predictions, seen, leftovers)
        leftovers.unknown, leftovers.example = predictions.rest()


class _Predictions:
    """The predictions of a file by document; only ids and positions of lines are held.

    Parameters
    ----------
    stream
        The file; it can be read from any position.
    name
        Its name, for errors.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._lines: dict[str, tuple[int, int]] = {}  # id: offset, line number
        self._taken: set[str] = set()

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._lines

    def list(self) -> Iterator[Failure]:
        """Note where each document's line begins; yield the lines that are none."""
        begin = self._stream.tell()
        for number, line in enumerate(bounded_lines(self._stream), start=1):
            where, fallback = self._named(number)
            if number == 1:
                check_head(line or b"", self._name)
            if line is None:
                reason = str(TooLargeError(where, MAX_LINE_BYTES))
                yield Failure(fallback, reason, is_record=True)
            elif line.strip():
                record = parse_line(line, where=where, fallback_id=fallback)
                if isinstance(record, Failure):
                    yield record
                elif record.id in self._lines:
                    yield record.failed(BadRecordError(where, "its id appeared before"))
                else:
                    self._lines[record.id] = (begin, number)
            begin = self._stream.tell()

    def take(self, doc_id: str) -> Record | None:
        """Return the prediction of a document, None where there is none.

        Raises
        ------
        BadRecordError
            If the file changed since it was listed.
        """
        if doc_id not in self._lines:
            return None
        self._taken.add(doc_id)
        begin, number = self._lines[doc_id]
        self._stream.seek(begin)
        where, fallback = self._named(number)
        record = parse_line(self._stream.readline(), where=where, fallback_id=fallback)
        if isinstance(record, Failure):
            raise BadRecordError(where, "it was changed while it was read")
        return record

    def rest(self) -> tuple[int, str | None]:
        """Return how many documents were not taken, and the id of one of them."""
        rest = self._lines.keys() - self._taken
        return len(rest), min(rest, default=None)

    def _named(self, number: int) -> tuple[str, str]:
        return f"{self._name}, line {number}", f"{Path(self._name).stem}:{number}"


def _joined(
    record: Record, predictions: _Predictions, seen: set[str], leftovers: Leftovers
) -> Iterator[Pair | Failure]:
    predicted: Sequence[Toponym] = []
    try:
        prediction = predictions.take(record.id)
        gold, text = _gold(record, seen)
    except GeoeventsError as error:
        yield record.failed(error)
        return
    try:
        if prediction is None:
            pass
        elif prediction.values.get("error") and "toponyms" not in prediction.values:
            leftovers.failed += 1
        else:
            predicted = read_toponyms(prediction)
    except GeoeventsError as error:
        yield Failure(record.id, str(error), is_record=True)
    lang = record.values.get("lang")
    yield Pair(
        id=record.id,
        text=text,
        gold=gold,
        predicted=predicted,
        lang=lang if isinstance(lang, str) else None,
        is_predicted=prediction is not None,
    )


def _gold(record: Record, seen: set[str]) -> tuple[list[Toponym], str]:
    """Return the toponyms and the text of a line of gold."""
    if record.id in seen:
        raise BadRecordError(record.where, f"the id {record.id!r} appeared before")
    seen.add(record.id)
    text = record.values.get("text")
    text = text if isinstance(text, str) else ""
    return _inside(read_toponyms(record), text, record.where), text


def _inside(toponyms: list[Toponym], text: str, where: str) -> list[Toponym]:
    """Return toponyms, all of which lie inside the text, if there is one."""
    last = max((toponym.end for toponym in toponyms), default=0)
    if text and last > len(text):
        why = f"a toponym ends at {last}, but the text has {len(text)} characters"
        raise BadRecordError(where, why)
    return toponyms


@contextmanager
def _opened(name: str | Path) -> Iterator[BinaryIO]:
    """Open a file that can be read from any position, unpacked."""
    path = Path(name)
    if str(name) == STDIN:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
            copy.seek(0)
            yield copy
        return
    if not path.exists():
        raise InputNotFoundError(str(name))
    try:
        with path.open("rb") as stream:
            if path.suffix != _PACKED:
                yield stream
                return
            with tempfile.TemporaryFile() as copy:
                shutil.copyfileobj(gzip.GzipFile(fileobj=stream), copy)
                copy.seek(0)
                yield copy
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, GeoeventsError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise InputNotReadableError(str(name), why) from error
