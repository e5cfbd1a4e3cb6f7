"""How do events become rows, one per geometry, that a GIS can open?"""

from __future__ import annotations

import json
import math
from calendar import monthrange
from collections import Counter
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, Any

from geoevents.columns import PLACE_COLUMNS, event_columns, frame
from geoevents.ontology import builtin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from gazetteer import Gazetteer, Place, Resolution, Span
    from geoevents.event import Document, Event, EventPlace
    from geoevents.ontology import EventType, Ontology

_TARGET_ROLES = frozenset({"target", "recipient"})
_MOVING = frozenset({"movement", "transfer"})  # families whose types, where unknown, have routes
_FULL_OUTLINE = 1000  # vertices that an outline may have before it is simplified
_ALTERNATIVES = 3  # runners-up per row; more would not be read
_DEGREE_DIGITS, _SCORE_DIGITS = 6, 4  # 0.1 m; as in the JSON lines
_ISO_YEAR, _ISO_MONTH = len("2020"), len("2020-09")

Row = dict[str, Any]


def event_table(
    documents: Iterable[Document],
    gazetteer: Gazetteer | None = None,
    *,
    ontology: Ontology | None = None,
) -> GeoDataFrame:
    """Return the event table: one row per geometry, in EPSG:4326.

    An event of a type that is drawn as a route has, where both ends are stated, a ``route`` row,
    a two-point line from origin to destination marked ``inferred``, since it is known by its ends
    only, and a point row for each end. Locations carry the area or line that the gazetteer holds,
    long outlines simplified to a thousandth of the area's side; the other roles carry a point. An
    event whose place is not stated is a row without geometry and role.

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
    """
    geometries = _Geometries(gazetteer)
    types = (ontology or builtin()).types
    rows: list[Row] = []
    taken: set[str] = set()
    for document in documents:
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
    for document in documents:
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


class _Geometries:
    """Areas and lines of places, each asked for once."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, BaseGeometry] = {}

    def area(self, place: Place) -> BaseGeometry:
        """Return what the gazetteer holds, the representative point where it holds no more."""
        from gazetteer import GazetteerError

        if self._gazetteer is None:
            return _point(place)
        if place.id not in self._known:
            try:
                geometry = self._gazetteer.geometry(place)
            except GazetteerError:  # a place of another gazetteer, read from a file
                geometry = _point(place)
            self._known[place.id] = _outline(geometry)
        return self._known[place.id]


def _outline(geometry: BaseGeometry) -> BaseGeometry:
    """Return a long outline simplified to a thousandth of its area's side.

    A country's coast has 60,000 vertices, and each event in it a copy of them.
    """
    import shapely

    if shapely.get_num_coordinates(geometry) <= _FULL_OUTLINE or not geometry.area:
        return geometry
    return shapely.simplify(geometry, math.sqrt(geometry.area) / 1000)


def _point(place: Place) -> BaseGeometry:
    import shapely

    return shapely.Point(place.lon, place.lat)


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
        **_inside("trigger", event.trigger, sentence),
        "lang": article.lang,
        "published": article.published,
        "source_title": article.title,
        "source_url": article.url,
        "cameo": (kind and kind.cameo) or None,
        "plover": (kind and kind.plover) or None,
        "acled": (kind and kind.acled) or None,
        **_group(event),
    }


def _place_rows(event: Event, kind: EventType | None, geometries: _Geometries) -> Iterator[Row]:
    """Yield the rows of an event, without what they share."""
    if all(place.role == "context" for place in event.places):
        yield {}
    if (kind.geometry == "route") if kind else (event.family in _MOVING):
        yield from _route_rows(event)
    for place in event.places:
        yield _place_row(place, event.sentence, geometries)


def _route_rows(event: Event) -> Iterator[Row]:
    origins, destinations = (_ends(event, role) for role in ("origin", "destination"))
    # Several origins and several destinations do not say which belongs to which.
    if min(len(origins), len(destinations)) != 1:
        return
    for (start, a), (end, b) in product(origins, destinations):
        if a.id != b.id:
            yield _route_row((start, a), (end, b))


def _ends(event: Event, role: str) -> list[tuple[Resolution, Place]]:
    found = {
        p.resolution.place.id: (p.resolution, p.resolution.place)
        for p in event.places
        if p.role == role and p.resolution.place is not None
    }
    return list(found.values())


def _route_row(start: tuple[Resolution, Place], end: tuple[Resolution, Place]) -> Row:
    import shapely

    (origin, a), (destination, b) = start, end
    names = {lang: f"{a.name_in(lang)} – {b.name_in(lang)}" for lang in a.names if lang in b.names}
    return {
        "role": "route",
        "place": f"{origin.mention.text} – {destination.mention.text}",
        "place_kind": "route",
        "place_names": _json(names) if names else None,
        "country": a.country if a.country == b.country else None,
        "geometry_basis": "inferred",
        "uncertainty_km": max(origin.uncertainty_km, destination.uncertainty_km),
        "score": origin.score * destination.score,  # right only when both ends are
        "geometry": shapely.LineString([(a.lon, a.lat), (b.lon, b.lat)]),
    }


def _place_row(stated: EventPlace, sentence: Span, geometries: _Geometries) -> Row:
    resolution = stated.resolution
    mention, place = resolution.mention, resolution.place
    row = {
        "role": stated.role,
        "place": mention.text,
        "alternatives": _alternatives(resolution),
        **_inside("place", mention.span, sentence),
    }
    if place is None:
        return row
    is_area = stated.role == "location"
    return row | {
        "place_id": place.id,
        "place_kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "place_names": _names(place),
        "geometry_basis": resolution.geometry_basis,
        "uncertainty_km": resolution.uncertainty_km,
        "score": resolution.score,
        "viewpoint": place.viewpoint,
        "geometry": geometries.area(place) if is_area else _point(place),
    }


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
        "place_names": _names(place),
        "geometry": _point(place),
    }


def _inside(what: str, span: Span, sentence: Span) -> Row:
    """Return a span as offsets into the sentence, nothing where it stands outside."""
    if not sentence.holds(span):
        return {}
    return {f"{what}_start": span.start - sentence.start, f"{what}_end": span.end - sentence.start}


def _who(event: Event, *, targets: bool) -> str | None:
    words = (p.text for p in event.participants if (p.role in _TARGET_ROLES) == targets)
    return "; ".join(dict.fromkeys(words)) or None


def _money(event: Event) -> str | None:
    if event.money is None:
        return None
    return " ".join(filter(None, (f"{event.money.amount:.15g}", event.money.currency)))


def _casualties(event: Event) -> str | None:
    rows = [{"kind": c.kind, "count": c.count, "text": c.text} for c in event.casualties]
    return _json(rows) if rows else None


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
        "conflicts": _json(conflicts) if conflicts else None,
    }


def _names(place: Place) -> str:
    return _json({lang: names[0] for lang, names in place.names.items() if names and lang != "und"})


def _alternatives(resolution: Resolution) -> str | None:
    rows = alternative_rows(resolution)
    return _json(rows) if rows else None


def alternative_rows(resolution: Resolution) -> list[Mapping[str, Any]]:
    """Return the best runners-up as plain values: place_id, name, country, lat, lon, score."""
    return [
        {
            "place_id": alternative.place.id,
            "name": alternative.place.name,
            "country": alternative.place.country,
            "lat": round(alternative.place.lat, _DEGREE_DIGITS),
            "lon": round(alternative.place.lon, _DEGREE_DIGITS),
            "score": round(alternative.score, _SCORE_DIGITS),
        }
        for alternative in resolution.alternatives[:_ALTERNATIVES]
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
