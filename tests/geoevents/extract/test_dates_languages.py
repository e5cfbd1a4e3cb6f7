"""A date written as each language writes it is read back, and a day that is none is never read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.data import load_toml
from geoevents.extract.calendars import (
    from_hebrew,
    from_hijri,
    from_jalali,
    hebrew_month_length,
    hijri_month_length,
    jalali_month_length,
    month_length,
)
from geoevents.extract.dates import find_times

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")
INFLECTED = {"ru": 1}
"""Place of the month's name as it stands behind a day, where that is not the first."""

WRITTEN = {
    "ar": [
        "{day} {month} {year}",
        "يوم {weekday} {day} {month} {year}",
        "في {day} من {month} عام {year}",
    ],
    "en": [
        "{month} {day}, {year}",
        "on {weekday}, {day} {month} {year}",
        "on the {day}th of {month} {year}",
    ],
    "fa": [
        "{day} {month} {year}",
        "در روز {weekday} {day} {month} {year}",
        "{weekday}، {day} {month} سال {year}",
    ],
    "fr": [
        "le {day} {month} {year}",
        "{weekday} {day} {month} {year}",
        "au {weekday} {day} {month} {year}",
    ],
    "he": ["{day} ב{month} {year}", "ב-{day} ב{month} {year}", "{weekday}, {day} ב{month} {year}"],
    "ru": [
        "{day} {month} {year}",
        "{day} {month} {year} года",
        "в {weekday}, {day} {month} {year} г.",
    ],
    "tr": [
        "{day} {month} {year}",
        "{day} {month} {year} {weekday} günü",
        "{day} {month} {year} tarihinde",
    ],
}
RANGES = {
    "ar": "من {first} إلى {last} {month} {year}",
    "en": "from {first} to {last} {month} {year}",
    "fa": "از {first} تا {last} {month} {year}",
    "fr": "du {first} au {last} {month} {year}",
    "he": "בין {first} ל-{last} ב{month} {year}",
    "ru": "с {first} по {last} {month} {year} года",
    "tr": "{first}-{last} {month} {year}",
}
QUARTERS = {
    "ar": "الربع {number} من عام {year}",
    "en": "the {number} quarter of {year}",
    "fa": "سه‌ماهه {number} سال {year}",
    "fr": "au {number} trimestre {year}",
    "he": "ברבעון {number} של {year}",
    "ru": "в {number} квартале {year} года",
    "tr": "{year} yılının {number} çeyreğinde",
}
ORDINALS = {
    "ar": ["الأول", "الثاني", "الثالث", "الرابع"],
    "en": ["first", "second", "third", "fourth"],
    "fa": ["نخست", "دوم", "سوم", "چهارم"],
    "fr": ["premier", "deuxième", "troisième", "quatrième"],
    "he": ["הראשון", "השני", "השלישי", "הרביעי"],
    "ru": ["первом", "втором", "третьем", "четвёртом"],
    "tr": ["ilk", "ikinci", "üçüncü", "dördüncü"],
}
CALENDARS = {
    "hijri": (from_hijri, hijri_month_length, st.integers(1343, 1499)),
    "jalali": (from_jalali, jalali_month_length, st.integers(1211, 1499)),
    "hebrew": (from_hebrew, hebrew_month_length, st.integers(5600, 5899)),
}
LETTERS = {
    400: "ת", 300: "ש", 200: "ר", 100: "ק", 90: "צ", 80: "פ", 70: "ע", 60: "ס", 50: "נ",
    40: "מ", 30: "ל", 20: "כ", 10: "י", 9: "ט", 8: "ח", 7: "ז",
    6: "ו", 5: "ה", 4: "ד", 3: "ג", 2: "ב", 1: "א",
}  # fmt: skip


def names(lang: str, kind: str, number: int) -> list[str]:
    """Return the names of a month or weekday in a language's data; none where it has none."""
    words = load_toml("languages", lang, "time.toml")["words"][kind]
    found: list[str] = words.get(str(number), [])
    return found


def month_name(lang: str, number: int) -> str:
    """Return the name of a month as it stands behind a day."""
    return behind_day(names(lang, "month", number), lang)


def behind_day(found: list[str], lang: str) -> str:
    """Return the name of a month as it stands behind a day."""
    return found[min(INFLECTED.get(lang, 0), len(found) - 1)]


def weekday_name(lang: str, day: date) -> str:
    """Return the name of a day of the week, in Russian as it stands behind "in"."""
    found = names(lang, "weekday", day.isoweekday())
    return next((name for name in found if lang == "ru" and name.endswith("у")), found[0])


def lettered(number: int) -> str:
    """Return a number in Hebrew letters, with the sign that marks it as one."""
    word = ""
    while number:
        if number in {15, 16}:
            word, number = word + LETTERS[9] + LETTERS[number - 9], 0
            break
        value = next(value for value in LETTERS if value <= number)
        word, number = word + LETTERS[value], number - value
    return f"{word}'" if len(word) == 1 else f'{word[:-1]}"{word[-1]}'


@pytest.mark.parametrize("lang", LANGUAGES)
@given(day=DAYS, data=st.data())
def test_a_day_is_read_back_from_every_way_of_writing_it(
    lang: str, day: date, data: st.DataObject
) -> None:
    """With and without the weekday, the whole expression is one date: that day."""
    text = data.draw(st.sampled_from(WRITTEN[lang])).format(
        day=day.day,
        month=month_name(lang, day.month),
        year=day.year,
        weekday=weekday_name(lang, day),
    )
    found = find_times(text, lang=lang)
    assert [(time.start, time.end, time.precision) for time in found] == [
        (day.isoformat(), None, "day")
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(day=DAYS, length=st.integers(1, 27))
def test_the_ends_of_a_range_within_a_month_are_read_back(
    lang: str, day: date, length: int
) -> None:
    """From the first to the last day, and nothing else."""
    first = day.replace(day=min(day.day, month_length(day) - 1))
    last = min(first + timedelta(days=length), first.replace(day=month_length(first)))
    text = RANGES[lang].format(
        first=first.day, last=last.day, month=month_name(lang, first.month), year=first.year
    )
    found = find_times(text, lang=lang)
    assert [(time.start, time.end) for time in found] == [(first.isoformat(), last.isoformat())]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(year=st.integers(1900, 2100), quarter=st.integers(1, 4))
def test_a_quarter_of_a_year_is_its_three_months(lang: str, year: int, quarter: int) -> None:
    """The first quarter of 2021 is January to March 2021."""
    text = QUARTERS[lang].format(number=ORDINALS[lang][quarter - 1], year=year)
    found = find_times(text, lang=lang)
    months = f"{year}-{3 * quarter - 2:02}", f"{year}-{3 * quarter:02}"
    assert [(time.start, time.end) for time in found] == [months]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("calendar", CALENDARS)
@given(data=st.data())
def test_a_day_of_another_calendar_is_read_back_in_every_language(
    lang: str, calendar: str, data: st.DataObject
) -> None:
    """By its month's first name in the language; a day that the month does not have is no date."""
    convert, lengths, years = CALENDARS[calendar]
    year = data.draw(years)
    known = [m for m in range(1, 15) if names(lang, calendar, m) and lengths(year, min(m, 14))]
    if calendar != "hebrew":
        known = [m for m in known if m <= 12]
    month = data.draw(st.sampled_from(known))
    day = data.draw(st.integers(1, 31))
    joint = " ב" if lang == "he" else " "
    text = f"{day}{joint}{behind_day(names(lang, calendar, month), lang)} {year}"
    expected = convert(year, month, day)
    dates = [time.start for time in find_times(text, lang=lang) if time.start]
    assert dates == ([expected.isoformat()] if expected else [])


@given(year=st.integers(5640, 5799), data=st.data())
def test_hebrew_days_and_years_in_letters_are_read_back(year: int, data: st.DataObject) -> None:
    """Days 15 and 16 are spelt apart, one letter has one sign, and thousands are left out."""
    month = data.draw(st.sampled_from([m for m in range(1, 13) if hebrew_month_length(year, m)]))
    day = data.draw(st.integers(1, hebrew_month_length(year, month)))
    text = f"{lettered(day)} ב{names('he', 'hebrew', month)[0]} {lettered(year - 5000)}"
    expected = from_hebrew(year, month, day)
    assert expected is not None
    assert [time.start for time in find_times(text, lang="he")] == [expected.isoformat()]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(year=st.integers(1990, 2040), month=st.integers(1, 12), data=st.data())
def test_a_day_that_a_month_does_not_have_is_no_date(
    lang: str, year: int, month: int, data: st.DataObject
) -> None:
    """30 February and 31 April mean nothing, with or without their weekday, before any day."""
    day = data.draw(st.integers(29, 31))
    length = month_length(date(year, month, 1))
    text = data.draw(st.sampled_from(WRITTEN[lang])).format(
        day=day, month=month_name(lang, month), year=year, weekday=names(lang, "weekday", 1)[0]
    )
    published = data.draw(st.one_of(st.none(), DAYS))
    found = [time.start for time in find_times(text, lang=lang, published=published) if time.start]
    assert found == ([date(year, month, day).isoformat()] if day <= length else [])


@given(year=st.integers(4000, 6998))
def test_hebrew_months_follow_each_other_without_a_gap(year: int) -> None:
    """A year's months fill it, and the new year falls on no Sunday, Wednesday or Friday."""
    first, following = from_hebrew(year, 1, 1), from_hebrew(year + 1, 1, 1)
    assert first is not None
    assert following is not None
    lengths = [hebrew_month_length(year, month) for month in range(1, 15)]
    assert (following - first).days == sum(lengths)
    assert sum(lengths) in {353, 354, 355, 383, 384, 385}
    assert first.isoweekday() not in {7, 3, 5}


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("en", "last week", "2024-05-06", "2024-05-12"),
        ("he", "בשבוע שעבר", "2024-05-05", "2024-05-11"),
        ("fa", "هفته گذشته", "2024-05-04", "2024-05-10"),
        ("ru", "на прошлой неделе", "2024-05-06", "2024-05-12"),
    ],
)
def test_weeks_begin_as_the_readers_of_a_language_count_them(
    lang: str, text: str, start: str, end: str
) -> None:
    """Monday in Europe, Sunday in Israel, Saturday in Iran."""
    (time,) = find_times(text, lang=lang, published=date(2024, 5, 15))
    assert (time.start, time.end) == (start, end)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fa", "شمار کشته‌ها به ۵ می‌رسد"),
        ("fa", "روستا در مه غلیظ فرو رفت"),
        ("fa", "خبرگزاری مهر نوشت که هوا سرد است"),
        ("he", "אבא נתן לי יד"),
        ("tr", "üç kişi öldü"),
        ("fr", "un quart des voix"),
        ("ru", "первый блин комом"),
    ],
)
def test_words_that_are_spelt_like_months_and_numbers_are_no_dates(lang: str, text: str) -> None:
    """The sign of a verb, fog, an agency's name, a hand, a count: no date."""
    assert find_times(text, lang=lang, published=date(2024, 5, 15)) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "dans la nuit de mardi à mercredi 21 mai 2025"),
        ("fr", "dans la nuit du mardi 20 au mercredi 21 mai 2025"),
        ("en", "from Tuesday to Wednesday, 21 May 2025"),
        ("en", "from Tuesday 20 to Wednesday 21 May 2025"),
        ("fa", "از سه‌شنبه تا چهارشنبه ۳۱ اردیبهشت ۱۴۰۴"),
        ("ar", "من الثلاثاء إلى الأربعاء 21 مايو 2025"),
    ],
)
@pytest.mark.parametrize("published", [None, date(2025, 5, 22), date(2025, 8, 1)])
def test_the_date_of_the_last_day_tells_the_first(
    lang: str, text: str, published: date | None
) -> None:
    """A weekday before a dated one is the last such day before it, whenever that was written."""
    [time] = find_times(text, lang=lang, published=published)
    assert (time.start, time.end) == ("2025-05-20", "2025-05-21")


def test_a_weekday_before_a_mere_date_is_counted_from_the_article() -> None:
    """A date farther off says nothing of the weekday before it."""
    [time] = find_times("from Monday to 30 June", lang="en", published=date(2025, 5, 22))
    assert (time.start, time.end) == ("2025-05-19", "2025-06-30")
