"""A CSV table holds what the lines hold, and nothing in it runs."""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import OutputExistsError
from geoevents.writers.csv_table import cell, write_csv


def test_columns_come_in_order_and_the_last_last(tmp_path):
    """Those of all lines as they come, then those that are always there."""
    lines = [{"b": 1, "x": 2}, {"a": None, "x": 3.5}, {"c": True}]
    write_csv(tmp_path / "t.csv", lines, last=("x", "error"))
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == (
        "b,a,c,x,error\n1,,,2,\n,,,3.5,\n,,true,,\n"
    )


def test_a_file_that_exists_is_kept(tmp_path):
    """Unless it may be replaced."""
    (tmp_path / "t.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExistsError):
        write_csv(tmp_path / "t.csv", [], last=("x",))
    write_csv(tmp_path / "t.csv", [], last=("x",), overwrite=True)
    assert (tmp_path / "t.csv").read_text(encoding="utf-8") == "x\n"


def test_nothing_is_written_when_a_line_fails(tmp_path):
    """Whole or not at all."""

    def lines():
        yield {"a": 1}
        raise RuntimeError

    for columns in (None, ["a"]):
        with pytest.raises(RuntimeError):
            write_csv(tmp_path / "t.csv", lines(), last=(), columns=columns)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", ["-5", "+5.2", "-1,5", "-1e-3", "- 5", "-5 km", "+994 12"])
def test_numbers_are_no_formulas(number):
    """Only what is a number through and through stays bare."""
    bare = number in {"-5", "+5.2", "-1,5", "-1e-3"}
    assert cell(number) == (number if bare else f"'{number}")


@given(st.lists(st.text(), min_size=1))
def test_no_text_runs_and_none_is_lost(texts):
    """Whatever is written is read back, but for an apostrophe before what a spreadsheet runs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        columns = [str(i) for i in range(len(texts))]
        write_csv(path, [dict(zip(columns, texts, strict=True))], last=(), columns=columns)
        with path.open(encoding="utf-8", newline="") as stream:
            _, read = csv.reader(stream)
    assert read == [cell(text) for text in texts]
    assert not any(text[:1] in set("=@\t\r\n") for text in read)
