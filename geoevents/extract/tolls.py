"""Which words of the dead and wounded only tell the toll of the event told just before?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.event import Event
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_HARMFUL = frozenset({"violence", "hazard", "unrest"})
_REAL = frozenset({"asserted", "reported"})


def is_toll(reading: Reading, trigger: Trigger, event: Event) -> bool:
    """Return whether an event says no more than how many were hurt: not where, when or by whom.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        Its word, such as "killed".
    event
        The event.
    """
    if not trigger.entry.weak or not event.casualties or event.status not in _REAL:
        return False
    dated = event.time is not None and event.time.text is not None
    placed = any(place.role != "context" for place in (*event.places, *event.inferred_places))
    if dated or placed or any(p.role == "actor" for p in event.participants):
        return False
    spans = (reason.span for c in event.casualties for reason in c.why if reason.span is not None)
    return _opens_clause(reading, min(span.start for span in spans))


def _opens_clause(reading: Reading, offset: int) -> bool:
    """Return whether a clause begins with words of the dead: nothing before them killed anybody."""
    i = reading.at(offset)
    return i == 0 or reading.words[i - 1].clause != reading.words[i].clause


def with_toll(text: str, told: Sequence[Event], toll: Event) -> list[Event] | None:
    """Return the events told before, the last one with its toll, or None where it is not theirs.

    Parameters
    ----------
    text
        The text.
    told
        The events of the sentences before, in order.
    toll
        An event that only tells how many were hurt, see :func:`is_toll`.

    Returns
    -------
    list of Event or None
        The toll belongs to a harmful event of the sentence right before in the same paragraph, of
        which no such number is known.
    """
    at = next(
        (
            i
            for i in range(len(told) - 1, -1, -1)
            if told[i].family in _HARMFUL and told[i].status in _REAL
        ),
        None,
    )
    if at is None or told[at].sentence.end > toll.sentence.start:
        return None
    event = told[at]
    between = text[event.sentence.end : toll.sentence.start]
    known = {c.kind for c in event.casualties}
    if between.strip() or "\n" in between or any(c.kind in known for c in toll.casualties):
        return None
    why = Reason("casualties.behind", toll.trigger)
    added = (replace(c, why=(*c.why, why)) for c in toll.casualties)
    return [*told[:at], replace(event, casualties=(*event.casualties, *added)), *told[at + 1 :]]
