"""Which words of a sentence are signs of doubt, hearsay or time, and how far do they reach?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.lexicon import word_forms
from geoevents.extract.morphology import Morphology, load_morphology
from geoevents.extract.place_words import place_words
from geoevents.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_COMPLEMENT_REACH = 20  # words between "said" and "that"
_SAYING_TAIL = 5  # words after "said" in a sentence that ends with who said it
_DIRECT_REACH = 1  # words before the verb of saying with which direct speech begins
_ONWARD = frozenset({"that", "after", "saying"})
NARROW = frozenset({"negated", "hypothetical"})
"""What does not reach into a relative clause, nor over "and" into a clause with its own verb."""
_TENSES = frozenset({"past", "present"})
_NOT_FINITE = frozenset(
    {"part", "ger", "inf", "ing", "verbal"}
)  # tags of a verb that ends no clause


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign: what it means and how far it reaches.

    Attributes
    ----------
    meaning
        A status or an aspect.
    scope, reach
        See ``data/languages/ar/cues.toml``.
    tense
        Tag that the trigger's form must have, or None.
    unless_followed, unless_after
        Words right behind it, or before it, with which it means nothing.
    direct
        Whether direct speech may follow it without a word that introduces it.
    """

    meaning: str
    scope: str
    reach: int
    tense: str | None
    unless_followed: frozenset[str]
    unless_after: frozenset[str]
    direct: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a sentence, and the indices of its first word and behind its last."""

    cue: Cue
    start: int
    end: int
    opens: bool  # whether it opens a clause


@dataclass(frozen=True)
class Cues:
    """The cues of a language, as its ``cues.toml`` explains them."""

    by_form: Mapping[str, tuple[tuple[tuple[str, ...], Cue, str], ...]]
    complement: frozenset[str]
    contrast: tuple[tuple[str, ...], ...]
    contrast_openings: frozenset[str]
    background: tuple[tuple[str, ...], ...]
    presupposed: tuple[tuple[str, ...], ...]
    infinitive: frozenset[str]
    realised: frozenset[str]
    progressive: frozenset[str]
    sayings: frozenset[str]
    apart: frozenset[str]
    relative: frozenset[str]
    causing: frozenset[str]
    another: frozenset[str]
    parting: frozenset[str]
    subordinate: frozenset[str]
    present_is_now: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """The cues that a sentence holds."""

    hits: tuple[Hit, ...]
    complements: tuple[int, ...]
    contrasts: tuple[int, ...]
    relatives: tuple[int, ...]
    joints: tuple[int, ...]
    closings: tuple[int, ...]
    length: int


@cache
def load_cues(lang: str) -> Cues:
    """Return the cues of a language.

    Raises
    ------
    KeyError
        If there is no morphology for it.
    """
    data = load_toml("languages", lang, "cues.toml")
    morphology = load_morphology(lang)
    if morphology is None:
        raise KeyError(lang)
    by_form: dict[str, list[tuple[tuple[str, ...], Cue, str]]] = {}
    for key in ("status", "aspect"):
        for row in data[key]:
            cue = Cue(
                row[key],
                row["scope"],
                row.get("reach", 0),
                row.get("tense"),
                frozenset(map(fold, row.get("unless_followed", ()))),
                frozenset(map(fold, row.get("unless_after", ()))),
                row.get("direct", False),
            )
            for word in row["words"]:
                for run in _runs(morphology, word, row.get("forms", "")):
                    kind = "verb" if word.startswith("v:") else "word"
                    by_form.setdefault(run[0], []).append((run, cue, kind))
    return Cues(
        by_form={form: tuple(found) for form, found in by_form.items()},
        complement=frozenset(map(fold, data["complement"])),
        contrast_openings=frozenset(fold(words).split()[0] for words in data["contrast"]),
        contrast=tuple(tuple(fold(words).split()) for words in data["contrast"]),
        background=tuple(tuple(fold(words).split()) for words in data["background"]),
        presupposed=tuple(tuple(fold(words).split()) for words in data["presupposed"]),
        apart=frozenset(map(fold, data.get("apart", ()))),
        relative=frozenset(map(fold, data.get("relative", ()))),
        causing=frozenset(data.get("causing", ())),
        another=frozenset(map(fold, data.get("another", ()))),
        parting=frozenset(map(fold, data.get("parting", ()))),
        subordinate=frozenset(map(fold, data.get("subordinate", ()))),
        present_is_now=data.get("present_is_now", False),
        realised=frozenset(run[0] for word in data["realised"] for run in _runs(morphology, word)),
        **_leads(data),
    )


def _leads(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {key: frozenset(data[key]) for key in ("infinitive", "progressive", "sayings")}


def _runs(morphology: Morphology, word: str, wanted: str = "") -> list[tuple[str, ...]]:
    """Return a cue's words, or the forms of its lemma; with ``wanted`` only those of that tag."""
    if word[:2] in {"v:", "n:"}:
        forms = word_forms(morphology, word).items()
        return [(form,) for form, tags in forms if not wanted or wanted in tags.split()]
    return [tuple(fold(word).split())]


def find_signs(reading: Reading) -> Signs:
    """Return the cues of a sentence."""
    cues = load_cues(reading.lang)
    hits = []
    complements = []
    contrasts = []
    for i, word in enumerate(reading.words):
        # No verb carries a preposition: Hebrew "cargo" is not "from claimed".
        verbs, words = word.forms["verb"], word.forms["word"]
        forms = words if words is verbs else words | verbs
        if word.folded in cues.complement:
            complements.append(i)
        opens = not forms.isdisjoint(cues.contrast_openings)
        if opens and any(reading.starts_with(i, run) for run in cues.contrast):
            contrasts.append(i)
        for form in forms:
            for run, cue, kind in cues.by_form.get(form, ()):
                if kind == "verb" and form not in verbs:
                    continue
                if len(run) > 1 and reading.folded(i + 1, i + len(run)) != run[1:]:
                    continue
                after = reading.folded(i - 1, i) if i else ()
                followed = reading.folded(i + 1, i + 2)
                if cue.unless_followed.isdisjoint(followed) and cue.unless_after.isdisjoint(after):
                    hits.append(Hit(cue, i, i + len(run), _opens(reading, i)))
    relatives = tuple(i for i, w in enumerate(reading.words) if w.folded in cues.relative)
    joints = tuple(i for i in range(len(reading.words)) if _is_joint(reading, i))
    closings = tuple(i for i in joints if _is_closed(reading, i))
    return Signs(
        tuple(hits),
        tuple(complements),
        tuple(contrasts),
        relatives,
        joints,
        closings,
        length=len(reading.words),
    )


def _is_joint(reading: Reading, i: int) -> bool:
    """Return whether "and" stands at a word or is glued to it, or a comma right before it."""
    word, morphology = reading.words[i].folded, reading.lexicon.morphology
    if word in place_words(reading.lang).joiners or _opens(reading, i):
        return True
    return any(a.clitic and a.clitic in morphology.conjunction for a in morphology.analyses(word))


def _is_closed(reading: Reading, i: int) -> bool:
    """Return whether a verb of doing right before a word ends a clause, where verbs come last."""
    morphology = reading.lexicon.morphology
    if not i or not morphology.verb_last or morphology.postpositions:
        return False
    return not place_words(reading.lang).doing.isdisjoint(reading.forms(i - 1, "verb"))


def _opens(reading: Reading, i: int) -> bool:
    return i > 0 and reading.words[i].clause != reading.words[i - 1].clause


def reason_of(reading: Reading, rule: str, hit: Hit) -> Reason:
    """Return a cue as a reason: its words, what they mean and how far they reach."""
    last = min(hit.end, len(reading.words))
    said: dict[str, str | int] = {"meaning": hit.cue.meaning, "scope": hit.cue.scope}
    if hit.cue.reach:
        said["reach"] = hit.cue.reach
    return Reason(rule, reading.offsets(hit.start, last), said)


def _is_finite(trigger: Trigger) -> bool:
    """Return whether a trigger is the verb of a clause."""
    tensed = trigger.kind == "verb" and not _TENSES.isdisjoint(trigger.tags)
    return tensed and _NOT_FINITE.isdisjoint(trigger.tags)


def _is_parted(hit: Hit, trigger: Trigger, signs: Signs) -> bool:
    """Return whether an event and a sign are told by clauses with a verb each.

    A sign reaches into no clause behind "which", and not back over "and": "X was hit, and flights
    were cancelled".
    """
    if hit.cue.scope == "next" and any(hit.end <= i < trigger.start for i in signs.relatives):
        return True
    joints = signs.joints if _is_finite(trigger) else signs.closings
    return any(i in range(trigger.end, hit.start) for i in joints)


def reaches(hit: Hit, trigger: Trigger, signs: Signs, *, background: bool) -> bool:
    """Return whether a cue holds for an event; ``background``: the event is no part of the news."""
    cue = hit.cue
    # What a sign says of the words behind it, it may say with the last of them: "is due".
    own = trigger.start <= hit.start < trigger.end or trigger.start < hit.end < trigger.end
    own = own or all(i in trigger.used for i in range(hit.start, hit.end))
    if own or (cue.tense is not None and cue.tense not in trigger.tags):
        return False
    onward, back = range(hit.end, trigger.start), range(trigger.end, hit.start)
    between = {"prior": back, **dict.fromkeys(_ONWARD, onward)}.get(cue.scope, ())
    if any(i in between for i in signs.contrasts):
        return False
    if cue.scope == "that":
        reach = range(hit.end, hit.end + _COMPLEMENT_REACH)
        opening = next((c for c in signs.complements if c in reach), None)
        if opening is None:  # the speech may follow without a word that introduces it
            return cue.direct and hit.start <= _DIRECT_REACH and trigger.start >= hit.end
        return trigger.start > opening
    if cue.meaning in NARROW and _is_parted(hit, trigger, signs):
        return False
    closes = cue.scope == "saying" and signs.length - hit.end < _SAYING_TAIL
    return {
        "next": 0 <= trigger.start - hit.end < cue.reach,
        "prior": 0 <= hit.start - trigger.end < cue.reach,
        "near": trigger.start - cue.reach <= hit.end and hit.start < trigger.end + cue.reach,
        "after": trigger.start >= hit.end,
        "saying": trigger.start >= hit.end or closes,
        "around": not background,
        "closing": hit.opens and trigger.end <= hit.start,
    }[cue.scope]
