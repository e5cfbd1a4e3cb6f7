"""Which places and names were curated by hand? Reads the tables under ``data/curated``."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COLUMNS = frozenset(
    [
        "id",
        "kind",
        "country",
        "area",
        "lat",
        "lon",
        "uncertainty_km",
        "point_from",
        "valid_from",
        "valid_to",
        "viewpoint",
        "checked",
        "same_as",
        "note",
        "other",
    ]
)
_NAME_KINDS = {"~": "historical", "*": "colloquial"}


@dataclass(frozen=True, slots=True)
class CuratedName:
    """A curated name with its BCP 47 language and its kind."""

    text: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True)
class CuratedPlace:
    """A row of a curated table.

    ``area`` is a composition of other places' areas, or empty; ``point_from`` are ids of the places
    whose point it has; ``same_as`` are ids that are also this place's.
    """

    id: str
    kind: str
    country: str
    area: str
    lat: float | None
    lon: float | None
    uncertainty_km: float
    valid_from: str
    valid_to: str
    viewpoint: str
    checked: str
    point_from: tuple[str, ...]
    same_as: tuple[str, ...]
    names: tuple[CuratedName, ...]


def curated_files() -> list[Path]:
    """Return the curated tables, in a fixed order."""
    return sorted(data_path("curated").glob("*.tsv"))


def read_curated() -> list[CuratedPlace]:
    """Return every curated place, in the tables' order."""
    return [place for path in curated_files() for place in _read(path)]


def wrong_names_file() -> Path:
    """Return the table of names that the sources give to the wrong place."""
    return data_path("curated", "corrections", "wrong_names.tsv")


def read_wrong_names() -> dict[str, frozenset[str]]:
    """Return the folded names that are to be taken off a place, by its id."""
    wrong: dict[str, set[str]] = defaultdict(set)
    with wrong_names_file().open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            wrong[row["id"]].add(fold(row["name"]))
    return {place_id: frozenset(names) for place_id, names in wrong.items()}


def _read(path: Path) -> Iterator[CuratedPlace]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells = {key: (value or "").strip() for key, value in row.items() if key}
            yield CuratedPlace(
                id=cells["id"],
                kind=cells["kind"],
                country=cells.get("country", ""),
                area=cells.get("area", ""),
                lat=_number(cells.get("lat", "")),
                lon=_number(cells.get("lon", "")),
                uncertainty_km=_number(cells.get("uncertainty_km", "")) or 0.0,
                valid_from=cells.get("valid_from", ""),
                valid_to=cells.get("valid_to", ""),
                viewpoint=cells.get("viewpoint", ""),
                checked=cells.get("checked", ""),
                point_from=tuple(_variants(cells.get("point_from", ""))),
                same_as=tuple(cells.get("same_as", "").split()),
                names=tuple(_names(cells)),
            )


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _names(cells: dict[str, str]) -> Iterator[CuratedName]:
    for lang, cell in cells.items():
        if lang not in _COLUMNS:
            yield from (_name(variant, lang) for variant in _variants(cell))
    for variant in _variants(cells.get("other", "")):
        lang, _, name = variant.partition(":")
        if name:
            yield _name(name, lang)


def _variants(cell: str) -> list[str]:
    return [variant.strip() for variant in cell.split("|") if variant.strip()]


def _name(variant: str, lang: str) -> CuratedName:
    kind = _NAME_KINDS.get(variant[-1], "short")
    return CuratedName(variant.rstrip("~* "), lang, kind)
