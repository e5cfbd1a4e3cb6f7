"""What all tests share: the opened gazetteer."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer


@pytest.fixture(scope="session", autouse=True)
def _no_places_of_the_user(tmp_path_factory):
    """Keep the user's own places out of every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOEVENTS_PLACES", str(tmp_path_factory.mktemp("user") / "none.geojson"))
        yield


@pytest.fixture(scope="session")
def gazetteer():
    """Return the embedded gazetteer, from the cache that the environment names or the user's."""
    return Gazetteer.open()
