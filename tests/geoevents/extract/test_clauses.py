"""The places of one clause are not those of the event that another one tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("lang", "text", "seized"),
    [
        ("ar", "سيطرت القوات على قرية بارا وتواصل التقدم نحو الأبيض.", ["بارا"]),
        (
            "ar",
            "أعلن الجيش أن قواته سيطرت على نيالا في جنوب دارفور، وأنها تتجه نحو الفاشر.",
            ["نيالا"],
        ),
        pytest.param(
            "ar",
            "استولى المتمردون على غوما وبدأوا هجوما جديدا باتجاه بوكافو.",
            ["غوما"],
            marks=pytest.mark.xfail(strict=True, reason="the recogniser takes a verb for a place"),
        ),
        ("ar", "سيطرت الحركة على أوفيرا التي تطل على بوجومبورا.", ["أوفيرا"]),
        ("ar", "سيطر الجيش على بارا التي تقع قرب الأبيض.", ["بارا"]),
        ("fr", "Les forces ont pris le contrôle de Goma et continuent vers Bukavu.", ["Goma"]),
        ("he", "הצבא השתלט על חאן יונס וממשיך להתקדם לעבר רפיח.", ["חאן יונס"]),
        ("en", "Rebels captured Goma and continued toward Bukavu.", ["Goma"]),
    ],
)
def test_what_lies_ahead_is_not_seized(read: Read, lang: str, text: str, seized: list[str]) -> None:
    """A verb that "and" joins, and what "which" tells of a place, end the reach of seizing."""
    event = only(read(text, lang=lang), "violence.armed_clash")
    assert places(event, "location") == [("location", name) for name in seized]


def test_an_advance_goes_on_to_where_it_leads(read: Read) -> None:
    """What is joined is an event of its own."""
    text = "سيطرت الحركة على غوما وتواصل التقدم نحو بوكافو."
    advance = only(read(text, lang="ar"), "movement.troop_movement")
    assert places(advance, "destination") == [("destination", "بوكافو")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "قتلوا أكثر من 40 مصليا، وفق بعثة الأمم المتحدة التي تملك قاعدة في بونيا."),
        ("ar", "قتلوا 12 شخصا، بحسب منظمة أطباء بلا حدود التي تدير مستشفى في غوما."),
        ("en", "They killed 40 villagers, says Human Rights Watch, which has a base in Bunia."),
    ],
)
def test_where_a_body_has_its_base_nobody_was_killed(read: Read, lang: str, text: str) -> None:
    """What "which" says of an organisation that tells of an event is no part of the event."""
    assert [p for e in read(text, lang=lang) for p in places(e, "location")] == []


def test_fighting_in_one_clause_is_not_where_the_next_one_strikes(read: Read) -> None:
    """Another event begins with "while"; the fighting before it was for the town before it."""
    text = "استعاد الجيش مدينة بارا بعد معارك عنيفة، فيما شنت طائرات هجوما على مطار نيالا."
    clashes = [e for e in read(text, lang="ar") if e.type == "violence.armed_clash"]
    assert clashes
    assert {name for e in clashes for _, name in places(e, "location")} == {"مدينة بارا"}
