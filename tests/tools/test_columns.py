"""Do the shipped tables come back from disk as they were written?"""

from __future__ import annotations

import hashlib
import zipfile

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.sources.columns import (
    decode_labels,
    decode_polygons,
    decode_text,
    encode_labels,
    encode_polygons,
    encode_text,
    quantize,
    read_table,
    write_table,
)

texts = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))


@given(texts)
def test_any_strings_without_line_feeds_come_back(strings):
    """Every script, every control character and the empty string survive."""
    assert decode_text(encode_text(strings)) == strings


def test_a_column_of_one_empty_string_is_not_an_empty_column():
    """A single place without equivalents keeps its row."""
    assert decode_text(encode_text([""])) == [""]
    assert decode_text(encode_text([])) == []


def test_a_line_feed_in_a_string_is_refused_by_name():
    """It would shift every row after it."""
    with pytest.raises(ValueError, match=r"two\\nlines"):
        encode_text(["fine", "two\nlines"])


@given(texts)
def test_labels_come_back(values):
    """Codes and vocabulary give the column again."""
    assert decode_labels(*encode_labels(values)) == values


def test_labels_open_with_the_ones_asked_for_and_then_are_sorted():
    """Code 0 means "none" in every table that asks for it."""
    codes, vocabulary = encode_labels(["TR", "AZ"], first=[""])
    assert decode_text(vocabulary) == ["", "AZ", "TR"]
    assert codes.tolist() == [2, 1]


def test_more_than_256_labels_take_two_bytes():
    """The codes must not wrap around."""
    values = [f"{number:03}" for number in range(300)]
    codes, vocabulary = encode_labels(values)
    assert codes.dtype == np.uint16
    assert decode_labels(codes, vocabulary) == values


def test_polygons_with_holes_and_parts_come_back_on_the_grid():
    """Shells, holes and parts keep their places; vertices move by less than half a unit."""
    ring = shapely.box(44.00004, 39, 46, 41).difference(shapely.box(44.5, 39.5, 45, 40))
    both = shapely.MultiPolygon([ring, shapely.box(50, 40, 51, 41)])
    (decoded,) = decode_polygons(encode_polygons([both]))
    assert (
        decoded.normalize()
        == shapely.MultiPolygon(
            [
                shapely.box(44, 39, 46, 41).difference(shapely.box(44.5, 39.5, 45, 40)),
                shapely.box(50, 40, 51, 41),
            ]
        ).normalize()
    )


def test_neighbours_still_share_their_border_after_rounding():
    """Border zones are computed from the line that two countries have in common."""
    border = [(45.123456, 39.0), (45.234567, 39.345678), (45.111119, 40.0)]
    west = shapely.Polygon([(44, 39), *border, (44, 40)])
    east = shapely.Polygon([*border, (47, 40), (47, 39)])
    one, other = decode_polygons(encode_polygons([west, east]))
    shared = shapely.line_merge(shapely.intersection(one.boundary, other.boundary))
    assert shared.geom_type == "LineString"
    assert shared.bounds == (45.1111, 39.0, 45.2346, 40.0)
    assert shapely.intersection(one, other).area == 0


def test_a_polygon_that_rounding_would_break_comes_back_valid():
    """A channel narrower than the grid closes; the polygon must not touch itself along a line."""
    pinched = shapely.Polygon(
        [(0, 0), (1, 0), (1, 1), (0.50002, 1), (0.50002, 0.1), (0.50001, 0.1), (0.50001, 1), (0, 1)]
    )
    (decoded,) = decode_polygons(encode_polygons([pinched]))
    assert decoded.is_valid
    assert decoded.area == pytest.approx(1, abs=1e-3)


def test_parts_smaller_than_the_grid_vanish():
    """A speck of a few metres is no polygon any more; nothing invalid is left of it."""
    (left,) = quantize([shapely.box(0, 0, 1e-6, 1e-6)])
    assert left.is_empty


def test_single_polygons_can_be_read_alone():
    """Asking for some rows gives the same polygons as reading all."""
    boxes = [shapely.box(x, 0, x + 1, 1) for x in range(5)]
    columns = encode_polygons(boxes)
    picked = decode_polygons(columns, rows=np.array([3, 0]))
    assert [polygon.bounds[0] for polygon in picked] == [3, 0]
    assert picked[0] == decode_polygons(columns)[3]


def test_the_same_columns_give_the_same_bytes(tmp_path):
    """A rebuild of unchanged sources must not change the repository."""
    columns = {"text": encode_text(["باكو"] * 1000), "number": np.arange(1000, dtype=np.int32)}
    digests = set()
    for name in ("one.npz", "two.npz"):
        write_table(tmp_path / name, columns)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_a_table_opens_with_plain_numpy_and_without_pickle(tmp_path):
    """No class of ours, and no code, is needed or run to read it."""
    write_table(tmp_path / "table.npz", {"x": np.array([1, 2], dtype=np.int32)})
    with np.load(tmp_path / "table.npz", allow_pickle=False) as archive:
        assert archive["x"].tolist() == [1, 2]
    assert read_table(tmp_path / "table.npz")["x"].dtype == np.int32


def test_a_table_cut_short_is_named_in_the_error(tmp_path):
    """A broken download says which file it is, and is not a traceback of zipfile."""
    path = tmp_path / "places.npz"
    write_table(path, {"x": np.arange(10_000, dtype=np.int32)})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ValueError, match=r"places\.npz"):
        read_table(path)


def test_a_table_with_a_damaged_column_is_named_in_the_error(tmp_path):
    """A flipped byte inside the compressed data is found by the checksum."""
    path = tmp_path / "places.npz"
    write_table(path, {"x": np.arange(10_000, dtype=np.int32)})
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"places\.npz"):
        read_table(path)


def test_objects_are_never_written(tmp_path):
    """An array that would need pickling is refused when writing, not when reading."""
    with pytest.raises(ValueError, match="pickle"):
        write_table(tmp_path / "table.npz", {"x": np.array([{}], dtype=object)})
    with zipfile.ZipFile(tmp_path / "table.npz") as archive:
        assert archive.namelist() == []
