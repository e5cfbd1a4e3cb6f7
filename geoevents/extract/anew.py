"""Does a second word for a kind of event bring up another one, or the same once more?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues
from geoevents.extract.leads import leads_of
from geoevents.extract.place_words import place_words
from geoevents.extract.reading import ORGANISATION, PLACE
from geoevents.extract.sources import same_subjects

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_BESIDE = 2  # words between an event and "another", "similar"
_APART = 3  # words between two events that are told apart
_HARMFUL = frozenset({"violence", "hazard", "unrest"})
_KNOWN = frozenset({"def", "poss"})  # tags of a noun that speaks of what is known


def is_another(reading: Reading, first: Trigger, second: Trigger) -> bool:
    """Return whether the second of two triggers of a type tells of an event of its own.

    Parameters
    ----------
    reading
        The sentence.
    first, second
        Two of its triggers, in order.

    Returns
    -------
    bool
        True for "a similar raid" and "before the raid", and where an article would make both
        known and neither has one: "killed in a blast in X, and in a blast in Y". What is known
        may be the same. Of verbs, True where each has somebody of its own: "one man was shot, and
        two others were stabbed".
    """
    if second.kind != "noun":
        return _has_its_own_subject(reading, first, second)
    if _is_set_apart(reading, second) or _is_before_or_after(reading, second):
        return True
    return (
        first.kind == "noun"
        and second.start - first.end >= _APART
        and not second.entry.generic
        and bool(reading.lexicon.morphology.article)
        and _is_new(reading, first)
        and _is_new(reading, second)
    )


def is_told_beside(reading: Reading, general: Trigger, telling: Trigger) -> bool:
    """Return whether a general word tells of an event beside the one that a telling word names.

    Parameters
    ----------
    reading
        The sentence.
    general
        A word such as "attack".
    telling
        A word such as "airstrike", before or after it.

    Returns
    -------
    bool
        True for "airstrikes and ground attacks", and for "clashes broke out after an attack".
    """
    if {general.kind, telling.kind} != {"noun"} or general.family not in _HARMFUL:
        return False
    first, second = sorted((general, telling), key=lambda trigger: trigger.start)
    between = reading.folded(first.end, second.start)
    if 0 < len(between) <= _APART and between[0] in place_words(reading.lang).joiners:
        return True
    return _is_before_or_after(reading, second) or (
        len(between) > 1 and between[-2] in load_cues(reading.lang).apart
    )


def describes(reading: Reading, trigger: Trigger, other: Trigger) -> bool:
    """Return whether a participle behind a comma says more of an event before it.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        A trigger.
    other
        The event that it may describe.

    Returns
    -------
    bool
        True for "targeting" in "began an offensive in X, targeting the town of Y".
    """
    start = trigger.start
    participle = trigger.kind == "verb" and "ing" in trigger.tags
    return participle and other.start < start and not reading.joins(start - 1, start)


def _has_its_own_subject(reading: Reading, first: Trigger, second: Trigger) -> bool:
    """Return whether "and" and words for somebody stand between two verbs of what was done."""
    cues, words = load_cues(reading.lang), reading.words
    if {first.kind, second.kind} != {"verb"} or first.family == "movement":
        return False
    if first.entry.weak or second.entry.weak or "ing" in second.tags:
        return False
    between = (
        i for i in range(second.start - 1, first.end - 1, -1) if PLACE not in words[i].classes
    )
    joint = next((i for i in between if words[i].folded in cues.parting), None)
    if joint is None:
        return False
    said = {words[i].folded for i in range(joint + 1, second.start)}
    small = leads_of(reading.lang).auxiliaries | same_subjects(reading.lang) | cues.realised
    linked = cues.relative.union(cues.apart, cues.sayings, cues.complement, cues.subordinate)
    return bool(said - small) and said.isdisjoint(linked)


def _is_set_apart(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a word such as "another" or "similar" stands by a noun."""
    another, words = load_cues(reading.lang).another, reading.words
    if reading.lexicon.morphology.adjectives_follow:
        beside = range(trigger.end, min(trigger.end + _BESIDE, len(words)))
    else:
        beside = range(max(0, trigger.start - _BESIDE), trigger.start)
    clause = words[trigger.start].clause
    return any(words[i].folded in another and words[i].clause == clause for i in beside)


def _is_before_or_after(reading: Reading, trigger: Trigger) -> bool:
    """Return whether something is told to be before or after an event; a journey has two ends."""
    i = trigger.start - 1
    return (
        i >= 0
        and trigger.family != "movement"
        and reading.words[i].folded in load_cues(reading.lang).apart
    )


def _is_new(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a noun is indefinite, also by what it belongs to: "the blast of the car"."""
    morphology, words = reading.lexicon.morphology, reading.words
    if _KNOWN & trigger.tags:
        return False
    behind = words[trigger.end] if trigger.end < len(words) else None
    if behind is None or behind.clause != words[trigger.start].clause:
        return True
    if behind.classes & {PLACE, ORGANISATION}:
        return False
    return not any(a.clitic in morphology.definite for a in morphology.analyses(behind.folded))
