"""Where the map's edge cuts a geometry in two, how is it made one, and cut again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

HALF_TURN = 180.0
"""Degrees from the prime meridian to the antimeridian."""


def unwrapped(area: BaseGeometry) -> BaseGeometry:
    """Return an area that the antimeridian cuts as one, its western part beyond 180 degrees."""
    west, _, east, _ = area.bounds
    if east - west <= HALF_TURN:
        return area
    parts = shapely.get_parts(area)
    in_west = shapely.bounds(parts)[:, 2] <= 0
    parts[in_west] = [_shifted(part, 2 * HALF_TURN) for part in parts[in_west]]
    low, _, high, _ = shapely.bounds(parts).T
    if high.max() - low.min() >= east - west:
        return area
    is_cut = (low == HALF_TURN) | (high == HALF_TURN)
    joined = shapely.get_parts(shapely.union_all(parts[is_cut]))
    return shapely.multipolygons([*parts[~is_cut], *joined])


def wrapped(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry with what lies beyond 180 degrees cut off and put on the other side."""
    if geometry.is_empty:
        return geometry
    west, south, east, north = geometry.bounds
    if west >= -HALF_TURN and east <= HALF_TURN:
        return geometry
    turn = 2 * HALF_TURN
    pieces = [
        _shifted(shapely.intersection(geometry, shapely.box(low, south, low + turn, north)), -move)
        for move in (-turn, 0.0, turn)
        for low in (move - HALF_TURN,)
    ]
    widest = max(shapely.get_dimensions(piece) for piece in pieces)
    flat = [p for piece in pieces for p in shapely.get_parts(piece)]
    return shapely.union_all([p for p in flat if shapely.get_dimensions(p) == widest])


def _shifted(geometry: BaseGeometry, degrees: float) -> BaseGeometry:
    return shapely.transform(geometry, lambda x, y: (x + degrees, y), interleaved=False)
