"""Where does a division of several islands have its point? On the one where most people live.

Natural Earth's is in the middle of them all: Sakhalin's lay on the Kuril Islands.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.areas import representative_point
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.sources.columns import decode_polygons

if TYPE_CHECKING:
    from gazetteer.index.draft import Draft

_DIVISION = "admin1"
_NEAR_DEGREES = 0.05  # a town by the sea may lie beside its island's coarse outline
_MOST = 0.5  # share of the people whose island it must be

Array = np.ndarray[Any, Any]


def move_points_to_people(draft: Draft) -> None:
    """Put a point that is not on a division's largest part on the one where most people live."""
    places = draft.places
    towns: dict[int, list[int]] = defaultdict(list)
    for row, division in enumerate(places.admin1):
        if division >= 0 and places.population[row] and places.kind[row] in SETTLEMENT_KINDS:
            towns[division].append(row)
    polygons = decode_polygons(draft.areas)
    for row, polygon in zip(draft.areas["place"].tolist(), polygons, strict=True):
        parts = shapely.get_parts(polygon)
        if len(parts) == 1 or places.kind[row] != _DIVISION or row not in towns:
            continue
        point = shapely.Point(places.lon_e5[row] / 1e5, places.lat_e5[row] / 1e5)
        if max(parts, key=shapely.area).intersects(point):
            continue  # New York is no island, though most of its people live on one
        main = _main_part(draft, parts, towns[row])
        if main is not None and not main.intersects(point):
            lat, lon = representative_point(main)
            places.lat_e5[row], places.lon_e5[row] = round(lat * 1e5), round(lon * 1e5)


def _main_part(draft: Draft, parts: Array, towns: list[int]) -> Any:
    """Return the part where most people live, None where no part has most of them."""
    places = draft.places
    lon = np.array([places.lon_e5[row] for row in towns]) / 1e5
    lat = np.array([places.lat_e5[row] for row in towns]) / 1e5
    people = np.array([places.population[row] for row in towns])
    near = shapely.buffer(parts, _NEAR_DEGREES)
    living = np.array([people[shapely.contains_xy(part, lon, lat)].sum() for part in near])
    most = int(living.argmax())
    return parts[most] if living[most] > _MOST * people.sum() else None
