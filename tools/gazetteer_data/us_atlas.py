"""Which outlines does the U.S. Atlas hold, by their FIPS codes?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Line = NDArray[np.float64]

_SHORTEST_RING: Final = 4  # three corners, and the first one repeated


@dataclass(frozen=True, slots=True)
class Outline:
    """A county or an equivalent: its name without "County" or "Parish", its polygons, EPSG:4326."""

    name: str
    geometry: shapely.Geometry


def counties(folder: Path) -> dict[str, Outline]:
    """Return the counties and what is like them, by FIPS code of five digits.

    The Census Bureau's cartographic boundaries of 2017, quantized and simplified.
    """
    topology = json.loads((folder / "package" / "counties-10m.json").read_text("utf-8"))
    arcs = _arcs(topology)
    return {
        entry["id"]: Outline(entry["properties"]["name"], _geometry(entry, arcs))
        for entry in topology["objects"]["counties"]["geometries"]
    }


def _arcs(topology: dict[str, Any]) -> list[Line]:
    """Return the lines that the polygons are made of, in degrees."""
    scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]


def _geometry(entry: dict[str, Any], arcs: Sequence[Line]) -> shapely.Geometry:
    polygons = [entry["arcs"]] if entry["type"] == "Polygon" else entry["arcs"]
    drawn = [[_ring(numbers, arcs) for numbers in rings] for rings in polygons]
    shapes = [
        shapely.Polygon(shell, [hole for hole in holes if len(hole) >= _SHORTEST_RING])
        for shell, *holes in drawn
        if len(shell) >= _SHORTEST_RING  # an islet that was simplified to a line
    ]
    return shapely.make_valid(
        shapely.MultiPolygon(shapes), method="structure", keep_collapsed=False
    )


def _ring(numbers: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Join arcs end to end; ``~i`` is arc i backwards. Each begins where the one before ended."""
    lines = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in numbers]
    return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])
