"""What does one column of a table hold, checked, each value once?"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.errors import BadValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]

#: Code of an empty cell.
EMPTY = -1
#: Lengths of an ISO date that is cut at its year or month.
_CUT = frozenset({4, 7})
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"\d{4}")
#: A number in a column of times can only be a year.
_YEARS = range(1000, 10000)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    codes
        Per row the position of its value in ``values``, or :data:`EMPTY`.
    values
        The values; those of text, numbers and times stand here once each.

    Examples
    --------
    >>> column = Column(np.array([0, 1, EMPTY, 0]), ["a", "b"])
    >>> [column.at(row) for row in range(4)]
    ['a', 'b', None, 'a']
    """

    codes: Codes
    values: Sequence[Any]

    def at(self, row: int) -> Any:
        """Return a row's value, or None."""
        code = self.codes[row]
        return None if code == EMPTY else self.values[code]

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Which rows have a value."""
        there: NDArray[np.bool_] = self.codes != EMPTY
        return there

    def mapped(self, change: Callable[[Any], Any]) -> Column:
        """Return the column with every value changed; where it becomes None, the cell is empty."""
        return _without_none(self.codes, [change(value) for value in self.values])

    def filled_up(self, value: Any) -> Column:
        """Return the column with a value in its empty cells."""
        if self.filled.all():
            return self
        return Column(np.where(self.filled, self.codes, len(self.values)), [*self.values, value])

    def take(self, rows: Codes) -> Column:
        """Return the column of some rows; where a row is -1, the cell is empty."""
        return Column(np.where(rows == EMPTY, EMPTY, self.codes[rows]), self.values)

    def numbers(self) -> Numbers:
        """Return each row's value as a number, NaN where it is empty."""
        return np.array([*self.values, math.nan], dtype=float)[self.codes]

    def cut(self, start: int = 0, stop: int | None = None) -> list[Any]:
        """Return the values of neighbouring rows [default: of all], None where they are empty."""
        return [
            None if code == EMPTY else self.values[code] for code in self.codes[start:stop].tolist()
        ]


def absent(length: int) -> Column:
    """Return a column without any value."""
    return Column(np.full(length, EMPTY, dtype=np.int64), [])


def together(*columns: Column) -> Column:
    """Return the columns side by side: its values are tuples, one of each column, None for empty.

    Examples
    --------
    >>> both = together(Column(np.array([0, 0]), ["a"]), Column(np.array([0, EMPTY]), ["b"]))
    >>> both.values
    [('a', 'b'), ('a', None)]
    """
    keys = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        # Numbered anew after each step, the keys never grow beyond rows times values.
        keys, _ = pd.factorize(keys * (len(column.values) + 1) + column.codes + 1)
    _, first = np.unique(keys, return_index=True)
    parts = [column.take(first).cut() for column in columns]
    return Column(keys, list(zip(*parts, strict=True)))


def read(series: pd.Series[Any], *, name: str, dtype: str) -> Column:
    """Return a column's cells as plain Python values.

    Parameters
    ----------
    series
        The column as pandas has it.
    name
        Its name, for the error.
    dtype
        ``string``, ``float``, ``int``, ``json``, ``datetime`` or ``date``. Times become ISO text;
        JSON may be text or objects already; what is not finite is empty.

    Raises
    ------
    BadValueError
        If a cell does not fit; it names the first one.
    """
    reader = _READERS[dtype]
    codes, cells = _distinct(series)
    if dtype == "string" and set(map(type, cells)) == {str}:
        return Column(codes, cells)
    values = []
    for code, cell in enumerate(cells):
        try:
            values.append(reader(cell))
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            row = int(np.flatnonzero(codes == code)[0])
            raise BadValueError(name, row, cell, dtype) from error
    column = _without_none(codes, values)
    return column if dtype == "json" else _merged(column)


def _distinct(series: pd.Series[Any]) -> tuple[Codes, list[Any]]:
    """Return each row's code and the filled cells in the order in which they first appear."""
    if series.dtype == object or isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(object)
        if pd.api.types.infer_dtype(series, skipna=True) != "string":
            # Lists cannot be told apart by hash, and 1, 1.0 and True are equal: keep all.
            found = dict(filled(series))
            codes = np.full(len(series), EMPTY, dtype=np.int64)
            codes[list(found)] = np.arange(len(found))
            return codes, list(found.values())
    codes, cells = pd.factorize(series)
    return codes.astype(np.int64), cells.tolist()


def filled(column: pd.Series[Any]) -> Iterator[tuple[int, Any]]:
    """Yield position and value of the cells that are not empty."""
    for number, cell in enumerate(column.tolist()):
        if isinstance(cell, (list, dict)) or not pd.isna(cell):
            yield number, cell


def _without_none(codes: Codes, values: list[Any]) -> Column:
    """Return a column whose cells are empty where their value is None."""
    there = [value is not None for value in values]
    if all(there):
        return Column(codes, values)
    numbers = np.append(np.where(there, np.cumsum(there) - 1, EMPTY), EMPTY)
    return Column(numbers[codes], [value for value in values if value is not None])


def _merged(column: Column) -> Column:
    """Return a column in which equal values have one code: 2 and "2" are one text."""
    numbers: dict[Any, int] = {}
    same = [numbers.setdefault(value, len(numbers)) for value in list(column.values)]
    if len(numbers) == len(same):
        return column
    return Column(np.array([*same, EMPTY], dtype=np.int64)[column.codes], list(numbers))


def read_json(cell: object) -> Any:
    """Return a JSON cell's value, whether it is held as text or as objects already."""
    if not isinstance(cell, str):
        return cell
    return json.loads(cell) if cell.strip() else None


def _number(cell: Any) -> float | None:
    number = float(cell)
    return number if math.isfinite(number) else None


def _whole(cell: Any) -> int:
    number = float(cell)
    if number != int(number):
        raise ValueError(cell)
    return int(number)


def _moment(cell: Any) -> str | None:
    """Return an ISO date or date and time; text is kept as cut ("2016", "2020-09")."""
    if isinstance(cell, (bool, np.bool_)):
        raise TypeError(cell)
    if isinstance(cell, (int, float, np.number)):
        cell = str(_year(cell))
    if isinstance(cell, str):
        if not cell.strip():
            return None
        if not _YEAR.search(cell):
            # pandas reads "now" and "12:30", which are another day tomorrow.
            raise ValueError(cell)
        if _ISO_DATE.fullmatch(cell):
            return str(np.datetime64(cell, "D"))
        if len(cell) in _CUT:
            return str(pd.Timestamp(cell).isoformat()[: len(cell)])
    moment = pd.Timestamp(cell)
    return None if moment is pd.NaT else str(moment.isoformat())


def _year(cell: Any) -> int:
    year = _whole(cell)
    if year not in _YEARS:
        raise ValueError(cell)
    return year


def _date(cell: Any) -> str | None:
    moment = _moment(cell)
    return None if moment is None else moment[:10]


_READERS: dict[str, Callable[[Any], Any]] = {
    "string": str,
    "float": _number,
    "int": _whole,
    "json": read_json,
    "datetime": _moment,
    "date": _date,
}
