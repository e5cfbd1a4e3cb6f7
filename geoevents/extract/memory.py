"""What have the sentences before told that this one takes for granted?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geoevents.event import EventTime
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.event import Event, EventPlace
    from geoevents.extract.triggers import Trigger

_CARRIED_FAMILIES = frozenset({"violence", "hazard"})
_UNCARRIED_STATUSES = frozenset({"hypothetical", "negated"})
_TIME_REACH = 1  # sentences over which the day of an event is carried
_REFERRING_REACH = 2  # sentences over which "the city" is the one told of
_HAZARD_REACH = 2  # sentences after a disaster in which the dead are taken for its own
_CASE_REACH = 2  # sentences over which "the bombing" is the air strike told of
_AFTER_REACH = 5  # sentences over which "the cases" are those of the disease told of
_LONG_AGO = 1 << 30  # sentences; more than any text has
_COUNTRIES = 12  # countries remembered; "the two sides" are among the last


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered from one sentence to the next.

    Attributes
    ----------
    countries
        ISO 3166-1 alpha-2 codes of the countries named, the last one last.
    day
        ISO day named last, whether or not of an event, for "the same day".
    dated, dated_in
        The last event with a day, and the number of its sentence.
    located, located_in
        The last event with a location, and the number of its sentence.
    hazard, hazard_in
        Type of the last disaster, and the number of its sentence.
    types
        The number of the last sentence that told an event of each type.
    """

    countries: tuple[str, ...] = ()
    day: str | None = None
    dated: Event | None = None
    dated_in: int = -1
    located: Event | None = None
    located_in: int = -1
    hazard: str = ""
    hazard_in: int = -1
    types: Mapping[str, int] = field(default_factory=dict)

    def naming(self, countries: Sequence[str]) -> Memory:
        """Return the memory after a sentence that named countries."""
        if not countries:
            return self
        return replace(self, countries=(*self.countries, *countries)[-_COUNTRIES:])

    def dating(self, times: Sequence[EventTime]) -> Memory:
        """Return the memory after a sentence that named times."""
        days = [t.start for t in times if t.precision == "day" and t.start and t.end is None]
        return replace(self, day=days[-1]) if days else self

    def telling(self, events: Sequence[Event], sentence: int) -> Memory:
        """Return the memory after a sentence that told events."""
        if not events:
            return self
        memory = replace(self, types={**self.types, **{e.type: sentence for e in events}})
        for event in events:
            if event.time is not None and event.time.start and event.time.precision == "day":
                memory = replace(memory, dated=event, dated_in=sentence)
            if any(place.role == "location" for place in event.places):
                memory = replace(memory, located=event, located_in=sentence)
            if event.family == "hazard":
                memory = replace(memory, hazard=event.type, hazard_in=sentence)
        return memory

    def retold(self, triggers: Sequence[Trigger], sentence: int) -> list[Trigger]:
        """Tell what words mean after what was told before.

        The dead of a sentence after a disaster are the disaster's, not an attack's, and "the
        bombing" after an air strike is one by air. What speaks of cases only means sick people
        where a disease was told of.
        """
        triggers = [
            self._decided(trigger, sentence)
            for trigger in triggers
            if not trigger.entry.after or self._ago(trigger.entry.after, sentence) <= _AFTER_REACH
        ]
        if not self.hazard or sentence - self.hazard_in > _HAZARD_REACH:
            return triggers
        why = Reason("type.after_hazard", values={"sentences": sentence - self.hazard_in})
        return [
            replace(t, type=self.hazard, why=(*t.why, why)) if t.entry.weak else t for t in triggers
        ]

    def _decided(self, trigger: Trigger, sentence: int) -> Trigger:
        """Give a known event whose type no word of its sentence decides the type told before."""
        cases = {kind for _, kind in trigger.entry.cases if kind != trigger.type}
        if "def" not in trigger.tags or any(why.rule == "type.case" for why in trigger.why):
            return trigger
        told = [kind for kind in cases if self._ago(kind, sentence) <= _CASE_REACH]
        if len(told) != 1 or self._ago(trigger.type, sentence) <= _CASE_REACH:
            return trigger
        why = Reason("type.told_before", values={"sentences": self._ago(told[0], sentence)})
        return replace(trigger, type=told[0], why=(*trigger.why, why))

    def _ago(self, kind: str, sentence: int) -> int:
        """Return how many sentences before an event of a type was told last; many for never."""
        return sentence - self.types[kind] if kind in self.types else _LONG_AGO

    def carried_time(self, event: Event, sentence: int) -> EventTime | None:
        """Return an event's time, or the day of the same kind of harm told just before."""
        last = self.dated.time if self.dated is not None else None
        if event.time is not None or last is None or self.dated is None:
            return event.time
        same = event.type == self.dated.type and event.family in _CARRIED_FAMILIES
        near = sentence - self.dated_in <= _TIME_REACH
        if not (same and near) or event.status in _UNCARRIED_STATUSES:
            return None
        why = Reason("time.carried", self.dated.trigger)
        return EventTime(None, last.start, last.end, last.precision, None, (why,))

    def inferred_places(
        self, event: Event, trigger: Trigger, sentence: int, *, refers: bool = False
    ) -> tuple[EventPlace, ...]:
        """Return where "the attack" was, or what "the city" means: the location told just before.

        Only for an event that the text speaks of as known, with the location of one of its type,
        or that it puts in a place named before (``refers``), and that has no place of its own.
        """
        told = self.located
        if told is None or event.places or event.family not in _CARRIED_FAMILIES:
            return ()
        known = "def" in trigger.tags and event.type == told.type
        reach = _REFERRING_REACH if refers else _TIME_REACH
        if not (known or refers) or sentence - self.located_in > reach:
            return ()
        why = (Reason("place.referred" if refers else "place.carried", told.trigger),)
        return tuple(
            replace(place, resolution=replace(place.resolution, geometry_basis="inferred"), why=why)
            for place in told.places
            if place.role == "location"
        )
