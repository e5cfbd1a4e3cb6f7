"""Which way arms go: who gives them and who gets them, and how many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from geoevents.event import Event

    from .conftest import Read


def only_one(events: list[Event]) -> Event:
    """Return the event of a sentence that tells a single one."""
    assert len(events) == 1, [event.type for event in events]
    return events[0]


@pytest.mark.parametrize(
    ("lang", "text", "recipient", "supplier"),
    [
        ("ar", "استلمت مصر من فرنسا 12 مقاتلة رافال.", "EG", ""),
        ("ar", "تسلم العراق دبابات أبرامز من الولايات المتحدة.", "IQ", ""),
        ("ar", "تلقت أوكرانيا من ألمانيا دبابات ليوبارد 2.", "UA", "DE"),
        ("ar", "استقبلت بولندا شحنة دبابات من كوريا الجنوبية.", "PL", ""),
        ("ar", "أبرمت الكويت صفقة مع إيطاليا لشراء مقاتلات.", "KW", "IT"),
        ("en", "Ukraine received 31 Abrams tanks from the United States.", "UA", ""),
        ("en", "Poland took delivery of 28 K2 tanks from South Korea.", "PL", ""),
        ("en", "Greece signed a deal with France to purchase 18 Rafale fighters.", "GR", "FR"),
        ("fr", "La Grèce a signé avec la France un contrat pour acheter 18 Rafale.", "GR", "FR"),
        ("fr", "La Pologne a réceptionné 28 chars.", "PL", ""),
        ("ru", "Украина получила от Германии 18 танков Леопард 2.", "UA", ""),
        ("ru", "Катар подписал контракт с США на покупку беспилотников.", "QA", "US"),
        ("fa", "ایران از روسیه سامانه موشکی اس ۴۰۰ تحویل گرفت.", "IR", ""),
        ("fa", "الجزایر جنگنده‌های سوخو ۳۵ را از روسیه دریافت کرد.", "DZ", ""),
        ("he", "פולין קיבלה מדרום קוריאה 28 טנקים.", "PL", ""),
        ("he", "יוון חתמה עם צרפת על עסקה לרכישת 18 מטוסי קרב.", "GR", "FR"),
        ("tr", "Irak, ABD'den F-16 savaş uçağı satın aldı.", "IQ", "US"),
        ("tr", "Katar, ABD ile füze satın almak için sözleşme imzaladı.", "QA", "US"),
    ],
)
def test_who_gets_arms_is_the_recipient(
    read: Read, lang: str, text: str, recipient: str, supplier: str
) -> None:
    """The subject of receiving and buying gets the arms; whom it has them from gives them."""
    event = only_one(read(text, lang=lang))
    found = {(p.role, p.country) for p in event.participants}
    wanted = {("recipient", recipient), ("supplier", supplier)}
    assert found == {(role, country) for role, country in wanted if country}


@pytest.mark.parametrize(
    ("lang", "text", "supplier"),
    [
        ("ar", "سلمت تركيا مسيرات بيرقدار إلى مالي.", "TR"),
        ("ar", "تسلم ألمانيا دبابات ليوبارد إلى أوكرانيا.", "DE"),
        ("ar", "باعت فرنسا مصر 30 مقاتلة رافال.", "FR"),
        ("en", "Norway delivered 8 tanks to Ukraine.", "NO"),
        ("ru", "Германия поставила Украине 18 танков.", "DE"),
    ],
)
def test_who_hands_arms_over_is_the_supplier(
    read: Read, lang: str, text: str, supplier: str
) -> None:
    """The subject of giving and selling gives the arms, also where its verb is spelt alike."""
    event = only_one(read(text, lang=lang))
    assert [p.country for p in event.participants if p.role == "supplier"] == [supplier]


@pytest.mark.parametrize(
    ("lang", "text", "count"),
    [
        ("ar", "تسلمت الجزائر من روسيا مقاتلات سوخوي 35 في قاعدة بوفاريك.", None),
        ("ar", "أرسلت ألمانيا دبابات ليوبارد 2 إلى أوكرانيا.", None),
        ("ar", "أرسلت ألمانيا 18 دبابة ليوبارد 2 إلى أوكرانيا.", 18),
        ("he", "אלג'יריה קיבלה מרוסיה מטוסי קרב סוחוי 35.", None),
        ("fa", "ایران از روسیه سامانه موشکی اس ۴۰۰ تحویل گرفت.", None),
        ("en", "Ukraine received two F-16 fighter jets from Norway.", 2),
    ],
)
def test_the_number_of_a_model_counts_nothing(
    read: Read, lang: str, text: str, count: int | None
) -> None:
    """A number behind the name of a weapon belongs to that name."""
    assert only_one(read(text, lang=lang)).count == count


@pytest.mark.parametrize(
    "text",
    [
        "Algeria received Su-35 fighter jets from Russia.",
        "Morocco received AH-64 helicopters from the United States.",
        "Serbia bought FK-3 missiles from China.",
    ],
)
def test_a_hyphen_within_a_word_closes_no_dateline(read: Read, text: str) -> None:
    """A country before "Su-35" takes part and is where nothing was written."""
    event = only_one(read(text, lang="en"))
    assert "recipient" in {p.role for p in event.participants}
    assert "context" not in {p.role for p in event.places}
