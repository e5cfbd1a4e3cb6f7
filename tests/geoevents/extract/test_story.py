"""What is the story, and what the page around it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.extract.story import is_boilerplate, story_spans


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("اقرأ أيضا: غارات جديدة على المدينة", "ar"),
        ("طالع أيضًا | اشتباكات في الجنوب", "ar"),
        ("تابعوا قناة الموقع على تلغرام للمزيد من الأخبار", "ar"),
        ("جميع الحقوق محفوظة", "ar"),
        ("المصدر: وكالات", "ar"),
        ("Read more: Blast hits market", "en"),
        ("Follow us on social media", "en"),
        ("Subscribe to our daily newsletter", "en"),
        ("© 2024 The Paper. All rights reserved.", "en"),
        ("Photo: A street after the raid", "en"),
        ("Advertisement", "en"),
    ],
)
def test_page_furniture_is_not_story(line: str, lang: str) -> None:
    """Links to other stories, appeals to subscribe, credits and notices of right are no story."""
    assert is_boilerplate(line, lang)


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("تابع الجيش تقدمه نحو المدينة يوم الأحد.", "ar"),
        ("شارك آلاف المتظاهرين في مسيرة وسط العاصمة.", "ar"),
        ("The army followed the convoy into the town.", "en"),
        ("Read in parliament on Monday, the statement condemned the raid.", "en"),
    ],
)
def test_sentences_that_begin_alike_are_story(line: str, lang: str) -> None:
    """A sentence of news is kept even when its first word is one of a page's buttons."""
    assert not is_boilerplate(line, lang)


@given(st.text(max_size=300))
def test_spans_are_lines_of_the_text(text: str) -> None:
    """Whatever the text, the spans lie inside it, in order, and hold no line break."""
    spans = story_spans(text, "ar")
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all("\n" not in text[s.start : s.end] for s in spans)
