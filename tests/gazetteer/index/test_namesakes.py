"""Places of one name share its spellings in other scripts, so far as they are that name."""

from __future__ import annotations

import pytest

from gazetteer.index.namesakes import share_spellings

HAMLET = {
    "id": "geonames:1", "kind": "village", "at": (40.9, -86.7), "country": "US",
    "population": 700, "names": {"en": ["Buffalo"], "ar": ["بافالو"], "he": ["העיר הצפונית"]},
}  # fmt: skip
CITY = {
    "id": "geonames:2", "kind": "city", "at": (42.9, -78.9), "country": "US",
    "population": 278_000, "names": {"en": ["Buffalo"], "ar": ["بوفالو"]},
}  # fmt: skip


@pytest.fixture
def names_after(draft):
    """Return a function: the names of a place after sharing, by its id."""

    def names_after(place_id, *places):
        drafted = draft(*places)
        share_spellings(drafted)
        row, names = drafted.places.id.index(place_id), drafted.names
        return [text for place, text in zip(names.place, names.text, strict=True) if place == row]

    return names_after


def test_a_city_is_spelt_like_the_hamlet_of_its_name(names_after):
    """Its own spelling stays in front; what is no spelling of the name stays the hamlet's."""
    assert names_after("geonames:2", HAMLET, CITY) == ["Buffalo", "بوفالو", "بافالو"]


def test_a_hamlet_is_given_none(names_after):
    """Its names would only stand in the way of the city's."""
    assert names_after("geonames:1", HAMLET, CITY) == ["Buffalo", "بافالو", "העיר הצפונית"]


@pytest.mark.parametrize(
    "city",
    [
        CITY | {"names": {"en": ["Buffalo City"], "ar": ["بوفالو"]}},
        CITY | {"kind": "airport"},
        CITY | {"population": 15_000},
    ],
    ids=["another name", "no settlement", "too small"],
)
def test_only_settlements_of_that_very_name_are_given_them(names_after, city):
    """Names are compared folded, and whole."""
    assert "بافالو" not in names_after("geonames:2", HAMLET, city)


def test_sharing_twice_is_sharing_once(draft):
    """A draft that an index was made of can make another."""
    drafted = draft(HAMLET, CITY)
    share_spellings(drafted)
    once = list(drafted.names.text)
    share_spellings(drafted)
    assert drafted.names.text == once
