"""Which matches are places here: chosen without overlap, and new names where they are announced."""

from __future__ import annotations

import pytest

from gazetteer.mentions.language_rules import language_rules


@pytest.mark.parametrize("lang", ["xx", "und", ""])
def test_a_language_without_rules_has_empty_ones(lang):
    """Nothing is glued, nothing triggers, nothing is described."""
    rules = language_rules(lang)
    assert not rules.prefixes
    assert not rules.triggers
    assert not rules.patterns


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Troops entered the village of Qwexxal on Monday.", "Qwexxal"),
        ("وصلت القوات إلى بلدة كرندوسة صباح اليوم.", "كرندوسة"),
        ("انسحب المسلحون من بلدة تل قرمود أمس.", "تل قرمود"),
    ],
)
def test_an_announced_name_needs_no_gazetteer(gazetteer, text, name):
    """What is called a village is a place, though nobody knows where."""
    (found,) = [r for r in gazetteer.geoparse(text) if r.mention.text == name]
    assert found.place is None
    assert (found.score, found.alternatives) == (0, ())


def test_the_longer_name_is_taken(read):
    """New York City is no York."""
    found = [m[0] for m in read("He moved from London to New York City last year.", lang="en")]
    assert found == ["London", "New York City"]


def test_a_person_is_no_place(read):
    """A title before a name says that it is somebody's."""
    assert read("He said that President Washington spoke.", forms={"name"}, lang="en") == []


def test_names_inside_organisations_are_associative(read):
    """The university of Baku is an institution, and Baku itself a place."""
    text = (
        "He came from Baku and taught at the University of Baku and the Baku Institute of Physics."
    )
    found = read(text, lang="en")
    assert [form for words, form, _ in found if words == "Baku"] == ["name", *["associative"] * 2]
