"""Which events do a language model and our own rules tell alike, and what comes of each?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geoevents.extract.sizes import SIZES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoevents.event import Event, EventPlace, EventTime
    from geoevents.language_model.grounding import Grounded

_COUNTRY: Final = SIZES["country"]


def merge(ruled: Sequence[Event], told: Iterable[Grounded]) -> list[Event]:
    """Join what our own rules found with what a model told.

    Two events are one when their triggers overlap, or when they are of one type (or both
    movements), stand in one sentence and no role has places in both that cannot be the same.

    Parameters
    ----------
    ruled
        Events by our own rules.
    told
        Events of a model, borne out by the text.

    Returns
    -------
    list of Event
        In text order. ``method`` is ``rules`` or ``language_model`` where only one of them has
        the event, and ``both`` where both do: then the model's word counts wherever it stands,
        and the rules' wherever it does not.
    """
    new: list[Grounded] = []
    for grounded in told:
        if not any(_is_same(known.event, grounded.event) for known in new):
            new.append(grounded)
    left = list(ruled)
    merged: list[Event] = []
    for grounded in new:
        match = _match(left, grounded.event)
        if match is None:
            merged.append(_alone(grounded, ruled))
        else:
            left.remove(match)
            merged.append(_joined(match, grounded))
    return sorted([*left, *merged], key=lambda event: (event.trigger.start, event.trigger.end))


def _match(ruled: Sequence[Event], told: Event) -> Event | None:
    """Return the rules' event that a model's event is, by its trigger before all else."""
    touching = [event for event in ruled if event.trigger.overlaps(told.trigger)]
    same = touching or [event for event in ruled if _is_same(event, told)]
    return min(same, key=lambda e: abs(e.trigger.start - told.trigger.start), default=None)


def _is_same(first: Event, second: Event) -> bool:
    if first.trigger.overlaps(second.trigger):
        return True
    alike = first.type == second.type or first.family == second.family == "movement"
    return alike and first.sentence.overlaps(second.sentence) and not _contradict(first, second)


def _contradict(first: Event, second: Event) -> bool:
    """Return whether two events have, in one role, places of which none can be the other's."""
    for role in {p.role for p in first.places} - {"context"}:
        ours = [p for p in first.places if p.role == role]
        theirs = [p for p in second.places if p.role == role]
        if theirs and not any(_agree(a, b) for a in ours for b in theirs):
            return True
    return False


def _agree(first: EventPlace, second: EventPlace) -> bool:
    """Return whether two places are the same, or one is a country that may hold the other."""
    a, b = first.resolution.place, second.resolution.place
    if a is None or b is None or first.key == second.key:
        return True
    large = max(SIZES.get(a.kind, 0), SIZES.get(b.kind, 0)) >= _COUNTRY
    return large and a.country == b.country


def _joined(ruled: Event, told: Grounded) -> Event:
    """Return one event of two: the model's word where it stands, else the rules'."""
    event = told.event
    places = _both_places(event.places, ruled.places)
    is_placed = bool(places)
    joined = replace(
        ruled,
        type=event.type,
        status=ruled.status if "status" in told.refuted else event.status,
        aspect=ruled.aspect if "aspect" in told.refuted else event.aspect,
        time=event.time or ruled.time,
        participants=event.participants or ruled.participants,
        places=places,
        inferred_places=() if is_placed else event.inferred_places or ruled.inferred_places,
        count=ruled.count if event.count is None else event.count,
        money=event.money or ruled.money,
        casualties=event.casualties or ruled.casualties,
        method="both",
    )
    # What led the rules to a value that no longer stands is no reason for the new one.
    kept = (name for name in ruled.why if getattr(joined, name) == getattr(ruled, name))
    return replace(joined, why={name: ruled.why[name] for name in kept})


def _both_places(told: Sequence[EventPlace], ruled: Sequence[EventPlace]) -> tuple[EventPlace, ...]:
    """Return a model's places, and the rules' in roles for which the model has none."""
    roles = {place.role for place in told}
    spans = [place.resolution.span for place in told]
    added = [
        place
        for place in ruled
        if place.role not in roles and not any(place.resolution.span.overlaps(s) for s in spans)
    ]
    return tuple(sorted([*told, *added], key=lambda p: p.resolution.mention.start))


def _alone(told: Grounded, ruled: Sequence[Event]) -> Event:
    """Return an event that only a model tells; what it leaves open is read from its sentence."""
    event = told.event
    beside = [other for other in ruled if other.sentence.overlaps(event.sentence)]
    nearest = min(beside, key=lambda e: abs(e.trigger.start - event.trigger.start), default=None)
    if "status" in told.refuted and nearest is not None:
        event = replace(event, status=nearest.status)
    if "time" in told.refuted:
        event = replace(event, time=_nearest_time(event, told.times))
    return event


def _nearest_time(event: Event, times: Sequence[EventTime]) -> EventTime | None:
    spans = [(time, time.span) for time in times if time.span is not None]
    start = event.trigger.start
    best = min(spans, key=lambda pair: abs(pair[1].start - start), default=None)
    return best[0] if best is not None else None
