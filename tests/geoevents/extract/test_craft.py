"""Whose a craft is, where it came down, and what it is called by: "a cargo plane from X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

FLIGHT = "movement.flight"


@pytest.mark.parametrize(
    ("lang", "text", "home", "origin"),
    [
        ("en", "A cargo plane from Georgia left Misrata on Sunday.", "Georgia", "Misrata"),
        ("en", "A cargo plane from Georgia flew from Misrata to Tunis.", "Georgia", "Misrata"),
        ("ar", "غادرت طائرة من قطر مطار بنغازي إلى الخرطوم.", "قطر", "بنغازي"),
        ("ar", "وصلت إلى بنغازي طائرة من قطر قادمة من تركيا.", "قطر", "تركيا"),
        ("ru", "Грузовой самолёт из Катара вылетел из Триполи в Бенгази.", "Катара", "Триполи"),
        ("tr", "Katar'dan bir kargo uçağı Trablus'tan Tunus'a uçtu.", "Katar", "Trablus"),
        ("fr", "Un avion cargo venu du Qatar a décollé de Tripoli.", "Qatar", "Tripoli"),
    ],
)
def test_a_craft_from_somewhere_set_out_elsewhere(
    read: Read, lang: str, text: str, home: str, origin: str
) -> None:
    """Where the text says where a journey began, "a plane from X" says whose the plane is."""
    event = only(read(text, lang=lang), FLIGHT)
    assert places(event, "origin") == [("origin", origin)]
    assert ("context", home) in places(event, "context")


@pytest.mark.parametrize(
    ("lang", "text", "origin"),
    [
        ("en", "A cargo plane from Georgia landed in Misrata.", "Georgia"),
        ("ar", "هبطت طائرة شحن من قطر في مطار طرابلس.", "قطر"),
        ("fa", "هواپیمای باری از قطر در طرابلس فرود آمد.", "قطر"),
        ("ru", "Самолёт из Катара приземлился в Триполи.", "Катара"),
        ("tr", "Katar'dan gelen uçak Trablus'a indi.", "Katar"),
    ],
)
def test_a_craft_from_somewhere_came_from_there(
    read: Read, lang: str, text: str, origin: str
) -> None:
    """Where nothing else says where a journey began, it began where the craft is from."""
    event = only(read(text, lang=lang), FLIGHT)
    assert places(event, "origin") == [("origin", origin)]


def test_a_list_of_homes_is_no_origin(read: Read) -> None:
    """Both names of "from X and Y" say whose the craft are."""
    event = only(read("Planes from Oman and Kuwait left Aden."), FLIGHT)
    assert places(event, "origin") == [("origin", "Aden")]


def test_no_country_lies_near_a_town(read: Read) -> None:
    """What follows "a plane from X" says where it fell, and not where X is."""
    event = only(read("سقطت طائرة شحن من قطر قرب بنغازي."), "hazard.accident")
    assert places(event, "location") == [("location", "قرب بنغازي")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A passenger plane made an emergency landing in Cyprus."),
        ("ar", "هبوط اضطراري لطائرة ركاب في تونس."),
        ("he", "מטוס ביצע נחיתת אונס בקפריסין."),
        ("he", "נחיתת חירום של מטוס נוסעים בקפריסין."),
        ("ru", "Самолёт совершил аварийную посадку в Тунисе."),
        ("fa", "هواپیمای مسافربری در قبرس فرود اضطراری کرد."),
        ("tr", "Yolcu uçağı Tunus'a acil iniş yaptı."),
        ("fr", "Un avion a effectué un atterrissage d'urgence à Chypre."),
    ],
)
def test_an_emergency_landing_is_a_landing(read: Read, lang: str, text: str) -> None:
    """Only what crashes is an accident; who landed in need has arrived."""
    (event,) = read(text, lang=lang)
    assert event.type == FLIGHT
    assert [role for role, _ in places(event, "destination")] == ["destination"]


def test_what_stands_in_the_gap_of_a_phrase_counts(read: Read) -> None:
    """A ship that reached a port did not fly there, whatever stands between verb and port."""
    (event,) = read("وصلت سفينة شحن من إيران إلى ميناء اللاذقية.")
    assert event.type == "movement.voyage"
