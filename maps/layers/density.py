"""Where do events that are points lie so densely that they make an area that no text names?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from maps.density import LEAST_EVENTS, LEAST_PLACES, RADIUS_KM, dense_areas
from maps.geometry import outlines_of
from maps.layers.feature import Feature
from maps.style import BASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from maps.layers.points import Points
    from maps.style import Layer, Style
    from maps.table import EventTable

#: What the style calls such an area; its layer names the families of which they are computed.
GEOMETRY = "density"
_POLYGONS = (3, 6)  # Shapely's numbers of Polygon and MultiPolygon


def features(table: EventTable, points: Points, style: Style) -> Iterator[Feature]:
    """Yield the areas computed from points, the one of the most events first.

    A point counts once per event, and only where it is known to be: not if it may lie further off
    than events are counted together, nor if its event has an area of its own.
    """
    for layer in (one for one in style.layers if one.geometry == GEOMETRY):
        wanted = np.flatnonzero(_counted(table, points, layer))
        event = table.event[points.row[wanted]]
        at = np.column_stack([event, np.round(points.lonlat[wanted], 5)])
        wanted = wanted[np.sort(np.unique(at, axis=0, return_index=True)[1])]
        for dense in dense_areas(points.lonlat[wanted]):
            rows = points.row[wanted[dense.members]]
            first = int(rows[0])
            yield Feature(
                kind="density",
                layer=layer.id,
                family=table.look.at(first),
                # Neither the text nor what it says gives this outline: it sketches.
                basis=BASES[-1],
                row=first,
                also=tuple(rows[1:].tolist()),
                tracks=tuple(map(tuple, outlines_of(dense.area))),
                role=table.role.at(first),
                facts={"radius_km": RADIUS_KM, "least": LEAST_EVENTS, "places": LEAST_PLACES},
            )


def _counted(table: EventTable, points: Points, layer: Layer) -> NDArray[np.bool_]:
    """Tell which points count: of the layer's families, and sure enough of their place."""
    codes = [code for code, name in enumerate(table.family.values) if name in layer.families]
    violent = np.isin(table.family.codes, codes)
    sure = ~(table.uncertainty_km > RADIUS_KM)
    areas = table.event[np.isin(shapely.get_type_id(table.geometry), _POLYGONS)]
    chosen: NDArray[np.bool_] = (violent & sure & ~np.isin(table.event, areas))[points.row]
    return chosen
