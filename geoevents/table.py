"""How do events become rows, one per geometry, that a GIS can open?"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from geoevents.columns import PLACE_COLUMNS, event_columns, frame
from geoevents.errors import WrongTypeError
from geoevents.event import Document
from geoevents.ontology import builtin
from geoevents.place_rows import (
    Geometries,
    Row,
    as_json,
    inside,
    names_json,
    place_row,
    point,
    route_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer, Place, Resolution
    from geoevents.event import Event
    from geoevents.ontology import EventType, Ontology

_TARGET_ROLES = frozenset({"target", "recipient"})
_MOVING = frozenset({"movement", "transfer"})  # families whose types, where unknown, have routes
_ISO_YEAR, _ISO_MONTH = len("2020"), len("2020-09")


def event_table(
    documents: Iterable[Document],
    gazetteer: Gazetteer | None = None,
    *,
    ontology: Ontology | None = None,
) -> GeoDataFrame:
    """Return the event table: one row per geometry, in EPSG:4326.

    An event of a type that is drawn as a route has, where both ends are stated, a ``route`` row, a
    two-point line from origin to destination marked ``inferred``, since it is known by its ends
    only (files have the geodesic between them), and a point row for each end. Locations carry the
    area or line that the gazetteer holds, long outlines simplified to a thousandth of the area's
    side; the other roles carry a point. An event whose place is not stated is a row without
    geometry and role.

    Parameters
    ----------
    documents
        As :func:`geoevents.extract` returns them.
    gazetteer
        Gives the geometry of areas and lines; without it all places are points.
    ontology
        Gives labels, codes and default geometries of types [default: the built-in one].

    Returns
    -------
    geopandas.GeoDataFrame
        Columns as in ``data/ontology/event_table.toml``.

    Raises
    ------
    WrongTypeError
        If something else than documents is given.
    """
    geometries = Geometries(gazetteer)
    types = (ontology or builtin()).types
    rows: list[Row] = []
    taken: set[str] = set()
    for document in _checked(documents, "event_table"):
        ids = {event.id: _free(event.id, taken) for event in document.events}
        for event in document.events:
            kind = types.get(event.type)
            common = _event_values(event, document, kind) | {"event_id": ids[event.id]}
            rows.extend(common | row for row in _place_rows(event, kind, geometries))
    return frame(rows, event_columns())


def places_table(documents: Iterable[Document]) -> GeoDataFrame:
    """Return the places that texts mention: one row per place, most often mentioned first.

    Demonyms name people, not places, and are left out.

    Parameters
    ----------
    documents
        As :func:`geoevents.extract` returns them.

    Returns
    -------
    geopandas.GeoDataFrame
        Points in EPSG:4326; columns as in :data:`geoevents.columns.PLACE_COLUMNS`.
    """
    counts = Counter[str]()
    best: dict[str, tuple[Resolution, Place]] = {}
    for document in _checked(documents, "places_table"):
        for resolution in document.places:
            place = resolution.place
            if place is None or resolution.mention.form == "demonym":
                continue
            counts[place.id] += 1
            if place.id not in best or best[place.id][0].score < resolution.score:
                best[place.id] = (resolution, place)
    rows = [_mentioned(*best[place_id], count=count) for place_id, count in counts.items()]
    ordered = sorted(rows, key=lambda row: (-row["count"], row["place_id"]))
    return frame(ordered, PLACE_COLUMNS)


def _checked(documents: Iterable[Document], function: str) -> Iterator[Document]:
    """Yield documents, or raise where something else was given."""
    needed = "documents, as find_events returns them,"
    if isinstance(documents, Document):
        raise WrongTypeError(function, needed, documents, "put the only one into a list")
    if not isinstance(documents, Iterable):
        raise WrongTypeError(function, needed, documents, "give a list of them")
    for document in documents:
        if not isinstance(document, Document):
            raise WrongTypeError(function, needed, document, "find its events first")
        yield document


def is_drawn_as_route(event_type: str, kind: EventType | None) -> bool:
    """Return whether the ends of an event of a type are joined by a line.

    Parameters
    ----------
    event_type
        ``family.type``.
    kind
        What the ontology says of it, or None where it has no such type.
    """
    return (kind.geometry == "route") if kind else (event_type.partition(".")[0] in _MOVING)


def time_bounds(
    start: str | None, end: str | None, precision: str | None
) -> tuple[datetime | None, datetime | None]:
    """Return the first and last second of a time given by ISO dates cut at their precision.

    Parameters
    ----------
    start, end
        ISO dates ("2016", "2020-09", "2020-09-29"), or None.
    precision
        With ``open`` a missing end stays open; otherwise it is that of ``start``.

    Examples
    --------
    >>> [str(moment) for moment in time_bounds("2020-02", None, "month")]
    ['2020-02-01 00:00:00', '2020-02-29 23:59:59']
    """
    last = end if end or precision == "open" else start
    return (
        datetime.fromisoformat(_first_day(start)) if start else None,
        datetime.fromisoformat(_last_day(last) + "T23:59:59") if last else None,
    )


def _first_day(iso: str) -> str:
    return iso + "-01-01"[len(iso) - _ISO_YEAR :]


def _last_day(iso: str) -> str:
    if len(iso) == _ISO_YEAR:
        return f"{iso}-12-31"
    if len(iso) == _ISO_MONTH:
        year, month = map(int, iso.split("-"))
        return f"{iso}-{monthrange(year, month)[1]}"
    return iso


def _free(event_id: str, taken: set[str]) -> str:
    """Return the id, numbered where another article of the same id has used it."""
    candidate, number = event_id, 1
    while candidate in taken:
        number += 1
        candidate = f"{event_id}~{number}"
    taken.add(candidate)
    return candidate


def _event_values(event: Event, document: Document, kind: EventType | None) -> Row:
    article = document.article
    time = event.time
    start, end = time_bounds(time.start, time.end, time.precision) if time else (None, None)
    sentence = event.sentence
    return {
        "doc_id": article.id,
        "type": event.type,
        "family": event.family,
        "label": kind.label if kind else event.type,
        "status": event.status,
        "aspect": event.aspect,
        "start_time": start,
        "end_time": end,
        "time_precision": time.precision if time else None,
        "time_text": time.text if time else None,
        "confidence": event.confidence,
        "method": event.method,
        "actors": _who(event, targets=False),
        "targets": _who(event, targets=True),
        "count": event.count,
        "money": _money(event),
        "casualties": _casualties(event),
        "evidence": article.text[sentence.start : sentence.end],
        **inside("trigger", event.trigger, sentence),
        "lang": article.lang,
        "published": article.published,
        "source_title": article.title,
        "source_url": article.url,
        "cameo": (kind and kind.cameo) or None,
        "plover": (kind and kind.plover) or None,
        "acled": (kind and kind.acled) or None,
        **_group(event),
    }


def _place_rows(event: Event, kind: EventType | None, geometries: Geometries) -> Iterator[Row]:
    """Yield the rows of an event, without what they share."""
    if all(place.role == "context" for place in event.places):
        yield {}
    if is_drawn_as_route(event.type, kind):
        yield from route_rows(event.places)
    day = event.time.start if event.time and event.time.precision == "day" else None
    for place in event.places:
        yield place_row(place, event.sentence, geometries, day=day)


def _mentioned(resolution: Resolution, place: Place, *, count: int) -> Row:
    return {
        "name": place.name,
        "place_id": place.id,
        "place_kind": place.kind,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geometry_basis": resolution.geometry_basis,
        "uncertainty_km": resolution.uncertainty_km,
        "score": resolution.score,
        "count": count,
        "place_names": names_json(place),
        "geometry": point(place),
    }


def _who(event: Event, *, targets: bool) -> str | None:
    words = (p.text for p in event.participants if (p.role in _TARGET_ROLES) == targets)
    return "; ".join(dict.fromkeys(words)) or None


def _money(event: Event) -> str | None:
    if event.money is None:
        return None
    return " ".join(filter(None, (f"{event.money.amount:.15g}", event.money.currency)))


def _casualties(event: Event) -> str | None:
    rows = [{"kind": c.kind, "count": c.count, "text": c.text} for c in event.casualties]
    return as_json(rows) if rows else None


def _group(event: Event) -> Row:
    """Return who else reports the event; nothing where reports were not grouped."""
    group = event.group
    if group is None:
        return {}
    conflicts = group.to_line()["conflicts"]
    return {
        "group_id": group.id,
        "n_documents": group.n_documents,
        "n_sources": group.n_sources,
        "source": group.source,
        "copy_of": group.copy_of,
        "conflicts": as_json(conflicts) if conflicts else None,
    }
