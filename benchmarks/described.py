"""Which of the described places in ``described_places.tsv`` are found, how large, and where?

``python benchmarks/described.py`` prints for each phrase what it was taken for: id, bounds,
length or area, uncertainty and the time to shape it. ``-o FILE.html`` draws them on a map,
``-o FILE.geojson`` writes them as a layer.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from pyproj import Geod

import maps
from gazetteer import Gazetteer
from gazetteer.mention import DESCRIBED_FORMS

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from gazetteer.mention import Resolution

CASES = Path(__file__).with_name("described_places.tsv")
GEOD = Geod(ellps="WGS84")


def main() -> int:
    """Read every case and print it; return 1 when one was read differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="a map (.html) or a layer (.geojson)")
    output = parser.parse_args().output
    gazetteer = Gazetteer.open()
    with CASES.open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for case in cases if (row := _read(gazetteer, case)) is not None]
    as_expected = sum(row["as_expected"] for row in rows)
    print(f"{as_expected} of {len(cases)} as expected")
    if output is not None:
        _write(rows, output)
    return int(as_expected < len(cases))


def _read(gazetteer: Gazetteer, case: dict[str, str]) -> dict[str, object] | None:
    found = [
        resolution
        for resolution in gazetteer.geoparse(case["text"], lang=case["lang"])
        if resolution.mention.form in DESCRIBED_FORMS
    ]
    chosen = next((r for r in found if r.mention.text == case["phrase"]), next(iter(found), None))
    if chosen is None or chosen.place is None:
        print(f"MISSED {case['lang']} {case['phrase']}: nothing found")
        return None
    start = time.perf_counter()
    shape = Gazetteer.open().geometry(chosen.place)  # opened anew: nothing is shaped yet
    milliseconds = (time.perf_counter() - start) * 1000
    as_expected = (chosen.mention.text, chosen.place.id) == (case["phrase"], case["id"])
    print("ok    " if as_expected else "OTHER ", _line(chosen, shape, milliseconds))
    return {
        "type": f"described.{chosen.mention.form}",
        "role": "zone" if shape.geom_type.endswith("Polygon") else "location",
        "label": chosen.mention.text,
        "place": chosen.place.name,
        "place_id": chosen.place.id,
        "geometry_basis": chosen.geometry_basis,
        "uncertainty_km": chosen.uncertainty_km,
        "evidence": case["text"],
        "lang": case["lang"],
        "as_expected": as_expected,
        "geometry": shape,
    }


def _line(found: Resolution, shape: BaseGeometry, milliseconds: float) -> str:
    bounds = " ".join(f"{degrees:.2f}" for degrees in shape.bounds)
    return (
        f"{found.mention.language} {found.mention.text} | {found.place and found.place.id} | "
        f"{found.mention.form}, {found.geometry_basis} | {bounds} | {_size(shape)} | "
        f"±{found.uncertainty_km:.0f} km | {milliseconds:.0f} ms"
    )


def _size(shape: BaseGeometry) -> str:
    if "Polygon" in shape.geom_type:
        oriented = shapely.orient_polygons(shape)
        return f"{abs(GEOD.geometry_area_perimeter(oriented)[0]) / 1e6:,.0f} km²"
    return f"{GEOD.geometry_length(shape) / 1000:,.0f} km"


def _write(rows: list[dict[str, object]], output: Path) -> None:
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    table = table.drop(columns="as_expected")
    if output.suffix == ".html":
        maps.draw(table).save(output)
    else:
        table.to_file(output, driver="GeoJSON")


if __name__ == "__main__":
    sys.exit(main())
