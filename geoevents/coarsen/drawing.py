"""How are places drawn that are told coarsely, so that no pin claims to be one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.coarsen.areas import PublicAreas
from geoevents.coarsen.grain import Grain, parse_grain
from geoevents.coarsen.grid import Grid
from geoevents.coarsen.places import CELL

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer

_CONTEXT = "context"


def as_areas(
    events: GeoDataFrame, grain: Grain, *, gazetteer: Gazetteer | None = None
) -> GeoDataFrame:
    """Return a coarsened table whose points are the areas that they stand for.

    Parameters
    ----------
    events
        As :func:`geoevents.coarsen.coarsen` returns it.
    grain
        As it was given there.
    gazetteer
        Gives the outlines of divisions and countries.

    Returns
    -------
    geopandas.GeoDataFrame
        A cell where it holds the place, else the circle of its uncertainty; a division or a
        country as its outline. An event's context, which maps show as a dot, is not drawn.
    """
    import shapely

    from gazetteer.areas import buffer_km

    known = parse_grain(grain)
    areas = PublicAreas(gazetteer)
    drawn: dict[tuple[str, float], BaseGeometry] = {}

    def area(point: BaseGeometry, place_id: str, kind: str, km: float) -> BaseGeometry:
        if kind == CELL and isinstance(known, float):
            return Grid(known).outline(point.x, point.y) if km <= known else buffer_km(point, km)
        place = areas.named(place_id)
        return point if place is None else areas.outline(place)

    shapes = events.geometry.to_numpy().copy()
    columns = (events[name] for name in ("place_id", "place_kind", "uncertainty_km", "role"))
    for number, (place_id, kind, km, role) in enumerate(zip(*columns, strict=True)):
        point = shapes[number]
        if isinstance(role, str) and role == _CONTEXT:
            shapes[number] = None
            continue
        if not isinstance(point, shapely.Point) or not isinstance(place_id, str):
            continue
        if (place_id, km) not in drawn:
            drawn[place_id, km] = area(point, place_id, kind, km)
        shapes[number] = drawn[place_id, km]
    return events.set_geometry(shapes, crs=events.crs)
