"""Places and names have spans, and a question without a date leaves nothing out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import BadQueryError
from gazetteer.place import Place
from gazetteer.spans import name_valid_at, read_former_names, valid_at, within

DAY = date(1991, 9, 6)


def place(valid_from=None, valid_to=None):
    """Return a place with a span."""
    return Place("region:x", "X", "historical", 1, 2, valid_from=valid_from, valid_to=valid_to)


@pytest.mark.parametrize(
    ("since", "until", "at", "inside"),
    [
        (None, None, DAY, True),
        ("1991-09-06", None, DAY, True),
        ("1991-09-07", None, DAY, False),
        (None, "1991-09-07", DAY, True),
        (None, "1991-09-06", DAY, False),  # the day of the change belongs to what came after
        (None, "1991-09", DAY, True),  # a month and a year count as a whole
        (None, "1991", date(1991, 12, 31), True),
        (None, "1991", date(1992, 1, 1), False),
        (None, "1991-12", date(1991, 12, 31), True),
        (None, "1991-12", date(1992, 1, 1), False),
        ("1991", None, date(1991, 1, 1), True),
        ("1991-09", None, date(1991, 8, 31), False),
    ],
)
def test_a_span_begins_on_its_first_day_and_ends_before_its_last(since, until, at, inside):
    """Half open, at whatever precision its ends have."""
    assert within(since, until, at) is inside
    assert valid_at(place(since, until), at) is inside


@given(st.dates(min_value=date(1, 1, 2)), st.dates(min_value=date(1, 1, 2)))
def test_one_of_two_that_follow_each_other_is_valid(change, at):
    """At every day either the old or the new place is there, never both."""
    before, after = place(valid_to=change.isoformat()), place(valid_from=change.isoformat())
    assert valid_at(before, at) != valid_at(after, at)


def test_without_a_date_every_place_and_name_is_valid():
    """Nothing is left out that nobody asked to leave out."""
    assert valid_at(place("1900", "1901"), None)
    assert name_valid_at(place(), "Leningrad", None)


@pytest.mark.parametrize("text", ["", "1991-9-6", "91", "1991-09-06T00:00", "soon"])
def test_what_is_no_date_is_refused(text):
    """The error shows how to write one."""
    with pytest.raises(BadQueryError, match="1991-09-06"):
        within(text, None, DAY)


@pytest.mark.parametrize(
    ("name", "place_id", "at", "borne"),
    [
        ("Leningrad", "geonames:498817", date(1941, 9, 8), True),
        ("Leningrad", "geonames:498817", date(1995, 1, 1), False),
        ("LENINGRAD", "geonames:498817", date(1995, 1, 1), False),
        ("Saint Petersburg", "geonames:498817", date(1941, 9, 8), True),  # no span is known
        ("Nur-Sultan", "geonames:1526273", date(2020, 1, 1), True),
        ("Nur-Sultan", "geonames:1526273", date(2023, 1, 1), False),
        ("Rhodesia", "iso:ZW", date(1979, 1, 1), True),
        ("Rhodesia", "iso:ZW", date(1985, 1, 1), False),
        ("Burma", "iso:MM", date(1962, 3, 2), True),
        ("Burma", "iso:MM", date(2021, 2, 1), False),
    ],
)
def test_a_former_name_was_borne_in_its_span(name, place_id, at, borne, gazetteer):
    """In any spelling; a name whose span nobody wrote down is always borne."""
    assert name_valid_at(gazetteer.get(place_id), name, at) is borne


@pytest.mark.parametrize("former", read_former_names(), ids=lambda former: former.name)
def test_a_former_name_is_found_without_a_date(former, gazetteer):
    """Every name of the table is held for its place, and its span runs forwards."""
    found = [match.place.id for match in gazetteer.search(former.name, limit=20)]
    assert gazetteer.get(former.place_id).id in found
    assert former.since or former.until
    if former.since and former.until:
        assert former.since < former.until
