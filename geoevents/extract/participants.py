"""Who takes part in an event, and as what?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.event import EventPlace, Participant
from geoevents.extract.relations import BARE, DATIVE, GENITIVE, Link, relation_before
from geoevents.ontology import event_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geoevents.extract.coreference import Reference
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_REACH = 9  # words between a trigger and who takes part
_PHRASE = 3  # words that a demonym's noun phrase may have besides it
_LIST_SIGNS = frozenset({",", "،"})
_JOINERS = frozenset({"and", "و"})
_NAMED = COUNTRY_KINDS | {"capital"}
_NOUN_CLASSES = frozenset(
    {"troops", "official", "aircraft", "ship", "vehicle", "people", "arms_goods", "diplomat", "org"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a sentence names: words, where they stand, how they are linked, whose they are."""

    span: Span
    first: int
    last: int
    relation: str
    country: str | None
    adjective: bool = False


def find_candidates(
    reading: Reading,
    links: Sequence[Link],
    references: Sequence[Reference],
) -> list[Candidate]:
    """Return everybody a sentence names: countries, bodies, "Turkish forces", "both sides"."""
    found = [c for link in links for c in _of_link(reading, link)]
    for actor in reading.actors:
        covered = reading.covered(actor.span)
        if covered and not any(c.span.overlaps(actor.span) for c in found):
            relation = relation_before(reading, covered[0])
            found.append(Candidate(actor.span, covered[0], covered[-1], relation, actor.country))
    for reference in references:
        relation = relation_before(reading, reference.first)
        found.extend(
            Candidate(reference.span, reference.first, reference.last, relation, country)
            for country in reference.countries
        )
    return sorted(found, key=lambda c: c.first)


def _of_link(reading: Reading, link: Link) -> Iterator[Candidate]:
    place = link.resolution.place
    if place is None:
        return
    if link.resolution.mention.form == "demonym":
        first, last = _noun_phrase(reading, link)
        span = Span(_start(reading, first, link), _end(reading, last, link))
        relation = relation_before(reading, first)
        yield Candidate(span, first, last, relation, place.country, adjective=first == last)
    elif place.kind in _NAMED and not link.held:
        yield Candidate(link.resolution.span, link.first, link.last, link.relation, place.country)


def _start(reading: Reading, first: int, link: Link) -> int:
    token = reading.words[first].token
    return min(token.start, link.resolution.mention.start) if first < link.first else (
        link.resolution.mention.start
    )  # fmt: skip


def _end(reading: Reading, last: int, link: Link) -> int:
    return max(reading.words[last].token.end, link.resolution.mention.end)


def _noun_phrase(reading: Reading, link: Link) -> tuple[int, int]:
    """Return the words that a demonym describes: before it in Arabic, after it in English."""
    words = reading.words
    if reading.lexicon.morphology.article:
        first = link.first
        for i in range(link.first - 1, max(-1, link.first - 1 - _PHRASE), -1):
            apart = words[i].clause != words[link.first].clause or _is_named(reading, i)
            if apart or relation_before(reading, i + 1) != BARE:
                break
            if words[i].classes & _NOUN_CLASSES:
                first = i
        return first, link.last
    last = link.last
    for i in range(link.last + 1, min(len(words), link.last + 1 + _PHRASE)):
        if words[i].clause != words[link.first].clause:
            break
        if words[i].classes & _NOUN_CLASSES:
            last = i
    return link.first, last


def _is_named(reading: Reading, i: int) -> bool:
    token = reading.words[i].token
    return any(
        r.mention.start < token.end and token.start < r.mention.end for r in reading.mentions
    )


def assign_participants(
    reading: Reading,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    candidates: Sequence[Candidate],
    places: Sequence[EventPlace],
) -> tuple[Participant, ...]:
    """Return who takes part in an event.

    Parameters
    ----------
    reading
        The sentence.
    trigger, triggers
        The event's trigger, and those of all events of the sentence.
    candidates
        Everybody the sentence names.
    places
        The event's places: what is a place is no participant.

    Returns
    -------
    tuple of Participant
        In text order; empty where the sentence does not make it clear.
    """
    taken = [p.resolution.span for p in places if p.role != "context"]
    kept: dict[tuple[str, Span, str | None], Participant] = {}
    for candidate in candidates:
        if any(candidate.span.overlaps(span) for span in taken):
            continue
        role = _role(reading, trigger, triggers, candidate, first=not kept)
        if role is not None:
            text = reading.text[candidate.span.start : candidate.span.end]
            key = (role, candidate.span, candidate.country)
            kept[key] = Participant(role, text, candidate.span, candidate.country)
    return tuple(_nearest_before(reading, kept.values(), trigger))


def _nearest_before(
    reading: Reading, participants: Iterable[Participant], trigger: Trigger
) -> Iterator[Participant]:
    """Keep, of those in one role before the trigger, the nearest and whoever is joined to it."""
    edges: dict[str, int] = {}
    kept = []
    for p in sorted(participants, key=lambda p: p.span.start if p.span else 0, reverse=True):
        if p.span is not None and p.span.end <= trigger.span.start:
            edge = edges.get(p.role)
            gap = "" if edge is None else reading.text[p.span.end : edge].strip()
            if edge is not None and fold(gap) not in _JOINERS and gap not in _LIST_SIGNS:
                continue
            edges[p.role] = p.span.start
        kept.append(p)
    return reversed(kept)


def _role(
    reading: Reading,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    candidate: Candidate,
    *,
    first: bool,
) -> str | None:
    """Return the role of a candidate in an event, or None; ``first``: nobody has one yet."""
    roles = {**event_types()[trigger.type].participants, **trigger.entry.roles}
    # Of a phrase such as "sell ... missiles" only the verb decides what stands before and after.
    end = trigger.start + 1 if trigger.kind == "verb" else trigger.end
    after = candidate.first >= end
    if not after and candidate.last >= trigger.start:
        return None
    distance = candidate.first - end if after else trigger.start - candidate.last - 1
    low, high = sorted((trigger.start, candidate.first))
    between = any(low < t.start < high for t in triggers if t is not trigger)
    if distance > _REACH or between:
        return None
    if candidate.relation not in {BARE, GENITIVE}:
        part = _linked_part(candidate, roles, after=after)
    elif candidate.adjective and after and trigger.kind == "noun" and distance <= 1:
        part = "subject"
    else:
        part = _part(reading, trigger, candidate, after=after, distance=distance, first=first)
    return roles.get(part or "")


def _linked_part(candidate: Candidate, roles: Mapping[str, str], *, after: bool) -> str | None:
    """Return what a word of relation makes of somebody; before the trigger it is another's."""
    if not after and candidate.relation != "between":
        return None
    if candidate.relation == DATIVE:
        return "to" if "to" in roles else "object"
    return candidate.relation


def _part(
    reading: Reading,
    trigger: Trigger,
    candidate: Candidate,
    *,
    after: bool,
    distance: int,
    first: bool,
) -> str | None:
    """Return whether somebody is the subject or the object of the trigger, by word order."""
    words = reading.words
    same_clause = words[candidate.first].clause == words[trigger.start].clause
    if trigger.kind == "noun":
        if after and distance <= 1:
            return "object" if candidate.relation == GENITIVE else "subject"
        return "subject" if not after and distance <= 1 else None
    if not same_clause:
        return None
    verb_first = bool(reading.lexicon.morphology.article)
    if not after:
        return "subject"
    if verb_first and first and distance <= _PHRASE:
        return "subject"
    return "object" if distance <= _PHRASE + 1 else None
