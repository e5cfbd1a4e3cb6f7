"""Short ways to say what a test of the gazetteer asks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import gazetteer as package


@pytest.fixture(scope="session")
def environment():
    """Return an environment in which a process of its own finds the package under test."""
    return os.environ | {"PYTHONPATH": str(Path(package.__file__).parents[1])}


@pytest.fixture(scope="session")
def read(gazetteer):
    """Return a function: the mentions of a text as (words, form, place id)."""

    def read(text, *, forms=None, lang=None):
        return [
            (r.mention.text, r.mention.form, r.place.id if r.place else None)
            for r in gazetteer.geoparse(text, lang=lang)
            if forms is None or r.mention.form in forms
        ]

    return read
