"""A point is told the composed regions that it lies in, as their outlines have it."""

from __future__ import annotations

import random

import pytest
import shapely

from gazetteer import BadQueryError

SOME = [
    "region:donbas", "region:darfur", "region:south-caucasus", "region:balkans", "region:kurdistan",
    "region:eastern-ukraine", "region:mesopotamia", "region:nagorno-karabakh",
]  # fmt: skip
_EDGE_DEGREES = 0.05  # outlines are thinned and their seams closed: nearer than this either may be


@pytest.fixture(scope="module")
def towns(gazetteer):
    """Return points of towns in and around the regions."""
    chance = random.Random(5)  # noqa: S311 -- a draw that can be repeated
    boxes = [gazetteer.geometry(region).buffer(1).bounds for region in SOME]
    around = [gazetteer.within(box, kind=("village", "town")) for box in boxes]
    found = [p for places in around for p in chance.sample(places, min(40, len(places)))]
    return [(place.lat, place.lon) for place in found]


@pytest.mark.parametrize("region", SOME)
def test_a_point_is_in_a_region_when_its_outline_holds_it(gazetteer, towns, region):
    """For some three hundred towns and villages, in it and around it."""
    outline = gazetteer.geometry(region)
    inside = outside = 0
    for lat, lon in towns:
        point = shapely.Point(lon, lat)
        if outline.boundary.distance(point) < _EDGE_DEGREES:
            continue
        ids = {place.id for place in gazetteer.regions_at(lat, lon, at="2010-01-01")}
        holds = outline.contains(point)
        assert (region in ids) == holds, (lat, lon)
        inside, outside = inside + holds, outside + (not holds)
    assert inside
    assert outside >= 50


def test_regions_come_from_small_to_large(gazetteer):
    """The continent last."""
    ids = [place.id for place in gazetteer.regions_at(13.6, 25.3)]
    assert ids[0] == "region:darfur"
    assert ids[-1] == "region:africa"


def test_a_region_has_its_time(gazetteer):
    """What is gone is told for a day on which it was there."""
    today = {place.id for place in gazetteer.regions_at(48.0, 37.8)}
    then = {place.id for place in gazetteer.regions_at(48.0, 37.8, at="1980-01-01")}
    assert "region:soviet-union" in then - today


def test_a_point_that_is_none_is_refused(gazetteer):
    """With what is wrong about it."""
    with pytest.raises(BadQueryError, match="latitude"):
        gazetteer.regions_at(91, 0)
