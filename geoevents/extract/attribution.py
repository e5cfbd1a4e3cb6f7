"""Is a place where an event happened, or where those are who tell of it or who were hurt in it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues
from geoevents.extract.place_words import place_words, relation_at

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_HARMFUL = frozenset({"violence", "hazard", "unrest"})
_TELLERS = frozenset({"authority", "official", "org"})
_TELLER_REACH = 5  # words of "said the ministry of health" before "in X"
_SOURCE_REACH = 8  # words from "according to" to "in X", where those are who say it


def is_attribution(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a place is where those are who tell of an event.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        The event's trigger.
    link
        A place of the sentence.

    Returns
    -------
    bool
        True for ", officials in X said", for "according to a source in X,", for
        ", said Y, a scholar in X" and, where verbs stand first, for "said the ministry in X" when
        another place follows the event.
    """
    if _is_behind_source(reading, trigger, link) or _is_where_tellers_are(reading, trigger, link):
        return True
    if link.head < trigger.end or reading.joins(link.head, trigger.start):
        return False  # "one in X claimed by Y"
    return _is_behind_verb(reading, trigger, link) or _is_before_verb(reading, link)


def is_where_taken(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether those who were hurt were brought to a place: "and taken to a hospital in X".

    Parameters
    ----------
    reading
        The sentence.
    trigger
        The event's trigger.
    link
        A place of the sentence.
    """
    lang, between = place_words(reading.lang), range(trigger.end, link.head)
    if not lang.care or trigger.family not in _HARMFUL:
        return False
    taken = next((i for i in between if lang.taking & reading.forms(i, "verb")), link.head)
    return any(lang.care & reading.forms(i, "word") for i in range(taken + 1, link.head))


def _is_before_verb(reading: Reading, link: Link) -> bool:
    """Return whether a verb of saying stands right behind a place: ", officials in X said"."""
    words, after = reading.words, link.last + 1
    if after >= len(words):
        return False
    passive = after + 1 < len(words) and (relation_at(reading, after + 1) or (0, ""))[1] == "by"
    speaking = place_words(reading.lang).speaking
    return not passive and not speaking.isdisjoint(reading.forms(after, "verb"))


def _is_behind_source(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether "according to" opens the place's clause, and the event is in another."""
    if link.relation not in {"in", "from"} or reading.joins(trigger.start, link.head):
        return False
    for i in range(link.head - 1, max(link.head - _SOURCE_REACH, 0) - 1, -1):
        if not reading.joins(i, link.head) or i in trigger.used:
            return False
        found = relation_at(reading, i)
        if found is not None and found[1] == "source":
            return True
    return False


def _is_where_tellers_are(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether verbs stand first, and one of saying and its subject right before a place."""
    if not reading.lexicon.morphology.article or link.relation != "in" or link.last > trigger.start:
        return False
    speaking, words = place_words(reading.lang).speaking, reading.words
    before = range(link.head - 1, max(link.head - 1 - _TELLER_REACH, -1), -1)
    said = next((i for i in before if not speaking.isdisjoint(reading.forms(i, "verb"))), None)
    if said is None or not reading.joins(said, link.head):
        return False
    tellers = any(words[i].classes & _TELLERS for i in range(said + 1, link.head))
    behind = words[trigger.end - 1].token.end
    return tellers and any(
        r.mention.start >= behind and r.mention.form != "demonym" for r in reading.mentions
    )


def _is_behind_verb(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a verb of saying opens a clause between an event and a place."""
    words, lang, cues = reading.words, place_words(reading.lang), load_cues(reading.lang)
    if reading.lexicon.morphology.article:
        return _is_told_there(reading, trigger, link)
    if reading.lexicon.morphology.verb_last:
        return False
    for i in range(trigger.end, link.head - 1):
        said = words[i].folded in lang.source_ends and words[i].folded not in cues.complement
        if said and not reading.joins(i - 1, i):
            return all(words[j].folded not in cues.complement for j in range(i + 1, link.head))
    return False


def _is_told_there(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether verbs stand first, and one of saying between: "raids; told X in Y that"."""
    words, lang, after = reading.words, place_words(reading.lang), link.last + 1
    if after >= len(words) or words[after].folded not in lang.source_ends:
        return False
    between = range(trigger.end, link.head)
    return any(not lang.speaking.isdisjoint(reading.forms(i, "verb")) for i in between)
