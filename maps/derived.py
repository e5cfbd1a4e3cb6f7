"""Which columns follow from others, so that the page can work them out and need not carry them?

Deflate does not see that two columns are alike when they lie further apart than its window of
32 KB: of a hundred thousand events a third of the packed columns repeats what others say.
``assets/js/derived.js`` turns it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps.cells import EMPTY, Codes

if TYPE_CHECKING:
    from collections.abc import Mapping

Tables = dict[str, dict[str, Any]]

#: Columns that only grow: written as what each row adds, they pack to next to nothing.
_GROWING = (("events", "first"), ("points", "event"), ("points", "spot"))
#: Table and column that may say what a column of another table says of the row to which the column
#: in the middle points.
_ELSEWHERE = (
    ("points", "family", "event", ("events", "family")),
    ("points", "basis", "spot", ("spots", "basis")),
    ("events", "country", "first", ("spots", "country")),
)
#: Columns of a table that one of the same table may decide: a type has one title and one family.
_DECIDED = (
    ("events", "title", "type"), ("events", "family", "type"), ("points", "layer", "family"),
)  # fmt: skip


def without_derived(tables: Tables) -> Tables:
    """Return the tables with every column as short as it can be written.

    Parameters
    ----------
    tables
        Table to column to whole numbers, in arrays; what is no array stays as it is.

    Returns
    -------
    dict
        A column is a list of its numbers; or ``{"steps"}``, what each row adds to the one before;
        or ``{"by", "values"}``, its number by that of the column ``by``; or ``{"by", "of"}``, the
        number that the table and column ``of`` has in the row ``by``.
    """
    short: Tables = {name: dict(columns) for name, columns in tables.items()}
    for table, name, by, (other, column) in _ELSEWHERE:
        rows, known = _array(tables, table, by), _array(tables, other, column)
        own = tables[table][name]
        if len(known) and (known[rows[: len(own)]] == own).all():
            short[table][name] = {"by": by, "of": [other, column]}
    for table, name, by in _DECIDED:
        values = _decision(_array(tables, table, by), _array(tables, table, name))
        if values is not None and isinstance(short[table][name], np.ndarray):
            short[table][name] = {"by": by, "values": values.tolist()}
    for table, name in _GROWING:
        short[table][name] = {"steps": np.diff(tables[table][name], prepend=0).tolist()}
    return {
        table: {
            name: column.tolist() if isinstance(column, np.ndarray) else column
            for name, column in columns.items()
        }
        for table, columns in short.items()
    }


def _array(tables: Mapping[str, Mapping[str, Any]], table: str, name: str) -> Codes:
    array: Codes = tables[table][name]
    return array


def _decision(by: Codes, column: Codes) -> Codes | None:
    """Return the column's number for each number of the other, None where there is no such rule."""
    if not len(by) or by.min() < 0:
        return None
    values = np.full(int(by.max()) + 1, EMPTY, dtype=np.int64)
    values[by] = column
    return values if (values[by] == column).all() else None
