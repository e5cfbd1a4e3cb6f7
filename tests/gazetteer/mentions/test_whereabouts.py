"""A name that is held with the place around it is two names in a text."""

from __future__ import annotations

import pytest

from gazetteer import Mention

CASES = [
    ("Thousands gathered in Tahrir Square in Cairo on Friday.", "en", "Tahrir Square", "EG"),
    ("Thousands gathered in Tahrir Square in Baghdad on Friday.", "en", "Tahrir Square", "IQ"),
    ("A blast hit Kyiv's Independence Square on Friday.", "en", "Independence Square", "UA"),
    ("Протестующие собрались на площади Республики в Ереване.", "ru", "площади Республики", "AM"),
    ("Des milliers de gens, place des Martyrs à Beyrouth.", "fr", "place des Martyrs", "LB"),
    ("המפגינים התאספו בכיכר הרפובליקה בירוואן.", "he", "כיכר הרפובליקה", "AM"),
    ("הם טסו לפטרה שבירדן לשלושה ימים.", "he", "פטרה", "JO"),
    ("A blast hit Independence Square in Kyiv on Friday.", "en", "Independence Square", "UA"),
    ("تجمع المحتجون في ساحة الجمهورية في يريفان يوم الجمعة.", "ar", "ساحة الجمهورية", "AM"),
    ("Washington'daki Lafayette Meydanı'nda gösteri vardı.", "tr", "Lafayette Meydanı", "US"),
]


@pytest.mark.parametrize(("text", "lang", "name", "country"), CASES)
def test_the_place_around_is_a_name_of_its_own(gazetteer, text, lang, name, country):
    """The square is that of the city named beside it, and the city is named, too."""
    found = {
        r.mention.text: r.place
        for r in gazetteer.geoparse(text, lang=lang)
        if r.mention.form == "name"
    }
    assert len(found) == 2
    assert {place.country for place in found.values()} == {country}
    assert name in found


@pytest.mark.parametrize(("text", "lang", "name", "country"), CASES)
def test_a_given_name_is_told_by_the_place_around(gazetteer, text, lang, name, country):
    """As where the names are found by somebody else."""
    at = text.index(name)
    (resolved,) = gazetteer.resolve(text, [Mention(at, at + len(name), name)], lang=lang)
    assert resolved.place.country == country
    assert gazetteer.geoparse(text, lang=lang)[0].place is not None


@pytest.mark.parametrize(
    ("around", "river"),
    [("Texas", "river:colorado-river-of-texas"), ("Arizona", "river:colorado-river")],
)
def test_rivers_of_one_name_are_told_by_the_states_around(gazetteer, around, river):
    """The Colorado of Texas is not that of the Grand Canyon."""
    read = gazetteer.geoparse(f"The Colorado River in {around} rose overnight.", lang="en")
    found = {r.mention.text: r.place for r in read}
    assert found["Colorado River"].id == river


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He moved to King's Lynn in Norfolk.", "King's Lynn"),
        ("Crowds filled Saint Peter's Square on Sunday.", "Saint Peter's Square"),
        ("The king of Jordan's visit to London ended.", "Jordan"),
    ],
)
def test_a_whole_name_stays_whole(gazetteer, text, name):
    """An owner in another country, or of no size, owns nothing."""
    assert name in {r.mention.text for r in gazetteer.geoparse(text, lang="en")}
