"""Which of two places may hold the other?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer import Resolution

SIZES = {
    "ocean": 6, "sea": 5, "country": 5, "territory": 5, "region": 5, "subregion": 5,
    "disputed": 4, "part": 4, "admin1": 4, "union": 4,
    "border": 3, "coast": 3, "zone": 3, "between": 3, "offset": 3, "island": 3,
    "capital": 2, "city": 2, "town": 2, "village": 1, "district": 1,
}  # fmt: skip
"""How large a kind of place is; a larger one beside a smaller one says where that lies."""


def is_larger(outer: Resolution, inner: Resolution) -> bool:
    """Return whether one place is of a kind that can hold the other."""
    if outer.place is None or inner.place is None:
        return False
    return SIZES.get(outer.place.kind, 0) > SIZES.get(inner.place.kind, 0)
