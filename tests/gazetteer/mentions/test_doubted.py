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
        ("en", "He lives on N. Poplar St. in Paris.", "N. Poplar St."),
        ("ar", "وقع انفجار في منطقة علاوي الرصيف وسط بغداد صباح الخميس.", "علاوي الرصيف"),
    ],
)
def test_a_name_is_found(read, lang, text, name):
    """As a whole, and as a place."""
    assert name in [words for words, *_ in read(text, lang=lang)]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("ar", "وصلت القوات إلى بلدة قوكسالية صباح اليوم.", "قوكسالية"),
        ("ar", "دخل الجيش الموصل. وفي المدينة قتل ثلاثة.", "الموصل"),
        ("ar", "قتل خمسة أشخاص في قصف استهدف المواصي غرب خان يونس.", "المواصي"),
        ("en", "The ferry that links Tunis to Genoa sailed late.", "Tunis"),
        ("en", "Washington said it would impose sanctions on Iran.", "Washington"),
    ],
)
def test_a_name_is_no_longer_doubted(read, lang, text, name):
    """It was, once."""
    assert name in [words for words, *_ in read(text, lang=lang)]


@INVENTED
def test_a_common_word_is_no_place(read):
    """With the preposition glued to it, "from a height" is spelled like Juba."""
    text = "פועל נהרג בנפילה מגובה בחיפה."
    assert [words for words, *_ in read(text, lang="he")] == ["חיפה"]


def test_a_noun_before_a_name_is_no_place(read):
    """Nor is what says whose camp it is."""
    text = "במחנה הפליטים ג'נין נדקר צעיר."
    assert [words for words, *_ in read(text, lang="he")] == ["ג'נין"]
