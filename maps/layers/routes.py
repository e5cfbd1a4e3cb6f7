"""Which way did things move?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.geometry import courses, ends_of, paths_of
from maps.layers.feature import CONTEXT, Feature, feature
from maps.style import BASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maps.geometry import Coordinates, Course
    from maps.style import Style
    from maps.table import Row

ROLE = "route"
#: Families whose lines are routes even where no role says so.
MOVING = frozenset({"movement", "transfer"})
#: Kinds of place whose line is a border, whatever the event.
BORDER_KINDS = frozenset({"border", "zone", "coast"})

#: A stated line of so many points is a track: no text names as many stops of one journey.
TRACK_POINTS = 9
#: Of the points between two stops, in degrees.
_DECIMALS = 4


#: Lengths between ends that are known as closely as this are told to the kilometre.
_TOLD_EXACTLY_KM = 10.0


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
    """Yield the rows' routes: actual tracks as they are, all others as geodesics over the stops.

    A geodesic that is not stated, as our files have it, has its ends as stops and no others.
    A line in pieces is one route as far as each piece goes on from the one before; routes over the
    same stops are drawn as one by the page, which tells them apart by their course.
    """
    found = [
        (position, row, path if row.basis == BASES[0] else ends_of(path))
        for position, row in enumerate(rows)
        if row.geometry is not None and is_route(row)
        for path in paths_of(row.geometry)
    ]
    ways = courses([path for _, _, path in found])
    for (position, row, path), way in zip(found, ways, strict=True):
        layer = style.layer("line", row.type, row.family)
        facts: dict[str, Any] = {"track": True, "legs": [round(sum(way.legs_km), 1)]}
        if not is_track(row, path):
            facts = {**_lengths(way, row.uncertainty_km or 0), "stops": [*way.stops]}
        yield feature("route", layer, position, row, [[_rounded(way)]], facts=facts)


def _lengths(way: Course, uncertainty_km: float) -> dict[str, Any]:
    """Return how long the legs are, no closer than their ends are known, and whether that is so.

    Between a country, known to 166 km, and a town it is some 1,600 km and not 1,609.
    """
    if uncertainty_km < _TOLD_EXACTLY_KM:
        return {"legs": [round(leg, 1) for leg in way.legs_km]}
    step = 10 ** math.floor(math.log10(uncertainty_km))
    legs = [max(step, step * round(leg / step)) for leg in way.legs_km]
    return {"legs": legs, "about": True}


def _rounded(way: Course) -> Coordinates:
    """Return the points of a course, the stops as they are, those between to ten metres."""
    points = np.round(way.points, _DECIMALS)
    stops = [*way.stops]
    points[stops] = way.points[stops]
    return points


def is_track(row: Row, path: Coordinates) -> bool:
    """Tell whether the line is the way that was gone, not the stops on it."""
    return row.basis == BASES[0] and len(path) >= TRACK_POINTS
