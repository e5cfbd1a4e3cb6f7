"""Which verb says that an event took place: who "launched" an attack, the blast "occurred"?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.place_words import place_words
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger
    from geoevents.reason import Why

_REACH = 6  # words between the verb and the noun that names the event


def support_of(reading: Reading, trigger: Trigger) -> Why:
    """Return the verb of doing before, or of happening behind, a noun that names an event.

    Parameters
    ----------
    reading
        The sentence.
    trigger
        A trigger of it.

    Returns
    -------
    tuple of Reason
        The nearest such verb of the noun's clause, or none. Where verbs come last, or first, a
        verb of either kind may stand on either side.
    """
    if trigger.kind != "noun":
        return ()
    words = place_words(reading.lang)
    free = bool(reading.lexicon.morphology.article) or reading.lexicon.morphology.verb_last
    before = range(trigger.start - 1, max(-1, trigger.start - _REACH - 2), -1)
    behind = range(trigger.end, min(len(reading.words), trigger.end + _REACH + 1))
    both = words.doing | words.happening
    found = (
        *_verbs(reading, trigger, before, both if free else words.doing),
        *_verbs(reading, trigger, behind, both if free else words.happening),
    )
    at = min(found, key=lambda i: abs(i - trigger.start), default=None)
    return () if at is None else (Reason("type.support", reading.offsets(at, at + 1)),)


def _verbs(
    reading: Reading, trigger: Trigger, indices: Iterable[int], forms: frozenset[str]
) -> Iterable[int]:
    clause = reading.words[trigger.start].clause
    for i in indices:
        if reading.words[i].clause == clause and not forms.isdisjoint(reading.forms(i, "verb")):
            yield i
            return
