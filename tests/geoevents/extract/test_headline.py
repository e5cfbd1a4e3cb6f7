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
