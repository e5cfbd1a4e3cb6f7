"""The name of a lake without the word for it is weighed less where a town bears it, too."""

from __future__ import annotations

import pytest

from gazetteer.index.layout import BARE
from gazetteer.index.waters import call_rivers_by_bare_names, tell_bare_names

LAKE = {
    "id": "lake:split-lake", "kind": "lake", "at": (56.2, -96.1), "country": "CA",
    "names": {"en": ["Split", "Split Lake"], "ru": ["озеро Сплит"]},
}  # fmt: skip
TOWN = {
    "id": "geonames:1", "kind": "city", "at": (43.5, 16.4), "country": "HR",
    "population": 170_000, "names": {"en": ["Split"], "ru": ["Сплит"]},
}  # fmt: skip


@pytest.fixture
def told(draft):
    """Return a function: the names of the first place afterwards, with their kinds."""

    def told(*places):
        drafted = draft(*places)
        tell_bare_names(drafted)
        names = drafted.names
        rows = zip(names.place, names.text, names.kind, strict=True)
        return [(text, kind) for place, text, kind in rows if place == 0]

    return told


def test_a_name_that_a_town_has_is_bare(told):
    """The others stay what they are, and one of them is shown."""
    assert [(text, kind == BARE) for text, kind in told(LAKE, TOWN)] == [
        ("Split Lake", False),
        ("Split", True),
        ("озеро Сплит", False),
    ]


@pytest.mark.parametrize(
    "other",
    [TOWN | {"population": 300}, TOWN | {"kind": "admin1"}, TOWN | {"names": {"en": ["Spalato"]}}],
)
def test_only_the_names_of_well_known_towns_count(told, other):
    """A hamlet, a division and a town of another name take nothing from a lake."""
    assert all(kind != BARE for _, kind in told(LAKE, other))


def test_rivers_are_called_by_their_bare_names(told):
    """The Vistula needs no word for what it is."""
    assert all(kind != BARE for _, kind in told(LAKE | {"kind": "river"}, TOWN))


def test_a_sole_name_stays_the_one_that_is_shown(told):
    """No name of another language stands for a place."""
    assert told(LAKE | {"names": {"en": ["Split"], "hu": ["Split-tó"]}}, TOWN) == [
        ("Split", BARE),
        ("Split-tó", "short"),
    ]


KAMA = {
    "id": "river:kama", "kind": "river", "at": (56.4, 53.6), "country": "RU",
    "names": {"en": ["Kama River"], "ru": ["река Кама"], "fa": ["رود کاما"]},
}  # fmt: skip


def bare_names(draft, *places):
    """Return the names that the first place gets beside those it has."""
    drafted = draft(*places)
    before = len(drafted.names.text)
    call_rivers_by_bare_names(drafted)
    return drafted.names.text[before:]


def test_russian_leaves_the_word_for_rivers_out(draft):
    """So it is said; a hamlet's name is no hindrance, a lake's word stays."""
    assert bare_names(draft, KAMA) == ["Кама"]
    hamlet = TOWN | {"names": {"ru": ["Кама"]}, "population": 300}
    assert bare_names(draft, KAMA, hamlet) == ["Кама"]
    assert bare_names(draft, KAMA | {"kind": "lake"}) == []


@pytest.mark.parametrize("name", ["Сон", "Вера"])
def test_a_river_is_not_called_by_a_word(draft, name):
    """A dream and a faith are no rivers when they stand alone."""
    assert bare_names(draft, KAMA | {"names": {"ru": [f"река {name}"]}}) == []


def test_a_river_is_not_called_as_a_town_or_a_country(draft):
    """«В Зее» is in the town on its bank."""
    town = TOWN | {"names": {"ru": ["Кама"]}, "population": 24_000}
    assert bare_names(draft, KAMA, town) == []
    assert bare_names(draft, KAMA, town | {"kind": "country", "population": 0}) == []
