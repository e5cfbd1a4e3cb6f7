"""Who takes part in an event, and as what?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.event import EventPlace, Participant
from geoevents.extract.datelines import is_dateline
from geoevents.extract.parts import role_of
from geoevents.extract.persons import is_country
from geoevents.extract.place_words import (
    AT,
    BARE,
    GENITIVE,
    place_words,
    relation_before,
)
from geoevents.extract.postpositions import relation_of
from geoevents.extract.sources import is_telling
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoevents.extract.coreference import Reference
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_PHRASE = 3  # words that a demonym's noun phrase may have besides it
_LIST_SIGNS = frozenset({",", "،"})
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
    persons: Sequence[Span] = (),
) -> list[Candidate]:
    """Return everybody a sentence names: countries, bodies, "Turkish forces", "both sides"."""
    named = [link for link in links if not is_dateline(reading, link)]
    found = [c for link in named for c in _of_link(reading, link)]
    for actor in reading.actors:
        covered = reading.covered(actor.span)
        if covered and not any(c.span.overlaps(actor.span) for c in found):
            found.append(
                Candidate(
                    actor.span,
                    covered[0],
                    covered[-1],
                    relation_of(reading, covered[0], covered[-1]),
                    actor.country,
                    why=(Reason("who.actor", actor.span),),
                )
            )
    for person in persons:
        inside = [c for c in found if person.overlaps(c.span)]
        found = [c for c in found if c not in inside]
        found.append(_person(reading, person, inside))
    for reference in references:
        relation = relation_of(reading, reference.first, reference.last)
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
    relation = relation_of(reading, covered[0], covered[-1])
    owners = (
        r.place.country
        for r in reading.mentions
        if r.place and is_country(r) and person.holds(r.span)
    )
    country = next((c.country for c in inside if c.country), None) or next(owners, None)
    why = (Reason("who.person", person),)
    return Candidate(Span(start, end), covered[0], covered[-1], relation, country, why=why)


def _of_link(reading: Reading, link: Link) -> Iterator[Candidate]:
    place = link.resolution.place
    if place is None:
        return
    if link.resolution.mention.form == "demonym":
        first, last = _noun_phrase(reading, link)
        span = Span(_start(reading, first, link), _end(reading, last, link))
        relation = relation_of(reading, first, last)
        why = (Reason("who.demonym", link.resolution.span),)
        adjective = first == last
        yield Candidate(span, first, last, relation, place.country, adjective=adjective, why=why)
    elif link.held and _is_owner_of_actor(reading, link):
        first = link.head - 1
        span = Span(_without_particle(reading, first), link.resolution.mention.end)
        relation = relation_of(reading, first, link.last)
        yield Candidate(span, first, link.last, relation, place.country)
    elif link.held and _is_held_by_actor(reading, link):
        last = _body_end(reading, link.last + 1)
        span = Span(link.resolution.mention.start, reading.words[last].token.end)
        relation = relation_of(reading, link.first, last)
        yield Candidate(span, link.first, last, relation, place.country)
    elif place.kind in _NAMED and not (link.container and link.relation in {AT, GENITIVE}):
        span, country = link.resolution.span, place.country
        yield Candidate(span, link.first, link.last, link.relation, country, dependent=link.held)


def _is_owner_of_actor(reading: Reading, link: Link) -> bool:
    """Return whether a country follows its "army" or "navy" with no word between the two."""
    if link.relation != BARE or link.head != link.first:
        return False
    return link.head > 0 and bool(reading.words[link.head - 1].classes & _NOUN_CLASSES)


def _is_held_by_actor(reading: Reading, link: Link) -> bool:
    """Return whether "army" or "navy" stands right behind its country, where it always does."""
    if not reading.lexicon.morphology.postpositions or link.last + 1 == len(reading.words):
        return False
    return bool(reading.words[link.last + 1].classes & _NOUN_CLASSES)


def _body_end(reading: Reading, i: int) -> int:
    """Return the last word of the body that ``i`` belongs to: "X's ministry of defence" is one."""
    spans = (actor.span for actor in reading.actors)
    covered = (reading.covered(span) for span in spans)
    return next((words[-1] for words in covered if i in words), i)


def _start(reading: Reading, first: int, link: Link) -> int:
    start = link.resolution.mention.start
    return min(_without_particle(reading, first), start) if first < link.first else start


def _without_particle(reading: Reading, i: int) -> int:
    """Return where the noun at ``i`` begins, behind a preposition that is glued to it."""
    word, lexicon = reading.words[i], reading.lexicon
    morphology, cut = lexicon.morphology, 0
    for analysis in morphology.analyses(word.folded)[1:]:
        known = word.folded not in lexicon.classes and analysis.form in lexicon.classes
        if known and analysis.clitic in morphology.relation:
            kept = morphology.article if analysis.clitic.endswith(morphology.article) else ""
            cut = max(cut, len(analysis.clitic) - len(kept))
    return word.token.offset(cut) if cut else word.token.start


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
        if words[i].clause != words[link.first].clause or is_telling(reading, i):
            break
        if words[i].classes & _NOUN_CLASSES:
            last = i
    return link.first, last


def _is_named(reading: Reading, i: int) -> bool:
    token = reading.words[i].token
    return any(
        r.mention.start < token.end and token.start < r.mention.end for r in reading.mentions
    )


def _says_where(place: EventPlace) -> bool:
    """Return whether a place only says where another one lies: "the suburb of Beirut"."""
    return any(reason.rule == "place.container" for reason in place.why)


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
    taken = [p.resolution.span for p in places if p.role != "context" or _says_where(p)]
    kept: dict[tuple[str, Span, str | None], Participant] = {}
    subject: Candidate | None = None
    free = [c for c in candidates if not any(c.span.overlaps(span) for span in taken)]
    for group in _groups(reading, free):
        roles = (role_of(reading, trigger, triggers, c, subject=subject) for c in group)
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
    if reading.lexicon.morphology.verb_last and candidate.relation != before.relation:
        return False
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
    edges: dict[tuple[str, object], int] = {}
    kept = []
    for p in sorted(participants, key=lambda p: p.span.start if p.span else 0, reverse=True):
        if p.span is not None and p.span.end <= trigger.span.start:
            part = p.role, p.why[-1].values.get("part")  # "X with Y met": both are actors
            edge = edges.get(part)
            if edge is not None and not _joins(reading, Span(p.span.end, edge)):
                continue
            edges[part] = p.span.start
        kept.append(p)
    return reversed(kept)
