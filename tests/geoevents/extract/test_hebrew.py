"""Events of Hebrew news: forms of verbs, passives, glued particles, what did not happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer.data import load_toml
from geoevents.extract.lexicon import load_lexicon, never_matching
from geoevents.extract.morphology import load_morphology

from .hebrew import DAY, places, told

if TYPE_CHECKING:
    from geoevents.event import Event

    from .conftest import Read


def who(event: Event) -> set[tuple[str, str, str | None]]:
    """Return role, words and country of an event's participants."""
    return {(p.role, p.text, p.country) for p in event.participants}


class TestForms:
    """A verb is known in its tenses and patterns, a noun with what is glued to it."""

    @pytest.mark.parametrize(
        ("lemma", "forms"),
        [
            ("הפגין", ["הפגינו", "מפגינה", "יפגינו", "תפגין", "להפגין"]),
            ("התפוצץ", ["התפוצצה", "מתפוצצים", "תתפוצץ", "להתפוצץ"]),
            ("ביקר", ["ביקרה", "מבקר", "יבקר", "לבקר"]),
            ("סייר", ["סיירו", "מסיירים", "יסייר", "לסייר"]),
            ("נהרג", ["נהרגה", "נהרגים", "ייהרגו", "להיהרג"]),
            ("הותקף", ["הותקפה", "מותקפים", "יותקפו"]),
            ("חוסל", ["חוסלו", "מחוסל", "יחוסל"]),
            ("ירה", ["ירתה", "ירו", "יורים", "יירו", "לירות"]),
            ("תקף", ["תקפו", "תוקפים", "יתקוף", "יתקפו", "לתקוף"]),
            ("נחת/נוחת/ינחת/לנחות", ["נחתה", "נוחתים", "ינחתו", "לנחות"]),
        ],
    )
    def test_a_verb_gives_the_forms_of_its_pattern(self, lemma: str, forms: list[str]) -> None:
        """Past, present, future and infinitive follow from the past; a final letter opens up."""
        morphology = load_morphology("he")
        assert morphology is not None
        assert set(forms) <= morphology.forms("verb", lemma).keys()

    def test_a_noun_joins_its_owner_and_its_pronoun(self) -> None:
        """Construct state, plural and pronouns of a feminine and of a masculine noun."""
        morphology = load_morphology("he")
        assert morphology is not None
        assert {"תקיפת", "תקיפות", "תקיפתם"} <= morphology.forms("noun", "תקיפה").keys()
        assert {"הסכמים", "הסכמי"} <= morphology.forms("noun", "הסכם").keys()

    def test_every_event_word_can_be_found(self) -> None:
        """No word or phrase of the file is written so that no text can match it."""
        lexicon = load_lexicon("he")
        assert lexicon is not None
        rows = load_toml("languages", "he", "events.toml")["trigger"]
        assert [never_matching(lexicon.morphology, row) for row in rows if "phrases" in row] == [
            [] for row in rows if "phrases" in row
        ]


class TestPlaces:
    """Glued and standing words of relation, and construct phrases."""

    def test_from_and_to_are_the_ends_of_a_flight(self, read: Read) -> None:
        """מ and ל glued to names are origin and destination."""
        (flight,) = read("המטוס טס מקהיר לביירות ביום ראשון.", published=DAY)
        assert told(flight) == ("movement.flight", "asserted")
        assert places(flight) == {"origin": {"קהיר"}, "destination": {"ביירות"}}
        assert flight.time is not None
        assert (flight.time.text, flight.time.start) == ("ביום ראשון", "2024-05-12")

    def test_the_ship_calls_where_the_harbour_is(self, read: Read) -> None:
        """ב before "harbour" belongs to the harbour's name; the adjective says whose ship it is."""
        (voyage,) = read("ספינת מלחמה הודית עגנה אתמול בנמל מומבאסה.", published=DAY)
        assert voyage.type == "movement.voyage"
        assert places(voyage) == {"destination": {"מומבאסה"}}
        assert who(voyage) == {("carrier", "ספינת מלחמה הודית", "IN")}
        assert voyage.time is not None
        assert voyage.time.start == "2024-05-14"

    def test_close_to_is_near_and_an_embassy_is_its_owners(self, read: Read) -> None:
        """Two words with a glued particle are one relation; no bomb went off in Russia."""
        (bombing,) = read("מכונית תופת התפוצצה סמוך לשגרירות רוסיה בקאבול.")
        assert told(bombing) == ("violence.bombing", "asserted")
        assert places(bombing) == {"location": {"קאבול"}}

    def test_a_disaster_strikes_its_object(self, read: Read) -> None:
        """What an earthquake "visits" is where it was, and the dead are counted apart."""
        (quake,) = read("רעידת אדמה חזקה פקדה את מרוקו והרגה 23 בני אדם.")
        assert quake.type == "hazard.earthquake"
        assert places(quake) == {"location": {"מרוקו"}}
        assert [(c.kind, c.count) for c in quake.casualties] == [("killed", 23)]

    def test_what_is_shelled_is_where_the_shells_fell(self, read: Read) -> None:
        """The subject of a passive verb is the place of the event."""
        (shelling,) = read("העיר חרקיב הופגזה הלילה ושבעה אזרחים נהרגו.", published=DAY)
        assert told(shelling) == ("violence.shelling", "asserted")
        assert places(shelling) == {"location": {"חרקיב"}}
        assert [(c.kind, c.count) for c in shelling.casualties] == [("killed", 7)]


class TestParticipants:
    """Who did it, to whom."""

    def test_the_adjective_behind_the_noun_says_whose(self, read: Read) -> None:
        """Syrian war planes act; the day and the town are the strike's."""
        (strike,) = read("מטוסי קרב סוריים הפציצו ביום שישי שוק הומה בעיר אידליב.", published=DAY)
        assert strike.type == "violence.strike"
        assert who(strike) == {("actor", "מטוסי קרב סוריים", "SY")}
        assert places(strike) == {"location": {"אידליב"}}
        assert strike.time is not None
        assert strike.time.start == "2024-05-10"

    def test_the_marked_object_is_the_target(self, read: Read) -> None:
        """את stands before who is accused."""
        accusation = read("איראן האשימה את ישראל במתקפת סייבר.")[0]
        assert accusation.type == "statement.accusation"
        assert who(accusation) == {("actor", "איראן", "IR"), ("target", "ישראל", "IL")}

    def test_a_sale_has_a_buyer_a_number_and_a_price(self, read: Read) -> None:
        """ל is to whom; the number of planes is the count, the sum the price."""
        (deal,) = read("צרפת מכרה ליוון 24 מטוסי קרב תמורת 2.5 מיליארד אירו.")
        assert deal.type == "deal.arms_deal"
        assert who(deal) == {("supplier", "צרפת", "FR"), ("recipient", "יוון", "GR")}
        assert deal.count == 24
        assert deal.money is not None
        assert (deal.money.amount, deal.money.currency) == (2.5e9, "EUR")

    def test_the_subject_of_a_passive_is_who_suffers_it(self, read: Read) -> None:
        """Those expelled are the target, and their number in words is the count."""
        (expulsion,) = read("שלושים ושניים דיפלומטים רוסים גורשו מפולין.")
        assert expulsion.type == "coercion.sanction"
        assert who(expulsion) >= {("target", "דיפלומטים רוסים", "RU")}
        assert expulsion.count == 32


class TestStatus:
    """What did not happen, may happen, or is only said."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("לא נורו רקטות לעבר אשקלון.", [("violence.shelling", "negated")]),
            ("אין בכוונת הממשלה לסגת מרמת הגולן.", [("movement.troop_movement", "negated")]),
            ("צבא סודאן הכחיש כי חייליו תקפו את הכפר.", [("violence.attack", "negated")]),
            ("הצבא סיכל פיגוע בנמל אשדוד.", [("violence.attack", "negated")]),
            ("גרמניה תספק לאוקראינה טנקים.", [("transfer.arms_supply", "hypothetical")]),
            ("שר החוץ צפוי לבקר בבגדד בשבוע הבא.", [("diplomacy.visit", "hypothetical")]),
            ("אם ייכשלו השיחות, הצבא יפלוש ללבנון.", [("movement.troop_movement", "hypothetical")]),
            ("החיילים החלו לנוע לעבר העיר חומס.", [("movement.troop_movement", "asserted")]),
            ("לדברי המשטרה, אלפים הפגינו בבלגרד.", [("unrest.protest", "reported")]),
            ("הטייס ירה טיל על שיירה, כך נמסר בבגדד.", [("violence.shelling", "reported")]),
            ("ככל הנראה נחטפה הסירה מול חופי סומליה.", [("violence.attack", "assessed")]),
        ],
    )
    def test_a_sign_reaches_its_event(
        self, read: Read, text: str, expected: list[tuple[str, str]]
    ) -> None:
        """Negation, denial, plan, future, condition, hearsay and judgement."""
        assert [told(event) for event in read(text) if event.type in dict(expected)] == expected

    def test_an_acronym_opens_no_quotation(self, read: Read) -> None:
        """The sign inside צה"ל is no quotation mark: nobody is quoted here."""
        (clash,) = read('כוח של צה"ל ניהל קרב יריות עם חמושים, ודובר צה"ל אישר זאת.')
        assert told(clash) == ("violence.armed_clash", "asserted")
        assert ("actor", 'צה"ל', "IL") in who(clash)


@pytest.mark.parametrize(
    "text",
    [
        "החלוץ הפציץ את השער של הקבוצה האורחת בליגה.",
        "מתקפת לב הכניעה את הזמר בן ה-70.",
        "שר האוצר ספג מתקפה תקשורתית על תוכניתו.",
        "בקרב התושבים גוברת הדאגה ממחירי הדירות.",
        "הסופה התקשורתית סביב השר שככה.",
        "שירי ארץ ישראל הושמעו באולם לפנות ערב.",
        "חדר האוכל נצבע בצבעים מרגיעים.",
        "הוא שילם מאה לירות בעד הספר.",
    ],
)
def test_figures_of_speech_and_homographs_are_no_events(read: Read, text: str) -> None:
    """Sport, illness, criticism, and words that are only spelt like event words."""
    assert read(text) == []


def test_a_curfew_and_an_evacuation_are_where_they_are_said_to_be(read: Read) -> None:
    """Two events of one sentence keep their own places."""
    curfew, evacuation = read("הצבא הטיל עוצר על העיר בנגאזי, והמשפחות פונו מביירות.")
    assert (curfew.type, places(curfew)) == ("coercion.blockade", {"location": {"בנגאזי"}})
    assert (evacuation.type, places(evacuation)) == ("movement.convoy", {"origin": {"ביירות"}})


@pytest.mark.parametrize(
    ("text", "expected", "where"),
    [
        ("הגשר בלונדון קרס.", ("hazard.accident", "asserted"), {"location": {"לונדון"}}),
        ("האדמה רעדה אמש במרוקו.", ("hazard.earthquake", "asserted"), {"location": {"מרוקו"}}),
        (
            "העובדים החריפו את העיצומים בנמל חיפה.",
            ("unrest.protest", "asserted"),
            {"location": {"נמל חיפה"}},
        ),
        (
            "חקלאים חסמו כביש סמוך לבריסל.",
            ("unrest.protest", "asserted"),
            {"location": {"סמוך לבריסל"}},
        ),
        (
            "רוסיה שיגרה טילי שיוט לעבר אודסה.",
            ("violence.strike", "asserted"),
            {"location": {"אודסה"}},
        ),
        (
            "פצצת מרגמה נחתה סמוך לדמשק.",
            ("violence.shelling", "asserted"),
            {"location": {"סמוך לדמשק"}},
        ),
        (
            "שני לוחמים נהרגו בקרב ליד חלב.",
            ("violence.armed_clash", "asserted"),
            {"location": {"ליד חלב"}},
        ),
        ("פועל נהרג בנפילה מפיגום בחיפה.", ("hazard.accident", "asserted"), {"location": {"חיפה"}}),
        (
            "נושאת המטוסים עשתה את דרכה למלטה.",
            ("movement.voyage", "asserted"),
            {"destination": {"מלטה"}},
        ),
        (
            "המשפחות פונו מביירות לטריפולי.",
            ("movement.convoy", "asserted"),
            {"origin": {"ביירות"}, "destination": {"טריפולי"}},
        ),
        (
            "תגבורות נשלחו לליטא.",
            ("movement.troop_movement", "asserted"),
            {"destination": {"ליטא"}},
        ),
        ("קטאר רכשה מצרפת 12 מטוסי רפאל.", ("deal.arms_deal", "asserted"), {}),
        ("רוסיה הטילה וטו על ההצעה.", ("diplomacy.refusal", "asserted"), {}),
        ("מקרי חצבת אובחנו בלונדון.", ("hazard.outbreak", "asserted"), {"location": {"לונדון"}}),
        ("מורה נדקר ברומא.", ("violence.attack", "asserted"), {"location": {"רומא"}}),
    ],
)
def test_news_tells_it(
    read: Read, text: str, expected: tuple[str, str], where: dict[str, set[str]]
) -> None:
    """Subjects before and behind their verb, passives, nouns without a verb, what does the deed."""
    (event,) = read(text)
    assert (told(event), places(event)) == (expected, where)


@pytest.mark.parametrize(
    "text",
    [
        "הקבוצה ירתה לעצמה ברגל במשחק הליגה.",
        "שמורות טבע חדשות הוכרזו בגליל.",
        "ההצגה ספגה מתקפה של ביקורות.",
        "הממשלה דנה בתקציב הבריאות.",
        "ההסכם הקיבוצי נחתם עם ועד העובדים.",
        "השר תקף את הרפורמה בנאומו.",
        "היא נלחמה בסרטן שנים רבות.",
        "הוא חטף מכות מהיריב בזירת האגרוף.",
    ],
)
def test_what_is_only_said_so_is_no_event(read: Read, text: str) -> None:
    """Quarrels of words, nature, contracts of work, illness."""
    assert read(text) == []


def test_a_letter_with_a_geresh_ends_no_word(read: Read) -> None:
    """Of "ג'יפ" the sign is no possessive, and what drove is a vehicle."""
    (accident,) = read("ג'יפ התנגש בקיר ליד חיפה.")
    assert told(accident) == ("hazard.accident", "asserted")
    assert places(accident) == {"location": {"ליד חיפה"}}


@pytest.mark.parametrize(
    ("text", "expected", "where"),
    [
        (
            "בישיבת ועדת החוץ הוחלט לדחות את ההצבעה.",
            ("diplomacy.meeting", "asserted"),
            {},
        ),
        ("לא הגיע איש לכינוס מועצת העיר.", ("diplomacy.meeting", "asserted"), {}),
        (
            "שר האוצר נועד בוושינגטון עם עמיתו.",
            ("diplomacy.meeting", "asserted"),
            {"location": {"וושינגטון"}},
        ),
        ("שני חשודים נעצרו.", ("coercion.arrest", "asserted"), {}),
        (
            "הפגישה תתקיים בלונדון.",
            ("diplomacy.meeting", "hypothetical"),
            {"location": {"לונדון"}},
        ),
        (
            "שר החוץ שב ממסע בן שבוע בקהיר ובעמאן.",
            ("diplomacy.visit", "asserted"),
            {"location": {"קהיר", "עמאן"}},
        ),
        (
            "סוריה תשלח אלפי חיילים למאלי.",
            ("movement.troop_movement", "hypothetical"),
            {"destination": {"מאלי"}},
        ),
        (
            "הכוחות המוצבים בקפריסין יוחלפו.",
            ("force.deployment", "asserted"),
            {"location": {"קפריסין"}},
        ),
        (
            "שלושת העיתונאים עדיין כלואים בטריפולי.",
            ("coercion.arrest", "asserted"),
            {"location": {"טריפולי"}},
        ),
        (
            "התאונה אירעה סמוך לחיפה.",
            ("hazard.accident", "asserted"),
            {"location": {"סמוך לחיפה"}},
        ),
    ],
)
def test_nouns_of_sitting_and_standing_tell_it(
    read: Read, text: str, expected: tuple[str, str], where: dict[str, set[str]]
) -> None:
    """Sessions and talks by their bare name, who stands somewhere, what will be held."""
    (event,) = read(text)
    assert (told(event), places(event)) == (expected, where)


@pytest.mark.parametrize(
    "text",
    [
        "בית המשפט קיים דיון בערעור.",
        "דירקטוריון החברה קיים ישיבה.",
        'עצרת האו"ם אימצה את ההחלטה.',
        "יש תוקף להסכם השכירות.",
        "המשטרה פעלה בתקיפות נגד עבריינים.",
        "העלייה הציפה את שוק הדירות.",
    ],
)
def test_courts_boards_and_a_firm_hand_are_no_events(read: Read, text: str) -> None:
    """Hearings, directors, the General Assembly, what is in force, what floods a market."""
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("מכבי האש כיבו את השריפה בחולון.", "hazard.fire"),
        ("הפועל נפגע בתאונת עבודה בנמל חיפה.", "hazard.accident"),
        ("משאית התנגשה בעמוד במורד הרחוב בחיפה.", "hazard.accident"),
        ("הוועדה דנה בנושא הגבול ובהצעת לבנון.", "diplomacy.meeting"),
        ("הצבא נקט פעולות צבאיות בלבנון.", "violence.armed_clash"),
        ("המשטרה פשטה על בית בליסבון.", "coercion.arrest"),
        ("הולנד השעתה את הסיוע לסורינאם.", "coercion.sanction"),
        ("מכונית ירדה לתהום ליד ערד.", "hazard.accident"),
        ('הארגון פירסם דו"ח על עינויים.', "statement.report"),
    ],
)
def test_clubs_slopes_and_glued_letters_hide_no_event(read: Read, text: str, expected: str) -> None:
    """Firemen bear a club's name, "down" is spelt like "rebel", a vav doubles, adjectives agree."""
    assert [event.type for event in read(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "הממשל מקיים דיונים שוטפים בנושא.",
        "המלך הבטיח לקרב את עמו לדמוקרטיה.",
        "ההתקפה על נאמנותו של הסנאטור עוררה ביקורת.",
        "השר ביקש לכבות שריפות במפלגה.",
    ],
)
def test_running_talks_and_attacks_of_words_are_no_events(read: Read, text: str) -> None:
    """What runs is no flood, what is brought near no battle, and words hurt nobody."""
    assert [event.type for event in read(text) if event.family != "diplomacy"] == []
