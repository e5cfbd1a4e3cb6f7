"""Events of Hebrew news in the words of offices, crowds, courts and correspondents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .hebrew import DAY, places, told

if TYPE_CHECKING:
    from .conftest import Read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ועדת הכספים של הכנסת דנה אתמול במשבר.", [("diplomacy.meeting", "asserted")]),
        ("שני שוטרים נורו במאי בחיפה.", [("violence.attack", "asserted")]),
        ("ההתייעצויות בין המדינות נמשכו.", [("diplomacy.meeting", "asserted")]),
        ("האוצר סירב להעניק תוספת.", [("diplomacy.refusal", "asserted")]),
        ("אוהדי כדורגל השתוללו בחולון.", [("unrest.riot", "asserted")]),
        ("הוועד החריף את העיצומים בנמל אשדוד.", [("unrest.protest", "asserted")]),
        ("הצעד עלול להביא להתלקחות מלחמה בלבנון.", [("violence.armed_clash", "hypothetical")]),
        ("הוא הזהיר מפני כוונה לפגוע בישראלים בטורקיה.", [("violence.attack", "hypothetical")]),
        ("המשטרה הודיעה על תפישת חוליית מחבלים בחברון.", [("coercion.arrest", "reported")]),
        ("החשוד ברצח השופט אושפז.", [("violence.attack", "assessed")]),
        ("נהג האוטובוס נפצע קשה.", [("hazard.accident", "asserted")]),
        ("הצדדים פתחו במשא ומתן.", [("diplomacy.meeting", "asserted")]),
        ("הם רדפו אחריו בכיוון החנות הסמוכה וירו ברגליו.", [("violence.attack", "asserted")]),
        ("תושב הכפר, בן 15, נפצע באורח בינוני.", [("violence.attack", "asserted")]),
        ("התגבורת כוללת נושאות מטוסים.", [("force.deployment", "asserted")]),
        ("המשטרה הזהירה כי יש חשש לניסיונות פגיעה בהם.", [("violence.attack", "hypothetical")]),
    ],
)
def test_an_event_is_known_by_the_words_of_its_trade(
    read: Read, text: str, expected: list[tuple[str, str]]
) -> None:
    """The Knesset is spelt like "income of", "in May" like a director: neither hides an event."""
    assert [told(event) for event in read(text, published=DAY)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "מנהל חברת טבע הציג את הרווחים.",
        "האספה הלאומית אישרה את התקציב.",
        "שני איים קטנים שייכים ליוון.",
        "זהותם נרמסה תחת השלטון הקודם.",
        "המבקרים שיבחו את ביקור הגיבור בסרט.",
        "יש חשש לפגיעה באזרחים בגלל הקיצוץ בתקציב.",
    ],
)
def test_companies_assemblies_and_islands_do_nothing(read: Read, text: str) -> None:
    """A company is named like "drowned", islands like "threatened", and feelings are trampled."""
    assert [event.type for event in read(text)] == []


def test_shots_after_a_murder_are_another_event(read: Read) -> None:
    """What happens after something is not that."""
    events = read("יריות נורו לעבר ביתו לאחר רצח השופט.")
    assert [event.type for event in events] == ["violence.attack", "violence.attack"]


def test_a_place_may_be_told_to_be_under_something(read: Read) -> None:
    """Of X that was given in a curfew, X is where it was."""
    (event,) = read("הגדה המערבית היתה נתונה בסגר צבאי.")
    assert event.type == "coercion.blockade"
    assert places(event) == {"location": {"הגדה המערבית"}}


def test_forces_are_sent_and_come_back(read: Read) -> None:
    """A word for "they returned" is spelt like "in which"; who did it tells them apart."""
    out, back = read("הגנרל נשלח ללבנון בראש כוחות גדולים. הכוחות שבו אתמול לצרפת.")
    assert (out.type, places(out)) == ("movement.troop_movement", {"destination": {"לבנון"}})
    assert (back.type, places(back)) == ("movement.troop_movement", {"destination": {"צרפת"}})


def test_a_delegate_who_left_for_a_country_visits_it(read: Read) -> None:
    """A day may stand between the verb and the country."""
    events = read("ראש האגף יצא שלשום לבולגריה לכינוס האיגודים.", published=DAY)
    assert [event.type for event in events] == ["diplomacy.visit", "diplomacy.meeting"]
    assert places(events[0]) == {"location": {"בולגריה"}}


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        ("שר הביטחון ביקר בלבנון.", "diplomacy.visit", "לבנון"),
        ("אתמול ביקר שר הביטחון בלבנון.", "diplomacy.visit", "לבנון"),
        ("במחנה הפליטים ג'באליה נדקר צעיר.", "violence.attack", "ג'באליה"),
        ("בכניסה לחברון נורה חייל.", "violence.attack", "חברון"),
        ("ביציאות מחברון הוצבו מחסומים.", "force.deployment", "חברון"),
        ("משלחת הפרלמנט חזרה אתמול מבגדד.", "diplomacy.visit", "בגדד"),
        ("הצבא הסיר את העוצר מרוב שטחי הגדה המערבית.", "coercion.blockade", "הגדה המערבית"),
    ],
)
def test_titles_camps_and_entrances_leave_an_event_its_place(
    read: Read, text: str, kind: str, where: str
) -> None:
    """Whose office is security speaks of no topic; an entrance is by the town, and no entering."""
    (event,) = read(text, published=DAY)
    assert event.type == kind
    assert places(event) == {"location": {where}}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("צעיר נדקר אתמול בחברון ונלקח לבית החולים הדסה בירושלים.", {"location": {"חברון"}}),
        ('שני חיילים נפצעו מירי והועברו לבית החולים רמב"ם בחיפה.', {}),
        ("מחבל ירה על בית החולים בחיפה.", {"location": {"חיפה"}}),
    ],
)
def test_nobody_was_hurt_where_he_was_taken(
    read: Read, text: str, where: dict[str, set[str]]
) -> None:
    """A hospital to which somebody was brought is not where it happened; one shot at is."""
    (event,) = read(text, published=DAY)
    assert places(event) == where
