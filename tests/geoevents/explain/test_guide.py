"""What the guide to explaining shows is what happens."""

import doctest
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[3] / "docs" / "explaining.md"


def test_the_examples_of_the_guide_run():
    """Each of them, with the output that is printed there."""
    if not GUIDE.exists():
        pytest.skip("the guide is not part of this installation")
    result = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")
    assert result.attempted >= 10
    assert result.failed == 0
