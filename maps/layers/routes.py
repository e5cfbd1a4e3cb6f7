"""Which way did things move?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.geometry import geodesic, lines_of
from maps.layers.feature import CONTEXT, Feature, feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maps.style import Style
    from maps.table import Row

ROLE = "route"
#: Families whose lines are routes even where no role says so.
MOVING = frozenset({"movement", "transfer"})
#: Kinds of place whose line is a border, whatever the event.
BORDER_KINDS = frozenset({"border", "zone", "coast"})


def is_route(row: Row) -> bool:
    """Tell whether the row's lines are routes rather than borders."""
    if row.role == ROLE:
        return True
    return (
        row.role != CONTEXT
        and row.family in MOVING
        and row.cells.get("place_kind") not in BORDER_KINDS
    )


def features(rows: Sequence[Row], style: Style) -> Iterator[Feature]:
    """Yield the rows' routes as geodesics, from first vertex to last."""
    for position, row in enumerate(rows):
        if row.geometry is None or not is_route(row):
            continue
        if lines := lines_of(row.geometry):
            layer = style.layer("line", row.type, row.family)
            yield feature("route", layer, position, row, [[geodesic(line)] for line in lines])
