"""The names of a list share the noun that says what they are."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "A warning covers Salem and Gloucester counties in New Jersey.",
            {"Salem": "fips:34033", "Gloucester": "fips:34015"},
        ),
        (
            "en",
            "Floods hit Prince George's and St. Mary's counties overnight.",
            {"Prince George's": "fips:24033", "St. Mary's": "fips:24037"},
        ),
        (
            "en",
            "Rockets hit Lviv, Kharkiv and Sumy oblasts.",
            {"Lviv": "iso:UA-46", "Kharkiv": "iso:UA-63", "Sumy": "iso:UA-59"},
        ),
        ("en", "Fighting in Kachin and Shan states went on.", {"Shan": "iso:MM-17"}),
        (
            "ru",
            "За ночь сбиты дроны над Брянской, Смоленской и Калужской областями.",
            {"Брянской": "iso:RU-BRY", "Смоленской": "iso:RU-SMO", "Калужской": "iso:RU-KLU"},
        ),
        (
            "ru",
            "Паводок в Ставропольском и Краснодарском краях.",
            {"Ставропольском": "iso:RU-STA", "Краснодарском": "iso:RU-KDA"},
        ),
        (
            "ru",
            "Между Чёрным и Азовским морями идёт канал.",
            {"Чёрным": "sea:black-sea", "Азовским": "sea:sea-of-azov"},
        ),
        (
            "uk",
            "Дрони над Харківською та Сумською областями.",
            {"Харківською": "iso:UA-63", "Сумською": "iso:UA-59"},
        ),
    ],
)
def test_each_name_of_a_list_means_what_it_does_with_the_noun(read, lang, text, expected):
    """The town of Salem is not meant, and the last name is found without the noun."""
    found = {words: place for words, form, place in read(text, lang=lang) if form == "name"}
    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("He left Salem, and counties in Oregon sent help.", "Salem", "geonames:5750162"),
        ("Kharkiv is calm. Other oblasts are not.", "Kharkiv", "geonames:706483"),
    ],
)
def test_a_noun_elsewhere_is_shared_by_none(read, text, name, place_id):
    """There is no list that ends right before it."""
    assert (name, "name", place_id) in read(text, lang="en")


@pytest.mark.parametrize(
    ("text", "words", "place_id"),
    [
        ("ДТП в Тверской обл., погибли двое.", "Тверской обл", "iso:RU-TVE"),
        ("Полтавская обл. без света.", "Полтавская обл", "iso:UA-53"),
        ("Пожар: Красноярский кр., Минусинск.", "Красноярский кр", "iso:RU-KYA"),
    ],
)
def test_a_noun_may_be_abbreviated(read, text, words, place_id):
    """As official notices write it."""
    assert (words, place_id) in [(name.rstrip("."), place) for name, _, place in read(text)]
