"""How do places become the four files of data/gazetteer/?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gazetteer.sources.columns import (
    encode_labels,
    encode_polygons,
    encode_text,
    quantize,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tools.gazetteer_data.fetch import Package
    from tools.gazetteer_data.model import Place

SCHEMA_VERSION: Final = 1

_E5: Final = 100_000


def write(places: Sequence[Place], packages: Sequence[Package], folder: Path) -> dict[str, int]:
    """Write the tables and the manifest; return the number of rows of each table."""
    folder.mkdir(parents=True, exist_ok=True)
    row_of = {place.id: row for row, place in enumerate(places)}
    if len(row_of) != len(places):
        twice = {place.id for row, place in enumerate(places) if row_of[place.id] != row}
        message = f"ids are not unique: {sorted(twice)[:5]}"
        raise ValueError(message)
    areas = _area_columns(places)
    names = _name_columns(places)
    write_table(folder / "places.npz", _place_columns(places, row_of))
    write_table(folder / "names.npz", names)
    write_table(folder / "areas.npz", areas)
    rows = {"places": len(places), "names": len(names["place"]), "areas": len(areas["place"])}
    _write_manifest(packages, rows, folder / "manifest.json")
    return rows


def _place_columns(places: Sequence[Place], row_of: dict[str, int]) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {"id": encode_text([place.id for place in places])}
    for column, vocabulary, values in (
        ("kind", "kinds", [place.kind for place in places]),
        ("feature_code", "feature_codes", [place.feature_code for place in places]),
        ("country", "countries", [place.country for place in places]),
        ("source", "sources", [place.source for place in places]),
    ):
        first = [""] if column in {"feature_code", "country"} else []
        columns[column], columns[vocabulary] = encode_labels(values, first=first)
    return columns | {
        "admin1": np.array([row_of.get(place.parent, -1) for place in places], dtype=np.int32),
        "lat_e5": _e5([place.lat for place in places]),
        "lon_e5": _e5([place.lon for place in places]),
        "population": np.array([place.population for place in places], dtype=np.uint32),
        "equivalents": encode_text([" ".join(place.equivalents) for place in places]),
    }


def _e5(degrees: Sequence[float]) -> NDArray[np.int32]:
    units: NDArray[np.int32] = np.rint(np.array(degrees) * _E5).astype(np.int32)
    return units


def _name_columns(places: Sequence[Place]) -> dict[str, NDArray[Any]]:
    names = [(row, name) for row, place in enumerate(places) for name in place.names]
    lang, langs = encode_labels([name.lang for _, name in names], first=["und"])
    kind, kinds = encode_labels([name.kind for _, name in names])
    return {
        "place": np.array([row for row, _ in names], dtype=np.int32),
        "lang": lang,
        "langs": langs,
        "kind": kind,
        "kinds": kinds,
        "text": encode_text([name.text for _, name in names]),
    }


def _area_columns(places: Sequence[Place]) -> dict[str, NDArray[Any]]:
    rows = [row for row, place in enumerate(places) if place.area is not None]
    grid = quantize([places[row].area for row in rows])
    kept = ~shapely.is_empty(grid)
    return {
        "place": np.array(rows, dtype=np.int32)[kept],
        **encode_polygons(grid[kept]),
    }


def _write_manifest(packages: Sequence[Package], rows: dict[str, int], path: Path) -> None:
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "data_version": _data_version(packages),
        "rows": rows,
        "sources": [
            {
                "package": package.name,
                "registry": package.registry,
                "version": package.version,
                "data": package.data,
                "licence": package.licence,
                "attribution": package.attribution,
                "sha256": package.sha256,
            }
            for package in packages
        ],
    }
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _data_version(packages: Sequence[Package]) -> str:
    """Return the newest date that a package's version carries, as YYYY.MM.DD."""
    dates = [found for package in packages for found in re.findall(r"20\d{6}", package.version)]
    newest = max(dates)
    return f"{newest[:4]}.{newest[4:6]}.{newest[6:]}"
