"""Bytes become text, or one sentence says why not."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import EmptyInputError, EncodingError, NotTextError, TooLargeError
from geoevents.readers.text import MAX_ARTICLE_BYTES, decode, without_surrogates

ARABIC = "هبطت طائرة شحن في قاعدة في جنوب البلاد أمس، وحملت شحنة أمنية إلى باكو."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding):
    """UTF-8 with or without mark, UTF-16 and UTF-32 with one are read alike."""
    assert decode(ARABIC.encode(encoding), name="a.txt") == ARABIC


def test_line_ends_become_lf():
    """CRLF and CR are written as LF."""
    assert decode(b"a\r\nb\rc", name="a.txt") == "a\nb\nc"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf\n"])
def test_nothing_but_white_space_is_empty(data):
    """An empty file is named as such."""
    with pytest.raises(EmptyInputError, match=r"'a\.txt' holds no text"):
        decode(data, name="a.txt")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(1, 32)) * 9])
def test_binary_files_are_named_as_such(data):
    """A picture is no article."""
    with pytest.raises(NotTextError, match="binary"):
        decode(data, name="a.txt")


def test_another_encoding_is_named_with_the_way_to_convert_it():
    """windows-1256 is recognised, not read as rubbish."""
    with pytest.raises(EncodingError, match="iconv -f windows-1256 -t UTF-8"):
        decode(ARABIC.encode("windows-1256"), name="a.txt")


def test_a_declared_encoding_is_believed():
    """What a page declares is used where it is not UTF-8."""
    data = ARABIC.encode("windows-1256")
    assert decode(data, name="a.html", declared="windows-1256") == ARABIC


def test_a_declared_encoding_that_does_not_exist_is_an_error():
    """A page may declare anything; it must not raise anything."""
    with pytest.raises(EncodingError):
        decode(ARABIC.encode("windows-1256"), name="a.html", declared="klingon-8")


def test_fifty_megabytes_of_one_line_are_too_large():
    """The limit is told in the sentence."""
    with pytest.raises(TooLargeError, match="larger than 2 MB"):
        decode(b"a" * (MAX_ARTICLE_BYTES + 1), name="a.txt")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data):
    """Whatever the bytes, there is text or one of our errors."""
    with contextlib.suppress(EmptyInputError, EncodingError, NotTextError):
        assert decode(data, name="x").strip()


def test_lone_surrogates_keep_their_width():
    """Offsets do not move when half a character is replaced."""
    assert without_surrogates("a\ud800b\udfffc") == "a\ufffdb\ufffdc"
