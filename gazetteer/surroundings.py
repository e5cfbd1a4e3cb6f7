"""What lies around a place: near it, so far from it, in its countryside, off its coast?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from gazetteer.areas import BORDER_BAND_KM, buffer_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

OFFSHORE_KM = 50.0
"""How far "off the coast" reaches: a convention of this package, in kilometres."""

DISTANCE_SHARE = 0.2
"""Share by which a stated distance may be off: "50 km" is a round number."""

_COUNTRYSIDE_KM = 25.0  # a town's countryside, where no province is: so far around its outskirts
_COAST_OF_TOWN_KM = 20.0
_FEWEST_SHARE = 0.5  # of a province that is left without its town; else the town fills it
_OFFSHORE_DETAIL_DEGREES = 0.05
_DETAIL_DEGREES = 0.02  # wide bands need no finer outlines than this, about 2 km
_POLYGONS = {"Polygon", "MultiPolygon"}


def near(place: BaseGeometry, km: float) -> BaseGeometry:
    """Return what lies within a distance of a place and outside of it.

    Parameters
    ----------
    place
        A point gives a disc, a line a band on both its sides, an area a band around it.
        EPSG:4326.
    km
        Distance in kilometres.
    """
    return ring(place, 0.0, km)


def ring(place: BaseGeometry, inner_km: float, outer_km: float) -> BaseGeometry:
    """Return what lies between two distances of a place, in kilometres; areas are left out."""
    is_area = place.geom_type in _POLYGONS
    around = shapely.simplify(place, _DETAIL_DEGREES) if is_area else place
    outer = buffer_km(around.boundary if is_area else around, outer_km)
    if is_area:
        outer = shapely.difference(outer, place)
    if inner_km <= 0:
        return outer
    return shapely.difference(outer, buffer_km(around, inner_km))


def at_distance(place: BaseGeometry, km: float) -> BaseGeometry:
    """Return what is about so many kilometres away, in any direction: a ring."""
    return ring(place, km * (1 - DISTANCE_SHARE), km * (1 + DISTANCE_SHARE))


def countryside(
    town: BaseGeometry | None, town_km: float, province: BaseGeometry | None
) -> BaseGeometry:
    """Return the land around a town, or a province without its town.

    Parameters
    ----------
    town
        Point of the town, or None to leave nothing out.
    town_km
        Radius of the town, in kilometres.
    province
        Area of the province that is named after it, or None.
    """
    if town is None:
        return province if province is not None else shapely.Polygon()
    built = buffer_km(town, town_km)
    if province is not None:
        rest = shapely.difference(province, built)
        if rest.area > _FEWEST_SHARE * province.area:
            return rest
    return ring(town, town_km, town_km + _COUNTRYSIDE_KM)


def part_near(place: BaseGeometry, other: BaseGeometry, km: float = BORDER_BAND_KM) -> BaseGeometry:
    """Return the part of a place within a distance of another, in kilometres; may be empty."""
    reach = shapely.box(*buffer_km(shapely.box(*place.bounds), km).bounds)
    close = shapely.intersection(other, reach)
    if close.is_empty:
        return shapely.Polygon()
    return shapely.intersection(place, buffer_km(shapely.simplify(close, _DETAIL_DEGREES), km))


def offshore(
    coast: BaseGeometry, land: Sequence[BaseGeometry], *, km: float | None = None
) -> BaseGeometry:
    """Return the waters off a coast.

    Parameters
    ----------
    coast
        The coast as a line, or a point on it.
    land
        Areas of the countries around, the coast's own among them: no part of the waters.
    km
        Stated distance from the coast; by default everything within :data:`OFFSHORE_KM`.
    """
    line = shapely.simplify(coast, _OFFSHORE_DETAIL_DEGREES)
    waters = near(line, OFFSHORE_KM) if km is None else at_distance(line, km)
    around = shapely.box(*waters.bounds)
    shapely.prepare(waters)
    dry = [shapely.intersection(area, around) for area in land if waters.intersects(area)]
    return shapely.difference(waters, shapely.union_all(dry)) if dry else waters


def coast_of_town(point: BaseGeometry, land: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the outline of the land near a town; also a land border that is as near.

    It is empty where no land is drawn.
    """
    if not land:
        return shapely.LineString()
    disc = buffer_km(point, _COAST_OF_TOWN_KM)
    near_land = shapely.union_all([shapely.intersection(area, disc.envelope) for area in land])
    inside = shapely.difference(near_land.boundary, disc.envelope.boundary.buffer(1e-6))
    return shapely.intersection(inside, disc)
