"""The point of a division of several islands lies where most of its people live."""

from __future__ import annotations

import pytest
import shapely
from geopy.distance import geodesic


@pytest.mark.parametrize(
    ("place_id", "town", "km"),
    [
        ("iso:RU-SAK", "geonames:2119441", 450),  # Sakhalin, not the Kuril Islands
        ("iso:JP-47", "geonames:1856035", 60),  # Okinawa, not Iriomote
        ("iso:IN-AN", "geonames:1259385", 120),  # the Andamans, not the Nicobars
        ("iso:PT-20", "geonames:6941014", 60),  # São Miguel, not Faial
    ],
)
def test_a_point_lies_on_the_island_of_most_people(gazetteer, place_id, town, km):
    """And on land."""
    place, seat = gazetteer.get(place_id), gazetteer.get(town)
    assert gazetteer.geometry(place).contains(shapely.Point(place.lon, place.lat))
    assert geodesic((place.lat, place.lon), (seat.lat, seat.lon)).km < km


@pytest.mark.parametrize(
    ("place_id", "lat", "lon"), [("iso:US-NY", 43.1988, -75.3242), ("iso:US-MI", 43.4343, -84.9479)]
)
def test_a_point_on_the_largest_part_stays(gazetteer, place_id, lat, lon):
    """Most people of New York live on islands; the state is none."""
    place = gazetteer.get(place_id)
    assert (place.lat, place.lon) == pytest.approx((lat, lon), abs=0.01)
