"""When did an event happen, how many took part, what did it cost, and whom did it hurt?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from geoevents.extract.aircraft import find_models
from geoevents.extract.dates import find_times
from geoevents.extract.place_words import place_words
from geoevents.extract.quantities import Number, find_casualties, find_money, find_numbers
from geoevents.extract.status import dates_a_saying, dates_another, is_before_that
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from gazetteer import Span
    from geoevents.event import Casualties, EventTime, Money
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_PAID_FAMILIES = frozenset({"deal", "transfer", "coercion"})
_HARMFUL_FAMILIES = frozenset({"violence", "hazard", "unrest"})
_COST_CLAUSE = 2.0
_COST_TRIGGER = 3.0
_COST_BEFORE = 3.0  # of a date that stands before the event, and begins no clause
_CLAUSE_OPENING = 1  # words such as "on" between the beginning of a clause and its date
_OWN_DISTANCE = 7  # words within which such an event has a time of its own
_DAY = "2000-12-31"  # how long the ISO date of a day is
_WEIGHT = "weight"  # class of words such as "ton"
_TYPE_NAME = 2  # words in which a type's name follows what it is one of
_NO_WORD = "\ufffc"  # the sign for what is no text
_COUNT_DISTANCE = 6  # words between an event and the number that counts it
_COUNTED_BY_FAMILY = {
    "movement": frozenset({"aircraft", "ship", "vehicle", "troops"}),
    "transfer": frozenset({"aircraft", "ship", "vehicle", "arms_goods", "freight"}),
    "deal": frozenset({"arms_goods", "aircraft", "ship"}),
    "force": frozenset({"missile", "troops", "ship", "aircraft", "weapon"}),
    "coercion": frozenset({"people", "ship", "diplomat", "troops"}),
    "violence": frozenset({"shell", "explosive", "missile", "aircraft"}),
    "hazard": frozenset({"aircraft", "ship", "vehicle"}),
}
"""Classes of the lexicon whose number is an event's count; casualties never are."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a sentence says of times and numbers."""

    times: tuple[EventTime, ...]
    numbers: tuple[Number, ...]
    money: tuple[tuple[Money, Span], ...]
    casualties: tuple[tuple[Casualties, Span], ...]

    @property
    def elsewhere(self) -> tuple[Span, ...]:
        """Where numbers stand that count people hurt or money."""
        return (
            *(span for _, span in self.money),
            *(span for _, span in self.casualties),
            *(time.span for time in self.times if time.span is not None),
        )


def find_amounts(
    reading: Reading, families: Collection[str], *, published: date | None, anchor: str | None
) -> Amounts:
    """Return the times, numbers, money and casualties of a sentence.

    Parameters
    ----------
    reading
        The sentence.
    families
        Families of its events: money and casualties are sought only where they can have any.
    published
        Date of publication, or None.
    anchor
        ISO date of the event told before, for "the same day".
    """
    text, lang = reading.text, reading.lang
    start, end = reading.span.start, reading.span.end
    if reading.dateline is not None:  # its numbers count nothing, and its day is no event's
        start = min(reading.dateline.end, end)
    read_times = partial(
        find_times,
        lang=lang,
        published=published,
        start=start,
        end=end,
        anchor=anchor,
        names=[r.span for r in reading.mentions],
    )
    times = read_times(text)
    named = _named_after_days(reading, times)
    if named:
        times = read_times(_without(text, named))
    return Amounts(
        times=tuple(times),
        numbers=tuple(_counting(text, lang, start, end)),
        money=tuple(find_money(text, lang=lang, start=start, end=end))
        if not _PAID_FAMILIES.isdisjoint(families)
        else (),
        casualties=tuple(find_casualties(text, lang=lang, start=start, end=end))
        if not _HARMFUL_FAMILIES.isdisjoint(families)
        else (),
    )


def _named_after_days(reading: Reading, times: Sequence[EventTime]) -> list[Span]:
    """Return the names of places in which a day is told, as in "Friday Market"."""
    names = [
        r.span
        for r in reading.mentions
        if r.place and not r.mention.refs and r.mention.form == "name"
    ]
    days = [time.span for time in times if time.span is not None]
    return [name for name in names if any(name.start < day.start < name.end for day in days)]


def _without(text: str, spans: Sequence[Span]) -> str:
    """Return a text with signs in place of some of its words, as long as before."""
    for span in spans:
        text = f"{text[: span.start]}{_NO_WORD * (span.end - span.start)}{text[span.end :]}"
    return text


def _counting(text: str, lang: str, start: int, end: int) -> list[Number]:
    """Return the numbers that are no part of the name of a type, as in "Sukhoi 35"."""
    models = find_models(text, start, end)
    numbers = find_numbers(text, lang=lang, start=start, end=end)
    return [n for n in numbers if not any(model.overlaps(n.span) for model in models)]


def time_of(
    reading: Reading,
    trigger: Trigger,
    triggers: Sequence[Trigger],
    times: Sequence[EventTime],
    *,
    own_only: bool,
    told: Sequence[Trigger] = (),
) -> EventTime | None:
    """Return the time expression that belongs to an event, or None.

    What stands behind "before" or "who" is another matter's time, unless one of the words ``told``,
    which tell of the sentence's events, stands between them. With ``own_only``, for an event that
    is background or was not or not yet, the time of the main clause is not its own: only one close
    by is, to which no other event is closer.
    """
    options = []
    for time in times:
        if time.span is None:
            continue
        covered = reading.covered(time.span)
        if not covered:
            continue
        cost, distance = _cost(reading, trigger, triggers, covered)
        fronted = covered[-1] < min(t.start for t in triggers)
        nearest = _is_nearest(reading, trigger, triggers, covered)
        before_noun = trigger.kind == "noun" and covered[0] < trigger.start
        # Where verbs come last, all of a clause stands before what they do.
        before_noun = before_noun and not reading.lexicon.morphology.verb_last
        apart = before_noun and not _opens_clause(reading, covered[0])
        if own_only and (distance > _OWN_DISTANCE or not nearest or apart):
            continue
        if time.end is not None and not (fronted or nearest):
            continue
        if dates_a_saying(reading, covered):
            continue
        # What is told on a day mostly happened on it; of a month or a year that is not so.
        if len(time.start or _DAY) < len(_DAY) and is_before_that(reading, trigger, covered):
            continue
        if dates_another(reading, trigger, triggers, told, covered):
            continue
        rule = "time.only" if len(times) == 1 else "time.nearest"
        near = Reason(rule, trigger.span, {"words_apart": distance, "of": len(times)})
        own = replace(time, why=(*time.why, near))
        options.append((cost + 5.0 * (time.start is None), time.span.start, own))
    if not options:
        return None
    best = min(options, key=lambda option: option[:2])
    finer = (option for option in options if _is_finer(option[2], best[2]))
    return min(finer, key=lambda option: option[:2], default=best)[2]


def _is_finer(time: EventTime, other: EventTime) -> bool:
    """Return whether a time lies in another one and says more: "on 3 March", of "2016"."""
    known = time.start is not None and other.start is not None and time.end is None
    return (
        known
        and other.end is None
        and time.start != other.start
        and str(time.start).startswith(str(other.start))
    )


def _is_nearest(
    reading: Reading, trigger: Trigger, triggers: Sequence[Trigger], covered: range
) -> bool:
    """Return whether no other event stands nearer: a period is one event's only."""
    own = _cost(reading, trigger, triggers, covered)[0]
    return all(own <= _cost(reading, t, triggers, covered)[0] for t in triggers)


def _cost(
    reading: Reading, trigger: Trigger, triggers: Sequence[Trigger], covered: range
) -> tuple[float, int]:
    words = reading.words
    if covered[0] >= trigger.end:
        low, high = trigger.end - 1, covered[0]
    else:
        low, high = min(covered[-1], trigger.start), trigger.start
    between = sum(low < other.start < high for other in triggers if other is not trigger)
    clauses = words[high].clause - words[low].clause
    cost = (high - low) + _COST_CLAUSE * clauses + _COST_TRIGGER * between
    if covered[0] < trigger.start and not _opens_clause(reading, covered[0]):
        cost += _COST_BEFORE
    return cost, high - low


def _opens_clause(reading: Reading, i: int) -> bool:
    """Return whether a clause begins at a word, or right before it: ", on Monday"."""
    before = i - _CLAUSE_OPENING - 1
    return before < 0 or reading.words[before].clause != reading.words[i].clause


def count_of(reading: Reading, trigger: Trigger, amounts: Amounts) -> tuple[int | None, Why]:
    """Return the stated number of craft, weapons, strikes or people held, or None, and its words.

    A mention in the singular of an event that is counted by mentions ("a raid") counts as one.
    """
    wanted = _COUNTED_BY_FAMILY.get(trigger.family, frozenset())
    options = []
    for number in amounts.numbers:
        covered = reading.covered(number.noun or number.span)
        if not covered or any(span.overlaps(number.span) for span in amounts.elsewhere):
            continue
        if reading.parts(trigger.start, covered[0]):
            continue
        if trigger.family == "coercion" and any(
            _WEIGHT in reading.words[i].classes for i in covered
        ):
            continue  # "held a ship and 12 tons of fish"
        own = any(trigger.start <= i < trigger.end for i in covered)
        counts = any(reading.words[i].classes & wanted for i in covered)
        if not counts and _names_a_type(reading, trigger, number, wanted):
            continue
        fits = own or counts
        distance = min(abs(covered[0] - trigger.end), abs(trigger.start - covered[-1]))
        if fits and distance <= _COUNT_DISTANCE:
            said: dict[str, str | int] = {"form": number.form, "words_apart": distance}
            why = Reason("count.own" if own else "count.near", number.span, said)
            options.append((0 if own else distance, number.value, why))
    if options:
        _, count, why = min(options, key=lambda option: option[0])
        return count, (why,)
    if trigger.kind == "noun" and trigger.event_type.counted:
        count = {"sg": 1, "du": 2}.get(next(iter(trigger.tags & {"sg", "du"}), ""))
        return count, () if count is None else (Reason("count.mention", trigger.span),)
    return None, ()


def _names_a_type(
    reading: Reading, trigger: Trigger, number: Number, wanted: frozenset[str]
) -> bool:
    """Return whether a number ends the name of a type: "systems of the type S 400", "K 9"."""
    at = reading.at(number.span.start)
    if number.form != "digits" or at < _TYPE_NAME or at - 1 in trigger.used:
        return False
    name, lang = reading.words[at - 1], place_words(reading.lang)
    if name.folded in lang.relations or name.folded in lang.joiners:
        return False
    behind = any(reading.words[i].classes & wanted for i in range(at - _TYPE_NAME, at))
    return behind and reading.text[name.token.end : number.span.start] == " "


def money_of(trigger: Trigger, amounts: Amounts) -> tuple[Money | None, Why]:
    """Return the sum that a deal, a transfer or a sanction is about, and its words."""
    if trigger.family not in _PAID_FAMILIES or not amounts.money:
        return None, ()
    sums = amounts.money
    money, span = min(sums, key=lambda pair: abs(pair[1].start - trigger.span.start))
    rule = "money.only" if len(sums) == 1 else "money.nearest"
    return money, (Reason(rule, span, {"of": len(sums)}),)


def casualties_of(
    trigger: Trigger,
    triggers: Sequence[Trigger],
    amounts: Amounts,
) -> tuple[Casualties, ...]:
    """Return the casualties that stand nearer to this event than to another harmful one."""
    harmful = [t for t in triggers if t.family in _HARMFUL_FAMILIES]
    if trigger not in harmful:
        return ()
    rule = "casualties.only" if len(harmful) == 1 else "casualties.nearest"
    return tuple(
        replace(found, why=(Reason(rule, span, {"of": len(harmful)}),))
        for found, span in amounts.casualties
        if min(harmful, key=lambda t: abs(t.span.start - span.start)) is trigger
    )
