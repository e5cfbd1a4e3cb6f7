"""What does a layer hand to the page?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.geometry import Coordinates
    from maps.table import Row

Kind = Literal["point", "route", "area", "band", "border", "density"]
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
    also
        Positions of further rows that it stands for, as an area computed from many points does.
    facts
        What else the page has to know of it, fit for JSON; the page gets it with the shape as it
        is. Of a route: ``legs`` (km between its stops), ``stops`` (which points of its course they
        are) and ``track`` (true where the course itself is stated). Of an area: ``disputed`` and
        ``viewpoint``. Of a density: ``radius_km``, and the ``least`` events and ``places`` within
        it.
    """

    kind: Kind
    layer: str
    family: str
    basis: str
    row: int
    tracks: tuple[tuple[Coordinates, ...], ...]
    role: str
    uncertainty_km: float | None = None
    also: tuple[int, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def feature(
    kind: Kind,
    layer: str,
    position: int,
    row: Row,
    tracks: list[list[Coordinates]],
    *,
    facts: Mapping[str, Any] | None = None,
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
        facts=facts or {},
    )
