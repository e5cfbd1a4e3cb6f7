"""Weapons that are seized, people who are sent away, and craft that are sent elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("ضبطت القوات اليمنية الموالية للحكومة في المخا 750 طنا من الأسلحة.", "المخا"),
        ("صادرت البحرية في خليج عمان كمية كبيرة من الصواريخ والذخائر.", "خليج عمان"),
        ("أعلن الجيش ضبط 12 طنا من الأسلحة في طرابلس.", "طرابلس"),
    ],
)
def test_weapons_are_seized_by_their_weight(read: Read, text: str, where: str) -> None:
    """Tons and loads may stand between the verb and the weapons."""
    event = only(read(text, lang="ar"), "coercion.arrest")
    assert places(event, "location") == [("location", where)]


@pytest.mark.parametrize("text", ["ضبط التجار أسعار الخبز في عمان.", "ضبط اللاعب الكرة في الرياض."])
def test_what_is_merely_set_is_not_seized(read: Read, text: str) -> None:
    """The verb has other objects as well."""
    assert "coercion.arrest" not in [e.type for e in read(text, lang="ar")]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("أبعدت السلطات الجزائرية 600 مهاجر إلى النيجر.", ["النيجر"]),
        ("رحلت السلطات مئات الأشخاص إلى كابل.", ["كابل"]),
        ("طردت ليبيا لاجئين إلى تشاد.", ["تشاد"]),
    ],
)
def test_migrants_are_sent_away(read: Read, text: str, bound: list[str]) -> None:
    """To be moved by others is a transport, and leads to where they are brought."""
    event = only(read(text, lang="ar"), "movement.convoy")
    assert [name for _, name in places(event, "destination")] == bound


@pytest.mark.parametrize(
    ("lang", "text", "kind", "bound"),
    [
        ("ar", "حولت رحلة من لندن إلى الدوحة نحو لارنكا.", "movement.flight", "لارنكا"),
        ("ar", "تم تحويل رحلات من بغداد إلى البصرة.", "movement.flight", "البصرة"),
        ("ar", "غيرت السفينة وجهتها من إيلات إلى حيفا.", "movement.voyage", "حيفا"),
        ("en", "The tanker was diverted from Eilat to Haifa.", "movement.voyage", "Haifa"),
        ("en", "The plane was diverted to Larnaca.", "movement.flight", "Larnaca"),
    ],
)
def test_craft_are_sent_elsewhere(read: Read, lang: str, text: str, kind: str, bound: str) -> None:
    """Where they had been bound before is not where they go."""
    event = only(read(text, lang=lang), kind)
    assert [name for _, name in places(event, "destination")] == [bound]


@pytest.mark.parametrize("text", ["تحدث الوزير حول رحلة الرئيس إلى باريس."])
def test_about_a_journey_diverts_nothing(read: Read, text: str) -> None:
    """The preposition is spelt like the verb."""
    assert "movement.flight" not in [e.type for e in read(text, lang="ar")]
