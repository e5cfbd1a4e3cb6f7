"""How are millions of tab-separated lines turned into columns, every bad line named?

A file is read in blocks of whole lines. All tabs and line feeds of a block are found at once; a
column then is where its fields begin and end, and is decoded only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.sources.archives import Source

    Bytes = NDArray[np.uint8]
    Mask = NDArray[np.bool_]
    Integers = NDArray[np.int64]

#: Bytes read at a time: enough for whole-array work to pay, little beside a machine's memory.
BLOCK_BYTES: Final = 8 * 1024**2
#: A longer line is no line of a gazetteer; by GeoNames' own limits one has 45,000 bytes at most.
LONGEST_LINE: Final = 1024**2

_TAB: Final = 9
_LINE_FEED: Final = 10
_BOM: Final = b"\xef\xbb\xbf"
_PACKED: Final = 8  # bytes, which fit one whole number
_DIGITS: Final = 18  # which surely fit an int64
_LONGEST_NUMBER: Final = 24  # characters of a decimal number; a float64 prints in that many
_SHOWN: Final = 40  # characters of a bad field that a message repeats


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was left out: where it stands and why."""

    path: Path
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.why}."


OnProblem = Callable[[Problem], None]


class Labels(NamedTuple):
    """A column of few distinct strings: ``values[codes[row]]`` is the string of a row.

    Examples
    --------
    >>> Labels(np.array([1, 0, 1]), ["AZ", "IL"]).to_list()
    ['IL', 'AZ', 'IL']
    """

    codes: NDArray[np.intp]
    values: list[str]

    def to_list(self) -> list[str]:
        """Return the string of every row."""
        return [self.values[code] for code in self.codes.tolist()]

    def mapped(self, value_of: Callable[[str], Any]) -> NDArray[Any]:
        """Return something computed from the string of every row, once for each distinct one."""
        return np.array([value_of(value) for value in self.values])[self.codes]


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of a block.

    Attributes
    ----------
    data, buffer
        The block's bytes, twice.
    marks
        Where its tabs and line feeds are.
    last
        For each line, the position in ``marks`` of its line feed.
    before
        Position in ``marks`` of the line feed before the first line; -1 for none.
    first
        Number of the first line in its file, from 1.
    is_clean
        Whether the block is UTF-8 and free of NUL bytes.
    faults
        What is wrong, by line number.
    """

    data: bytes
    buffer: Bytes
    marks: Integers
    last: Integers
    before: int
    first: int
    is_clean: bool
    faults: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.last)

    def widths(self) -> Integers:
        """Return the number of fields of each line; 0 when the line is blank."""
        widths: Integers = np.diff(self.last, prepend=self.before)
        starts, ends = self._bounds()
        return np.where(starts == ends, 0, widths)

    def table(self, width: int) -> Table:
        """Return the clean lines with so many fields; of the others, note what is wrong."""
        widths = self.widths()
        good = widths == width
        for row in np.flatnonzero(~good & (widths > 0)).tolist():
            self.fault(row, f"it has {_counted(int(widths[row]))} instead of {width}")
        rows = np.flatnonzero(good & self._clean())
        ends = self.marks[(self.last[rows] - width + 1)[:, None] + np.arange(width)]
        starts = np.empty_like(ends)
        starts[:, 0] = self._bounds()[0][rows]
        starts[:, 1:] = ends[:, :-1] + 1
        return Table(self, rows, starts, ends)

    def fault(self, row: int, why: str) -> None:
        """Note what is wrong with a line, unless something was before."""
        self.faults.setdefault(self.first + row, why)

    def _bounds(self) -> tuple[Integers, Integers]:
        """Return where the lines start and end."""
        ends = self.marks[self.last]
        before = -1 if self.before < 0 else int(self.marks[self.before])
        return np.concatenate(([before], ends[:-1])) + 1, ends

    def _clean(self) -> Mask:
        starts, ends = self._bounds()
        clean: Mask = ends - starts <= LONGEST_LINE
        suspects = ~clean if self.is_clean else np.ones_like(clean)
        for row in np.flatnonzero(suspects).tolist():
            line = self.data[starts[row] : ends[row]]
            checks = {
                f"it is longer than {LONGEST_LINE:,} bytes": not clean[row],
                "it holds a NUL byte": b"\0" in line,
                "it is not UTF-8": not _is_utf8(line),
            }
            why = next((why for why, is_so in checks.items() if is_so), None)
            if why:
                clean[row] = False
                self.fault(row, why)
        return clean


def read_lines(source: Source, *, most: int) -> Iterator[Lines]:
    """Yield a file's lines in order, at most so many at a time, within bounded memory.

    Parameters
    ----------
    source : Source
        An opened file; a byte order mark, CRLF line ends and a missing last line feed are fine.
    most : int
        Lines to yield at once.
    """
    number = 1
    for data in _whole_lines(source):
        buffer = np.frombuffer(data, dtype=np.uint8)
        marks = np.flatnonzero((buffer == _TAB) | (buffer == _LINE_FEED))
        last = np.flatnonzero(buffer[marks] == _LINE_FEED)
        is_clean = b"\0" not in data and _is_utf8(data)
        for start in range(0, len(last), most):
            before = int(last[start - 1]) if start else -1
            some = last[start : start + most]
            yield Lines(data, buffer, marks, some, before, number + start, is_clean)
        number += len(last)


def _whole_lines(source: Source) -> Iterator[bytes]:
    rest = source.read(len(_BOM)).removeprefix(_BOM)
    while block := source.read(BLOCK_BYTES):
        cut = block.rfind(b"\n") + 1
        if cut:
            yield (rest + block[:cut]).replace(b"\r\n", b"\n")
            rest = block[cut:]
        else:
            rest = (rest + block)[: LONGEST_LINE + 1]
    if rest:
        yield rest.removesuffix(b"\n").removesuffix(b"\r") + b"\n"


class Table:
    """Lines with the same number of fields, seen as columns; faulty rows drop out as they show.

    Parameters
    ----------
    lines : Lines
        Where the rows come from.
    rows : ndarray of int
        Which of the lines they are.
    starts, ends : ndarray of int
        Shape (rows, columns): where each field begins and ends.

    Attributes
    ----------
    good : ndarray of bool
        The rows that no column has found fault with.
    """

    def __init__(self, lines: Lines, rows: Integers, starts: Integers, ends: Integers) -> None:
        self._lines = lines
        self._rows = rows
        self._starts = starts
        self._ends = ends
        self.good: Mask = np.ones(len(rows), dtype=bool)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self._starts.shape[1])

    def row(self, row: int) -> tuple[str, ...]:
        """Return the fields of one row; none when there is no such row."""
        some = self.keep(np.arange(len(self)) == row)
        return tuple(text for column in range(self.width) for text in some.texts(column))

    def keep(self, wanted: Mask | Integers) -> Table:
        """Return some of the rows."""
        return Table(self._lines, self._rows[wanted], self._starts[wanted], self._ends[wanted])

    def reject(self, is_bad: Mask, why: str, *, column: int) -> None:
        """Take rows out, saying why; ``{}`` stands for the field."""
        for row in np.flatnonzero(is_bad & self.good).tolist():
            start, end = int(self._starts[row, column]), int(self._ends[row, column])
            shown = _shown(self._lines.data[start:end].decode(errors="replace"))
            self._lines.fault(int(self._rows[row]), why.format(shown))
        self.good &= ~is_bad

    def lengths(self, column: int) -> Integers:
        """Return the number of bytes of each field."""
        lengths: Integers = self._ends[:, column] - self._starts[:, column]
        return lengths

    def limit(self, column: int, *, what: str, longest: int) -> None:
        """Take out the rows whose field has more bytes than it may."""
        why = f"{what} {{}} is longer than {longest} bytes"
        self.reject(self.lengths(column) > longest, why, column=column)

    def integers(self, column: int, *, what: str, highest: int) -> Integers:
        """Return whole numbers; an empty field is 0, and what is no whole number is a fault."""
        lengths = self.lengths(column)
        self.reject(lengths > _DIGITS, f"{what} {{}} is not a whole number", column=column)
        lengths = np.where(self.good, lengths, 0)
        value: Integers = np.zeros(len(self), dtype=np.int64)
        is_bad: Mask = np.zeros(len(self), dtype=bool)
        for position in range(int(lengths.max(initial=0))):
            inside = np.flatnonzero(lengths > position)
            digit = self._lines.buffer[self._starts[inside, column] + position] - ord("0")
            is_bad[inside] |= digit > 9  # noqa: PLR2004 -- what is below "0" wraps around
            value[inside] = value[inside] * 10 + digit
        self.reject(is_bad, f"{what} {{}} is not a whole number", column=column)
        self.reject(value > highest, f"{what} {{}} is larger than {highest:,}", column=column)
        return value

    def degrees_e5(self, column: int, *, what: str, limit: int) -> NDArray[np.int32]:
        """Return decimal degrees as whole 1e-5 degrees; what lies outside ±limit is a fault."""
        width = min(int(self.lengths(column).max(initial=1)), _LONGEST_NUMBER)
        fields = self._fixed(self._starts[:, column], self._ends[:, column], max(width, 1))
        try:
            degrees = fields.astype(np.float64)
        except ValueError:
            degrees = np.array([_number(text) for text in fields.tolist()], dtype=np.float64)
        degrees[self.lengths(column) > _LONGEST_NUMBER] = np.nan
        self.reject(~np.isfinite(degrees), f"{what} {{}} is not a number", column=column)
        self.reject(np.abs(degrees) > limit, f"{what} {{}} is outside ±{limit}", column=column)
        return np.rint(np.where(self.good, degrees, 0) * 1e5).astype(np.int32)

    def labels(self, first: int, last: int | None = None) -> Labels:
        """Return a column of few distinct strings; two or more columns give them joined by tabs."""
        starts, ends = self._starts[:, first], self._ends[:, first if last is None else last]
        ends = np.where(self.good, ends, starts)  # a rejected field may be of any length
        longest = int((ends - starts).max(initial=0))
        fields = self._fixed(starts, ends, max(longest, _PACKED))
        if longest <= _PACKED:
            codes, numbers = pd.factorize(fields.view(np.uint64))
            distinct = numbers.view(fields.dtype)
        else:
            distinct, codes = np.unique(fields, return_inverse=True)
        return Labels(codes, [value.decode() for value in distinct.tolist()])

    def texts(self, column: int) -> list[str]:
        """Return a column of strings."""
        data = self._lines.data
        bounds = zip(self._starts[:, column].tolist(), self._ends[:, column].tolist(), strict=True)
        return [data[start:end].decode() for start, end in bounds]

    def _fixed(self, starts: Integers, ends: Integers, width: int) -> NDArray[np.bytes_]:
        """Return fields as byte strings of one width, cut off there."""
        at = np.arange(width)
        inside = at < (ends - starts)[:, None]
        where = np.where(inside, starts[:, None] + at, 0)
        fields = np.where(inside, self._lines.buffer[where], np.uint8(0))
        return fields.view(f"S{width}").reshape(len(starts))


def _counted(fields: int) -> str:
    return "1 field" if fields == 1 else f"{fields} fields"


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _number(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
