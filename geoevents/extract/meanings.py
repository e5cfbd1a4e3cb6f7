"""What does a word of relation mean beside this event and this place: is "on" there, or against?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.extract.bare_places import frame_of
from geoevents.extract.journeys import relation_of_unheld
from geoevents.extract.place_words import INTO, UPON, place_words, relation_at

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

# "Pirates on the Amazon": what is on these is there, and does nothing to them.
STOOD_ON = frozenset({"river", "lake", "sea", "strait", "gulf", "island", "islands", "peninsula"})
_SOMEWHERE_BETWEEN = frozenset({"violence", "hazard", "unrest", "force"})


def upon_or_on(reading: Reading, trigger: Trigger, link: Link) -> Link:
    """Return a mention with "on" told apart from "upon", which does something to a place.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        A trigger of it.
    link
        A mention of it.

    Returns
    -------
    Link
        What a war is waged against is upon; what stands on a river or an island is on.
    """
    if _is_fought_against(reading, trigger, link):
        return replace(link, relation=UPON)
    place = link.resolution.place
    stands = link.relation == UPON and place is not None and place.kind in STOOD_ON
    return replace(link, relation="on") if stands else link


def meant(reading: Reading, trigger: Trigger, link: Link) -> Link:
    """Return a mention with the relation that its word has beside an event.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        A trigger of it.
    link
        A mention of it.

    Returns
    -------
    Link
        A word for "into" is "to" where the event has a destination, and else "in"; between two
        towns is in, where no two parties are meant.
    """
    if trigger.family == "movement" and link.relation == "in":
        link = replace(link, relation=relation_of_unheld(reading, link) or "in")
    if link.relation == INTO:
        goes = frame_of(trigger).get("to") == "destination"
        return replace(link, relation="to" if goes else "in")
    if link.relation == "between" and trigger.family in _SOMEWHERE_BETWEEN:
        return replace(link, relation="in") if _is_stretch(reading, link) else link
    return link


def _is_fought_against(reading: Reading, trigger: Trigger, link: Link) -> bool:
    """Return whether "against" ends the words for a war: whom it is waged on, it is waged there."""
    if trigger.type != "violence.armed_clash" or trigger.end not in {link.first, link.head}:
        return False
    found = relation_at(reading, trigger.end - 1)
    return found is not None and found[1] in {"against", UPON}


def _is_stretch(reading: Reading, link: Link) -> bool:
    """Return whether "between" says where something lies: "the zone between X and Y"."""
    heads = place_words(reading.lang).heads
    before = link.head - 1
    named = before >= 0 and reading.words[before].folded in heads
    return link.resolution.mention.form == "between" or named
