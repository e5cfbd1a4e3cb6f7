"""What does an event table look like once its places are corrected?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gazetteer import Alternative, Mention, Place, Resolution, Span
from geoevents.corrections.correction import Correction, Offsets, Subject
from geoevents.corrections.documents import corrected
from geoevents.corrections.matching import Candidate, Outcome, matches
from geoevents.corrections.routes import with_routes
from geoevents.corrections.rows import held_place, number, row_cells, with_cells
from geoevents.event import EventPlace
from geoevents.place_rows import Geometries, place_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer
    from geoevents.ontology import Ontology

_SUBJECT = (
    "doc_id", "event_id", "type", "evidence", "trigger_start", "trigger_end", "role", "place",
    "place_start", "place_end", "place_id",
)  # fmt: skip
_CHANGED = (
    "place_id", "place_kind", "country", "admin1", "place_names", "geometry_basis",
    "uncertainty_km", "score", "viewpoint", "dispute", "alternatives",
)  # fmt: skip
_NO_SENTENCE = Span(0, 0)
_ENDS = frozenset({"origin", "destination"})


def correct_table(
    events: GeoDataFrame,
    corrections: Sequence[Correction],
    *,
    gazetteer: Gazetteer | None = None,
    ontology: Ontology | None = None,
) -> tuple[GeoDataFrame, Outcome]:
    """Return an event table with corrected places, and what came of each correction.

    Parameters
    ----------
    events
        Any CRS; only ``geometry`` and ``type`` are required. It stays as it is.
    corrections
        As :func:`geoevents.corrections.locate` returns them.
    gazetteer
        Gives areas and lines; without it the new places are points.
    ontology
        Tells which types are drawn as routes [default: the built-in one].

    Returns
    -------
    geopandas.GeoDataFrame, Outcome
        The row of a place that was replaced has the new place's id, names, country and geometry,
        score 1 and the basis ``stated``; the row of a place that is wrong has no geometry. The
        lines between the ends of a movement are drawn anew where an end was corrected.
    """
    outcome = Outcome()
    found = dict(matches(corrections, _candidates(events, corrections), outcome))
    if not found:
        return events, outcome
    geometries = Geometries(gazetteer)
    changes = {
        row: _changes(events, row, correction, geometries) for row, correction in found.items()
    }
    changed = with_cells(events, changes)
    moved = [row for row, correction in found.items() if correction.subject.role in _ENDS]
    return with_routes(changed, moved, ontology=ontology), outcome


def _candidates(
    events: GeoDataFrame, corrections: Sequence[Correction]
) -> Iterator[Candidate[int]]:
    """Yield the rows of the articles that the corrections speak of."""
    import pandas as pd

    table = pd.DataFrame(events).reindex(columns=list(_SUBJECT)).astype(object)
    wanted = {one.subject.doc_id for one in corrections}
    doc_ids = table["doc_id"].where(table["doc_id"].notna(), None).map(_text)
    table = table[[doc_id in wanted for doc_id in doc_ids]]
    at = {label: position for position, label in enumerate(_SUBJECT)}
    positions = [row for row, doc_id in enumerate(doc_ids) if doc_id in wanted]
    rows = table.where(table.notna(), None).itertuples(index=False, name=None)
    for position, cells in zip(positions, rows, strict=True):
        subject = Subject(
            doc_id=_text(cells[at["doc_id"]]),
            type=_text(cells[at["type"]]) or "",
            evidence=_text(cells[at["evidence"]]),
            trigger=_offsets(cells[at["trigger_start"]], cells[at["trigger_end"]]),
            role=_text(cells[at["role"]]) or "location",
            text=_text(cells[at["place"]]),
            span=_offsets(cells[at["place_start"]], cells[at["place_end"]]),
        )
        event_id, place_id = _text(cells[at["event_id"]]), _text(cells[at["place_id"]])
        yield Candidate(subject, event_id, place_id, position)


def _text(cell: Any) -> str | None:
    return None if cell is None or cell == "" else str(cell)


def _offsets(start: Any, end: Any) -> Offsets:
    return Offsets() if start is None or end is None else Offsets(int(start), int(end))


def _changes(
    events: GeoDataFrame, row: int, correction: Correction, geometries: Geometries
) -> dict[str, Any]:
    """Return the cells of a row as the correction has them."""
    held = row_cells(events, row)
    resolution = Resolution(
        Mention(0, 0, str(held.get("place") or "")),
        held_place(held),
        score=number(held.get("score")),
        alternatives=_alternatives(held.get("alternatives")),
    )
    stated = EventPlace(correction.subject.role, corrected(resolution, correction))
    values = place_row(stated, _NO_SENTENCE, geometries)
    new = {name: values.get(name) for name in (*_CHANGED, "geometry")}
    if "place" not in held and correction.place is not None:
        new["place"] = correction.place.name
    return new


def _alternatives(cell: Any) -> tuple[Alternative, ...]:
    """Return the runners-up that a cell holds, as JSON or as objects."""
    try:
        rows = json.loads(cell) if isinstance(cell, str) else cell
    except ValueError:
        rows = None
    listed = rows if isinstance(rows, list) else []
    return tuple(
        Alternative(place, number(row.get("score")))
        for row in listed
        if isinstance(row, dict) and (place := _runner_up(row)) is not None
    )


def _runner_up(row: dict[str, Any]) -> Place | None:
    place_id = row.get("place_id")
    if not isinstance(place_id, str):
        return None
    name, country = str(row.get("name") or place_id), row.get("country")
    lat, lon = number(row.get("lat")), number(row.get("lon"))
    kind = str(row.get("kind") or "place")
    return Place(place_id, name, kind, lat, lon, country=country or None)
