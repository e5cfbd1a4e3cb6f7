"""What kinds of events are there, and what does each of them take part in?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCHEMES = ("cameo", "plover", "acled")
"""Codebooks of other event data that our types are compared with."""
GEOMETRIES = ("point", "route", "area", "none")


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
    style
        Key of its colours and sign on a map: a family's name, or that of a look of the user's.
    cameo, plover, acled
        Counterparts in the CAMEO, PLOVER and ACLED codebooks; empty where there is none.
    reasons
        Why there is none, by scheme.
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
    style: str
    cameo: str
    plover: str
    acled: str
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and sign of a style of the user's own.

    Attributes
    ----------
    label
        Words for it in the legend.
    like
        Key of the built-in style that gives what is empty here.
    light, dark
        CSS colours ``#rrggbb`` for the reader's two colour schemes.
    shape, glyph
        SVG path data on a 24 × 24 grid; the glyph is stroked on top of the shape.
    """

    label: str
    like: str
    light: str
    dark: str
    shape: str
    glyph: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a user's file changes in the event words of one language.

    Attributes
    ----------
    classes
        Words added to classes, or to new ones, by class.
    removed
        Tables of ``types``, ``verbs``, ``nouns`` and ``phrases`` of built-in triggers to leave out.
    triggers
        Rows as in the language's ``events.toml``.
    """

    classes: Mapping[str, Sequence[str]]
    removed: Sequence[Mapping[str, Any]]
    triggers: Sequence[Mapping[str, Any]]


# Compared by identity: the compiled word lists of each are kept.
@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """The kinds of events that are sought, and how they look.

    The built-in one is :func:`builtin`; :func:`geoevents.read_ontology` adds a user's file to it.
    It can be handed to another process.

    Attributes
    ----------
    types
        All event types by name.
    families
        What each family holds, by name.
    frames
        Role of a place by its relation to the trigger, by name of the frame.
    looks
        The user's own styles by key.
    words
        The user's own words by language.
    """

    types: Mapping[str, EventType]
    families: Mapping[str, str]
    frames: Mapping[str, Mapping[str, str]]
    looks: Mapping[str, Look] = field(default_factory=dict)
    words: Mapping[str, OwnWords] = field(default_factory=dict)

    def styles(self) -> dict[str, str]:
        """Return the style key of each type that is not drawn in its family's style."""
        return {name: one.style for name, one in self.types.items() if one.style != one.family}


@cache
def builtin() -> Ontology:
    """Return the ontology of ``data/ontology/events.toml``.

    Examples
    --------
    >>> builtin().types["movement.flight"].style
    'movement'
    """
    data = load_toml("ontology", "events.toml")
    frames = data["frames"]
    return Ontology(
        types={
            name: make_type(name, row, frames=frames, reasons=data["reasons"])
            for name, row in data["types"].items()
        },
        families=data["families"],
        frames=frames,
    )


def make_type(
    name: str,
    row: Mapping[str, Any],
    *,
    frames: Mapping[str, Mapping[str, str]],
    reasons: Mapping[str, str],
) -> EventType:
    """Make an event type of its row in a file.

    Parameters
    ----------
    name
        ``family.type``.
    row
        Complete; a code is text, or ``{ none = "reason" }``.
    frames
        By name.
    reasons
        Why a scheme has no counterpart, by the reason's name.
    """
    codes = {scheme: row[scheme] for scheme in SCHEMES}
    missing = {scheme: code["none"] for scheme, code in codes.items() if not isinstance(code, str)}
    return EventType(
        name=name,
        label=row["label"],
        definition=row["definition"],
        geometry=row["geometry"],
        frame=frames[row["frame"]],
        participants=row["participants"],
        aspect=row["aspect"],
        place_of=row.get("place_of", ""),
        counted=row["counted"],
        style=row["style"],
        reasons={scheme: reasons.get(why, why) for scheme, why in missing.items()},
        **{scheme: code if isinstance(code, str) else "" for scheme, code in codes.items()},
    )


def event_types() -> Mapping[str, EventType]:
    """Return the built-in event types by name, in the order of the data file.

    Examples
    --------
    >>> event_types()["diplomacy.visit"].cameo
    '042'
    """
    return builtin().types


def families() -> Mapping[str, str]:
    """Return what each built-in family holds, by name."""
    return builtin().families


def frame(name: str) -> Mapping[str, str]:
    """Return a built-in frame: the role of a place by its relation to the trigger.

    Raises
    ------
    KeyError
        If the ontology has no such frame.

    Examples
    --------
    >>> frame("arrival")["from"]
    'origin'
    """
    return builtin().frames[name]
