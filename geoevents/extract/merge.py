"""Which triggers of a sentence tell one and the same event?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.extract.sizes import SIZES
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geoevents.event import EventPlace
    from geoevents.extract.triggers import Trigger

_ECHO_REACH = 10  # words over which an echo speaks of the same event and place
_HARMFUL = frozenset({"violence", "hazard", "unrest"})
_ECHOED, _SAME_EVENT = "type.echo", "type.same_event"
_TOLD_TOO = frozenset({_ECHOED, _SAME_EVENT})


def merge_echoes(
    triggers: Sequence[Trigger],
    places: Mapping[int, Sequence[EventPlace]],
    *,
    is_beside: Callable[[Trigger, Trigger], bool] = lambda _, __: False,
    describes: Callable[[Trigger, Trigger], bool] = lambda _, __: False,
) -> list[tuple[Trigger, list[EventPlace]]]:
    """Let triggers that only echo another of their sentence give it their places.

    A weak trigger ("killed") tells of an event of its own only where no other harmful event
    stands in the sentence; a generic one ("attack") gives way to a telling one ("bombing") of its
    family that is not far from it or that it refers to ("the attack"), unless it has a place of its
    own.

    Parameters
    ----------
    triggers
        Triggers of a sentence, in order.
    places
        Places by index of the trigger.
    is_beside
        Whether the first trigger tells of an event beside that of the second.
    describes
        Whether the first trigger says more of the event of the second, wherever that was.

    Returns
    -------
    list of (Trigger, list of EventPlace)
        The triggers that are left, in order, with their places.
    """
    left = [(t, list(places.get(i, ()))) for i, t in enumerate(triggers)]
    for is_echo, is_told in _ECHOES:
        for echo, own in [pair for pair in left if is_echo(pair[0])]:
            told = [
                i
                for i, (other, theirs) in enumerate(left)
                if is_told(echo, other)
                if describes(echo, other) or not _contradict(own, theirs)
                if echo.entry.weak or not is_beside(echo, other)
            ]
            if not told:
                continue
            nearest = min(told, key=lambda i: abs(left[i][0].start - echo.start))
            teller, theirs = left[nearest]
            near = abs(teller.start - echo.start) <= _ECHO_REACH
            if near or describes(echo, teller) or all(place.role == "context" for place in theirs):
                left[nearest] = (_told(teller, echo, _ECHOED), _join(theirs, own))
            left = [pair for pair in left if pair[0] is not echo]
    return left


def _told(teller: Trigger, other: Trigger, rule: str) -> Trigger:
    """Return a trigger that remembers which other words tell of its event."""
    why = Reason(rule, other.span, {"type": other.type})
    others = (reason for reason in other.why if reason.rule in _TOLD_TOO)
    return replace(teller, why=(*teller.why, why, *others))


def _is_told(echo: Trigger, other: Trigger) -> bool:
    return not other.entry.weak and other.family in _HARMFUL and other is not echo


def _is_told_better(echo: Trigger, other: Trigger) -> bool:
    if other.entry.generic or other.entry.weak or other.family != echo.family:
        return False
    far = abs(other.start - echo.start) > _ECHO_REACH
    return not far or echo.family not in _HARMFUL or "def" in echo.tags


def _is_weak(trigger: Trigger) -> bool:
    return trigger.entry.weak


def _is_generic(trigger: Trigger) -> bool:
    return trigger.entry.generic


_ECHOES = ((_is_weak, _is_told), (_is_generic, _is_told_better))


def merge_triggers(
    told: Sequence[tuple[Trigger, list[EventPlace]]],
    *,
    is_real: Callable[[Trigger], bool] = lambda _: True,
    is_another: Callable[[Trigger, Trigger], bool] = lambda _, __: False,
) -> list[tuple[Trigger, list[EventPlace]]]:
    """Join the triggers of one event, with their places.

    Parameters
    ----------
    told
        Triggers of a sentence with their places, in order.
    is_real
        Whether the text says that what a trigger tells did happen: what did is no other event's
        plan or denial.
    is_another
        Whether the second of two triggers of a type tells of an event of its own.

    Returns
    -------
    list of (Trigger, list of EventPlace)
        Triggers of one type are one event, told by its best trigger, unless each has a place of
        its own in the same role; movements are one unless their ends contradict each other.
    """
    merged: list[tuple[Trigger, list[EventPlace]]] = []
    for trigger, own in told:
        match = next(
            (
                i
                for i, (other, theirs) in enumerate(merged)
                if _same(other, theirs, trigger, own)
                and (trigger.entry.generic or is_real(other) is is_real(trigger))
                and not is_another(other, trigger)
            ),
            None,
        )
        if match is None:
            merged.append((trigger, own))
            continue
        other, theirs = merged[match]
        merged[match] = (_better(other, trigger), _join(theirs, own))
    return merged


def _same(
    first: Trigger, theirs: Sequence[EventPlace], second: Trigger, own: Sequence[EventPlace]
) -> bool:
    movement = first.family == second.family == "movement"
    if first.type != second.type and not movement:
        return False
    return not _contradict(own, theirs)


def _contradict(own: Sequence[EventPlace], theirs: Sequence[EventPlace]) -> bool:
    """Return whether two events have, in one role, places of which none can be the other's.

    A place that was not found says nothing beside one that was.
    """
    ours, other = _by_role(own), _by_role(theirs)
    return any(
        not any(_agree(a, b) for a in _found(ours[role]) for b in _found(other[role]))
        for role in ours.keys() & other.keys()
    )


def _found(places: Sequence[EventPlace]) -> Sequence[EventPlace]:
    """Return the places that the gazetteer holds, or all where it holds none."""
    return [place for place in places if place.resolution.place is not None] or places


def _agree(first: EventPlace, second: EventPlace) -> bool:
    """Return whether two places are the same, or one is a country that may hold the other."""
    a, b = first.resolution.place, second.resolution.place
    if first.key == second.key or a is None or b is None:
        return True
    large = _is_country_sized(first) or _is_country_sized(second)
    return large and (a.country is None or b.country is None or a.country == b.country)


def _is_country_sized(place: EventPlace) -> bool:
    """Return whether a place is so large that it contradicts no other, or was not found."""
    held = place.resolution.place
    return held is None or SIZES.get(held.kind, 0) >= SIZES["country"]


def _by_role(places: Sequence[EventPlace]) -> dict[str, list[EventPlace]]:
    found: dict[str, list[EventPlace]] = {}
    for place in places:
        if place.role != "context":
            found.setdefault(place.role, []).append(place)
    return found


def _better(first: Trigger, second: Trigger) -> Trigger:
    """Return the trigger that says more; the earlier one when they weigh the same."""
    better = max(first, second, key=lambda t: (t.entry.weight, -t.start))
    return _told(better, second if better is first else first, _SAME_EVENT)


def _join(first: Sequence[EventPlace], second: Sequence[EventPlace]) -> list[EventPlace]:
    """Add the places of an echo; a whole country adds nothing to a town."""
    known = {(p.role, p.key) for p in first}
    roles = {p.role for p in first}
    added = [
        p
        for p in second
        if (p.role, p.key) not in known and not (p.role in roles and _is_country_sized(p))
    ]
    return [*first, *added]
