"""What spreads over land, a flood or a fire, reaches towns and goes nowhere by air."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("lang", "text", "kind", "where"),
    [
        ("ar", "وصلت الفيضانات إلى الخرطوم وأم درمان.", "hazard.flood", ["الخرطوم", "أم درمان"]),
        ("ar", "وصلت ألسنة اللهب أمس إلى طبرقة.", "hazard.fire", ["طبرقة"]),
        ("ar", "وصل الإعصار إلى صلالة.", "hazard.storm", ["صلالة"]),
        ("en", "Floodwaters have reached Khartoum.", "hazard.flood", ["Khartoum"]),
        ("en", "The wildfire reached Athens on Sunday.", "hazard.fire", ["Athens"]),
        ("en", "Flames reached Latakia.", "hazard.fire", ["Latakia"]),
        ("ru", "Огонь достиг Афин.", "hazard.fire", ["Афин"]),
        ("ru", "Паводок дошёл до Кургана.", "hazard.flood", ["Кургана"]),
        ("he", "הלהבות הגיעו לחיפה.", "hazard.fire", ["חיפה"]),
        ("fa", "آتش به لاذقیه رسید.", "hazard.fire", ["لاذقیه"]),
        ("tr", "Alevler Lazkiye'ye ulaştı.", "hazard.fire", ["Lazkiye"]),
    ],
)
def test_a_flood_or_fire_is_where_it_has_come_to(
    read: Read, lang: str, text: str, kind: str, where: list[str]
) -> None:
    """A town that is reached is where it floods or burns, and no end of a journey."""
    events = read(text, lang=lang)
    assert places(only(events, kind), "location") == [("location", name) for name in where]
    assert [e.type for e in events if e.type.startswith("movement")] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وصل الدخان إلى بيروت."),
        ("ar", "وصلت موجة من الغبار إلى الكويت."),
        ("ar", "وصلت سحابة الرماد إلى مطار نيروبي."),
        ("en", "The ash has reached Reykjavik airport, where aircraft wait."),
        ("fr", "La fumée a atteint Beyrouth, où les avions restent au sol."),
    ],
)
def test_smoke_and_clouds_do_not_travel(read: Read, lang: str, text: str) -> None:
    """What the wind carries is no craft, though one may be named beside it."""
    assert [e.type for e in read(text, lang=lang) if e.type.startswith("movement")] == []


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("ar", "وصلت فرق الإنقاذ إلى درنة بعد السيول.", "movement.troop_movement"),
        ("ar", "بعد السيول وصل رئيس الوزراء إلى درنة.", "movement.flight"),
        ("en", "After the flood the ships reached Derna.", "movement.voyage"),
    ],
)
def test_whoever_comes_after_a_flood_travels(read: Read, lang: str, text: str, kind: str) -> None:
    """People and craft travel, whatever else the sentence tells of."""
    assert kind in [e.type for e in read(text, lang=lang)]
