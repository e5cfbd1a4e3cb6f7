"""Inflection by rule, from the data of each language."""

from __future__ import annotations

import pytest

from gazetteer.text.normalize import fold
from geoevents.extract.morphology import load_morphology


@pytest.mark.parametrize(
    ("kind", "lemma", "forms"),
    [
        (
            "verb",
            "قصف/يقصف",
            ["قصفت", "قصفا", "قصفوا", "يقصف", "تقصف", "يقصفون", "قصفتها", "قصفوها"],
        ),
        ("verb", "التقى/يلتقي", ["التقى", "التقت", "التقيا", "التقوا", "يلتقي", "يلتقون"]),
        ("verb", "هبط/يهبط", ["هبطتا", "هبطا", "تهبط", "يهبطان"]),
        ("noun", "زيارة", ["زيارته", "زيارتها", "زيارات", "زيارتين", "زياراتهم"]),
        ("noun", "هجوم/هجمات", ["هجوما", "هجومين", "هجومه", "هجمات"]),
        ("noun", "مقاتل/مقاتلون", ["مقاتلون", "مقاتلين", "مقاتلي", "مقاتلو"]),
    ],
)
def test_arabic_words_inflect(kind: str, lemma: str, forms: list[str]) -> None:
    """Verbs take person, number and object pronouns; nouns take case, number and possessors."""
    morphology = load_morphology("ar")
    assert morphology is not None
    made = morphology.forms(kind, lemma)
    assert [form for form in forms if fold(form) not in made] == []


@pytest.mark.parametrize(
    ("kind", "lemma", "forms", "never"),
    [
        ("verb", "land", ["landed", "landing", "lands"], []),
        ("verb", "patrol", ["patrolled", "patrolling"], []),
        ("verb", "carry", ["carries", "carried"], []),
        ("verb", "fly/flew/flown", ["flies", "flew", "flown", "flying"], ["flied"]),
        ("noun", "clash", ["clashes"], []),
        ("noun", "ferry", ["ferries"], []),
        ("noun", "militiaman/militiamen", ["militiamen"], []),
    ],
)
def test_english_words_inflect(kind: str, lemma: str, forms: list[str], never: list[str]) -> None:
    """Regular words follow the rules of spelling; irregular ones have the forms that are listed."""
    morphology = load_morphology("en")
    assert morphology is not None
    made = morphology.forms(kind, lemma)
    assert [form for form in forms if form not in made] == []
    assert [form for form in never if form in made] == []


def test_particles_are_cut_off_after_the_whole_word() -> None:
    """A word is read as it stands first, then without each particle it may begin with."""
    morphology = load_morphology("ar")
    assert morphology is not None
    readings = [(a.clitic, a.form) for a in morphology.analyses(fold("وبالقصف"))]
    assert readings[0] == ("", fold("وبالقصف"))
    assert ("وبال", fold("قصف")) in readings


def test_a_language_without_data_has_no_morphology() -> None:
    """What cannot be inflected is said to be so, not guessed."""
    assert load_morphology("tlh") is None
