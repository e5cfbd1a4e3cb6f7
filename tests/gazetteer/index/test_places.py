"""A place is found by each of its ids, and comes back with all that was written of it."""

from __future__ import annotations

import pickle

import pytest
import shapely

from gazetteer import Place, UnknownPlaceError

AREA = shapely.box(44, 39, 50, 42)
COUNTRY = {
    "id": "iso:AZ", "kind": "country", "at": (40.5, 47.5), "country": "AZ",
    "equivalents": "geonames:587116 ne_a3:AZE wikidata:Q227", "radius_km": 300,
    "names": {"en": ["Azerbaijan", "Republic of Azerbaijan"], "ar": ["أَذْرَبَيْجَان", "أذربيجان"]},
}  # fmt: skip
DIVISION = {
    "id": "iso:AZ-BA", "kind": "admin1", "at": (40.4, 49.8), "country": "AZ",
    "names": {"az": ["Bakı"]},
}  # fmt: skip
TOWN = {
    "id": "geonames:587084", "kind": "capital", "at": (40.37767, 49.89201), "country": "AZ",
    "admin1": "iso:AZ-BA", "population": 1_116_513, "names": {"en": ["Baku"], "und": ["Bakou"]},
    "details": {"valid_from": "1920-04-28", "valid_to": "1991-08-30", "viewpoint": "AZ"},
}  # fmt: skip
SEA = {"id": "sea:x", "kind": "sea", "at": (-0.00001, -179.99999), "names": {"en": ["Sea"]}}


@pytest.fixture(scope="module")
def azerbaijan(small):
    """Return a gazetteer of four places."""
    return small(COUNTRY, DIVISION, TOWN, SEA, areas=[("iso:AZ", AREA)])


def test_a_place_comes_back_as_it_was_written(azerbaijan):
    """All its fields; what it has not is None or nothing."""
    assert azerbaijan.get("geonames:587084") == Place(
        "geonames:587084", "Baku", "capital", 40.37767, 49.89201, "AZ", "iso:AZ-BA", 1_116_513, 3.0,
        {"en": ("Baku",), "und": ("Bakou",)}, (), "1920-04-28", "1991-08-30", "AZ", "test",
    )  # fmt: skip
    sea = azerbaijan.get("sea:x")
    assert (sea.lat, sea.lon, sea.country, sea.admin1) == (-0.00001, -179.99999, None, None)
    assert (sea.valid_from, sea.viewpoint, sea.geonameid) == (None, None, None)


def test_names_are_read_without_vowel_marks_and_once(azerbaijan):
    """Two that differ in them are one."""
    names = azerbaijan.get("iso:AZ").names
    assert names["ar"] == ("أذربيجان",)
    assert dict(names) == {
        "en": ("Azerbaijan", "Republic of Azerbaijan"),
        "ar": ("أذربيجان",),
    }
    assert "fr" not in names
    assert azerbaijan.get("iso:AZ").name_in("fr") == "Azerbaijan"


@pytest.mark.parametrize("place_id", ["geonames:587116", "ne_a3:AZE", "wikidata:Q227", "iso:AZ"])
def test_equivalent_ids_are_the_place(azerbaijan, place_id):
    """Whatever source they come from."""
    assert azerbaijan.get(place_id).id == "iso:AZ"
    assert azerbaijan.get("iso:AZ").geonameid == 587116


@pytest.mark.parametrize(
    "place_id",
    [
        *("", "geonames:", "geonames:x", "geonames:0", "geonames:-1", "geonames:²", "geonames:٣"),
        *("geonames:1", "geonames:99999999999", "geonames:" + "9" * 5_000, "iso:az", "iso:AZ\x00"),
        *(
            "iso:AZ ",
            "wikidata:Q",
            "wikidata:Q1",
            "wikidata:Q" + "9" * 5_000,
            "\ud800",
            "x" * 10_000,
        ),
    ],
)
def test_what_is_no_id_is_unknown(azerbaijan, place_id):
    """Of any length and characters; the error is a LookupError in one short sentence."""
    with pytest.raises(UnknownPlaceError) as error:
        azerbaijan.get(place_id)
    assert isinstance(error.value, LookupError)
    assert len(str(error.value)) < 300


def test_an_own_id_goes_before_an_equivalent(small):
    """Two places claim one id: the one whose own it is has it."""
    found = small(
        {"id": "x:1", "kind": "town", "at": (1, 1), "names": {"en": ["A"]},
         "equivalents": "geonames:2 x:2"},
        {"id": "geonames:2", "kind": "town", "at": (2, 2), "names": {"en": ["B"]}},
        {"id": "x:2", "kind": "town", "at": (3, 3), "names": {"en": ["C"]}},
    )  # fmt: skip
    assert found.get("geonames:2").name == "B"
    assert found.get("x:2").name == "C"


def test_a_place_can_be_sent_to_another_process(azerbaijan):
    """Its names go along."""
    place = azerbaijan.get("iso:AZ")
    assert pickle.loads(pickle.dumps(place)) == place  # noqa: S301 -- our own


def test_outlines_are_held_by_place(azerbaijan):
    """A place without one is its point."""
    assert shapely.equals(azerbaijan.geometry("iso:AZ"), AREA)
    assert azerbaijan.geometry("sea:x") == shapely.Point(-179.99999, -0.00001)


def test_many_places_keep_their_numbers(gazetteer):
    """Of the shipped places, a thousand: each is found by its id and its equivalents."""
    store = gazetteer._store
    for row in range(0, len(store), len(store) // 1_000):
        place = store.place(row)
        assert store.row(place.id) == row
        for equivalent in place.equivalents:
            found = store.place(store.row(equivalent))
            assert found.id == equivalent or equivalent in found.equivalents
