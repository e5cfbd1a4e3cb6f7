"""Over which areas and along which borders did things happen?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps.geometry import band, diagonal_km, geodesic, lines_of, outlines_of, rings_of
from maps.layers.feature import CONTEXT, Feature, feature
from maps.layers.routes import is_route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maps.style import Style
    from maps.table import Row

#: An uncertainty beyond this share of a border's own extent says how far the border reaches, not
#: how wide its zone is: the line alone shows that.
EXTENT_SHARE = 0.4
#: Kinds of place that are borders between countries, or along them.
FRONTIER_KINDS = frozenset({"border", "zone"})
#: Kind of place of an area that several countries claim.
DISPUTED_KIND = "disputed"
#: Viewpoint of an area that is only described, as regions are: nobody's in particular.
DESCRIBED = "neutral"


def features(rows: Sequence[Row], style: Style) -> Iterator[Feature]:
    """Yield areas and border zones, large areas first so that small ones lie on top."""
    found = [
        one
        for position, row in enumerate(rows)
        if row.geometry is not None and row.role != CONTEXT
        for one in (*_areas(position, row, style), *_borders(position, row, style))
    ]
    return iter(sorted(found, key=_extent, reverse=True))


def _areas(position: int, row: Row, style: Style) -> Iterator[Feature]:
    outlines = outlines_of(row.geometry)
    if outlines:
        layer = _layer(row, style, among_borders=row.cells.get("place_kind") in FRONTIER_KINDS)
        yield feature("area", layer, position, row, outlines, facts=_dispute(row))


def _dispute(row: Row) -> dict[str, Any]:
    """Return whose view of a disputed area its outline is, where that is known."""
    viewpoint = row.cells.get("viewpoint", DESCRIBED)
    if viewpoint != DESCRIBED:
        return {"disputed": True, "viewpoint": viewpoint}
    return {"disputed": True} if row.cells.get("place_kind") == DISPUTED_KIND else {}


def _borders(position: int, row: Row, style: Style) -> Iterator[Feature]:
    """Yield each border as its line and, where its width is known, the band around it."""
    if is_route(row):
        return
    lines = lines_of(row.geometry)
    if not lines:
        return
    known = row.cells.get("place_kind")
    layer = _layer(row, style, among_borders=known is None or known in FRONTIER_KINDS)
    if row.uncertainty_km and row.uncertainty_km < EXTENT_SHARE * diagonal_km(row.geometry):
        around = rings_of(band(lines, radius_km=row.uncertainty_km))
        yield feature("band", layer, position, row, around)
    yield feature("border", layer, position, row, [[geodesic(line)] for line in lines])


def _layer(row: Row, style: Style, *, among_borders: bool) -> str:
    """Return the layer of an area or line: a river or a coast is none of the borders."""
    return style.layer("band" if among_borders else "area", row.type, row.family)


def _extent(one: Feature) -> float:
    """Size of the box around a feature, in square degrees."""
    coords = np.concatenate([track for part in one.tracks for track in part])
    width, height = np.ptp(coords, axis=0)
    return float(width * height) if one.kind != "border" else -1.0
