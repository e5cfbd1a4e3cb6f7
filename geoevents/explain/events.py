"""What is told of an event, and which words is it made from?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoevents.explain.marks import Mark
from geoevents.explain.words import foreign, mark_of, meaning, readable, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer import Span
    from geoevents.event import Event, EventPlace
    from geoevents.explain.words import Piece
    from geoevents.ontology import EventType
    from geoevents.reason import Reason, Why

Row = dict[str, Any]


def event_marks(event: Event, *, number: int, kind: EventType | None) -> Iterator[Mark]:
    """Yield the marks of an event: its trigger, time, participants, numbers and cues.

    Parameters
    ----------
    event
        The event.
    number
        Its number on the page, from 1.
    kind
        Its type, or None where the ontology does not hold it.
    """
    ref, name = f"event-{number}", f"event {number}"
    yield Mark(event.trigger, "event", ref, f"{name}: {_label(event, kind)}", event.status)
    if event.time is not None and event.time.span is not None:
        yield Mark(event.time.span, "when", ref, f"{name}: time")
    for who in event.participants:
        if who.span is not None:
            yield Mark(who.span, "who", ref, f"{name}: {readable(who.role)}")
    seen: set[tuple[Span, str]] = {(event.trigger, "event")}
    for part, reason in _reasons(event):
        sort = mark_of(reason)
        if sort is None or reason.span is None or (reason.span, sort) in seen:
            continue
        seen.add((reason.span, sort))
        flavour = "echo" if sort == "event" else ""
        yield Mark(reason.span, sort, ref, f"{name}: {part}", flavour)


def _reasons(event: Event) -> Iterator[tuple[str, Reason]]:
    """Yield the reasons that may go by words of their own, with what they decide."""
    for part in ("type", "status", "aspect", "count", "money"):
        yield from ((part, reason) for reason in event.why.get(part, ()))
    for hurt in event.casualties:
        yield from (("casualties", reason) for reason in hurt.why)
    for place in (*event.places, *event.inferred_places):
        yield from ((place.role, reason) for reason in place.why)


def event_card(
    event: Event, *, number: int, kind: EventType | None, text: str, places: Mapping[Span, str]
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
    """
    return {
        "id": f"event-{number}",
        "number": number,
        "label": _label(event, kind),
        "words": text[event.trigger.start : event.trigger.end],
        "status": event.status,
        "rows": list(_rows(event, kind, text, places)),
    }


def _label(event: Event, kind: EventType | None) -> str:
    return kind.label if kind else readable(event.type)


def _rows(
    event: Event, kind: EventType | None, text: str, places: Mapping[Span, str]
) -> Iterator[Row]:
    about = f": {kind.definition}" if kind else ""
    why = event.why
    yield _row("Type", [f"{event.type}{about}"], why.get("type", ()), text)
    yield _row("Status", [event.status], why.get("status", ()), text)
    yield _row("Aspect", [event.aspect], why.get("aspect", ()), text)
    yield _time_row(event, text)
    for who in event.participants:
        of = f" ({who.country})" if who.country else ""
        yield _row(readable(who.role), [foreign(who.text), of], who.why, text, group="Who")
    for place in event.places:
        yield _place_row(place, text, places, group="Where, as stated")
    for place in event.inferred_places:
        yield _place_row(place, text, places, group="Where, as inferred")
    if not event.places and not event.inferred_places:
        yield _row("Where", ["No place is stated for it."], (), text)
    yield from _amount_rows(event, text)
    yield _row("Confidence", [f"{event.confidence:.2f}"], why.get("confidence", ()), text)
    if event.method is not None:
        yield _row("Found by", [meaning("method", event.method)], (), text)


def _time_row(event: Event, text: str) -> Row:
    time = event.time
    if time is None:
        return _row("Time", ["No time is stated for it."], (), text)
    days = " to ".join(day for day in (time.start, time.end) if day)
    if time.start is None and time.end is not None:
        days = f"until {time.end}"
    read = f"{days} (precision: {time.precision})" if days else "no date follows from it"
    value: list[Piece] = [foreign(time.text), f": {read}"] if time.text else [read]
    return _row("Time", value, time.why, text)


def _place_row(place: EventPlace, text: str, places: Mapping[Span, str], *, group: str) -> Row:
    resolution = place.resolution
    mention, held = resolution.mention, resolution.place
    value: list[Piece] = [foreign(mention.text, places.get(mention.span))]
    if held is None:
        value.append(": not on the map")
    else:
        value += [": ", foreign(held.name)]
        basis, score = resolution.geometry_basis, f"{resolution.score:.2f}"
        value.append(f" ({held.country or 'no country'}), {basis}, score {score}")
    return _row(place.role, value, place.why, text, group=group)


def _amount_rows(event: Event, text: str) -> Iterator[Row]:
    if event.count is not None or event.why.get("count"):
        count = "not exact" if event.count is None else str(event.count)
        yield _row("Count", [count], event.why.get("count", ()), text)
    if event.money is not None:
        sum_ = f"{event.money.amount:,.10g} {event.money.currency or '(currency not clear)'}"
        yield _row("Money", [sum_], event.why.get("money", ()), text)
    for hurt in event.casualties:
        count = "an unknown number" if hurt.count is None else f"{hurt.count:,}"
        yield _row(hurt.kind, [f"{count}: ", foreign(hurt.text)], hurt.why, text, group="Hurt")


def _row(name: str, value: list[Piece], why: Why, text: str, *, group: str = "") -> Row:
    row: Row = {
        "name": name,
        "value": [piece for piece in value if piece],
        "why": told(why, text),
    }
    return row | {"group": group} if group else row
