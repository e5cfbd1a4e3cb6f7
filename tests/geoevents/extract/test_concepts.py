"""What one language has words for, the others have: search, transport, passives and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "A military plane carried soldiers to Tobruk.", "movement.flight"),
        ("en", "The tanker passed through the Strait of Hormuz.", "movement.voyage"),
        ("en", "The convoy reached Aleppo.", "movement.convoy"),
        ("en", "A plane carried weapons to Tripoli.", "transfer.arms_shipment"),
        ("en", "Weapons were smuggled into Gaza.", "transfer.arms_shipment"),
        ("en", "Humanitarian aid reached Gaza.", "transfer.aid"),
        ("en", "Mines were laid off Hodeidah.", "force.deployment"),
        ("en", "Libyan authorities searched a ship in Khoms.", "coercion.arrest"),
        ("en", "Kenya turned down the offer.", "diplomacy.refusal"),
        ("en", "A spy was unmasked in Vienna.", "intelligence.espionage"),
        ("en", "The Rafah crossing was closed.", "coercion.blockade"),
        ("en", "An accord was signed in Amman.", "deal.agreement"),
        ("en", "Missiles were delivered to Kyiv.", "transfer.arms_shipment"),
        ("ar", "نقلت طائرة عسكرية جنودا إلى طبرق.", "movement.flight"),
        ("ar", "قامت طائرة تركية برحلة إلى مصراتة.", "movement.flight"),
        ("ar", "دخلت المدمرة البحر الأسود.", "movement.voyage"),
        ("ar", "نقلت طائرة أسلحة إلى طرابلس.", "transfer.arms_shipment"),
        ("ar", "وصلت مساعدات إنسانية إلى غزة.", "transfer.aid"),
        ("ar", "فتشت السلطات الليبية سفينة في ميناء الخمس.", "coercion.arrest"),
        ("ar", "تفقد الوزير مدينة أربيل.", "diplomacy.visit"),
        ("ar", "اشترت اليونان ثلاث فرقاطات من فرنسا.", "deal.arms_deal"),
        ("ar", "كشفت السلطات جاسوسا في فيينا.", "intelligence.espionage"),
        ("he", "מטוס צבאי העביר חיילים לקפריסין.", "movement.flight"),
        ("he", "המשחתת נכנסה לים השחור.", "movement.voyage"),
        ("he", "שיירת משאיות נכנסה לעזה.", "movement.convoy"),
        ("he", "מטוס הוביל נשק לטריפולי.", "transfer.arms_shipment"),
        ("he", "הרשויות ערכו חיפוש באונייה בח'ומס.", "coercion.arrest"),
        ("he", "כולרה התפשטה בג'ובה.", "hazard.outbreak"),
        ("he", "מעבר רפיח נסגר.", "coercion.blockade"),
        ("he", "הסכם נחתם בעמאן.", "deal.agreement"),
        ("he", "טילים נמסרו לקייב.", "transfer.arms_shipment"),
        ("ru", "Военный самолёт доставил солдат в Тобрук.", "movement.flight"),
        ("ru", "Посадка самолёта в Каире прошла успешно.", "movement.flight"),
        ("ru", "Колонна достигла Алеппо.", "movement.convoy"),
        ("ru", "Колонна грузовиков въехала в Газу.", "movement.convoy"),
        ("ru", "Мародёры разграбили магазины в Дурбане.", "unrest.riot"),
        ("ru", "В Вене разоблачили шпиона.", "intelligence.espionage"),
        ("ru", "Отправка ракет в Киев.", "transfer.arms_shipment"),
        ("ru", "Падение вертолёта в Якутии.", "hazard.accident"),
        ("fa", "هواپیمای نظامی سربازان را به طبرق برد.", "movement.flight"),
        ("fa", "پرواز تهران به استانبول انجام شد.", "movement.flight"),
        ("fa", "اتوبوس‌ها غیرنظامیان را از حمص تخلیه کردند.", "movement.convoy"),
        ("fa", "شورشیان با ارتش در گوما جنگیدند.", "violence.armed_clash"),
        ("fa", "مقامات کشتی را در بندر خمس بازرسی کردند.", "coercion.arrest"),
        ("fa", "پادشاه اردن از دوحه دیدار کرد.", "diplomacy.visit"),
        ("fa", "یک جاسوس در وین شناسایی شد.", "intelligence.espionage"),
        ("tr", "Askeri uçak askerleri Tobruk'a götürdü.", "movement.flight"),
        ("tr", "Muhrip Karadeniz'e girdi.", "movement.voyage"),
        ("tr", "Ordu Sirte'ye ilerledi.", "movement.troop_movement"),
        ("tr", "Uçak Trablus'a silah taşıdı.", "transfer.arms_shipment"),
        ("tr", "Yetkililer Hums limanında gemide arama yaptı.", "coercion.arrest"),
        ("tr", "Cuba'da kolera yayıldı.", "hazard.outbreak"),
        ("fr", "Un avion militaire a transporté des soldats à Tobrouk.", "movement.flight"),
        ("fr", "L'aide humanitaire est arrivée à Gaza.", "transfer.aid"),
        (
            "fr",
            "Des hommes armés ont échangé des tirs avec la police à Bamako.",
            "violence.armed_clash",
        ),
        ("fr", "Les autorités ont fouillé un navire à Khoms.", "coercion.arrest"),
        ("fr", "Une secousse a été ressentie à Quito.", "hazard.earthquake"),
        (
            "fr",
            "Des pirates informatiques ont infiltré le réseau d'un ministère à Tallinn.",
            "intelligence.cyber",
        ),
        ("fr", "Un espion a été démasqué à Vienne.", "intelligence.espionage"),
        ("fr", "Le point de passage de Rafah a été fermé.", "coercion.blockade"),
        ("fr", "Un accord a été signé à Amman.", "deal.agreement"),
    ],
)
def test_every_language_tells_it(read: Read, lang: str, text: str, kind: str) -> None:
    """Verb, verbal noun and passive of a concept name an event of its type."""
    assert kind in {event.type for event in read(text, lang=lang)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Searchers looked for a ship that was missing off Cyprus."),
        ("en", "The talks reached a dead end in Geneva."),
        ("ar", "نقلت الصحيفة عن مسؤول في تونس رسالة."),
        ("fr", "Le film a transporté les spectateurs à Cannes."),
        ("tr", "Bu karar Ankara'da önem taşıyor."),
        ("ru", "Стороны достигли соглашения в Женеве о тарифах."),
    ],
)
def test_such_words_tell_no_journey_in_other_company(read: Read, lang: str, text: str) -> None:
    """To carry, to reach and to search are of a journey only with a craft."""
    families = {event.family for event in read(text, lang=lang)}
    assert not families & {"movement", "coercion"}
