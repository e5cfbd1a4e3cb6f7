"""How is a name also written, and where is that kept?"""

from __future__ import annotations

import pytest

from gazetteer.index.layout import SPELLING
from gazetteer.index.spellings import add_spellings, other_spellings
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher

STATE = {
    "id": "iso:XW", "kind": "country", "at": (38, -80), "country": "XW",
    "names": {"en": ["West Virginia", "Republic of the Mountains"]},
}  # fmt: skip
CITY = {
    "id": "geonames:1", "kind": "town", "at": (38.6, -80.2), "country": "XW",
    "population": 60_000, "names": {"und": ["Fort Saint James"], "ru": ["Форт"]},
}  # fmt: skip
HAMLET = {
    "id": "geonames:2", "kind": "village", "at": (38.1, -80.1), "country": "XW",
    "population": 90, "names": {"und": ["South Fork", "Mt. Olive"]},
}  # fmt: skip


@pytest.fixture
def added(draft):
    """Return a function: the spellings that places get, by place id."""

    def added(*places):
        drafted = draft(*places)
        add_spellings(drafted)
        names = drafted.names
        return {
            (drafted.places.id[place], text)
            for place, kind, text in zip(names.place, names.kind, names.text, strict=True)
            if kind == SPELLING
        }

    return added


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Saint-Denis", "St.-Denis"),
        ("St Louis", "Saint Louis"),
        ("Port Saint Lucie", "Port St. Lucie"),
        ("Fairfax County", "Fairfax Co."),
        ("County Cork", "Co. Cork"),
        ("Harrison Township", "Harrison Twp."),
    ],
)
def test_a_word_is_abbreviated_and_an_abbreviation_written_out(name, other):
    """Before a blank or a hyphen, or at the end of the name."""
    assert other_spellings(name) == [other]


@pytest.mark.parametrize("name", ["Fort", "Stanton", "Mountain View", "Fortaleza", "East", ""])
def test_a_word_that_only_begins_like_one_is_left(name):
    """And so is one that is the whole name."""
    assert other_spellings(name) == []


def test_places_get_the_spellings_they_do_not_have(added):
    """All of a name's words at once; large ones by compass letters and as hashtags too."""
    assert added(STATE, CITY) == {
        ("iso:XW", "W. Virginia"),
        ("iso:XW", "WestVirginia"),
        ("iso:XW", "Republic of Mountains"),
        ("geonames:1", "Ft. St. James"),
        ("geonames:1", "FortSaintJames"),
    }


def test_a_hamlet_gets_no_letter_of_the_compass(added):
    """A middle initial and a surname would be called like it."""
    assert added(HAMLET) == {("geonames:2", "Mount Olive")}


def test_a_spelling_finds_its_place_and_is_not_shown(small):
    """It stands among the keys, and not among the names of the place."""
    gazetteer = small(STATE, CITY)
    postings, _ = Matcher(gazetteer._store).lookup("Ft. St. James", language_rules("en"))
    assert [gazetteer._store.place_id(posting.place) for posting in postings] == ["geonames:1"]
    assert gazetteer.get("geonames:1").names["und"] == ("Fort Saint James",)
