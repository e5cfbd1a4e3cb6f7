"""What is in the gazetteer just built, in figures?"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

import shapely

from gazetteer.sources.columns import decode_polygons, read_table
from tools.gazetteer_data.names import scripts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.gazetteer_data.model import Place

_LARGER: Final = 15_000
_SCRIPTS: Final = {"Arab": "Arabic", "Hebr": "Hebrew", "Cyrl": "Cyrillic"}


def show(places: Sequence[Place], folder: Path, *, seconds: float) -> None:
    """Print rows by kind, names by language, coverage of scripts, bytes and validity."""
    out = sys.stdout
    kinds = Counter(place.kind for place in places)
    langs = Counter(name.lang for place in places for name in place.names)
    print(f"{len(places):,} places: {_listed(kinds)}", file=out)
    print(f"{langs.total():,} names: {_listed(langs)}", file=out)
    larger = [
        place for place in places if place.source == "GeoNames" and place.population > _LARGER
    ]
    for code, label in _SCRIPTS.items():
        held = sum(any(code in scripts(name.text) for name in place.names) for place in larger)
        print(f"of {len(larger):,} settlements > 15,000: {held:,} named in {label}", file=out)
    unplaced = sum(not p.parent for p in places if p.source == "GeoNames")
    print(f"settlements without a division: {unplaced:,}", file=out)
    areas = decode_polygons(read_table(folder / "areas.npz"))
    valid = int(shapely.is_valid(areas).sum())
    points = int(shapely.get_num_coordinates(areas).sum())
    print(f"{len(areas):,} areas, {valid:,} valid, {points:,} vertices", file=out)
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    print(f"{sum(sizes.values()):,} bytes: {_listed(Counter(sizes))}", file=out)
    print(f"built in {seconds:.0f} s", file=out)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{key} {count:,}" for key, count in counts.most_common())
