"""In which country or first-level division did each event happen, so that these can be shaded?"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

import geopandas as gpd
import numpy as np
import shapely

from maps.data import data_path
from maps.errors import BadChoroplethError, MissingColumnError
from maps.geometry import outlines_of, shift_all
from maps.layers.feature import CONTEXT
from maps.table import clean_geometry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.events import Events
    from maps.table import EventTable, Geometries, Positions
    from maps.words import Words

Level = Literal["country", "adm1"]
Scale = Literal["quantile", "log"]
#: Column of the event table that names the area, by level.
_COLUMNS = {"country": "country", "adm1": "admin1"}
#: A place less certain than this may lie in the area beside the one its point is in.
SURE_KM = 25.0
#: Kinds of place that are no smaller than a division: their point says nothing of which.
_WIDE_KINDS = frozenset({"country", "territory", "region", "subregion", "sea", "disputed"})
#: Outlines are simplified together, so that neighbours still meet: about two kilometres.
_TOLERANCE = 0.02
_DECIMALS = 3
_POINT, _POLYGONS = 0, (3, 6)


@dataclass(frozen=True, slots=True)
class Choropleth:
    """Areas to be shaded by their number of events.

    Attributes
    ----------
    level, scale
        What the areas are, and how their classes are made.
    ids
        Of the areas in which something happened: ISO 3166-1 alpha-2 codes of countries, else ids.
    names
        Their names; None where the page knows one itself.
    shapes
        Their geometry; None where the basemap has it.
    row, area
        Which event, by one of its rows, happened in which of the areas, pair by pair.
    """

    level: Level
    scale: Scale
    ids: tuple[str, ...]
    names: tuple[str | None, ...]
    shapes: tuple[Any, ...]
    row: Positions
    area: Positions

    def as_json(self, west: float, events: Events) -> dict[str, Any]:
        """Return it as the page reads it; outlines are flat lon, lat, lon, lat …, ring by ring."""
        areas = []
        for id_, name, shape in zip(self.ids, self.names, self.shapes, strict=True):
            known = {"name": name, "shape": _flat(shape, west)}
            areas.append({"id": id_, **{key: value for key, value in known.items() if value}})
        return {
            "level": self.level,
            "scale": self.scale,
            "areas": areas,
            "event": events.of_spot[events.spot_of_row[self.row]].tolist(),
            "area": self.area.tolist(),
        }


def choropleth(
    table: EventTable,
    level: str,
    *,
    areas: gpd.GeoDataFrame | None = None,
    scale: str = "quantile",
    words: Words | None = None,
    outlines: bool = False,
) -> Choropleth:
    """Sort events into countries or divisions.

    An event counts once in each area that one of its places lies in, those that only set its scene
    left out. The table's column ``country`` or ``admin1`` decides; where it is empty, the area that
    the place's point lies in, if the point is known well enough.

    Parameters
    ----------
    table
        The event table.
    level
        ``country`` or ``adm1``.
    areas
        Polygons with a CRS, ``area_id`` (as the event table names them) and ``name``, optionally
        ``place_names`` by language. Needed for ``adm1``; countries are in the basemap.
    scale
        How classes are made of the counts: ``quantile`` or ``log``.
    words
        The reader's language.
    outlines
        Whether the basemap's countries carry their outlines, for a page that has no basemap.

    Raises
    ------
    BadChoroplethError
        If there is no such level or scale, or if the level needs areas.
    MissingColumnError, MissingCrsError, BadGeometryError
        If the areas cannot be read.
    """
    for given, wanted in ((level, get_args(Level)), (scale, get_args(Scale))):
        if given not in wanted:
            raise BadChoroplethError(given, wanted)
    if areas is None and level == "adm1":
        raise BadChoroplethError.without_areas(level)
    ids, names, shapes = _countries() if areas is None else _given(areas, words)
    rows, area = _assigned(table, _COLUMNS[level], ids, shapes)
    pairs = np.column_stack([table.event[rows], area])
    once = np.sort(np.unique(pairs, axis=0, return_index=True)[1])
    used, area = np.unique(area[once], return_inverse=True)
    known = areas is None and not outlines
    drawn = [None] * len(used) if known else list(_simpler(shapes[used]))
    return Choropleth(
        level=level,  # type: ignore[arg-type]  # checked above
        scale=scale,  # type: ignore[arg-type]
        ids=tuple(ids[one] for one in used),
        names=tuple(names[one] for one in used),
        shapes=tuple(drawn),
        row=rows[once],
        area=area,
    )


def _assigned(
    table: EventTable, column: str, ids: Sequence[str], shapes: Geometries
) -> tuple[Positions, Positions]:
    """Return rows and the area each lies in, by the table's own word first."""
    stated = table.column(column)
    number = {id_: position for position, id_ in enumerate(ids)}
    known = np.array([number.get(value, -1) for value in stated.values] + [-1], dtype=np.int64)
    area = known[stated.codes]
    counts = ~table.having(CONTEXT)
    kind = table.column("place_kind")
    wide = [code for code, value in enumerate(kind.values) if value in _WIDE_KINDS]
    unsure = (table.uncertainty_km > SURE_KM) | np.isin(kind.codes, wide)
    loose = np.flatnonzero(
        counts & ~stated.filled & ~unsure & (shapely.get_type_id(table.geometry) == _POINT)
    )
    point, inside = shapely.STRtree(shapes).query(table.geometry[loose], predicate="intersects")
    area[loose[point]] = inside
    rows = np.flatnonzero(counts & (area >= 0))
    return rows, area[rows]


def _given(
    areas: gpd.GeoDataFrame, words: Words | None
) -> tuple[list[str], list[str | None], Geometries]:
    """Return ids, names in the reader's language, and polygons of the areas that were handed in."""
    missing = [name for name in ("area_id", "name") if name not in areas.columns]
    if missing or not isinstance(areas, gpd.GeoDataFrame):
        raise MissingColumnError([*missing] or ["geometry"], [str(name) for name in areas.columns])
    shapes = clean_geometry(areas)
    kept = np.isin(shapely.get_type_id(shapes), _POLYGONS)
    table = areas[kept]
    own = table["place_names"] if "place_names" in table.columns else [None] * len(table)
    lang = words.lang if words else ""
    names = [
        str((translated if isinstance(translated, dict) else {}).get(lang, name))
        for name, translated in zip(table["name"], own, strict=True)
    ]
    return [str(one) for one in table["area_id"]], [*names], np.asarray(shapes)[kept]


def _simpler(shapes: Geometries) -> Geometries:
    """Return areas with fewer vertices whose common borders still are common."""
    simpler: Geometries = shapely.coverage_simplify(shapes, _TOLERANCE)
    return simpler


def _flat(shape: Any, west: float) -> list[list[list[float]]] | None:
    """Return polygons, each its rings, each flat lon, lat …; None for None."""
    if shape is None:
        return None
    return [
        [np.round(ring, _DECIMALS).ravel().tolist() for ring in shift_all(rings, west)]
        for rings in outlines_of(shape)
    ]


@cache
def _countries() -> tuple[list[str], list[str | None], Geometries]:
    """Return the countries of the basemap: codes, no names (the page has them), polygons."""
    packed = data_path("maps", "countries_50m.json.gz").read_bytes()
    topology = json.loads(gzip.decompress(packed))
    arcs = [_arc(deltas, topology) for deltas in topology["arcs"]]
    coded = [
        (code, shapely.union_all([_polygon(rings, arcs) for rings in polygons]))
        for code, polygons in zip(topology["codes"], topology["countries"], strict=True)
        if code
    ]
    codes, shapes = zip(*coded, strict=True)
    return [*codes], [None] * len(codes), np.array(shapes, dtype=object)


def _arc(deltas: Sequence[int], topology: dict[str, Any]) -> Any:
    """Return a quantised arc's longitudes and latitudes."""
    steps = np.array(deltas, dtype=float).reshape(-1, 2).cumsum(axis=0)
    return steps * topology["scale"] + topology["translate"]


def _polygon(rings: Sequence[Sequence[int]], arcs: Sequence[Any]) -> Any:
    """Join arcs to a polygon; the number of an arc that runs backwards is inverted."""
    joined = [
        np.concatenate([arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring])
        for ring in rings
    ]
    return shapely.make_valid(shapely.Polygon(joined[0], joined[1:]))
