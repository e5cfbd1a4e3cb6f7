"""Names that the sources give to the wrong place are taken off, and only those."""

from __future__ import annotations

import csv

import pytest

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_text, read_table
from gazetteer.sources.curated import wrong_names_file
from gazetteer.text.normalize import fold


def rows():
    """Return the table."""
    with wrong_names_file().open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def shipped():
    """Return the folded names of the listed places, as the sources have them."""
    places = decode_text(read_table(data_path("gazetteer", "places.npz"))["id"])
    listed = {row["id"] for row in rows()}
    row_of = {place: i for i, place in enumerate(places) if place in listed}
    names = read_table(data_path("gazetteer", "names.npz"))
    place_of = names["place"].tolist()
    texts = decode_text(names["text"])
    wanted = {row: place for place, row in row_of.items()}
    held: dict[str, set[str]] = {place: set() for place in row_of}
    for row, text in zip(place_of, texts, strict=True):
        if row in wanted:
            held[wanted[row]].add(fold(text))
    return held


def test_every_row_names_a_name_that_the_sources_have_and_says_why(shipped):
    """A row whose place or name is gone from the sources is to be deleted."""
    stale = [r for r in rows() if fold(r["name"]) not in shipped.get(r["id"], ())]
    assert not stale
    assert all(row["reason"] for row in rows())


def test_the_names_are_gone_from_the_gazetteer(gazetteer):
    """The place stays, with its other names."""
    for row in rows():
        names = gazetteer.get(row["id"]).names.values()
        folded = {fold(name) for texts in names for name in texts}
        assert fold(row["name"]) not in folded, row
        assert folded


def test_a_city_is_found_and_not_the_place_that_had_its_name(gazetteer):
    """GeoNames calls Nikopol also Sloviansk."""
    assert gazetteer.search("Slov'yansk", limit=1)[0].place.id == "geonames:693468"
