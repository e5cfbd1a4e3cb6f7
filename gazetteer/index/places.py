"""How do places lie in an index, and the names before they are sorted?"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import marisa_trie
import numpy as np

from gazetteer.index import layout
from gazetteer.index.columns import encode, save, save_sparse_texts
from gazetteer.index.layout import GEONAMES
from gazetteer.sources.delimited import Labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gazetteer.index.draft import NameDraft, PlaceDraft

Array = np.ndarray[Any, Any]


def labels(values: Sequence[str]) -> Labels:
    """Return a column of few distinct strings as codes and a sorted vocabulary."""
    vocabulary = sorted(set(values))
    code = {value: i for i, value in enumerate(vocabulary)}
    return Labels(np.array([code[value] for value in values], dtype=np.int64), vocabulary)


def joined(one: Labels, other: Labels) -> Labels:
    """Return two columns as one; its vocabulary holds only what is used."""
    vocabulary = sorted({part.values[i] for part in (one, other) for i in _used(part)})
    code = {value: i for i, value in enumerate(vocabulary)}
    parts = [
        np.array([code.get(value, -1) for value in part.values], dtype=np.int64)[part.codes]
        for part in (one, other)
    ]
    return Labels(np.concatenate(parts), vocabulary)


def _used(column: Labels) -> list[int]:
    used: list[int] = np.flatnonzero(np.bincount(column.codes)).tolist()
    return used


@dataclass(slots=True)
class PlaceColumns:
    """Places as columns of equal length; ``id`` and ``equivalents`` only where there are any.

    Attributes
    ----------
    geonameid
        GeoNames' number where it is the place's own id; else 0.
    wikidata
        Wikidata's number where it is held as a number; else 0.
    id
        Other ids by row.
    equivalents
        Ids of the same place elsewhere, separated by blanks, by row.
    """

    geonameid: Array
    kind: Labels
    country: Labels
    source: Labels
    admin1: Array
    lat_e5: Array
    lon_e5: Array
    population: Array
    uncertainty_km: Array
    wikidata: Array
    id: dict[int, str] = field(default_factory=dict)
    equivalents: dict[int, str] = field(default_factory=dict)
    details: dict[int, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: PlaceDraft) -> Self:
        """Return a draft's places."""
        numbers = [
            int(place_id.removeprefix(GEONAMES)) if place_id.startswith(GEONAMES) else 0
            for place_id in draft.id
        ]
        return cls(
            geonameid=np.array(numbers, dtype=np.int32),
            kind=labels(draft.kind),
            country=labels(draft.country),
            source=labels(draft.source),
            admin1=np.array(draft.admin1, dtype=np.int32),
            lat_e5=np.array(draft.lat_e5, dtype=np.int32),
            lon_e5=np.array(draft.lon_e5, dtype=np.int32),
            population=np.array(draft.population, dtype=np.int64),
            uncertainty_km=np.array(draft.uncertainty_km, dtype=np.float32),
            wikidata=np.zeros(len(numbers), dtype=np.int32),
            id={row: i for row, (i, n) in enumerate(zip(draft.id, numbers, strict=True)) if not n},
            equivalents={row: e for row, e in enumerate(draft.equivalents) if e},
            details=draft.details,
        )

    def __len__(self) -> int:
        return len(self.geonameid)

    def numbered(self) -> tuple[Array, Array]:
        """Return all GeoNames numbers in ascending order, equivalents too, and their rows."""
        own = np.flatnonzero(self.geonameid)
        numbers = dict(zip(self.geonameid[own].tolist(), own.tolist(), strict=True))
        for row, equivalents in self.equivalents.items():
            for equivalent in equivalents.split():
                if equivalent.startswith(GEONAMES):
                    numbers.setdefault(int(equivalent.removeprefix(GEONAMES)), row)
        order = np.array(sorted(numbers), dtype=np.int32)
        return order, np.array([numbers[number] for number in order.tolist()], dtype=np.int32)

    def named(self) -> dict[str, int]:
        """Return rows by the ids and equivalents that are no GeoNames numbers."""
        row_of = {place_id: row for row, place_id in self.id.items()}
        for row, equivalents in sorted(self.equivalents.items()):
            for equivalent in equivalents.split():
                if not equivalent.startswith(GEONAMES):
                    row_of.setdefault(equivalent, row)
        return row_of


@dataclass(slots=True)
class NameColumns:
    """Names as columns of equal length, the preferred one of each place before its others.

    Attributes
    ----------
    place
        Row of the place.
    lang, kind
        BCP 47 language and kind of the name.
    blob, offsets
        The names in UTF-8, and where each begins and ends.
    rank
        Order of the names of one place, lower ones first.
    """

    place: Array
    lang: Labels
    kind: Labels
    blob: Array
    offsets: Array
    rank: Array

    @classmethod
    def of(cls, draft: NameDraft) -> Self:
        """Return a draft's names."""
        place = np.array(draft.place, dtype=np.int32)
        blob, offsets = encode(draft.text)
        rank = np.zeros(len(place), dtype=np.uint8)
        return cls(place, labels(draft.lang), labels(draft.kind), blob, offsets, rank)

    def __len__(self) -> int:
        return len(self.place)


def write_places(folder: Path, places: PlaceColumns) -> dict[str, list[str]]:
    """Write the places' columns; return the vocabularies of those that are codes."""
    vocabularies = {}
    for name in ("kind", "country", "source"):
        column: Labels = getattr(places, name)
        save(folder, name, column.codes.astype(np.uint16))
        vocabularies[name] = list(column.values)
    for name in (
        "geonameid",
        "wikidata",
        "admin1",
        "lat_e5",
        "lon_e5",
        "population",
        "uncertainty_km",
    ):
        save(folder, name, getattr(places, name))
    save_sparse_texts(folder, "id", places.id.items())
    save_sparse_texts(folder, "equivalents", places.equivalents.items())
    details = ((row, json.dumps(detail)) for row, detail in places.details.items() if detail)
    save_sparse_texts(folder, "details", details)
    numbers, rows = places.numbered()
    save(folder, "number", numbers)
    save(folder, "row_of_number", rows)
    quoted = np.flatnonzero(places.wikidata)
    order = quoted[np.argsort(places.wikidata[quoted], kind="stable")].astype(np.int32)
    save(folder, "wikidata_number", places.wikidata[order])
    save(folder, "row_of_wikidata", order)
    row_of = places.named()
    ids = marisa_trie.Trie(row_of)
    ids.save(str(folder / layout.IDS))
    row_of_id = np.empty(len(ids), dtype=np.int32)
    row_of_id[[ids[place_id] for place_id in row_of]] = list(row_of.values())
    save(folder, "row_of_id", row_of_id)
    return vocabularies
