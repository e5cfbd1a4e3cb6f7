"""A town borrows names from the division that is called after it, so far as they are its own."""

from __future__ import annotations

import pytest

from gazetteer.index.seats import lend_names_to_seats

DIVISION = {
    "id": "iso:YE-HJ", "kind": "admin1", "at": (16, 43), "country": "YE",
    "names": {"en": ["Hajjah"], "ar": ["حجة"], "he": ["חג'ה"], "ru": ["Северная область"]},
}  # fmt: skip
SEAT = {
    "id": "geonames:1", "kind": "town", "at": (15.7, 43.6), "country": "YE",
    "admin1": "iso:YE-HJ", "population": 46_000, "names": {"en": ["Hajjah"]},
}  # fmt: skip


@pytest.fixture
def lent(draft):
    """Return a function: the names of the first town after lending, by language."""

    def lent(*places):
        drafted = draft(*places)
        lend_names_to_seats(drafted)
        names = drafted.names
        row = drafted.places.id.index("geonames:1")
        return {
            (lang, text)
            for place, lang, text in zip(names.place, names.lang, names.text, strict=True)
            if place == row
        }

    return lent


def test_a_seat_is_called_like_its_division_in_other_scripts(lent):
    """Where that is the same name in other letters; a translation stays the division's."""
    assert lent(DIVISION, SEAT) == {("en", "Hajjah"), ("ar", "حجة"), ("he", "חג'ה")}


def test_names_come_behind_all_others(draft):
    """The preferred ones stay in front."""
    drafted = draft(DIVISION, SEAT)
    before = list(drafted.names.text)
    lend_names_to_seats(drafted)
    assert drafted.names.text[: len(before)] == before


def test_a_spelling_that_the_town_has_is_not_lent_again(lent):
    """Vowel marks make no other spelling; its own further names stay."""
    own = SEAT | {"names": {"en": ["Hajjah"], "ar": ["حجّة", "حجة اليمن"]}}
    names = {("en", "Hajjah"), ("ar", "حجّة"), ("ar", "حجة اليمن"), ("he", "חג'ה")}
    assert lent(DIVISION, own) == names


@pytest.mark.parametrize(
    "town",
    [
        SEAT | {"names": {"en": ["Abs"]}},
        SEAT | {"admin1": None},
        SEAT | {"kind": "airport"},
        SEAT | {"population": 10},
    ],
    ids=["another name", "no division", "no settlement", "a smaller namesake"],
)
def test_only_the_namesake_in_the_division_borrows(lent, town):
    """Of several of that name, the most populous."""
    rival = SEAT | {"id": "geonames:2", "population": 20}
    places = (DIVISION, town, rival) if town["population"] == 10 else (DIVISION, town)
    assert not {lang for lang, _ in lent(*places)} & {"ar", "he"}


def test_lending_twice_is_lending_once(draft):
    """A draft that an index was made of can make another."""
    drafted = draft(DIVISION, SEAT)
    lend_names_to_seats(drafted)
    once = list(drafted.names.text)
    lend_names_to_seats(drafted)
    assert drafted.names.text == once


def test_a_name_that_is_rather_the_divisions_own_is_not_lent(lent):
    """Whoever hears consonants alone takes "Абхазия" for "Akva"; it is "Abkhazia"."""
    division = {
        "id": "iso:GE-AB", "kind": "admin1", "at": (43, 41), "country": "GE",
        "names": {"en": ["Abkhazia", "Sukhumi"], "ru": ["Абхазия", "Сухуми"]},
    }  # fmt: skip
    town = {
        "id": "geonames:1", "kind": "city", "at": (43, 41), "country": "GE", "population": 65_000,
        "admin1": "iso:GE-AB", "names": {"en": ["Sukhumi", "Akva"]},
    }  # fmt: skip
    assert lent(division, town) == {("en", "Sukhumi"), ("en", "Akva"), ("ru", "Сухуми")}


@pytest.mark.parametrize(
    ("text", "lang"),
    [("Вибухи на Харківщині та Одещині.", "uk"), ("Взрывы на Харьковщине и Одесщине.", "ru")],
)
def test_the_popular_name_of_a_division_stays_its_own(gazetteer, text, lang):
    """«Харківщина» is the oblast; its seat, and the Odessa of Texas, are not called so."""
    found = [r.place.id for r in gazetteer.geoparse(text, lang=lang)]
    assert found == ["iso:UA-63", "iso:UA-51"]
