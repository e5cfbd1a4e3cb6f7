"""Who tells of an event took no part in it, in any of the seven languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_participants import actors
from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

CLASH, ATTACK = "violence.armed_clash", "violence.attack"


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "Sudanese officials said fighting went on near Nyala.", CLASH),
        ("en", "Iraqi police say gunmen attacked a checkpoint near Baqubah.", ATTACK),
        ("en", "According to Yemeni officials, clashes erupted in Taiz.", CLASH),
        ("ar", "قال مسؤولون سودانيون إن القتال استمر قرب نيالا.", CLASH),
        ("ar", "أفاد مسؤولون يمنيون باندلاع اشتباكات في تعز.", CLASH),
        ("ar", "أعلنت الشرطة العراقية أن مسلحين هاجموا ثكنة قرب بعقوبة.", ATTACK),
        ("ar", "بحسب مسؤولين يمنيين اندلعت اشتباكات في تعز.", CLASH),
        ("he", "הצבא הסורי מסר כי הקרבות נמשכים ליד חאלב.", CLASH),
        ("ru", "По словам йеменских чиновников, столкновения вспыхнули в Таизе.", CLASH),
        ("ru", "Суданские военные сообщили, что бои идут под Ньялой.", CLASH),
        ("fa", "مقامات سودانی گفتند درگیری‌ها در نزدیکی نیالا ادامه دارد.", CLASH),
        ("fa", "مقام‌های یمنی از درگیری در تعز خبر دادند.", CLASH),
        ("tr", "Sudanlı yetkililer, Nyala yakınlarında çatışmaların sürdüğünü söyledi.", CLASH),
        ("tr", "Irak polisi, militanların Bakuba'da bir karakola saldırdığını açıkladı.", ATTACK),
        ("tr", "Yemenli yetkililere göre Taiz'de çatışmalar çıktı.", CLASH),
        ("fr", "Selon des responsables yéménites, des affrontements ont éclaté à Taëz.", CLASH),
        ("fr", "La police irakienne dit que des hommes ont attaqué un poste à Bagdad.", ATTACK),
    ],
)
def test_who_tells_of_it_took_no_part(read: Read, lang: str, text: str, kind: str) -> None:
    """The subject of "said", and whoever stands behind "according to", is a source."""
    assert only(read(text, lang=lang), kind).participants == ()


@pytest.mark.parametrize(
    ("lang", "text", "kind", "who"),
    [
        ("en", "The Syrian army said it shelled Idlib.", "violence.shelling", "Syrian army"),
        ("en", "Chadian forces said rebels fled as Libyan jets bombed Sabha.", "violence.strike",
         "Libyan jets"),
        ("ar", "قال الجيش السوري إنه قصف إدلب.", "violence.shelling", "الجيش السوري"),
        ("fr", "L'armée syrienne a déclaré avoir bombardé Idlib.", "violence.shelling",
         "armée syrienne"),
        ("tr", "Suriye ordusu İdlib'i bombaladığını açıkladı.", "violence.shelling",
         "Suriye ordusu"),
        ("ru", "Российская армия обстреляла Харьков, сообщили власти.", "violence.shelling",
         "Российская армия"),
    ],
)  # fmt: skip
def test_who_tells_of_own_deeds_did_them(
    read: Read, lang: str, text: str, kind: str, who: str
) -> None:
    """What "it" or "its troops" did, or what nobody else did, the speaker did."""
    assert actors(only(read(text, lang=lang), kind)) == [who]


def test_where_the_ministry_is_that_announces_it_is_not_where_it_happened(read: Read) -> None:
    """Where verbs stand first, the place is right behind the subject of the verb of saying."""
    text = "أعلنت وزارة الصحة في غزة مقتل 15 شخصا في قصف على خان يونس."
    (shelling,) = read(text)
    assert places(shelling, "location") == [("location", "خان يونس")]
    alone = only(read("أعلنت الشرطة في بغداد اعتقال خمسة أشخاص."), "coercion.arrest")
    assert places(alone, "location") == [("location", "بغداد")]


def test_a_tract_beside_a_town_is_no_region_that_holds_what_lies_around_it(read: Read) -> None:
    """What lies "west of" a town says where the tract is."""
    text = "قتل خمسة أشخاص في قصف على المواصي غرب خان يونس."
    assert places(only(read(text), "violence.shelling"), "location") == [("location", "المواصي")]
