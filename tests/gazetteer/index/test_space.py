"""The places near a point or in a box are found, as if every place had been looked at."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazetteer.filters import in_box
from gazetteer.index.space import SpaceIndex, distances_km, write_space

CORNERS = [
    *((90, 0), (90, 180), (90, -180), (-90, 0), (-90, 77), (89.99999, -179.99999)),
    *((0, 180), (0, -180), (0, 179.99999), (0, -179.99999), (0, 0), (-89.5, 90), (45, 180)),
]
LAT, LON = st.floats(-90, 90), st.floats(-180, 180)


def scattered(count, seed):
    """Return latitudes and longitudes in 1e-5 degrees: corners, clusters, and the rest."""
    chance = np.random.default_rng(seed)
    near = chance.normal([40, 49], [2, 3], size=(count // 2, 2))
    far = np.column_stack([chance.uniform(-90, 90, count), chance.uniform(-180, 180, count)])
    points = np.concatenate([np.array(CORNERS), near, far])
    return (np.rint(points.T * 1e5)).astype(np.int32)


@pytest.fixture(scope="module", params=[0, 50, 4_000, 250_000], ids="{} places".format)
def space(request, tmp_path_factory):
    """Return an index of so many places, with their points in degrees; grids of several scales."""
    folder = tmp_path_factory.mktemp("space")
    lat_e5, lon_e5 = scattered(request.param, seed=request.param)
    write_space(folder, lat_e5, lon_e5)
    return SpaceIndex(folder, lat_e5, lon_e5), lat_e5 / 1e5, lon_e5 / 1e5


@settings(max_examples=60, deadline=None)
@given(LAT, LON, st.integers(1, 30), st.sampled_from([None, 1.0, 0.2, 0.001, 0.0]))
@example(90, 0, 5, None)
@example(-90, 180, 30, 0.2)
@example(0, 180, 10, None)
@example(0, -180, 10, None)
@example(40, 49, 1000, 1.0)
@example(-77, 3, 10**6, 0.001)
def test_the_nearest_are_those_of_a_full_search(space, lat, lon, limit, share):
    """At the poles, across 180 degrees, of all places or a few; no more than there are."""
    index, lats, lons = space
    accepted = None if share is None else np.random.default_rng(7).random(len(lats)) < share
    rows, km = index.nearest(lat, lon, limit=limit, accepted=accepted)
    every = distances_km(lat, lon, lats, lons)
    counted = np.arange(len(lats)) if accepted is None else np.flatnonzero(accepted)
    assert np.array_equal(km, np.sort(every[counted])[:limit])
    assert np.array_equal(every[rows], km)
    assert len(set(rows.tolist())) == len(rows)
    assert np.isin(rows, counted).all()


@settings(max_examples=60, deadline=None)
@given(LAT, LAT, LON, LON)
@example(-90, 90, -180, 180)
@example(-90, 90, 180, -180)
@example(-1, 1, 179, -179)
@example(-1, 1, 180, 180)
@example(-1, 1, -180, -180)
@example(90, 90, -180, 180)
@example(0, 0, 0, 0)
@example(-90, 90, 10, 9.99)
def test_a_box_holds_what_a_full_search_finds(space, one, other, west, east):
    """Edges included; one whose west is larger than its east crosses 180 degrees."""
    index, lats, lons = space
    south, north = sorted((one, other))
    found = index.within(west, south, east, north)
    assert (
        sorted(found.tolist())
        == np.flatnonzero(in_box(lats, lons, (west, south, east, north))).tolist()
    )


def test_distances_are_those_of_a_sphere():
    """A quarter of a meridian, half the equator, and nothing."""
    quarter = np.pi / 2 * 6371
    km = distances_km(0, 0, np.array([90, 0, 0, 0]), np.array([0, 180, 0, 90]))
    assert km == pytest.approx([quarter, 2 * quarter, 0, quarter])
