"""Where did an event happen, and which places are only mentioned with it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.place import COUNTRY_KINDS
from geoevents.event import EventPlace
from geoevents.extract.datelines import is_adjective, is_dateline
from geoevents.extract.morphology import PASSIVE
from geoevents.extract.place_words import (
    APPOSED,
    BARE,
    DATIVE,
    GENITIVE,
    INTO,
    OBJECT,
    place_words,
    relation_at,
)
from geoevents.extract.relations import SIZES, Link
from geoevents.ontology import frame
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
_SURE = 0.2  # p_place below which a name is not taken for an event's place
# Described places: no government is called so.
_NEVER_ACTORS = frozenset({"zone", "border", "coast", "part"})
# To spy on a capital, or to call on it, is not to be there.
_AGAINST_GOVERNMENTS = frozenset({"intelligence", "statement", "diplomacy"})
_MAX_COST, _MAX_COST_COUNTRY = 26.0, 18.0
_COUNTRY_SIZE = 5
_OBJECT_REACH = 7  # words from a verb to a bare place as its object
_SEIZED_REACH = 1  # words from a verb to a capital that is its object, and no government
_PASSIVE_REACH = 4  # words of "has since been" between a place and what is done to it
# What is done to a country in these is done in it.
_DONE_TO_COUNTRIES = frozenset({"violence", "hazard", "force", "movement"})
_HARMFUL = frozenset({"violence", "hazard", "unrest"})
_STRIKING_REACH = 2  # words between a verb of striking and the disaster
_GOVERNMENT_KINDS = COUNTRY_KINDS | {"capital"}


class _Given(NamedTuple):
    """A mention with the role that it is given, and why."""

    link: Link
    role: str
    why: Why


def _because(rule: str, link: Link) -> Reason:
    return Reason(f"place.{rule}", link.resolution.span)


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
    given: dict[int, list[_Given]] = {}
    previous: tuple[Link, int] | None = None
    for link in _names(reading, triggers, links):
        if is_dateline(reading, link):
            if triggers:
                given.setdefault(0, []).append(_Given(link, CONTEXT, (_because("dateline", link),)))
            continue
        if link.container and previous is not None and _within(previous[0], link):
            why = (_because("container", previous[0]),)
            given.setdefault(previous[1], []).append(_Given(link, CONTEXT, why))
            continue
        best = _best(reading, triggers, link)
        if best is not None:
            index, found = best
            given.setdefault(index, []).append(found)
            previous = (link, index)
    return {index: _settle(found) for index, found in given.items()}


def _names(reading: Reading, triggers: Sequence[Trigger], links: Sequence[Link]) -> Iterator[Link]:
    """Yield the mentions that surely name a place, and do not describe another noun."""
    starts = {trigger.start for trigger in triggers}
    for link in links:
        described = link.last + 1 not in starts and is_adjective(reading, link)
        if _is_sure(reading, link) and not described:
            yield link


def _is_sure(reading: Reading, link: Link) -> bool:
    """Return whether a mention surely names a place, and is no part of "Britain-based"."""
    mention = link.resolution.mention
    if mention.form == "demonym" or mention.p_place < _SURE:
        return False
    return reading.text[mention.end : mention.end + 1] not in _HYPHENS


def _best(reading: Reading, triggers: Sequence[Trigger], link: Link) -> tuple[int, _Given] | None:
    options = []
    for index, trigger in enumerate(triggers):
        found = _role(reading, trigger, link)
        if found is not None:
            role, reason = found
            cost = _cost(reading, triggers, trigger, link)
            if cost <= _limit(link):
                options.append((cost + _COST_CONTEXT * (role == CONTEXT), index, role, reason))
    if not options:
        return None
    cost, index, role, reason = min(options, key=lambda option: option[:2])
    near = Reason("place.nearest", triggers[index].span, {"cost": cost, "of": len(options)})
    return index, _Given(link, role, (reason, near) if len(options) > 1 else (reason,))


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
_WHEREABOUTS = frozenset({APPOSED, "in", "near"})
_ENDS = frozenset({"from", "to", "dative"})


def _role(reading: Reading, trigger: Trigger, link: Link) -> tuple[str, Reason] | None:
    """Return the role a place would play for a trigger, and what gives it, or None."""
    place = link.resolution.place
    if link.speaker or _is_apart(trigger, link):
        return None
    roles = _frame(trigger)
    if _is_attribution(reading, trigger, link):
        return CONTEXT, _because("attribution", link)
    if link.topic and roles in _TALKING:
        return CONTEXT, _because("topic", link)
    if link.relation in {BARE, APPOSED, GENITIVE, OBJECT}:
        begins = _comes_from(reading, trigger, link)
        ordered = "from" if begins else _bare_relation(reading, trigger, link, place)
        rule, relation = "by_order", ordered
    else:
        rule, relation = "by_word", None if _is_party(trigger, link, place) else link.relation
        relation = _as_where(reading, trigger, link) if relation == DATIVE else relation
        if relation == INTO:  # where something begins is never said so
            relation = "to" if roles.get("in") == "origin" else "in"
    if relation is None or relation not in roles:
        return None
    first = min(link.head, link.first)
    phrase = reading.offsets(first, link.last + 1)
    said = {"relation": relation, "role": roles[relation], "type": trigger.type}
    return roles[relation], Reason(f"place.{rule}", phrase, said)


def _as_where(reading: Reading, trigger: Trigger, link: Link) -> str:
    """Return what "au Mali" says, which may be "to" or "in": who is given something, or where."""
    where = place_words(reading.lang).dative_is_in
    return "in" if where and (link.headed or trigger.family not in _GIVING) else DATIVE


def _is_attribution(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether the place is where those are who tell: ", officials in X said"."""
    words, after = reading.words, link.last + 1
    if link.head < trigger.end or after >= len(words):
        return False
    apart = words[link.head].clause != words[trigger.start].clause
    passive = after + 1 < len(words) and (relation_at(reading, after + 1) or (0, ""))[1] == "by"
    if passive or not apart:  # "one in X claimed by Y"
        return False
    return not place_words(reading.lang).speaking.isdisjoint(reading.forms(after, "verb"))


def _is_apart(trigger: Trigger, link: Link) -> bool:
    """Return whether a place stands too far away, or says where somebody speaks from."""
    before = link.last < trigger.start
    if before and (link.source < trigger.start or link.relation == UPON):
        return True
    if before and link.relation in _ENDS and trigger.kind == "noun":
        return True
    return (trigger.start - link.last if before else link.head - trigger.end) > MAX_DISTANCE


def _is_party(trigger: Trigger, link: Link, place: Place | None) -> bool:
    """Return whether "on X", "to X", "from X" names a country that takes part, and no place."""
    if place is None or link.headed:
        return False
    if place.kind == "capital" and link.relation == UPON:
        return trigger.family in _AGAINST_GOVERNMENTS
    if place.kind not in COUNTRY_KINDS:
        return False
    if link.relation == UPON:
        return trigger.family not in {"coercion", "movement"}
    return link.relation in _ENDS and trigger.family in _GIVING


def _frame(trigger: Trigger) -> Mapping[str, str]:
    if trigger.entry.frame is not None:
        return trigger.entry.frame
    return trigger.event_type.frame


def _bare_relation(
    reading: Reading, trigger: Trigger, link: Link, place: Place | None
) -> str | None:
    """Return how a place without a word of relation is linked: object, genitive, or not at all."""
    # A name that no gazetteer holds is a place for certain only after a word such as "village".
    if link.held or link.resolution.mention.form == "associative" or not (place or link.headed):
        return None
    kind = place.kind if place is not None else ""
    government = kind in _GOVERNMENT_KINDS and not link.headed
    reached = _frame(trigger) in _REACHED or trigger.family == "hazard"
    if trigger.start < link.head < trigger.end:
        closed_off = trigger.kind == "noun" and trigger.type in _CLOSED_OFF
        return "genitive" if not government or closed_off else None
    distance = link.head - trigger.end
    if distance < 0:
        return _bare_before(reading, trigger, link, kind)
    if reading.words[link.head].clause != reading.words[trigger.start].clause:
        return None
    seized = kind == "capital" and trigger.family in _HARMFUL and distance <= _SEIZED_REACH
    allowed = reached or seized or not government
    if trigger.kind == "verb" or _strikes(reading, trigger):
        return "object" if distance <= _OBJECT_REACH and allowed else None
    of_capital = kind == "capital" and _is_of_capital(reading, trigger, link)
    return "genitive" if distance == 0 and (allowed or of_capital) else None


def _comes_from(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether "of" says where a movement begins, as in French, which has no other word."""
    genitive = link.relation == GENITIVE and place_words(reading.lang).genitive_is_from
    return genitive and trigger.family == "movement" and link.head >= trigger.end - 1


def _is_acted_upon(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a place before a participle is its object: "X was shelled", "X, held by"."""
    passive, words = place_words(reading.lang).passive, reading.words
    told = PASSIVE in trigger.tags or trigger.entry.roles.get("subject") == "target"
    if trigger.kind != "verb" or link.relation != BARE or not (passive or told):
        return False
    apart = trigger.start - link.last - 1
    if (
        told
        or words[trigger.start].folded in passive
        or (apart and words[trigger.start - 1].folded in passive)
    ):
        same = words[link.last].clause == words[trigger.start].clause
        return same and apart <= _PASSIVE_REACH
    by = relation_at(reading, trigger.end) if trigger.end < len(words) else None
    return not apart and by is not None and by[1] == "by"


def _bare_before(reading: Reading, trigger: Trigger, link: Link, kind: str) -> str | None:
    """Return how a place right before a noun is linked: "the Lima talks"."""
    fits = trigger.family in _DONE_TO_COUNTRIES or kind not in _GOVERNMENT_KINDS or link.headed
    if fits and _is_acted_upon(reading, trigger, link):
        return "object" if "object" in _frame(trigger) else "genitive"
    beside = link.last + 1 == trigger.start and trigger.kind == "noun"
    if kind in _NEVER_ACTORS and trigger.start - link.last <= _OBJECT_REACH:
        return "in"
    if reading.lexicon.morphology.article:  # there a noun's place follows it
        return None
    fits = kind not in COUNTRY_KINDS or _frame(trigger) == frame("visit")
    return "genitive" if beside and fits else None


def _is_of_capital(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a capital after a noun is where that was, and not who did it to another."""
    if link.relation == GENITIVE:
        return True
    after = link.last + 1
    against = after < len(reading.words) and relation_at(reading, after) is not None
    return trigger.family in _HARMFUL and not against


def _strikes(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a verb of striking before a disaster's name makes what follows its object."""
    striking = place_words(reading.lang).striking
    return trigger.family == "hazard" and any(
        not striking.isdisjoint(reading.forms(i, "verb"))
        for i in range(max(0, trigger.start - _STRIKING_REACH), trigger.start)
    )


def _within(inner: Link, outer: Link) -> bool:
    """Return whether the outer place can hold the inner one."""
    small, large = inner.resolution.place, outer.resolution.place
    if small is None or large is None or small.id == large.id:
        return False
    described = bool(outer.resolution.mention.refs)
    says_where = outer.relation == "near" or (outer.relation in _WHEREABOUTS and described)
    if _size(large) <= _size(small) and not says_where:
        return False
    return small.country is None or large.country is None or small.country == large.country


def _size(place: Place) -> int:
    return SIZES.get(place.kind, 0)


def _settle(found: Sequence[_Given]) -> list[EventPlace]:
    """Keep each place once; a country or region that holds another place of its role is context."""
    settled: dict[str, EventPlace] = {}
    for link, role, why in found:
        held = [
            other.link
            for other in found
            if role != CONTEXT and other.link is not link and other.role == role
            if _holds(link, other.link)
        ]
        further = (_because("holds", inner) for inner in held[:1])
        place = EventPlace(CONTEXT if held else role, link.resolution, (*why, *further))
        key = place.key
        if key not in settled or settled[key].role == CONTEXT:
            settled[key] = place
    return list(settled.values())


def _holds(outer: Link, inner: Link) -> bool:
    large, small = outer.resolution.place, inner.resolution.place
    if large is None or small is None or outer.territory:
        return False
    same = large.country is not None and large.country == small.country
    return same and _size(large) >= SIZES["part"] and _size(small) < _size(large)
