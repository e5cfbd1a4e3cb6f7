"""What can be fetched is described whole."""

from __future__ import annotations

import pytest

from gazetteer.errors import (
    BadQueryError,
    FetchError,
    NotStoredError,
    RefusedError,
    UnreachableError,
    WrongContentError,
)
from gazetteer.fetch.catalogue import dataset, datasets


def test_every_dataset_says_where_from_and_how_to_credit_it():
    """Encrypted addresses, a licence, an attribution; names that stay in the folder."""
    assert list(datasets()) == ["geonames", "natural-earth", "ourairports", "wikidata-labels"]
    for held in datasets().values():
        assert held.base_url.startswith("https://")
        assert held.licence
        assert held.attribution
        for file in held.files:
            assert file.url(held.base_url).startswith(held.base_url)
            assert "/" not in file.name
            assert not file.name.startswith(".")
    assert "{folder}" in dataset("geonames").next


def test_an_unknown_dataset_is_named():
    """With those there are."""
    with pytest.raises(BadQueryError, match=r"'osm' is no dataset .*geonames"):
        dataset("osm")


def test_every_failure_is_one_family():
    """One except clause catches what fetching raises, and so does OSError."""
    for error in (UnreachableError, RefusedError, WrongContentError, NotStoredError):
        assert issubclass(error, FetchError)
    assert issubclass(FetchError, OSError)
