"""How is a table printed, on a terminal or into a pipe?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PIPE_WIDTH = 200  # characters; a file has no width that lines must be broken to


def print_table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table on standard output; None is an empty cell."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in heading:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    Console(markup=False, emoji=False, highlight=False, width=width).print(table)
