"""What kinds of events are there, and what does each of them take part in?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from gazetteer.data import load_toml

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event.

    Attributes
    ----------
    name
        ``family.type``.
    label
        Words for it on a map, in English.
    definition
        One sentence.
    geometry
        What it is drawn as by default: point, route, area or none.
    frame
        Role of a place by its relation to the trigger ("in" → "location").
    participants
        Role of a participant by its part in the clause ("subject" → "supplier").
    aspect
        Aspect when the text gives no sign of another.
    place_of
        Family of the event whose destination is this one's place when the sentence gives it no
        other; empty for most.
    counted
        Whether one mention of it is a count of one.
    cameo, plover, acled
        Counterparts in the CAMEO, PLOVER and ACLED codebooks; empty where there is none.
    """

    name: str
    label: str
    definition: str
    geometry: str
    frame: Mapping[str, str]
    participants: Mapping[str, str]
    aspect: str
    place_of: str
    counted: bool
    cameo: str
    plover: str
    acled: str

    @property
    def family(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]


@cache
def event_types() -> Mapping[str, EventType]:
    """Return all event types by name, in the order of the data file.

    Examples
    --------
    >>> event_types()["diplomacy.visit"].cameo
    '042'
    """
    data = load_toml("ontology", "events.toml")
    return MappingProxyType(
        {
            name: EventType(
                name=name,
                label=row["label"],
                definition=row["definition"],
                geometry=row["geometry"],
                frame=frame(row["frame"]),
                participants=MappingProxyType(dict(row["participants"])),
                aspect=row["aspect"],
                place_of=row.get("place_of", ""),
                counted=row["counted"],
                cameo=row["cameo"],
                plover=row["plover"],
                acled=row["acled"],
            )
            for name, row in data["types"].items()
        }
    )


@cache
def families() -> Mapping[str, str]:
    """Return what each family holds, by name."""
    return MappingProxyType(dict(load_toml("ontology", "events.toml")["families"]))


@cache
def frame(name: str) -> Mapping[str, str]:
    """Return a frame: the role of a place by its relation to the trigger.

    Raises
    ------
    KeyError
        If the ontology has no such frame.

    Examples
    --------
    >>> frame("arrival")["from"]
    'origin'
    """
    return MappingProxyType(dict(load_toml("ontology", "events.toml")["frames"][name]))
