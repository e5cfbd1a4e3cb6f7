"""Names are matched under what languages glue to them, and spans are those of the names."""

from __future__ import annotations

import pytest

from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize

CAPITALS = {
    fold("باكو"): "geonames:587084",
    fold("بغداد"): "geonames:98182",
    fold("الدوحة"): "geonames:290030",
    fold("الرياض"): "geonames:108410",
    fold("القاهرة"): "geonames:360630",
}


@pytest.fixture(scope="module")
def match(gazetteer):
    """Return a function: the spans of a text that spell a name of a place."""
    store = gazetteer._store
    matcher = Matcher(store)

    def match(text, place_id, *, lang="ar"):
        rules = language_rules(lang)
        return {
            text[m.start : m.end]: m
            for m in matcher.match(text, tokenize(text), rules)
            if place_id in {store.place_id(posting.place) for posting in m.postings}
        }

    return match


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وباكو", "باكو"),
        ("لباكو", "باكو"),
        ("فباكو", "باكو"),
        ("وبباكو", "باكو"),
        ("لبغداد", "بغداد"),
        ("ببغداد", "بغداد"),
        ("بالدوحة", "الدوحة"),
        ("وبالدوحة", "الدوحة"),
        ("فالرياض", "الرياض"),
        ("والرياض", "الرياض"),
        ("كالرياض", "الرياض"),
        ("وَبَاكُو", "بَاكُو"),
        ("و\u200fبـاكو", "بـاكو"),
    ],
)
def test_a_glued_particle_is_outside_and_the_article_inside(match, text, name):
    """The span is the name itself, with its vowels and its article."""
    assert name in match(text, CAPITALS[fold(name)])


@pytest.mark.parametrize(("text", "name"), [("اللقاوة", "اللقاوة"), ("واللقاوة", "اللقاوة")])
def test_an_article_is_inside_also_where_the_held_name_has_none(match, text, name):
    """A town is held as «لقاوة»: nobody who reads «اللقاوة» sees an article cut off."""
    found = match(text, "geonames:379198")
    assert set(found) == {name}
    assert found[name].article == -1


@pytest.mark.parametrize("text", ["للقاهرة", "وللقاهرة"])
def test_a_particle_may_swallow_the_article(match, text):
    """What stands for "to the" is written as one with a name: the span begins after it."""
    found = match(text, CAPITALS[fold("القاهرة")])
    assert found["قاهرة"].particle in {"لل", "ولل"}


def test_a_name_that_begins_like_a_particle_is_matched_whole(match):
    """بغداد is no ب with غداد, and لندن no ل with ندن."""
    assert match("بغداد", CAPITALS[fold("بغداد")])["بغداد"].particle == ""
    assert match("لندن", "geonames:2643743")["لندن"].particle == ""


@pytest.mark.parametrize(
    ("text", "name", "place_id", "lang"),
    [
        ("Iran's", "Iran", "iso:IR", "en"),
        ("Iran’s", "Iran", "iso:IR", "en"),
        ("IRAN", "IRAN", "iso:IR", "en"),
        ("Nagorno-Karabakh", "Nagorno-Karabakh", "region:nagorno-karabakh", "en"),
        ("Nagorno Karabakh", "Nagorno Karabakh", "region:nagorno-karabakh", "en"),
        ("Bandar Abbas", "Bandar Abbas", "geonames:141681", "en"),
        ("St. Petersburg", "St. Petersburg", "geonames:498817", "en"),
        ("U.S.", "U.S.", "iso:US", "en"),
        ("U.S. troops", "U.S.", "iso:US", "en"),
        ("the U.K. and", "U.K.", "iso:GB", "en"),
        ("in St. Petersburg.", "St. Petersburg", "geonames:498817", "en"),
        ("#Baku_", "Baku", "geonames:587084", "en"),
    ],
)
def test_a_name_is_matched_in_its_english_shapes(match, text, name, place_id, lang):
    """Genitives, hyphens, capitals, full stops and hashtags do not hide it.

    An abbreviation keeps its last full stop, a sentence does not lend its own.
    """
    assert name in match(text, place_id, lang=lang)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Bandar.\nAbbas", "geonames:141681"),
        ("Bandar; Abbas", "geonames:141681"),
        ("Bandar (Abbas)", "geonames:141681"),
        ("Bandar\n\nAbbas", "geonames:141681"),
    ],
)
def test_a_name_does_not_cross_what_parts_words(match, text, place_id):
    """A line's end and a sign between two words part them."""
    assert match(text, place_id, lang="en") == {}


@pytest.mark.parametrize(
    ("text", "hit"), [("US", True), ("us", False), ("Us", False), ("UK", True), ("uk", False)]
)
def test_a_code_matches_only_as_it_is_written(match, text, hit):
    """A pronoun is no country."""
    place_id = "iso:US" if text.upper() == "US" else "iso:GB"
    assert bool(match(text, place_id, lang="en")) is hit


def test_of_overlapping_names_all_are_found(match):
    """Which of them is meant is decided later."""
    text = "New York City"
    assert set(match(text, "geonames:5128581", lang="en")) >= {"New York", "New York City"}


@pytest.mark.parametrize("lang", ["ar", "en", "he", "fa", "und"])
@pytest.mark.parametrize(
    "text", ["", "\ud800", "و", "ال", "لل", "ب ب ب", "ـ", "a" * 5000, "و" * 500]
)
def test_odd_texts_match_nothing_and_raise_nothing(match, text, lang):
    """Lone particles, surrogates and endless words."""
    assert match(text, "iso:AZ", lang=lang) == {}


@pytest.mark.parametrize(
    ("text", "lang", "place_id"),
    [
        ("Türkiye ile görüştü", "tr", "iso:TR"),
        ("İsrail saldırdı", "tr", "iso:IL"),
        ("la France et Israël", "fr", "iso:IL"),
        ("دولت ایران گفت", "fa", "iso:IR"),
    ],
)
def test_a_name_that_several_languages_share_is_each_ones_own(match, text, lang, place_id):
    """A key keeps one of the names that fold alike, in whatever language."""
    assert match(text, place_id, lang=lang)


@pytest.mark.parametrize(
    ("text", "place_id", "lang", "spans"),
    [
        ("Sana'a", "geonames:71137", "en", {"Sana'a"}),
        ("Sana’a's", "geonames:71137", "en", {"Sana’a"}),
        ("Iran's", "iso:IR", "en", {"Iran"}),
        ("İran'da", "iso:IR", "tr", {"İran"}),
        ("İran'da", "iso:IR", "en", set()),
    ],
)
def test_an_apostrophe_ends_a_name_only_before_an_ending(match, text, place_id, lang, spans):
    """Sana'a is no "Sana" with an ending; only Turkish has more of them than "'s"."""
    assert set(match(text, place_id, lang=lang)) == spans


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Beer Sheva", "geonames:295530"),
        ("Be'er Sheva", "geonames:295530"),
        ("Ust'-Ilimsk", "geonames:2013952"),
    ],
)
def test_a_spelling_of_no_language_counts_beside_the_languages_own_names(match, name, place_id):
    """A key keeps one of the names that fold alike, which may be another language's."""
    assert name in match(f"Fires near {name}.", place_id, lang="en")
