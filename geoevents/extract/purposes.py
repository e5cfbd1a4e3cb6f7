"""Where was what somebody went somewhere for: "he flew to X to attend talks"?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.event import EventPlace
from geoevents.extract.place_words import DATIVE, INTO, place_words
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_ARRIVING = frozenset({"to", "in", "toward", DATIVE, INTO})
_BEFORE = 3  # words of "on Monday" between the place and "to attend"
_BEHIND = 4  # words of "the second round of" between "to attend" and the event
_MET = frozenset({"diplomacy"})
_MADE = _MET | {"unrest", "violence", "force"}


def place_of_purpose(
    reading: Reading, links: Sequence[Link], trigger: Trigger, others: Sequence[Trigger]
) -> list[EventPlace]:
    """Return the place to which somebody went for an event.

    Parameters
    ----------
    reading
        The sentence.
    links
        Its mentions.
    trigger
        The event that somebody went for, without a place of its own.
    others
        The triggers of the sentence, between which and the place no other may stand.
    """
    if trigger.kind != "noun" or trigger.family not in _MADE:
        return []
    for first, end in _purposes(reading, trigger):
        for link in links:
            if link.held or link.speaker or link.topic or link.relation not in _ARRIVING:
                continue
            if _is_beside(reading, trigger, others, link, range(first, end)):
                why = Reason("place.purpose", reading.offsets(first, end))
                return [EventPlace("location", link.resolution, (why,))]
    return []


def _purposes(reading: Reading, trigger: Trigger) -> Iterator[tuple[int, int]]:
    """Yield where words such as "to attend" stand beside a trigger."""
    if reading.lexicon.morphology.postpositions:
        near: Sequence[int] = range(trigger.end, trigger.end + 1)
    else:
        near = range(trigger.start - 1, max(trigger.start - _BEHIND - 3, 0), -1)
    for i in near:
        for run in place_words(reading.lang).purposes:
            meets = trigger.family in _MET or len(run) > 1
            if meets and reading.folded(i, i + len(run)) == run:
                yield i, i + len(run)


def _is_beside(
    reading: Reading,
    trigger: Trigger,
    others: Sequence[Trigger],
    link: Link,
    purpose: range,
) -> bool:
    """Return whether a place stands right beside the words of purpose of an event."""
    if reading.lexicon.morphology.postpositions:  # "talks to-attend to-X"
        return 0 <= link.first - purpose.stop <= _BEFORE
    gap = purpose.start - link.last - 1
    apart = any(purpose.start <= other.start < trigger.start for other in others)
    same = reading.words[link.last].clause == reading.words[trigger.start].clause
    near = trigger.start - purpose.stop <= _BEHIND
    return 0 <= gap <= _BEFORE and near and same and not apart and link.resolution.place is not None
