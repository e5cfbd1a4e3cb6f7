"""What the tests of grouping share."""

import pytest

from .made import Newsroom


@pytest.fixture
def newsroom():
    """Return a newsroom."""
    return Newsroom()
