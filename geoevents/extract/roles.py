"""Where did an event happen, and which places are only mentioned with it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import COUNTRY_KINDS
from geoevents.event import EventPlace
from geoevents.extract.relations import (
    APPOSED,
    BARE,
    GENITIVE,
    SIZES,
    Link,
    is_adjective,
    is_dateline,
)
from geoevents.ontology import event_types, frame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer import Place
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

CONTEXT, UPON = "context", "upon"
MAX_DISTANCE = 22  # words between a trigger and its place
_COST_CLAUSE = 3.0
_COST_TRIGGER = 6.0
_COST_BEFORE = 3.0
_COST_CONTEXT = 8.0
_HYPHENS = frozenset("-‐‑")
_SURE = 0.5  # p_place below which a name is not taken for an event's place
_MAX_COST, _MAX_COST_COUNTRY = 26.0, 18.0
_COUNTRY_SIZE = 5
_OBJECT_REACH = 7  # words from a verb to a bare place as its object
_GOVERNMENT_KINDS = COUNTRY_KINDS | {"capital"}


def assign_places(
    reading: Reading, triggers: Sequence[Trigger], links: Sequence[Link]
) -> dict[int, list[EventPlace]]:
    """Give each place of a sentence to the event it belongs to.

    Parameters
    ----------
    reading
        The sentence.
    triggers
        Its events' triggers.
    links
        Its mentions.

    Returns
    -------
    dict
        Places with their roles by index of the trigger. A place that fits none is given to none.
    """
    given: dict[int, list[tuple[Link, str]]] = {}
    starts = {trigger.start for trigger in triggers}
    names = [
        link
        for link in links
        if _is_sure(reading, link) and (link.last + 1 in starts or not is_adjective(reading, link))
    ]
    previous: tuple[Link, int] | None = None
    for link in names:
        if is_dateline(reading, link):
            if triggers:
                given.setdefault(0, []).append((link, CONTEXT))
            continue
        if link.container and previous is not None and _within(previous[0], link):
            given.setdefault(previous[1], []).append((link, CONTEXT))
            continue
        best = _best(reading, triggers, link)
        if best is not None:
            index, role = best
            given.setdefault(index, []).append((link, role))
            previous = (link, index)
    return {index: _settle(pairs) for index, pairs in given.items()}


def _is_sure(reading: Reading, link: Link) -> bool:
    """Return whether a mention surely names a place, and is no part of "Britain-based"."""
    mention = link.resolution.mention
    if mention.form == "demonym" or mention.p_place < _SURE:
        return False
    return reading.text[mention.end : mention.end + 1] not in _HYPHENS


def _best(reading: Reading, triggers: Sequence[Trigger], link: Link) -> tuple[int, str] | None:
    options = []
    for index, trigger in enumerate(triggers):
        role = _role(reading, trigger, link)
        if role is not None:
            cost = _cost(reading, triggers, trigger, link)
            if cost <= _limit(link):
                options.append((cost + _COST_CONTEXT * (role == CONTEXT), index, role))
    if not options:
        return None
    _, index, role = min(options)
    return index, role


def _limit(link: Link) -> float:
    """Return the cost above which a place is not linked; countries are named more loosely."""
    place = link.resolution.place
    return _MAX_COST_COUNTRY if place is not None and _size(place) >= _COUNTRY_SIZE else _MAX_COST


def _cost(reading: Reading, triggers: Sequence[Trigger], trigger: Trigger, link: Link) -> float:
    words = reading.words
    if link.head >= trigger.end:
        low, high = trigger.end - 1, link.head
    else:
        low, high = link.last, trigger.start
    between = sum(low < other.start < high for other in triggers if other is not trigger)
    high = min(max(high, 0), len(words) - 1)
    clauses = abs(words[high].clause - words[min(low, len(words) - 1)].clause)
    before = _COST_BEFORE if link.last < trigger.start else 0.0
    return (high - low) + _COST_CLAUSE * clauses + _COST_TRIGGER * between + before


_REACHED = (frame("visit"), frame("departure"), frame("arrival"))
_TALKING = (frame("talk"), frame("visit"), frame("topic"))
# Of these a country is the area itself: "cut the supply of X".
_CLOSED_OFF = frozenset({"coercion.blockade"})
_GIVING = frozenset({"transfer", "deal"})
_ENDS = frozenset({"from", "to", "dative"})


def _role(reading: Reading, trigger: Trigger, link: Link) -> str | None:
    """Return the role a place would play for a trigger, or None."""
    place = link.resolution.place
    if place is None or _is_apart(trigger, link):
        return None
    roles = _frame(trigger)
    if link.topic and roles in _TALKING:
        return CONTEXT
    if link.relation in {BARE, APPOSED, GENITIVE}:
        return roles.get(_bare_relation(reading, trigger, link, place) or "")
    return None if _is_party(trigger, link, place) else roles.get(link.relation)


def _is_apart(trigger: Trigger, link: Link) -> bool:
    """Return whether a place stands too far away, or says where somebody speaks from."""
    before = link.last < trigger.start
    if before and (link.source < trigger.start or link.relation == UPON):
        return True
    if before and link.relation in _ENDS and trigger.kind == "noun":
        return True
    return (trigger.start - link.last if before else link.head - trigger.end) > MAX_DISTANCE


def _is_party(trigger: Trigger, link: Link, place: Place) -> bool:
    """Return whether "on X", "to X", "from X" names a country that takes part, and no place."""
    if place.kind not in COUNTRY_KINDS or link.headed:
        return False
    if link.relation == UPON:
        return trigger.family != "coercion"
    return link.relation in _ENDS and trigger.family in _GIVING


def _frame(trigger: Trigger) -> Mapping[str, str]:
    if trigger.entry.frame is not None:
        return frame(trigger.entry.frame)
    return event_types()[trigger.type].frame


def _bare_relation(reading: Reading, trigger: Trigger, link: Link, place: Place) -> str | None:
    """Return how a place without a word of relation is linked: object, genitive, or not at all."""
    if link.held or link.resolution.mention.form == "associative":
        return None
    government = place.kind in _GOVERNMENT_KINDS and not link.headed
    reached = _frame(trigger) in _REACHED or trigger.family == "hazard"
    if trigger.start < link.head < trigger.end:
        closed_off = trigger.kind == "noun" and trigger.type in _CLOSED_OFF
        return "genitive" if not government or closed_off else None
    distance = link.head - trigger.end
    if distance >= 0 and trigger.kind == "verb":
        words = reading.words
        near = distance <= _OBJECT_REACH and words[link.head].clause == words[trigger.start].clause
        return "object" if near and (reached or not government) else None
    if distance >= 0:
        of_capital = link.relation == GENITIVE and place.kind == "capital"
        allowed = reached or not government or of_capital
        return "genitive" if distance == 0 and allowed else None
    beside = link.last + 1 == trigger.start and trigger.kind == "noun"
    fits = place.kind not in COUNTRY_KINDS or _frame(trigger) == frame("visit")
    return "genitive" if beside and fits else None


def _within(inner: Link, outer: Link) -> bool:
    """Return whether the outer place can hold the inner one."""
    small, large = inner.resolution.place, outer.resolution.place
    if small is None or large is None or small.id == large.id:
        return False
    says_where = outer.relation == APPOSED and bool(outer.resolution.mention.refs)
    if _size(large) <= _size(small) and not says_where:
        return False
    return small.country is None or large.country is None or small.country == large.country


def _size(place: Place) -> int:
    return SIZES.get(place.kind, 0)


def _settle(pairs: Sequence[tuple[Link, str]]) -> list[EventPlace]:
    """Keep each place once; a country or region that holds another place of its role is context."""
    settled: dict[str, EventPlace] = {}
    for link, role in pairs:
        holds = role != CONTEXT and any(
            other is not link and other_role == role and _holds(link, other)
            for other, other_role in pairs
        )
        place = EventPlace(CONTEXT if holds else role, link.resolution)
        key = link.resolution.place.id if link.resolution.place is not None else ""
        if key not in settled or settled[key].role == CONTEXT:
            settled[key] = place
    return list(settled.values())


def _holds(outer: Link, inner: Link) -> bool:
    large, small = outer.resolution.place, inner.resolution.place
    if large is None or small is None or outer.territory:
        return False
    same = large.country is not None and large.country == small.country
    return same and _size(large) >= SIZES["part"] and _size(small) < _size(large)
