"""How is the memory-mapped index made from the shipped data?"""

from __future__ import annotations

import gc
import glob
import json
import math
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np
import shapely

from gazetteer.area_expressions import compose, held_id
from gazetteer.areas import radius_km, representative_point
from gazetteer.data import data_path
from gazetteer.errors import IndexNotWritableError, UnknownPlaceError
from gazetteer.index import layout
from gazetteer.sources.columns import decode_labels, decode_polygons, decode_text, read_table
from gazetteer.sources.curated import CuratedPlace, read_curated
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Progress = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and what is being done."""

_ABANDONED_S = 3600.0  # nobody works on a draft that was begun so many seconds ago
DISPUTED = "disputed"
# Units that are not a country or division lent to a region: they are the region itself.
_OWN_OUTLINE = ("ne_a3:", "sea:", "ne:1")
_KM_PER_DEGREE = 111.2  # along a meridian, mean Earth radius 6371 km
# Radius of a place known by a point only; about the extent of such a place (km).
_UNCERTAINTY_KM = {"capital": 15, "city": 10, "town": 4, "village": 2, "district": 3, "airport": 3}
_DEFAULT_UNCERTAINTY_KM = 3
_COARSE_DEGREES = 0.1  # outlines are thinned so far to find a region's middle


@dataclass(slots=True)
class _Places:
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


@dataclass(slots=True)
class _Names:
    """Names while the index is being made; preferred names come first."""

    place: list[int]
    lang: list[str]
    kind: list[str]
    text: list[str]


def build_index(target: Path, *, on_progress: Progress | None = None) -> Path:
    """Make an index in a new folder, whole or not at all.

    Parameters
    ----------
    target
        Folder to make. When it appears meanwhile, made by another process, that one is kept.
    on_progress
        Called as the work goes on.

    Returns
    -------
    Path
        ``target``.

    Raises
    ------
    IndexNotWritableError
        If the folder cannot be written.
    """
    report = on_progress or (lambda _share, _what: None)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise IndexNotWritableError(target.parent, error.strerror or str(error)) from error
    try:
        _write_index(draft, report)
        _publish(draft, target)
    except OSError as error:
        raise IndexNotWritableError(target, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _sweep(target: Path) -> None:
    """Remove the drafts of this index that killed processes left behind."""
    for draft in target.parent.glob(f".{glob.escape(target.name)}-*"):
        if time.time() - draft.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(draft, ignore_errors=True)


def _publish(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        if not (target / layout.MANIFEST).exists():
            raise


def _write_index(folder: Path, report: Progress) -> None:
    report(0.0, "reading places")
    places, areas = _read_places()
    report(0.1, "reading names")
    names = _read_names()
    curated = read_curated()
    _merge_curated(places, names, curated)
    report(0.2, "composing regions")
    _place_regions(places, curated, areas)
    gc.collect()  # its polygons hang in a recursive closure, which only the collector frees
    report(0.25, "writing places")
    vocabularies = _write_places(folder, places)
    _write_areas(folder, areas)
    n_places = len(places.id)
    del places, areas  # the names need the room
    report(0.35, "writing names")
    order = np.argsort(np.array(names.place), kind="stable")
    vocabularies |= _write_names(folder, names, order, n_places)
    report(0.45, "folding names")
    keys = [fold(names.text[i]) for i in order]
    names.text.clear()  # a hundred megabytes that the trie can have
    report(0.6, "indexing names")
    n_keys = _write_keys(folder, keys, np.array(names.place)[order], np.array(names.kind)[order])
    report(0.95, "finishing")
    counts = {"places": n_places, "names": len(keys), "keys": n_keys}
    _write_manifest(folder, vocabularies, counts)
    report(1.0, "done")


def _read_places() -> tuple[_Places, dict[str, Any]]:
    table = read_table(data_path("gazetteer", "places.npz"))
    areas = read_table(data_path("gazetteer", "areas.npz"))
    kinds = decode_labels(table["kind"], table["kinds"])
    places = _Places(
        id=decode_text(table["id"]),
        kind=kinds,
        country=decode_labels(table["country"], table["countries"]),
        admin1=table["admin1"].tolist(),
        lat_e5=table["lat_e5"].tolist(),
        lon_e5=table["lon_e5"].tolist(),
        population=table["population"].tolist(),
        source=decode_labels(table["source"], table["sources"]),
        equivalents=decode_text(table["equivalents"]),
        uncertainty_km=[_UNCERTAINTY_KM.get(kind, _DEFAULT_UNCERTAINTY_KM) for kind in kinds],
        details={},
    )
    for row, radius in zip(areas["place"].tolist(), _radii_km(areas), strict=True):
        places.uncertainty_km[row] = radius
    return places, areas


def _radii_km(areas: dict[str, Any]) -> list[float]:
    """Radius of the circle as large as each area, in km; plane geometry is near enough here."""
    polygons = decode_polygons(areas)
    bounds = shapely.bounds(polygons)
    shrink = np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    square_km = shapely.area(polygons) * shrink * _KM_PER_DEGREE**2
    radii: list[float] = np.sqrt(square_km / math.pi).tolist()
    return radii


def _read_names() -> _Names:
    table = read_table(data_path("gazetteer", "names.npz"))
    return _Names(
        place=table["place"].tolist(),
        lang=decode_labels(table["lang"], table["langs"]),
        kind=decode_labels(table["kind"], table["kinds"]),
        text=decode_text(table["text"]),
    )


def _merge_curated(places: _Places, names: _Names, curated: Sequence[CuratedPlace]) -> None:
    """Add curated places and names; a row with a held outline of its own is that place."""
    row_of = _rows_by_id(places)
    preferred, further = _Names([], [], [], []), _Names([], [], [], [])
    for entry in curated:
        same = row_of.get(unit) if (unit := held_id(entry.area)).startswith(_OWN_OUTLINE) else None
        row = row_of.get(entry.id, same)
        if row is None:
            row = _append_place(places, entry)
        elif same is None or entry.kind == DISPUTED:
            places.kind[row] = entry.kind or places.kind[row]
        if row_of.setdefault(entry.id, row) == same and entry.id != places.id[row]:
            places.equivalents[row] += f" {entry.id}"
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
            added.place.append(row)
            added.lang.append(name.lang)
            added.kind.append(name.kind)
            added.text.append(name.text)
    for column in fields(_Names):
        parts = [getattr(part, column.name) for part in (preferred, names, further)]
        setattr(names, column.name, list(chain.from_iterable(parts)))


def _append_place(places: _Places, entry: CuratedPlace) -> int:
    lat, lon = entry.lat, entry.lon
    places.id.append(entry.id)
    places.kind.append(entry.kind)
    places.country.append(entry.country)
    places.admin1.append(-1)
    places.lat_e5.append(round((lat or 0.0) * 1e5))
    places.lon_e5.append(round((lon or 0.0) * 1e5))
    places.population.append(0)
    places.source.append("curated")
    places.equivalents.append("")
    places.uncertainty_km.append(entry.uncertainty_km or _DEFAULT_UNCERTAINTY_KM)
    return len(places.id) - 1


def _rows_by_id(places: _Places) -> dict[str, int]:
    """Rows by id and by equivalent; an id of a place's own goes before an equivalent."""
    row_of = {place_id: row for row, place_id in enumerate(places.id)}
    for row, equivalents in enumerate(places.equivalents):
        for equivalent in equivalents.split():
            row_of.setdefault(equivalent, row)
    return row_of


def _place_regions(places: _Places, curated: Sequence[CuratedPlace], areas: dict[str, Any]) -> None:
    """Give places that are only composed of others their point and their radius."""
    row_of = _rows_by_id(places)
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


def _write_places(folder: Path, places: _Places) -> dict[str, list[str]]:
    vocabularies = {}
    for column in ("kind", "country", "source"):
        values: list[str] = getattr(places, column)
        vocabulary = sorted(set(values))
        code = {value: i for i, value in enumerate(vocabulary)}
        _save(folder, column, np.array([code[value] for value in values], dtype=np.uint16))
        vocabularies[column] = vocabulary
    for column, dtype in (
        ("admin1", np.int32),
        ("lat_e5", np.int32),
        ("lon_e5", np.int32),
        ("population", np.int64),
        ("uncertainty_km", np.float32),
    ):
        _save(folder, column, np.array(getattr(places, column), dtype=dtype))
    detail = np.full(len(places.id), -1, dtype=np.int32)
    rows = sorted(places.details)
    detail[rows] = np.arange(len(rows))
    _save(folder, "detail", detail)
    _save_texts(folder, "details", [json.dumps(places.details[row]) for row in rows])
    _save_texts(folder, "id", places.id)
    _save_texts(folder, "equivalents", places.equivalents)
    row_of = _rows_by_id(places)
    ids = marisa_trie.Trie(row_of)
    ids.save(str(folder / layout.IDS))
    row_of_id = np.empty(len(ids), dtype=np.int32)
    row_of_id[[ids[place_id] for place_id in row_of]] = list(row_of.values())
    _save(folder, "row_of_id", row_of_id)
    return vocabularies


def _write_areas(folder: Path, areas: dict[str, Any]) -> None:
    rings = np.concatenate([[0], np.cumsum(areas["ring_sizes"], dtype=np.int64)])
    polygons = np.concatenate([[0], np.cumsum(areas["polygon_sizes"], dtype=np.int64)])
    geometries = np.concatenate([[0], np.cumsum(areas["geometry_sizes"], dtype=np.int64)])
    units = int(areas["units_per_degree"][0])
    coordinates = np.column_stack([np.cumsum(areas[axis], dtype=np.int64) for axis in ("x", "y")])
    order = np.argsort(areas["place"])
    _save(folder, "area_place", areas["place"][order].astype(np.int32))
    _save(folder, "area_row", order.astype(np.int32))
    _save(folder, "area_coordinates", coordinates / units)
    _save(folder, "area_rings", rings)
    _save(folder, "area_polygons", polygons)
    _save(folder, "area_geometries", geometries)


def _write_names(
    folder: Path, names: _Names, order: np.ndarray[Any, Any], n_places: int
) -> dict[str, list[str]]:
    place = np.array(names.place, dtype=np.int32)[order]
    _save(folder, "name_place", place)
    _save(folder, "first_name", np.searchsorted(place, np.arange(n_places + 1)).astype(np.int32))
    vocabularies = {}
    for column in ("lang", "kind"):
        values: list[str] = getattr(names, column)
        vocabulary = sorted(set(values))
        code = {value: i for i, value in enumerate(vocabulary)}
        codes = np.array([code[value] for value in values], dtype=np.uint8)
        _save(folder, f"name_{column}", codes[order])
        vocabularies[f"name_{column}"] = vocabulary
    _save_texts(folder, "name", [names.text[i] for i in order])
    return vocabularies


def _write_keys(
    folder: Path,
    keys: Sequence[str],
    place: np.ndarray[Any, Any],
    kind: np.ndarray[Any, Any],
) -> int:
    """Write the trie of folded names, and for each key the names that fold to it.

    Of several names of one place that fold alike, the first is kept; a code only if no name does.
    """
    trie = marisa_trie.Trie(set(keys) - {""}, order=marisa_trie.LABEL_ORDER)
    trie.save(str(folder / layout.KEYS))
    key_id = np.fromiter((trie.get(key, -1) for key in keys), dtype=np.int64, count=len(keys))
    order = np.lexsort((kind == "code", place, key_id))
    order = order[key_id[order] >= 0]
    first = np.ones(len(order), dtype=bool)
    pairs = np.column_stack([key_id[order], place[order]])
    first[1:] = np.any(pairs[1:] != pairs[:-1], axis=1)
    kept = order[first]
    _save(folder, "posting_name", kept.astype(np.int32))
    _save(
        folder,
        "first_posting",
        np.searchsorted(key_id[kept], np.arange(len(trie) + 1)).astype(np.int32),
    )
    return len(trie)


def _write_manifest(
    folder: Path, vocabularies: dict[str, list[str]], counts: dict[str, int]
) -> None:
    shipped = json.loads(data_path("gazetteer", layout.MANIFEST).read_text(encoding="utf-8"))
    manifest = {
        "schema": layout.INDEX_SCHEMA,
        "fingerprint": layout.data_fingerprint(),
        "data_version": shipped["data_version"],
        "counts": counts,
        "vocabularies": vocabularies,
        "files": {path.name: path.stat().st_size for path in sorted(folder.iterdir())},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / layout.MANIFEST).write_text(text, encoding="utf-8")


def _save(folder: Path, name: str, column: np.ndarray[Any, Any]) -> None:
    np.save(folder / f"{name}.npy", column, allow_pickle=False)


def _save_texts(folder: Path, name: str, texts: Sequence[str]) -> None:
    lengths = np.fromiter((len(text.encode()) for text in texts), dtype=np.int64, count=len(texts))
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    _save(folder, f"{name}_text", np.frombuffer("".join(texts).encode(), dtype=np.uint8))
    _save(folder, f"{name}_offsets", offsets)
