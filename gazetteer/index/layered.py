"""How do the user's own places and fixes lie over an index, and win, without being merged in?"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import numpy as np
import shapely

from gazetteer.errors import UnknownPlaceError
from gazetteer.index.sounds import Alike, letter_bits, script_bit
from gazetteer.index.space import distances_km
from gazetteer.index.store import Posting, Store
from gazetteer.kinds import prominence_of
from gazetteer.place import Place
from gazetteer.sources.feature_kinds import UNKNOWN
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import script_of, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index.store import Accepts
    from gazetteer.overlay import Fix, Overlay, UserPlace

Array = np.ndarray[Any, Any]

_POLYGONS = frozenset({"Polygon", "MultiPolygon"})
SOURCE = "user"


class _Name(NamedTuple):
    """A name of the user's: which place it means, and where that holds."""

    place: int
    text: str
    lang: str
    fix: Fix | None


class _Column:
    """A column of the index, continued by the user's rows and changed in some of the held ones."""

    def __init__(self, held: Array, own: Sequence[Any], changed: Mapping[int, Any]) -> None:
        self._held = held
        self._own = np.array(own, dtype=held.dtype)
        self._changed = dict(sorted(changed.items()))
        self._rows = np.array([*self._changed], dtype=np.int64)
        self._values = np.array([*self._changed.values()], dtype=held.dtype)

    def __len__(self) -> int:
        return len(self._held) + len(self._own)

    def __getitem__(self, rows: Any) -> Any:
        if isinstance(rows, (int, np.integer)):
            row = int(rows)
            if row in self._changed:
                return self._changed[row]
            n = len(self._held)
            return self._held[row] if row < n else self._own[row - n]
        wanted = np.asarray(rows, dtype=np.int64)
        n = len(self._held)
        values = self._held[np.minimum(wanted, n - 1)]
        own = wanted >= n
        values[own] = self._own[wanted[own] - n]
        if len(self._rows):
            at = np.minimum(self._rows.searchsorted(wanted), len(self._rows) - 1)
            changed = self._rows[at] == wanted
            values[changed] = self._values[at[changed]]
        return values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:  # noqa: FBT001 -- as numpy calls it
        whole = np.concatenate([self._held, self._own])
        whole[self._rows] = self._values
        return whole if dtype is None else whole.astype(dtype)


class LayeredStore(Store):
    """An opened index with the user's own places and fixes over it.

    Parameters
    ----------
    held
        The opened index.
    overlay
        What the user has added and fixed.

    Attributes
    ----------
    changes
        What the user says of places, own and held, by row.
    unknown
        Ids that the overlay speaks of and the index does not hold: they are passed over.
    """

    has_own_names = True

    def __init__(self, held: Store, overlay: Overlay) -> None:
        self.__dict__.update(held.__dict__)
        self.__dict__.pop("dated", None)  # worked out anew
        self._held = held
        self.unknown: list[str] = []
        self._own_rows: dict[int, UserPlace] = {}
        self._changes: dict[int, UserPlace] = {}
        self._row_of_own: dict[str, int] = {}
        for place in overlay.places:
            self._take(place)
        self.changes = {**self._changes, **self._own_rows}
        self._own_names = [*self._names_of_places(), *self._names_of_fixes(overlay.fixes)]
        self._index_names()
        self._extend_columns()
        self.sounds = _Sounds(held, self)  # type: ignore[assignment]
        self.space = _Space(held, self)  # type: ignore[assignment]
        self.areas = _Areas(held, self)  # type: ignore[assignment]
        self._place = lru_cache(maxsize=1 << 13)(self._read_layered)

    def __len__(self) -> int:
        return len(self._held) + len(self._own_rows)

    def _take(self, place: UserPlace) -> None:
        if place.is_own:
            row = len(self._held) + len(self._own_rows)
            self._own_rows[row] = place
            self._row_of_own[place.id] = row
            return
        try:
            self._changes[self._held.row(place.id)] = place
        except UnknownPlaceError:
            self.unknown.append(place.id)

    def _names_of_places(self) -> Iterable[_Name]:
        for row, place in self.changes.items():
            yield from (_Name(row, text, lang, None) for lang, text in place.spellings())

    def _names_of_fixes(self, fixes: Iterable[Fix]) -> Iterable[_Name]:
        for fix in fixes:
            try:
                row = self.row(fix.to)
            except UnknownPlaceError:
                self.unknown.append(fix.to)
                continue
            yield _Name(row, fix.name, fix.lang or "und", fix)

    def _index_names(self) -> None:
        """Give numbers to the user's folded names; of those that are held, theirs come first."""
        self._first_own_name = len(self._held._name)  # noqa: SLF001 -- a layer of the same thing
        self._first_own_key = len(self._held._keys)  # noqa: SLF001 -- as above
        self._names_by_row: dict[int, list[int]] = defaultdict(list)
        self._fixes: dict[int, list[Fix | None]] = {}
        postings: dict[str, dict[int, int]] = defaultdict(dict)
        for i, name in enumerate(self._own_names):
            self._names_by_row[name.place].append(i)
            if key := fold(name.text):
                # Of several that fold alike, one stands for all; it holds where any of them does.
                first = postings[key].setdefault(name.place, i)
                self._fixes[i] = self._fixes.get(first, [])
                self._fixes[i].append(name.fix)
        self._own_trie = marisa_trie.Trie(postings)
        self._own_postings = {
            self._own_trie[key]: [Posting(row, self._first_own_name + i) for row, i in own.items()]
            for key, own in postings.items()
        }

    def _extend_columns(self) -> None:
        own, changes = list(self._own_rows.values()), self._changes
        self.kinds = _extended(self.kinds, (p.kind or UNKNOWN for p in self.changes.values()))
        self.countries = _extended(self.countries, (p.country or "" for p in self.changes.values()))
        self._country_codes = {c: code for code, c in enumerate(self.countries) if c}
        stated: dict[str, tuple[list[str], Callable[[UserPlace], str]]] = {
            "kind": (self.kinds, lambda p: p.kind or UNKNOWN * p.is_own),
            "country": (self.countries, lambda p: p.country or ""),
        }
        for column, (vocabulary, value) in stated.items():
            code = {label: number for number, label in enumerate(vocabulary)}
            changed = {row: code[value(p)] for row, p in changes.items() if value(p)}
            self._extend(column, [code[value(p)] for p in own], changed)
        moved = {row: p for row, p in changes.items() if p.lat is not None}
        self._extend("lat_e5", [_e5(p.lat) for p in own], {r: _e5(p.lat) for r, p in moved.items()})
        self._extend("lon_e5", [_e5(p.lon) for p in own], {r: _e5(p.lon) for r, p in moved.items()})
        counted = {row: p.population for row, p in changes.items() if p.population}
        self._extend("population", [p.population for p in own], counted)
        self._extend("admin1", [-1] * len(own), {})
        tenths = [10 * max(prominence_of(p.kind), math.log10(p.population + 1)) for p in own]
        self._extend("prominence", [round(t) for t in tenths], {})
        scripts: dict[int, int] = defaultdict(int)
        for name in self._own_names:
            scripts[name.place] |= script_bit(script_of(fold(name.text)))
        held = {
            r: int(self.scripts[r]) | bits for r, bits in scripts.items() if r < len(self._held)
        }
        self._extend("scripts", [scripts[row] for row in self._own_rows], held)

    def _extend(self, column: str, own: Sequence[Any], changed: Mapping[int, Any]) -> None:
        setattr(self, column, _Column(getattr(self._held, column), own, changed))

    # Names and keys

    def prefixes(self, text: str) -> list[tuple[str, int]]:
        """Return the folded names that ``text`` begins with, and their key numbers."""
        found = dict(self._held.prefixes(text))
        for name in self._own_trie.prefixes(text):
            found.setdefault(name, self._first_own_key + self._own_trie[name])
        return list(found.items())

    def key(self, folded: str) -> int | None:
        """Return the number of a folded name, or None."""
        held = self._held.key(folded)
        own = self._own_trie.get(folded)
        return held if held is not None or own is None else self._first_own_key + int(own)

    def spelling(self, key: int) -> str:
        """Return a folded name by its number."""
        own = key - self._first_own_key
        return self._held.spelling(key) if own < 0 else str(self._own_trie.restore_key(own))

    def postings(self, key: int, accepts: Accepts | None = None) -> list[Posting]:
        """Return the places that bear a folded name, the user's first."""
        own = self._own_trie.get(self.spelling(key))
        held = self._held.postings(key, accepts) if key < self._first_own_key else []
        first = self._own_postings.get(own, []) if own is not None else []
        if accepts is not None:
            first = [p for p in first if accepts(np.array([p.place]))[0]]
        named = {posting.place for posting in first}
        return [*first, *(posting for posting in held if posting.place not in named)]

    def keys_accepted(self, keys: Array, accepts: Accepts) -> Array:
        """Return whether any place of each key is accepted, as a mask."""
        return np.array(
            [any(accepts(np.array([p.place for p in self.postings(k)]))) for k in keys.tolist()],
            dtype=bool,
        )

    def insists(self, name: int, *, lang: str, spoken_of: Iterable[str]) -> bool:
        """Return whether the user says that a name means its place, here.

        Parameters
        ----------
        name
            Number of the name.
        lang
            Language of the text or the search.
        spoken_of
            Countries that are asked for or spoken of.
        """
        if name < self._first_own_name:
            return False
        countries = {None, *spoken_of}
        return any(
            fix is None or (fix.lang in {None, lang} and fix.country in countries)
            for fix in self._fixes[name - self._first_own_name]
        )

    def name(self, name: int) -> str:
        """Return a name as held."""
        own = name - self._first_own_name
        return self._held.name(name) if own < 0 else self._own_names[own].text

    def name_lang(self, name: int) -> str:
        """Return the language of a name."""
        own = name - self._first_own_name
        return self._held.name_lang(name) if own < 0 else self._own_names[own].lang

    def name_kind(self, name: int) -> str:
        """Return the kind of a name."""
        return self._held.name_kind(name) if name < self._first_own_name else "short"

    def has_name_in(self, row: int, lang: str) -> bool:
        """Return whether a place has a name in a language."""
        return (
            lang in self.names_of(row) if row in self.changes else self._held.has_name_in(row, lang)
        )

    def names_in(self, row: int, lang: str) -> list[int]:
        """Return the rows of a place's names in a language."""
        held = self._held.names_in(row, lang) if row < len(self._held) else []
        own = [i for i in self._names_by_row.get(row, ()) if self._own_names[i].lang == lang]
        return [*held, *(self._first_own_name + i for i in own)]

    def name_count(self, row: int) -> int:
        """Return how many names a place has: a measure of how well known it is."""
        held = self._held.name_count(row) if row < len(self._held) else 0
        return held + len(self._names_by_row.get(row, ()))

    def first_name(self, row: int) -> int:
        """Return the row of a place's preferred name."""
        if row < len(self._held):
            return self._held.first_name(row)
        return self._first_own_name + self._names_by_row[row][0]

    def is_preferred(self, posting: Posting) -> bool:
        """Return whether a name is the first of its place."""
        return self.first_name(posting.place) == posting.name

    def names_of(self, row: int) -> dict[str, tuple[str, ...]]:
        """Return a place's names by language, the preferred one first."""
        names = self._held.names_of(row) if row < len(self._held) else {}
        for name in (self._own_names[i] for i in self._names_by_row.get(row, ())):
            if name.fix is None:
                before = names.get(name.lang, ())
                names[name.lang] = tuple(dict.fromkeys((*before, name.text)))
        return names

    # Places

    def _row(self, place_id: str) -> int | None:
        own = self._row_of_own.get(place_id)
        return self._held._row(place_id) if own is None else own  # noqa: SLF001 -- as above

    def place_id(self, row: int) -> str:
        """Return the id of a place."""
        own = self._own_rows.get(row)
        return self._held.place_id(row) if own is None else own.id

    def radius_km(self, row: int) -> float:
        """Return the radius within which a place lies, in kilometres."""
        place = self.changes.get(row)
        if place is None or (place.lat is None and place.uncertainty_km is None):
            return self._held.radius_km(row)
        return place.radius_km

    def details(self, row: int) -> dict[str, str]:
        """Return what only some places have: area, valid_from, valid_to, viewpoint, checked."""
        place = self.changes.get(row)
        held = self._held.details(row) if row < len(self._held) else {}
        if place is None:
            return held
        if place.geometry is not None:
            held.pop("area", None)
        spans = {"valid_from": place.valid_from, "valid_to": place.valid_to}
        return held | {key: value for key, value in spans.items() if value}

    @cached_property
    def dated(self) -> Array:
        """Rows of the places that have a time span."""
        own = [row for row, p in self.changes.items() if p.valid_from or p.valid_to]
        return np.union1d(self._held.dated, np.array(own, dtype=np.int32))

    def _read_layered(self, row: int) -> Place:
        place = self.changes.get(row)
        if place is None:
            return self._held.place(row)
        details = self.details(row)
        if place.is_own:
            base = Place(place.id, place.name, place.kind, 0.0, 0.0, source=SOURCE)
        else:
            base = self._held.place(row)
        lat, lon = int(self.lat_e5[row]) / 1e5, int(self.lon_e5[row]) / 1e5
        return replace(
            base,
            name=place.name or base.name,
            kind=self.kind_of(row),
            lat=lat,
            lon=lon,
            country=self.country_of(row),
            population=int(self.population[row]),
            uncertainty_km=round(self.radius_km(row), 1),
            names=self.names_of(row),
            valid_from=details.get("valid_from"),
            valid_to=details.get("valid_to"),
            source=SOURCE,
        )


def _extended(vocabulary: list[str], values: Iterable[str]) -> list[str]:
    new = sorted(set(values) - set(vocabulary))
    return [*vocabulary, *new]


def _e5(degrees: float | None) -> int:
    return round((degrees or 0.0) * 1e5)


class _Sounds:
    """Keys by skeleton, the user's among them."""

    def __init__(self, held: Store, layer: LayeredStore) -> None:
        self._held = held.sounds
        texts = [layer.spelling(held_key) for held_key in _own_keys(layer)]
        self._keys = _own_keys(layer)
        self._sounds = [
            f"{script}:{skeleton(text, script)}" if (script := script_of(text)) else ""
            for text in texts
        ]
        self._letters = letter_bits(texts)
        self._lengths = np.array([min(len(text), 255) for text in texts], dtype=np.uint8)
        places = [[p.place for p in layer.postings(key)] for key in self._keys]
        self._prominence = np.array(
            [max(layer.prominence[rows]) for rows in places], dtype=np.uint8
        )

    def alike(self, script: str, skeletons: Iterable[str]) -> Alike:
        """Return the keys of a script that have one of these skeletons."""
        wanted = list(skeletons)
        held = self._held.alike(script, wanted)
        sounds = {f"{script}:{line}" for line in wanted}
        at = [i for i, sound in enumerate(self._sounds) if sound in sounds]
        if not at:
            return held
        own = (np.array(self._keys, dtype=np.int32), self._letters, self._lengths, self._prominence)
        return Alike(*(np.concatenate([h, o[at]]) for h, o in zip(held, own, strict=True)))


def _own_keys(layer: LayeredStore) -> list[int]:
    first, trie = layer._first_own_key, layer._own_trie  # noqa: SLF001 -- a part of it
    return [first + i for i in range(len(trie)) if layer.key(trie.restore_key(i)) == first + i]


class _Space:
    """Places by where they are, the user's among them, moved ones at their new point."""

    def __init__(self, held: Store, layer: LayeredStore) -> None:
        self._held, self._layer, self._n = held.space, layer, len(held)
        moved = [row for row, place in layer.changes.items() if place.lat is not None]
        self._rows = np.array(moved, dtype=np.int32)
        self._lat = np.array([layer.lat_e5[row] / 1e5 for row in moved])
        self._lon = np.array([layer.lon_e5[row] / 1e5 for row in moved])

    def within(self, west: float, south: float, east: float, north: float) -> Array:
        """Return the rows of the places in a box."""
        from gazetteer.filters import in_box

        held = self._held.within(west, south, east, north)
        own = self._rows[in_box(self._lat, self._lon, (west, south, east, north))]
        rows: Array = np.concatenate([held[~np.isin(held, self._rows)], own])
        return rows

    def nearest(
        self, lat: float, lon: float, *, limit: int, accepted: Array | None = None
    ) -> tuple[Array, Array]:
        """Return the rows nearest to a point, the nearest first, and their distances in km."""
        passes = np.ones(len(self._layer), dtype=bool) if accepted is None else accepted
        held = passes[: self._n].copy()
        held[self._rows[self._rows < self._n]] = False
        rows, km = self._held.nearest(lat, lon, limit=limit, accepted=held)
        kept = passes[self._rows]
        rows = np.concatenate([rows, self._rows[kept]])
        km = np.concatenate([km, distances_km(lat, lon, self._lat[kept], self._lon[kept])])
        order = np.argsort(km, kind="stable")[:limit]
        return rows[order], km[order]


class _Areas:
    """Outlines of places, the user's among them."""

    def __init__(self, held: Store, layer: LayeredStore) -> None:
        self._held, self._n = held.areas, len(held)
        self._shapes: dict[int, BaseGeometry] = {
            row: place.geometry
            for row, place in layer.changes.items()
            if place.geometry is not None
        }

    @property
    def rows(self) -> list[int]:
        """Rows of the places with a polygon."""
        own = [row for row in self._shapes if self.has(row)]
        return sorted({*self._held.rows, *own})

    def has(self, row: int) -> bool:
        """Return whether a polygon is held for a place."""
        shape = self._shapes.get(row)
        if shape is not None:
            return shape.geom_type in _POLYGONS
        return row < self._n and self._held.has(row)

    def polygon(self, row: int) -> BaseGeometry | None:
        """Return the outline or line held for a place (EPSG:4326), or None."""
        shape = self._shapes.get(row)
        if shape is not None:
            return shape
        return self._held.polygon(row) if row < self._n else None

    def containing(self, lat: float, lon: float) -> list[int]:
        """Return the rows of the places whose polygons contain a point, in no order."""
        held = [row for row in self._held.containing(lat, lon) if row not in self._shapes]
        point = shapely.Point(lon, lat)
        return [
            *held,
            *(row for row, s in self._shapes.items() if self.has(row) and s.intersects(point)),
        ]
