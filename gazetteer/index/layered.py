"""How do the user's own places and fixes lie over an index, and win, without being merged in?"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie
import numpy as np

from gazetteer.errors import UnknownPlaceError
from gazetteer.index.layered_parts import (
    LayeredAreas,
    LayeredColumn,
    LayeredSounds,
    LayeredSpace,
)
from gazetteer.index.layout import OWN
from gazetteer.index.sounds import script_bit
from gazetteer.index.store import Posting, Store
from gazetteer.kinds import prominence_of
from gazetteer.place import Place
from gazetteer.sources.feature_kinds import UNKNOWN
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
        self.sounds = LayeredSounds(held, self)  # type: ignore[assignment]
        self.space = LayeredSpace(held, self)  # type: ignore[assignment]
        self.areas = LayeredAreas(held, self)  # type: ignore[assignment]
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
        setattr(self, column, LayeredColumn(getattr(self._held, column), own, changed))

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

    def is_continued(self, folded: str) -> bool:
        """Return whether any folded name goes on behind these characters."""
        own = next(self._own_trie.iterkeys(folded), None)
        return own is not None or self._held.is_continued(folded)

    def own_keys(self) -> list[int]:
        """Return the numbers of the folded names that only the user has."""
        first, trie = self._first_own_key, self._own_trie
        return [first + i for i in range(len(trie)) if self.key(trie.restore_key(i)) == first + i]

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
        return self._held.name_kind(name) if name < self._first_own_name else OWN

    def has_name_in(self, row: int, lang: str) -> bool:
        """Return whether a place has a name in a language."""
        return (
            lang in self.names_of(row) if row in self.changes else self._held.has_name_in(row, lang)
        )

    def names_in(self, row: int, *langs: str) -> list[int]:
        """Return the rows of a place's names in some languages, held ones first."""
        held = self._held.names_in(row, *langs) if row < len(self._held) else []
        own = [i for i in self._names_by_row.get(row, ()) if self._own_names[i].lang in langs]
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
