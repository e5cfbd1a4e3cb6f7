"""The language of a text is told by its letters, or by statistics where letters do not tell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import BadQueryError
from gazetteer.text.language import (
    detect_language,
    is_language,
    is_right_to_left,
    primary_language,
)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "أعلنت وزارة الدفاع أن طائرة شحن هبطت في المطار صباح اليوم."),
        ("en", "The ministry said a cargo plane landed at the airport this morning."),
        ("he", "משרד הביטחון הודיע כי מטוס מטען נחת הבוקר בשדה התעופה."),
        ("ru", "Министерство сообщило, что грузовой самолёт приземлился утром."),
        ("fa", "وزارت دفاع اعلام کرد که یک هواپیمای باری صبح امروز در فرودگاه نشست."),
        ("tr", "Bakanlık, bir kargo uçağının bu sabah havalimanına indiğini açıkladı."),
        ("fr", "Le ministère a déclaré qu'un avion cargo avait atterri ce matin."),
        ("uk", "Міністерство повідомило, що вантажний літак приземлився вранці."),
        ("ur", "وزارت نے کہا کہ ایک مال بردار طیارہ آج صبح ہوائی اڈے پر اترا۔"),
        ("el", "Το υπουργείο ανακοίνωσε την άφιξη."),
        ("hy", "Նախարարությունը հայտարարեց։"),
        ("zh", "国防部宣布一架货机降落。"),
    ],
)
def test_a_sentence_tells_its_language(lang, text):
    """One sentence of news is enough."""
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("lang", "text"), [("ar", "باكو"), ("he", "באקו"), ("fa", "پکن"), ("ar", "شركة Boeing تعلن")]
)
def test_one_word_is_enough_where_the_script_decides(lang, text):
    """A name alone, and a foreign name inside a text, do not change the language."""
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Strikes hit Anbar province."),
        ("en", "Blasts rock Goma"),
        ("ru", "Взрыв в Пензе"),
        ("tr", "İzmir'de deprem"),
        ("fr", "Explosion à Bamako"),
        ("de", "Anschlag in Berlin"),
        ("sv", "Explosion i Malmö"),
        ("uk", "Вибухи в Харкові"),
        ("az", "Gəncədə raket zərbəsi"),
    ],
)
def test_a_headline_tells_its_language(lang, text):
    """Names in it come from anywhere; likely languages win where it is close, and only there."""
    assert detect_language(text) == lang


def test_most_letters_decide_a_mixed_text():
    """A quotation in another script does not turn the text."""
    arabic = "قال الوزير في تصريح للصحفيين إن المحادثات مستمرة"
    assert detect_language(f"{arabic} (talks go on)") == "ar"
    assert detect_language(f"The minister said talks go on, in his words: {arabic[:11]}") == "en"


@pytest.mark.parametrize("text", ["", "1234 5678", "—…!?", "\ud800", "😀😀"])
def test_a_text_without_letters_has_no_language(text):
    """Numbers and signs are undetermined."""
    assert detect_language(text) == "und"


@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_gets_a_code(text):
    """Detection never fails."""
    assert detect_language(text).isalpha()


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("ar", True), ("he", True), ("fa", True), ("ar-EG", True), ("en", False), ("und", False)],
)
def test_direction_follows_the_language(lang, expected):
    """A region does not change how a language runs."""
    assert is_right_to_left(lang) is expected


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("ar", "ar"),
        ("AR", "ar"),
        ("pt-BR", "pt"),
        ("zh-Hans-CN", "zh"),
        ("zh_Hans", "zh"),
        ("ckb", "ckb"),
        ("und", "und"),
        ("de-x-a", "de"),
        (None, None),
        ("", None),
    ],
)
def test_names_are_tagged_by_the_first_part_of_a_tag(tag, lang):
    """Script, region and case say nothing of the language of a name."""
    assert primary_language(tag) == lang


@given(st.text(min_size=1))
def test_what_is_taken_for_a_language_can_be_no_path(tag):
    """Either two or three small ASCII letters come back, or the tag is refused."""
    if is_language(tag):
        assert re.fullmatch("[a-z]{2,3}", primary_language(tag))
    else:
        with pytest.raises(BadQueryError):
            primary_language(tag)
