"""The names of a text: places, and what only sounds like one."""

from __future__ import annotations

import pytest


def names(gazetteer, text, lang=None):
    """Return the places' names of a text, those inside other names too."""
    found = (resolution.mention for resolution in gazetteer.geoparse(text, lang=lang))
    return [m.text for m in found if m.form in {"name", "associative"}]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The actress Paris Hilton arrived in London on Monday.", ["London"]),
        ("Mr. Washington and Mrs. Lincoln live near Boston.", ["Boston"]),
        ("وصل الملك عبد الله إلى عمّان مساء الاثنين.", ["عمّان"]),
        ("قال الرئيس بشار الأسد إن القوات دخلت إدلب.", ["إدلب"]),
    ],
)
def test_persons_named_after_places_are_none(gazetteer, text, places):
    """A surname is no city, whatever else stands in the sentence."""
    assert names(gazetteer, text) == places


@pytest.mark.parametrize(
    "text",
    [
        "Clashes broke out in the town of Qarzabash, north of Aleppo.",
        "Residents of the village of Qarzabash fled to Aleppo.",
    ],
)
def test_a_place_that_no_gazetteer_holds_is_found(gazetteer, text):
    """And it is given no place that it is not."""
    by_text = {r.mention.text: r for r in gazetteer.geoparse(text)}
    assert by_text["Qarzabash"].place is None
    assert by_text["Aleppo"].place is not None


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\ud800", "123 456", "،،،"])
def test_a_text_without_words_has_no_names(gazetteer, text):
    """And is read without complaint."""
    assert names(gazetteer, text, lang="en") == []


def test_the_same_name_is_believed_where_little_speaks_for_it(gazetteer):
    """In a headline too, when the text goes on about it."""
    text = "BAKU TALKS\n\nMinisters met in Baku on Monday. Baku is the capital of Azerbaijan."
    assert [name.upper() for name in names(gazetteer, text)].count("BAKU") == 3


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("حلقت طائرات تركية فوق البحر.", "demonym"),
        ("دخلت قوات تركية المدينة.", "demonym"),
        ("سافر إلى تركية أمس.", "name"),
        ("قالت روسيا إنها مستعدة.", "name"),
        ("زار وزير خارجية روسيا القاهرة.", "name"),
    ],
)
def test_behind_a_noun_the_bare_feminine_is_an_adjective(gazetteer, text, form):
    """Behind a preposition or a verb it is the country."""
    first, *_ = gazetteer.geoparse(text, lang="ar")
    assert first.mention.form == form
