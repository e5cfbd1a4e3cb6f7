"""How do lines and areas get into the page?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from maps import geometry
from maps.columns import DECIMALS
from maps.layers import LAYERS, Feature, density

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from maps.events import Events
    from maps.geometry import Coordinates
    from maps.layers.points import Points
    from maps.style import Style
    from maps.table import EventTable

#: Shapely's numbers of Point and MultiPoint.
_POINTS = (0, 4)


def shapes(table: EventTable, style: Style, points: Points | None = None) -> list[Feature]:
    """Return the lines and areas of an event table, the lowest on the map first.

    The layers see only the rows that have other geometry than points; a feature's ``row`` is a
    position in the whole table. Where the points are given, areas are computed from those that lie
    densely.
    """
    computed = () if points is None else density.features(table, points, style)
    kinds = shapely.get_type_id(table.geometry)
    positions = np.flatnonzero((kinds >= 0) & ~np.isin(kinds, _POINTS)).tolist()
    rows = table.rows(positions)
    stated = [
        replace(one, row=positions[one.row], also=tuple(positions[row] for row in one.also))
        for layer in LAYERS
        for one in layer.features(rows, style)
    ]
    return [*computed, *stated]


def tracks(features: Iterable[Feature]) -> list[Coordinates]:
    """Return all that features draw."""
    return [track for one in features for part in one.tracks for track in part]


def as_json(
    features: Sequence[Feature], events: Events, *, west: float, style: Style
) -> list[dict[str, Any]]:
    """Return the features as the page reads them, those that coincide merged into one."""
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in features:
        shape = [[*map(_flat, geometry.shift_all(part, west))] for part in one.tracks]
        drawn = {
            "kind": one.kind,
            "layer": one.layer,
            "family": style.family(one.family),
            "basis": one.basis,
        }
        known = merged.setdefault(
            (*drawn.values(), repr(one.facts), *_frozen(one)),
            {**one.facts, **drawn, "refs": [], "shape": shape},
        )
        known["refs"] += [_ref(row, events) for row in (one.row, *one.also)]
    return list(merged.values())


def _ref(row: int, events: Events) -> list[int]:
    """Return event and spot of a row."""
    spot = events.spot_of_row[row]
    return [int(events.of_spot[spot]), int(spot)]


def _flat(track: Coordinates) -> list[float]:
    """Return a track as lon, lat, lon, lat …"""
    flat: list[float] = np.round(track, DECIMALS).ravel().tolist()
    return flat


def _frozen(one: Feature) -> Iterator[bytes]:
    """Yield what tells shapes apart, to the last digit that the page gets."""
    for part in one.tracks:
        for track in part:
            yield np.round(track, DECIMALS).tobytes()
        yield b""
