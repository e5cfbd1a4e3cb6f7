"""Where does another clause begin, over which the places of an event do not reach?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues
from geoevents.extract.leads import verb_leads
from geoevents.extract.place_words import place_words
from geoevents.extract.reading import ORGANISATION
from geoevents.extract.sources import same_subjects

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_JOINT = 2  # words of "it also" between "and" and its verb
_OF_BODY = 2  # words in which a body is named before "which", its acronym between


def is_in_another(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a place behind an event's words belongs to a clause that begins between.

    "They seized X and continue to advance toward Y", "that they seized X and that they go on to
    Y", "killed, says the mission, which has a base in Y": Y was neither seized, nor killed in.
    """
    return any(
        _joins_a_verb(reading, i) or _joins_what_is_said(reading, i) or _tells_of_a_body(reading, i)
        for i in range(trigger.end, link.head)
    )


def _joins_a_verb(reading: Reading, i: int) -> bool:
    """Return whether "and" puts a verb of doing there: "and continues", "وتواصل"."""
    doing = place_words(reading.lang).doing
    if doing.isdisjoint(reading.forms(i, "verb")):
        return False
    if reading.lexicon.morphology.conjunction:
        return _is_glued(reading, i, doing)
    return _follows_joiner(reading, i, _JOINT)


def _joins_what_is_said(reading: Reading, i: int) -> bool:
    """Return whether "and that" goes on with what somebody says."""
    said = load_cues(reading.lang).complement - place_words(reading.lang).relations.keys()
    if _is_glued(reading, i, said):
        return True
    return reading.words[i].folded in said and _follows_joiner(reading, i, 1)


def _tells_of_a_body(reading: Reading, i: int) -> bool:
    """Return whether "which" says more of an organisation: what it does is no part of the event."""
    if reading.words[i].folded not in load_cues(reading.lang).relative:
        return False
    return any(ORGANISATION in w.classes for w in reading.words[max(0, i - _OF_BODY) : i])


def _is_glued(reading: Reading, i: int, forms: frozenset[str]) -> bool:
    """Return whether "and" is glued to one of some words."""
    morphology = reading.lexicon.morphology
    return any(
        analysis.clitic in morphology.conjunction and analysis.form in forms
        for analysis in morphology.analyses(reading.words[i].folded)
    )


def _follows_joiner(reading: Reading, i: int, reach: int) -> bool:
    """Return whether "and" stands before a word, small words such as "they also" between."""
    small = verb_leads(reading.lang) | same_subjects(reading.lang)
    for j in range(i - 1, max(-1, i - 1 - reach), -1):
        if reading.words[j].folded in place_words(reading.lang).joiners:
            return True
        if reading.words[j].folded not in small:
            return False
    return False
