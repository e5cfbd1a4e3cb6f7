"""How are single rows of an event table read and changed?"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from gazetteer import Place
from geoevents.columns import CRS, event_columns, frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

Cells = dict[str, Any]


def row_cells(events: GeoDataFrame, row: int) -> Cells:
    """Return the filled cells of a row by column, ``geometry`` in EPSG:4326 among them."""
    import pandas as pd

    named = pd.DataFrame(events).iloc[row].drop(events.geometry.name)
    cells = {
        str(name): value
        for name, value in named.items()
        if isinstance(value, list | dict) or not pd.isna(value)
    }
    shape = events.geometry.iloc[[row]]
    shape = shape.to_crs(CRS) if shape.crs is not None else shape
    return cells | {"geometry": shape.iloc[0]}


def held_place(cells: Mapping[str, Any]) -> Place | None:
    """Return the place that a row has, None where it has no geometry."""
    shape: BaseGeometry | None = cells.get("geometry")
    if shape is None or shape.is_empty:
        return None
    point = shape.representative_point()
    names = _names(cells.get("place_names"))
    name = next(iter(names.values()), None) or cells.get("place") or cells.get("place_id")
    return Place(
        id=str(cells.get("place_id") or f"point:{point.y:g},{point.x:g}"),
        name=str(name or ""),
        kind=str(cells.get("place_kind") or "place"),
        lat=point.y,
        lon=point.x,
        country=cells.get("country"),
        admin1=cells.get("admin1"),
        uncertainty_km=number(cells.get("uncertainty_km")),
        names={lang: (value,) for lang, value in names.items()},
    )


def number(cell: Any) -> float:
    """Return a cell as a finite number, 0 where it is none."""
    try:
        value = float(cell)
    except (TypeError, ValueError):
        return 0.0
    return value if math.isfinite(value) else 0.0


def _names(cell: Any) -> dict[str, str]:
    try:
        names = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        return {}
    if not isinstance(names, dict):
        return {}
    # Only the gazetteer's own name, or the English one, is for display; the others are for labels.
    ordered = sorted(names.items(), key=lambda item: (item[0] != "und", item[0] != "en"))
    return {str(lang): str(name) for lang, name in ordered if name}


def with_cells(events: GeoDataFrame, changes: Mapping[int, Cells]) -> GeoDataFrame:
    """Return a table with other values in some cells.

    Parameters
    ----------
    events
        The table.
    changes
        Values by the row's position and the column's name, ``geometry`` in EPSG:4326; columns that
        the table does not have are added where there is something to say.
    """
    import geopandas as gpd
    import pandas as pd

    own = events.geometry.name
    positions = list(changes)
    fresh = frame([changes[row] for row in positions], event_columns())
    shapes = fresh.geometry
    if events.crs is not None and events.crs != shapes.crs:
        shapes = shapes.to_crs(events.crs)
    geometry = events.geometry.to_numpy().copy()
    geometry[positions] = shapes.to_numpy()
    result = events.set_geometry(gpd.GeoSeries(geometry, index=events.index, crs=events.crs))
    if result.geometry.name != own:
        result = result.rename_geometry(own)
    named = {name for values in changes.values() for name in values if name != "geometry"}
    for name in sorted(named):
        cells = [changes[row].get(name) for row in positions]
        if name not in result.columns:
            if all(cell is None for cell in cells):
                continue
            empty = fresh[name].iloc[:0].reindex(range(len(result)))
            result[name] = pd.Series(empty.to_numpy(), index=result.index, dtype=empty.dtype)
        result[name] = _filled(result[name], positions, cells)
    return result


def _filled(column: pd.Series[Any], positions: list[int], cells: list[Any]) -> pd.Series[Any]:
    import pandas as pd

    changed, values = column.copy(), cells
    if isinstance(column.dtype, pd.CategoricalDtype):
        changed = changed.astype(object)
    elif pd.api.types.is_numeric_dtype(column.dtype) and not any(
        isinstance(cell, str) for cell in cells
    ):
        changed = changed.astype(float)
        values = [math.nan if cell is None else float(cell) for cell in cells]
    try:
        changed.iloc[positions] = values
    except (TypeError, ValueError):  # numbers where now a text is to stand
        changed = column.astype(object)
        changed.iloc[positions] = cells
    return changed
