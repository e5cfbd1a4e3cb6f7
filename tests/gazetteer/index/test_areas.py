"""The areas that contain a point are found, and outlines come back as they were written."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from gazetteer.index.areas import AreaIndex, write_areas
from gazetteer.sources.columns import decode_polygons, encode_polygons

POINTS = 3_000
BORDER = 1e-6  # degrees; a point closer to an outline is on neither side for certain


def circle(lon, lat, radius, corners=3_000):
    """Return a polygon of many corners."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return shapely.Polygon(
        np.column_stack([lon + radius * np.cos(turn), lat + radius * np.sin(turn)])
    )


def written(folder, shapes, places):
    """Return an index of shapes, and the shapes as the file holds them."""
    columns = encode_polygons(shapes) | {"place": np.array(places, dtype=np.int32)}
    write_areas(folder, columns)
    return AreaIndex(folder), dict(zip(places, decode_polygons(columns), strict=True))


@pytest.fixture
def drawn(tmp_path):
    """Return an index of shapes that are hard to get right; places are not in order."""
    ring = circle(10, 10, 8).difference(circle(10, 10, 4))
    shapes = {
        7: ring,  # a hole
        3: shapely.union_all([ring, circle(10, 10, 1)]),  # an island in the hole
        9: shapely.MultiPolygon([shapely.box(170, -5, 180, 5), shapely.box(-180, -5, -170, 5)]),
        1: shapely.box(-180, -90, 180, -60),
        4: shapely.box(0, 0, 20, 20).difference(
            shapely.union_all(
                [circle(x, y, 0.4, corners=40) for x in range(2, 20, 2) for y in range(2, 20, 2)]
            )
        ),
        2: shapely.Polygon([(30, 30), (40, 30), (30, 40), (40, 40), (30, 30)]).buffer(0),
    }
    return written(tmp_path, list(shapes.values()), list(shapes))


def checked(index, shapes, lats, lons):
    """Compare the index with shapely at points that lie on no outline; return how many did."""
    prepared = list(shapes.values())
    shapely.prepare(prepared)
    inside = np.array([shapely.intersects_xy(shape, lons, lats) for shape in prepared])
    edges = np.array([shapely.boundary(shape) for shape in prepared])
    places, compared = list(shapes), 0
    for i, (lat, lon) in enumerate(zip(lats.tolist(), lons.tolist(), strict=True)):
        if shapely.dwithin(edges, shapely.Point(lon, lat), BORDER).any():
            continue
        expected = {places[k] for k in np.flatnonzero(inside[:, i]).tolist()}
        found = index.containing(lat, lon)
        assert set(found) == expected
        assert len(found) == len(expected)
        compared += 1
    return compared


@pytest.mark.parametrize("box", [(0, 0, 21, 21), (165, -10, 180, 10), (-180, -90, 180, 90)])
def test_holes_islands_and_many_parts_are_told_apart(drawn, box):
    """As shapely has it, for thousands of points."""
    index, shapes = drawn
    chance = np.random.default_rng(3)
    west, south, east, north = box
    lats, lons = chance.uniform(south, north, POINTS), chance.uniform(west, east, POINTS)
    assert checked(index, shapes, lats, lons) > 0.99 * POINTS


def test_the_level_of_a_corner_is_crossed_once(drawn):
    """A ray through corners and along level edges counts each outline right."""
    index, shapes = drawn
    lats = np.repeat([0.5, 5.0, 10.0, 10.4, 14.0, 30.0, 35.0, -60.5], 400)
    lons = np.tile(np.linspace(-1.0003, 41.0007, 400), 8)
    assert checked(index, shapes, lats, lons) > 2_000


def test_the_held_areas_contain_what_shapely_says(gazetteer):
    """Countries, divisions and seas, at points in all the world."""
    store = gazetteer._store
    rows = store.areas._place.tolist()
    shapes = {row: store.area(row) for row in rows}
    chance = np.random.default_rng(5)
    tree = shapely.STRtree(list(shapes.values()))
    lats, lons = (
        np.degrees(np.arcsin(chance.uniform(-1, 1, POINTS))),
        chance.uniform(-180, 180, POINTS),
    )
    expected = [set() for _ in range(POINTS)]
    points, hits = tree.query(shapely.points(lons, lats), predicate="intersects")
    for point, hit in zip(points.tolist(), hits.tolist(), strict=True):
        expected[point].add(rows[hit])
    found = [
        set(store.areas.containing(lat, lon))
        for lat, lon in zip(lats.tolist(), lons.tolist(), strict=True)
    ]
    assert found == expected
    assert sum(map(len, found)) > POINTS


def test_outlines_come_back_as_they_were_written(drawn):
    """Every ring and part; None for a place that has none."""
    index, shapes = drawn
    for place, shape in shapes.items():
        assert index.has(place)
        assert shapely.equals_exact(index.polygon(place), shape)
    for place in (0, 5, 6, 8, 10, 10**6):
        assert not index.has(place)
        assert index.polygon(place) is None


@pytest.mark.parametrize("lat", [-90, 0, 90])
@pytest.mark.parametrize("lon", [-180, 180])
def test_the_rim_of_the_map_is_a_point_like_any_other(drawn, lat, lon):
    """No cell lies beyond it."""
    index, _ = drawn
    assert set(index.containing(lat, lon)) <= {9, 1}
