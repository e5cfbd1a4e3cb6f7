"""Towns are called by their names, and not by the titles that tell them from namesakes."""

from __future__ import annotations

import pytest

from gazetteer.index.plain_names import call_by_plain_names, call_without_generic_words

TOWN = {
    "id": "geonames:1", "kind": "city", "at": (45.5, -122.7), "country": "US",
    "population": 650_000, "names": {"en": ["Portland, Oregon"], "ar": ["بورتلاند، أوريغون"]},
}  # fmt: skip


@pytest.fixture
def called(draft):
    """Return a function: the Arabic names of a place afterwards."""

    def called(place):
        drafted = draft(place)
        call_by_plain_names(drafted)
        names = drafted.names
        return [text for lang, text in zip(names.lang, names.text, strict=True) if lang == "ar"]

    return called


def test_what_follows_the_comma_is_cut_off(called):
    """Only in Arabic letters: in Latin ones a comma mostly belongs to a list."""
    assert called(TOWN) == ["بورتلاند"]


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "admin1"},
        {"population": 900},
        {"names": {"ar": ["سان أندريس، بروفيدنسيا، سانتا كاتالينا"]}},
        {"names": {"ar": ["لو، كورنوال"]}},
    ],
    ids=["a division", "a hamlet", "a list", "a short word"],
)
def test_other_names_stay(called, other):
    """A list of islands has more commas, and two letters are a word sooner than a town."""
    place = TOWN | other
    assert called(place) == place["names"]["ar"]


TYRE = {
    "id": "geonames:2", "kind": "city", "at": (33.27, 35.19), "country": "LB",
    "population": 160_000, "names": {"en": ["Tyre"], "ar": ["مدينة صور"], "fa": ["صور"]},
}  # fmt: skip
PANAMA = {
    "id": "iso:PA", "kind": "country", "at": (8.5, -80.1), "country": "PA",
    "population": 0, "names": {"en": ["Panama"], "ar": ["بنما"]},
}  # fmt: skip


@pytest.fixture
def without_generic_words(draft):
    """Return a function: the Arabic names of a place afterwards, with others beside it."""

    def called(place, *others):
        drafted = draft(place, *others)
        call_without_generic_words(drafted)
        names = drafted.names
        named = zip(names.place, names.lang, names.text, strict=True)
        return [text for row, lang, text in named if (row, lang) == (0, "ar")]

    return called


def test_a_town_is_called_without_the_word_for_it(without_generic_words):
    """Also where another language has that name already."""
    assert without_generic_words(TYRE) == ["مدينة صور", "صور"]


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "admin2"},
        {"population": 900},
        {"names": {"en": ["Sadr City"], "ar": ["مدينة الصدر"]}},
        {"names": {"en": ["6 October"], "ar": ["مدينة 6 أكتوبر"]}},
        {"names": {"en": ["Panama City"], "ar": ["مدينة بنما"]}},
        {"names": {"en": ["Panamá"], "ar": ["مدينة بنما"]}},
        {"country": "BF", "population": 9000, "names": {"en": ["Kaya"], "ar": ["مدينة كايا"]}},
    ],
    ids=[
        "a district",
        "a frequent word",
        "a city by name",
        "a date",
        "both",
        "a country",
        "a hamlet",
    ],
)
def test_other_towns_keep_the_word(without_generic_words, other):
    """Where it belongs to the name, or the rest means something else."""
    place = TYRE | other
    assert without_generic_words(place, PANAMA) == place["names"]["ar"]
