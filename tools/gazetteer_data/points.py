"""Which point stands for an area?"""

from __future__ import annotations

import shapely

from gazetteer.antimeridian import HALF_TURN, unwrapped


def middle(area: shapely.Geometry) -> tuple[float, float]:
    """Return (lat, lon) of the centroid where it lies in the area, else of :func:`inner_point`.

    An area that the antimeridian cuts is one area here.

    Examples
    --------
    >>> middle(shapely.box(170, 0, 180, 2) | shapely.box(-180, 0, -160, 2))
    (1.0, -175.0)
    """
    whole = unwrapped(area)
    centre = shapely.centroid(whole)
    if not shapely.contains(whole, centre):
        return inner_point(area)
    lon = centre.x - 2 * HALF_TURN if centre.x > HALF_TURN else centre.x
    return float(centre.y), float(lon)


def inner_point(area: shapely.Geometry) -> tuple[float, float]:
    """Return (lat, lon) of the centre of the largest circle inside an area's largest part."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    tolerance = max(largest.bounds[2] - largest.bounds[0], 0.01) / 100
    line = shapely.maximum_inscribed_circle(largest, tolerance=tolerance)
    lon, lat = shapely.get_coordinates(line)[0]
    return float(lat), float(lon)


def label_point(area: shapely.Geometry, lat: float, lon: float) -> tuple[float, float]:
    """Return a source's label point, or the middle of the area that does not hold it.

    Labels of scattered islands stand in the water between them.
    """
    return (lat, lon) if shapely.intersects_xy(area, lon, lat) else middle(area)
