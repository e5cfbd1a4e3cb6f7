"""Classes of words that name events, and words like them that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Civilians face shelling and airstrikes.", ["violence.shelling", "violence.strike"]),
        ("Norway scrambled fighters.", ["movement.flight"]),
        ("The two banks welcomed the agreement between Oman and Yemen.", ["deal.agreement"]),
        ("A wave of protests that spread in May shook Tunis.", ["unrest.protest"]),
        ("He died in the collapse of a bridge in Genoa.", ["hazard.accident"]),
        ("The army fought a civil war in Angola.", ["violence.armed_clash"]),
        ("Its jets had bombed Duhok.", ["violence.strike"]),
        ("The plane was bombed over Lockerbie.", ["violence.bombing"]),
        ("Officials requested aid.", ["statement.appeal"]),
        ("وصلت المبعوثة إلى دمشق قادمة من عمان.", ["movement.flight"]),
        ("نظم الحزب تجمعا في أنقرة.", ["unrest.protest"]),
        ("اندلعت الحرب في أنغولا.", ["violence.armed_clash"]),
        ("دعا الوزير إلى وقف القتال متهما إسرائيل بالتصعيد.", ["statement.accusation"]),
    ],
)
def test_a_class_of_words_names_its_event(read: Read, text: str, kinds: list[str]) -> None:
    """Each type is among those found."""
    assert set(kinds) <= {event.type for event in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "He collects films of the world war in Europe.",
        "The collapse of the government surprised the markets.",
        "The war on drugs in Mexico is a slogan.",
        "سئل الوزير إن كان يعتبر ذلك مقبولا.",
        "تطوي جرائم الحرب في رواندا صفحة.",
        "وصلت الأسعار إلى مستوى قياسي.",
    ],
)
def test_words_like_them_name_none(read: Read, text: str) -> None:
    """A figure of speech, a genre or a homograph is no event."""
    assert read(text) == []
