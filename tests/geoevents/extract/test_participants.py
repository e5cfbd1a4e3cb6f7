"""Who takes part in an event: persons by their office, and whoever is joined to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only

if TYPE_CHECKING:
    from geoevents.event import Event

    from .conftest import Read


def actors(event: Event) -> list[str]:
    """Return the words of whoever acts."""
    return [p.text for p in event.participants if p.role == "actor"]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("وقعت تونس والجزائر اتفاقية للنقل.", "deal.agreement", ["تونس", "الجزائر"]),
        ("Jakarta and Manila held joint naval drills.", "force.exercise", ["Jakarta", "Manila"]),
        ("Turkish jets bombed Duhok.", "violence.strike", ["Turkish jets"]),
        ("Oman and Qatar signed a gas pact.", "deal.agreement", ["Oman", "Qatar"]),
        (
            "اشتباكات بين الجيش اليمني وحركة الشباب قرب عدن.",
            "violence.armed_clash",
            ["الجيش اليمني", "حركة الشباب"],
        ),
        (
            "اجتمع وزراء دفاع تركيا وقطر والصومال في الدوحة.",
            "diplomacy.meeting",
            ["وزراء دفاع تركيا", "قطر", "الصومال"],
        ),
    ],
)
def test_whoever_is_joined_takes_part_alike(
    read: Read, text: str, kind: str, who: list[str]
) -> None:
    """Names joined by "and" or a comma have one role."""
    assert actors(only(read(text), kind)) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Defence Minister Ismail Sabri met his Thai counterpart in Bangkok.",
            ["Defence Minister Ismail Sabri", "Thai counterpart"],
        ),
        (
            "التقى وزير الخارجية أيمن الصفدي رئيس الوزراء الباكستاني شهباز شريف في إسلام آباد.",
            ["وزير الخارجية أيمن الصفدي", "رئيس الوزراء الباكستاني شهباز شريف"],
        ),
        (
            "أكد وزير النفط حيان عبد الغني أنه التقى نظيره الكويتي في الدوحة.",
            ["وزير النفط حيان عبد الغني", "نظيره الكويتي"],
        ),
        (
            "استقبل الرئيس التونسي في قرطاج، صباح اليوم، الوزير الليبي.",
            ["الرئيس التونسي", "الوزير الليبي"],
        ),
    ],
)
def test_persons_by_their_office_meet(read: Read, text: str, who: list[str]) -> None:
    """Subject and object of a meeting both act, with their names, over an insertion too."""
    assert actors(only(read(text), "diplomacy.meeting")) == who


def test_an_authority_is_named_in_full(read: Read) -> None:
    """A demonym takes the body that it describes with it."""
    event = only(read("أغلقت السلطات الليبية معبر رأس جدير."), "coercion.blockade")
    assert actors(event) == ["السلطات الليبية"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أفادت صحيفة فرنسية بأن طائرة شحن من تركيا حطت في مطار طرابلس.", "movement.flight"),
        ("KYIV — Two drone strikes damaged a rail depot in Kharkiv on Tuesday.", "violence.strike"),
    ],
)
def test_neither_a_newspaper_nor_a_dateline_did_it(read: Read, text: str, kind: str) -> None:
    """Who reports, and where from, takes no part in what is reported."""
    assert only(read(text), kind).participants == ()
