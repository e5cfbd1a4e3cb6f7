"""Who takes part in an event, and as what?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.event import EventPlace, Participant
from geoevents.extract.morphology import PASSIVE
from geoevents.extract.persons import find_persons
from geoevents.extract.place_words import BARE, DATIVE, GENITIVE, place_words, relation_before
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geoevents.extract.coreference import Reference
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_REACH = 9  # words between a trigger and who takes part
_INSERTION = 2  # punctuation marks around an insertion
_PHRASE = 3  # words that a demonym's noun phrase may have besides it
_LIST_SIGNS = frozenset({",", "،"})
# Whom a verb names as its subject and behind it, when it is passive.
_IN_PASSIVE: Mapping[str | None, str] = {"subject": "object", "object": "by"}
_NAMED = COUNTRY_KINDS | {"capital"}
_NOUN_CLASSES = frozenset(
    {
        "troops",
        "official",
        "aircraft",
        "ship",
        "vehicle",
        "people",
        "arms_goods",
        "diplomat",
        "org",
        "authority",
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a sentence names: words, where they stand, how they are linked, whose they are.

    A ``dependent`` one ("the ministers of X and Y") takes part only with whom it is joined to.
    """

    span: Span
    first: int
    last: int
    relation: str
    country: str | None
    adjective: bool = False
    dependent: bool = False
    why: Why = ()


def find_candidates(
    reading: Reading,
    links: Sequence[Link],
    references: Sequence[Reference],
    times: Sequence[Span] = (),
) -> list[Candidate]:
    """Return everybody a sentence names: countries, bodies, "Turkish forces", "both sides"."""
    found = [c for link in links for c in _of_link(reading, link)]
    for actor in reading.actors:
        covered = reading.covered(actor.span)
        if covered and not any(c.span.overlaps(actor.span) for c in found):
            found.append(
                Candidate(
                    actor.span,
                    covered[0],
                    covered[-1],
                    relation_before(reading, covered[0]),
                    actor.country,
                    why=(Reason("who.actor", actor.span),),
                )
            )
    for person in find_persons(reading, times):
        inside = [c for c in found if person.overlaps(c.span)]
        found = [c for c in found if c not in inside]
        found.append(_person(reading, person, inside))
    for reference in references:
        relation = relation_before(reading, reference.first)
        why = (Reason("who.reference", reference.span, {"of": len(reference.countries)}),)
        found.extend(
            Candidate(reference.span, reference.first, reference.last, relation, country, why=why)
            for country in reference.countries
        )
    return sorted(found, key=lambda c: c.first)


def _person(reading: Reading, person: Span, inside: Sequence[Candidate]) -> Candidate:
    """Return a person as one candidate with the "French" and the "minister" found before."""
    start = min((person.start, *(c.span.start for c in inside)))
    end = max((person.end, *(c.span.end for c in inside)))
    covered = reading.covered(Span(start, end))
    relation = relation_before(reading, covered[0])
    country = next((c.country for c in inside if c.country), None)
    why = (Reason("who.person", person),)
    return Candidate(Span(start, end), covered[0], covered[-1], relation, country, why=why)


def _of_link(reading: Reading, link: Link) -> Iterator[Candidate]:
    place = link.resolution.place
    if place is None:
        return
    if link.resolution.mention.form == "demonym":
        first, last = _noun_phrase(reading, link)
        span = Span(_start(reading, first, link), _end(reading, last, link))
        relation = relation_before(reading, first)
        why = (Reason("who.demonym", link.resolution.span),)
        adjective = first == last
        yield Candidate(span, first, last, relation, place.country, adjective=adjective, why=why)
    elif link.held and _is_owner_of_actor(reading, link):
        first = link.head - 1
        span = Span(reading.words[first].token.start, link.resolution.mention.end)
        relation = relation_before(reading, first)
        yield Candidate(span, first, link.last, relation, place.country)
    elif place.kind in _NAMED:
        span, country = link.resolution.span, place.country
        yield Candidate(span, link.first, link.last, link.relation, country, dependent=link.held)


def _is_owner_of_actor(reading: Reading, link: Link) -> bool:
    """Return whether a country follows its "army" or "navy" with no word between the two."""
    if reading.lexicon.morphology.article or link.relation != BARE or link.head != link.first:
        return False
    return link.head > 0 and bool(reading.words[link.head - 1].classes & _NOUN_CLASSES)


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
    if reading.lexicon.morphology.adjectives_follow:
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
    subject: Candidate | None = None
    free = [c for c in candidates if not any(c.span.overlaps(span) for span in taken)]
    for group in _groups(reading, free):
        roles = (_role(reading, trigger, triggers, c, subject=subject) for c in group)
        found = next((found for found in roles if found is not None), None)
        if found is None:
            continue
        role, reason = found
        subject = group[-1]
        for candidate in group:
            text = reading.text[candidate.span.start : candidate.span.end]
            key = (role, candidate.span, candidate.country)
            joined = (Reason("who.joined", reason.span),) if candidate.span != reason.span else ()
            why = (*candidate.why, *joined, reason)
            kept[key] = Participant(role, text, candidate.span, candidate.country, why)
    return tuple(_nearest_before(reading, kept.values(), trigger))


def _groups(reading: Reading, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the candidates, those of one list together; they take part alike."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if groups and _is_joined(reading, groups[-1][-1], candidate):
            groups[-1].append(candidate)
        elif not candidate.dependent:
            groups.append([candidate])
    return groups


def _is_joined(reading: Reading, before: Candidate, candidate: Candidate) -> bool:
    """Return whether "and" or a comma joins somebody to whoever was named before."""
    between = Span(before.span.end, candidate.span.start)
    return candidate.first > before.last and _joins(reading, between)


def _joins(reading: Reading, between: Span) -> bool:
    """Return whether "and" or a comma stands between two, or "and the"."""
    lang = place_words(reading.lang)
    gap = reading.text[between.start : between.end].strip()
    words = reading.folded(reading.at(between.start), reading.at(between.end))
    bare = tuple(word for word in words if word not in lang.articles) or (fold(gap),)
    return gap in _LIST_SIGNS or (len(bare) == 1 and bare[0] in lang.joiners)


def _nearest_before(
    reading: Reading, participants: Iterable[Participant], trigger: Trigger
) -> Iterator[Participant]:
    """Keep, of those in one role before the trigger, the nearest and whoever is joined to it."""
    edges: dict[str, int] = {}
    kept = []
    for p in sorted(participants, key=lambda p: p.span.start if p.span else 0, reverse=True):
        if p.span is not None and p.span.end <= trigger.span.start:
            edge = edges.get(p.role)
            if edge is not None and not _joins(reading, Span(p.span.end, edge)):
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
    subject: Candidate | None,
) -> tuple[str, Reason] | None:
    """Return the role of a candidate in an event, or None; ``subject``: who had one before."""
    roles = {**trigger.event_type.participants, **trigger.entry.roles}
    # Of a phrase such as "sell ... missiles" only the verb decides what stands before and after.
    end = trigger.start + 1 if trigger.kind == "verb" else trigger.end
    after = candidate.first >= end
    if not after and candidate.last >= trigger.start and candidate.first >= trigger.start:
        return None
    if after and subject is not None:
        end = max(end, subject.last + 1)
    distance = candidate.first - end if after else trigger.start - candidate.last - 1
    low, high = sorted((trigger.start, candidate.first))
    between = any(low < t.start < high for t in triggers if t is not trigger)
    if distance > _REACH or between:
        return None
    if candidate.relation not in {BARE, GENITIVE}:
        part = _linked_part(reading, candidate, roles, after=after)
    elif candidate.adjective and after and trigger.kind == "noun" and distance <= 1:
        part = "subject"
    else:
        part = _part(reading, trigger, candidate, after=after, distance=distance, subject=subject)
        part = _IN_PASSIVE.get(part, part) if PASSIVE in trigger.tags else part
    if part is None or part not in roles:
        return None
    rule = "who.of_row" if part in trigger.entry.roles else "who.of_type"
    return roles[part], Reason(
        rule, candidate.span, {"part": part, "words_apart": max(distance, 0)}
    )


def _linked_part(
    reading: Reading, candidate: Candidate, roles: Mapping[str, str], *, after: bool
) -> str | None:
    """Return what a word of relation makes of somebody; before the trigger it is another's."""
    if not after and candidate.relation != "between":
        return None
    if candidate.relation == DATIVE:
        if place_words(reading.lang).dative_is_in:
            return next((part for part in (DATIVE, "to") if part in roles), None)
        return "to" if "to" in roles else "object"
    return candidate.relation


def _does(reading: Reading, trigger: Trigger, candidate: Candidate) -> bool:
    """Return whether a verb of doing links somebody with the noun behind: "X began talks"."""
    words, doing = reading.words, place_words(reading.lang).doing
    same_clause = words[candidate.first].clause == words[trigger.start].clause
    # The verb stands before its subject where the article is glued, else between the two.
    first = candidate.first - 1 if reading.lexicon.morphology.article else candidate.last + 1
    near = range(max(first, 0), trigger.start)
    return same_clause and any(not doing.isdisjoint(reading.forms(i, "verb")) for i in near)


def _part(
    reading: Reading,
    trigger: Trigger,
    candidate: Candidate,
    *,
    after: bool,
    distance: int,
    subject: Candidate | None,
) -> str | None:
    """Return whether somebody is the subject or the object of the trigger, by word order."""
    words = reading.words
    clauses = words[candidate.first].clause - words[trigger.start].clause
    # Between two commas an insertion may part the verb's object from its subject.
    same_clause = clauses == 0 or (clauses == _INSERTION and subject is not None and after)
    if trigger.kind == "noun":
        if after and distance <= 1:
            return "object" if candidate.relation == GENITIVE else "subject"
        acts = distance <= 1 or _does(reading, trigger, candidate)
        return "subject" if not after and acts else None
    if not same_clause:
        return None
    verb_first = bool(reading.lexicon.morphology.article)
    if not after:
        return "subject"
    if verb_first and subject is None and distance <= _PHRASE:
        return "subject"
    reach = _REACH if clauses else _PHRASE + 1
    return "object" if distance <= reach else None
