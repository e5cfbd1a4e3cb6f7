"""Who does what "and" or "where he" joins to what somebody did before in the same sentence?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoevents.event import Participant
from geoevents.extract.leads import verb_leads
from geoevents.extract.place_words import BARE, place_words
from geoevents.extract.reading import ORGANISATION, PLACE
from geoevents.extract.sources import same_subjects
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.event import Event
    from geoevents.extract.participants import Candidate
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

    Told = tuple[Trigger, Event]

_REACH = 3  # words such as "he has" between "and" and its verb
_REACH_LAST = 6  # ... and of the verb's object, where the verb comes last
_SUBJECTS = frozenset({"subject", "person"})
_DOERS = frozenset(
    {PLACE, ORGANISATION, "people", "official", "troops", "authority", "diplomat", "crowd"}
    | {"aircraft", "ship", "vehicle", "demonstrators"}
)


def share_subjects(
    reading: Reading, told: Sequence[Told], candidates: Sequence[Candidate]
) -> list[Told]:
    """Give an event without a subject the one of the event that "and" or "where" joins it to.

    A place of the event before is not who did what comes next: "he visited X and signed a deal".

    Parameters
    ----------
    reading
        The sentence.
    told
        Its events in order, with their triggers.
    candidates
        Everybody the sentence names.

    Returns
    -------
    list of (Trigger, Event)
        The same events, in order.
    """
    ordered = sorted(told, key=lambda pair: pair[0].start)
    known: dict[str, Event] = {}
    shared: list[Told] = []
    for trigger, event in ordered:
        before = shared[-1] if shared else None
        own = event
        if before is not None and _is_joined(reading, before, trigger, candidates):
            own = _with_subject(trigger, event, before[1])
        shared.append((trigger, own))
        known[str(event.trigger)] = own
    return [(trigger, known[str(event.trigger)]) for trigger, event in told]


def _is_joined(
    reading: Reading, before: Told, trigger: Trigger, candidates: Sequence[Candidate]
) -> bool:
    """Return whether a verb has the subject of the verb before: nobody else stands between."""
    first, event = before
    if trigger.kind != "verb" or first.kind != "verb" or trigger.start < first.end:
        return False
    joint = _joint(reading, trigger, first.end, candidates)
    if joint is None:
        return False
    taken = [p.resolution.span for p in event.places]
    taken += [p.span for p in event.participants if p.span is not None]
    return all(
        any(c.span.overlaps(span) for span in taken)
        for c in candidates
        if first.end <= c.first and c.last < trigger.start and c.relation == BARE
    )


def _joint(
    reading: Reading, trigger: Trigger, floor: int, candidates: Sequence[Candidate]
) -> int | None:
    """Return where the word stands, or is glued, that joins a verb to the one before, or None."""
    words, lang = reading.words, place_words(reading.lang)
    morphology = reading.lexicon.morphology
    analyses = morphology.analyses(words[trigger.start].folded)
    if any(a.clitic in morphology.conjunction for a in analyses[1:]):
        return trigger.start
    last = morphology.verb_last
    small = verb_leads(reading.lang) | same_subjects(reading.lang) | lang.passive
    reach = _REACH_LAST if last else _REACH
    linked = {
        i for c in candidates if c.relation != BARE for i in range(c.first, c.last + 1) if last
    }
    for i in range(trigger.start - 1, max(floor, trigger.start - 1 - reach) - 1, -1):
        if words[i].folded in lang.joiners or words[i].folded in lang.where:
            return i
        doer = i not in linked and not words[i].classes.isdisjoint(_DOERS)
        if doer or not (last or words[i].folded in small):
            return None
    return None


def _with_subject(trigger: Trigger, event: Event, before: Event) -> Event:
    """Return an event with the subject of the one before, if it has none but a place of that."""
    places = [p.resolution.span for p in before.places if p.role != "context"]
    kept = [
        p
        for p in event.participants
        if not (_is_subject(p) and p.span is not None and any(p.span.overlaps(s) for s in places))
    ]
    role = {**trigger.event_type.participants, **trigger.entry.roles}.get("subject")
    subjects = [p for p in before.participants if _is_subject(p)]
    if role is None or not subjects or any(_is_subject(p) for p in kept):
        return event
    why = Reason("who.shared", before.trigger, {"part": "subject"})
    own = {p.span for p in kept}
    given = [
        Participant(role, p.text, p.span, p.country, (*p.why, why))
        for p in subjects
        if p.span not in own
    ]
    return replace(event, participants=(*given, *kept))


def _is_subject(participant: Participant) -> bool:
    return participant.why[-1].values.get("part") in _SUBJECTS
