"""What lies at a point, near it and inside an area is found by where places are."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import BadQueryError, Gazetteer
from gazetteer.place import SETTLEMENT_KINDS

FIJI = (
    {"id": "iso:FJ", "kind": "country", "at": (-17.8, 178), "country": "FJ", "radius_km": 76,
     "names": {"en": ["Fiji"]}},
    {"id": "sea:koro", "kind": "sea", "at": (-17.5, 179.5), "radius_km": 120,
     "names": {"en": ["Koro Sea"]}},
    {"id": "geonames:1", "kind": "capital", "at": (-18.14, 178.44), "country": "FJ",
     "population": 77_000, "names": {"en": ["Suva"]}},
    {"id": "geonames:2", "kind": "village", "at": (-16.8, -179.98), "country": "FJ",
     "population": 500, "names": {"en": ["Waiyevo"]}},
    {"id": "icao:NFNA", "kind": "airport", "at": (-18.04, 178.56), "country": "FJ",
     "names": {"en": ["Nausori"]}},
    {"id": "geonames:3", "kind": "town", "at": (-13.28, -176.18), "country": "WF",
     "population": 1_000, "names": {"en": ["Mata Utu"]}},
)  # fmt: skip
KORO = shapely.MultiPolygon([shapely.box(178, -19, 180, -16), shapely.box(-180, -19, -178, -16)])
AREAS = [("iso:FJ", shapely.box(176, -20, 180, -15)), ("sea:koro", KORO)]


@pytest.fixture(scope="module")
def fiji(small):
    """Return a gazetteer of six places around 180 degrees."""
    return small(*FIJI, areas=AREAS)


def ids(places):
    """Return the ids of places, or of places with distances."""
    return [getattr(one, "place", one).id for one in places]


def test_a_point_has_a_settlement_and_areas(fiji):
    """The nearest settlement, no airport; areas that contain the point, the smallest first."""
    around = fiji.reverse(-18.04, 178.56)
    assert around.nearest.place.id == "geonames:1"
    assert around.nearest.distance_km == pytest.approx(16.8, abs=0.2)
    assert ids(around.areas) == ["iso:FJ", "sea:koro"]


def test_the_nearest_may_lie_across_180_degrees(fiji):
    """Fifty kilometres east, and not round the Earth."""
    around = fiji.reverse(-16.8, 179.6)
    assert around.nearest.place.id == "geonames:2"
    assert around.nearest.distance_km < 50
    assert ids(fiji.reverse(-16.8, -179.6).areas) == ["sea:koro"]


def test_a_point_anywhere_has_a_nearest_settlement(fiji):
    """The poles and the far side of the Earth too, where no area is."""
    for lat, lon in ((90, 0), (-90, 180), (18, -2)):
        around = fiji.reverse(lat, lon)
        assert around.nearest.place.kind in SETTLEMENT_KINDS
        assert around.areas == ()


def test_the_nearest_of_a_kind_and_a_country(fiji):
    """At most so many, with their distances."""
    assert ids(fiji.nearest(-17, 179)) == ["sea:koro"]
    assert ids(fiji.nearest(-17, 179, kind="airport")) == ["icao:NFNA"]
    assert ids(fiji.nearest(-17, 179, country="WF", limit=9)) == ["geonames:3"]
    everything = fiji.nearest(-17, 179, limit=100)
    assert len(everything) == len(FIJI)
    distances = [near.distance_km for near in everything]
    assert distances == sorted(distances)
    assert fiji.nearest(-17, 179, kind="airport", country="WF") == []


def test_what_lies_in_a_box_or_a_polygon(fiji):
    """The most prominent first; the country's point is not in a polygon beside it."""
    across = (179, -20, -175, -10)
    assert ids(fiji.within(across)) == ["sea:koro", "geonames:3", "geonames:2"]
    assert ids(fiji.within(across, kind={"village", "town"}, country="FJ")) == ["geonames:2"]
    assert ids(fiji.within(across, limit=1)) == ["sea:koro"]
    assert ids(fiji.within(KORO)) == ["iso:FJ", "sea:koro", "geonames:1", "icao:NFNA", "geonames:2"]
    hole = KORO.difference(shapely.Point(178.44, -18.14).buffer(0.05))
    assert "geonames:1" not in ids(fiji.within(hole))
    assert fiji.within(shapely.Polygon()) == []
    assert ids(fiji.within(shapely.Point(178.44, -18.14))) == ["geonames:1"]


@pytest.mark.parametrize(
    "call",
    [
        lambda g: g.reverse(91, 0),
        lambda g: g.reverse(float("nan"), 0),
        lambda g: g.nearest(0, 200),
        lambda g: g.nearest(0, 0, limit=0),
        lambda g: g.nearest(0, 0, kind="planet"),
        lambda g: g.within((0, 0, 1)),
        lambda g: g.within((0, 5, 1, 4)),
        lambda g: g.within((0, 0, 1, 1), country="Fiji"),
        lambda g: g.within((0, 0, 1, 1), limit=0),
        lambda g: g.within((0, 0, 1, 1), limit=-1),
    ],
)
def test_what_makes_no_sense_is_refused(fiji, call):
    """As in a search."""
    with pytest.raises(BadQueryError):
        call(fiji)


@settings(max_examples=25, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180))
def test_the_shipped_settlements_are_searched_in_full(gazetteer, lat, lon):
    """The nearest of them all, wherever one asks."""
    store = gazetteer._store
    near = gazetteer.reverse(lat, lon).nearest
    codes = [i for i, kind in enumerate(store.kinds) if kind in SETTLEMENT_KINDS]
    rows = np.flatnonzero(np.isin(store.kind, codes))
    lats, lons = np.radians(store.lat_e5[rows] / 1e5), np.radians(store.lon_e5[rows] / 1e5)
    at = np.radians(lat), np.radians(lon)
    cosine = np.sin(at[0]) * np.sin(lats) + np.cos(at[0]) * np.cos(lats) * np.cos(lons - at[1])
    assert near.distance_km == pytest.approx(
        6371 * np.arccos(np.clip(cosine, -1, 1)).min(), abs=0.2
    )


# Disputed ground


SIMFEROPOL = (44.952, 34.102)


@pytest.mark.parametrize(
    ("viewpoint", "there", "not_there"),
    [
        ("neutral", {"region:crimea"}, {"iso:RU", "iso:UA"}),
        ("UA", {"region:crimea", "iso:UA"}, {"iso:RU"}),
        ("RU", {"region:crimea", "iso:RU"}, {"iso:UA"}),
    ],
)
def test_disputed_ground_is_in_the_country_that_the_viewpoint_sees(viewpoint, there, not_there):
    """Neutral names the disputed area and no country."""
    around = set(ids(Gazetteer.open(viewpoint=viewpoint).reverse(*SIMFEROPOL).areas))
    assert there <= around
    assert not not_there & around


def test_ground_that_nobody_disputes_is_in_its_country(gazetteer):
    """Also in a country that has disputes elsewhere."""
    assert "iso:RU" in ids(gazetteer.reverse(55.75, 37.62).areas)
