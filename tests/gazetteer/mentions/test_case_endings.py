"""Names in the cases of Russian, Ukrainian, Azerbaijani and other languages."""

from __future__ import annotations

import pytest

from gazetteer.mentions.language_rules import language_rules


@pytest.mark.parametrize(
    ("text", "lang", "places"),
    [
        ("Вибухи пролунали у Києві, Львові та Одесі.", "uk", ["Kyiv", "Lviv", "Odesa"]),
        ("У Харкові загинуло троє людей.", "uk", ["Kharkiv"]),
        ("Бої тривають біля Часового Яру та Покровська.", "uk", ["Chasiv Yar", "Pokrovsk"]),
        ("Потяг з Кракова до Тернополя запізнився.", "uk", ["Kraków", "Ternopil"]),
        ("Prezident Bakıda və Gəncədə çıxış etdi.", "az", ["Baku", "Ganja"]),
        pytest.param(
            "Görüş Bakıda və Gəncədə keçirilib.",
            "az",
            ["Baku", "Ganja"],
            marks=pytest.mark.xfail(strict=True, reason="the recogniser takes a meeting for Goris"),
        ),
        ("Դեսպանը Երևանում և Գյումրիում հանդիպել է ուսանողներին։", "hy", ["Yerevan", "Gyumri"]),
        ("El terremoto sacudió La Paz y Santa Cruz.", "es", ["La Paz", "Santa Cruz de la Sierra"]),
        ("Die Polizei sperrte die Straße nach Sterzing.", "de", ["Vipiteno"]),
    ],
)
def test_names_are_read_in_their_cases(gazetteer, text, lang, places):
    """What the language glues to a name is no part of it."""
    found = [r.place for r in gazetteer.geoparse(text, lang=lang) if r.mention.form == "name"]
    assert [place and place.name for place in found] == places


@pytest.mark.parametrize("lang", ["uk", "az", "hy", "es", "de"])
def test_a_word_for_a_settlement_announces_one(lang):
    """Every such language has words that say what a name is of."""
    triggers = [t for several in language_rules(lang).triggers.values() for t in several]
    assert any("town" in trigger.kinds for trigger in triggers)
    assert any("river" in trigger.kinds for trigger in triggers)


def test_ukrainian_words_for_peoples_are_demonyms(gazetteer):
    """In all their cases, nouns and adjectives."""
    text = "Росіянам і сирійцям відповіли українські військові."
    found = [(r.mention.form, r.place.country) for r in gazetteer.geoparse(text, lang="uk")]
    assert found == [("demonym", country) for country in ("RU", "SY", "UA")]


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Пожар в Торжке тушили всю ночь.", "geonames:481985"),
        ("Колонна вышла из Торжка утром.", "geonames:481985"),
        ("Над Орлом и Липецком сбиты беспилотники.", "geonames:515012"),
        ("В Орле прошёл дождь.", "geonames:515012"),
        ("Ночью над Липецком и Орлом сбиты беспилотники.", "geonames:515012"),
        ("В Ельце горит завод, сообщил губернатор Липецкой области.", "geonames:467978"),
        ("Бои идут под Часовым Яром.", "geonames:710915"),
        ("Ракета упала в Белой Церкви.", "geonames:712165"),
        ("Мост наведён через Северский Донец, на берегу Северского Донца.", "river:donets"),
        ("Дорога закрыта под Вышним Волочком.", "geonames:470252"),
        ("Обстреляны Горловка и Ясиноватая, в Ясиноватой погиб человек.", "geonames:688373"),
    ],
)
def test_a_russian_vowel_may_come_and_go(gazetteer, text, place_id):
    """The form in the text is in no list of names."""
    found = [r for r in gazetteer.geoparse(text, lang="ru") if r.mention.form == "name"]
    assert all(r.place is not None for r in found)
    assert place_id in {r.place.id for r in found}
