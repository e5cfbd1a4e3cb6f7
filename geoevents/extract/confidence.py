"""How probable is it that an event was read rightly?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from geoevents.event import Event
    from geoevents.extract.triggers import Trigger

# Odds are raised by each thing that a sound event has; mentions with none are often figurative.
_ODDS_WITH = {"places": 1.6, "time": 1.5, "participants": 1.4, "casualties": 1.6, "count": 1.1}
_ODDS_WITHOUT_ANY = 0.6
_LOWEST, _HIGHEST = 0.05, 0.98


def confidence(event: Event, trigger: Trigger) -> tuple[float, Why]:
    """Return the probability that an event of this type is told here, and what made it so.

    The weight of the trigger's row in the lexicon, taken as odds, is raised by each of place,
    time, participants, casualties and count that the event has, and lowered when it has none.

    Parameters
    ----------
    event
        The event, all but its confidence filled in.
    trigger
        The trigger that told it.

    Returns
    -------
    probability
        Between 0.05 and 0.98.
    why
        The weight, and by how much each thing raised the odds.
    """
    odds = trigger.entry.weight / (1 - trigger.entry.weight)
    why = [Reason("confidence.weight", trigger.span, {"weight": trigger.entry.weight})]
    had = {name: factor for name, factor in _ODDS_WITH.items() if getattr(event, name)}
    for name, factor in had.items():
        odds *= factor
        why.append(Reason("confidence.has", values={"what": name, "factor": factor}))
    if not had:
        odds *= _ODDS_WITHOUT_ANY
        why.append(Reason("confidence.bare", values={"factor": _ODDS_WITHOUT_ANY}))
    return round(min(max(odds / (1 + odds), _LOWEST), _HIGHEST), 3), tuple(why)
