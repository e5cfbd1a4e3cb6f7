"""A toponym is read as it stands, or its line is refused with what is wrong."""

import pytest

from geoevents.errors import BadRecordError
from geoevents.evaluate import Toponym, read_toponyms
from geoevents.readers import Record


def read(**row):
    """Return the only toponym of a line."""
    span = {"start": 0, "end": 4}
    (toponym,) = read_toponyms(Record("gold.jsonl, line 7", "gold:7", {"toponyms": [span | row]}))
    return toponym


def test_what_is_stated_is_read():
    """Point, box, ids, form, score and p_place come as they are; unknown keys are left aside."""
    toponym = read(
        lat=40,
        lon=49.9,
        bbox=[49, 40, 50, 41],
        geonameid=587084,
        place_id="iso:AZ",
        form="name",
        score=0.5,
        p_place=1,
        colour="red",
    )
    assert toponym == Toponym(
        0,
        4,
        lat=40.0,
        lon=49.9,
        box=(49.0, 40.0, 50.0, 41.0),
        geonameid=587084,
        place_id="iso:AZ",
        form="name",
        score=0.5,
        p_place=1.0,
    )


def test_a_point_needs_both_coordinates():
    """Half a point is none."""
    assert read(lat=40.0).point is None
    assert read(lat=0, lon=0).point == (0, 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"start": 4}, "which is no span"),
        ({"start": -1}, "which is no span"),
        ({"start": True}, "which is no span"),
        ({"start": 0.0}, "which is no span"),
        ({"end": None}, "which is no span"),
        ({"lat": "40"}, "not a number"),
        ({"lat": True}, "not a number"),
        ({"lat": 91}, "outside -90 to 90"),
        ({"lon": -180.5}, "outside -180 to 180"),
        ({"lat": float("nan")}, "outside"),
        ({"lon": 10**400}, "outside"),
        ({"score": 1.01}, "outside 0 to 1"),
        ({"p_place": -0.1}, "outside 0 to 1"),
        ({"bbox": [1, 2, 3]}, "'bbox'"),
        ({"bbox": [1, 2, 3, 10**400]}, "'bbox'"),
        ({"bbox": "box"}, "'bbox'"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_line(row, words):
    """The sentence names the line and the value."""
    with pytest.raises(BadRecordError, match=r"gold\.jsonl, line 7: ") as caught:
        read(**row)
    assert words in str(caught.value)


@pytest.mark.parametrize("toponyms", [None, {}, "Baku", [3]])
def test_toponyms_are_a_list_of_objects(toponyms):
    """Anything else is refused."""
    with pytest.raises(BadRecordError, match="not a list of objects"):
        read_toponyms(Record("a.jsonl, line 1", "a:1", {"toponyms": toponyms}))
