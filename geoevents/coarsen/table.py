"""What is left of an event table when its places must not be pinpointed?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from geoevents.coarsen.grain import ADM1, Grain, parse_grain
from geoevents.coarsen.places import ToCells, ToDivisions
from geoevents.columns import CRS, event_columns, frame
from geoevents.ontology import builtin
from geoevents.routes import is_inferred_route, straight

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.ontology import Ontology
    from geoevents.place_rows import Row

_PLACE = ("place_id", "country", "admin1", "role", "geometry_basis", "uncertainty_km")
_SCORE_DIGITS = 1  # an exact probability would tell one place from another
_KIND = re.compile("[a-z_]{1,30}")
_ROUTE = "route"


def coarsen(
    events: GeoDataFrame,
    grain: Grain,
    *,
    gazetteer: Gazetteer | None = None,
    ontology: Ontology | None = None,
) -> GeoDataFrame:
    """Return an event table in which no place is told more closely than ``grain``.

    Parameters
    ----------
    events
        Any CRS (EPSG:4326 where none is stated). It stays as it is.
    grain
        Side of the grid's cells in kilometres, 1 to 1,000; or ``adm1``: places are told to their
        first-level division.
    gazetteer
        Knows countries, divisions and seas, which keep their names. With ``adm1`` it is needed.
    ontology
        Gives labels and codes of types [default: the built-in one].

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326, with the columns of the event table and no others. Without sentence, names,
        ids, title and source; ``docs/do-no-harm.md`` lists what stays.

    Raises
    ------
    ValueError
        If ``grain`` is none, or ``adm1`` without a gazetteer.
    """
    grain = parse_grain(grain)
    told: ToCells | ToDivisions
    if isinstance(grain, str):
        if gazetteer is None:
            raise ValueError(f"{ADM1} needs a gazetteer: give one")
        told = ToDivisions(gazetteer)
    else:
        told = ToCells(grain, gazetteer)
    columns = _kept(events, ontology or builtin())
    kept = zip(*columns.values(), strict=True)
    rows = [
        place | dict(zip(columns, values, strict=True))
        for place, values in zip(_places(events, told), kept, strict=True)
    ]
    return frame(rows, event_columns())


def _places(events: GeoDataFrame, told: ToCells | ToDivisions) -> list[Row]:
    """Return the place columns of each row."""
    shapes = events.geometry if events.crs is None else events.geometry.to_crs(CRS)
    cells = {name: _cells(events, name) for name in (*_PLACE, "score")}
    cells["country"] = _shaped(cells["country"], "country")
    known: dict[Any, Row] = {}
    rows = []
    for number, shape in enumerate(shapes):
        row = {name: values[number] for name, values in cells.items()}
        if shape is None or shape.is_empty:
            rows.append({"country": None if row["role"] == _ROUTE else row["country"]})
            continue
        if is_inferred_route(row["role"], row["geometry_basis"]):
            shape = straight(shape)  # noqa: PLW2901  # not along each cell on the way
        key = (shape.wkb, *(row[name] for name in _PLACE))
        if key not in known:
            known[key] = told.row(row, shape)
        rows.append(known[key] | _score(row["score"]))
    return rows


def _score(value: Any) -> Row:
    return {} if value is None else {"score": round(float(value), _SCORE_DIGITS)}


def _kept(events: GeoDataFrame, ontology: Ontology) -> dict[str, list[Any]]:
    """Return what stays beside the places, by column."""
    rules = load_toml("ontology", "coarsening.toml")
    listed = {
        c["name"]: c.get("values") for c in load_toml("ontology", "event_table.toml")["column"]
    }
    kept = {name: _of(_cells(events, name), listed[name]) for name in rules["keep"]}
    kept |= {name: _shaped(_cells(events, name), name) for name in ("lang", "money")}
    types = [None if value is None else str(value) for value in kept["type"]]
    known = [ontology.types.get(value or "") for value in types]
    kept["family"] = [value and value.partition(".")[0] for value in types]
    kept["label"] = [kind.label if kind else None for kind in known]
    for code in ("cameo", "plover", "acled"):
        kept[code] = [(kind and getattr(kind, code)) or None for kind in known]
    kept["casualties"] = [_casualties(cell) for cell in _cells(events, "casualties")]
    kept |= {name: _days(events, name) for name in ("start_time", "end_time")}
    doc_ids, event_ids = _cells(events, "doc_id"), _cells(events, "event_id")
    own = [(doc_ids[n], value) if value is not None else n for n, value in enumerate(event_ids)]
    kept["event_id"] = _numbered("event", own)
    kept["group_id"] = _numbered("group", _cells(events, "group_id"))
    return kept


def _cells(events: GeoDataFrame, name: str) -> list[Any]:
    """Return a column's cells, None for what is missing."""
    if name not in events.columns:
        return [None] * len(events)
    column = events[name].astype(object)
    return [
        value if isinstance(value, list | dict) or (value == value and value is not None) else None  # noqa: PLR0124
        for value in column.where(column.notna(), None).tolist()
    ]


def _of(cells: list[Any], listed: list[str] | None) -> list[Any]:
    return cells if listed is None else [cell if cell in listed else None for cell in cells]


def _shaped(cells: list[Any], name: str) -> list[Any]:
    pattern = re.compile(load_toml("ontology", "coarsening.toml")["shape"][name])
    return [c if isinstance(c, str) and pattern.fullmatch(c) else None for c in cells]


def _days(events: GeoDataFrame, name: str) -> pd.Series[Any]:
    """Return moments as days: the hour of an event may be known of one place only."""
    import pandas as pd

    moments = pd.Series(_cells(events, name), dtype=object)
    read = pd.to_datetime(moments, errors="coerce", utc=True).dt.tz_localize(None)
    days = read.dt.normalize()
    return days if name == "start_time" else days + pd.Timedelta(hours=23, minutes=59, seconds=59)


def _casualties(cell: Any) -> str | None:
    """Return kinds and counts without the words of the text."""
    try:
        rows = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        return None
    kept = (
        [_counted(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    )
    found = [row for row in kept if row is not None]
    return json.dumps(found) if found else None


def _counted(row: Mapping[str, Any]) -> dict[str, Any] | None:
    kind, count = row.get("kind"), row.get("count")
    if not (isinstance(kind, str) and _KIND.fullmatch(kind)):
        return None
    whole = isinstance(count, int) and not isinstance(count, bool)
    return {"kind": kind, "count": count if whole else None, "text": None}


def _numbered(word: str, ids: list[Any]) -> list[str | None]:
    """Return ids that tell what belongs together and nothing else."""
    numbers: dict[Any, int] = {}
    return [
        None if one is None else f"{word}-{numbers.setdefault(one, len(numbers) + 1)}"
        for one in ids
    ]
