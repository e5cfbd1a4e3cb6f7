"""What does a page leave out when there are more events than a browser can hold in full?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from maps.geometry import Coordinates
    from maps.layers.points import Points

#: Up to so many events the page carries everything.
MOST_EVENTS = 200_000
#: Beyond, it carries the details of so many, the newest ones.
DETAILED = 100_000
#: Positions that a browser still groups in a moment.
MOST_POSITIONS = 250_000
#: 2 pi 6378.137 / 360, of WGS 84.
EQUATOR_DEGREE_KM = 111.32
#: Cells of the grids in degrees, the finest first.
GRIDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Thinned:
    """What of a table goes into the page.

    Attributes
    ----------
    points
        The points, on a grid where there were too many positions.
    detailed
        Number of events, the first ones, whose details are carried.
    notes
        For the reader: ``{"key", "values"}`` of what was left out; the key names a phrase in the
        section ``notes`` of the words.
    """

    points: Points
    detailed: int
    notes: list[dict[str, Any]]


def is_big(n_events: int) -> bool:
    """Tell whether there are too many events for a page to carry everything."""
    return n_events > MOST_EVENTS


def thin(points: Points, n_events: int) -> Thinned:
    """Return what the page carries of so many events, and what it says of the rest."""
    if not is_big(n_events):
        return Thinned(points, n_events, [])
    notes: list[dict[str, Any]] = [
        {"key": "details", "values": {"shown": DETAILED, "total": n_events}}
    ]
    positions = count_positions(points.lonlat)
    if positions > MOST_POSITIONS:
        lonlat, cell = on_grid(points.lonlat)
        points = points.moved(lonlat)
        # From a cell's corner to its middle, at the equator, where degrees are longest.
        km = math.ceil(cell * EQUATOR_DEGREE_KM / math.sqrt(2))
        values = {
            "degrees": cell, "km": km, "positions": positions, "kept": count_positions(lonlat),
        }  # fmt: skip
        notes.append({"key": "grid", "values": values})
    return Thinned(points, DETAILED, notes)


def on_grid(lonlat: Coordinates) -> tuple[Coordinates, float]:
    """Round positions to the finest grid that leaves few enough, else to the coarsest.

    Returns
    -------
    ndarray, float
        The positions, and the side of a cell in degrees.
    """
    for cell in GRIDS:
        # 1 / cell is whole: a multiple of it divides out without a tail of digits.
        rounded = np.rint(lonlat / cell) / round(1 / cell)
        if count_positions(rounded) <= MOST_POSITIONS:
            break
    return rounded, cell


def count_positions(lonlat: Coordinates) -> int:
    """Return how many different positions there are, to the metre."""
    whole = np.rint(lonlat * 1e5).astype(np.int64)
    return len(np.unique(whole[:, 0] * (1 << 32) + whole[:, 1]))
