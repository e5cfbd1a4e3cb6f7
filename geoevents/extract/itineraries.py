"""Which journey began where another sentence says that the traveller set out?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gazetteer.text.normalize import fold
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Span
    from geoevents.event import Event, EventPlace, EventTime

_JOURNEYS = frozenset({"movement.flight", "movement.voyage", "movement.convoy"})
_UNREAL = frozenset({"hypothetical", "negated"})
_REACH = 2  # sentences from an arrival to the departure of the same traveller
_CRAFT_REACH = 1  # ... and of a craft, which nothing but the sentence beside tells to be the same
_DAYS = 1  # that may lie between the two


def complete_journeys(events: Sequence[Event], sentences: Sequence[Span]) -> list[Event]:
    """Give an arrival the origin that a sentence near by tells of the same journey.

    "The president arrived in X. He had left Y before noon": one journey, told in two parts. The
    departure stays as it is told.

    Parameters
    ----------
    events
        Events of an article.
    sentences
        Its sentences, in text order.

    Returns
    -------
    list of Event
        The same events; arrivals of whose journey just one departure is told have its origin,
        with the basis ``inferred``.
    """
    numbers = {sentence.start: n for n, sentence in enumerate(sentences)}
    departures: dict[int, list[Event]] = defaultdict(list)
    for event in filter(_is_departure, events):
        departures[numbers[event.sentence.start]].append(event)
    completed = []
    for event in events:
        starts: list[Event] = []
        if departures and _is_arrival(event):
            number = numbers[event.sentence.start]
            starts = [
                other
                for near in range(number - _REACH, number + _REACH + 1)
                for other in departures.get(near, ())
                if other.type == event.type and _may_be_one(event, other, abs(near - number))
            ]
        completed.append(_with_origin(event, starts[0]) if len(starts) == 1 else event)
    return completed


def _is_arrival(event: Event) -> bool:
    """Return whether a journey is told with its end and without its beginning."""
    ended, begun = _ends(event, "destination"), _ends(event, "origin")
    return event.type in _JOURNEYS and bool(ended) and not begun


def _is_departure(event: Event) -> bool:
    """Return whether a journey is told with one beginning and no end."""
    return len(_ends(event, "origin")) == 1 and not _ends(event, "destination")


def _ends(event: Event, role: str) -> list[EventPlace]:
    return [place for place in event.places if place.role == role]


def _may_be_one(arrival: Event, departure: Event, apart: int) -> bool:
    """Return whether an arrival and a departure so many sentences apart may be of one journey."""
    if {arrival.status, departure.status} & _UNREAL or not _near(arrival.time, departure.time):
        return False
    (origin,) = _ends(departure, "origin")
    reached = {place.key for place in _ends(arrival, "destination")}
    if origin.key in reached or apart == 0:
        return False
    beside = apart <= _CRAFT_REACH and _are_craft(arrival, departure)
    return beside or _shares_traveller(arrival, departure)


def _near(one: EventTime | None, other: EventTime | None) -> bool:
    """Return whether two days are the same or the next; what is undated may be on any."""
    days = [
        date.fromisoformat(time.start)
        for time in (one, other)
        if time is not None and time.start is not None and time.precision == "day"
    ]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= _DAYS  # noqa: PLR2004 - both


def _shares_traveller(one: Event, other: Event) -> bool:
    """Return whether some traveller's words are among those for a traveller of the other."""
    return any(a <= b or b <= a for a in _travellers(one) for b in _travellers(other))


def _are_craft(one: Event, other: Event) -> bool:
    """Return whether nobody is said to travel, as many craft do, and the later ones are known."""
    later = max(one, other, key=lambda event: event.trigger.start)
    new = any(why.values.get("form") == "article" for why in later.why.get("count", ()))
    crewless = not one.participants and not other.participants
    return crewless and not new and (None in {one.count, other.count} or one.count == other.count)


def _travellers(event: Event) -> list[frozenset[str]]:
    """Return the words for each traveller, folded."""
    return [frozenset(fold(known.text).split()) for known in event.participants if known.text]


def _with_origin(arrival: Event, departure: Event) -> Event:
    (origin,) = _ends(departure, "origin")
    inferred = replace(origin.resolution, geometry_basis="inferred")
    why = (Reason("place.set_out", departure.trigger),)
    place = replace(origin, resolution=inferred, why=why)
    return replace(arrival, places=(*arrival.places, place))
