"""Which point stands for an area?"""

from __future__ import annotations

import pytest
import shapely

from tools.gazetteer_data.points import label_point, middle

RING = shapely.box(0, 0, 9, 9) - shapely.box(1, 1, 8.5, 8.5)


def test_a_centroid_outside_gives_way_to_a_point_inside():
    """A bay around an island has its middle on land."""
    lat, lon = middle(RING)
    assert RING.contains(shapely.Point(lon, lat))


def test_an_area_across_the_antimeridian_has_its_middle_there():
    """The mean of both halves would lie on the other side of the earth."""
    ocean = shapely.MultiPolygon([shapely.box(150, -60, 180, 0), shapely.box(-180, -60, -80, 0)])
    assert middle(ocean) == (-30.0, -145.0)


def test_a_label_in_the_water_between_islands_is_moved_ashore():
    """A label in the area stays to the digit."""
    islands = shapely.MultiPolygon([shapely.box(0, 0, 3, 3), shapely.box(9, 0, 12, 2)])
    assert label_point(islands, 1.25, 2.5) == (1.25, 2.5)
    assert label_point(islands, 1.25, 5) == pytest.approx((1.5, 1.5), abs=0.05)
