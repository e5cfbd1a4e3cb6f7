"""Who only tells of an event, and took no part in it?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.lexicon import word_forms
from geoevents.extract.morphology import load_morphology
from geoevents.extract.place_words import BARE, GENITIVE, place_words, relation_before
from geoevents.extract.postpositions import relation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.extract.participants import Candidate
    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

    Run = tuple[frozenset[str], ...]

_SUBJECT_REACH = 4  # words between a verb of telling and its subject's end behind it
_CLOSING_REACH = 8  # words between an event and the verb of telling that ends the sentence
_INSERTION = 2  # punctuation marks around an insertion
# Somebody of whom a sentence speaks is of one of these classes.
_SUBJECTS = frozenset({"people", "troops", "official", "authority", "aircraft", "ship", "org"})


@dataclass(frozen=True, slots=True)
class _Telling:
    """Words of a language by which somebody tells of an event.

    Attributes
    ----------
    runs
        Verbs whose subject tells, whatever follows, as runs of forms by each first form.
    that
        Words that open what is told; behind them the subject of any verb of speaking tells.
    same_subject
        Words of what is told that say that whoever tells did it: "it", "its troops".
    """

    runs: dict[str, tuple[Run, ...]]
    that: frozenset[str]
    same_subject: frozenset[str]


@cache
def _telling(lang: str) -> _Telling:
    data = load_toml("languages", lang, "relations.toml")["telling"]
    morphology = load_morphology(lang)
    if morphology is None:
        raise KeyError(lang)
    runs: dict[str, tuple[Run, ...]] = {}
    for phrase in data["verbs"]:
        run = tuple(frozenset(word_forms(morphology, word)) for word in phrase.split())
        for form in run[0]:
            runs[form] = (*runs.get(form, ()), run)
    return _Telling(
        runs=runs,
        that=frozenset(map(fold, data["that"])),
        same_subject=frozenset(map(fold, data["same_subject"])),
    )


def same_subjects(lang: str) -> frozenset[str]:
    """Return the small words of a language, such as "he", that stand for who was named before."""
    return _telling(lang).same_subject


def only_tells(reading: Reading, trigger: Trigger, candidate: Candidate) -> bool:
    """Return whether somebody is the source of an event: "officials said fighting continued".

    Parameters
    ----------
    reading
        The sentence.
    trigger
        The event's trigger.
    candidate
        Somebody who is named before it.

    Returns
    -------
    bool
        False where what is told speaks of whoever tells it: "the army said it shelled X".
    """
    if candidate.last >= trigger.start or candidate.relation not in {BARE, GENITIVE}:
        return False
    words = _telling(reading.lang)
    opening = _opening(reading, candidate, trigger)
    last = reading.lexicon.morphology.verb_last
    if opening is None:
        return last and _is_told_behind(reading, trigger, candidate)
    told = range(opening, trigger.start)
    if any(not words.same_subject.isdisjoint(_forms(reading, i)) for i in told):
        return False
    if trigger.kind == "noun":
        return True
    if last:
        return any(_is_subject(reading, i) for i in told)
    return any(reading.words[i].folded not in words.that for i in told)


def _forms(reading: Reading, i: int) -> frozenset[str]:
    return reading.forms(i, "word") | {reading.words[i].folded}


def _opening(reading: Reading, candidate: Candidate, trigger: Trigger) -> int | None:
    """Return where what somebody tells begins, or None where no verb says that he does."""
    words, that = reading.words, _telling(reading.lang).that
    behind = (i for i in range(candidate.last + 1, trigger.start) if words[i].folded in that)
    opens = next(behind, None)
    speaking = place_words(reading.lang).speaking if opens is not None else frozenset()
    for i in _verbs_of(reading, candidate, trigger):
        end = _run_end(reading, i)
        end = i + 1 if end is None and not speaking.isdisjoint(reading.forms(i, "verb")) else end
        if end is not None and end <= trigger.start and not trigger.start <= i < trigger.end:
            first = max(end, candidate.last + 1)
            return first if opens is None or opens < first else opens
    return None


def _verbs_of(reading: Reading, candidate: Candidate, trigger: Trigger) -> Iterator[int]:
    """Yield where the verb of a subject may stand: behind it, or before it in some languages."""
    words = reading.words
    clause = words[candidate.last].clause
    for i in range(candidate.last + 1, trigger.start):
        if words[i].clause - clause in {0, _INSERTION}:
            yield i
    if reading.lexicon.morphology.article:
        first = words[candidate.first].clause
        for i in range(candidate.first - 1, max(-1, candidate.first - 1 - _SUBJECT_REACH), -1):
            if words[i].clause == first:
                yield i


def _run_end(reading: Reading, i: int) -> int | None:
    """Return the index behind the words of telling that begin at ``i``, or None."""
    forms = reading.forms(i, "verb") | {reading.words[i].folded}
    runs = _telling(reading.lang).runs
    for form in forms & runs.keys():
        for run in runs[form]:
            last = i + len(run)
            rest = zip(range(i + 1, last), run[1:], strict=True)
            if last <= len(reading.words) and all(
                not part.isdisjoint(reading.forms(j, "verb") | {reading.words[j].folded})
                for j, part in rest
            ):
                return last
    return None


def is_telling(reading: Reading, i: int) -> bool:
    """Return whether words of telling, such as "said", begin at an index."""
    return _run_end(reading, i) is not None


def _is_told_behind(reading: Reading, trigger: Trigger, candidate: Candidate) -> bool:
    """Return whether a verb of telling ends the sentence in which an event is told."""
    speaking = place_words(reading.lang).speaking
    for i in range(trigger.end, min(trigger.end + _CLOSING_REACH, len(reading.words))):
        # "The army announced the attack" is its own; that "the attack went on" is anybody's.
        speaks = i > trigger.end or trigger.kind == "verb"
        if _run_end(reading, i) is not None or (
            speaks and not speaking.isdisjoint(reading.forms(i, "verb"))
        ):
            between = range(candidate.last + 1, trigger.start)
            return trigger.kind == "noun" or any(_is_subject(reading, j) for j in between)
    return False


def _is_subject(reading: Reading, i: int) -> bool:
    """Return whether a word of what is told may be who did it, where verbs come last."""
    if reading.lexicon.morphology.postpositions:
        return relation_of(reading, i, i) == GENITIVE
    return bool(reading.words[i].classes & _SUBJECTS) and relation_before(reading, i) == BARE
