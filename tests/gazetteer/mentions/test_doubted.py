"""Sentences that the recogniser reads wrongly: what they ought to say, until it does."""

from __future__ import annotations

import pytest

MISSED = pytest.mark.xfail(strict=True, reason="the recogniser doubts the name here")
INVENTED = pytest.mark.xfail(strict=True, reason="the recogniser takes a common word for a place")


@MISSED
@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("en", "Gunmen shot a lawyer in the courtyard of his Tijuana apartment block.", "Tijuana"),
        ("en", "The ferry that links Tunis to Genoa sailed late.", "Tunis"),
        ("ar", "دخل الجيش الموصل. وفي المدينة قتل ثلاثة.", "الموصل"),
        ("ar", "قتل خمسة أشخاص في قصف استهدف المواصي غرب خان يونس.", "المواصي"),
        ("ar", "قصفت الطائرات الحي في مدينة الصدر.", "مدينة الصدر"),
    ],
)
def test_a_name_is_found(read, lang, text, name):
    """As a whole, and as a place."""
    assert name in [words for words, *_ in read(text, lang=lang)]


@INVENTED
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("פועל נהרג בנפילה מגובה בחיפה.", ["חיפה"]),  # from a height
        ("במחנה הפליטים ג'נין נדקר צעיר.", ["ג'נין"]),  # the refugees' camp
    ],
)
def test_a_common_word_is_no_place(read, text, names):
    """Whatever particle or noun stands before it."""
    assert [words for words, *_ in read(text, lang="he")] == names
