"""The name of a lake without the word for it is weighed less where a town bears it, too."""

from __future__ import annotations

import pytest

from gazetteer.index.layout import BARE
from gazetteer.index.waters import tell_bare_names

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
