"""An answer is judged by distance, by gold's box and by gold's outline."""

import json

import pytest

from geoevents.errors import BadRecordError, InputNotFoundError, InputNotReadableError
from geoevents.evaluate import FileOutlines, GazetteerOutlines, Toponym, judge, no_outlines

BAKU = {"lat": 40.3777, "lon": 49.892}


def at(lat, lon, **keys):
    """Return a toponym at a point."""
    return Toponym(0, 4, lat=lat, lon=lon, **keys)


def test_no_verdict_without_two_points():
    """What has no coordinates is neither right nor wrong."""
    assert judge(Toponym(0, 4), at(1.0, 2.0), no_outlines) is None
    assert judge(at(1.0, 2.0), Toponym(0, 4), no_outlines) is None


def test_one_hundred_miles_are_right():
    """A degree of latitude is 111 km on the sphere: 1.44 are within 161 km, 1.46 are not."""
    near = judge(at(0.0, 0.0), at(1.44, 0.0), no_outlines)
    far = judge(at(0.0, 0.0), at(1.46, 0.0), no_outlines)
    assert (round(near.km, 1), near.is_hit, far.is_hit) == (160.1, True, False)
    assert not far.is_right


def test_a_box_may_cross_the_date_line():
    """From 170 to -170 degrees is twenty degrees wide, not 340."""
    fiji = at(-17.0, 178.0, box=(170.0, -25.0, -170.0, -10.0))
    assert judge(fiji, at(-20.0, -175.0), no_outlines).in_box
    assert not judge(fiji, at(-20.0, 0.0), no_outlines).in_box
    assert not judge(fiji, at(-30.0, 175.0), no_outlines).in_box


@pytest.mark.parametrize("keys", [{"place_id": "iso:RU"}, {"geonameid": 2017370}])
def test_an_answer_inside_the_named_country_is_right(gazetteer, keys):
    """Moscow answers "Russia", whose point lies in Siberia; Helsinki does not."""
    outlines = GazetteerOutlines(lambda: gazetteer)
    russia = at(61.98, 96.69, **keys)
    inside = judge(russia, at(55.75, 37.62), outlines)
    outside = judge(russia, at(60.17, 24.94), outlines)
    assert (inside.is_hit, inside.in_area, inside.is_right) == (False, True, True)
    assert (outside.in_area, outside.is_right) == (False, False)


def test_a_place_that_is_unknown_or_a_point_has_no_outline(gazetteer):
    """Then distance alone decides."""
    outlines = GazetteerOutlines(lambda: gazetteer)
    for keys in ({"place_id": "xx:none"}, {"place_id": "geonames:587084"}, {"geonameid": 10**15}):
        assert outlines(at(40.0, 49.0, **keys)) is None


def test_the_gazetteer_is_opened_only_when_gold_names_a_place(gazetteer):
    """And then once."""
    opened = []

    def open_gazetteer():
        opened.append(1)
        return gazetteer

    outlines = GazetteerOutlines(open_gazetteer)
    outlines(at(1.0, 2.0))
    assert opened == []
    outlines(at(1.0, 2.0, place_id="iso:AZ"))
    outlines(at(1.0, 2.0, place_id="iso:GE"))
    assert opened == [1]


def test_outlines_of_a_file_are_found_by_area(tmp_path):
    """An area of two rings holds the points of both and none between."""
    path = tmp_path / "areas.json"
    squares = [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]] for x in (0, 5)]
    path.write_text(json.dumps({"two": squares}), encoding="utf-8")
    outlines = FileOutlines(path)
    two = at(50.0, 100.0, area="two")
    inside = [judge(two, at(0.5, lon), outlines).in_area for lon in (0.5, 3.0, 5.5)]
    assert inside == [True, False, True]
    assert outlines(at(0.0, 0.0, area="other")) is None


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, InputNotFoundError),
        ("{", InputNotReadableError),
        ("[]", BadRecordError),
        ('{"a": [[[0, 0], [1, 1]]]}', BadRecordError),
        ('{"a": [[[0, 0], [1, 1], [2, "x"], [0, 0]]]}', BadRecordError),
    ],
)
def test_a_file_that_holds_no_outlines_says_so(tmp_path, content, error):
    """In one sentence that names the file."""
    path = tmp_path / "areas.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=r"areas\.json"):
        FileOutlines(path)
