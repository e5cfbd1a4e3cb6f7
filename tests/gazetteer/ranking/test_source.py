"""The address of a text tells where it was published, as far as it names a place."""

from __future__ import annotations

import pytest

from gazetteer.rank import read_source


@pytest.fixture(scope="module")
def store(gazetteer):
    """Return the opened index."""
    return gazetteer._store


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.example.co.uk/news/1", "GB"),
        ("http://example.com.lb", "LB"),
        ("example.ru/a?b=c", "RU"),
        ("https://example.tv/x", None),
        ("https://example.com/uk", None),
    ],
)
def test_a_countrys_domain_tells_the_country(store, url, country):
    """Domains that are sold to everybody tell none."""
    source = read_source(store, url)
    assert (store.countries[source.country] or None) == country


@pytest.mark.parametrize(
    ("url", "place_id"),
    [
        ("https://www.miamiherald.com/a", "geonames:4164138"),
        ("http://thebaltimoresun.com", "geonames:4347778"),
        ("https://kansascity.com", "geonames:4393217"),
    ],
)
def test_a_name_in_the_domain_tells_the_place(store, url, place_id):
    """Written together, and behind an article."""
    source = read_source(store, url)
    assert store.row(place_id) in source.rows


@pytest.mark.parametrize(
    "url", [None, "", "localhost", "http://", "http://[::1", "..", "a..b", "\ud800", "x" * 100_000]
)
def test_what_is_no_address_tells_nothing(store, url):
    """Nothing is raised, whatever stands there."""
    assert read_source(store, url) is None


def test_a_name_that_the_domain_holds(store):
    """Short words are in many domains by chance."""
    source = read_source(store, "https://www.parisbeacon.com")
    assert source.names("Paris")
    assert source.names("PARIS")
    assert not source.names("Bea")
    assert not source.names("Berlin")
