"""Do the curated towns, villages, quarters and camps hold together, and lie where they should?

Each borrows the point of the nearest town or airfield that a package holds, and says how far off
it is. Names in other scripts are heard against the Latin ones of the same row.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
import shapely

from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, script_of
from gazetteer.transliteration import transliterator
from tests.gazetteer.curated_tables import (
    GEOD,
    Row,
    read_cells,
    read_lines,
    spelled,
    stray_letters,
    untidy,
)

if TYPE_CHECKING:
    from gazetteer import Gazetteer

COLUMNS = [
    "id", "kind", "country", "lat", "lon", "uncertainty_km", "point_from", "viewpoint", "checked",
    "note", "en", "ar", "he", "ru", "fa", "tr", "fr", "other",
]  # fmt: skip
LANGUAGES = COLUMNS[COLUMNS.index("en") : -1]
KINDS = frozenset({"town", "village", "district", "camp", "admin2", "island"})
ID = re.compile(r"locality:[a-z]{2}(-[a-z0-9]+)+")
POINT_FROM = re.compile(r"geonames:\d+|icao:[A-Z0-9]{4}|ourairports:[A-Z0-9-]+")
CHECKED = re.compile(r"unverified|(iso|ne):[A-Z0-9-]+")
BORROWED = re.compile(
    r"point of .+?; the place lies (?:about (\d+) km [\w-]+ of it|in or beside it)"
)
FARTHEST_KM = 70
UNVERIFIED_KM = 15.0
NEAR_KM = 12.0
ROUNDING_DEGREES = 0.00002
NATS_PER_LETTER = -3.0  # by which a name may fall short of a spelling, and be the same
ALIKE = 0.95


@dataclass(frozen=True)
class Locality(Row):
    """One line of the table."""

    @property
    def lon_lat(self) -> tuple[float, float]:
        """Longitude and latitude in degrees (EPSG:4326)."""
        return float(self.cells["lon"]), float(self.cells["lat"])


@cache
def rows() -> tuple[Locality, ...]:
    """Return every row of the table."""
    return tuple(map(Locality, read_cells("localities")))


def test_the_table_has_the_documented_columns_and_no_ragged_line() -> None:
    """Every line has exactly the columns the table's readers expect."""
    header, *lines = read_lines("localities")
    assert header == COLUMNS
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(COLUMNS)] == []


def test_ids_are_well_formed_unique_and_sorted() -> None:
    """Each place has a slug of its own behind its country's code."""
    counts = Counter(row.id for row in rows())
    assert [key for key, count in counts.items() if count > 1] == []
    assert [row.id for row in rows()] == sorted(row.id for row in rows())
    for row in rows():
        assert ID.fullmatch(row.id), row.id
        assert row.id[9:11].upper() == row.cells["country"], row.id


def test_cells_keep_their_forms() -> None:
    """Kinds are known; checks and sources are written as ids; text is composed."""
    for row in rows():
        assert row.cells["kind"] in KINDS, row.id
        assert row.cells["viewpoint"] == "neutral", row.id
        assert CHECKED.fullmatch(row.cells["checked"]), row.id
        assert POINT_FROM.fullmatch(row.cells["point_from"]), row.id
        assert untidy(row, LANGUAGES) == [], row.id


def test_names_are_written_in_their_language_s_script_and_once() -> None:
    """Letters of another script, or of another language of the same script, are a slip."""
    for row, lang, name in spelled(rows(), LANGUAGES):
        assert stray_letters(name, lang) == "", (row.id, lang, name)
        assert row.names(lang).count(name) == 1, (row.id, lang, name)


def test_the_radius_reaches_the_place() -> None:
    """A borrowed point tells how far the place is, and the radius is larger."""
    for row in rows():
        borrowed = BORROWED.fullmatch(row.cells["note"])
        assert borrowed, row.id
        distance = float(borrowed[1] or 0)
        assert distance <= FARTHEST_KM, row.id
        assert row.uncertainty_km > distance, row.id
        if row.cells["checked"] == "unverified":
            assert row.uncertainty_km >= UNVERIFIED_KM, row.id


def test_points_are_those_of_the_places_they_name(gazetteer: Gazetteer) -> None:
    """No coordinate was typed by hand: each is that of a held town or airfield."""
    for row in rows():
        source = gazetteer.get(row.cells["point_from"])
        assert source.source != "curated", row.id
        expected = pytest.approx((source.lon, source.lat), abs=ROUNDING_DEGREES)
        assert row.lon_lat == expected, row.id


def test_the_division_that_was_checked_holds_the_point(gazetteer: Gazetteer) -> None:
    """The division of a row is the one around its point, but for the thinning of coasts."""
    for row in rows():
        if row.cells["checked"] != "unverified":
            division, point = gazetteer.geometry(row.cells["checked"]), shapely.Point(row.lon_lat)
            way = shapely.shortest_line(division, point)
            assert float(GEOD.geometry_length(way)) / 1000 <= NEAR_KM, row.id


def test_a_place_lies_in_its_division(gazetteer: Gazetteer) -> None:
    """What was checked is what the place says of itself."""
    for row in rows():
        if row.cells["checked"].startswith("iso:") and row.cells["kind"] in {"town", "village"}:
            assert gazetteer.get(row.id).admin1 == row.cells["checked"], row.id


def test_names_sound_like_the_latin_ones() -> None:
    """A name in another script is the same name; the few that are not are translations."""
    heard = []
    for row in rows():
        latin = [fold(name) for lang in ("en", "fr", "tr") for name in row.names(lang)]
        for lang in ("ar", "he", "ru", "fa"):
            for name in row.names(lang):
                folded = fold(name)
                model = transliterator(str(script_of(folded)))
                alike = [one for one in latin if script_of(one) == LATIN]
                if model is None or not alike:
                    continue
                fit = float(model.shortfall(folded, alike).max())
                heard.append(fit > NATS_PER_LETTER * len(folded))
    assert sum(heard) / len(heard) > ALIKE


@pytest.mark.parametrize(
    ("text", "lang", "country", "name"),
    [
        ("قصفت المدفعية أطراف بلدة عيتا الشعب في جنوب لبنان.", "ar", "LB", "عيتا الشعب"),
        ("Rebels entered Mahagi in Ituri, north-eastern Congo.", "en", "CD", "Mahagi"),
        ("Des combats ont éclaté à Minova, au Sud-Kivu.", "fr", "CD", "Minova"),
    ],
)
def test_running_text_finds_them(
    gazetteer: Gazetteer, text: str, lang: str, country: str, name: str
) -> None:
    """A town that no package holds is found in a sentence, in its country."""
    found = {r.mention.text: r.place for r in gazetteer.geoparse(text, lang=lang)}
    place = found[name]
    assert place is not None
    assert (place.country, place.source) == (country, "curated")
