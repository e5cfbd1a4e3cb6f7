"""Where and when a report was written, which its head says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gazetteer import Span
from geoevents.extract.datelines import find_dateline
from geoevents.extract.dates import find_times
from geoevents.extract.story import story_spans

from .test_pipeline import only, places

if TYPE_CHECKING:
    from .conftest import Read

# A report of Sunday, of a day on which it was written, and what it tells.
REPORTS = [
    ("en", "GENEVA, 6 May 2024 – On Sunday a plane landed in Oslo.", "On Sunday"),
    ("en", "GENEVA, May 6, 2024 (AFP) - On Sunday a plane landed in Oslo.", "On Sunday"),
    ("ar", "بيروت، 6 أيار 2024 – هبطت طائرة في أوسلو يوم الأحد.", "يوم الأحد"),
    ("he", "חיפה, 6 במאי 2024 – מטוס נחת באוסלו ביום ראשון.", "ביום ראשון"),
    ("ru", "Казань, 6 мая 2024 года. Самолёт в воскресенье приземлился в Осло.", "в воскресенье"),
    ("fa", "بندرعباس، ۱۷ اردیبهشت ۱۴۰۳ – هواپیمایی روز یکشنبه در دوحه فرود آمد.", "روز یکشنبه"),
    ("tr", "İzmir, 6 Mayıs 2024 – Pazar gecesi bir uçak Oslo'ya indi.", "Pazar gecesi"),
    ("fr", "Genève, le 6 mai 2024 – Dimanche, un avion a atterri à Oslo.", "Dimanche"),
    ("ar", "خبر\n\nبيروت – 6 مايو 2024\n\nهبطت طائرة في أوسلو يوم الأحد.", "يوم الأحد"),
    ("ar", "بيروت (رويترز) – 6 مايو 2024 – هبطت طائرة في أوسلو يوم الأحد.", "يوم الأحد"),
    (
        "ru",
        "Новости\n\nКазань – 6 мая 2024\n\nСамолёт в воскресенье приземлился в Осло.",
        "в воскресенье",
    ),
    ("en", "OSLO 6 May 2024 (Reuters) – On Sunday a plane landed in Geneva.", "On Sunday"),
]


@pytest.mark.parametrize(("lang", "text", "said"), REPORTS)
def test_a_dateline_dates_the_report_and_no_event(
    read: Read, lang: str, text: str, said: str
) -> None:
    """Weekdays are counted from its day, and neither its day nor its place is the event's."""
    flight = only(read(text, lang=lang), "movement.flight")
    assert flight.time is not None
    assert (flight.time.text, flight.time.start) == (said, "2024-05-05")
    assert len(places(flight, "destination")) == 1
    assert flight.count in {None, 1}


@pytest.mark.parametrize(("lang", "text", "said"), REPORTS)
def test_a_date_that_is_given_wins(read: Read, lang: str, text: str, said: str) -> None:
    """The day of publication that the reader knows is not doubted."""
    flight = only(read(text, lang=lang, published=date(2024, 5, 14)), "movement.flight")
    assert flight.time is not None
    assert (flight.time.text, flight.time.start) == (said, "2024-05-12")


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May 2024 – a Friday – two planes landed.",
        "The treaty of 3 May 2024 – signed in Oslo – is void.",
        "Peace: 3 May 2024",
        "Beirut blast, 4 August 2020\nOn Sunday a plane landed in Oslo.",
        "News\nTwo planes that landed, 4 August 2020\nOn Sunday a plane landed in Oslo.",
        "On 3 May 2024. On Sunday a plane landed.",
        "Oslo – 12 planes landed.",
        "Oslo, which two planes reached on 3 May 2024 – a Friday.",
    ],
)
def test_other_beginnings_are_no_datelines(text: str) -> None:
    """A dateline is a town, a day and a dash, with nothing else between."""
    found = find_dateline(text, story_spans(text, "en"), lang="en")
    assert found is None or text.startswith("On 3 May 2024 –")


def test_a_dateline_without_a_year_dates_nothing() -> None:
    """It is left out of the events all the same."""
    text = "BEIRUT, March 3 (Reuters) - Two planes landed."
    found = find_dateline(text, [Span(0, len(text))], lang="en")
    assert found is not None
    assert found.day is None


def test_a_hebrew_date_begins_with_its_own_words() -> None:
    """A comma before it parts it from the town."""
    text = "בעתלית, 12 במרץ 2024, נפלו רקטות"
    assert [time.text for time in find_times(text, lang="he")] == ["12 במרץ 2024"]


def test_a_month_behind_what_will_go_on_lies_ahead(read: Read) -> None:
    """A Russian verb of the perfective aspect tells of the future."""
    text = "Переговоры в Баку продолжатся в мае."
    talks = only(read(text, lang="ru", published=date(2024, 4, 18)), "diplomacy.meeting")
    assert talks.time is not None
    assert (talks.time.start, talks.status) == ("2024-05", "hypothetical")
