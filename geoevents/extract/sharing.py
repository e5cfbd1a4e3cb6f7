"""Which events happened where another event of their sentence did, though only that one says so?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.event import EventPlace
from geoevents.extract.journeys import begun_elsewhere, ends_of_delivery
from geoevents.extract.leads import leads_of
from geoevents.extract.meanings import STOOD_ON
from geoevents.extract.object_clauses import place_taken_up
from geoevents.extract.place_words import BARE, GENITIVE, INTO, UPON, place_words, relation_at
from geoevents.extract.purposes import place_of_purpose
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

    Told = tuple[Trigger, list[EventPlace]]

_JOINED = 2  # words from "a bombing" to "shelling" that are one phrase
_VERBS_REACH = 6  # words of "to the ground and" between two verbs of one subject
_PART_REACH = 10  # words between an event and the one that it was part of
_PART_WORDS = 5  # words of "in a series of fierce" before that one
_MEANWHILE_REACH = 14  # words between two events of one time
_MEANWHILE_WORDS = 2  # words of "during fierce" before the first of them
_ANNOUNCED = 4  # words of "has also reported cases"
_WHERE_REACH = 6  # words between a place and "where", as in "in the area of X, where"
_FRONT = 1  # a phrase that begins by this word opens the sentence
_TIME = 3  # words of "early on Monday" before it
_HARMFUL = frozenset({"violence", "hazard", "unrest"})
_ENDS = frozenset({"from", "to", "toward", "via", INTO})  # these never say where a place lies
_SOMEWHERE = _HARMFUL | {"coercion", "force"}  # families whose events all have a place


def share_places(reading: Reading, links: Sequence[Link], events: Sequence[Told]) -> list[Told]:
    """Give an event without a place the one that its sentence states for it with another.

    What is loaded or unloaded, and a visit, are where the movement of the sentence ended; of
    "a bombing and shelling in X" both were there; "shot in a clash in X", "in X, where he was
    shot", and a phrase that opens the sentence say it as well.

    Parameters
    ----------
    reading
        The sentence.
    links
        Its mentions.
    events
        Its events with their places, in order.

    Returns
    -------
    list of (Trigger, list of EventPlace)
        The same events, in order.
    """
    shared = list(events)
    for i, (trigger, own) in enumerate(events):
        known = {place.key for place in own}
        found: list[EventPlace] = []
        if all(place.role == "context" for place in own):
            rules = (rule(reading, links, trigger, shared) for rule in _RULES)
            found = next(filter(None, rules), [])
        found = found or begun_elsewhere(reading, trigger, own, events)
        shared[i] = trigger, [*own, *(place for place in found if place.key not in known)]
    return shared


def _as_location(places: Sequence[EventPlace], rule: str, other: Trigger) -> list[EventPlace]:
    why = Reason(rule, other.span)
    return [replace(p, why=(*p.why, why)) for p in places if p.role == "location"]


def _arrived(
    _reading: Reading, _links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return where the movement ended with which something was loaded, or somebody came."""
    family = trigger.event_type.place_of
    return [
        EventPlace("location", place.resolution, (Reason("place.arrived", other.span),))
        for other, theirs in events
        if family and other.family == family
        # What is loaded before a craft sets out is loaded elsewhere.
        if trigger.family == "diplomacy" or other.start < trigger.start
        for place in theirs
        if place.role == "destination"
    ]


def _brought(
    reading: Reading, _links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the ends of the journey that brought what was delivered."""
    return ends_of_delivery(reading, trigger, events)


def _attended(
    reading: Reading, links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place to which somebody went for the event."""
    others = [other for other, _ in events if other is not trigger]
    return place_of_purpose(reading, links, trigger, others)


def _joined(
    reading: Reading, _links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place of the event that "and" joins to this one: "crashed and burned in X"."""
    return [
        replace(place, why=(*place.why, Reason("place.joined", other.span)))
        for other, theirs in events
        if other.family == trigger.family
        if (
            _is_one_phrase(reading, trigger, other)
            and (
                0 <= other.start - trigger.end <= _JOINED
                or 0 <= trigger.start - other.end < _JOINED
            )
        )
        or _share_subject(reading, trigger, other)
        for place in theirs
    ]


def _is_one_phrase(reading: Reading, trigger: Trigger, other: Trigger) -> bool:
    """Return whether no word but "and" stands between two events that a sign parts."""
    first, last = sorted((trigger, other), key=lambda t: t.start)
    between = reading.folded(first.end, last.start)
    joined = reading.joins(first.end - 1, last.start)
    return joined or place_words(reading.lang).joiners.issuperset(between)


def _share_subject(reading: Reading, trigger: Trigger, other: Trigger) -> bool:
    """Return whether "and" puts another verb behind a verb, in one clause: both are done there."""
    apart = other.start - trigger.end
    if trigger.kind != "verb" or other.kind != "verb" or not 0 < apart <= _VERBS_REACH:
        return False
    joiners = place_words(reading.lang).joiners
    return reading.words[other.start - 1].folded in joiners and reading.joins(
        trigger.start, other.start
    )


def _part_of(
    reading: Reading, _links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place of the event in which this one happened: "shot in a clash in X"."""
    for other, theirs in events:
        near = 0 < other.start - trigger.end <= _PART_REACH and other.kind == "noun"
        if not near or other.family not in _HARMFUL or trigger.family not in _SOMEWHERE:
            continue
        before = range(other.start - 1, max(trigger.end, other.start - _PART_WORDS) - 1, -1)
        relations = (r[1] for i in before if (r := relation_at(reading, i)) is not None)
        if next((r for r in relations if r != GENITIVE), None) in {"in", "by"}:
            return _as_location(theirs, "place.part_of", other)
    return []


def _meanwhile(
    reading: Reading, _links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place of what happened at the same time: "shot as he left a rally in X"."""
    joints = place_words(reading.lang).while_
    for other, theirs in events:
        first, last = sorted((trigger, other), key=lambda t: t.start)
        # A phrase with a gap may hold the other event: "killed, in clashes, by gunmen".
        between = range(first.end if first.end <= last.start else first.start + 1, last.start)
        if other is trigger or not 0 < len(between) <= _MEANWHILE_REACH:
            continue
        before = range(max(0, first.start - _MEANWHILE_WORDS), first.start)
        joined = any(reading.words[i].folded in joints for i in (*before, *between))
        harm = {trigger.family, other.family} <= _SOMEWHERE
        if joined and (harm or trigger.family == other.family == "diplomacy"):
            found = _as_location(theirs, "place.meanwhile", other)
            if found:
                return found
    return []


def _taken_up(
    reading: Reading, links: Sequence[Link], trigger: Trigger, _events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place that a clause describes by the event: "X, which they shelled"."""
    return place_taken_up(reading, links, trigger)


def _where(
    reading: Reading, links: Sequence[Link], trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place before "where", when nothing else happens between that and the event."""
    words, where = reading.words, place_words(reading.lang).where
    at = next((i for i in range(trigger.start - 1, -1, -1) if words[i].folded in where), None)
    if at is None or "location" not in trigger.event_type.frame.values():
        return []
    if any(at < other.start < trigger.start for other, _ in events):
        return []
    before = [k for k in links if 0 < at - k.last <= _WHERE_REACH and not k.speaker and not k.held]
    named = [k for k in before if k.resolution.mention.form != "demonym"]
    nearest = named[-1] if named else None
    inner = next((k for k in reversed(named) if not k.container or k.relation in _ENDS), nearest)
    if inner is None:
        return []
    why = Reason("place.where", reading.offsets(at, at + 1))
    return [EventPlace("location", inner.resolution, (why,))]


def _opening(
    reading: Reading, links: Sequence[Link], trigger: Trigger, _events: Sequence[Told]
) -> list[EventPlace]:
    """Return the place that opens the sentence, unless somebody there tells of the event."""
    first = next(
        (k for k in links if _opens(reading, k) and _is_there(k) and not k.topic),
        None,
    )
    if (
        first is None
        or trigger.family not in _SOMEWHERE
        or first.resolution.mention.form == "demonym"
    ):
        return []
    speaking = place_words(reading.lang).speaking
    between = range(first.last + 1, trigger.start)
    if any(not speaking.isdisjoint(reading.forms(i, "verb")) for i in between):
        return []
    why = Reason("place.opening", first.resolution.span)
    return [EventPlace("location", first.resolution, (why,))]


def _is_there(link: Link) -> bool:
    """Return whether something may be at a place, also on what one stands on: "on the island"."""
    place = link.resolution.place
    stood_on = place is not None and place.kind in STOOD_ON
    return link.relation in {"in", "near"} or (link.relation in {"on", UPON} and stood_on)


def _opens(reading: Reading, link: Link) -> bool:
    """Return whether a place's phrase opens the sentence: "in X", "on Monday in X,"."""
    if link.head <= _FRONT or reading.lexicon.morphology.article:  # there a verb may stand first
        opened = relation_at(reading, 0)  # "in a garden in X,"
        there = opened is not None and opened[1] in {"in", "near", "on", UPON}
        return link.head <= _FRONT + there
    parted = link.last + 1 < len(reading.words) and not reading.joins(link.last, link.last + 1)
    before = reading.words[: link.head]
    return parted and len(before) <= _TIME and not any(word.classes for word in before)


def _announced(
    reading: Reading, links: Sequence[Link], trigger: Trigger, _events: Sequence[Told]
) -> list[EventPlace]:
    """Return the country that itself tells of a disease: "X has announced its first case"."""
    if trigger.type != "hazard.outbreak":
        return []
    speaking = place_words(reading.lang).speaking
    small = leads_of(reading.lang).auxiliaries
    said = {"relation": "genitive", "role": "location", "type": trigger.type}

    def tells(link: Link) -> bool:
        if trigger.kind == "verb" and trigger.start in {link.first - 1, link.last + 1}:
            return bool(reading.lexicon.morphology.article)  # there verbs may stand first
        between = range(link.last + 1, trigger.start + 1)
        told = [i for i in between if not speaking.isdisjoint(reading.forms(i, "verb"))]
        others = (i for i in between if i not in told and i != trigger.start)
        near = len(between) <= _ANNOUNCED and reading.joins(link.last, trigger.start)
        return near and bool(told) and all(reading.words[i].folded in small for i in others)

    return [
        EventPlace("location", k.resolution, (Reason("place.by_order", k.resolution.span, said),))
        for k in links
        if k.speaker or (k.relation == BARE and not k.held)
        if k.resolution.mention.form != "demonym" and tells(k)
    ]


_RULES = (
    _taken_up,
    _arrived,
    _brought,
    _joined,
    _part_of,
    _where,
    _attended,
    _opening,
    _meanwhile,
    _announced,
)
