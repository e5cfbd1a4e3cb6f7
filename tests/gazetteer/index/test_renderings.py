"""Settlements are found under what other languages make of their names."""

from __future__ import annotations

import pytest

from gazetteer.index.renderings import add_renderings, renderings


@pytest.mark.parametrize(
    ("name", "lang", "country", "rendered"),
    [
        ("Часів Яр", "uk", "UA", ("de", "Tschassiw Jar")),
        ("Щербаки", "uk", "UA", ("de", "Schtscherbaky")),
        ("Єнакієве", "uk", "UA", ("de", "Jenakijewe")),
        ("Нижний Тагил", "ru", "RU", ("de", "Nischni Tagil")),
        ("Бахмут", "uk", "UA", ("es", "Bajmut")),
        ("Жуковка", "ru", "RU", ("es", "Zhukovka")),
        ("Газиантеп", "ru", "TR", ("uk", "Газіантеп")),
        ("Диярбакыр", "ru", "TR", ("uk", "Діярбакир")),
        ("Йоэнсуу", "ru", "FI", ("uk", "Йоенсуу")),
        ("Грозный", "ru", "RU", ("uk", "Грозний")),
        ("Воронежская", "ru", "RU", ("uk", "Воронежська")),
        ("Вязьма", "ru", "RU", ("uk", "Вязьма")),
    ],
)
def test_a_name_is_rendered(name, lang, country, rendered):
    """As the rules of the other language's spelling have it."""
    assert rendered in list(renderings(name, lang, country))


@pytest.mark.parametrize(
    ("name", "lang", "country"),
    [("Харьков", "ru", "UA"), ("Paris", "fr", "FR"), ("Київ", "uk", "PL")],
)
def test_a_language_with_names_of_its_own_has_no_rendering(name, lang, country):
    """Ukrainian writes no Ukrainian town after Russian, nobody a Polish one after Ukrainian."""
    assert not [text for target, text in renderings(name, lang, country) if target in {"uk", "de"}]


def test_settlements_alone_are_given_what_they_lack(draft):
    """Behind all other names, once."""
    town = {"id": "geonames:1", "kind": "town", "at": (48.6, 38.0), "country": "UA",
            "names": {"uk": ["Бахмут"], "de": ["Bachmut"]}}  # fmt: skip
    river = town | {"id": "river:bakhmutka", "kind": "river", "names": {"uk": ["Бахмутка"]}}
    drafted = draft(town, river)
    before = len(drafted.names.text)
    add_renderings(drafted)
    assert drafted.names.text[before:] == ["Bajmut"]
    assert drafted.names.lang[before:] == ["es"]


def test_a_text_may_have_a_rendering(gazetteer):
    """Names that no source has in the language are placed."""
    for text, lang, place in [
        ("Explosionen in Tschassiw Jar und Snihuriwka.", "de", {"Chasiv Yar", "Snihurivka"}),
        ("Вибухи у Газіантепі та Цхінвалі.", "uk", {"Gaziantep", "Ts’khinvali"}),
    ]:
        assert {r.place.name for r in gazetteer.geoparse(text, lang=lang)} == place
