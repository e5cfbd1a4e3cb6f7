"""Do the curated names of towns hold together? Checks the table against the shipped gazetteer."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from gazetteer.data import data_path
from gazetteer.sources.columns import decode_labels, decode_text, read_table
from gazetteer.text.normalize import fold

TOWNS = Path(__file__).parents[2] / "data" / "curated" / "towns.tsv"
COLUMNS = [
    "id", "kind", "country", "area", "lat", "lon", "uncertainty_km", "valid_from", "valid_to",
    "viewpoint", "checked", "note", "en", "ar", "he", "ru", "fa", "tr", "fr", "uk", "az", "hy",
    "other",
]  # fmt: skip
LANGUAGES = COLUMNS[COLUMNS.index("en") : -1]
LEFT_TO_THE_GAZETTEER = (
    "kind", "area", "lat", "lon", "uncertainty_km", "valid_from", "valid_to", "viewpoint",
)  # fmt: skip
SCRIPTS = {
    "en": "LATIN", "tr": "LATIN", "fr": "LATIN", "az": "LATIN", "ar": "ARABIC", "fa": "ARABIC",
    "he": "HEBREW", "ru": "CYRILLIC", "uk": "CYRILLIC", "hy": "ARMENIAN",
}  # fmt: skip
# Letters another language of the same script has: a cell in the wrong column shows.
FOREIGN_LETTERS = {"ar": "گچپژکیڤ", "fa": "يكى", "ru": "іїєґ", "uk": "ыэёъ", "tr": "əxqw"}
OTHER = re.compile(r"[a-z]{2,3}:[^:|]+")
CHECKED = re.compile(r"unverified|(iso|ne):[A-Z0-9-]+")
# Bare, these are words of the language (the door, the white, a pretext, the eyes, a foetus):
# the town is meant only where its generic word stands beside the name.
ORDINARY_WORDS = frozenset({
    "الباب", "الأبيض", "البيضاء", "حجة", "العيون", "النهود", "القائم", "السلمية", "المطلة",
    "الخيام", "كتم", "بانه", "قم", "بلد", "حديثة", "الكفرة", "المفرق", "العقبة", "هجين",
    "שדרות", "נתיבות", "רחובות", "אופקים", "Изюм", "Газа", "Тир", "Орехов", "Дума", "Сана",
    "Refah", "Cenin", "Sana", "Sada", "Sur", "Kum",
})  # fmt: skip


@dataclass(frozen=True)
class Town:
    """One line of the table."""

    cells: dict[str, str]

    @property
    def id(self) -> str:
        """The row's id."""
        return self.cells["id"]

    def names(self, lang: str) -> list[str]:
        """Return the names of one language without the marks of their kind."""
        return [name.rstrip("~*") for name in self.cells[lang].split("|") if name]


def read_lines() -> list[list[str]]:
    """Return the table's cells, line by line, as they stand in the file."""
    with TOWNS.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def towns() -> tuple[Town, ...]:
    """Return every row of the table."""
    header, *lines = read_lines()
    return tuple(Town(dict(zip(header, line, strict=True))) for line in lines)


def spelled() -> list[tuple[Town, str, str]]:
    """Return every (town, language, name) of the table."""
    return [
        (town, lang, name) for town in towns() for lang in LANGUAGES for name in town.names(lang)
    ]


@cache
def held_countries() -> dict[str, str]:
    """Return the country of every place of the shipped gazetteer, by id."""
    table = read_table(data_path("gazetteer", "places.npz"))
    countries = decode_labels(table["country"], table["countries"])
    return dict(zip(decode_text(table["id"]), countries, strict=True))


@cache
def held_names() -> dict[tuple[str, str], frozenset[str]]:
    """Return the folded names that the shipped data holds for the towns, by id and language."""
    ids = list(held_countries())
    wanted = {town.id for town in towns()}
    table = read_table(data_path("gazetteer", "names.npz"))
    langs = decode_labels(table["lang"], table["langs"])
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = zip(table["place"].tolist(), langs, decode_text(table["text"]), strict=True)
    for place, lang, text in rows:
        if ids[place] in wanted:
            names[ids[place], lang].add(fold(text))
    return {key: frozenset(folded) for key, folded in names.items()}


def test_the_table_has_the_documented_columns_and_no_ragged_line() -> None:
    """Every line has exactly the columns the table's readers expect."""
    header, *lines = read_lines()
    assert header == COLUMNS
    assert [number for number, line in enumerate(lines, 2) if len(line) != len(COLUMNS)] == []
    assert len(lines) >= 450


def test_a_row_adds_names_and_changes_nothing_else() -> None:
    """Kind, point and area stay those of the gazetteer; whence the row was checked is said."""
    for town in towns():
        assert not any(town.cells[column] for column in LEFT_TO_THE_GAZETTEER), town.id
        assert CHECKED.fullmatch(town.cells["checked"]), town.id
        assert town.cells["note"], town.id


def test_every_town_stands_once_and_is_held_by_the_gazetteer() -> None:
    """A row names a settlement of GeoNames that the shipped data has, and no other names it."""
    counts = Counter(town.id for town in towns())
    assert [key for key, count in counts.items() if count > 1] == []
    strangers = [key for key in counts if key not in held_countries()]
    assert strangers == []
    assert all(key.startswith("geonames:") for key in counts)


def test_the_country_is_the_one_the_gazetteer_gives() -> None:
    """A row whose country differs from the data's was meant for another town of that name."""
    countries = held_countries()
    wrong = [town.id for town in towns() if town.cells["country"] != countries[town.id]]
    assert wrong == []


def test_rows_are_sorted_by_country_and_number() -> None:
    """Rows stand in one order, so that two edits do not shuffle the file."""
    keys = [(town.cells["country"], int(town.id.partition(":")[2])) for town in towns()]
    assert keys == sorted(keys)


def test_every_row_has_a_name() -> None:
    """A row without any name would add nothing."""
    empty = [town.id for town in towns() if not any(town.cells[c] for c in [*LANGUAGES, "other"])]
    assert empty == []


def test_text_is_composed_and_free_of_stray_blanks() -> None:
    """Cells are NFC, without blanks at their ends and without empty variants."""
    for town in towns():
        for column, cell in town.cells.items():
            assert unicodedata.is_normalized("NFC", cell), (town.id, column)
            variants = cell.split("|") if cell else []
            assert all(variant and variant == variant.strip() for variant in variants), town.id


def test_no_variant_stands_twice_in_a_cell() -> None:
    """Two spellings that fold onto one are one name."""
    for town in towns():
        for lang in LANGUAGES:
            folded = [fold(name) for name in town.names(lang)]
            assert len(set(folded)) == len(folded), (town.id, lang, town.cells[lang])


def test_no_name_repeats_what_the_gazetteer_holds() -> None:
    """A name that the shipped data has for the town in that language is not given again."""
    held = held_names()
    repeated = [
        (town.id, lang, name)
        for town, lang, name in spelled()
        if fold(name) in held.get((town.id, lang), frozenset())
    ]
    assert repeated == []


def test_names_are_written_in_their_language_s_script() -> None:
    """Letters of another script, or of another language of the same script, are a slip."""
    for town, lang, name in spelled():
        letters = [char for char in name if char.isalpha()]
        assert letters, (town.id, lang, name)
        strange = [char for char in letters if not unicodedata.name(char).startswith(SCRIPTS[lang])]
        assert strange == [], (town.id, lang, name)
        assert not set(name) & set(FOREIGN_LETTERS.get(lang, "")), (town.id, lang, name)


def test_names_in_further_languages_say_which() -> None:
    """The last column holds ``language:name`` pairs."""
    for town in towns():
        variants = [variant for variant in town.cells["other"].split("|") if variant]
        assert all(OTHER.fullmatch(variant) for variant in variants), (town.id, variants)


def test_ordinary_words_never_stand_bare() -> None:
    """A town called as a common word is named with its generic word only."""
    words = {fold(word) for word in ORDINARY_WORDS}
    assert [(town.id, name) for town, _, name in spelled() if fold(name) in words] == []


@pytest.mark.parametrize(
    ("town_id", "lang", "name"),
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
    ],
)
def test_names_the_news_uses_are_held(town_id: str, lang: str, name: str) -> None:
    """Towns in the news are found by the name their readers see, from the data or from here."""
    (town,) = [town for town in towns() if town.id == town_id]
    ours = {fold(spelling) for spelling in town.names(lang)}
    assert fold(name) in ours | held_names().get((town_id, lang), frozenset())
