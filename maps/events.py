"""Which rows of a table make up each event, and which of them tells what?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maps.cells import EMPTY, Column
from maps.layers.feature import CONTEXT

if TYPE_CHECKING:
    from maps.table import EventTable, Positions

Days = NDArray[np.datetime64]

UNKNOWN = np.datetime64("NaT", "D")
#: How fine a date is by its length: an ISO date cut at its year or month.
_CUT = {4: "year", 7: "month"}
_FINENESS = {"decade": 0, "year": 1, "month": 2}
#: Precision of what has only a beginning or only an end, however exactly that is known.
_OPEN = "open"
#: NumPy's unit of a period, and how many of them make one.
_PERIODS = {"decade": ("Y", 10), "year": ("Y", 1), "month": ("M", 1)}


# No slots: what is asked for often is kept.
@dataclass(frozen=True)
class Events:
    """The events of a table, in the order of the page.

    Attributes
    ----------
    table
        The event table.
    rows
        Its rows event by event; the position of a row in here is the number of its spot.
    first
        Per event the number of its first spot; one more at the end.
    """

    table: EventTable
    rows: Positions
    first: Positions

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.first) - 1

    @cached_property
    def of_spot(self) -> Positions:
        """Per spot the number of its event."""
        return np.repeat(np.arange(len(self)), np.diff(self.first))

    @cached_property
    def spot_of_row(self) -> Positions:
        """Per row of the table the number of its spot."""
        spots = np.empty(len(self.rows), dtype=np.int64)
        spots[self.rows] = np.arange(len(self.rows))
        return spots

    def telling(self, filled: NDArray[np.bool_]) -> Positions:
        """Return per event its first row of those given, -1 where there is none."""
        spots = np.flatnonzero(filled[self.rows])
        events, at = np.unique(self.of_spot[spots], return_index=True)
        rows = np.full(len(self), EMPTY, dtype=np.int64)
        rows[events] = self.rows[spots[at]]
        return rows

    def column(self, name: str) -> Column:
        """Return what each event's first row that has a cell of this column says."""
        column = self.table.column(name)
        return column.take(self.telling(column.filled))

    def spots(self, name: str) -> Column:
        """Return a column spot by spot."""
        return self.table.column(name).take(self.rows)

    @cached_property
    def leading(self) -> Positions:
        """Per event its first row."""
        return self.rows[self.first[:-1]]

    @cached_property
    def evidence_rows(self) -> Positions:
        """Per event the row that gives its sentence; spans count within it."""
        return self.telling(self.table.column("evidence").filled)

    @cached_property
    def country(self) -> Column:
        """Per event the country of its first place; what only sets the scene has no say."""
        column = self.table.column("country")
        return column.take(self.telling(column.filled & ~self.table.having(CONTEXT)))

    @cached_property
    def dates(self) -> tuple[Days, Days, Column]:
        """Per event the first and last day, NaT where unknown, and the precision."""
        return _dates(self.table, self.telling(_dated(self.table)))

    @cached_property
    def published(self) -> np.datetime64:
        """The newest day of publication, NaT where none is known or nothing is without an end."""
        start, end, precision = self.dates
        opens = [code for code, name in enumerate(precision.values) if name == _OPEN]
        endless = np.isin(precision.codes, opens) & np.isnat(end) & ~np.isnat(start)
        days = np.array(self.table.column("published").values, dtype="datetime64[D]")
        newest: np.datetime64 = days.max() if endless.any() and len(days) else UNKNOWN
        return newest


def gather(table: EventTable, *, newest_first: bool = False) -> Events:
    """Return the events of a table.

    Parameters
    ----------
    table
        The event table.
    newest_first
        Whether those that began last come first, those of unknown date last; else the events stand
        as in the table.
    """
    rows = np.argsort(table.event, kind="stable")
    counts = np.bincount(table.event, minlength=table.n_events)
    events = Events(table, rows, np.concatenate([[0], np.cumsum(counts)]))
    if not newest_first:
        return events
    start, end, _ = events.dates
    day = np.where(np.isnat(start), end, start)
    age = np.where(np.isnat(day), np.iinfo(np.int64).max, -day.astype(np.int64))
    order = np.argsort(age, kind="stable")
    spots = np.argsort(np.argsort(order)[events.of_spot], kind="stable")
    return Events(table, rows[spots], np.concatenate([[0], np.cumsum(counts[order])]))


def _dated(table: EventTable) -> NDArray[np.bool_]:
    return table.column("start_time").filled | table.column("end_time").filled


def _dates(table: EventTable, rows: Positions) -> tuple[Days, Days, Column]:
    """Return first and last day and precision of some rows.

    What is known to the month, year or decade reaches from its first to its last day; "until 2014"
    ends with that year.
    """
    start = table.column("start_time").take(rows)
    end = table.column("end_time").take(rows)
    dated = start.filled | end.filled
    stated = table.column("time_precision").take(np.where(dated, rows, EMPTY))
    precision = _precision(stated, start, end, dated)
    first, last = _days(start), _days(end)
    for length, name in _CUT.items():
        here = _lengths(end) == length
        last[here] = _period(last[here], name)[1]
    for code, name in enumerate(precision.values):
        if name not in _PERIODS:
            continue
        here = precision.codes == code
        last[here] = _period(np.where(np.isnat(last[here]), first[here], last[here]), name)[1]
        first[here] = _period(first[here], name)[0]
    return first, last, precision


def _precision(stated: Column, start: Column, end: Column, dated: NDArray[np.bool_]) -> Column:
    """Return the precision; a date that is cut at its year is no finer, whatever is stated."""
    lengths = np.minimum(_lengths(start), _lengths(end))
    names = ["day", *_CUT.values(), *stated.values]
    codes = np.where(stated.filled, stated.codes + 1 + len(_CUT), np.where(dated, 0, EMPTY))
    fineness = np.array(
        [EMPTY if name == _OPEN else _FINENESS.get(name, len(_FINENESS)) for name in names]
    )
    for code, (length, name) in enumerate(_CUT.items(), 1):
        codes = np.where((lengths == length) & (fineness[codes] > _FINENESS[name]), code, codes)
    return Column(codes, names)


def _lengths(column: Column) -> NDArray[np.int64]:
    """Return the length of each cell's text; that of an empty one is long."""
    longest = 99
    return np.array([*map(len, column.values), longest], dtype=np.int64)[column.codes]


def _days(column: Column) -> Days:
    """Return ISO texts as days."""
    days = np.array([*(value[:10] for value in column.values), "NaT"], dtype="datetime64[D]")
    return days[column.codes]


def _period(days: Days, name: str) -> tuple[Days, Days]:
    """Return the first and last day of the month, year or decade around each day."""
    unit, count = _PERIODS[name]
    units = days.astype(f"datetime64[{unit}]")
    # 1970 is the start of a decade too.
    number = np.where(np.isnat(units), 0, units.astype(np.int64) // count * count)
    first, beyond = (
        (number + plus).astype(f"datetime64[{unit}]").astype("datetime64[D]") for plus in (0, count)
    )
    unknown = np.isnat(days)
    return (
        np.where(unknown, UNKNOWN, first),
        np.where(unknown, UNKNOWN, beyond - np.timedelta64(1, "D")),
    )
