"""Kinds of place are ranked in groups and have a prominence, from one table."""

from __future__ import annotations

import pytest

from gazetteer.data import load_toml
from gazetteer.kinds import OTHER, group_of, is_compact, prominence_of, radius_km_of
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.rank import GROUPS

LISTED = [
    kind
    for kind, entry in load_toml("ontology", "place_kinds.toml").items()
    if isinstance(entry, dict)
]


def test_every_listed_kind_is_in_a_group_that_is_ranked():
    """The ranking's weights know each group."""
    assert {group_of(kind) for kind in LISTED} == set(GROUPS)


def test_countries_and_settlements_are_listed():
    """Countries rank together; settlements have the prominence of their inhabitants alone."""
    assert {group_of(kind) for kind in COUNTRY_KINDS} == {"country"}
    assert all(kind in LISTED and prominence_of(kind) == 0 for kind in SETTLEMENT_KINDS)


@pytest.mark.parametrize("kind", ["observatory", "", "version", "mill"])
def test_a_kind_that_is_not_listed_is_another(kind):
    """The user may make up kinds: they rank with the rest, like a town of 1,000."""
    assert (group_of(kind), prominence_of(kind)) == (OTHER, 3.0)


def test_every_held_kind_has_a_prominence_on_the_scale(gazetteer):
    """Between nothing and a country."""
    assert all(0 <= prominence_of(kind) <= 7 for kind in gazetteer.info()["kinds"])


def test_a_compact_kind_is_no_larger_than_it_may_be():
    """The radius of each is below that at which a place lies somewhere nearby."""
    compact = [kind for kind in LISTED if is_compact(kind)]
    assert "village" in compact
    assert all(radius_km_of(kind) < 15 for kind in compact)
