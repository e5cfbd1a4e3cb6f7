"""Lines in, records out: same order, same count, whatever they hold."""

import io
import json
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.article import Article
from geoevents.errors import (
    BadRecordError,
    EmptyInputError,
    EncodingError,
    NotTextError,
    TooLargeError,
)
from geoevents.readers.jsonl import MAX_LINE_BYTES, Failure, Record, read_records, to_article
from geoevents.readers.text import MAX_ARTICLE_BYTES


def records(data):
    """Read records from bytes."""
    return list(read_records(io.BytesIO(data), name="a.jsonl", stem="a"))


def article(**values):
    """Return the article of one record."""
    record = Record("a.jsonl, line 1", "a:1", values)
    return to_article(record, lang=None, published=date(2000, 1, 1))


def test_lines_end_in_lf_crlf_or_begin_with_a_record_separator():
    """Line feeds, CRLF and RFC 8142 sequences are read alike; empty lines are no records."""
    data = b'\xef\xbb\xbf{"id":"1"}\r\n\n\x1e{"id":"2"}\n{"id":"3"}'
    assert [record.id for record in records(data)] == ["1", "2", "3"]


def test_a_bad_line_fails_alone():
    """Between good lines stands the failure, with the line's number."""
    good, bad, last = records(b'{"id":"1"}\n{broken\n{"id":"3"}\n')
    assert isinstance(good, Record)
    assert isinstance(last, Record)
    assert bad == Failure(
        "a:2",
        "a.jsonl, line 2: it is no JSON (Expecting property name enclosed in double quotes); "
        "write one object per line.",
        is_record=True,
    )


@pytest.mark.parametrize("line", [b"[1]", b"3", b'"x"', b"NaN", b"[" * 200_000, b"9" * 9999])
def test_json_that_is_no_object_fails(line):
    """Lists, numbers and bottomless nesting are failures, not crashes."""
    (failure,) = records(line)
    assert isinstance(failure, Failure)


def test_a_line_of_three_hundred_megabytes_is_skipped_without_being_held():
    """The next line is read, and memory stays far below the line's length."""

    class Endless(io.RawIOBase):
        left = 300_000_000

        def readable(self):
            return True

        def readinto(self, buffer):
            size = min(len(buffer), self.left)
            self.left -= size
            buffer[:size] = b"a" * size
            return size

    stream = io.BufferedReader(Endless())
    tracemalloc.start()
    try:
        (failure,) = list(read_records(stream, name="a.jsonl", stem="a"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "larger than 36 MB" in failure.error
    assert peak < 4 * MAX_LINE_BYTES


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b" \n\n", EmptyInputError),
        ('{"id":"1"}'.encode("utf-16"), EncodingError),
        (b"PK\x03\x04\x00\x00", NotTextError),
    ],
)
def test_a_stream_of_another_kind_fails_as_a_whole(data, error):
    """A zip file is not a thousand broken lines, and an empty one not a success."""
    with pytest.raises(error):
        records(data)


def test_unknown_keys_are_kept():
    """What we do not know is passed through, and the article keeps its own keys."""
    read = article(id="x", text="T", lang="ar", title="t", url="u", published="2020-09-30", foo=[1])
    assert read == Article("T", "x", "ar", date(2020, 9, 30), "t", "u", {"foo": [1]})


def test_what_a_record_does_not_state_comes_from_the_options():
    """The run's publication date stands in; a number is good as an id."""
    read = article(id=7, text="T", published=None)
    assert (read.id, read.published) == ("7", date(2000, 1, 1))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"id": "x"}, "'text' is missing"),
        ({"id": "x", "text": ["T"]}, "'text' is missing"),
        ({"id": "x", "text": " "}, "'text' is empty"),
        ({"id": "x", "text": "T", "published": "2020-13-01"}, "not a date as YYYY-MM-DD"),
        ({"id": "x", "text": "T", "published": 20200101}, "not a date as YYYY-MM-DD"),
        ({"id": "x", "text": "T", "lang": 5}, "'lang' is 5, not a string"),
    ],
)
def test_fields_that_do_not_fit_are_named(values, why):
    """The sentence names the line and the field."""
    with pytest.raises(BadRecordError, match=r"a\.jsonl, line 1") as error:
        article(**values)
    assert why in str(error.value)


def test_a_text_longer_than_any_article_is_refused():
    """The limit holds for lines as for files."""
    with pytest.raises(TooLargeError, match="larger than 2 MB"):
        article(id="x", text="a" * (MAX_ARTICLE_BYTES + 1))


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9)), min_size=1, max_size=6))
def test_as_many_records_come_out_as_went_in(values):
    """Any objects written one per line are read back in order."""
    data = "\n".join(json.dumps(value) for value in values).encode()
    assert [record.values for record in records(data)] == values


def test_numbers_beyond_all_bounds_fail():
    """What JSON cannot hold could not be passed through."""
    (failure,) = records(b'{"id": "1", "foo": 1e999}')
    assert "is too large a number" in failure.error


def test_deep_nesting_fails_and_keeps_its_id():
    """A hundred levels are read; more would stop whoever passes them on."""
    fine, deep = (b'{"id": "1", "foo": ' + b"[" * n + b"]" * n + b"}\n" for n in (99, 100))
    good, failure = records(fine + deep)
    assert isinstance(good, Record)
    assert (failure.id, "levels deep" in failure.error) == ("1", True)


@pytest.mark.parametrize("lang", ["ar", "en-GB", "zh_Hans", "UKR", "sr-Latn-RS"])
def test_language_codes_are_kept(lang):
    """As they are stated."""
    assert article(text="x", lang=lang).lang == lang


@pytest.mark.parametrize("lang", ["Arabic", "../ar", "/etc", "a", "en\0", "en\n", "ع"])
def test_what_is_no_language_code_is_refused(lang):
    """Words from outside are no names of files."""
    with pytest.raises(BadRecordError, match="not a language code"):
        article(text="x", lang=lang)
