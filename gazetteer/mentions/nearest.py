"""Which of many offsets are nearest to one?"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def nearest(offsets: Sequence[int], at: int, count: int) -> list[int]:
    """Return the numbers of the sorted offsets that are nearest to one, the nearest first."""
    i = bisect_left(offsets, at)
    window = range(max(0, i - count), min(len(offsets), i + count))
    return sorted(window, key=lambda j: abs(offsets[j] - at))[:count]
