"""The shipped places and the curated ones are one draft, in which nothing is there twice."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from gazetteer.index.draft import embedded_draft
from gazetteer.sources.curated import read_curated


@pytest.fixture(scope="module")
def whole():
    """Return the embedded draft; it takes some seconds."""
    return embedded_draft()


@pytest.mark.slow
def test_every_column_is_as_long_as_the_others(whole):
    """One entry per place, and per name."""
    places, names = whole.places, whole.names
    columns = [places.kind, places.country, places.admin1, places.lat_e5, places.lon_e5]
    columns += [places.population, places.source, places.equivalents, places.uncertainty_km]
    assert {len(column) for column in columns} == {len(places.id)}
    assert len({len(names.place), len(names.lang), len(names.kind), len(names.text)}) == 1
    assert max(names.place) < len(places.id)
    assert min(names.place) >= 0


@pytest.mark.slow
def test_every_id_is_there_once(whole):
    """A curated place that the sources hold too is the same one."""
    assert Counter(whole.places.id).most_common(1)[0][1] == 1
    row_of = whole.places.rows_by_id()
    for entry in read_curated():
        assert entry.id in row_of
        assert all(other in row_of for other in entry.same_as)


@pytest.mark.slow
def test_every_place_is_somewhere_with_a_radius(whole):
    """Composed regions have the middle and the extent of what they are made of."""
    places = whole.places
    assert max(map(abs, places.lat_e5)) <= 90e5
    assert max(map(abs, places.lon_e5)) <= 180e5
    radius = np.array(places.uncertainty_km)
    assert (radius > 0).all()
    donbas = places.rows_by_id()["region:donbas"]
    assert 47 < places.lat_e5[donbas] / 1e5 < 50
    assert 36.5 < places.lon_e5[donbas] / 1e5 < 40.5
    assert 80 < radius[donbas] < 250


@pytest.mark.slow
def test_polygons_belong_to_places(whole):
    """Each to one, each place one at most."""
    rows = whole.areas["place"].tolist()
    assert len(rows) == len(set(rows))
    assert max(rows) < len(whole.places.id)
