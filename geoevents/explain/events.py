"""What is told of an event, and which words is it made from?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoevents.explain.language import (
    aside,
    figure,
    filled,
    foreign,
    load,
    named,
    phrase,
    plain,
    readable,
)
from geoevents.explain.marks import Mark
from geoevents.explain.words import mark_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer import Span
    from geoevents.event import Event, EventPlace
    from geoevents.explain.language import Piece
    from geoevents.ontology import EventType
    from geoevents.reason import Reason, Why
    from maps.words import Words

Row = dict[str, Any]


def event_marks(
    event: Event, *, number: int, kind: EventType | None, words: Words | None = None
) -> Iterator[Mark]:
    """Yield the marks of an event: its trigger, time, participants, numbers and cues.

    Parameters
    ----------
    event
        The event.
    number
        Its number on the page, from 1.
    kind
        Its type, or None where the ontology does not hold it.
    words
        The page's words [default: the English ones].
    """
    words = words or load(None)
    ref, name = f"event-{number}", plain(phrase(words, "event_number", number=str(number)))

    def tip(what: Piece) -> str:
        return plain(phrase(words, "label", name=name, what=what))

    yield Mark(event.trigger, "event", ref, tip(_label(event, kind, words)), event.status)
    if event.time is not None and event.time.span is not None:
        yield Mark(event.time.span, "when", ref, tip(words.of("page", "time")))
    for who in event.participants:
        if who.span is not None:
            yield Mark(who.span, "who", ref, tip(named(words, "role", who.role)))
    seen: set[tuple[Span, str]] = {(event.trigger, "event")}
    for what, reason in _reasons(event, words):
        sort = mark_of(reason)
        if sort is None or reason.span is None or (reason.span, sort) in seen:
            continue
        seen.add((reason.span, sort))
        flavour = "echo" if sort == "event" else ""
        yield Mark(reason.span, sort, ref, tip(what), flavour)


def _reasons(event: Event, words: Words) -> Iterator[tuple[Piece, Reason]]:
    """Yield the reasons that may go by words of their own, with what they decide."""
    for part in ("type", "status", "aspect", "count", "money"):
        yield from ((words.of("page", part), reason) for reason in event.why.get(part, ()))
    for hurt in event.casualties:
        yield from ((words.of("page", "casualties"), reason) for reason in hurt.why)
    for place in (*event.places, *event.inferred_places):
        yield from ((named(words, "role", place.role), reason) for reason in place.why)


def event_card(
    event: Event,
    *,
    number: int,
    kind: EventType | None,
    text: str,
    places: Mapping[Span, str],
    words: Words | None = None,
) -> dict[str, Any]:
    """Return what the page tells of an event.

    Parameters
    ----------
    event
        The event.
    number
        Its number on the page, from 1.
    kind
        Its type, or None where the ontology does not hold it.
    text
        The article's text.
    places
        Ids of the mentions of places on the page, by their spans.
    words
        The page's words [default: the English ones].
    """
    words = words or load(None)
    return {
        "id": f"event-{number}",
        "number": number,
        "label": _label(event, kind, words),
        "words": text[event.trigger.start : event.trigger.end],
        "status": event.status,
        "rows": [*_Rows(event, kind, text, places, words).all()],
    }


def _label(event: Event, kind: EventType | None, words: Words) -> str:
    """Return what an event of this type is called, as on the map."""
    from maps.columns import type_title

    if words.lang == "en":
        return kind.label if kind else readable(event.type)
    return type_title(event.type, kind.label if kind else readable(event.type), words)


class _Rows:
    """What is told of an event, row by row."""

    def __init__(
        self,
        event: Event,
        kind: EventType | None,
        text: str,
        places: Mapping[Span, str],
        words: Words,
    ) -> None:
        self._event, self._kind, self._text = event, kind, text
        self._places, self._words = places, words

    def all(self) -> Iterator[Row]:
        """Yield every row."""
        event, why = self._event, self._event.why
        about: list[Piece] = [": ", aside(self._kind.definition)] if self._kind else []
        yield self._row("type", [aside(event.type), *about], why.get("type", ()))
        for part in ("status", "aspect"):
            value = named(self._words, "meaning", getattr(event, part))
            yield self._row(part, [value], why.get(part, ()))
        yield self._time()
        for who in event.participants:
            of: list[Piece] = [f" ({who.country})"] if who.country else []
            role = named(self._words, "role", who.role)
            yield self._row(role, [foreign(who.text), *of], who.why, group="who")
        for place in event.places:
            yield self._place(place, group="where_stated")
        for place in event.inferred_places:
            yield self._place(place, group="where_inferred")
        if not event.places and not event.inferred_places:
            yield self._row("where", self._say("no_place"), ())
        yield from self._amounts()
        sure: list[Piece] = [figure(event.confidence, 2)]
        yield self._row("confidence", sure, why.get("confidence", ()))
        if event.method is not None:
            yield self._row("found_by", [named(self._words, "method", event.method)], ())

    def _say(self, key: str, **values: Piece | list[Piece]) -> list[Piece]:
        return phrase(self._words, key, **values)

    def _time(self) -> Row:
        time = self._event.time
        if time is None:
            return self._row("time", self._say("no_time"), ())
        if time.start and time.end:
            days = self._say("from_to", start=time.start, end=time.end)
        elif time.end:
            days = self._say("until", end=time.end)
        else:
            days = [time.start] if time.start else []
        precision = named(self._words, "precision", str(time.precision))
        read = (
            self._say("with_precision", days=days, precision=precision)
            if days
            else self._say("no_date")
        )
        value: list[Piece] = [foreign(time.text), ": ", *read] if time.text else read
        return self._row("time", value, time.why)

    def _place(self, place: EventPlace, *, group: str) -> Row:
        resolution = place.resolution
        mention, held = resolution.mention, resolution.place
        value: list[Piece] = [foreign(mention.text, self._places.get(mention.span)), ": "]
        if held is None:
            value += self._say("not_on_map")
        else:
            value += self._say(
                "located",
                name=foreign(held.name),
                country=held.country or self._say("no_country"),
                basis=named(self._words, "how", resolution.geometry_basis),
                score=figure(resolution.score, 2),
            )
        return self._row(named(self._words, "role", place.role), value, place.why, group=group)

    def _amounts(self) -> Iterator[Row]:
        event, why = self._event, self._event.why
        if event.count is not None or why.get("count"):
            count = self._say("not_exact") if event.count is None else [figure(event.count)]
            yield self._row("count", count, why.get("count", ()))
        if event.money is not None:
            unit = event.money.currency or self._say("unclear_currency")
            amount = figure(event.money.amount, 0 if event.money.amount.is_integer() else 2)
            value = filled("{amount} {unit}", amount=amount, unit=unit)
            yield self._row("money", value, why.get("money", ()))
        for hurt in event.casualties:
            many = self._say("unknown_number") if hurt.count is None else [figure(hurt.count)]
            name = named(self._words, "harm", hurt.kind)
            yield self._row(name, [*many, ": ", foreign(hurt.text)], hurt.why, group="hurt")

    def _row(self, name: str | Piece, value: list[Piece], why: Why, *, group: str = "") -> Row:
        """Return a row; a name is a key of the page's words, or a piece."""
        known = self._words.sections["page"].get(name) if isinstance(name, str) else None
        row: Row = {
            "name": plain([known if isinstance(known, str) else name]),
            "value": value,
            "why": told(why, self._text, self._words),
        }
        return row | {"group": self._words.of("page", group)} if group else row
