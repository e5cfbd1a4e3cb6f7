"""Which events of a headline does the lead tell again, and better?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer import Span
from geoevents.event import EventTime
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.event import Event

_STOPS = ".!?…؟۔:;,،"
_LONGEST = 200  # characters; a longer first line is a paragraph
_SHORT = 80  # characters of a headline where no other line of the text has a stop either
_LEAD = 500  # characters after the headline in which the lead repeats it
_UNREAL = frozenset({"hypothetical", "negated"})


def settle_headline(text: str, events: Sequence[Event]) -> list[Event]:
    """Leave out what a headline says once more, and date what it says besides.

    Who reads a map of events wants one mark for one event: a headline and its lead would make
    two on the same spot, the former without a day, and every count by day or place would be one
    too high. So an event of the headline is left out when the lead tells one of its type with
    all of its places, numbers and casualties. One that says more stays, with the lead's day.

    Parameters
    ----------
    text
        The article.
    events
        Its events in text order.

    Returns
    -------
    list of Event
        In text order.
    """
    headline = find_headline(text)
    if headline is None:
        return list(events)
    lead = [e for e in events if 0 <= e.trigger.start - headline.end < _LEAD]
    settled = []
    for event in events:
        told = next((e for e in lead if headline.holds(event.trigger) and _tells(e, event)), None)
        if told is None:
            settled.append(event)
        elif _adds(event, told):
            settled.append(_dated(event, told))
    return settled


def find_headline(text: str) -> Span | None:
    r"""Return the first line when it is a headline: short, unstopped, and with text after it.

    Where no line has a stop, as in texts whose sentences were split, only its length tells.

    Examples
    --------
    >>> find_headline("Quake hits coast\nA quake hit the coast on Monday.")
    Span(start=0, end=16)
    """
    start = len(text) - len(text.lstrip())
    line, _, rest = text[start:].partition("\n")
    line = line.rstrip()
    others = [other.rstrip() for other in rest.splitlines() if other.strip()]
    longest = _LONGEST if any(other[-1] in _STOPS for other in others) else _SHORT
    if not others or not line or len(line) > longest or line[-1] in _STOPS:
        return None
    return Span(start, start + len(line))


def _tells(event: Event, headline: Event) -> bool:
    """Return whether an event of the lead may be the headline's: of its type, nowhere else."""
    if event.type != headline.type or {event.status, headline.status} & _UNREAL:
        return False
    theirs, own = _places(event), _places(headline)
    return not theirs or not own or not theirs.isdisjoint(own)


def _adds(headline: Event, told: Event) -> bool:
    """Return whether a headline says anything that the lead's event lacks."""
    counts = headline.count not in {None, 1, told.count}
    hurt = {(c.kind, c.count) for c in headline.casualties}
    return (
        counts
        or not _places(headline) <= _places(told)
        or not hurt <= {(c.kind, c.count) for c in told.casualties}
    )


def _places(event: Event) -> frozenset[str]:
    return frozenset(p.key for p in event.places if p.role != "context")


def _dated(headline: Event, told: Event) -> Event:
    time = told.time
    if headline.time is not None or time is None:
        return headline
    why = (Reason("time.lead", told.trigger),)
    lead_time = EventTime(None, time.start, time.end, time.precision, None, why)
    return replace(headline, time=lead_time)
