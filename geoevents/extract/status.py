"""Does the text vouch for an event, and does it happen once, go on, recur or lie in the past?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.lexicon import word_forms
from geoevents.extract.morphology import Morphology, load_morphology
from geoevents.ontology import event_types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geoevents.event import EventTime
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

# The stronger sign wins: what did not happen was not merely reported either.
_STRENGTH = ("negated", "hypothetical", "assessed", "reported")
_ASPECTS = ("habitual", "ongoing", "historical")
_COMPLEMENT_REACH = 12  # words between "said" and "that"
_BACKGROUND_REACH = 3  # words between "amid" and the event
_PRESUPPOSED_REACH = 2  # words between "stop" and what is to be stopped
_UNDATED_FAMILIES = frozenset({"statement", "diplomacy.relations", "diplomacy.alignment"})
_PERIODS = frozenset({"month", "year", "decade"})
_LONG_PAST_MONTHS = 6  # months before publication from which an event is history
_SAYING_TAIL = 5  # words after "said" in a sentence that ends with who said it
_ONWARD = frozenset({"that", "after", "saying"})
_QUOTE_WORDS = 4  # a shorter quotation only marks a term


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign: what it means and how far it reaches."""

    meaning: str
    scope: str
    reach: int
    tense: str | None
    unless_followed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Hit:
    cue: Cue
    start: int
    end: int


@dataclass(frozen=True)
class _Cues:
    by_form: Mapping[str, tuple[tuple[tuple[str, ...], Cue], ...]]
    complement: frozenset[str]
    contrast: tuple[tuple[str, ...], ...]
    contrast_openings: frozenset[str]
    background: tuple[tuple[str, ...], ...]
    presupposed: tuple[tuple[str, ...], ...]
    infinitive: frozenset[str]
    realised: frozenset[str]
    progressive: frozenset[str]
    sayings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Signs:
    """The cues that a sentence holds."""

    hits: tuple[_Hit, ...]
    complements: tuple[int, ...]
    contrasts: tuple[int, ...]
    length: int


@cache
def _cues(lang: str) -> _Cues:
    data = load_toml("languages", lang, "cues.toml")
    morphology = load_morphology(lang)
    if morphology is None:
        raise KeyError(lang)
    by_form: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for key in ("status", "aspect"):
        for row in data[key]:
            barred = frozenset(map(fold, row.get("unless_followed", [])))
            cue = Cue(row[key], row["scope"], row.get("reach", 0), row.get("tense"), barred)
            for word in row["words"]:
                for run in _runs(morphology, word):
                    by_form.setdefault(run[0], []).append((run, cue))
    return _Cues(
        by_form={form: tuple(pairs) for form, pairs in by_form.items()},
        complement=frozenset(map(fold, data["complement"])),
        contrast_openings=frozenset(fold(words).split()[0] for words in data["contrast"]),
        contrast=tuple(tuple(fold(words).split()) for words in data["contrast"]),
        background=tuple(tuple(fold(words).split()) for words in data["background"]),
        presupposed=tuple(tuple(fold(words).split()) for words in data["presupposed"]),
        **_leads(data),
    )


def _leads(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {
        key: frozenset(data[key]) for key in ("infinitive", "realised", "progressive", "sayings")
    }


def _runs(morphology: Morphology, word: str) -> list[tuple[str, ...]]:
    if word[:2] in {"v:", "n:"}:
        return [(form,) for form in word_forms(morphology, word)]
    return [tuple(fold(word).split())]


def find_signs(reading: Reading) -> Signs:
    """Return the cues of a sentence."""
    cues = _cues(reading.lang)
    hits = []
    complements = []
    contrasts = []
    for i in range(len(reading.words)):
        forms = reading.forms(i, "word") | reading.forms(i, "verb")
        if reading.words[i].folded in cues.complement:
            complements.append(i)
        opens = not forms.isdisjoint(cues.contrast_openings)
        if opens and any(reading.starts_with(i, run) for run in cues.contrast):
            contrasts.append(i)
        for form in forms:
            for run, cue in cues.by_form.get(form, ()):
                if len(run) > 1 and reading.folded(i + 1, i + len(run)) != run[1:]:
                    continue
                if cue.unless_followed.isdisjoint(reading.folded(i + 1, i + 2)):
                    hits.append(_Hit(cue, i, i + len(run)))
    return Signs(tuple(hits), tuple(complements), tuple(contrasts), len(reading.words))


def dates_a_saying(reading: Reading, i: int) -> bool:
    """Return whether the words at ``i`` follow a verb of saying: "police said on Tuesday"."""
    return i > 0 and reading.words[i - 1].folded in _cues(reading.lang).sayings


def is_background(reading: Reading, trigger: Trigger) -> bool:
    """Return whether a word such as "amid" sets the event apart from the main clause."""
    return _follows(reading, trigger, _cues(reading.lang).background, _BACKGROUND_REACH)


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


def find_status(reading: Reading, trigger: Trigger, signs: Signs) -> str:
    """Return how the text vouches for an event.

    Parameters
    ----------
    reading, trigger, signs
        The sentence, the event's trigger, and the cues of the sentence.

    Returns
    -------
    str
        One of :data:`geoevents.event.STATUSES`; ``asserted`` without a sign.
    """
    background = is_background(reading, trigger)
    found = {
        hit.cue.meaning
        for hit in signs.hits
        if hit.cue.meaning in _STRENGTH and _reaches(hit, trigger, signs, background=background)
    }
    if _follows(reading, trigger, _cues(reading.lang).presupposed, _PRESUPPOSED_REACH):
        found.discard("hypothetical")
    if "future" in trigger.tags or _is_infinitive(reading, trigger):
        found.add("hypothetical")
    if _is_quoted(reading, trigger):
        found.add("reported")
    return next((status for status in _STRENGTH if status in found), "asserted")


def _reaches(hit: _Hit, trigger: Trigger, signs: Signs, *, background: bool) -> bool:
    cue = hit.cue
    own = hit.start < trigger.end and trigger.start < hit.end
    if own or (cue.tense is not None and cue.tense not in trigger.tags):
        return False
    if cue.scope in _ONWARD and any(hit.end <= i < trigger.start for i in signs.contrasts):
        return False
    if cue.scope == "that":
        reach = range(hit.end, hit.end + _COMPLEMENT_REACH)
        opening = next((c for c in signs.complements if c in reach), None)
        return opening is not None and trigger.start > opening
    closes = cue.scope == "saying" and signs.length - hit.end < _SAYING_TAIL
    return {
        "next": 0 <= trigger.start - hit.end < cue.reach,
        "near": trigger.start - cue.reach <= hit.end and hit.start < trigger.end + cue.reach,
        "after": trigger.start >= hit.end,
        "saying": trigger.start >= hit.end or closes,
        "around": not background,
    }[cue.scope]


def _is_infinitive(reading: Reading, trigger: Trigger) -> bool:
    cues = _cues(reading.lang)
    i = trigger.start - 1
    if trigger.kind != "verb" or "base" not in trigger.tags or i < 0:
        return False
    if reading.words[i].folded not in cues.infinitive:
        return False
    return i == 0 or reading.words[i - 1].folded not in cues.realised


def _is_quoted(reading: Reading, trigger: Trigger) -> bool:
    return any(
        quote.holds(trigger.span) and len(reading.covered(quote)) > _QUOTE_WORDS
        for quote in reading.quotes
    )


def find_aspect(
    reading: Reading,
    trigger: Trigger,
    signs: Signs,
    *,
    time: EventTime | None,
    published: date | None,
) -> str:
    """Return whether an event is single, ongoing, habitual or historical."""
    found = {
        hit.cue.meaning
        for hit in signs.hits
        if hit.cue.meaning in _ASPECTS and _reaches(hit, trigger, signs, background=False)
    }
    if _is_long_past(time, published) and _UNDATED_FAMILIES.isdisjoint(
        {trigger.type, trigger.family}
    ):
        found.add("historical")
    if _is_period(time) and "present" in trigger.tags and "future" not in trigger.tags:
        found.add("habitual")
    before = reading.words[trigger.start - 1].folded if trigger.start else ""
    if "ing" in trigger.tags and before in _cues(reading.lang).progressive:
        found.add("ongoing")
    if _runs_until(time, published):
        found.add("ongoing")
    default = trigger.entry.aspect or event_types()[trigger.type].aspect
    return next((aspect for aspect in _first(found, default)), default)


def _runs_until(time: EventTime | None, published: date | None) -> bool:
    """Return whether the event's time is a period that ends with the day of publication."""
    return (
        published is not None
        and time is not None
        and time.end is not None
        and time.end == published.isoformat()
    )


def _is_period(time: EventTime | None) -> bool:
    return time is not None and time.end is not None and time.precision in _PERIODS


def _first(found: set[str], default: str) -> Sequence[str]:
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
