"""Does the text vouch for an event: asserted, reported, assessed, planned or denied?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues, reaches, reason_of
from geoevents.extract.place_words import place_words, relation_at
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
_CLOSING_REACH = 4  # words from a noun to the verb of doing that closes its clause
# What the form of a verb says of its event.
_TOLD_BY_FORM = {
    "future": ("hypothetical", "status.future"),
    "neg": ("negated", "status.negative"),
    "evid": ("reported", "status.evidential"),
}
_REALISED_REACH = 4  # words from "began" to an infinitive that is a form of its own
_ENDING_REACH = 3  # words between an event and the date that ends its clause
_RELATIVE_REACH = 4  # words between "who" and the event of its clause
_QUOTE_WORDS = 4  # a shorter quotation only marks a term
_COLON = ":"
_STATEMENT = "statement"


def dates_a_saying(reading: Reading, covered: range) -> bool:
    """Return whether words stand beside a verb of saying: "police said on Tuesday".

    Where the verb comes last they stand before it.
    """
    morphology = reading.lexicon.morphology
    behind = morphology.verb_last and not morphology.postpositions
    i = covered[-1] + 1 if behind else covered[0] - 1
    sayings, dateline = load_cues(reading.lang).sayings, reading.dateline
    if not 0 <= i < len(reading.words) or reading.words[i].folded not in sayings:
        return False
    return dateline is None or reading.words[i].token.start >= dateline.end  # "GENEVA (AFP) –"


def is_before_that(reading: Reading, trigger: Trigger, covered: range) -> bool:
    """Return whether a date stands right before "that", behind which the event is told.

    Parameters
    ----------
    reading, trigger
        The sentence, and the event's trigger.
    covered
        Indices of the date's words.

    Returns
    -------
    bool
        True for "wrote in January that planes had landed".
    """
    cues, i = load_cues(reading.lang), covered[-1] + 1
    if not covered[0] or i >= trigger.start or relation_at(reading, i) is not None:
        return False
    return reading.words[i].folded in cues.complement - cues.relative


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
    if covered[0] < trigger.start:
        return _is_told_within(reading, triggers, covered)

    def is_told(at: int, events: Sequence[Trigger]) -> bool:
        return any(at < other.start < covered[0] for other in events)

    if any(words[i].folded in cues.apart and not is_told(i, told) for i in behind):
        return True
    # "The storm that hit X on Monday": what stands right behind the event describes it.
    relative = [i for i in behind if i > trigger.end and words[i].folded in cues.relative]
    return any(not is_told(i, told) or is_told(i, triggers) for i in relative)


def _is_told_within(reading: Reading, triggers: Sequence[Trigger], covered: range) -> bool:
    """Return whether a date ends a clause with an event of its own: "who signed a pact in May"."""
    words, relative = reading.words, load_cues(reading.lang).relative
    inner = (t for t in triggers if 0 <= covered[0] - t.end <= _ENDING_REACH)
    return any(
        words[i].folded in relative and words[i].clause == words[covered[0]].clause
        for trigger in inner
        for i in range(max(0, trigger.start - _RELATIVE_REACH), trigger.start)
    )


def is_background(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a word such as "amid" sets the event apart from the main clause."""
    return _follows(reading, trigger, load_cues(reading.lang).background, _BACKGROUND_REACH)


def _follows(
    reading: Reading, trigger: Trigger, runs: Sequence[tuple[str, ...]], reach: int
) -> bool:
    """Return whether one of the runs of words stands at most ``reach`` words before a trigger."""
    for i in range(max(0, trigger.start - reach), trigger.start):
        word, forms = reading.words[i].folded, reading.forms(i, "word")
        for run in runs:
            opens = run[0] == word or run[0] in forms
            if opens and i + len(run) <= trigger.start and reading.starts_with(i, run):
                return True
    return False


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
        if hit.cue.meaning != "negated" or not _is_quoted_behind(reading, trigger, hit.end)
    }
    if _follows(reading, trigger, load_cues(reading.lang).presupposed, _PRESUPPOSED_REACH):
        found = {key: reason for key, reason in found.items() if key[0] != "hypothetical"}
    told = _tags(reading, trigger)
    for tag, (status, rule) in _TOLD_BY_FORM.items():
        if tag in told:
            found[status, trigger.start] = Reason(rule, trigger.span)
    if "future" not in told and _is_infinitive(reading, trigger):
        before = reading.offsets(max(trigger.start - 1, 0), max(trigger.start, 1))
        found["hypothetical", trigger.start] = Reason("status.infinitive", before)
    quote = _quote(reading, trigger)
    if quote is not None:
        found["reported", trigger.start] = Reason("status.quoted", quote)
    if trigger.family == _STATEMENT:  # who makes it vouches for it
        found = {key: reason for key, reason in found.items() if key[0] != "reported"}
    if not found:
        return "asserted", (Reason("status.none", reading.span),)
    strongest = sorted(found, key=lambda key: (_STRENGTH.index(key[0]), key[1]))
    return strongest[0][0], tuple(found[key] for key in strongest)


def _tags(reading: Reading, trigger: Trigger) -> frozenset[str]:
    """Return the tags of a trigger, with those of the verb that closes what a noun begins."""
    doing = place_words(reading.lang).doing
    if trigger.kind == "verb" or not reading.lexicon.morphology.verb_last:
        return trigger.tags
    clause = reading.words[trigger.start].clause
    for word in reading.words[trigger.end : trigger.end + _CLOSING_REACH]:
        for analysis in reading.lexicon.morphology.analyses(word.folded):
            if word.clause == clause and analysis.form in doing and "verb" in analysis.kinds:
                said = place_words(reading.lang).doing_tags[analysis.form]
                return trigger.tags | frozenset(f"{said} {analysis.tags}".split())
    return trigger.tags


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


def _is_quoted_behind(reading: Reading, trigger: Trigger, end: int) -> bool:
    """Return whether a colon and a quotation mark part a trigger from the words up to ``end``.

    Who denies something in his own words then says what is so: "X denies this: "We hold Y"".
    """
    return any(
        quote.holds(trigger.span)
        and reading.words[end - 1].token.end <= quote.start
        and reading.text[reading.span.start : quote.start].rstrip().endswith(_COLON)
        for quote in reading.quotes
    )


def _quote(reading: Reading, trigger: Trigger) -> Span | None:
    """Return the quotation that tells of an event, or None."""
    quotes = (quote for quote in reading.quotes if quote.holds(trigger.span))
    return next((quote for quote in quotes if len(reading.covered(quote)) > _QUOTE_WORDS), None)
