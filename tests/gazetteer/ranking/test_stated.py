"""What a text says of a name outweighs what lies around other places."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("lang", "text", "name", "expected"),
    [
        (
            "en",
            "Fires broke out in Salem, Mass., and Salem, Ore., on the same night.",
            "Salem",
            ["geonames:4950065", "geonames:5750162"],
        ),
        (
            "en",
            "Students from Cambridge, Mass., met those of Cambridge, England.",
            "Cambridge",
            ["geonames:4931972", "geonames:2653941"],
        ),
        (
            "en",
            "He moved from Birmingham, Alabama, to Birmingham, England.",
            "Birmingham",
            ["geonames:4049979", "geonames:2655603"],
        ),
        (
            "ar",
            "اشتباكات في طرابلس شمال لبنان، أما في طرابلس الليبية فساد الهدوء.",
            "طرابلس",
            ["geonames:266826", "geonames:2210247"],
        ),
        (
            "ru",
            "В Бирмингеме, штат Алабама, прошла акция, а в британском Бирмингеме — марш.",
            "Бирмингеме",
            ["geonames:4049979", "geonames:2655603"],
        ),
    ],
)
def test_two_places_of_one_name_are_told_apart(gazetteer, lang, text, name, expected):
    """Each has its own country or division beside it."""
    read = gazetteer.geoparse(text, lang=lang)
    assert [r.place.id for r in read if r.mention.text == name] == expected


@pytest.mark.parametrize(
    ("lang", "text", "name", "place_id"),
    [
        ("ru", "Суд в Сочи вынес приговор.", "Сочи", "geonames:491422"),
        ("ru", "Река Соча разлилась.", "Соча", "river:isonzo"),
        ("he", "שריפה פרצה בערד הלילה.", "ערד", "geonames:295657"),
        ("ar", "عمان: مستشفى غور الصافي يستقبل جرحى من طريق العقبة.", "عمان", "geonames:250441"),
        ("fr", "Un navire a coulé dans la Manche.", "Manche", "sea:english-channel"),
    ],
)
def test_a_name_is_first_of_all_that_of_a_place_at_home(read, lang, text, name, place_id):
    """Where the language is spoken, and as it is written."""
    assert (name, "name", place_id) in read(text, lang=lang)
