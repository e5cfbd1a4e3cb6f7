"""How is a place linked to an event when no word of relation stands before it: as its object?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.kinds import group_of
from gazetteer.place import COUNTRY_KINDS
from geoevents.extract.cues import load_cues
from geoevents.extract.morphology import ACTS, PASSIVE
from geoevents.extract.place_words import (
    AT,
    BARE,
    GENITIVE,
    OBJECT,
    OWNERS,
    place_words,
    relation_at,
)
from geoevents.extract.reading import PLACE
from geoevents.ontology import frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Place
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_HARMFUL = frozenset({"violence", "hazard", "unrest"})
# Described places: no government is called so.
_NEVER_ACTORS = frozenset({"zone", "border", "coast", "part"})
_OBJECT_REACH = 7  # words from a verb to a bare place as its object
_SEIZED_REACH = 1  # words from a verb to a capital that is its object, and no government
_SEIZED_BY = _HARMFUL | {"force"}  # families whose verbs do something to a capital itself
_ADVERBS = 1  # words of "is heavily" between the auxiliary and the participle
_PASSIVE_REACH = 4  # words of "has since been" between a place and what is done to it
# What is done to a country in these is done in it.
_DONE_TO_COUNTRIES = frozenset({"violence", "hazard", "force", "movement"})
_SUBJECT_REACH = 3  # words before a verb in which its subject stands
_AGENT_REACH = 2  # words of who does it between a verbal noun and its object
_SITE_REACH = 1  # words behind a capital in which its site stands
_OWNED_REACH = 3  # words of "worst cholera" between a place and what is its own
_STRIKING_REACH = 2  # words between a verb of striking and the disaster
_GOVERNMENT_KINDS = COUNTRY_KINDS | {"capital"}
# Groups of kinds whose names people and ships bear too: "Moskva sank".
_NAMESAKES = frozenset({"country", "admin1", "capital", "city", "town", "village"})
_REACHED = (frame("visit"), frame("departure"), frame("arrival"))
# Of these a country is the area itself: "cut the supply of X".
_CLOSED_OFF = frozenset({"coercion.blockade"})


def is_closed(reading: Reading, trigger: Trigger, first: int) -> bool:
    """Return whether a clause that the verb ends is over between a trigger and what follows."""
    morphology, doing = reading.lexicon.morphology, place_words(reading.lang).doing
    if not morphology.verb_last or morphology.postpositions or first < trigger.end:
        return False
    if trigger.kind == "verb":
        return True
    behind = range(trigger.end, first)
    # "The blast that was heard": what "that" introduces ends with a verb of its own.
    relative = load_cues(reading.lang).relative
    described = any(reading.words[i].folded in relative for i in behind)
    return not described and any(doing & reading.forms(i, "verb") for i in behind)


def stands_behind(reading: Reading, trigger: Trigger) -> bool:
    """Return whether what belongs to a trigger stands before it: verbs last, or all with cases."""
    morphology = reading.lexicon.morphology
    return morphology.verb_last and (morphology.postpositions or trigger.kind == "verb")


def frame_of(trigger: Trigger) -> Mapping[str, str]:
    """Return which relation gives a trigger's place which role: its row's own, or its type's."""
    if trigger.entry.frame is not None:
        return trigger.entry.frame
    return trigger.event_type.frame


def bare_relation(
    reading: Reading, trigger: Trigger, link: Link, place: Place | None
) -> str | None:
    """Return how a place without a word of relation is linked to a trigger.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        A trigger of it.
    link
        A mention of it.
    place
        What the mention was resolved to, or None.

    Returns
    -------
    str or None
        A relation of the trigger's frame, such as "object" or "genitive"; None for no link.
    """
    # A name that no gazetteer holds is a place for certain only after a word such as "village".
    known = place or link.headed or _names_its_kind(reading, link)
    if link.held or link.resolution.mention.form == "associative" or not known:
        return None
    if _comes_from(reading, trigger, link):
        return "from"
    kind = place.kind if place is not None else ""
    government = kind in _GOVERNMENT_KINDS and not link.headed
    if kind == "capital" and _has_a_site(reading, link):
        government = False
    reached = frame_of(trigger) in _REACHED or trigger.family == "hazard"
    # "Occupied" before a name may be of its phrase, and here is the verb.
    own = link.first if trigger.kind == "verb" else link.head
    if trigger.start < own < trigger.end:
        return _bare_inside(reading, trigger, reached=reached, government=government)
    before = own < trigger.end  # of "seized the town of X" the town is a word of the verb's phrase
    if stands_behind(reading, trigger) or (before and reading.lexicon.morphology.verb_last):
        return _before_verb(reading, trigger, link, kind, allowed=reached or not government)
    if before:
        return _bare_before(reading, trigger, link, kind)
    return _bare_behind(reading, trigger, link, kind, allowed=reached or not government)


def _bare_inside(
    reading: Reading, trigger: Trigger, *, reached: bool, government: bool
) -> str | None:
    """Return how a place is linked that is itself a word of the trigger: "occupied X"."""
    if trigger.kind == "verb" and not reading.lexicon.morphology.verb_last:
        acted = "object" if "object" in frame_of(trigger) else "genitive"
        return acted if reached or not government else None
    closed_off = trigger.kind == "noun" and trigger.type in _CLOSED_OFF
    return "genitive" if not government or closed_off else None


def _bare_behind(
    reading: Reading, trigger: Trigger, link: Link, kind: str, *, allowed: bool
) -> str | None:
    """Return how a place behind a trigger is linked: as what a verb acts upon, or a noun's."""
    distance = link.head - trigger.end
    if reading.words[link.head].clause != reading.words[trigger.start].clause:
        return None
    if link.relation == OBJECT and trigger.kind == "noun" and trigger.family in _HARMFUL:
        return "object" if "object" in frame_of(trigger) else "genitive"
    seized = (
        kind == "capital" and trigger.family in _SEIZED_BY and distance <= _SEIZED_REACH
    ) and not _is_verbal(reading, trigger)
    if trigger.kind == "verb" or ACTS in trigger.tags or _strikes(reading, trigger):
        return "object" if distance <= _OBJECT_REACH and (allowed or seized) else None
    of_capital = kind == "capital" and _is_of_capital(reading, trigger, link)
    # "مهاجمة مسلحين قرية كوكاوا": who attacks stands between the noun and what it attacks.
    agent = reading.lexicon.morphology.article and 0 < distance <= _AGENT_REACH
    if agent and link.headed and link.relation == BARE and trigger.family in _HARMFUL:
        return "object" if "object" in frame_of(trigger) else "genitive"
    return "genitive" if distance == 0 and (allowed or seized or of_capital) else None


def _is_verbal(reading: Reading, trigger: Trigger) -> bool:
    """Return whether an official does it, who attacks a government with words."""
    before = reading.words[max(0, trigger.start - _SUBJECT_REACH) : trigger.start]
    return any("official" in word.classes for word in before)


def _before_verb(
    reading: Reading, trigger: Trigger, link: Link, kind: str, *, allowed: bool
) -> str | None:
    """Return how a place is linked whose case tells no direction, where verbs come last."""
    apart = trigger.start - link.last - 1
    seized = kind == "capital" and trigger.family in _HARMFUL and link.relation == OBJECT
    near = 0 <= apart <= _OBJECT_REACH and (allowed or seized or link.relation == AT)
    if link.relation == AT:  # behind a comma somebody is there, and acts elsewhere
        same = reading.words[link.last].clause == reading.words[trigger.start].clause
        return "genitive" if near and (trigger.kind == "noun" or same) else None
    if link.relation == OBJECT and trigger.kind == "verb" and near:
        return "object" if "object" in frame_of(trigger) else "genitive"
    if link.relation == GENITIVE and near:
        return "object" if trigger.kind == "verb" and "object" in frame_of(trigger) else "genitive"
    return _bare_before(reading, trigger, link, kind) if apart >= 0 else None


def _comes_from(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether "of" says where a movement begins, as in French, which has no other word."""
    genitive = link.relation == GENITIVE and place_words(reading.lang).genitive_is_from
    goes = trigger.family == "movement" or (
        trigger.kind == "verb" and frame_of(trigger) == frame("visit")
    )
    return genitive and goes and link.head >= trigger.end - 1


def _has_a_site(reading: Reading, link: Link) -> bool:
    """Return whether a site of a capital follows its name: "a Baghdad restaurant"."""
    lang = place_words(reading.lang)
    sites = lang.sites | lang.territories | lang.heads
    behind = range(link.last + 1, min(link.last + 1 + _SITE_REACH, len(reading.words)))
    clause = reading.words[link.last].clause
    return any(
        reading.words[i].clause == clause and reading.words[i].folded in sites for i in behind
    )


def _names_its_kind(reading: Reading, link: Link) -> bool:
    """Return whether a word such as "hill" is in a name or right behind it: "X village"."""
    heads, words = place_words(reading.lang).heads, reading.words
    if any(words[i].folded in heads for i in range(link.first, link.last + 1)):
        return True
    behind = link.last + 1
    return (
        behind < len(words) and words[behind].folded in heads and reading.joins(behind - 1, behind)
    )


def _is_acted_upon(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a place before a participle is its object: "X was shelled", "X, held by"."""
    passive, words = place_words(reading.lang).passive, reading.words
    told = PASSIVE in trigger.tags or trigger.entry.roles.get("subject") == "target"
    told = told or (trigger.family == "hazard" and _is_a_site(link))
    if trigger.kind != "verb" or link.relation != BARE or not (passive or told):
        return False
    if trigger.entry.weak:  # whoever "was killed" is no place, though called like one
        return False
    apart = trigger.start - link.last - 1
    nearest = range(max(link.last + 1, trigger.start - _ADVERBS - 1), trigger.start + 1)
    if told or any(words[i].folded in passive for i in nearest):
        same = words[link.last].clause == words[trigger.start].clause
        between = reading.words[link.last + 1 : trigger.start]
        other = any(PLACE in word.classes for word in between)
        return same and not other and apart <= _PASSIVE_REACH
    by = relation_at(reading, trigger.end) if trigger.end < len(words) else None
    return not apart and by is not None and by[1] == "by"


def _is_a_site(link: Link) -> bool:
    """Return whether a name is no settlement's or government's, as ships and persons may bear."""
    place = link.resolution.place
    return place is not None and (link.headed or group_of(place.kind) not in _NAMESAKES)


def _bare_before(reading: Reading, trigger: Trigger, link: Link, kind: str) -> str | None:
    """Return how a place right before a noun is linked: "the Lima talks"."""
    fits = trigger.family in _DONE_TO_COUNTRIES or kind not in _GOVERNMENT_KINDS or link.headed
    if fits and (_is_acted_upon(reading, trigger, link) or _is_struck(reading, trigger, link)):
        return "object" if "object" in frame_of(trigger) else "genitive"
    # "The Boston bombing": a form in -ing is a noun here, unless a government does it; and "the
    # Lima visit", since a single place "visits".
    named = (
        trigger.kind == "noun"
        or "base" in trigger.tags
        or ("ing" in trigger.tags and kind not in _GOVERNMENT_KINDS)
        or ("present" in trigger.tags and _has_article(reading, link))
    )
    beside = link.last + 1 == trigger.start and named
    if kind in _NEVER_ACTORS and trigger.start - link.last <= _OBJECT_REACH:
        return "in"
    if reading.lexicon.morphology.article:  # there a noun's place follows it
        return None
    if _owns(reading, trigger, link, kind):
        return "genitive"
    fits = kind not in COUNTRY_KINDS or frame_of(trigger) == frame("visit")
    return "genitive" if beside and fits else None


def _owns(reading: Reading, trigger: Trigger, link: Link, kind: str) -> bool:
    """Return whether what happened is a place's own: "Angola's worst outbreak"."""
    between = range(link.last + 1, trigger.start)
    end = link.resolution.mention.end
    named = trigger.kind == "noun" or "ing" in trigger.tags
    if not named or len(between) > _OWNED_REACH or link.relation != BARE:
        return False
    suffers = trigger.family == "hazard" or (
        trigger.family in _HARMFUL and kind not in _GOVERNMENT_KINDS
    )
    return (
        suffers
        and reading.text[end : end + 2] in OWNERS
        and reading.joins(link.last, trigger.start)
        and not any(
            PLACE in reading.words[i].classes or relation_at(reading, i) is not None
            for i in between
        )
    )


def _has_article(reading: Reading, link: Link) -> bool:
    """Return whether an article stands before a name: what follows "the Bombay" is a noun."""
    before = link.first - 1
    return before >= 0 and reading.words[before].folded in place_words(reading.lang).articles


def _is_of_capital(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a capital after a noun is where that was, and not who did it to another."""
    if link.relation == GENITIVE:
        return True
    after = link.last + 1
    against = after < len(reading.words) and relation_at(reading, after) is not None
    return trigger.family in _HARMFUL and not against


def _is_struck(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a place is the object of what a noun behind it names: "X, hit by storms"."""
    between = range(link.last + 1, trigger.start)
    if trigger.kind == "verb" or link.relation != BARE or len(between) > _OBJECT_REACH:
        return False
    striking = place_words(reading.lang).striking
    by = next((i for i in reversed(between) if (relation_at(reading, i) or (0, ""))[1] == "by"), 0)
    return by > link.last + 1 and not striking.isdisjoint(reading.forms(by - 1, "verb"))


def _strikes(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a verb of striking before a disaster's name makes what follows its object."""
    striking = place_words(reading.lang).striking
    return trigger.family == "hazard" and any(
        not striking.isdisjoint(reading.forms(i, "verb"))
        for i in range(max(0, trigger.start - _STRIKING_REACH), trigger.start)
    )
