"""Which rows of names, in JSON lines or as CSV, does a file or standard input hold?"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geoevents.errors import InputNotFoundError, InputNotReadableError
from geoevents.readers.csv_table import Layout, read_table
from geoevents.readers.jsonl import Failure, Record, read_records
from geoevents.readers.sources import STDIN, standard_input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

ROW_FORMATS = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""Format of a file of rows by its suffix; of others it is seen from their first byte."""

_NAME = "name"
_OPTIONS = ("id", "lang", "country", "kind", "context")
_SNIFFED_BYTES = 64


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in order, and how their table is written; None for JSON lines."""

    records: Iterator[Record | Failure]
    layout: Layout | None = None

    @property
    def format(self) -> str:
        """``csv`` or ``jsonl``."""
        return "jsonl" if self.layout is None else "csv"


@contextmanager
def open_rows(name: str) -> Iterator[Rows]:
    """Open a file of rows that each have a ``name``, or standard input for ``-``.

    Raises
    ------
    InputNotFoundError, InputNotReadableError
        If the file cannot be opened.
    InputError
        If it is no such file, as a whole.
    """
    if name == STDIN:
        yield _rows(standard_input(), "standard input", "stdin", None)
        return
    path = Path(name)
    if not path.exists():
        raise InputNotFoundError(name)
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputNotReadableError(name, error.strerror or str(error)) from error
    with stream:
        yield _rows(stream, name, path.stem, ROW_FORMATS.get(path.suffix.lower()))


def _rows(stream: BufferedReader, name: str, stem: str, kind: str | None) -> Rows:
    if kind is None:
        start = stream.peek(_SNIFFED_BYTES)[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf\x1e \t\r\n")
        kind = "jsonl" if start.startswith(b"{") else "csv"
    if kind == "jsonl":
        return Rows(read_records(stream, name=name, stem=stem))
    layout, records = read_table(stream, name=name, stem=stem, needed=_NAME, known=_OPTIONS)
    return Rows(records, layout)
