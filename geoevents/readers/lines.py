"""Which events does a line of JSON hold that was extracted before?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gazetteer import Alternative, GazetteerError, Mention, Place, Resolution, Span
from gazetteer.mention import FORMS
from geoevents.errors import BadRecordError
from geoevents.event import (
    METHODS,
    Casualties,
    Document,
    Event,
    EventPlace,
    EventTime,
    Money,
    Participant,
)
from geoevents.event_group import EventGroup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer import Gazetteer
    from geoevents.article import Article

_POLE, _DATE_LINE = 90, 180  # degrees
_ELSEWHERE = Span(0, 0)  # of words that stand nowhere in the text


def has_events(article: Article) -> bool:
    """Return whether the article's line brought events along."""
    return isinstance(article.extra.get("events"), list)


def to_document(article: Article, *, gazetteer: Gazetteer | None = None) -> Document:
    """Return the document that a line of ``geoevents extract`` holds.

    Parameters
    ----------
    article
        As :func:`geoevents.readers.read_articles` reads the line: its ``extra`` holds
        ``events``, and maybe ``toponyms``.
    gazetteer
        Completes places by their id; without it, or for ids that it does not have, the line's
        own ``lat`` and ``lon`` are used.

    Raises
    ------
    BadRecordError
        If an event or a place of it is not as ``geoevents extract`` writes it.
    """
    parser = _Parser(article, gazetteer)
    try:
        return Document(
            article=replace(article, extra={}),
            places=tuple(parser.toponyms()),
            events=tuple(parser.events()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"its 'events' are not as `geoevents extract` writes them ({error!r:.80})"
        raise BadRecordError(f"Document {article.id!r}", why) from error


def _rows(values: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return list(values.get(key) or ())


class _Parser:
    def __init__(self, article: Article, gazetteer: Gazetteer | None) -> None:
        self._article = article
        self._gazetteer = gazetteer
        self._length = len(article.text)
        self._runners_up: dict[Span, tuple[Alternative, ...]] = {}

    def toponyms(self) -> Iterator[Resolution]:
        """Yield the toponyms, each before the names inside it.

        The places of events, read after them, share their runners-up.
        """
        for row in _rows(self._article.extra, "toponyms"):
            others = tuple(map(self._alternative, _rows(row, "alternatives")))
            resolution = replace(self.resolution(row), alternatives=others)
            self._runners_up[resolution.span] = others
            yield resolution
            yield from self._names_inside(row, resolution)

    def _names_inside(self, row: Mapping[str, Any], outer: Resolution) -> Iterator[Resolution]:
        """Yield the names that a described place is made of, as likely as it is itself."""
        for ref in _rows(row, "refs"):
            span = self._span(ref)
            if span is None:
                continue
            mention = replace(
                outer.mention,
                start=span.start,
                end=span.end,
                text=str(ref.get("text") or self._article.text[span.start : span.end]),
                form="name",
                within=None,
                refs=(),
            )
            place = self._known(ref.get("place_id"))
            yield Resolution(mention, place, outer.score if place else 0.0)

    def events(self) -> Iterator[Event]:
        for number, row in enumerate(_rows(self._article.extra, "events"), start=1):
            yield self._event(row, f"{self._article.id}-{number}")

    def _event(self, row: Mapping[str, Any], fallback_id: str) -> Event:
        trigger = self._span(row.get("trigger") or {})
        sentence = self._span(row.get("sentence") or {}) or trigger
        if sentence is None:
            raise ValueError("an event has neither sentence nor trigger")
        money = row.get("money")
        return Event(
            id=str(row.get("id") or fallback_id),
            type=str(row["type"]),
            status=row.get("status") or "reported",
            aspect=row.get("aspect") or "single",
            trigger=trigger or Span(sentence.start, sentence.start),
            sentence=sentence,
            time=_time(row.get("time") or {}),
            participants=tuple(map(self._participant, _rows(row, "participants"))),
            places=tuple(map(self._place, _rows(row, "places"))),
            inferred_places=tuple(map(self._place, _rows(row, "inferred_places"))),
            count=None if row.get("count") is None else int(row["count"]),
            money=Money(float(money["amount"]), money.get("currency")) if money else None,
            casualties=tuple(
                Casualties(c["kind"], c.get("count"), c["text"]) for c in _rows(row, "casualties")
            ),
            confidence=_number(row.get("confidence")),
            method=_method(row.get("method")),
            group=EventGroup.from_line(row["group"]) if row.get("group") else None,
        )

    def _participant(self, row: Mapping[str, Any]) -> Participant:
        return Participant(row["role"], row["text"], self._span(row), row.get("country"))

    def _place(self, row: Mapping[str, Any]) -> EventPlace:
        return EventPlace(str(row["role"]), self.resolution(row))

    def resolution(self, row: Mapping[str, Any]) -> Resolution:
        """Return a toponym or an event's place as a resolved mention."""
        span = self._span(row) or _ELSEWHERE
        form = row.get("form")
        mention = Mention(
            start=span.start,
            end=span.end,
            text=str(row.get("text") or self._article.text[span.start : span.end]),
            form=form if form in FORMS else "name",
            language=self._article.lang or "und",
            p_place=_number(row.get("p_place", 1.0)),
            within=self._span(row.get("within") or {}),
            refs=tuple(filter(None, map(self._span, _rows(row, "refs")))),
        )
        return Resolution(
            mention=mention,
            place=self._known(row.get("place_id")) or _own_place(row, mention),
            score=_number(row.get("score")),
            alternatives=self._runners_up.get(span, ()),
            uncertainty_km=_number(row.get("uncertainty_km", row.get("radius_km"))),
            geometry_basis=row.get("geometry_basis") or "stated",
        )

    def _alternative(self, row: Mapping[str, Any]) -> Alternative:
        place_id, name = str(row["place_id"]), str(row.get("name") or row["place_id"])
        kind = str(row.get("kind") or "place")
        place = self._known(place_id) or Place(
            place_id, name, kind, float(row["lat"]), float(row["lon"]), row.get("country")
        )
        return Alternative(place, _number(row.get("score")))

    def _known(self, place_id: Any) -> Place | None:
        if self._gazetteer is None or not isinstance(place_id, str):
            return None
        try:
            return self._gazetteer.get(place_id)
        except GazetteerError:
            return None

    def _span(self, row: Mapping[str, Any]) -> Span | None:
        start, end = row.get("start"), row.get("end")
        if start is None or end is None:
            return None
        if not 0 <= int(start) <= int(end) <= self._length:
            raise ValueError(f"the span {start}-{end} is outside the text")
        return Span(int(start), int(end))


def _method(value: Any) -> str | None:
    return value if isinstance(value, str) and value in METHODS else None


def _time(row: Mapping[str, Any]) -> EventTime | None:
    keys = ("text", "start", "end", "precision")
    text, start, end, precision = (row.get(key) for key in keys)
    return EventTime(text, start, end, precision) if any(row.get(key) for key in keys) else None


def _own_place(row: Mapping[str, Any], mention: Mention) -> Place | None:
    lat, lon = row.get("lat"), row.get("lon")
    if lat is None or lon is None:
        return None
    lat, lon = float(lat), float(lon)
    if not (abs(lat) <= _POLE and abs(lon) <= _DATE_LINE):  # NaN neither
        raise ValueError(f"the point {lat}, {lon} is not on the Earth")
    name = row.get("name") or mention.text
    return Place(
        id=str(row.get("place_id") or f"point:{lat},{lon}"),
        name=str(name),
        kind=str(row.get("kind") or row.get("geometry") or "place"),
        lat=lat,
        lon=lon,
        country=row.get("country"),
    )


def _number(value: Any) -> float:
    return 0.0 if value is None else float(value)
