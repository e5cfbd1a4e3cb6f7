"""A CSV table is read row by row, and every row that cannot be used says why."""

import io

import pytest

from geoevents.errors import BadRecordError, EmptyInputError, EncodingError, NotTextError
from geoevents.readers.csv_table import read_table
from geoevents.readers.jsonl import Failure


def rows_of(data, **options):
    """Return the layout and the rows of a table."""
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    layout, rows = read_table(stream, name="t.csv", stem="t", needed="name", **options)
    return layout, list(rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_from_the_heading(delimiter):
    """Commas, semicolons and tabs."""
    layout, rows = rows_of(f"id{delimiter}name\r\n1{delimiter}Baku\r\n")
    assert (layout.columns, layout.delimiter) == (("id", "name"), delimiter)
    assert rows[0].values == {"id": "1", "name": "Baku"}


def test_known_columns_settle_the_delimiter():
    """A heading with a comma inside a cell is parted by what makes the names known."""
    layout, _ = rows_of("name;city, or town, or village;lang\n", known=["lang"])
    assert layout.delimiter == ";"


def test_rows_are_numbered_as_spreadsheets_do():
    """The heading is row 1; a cell with line breaks is one row; empty rows count, but are none."""
    _, rows = rows_of('name,n\n"a\nb",1\n,\n\nc,2\n')
    assert [(row.where, row.fallback_id) for row in rows] == [
        ("t.csv, row 2", "t:2"),
        ("t.csv, row 5", "t:5"),
    ]
    assert rows[0].values["name"] == "a\nb"


def test_short_rows_are_filled_and_long_ones_fail():
    """Cells that are missing are None, empty ones too many are dropped, others are told."""
    _, rows = rows_of("name,n\na\nb,1,,\nc,1,2\n")
    assert rows[0].values == {"name": "a", "n": None}
    assert rows[1].values == {"name": "b", "n": "1"}
    assert isinstance(rows[2], Failure)
    assert rows[2].values == {"name": "c", "n": "1"}


def test_a_row_that_is_no_csv_does_not_end_the_reading():
    """What stands behind a quote is told, the next row is read."""
    _, rows = rows_of('name\n"a"b\nc\n')
    assert "row 2: it is no CSV" in rows[0].error
    assert rows[1].values == {"name": "c"}


def test_a_byte_order_mark_is_noted_and_no_part_of_the_heading():
    """Spreadsheets write one."""
    layout, _ = rows_of("\ufeffname,n,,\n")
    assert (layout.columns, layout.has_mark) == (("name", "n"), True)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInputError),
        (b"\n\n", EmptyInputError),
        (b"nom\nBaku\n", BadRecordError),
        (b"name,name\n", BadRecordError),
        (b'"na"me\n', BadRecordError),
        (b"name\n\xe9\xe8\n", EncodingError),
        ("name\n".encode("utf-16"), EncodingError),
        (b"na\0me\n", NotTextError),
    ],
)
def test_what_is_no_table_of_names_is_an_error(data, error):
    """Of the whole file."""
    with pytest.raises(error, match=r"t\.csv"):
        rows_of(data)
