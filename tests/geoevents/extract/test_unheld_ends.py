"""Countries that follow a town which no gazetteer holds, and loads that craft carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("lang", "text", "country"),
    [
        ("he", "ספינה יצאה מנמל זרווניה ברומניה והגיעה לנמל חיפה.", "רומניה"),
        ("en", "A ship from Zorvania in Romania sailed to Haifa.", "Romania"),
        ("ar", "أقلعت الطائرة من مطار زرفانيا في رومانيا متجهة إلى عمان.", "رومانيا"),
        ("ru", "Судно вышло из порта Зорвания в Румынии и прибыло в Хайфу.", "Румынии"),
        ("fa", "هواپیما از زروانیا در رومانی به باکو پرواز کرد.", "رومانی"),
        ("fr", "L'avion a décollé de Brelkov, en Ukraine, et a atterri à Varsovie.", "Ukraine"),
    ],
)
def test_the_country_of_an_unheld_origin_is_never_the_destination(
    read: Read, lang: str, text: str, country: str
) -> None:
    """Of "from X in Romania" both say where the journey began."""
    roles = {
        place.role
        for event in read(text, lang=lang)
        for place in event.places
        if place.resolution.mention.text == country
    }
    assert roles
    assert roles <= {"origin", "context"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Un avion-cargo chargé de vivres a décollé de Marseille et s'est posé à Dakar."),
        ("en", "A ship loaded with wheat arrived in Djibouti."),
        ("ar", "وصلت سفينة محملة بالأسلحة إلى ميناء عدن."),
        ("he", "ספינה עמוסה בנשק הגיעה לנמל חיפה."),
        ("he", "מטוס נושא ציוד רפואי נחת בעמאן."),
        ("ru", "Самолёт, загруженный оружием, приземлился в Латакии."),
        ("fa", "کشتی حامل محموله گندم به بندر چابهار رسید."),
        ("tr", "Silah yüklü bir uçak Trablus'a indi."),
    ],
)
def test_what_a_craft_carries_is_no_loading(read: Read, lang: str, text: str) -> None:
    """Words such as "laden with" describe the craft."""
    assert "transfer.cargo_loading" not in [event.type for event in read(text, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("fr", "Le cargo a été chargé de blé à Odessa.", "Odessa"),
        ("en", "The ship was loaded with wheat in Odessa.", "Odessa"),
        ("ru", "Суда погрузили зерно в порту Одессы.", "Одессы"),
        ("tr", "Gemi Mersin'de buğday yükledi.", "Mersin"),
        ("ar", "هبطت طائرة شحن في عدن وحملت شحنة أمنية.", "عدن"),
    ],
)
def test_a_loading_stays_one(read: Read, lang: str, text: str, name: str) -> None:
    """Where the text tells that a craft was loaded, or landed and took a load, there it was."""
    loading = only(read(text, lang=lang), "transfer.cargo_loading")
    assert places(loading, "location") == [("location", name)]


def test_what_was_loaded_before_a_journey_was_loaded_elsewhere(read: Read) -> None:
    """The destination is no place of a loading that is told before the craft arrives."""
    loading = only(read("Silah yüklenen uçak Trablus'a indi.", lang="tr"), "transfer.cargo_loading")
    assert loading.places == ()
