"""Where are the events that happened at a place?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from maps.layers.feature import CONTEXT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.geometry import Coordinates
    from maps.style import Style
    from maps.table import EventTable, Geometries, Positions

#: Layer of a family's points: this and the family.
PREFIX = "event."
#: A point less certain than this gets a circle.
CIRCLE_KM = 5.0
ORIGIN = "origin"

_POINT = 0
#: Shapely's numbers of the geometries that points may be parts of: MultiPoint, GeometryCollection.
_COLLECTIONS = (4, 7)


@dataclass(frozen=True, slots=True)
class Points:
    """All points of the events, column by column.

    Attributes
    ----------
    lonlat
        Shape (n, 2), degrees, EPSG:4326; the position is never moved but onto a stated grid.
    row
        Row of the event table that each comes from.
    family
        Position of its family in ``families``.
    families
        Keys of the style.
    km
        Radius of the circle around each, 0 where it is certain enough to need none.
    """

    lonlat: Coordinates
    row: Positions
    family: NDArray[np.int64]
    families: tuple[str, ...]
    km: NDArray[np.float64]

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.row)

    def moved(self, lonlat: Coordinates) -> Points:
        """Return the same points at other positions."""
        return replace(self, lonlat=lonlat)


def points(table: EventTable, style: Style) -> Points:
    """Return the points of an event table, those that only set the scene left out."""
    wanted = np.flatnonzero(~table.having(CONTEXT))
    lonlat, owner = point_parts(table.geometry[wanted])
    row = wanted[owner]
    families = tuple(style.families)
    drawn = [families.index(style.family(look)) for look in table.look.values]
    km = np.nan_to_num(table.uncertainty_km[row])
    return Points(
        lonlat=lonlat,
        row=row,
        family=np.array(drawn, dtype=np.int64)[table.look.codes[row]],
        families=families,
        km=np.where(km > CIRCLE_KM, km, 0.0),
    )


def point_parts(geometry: Geometries) -> tuple[Coordinates, Positions]:
    """Return the points that geometries consist of or contain, and the position of their owners.

    Examples
    --------
    >>> held = np.array([None, shapely.Point(1, 2), shapely.MultiPoint([(3, 4), (5, 6)])])
    >>> lonlat, owner = point_parts(held)
    >>> lonlat.tolist(), owner.tolist()
    ([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [1, 2, 2])
    """
    owner = np.arange(len(geometry))
    kinds = shapely.get_type_id(geometry)
    while (made := np.isin(kinds, _COLLECTIONS)).any():
        parts, whole = shapely.get_parts(geometry[made], return_index=True)
        owner = np.concatenate([owner[~made], owner[made][whole]])
        geometry = np.concatenate([geometry[~made], parts])
        order = np.argsort(owner, kind="stable")
        owner, geometry = owner[order], geometry[order]
        kinds = shapely.get_type_id(geometry)
    coords, which = shapely.get_coordinates(geometry[kinds == _POINT], return_index=True)
    return coords, owner[kinds == _POINT][which]
