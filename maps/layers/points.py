"""Where are the events that happened at a place?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.geometry import points_of
from maps.layers.feature import CONTEXT, Feature, feature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maps.style import Style
    from maps.table import Row

#: Layer of a family's points: this and the family.
PREFIX = "event."


def features(rows: Sequence[Row], style: Style) -> Iterator[Feature]:
    """Yield the points of the rows, one layer per family; the position is never moved."""
    for position, row in enumerate(rows):
        if row.role == CONTEXT:
            continue
        layer = PREFIX + style.family(row.look)
        for point in points_of(row.geometry):
            yield feature("point", layer, position, row, [[point]])
