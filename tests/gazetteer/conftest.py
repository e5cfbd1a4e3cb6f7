"""Short ways to say what a test of the gazetteer asks."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import shapely

import gazetteer as package
from gazetteer import Gazetteer
from gazetteer.index.build import build_index
from gazetteer.index.draft import Draft, NameDraft, PlaceDraft
from gazetteer.sources.columns import encode_polygons

_NOWHERE = shapely.box(-179.9, -89.9, -179.8, -89.8)


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


def draft_of(*places, areas=()):
    """Return a draft of a few places.

    Each is a dict: ``id``, ``kind``, ``at`` (latitude, longitude), ``names`` by language, and as
    needed ``country``, ``admin1`` (an id), ``population``, ``equivalents``, ``radius_km``,
    ``codes``, ``details``. ``areas`` are pairs of an id and a polygon.
    """
    row_of = {place["id"]: row for row, place in enumerate(places)}
    named = [
        (row, lang, kind, text)
        for row, place in enumerate(places)
        for kind, names in (("short", place["names"]), ("code", {"und": place.get("codes", ())}))
        for lang, texts in names.items()
        for text in texts
    ]
    columns = [list(column) for column in zip(*named, strict=True)]
    shapes = [shape for _, shape in areas] or [_NOWHERE]
    rows = [row_of[place_id] for place_id, _ in areas] or [0]
    return Draft(
        PlaceDraft(
            id=list(row_of),
            kind=[place["kind"] for place in places],
            country=[place.get("country", "") for place in places],
            admin1=[row_of.get(place.get("admin1"), -1) for place in places],
            lat_e5=[round(place["at"][0] * 1e5) for place in places],
            lon_e5=[round(place["at"][1] * 1e5) for place in places],
            population=[place.get("population", 0) for place in places],
            source=["test" for _ in places],
            equivalents=[place.get("equivalents", "") for place in places],
            uncertainty_km=[place.get("radius_km", 3.0) for place in places],
            details={row: p["details"] for row, p in enumerate(places) if "details" in p},
        ),
        NameDraft(*columns),
        encode_polygons(shapes) | {"place": np.array(rows, dtype=np.int32)},
    )


@pytest.fixture(scope="session")
def draft():
    """Return :func:`draft_of`."""
    return draft_of


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Return a function that opens a gazetteer of a few places, see :func:`draft_of`."""

    def small(*places, areas=()):
        folder = tmp_path_factory.mktemp("small") / "index"
        return Gazetteer.open(build_index(folder, draft=draft_of(*places, areas=areas)))

    return small
