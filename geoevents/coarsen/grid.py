"""In which cell of a fixed grid does a point lie, and where is the cell's middle?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.195
"""Of a great circle on the sphere of the Earth's mean radius, 6,371 km."""

_ROUND, _HALF_ROUND = 360.0, 180.0


class Cell(NamedTuple):
    """A cell: its row from the south, its column from 180 degrees west, and its middle."""

    row: int
    column: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of about the same side all over the world.

    Bands of equal height run around the Earth, and each is cut into as many cells as make them as
    wide as high in its middle. The grid depends on nothing but the side: a place lies in the same
    cell every time, so that no number of its events tells more of it than one.

    Attributes
    ----------
    km
        Side of a cell, in kilometres.

    Examples
    --------
    >>> Grid(100).cell(49.87, 40.41).lat
    40.05
    """

    km: float

    @property
    def bands(self) -> int:
        """Number of bands from pole to pole."""
        return max(1, round(_HALF_ROUND * KM_PER_DEGREE / self.km))

    def columns(self, row: int) -> int:
        """Return the number of cells of a band."""
        middle = math.radians(self._south(row) + self._height / 2)
        return max(1, round(_ROUND * KM_PER_DEGREE * math.cos(middle) / self.km))

    def cell(self, lon: float, lat: float) -> Cell:
        """Return the cell of a point, degrees; any turn around the Earth is taken off."""
        row = min(int((lat + 90) / self._height), self.bands - 1)
        count = self.columns(row)
        column = min(int(((lon + _HALF_ROUND) % _ROUND) / _ROUND * count), count - 1)
        width = _ROUND / count
        middle = (column + 0.5) * width - _HALF_ROUND
        return Cell(row, column, round(middle, 6), round(self._south(row) + self._height / 2, 6))

    def middles(self, coords: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return the middle of the cell of each of many points: lon, lat."""
        return np.array([self.cell(lon, lat)[2:] for lon, lat in coords.tolist()])

    def outline(self, lon: float, lat: float) -> BaseGeometry:
        """Return the cell of a point as a polygon."""
        import shapely

        row, _, middle, _ = self.cell(lon, lat)
        half, south = _HALF_ROUND / self.columns(row), self._south(row)
        return shapely.box(middle - half, south, middle + half, south + self._height)

    def name(self, cell: Cell) -> str:
        """Return an id of the cell: side, row, column.

        Examples
        --------
        >>> grid = Grid(100)
        >>> grid.name(grid.cell(49.87, 40.41))
        'cell:100km:144:195'
        """
        return f"cell:{self.km:g}km:{cell.row}:{cell.column}"

    @property
    def _height(self) -> float:
        return _HALF_ROUND / self.bands

    def _south(self, row: int) -> float:
        return row * self._height - 90
