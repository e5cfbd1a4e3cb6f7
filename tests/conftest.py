"""What all tests share: the opened gazetteer."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer():
    """Return the embedded gazetteer, from the cache that the environment names or the user's."""
    return Gazetteer.open()
