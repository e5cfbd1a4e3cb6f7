"""Which lines join the ends of a movement once an end was corrected?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer import Mention, Resolution
from geoevents.corrections.rows import Cells, held_place, number, row_cells, with_cells
from geoevents.event import EventPlace
from geoevents.ontology import builtin
from geoevents.place_rows import route_rows
from geoevents.routes import is_inferred_route, straight
from geoevents.table import is_drawn_as_route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geopandas import GeoDataFrame

    from geoevents.ontology import Ontology

_ENDS = frozenset({"origin", "destination"})
_TWO_ENDS = 2  # points of a line that is known by its ends only
_ROUTE = (
    "role", "place", "place_id", "place_kind", "country", "admin1", "place_names",
    "geometry_basis", "uncertainty_km", "score", "viewpoint", "dispute", "alternatives",
    "place_start", "place_end", "geometry",
)  # fmt: skip


def with_routes(
    events: GeoDataFrame, moved: Iterable[int], *, ontology: Ontology | None = None
) -> GeoDataFrame:
    """Return a table whose lines join the ends as they are now.

    Parameters
    ----------
    events
        The table, with its corrected ends.
    moved
        Positions of the rows of ends that were corrected.
    ontology
        Tells which types are drawn as routes [default: the built-in one].

    Returns
    -------
    geopandas.GeoDataFrame
        A line that was known by its ends only is drawn anew or left out; a track that the table
        states stays.
    """
    import pandas as pd

    rows_of = _rows_of_events(events)
    groups = {tuple(rows_of.get(row, (row,))) for row in moved}
    result, gone = events, set[int]()
    extra: dict[int, GeoDataFrame] = {}
    for rows in sorted(groups):
        old, new = _routes(events, rows, ontology or builtin())
        gone |= set(old)
        if new:
            copies = events.iloc[[rows[0]] * len(new)].reset_index(drop=True)
            extra[min(old, default=rows[0])] = with_cells(copies, dict(enumerate(new)))
    if not gone and not extra:
        return result
    pieces, last = [], 0
    for at in sorted(gone | set(extra)):
        pieces.append(result.iloc[last:at])
        if at in extra:
            pieces.append(extra[at])
        last = at + (at in gone)
    pieces.append(result.iloc[last:])
    joined = pd.concat([piece for piece in pieces if len(piece)], ignore_index=True)
    return joined.set_geometry(events.geometry.name).set_crs(events.crs, allow_override=True)


def _rows_of_events(events: GeoDataFrame) -> dict[int, tuple[int, ...]]:
    """Return the rows of the same event, for each row of an event with an id."""
    import pandas as pd

    table = pd.DataFrame(events).reindex(columns=["doc_id", "event_id"]).astype(object)
    table = table.reset_index(drop=True)
    known = table[table["event_id"].notna()]
    grouped = known.groupby(["doc_id", "event_id"], dropna=False).indices
    labels = known.index.to_numpy()
    rows = [tuple(int(row) for row in labels[group]) for group in grouped.values()]
    return {row: group for group in rows for row in group}


def _routes(
    events: GeoDataFrame, rows: tuple[int, ...], ontology: Ontology
) -> tuple[list[int], list[Cells]]:
    """Return the lines of an event that go, and those that take their place."""
    cells = {row: row_cells(events, row) for row in rows}
    lines = [row for row in rows if cells[row].get("role") == "route"]
    old = [row for row in lines if _is_derived(cells[row])]
    event_type = str(cells[rows[0]].get("type", ""))
    drawn = is_drawn_as_route(event_type, ontology.types.get(event_type))
    if len(old) < len(lines) or not (old or drawn):  # a track is stated, or none belongs there
        return [], []
    return old, [dict.fromkeys(_ROUTE) | route for route in route_rows(list(_ends(cells.values())))]


def _is_derived(cells: Cells) -> bool:
    shape = cells["geometry"]
    if shape is None or shape.is_empty:
        return True
    line = straight(shape)
    known_by_ends = line.geom_type == "LineString" and len(line.coords) == _TWO_ENDS
    return known_by_ends and is_inferred_route(cells.get("role"), cells.get("geometry_basis"))


def _ends(rows: Iterable[Cells]) -> Iterator[EventPlace]:
    for cells in rows:
        place, role = held_place(cells), cells.get("role")
        if role not in _ENDS or place is None:
            continue
        resolution = Resolution(
            Mention(0, 0, _words(cells, place.name)),
            place,
            score=number(cells.get("score")) if "score" in cells else 1.0,
            uncertainty_km=place.uncertainty_km,
        )
        yield EventPlace(str(role), resolution)


def _words(cells: Cells, name: Any) -> str:
    return str(cells.get("place") or name)
