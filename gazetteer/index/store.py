"""What does an index hold? Memory-mapped reading of places, names and areas."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import numpy as np

from gazetteer.errors import IndexBrokenError, NotAnIndexError, UnknownPlaceError
from gazetteer.index import layout
from gazetteer.index.areas import AreaIndex
from gazetteer.index.columns import SparseTexts, Texts, load
from gazetteer.index.layout import GEONAMES
from gazetteer.index.sounds import SoundIndex
from gazetteer.index.space import SpaceIndex
from gazetteer.place import Place
from gazetteer.text.normalize import unvowelled

if TYPE_CHECKING:
    from pathlib import Path

    import shapely

# What reading a file raises that is none of ours: no array, no trie, a manifest without a key.
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError)

Accepts = Callable[["np.ndarray[Any, Any]"], "np.ndarray[Any, Any]"]
"""From rows of places to a mask of those that count."""

CODE = layout.CODE
_PREFERRED = frozenset({"official", "short"})
"""Kind of names that are codes: they match only as written ("US" is no "us")."""
_BARE = str.maketrans("", "", ". ")  # "U.S.", "U. S."

WIKIDATA = "wikidata:Q"
_NUMBER = re.compile(r"[0-9]{1,10}")
_MOST_POSTINGS = 400  # places of one name that are looked at; "San José" has thousands
_HIGHEST_NUMBER = 2**31 - 1


class Posting(NamedTuple):
    """A place that bears a name, with the row of that name."""

    place: int
    name: int


class _PlaceViews(NamedTuple):
    """Columns of places as views: single items are read several times faster than from arrays."""

    kind: memoryview
    country: memoryview
    admin1: memoryview
    lat_e5: memoryview
    lon_e5: memoryview
    population: memoryview
    geonameid: memoryview
    wikidata: memoryview
    source: memoryview
    uncertainty_km: memoryview


class NamesOfPlace(Mapping[str, tuple[str, ...]]):
    """A place's names by language, read when they are first asked for.

    Parameters
    ----------
    store
        The opened index.
    row
        The place.
    """

    __slots__ = ("_names", "_row", "_store")

    def __init__(self, store: Store, row: int) -> None:
        self._store, self._row = store, row
        self._names: dict[str, tuple[str, ...]] | None = None

    def _read(self) -> dict[str, tuple[str, ...]]:
        if self._names is None:
            self._names = self._store.names_of(self._row)
        return self._names

    def __getitem__(self, lang: str) -> tuple[str, ...]:
        return self._read()[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __repr__(self) -> str:
        return repr(self._read())

    def __reduce__(self) -> tuple[type[dict[str, tuple[str, ...]]], tuple[object]]:
        return dict, (self._read(),)


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

    has_own_names = False
    """Whether names of the user's lie over those of the index."""

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
        self._country_codes = {c: code for code, c in enumerate(self.countries) if c}
        self.sources: list[str] = vocabularies["source"]
        self.langs: list[str] = vocabularies["name_lang"]
        self._named_in: dict[str, bytes] = {}
        self._lang_code = {lang: code for code, lang in enumerate(self.langs)}
        self.name_kinds: list[str] = vocabularies["name_kind"]
        self._keys = marisa_trie.Trie().mmap(str(folder / layout.KEYS))
        self._ids = marisa_trie.Trie().mmap(str(folder / layout.IDS))
        self.kind = load(folder, "kind")
        self.country = load(folder, "country")
        self.admin1 = load(folder, "admin1")
        self.lat_e5 = load(folder, "lat_e5")
        self.lon_e5 = load(folder, "lon_e5")
        self.population = load(folder, "population")
        self.prominence = load(folder, "prominence")
        self.scripts = load(folder, "scripts")
        self._wikidata_number = load(folder, "wikidata_number")
        self._row_of_wikidata = load(folder, "row_of_wikidata")
        self._number = load(folder, "number")
        self._row_of_number = load(folder, "row_of_number")
        self._one = _PlaceViews(*(load(folder, column).data for column in _PlaceViews._fields))
        self._row_of_id = load(folder, "row_of_id")
        self._first_name = load(folder, "first_name")
        self._first_name_view = self._first_name.data
        self._name_lang = load(folder, "name_lang")
        self._name_lang_view = self._name_lang.data
        self._name_kind_view = load(folder, "name_kind").data
        self._posting_name = load(folder, "posting_name")
        self._posting_name_view = self._posting_name.data
        self._first_posting = load(folder, "first_posting")
        self._first_posting_view = self._first_posting.data
        self._name_place = load(folder, "name_place")
        self._name_place_view = self._name_place.data
        self._id = SparseTexts(folder, "id")
        self._equivalents = SparseTexts(folder, "equivalents")
        self._details = SparseTexts(folder, "details")
        self._name = Texts(folder, "name")
        self.areas = AreaIndex(folder)
        self.sounds = SoundIndex(folder)
        self.space = SpaceIndex(folder, self.lat_e5, self.lon_e5)

    def __len__(self) -> int:
        return len(self.kind)

    def prefixes(self, text: str) -> list[tuple[str, int]]:
        """Return the folded names that ``text`` begins with, and their key numbers."""
        return list(self._keys.iter_prefixes_with_ids(text))

    def key(self, folded: str) -> int | None:
        """Return the number of a folded name, or None."""
        number = self._keys.get(folded)
        return None if number is None else int(number)

    def is_continued(self, folded: str) -> bool:
        """Return whether any folded name goes on behind these characters."""
        return next(self._keys.iterkeys(folded), None) is not None

    def spelling(self, key: int) -> str:
        """Return a folded name by its number."""
        return str(self._keys.restore_key(key))

    def postings(self, key: int, accepts: Accepts | None = None) -> list[Posting]:
        """Return the places that bear a folded name: the most prominent 400 that count.

        Parameters
        ----------
        key
            Number of the folded name.
        accepts
            Which rows of places count; all by default.
        """
        first, last = self._first_posting_view[key], self._first_posting_view[key + 1]
        if accepts is None:
            names = self._posting_name_view[first : min(last, first + _MOST_POSTINGS)].tolist()
        else:
            borne = self._posting_name[first:last]
            names = borne[accepts(self._name_place[borne])][:_MOST_POSTINGS].tolist()
        place_of = self._name_place_view
        return [Posting(place_of[name], name) for name in names]

    def keys_accepted(self, keys: np.ndarray[Any, Any], accepts: Accepts) -> np.ndarray[Any, Any]:
        """Return whether any place of each key is accepted, as a mask."""
        starts = self._first_posting[keys].astype(np.int64)
        counts = self._first_posting[keys + 1] - starts
        ends = np.cumsum(counts)
        at = np.arange(ends[-1]) + np.repeat(starts - ends + counts, counts)
        accepted = accepts(self._name_place[self._posting_name[at]])
        any_accepted: np.ndarray[Any, Any] = np.logical_or.reduceat(accepted, ends - counts)
        return any_accepted

    def row(self, place_id: str) -> int:
        """Return the row of a place.

        Raises
        ------
        UnknownPlaceError
            If no place has this id.
        """
        row = self._row(place_id)
        if row is None:
            raise UnknownPlaceError(place_id)
        return row

    def holds(self, place_id: str) -> bool:
        """Return whether there is a place of an id."""
        return self._row(place_id) is not None

    def _row(self, place_id: str) -> int | None:
        if place_id.startswith(GEONAMES):
            digits = place_id.removeprefix(GEONAMES)
            return _at_number(self._number, self._row_of_number, digits)
        # The trie reads bytes up to a zero: no id holds what cannot be printed.
        number = self._ids.get(place_id) if place_id.isprintable() else None
        if number is not None:
            return int(self._row_of_id[number])
        if place_id.startswith(WIKIDATA):
            digits = place_id.removeprefix(WIKIDATA)
            return _at_number(self._wikidata_number, self._row_of_wikidata, digits)
        return None

    def place_id(self, row: int) -> str:
        """Return the id of a place."""
        number = self._one.geonameid[row]
        return f"{GEONAMES}{number}" if number else self._id[row]

    def place(self, row: int) -> Place:
        """Return a place with all its names."""
        return self._place(row)

    def kind_of(self, row: int) -> str:
        """Return the kind of a place."""
        kind: str = self.kinds[self.kind[row]]
        return kind

    def country_of(self, row: int) -> str | None:
        """Return the country code of a place, or None."""
        return self.countries[self.country[row]] or None

    def country_code(self, country: str) -> int | None:
        """Return the code of an alpha-2 country in the index's columns, or None."""
        return self._country_codes.get(country)

    @cached_property
    def dated(self) -> np.ndarray[Any, Any]:
        """Rows of the places that have a time span."""
        rows = [row for row, text in self._details if '"valid_' in text]
        return np.array(rows, dtype=np.int32)

    def name(self, name: int) -> str:
        """Return a name as held."""
        return self._name[name]

    def insists(self, name: int, *, lang: str, spoken_of: Iterable[str]) -> bool:  # noqa: ARG002 -- see LayeredStore
        """Return whether the user says that a name means its place; here nobody does."""
        return False

    def is_spelt(self, name: int, surface: str) -> bool:
        """Return whether a name is written just so, but for vowel marks, blanks and full stops."""
        held = self.name(name)
        return held == surface or unvowelled(held).translate(_BARE) == surface.translate(_BARE)

    def name_lang(self, name: int) -> str:
        """Return the language of a name."""
        return self.langs[self._name_lang_view[name]]

    def name_kind(self, name: int) -> str:
        """Return the kind of a name."""
        return self.name_kinds[self._name_kind_view[name]]

    def count_kinds(self) -> dict[str, int]:
        """Return how many places there are of each kind."""
        counts = np.bincount(self.kind, minlength=len(self.kinds)).tolist()
        return dict(zip(self.kinds, counts, strict=True))

    def radius_km(self, row: int) -> float:
        """Return the radius within which a place lies, in kilometres."""
        radius: float = self._one.uncertainty_km[row]
        return radius

    def has_name_in(self, row: int, lang: str) -> bool:
        """Return whether a place has a name in a language."""
        named = self._named_in.get(lang)
        if named is None:
            named = self._named_in[lang] = self._find_named_in(lang)
        return bool(named[row])

    def _find_named_in(self, lang: str) -> bytes:
        """Return a byte for each place: 1 where it has a name in a language."""
        named = np.zeros(len(self.kind), dtype=np.uint8)
        if lang in self._lang_code:
            named[self._name_place[self._name_lang == self._lang_code[lang]]] = 1
        return named.tobytes()

    def names_in(self, row: int, *langs: str) -> list[int]:
        """Return the rows of a place's names in some languages, in the order of the languages."""
        first, last = int(self._first_name[row]), int(self._first_name[row + 1])
        codes = [self._lang_code[lang] for lang in langs if lang in self._lang_code]
        held = self._name_lang[first:last]
        return [first + at for code in codes for at in np.flatnonzero(held == code).tolist()]

    def name_count(self, row: int) -> int:
        """Return how many names a place has: a measure of how well known it is."""
        first: int = self._first_name_view[row + 1] - self._first_name_view[row]
        return first

    def first_name(self, row: int) -> int:
        """Return the row of a place's preferred name."""
        first: int = self._first_name_view[row]
        return first

    def is_preferred(self, posting: Posting) -> bool:
        """Return whether a name is its place's first, or official or usual in a language."""
        if self.first_name(posting.place) == posting.name:
            return True
        return self.name_kind(posting.name) in _PREFERRED

    def has_area(self, row: int) -> bool:
        """Return whether a polygon is held for a place."""
        return self.areas.has(row)

    def area(self, row: int) -> shapely.MultiPolygon | None:
        """Return the polygon held for a place (EPSG:4326), or None."""
        return self.areas.polygon(row)

    def details(self, row: int) -> dict[str, str]:
        """Return what only some places have: area, valid_from, valid_to, viewpoint, checked."""
        text = self._details[row]
        details: dict[str, str] = json.loads(text) if text else {}
        return details

    def composed(self) -> list[tuple[int, str]]:
        """Return the rows of places that are composed of other areas, and how."""
        texts = ((row, json.loads(text)) for row, text in self._details if '"area"' in text)
        return [(row, details["area"]) for row, details in texts]

    def names_of(self, row: int) -> dict[str, tuple[str, ...]]:
        """Return a place's names by language, the preferred one first."""
        names: dict[str, list[str]] = {}
        for name in range(self._first_name[row], self._first_name[row + 1]):
            if self.name_kind(name) != layout.SPELLING:
                names.setdefault(self.name_lang(name), []).append(unvowelled(self._name[name]))
        return {lang: tuple(dict.fromkeys(texts)) for lang, texts in names.items()}

    def _read_place(self, row: int) -> Place:
        one, details = self._one, self.details(row)
        admin1 = one.admin1[row]
        return Place(
            id=self.place_id(row),
            name=self.place_name(row),
            kind=self.kinds[one.kind[row]],
            lat=one.lat_e5[row] / 1e5,
            lon=one.lon_e5[row] / 1e5,
            country=self.countries[one.country[row]] or None,
            admin1=self.place_id(admin1) if admin1 >= 0 else None,
            population=one.population[row],
            uncertainty_km=round(one.uncertainty_km[row], 1),
            names=NamesOfPlace(self, row),
            equivalents=self._equivalents_of(row),
            valid_from=details.get("valid_from"),
            valid_to=details.get("valid_to"),
            viewpoint=details.get("viewpoint"),
            source=self.sources[one.source[row]],
        )

    def _equivalents_of(self, row: int) -> tuple[str, ...]:
        equivalents = self._equivalents[row].split()
        number = self._one.wikidata[row]
        if number and f"{WIKIDATA}{number}" not in equivalents:
            equivalents.append(f"{WIKIDATA}{number}")
        return tuple(equivalents)

    def place_name(self, row: int) -> str:
        """Return the name of a place for display."""
        first = self.first_name(row)
        return self._name[first] if first < self._first_name_view[row + 1] else self.place_id(row)


def _at_number(
    numbers: np.ndarray[Any, Any], rows: np.ndarray[Any, Any], digits: str
) -> int | None:
    """Return the row of a number among sorted ones, or None."""
    if not _NUMBER.fullmatch(digits) or int(digits) > _HIGHEST_NUMBER:
        return None
    at = int(numbers.searchsorted(np.int32(digits)))
    return int(rows[at]) if at < len(numbers) and int(numbers[at]) == int(digits) else None


def _checked_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = layout.read_manifest(folder)
        sizes: dict[str, int] = dict(manifest["files"])
    except FileNotFoundError as error:
        why = "it has no manifest" if folder.exists() else "there is no such folder"
        raise NotAnIndexError(folder, why) from error
    except NotADirectoryError as error:
        raise NotAnIndexError(folder, "it is a file") from error
    except _UNREADABLE as error:
        raise NotAnIndexError(folder, "its manifest cannot be read") from error
    if manifest.get("schema") != layout.INDEX_SCHEMA:
        raise IndexBrokenError(folder, "it was made by another version")
    for name, size in sizes.items():
        path = folder / name
        if not path.exists():
            raise IndexBrokenError(folder, f"{name} is missing")
        if path.stat().st_size != size:
            raise IndexBrokenError(folder, f"{name} is cut short or changed")
    return manifest
