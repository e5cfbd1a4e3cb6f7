"""What does a popup tell of an event beyond what the page knows of every one?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from maps import cells
from maps.cells import EMPTY, Column
from maps.columns import DECIMALS, short, source
from maps.geometry import rings_of
from maps.island import safe_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maps.abbreviations import Abbreviations
    from maps.events import Events
    from maps.table import Geometries, Positions

#: So many events share a chunk, which the page unpacks at once: some 30 ms of work for it.
CHUNK = 4000
#: How many runners-up of a place the page shows.
ALTERNATIVES = 5
#: How many sources of an event that several articles report the page names.
SOURCES = 6
_SEVERAL = 2
#: Decimals of a score; the page shows percent.
_SCORE_DECIMALS = 3

#: Columns of an event that the page shows as they are.
_EVENT_COLUMNS = (
    "evidence", "time_text", "targets", "count", "money", "published", "source_title", "doc_id",
    "viewpoint", "lang",
)  # fmt: skip
#: The page's name of a column of a place.
_SPOT_COLUMNS = {
    "id": "place_id", "kind": "place_kind", "viewpoint": "viewpoint", "dispute": "dispute",
}  # fmt: skip
#: What the page shows of a runner-up, beside its score.
_ALTERNATIVE = ("name", "country", "place_id", "kind")
_POINT = ("lat", "lon")
_POLYGONS, _COLLECTION = (3, 6), 7


def chunks(events: Events, *, first: int, abbreviated: Abbreviations) -> Iterator[dict[str, Any]]:
    """Yield the details of the first events, chunk by chunk.

    Parameters
    ----------
    events
        All events.
    first
        How many of them have details.
    abbreviated
        How to shorten their sentences.

    Yields
    ------
    dict
        ``event``: name to one value per event of the chunk; ``spot``: name to one value per spot of
        these events. None where there is none; a name is missing where all are None.
    """
    of_event, of_spot = _of_events(events), _of_spots(events)
    for start in range(0, first, CHUNK):
        stop = min(start + CHUNK, first)
        event = _cut(of_event, start, stop)
        if "evidence" in event and abbreviated.signs:
            event["evidence"] = [text and abbreviated.short(text) for text in event["evidence"]]
        spots = int(events.first[start]), int(events.first[stop])
        yield {"event": event, "spot": _cut(of_spot, *spots)}


def _cut(columns: Mapping[str, Column], start: int, stop: int) -> dict[str, list[Any]]:
    """Return a part of the columns, those without any value left out."""
    return {
        name: column.cut(start, stop)
        for name, column in columns.items()
        if (column.codes[start:stop] != EMPTY).any()
    }


def _of_events(events: Events) -> dict[str, Column]:
    return {
        **{name: events.column(name) for name in _EVENT_COLUMNS},
        "source_url": events.column("source_url").mapped(safe_url),
        "reports": reports(events),
        "casualties": events.column("casualties").mapped(casualties),
        "trigger": (trigger := _spans(events, "trigger", events.evidence_rows)),
        # A correction finds an event by its words; only one without words needs its id.
        "event_id": _where(events.column("event_id"), ~trigger.filled),
    }


def _of_spots(events: Events) -> dict[str, Column]:
    # Spans count within their row's sentence: they mean nothing in another one.
    shown = events.column("evidence").codes[events.of_spot]
    same = events.spots("evidence").codes == shown
    score = events.spots("score").mapped(lambda one: round(one, _SCORE_DECIMALS))
    return {
        **{name: events.spots(column) for name, column in _SPOT_COLUMNS.items()},
        "score": score,
        "km": _uncertainty(events),
        "span": _spans(events, "place", np.where(same & (shown != EMPTY), events.rows, EMPTY)),
        "alternatives": events.spots("alternatives").mapped(alternatives),
    }


def _where(column: Column, wanted: np.ndarray[Any, np.dtype[np.bool_]]) -> Column:
    """Return a column that is empty but for the wanted values."""
    return Column(np.where(wanted, column.codes, EMPTY), column.values)


def _spans(events: Events, what: str, rows: Positions) -> Column:
    """Return the spans of code points of some rows, empty where they make no sense."""
    ends = (events.table.column(f"{what}_{end}").take(rows) for end in ("start", "end"))
    return cells.together(*ends).mapped(
        lambda span: list(span) if None not in span and 0 <= span[0] < span[1] else None
    )


def _uncertainty(events: Events) -> Column:
    """Return how far off a place may be, in km; of an area the map itself shows how far it goes."""
    column = events.spots("uncertainty_km").mapped(
        lambda km: short(round(km, 2)) if km > 0 else None
    )
    areas = _areas(events.table.geometry[events.rows])
    return Column(np.where(areas, EMPTY, column.codes), column.values)


def _areas(geometry: Geometries) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which geometries hold polygons."""
    kinds = shapely.get_type_id(geometry)
    areas = np.isin(kinds, _POLYGONS)
    for position in np.flatnonzero(kinds == _COLLECTION).tolist():
        areas[position] = bool(rings_of(geometry[position]))
    return areas


def reports(events: Events) -> Column:
    """Return who else reports each event of several articles: the page's "reports".

    ``documents`` and ``sources`` count the articles and the independent sources among them,
    ``names`` are the first sources; empty where an event is told once.
    """
    group, named = events.column("group_id"), source(events)
    told = cells.together(events.column("n_documents"), events.column("n_sources"), group)
    names: dict[Any, dict[str, None]] = {}
    if len(group.values):
        for id_, name in zip(group.cut(), named.cut(), strict=True):
            names.setdefault(id_, {})[name] = None
    return told.mapped(
        lambda known: _reports(known[0], known[1], known[2], [*names.get(known[2], ())])
    )


def _reports(
    documents: int | None, sources: int | None, group: str | None, names: Sequence[str | None]
) -> dict[str, Any] | None:
    if group is None or documents is None or documents < _SEVERAL:
        return None
    known = [name for name in names if name][:SOURCES]
    return {"documents": documents, "sources": sources or len(known), "names": known}


def casualties(cell: Any) -> list[str]:
    """Describe casualties as the text has them, else by count and kind.

    Examples
    --------
    >>> casualties([{"kind": "killed", "count": 3}, {"text": "dozens of wounded"}])
    ['3 killed', 'dozens of wounded']
    """
    return [_described(entry) for entry in (cell if isinstance(cell, list) else [cell])]


def _described(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    parts = (entry.get("count"), entry.get("kind"))
    return str(entry.get("text") or " ".join(str(part) for part in parts if part is not None))


def alternatives(cell: Any) -> list[dict[str, Any]] | None:
    """Return the first runners-up of a place, what the page shows of each."""
    if not isinstance(cell, list):
        return None
    return [
        {name: str(other[name]) for name in _ALTERNATIVE if other.get(name) is not None}
        | {name: degrees for name in _POINT if (degrees := _degrees(other.get(name))) is not None}
        | _score(other.get("score"))
        for other in cell[:ALTERNATIVES]
        if isinstance(other, Mapping)
    ]


def _degrees(value: Any) -> float | None:
    return _rounded(value, DECIMALS)


def _score(value: Any) -> dict[str, float]:
    score = _rounded(value, _SCORE_DECIMALS)
    return {} if score is None else {"score": score}


def _rounded(value: Any, decimals: int) -> float | None:
    """Return a number rounded; None for what is no number, or one that JSON cannot hold."""
    try:
        number = float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return None
    return round(number, decimals) if math.isfinite(number) else None
