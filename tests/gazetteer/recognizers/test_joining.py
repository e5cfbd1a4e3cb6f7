"""Names that a plugged-in recogniser finds are resolved, beside or without those of ours."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gazetteer import BadQueryError, Gazetteer
from gazetteer.errors import BadSpansError, NotARecognizerError
from gazetteer.recognizers import FoundName, geoparse_all


class Words:
    """Finds given words, the first time each stands in the text, as a recogniser would."""

    def __init__(self, *words, probability=0.8, form="name", languages=None):
        self.words = words
        self.probability = probability
        self.form = form
        self.languages = languages
        self.asked = []

    def find(self, text, lang):
        """Return where the words stand; None in a language that is not among its own."""
        self.asked.append(lang)
        if self.languages is not None and lang not in self.languages:
            return None
        starts = [(text.index(word), word) for word in self.words if word in text]
        return [
            FoundName(start, start + len(word), self.probability, self.form)
            for start, word in starts
        ]


class Always:
    """Finds the same in every text."""

    def __init__(self, *found):
        self.found = found

    def find(self, _text, _lang):
        """Return what it always finds."""
        return self.found


def names(resolutions):
    """Return mentions as (words, form, place id)."""
    return [(r.mention.text, r.mention.form, r.place.id if r.place else None) for r in resolutions]


@pytest.fixture
def told(gazetteer):
    """Return a function: what is found in a text with some words plugged in."""

    def told(text, *words, recognition="joined", **options):
        recognizer = Words(*words, **options)
        return names(gazetteer.geoparse(text, recognizer=recognizer, recognition=recognition))

    return told


def test_joined_adds_to_ours(told):
    """What ours leaves out and the other finds is resolved among the names of ours."""
    text = "the drive was nice from there to Baku"
    assert told(text) == [("Baku", "name", "geonames:587084")]
    assert told(text, "nice") == [
        ("nice", "name", "geonames:2990440"),
        ("Baku", "name", "geonames:587084"),
    ]


def test_joined_keeps_ours_where_both_find(told):
    """The same name is told once; an overlapping one stays as ours read it."""
    text = "He lives in New York City."
    assert told(text, "New York", "York City.") == told(text)
    assert len(told(text)) == 1


def test_joined_takes_the_other_for_an_unresolved_name(gazetteer):
    """A name of ours that no place was found for gives way to one that overlaps and was."""
    text = "Shelling hit the village of Qwertyabad Baku on Monday."
    ours = gazetteer.geoparse(text)
    joined = gazetteer.geoparse(text, recognizer=Words("Baku"))
    assert ("Baku", "name", "geonames:587084") in names(joined)
    spans = sorted((r.mention.start, r.mention.end) for r in joined)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert len(joined) >= len(ours)


def test_instead_gives_its_names_alone(told):
    """Names that only ours finds are left out; demonyms stay."""
    text = "Russian aircraft flew from Baku to Tbilisi."
    assert told(text, "Tbilisi", recognition="instead") == [
        ("Russian", "demonym", "iso:RU"),
        ("Tbilisi", "name", "geonames:611717"),
    ]


def test_instead_keeps_descriptions_of_its_names(told):
    """A description stands if the name inside it was found, and not otherwise."""
    text = "Rockets fell in southern Israel."
    assert told(text, "Israel", recognition="instead") == [
        ("southern Israel", "part", "part@iso:IL;south"),
        ("Israel", "name", "iso:IL"),
    ]
    assert told(text, recognition="instead") == []


def test_unknown_names_stay_without_a_place(told):
    """A name that the gazetteer does not hold is told, with no place."""
    found = told("They met in Qwertyabad.", "Qwertyabad", recognition="instead")
    assert found == [("Qwertyabad", "name", None)]


def test_probability_and_form_are_the_recognizers(gazetteer):
    """What the recogniser says of a name stands in the mention."""
    words = Words("Baku", probability=0.25, form="associative")
    [resolution] = gazetteer.geoparse("The Baku Institute", recognizer=words, recognition="instead")
    assert (resolution.mention.p_place, resolution.mention.form) == (0.25, "associative")


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("He flew to the United States.", "the United States", "United States"),
        ("The United States denied it.", "The United States", "United States"),
        ("He lives in The Hague.", "The Hague", "The Hague"),
        ("He lives in New York.", "New York", "New York"),
        ("Il vit dans les Ardennes.", "les Ardennes", "Ardennes"),
        ("سافر إلى بغداد وحلب", "وحلب", "حلب"),
        ("قصف بدمشق", "بدمشق", "دمشق"),
    ],
)
def test_spans_are_cut_down_to_the_name(told, text, found, name):
    """Articles and glued particles are left outside, unless the name is held with them."""
    assert [words for words, *_ in told(text, found, recognition="instead")] == [name]


def test_overlapping_finds(gazetteer):
    """Of names that overlap the likelier is taken, then the longer."""
    spans = [FoundName(3, 7, 0.9), FoundName(0, 7, 0.5), FoundName(8, 12), FoundName(8, 11)]
    found = gazetteer.geoparse("At Baku Gori", recognizer=Always(*spans), recognition="instead")
    assert [r.mention.text for r in found] == ["Baku", "Gori"]


def test_another_language_is_left_to_ours(told):
    """Where the recogniser does not read the language, ours does."""
    text = "He flew from Baku to Tbilisi."
    options = {"recognition": "instead", "languages": {"fr"}}
    assert told(text, "Baku", **options) == told(text)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (FoundName(0, 99), "0 to 99, which cannot be .the text has 7 characters"),
        (FoundName(-4, -1), "-4 to -1"),
        (FoundName(3, 3), "3 to 3"),
        (FoundName(0.0, 4), "0.0 to 4"),
        (FoundName(3, 7, 1.5), "its probability is 1.5"),
        (FoundName(3, 7, float("nan")), "its probability is nan"),
        (FoundName(3, 7, 0.5, "border"), "its form is 'border'"),
    ],
)
def test_impossible_finds_are_refused(gazetteer, found, why):
    """A recogniser that counts wrongly is told, not believed."""
    with pytest.raises(BadSpansError, match=why):
        gazetteer.geoparse("At Baku", recognizer=Always(found))


def test_what_is_no_recognizer_is_refused(gazetteer):
    """Anything without a method find is told by its type; so is an unknown way to recognise."""
    with pytest.raises(NotARecognizerError, match="'object' is no recognizer"):
        gazetteer.geoparse("At Baku", recognizer=object())
    with pytest.raises(BadQueryError, match="'joined' or 'instead', and not 'both'"):
        gazetteer.geoparse("At Baku", recognizer=Words(), recognition="both")


def test_a_gazetteer_opened_with_a_recognizer():
    """It reads every text with it, unless it is told another."""
    gazetteer = Gazetteer.open(recognizer=Words("Tbilisi"), recognition="instead")
    text = "He flew from Baku to Tbilisi."
    assert names(gazetteer.geoparse(text)) == [("Tbilisi", "name", "geonames:611717")]
    other = gazetteer.geoparse(text, recognizer=Words("Baku"), recognition="instead")
    assert names(other) == [("Baku", "name", "geonames:587084")]
    assert [mention.text for mention in gazetteer.find(text)] == ["Tbilisi"]


def test_many_texts(gazetteer):
    """Texts of a stream come out in order, as one by one."""
    texts = ["He flew to Baku.", "", "Il vit à Paris.", "He flew to Tbilisi and Gori."]
    recognizer = Words("Baku", "Gori", "Paris")
    found = geoparse_all(gazetteer, iter(texts), recognizer=recognizer, recognition="instead")
    assert [[r.mention.text for r in line] for line in found] == [["Baku"], [], ["Paris"], ["Gori"]]
    assert recognizer.asked[2] == "fr"
