"""Which part does somebody play in an event, by word order, case and words of relation?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.bare_places import is_closed
from geoevents.extract.cues import load_cues
from geoevents.extract.flow import receiving_roles
from geoevents.extract.morphology import PASSIVE
from geoevents.extract.place_words import (
    BARE,
    DATIVE,
    GENITIVE,
    INTO,
    OBJECT,
    is_undergone,
    place_words,
)
from geoevents.extract.sources import only_tells
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.extract.participants import Candidate
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_REACH = 9  # words between a trigger and who takes part
_INSERTION = 2  # punctuation marks around an insertion
_DOING_REACH = 3  # words between a noun and the verb of doing behind it
_PHRASE = 3  # words between a verb and who is its subject or object behind it
_PERSONS = frozenset({"official", "people", "diplomat"})
_CRAFT = frozenset({"aircraft", "ship", "vehicle"})
_DOERS = _PERSONS | _CRAFT | {"troops", "crowd", "demonstrators"}
# Families whose verbs something is done to; in others "is arrived" and "was flown" are no passives.
_SUFFERED = frozenset({"violence", "coercion", "statement"})
_SUFFERED_TYPES = frozenset({"intelligence.cyber"})
_AUXILIARY_REACH = 2  # words of "was heavily" before a participle
# Whom a verb names as its subject and behind it, when it is passive.
_IN_PASSIVE: Mapping[str | None, str] = {"subject": "object", "object": "by"}


def role_of(
    reading: Reading,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    candidate: Candidate,
    *,
    subject: Candidate | None,
) -> tuple[str, Reason] | None:
    """Return the role of a candidate in an event, or None; ``subject``: who had one before."""
    stated = {**receiving_roles(reading, trigger), **trigger.entry.roles}
    roles = {**trigger.event_type.participants, **stated}
    # Of a phrase such as "sell ... missiles" only the verb decides what stands before and after.
    end = trigger.start + 1 if trigger.kind == "verb" else trigger.end
    after = candidate.first >= end
    if not after and candidate.last >= trigger.start and candidate.first >= trigger.start:
        return None
    if after and subject is not None:
        end = max(end, subject.last + 1)
    distance = candidate.first - end if after else trigger.start - candidate.last - 1
    low, high = sorted((trigger.start, candidate.first))
    # "X Y'yi bombalamakla suçladı": what is said stands before the verb of saying.
    told = trigger.family == "statement" and reading.lexicon.morphology.verb_last
    between = not told and any(low < t.start < high for t in triggers if t is not trigger)
    if distance > _REACH or between or only_tells(reading, trigger, candidate):
        return None
    if _is_of_another_clause(reading, trigger, candidate, after=after):
        return None
    if candidate.relation not in {BARE, GENITIVE}:
        part = _linked_part(reading, trigger, candidate, roles, after=after)
    elif candidate.adjective and after and trigger.kind == "noun" and distance <= 1:
        part = "subject"
    else:
        part = _part(reading, trigger, candidate, after=after, distance=distance, subject=subject)
        part = _IN_PASSIVE.get(part, part) if _is_passive(reading, trigger) else part
    if part == "subject" and "person" in roles and _is_person(reading, candidate):
        part = "person"
    if part is None or not roles.get(part):
        return None
    rule = "who.of_row" if part in stated else "who.of_type"
    return roles[part], Reason(
        rule, candidate.span, {"part": part, "words_apart": max(distance, 0)}
    )


def _is_passive(reading: Reading, trigger: Trigger) -> bool:
    """Return whether the subject is who something is done to: by form, or as in "was attacked"."""
    if PASSIVE in trigger.tags:
        return True
    suffered = trigger.family in _SUFFERED or trigger.type in _SUFFERED_TYPES
    if not suffered or "ing" in trigger.tags:
        return False
    lang, words = place_words(reading.lang), reading.words
    joined = trigger.start > 0 and words[trigger.start - 1].folded in lang.joiners
    reach = _AUXILIARY_REACH * 2 if joined else _AUXILIARY_REACH  # "was attacked and shot down"
    near = range(max(0, trigger.start - reach), trigger.start)
    beside = [i for i in near if trigger.kind == "verb" and reading.joins(i, trigger.start)]
    said = next((i for i in (*beside, *trigger.used) if words[i].folded in lang.passive), None)
    if said is not None:
        return not said or words[said - 1].folded not in lang.reflexive  # "s'est emparé"
    # "By a bullet were killed": the verb behind the phrase says it, where verbs come last.
    closing = range(trigger.end, min(trigger.end + _DOING_REACH, len(words) - 1))
    return trigger.kind == "word" and any(is_undergone(reading, i, i + 1) for i in closing)


def _is_of_another_clause(
    reading: Reading, trigger: Trigger, candidate: Candidate, *, after: bool
) -> bool:
    """Return whether a sign or a word parts somebody from an event, or another noun has him."""
    if reading.parts(trigger.start, candidate.first):
        return True
    described = candidate.adjective and _describes_before(reading, candidate)
    return not after and (described or _is_said_of_another(reading, trigger, candidate))


def _is_said_of_another(reading: Reading, trigger: Trigger, candidate: Candidate) -> bool:
    """Return whether "who" stands behind somebody nearer: "the police held men who smuggled"."""
    words, relative = reading.words, load_cues(reading.lang).relative
    between = range(candidate.last + 1, trigger.start + 1)
    glued = reading.lexicon.morphology.analyses(words[trigger.start].folded)
    who = next((i for i in between if words[i].folded in relative), None)
    if who is None and any(a.clitic in relative for a in glued):
        who = trigger.start
    return who is not None and any(
        not words[i].classes.isdisjoint(_DOERS) for i in range(candidate.last + 1, who)
    )


def _is_person(reading: Reading, candidate: Candidate) -> bool:
    """Return whether somebody travels himself: an official, and nothing that carries anybody."""
    classes = [reading.words[i].classes for i in range(candidate.first, candidate.last + 1)]
    said = frozenset[str]().union(*classes)
    return not said.isdisjoint(_PERSONS) and said.isdisjoint(_CRAFT)


def _describes_before(reading: Reading, candidate: Candidate) -> bool:
    """Return whether an adjective without article belongs to the noun before: a newspaper's."""
    words, morphology, first = reading.words, reading.lexicon.morphology, candidate.first
    if (
        not morphology.adjectives_follow
        or not first
        or words[first - 1].clause != words[first].clause
    ):
        return False
    article = morphology.article
    return bool(article) and not words[first].folded.startswith(article)


def _linked_part(
    reading: Reading,
    trigger: Trigger,
    candidate: Candidate,
    roles: Mapping[str, str],
    *,
    after: bool,
) -> str | None:
    """Return what a word of relation makes of somebody; on the wrong side it is another's."""
    if _is_anothers(reading, trigger, candidate, after=after):
        return None
    if candidate.relation == INTO:
        return "to"
    if candidate.relation == DATIVE:
        if place_words(reading.lang).dative_is_in:
            return next((part for part in (DATIVE, "to") if part in roles), None)
        return "to" if "to" in roles else "object"
    return candidate.relation


def _is_anothers(reading: Reading, trigger: Trigger, candidate: Candidate, *, after: bool) -> bool:
    """Return whether somebody linked by a word of relation stands where that is another event's."""
    morphology = reading.lexicon.morphology
    if candidate.relation == "between":
        return False
    if morphology.verb_last and not morphology.postpositions:
        if after:
            return is_closed(reading, trigger, candidate.first)
        # The object of the verb is none of a noun's, but where the verb only does what that tells.
        noun = trigger.kind == "noun"
        return noun and candidate.relation == OBJECT and not _does_behind(reading, trigger)
    return after is morphology.verb_last


def _does(reading: Reading, trigger: Trigger, candidate: Candidate) -> bool:
    """Return whether a verb of doing links somebody with the noun behind: "X began talks"."""
    words, doing = reading.words, place_words(reading.lang).doing
    same_clause = words[candidate.first].clause == words[trigger.start].clause
    # The verb stands before its subject where the article is glued, else between the two.
    first = candidate.first - 1 if reading.lexicon.morphology.article else candidate.last + 1
    near = range(max(first, 0), trigger.start)
    return same_clause and any(not doing.isdisjoint(reading.forms(i, "verb")) for i in near)


def _does_behind(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a verb of doing stands right behind the noun it does: "X talks held"."""
    doing = place_words(reading.lang).doing
    near = range(trigger.end, min(trigger.end + _DOING_REACH, len(reading.words)))
    return any(not doing.isdisjoint(reading.forms(i, "verb")) for i in near)


def _part_before_verb(
    reading: Reading, trigger: Trigger, *, after: bool, distance: int
) -> str | None:
    """Return whether somebody is the subject, where the verb ends the clause."""
    if after:
        follows = trigger.kind == "noun" and not reading.lexicon.morphology.postpositions
        return "subject" if follows and distance <= 1 else None
    acts = trigger.kind == "verb" or distance <= 1 or _does_behind(reading, trigger)
    return "subject" if acts else None


def _part_of_noun(
    reading: Reading, trigger: Trigger, candidate: Candidate, *, after: bool, distance: int
) -> str | None:
    """Return whether somebody does, or suffers, what a noun tells: "the attack of X", "X talks"."""
    if after:
        part = "object" if candidate.relation == GENITIVE else "subject"
        return part if distance <= 1 else None
    acts = distance <= 1 or _does(reading, trigger, candidate)
    return "subject" if acts else None


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
    if reading.lexicon.morphology.verb_last:
        near = clauses >= -1  # a comma often closes the subject
        return _part_before_verb(reading, trigger, after=after, distance=distance) if near else None
    if trigger.kind == "noun":
        return _part_of_noun(reading, trigger, candidate, after=after, distance=distance)
    if not same_clause:
        return None
    verb_first = bool(reading.lexicon.morphology.article)
    if not after or (verb_first and subject is None and distance <= _PHRASE):
        return "subject"
    reach = _REACH if clauses else _PHRASE + 1
    return "object" if distance <= reach else None
