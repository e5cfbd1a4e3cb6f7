"""Do the curated mountains, deserts, valleys and islands hold together, and lie where they should?

The structure and the areas are checked against the gazetteer; points and vertices are compared
with the packages they were copied from when ``GEOEVENTS_SOURCES`` names the folder that holds
them, unpacked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
import shapely

from tests.gazetteer.curated_tables import (
    GEOD,
    Packages,
    Row,
    packages_folder,
    read_cells,
    read_lines,
    spelled,
    stray_letters,
    untidy,
)

if TYPE_CHECKING:
    from gazetteer import Gazetteer

COLUMNS = [
    "id", "kind", "country", "area", "lat", "lon", "uncertainty_km", "point_from", "viewpoint",
    "checked", "note", "en", "ar", "he", "ru", "fa", "tr", "fr", "zh", "other",
]  # fmt: skip
LANGUAGES = COLUMNS[COLUMNS.index("en") : -1]
KINDS = frozenset({
    "mountains", "mountain", "pass", "desert", "plateau", "plain", "valley", "gorge", "wetland",
    "forest", "park", "oasis", "peninsula", "corridor", "region", "island", "islands", "river",
    "lake", "reservoir", "bay", "historical",
})  # fmt: skip
NEW_ID = re.compile(r"(terrain|island):[a-z0-9]+(-[a-z0-9]+)*")
HELD_ID = re.compile(r"(iso|ne|geonames):[\w-]+")
SOURCE_ID = re.compile(r"(geonames:\d+|icao:[A-Z0-9]{4}|ourairports:[A-Z0-9-]+)")
CHECKED = re.compile(r"unverified|((geonames|iso|ne):[\w-]+)(\|(geonames|iso|ne):[\w-]+)*")
VERTEX = re.compile(r"(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
BORROWED = re.compile(
    r"point of .+?; the place lies (?:about (\d+) km [\w-]+ of it|in or beside it)"
)
BAND = re.compile(r"buffer\(line\((.+)\), (\d+)\)")
# Bare, these are words of the language, surnames, companies or another place (a lamp, the atlas,
# firmly, its fate, shelter, they are, the secret, the thousands, fentanyl): such a name stands
# with a generic word only.
ORDINARY_WORDS = frozenset({
    "قنديل", "الأطلس", "متينا", "مصيرة", "بوبيان", "وربة", "نهم", "كتاف", "الباطن", "البرانس",
    "إلبروس", "ماوي", "آند", "اتنا", "آردن", "سوات", "قندیل", "הסוד", "לרוס", "פנטנל", "הערבה",
    "ולעם", "האלפים", "Kandil", "Gara", "Mora", "Горе", "Тар", "Нур", "Аир", "Фуэго", "Aïr",
    "Taurus", "Giglio", "Mayon",
})  # fmt: skip
# A town may miss a simplified coast or the edge of a band by this much.
NEAR_KM = 12.0
UNVERIFIED_KM = 15.0
ROUNDING_DEGREES = 0.00002


@dataclass(frozen=True)
class Place(Row):
    """One line of the table."""

    @property
    def adds_names_only(self) -> bool:
        """Whether the gazetteer holds the place already."""
        return not self.cells["kind"]

    @property
    def points_from(self) -> list[str]:
        """Ids of the towns and airfields that the row's coordinates are copied from."""
        return [part for part in self.cells["point_from"].split("|") if part]

    @property
    def checks(self) -> list[str]:
        """Ids that agree with the row."""
        checked = self.cells["checked"]
        return [] if checked in {"", "unverified"} else checked.split("|")

    @property
    def lon_lats(self) -> list[tuple[float, float]]:
        """The point, or the vertices of the line, in degrees (EPSG:4326)."""
        if not self.cells["area"]:
            return [(float(self.cells["lon"]), float(self.cells["lat"]))]
        band = BAND.fullmatch(self.cells["area"])
        return [(float(x), float(y)) for x, y in VERTEX.findall(band[1])] if band else []


@cache
def rows() -> tuple[Place, ...]:
    """Return every row of the table."""
    return tuple(map(Place, read_cells("terrain")))


def new_places() -> list[Place]:
    """Return the rows that describe a place, not only its names."""
    return [row for row in rows() if not row.adds_names_only]


def km_to(shape: shapely.Geometry, lon: float, lat: float) -> float:
    """Return the distance in km of a point (degrees) from an area; 0 inside it."""
    point = shapely.Point(lon, lat)
    if shape.covers(point):
        return 0.0
    return float(GEOD.geometry_length(shapely.shortest_line(shape, point))) / 1000


@pytest.fixture(scope="module")
def sources() -> Packages:
    """Return the unpacked packages, where they are at hand."""
    return Packages(packages_folder())


def test_the_table_has_the_documented_columns_and_no_ragged_line() -> None:
    """Every line has exactly the columns the table's readers expect."""
    header, *lines = read_lines("terrain")
    assert header == COLUMNS
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(COLUMNS)] == []
    assert len(lines) >= 400


def test_ids_are_well_formed_and_unique() -> None:
    """A row is a new place with a slug of its own, or the id of one that the gazetteer holds."""
    counts = Counter(row.id for row in rows())
    assert [key for key, count in counts.items() if count > 1] == []
    for row in rows():
        pattern = HELD_ID if row.adds_names_only else NEW_ID
        assert pattern.fullmatch(row.id), row.id


def test_rows_are_sorted_by_kind_and_id() -> None:
    """Rows stand in one order, so that two edits do not shuffle the file."""
    keys = [(row.cells["kind"], row.id) for row in rows()]
    assert keys == sorted(keys)


def test_kinds_and_cells_keep_their_forms() -> None:
    """Kinds are known; checks, sources and countries are written as codes."""
    for row in new_places():
        assert row.cells["kind"] in KINDS, row.id
        assert re.fullmatch(r"([A-Z]{2})?", row.cells["country"]), row.id
        assert row.cells["viewpoint"] == "neutral", row.id
        assert CHECKED.fullmatch(row.cells["checked"]), row.id
        assert all(SOURCE_ID.fullmatch(part) for part in row.points_from), row.id


def test_a_row_that_only_adds_names_leaves_the_place_alone() -> None:
    """Point, area, radius and check of a held place stay the gazetteer's."""
    left = ("area", "lat", "lon", "uncertainty_km", "point_from", "viewpoint", "checked")
    for row in rows():
        if row.adds_names_only:
            assert [row.cells[column] for column in left] == [""] * len(left), row.id


def test_text_is_composed_and_free_of_stray_blanks() -> None:
    """Cells are NFC, without blanks at their ends and without empty variants."""
    for row in rows():
        assert untidy(row, LANGUAGES) == [], row.id


def test_every_place_has_an_english_name_and_no_name_twice() -> None:
    """The display name falls back on English; a name stands once in its cell."""
    assert [row.id for row in rows() if not row.names("en")] == []
    for row in rows():
        for lang in LANGUAGES:
            assert len(set(row.names(lang))) == len(row.names(lang)), (row.id, lang)


def test_names_are_written_in_their_language_s_script() -> None:
    """Letters of another script, or of another language of the same script, are a slip."""
    for row, lang, name in spelled(rows(), LANGUAGES):
        assert stray_letters(name, lang, has_codes=True) == "", (row.id, lang, name)


def test_ordinary_words_never_stand_bare() -> None:
    """A place called as a common word is named with its generic word only."""
    names = spelled(rows(), LANGUAGES)
    assert [(row.id, name) for row, _, name in names if name in ORDINARY_WORDS] == []


def test_a_row_is_an_area_or_a_point() -> None:
    """Coordinates are empty where an area gives them, and a point names where it is from."""
    for row in new_places():
        point = (row.cells["lat"], row.cells["lon"])
        if row.cells["area"]:
            assert point == ("", ""), row.id
        else:
            assert all(point), row.id
            assert len(row.points_from) == 1, row.id


def test_the_radius_reaches_the_place() -> None:
    """A borrowed point tells how far the place is, and the radius is larger; more so unchecked."""
    for row in new_places():
        borrowed = BORROWED.match(row.cells["note"])
        assert bool(borrowed) == (not row.cells["area"]), row.id
        if borrowed:
            factor = 1.0 if row.checks else 1.5
            assert row.uncertainty_km >= factor * float(borrowed[1] or 0), row.id
            assert row.checks or row.uncertainty_km >= UNVERIFIED_KM, row.id


def test_what_was_set_from_memory_says_so() -> None:
    """Widths of bands and limits of boxes are owned up to in the note."""
    for row in new_places():
        if re.search(r"buffer\(|clip\(", row.cells["area"]):
            assert "from memory" in row.cells["note"], row.id


@pytest.mark.parametrize(
    ("place_id", "lang", "name"),
    [
        ("terrain:zagros-mountains", "fa", "زاگرس"),
        ("terrain:qandil-mountains", "ar", "جبال قنديل"),
        ("terrain:qalamoun-mountains", "ar", "القلمون"),
        ("terrain:mount-hermon", "he", "החרמון"),
        ("terrain:mount-hermon", "ar", "جبل الشيخ"),
        ("terrain:hindu-kush", "ru", "Гиндукуш"),
        ("terrain:jebel-marra", "ar", "جبل مرة"),
        ("terrain:carpathians", "fr", "Carpates"),
        ("terrain:mount-ararat", "tr", "Ağrı Dağı"),
        ("terrain:tora-bora", "en", "Tora Bora"),
        ("island:snake-island", "ru", "остров Змеиный"),
        ("island:lesbos", "tr", "Midilli Adası"),
    ],
)
def test_names_the_news_uses_are_held(place_id: str, lang: str, name: str) -> None:
    """Terrain that news names again and again is found by the name its readers see."""
    (row,) = [row for row in rows() if row.id == place_id]
    assert name in row.names(lang)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Turkish jets struck targets in the Qandil Mountains.", "terrain:qandil-mountains"),
        ("قصفت الطائرات مواقع في جبال القلمون", "terrain:qalamoun-mountains"),
        ("صاروخ أطلق باتجاه جبل الشيخ", "terrain:mount-hermon"),
        ("Лавина сошла на Эльбрусе, в Карпатах выпал снег", "terrain:carpathians"),
        ("חיילים נפגעו בהר חרמון", "terrain:mount-hermon"),
        ("زلزله در کوه‌های زاگرس", "terrain:zagros-mountains"),
    ],
)
def test_running_text_finds_the_terrain(gazetteer: Gazetteer, text: str, place_id: str) -> None:
    """A mountain range named in a sentence is that range."""
    assert place_id in [r.place.id for r in gazetteer.geoparse(text) if r.place]


def test_every_area_is_composed_and_not_empty(gazetteer: Gazetteer) -> None:
    """Each expression names units that the gazetteer holds, and gives an area."""
    for row in new_places():
        if row.cells["area"]:
            shape = gazetteer.geometry(row.id)
            assert not shape.is_empty, row.id
            assert {part.geom_type for part in shapely.get_parts(shape)} == {"Polygon"}, row.id


def test_what_a_row_was_checked_against_agrees(gazetteer: Gazetteer) -> None:
    """A town named in `checked` lies in the area; a unit named there holds the row's point."""
    for row in new_places():
        for check in row.checks:
            if check.startswith("geonames:"):
                town, shape = gazetteer.get(check), gazetteer.geometry(row.id)
                assert check not in row.points_from, row.id
                assert km_to(shape, town.lon, town.lat) <= NEAR_KM, (row.id, check)
            else:
                place, shape = gazetteer.get(row.id), gazetteer.geometry(check)
                assert km_to(shape, place.lon, place.lat) <= NEAR_KM, (row.id, check)


def test_ids_that_only_get_names_are_held(gazetteer: Gazetteer) -> None:
    """A row without a kind names a place that the gazetteer has from its sources."""
    for row in rows():
        if row.adds_names_only:
            assert gazetteer.get(row.id).source != "curated", row.id


def test_points_and_vertices_are_those_of_the_sources_they_name(sources: Packages) -> None:
    """No coordinate was typed by hand: each is its town's or airfield's, in the order named."""
    for row in new_places():
        expected = [sources.lat_lon(source)[::-1] for source in row.points_from]
        assert row.lon_lats == [pytest.approx(point, abs=ROUNDING_DEGREES) for point in expected], (
            row.id
        )
