"""What goes into an index? The shipped places and names, with the curated ones merged in."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.area_expressions import compose, held_id
from gazetteer.areas import radius_km, representative_point
from gazetteer.data import data_path
from gazetteer.errors import UnknownPlaceError
from gazetteer.kinds import radius_km_of
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.sources.columns import decode_labels, decode_polygons, decode_text, read_table
from gazetteer.sources.curated import CuratedPlace, read_curated, read_wrong_names
from gazetteer.text.language import language_of_name
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

Array = np.ndarray[Any, Any]

DISPUTED = "disputed"
# Units that are not a country or division lent to a region: they are the region itself.
_OWN_OUTLINE = ("ne_a3:", "sea:", "ne:1")
_KM_PER_DEGREE = 111.2  # along a meridian, mean Earth radius 6371 km
_COARSE_DEGREES = 0.1  # outlines are thinned so far to find a region's middle
_OF_PEOPLE = SETTLEMENT_KINDS | {"admin2", "admin3", "camp"}

_ARABIC_SCRIPT = "und-Arab"
_OF_ARABIC_SCRIPT = frozenset({"ar", "fa"})
"""Languages of whose letters a name in Arabic script may consist; others have their own."""


@dataclass(slots=True)
class PlaceDraft:
    """Places while the index is being made: one list per column, one entry per place."""

    id: list[str]
    kind: list[str]
    country: list[str]
    admin1: list[int]
    lat_e5: list[int]
    lon_e5: list[int]
    population: list[int]
    source: list[str]
    equivalents: list[str]
    uncertainty_km: list[float]
    details: dict[int, dict[str, str]]

    def rows_by_id(self) -> dict[str, int]:
        """Return rows by id and by equivalent; an id of a place's own goes before an equivalent."""
        row_of = {place_id: row for row, place_id in enumerate(self.id)}
        for row, equivalents in enumerate(self.equivalents):
            for equivalent in equivalents.split():
                row_of.setdefault(equivalent, row)
        return row_of


@dataclass(slots=True)
class NameDraft:
    """Names while the index is being made; preferred names come first."""

    place: list[int]
    lang: list[str]
    kind: list[str]
    text: list[str]

    def add(self, place: int, lang: str, kind: str, text: str) -> None:
        """Give a place one more name."""
        self.place.append(place)
        self.lang.append(lang)
        self.kind.append(kind)
        self.text.append(text)


@dataclass(slots=True)
class Draft:
    """All that an index is made from; ``areas`` are columns of polygons."""

    places: PlaceDraft
    names: NameDraft
    areas: dict[str, Any]


def embedded_draft() -> Draft:
    """Return the shipped and curated places with their names and polygons."""
    places, areas = _read_places()
    names = _without_wrong_names(_read_names(), places)
    curated = read_curated()
    _merge_curated(places, names, curated)
    _place_regions(places, curated, areas)
    return Draft(places, names, areas)


def _read_places() -> tuple[PlaceDraft, dict[str, Any]]:
    table = read_table(data_path("gazetteer", "places.npz"))
    areas = read_table(data_path("gazetteer", "areas.npz"))
    kinds = decode_labels(table["kind"], table["kinds"])
    places = PlaceDraft(
        id=decode_text(table["id"]),
        kind=kinds,
        country=decode_labels(table["country"], table["countries"]),
        admin1=table["admin1"].tolist(),
        lat_e5=table["lat_e5"].tolist(),
        lon_e5=table["lon_e5"].tolist(),
        population=table["population"].tolist(),
        source=decode_labels(table["source"], table["sources"]),
        equivalents=[_with_codes(line) for line in decode_text(table["equivalents"])],
        uncertainty_km=[radius_km_of(kind) for kind in kinds],
        details={},
    )
    for row, radius in zip(areas["place"].tolist(), _radii_km(areas), strict=True):
        places.uncertainty_km[row] = radius
    return places, areas


def _with_codes(equivalents: str) -> str:
    """Return ids without those that name no code ("gn_a1:GB.", "geonames:-1"), each once."""
    ids = dict.fromkeys(equivalents.split())
    return " ".join(one for one in ids if not one.endswith((".", ":")) and ":-" not in one)


def _radii_km(areas: dict[str, Any]) -> list[float]:
    """Radius of the circle as large as each area, in km; plane geometry is near enough here."""
    polygons = decode_polygons(areas)
    bounds = shapely.bounds(polygons)
    shrink = np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    square_km = shapely.area(polygons) * shrink * _KM_PER_DEGREE**2
    radii: list[float] = np.sqrt(square_km / math.pi).tolist()
    return radii


def _read_names() -> NameDraft:
    table = read_table(data_path("gazetteer", "names.npz"))
    texts = decode_text(table["text"])
    languages = decode_labels(table["lang"], table["langs"])
    return NameDraft(
        place=table["place"].tolist(),
        lang=[
            _by_letters(text) if lang == _ARABIC_SCRIPT else lang
            for text, lang in zip(texts, languages, strict=True)
        ],
        kind=decode_labels(table["kind"], table["kinds"]),
        text=texts,
    )


def _by_letters(name: str) -> str:
    """Return the language of an untagged name whose letters neither Arabic nor Persian has."""
    lang = language_of_name(name)
    return _ARABIC_SCRIPT if lang in _OF_ARABIC_SCRIPT else lang


def _without_wrong_names(names: NameDraft, places: PlaceDraft) -> NameDraft:
    """Take off names that the sources give to the wrong place."""
    wrong = read_wrong_names()
    of_row = {row: wrong[i] for row, i in enumerate(places.id) if i in wrong}
    kept = [
        i
        for i, row in enumerate(names.place)
        if row not in of_row or fold(names.text[i]) not in of_row[row]
    ]
    columns = (getattr(names, column.name) for column in fields(NameDraft))
    return NameDraft(*([column[i] for i in kept] for column in columns))


def _merge_curated(places: PlaceDraft, names: NameDraft, curated: Sequence[CuratedPlace]) -> None:
    """Add curated places and names; a row with a held outline of its own is that place."""
    row_of = places.rows_by_id()
    preferred, further = NameDraft([], [], [], []), NameDraft([], [], [], [])
    for entry in curated:
        same = row_of.get(unit) if (unit := held_id(entry.area)).startswith(_OWN_OUTLINE) else None
        row = row_of.get(entry.id, same)
        if row is None:
            row = _append_place(places, entry, row_of)
        elif same is None or entry.kind == DISPUTED:
            places.kind[row] = entry.kind or places.kind[row]
        if row_of.setdefault(entry.id, row) == same and entry.id != places.id[row]:
            places.equivalents[row] += f" {entry.id}"
        for other in entry.same_as:
            if row_of.setdefault(other, row) == row:
                places.equivalents[row] += f" {other}"
        details = {
            "area": "" if same == row else entry.area,
            "valid_from": entry.valid_from,
            "valid_to": entry.valid_to,
            "viewpoint": entry.viewpoint,
            "checked": entry.checked,
        }
        places.details[row] = {key: value for key, value in details.items() if value}
        for name in entry.names:
            # A row without a kind only adds names to a place that has better ones for display.
            added = preferred if entry.kind and name.kind == "short" else further
            added.add(row, name.lang, name.kind, name.text)
    for column in fields(NameDraft):
        parts = [getattr(part, column.name) for part in (preferred, names, further)]
        setattr(names, column.name, list(chain.from_iterable(parts)))


def _division_of(entry: CuratedPlace, places: PlaceDraft, row_of: Mapping[str, int]) -> int:
    """Return the row of the division that a place of people lies in, -1 where that is not told.

    It is the one that was checked, else that of the town whose point the place has.
    """
    if entry.kind not in _OF_PEOPLE:
        return -1
    if entry.checked in row_of:
        return row_of[entry.checked]
    towns = [row_of[town] for town in entry.point_from if town in row_of]
    is_there = len(towns) == 1 and places.country[towns[0]] == entry.country
    return places.admin1[towns[0]] if is_there else -1


def _append_place(places: PlaceDraft, entry: CuratedPlace, row_of: Mapping[str, int]) -> int:
    lat, lon = entry.lat, entry.lon
    places.id.append(entry.id)
    places.kind.append(entry.kind)
    places.country.append(entry.country)
    places.admin1.append(_division_of(entry, places, row_of))
    places.lat_e5.append(round((lat or 0.0) * 1e5))
    places.lon_e5.append(round((lon or 0.0) * 1e5))
    places.population.append(0)
    places.source.append("curated")
    places.equivalents.append("")
    places.uncertainty_km.append(entry.uncertainty_km or radius_km_of(entry.kind))
    return len(places.id) - 1


def _place_regions(
    places: PlaceDraft, curated: Sequence[CuratedPlace], areas: dict[str, Any]
) -> None:
    """Give places that are only composed of others their point and their radius."""
    row_of = places.rows_by_id()
    polygon_of = {row: i for i, row in enumerate(areas["place"].tolist())}
    polygons = decode_polygons(areas)

    @cache
    def geometry(place_id: str) -> BaseGeometry:
        row = row_of.get(held_id(place_id))
        if row is None:
            raise UnknownPlaceError(place_id)
        if row in polygon_of:
            coarse = shapely.simplify(polygons[polygon_of[row]], _COARSE_DEGREES)
            return shapely.make_valid(coarse)
        expression = places.details.get(row, {}).get("area")
        if expression:
            return shapely.make_valid(compose(expression, geometry))
        return shapely.Point(places.lon_e5[row] / 1e5, places.lat_e5[row] / 1e5)

    for entry in curated:
        row = row_of[held_id(entry.id)]
        if "area" not in places.details[row] or row in polygon_of or entry.lat is not None:
            continue
        composed = geometry(entry.id)
        lat, lon = representative_point(composed)
        places.lat_e5[row], places.lon_e5[row] = round(lat * 1e5), round(lon * 1e5)
        places.uncertainty_km[row] = entry.uncertainty_km or radius_km(composed)
    geometry.cache_clear()  # its polygons hang in a recursive closure
