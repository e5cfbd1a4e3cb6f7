"""What must hold of dates and numbers for any day and any text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.data import load_toml
from geoevents.extract.calendars import (
    from_hijri,
    from_jalali,
    hijri_month_length,
    jalali_month_length,
)
from geoevents.extract.dates import find_times
from geoevents.extract.quantities import find_casualties, find_money, find_numbers

LANGUAGES = ("ar", "en", "he", "ru", "fa", "tr", "fr")
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
ALPHABET = st.sampled_from(
    "0123456789٠١٢٣۴۵ .,،/-–:()$€%\n'’\"وبلفكالأمسيوم"
    "fortheinonMay\u200f\u200c\u0651ב ש ה 29 сентября дня geçen"
)
TEXTS = st.one_of(st.text(max_size=60), st.text(ALPHABET, max_size=60))


# Several programs may share the machine: no example is judged by its time.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def months(lang: str, number: int) -> list[str]:
    """Return the names of a month in a language's data."""
    names: list[str] = load_toml("languages", lang, "time.toml")["words"]["month"][str(number)]
    return names


@given(day=DAYS, data=st.data())
def test_any_day_in_any_written_form_is_read_back(day: date, data: st.DataObject) -> None:
    """Every spelling of the month that the data lists, in every absolute form."""
    lang = data.draw(st.sampled_from(LANGUAGES))
    month = data.draw(st.sampled_from(months(lang, day.month)))
    text = data.draw(
        st.sampled_from(
            [
                f"{day.day} {month} {day.year}",
                f"{day.day}/{day.month}/{day.year}",
                f"{day.day}.{day.month}.{day.year}",
                f"{day.day:02}-{day.month:02}-{day.year}",
                day.isoformat(),
            ]
        )
    )
    (time,) = find_times(text, lang=lang)
    assert (time.start, time.end, time.precision) == (day.isoformat(), None, "day")


@given(day=DAYS)
def test_any_day_in_double_month_names_and_arabic_digits_is_read_back(day: date) -> None:
    """Agencies of the Levant write both names, papers write both kinds of digits."""
    western, levantine, *_ = months("ar", day.month)
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for text in (
        f"{day.day} {western}/{levantine} {day.year}",
        f"{day.day} {levantine} ({western}) {day.year}",
    ):
        for written in (text, text.translate(digits)):
            (time,) = find_times(written, lang="ar")
            assert (time.text, time.start) == (written, day.isoformat())


@given(day=DAYS)
def test_any_english_day_with_the_month_first_is_read_back(day: date) -> None:
    """September 27, 2020, as American papers write it."""
    text = f"{months('en', day.month)[0]} {day.day}, {day.year}"
    (time,) = find_times(text, lang="en")
    assert (time.text, time.start) == (text, day.isoformat())


@given(published=DAYS, days=st.integers(-400, 400))
def test_relative_days_move_with_the_day_of_publication(published: date, days: int) -> None:
    """Published a number of days later, "yesterday" is as many days later."""
    later = published + timedelta(days=days)
    for lang, text in (
        ("en", "yesterday"),
        ("ar", "قبل ثلاثة أيام"),
        ("ru", "вчера"),
        ("tr", "dün"),
    ):
        (first,) = find_times(text, lang=lang, published=published)
        (second,) = find_times(text, lang=lang, published=later)
        assert first.start is not None
        assert second.start is not None
        assert date.fromisoformat(second.start) - date.fromisoformat(first.start) == timedelta(days)


@given(published=DAYS)
@pytest.mark.parametrize(
    ("text", "lang", "weekday"),
    [("on Tuesday", "en", 2), ("يوم الأحد", "ar", 7), ("в четверг", "ru", 4)],
)
def test_a_bare_weekday_lies_within_the_week_up_to_publication(
    published: date, text: str, lang: str, weekday: int
) -> None:
    """It is that weekday, and at most six days back."""
    (time,) = find_times(text, lang=lang, published=published)
    assert time.start is not None
    day = date.fromisoformat(time.start)
    assert day.isoweekday() == weekday
    assert timedelta(0) <= published - day <= timedelta(days=6)


@given(
    text=TEXTS,
    lang=st.sampled_from((*LANGUAGES, "und", "xx", "../en")),
    published=st.one_of(st.none(), st.dates()),
)
@settings(max_examples=300)
def test_no_text_breaks_the_reader_and_every_span_is_the_words(
    text: str, lang: str, published: date | None
) -> None:
    """Spans lie inside the text, in order, do not overlap, and hold exactly the words returned."""
    end = 0
    for time in find_times(text, lang=lang, published=published):
        assert time.span is not None
        assert end <= time.span.start < time.span.end <= len(text)
        assert text[time.span.start : time.span.end] == time.text
        assert time.start is None or time.end is None or time.start <= time.end
        end = time.span.end


@given(text=TEXTS, lang=st.sampled_from(LANGUAGES))
@settings(max_examples=300)
def test_no_text_breaks_the_reading_of_quantities(text: str, lang: str) -> None:
    """Spans lie inside the text and are not empty."""
    spans = [number.span for number in find_numbers(text, lang=lang)]
    spans += [span for _, span in find_money(text, lang=lang)]
    spans += [span for _, span in find_casualties(text, lang=lang)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(number=st.integers(11, 999_999))
def test_any_whole_number_is_read_in_every_way_of_writing_digits(number: int) -> None:
    """Plain, with separators, in Arabic-Indic digits."""
    digits = str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")
    for text, lang in (
        (f"{number} cars", "en"),
        (f"{number:,} cars", "en"),
        (f"{number:,} سيارة".translate(digits), "ar"),
        (f"{number:,} voitures".replace(",", " "), "fr"),
        (f"{number:,} araba".replace(",", "."), "tr"),
    ):
        assert [found.value for found in find_numbers(text, lang=lang)] == [number]


@given(year=st.integers(1211, 1633))
def test_the_persian_new_year_falls_on_the_spring_equinox(year: int) -> None:
    """1 Farvardin is 19 to 22 March, the day after the last of Esfand."""
    first = from_jalali(year, 1, 1)
    last = from_jalali(year - 1, 12, jalali_month_length(year - 1, 12))
    assert first is not None
    assert last is not None
    assert (first.month, first - last) == (3, timedelta(days=1))
    assert 19 <= first.day <= 22


@given(year=st.integers(1343, 1499), month=st.integers(1, 12))
def test_hijri_months_follow_each_other_without_a_gap(year: int, month: int) -> None:
    """The day after the last of a month is the first of the next."""
    last = from_hijri(year, month, hijri_month_length(year, month))
    following = from_hijri(year + month // 12, month % 12 + 1, 1)
    assert last is not None
    assert following == last + timedelta(days=1)
    assert from_hijri(year, month, hijri_month_length(year, month) + 1) is None
