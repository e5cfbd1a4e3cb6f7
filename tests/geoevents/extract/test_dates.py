"""What news writers say about time is found as written, and resolved from publication."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geoevents.extract.dates import find_times

if TYPE_CHECKING:
    from geoevents.event import EventTime

WEDNESDAY = date(2020, 9, 30)

Row = tuple[str, str, str | None, str | None]

ARABIC: list[Row] = [
    ("وصل الوفد أمس إلى العاصمة", "أمس", "2020-09-29", None),
    ("أقلعت الطائرة أمس (الثلاثاء) من المطار", "أمس (الثلاثاء)", "2020-09-29", None),
    ("أقلعت السفينة أمس، الثلاثاء، من الميناء", "أمس، الثلاثاء", "2020-09-29", None),
    ("التقى الوزيران اليوم الأربعاء في عمان", "اليوم الأربعاء", "2020-09-30", None),
    ("يعقد الاجتماع غدا الخميس", "غدا الخميس", "2020-10-01", None),
    ("وقع الانفجار أول من أمس", "أول من أمس", "2020-09-28", None),
    ("قصفت المدفعية البلدة فجر اليوم", "فجر اليوم", "2020-09-30", None),
    ("غادر الرئيس بعد ظهر أمس", "بعد ظهر أمس", "2020-09-29", None),
    ("اندلع الحريق مساء الأحد في السوق", "مساء الأحد", "2020-09-27", None),
    ("اندلعت المعارك يوم الأربعاء الماضي", "يوم الأربعاء الماضي", "2020-09-23", None),
    ("ستنطلق المحادثات يوم الاثنين المقبل", "يوم الاثنين المقبل", "2020-10-05", None),
    ("سينطلق المؤتمر السبت في جنيف", "السبت", "2020-10-03", None),
    ("وقال مسؤول الاثنين إن القوات ستنسحب", "الاثنين", "2020-09-28", None),
    ("هزت الغارات المدينة ليل السبت الأحد", "ليل السبت الأحد", "2020-09-26", None),
    (
        "زار الوفد طهران يوم الثلاثاء من الأسبوع الماضي",
        "يوم الثلاثاء من الأسبوع الماضي",
        "2020-09-22",
        None,
    ),
    ("وقعت الحادثة قبل ثلاثة أيام", "قبل ثلاثة أيام", "2020-09-27", None),
    ("اختفى القارب قبل يومين", "قبل يومين", "2020-09-28", None),
    ("اعتقل قبل شهرين", "قبل شهرين", "2020-07", None),
    ("بدأت الحرب قبل نحو تسع سنوات", "قبل نحو تسع سنوات", "2011", None),
    ("وقع الاتفاق في 27 سبتمبر/أيلول 2018", "في 27 سبتمبر/أيلول 2018", "2018-09-27", None),
    ("وقع الاتفاق في ٣ آذار ٢٠١٥", "في ٣ آذار ٢٠١٥", "2015-03-03", None),
    (
        "ضرب الزلزال المنطقة في الخامس والعشرين من كانون الثاني 2011",
        "في الخامس والعشرين من كانون الثاني 2011",
        "2011-01-25",
        None,
    ),
    ("بدأ الإضراب في 12 غشت الماضي", "في 12 غشت الماضي", "2020-08-12", None),
    ("اغتيل في 3 يناير من العام الماضي", "في 3 يناير من العام الماضي", "2019-01-03", None),
    ("تفتتح القمة في 20 تشرين الثاني المقبل", "في 20 تشرين الثاني المقبل", "2020-11-20", None),
    ("انتهت الهدنة في العاشر من الشهر الجاري", "في العاشر من الشهر الجاري", "2020-09-10", None),
    ("عقدت القمة في جويلية 2019", "جويلية 2019", "2019-07", None),
    ("منذ مطلع نيسان الماضي لم تصل مساعدات", "منذ مطلع نيسان الماضي", "2020-04", "2020-09"),
    ("في أواخر عام 2013 سيطر المسلحون", "في أواخر عام 2013", "2013", None),
    ("جرت انتخابات سنة 2010 وفاز", "سنة 2010", "2010", None),
    ("احتلت القوات المدينة العام الماضي", "العام الماضي", "2019", None),
    ("توقفت الرحلات الشهر الماضي", "الشهر الماضي", "2020-08", None),
    ("استؤنفت الرحلات الأسبوع الماضي", "الأسبوع الماضي", "2020-09-21", "2020-09-27"),
    (
        "خلال الأيام الثلاثة الماضية سقطت صواريخ",
        "خلال الأيام الثلاثة الماضية",
        "2020-09-27",
        "2020-09-30",
    ),
    ("خلال العامين الماضيين زادت الرحلات", "خلال العامين الماضيين", "2018", "2020"),
    (
        "تواصل القصف لليوم الخامس على التوالي",
        "لليوم الخامس على التوالي",
        "2020-09-26",
        "2020-09-30",
    ),
    ("تستمر الاحتجاجات منذ يوم الجمعة", "منذ يوم الجمعة", "2020-09-25", "2020-09-30"),
    ("يحكم البلاد منذ عام 2005", "منذ عام 2005", "2005", "2020"),
    ("بين عامي 1994 و1996 فر الآلاف", "بين عامي 1994 و1996", "1994", "1996"),
    ("من 3 إلى 7 تموز 2014", "من 3 إلى 7 تموز 2014", "2014-07-03", "2014-07-07"),
    ("من الأحد إلى الثلاثاء", "من الأحد إلى الثلاثاء", "2020-09-27", "2020-09-29"),
    ("في ثمانينيات القرن الماضي هاجر", "في ثمانينيات القرن الماضي", "1980", "1989"),
    ("في صيف 2006 اندلعت حرب", "في صيف 2006", "2006-06", "2006-08"),
    ("ولد في ١٥ رمضان ١٤٤١ هـ", "في ١٥ رمضان ١٤٤١ هـ", "2020-05-08", None),
    ("يقيم حاليا في باريس", "حاليا", "2020-09", None),
    ("تتوقع الأرصاد أمطارا في الأيام المقبلة", "في الأيام المقبلة", "2020-09", None),
    ("شهدت المدينة هجمات في السنوات الأخيرة", "في السنوات الأخيرة", None, None),
    ("كان البلدان حليفين في الماضي", "في الماضي", None, None),
    ("تقاطعه الحكومة منذ سنوات طويلة", "منذ سنوات طويلة", None, None),
    ("وأعلن مؤخرا عن صفقة", "مؤخرا", None, None),
    ("اجتمع القادة يومي السبت والأحد", "يومي السبت والأحد", "2020-09-26", "2020-09-27"),
    ("وصل أمس الثلاثاء 29 سبتمبر", "أمس الثلاثاء 29 سبتمبر", "2020-09-29", None),
    ("توقفت المعارك منذ سنوات", "منذ سنوات", None, None),
    ("أغلق المعبر منذ العام الماضي", "منذ العام الماضي", "2019", "2020"),
    ("في الثالث من شهر أيلول لعام 1971", "في الثالث من شهر أيلول لعام 1971", "1971-09-03", None),
    ("في الأسبوع الأول من أيلول اندلع القتال", "في الأسبوع الأول من أيلول", "2020-09", None),
    ("في الساعات الأولى من صباح الاثنين", "في الساعات الأولى من صباح الاثنين", "2020-09-28", None),
    ("قبل عدة أيام", "قبل عدة أيام", None, None),
    ("منذ أكثر من عامين", "منذ أكثر من عامين", "2018", "2020"),
    ("حتى الآن لم يصل أحد", "حتى الآن", None, None),
    ("قال في وقت متأخر الثلاثاء", "في وقت متأخر الثلاثاء", "2020-09-29", None),
    ("هبطت في16 أيلول", "في16 أيلول", "2020-09-16", None),
    ("بغداد 12 - 9 (رويترز) - قتل", "12 - 9", "2020-09-12", None),
]

ENGLISH: list[Row] = [
    ("The envoy arrived yesterday in Cairo.", "yesterday", "2020-09-29", None),
    ("The envoy arrived yesterday, Tuesday, in Cairo.", "yesterday, Tuesday", "2020-09-29", None),
    ("Officials said today that", "today", "2020-09-30", None),
    ("Talks resume tomorrow morning.", "tomorrow morning", "2020-10-01", None),
    ("It happened the day before yesterday.", "the day before yesterday", "2020-09-28", None),
    ("The ship docked on Monday.", "on Monday", "2020-09-28", None),
    ("The ship docked on Wednesday.", "on Wednesday", "2020-09-30", None),
    ("It sank last Wednesday off Crete.", "last Wednesday", "2020-09-23", None),
    ("Leaders meet next Friday.", "next Friday", "2020-10-02", None),
    ("The court will hear the case on Saturday.", "on Saturday", "2020-10-03", None),
    ("Troops will pull out, a spokesman said Monday.", "Monday", "2020-09-28", None),
    ("Rebels attacked on Sunday night.", "on Sunday night", "2020-09-27", None),
    ("Early on Thursday, jets struck.", "Early on Thursday", "2020-09-24", None),
    ("He flew in on Tuesday last week.", "on Tuesday last week", "2020-09-22", None),
    ("The bridge fell two days ago.", "two days ago", "2020-09-28", None),
    ("It opened about six weeks ago.", "about six weeks ago", "2020-08-19", None),
    ("He left a month ago.", "a month ago", "2020-08", None),
    ("He was jailed ten years ago.", "ten years ago", "2010", None),
    ("On 27 September 2018 they signed.", "On 27 September 2018", "2018-09-27", None),
    ("on Sept. 3, 2015, they signed", "on Sept. 3, 2015", "2015-09-03", None),
    ("on the 5th of May 2012", "on the 5th of May 2012", "2012-05-05", None),
    ("On Thursday, 24 September, they met", "On Thursday, 24 September", "2020-09-24", None),
    ("Clashes began on July 12.", "on July 12", "2020-07-12", None),
    ("The fair was held on December 15.", "on December 15", "2019-12-15", None),
    ("The vote is on 15 October.", "on 15 October", "2020-10-15", None),
    ("It closed in March.", "in March", "2020-03", None),
    ("It closed in November.", "in November", "2019-11", None),
    ("It closed last June.", "last June", "2020-06", None),
    ("They met in late August 2013.", "in late August 2013", "2013-08", None),
    ("It was founded in 1987 in Oslo.", "in 1987", "1987", None),
    ("In early 2016 he fled.", "In early 2016", "2016", None),
    ("The president visited last year.", "last year", "2019", None),
    ("It rained earlier this month.", "earlier this month", "2020-09", None),
    ("They struck last week.", "last week", "2020-09-21", "2020-09-27"),
    ("In the past two years it grew.", "In the past two years", "2018", "2020"),
    ("Over the last three days it rained.", "Over the last three days", "2020-09-27", "2020-09-30"),
    (
        "Shelling went on for the third straight day.",
        "for the third straight day",
        "2020-09-28",
        "2020-09-30",
    ),
    ("It has been shut since Friday.", "since Friday", "2020-09-25", "2020-09-30"),
    ("He has ruled since 1994.", "since 1994", "1994", "2020"),
    ("From 2003 to 2011 they stayed.", "From 2003 to 2011", "2003", "2011"),
    ("It ran from 3 to 7 July 2014.", "from 3 to 7 July 2014", "2014-07-03", "2014-07-07"),
    ("It ran from Monday to Wednesday.", "from Monday to Wednesday", "2020-09-28", "2020-09-30"),
    ("In the 1990s many left.", "In the 1990s", "1990", "1999"),
    ("In the summer of 2006 war broke out.", "In the summer of 2006", "2006-06", "2006-08"),
    ("He currently lives abroad.", "currently", "2020-09", None),
    ("They will meet in the coming days.", "in the coming days", "2020-09", None),
    ("He recently resigned.", "recently", None, None),
    ("Trade fell in recent years.", "in recent years", None, None),
    ("They were allies in the past.", "in the past", None, None),
    ("As of September 9, ten were held.", "As of September 9", "2020-09-09", None),
    ("Today, 30 September 2020, it opened.", "Today, 30 September 2020", "2020-09-30", None),
    ("They met on Thursday (March 5).", "on Thursday (March 5)", "2020-03-05", None),
    ("In 1968 and 1969 they fought.", "In 1968 and 1969", "1968", "1969"),
    ("It burned over the weekend.", "over the weekend", "2020-09-26", "2020-09-27"),
    ("Since the start of the year ten died.", "Since the start of the year", "2020", None),
    ("In the first week of May it fell.", "In the first week of May", "2020-05", None),
    ("In the early hours of Tuesday it fell.", "In the early hours of Tuesday", "2020-09-29", None),
    ("He left a few days ago.", "a few days ago", None, None),
    ("He left more than a decade ago.", "more than a decade ago", "2010", None),
    ("Signed 2019-03-14 in Geneva.", "2019-03-14", "2019-03-14", None),
]

OTHERS: list[tuple[str, str, str, str | None, str | None]] = [
    ("he", "המטוס נחת ביום שלישי האחרון", "ביום שלישי האחרון", "2020-09-29", None),
    ("he", "הוא ביקר בבאקו בשנת 2016", "בשנת 2016", "2016", None),
    ("he", "ב-14 בפברואר 2019 נחתם", "ב-14 בפברואר 2019", "2019-02-14", None),
    ("he", "לפני יומיים נורו רקטות", "לפני יומיים", "2020-09-28", None),
    ("ru", "Самолёт прибыл в прошлый четверг", "в прошлый четверг", "2020-09-24", None),
    ("ru", "7 мая 2018 года он прибыл", "7 мая 2018 года", "2018-05-07", None),
    ("ru", "3 марта прошлого года он уехал", "3 марта прошлого года", "2019-03-03", None),
    ("ru", "вчера вечером начался обстрел", "вчера вечером", "2020-09-29", None),
    ("fa", "هواپیما دوشنبه شب فرود آمد", "دوشنبه شب", "2020-09-28", None),
    ("fa", "در ۲۹ شهریور ۱۳۹۹ رخ داد", "در ۲۹ شهریور ۱۳۹۹", "2020-09-19", None),
    ("fa", "سال گذشته امضا شد", "سال گذشته", "2019", None),
    ("tr", "Uçak 5 Mayıs 2018 günü indi", "5 Mayıs 2018 günü", "2018-05-05", None),
    ("tr", "Gemi geçen perşembe demirledi", "geçen perşembe", "2020-09-24", None),
    ("tr", "Anlaşma 2016 yılında imzalandı", "2016 yılında", "2016", None),
    ("fr", "L'avion a atterri jeudi dernier", "jeudi dernier", "2020-09-24", None),
    ("fr", "Le 1er mai 2018, il est parti", "Le 1er mai 2018", "2018-05-01", None),
    ("fr", "Il y a trois jours, un navire", "Il y a trois jours", "2020-09-27", None),
]


def only(
    text: str, lang: str, published: date | None = WEDNESDAY, anchor: str | None = None
) -> EventTime:
    """Return the one expression that a text holds."""
    found = find_times(text, lang=lang, published=published, anchor=anchor)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("lang", "text", "words", "start", "end"),
    [("ar", *row) for row in ARABIC] + [("en", *row) for row in ENGLISH] + OTHERS,
)
def test_an_expression_of_the_news_is_found_as_written_and_resolved(
    lang: str, text: str, words: str, start: str | None, end: str | None
) -> None:
    """Each sentence holds one expression: these words, from this date to that one."""
    time = only(text, lang)
    assert (time.text, time.start, time.end) == (words, start, end)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "يصل مداه إلى 1300 كيلومتر"),
        ("ar", "اشترت 2000 صاروخ"),
        ("ar", "دعت قوى 14 آذار إلى الإضراب"),
        ("ar", "قال آلان لوبير"),
        ("en", "They printed 500 posters and 2000 leaflets"),
        ("ar", "أحد الجنود قال إن الطريق مغلق"),
        ("ar", "مارس الضغط على الحكومة"),
        ("ar", "تعمل المحطة 24 ساعة"),
        ("en", "They bought 180 M109A6 howitzers and 2,016 shells."),
        ("en", "They may march on the capital."),
        ("en", "About 2000 people sat in the sun."),
        ("en", "He came second of 1990 runners"),
        ("en", "Resolution 1701 was adopted by 15 votes"),
    ],
)
def test_numbers_and_words_that_only_look_like_dates_are_left_alone(lang: str, text: str) -> None:
    """A distance, a count, a model number, a verb that is spelt like a month: no date."""
    assert find_times(text, lang=lang, published=WEDNESDAY) == []


@pytest.mark.parametrize(
    "text", ["31/2/2020", "31 February 2020", "on 30 February", "29 February 2019"]
)
def test_a_day_that_does_not_exist_is_never_turned_into_another(text: str) -> None:
    """The words are kept, the date stays empty."""
    time = only(text, "en")
    assert (time.text, time.start, time.precision) == (text, None, None)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("27/9/2018", "2018-09-27"),
        ("9/27/2018", "2018-09-27"),
        ("3/4/2018", "2018-04-03"),
        ("27.9.2018", "2018-09-27"),
        ("27-9-2018", "2018-09-27"),
    ],
)
def test_numeric_dates_have_the_day_first_unless_that_is_impossible(text: str, start: str) -> None:
    """3/4 is the third of April; 9/27 can only be the twenty-seventh of September."""
    assert only(text, "en").start == start


@pytest.mark.parametrize(
    "lang_text",
    [("ar", "أمس"), ("en", "last year"), ("ar", "يوم الخميس الماضي"), ("en", "on 3 May")],
)
def test_without_a_publication_date_relative_words_stay_relative(
    lang_text: tuple[str, str],
) -> None:
    """The words are found, but nothing is invented."""
    time = only(lang_text[1], lang_text[0], published=None)
    assert (time.text, time.start, time.end, time.precision) == (lang_text[1], None, None, None)


def test_without_a_publication_date_absolute_dates_are_still_resolved() -> None:
    """A full date needs no day of publication."""
    assert only("في 27 أيلول 2020", "ar", published=None).start == "2020-09-27"


@pytest.mark.parametrize(
    ("lang", "text", "start"),
    [
        ("en", "the same day", "2019-03-18"),
        ("en", "earlier that day", "2019-03-18"),
        ("en", "the previous day", "2019-03-17"),
        ("en", "the following day", "2019-03-19"),
        ("en", "two days later", "2019-03-20"),
        ("en", "about 30 minutes later", "2019-03-18"),
        ("en", "20 minutes after landing", "2019-03-18"),
        ("en", "between 6pm and 7.15pm", "2019-03-18"),
        ("en", "at around 6.45pm", "2019-03-18"),
        ("en", "later that year", "2019"),
        ("ar", "في العام نفسه", "2019"),
        ("ar", "في اليوم نفسه", "2019-03-18"),
        ("ar", "في اليوم التالي", "2019-03-19"),
        ("ar", "بعد ثلاثة أيام", "2019-03-21"),
        ("ar", "بعد ساعتين من ذلك", "2019-03-18"),
        ("ar", "الساعة 10:30 صباحا", "2019-03-18"),
    ],
)
def test_words_that_point_back_start_from_the_event_before(
    lang: str, text: str, start: str
) -> None:
    """The previous day is counted from the anchor, not from publication."""
    assert only(text, lang, anchor="2019-03-18").start == start
    assert only(text, lang).start is None


def test_a_day_named_in_the_sentence_becomes_the_anchor_of_what_follows() -> None:
    """They arrived yesterday after a fire the previous day: the fire was two days ago."""
    found = find_times(
        "They arrived yesterday after a fire the previous day.", lang="en", published=WEDNESDAY
    )
    assert [time.start for time in found] == ["2020-09-29", "2020-09-28"]


def test_a_clock_time_beside_a_date_is_not_a_second_date() -> None:
    """A time of day with its date says one day once."""
    assert only("It left at 4:45pm on Saturday.", "en").text == "on Saturday"


def test_the_weekday_decides_where_it_contradicts_yesterday() -> None:
    """A paper printed a day late says "yesterday, Monday" on a Wednesday and means Monday."""
    assert only("أمس الاثنين", "ar").start == "2020-09-28"


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on 3 May 2019", "day"),
        ("in May 2019", "month"),
        ("in 2019", "year"),
        ("in the 1970s", "decade"),
        ("until 2019", "open"),
        ("after 3 May 2019", "open"),
    ],
)
def test_the_precision_is_the_one_stated(text: str, precision: str) -> None:
    """A month is not sharpened to a day; an open end is called open."""
    assert only(text, "en").precision == precision


def test_only_the_part_asked_for_is_read_and_offsets_count_from_the_text_s_beginning() -> None:
    """A sentence in the middle is read alone; the spans still point into the whole text."""
    text = "It began on Monday. It ended on Tuesday. It was Friday."
    (time,) = find_times(text, lang="en", published=WEDNESDAY, start=20, end=40)
    assert time.span is not None
    assert text[time.span.start : time.span.end] == time.text == "on Tuesday"


def test_glued_conjunctions_stay_outside_and_glued_prepositions_inside() -> None:
    """In "وبالأمس" the "and" is not part of the date, "in" is."""
    assert only("وبالأمس وصل", "ar").text == "بالأمس"


def test_an_unknown_language_still_reads_numeric_dates() -> None:
    """Numeric dates need no words."""
    assert only("... 27/9/2018 ...", "xx").start == "2018-09-27"
