"""Do the curated names hold together? Checks towns and divisions against the shipped gazetteer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

import pytest
import shapely

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_labels, decode_polygons, decode_text, read_table
from gazetteer.sources.curated import curated_files, read_curated
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, script_of
from gazetteer.transliteration import transliterator
from tests.gazetteer.curated_tables import (
    FOREIGN_LETTERS,
    Row,
    read_cells,
    read_lines,
    spelled,
    stray_letters,
    untidy,
)

TABLES = ("towns", "divisions")
COLUMNS = [
    "id", "kind", "country", "area", "lat", "lon", "uncertainty_km", "valid_from", "valid_to",
    "viewpoint", "checked", "note", "en", "ar", "he", "ru", "fa", "tr", "fr", "uk", "az", "hy",
    "other",
]  # fmt: skip
LANGUAGES = COLUMNS[COLUMNS.index("en") : -1]
LEFT_TO_THE_GAZETTEER = (
    "kind", "area", "lat", "lon", "uncertainty_km", "valid_from", "valid_to", "viewpoint",
)  # fmt: skip
# Persian keeps the ta marbuta of some Arab towns, and Turkish spells all of these its own way.
FOREIGN = FOREIGN_LETTERS | {"fa": "يكى", "tr": "əxqw"}
NATS_PER_LETTER = -3.0  # by which a name may fall short of a spelling, and be the same
ALIKE = 0.98
OTHER = re.compile(r"[a-z]{2,3}:[^:|]+")
CHECKED = re.compile(r"unverified|(iso|ne):[A-Z0-9-]+")
# Bare, these are words of the language (the door, the white, a pretext, the eyes, a foetus):
# the place is meant only where its generic word stands beside the name.
ORDINARY_WORDS = frozenset({
    "الباب", "الأبيض", "البيضاء", "حجة", "العيون", "النهود", "القائم", "السلمية", "المطلة",
    "الخيام", "كتم", "بانه", "قم", "بلد", "حديثة", "الكفرة", "المفرق", "العقبة", "هجين",
    "كيف", "الأربعاء", "الشريعة", "مفتاح", "تنس", "قمار", "المجلد", "الشمال", "الجنوب",
    "الشرق", "الغرب", "الوحدة", "البحيرات", "الشلالات", "آستانه", "عالیه", "طبقه",
    "שדרות", "נתיבות", "רחובות", "אופקים", "קרים", "רקה", "צעדה", "לחג", "ענה", "עקרה",
    "חלחול", "טמון", "קטיף", "הצפון", "הדרום", "המרכז",
    "Изюм", "Газа", "Тир", "Орехов", "Дума", "Сана", "Дура", "Горе", "Марка", "Лук", "Бам",
    "Refah", "Cenin", "Sana", "Sada", "Sur", "Kum", "Kızlar", "Soran", "Pire",
})  # fmt: skip


@dataclass(frozen=True)
class TableRow(Row):
    """One line of one of the tables."""

    table: str


@cache
def rows(table: str) -> tuple[TableRow, ...]:
    """Return every row of a table."""
    return tuple(TableRow(cells, table) for cells in read_cells(table))


def every_row() -> list[TableRow]:
    """Return the rows of all tables."""
    return [row for table in TABLES for row in rows(table)]


@dataclass(frozen=True)
class Held:
    """What the shipped gazetteer has of a place."""

    row: int
    kind: str
    country: str
    division: str
    point: shapely.Point


@cache
def held_places() -> dict[str, Held]:
    """Return the places of the shipped gazetteer, by id."""
    table = read_table(data_path("gazetteer", "places.npz"))
    ids = decode_text(table["id"])
    points = shapely.points(table["lon_e5"] / 1e5, table["lat_e5"] / 1e5)
    columns = (
        range(len(ids)),
        decode_labels(table["kind"], table["kinds"]),
        decode_labels(table["country"], table["countries"]),
        [ids[row] if row >= 0 else "" for row in table["admin1"].tolist()],
        points.tolist(),
    )
    return {key: Held(*fields) for key, *fields in zip(ids, *columns, strict=True)}


@cache
def held_areas() -> dict[int, shapely.Geometry]:
    """Return the outlines of the shipped gazetteer, by the row of their place."""
    table = read_table(data_path("gazetteer", "areas.npz"))
    return dict(zip(table["place"].tolist(), decode_polygons(table), strict=True))


@cache
def held_names() -> dict[tuple[str, str], frozenset[str]]:
    """Return the folded names that the shipped data holds for the rows, by id and language."""
    ids = list(held_places())
    wanted = {row.id for row in every_row()}
    table = read_table(data_path("gazetteer", "names.npz"))
    langs = decode_labels(table["lang"], table["langs"])
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    lines = zip(table["place"].tolist(), langs, decode_text(table["text"]), strict=True)
    for place, lang, text in lines:
        if ids[place] in wanted:
            names[ids[place], lang].add(fold(text))
    return {key: frozenset(folded) for key, folded in names.items()}


def recomputed_check(row: TableRow) -> str:
    """Return the division whose outline holds a row's point, if it is the row's own."""
    place = held_places()[row.id]
    division = row.id if place.kind == "admin1" else place.division
    area = held_areas().get(held_places()[division].row) if division else None
    return division if area is not None and area.contains(place.point) else "unverified"


@pytest.mark.parametrize(("table", "at_least"), [("towns", 3000), ("divisions", 600)])
def test_a_table_has_the_documented_columns_and_no_ragged_line(table: str, at_least: int) -> None:
    """Every line has exactly the columns the table's readers expect."""
    header, *lines = read_lines(table)
    assert header == COLUMNS
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(COLUMNS)] == []
    assert len(lines) >= at_least


def test_a_row_adds_names_and_changes_nothing_else() -> None:
    """Kind, point and area stay those of the gazetteer; whence the row was checked is said."""
    for row in every_row():
        assert not any(row.cells[column] for column in LEFT_TO_THE_GAZETTEER), row.id
        assert CHECKED.fullmatch(row.cells["checked"]), row.id
        assert row.cells["note"], row.id


def test_every_place_stands_once_and_is_held_by_the_gazetteer() -> None:
    """A row names a place that the shipped data has, and no other row names it."""
    counts = Counter(row.id for row in every_row())
    assert [key for key, count in counts.items() if count > 1] == []
    assert [key for key in counts if key not in held_places()] == []


def test_towns_are_settlements_and_divisions_are_divisions() -> None:
    """A row of towns names a place of GeoNames, one of divisions a first- or second-level one."""
    assert [row.id for row in rows("towns") if not row.id.startswith("geonames:")] == []
    kinds = {row.id: held_places()[row.id].kind for row in rows("divisions")}
    assert {key: kind for key, kind in kinds.items() if kind not in {"admin1", "admin2"}} == {}


def test_a_division_that_another_table_describes_is_named_there() -> None:
    """Names stand in one table: a second row would take what the first one says of the place."""
    described = Counter(place.id for place in read_curated())
    assert len(curated_files()) > len(TABLES)
    assert [row.id for row in every_row() if described[row.id] > 1] == []


def test_the_country_is_the_one_the_gazetteer_gives() -> None:
    """A row whose country differs from the data's was meant for another place of that name."""
    wrong = [row.id for row in every_row() if row.cells["country"] != held_places()[row.id].country]
    assert wrong == []


def test_the_check_of_a_row_is_what_the_outlines_say() -> None:
    """The division named as checked has the place inside; without one the row is unverified."""
    wrong = [
        (row.id, row.cells["checked"], found)
        for row in every_row()
        if (found := recomputed_check(row)) != row.cells["checked"]
    ]
    assert wrong == []


def test_rows_are_sorted_by_country_and_id() -> None:
    """Rows stand in one order, so that two edits do not shuffle the file."""
    numbers = [(row.cells["country"], int(row.id.partition(":")[2])) for row in rows("towns")]
    assert numbers == sorted(numbers)
    codes = [(row.cells["country"], row.id) for row in rows("divisions")]
    assert codes == sorted(codes)


def test_every_row_has_a_name() -> None:
    """A row without any name would add nothing."""
    empty = [row.id for row in every_row() if not any(row.cells[c] for c in [*LANGUAGES, "other"])]
    assert empty == []


def test_text_is_composed_and_free_of_stray_blanks() -> None:
    """Cells are NFC, without blanks at their ends and without empty variants."""
    for row in every_row():
        assert untidy(row, COLUMNS) == [], row.id


def test_no_variant_stands_twice_in_a_cell() -> None:
    """Two spellings that fold onto one are one name."""
    for row in every_row():
        for lang in LANGUAGES:
            folded = [fold(name) for name in row.names(lang)]
            assert len(set(folded)) == len(folded), (row.id, lang, row.cells[lang])


def test_no_name_repeats_what_the_gazetteer_holds() -> None:
    """A name that the shipped data has for the place in that language is not given again."""
    held = held_names()
    repeated = [
        (row.id, lang, name)
        for row, lang, name in spelled(every_row(), LANGUAGES)
        if fold(name) in held.get((row.id, lang), frozenset())
    ]
    assert repeated == []


def test_a_name_of_old_is_not_the_one_to_show() -> None:
    """Where it is a language's only one, today's name stands before it: no map shows Peking."""
    held = held_names()
    assert [
        (row.id, lang)
        for row in every_row()
        for lang in LANGUAGES
        if row.cells[lang].split("|")[0].endswith("~") and not held.get((row.id, lang))
    ] == []


def test_names_are_written_in_their_language_s_script() -> None:
    """Letters of another script, or of another language of the same script, are a slip."""
    for row, lang, name in spelled(every_row(), LANGUAGES):
        assert stray_letters(name, lang, foreign=FOREIGN) == "", (row.id, lang, name)


def test_names_in_further_languages_say_which() -> None:
    """The last column holds ``language:name`` pairs."""
    for row in every_row():
        variants = [variant for variant in row.cells["other"].split("|") if variant]
        assert all(OTHER.fullmatch(variant) for variant in variants), (row.id, variants)


def test_ordinary_words_never_stand_bare() -> None:
    """A place called as a common word is named with its generic word only."""
    words = {fold(word) for word in ORDINARY_WORDS}
    names = spelled(every_row(), LANGUAGES)
    assert [(row.id, name) for row, _, name in names if fold(name) in words] == []


@pytest.mark.parametrize(
    ("place_id", "lang", "name"),
    [
        ("geonames:3492908", "ar", "سانتو دومينغو"),
        ("geonames:2422465", "ar", "كوناكري"),
        ("geonames:1880252", "ar", "سنغافورة"),
        ("geonames:4140963", "ar", "واشنطن"),
        ("geonames:1221874", "ar", "دوشنبه"),
        ("geonames:6611854", "ar", "نايبيداو"),
        ("geonames:1169825", "ar", "ملتان"),
        ("geonames:365137", "ar", "أمدرمان"),
        ("geonames:2377450", "ru", "Нуакшот"),
        ("geonames:379102", "ar", "مدينة المجلد"),
        ("geonames:172374", "he", "א-טבקה"),
        ("geonames:698759", "fa", "اوچرتینه"),
        ("geonames:216281", "he", "העיר גומה"),
        ("geonames:164816", "tr", "Serakib"),
        ("iso:UA-65", "ar", "مقاطعة خيرسون"),
        ("iso:UA-14", "ru", "Донецчина"),
        ("iso:LY-MI", "he", "מיסרטה"),
        ("iso:RU-CE", "fa", "چچنستان"),
        ("iso:SD-DE", "tr", "Doğu Darfur"),
        ("iso:IQ-NI", "ru", "Ниневия"),
    ],
)
def test_names_the_news_uses_are_held(place_id: str, lang: str, name: str) -> None:
    """Places in the news are found by the name their readers see, from the data or from here."""
    (row,) = [row for row in every_row() if row.id == place_id]
    ours = {fold(spelling) for spelling in row.names(lang)}
    assert fold(name) in ours | held_names().get((place_id, lang), frozenset())


@cache
def latin_names() -> dict[str, tuple[str, ...]]:
    """Return the folded names in Latin letters that the sources have for the rows, by id."""
    ids = list(held_places())
    wanted = {row.id for row in rows("towns")}
    table = read_table(data_path("gazetteer", "names.npz"))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for place, text in zip(table["place"].tolist(), decode_text(table["text"]), strict=True):
        if ids[place] in wanted and script_of(folded := fold(text)) == LATIN:
            found[ids[place]][letters(folded)] = None
    return {key: tuple(names) for key, names in found.items()}


def letters(folded: str) -> str:
    """Return a folded name without what stands between its words."""
    return re.sub(r"[\s-]", "", folded)


@pytest.mark.parametrize("lang", ["ar", "he", "ru", "fa"])
def test_towns_are_called_as_the_sources_call_them(lang):
    """Heard by the transliteration model; the rest are translations and older names."""
    heard = []
    for row in rows("towns"):
        for name in row.names(lang):
            folded = letters(fold(name))
            model = transliterator(script_of(folded))
            fit = model.shortfall(folded, latin_names().get(row.id, ())).max(initial=-99.0)
            heard.append(fit > NATS_PER_LETTER * len(folded))
    assert sum(heard) / len(heard) > ALIKE
