"""Curated areas are composed as their rows say, and a mistake in one is pointed at."""

from __future__ import annotations

import contextlib

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import BadQueryError, UnknownPlaceError
from gazetteer.area_expressions import compose, held_id
from gazetteer.sources.curated import read_curated

UNITS = {
    "iso:A": shapely.box(0, 0, 2, 2),
    "iso:B": shapely.box(1, 0, 3, 2),
    "iso:X-1": shapely.box(5, 5, 6, 6),
    "marine:Gulf of Gabès": shapely.box(8, 8, 9, 9),
}
# Natural Earth labels these straits and draws no outline: their rows add names to a point.
POINTS_ONLY = {"sea:luzon-strait", "sea:drake-passage"}
COMPOSED = [row for row in read_curated() if row.area and row.id not in POINTS_ONLY]


def area(expression):
    """Compose an expression of the units above."""
    return compose(expression, UNITS.__getitem__)


@pytest.mark.parametrize(
    ("expression", "bounds", "size"),
    [
        ("iso:A", (0, 0, 2, 2), 4),
        ("iso:A + iso:B", (0, 0, 3, 2), 6),
        ("iso:A+iso:B", (0, 0, 3, 2), 6),
        ("iso:A - iso:B", (0, 0, 1, 2), 2),
        ("iso:X-1", (5, 5, 6, 6), 1),  # a hyphen inside an id is no minus
        ("iso:A + iso:X-1 - iso:B", (0, 0, 6, 6), 3),  # from left to right
        ("marine:Gulf of Gabès + iso:A", (0, 0, 9, 9), 5),
        ("clip(iso:A + iso:B, 0, 0, 3, 1)", (0, 0, 3, 1), 3),
        ("iso:A - (iso:A - iso:B)", (1, 0, 2, 2), 2),
        ("box(1, 2, 3, 4)", (1, 2, 3, 4), 4),
        ("clip(clip(iso:A, 0, 0, 1, 2), 0, 0, 1, 1) + iso:X-1", (0, 0, 6, 6), 2),
    ],
)
def test_an_expression_is_read_from_left_to_right(expression, bounds, size):
    """Sums, differences, brackets and functions give the area that they say."""
    composed = area(expression)
    assert composed.bounds == bounds
    assert composed.area == pytest.approx(size)


def test_a_line_is_drawn_through_its_points():
    """Longitude comes first."""
    assert area("line(1 2, 3 4, 5 4)").equals(shapely.LineString([(1, 2), (3, 4), (5, 4)]))


def test_a_buffer_is_in_kilometres():
    """Around a point and around an area; 111.2 km are about a degree of latitude."""
    assert area("buffer(44 0, 111.2)").bounds == pytest.approx((43, -1, 45, 1), abs=0.02)
    west, south, east, north = area("buffer(iso:A, 11.12)").bounds
    assert (west, south, east, north) == pytest.approx((-0.1, -0.1, 2.1, 2.1), abs=0.01)


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("", 0),
        ("iso:A + ", 8),
        ("iso:A)", 5),
        ("(iso:A", 6),
        ("clip(iso:A, 1, 2, 3)", 12),
        ("clip(iso:A, 1, 2, 3, north)", 12),
        ("clip(iso:A, 1, 2, 3, 4", 12),
        ("clip(iso:A", 10),
        ("box(1, 2, 3)", 4),
        ("box(nan, 0, 1, 1)", 4),
        ("buffer(44 33)", 12),
        ("buffer(44 33, inf)", 14),
        ("line(1 2, 3)", 9),
        ("line(1 2)", 8),
        ("box(1,2,3,4) box(1,2,3,4)", 12),
        ("(" * 1000, 21),
    ],
)
def test_a_mistake_is_pointed_at(expression, position):
    """The error says what was expected at which character, in one line."""
    with pytest.raises(BadQueryError, match=rf"expected at character {position}\.$") as error:
        area(expression)
    assert "\n" not in str(error.value)


@given(
    st.lists(
        st.sampled_from(
            [
                "iso:A",
                "iso:B",
                " + ",
                " - ",
                "clip(",
                "buffer(",
                "box(",
                "line(",
                "(",
                ")",
                ",",
                " ",
                "1",
                "2 3",
                "-",
            ]
        )
    ).map("".join)
)
def test_any_expression_is_read_or_refused(expression):
    """Whatever is written in a row, nothing but the package's errors comes of it."""
    with contextlib.suppress(BadQueryError, KeyError):
        assert area(expression).is_valid


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("iso:UA-14", "iso:UA-14"),
        ("marine:Gulf of Gabès", "sea:gulf-of-gabes"),
        ("marine:Bay of Bengal", "sea:bay-of-bengal"),
        ("lake:1159126747", "ne:1159126747"),
        ("lake:lake-van", "lake:lake-van"),
        ("ne:SOL", "ne_a3:SOL"),
        ("ne:AZE-1735", "ne:AZE-1735"),
    ],
)
def test_units_are_held_under_one_id(written, held):
    """What a row calls a unit is found in the index."""
    assert held_id(written) == held


def test_a_unit_that_nobody_holds_is_named(gazetteer):
    """A row with a slip in an id does not become an empty area."""
    with pytest.raises(UnknownPlaceError, match="iso:QQ"):
        compose("iso:IL + iso:QQ", gazetteer.geometry)


@pytest.mark.slow
def test_every_curated_row_composes_to_a_valid_shape(gazetteer):
    """All areas and lines of the tables: valid, not empty, on the globe, around their point."""
    wrong = []
    for row in COMPOSED:
        place = gazetteer.get(row.id)
        shape = gazetteer.geometry(row.id)
        kinds = {part.geom_type for part in shapely.get_parts(shape)}
        drawn = row.area.startswith("line(")
        # The point of a country or division is its source's label point, which may lie at sea.
        labelled = row.id.startswith(("iso:", "ne:"))
        west, south, east, north = shape.bounds
        good = (
            shape.is_valid
            and not shape.is_empty
            and kinds <= ({"LineString"} if drawn else {"Polygon"})
            and (-180.01 <= west <= east <= 180.01 and -90 <= south <= north <= 90)
            and (labelled or shape.distance(shapely.Point(place.lon, place.lat)) < 0.3)
        )
        if not good:
            wrong.append((row.id, shape.geom_type, kinds, shape.bounds, (place.lon, place.lat)))
    assert not wrong
    assert len(COMPOSED) > 250
