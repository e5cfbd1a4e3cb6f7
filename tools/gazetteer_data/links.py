"""In which first-level division does a settlement or an airfield lie?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.gazetteer_data.model import Place

#: Degrees by which a settlement may lie outside its division's smoothed polygon.
NEAR: Final = 0.05


def with_parents(places: Sequence[Place], divisions: Sequence[Place]) -> list[Place]:
    """Return the places with the id of their division as ``parent``, empty where none fits.

    GeoNames' division code decides where exactly one division of the country carries it and lies
    near the point (Natural Earth has some codes of a former division of the country); otherwise
    the polygon of the same country that holds the point.
    """
    lowest = [division for division in divisions if division.equivalents]
    bearers: dict[str, list[Place]] = defaultdict(list)
    for division in lowest:
        for equivalent in division.equivalents:
            scheme, _, code = equivalent.partition(":")
            if scheme == "gn_a1":
                bearers[code].append(division)
    inside = _containing(places, lowest)
    linked = []
    for place in places:
        found = bearers.get(place.parent, [])
        near = len(found) == 1 and shapely.dwithin(
            found[0].area, shapely.Point(place.lon, place.lat), NEAR
        )
        linked.append(replace(place, parent=found[0].id if near else inside.get(place.id, "")))
    return linked


def _containing(places: Sequence[Place], divisions: Sequence[Place]) -> dict[str, str]:
    """Return the id of the division of the same country around each place, by place id."""
    tree = shapely.STRtree([division.area for division in divisions])
    points = shapely.points(np.array([(place.lon, place.lat) for place in places]))
    found: dict[str, str] = {}
    for point, row in tree.query(points, predicate="intersects").T:
        if divisions[row].country == places[point].country:
            found.setdefault(places[point].id, divisions[row].id)
    return found
