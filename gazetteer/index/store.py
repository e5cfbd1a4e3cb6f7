"""What does an index hold? Memory-mapped reading of places, names and areas."""

from __future__ import annotations

import json
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import numpy as np
import shapely

from gazetteer.errors import IndexBrokenError, UnknownPlaceError
from gazetteer.index import layout
from gazetteer.place import Place
from gazetteer.text.normalize import unvowelled

if TYPE_CHECKING:
    from pathlib import Path

# What reading a file raises that is none of ours: no array, no trie, a manifest without a key.
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError)

CODE = "code"
"""Kind of names that are codes: they match only as written ("US" is no "us")."""


class Posting(NamedTuple):
    """A place that bears a name, with the row of that name."""

    place: int
    name: int


class _Texts:
    """A column of strings in two memory-mapped arrays."""

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes = _column(folder, f"{name}_text")
        self._offsets = _column(folder, f"{name}_offsets")

    def __getitem__(self, row: int) -> str:
        start, end = self._offsets[row], self._offsets[row + 1]
        return bytes(self._bytes[start:end]).decode()


class Store:
    """An opened index. Rows are numbers of places and names; ids are for the outside.

    Parameters
    ----------
    folder
        The index's folder.

    Raises
    ------
    IndexBrokenError
        If a file is missing, cut short or of another version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _checked_manifest(folder)
        try:
            self._open_columns(folder)
        except _UNREADABLE as error:
            raise IndexBrokenError(folder, "a file of it cannot be read") from error
        self._place = lru_cache(maxsize=1 << 13)(self._read_place)

    def _open_columns(self, folder: Path) -> None:
        vocabularies = self.manifest["vocabularies"]
        self.kinds: list[str] = vocabularies["kind"]
        self.countries: list[str] = vocabularies["country"]
        self.sources: list[str] = vocabularies["source"]
        self.langs: list[str] = vocabularies["name_lang"]
        self._lang_code = {lang: code for code, lang in enumerate(self.langs)}
        self.name_kinds: list[str] = vocabularies["name_kind"]
        self._keys = marisa_trie.Trie().mmap(str(folder / layout.KEYS))
        self._ids = marisa_trie.Trie().mmap(str(folder / layout.IDS))
        self.kind = _column(folder, "kind")
        self.country = _column(folder, "country")
        self.admin1 = _column(folder, "admin1")
        self.lat_e5 = _column(folder, "lat_e5")
        self.lon_e5 = _column(folder, "lon_e5")
        self.population = _column(folder, "population")
        self._source = _column(folder, "source")
        self._uncertainty_km = _column(folder, "uncertainty_km")
        self._detail = _column(folder, "detail")
        self._row_of_id = _column(folder, "row_of_id")
        self._first_name = _column(folder, "first_name")
        self._name_lang = _column(folder, "name_lang")
        self._name_kind = _column(folder, "name_kind")
        self._posting_name = _column(folder, "posting_name")
        self._first_posting = _column(folder, "first_posting")
        self._name_place = _column(folder, "name_place")
        self._area_place = _column(folder, "area_place")
        self._area_row = _column(folder, "area_row")
        self._area_coordinates = _column(folder, "area_coordinates")
        self._area_rings = _column(folder, "area_rings")
        self._area_polygons = _column(folder, "area_polygons")
        self._area_geometries = _column(folder, "area_geometries")
        self._id = _Texts(folder, "id")
        self._equivalents = _Texts(folder, "equivalents")
        self._name = _Texts(folder, "name")
        self._details = _Texts(folder, "details")

    def __len__(self) -> int:
        return len(self.kind)

    def prefixes(self, text: str) -> list[tuple[str, int]]:
        """Return the folded names that ``text`` begins with, and their key numbers."""
        return list(self._keys.iter_prefixes_with_ids(text))

    def key(self, folded: str) -> int | None:
        """Return the number of a folded name, or None."""
        number = self._keys.get(folded)
        return None if number is None else int(number)

    def postings(self, key: int) -> list[Posting]:
        """Return the places that bear a folded name."""
        start, end = self._first_posting[key], self._first_posting[key + 1]
        names = self._posting_name[start:end]
        return [
            Posting(place, name)
            for place, name in zip(self._name_place[names].tolist(), names.tolist(), strict=True)
        ]

    def row(self, place_id: str) -> int:
        """Return the row of a place.

        Raises
        ------
        UnknownPlaceError
            If no place has this id.
        """
        # The trie reads bytes up to a zero: no id holds what cannot be printed.
        number = self._ids.get(place_id) if place_id.isprintable() else None
        if number is None:
            raise UnknownPlaceError(place_id)
        return int(self._row_of_id[number])

    def place_id(self, row: int) -> str:
        """Return the id of a place."""
        return self._id[row]

    def place(self, row: int) -> Place:
        """Return a place with all its names."""
        return self._place(row)

    def kind_of(self, row: int) -> str:
        """Return the kind of a place."""
        return str(self.kinds[self.kind[row]])

    def country_of(self, row: int) -> str | None:
        """Return the country code of a place, or None."""
        return self.countries[self.country[row]] or None

    def name(self, name: int) -> str:
        """Return a name as held."""
        return self._name[name]

    def name_lang(self, name: int) -> str:
        """Return the language of a name."""
        return str(self.langs[self._name_lang[name]])

    def name_kind(self, name: int) -> str:
        """Return the kind of a name."""
        return str(self.name_kinds[self._name_kind[name]])

    def count_kinds(self) -> dict[str, int]:
        """Return how many places there are of each kind."""
        counts = np.bincount(self.kind, minlength=len(self.kinds)).tolist()
        return dict(zip(self.kinds, counts, strict=True))

    def radius_km(self, row: int) -> float:
        """Return the radius within which a place lies, in kilometres."""
        return float(self._uncertainty_km[row])

    def has_name_in(self, row: int, lang: str) -> bool:
        """Return whether a place has a name in a language."""
        first, last = self._first_name[row], self._first_name[row + 1]
        code = self._lang_code.get(lang)
        return code is not None and bool((self._name_lang[first:last] == code).any())

    def name_count(self, row: int) -> int:
        """Return how many names a place has: a measure of how well known it is."""
        return int(self._first_name[row + 1] - self._first_name[row])

    def first_name(self, row: int) -> int:
        """Return the row of a place's preferred name."""
        return int(self._first_name[row])

    def is_preferred(self, posting: Posting) -> bool:
        """Return whether a name is the first of its place."""
        return int(self._first_name[posting.place]) == posting.name

    def has_area(self, row: int) -> bool:
        """Return whether a polygon is held for a place."""
        at = int(np.searchsorted(self._area_place, row))
        return at < len(self._area_place) and int(self._area_place[at]) == row

    def area(self, row: int) -> shapely.MultiPolygon | None:
        """Return the polygon held for a place (EPSG:4326), or None."""
        if not self.has_area(row):
            return None
        geometry = int(self._area_row[np.searchsorted(self._area_place, row)])
        first, last = self._area_geometries[geometry : geometry + 2]
        polygons = self._area_polygons[first : last + 1]
        rings = self._area_rings[polygons[0] : polygons[-1] + 1]
        coordinates = self._area_coordinates[rings[0] : rings[-1]]
        built = shapely.from_ragged_array(
            shapely.GeometryType.MULTIPOLYGON,
            coordinates,
            (rings - rings[0], polygons - polygons[0], np.array([0, last - first])),
        )
        return built[0]

    def details(self, row: int) -> dict[str, str]:
        """Return what only some places have: area, valid_from, valid_to, viewpoint, checked."""
        number = int(self._detail[row])
        if number < 0:
            return {}
        details: dict[str, str] = json.loads(self._details[number])
        return details

    def names_of(self, row: int) -> dict[str, tuple[str, ...]]:
        """Return a place's names by language, the preferred one first."""
        names: dict[str, list[str]] = {}
        for name in range(self._first_name[row], self._first_name[row + 1]):
            names.setdefault(self.name_lang(name), []).append(unvowelled(self._name[name]))
        return {lang: tuple(dict.fromkeys(texts)) for lang, texts in names.items()}

    def _read_place(self, row: int) -> Place:
        details = self.details(row)
        admin1 = int(self.admin1[row])
        return Place(
            id=self._id[row],
            name=self._display_name(row),
            kind=self.kind_of(row),
            lat=int(self.lat_e5[row]) / 1e5,
            lon=int(self.lon_e5[row]) / 1e5,
            country=self.country_of(row),
            admin1=self._id[admin1] if admin1 >= 0 else None,
            population=int(self.population[row]),
            uncertainty_km=round(float(self._uncertainty_km[row]), 1),
            names=self.names_of(row),
            equivalents=tuple(self._equivalents[row].split()),
            valid_from=details.get("valid_from"),
            valid_to=details.get("valid_to"),
            viewpoint=details.get("viewpoint"),
            source=self.sources[self._source[row]],
        )

    def _display_name(self, row: int) -> str:
        first = self._first_name[row]
        return self._name[first] if first < self._first_name[row + 1] else self._id[row]


def _column(folder: Path, name: str) -> np.ndarray[Any, Any]:
    # A plain array over the map: its scalar access is several times faster than memmap's own.
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))


def _checked_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = layout.read_manifest(folder)
        sizes: dict[str, int] = dict(manifest["files"])
    except FileNotFoundError as error:
        raise IndexBrokenError(folder, "it has no manifest") from error
    except _UNREADABLE as error:
        raise IndexBrokenError(folder, "its manifest cannot be read") from error
    if manifest.get("schema") != layout.INDEX_SCHEMA:
        raise IndexBrokenError(folder, "it was made by another version")
    for name, size in sizes.items():
        path = folder / name
        if not path.exists():
            raise IndexBrokenError(folder, f"{name} is missing")
        if path.stat().st_size != size:
            raise IndexBrokenError(folder, f"{name} is cut short or changed")
    return manifest


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance of two points on a sphere of 6371 km radius (haversine formula).

    Examples
    --------
    >>> round(great_circle_km(40.41, 49.87, 29.94, 34.94))
    1783
    """
    p, q, half = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1) / 2
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(half) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
