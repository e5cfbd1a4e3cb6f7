"""What does a verb with a pronoun take up again: "the aid which France gave it"?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.event import EventPlace
from geoevents.extract.bare_places import frame_of
from geoevents.extract.cues import load_cues
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_REACH = 2  # words of "which had been" between what is described and the verb
_DESCRIBED = 4  # words of "new aid of food" before "which"


def described_before(reading: Reading, i: int, tags: Container[str]) -> range:
    """Return where stands what a verb with a pronoun, behind a word such as "which", is done to."""
    if "poss" in tags:
        relative = load_cues(reading.lang).relative
        for j in range(i - 1, max(0, i - 1 - _REACH), -1):
            if reading.words[j].folded in relative:
                return range(max(0, j - _DESCRIBED), j)
    return range(0)


def place_taken_up(reading: Reading, links: Sequence[Link], trigger: Trigger) -> list[EventPlace]:
    """Return the place that a verb with a pronoun does something to: "the town which they shelled".

    Parameters
    ----------
    reading
        The sentence.
    links
        Its mentions.
    trigger
        An event without a place of its own.
    """
    roles = frame_of(trigger)
    role = roles.get("object", roles.get("genitive"))
    if trigger.kind != "verb" or role is None:
        return []
    end = described_before(reading, trigger.start, trigger.tags).stop
    said = {"relation": "object", "role": role, "type": trigger.type}
    return [
        EventPlace(role, k.resolution, (Reason("place.by_order", k.resolution.span, said),))
        for k in links
        if k.last + 1 == end and not k.held and k.resolution.mention.form != "demonym"
    ]
