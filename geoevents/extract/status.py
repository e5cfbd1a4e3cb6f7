"""Does the text vouch for an event: asserted, reported, assessed, planned or denied?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues, reaches, reason_of
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Span
    from geoevents.extract.cues import Signs
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

# The stronger sign wins: what did not happen was not merely reported either.
_STRENGTH = ("negated", "hypothetical", "assessed", "reported")
_BACKGROUND_REACH = 3  # words between "amid" and the event
_PRESUPPOSED_REACH = 2  # words between "stop" and what is to be stopped
_CAUSING_REACH = 4  # words of "caused a crane" before "to fall"
_REALISED_REACH = 4  # words from "began" to an infinitive that is a form of its own
_QUOTE_WORDS = 4  # a shorter quotation only marks a term


def dates_a_saying(reading: Reading, i: int) -> bool:
    """Return whether the words at ``i`` follow a verb of saying: "police said on Tuesday"."""
    return i > 0 and reading.words[i - 1].folded in load_cues(reading.lang).sayings


def dates_another(
    reading: Reading,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    told: Sequence[Trigger],
    covered: range,
) -> bool:
    """Return whether a date behind an event is of something else: "arrested before the vote on".

    Parameters
    ----------
    reading, trigger
        The sentence, and the event's trigger.
    triggers
        Triggers of its events: what "who" introduces has its own date.
    told
        All its triggers, also those that only repeat an event.
    covered
        Indices of the date's words.
    """
    cues, words = load_cues(reading.lang), reading.words
    # A comma closes what "who" or "before" opened.
    clause = words[covered[0]].clause
    behind = [i for i in range(trigger.end, covered[0]) if words[i].clause == clause]

    def is_told(at: int, events: Sequence[Trigger]) -> bool:
        return any(at < other.start < covered[0] for other in events)

    if any(words[i].folded in cues.apart and not is_told(i, told) for i in behind):
        return True
    # "The storm that hit X on Monday": what stands right behind the event describes it.
    relative = [i for i in behind if i > trigger.end and words[i].folded in cues.relative]
    return any(not is_told(i, told) or is_told(i, triggers) for i in relative)


def is_background(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a word such as "amid" sets the event apart from the main clause."""
    return _follows(reading, trigger, load_cues(reading.lang).background, _BACKGROUND_REACH)


def _follows(
    reading: Reading, trigger: Trigger, runs: Sequence[tuple[str, ...]], reach: int
) -> bool:
    """Return whether one of the runs of words stands at most ``reach`` words before a trigger."""
    starts = range(max(0, trigger.start - reach), trigger.start)
    return any(
        reading.starts_with(i, run) and i + len(run) <= trigger.start
        for run in runs
        for i in starts
    )


def find_status(reading: Reading, trigger: Trigger, signs: Signs) -> tuple[str, Why]:
    """Return how the text vouches for an event, and what says so.

    Parameters
    ----------
    reading, trigger, signs
        The sentence, the event's trigger, and the cues of the sentence.

    Returns
    -------
    status
        One of :data:`geoevents.event.STATUSES`; ``asserted`` without a sign.
    why
        Its signs, then the weaker ones that it outweighs.
    """
    background = is_background(reading, trigger)
    found = {
        (hit.cue.meaning, hit.start): reason_of(reading, "status.cue", hit)
        for hit in signs.hits
        if hit.cue.meaning in _STRENGTH and reaches(hit, trigger, signs, background=background)
    }
    if _follows(reading, trigger, load_cues(reading.lang).presupposed, _PRESUPPOSED_REACH):
        found = {key: reason for key, reason in found.items() if key[0] != "hypothetical"}
    if "future" in trigger.tags:
        found["hypothetical", trigger.start] = Reason("status.future", trigger.span)
    elif _is_infinitive(reading, trigger):
        before = reading.offsets(max(trigger.start - 1, 0), max(trigger.start, 1))
        found["hypothetical", trigger.start] = Reason("status.infinitive", before)
    quote = _quote(reading, trigger)
    if quote is not None:
        found["reported", trigger.start] = Reason("status.quoted", quote)
    if not found:
        return "asserted", (Reason("status.none", reading.span),)
    strongest = sorted(found, key=lambda key: (_STRENGTH.index(key[0]), key[1]))
    return strongest[0][0], tuple(found[key] for key in strongest)


def _is_infinitive(reading: Reading, trigger: Trigger) -> bool:
    cues = load_cues(reading.lang)
    i = trigger.start - 1
    if "inf" in trigger.tags:  # its form says it; a subject may stand between it and "began"
        before = range(max(0, trigger.start - _REALISED_REACH), trigger.start)
        return not any(cues.realised & reading.forms(j, "verb") for j in before)
    if trigger.kind != "verb" or "base" not in trigger.tags or i < 0:
        return False
    if reading.words[i].folded not in cues.infinitive:
        return False
    before = range(max(0, i - _CAUSING_REACH), i)
    if any(reading.words[j].folded in cues.causing for j in before):
        return False
    return i == 0 or reading.words[i - 1].folded not in cues.realised


def _quote(reading: Reading, trigger: Trigger) -> Span | None:
    """Return the quotation that tells of an event, or None."""
    quotes = (quote for quote in reading.quotes if quote.holds(trigger.span))
    return next((quote for quote in quotes if len(reading.covered(quote)) > _QUOTE_WORDS), None)
