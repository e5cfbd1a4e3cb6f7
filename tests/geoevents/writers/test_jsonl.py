"""A line of JSON stays one line, whatever its texts hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.writers import encode_line, write_lines


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\n", "\r", "\x0b", "\x0c", "\x1e"])
def test_what_ends_lines_elsewhere_is_escaped(end):
    """Readers that break at every Unicode line end see one line, and the same text."""
    line = {"text": f"before{end}after", f"key{end}": "باكو"}
    written = encode_line(line).decode("utf-8")
    assert written.splitlines() == [written.removesuffix("\n")]
    assert json.loads(written) == line
    assert "باكو" in written


def test_a_backslash_before_a_line_end_stays_a_backslash():
    """The escape does not join with what stands before it."""
    line = {"text": "\\\u2028\\u2028"}
    assert encode_line(line) == b'{"text": "\\\\\\u2028\\\\u2028"}\n'
    assert json.loads(encode_line(line)) == line


@given(st.text(st.characters(categories=("L", "Z", "C"))))
def test_any_text_is_one_line_and_comes_back(text):
    """Separators, controls and lone surrogates included."""
    written = encode_line({"text": text})
    assert len(written.decode("utf-8").splitlines()) == 1
    assert json.loads(written) == {"text": text}


def test_a_file_has_as_many_lines_as_were_written(tmp_path):
    """Text mode, with its universal line ends, reads the records back one by one."""
    lines = [{"id": str(n), "text": "one\u2028two\u2029three\x85four"} for n in range(3)]
    write_lines(tmp_path / "a.jsonl", lines)
    read = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in read] == lines
