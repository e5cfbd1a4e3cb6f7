"""Towns are called by their names, and not by the titles that tell them from namesakes."""

from __future__ import annotations

import pytest

from gazetteer.index.plain_names import call_by_plain_names

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
