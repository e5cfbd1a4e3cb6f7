"""What a search asks for is checked, and then kept to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import BadQueryError
from gazetteer.filters import Wanted, as_date, checked_box, checked_point, in_box, wanted


@pytest.fixture(scope="module")
def store(small):
    """Return an index of four places in two countries, one of them of a time."""
    return small(
        {"id": "x:0", "kind": "city", "at": (10, 170), "country": "FJ", "names": {"en": ["A"]}},
        {"id": "x:1", "kind": "town", "at": (-10, -170), "country": "FJ", "names": {"en": ["B"]}},
        {"id": "x:2", "kind": "airbase", "at": (0, 0), "country": "GH", "names": {"en": ["C"]}},
        {"id": "x:3", "kind": "city", "at": (5, 5), "country": "GH", "names": {"en": ["D"]},
         "details": {"valid_from": "1994", "valid_to": "2020-11-10"}},
    )._store  # fmt: skip


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        ({"country": "FJ"}, [0, 1]),
        ({"country": "fj"}, [0, 1]),
        ({"country": ["FJ", "GH"]}, [0, 1, 2, 3]),
        ({"country": ("gh",), "kind": "city"}, [3]),
        ({"country": []}, []),
        ({"kind": {"city", "airbase"}}, [0, 2, 3]),
        ({"kind": frozenset()}, []),
        ({"box": (165, -20, -165, 20)}, [0, 1]),
        ({"box": (-180, -90, 180, 90)}, [0, 1, 2, 3]),
        ({"box": (0, 0, 5, 5)}, [2, 3]),
        ({"at": "1993-12-31"}, [0, 1, 2]),
        ({"at": "1994-01-01"}, [0, 1, 2, 3]),
        ({"at": date(2020, 11, 9)}, [0, 1, 2, 3]),
        ({"at": date(2020, 11, 10)}, [0, 1, 2]),
        ({"at": datetime(2020, 11, 9, 23, 59, tzinfo=UTC)}, [0, 1, 2, 3]),
        ({"at": "2020-11-10", "country": "GH", "box": (-1, -1, 6, 6)}, [2]),
    ],
)
def test_only_what_fits_is_accepted(store, options, rows):
    """Countries, kinds, the box and the day at once."""
    accepts = wanted(store, **options).accepts(store)
    assert np.flatnonzero(accepts(np.arange(4))).tolist() == rows
    assert accepts(np.array([3, 0])).tolist() == [3 in rows, 0 in rows]
    assert accepts(np.array([], dtype=int)).tolist() == []


def test_nothing_asked_for_accepts_all(store):
    """Without a mask to work out."""
    assert wanted(store) == Wanted()
    assert wanted(store).accepts(store) is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"country": "XX"}, "'XX' is no ISO 3166-1"),
        ({"country": ["FJ", ""]}, "'' is no ISO"),
        ({"country": "Fiji"}, "Fiji"),
        ({"country": "\ud800"}, "no ISO"),
        ({"kind": "planet"}, "planet.*kinds are airbase, city, town"),
        ({"kind": ["city", ""]}, "'' is no kind"),
        ({"box": (0, 0, 0)}, "not four numbers"),
        ({"box": ("a", 0, 0, 0)}, "not four numbers"),
        ({"box": (0, 10, 0, 5)}, "south, 10, north of its north, 5"),
        ({"box": (0, 0, 181, 5)}, "not on Earth"),
        ({"box": (0, -91, 0, 5)}, "swapped"),
        ({"box": (0, float("nan"), 0, 5)}, "finite"),
        ({"at": "yesterday"}, "'yesterday' is no date"),
        ({"at": "2020"}, "'2020' is no date"),
        ({"at": "2020-02-30"}, "no date"),
        ({"at": ""}, "no date"),
    ],
)
def test_what_makes_no_sense_is_refused(store, options, said):
    """The error repeats it and says what is right."""
    with pytest.raises(BadQueryError, match=said):
        wanted(store, **options)


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        (91, 0, "swapped"),
        (-120, 45, "swapped"),
        (0, 181, "not on Earth"),
        (91, 181, "not on Earth"),
        (float("nan"), 0, "finite"),
        (0, float("inf"), "finite"),
    ],
)
def test_a_point_off_the_earth_is_refused(lat, lon, said):
    """Swapped coordinates are named as such."""
    with pytest.raises(BadQueryError, match=said):
        checked_point(lat, lon)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_on_earth_is_one(lat, lon):
    """The poles and both sides of 180 degrees too."""
    assert checked_point(lat, lon) == (lat, lon)


@given(st.floats(-180, 180), st.floats(-180, 180), st.floats(-180, 180))
def test_a_box_across_180_degrees_is_the_rest_of_the_other(west, east, lon):
    """A meridian lies in a box or in its complement, or on the edge of both."""
    box, rest = (west, -1, east, 1), (east, -1, west, 1)
    lats, lons = np.zeros(1), np.array([lon])
    if lon in (west, east) or west != east:
        assert in_box(lats, lons, box)[0] or in_box(lats, lons, rest)[0]
    if lon not in (west, east) and west != east:
        assert in_box(lats, lons, box)[0] != in_box(lats, lons, rest)[0]


def test_a_box_of_anything_like_numbers_is_one():
    """A list, text from a command line, NumPy's own."""
    assert checked_box(["1", "2", "3", "4"]) == (1, 2, 3, 4)
    assert checked_box(np.array([170, -5, -170, 5])) == (170, -5, -170, 5)


def test_a_moment_is_its_day():
    """A date with a time of day, of pandas for instance, is compared as a day."""
    day = as_date(datetime(2020, 9, 30, 7, 0, tzinfo=UTC))
    assert (type(day), day) == (date, date(2020, 9, 30))
    assert as_date("2020-09-30") == date(2020, 9, 30)
    assert as_date(None) is None
