"""Which records does a CSV table hold, and how is it written?"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from geoevents.errors import BadRecordError, EmptyInputError, EncodingError, TooLargeError
from geoevents.readers.jsonl import MAX_LINE_BYTES, Failure, Record, bounded_lines, check_head
from geoevents.readers.text import guess_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DELIMITERS = ",;\t"
"""Of two that fit a heading alike, the first is taken."""

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written.

    Attributes
    ----------
    columns
        The cells of its heading.
    delimiter
        What parts its cells.
    has_mark
        Whether it begins with a byte order mark, by which spreadsheets know UTF-8.
    """

    columns: tuple[str, ...]
    delimiter: str = ","
    has_mark: bool = False


def read_table(
    stream: BinaryIO, *, name: str, stem: str, needed: str, known: Sequence[str] = ()
) -> tuple[Layout, Iterator[Record | Failure]]:
    """Read a CSV table in bounded memory.

    Parameters
    ----------
    stream
        Binary stream, UTF-8; cells parted by commas, semicolons or tabs; its first row is the
        heading. Rows without content are skipped.
    name, stem
        Name of the input for errors; beginning of ids for rows without one.
    needed
        A column that must be there.
    known
        Columns by which the delimiter is known, too.

    Returns
    -------
    tuple of Layout and iterator of Record or Failure
        One for each row, in order; empty cells are None. Rows are counted as spreadsheets do, the
        heading being row 1.

    Raises
    ------
    EmptyInputError
        If there is no heading.
    NotTextError, EncodingError, TooLargeError
        If it is no UTF-8 text; while iterating, too.
    BadRecordError
        If the heading lacks the column, or names one twice.
    """
    texts = _texts(stream, name)
    first = next(texts, "")
    has_mark = first.startswith("\ufeff")
    first = first.removeprefix("\ufeff")
    if not first.strip():
        raise EmptyInputError(name)
    wanted = {needed, *known}
    delimiter = max(DELIMITERS, key=lambda mark: _fit(first, mark, wanted))
    rows = csv.reader(chain([first], texts), delimiter=delimiter, strict=True)
    columns = _heading(rows, name, needed)
    return Layout(columns, delimiter, has_mark), _records(rows, columns, name, stem)


def _texts(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(bounded_lines(stream), start=1):
        if line is None:
            raise TooLargeError(f"{name}, line {number}", MAX_LINE_BYTES)
        if number == 1:
            check_head(line, name)
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            raise EncodingError(name, guess_encoding(line)) from None


def _fit(heading: str, delimiter: str, wanted: set[str]) -> tuple[int, int]:
    """Return how many cells of a heading are wanted, and how many there are, by a delimiter."""
    cells = next(csv.reader([heading], delimiter=delimiter))
    return len(wanted.intersection(cell.strip() for cell in cells)), len(cells)


def _heading(rows: Iterator[list[str]], name: str, needed: str) -> tuple[str, ...]:
    where = f"{name}, row 1"
    try:
        cells = [cell.strip() for cell in next(rows)]
    except csv.Error as error:
        raise BadRecordError(where, _no_csv(error)) from error
    while cells and not cells[-1]:
        del cells[-1]
    if needed not in cells:
        why = f"the heading has no column {needed!r}, but {', '.join(map(repr, cells))}; rename one"
        raise BadRecordError(where, why)
    twice = next((cell for cell in cells if cells.count(cell) > 1), None)
    if twice is not None:
        raise BadRecordError(where, f"two columns are called {twice!r}; rename one")
    return tuple(cells)


def _records(
    rows: Iterator[list[str]], columns: tuple[str, ...], name: str, stem: str
) -> Iterator[Record | Failure]:
    number = 1
    while True:
        number += 1
        where, fallback = f"{name}, row {number}", f"{stem}:{number}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            reason = str(BadRecordError(where, _no_csv(error)))
            yield Failure(fallback, reason, is_record=True)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        values = {c: cell or None for c, cell in zip(columns, padded, strict=False)}
        record = Record(where, fallback, values)
        if any(cell.strip() for cell in cells[len(columns) :]):
            why = (
                f"it has {len(cells)} cells, but the heading has {len(columns)}; put cells that "
                "hold the delimiter into double quotes"
            )
            yield record.failed(BadRecordError(where, why))
        else:
            yield record


def _no_csv(error: csv.Error) -> str:
    return f"it is no CSV ({error}); put cells with quotes or line breaks into double quotes"
