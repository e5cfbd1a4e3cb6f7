"""What may be told of a place that must not be pinpointed?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geoevents.coarsen.areas import DIVISION, PublicAreas, reach_km, side_km
from geoevents.coarsen.grid import Grid
from geoevents.place_rows import Row, names_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer, Place

CELL = "cell"
"""Kind of a place of which only the cell of the grid is told."""

_INFERRED, _SCHEMATIC = "inferred", "schematic"
_MOST_VERTICES = 100_000  # of an outline that is drawn along the grid


class ToCells:
    """Places told to a cell of a grid."""

    def __init__(self, km: float, gazetteer: Gazetteer | None) -> None:
        self._km = km
        self._grid = Grid(km)
        self._areas = PublicAreas(gazetteer)
        self._names: dict[Any, Row] = {}

    def row(self, cells: Mapping[str, Any], shape: BaseGeometry) -> Row:
        """Return what the table may say of a place: its cell, or the wider area that it is."""
        area = self._areas.named(cells.get("place_id"), least_km=self._km)
        if area is not None:
            return _area_row(area, shape, self._areas, cells)
        drawn = self._drawn(cells, shape)
        return self._cell_row(cells, shape) if drawn is None else self._line_row(cells, drawn)

    def _drawn(self, cells: Mapping[str, Any], shape: BaseGeometry) -> BaseGeometry | None:
        """Return a line, or an area larger than a cell, along the middles of cells; else None."""
        import shapely

        derived = "@" in str(cells.get("place_id") or "")
        if shape.area and (derived or side_km(shape) < self._km):
            return None
        if not shape.length or shapely.get_num_coordinates(shape) > _MOST_VERTICES:
            return None
        moved = shapely.transform(shape, self._grid.middles)
        if shape.area:
            whole = shapely.make_valid(moved, method="structure", keep_collapsed=False)
            return whole if whole.area else None
        lines = [line for part in shapely.get_parts(moved) if (line := _line(part)) is not None]
        return shapely.MultiLineString(lines) if len(lines) > 1 else next(iter(lines), None)

    def _line_row(self, cells: Mapping[str, Any], drawn: BaseGeometry) -> Row:
        return {
            "place_kind": "route" if cells.get("role") == "route" else None,
            "country": cells.get("country"),
            "geometry_basis": _SCHEMATIC if drawn.area else _INFERRED,
            "uncertainty_km": self._rounded(_own_km(cells)),
            "geometry": drawn,
        }

    def _cell_row(self, cells: Mapping[str, Any], shape: BaseGeometry) -> Row:
        import shapely

        middle = shape.centroid
        cell = self._grid.cell(middle.x, middle.y)
        far = reach_km(cell.lon, cell.lat, [shape]) if shape.length else 0.0
        again = cells.get("place_id") == self._grid.name(cell) and not shape.length
        country = cells.get("country")
        return self._country_names(country) | {
            "place_id": self._grid.name(cell),
            "place_kind": CELL,
            "country": country,
            "geometry_basis": _SCHEMATIC,
            # A table that was told so before stays as it is.
            "uncertainty_km": _own_km(cells) if again else self._rounded(max(far, _own_km(cells))),
            "geometry": shapely.Point(cell.lon, cell.lat),
        }

    def _country_names(self, country: str | None) -> Row:
        """Return the names by which a cell is called: those of its country."""
        if country not in self._names:
            land = self._areas.named(f"iso:{country}")
            named = {"place": land.name, "place_names": names_json(land)} if land else {}
            self._names[country] = named
        return self._names[country]

    def _rounded(self, own_km: float) -> float:
        """Return the radius around a cell's middle that holds the place, in whole sides.

        An exact radius would tell how large the place is, and with it which.
        """
        corner = self._km * math.sqrt(0.5)
        return self._km * math.ceil(round((corner + own_km) / self._km, 9))


class ToDivisions:
    """Places told to their first-level division."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._areas = PublicAreas(gazetteer)

    def row(self, cells: Mapping[str, Any], shape: BaseGeometry) -> Row:
        """Return what the table may say of a place; outside of all divisions nothing."""
        import shapely

        area = self._areas.named(cells.get("place_id"))
        if area is not None:
            return _area_row(area, shape, self._areas, cells)
        if shape.length and not shape.area:
            coords = shapely.get_coordinates(shape)
            start, end = (self._areas.division(None, *at) for at in coords[[0, -1]].tolist())
            if start is not None and end is not None and start.id != end.id:
                return self._line_row(cells, start, end)
        middle = shape.centroid
        division = self._areas.division(cells.get("admin1"), middle.x, middle.y)
        if division is None:
            return {}
        row = _area_row(division, None, self._areas, {})
        return row | {"uncertainty_km": self._areas.reach_km(division)}

    def _line_row(self, cells: Mapping[str, Any], start: Place, end: Place) -> Row:
        import shapely

        return {
            "place": f"{start.name} – {end.name}",
            "place_kind": "route" if cells.get("role") == "route" else None,
            "country": start.country if start.country == end.country else None,
            "geometry_basis": _INFERRED,
            "uncertainty_km": max(self._areas.reach_km(start), self._areas.reach_km(end)),
            "geometry": shapely.LineString([(start.lon, start.lat), (end.lon, end.lat)]),
        }


def _area_row(
    area: Place, shape: BaseGeometry | None, areas: PublicAreas, cells: Mapping[str, Any]
) -> Row:
    """Return the row of a wide area: its outline where the row had one, else its point."""
    import shapely

    outlined = shape is not None and shape.area > 0
    return {
        "place": area.name,
        "place_id": area.id,
        "place_kind": area.kind,
        "country": area.country,
        "admin1": area.id if area.kind == DIVISION else None,
        "place_names": names_json(area),
        "geometry_basis": cells.get("geometry_basis") or _INFERRED,
        "uncertainty_km": area.uncertainty_km,
        "viewpoint": area.viewpoint,
        "geometry": areas.outline(area) if outlined else shapely.Point(area.lon, area.lat),
    }


def _own_km(cells: Mapping[str, Any]) -> float:
    """Return the radius that the row itself states, in kilometres."""
    value = cells.get("uncertainty_km")
    return max(0.0, float(value)) if value is not None and math.isfinite(value) else 0.0


def _line(part: BaseGeometry) -> BaseGeometry | None:
    """Return a line without points that repeat, None where one point is left."""
    import numpy as np
    import shapely

    coords: np.ndarray[Any, Any] = shapely.get_coordinates(part)
    kept = np.ones(len(coords), dtype=bool)
    kept[1:] = (coords[1:] != coords[:-1]).any(axis=1)
    return shapely.LineString(coords[kept]) if kept.sum() > 1 else None
