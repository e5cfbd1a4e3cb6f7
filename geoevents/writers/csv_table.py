"""How are lines written as a CSV table that a spreadsheet may open?"""

from __future__ import annotations

import codecs
import csv
import json
import re
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from geoevents.columns import storable
from geoevents.writers.atomic import STDOUT, whole_file
from geoevents.writers.jsonl import encode_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Lines = Iterable[Mapping[str, Any]]

# What spreadsheets take for a formula, also in full width: a cell from a text must not run.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_LINE_END = "\r\n"  # RFC 4180; and what it holds is put into quotes in a cell
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?(e[+-]?\d+)?", re.IGNORECASE)


def write_csv(
    target: str | Path,
    lines: Lines,
    *,
    last: Sequence[str],
    columns: Sequence[str] | None = None,
    delimiter: str = ",",
    has_mark: bool = False,
    overwrite: bool = False,
) -> None:
    """Write lines as a table, whole or not at all, or to standard output (``-``).

    Parameters
    ----------
    target
        The file to write.
    lines
        Values by column. Texts that a spreadsheet would take for formulas get an apostrophe before
        them; lists and objects are written as JSON; missing values and None as empty cells.
    last
        The columns at the end.
    columns
        The columns before them; by default all that the lines have, in the order in which they
        come. Then nothing is written before the last line has come.
    delimiter
        What parts the cells.
    has_mark
        Begin with a byte order mark.

    Raises
    ------
    OutputError
        If the file exists and ``overwrite`` is false, or cannot be written.
    """
    if columns is None:
        with _kept(lines) as (found, kept):
            write_csv(
                target,
                kept,
                last=last,
                columns=found,
                delimiter=delimiter,
                has_mark=has_mark,
                overwrite=overwrite,
            )
        return
    heading = [*(column for column in columns if column not in last), *last]
    table = _Table(heading, delimiter, has_mark=has_mark)
    if str(target) == STDOUT:
        table.write(sys.stdout.buffer, lines)
        return
    with whole_file(target, overwrite=overwrite) as path, path.open("wb") as stream:
        table.write(stream, lines)


def cell(value: Any) -> str:
    """Return a value as the text of a cell that runs nowhere.

    Examples
    --------
    >>> cell("=HYPERLINK(0)"), cell("-33.9"), cell(None), cell(["a"])
    ("'=HYPERLINK(0)", '-33.9', '', '["a"]')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    text = str(storable(value))
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


class _Table:
    """A heading, and how cells are parted."""

    def __init__(self, heading: Sequence[str], delimiter: str, *, has_mark: bool) -> None:
        self._heading = heading
        self._delimiter = delimiter
        self._encoding = "utf-8-sig" if has_mark else "utf-8"

    def write(self, stream: BinaryIO, lines: Lines) -> None:
        """Write the heading and a row for each line."""
        texts = codecs.getwriter(self._encoding)(stream)
        writer = csv.writer(texts, delimiter=self._delimiter, lineterminator=_LINE_END)
        writer.writerow(map(cell, self._heading))
        for line in lines:
            writer.writerow([cell(line.get(column)) for column in self._heading])
        stream.flush()


@contextmanager
def _kept(lines: Lines) -> Iterator[tuple[list[str], Lines]]:
    """Keep lines on the disk until all are there; give the keys that they have, and the lines."""
    columns: dict[str, None] = {}
    with tempfile.TemporaryFile() as file:
        for line in lines:
            columns.update(dict.fromkeys(line))
            file.write(encode_line(line))
        file.seek(0)
        yield list(columns), map(json.loads, file)
