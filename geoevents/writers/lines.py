"""What does a document look like as a line of JSON?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoevents.place_rows import alternative_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from gazetteer import Gazetteer, Mention, Place, Resolution, Span
    from geoevents.article import Article
    from geoevents.event import Document, Event, EventPlace

Line = dict[str, Any]
_DEGREE_DIGITS = 6  # 0.1 m
_SCORE_DIGITS = 4
_KM_DIGITS = 3


def article_line(article: Article) -> Line:
    """Return an article's own keys, then those that were passed through."""
    published = article.published.isoformat() if article.published else None
    own = {
        "id": article.id,
        "lang": article.lang,
        "published": published,
        "title": article.title,
        "url": article.url,
        "text": article.text,
    }
    return own | dict(article.extra)


def document_line(document: Document, toponyms: list[Line]) -> Line:
    """Return an article with its toponyms and events."""
    return article_line(document.article) | {
        "toponyms": toponyms,
        "events": [event_line(event, document.article.text) for event in document.events],
    }


def failure_line(failure_id: str, error: str) -> Line:
    """Return the line of a document that failed."""
    return {"id": failure_id, "error": error}


def toponym_lines(
    chosen: Iterable[Resolution],
    among: Collection[Resolution],
    *,
    geometry: Gazetteer | None = None,
) -> list[Line]:
    """Return resolutions as toponyms.

    Parameters
    ----------
    chosen
        The resolutions to write, in text order.
    among
        All resolutions of the text, in which the names inside described places are found.
    geometry
        The gazetteer to take geometries from; without it there is no key ``geometry``.
    """
    by_span = {r.span: r for r in among if not r.mention.refs}
    return [toponym_line(resolution, by_span=by_span, geometry=geometry) for resolution in chosen]


def toponym_line(
    resolution: Resolution,
    *,
    by_span: Mapping[Span, Resolution] | None = None,
    geometry: Gazetteer | None = None,
) -> Line:
    """Return one resolution as a toponym; every key is always there."""
    mention, place = resolution.mention, resolution.place
    line = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "form": mention.form,
        "kind": place and place.kind,
        **_answer(resolution),
        "geonameid": place and place.geonameid,
        "name": place and place.name,
        "country": place and place.country,
        "p_place": round(mention.p_place, _SCORE_DIGITS),
        "within": mention.within and _span(mention.within),
        "refs": [_ref(span, (by_span or {}).get(span), mention) for span in mention.refs],
        "alternatives": alternative_rows(resolution),
    }
    if geometry is not None:
        line["geometry"] = geometry_line(place, geometry)
    return line


def geometry_line(place: Place | None, gazetteer: Gazetteer) -> Line | None:
    """Return a place's geometry as a GeoJSON object in EPSG:4326, counter-clockwise rings."""
    import shapely

    if place is None:
        return None
    shape = shapely.orient_polygons(gazetteer.geometry(place))
    rounded = shapely.transform(shape, lambda xy: xy.round(_DEGREE_DIGITS))
    mapping: Line = shapely.geometry.mapping(rounded)
    return mapping


def event_line(event: Event, text: str) -> Line:
    """Return an event; spans are offsets into ``text``, the article's."""
    time, money = event.time, event.money
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "aspect": event.aspect,
        "count": event.count,
        "money": money and {"amount": money.amount, "currency": money.currency},
        "casualties": [
            {"kind": c.kind, "count": c.count, "text": c.text} for c in event.casualties
        ],
        "trigger": _span(event.trigger) | {"text": text[event.trigger.start : event.trigger.end]},
        "sentence": _span(event.sentence),
        "time": time
        and {"text": time.text, "start": time.start, "end": time.end, "precision": time.precision},
        "participants": [
            {"role": p.role, "text": p.text, **_span(p.span), "country": p.country}
            for p in event.participants
        ],
        "places": [_event_place(place) for place in event.places],
        "inferred_places": [_event_place(place) for place in event.inferred_places],
        "confidence": round(event.confidence, _SCORE_DIGITS),
        "method": event.method,
        "group": event.group and event.group.to_line(),
    }


def _event_place(place: EventPlace) -> Line:
    mention = place.resolution.mention
    return {
        "role": place.role,
        "text": mention.text,
        **_span(mention.span),
        "form": mention.form,
        **_answer(place.resolution),
        "name": place.resolution.place and place.resolution.place.name,
    }


def _answer(resolution: Resolution) -> Line:
    """Return where a mention lies: all null where no place is good enough."""
    place = resolution.place
    if place is None:
        keys = ("lat", "lon", "place_id", "score", "geometry_basis", "uncertainty_km")
        return dict.fromkeys(keys)
    return {
        "lat": round(place.lat, _DEGREE_DIGITS),
        "lon": round(place.lon, _DEGREE_DIGITS),
        "place_id": place.id,
        "score": round(resolution.score, _SCORE_DIGITS),
        "geometry_basis": resolution.geometry_basis,
        "uncertainty_km": round(resolution.uncertainty_km, _KM_DIGITS),
    }


def _ref(span: Span, resolution: Resolution | None, outer: Mention) -> Line:
    place = resolution and resolution.place
    inside = outer.span.holds(span)
    own = outer.text[span.start - outer.start : span.end - outer.start] if inside else None
    return _span(span) | {
        "text": resolution.mention.text if resolution else own,
        "place_id": place and place.id,
        "name": place and place.name,
    }


def _span(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start, "end": span.end} if span else {"start": None, "end": None}
