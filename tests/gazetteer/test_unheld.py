"""A name not held as written is placed by what it is like, in a country its text speaks of."""

from __future__ import annotations

import pytest

from gazetteer import Mention, Resolution
from gazetteer.explain import SOUND
from gazetteer.text.normalize import fold
from gazetteer.unheld import UnheldNames

CHIPINGE, CHIREDZI = "geonames:893549", "geonames:893485"
BANSKA_BYSTRICA = "geonames:3061186"
OTJIWARONGO, MITTENWALD = "geonames:3353811", "geonames:2870482"


def mention_of(name, text, lang):
    """Return the mention that a name is in a text."""
    start = text.index(name)
    return Mention(start, start + len(name), name, "name", lang)


@pytest.mark.parametrize(
    ("lang", "text", "name", "place_id"),
    [
        ("ar", "وقع الانفجار في تشيبينغه في زيمبابوي.", "تشيبينغه", CHIPINGE),
        ("ar", "جنود زيمبابويون وصلوا تشيبينغه بعد انفجار في هراري.", "تشيبينغه", CHIPINGE),
        ("he", "רכבת ירדה מהפסים ליד אוצ'יוורונגו שבנמיביה.", "אוצ'יוורונגו", OTJIWARONGO),
        ("ru", "Мост у Миттенвальда в Германии закрыт.", "Миттенвальда", MITTENWALD),
    ],
)
def test_a_name_in_another_script_is_placed_by_its_sound(gazetteer, lang, text, name, place_id):
    """The gazetteer does not hold it as it is written."""
    assert gazetteer._store.key(fold(name)) is None
    found = gazetteer.resolve(text, [mention_of(name, text, lang)], lang=lang)[0]
    assert found.place.id == place_id
    assert 0.5 <= found.score < 1
    assert found.uncertainty_km > 0


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("ar", "وقع الانفجار في تشيبينغه.", "تشيبينغه"),
        ("ar", "وقع الانفجار في تشيبينغه شمال منغوليا.", "تشيبينغه"),
        ("he", "רכבת ירדה מהפסים ליד אוצ'יוורונגו.", "אוצ'יוורונגו"),
        ("en", "The blast hit Chippinga in Zimbabwe.", "Chippinga"),
    ],
)
def test_a_sound_alone_places_nothing(gazetteer, lang, text, name):
    """Without a country to look in, in one that has no such place, or in the same script."""
    assert gazetteer.resolve(text, [mention_of(name, text, lang)], lang=lang)[0].place is None


@pytest.mark.parametrize(
    ("lang", "text", "name", "place_id"),
    [
        ("he", "המחירים ב{} הוכפלו, ותושבי צ'ירדזי מחו.", "צ'ירדזי", CHIREDZI),
        ("ru", "Цены в {} удвоились, Чипинге протестует.", "Чипинге", CHIPINGE),
    ],
)
def test_a_doubtful_name_counts_if_a_place_of_the_text_sounds_so(read, lang, text, name, place_id):
    """The words around it alone do not say enough."""
    zimbabwe, mongolia = {"he": ("זימבבואה", "מונגוליה"), "ru": ("Зимбабве", "Монголии")}[lang]
    assert (name, "name", place_id) in read(text.format(zimbabwe), lang=lang)
    assert name not in {found[0] for found in read(text.format(mongolia), lang=lang)}


def test_a_name_in_latin_letters_is_placed_if_it_is_spelt_nearly_so(gazetteer):
    """In a country that the text speaks of; all spellings of countries are held."""

    def places(text, lang):
        found = gazetteer.geoparse(text, lang=lang)
        return {r.mention.text: r.place and r.place.id for r in found}

    text = "Prices have doubled in {}, and Bansk Bystrica protests."
    assert gazetteer._store.key("bansk bystrica") is None
    assert places(text.format("Slovakia"), "en")["Bansk Bystrica"] == BANSKA_BYSTRICA
    assert places(text.format("Mongolia"), "en")["Bansk Bystrica"] is None
    americas = places("The United States trades with the Americas.", "en")
    assert americas.get("Americas") is None


def test_what_sounds_alike_is_explained(gazetteer):
    """With the probability that the place is given with."""
    text = "وقع الانفجار في تشيبينغه في زيمبابوي."
    mention = mention_of("تشيبينغه", text, "ar")
    score = gazetteer.resolve(text, [mention], lang="ar")[0].score
    best = gazetteer.explain(text, mention, lang="ar").candidates[0]
    assert (best.place.id, best.score) == (CHIPINGE, score)
    assert [reason.feature for reason in best.reasons] == [SOUND]


def test_a_text_is_read_with_its_unheld_names(read):
    """They describe other places, too."""
    found = read("הפיצוץ אירע ליד אוצ'יוורונגו שבנמיביה.", lang="he")
    assert ("אוצ'יוורונגו", "name", OTJIWARONGO) in found


@pytest.mark.parametrize(
    ("lang", "text", "name", "place_id"),
    [
        ("ru", "Сель сошёл у Восе, в Кулябе в Таджикистане.", "Восе", "geonames:1220163"),
        ("ar", "أغلقت مدارس تيرا بعد هجوم في النيجر قرب نيامي.", "تيرا", "geonames:2438855"),
    ],
)
def test_a_name_held_for_a_far_place_alone_is_heard_here(gazetteer, lang, text, name, place_id):
    """Vose in Tajikistan and Téra in Niger have no such names; Wausau and Tire have."""
    found = gazetteer.resolve(text, [mention_of(name, text, lang)], lang=lang)[0]
    assert found.place.id == place_id


@pytest.mark.parametrize(
    ("lang", "text", "name", "country"),
    [
        ("ar", "وصل الوفد من تيرانا إلى روما في إيطاليا.", "تيرانا", "AL"),
        ("he", "הטיסה מאוסטרבה לקרקוב שבפולין בוטלה.", "אוסטרבה", "CZ"),
        (
            "ar",
            "عبرت الناقلة من قناة السويس إلى الحديدة بعد قصف صرواح وصنعاء وعدن ومأرب.",
            "قناة السويس",
            "EG",
        ),
    ],
)
def test_well_known_places_are_meant_wherever_a_text_is(gazetteer, lang, text, name, country):
    """Trana in Italy sounds like Tirana."""
    found = gazetteer.resolve(text, [mention_of(name, text, lang)], lang=lang)[0]
    assert found.place.country == country


@pytest.mark.parametrize(
    ("name", "place_id", "is_doubted"),
    [
        ("تيرا", "geonames:299137", True),
        ("قناة السويس", "canal:suez-canal", False),
        ("قاعدة عوفدا", "icao:LLOV", False),
    ],
)
def test_only_what_has_namesakes_is_doubted(gazetteer, name, place_id, is_doubted):
    """A market of Sirwah sounds like Suez; the canal is the canal in a text on Yemen too."""
    place = gazetteer.get(place_id)
    resolution = Resolution(mention_of(name, name, "ar"), place, 0.86)
    assert UnheldNames(gazetteer._store).is_doubted(resolution) == is_doubted
