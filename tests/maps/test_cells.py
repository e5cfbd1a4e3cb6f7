"""A column is read once per value, and gives what reading cell by cell would."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maps import cells, errors

TEXTS = st.lists(st.one_of(st.none(), st.text()))


def read(values: object, dtype: str) -> list[object]:
    """Return a column's cells as read."""
    return cells.read(pd.Series(values), name="column", dtype=dtype).cut()


@given(TEXTS)
def test_texts_come_back_as_they_are(values: list[str | None]) -> None:
    """Whatever is in them, and however often."""
    assert cells.read(pd.Series(values, dtype=object), name="c", dtype="string").cut() == values


@settings(deadline=None)
@given(
    st.lists(TEXTS.filter(bool), min_size=2, max_size=2).filter(
        lambda two: len(two[0]) == len(two[1])
    )
)
def test_columns_side_by_side_are_pairs(two: list[list[str | None]]) -> None:
    """A row of both is the pair of its cells, and equal pairs are one value."""
    columns = [cells.read(pd.Series(one, dtype=object), name="c", dtype="string") for one in two]
    both = cells.together(*columns)
    assert both.cut() == list(zip(*two, strict=True))
    assert len(set(both.values)) == len(both.values)


@pytest.mark.parametrize(
    "values",
    [
        pd.Series(["b", None, "a", "b"], dtype="category"),
        pd.Series(["b", None, "a", "b"], dtype="string"),
        pd.Series(["b", float("nan"), "a", "b"], dtype=object),
        pd.Series(["b", pd.NA, "a", "b"], dtype=object),
    ],
)
def test_texts_are_read_alike_however_they_are_held(values: "pd.Series[str]") -> None:
    """Categories, strings and objects, and every word for nothing."""
    assert read(values, "string") == ["b", None, "a", "b"]


def test_texts_that_python_holds_equal_stay_apart() -> None:
    """1, 1.0 and True have one hash and three names."""
    assert read([1, 1.0, True, "1"], "string") == ["1", "1.0", "True", "1"]


@pytest.mark.parametrize(
    ("values", "dtype", "there"),
    [
        ([1, 2], "float", [1.0, 2.0]),
        ([np.inf, 0.5, None], "float", [None, 0.5, None]),
        (["0.5", Decimal("0.25")], "float", [0.5, 0.25]),
        (pd.Series([3, None], dtype="Int64"), "int", [3, None]),
        (["[1]", " ", [1], None], "json", [[1], None, [1], None]),
        (
            [dt.date(2020, 9, 24), dt.datetime(2020, 9, 24, 5, tzinfo=dt.UTC)],
            "date",
            ["2020-09-24"] * 2,
        ),
        (pd.to_datetime(["2020-09-24T23:30+03:00"]), "date", ["2020-09-24"]),
        (
            ["2016", "2020-09", "0800-01-01", ""],
            "datetime",
            ["2016", "2020-09", "0800-01-01", None],
        ),
        ([2016, 2016.0, np.int32(2016)], "datetime", ["2016"] * 3),
    ],
)
def test_values_are_plain(values: object, dtype: str, there: list[object]) -> None:
    """Numbers, JSON and times become Python's own, whichever way they were held."""
    assert read(values, dtype) == there


@pytest.mark.parametrize(
    ("values", "dtype", "row"),
    [
        (["2020-09-24", "2020-13-01"], "datetime", 1),
        (["now"], "datetime", 0),
        (["12:30"], "datetime", 0),
        ([12], "datetime", 0),
        ([True], "datetime", 0),
        (["1", "2", "x", "y"], "int", 2),
        ([1.0, 2.5], "int", 1),
        ([{"a": 1}, "[" * 100_000], "json", 1),
    ],
)
def test_the_first_cell_that_does_not_fit_is_named(values: object, dtype: str, row: int) -> None:
    """Also one that another day would read otherwise, and one nested too deeply."""
    with pytest.raises(errors.BadValueError, match=f"row {row}"):
        read(values, dtype)
