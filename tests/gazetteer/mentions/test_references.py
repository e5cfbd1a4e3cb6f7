"""Words that mean a place named before: "the country", "the city"."""

from __future__ import annotations

import pytest

from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.references import KINDS, Antecedents
from gazetteer.text.tokens import tokenize

LANGUAGES = ("ar", "en", "fa", "fr", "he", "ru", "tr")


@pytest.fixture
def refer(gazetteer):
    """Return a function that gives the references of a text with what they mean."""

    def refer(lang, text):
        named = [r for r in gazetteer.geoparse(text, lang=lang) if not r.mention.refs]
        found = Antecedents(language_rules(lang)).find(text, tokenize(text), named)
        return [(r.resolution.mention.text, r.resolution.place.name) for r in found]

    return refer


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Troops entered Mosul. In the city nobody was hurt.", [("the city", "Mosul")]),
        ("ar", "وصل الجيش إلى الموصل. وفي المدينة قتل ثلاثة.", [("المدينة", "Mosul")]),
        ("ru", "В Донецке стреляли. В городе ранены двое.", [("городе", "Donetsk")]),
        ("tr", "Mersin'de deprem oldu. Kentte hasar var.", [("Kent", "Mersin")]),
        ("fa", "در کابل باران بارید. در این شهر سیل آمد.", [("این شهر", "Kabul")]),
        ("fr", "Des tirs à Gao. Le maire de la ville a fui.", [("la ville", "Gao")]),
        ("fr", "Le Mali a fermé le nord du pays.", [("pays", "Mali")]),
        (
            "ar",
            "أغلق مطار بيروت الدولي. وقصف الطيران المطار أمس.",
            [("المطار", "Beirut Airport")],
        ),
        (
            "en",
            "The ship left the port of Odesa. An explosion hit the port.",
            [("the port", "Port of Odesa")],
        ),
        ("ru", "Корабль вышел из порта Одесса. В порту взрыв.", [("порту", "Port of Odesa")]),
        ("tr", "Mersin Limanı'ndan ayrıldı. Limanda patlama.", [("Liman", "Port of Mersin")]),
        (
            "fr",
            "Il a atterri à l'aéroport de Bangui. Des tirs à l'aéroport.",
            [("l'aéroport", "Bangui M'Poko International Airport")],
        ),
        ("he", "הצבא נכנס לעיר שכם. בעיר נהרגו שלושה.", [("עיר", "Nablus")]),
    ],
)
def test_a_kind_of_place_means_the_last_of_its_kind(refer, lang, text, expected):
    """Particles, prepositions and case endings stay outside."""
    assert refer(lang, text) == expected


def test_the_country_is_the_one_most_spoken_of(refer):
    """Cities and people of a country count for it."""
    text = "Ankara said that Turkey forced an Iranian plane bound for Syria to land in the country."
    assert refer("en", text) == [("the country", "Turkey")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Libya, Libya and Libya again. In Turkey fires burnt the west of the country.",
         [("the country", "Turkey")]),
        ("ar", "اتهمت ليبيا مصر وشكرت ليبيا تونس. وفي تركيا اندلعت حرائق غربي البلاد.",
         [("البلاد", "Turkey")]),
        ("ru", "Сирия, Сирия и снова Сирия. В Польше самолёты взлетели на востоке страны.",
         [("страны", "Poland")]),
        ("fr", "Le Niger et encore le Niger. Au Tchad, des pluies ont frappé le sud du pays.",
         [("pays", "Chad")]),
    ],
)  # fmt: skip
def test_the_only_country_that_a_sentence_names_is_meant(refer, lang, text, expected):
    """Whatever the sentences before it speak of."""
    assert refer(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Beirut burns. Smoke rose from Haret Hreik. Shells hit the city.",
         [("the city", "Beirut")]),
        ("ar", "تحترق بيروت. ودخل الجيش حارة حريك. وقصفت الطائرات المدينة.",
         [("المدينة", "Beirut")]),
    ],
)  # fmt: skip
def test_a_city_is_no_village_or_quarter(refer, lang, text, expected):
    """While a city or a town was named."""
    assert refer(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "أغلقت قاعدة العديد الجوية. وقصف الطيران القاعدة البحرية بطرطوس أمس."),
        ("fr", "La base aérienne de Niamey est fermée. Il a visité la base militaire de Gao."),
    ],
)
def test_a_name_behind_an_adjective_tells_which_is_meant(refer, lang, text):
    """The base is that of the name, and not the one before."""
    assert refer(lang, text) == []


def test_a_capital_may_say_of_which_country(refer):
    """The last one is not the Iraqi one."""
    text = "وصل من بغداد إلى دمشق. ووقع انفجار في العاصمة العراقية."
    assert refer("ar", text) == [("العاصمة", "Baghdad")]


@pytest.mark.parametrize(
    "text",
    [
        "The army left Mosul for the city of Tikrit.",
        "He was in Mosul, in the city Tikrit later.",
        "Nobody had seen the city.",
        "Beirut Airport was shut. He landed at the airport in Cairo.",
        "Syria was quiet. The city slept.",
    ],
)
def test_what_names_its_place_or_has_none_before_refers_to_nothing(refer, text):
    """A name behind the words is the name of what they speak of."""
    assert refer("en", text) == []


def test_texts_may_be_read_in_parts(gazetteer):
    """What was named in an earlier part is known in the next."""
    text = "Rebels took Gao. The city fell."
    named = gazetteer.geoparse(text, lang="en")
    tokens = tokenize(text)
    antecedents = Antecedents(language_rules("en"))
    antecedents.remember(named)
    (reference,) = antecedents.find(text, tokens[3:], [])
    assert reference.resolution.mention.text == "The city"
    assert reference.named == named[0].span


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_references_is_known(lang):
    """Each table of words stands for kinds of places."""
    references = language_rules(lang).references
    assert references
    assert {known.what for phrases in references.values() for known in phrases} <= KINDS.keys()
