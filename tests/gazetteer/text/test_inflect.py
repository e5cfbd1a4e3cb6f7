"""Citation forms become the forms that texts show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.text.inflect import expand
from gazetteer.text.normalize import fold

LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")


@pytest.mark.parametrize(
    ("lang", "citation_form", "written"),
    [
        ("ar", "أذربيجاني", "أذربيجاني الأذربيجانية أذربيجانيتين الأذربيجانيون أذربيجانيات"),
        ("ar", "أتراك", "أتراك الأتراك"),
        ("en", "Israeli", "Israeli Israelis"),
        ("en", "Frenchwoman", "Frenchwomen"),
        ("en", "German", "Germans"),
        ("en", "Chinese", "Chinese"),
        ("fa", "ایرانی", "ایرانی ایرانیها ایرانیان"),
        ("fr", "israélien", "israélienne Israéliens israéliennes l'Israélien"),
        ("fr", "français", "Française françaises"),
        ("he", "ישראלי", "הישראלית ישראלים הישראליות ישראליים"),
        ("ru", "российский", "российская российского российскую российскими"),
        ("ru", "россиянин", "россиянина россияне россиян россиянами"),
        ("ru", "немец", "немца немцы немцев"),
        ("ru", "китаец", "китайца китайцы китайцев"),
        ("ru", "кореец", "корейцы корейцев"),
        ("ru", "португалец", "португальца португальцы"),
        ("ru", "турок", "турка турки турок турками"),
        ("ru", "болгарин", "болгарина болгары болгар"),
        ("ru", "грузин", "грузина грузины грузин"),
        ("ru", "китаянка", "китаянки китаянку китаянок"),
        ("tr", "Türk", "Türkler Türklerin Türklere"),
        ("tr", "Azerbaycanlı", "Azerbaycanlıların Azerbaycanlıya"),
        ("tr", "Amerikalı", "Amerikalılar Amerikalının"),
    ],
)
def test_each_language_changes_words_its_own_way(
    lang: str, citation_form: str, written: str
) -> None:
    """Gender, number, case and the article are found from the dictionary's form."""
    assert {fold(word) for word in written.split(" ")} <= expand(citation_form, lang=lang)


def test_the_words_of_an_arabic_phrase_change_together() -> None:
    """Noun and adjective agree; what stands before them as a fixed word does not change."""
    assert {"الكوريه الجنوبيه", "كوريين جنوبيين"} <= expand("كوري جنوبي", lang="ar")
    assert {"الجنوب افريقيه", "جنوب افريقي"} <= expand("جنوب أفريقي", lang="ar")


def test_only_the_last_word_of_an_english_phrase_changes() -> None:
    """South Koreans, and never Souths Koreans."""
    assert expand("South Korean", lang="en") == {"south korean", "south koreans"}


def test_a_plural_behind_a_zero_width_non_joiner_is_a_word_of_its_own() -> None:
    """The tokenizer splits there, so the form has a space there."""
    assert "ايراني ها" in expand("ایرانی", lang="fa")


def test_a_language_without_a_table_keeps_its_words() -> None:
    """Nothing is guessed for a language of which nothing is known."""
    assert expand("Azərbaycanlı", lang="az") == {fold("Azərbaycanlı")}


WORDS = st.text(st.characters(categories=["Ll", "Lu", "Lo"]), min_size=1, max_size=12).filter(fold)


@pytest.mark.parametrize("lang", LANGUAGES)
@given(words=st.lists(WORDS, min_size=1, max_size=3))
def test_forms_of_any_words_compare_equal_to_folded_text(lang: str, words: list[str]) -> None:
    """The word itself is among its forms, and every form is folded as a text's words are."""
    forms = expand(" ".join(words), lang=lang)
    assert fold(" ".join(words)) in forms
    assert all(form == fold(form) for form in forms)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_without_a_word_has_no_forms(lang: str) -> None:
    """An empty cell of a list matches nothing in a text."""
    assert expand("", lang=lang) == expand("…", lang=lang) == frozenset()
