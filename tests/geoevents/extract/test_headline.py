"""What of a headline is left once the lead has told it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geoevents.extract.headline import find_headline

from .test_pipeline import only

if TYPE_CHECKING:
    from .conftest import Read

DAY = date(2024, 5, 15)


def test_a_headline_told_again_is_left_out(read: Read) -> None:
    """Headline and lead make one event, that of the lead."""
    text = "Earthquake hits Izmir\nAn earthquake hit Izmir on Tuesday, killing two people."
    event = only(read(text, published=DAY), "hazard.earthquake")
    assert event.trigger.start > text.index("\n")


def test_a_headline_that_says_more_has_the_date_of_the_lead(read: Read) -> None:
    """A place that the lead does not repeat keeps the headline's event, with the lead's day."""
    text = "غارات على صنعاء\nشن الطيران غارات عدة يوم الثلاثاء."
    first, second = (e for e in read(text, published=DAY) if e.type == "violence.strike")
    assert first.time is not None
    assert second.time is not None
    assert (first.time.text, first.time.start) == (None, second.time.start)


def test_another_place_is_another_event(read: Read) -> None:
    """An event elsewhere is not the headline's."""
    text = "Bomb explodes in Kabul\nA bomb exploded in Karachi on Monday."
    assert [e.type for e in read(text, published=DAY)] == ["violence.bombing"] * 2


def test_a_first_line_with_a_stop_is_a_sentence() -> None:
    """Only a line without a final stop is a headline."""
    assert find_headline("A bomb exploded.\nIt killed two people.") is None


def test_a_sentence_of_a_text_without_stops_is_no_headline(read: Read) -> None:
    """Where no line has a stop, a first line as long as a sentence tells what the next do not."""
    text = (
        "أعلن متحدث باسم الأمم المتحدة أن الوفد الحكومي أجرى مشاورات مع ممثلي القبائل في نيامي\n"
        "وقال المتحدث إن المشاورات استمرت ثلاث ساعات"
    )
    assert [e.type for e in read(text, published=DAY)] == ["diplomacy.meeting"] * 2
    assert find_headline(text) is None
    assert find_headline(f"{text}.") is not None
