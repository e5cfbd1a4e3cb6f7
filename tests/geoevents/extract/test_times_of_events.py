"""Which of a sentence's dates is an event's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from .test_pipeline import only

if TYPE_CHECKING:
    from .conftest import Read

PUBLISHED = date(2021, 3, 12)  # a Friday


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police arrested two men before the vote on Monday.", "coercion.arrest"),
        ("Police arrested a man who won the lottery on Monday.", "coercion.arrest"),
        ("اعتقلت الشرطة رجلين قبل التصويت أمس.", "coercion.arrest"),
        ("طالب المبعوث الذي وصل إلى دمشق أمس برفع الحصار.", "statement.appeal"),
    ],
)
def test_the_date_of_another_matter_is_not_the_events(read: Read, text: str, kind: str) -> None:
    """What stands behind "before" or "who" dates what these introduce."""
    assert only(read(text, published=PUBLISHED), kind).time is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The storm that hit the coast on Monday killed five people.", "hazard.storm"),
        ("ضرب البلاد زلزال هز العاصمة يوم الاثنين.", "hazard.earthquake"),
    ],
)
def test_what_describes_the_event_dates_it(read: Read, text: str, kind: str) -> None:
    """A clause right behind the event's word is about the event."""
    time = only(read(text, published=PUBLISHED), kind).time
    assert time is not None
    assert time.start == "2021-03-08"


def test_a_name_is_no_verb_of_the_future(read: Read) -> None:
    """A city's name that begins as such verbs do does not put the day off to next week."""
    time = only(
        read("قصفت القوات مدينة ستيباناكيرت يوم الاثنين.", published=PUBLISHED), "violence.shelling"
    ).time
    assert time is not None
    assert time.start == "2021-03-08"


def test_before_dawn_is_a_time_of_day(read: Read) -> None:
    """No other matter follows "before" there."""
    text = "The plane landed in Baku before dawn on Wednesday."
    time = only(read(text, published=PUBLISHED), "movement.flight").time
    assert time is not None
    assert (time.text, time.start) == ("before dawn on Wednesday", "2021-03-10")


def test_the_same_day_is_the_day_named_last(read: Read) -> None:
    """A day that only dates what somebody said is still the one that "the same day" means."""
    text = (
        "Ten people have been arrested, the ministry said on March 9. "
        "Earlier on the same day the party said nine activists were arrested in Batumi."
    )
    last = [e for e in read(text, published=PUBLISHED) if e.type == "coercion.arrest"][-1]
    assert last.time is not None
    assert last.time.start == "2021-03-09"


def test_a_year_completes_the_date_of_an_undated_text(read: Read) -> None:
    """Without a day of publication, the year that the sentence names is the date's."""
    text = "The two presidents met on 3 March for the 2016 summit in Amiens."
    starts = {event.time.start for event in read(text) if event.time is not None}
    assert starts == {"2016-03-03"}


def test_without_any_year_a_date_stays_open(read: Read) -> None:
    """A day and month alone are no date."""
    time = only(read("A bomb exploded in Homs on 3 March."), "violence.bombing").time
    assert time is not None
    assert time.start is None


def test_this_week_says_when_and_not_that_it_goes_on(read: Read) -> None:
    """A period of the calendar locates an event; "for the past week" would stretch it."""
    text = "An airstrike this week in Idlib killed 20 militants."
    assert only(read(text, published=PUBLISHED), "violence.strike").aspect == "single"


@pytest.mark.parametrize(
    "text",
    [
        (
            "وصلت طائرة إلى بغداد يوم الخميس. "
            "وزار الوزير أنقرة في عام 2016، ووقّع البلدان في ذلك العام صفقة أسلحة."
        ),
        (
            "A plane landed in Baghdad on Thursday. "
            "He visited Ankara in 2016, and in the same year they signed an arms deal."
        ),
    ],
)
def test_that_year_is_the_year_told_last(read: Read, text: str) -> None:
    """Not the year of a day that was told before it."""
    time = only(read(text, published=PUBLISHED), "deal.arms_deal").time
    assert time is not None
    assert time.start == "2016"


@pytest.mark.parametrize(
    "text",
    [
        "She wrote in January that planes had landed in Tripoli.",
        "The panel found in March that rebels had attacked Goma.",
        "Эксперты написали в январе, что самолёты приземлились в Триполи.",
        "Le groupe a écrit en janvier que des avions avaient atterri à Tripoli.",
        "הפאנל כתב בינואר כי מטוסים נחתו בטריפולי.",
        "كتبت اللجنة في يناير أن طائرات هبطت في طرابلس.",
    ],
)
def test_when_something_was_written_is_not_when_it_happened(read: Read, text: str) -> None:
    """A date beside a verb of writing, or right before "that", dates the telling."""
    [event] = read(text, published=date(2025, 5, 22))
    assert event.time is None


def test_a_date_that_opens_the_sentence_is_the_events(read: Read) -> None:
    """What stands before the whole sentence dates what it tells."""
    [event] = read("In January planes landed in Tripoli.", published=date(2025, 5, 22))
    assert event.time is not None
    assert event.time.start == "2025-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قتل شخصان في قصف على سوق الجمعة شرق طرابلس.", None),
        ("اندلعت اشتباكات في سوق الخميس أمس.", "أمس"),
        ("قصفت طائرات يوم الثلاثاء بلدة سوق الأحد.", "يوم الثلاثاء"),
        ("قصفت طائرات طرابلس يوم الجمعة.", "يوم الجمعة"),
    ],
)
def test_a_weekday_in_the_name_of_a_place_is_no_day(
    read: Read, text: str, said: str | None
) -> None:
    """Market towns are called after the day of their market."""
    (event,) = read(text, lang="ar")
    assert (event.time and event.time.text) == said
