"""Which strings of the sources become names, and with which language?"""

from __future__ import annotations

import pytest

from tools.gazetteer_data.generic_words import strip_generic
from tools.gazetteer_data.names import NameList, guess_language, is_machine_romanisation, is_name


@pytest.mark.parametrize(
    "text", ["باكو", "Rostov-na-Donu", "ქ. თბილისი", "東京都", "ウィーン市", "Ağdam"]
)
def test_words_in_one_script_are_names(text):
    """Hyphens, full stops and Japanese with its three scripts included."""
    assert is_name(text)


@pytest.mark.parametrize("text", ["Bakи", "2021", "https://a.org/b", "", "x" * 81, "—"])
def test_junk_is_no_name(text):
    """Mixed scripts, numbers, addresses, nothing, and descriptions."""
    assert not is_name(text)


def test_machine_romanisations_are_told_from_names():
    """GeoNames' key strings are all-lowercase ASCII; a real name has a capital or an accent."""
    assert is_machine_romanisation("bakww")
    assert not is_machine_romanisation("Baku")
    assert not is_machine_romanisation("bakú")


@pytest.mark.parametrize(
    ("text", "tag"),
    [("באקו", "he"), ("Բաքու", "hy"), ("ბაქო", "ka"), ("باکو", "und-Arab"), ("Баку", "und-Cyrl")],
)
def test_the_script_gives_the_language_only_where_it_decides(text, tag):
    """Arabic letters are also Persian and Urdu: they stay undetermined."""
    assert guess_language(text) == tag


def test_a_display_name_in_two_scripts_has_no_language():
    """A few settlements are displayed so; which script comes first must not depend on the run."""
    names = NameList()
    names.add_display("Kalimpong, Крукети")
    assert [name.lang for name in names.names()] == ["und"]


def test_a_tagged_name_in_the_wrong_script_is_refused():
    """Some "Arabic" names of the source are Latin transliterations."""
    names = NameList()
    names.add("Sakākā", lang="ar")
    names.add("سكاكا", lang="ar")
    assert [name.text for name in names.names()] == ["سكاكا"]


def test_a_tag_replaces_the_same_name_without_one_but_not_the_display_name():
    """The display name stays first; an alternate name gives way to its tagged self."""
    names = NameList()
    names.add_display("Baku")
    names.add("باكو", kind="alternate")
    names.add("باكو", lang="ar")
    assert [(name.text, name.lang) for name in names.names()] == [("Baku", "und"), ("باكو", "ar")]


def test_direction_marks_go_and_the_persian_joiner_stays():
    """Both are invisible; only one is spelling."""
    names = NameList()
    names.add("\u200fطريف\u200e ", lang="ar")
    names.add("کی\u200cیف", lang="fa")
    assert [name.text for name in names.names()] == ["طريف", "کی\u200cیف"]


@pytest.mark.parametrize(
    ("name", "lang", "bare"),
    [
        ("مقاطعة غدابيغ", "ar", "غدابيغ"),
        ("استان اردبیل", "fa", "اردبیل"),
        ("מחוז ביירות", "he", "ביירות"),
        ("Киевская область", "ru", "Киевская"),
        ("Provincia de Cuenca", "es", "Cuenca"),
        ("Hələb vilayəti", "az", "Hələb"),
        ("Baku", "en", "Baku"),
        ("Province", "en", "Province"),
    ],
)
def test_generic_words_come_off_and_nothing_else(name, lang, bare):
    """What is left stands in texts without the word."""
    assert strip_generic(name, lang) == bare
