"""What does a layer hand to the page?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from maps.geometry import Coordinates
    from maps.table import Row

Kind = Literal["point", "route", "area", "band", "border"]
#: Roles that only set the scene: drawn as places, never as events.
CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Feature:
    """One geometry on one layer.

    Attributes
    ----------
    kind
        How the page draws it.
    layer
        Id of its layer.
    row
        Position of the row it comes from.
    family
        Key of its style.
    tracks
        Lists of coordinates, longitudes unwrapped: a point's position, a route's or border's lines,
        an area's polygons (each a tuple of rings).
    uncertainty_km
        Radius of the circle around a point.
    """

    kind: Kind
    layer: str
    family: str
    basis: str
    row: int
    tracks: tuple[tuple[Coordinates, ...], ...]
    role: str
    uncertainty_km: float | None = None


def feature(
    kind: Kind, layer: str, position: int, row: Row, tracks: list[list[Coordinates]]
) -> Feature:
    """Make a feature of a row."""
    return Feature(
        kind=kind,
        layer=layer,
        family=row.look,
        basis=row.basis,
        row=position,
        tracks=tuple(map(tuple, tracks)),
        role=row.role,
        uncertainty_km=row.uncertainty_km,
    )
