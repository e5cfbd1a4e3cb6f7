"""Does an event happen once, go on, recur or lie in the past?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import NARROW, load_cues, reaches, reason_of
from geoevents.extract.status import find_status
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from geoevents.event import EventTime
    from geoevents.extract.cues import Signs
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_ASPECTS = ("habitual", "ongoing", "historical")
_LOCATING = frozenset({"calendar_unit"})  # "this week" lasts until now, and says only when
_UNDATED_FAMILIES = frozenset({"statement", "diplomacy.relations", "diplomacy.alignment"})
_DURATIVE = frozenset({"violence", "unrest", "hazard", "diplomacy", "force", "transfer"})
_PERIODS = frozenset({"month", "year", "decade"})
_LONG_PAST_MONTHS = 6  # months before publication from which an event is history


def find_aspect(
    reading: Reading,
    trigger: Trigger,
    signs: Signs,
    *,
    time: EventTime | None,
    published: date | None,
) -> tuple[str, Why]:
    """Return whether an event is single, ongoing, habitual or historical, and what says so."""
    found = {
        hit.cue.meaning: reason_of(reading, "aspect.cue", hit)
        for hit in reversed(signs.hits)
        if hit.cue.meaning in _ASPECTS and reaches(hit, trigger, signs, background=False)
    }
    span = time.span if time is not None else None
    if _is_long_past(time, published) and _UNDATED_FAMILIES.isdisjoint(
        {trigger.type, trigger.family}
    ):
        found["historical"] = Reason("aspect.long_past", span, {"months": _LONG_PAST_MONTHS})
    if _is_period(time) and "present" in trigger.tags and "future" not in trigger.tags:
        found["habitual"] = Reason("aspect.period", span)
    before = reading.words[trigger.start - 1].folded if trigger.start else ""
    if "ing" in trigger.tags and before in load_cues(reading.lang).progressive:
        words = reading.offsets(trigger.start - 1, trigger.end)
        found["ongoing"] = Reason("aspect.progressive", words)
    elif _is_present(reading, trigger, signs):
        found["ongoing"] = Reason("aspect.progressive", trigger.span)
    if _runs_until(time, published):
        found["ongoing"] = Reason("aspect.until_publication", span)
    default = trigger.entry.aspect or trigger.event_type.aspect
    planned = default == "ongoing" and find_status(reading, trigger, signs)[0] == "hypothetical"
    if planned:  # what is only planned does not go on yet
        default = "single"
    order = _first(found, default)
    usual = "aspect.of_row" if trigger.entry.aspect else "aspect.of_type"
    why = tuple(found[aspect] for aspect in order) or (Reason(usual, values={"aspect": default}),)
    return (order[0] if order else default), why


def _is_present(reading: Reading, trigger: Trigger, signs: Signs) -> bool:
    """Return whether a present tense says that people are at it now; in a headline it does not."""
    cues = load_cues(reading.lang)
    fits = "present" in trigger.tags and "future" not in trigger.tags and trigger.kind == "verb"
    if (
        not (cues.present_is_now and fits)
        or trigger.family not in _DURATIVE
        or not reading.span.start
    ):
        return False
    before = reading.words[trigger.start - 1].folded if trigger.start else ""
    return before not in cues.complement and find_status(reading, trigger, signs)[0] not in NARROW


def _runs_until(time: EventTime | None, published: date | None) -> bool:
    """Return whether the event's time is a period that ends with the day of publication."""
    return (
        published is not None
        and time is not None
        and time.end is not None
        and time.end == published.isoformat()
        and not any(reason.values.get("operation") in _LOCATING for reason in time.why)
    )


def _is_period(time: EventTime | None) -> bool:
    return time is not None and time.end is not None and time.precision in _PERIODS


def _first(found: Collection[str], default: str) -> Sequence[str]:
    """Return the aspects found, the decisive one first."""
    order = ("historical", "habitual", "ongoing") if default == "single" else (
        "habitual", "historical", "ongoing"
    )  # fmt: skip
    return [aspect for aspect in order if aspect in found]


def _is_long_past(time: EventTime | None, published: date | None) -> bool:
    """Return whether an event ended in an earlier year, and half a year ago or more."""
    if time is None or published is None or time.start is None:
        return False
    year, _, rest = (time.end or time.start).partition("-")
    if not year.isdigit():
        return False
    years = published.year - int(year)
    months = years * 12 + (published.month - int(rest[:2]) if rest else 0)
    return years >= 1 and months >= _LONG_PAST_MONTHS
