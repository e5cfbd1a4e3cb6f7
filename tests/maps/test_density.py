"""Points that lie densely make an area, which says what it was computed from; others make none."""

import time

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Geod
from shapely import Point, Polygon, contains_xy

from maps import density, style, table
from maps.layers import density as layer
from maps.layers.points import points

GEOD = Geod(ellps="WGS84")


def around(lon: float, lat: float, *, towns: int, events: int, km: float = 20) -> np.ndarray:
    """Return events at towns spread over a circle of so many kilometres."""
    rng = np.random.default_rng(7)
    far = km * 1000 * np.sqrt(rng.random(towns))
    lons, lats, _ = GEOD.fwd([lon] * towns, [lat] * towns, rng.random(towns) * 360, far)
    return np.column_stack([lons, lats])[np.arange(events) % towns]


@pytest.mark.parametrize("lat", [-55.0, 0.0, 48.0, 70.0])
def test_a_belt_of_events_is_one_area_that_holds_them(lat: float) -> None:
    """Forty events at twelve towns within 20 km: one area with all of them, as large as it is."""
    events = around(37, lat, towns=12, events=40)
    (found,) = density.dense_areas(events)
    assert found.members.tolist() == list(range(40))
    assert contains_xy(found.area, *events.T).all()
    square_km = abs(GEOD.geometry_area_perimeter(found.area)[0]) / 1e6
    assert 300 < square_km < np.pi * 25**2


def test_a_town_that_is_struck_often_is_no_area() -> None:
    """A hundred events at one place, or at two, are places."""
    assert density.dense_areas(np.tile([[37.0, 48.0]], (100, 1))) == []
    two = np.tile([[37.0, 48.0], [37.1, 48.0]], (50, 1))
    assert density.dense_areas(two) == []


def test_scattered_events_are_no_area() -> None:
    """Nine events are too few, and ten over hundreds of kilometres are not dense."""
    assert density.dense_areas(around(37, 48, towns=9, events=9)) == []
    assert density.dense_areas(around(37, 48, towns=10, events=10, km=300)) == []


def test_two_fronts_are_two_areas_the_larger_first() -> None:
    """Three hundred kilometres apart they have nothing to do with each other."""
    both = np.concatenate(
        [around(lon, 48, towns=6, events=n, km=10) for lon, n in ((37, 20), (41, 30))]
    )
    areas = density.dense_areas(both)
    assert [len(one.members) for one in areas] == [30, 20]
    assert not areas[0].area.intersects(areas[1].area)


def test_an_area_over_the_antimeridian_is_one() -> None:
    """Its longitudes run on, and its size is that of the same events elsewhere."""
    here, there = around(180, 66, towns=12, events=40), around(30, 66, towns=12, events=40)
    (found,) = density.dense_areas(here)
    (other,) = density.dense_areas(there)
    assert found.area.bounds[2] - found.area.bounds[0] < 2
    sizes = [abs(GEOD.geometry_area_perimeter(one.area)[0]) for one in (found, other)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.01)


def test_order_does_not_matter() -> None:
    """The same events in another order make the same area."""
    events = around(37, 48, towns=12, events=40)
    (one,), (other,) = density.dense_areas(events), density.dense_areas(events[::-1])
    assert one.area.equals(other.area)


def test_a_hundred_thousand_points_take_a_moment() -> None:
    """Four wars with 25,000 events each, over half the world."""
    rng = np.random.default_rng(1)
    wars = [(37, 48), (44, 33), (30, 15), (-179.8, 66)]
    events = np.concatenate([rng.normal(war, (1.5, 0.8), (25_000, 2)) for war in wars])
    start = time.process_time()
    found = density.dense_areas(events)
    assert len(found) == 4
    assert time.process_time() - start < 5


def frame(events: np.ndarray, **cells: object) -> gpd.GeoDataFrame:
    """Return events as a table."""
    number = [f"e{n}" for n in range(len(events))]
    columns = {"event_id": number, "type": "violence.shelling", **cells}
    return gpd.GeoDataFrame(columns, geometry=[Point(xy) for xy in events], crs="EPSG:4326")


def areas(events: gpd.GeoDataFrame) -> list:
    """Return the computed areas of a table."""
    read, look = table.read(events), style.load()
    return list(layer.features(read, points(read, look), look))


def test_a_computed_area_says_that_it_sketches() -> None:
    """It is schematic, lies on its own layer, and stands for the rows of all its events."""
    (found,) = areas(frame(around(37, 48, towns=12, events=40)))
    assert (found.kind, found.layer, found.basis) == ("density", "zone.dense", "schematic")
    assert sorted([found.row, *found.also]) == list(range(40))
    assert found.facts == {"radius_km": 25.0, "least": 10, "places": 3}


def test_only_violence_that_is_sure_of_its_place_counts() -> None:
    """Neither floods, nor what is known to 80 km only, nor what only sets the scene."""
    events = around(37, 48, towns=12, events=40)
    assert areas(frame(events, type="hazard.flood")) == []
    assert areas(frame(events, uncertainty_km=80.0)) == []
    assert areas(frame(events, role="context")) == []
    assert len(areas(frame(events, uncertainty_km=10.0))) == 1


def test_an_event_with_an_area_of_its_own_does_not_count() -> None:
    """Where the text names the area, none is computed."""
    events = frame(around(37, 48, towns=12, events=40))
    zones = events.assign(geometry=Polygon([(36, 47), (38, 47), (38, 49), (36, 49)]))
    both = gpd.GeoDataFrame(gpd.pd.concat([events, zones], ignore_index=True), crs="EPSG:4326")
    assert areas(both) == []


def test_an_event_reported_twice_at_a_place_counts_once() -> None:
    """Nine events told in two rows each are nine."""
    events = frame(around(37, 48, towns=9, events=9))
    twice = gpd.GeoDataFrame(gpd.pd.concat([events, events], ignore_index=True), crs="EPSG:4326")
    assert areas(twice) == []
