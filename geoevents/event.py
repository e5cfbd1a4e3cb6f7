"""What happened: an event with its time, participants and places, and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Resolution, Span
    from geoevents.article import Article
    from geoevents.event_group import EventGroup
    from geoevents.reason import Why

STATUSES = ("asserted", "reported", "assessed", "hypothetical", "negated")
ASPECTS = ("single", "ongoing", "habitual", "historical")
PLACE_ROLES = ("location", "origin", "destination", "context")
METHODS = ("rules", "language_model", "both")
PRECISIONS = ("day", "month", "year", "decade", "open")


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event happened.

    Attributes
    ----------
    text
        The words, or None when the date follows from another sentence.
    start, end
        ISO dates cut at the stated precision ("2016", "2020-09", "2020-09-29"), or None where
        the words give none or a relative date has no publication date to start from.
    precision
        One of :data:`PRECISIONS`, or None when unresolved.
    span
        Offsets of ``text``, or None.
    why
        Which rule gave the date, and why the event has it.
    """

    text: str | None = None
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    span: Span | None = None
    why: Why = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in an event, as what.

    Attributes
    ----------
    role
        actor, target, carrier, supplier, recipient, requester ...
    text
        The words.
    span
        Their offsets, or None when they stand for something said elsewhere.
    country
        ISO 3166-1 alpha-2 code, or None.
    why
        What gave the role.
    """

    role: str
    text: str
    span: Span | None = None
    country: str | None = None
    why: Why = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place of an event: its role, the resolved mention that states it, and why it has it."""

    role: str
    resolution: Resolution
    why: Why = field(default=(), compare=False, repr=False)

    @property
    def key(self) -> str:
        """What tells the place from others: its id, or its name where no gazetteer holds it."""
        place = self.resolution.place
        return place.id if place is not None else f"?{self.resolution.mention.text}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money with its ISO 4217 currency, None when the words name none."""

    amount: float
    currency: str | None


@dataclass(frozen=True, slots=True)
class Casualties:
    """People killed, wounded, missing or displaced; ``count`` is None for "dozens"."""

    kind: str
    count: int | None
    text: str
    why: Why = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """An event that a text tells.

    Attributes
    ----------
    id
        Unique in a run: the article's id and a number.
    type
        ``family.type`` of the ontology.
    status, aspect
        One of :data:`STATUSES` and of :data:`ASPECTS`.
    trigger, sentence
        The words that name the event, and their sentence.
    time
        When, or None.
    participants
        Who.
    places
        Places the text states.
    inferred_places
        Places carried over from elsewhere in the text; never among ``places``.
    count
        Stated number of craft, vehicles, weapons, strikes or arrests, or None.
    money, casualties
        As stated.
    confidence
        Probability that the event is right, 0 to 1.
    method
        Who found it, one of :data:`METHODS`; None for events from elsewhere.
    group
        Who else reports it, as :func:`geoevents.group_documents` finds; None before that.
    why
        By "type", "status", "aspect", "count", "money" and "confidence": what decided it.
    """

    id: str
    type: str
    status: str
    aspect: str
    trigger: Span
    sentence: Span
    time: EventTime | None = None
    participants: tuple[Participant, ...] = ()
    places: tuple[EventPlace, ...] = ()
    inferred_places: tuple[EventPlace, ...] = ()
    count: int | None = None
    money: Money | None = None
    casualties: tuple[Casualties, ...] = ()
    confidence: float = 0.0
    method: str | None = "rules"
    group: EventGroup | None = None
    why: Mapping[str, Why] = field(default_factory=dict, compare=False, repr=False)

    @property
    def family(self) -> str:
        """The part of the type before the dot."""
        return self.type.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """An article with everything found in it.

    Attributes
    ----------
    article
        The article, with its language filled in.
    places
        Resolved mentions, in text order: names, demonyms, associative and described places.
    events
        Events, in text order.
    """

    article: Article
    places: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
