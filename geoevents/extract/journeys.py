"""Which places does a text name as the two ends of one journey, and where did that really end?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.place import COUNTRY_KINDS
from geoevents.event import EventPlace
from geoevents.extract.bare_places import frame_of
from geoevents.extract.cues import load_cues
from geoevents.extract.place_phrases import glued_relation
from geoevents.extract.place_words import BARE, DATIVE, INTO, OBJECT, place_words, relation_at
from geoevents.extract.reading import PLACE
from geoevents.extract.sizes import is_larger
from geoevents.ontology import frame
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Resolution
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

    Told = tuple[Trigger, Sequence[EventPlace]]

_BETWEEN = "between"
_CRAFT = frozenset({"aircraft", "ship", "vehicle"})
_HOME = 2  # words of "cargo plane" before "from X"
_HOME_BEHIND = 4  # ... and of "a cargo plane" behind it, where that is
_NEAR = 4  # words between the two ends and the journey or craft that they belong to
_BESIDE = 3  # words of "on the route" between "Rome-Cairo" and "flight"
# How the second end follows the first in "linking X to Y", whatever else the word may say.
_ONWARD = frozenset({"to", "in", "toward", "with", DATIVE, INTO})
_BOUND = frozenset({"to", "toward", _BETWEEN})
_REACHED = frozenset({"in", "near", "on", "upon", OBJECT, DATIVE})
_WAYS = frozenset({"from", "to", "toward"})
_UNHELD = 4  # words of "from the port of X"
_DASHES = frozenset("-–—‐‑")
_DELIVERY_REACH = 16  # words between a journey and the delivery that was its purpose
_ON_BOARD = 3  # words of "a ship with a load of" before what it carries
_WATERWAYS = frozenset(
    {"river", "strait", "channel", "canal", "lake", "gulf", "bay", "sea", "ocean"}
)
_CARRIED = frozenset({"movement.flight", "movement.voyage"})
_JOURNEYS = frozenset({"movement.flight", "movement.voyage", "movement.convoy"})


class End(NamedTuple):
    """One end of a pair: its relation, and the indices of the pair's first and last word."""

    relation: str
    first: int
    last: int
    dashed: bool


def with_ends(reading: Reading, triggers: Sequence[Trigger]) -> Reading:
    """Return a sentence with the two names of "a ferry sails between X and Y" by themselves.

    Parameters
    ----------
    reading
        The sentence, in which what lies between two places near each other is one place.
    triggers
        Its events' triggers.
    """
    parted = [r for r in reading.mentions if _is_way(reading, triggers, r)]
    if not parted:
        return reading
    kept = [r for r in reading.mentions if r not in parted]
    kept += [r for r in reading.inner if any(way.span.holds(r.span) for way in parted)]
    return replace(reading, mentions=tuple(sorted(kept, key=lambda r: r.mention.start)))


def _is_way(reading: Reading, triggers: Sequence[Trigger], resolution: Resolution) -> bool:
    covered = reading.covered(resolution.span)
    if resolution.mention.form != _BETWEEN or not covered:
        return False
    end = End("from", covered[0], covered[-1], dashed=False)
    return any(
        trigger.type in _JOURNEYS and relation_of_end(reading, triggers, trigger, end)
        for trigger in triggers
    )


def find_ends(reading: Reading, links: Sequence[Link]) -> dict[int, End]:
    """Return the ends of "between X and Y", "linking X to Y" and "X-Y", by their first word.

    Parameters
    ----------
    reading
        The sentence.
    links
        Its mentions.

    Returns
    -------
    dict
        Both ends of each pair by the index of the name's first word, "from" and "to". Whether a
        journey goes from one to the other, :func:`relation_of_end` tells.
    """
    ends: dict[int, End] = {}
    before: Link | None = None
    for link in links:
        if link.resolution.mention.form == "demonym":
            continue
        dashed = before is not None and _is_dashed(reading, before, link)
        if before is not None and (dashed or _is_other_end(before, link)):
            span = min(before.head, before.first), link.last, dashed
            ends[before.first], ends[link.first] = End("from", *span), End("to", *span)
            before = None
        elif link.relation == _BETWEEN or not link.container:  # "between X, capital of Z, and Y"
            before = link
    return ends


def _is_dashed(reading: Reading, before: Link, link: Link) -> bool:
    gap = reading.text[before.resolution.mention.end : link.resolution.mention.start].strip()
    return gap in _DASHES and link.head == link.first and link.relation == BARE


def _is_other_end(before: Link, link: Link) -> bool:
    if before.relation != _BETWEEN:
        return False
    if link.relation == _BETWEEN:
        return True
    onward = link.relation in _ONWARD and link.head == before.last + 1
    return onward and not is_larger(link.resolution, before.resolution)  # "between X in Z and Y"


def relation_of_end(
    reading: Reading, triggers: Sequence[Trigger], trigger: Trigger, end: End
) -> str | None:
    """Return "from" or "to" where a trigger tells of the journey between two places, or None.

    Parameters
    ----------
    reading
        The sentence.
    triggers
        Its events' triggers.
    trigger
        One of them.
    end
        One end of the pair.
    """
    brings = frame_of(trigger) == frame("transfer")
    if not (trigger.family == "movement" or brings) or _is_of_a_place(reading, end):
        return None
    reach = _BESIDE if end.dashed else _NEAR
    words = reading.words
    before = range(max(0, end.first - reach), end.first)
    behind = range(end.last + 1, min(end.last + 1 + reach, len(words)))
    beside = [i for i in before if words[i].clause == words[end.first].clause]
    beside += [i for i in behind if words[i].clause == words[end.last].clause]
    moves = {
        i
        for t in triggers
        if t.family == "movement"
        for i in (*range(t.start, t.end), t.start, t.end - 1)
    }
    told = any(i in moves or not _CRAFT.isdisjoint(words[i].classes) for i in beside)
    return end.relation if told else None


def _is_of_a_place(reading: Reading, end: End) -> bool:
    """Return whether a road or border between two places is meant, and no journey."""
    lang = place_words(reading.lang)
    behind = reading.lexicon.morphology.postpositions
    beside = range(end.last + 1, end.last + 1 + _BESIDE + 1) if behind else [end.first - 1]
    places = lang.heads | lang.sites
    return any(
        bool((reading.forms(i, "word") | reading.forms(i, "noun")) & places)
        for i in beside
        if 0 <= i < len(reading.words)
    )


def relation_of_unheld(reading: Reading, link: Link) -> str | None:
    """Return "from" or "to" where a country follows a town of that relation that was not found.

    Parameters
    ----------
    reading
        The sentence.
    link
        A place behind "in": of "from Constanza in Romania" both say where a journey began.
    """
    place, words = link.resolution.place, reading.words
    if place is None or place.kind not in COUNTRY_KINDS or not link.head:
        return None
    for i in range(link.head - 1, max(-1, link.head - 1 - _UNHELD), -1):
        if words[i].clause != words[link.head].clause or PLACE in words[i].classes:
            return None
        found = relation_at(reading, i) or glued_relation(reading, i)
        if found is not None:
            return found[1] if found[1] in _WAYS and i < link.head - 1 else None
        if reading.lexicon.may_begin(words[i].folded):
            return None
    return None


def is_missed(trigger: Trigger, relation: str, others: Sequence[str]) -> bool:
    """Return whether a craft was bound for a place and landed elsewhere.

    Parameters
    ----------
    trigger
        What it did.
    relation
        The place's relation to it.
    others
        The relations of the other places where it would have ended.
    """
    if frame_of(trigger) != frame("landing"):
        return False
    if relation == DATIVE:  # it may say where a craft landed, but not beside "in"
        return "in" in others
    return relation in _BOUND and not _REACHED.isdisjoint(others)


def is_left_twice(trigger: Trigger, link: Link, others: Sequence[Link]) -> bool:
    """Return whether a bare name is a second one that a craft would have left.

    Parameters
    ----------
    trigger
        What it did.
    link
        The name, without a word of relation.
    others
        Places before that it left ("it left X last week and reached Y"), or is said to come from
        ("X evacuated its citizens from Y").
    """
    if frame_of(trigger) != frame("departure") or link.relation not in {BARE, OBJECT}:
        return False
    listed = any(link.head == other.head for other in others)
    return bool(others) and not listed


def is_home(reading: Reading, trigger: Trigger, link: Link, relation: str) -> bool:
    """Return whether "from" says of a craft whose it is: "a cargo plane from X left Y".

    Parameters
    ----------
    reading
        The sentence.
    trigger
        What the craft did.
    link
        A place.
    relation
        How it is linked.
    """
    if relation != "from" or trigger.family != "movement" or _is_behind_another(reading, link):
        return False
    words, behind = reading.words, reading.lexicon.morphology.postpositions
    beside = (
        range(link.last + 1, min(link.last + 1 + _HOME_BEHIND, len(words)))
        if behind
        else range(link.head - 1, max(-1, link.head - 1 - _HOME), -1)
    )
    for i in beside:
        if (
            i == trigger.start
            or words[i].clause != words[link.last].clause
            or PLACE in words[i].classes
        ):
            return False
        if not _CRAFT.isdisjoint(words[i].classes):
            return True
    return False


def is_crossed(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether a river or strait is only crossed: no journey ends in it.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        A movement.
    link
        What it is said to reach, without a word such as "to".
    """
    place = link.resolution.place
    if place is None or place.kind not in _WATERWAYS or trigger.family != "movement":
        return False
    crossing = place_words(reading.lang).crossing
    return any(not crossing.isdisjoint(reading.forms(i, "")) for i in trigger.used)


def is_of_person(reading: Reading, trigger: Trigger, link: Link, relation: str) -> bool:
    """Return whether "from" says of somebody who he is: "a student from X was flown to Y".

    Parameters
    ----------
    reading
        The sentence.
    trigger
        What was done.
    link
        A place.
    relation
        How it is linked.
    """
    if relation != "from" or trigger.type not in _CARRIED or link.last >= trigger.start:
        return False
    if reading.lexicon.morphology.verb_last or not link.head:  # there all stands before the verb
        return False
    before = link.head - 1
    return "people" in reading.words[before].classes and reading.joins(before, link.last)


def _is_behind_another(reading: Reading, link: Link) -> bool:
    """Return whether a name follows another one in the phrase that "from" opens, and no "and"."""
    words, joiners = reading.words, place_words(reading.lang).joiners
    glued = reading.text[words[link.first].token.start : link.resolution.mention.start]
    between = words[link.head : link.first]
    joined = bool(glued.strip()) or any(word.folded in joiners for word in between)
    same = words[link.head].clause == words[link.first].clause
    return same and not joined and any(PLACE in word.classes for word in between)


def begun_elsewhere(
    reading: Reading, trigger: Trigger, places: Sequence[EventPlace], events: Sequence[Told]
) -> list[EventPlace]:
    """Return where a journey began that ended elsewhere: "flying from X to Y it landed in Z".

    Parameters
    ----------
    reading
        The sentence.
    trigger
        The landing or arrival.
    places
        Its places.
    events
        The events of its sentence with their places, in order.
    """
    roles = {place.role for place in places}
    if trigger.family != "movement" or "destination" not in roles or "origin" in roles:
        return []
    return [
        EventPlace("origin", place.resolution, (Reason("place.begun", other.span),))
        for other, theirs in events
        if other.type == trigger.type and _is_its_journey(reading, trigger, other, theirs)
        for place in theirs
        if place.role == "origin"
    ]


def _is_its_journey(
    reading: Reading, trigger: Trigger, other: Trigger, theirs: Sequence[EventPlace]
) -> bool:
    """Return whether another movement tells of the way on which a craft arrived somewhere."""
    ended = frame_of(trigger) in (frame("landing"), frame("arrival"))
    if frame_of(other) == frame("landing") or other.start == trigger.start:
        return False
    # Behind "and" or "before" another journey begins.
    new = place_words(reading.lang).joiners | load_cues(reading.lang).apart
    first, last = sorted((trigger, other), key=lambda told: told.start)
    words = reading.words[first.end : last.start]
    goes_on = not any(word.folded in new for word in words)
    craft = [i for i, word in enumerate(words) if not _CRAFT.isdisjoint(word.classes)]
    if other is first:  # "flying from X to Y it landed in Z", "the from X to Y flying plane"
        return ended or (bool(craft) and craft[0] < _NEAR) or (goes_on and not craft)
    both = {"origin", "destination"} <= {place.role for place in theirs}
    return ended and both and goes_on  # "it landed in Z on its way from X to Y"


def _is_its_purpose(trigger: Trigger, journey: Trigger) -> bool:
    """Return whether a delivery follows a journey: "a ship sailed to X to deliver arms"."""
    return journey.start < trigger.start <= journey.end + _DELIVERY_REACH


def _is_on_board(reading: Reading, trigger: Trigger, journey: Trigger) -> bool:
    """Return whether a craft carries what is delivered: "a ship with arms was bound for X"."""
    carrying = range(max(0, trigger.start - _ON_BOARD), trigger.start)
    return 0 <= journey.start - trigger.end <= _DELIVERY_REACH and any(
        not _CRAFT.isdisjoint(reading.words[i].classes) for i in carrying
    )


def ends_of_delivery(
    reading: Reading, trigger: Trigger, events: Sequence[Told]
) -> list[EventPlace]:
    """Return the ends of the journey that brought what was delivered.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        The delivery.
    events
        The events of its sentence with their places, in order.
    """
    if frame_of(trigger) != frame("transfer"):
        return []
    return [
        EventPlace(place.role, place.resolution, (Reason("place.brought", other.span),))
        for other, theirs in events
        if other.type in _JOURNEYS
        if _is_its_purpose(trigger, other) or _is_on_board(reading, trigger, other)
        for place in theirs
        if place.role != "context"
    ]
