"""No text from outside can become code, whatever it is, and packing gives it back unchanged."""

import base64
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps import island


@given(st.text())
def test_the_island_gives_back_every_text_and_no_markup(text: str) -> None:
    """Any text survives the journey, and none of it can close the element it stands in."""
    written = island.island({"text": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["text"] == text


@given(st.text())
def test_packed_text_is_letters_and_digits_only(text: str) -> None:
    """Nothing of a packed element means anything to a browser, and it unpacks to the text."""
    written = island.packed({"text": text})
    assert written.isascii()
    assert not set(written) - set(base64.b64encode(bytes(range(256))).decode() + "+/=")
    assert json.loads(gzip.decompress(base64.b64decode(written)))["text"] == text


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    """It has no UTF-8 and would make the file unwritable."""
    assert json.loads(island.island({"text": "a\ud800b"}))["text"] == "a\ufffdb"
    packed = base64.b64decode(island.packed({"text": "a\ud800b"}))
    assert json.loads(gzip.decompress(packed))["text"] == "a\ufffdb"


def test_packing_is_the_same_at_any_time() -> None:
    """The gzip header holds no time of day: its four bytes are empty."""
    packed = base64.b64decode(island.packed({"a": 1}))
    assert packed[4:8] == bytes(4)


def test_lines_keep_their_order() -> None:
    """Several are packed at a time, and come out as they went in."""
    contents = [{"number": number} for number in range(50)]
    assert island.packed_lines(contents) == [island.packed(one) for one in contents]


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.org/a", "example.org"),
        ("https://EXAMPLE.org:8080/a?b", "example.org"),
        ("http://user@news.example.org", "news.example.org"),
        ("https://مثال.example/أ", "مثال.example"),
    ],
)
def test_a_site_is_the_address_without_what_varies(url: str, site: str) -> None:
    """Port, user, path and www are no part of it."""
    assert island.safe_url(url) == url
    assert island.host(url) == site
