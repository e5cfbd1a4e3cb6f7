"""Which words of a sentence name an event, and of what type?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer import Span
from geoevents.extract.free_order import goes_with, may_be_verb
from geoevents.extract.leads import leads_of
from geoevents.extract.lexicon import Company
from geoevents.extract.morphology import ACTS, BASE, KINDS, PASSIVE, PAST
from geoevents.extract.object_clauses import described_before
from geoevents.extract.place_words import is_undergone, place_words, relation_at
from geoevents.extract.reading import ORGANISATION, PLACE, Reading
from geoevents.extract.sieve import keeps
from geoevents.reason import Reason, Why

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from geoevents.extract.lexicon import Beginning, Element, Entry, Pattern
    from geoevents.extract.reading import Word
    from geoevents.ontology import EventType

NEAR = 8  # words within which company counts as near
NEAR_LAST = 12  # where the verb comes last, and all its company before it
CLOSE = 4  # words within which company counts as following
_NOT_SMALL = 5  # letters of a word that has a capital in a heading
_HYPHENS = frozenset("-‐‑")
_PLURALS = ("s", "men", "people", "police", "children")
_OBJECT_REACH = 6  # words between the end of an object and the noun of its verb
_PASSIVE_REACH = 2  # words of "were heavily" before a participle
_AUXILIARIES = 3  # words of "has reportedly also" between a subject and its verb
_VERB_AND_NOUN = 2  # words of a phrase that is a verb with what it needs
_NO_EVENTS = frozenset({PLACE, ORGANISATION, "never"})  # "never" are spelt like event words
_WITH_VICTIMS = frozenset({"violence", "hazard"})
_SUBJECTS = frozenset({"sport", "market", "culture"})
_MOVEMENT, _ELEMENTS = "movement.", "elements"
_SUBJECT_REACH = 3  # words behind a verb in which its subject begins, where it stands there
_MOVERS = frozenset(
    {PLACE, ORGANISATION, "people", "official", "troops", "authority", "aircraft", "ship"}
    | {"vehicle", "freight", "consignment", "relief"}
)
_VICTIMS = Company(classes=frozenset({"dead"}))
LONG_SPAN = 30  # characters; a longer phrase is cited by its first word


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event.

    Attributes
    ----------
    entry
        The row of the lexicon.
    type
        ``family.type``.
    start, end
        Indices of its first word and behind its last.
    span
        Offsets, glued particles left out.
    kind
        verb or noun.
    tags
        Tags of the form: tense, number, "def" for a definite noun, "future".
    why
        The row of the lexicon, and what decided the type.
    used
        Indices of all its words, also of those that it is not cited by.
    """

    entry: Entry
    type: str
    start: int
    end: int
    span: Span
    kind: str
    tags: frozenset[str]
    why: Why = field(default=(), compare=False, repr=False)
    used: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def family(self) -> str:
        """The part of the type before the dot."""
        return self.type.partition(".")[0]

    @property
    def event_type(self) -> EventType:
        """What the ontology says about the type."""
        return self.entry.types[self.type]


@dataclass(frozen=True, slots=True)
class _Match:
    pattern: Pattern
    used: tuple[int, ...]
    clitic: str
    tags: str
    kind: str
    led: bool = False

    @property
    def rank(self) -> tuple[int, float]:
        return (len(self.used) + self.led, self.pattern.entry.weight)


def find_triggers(reading: Reading) -> list[Trigger]:
    """Return the triggers of a sentence in order, no two sharing a word."""
    found = sorted(_matches(reading), key=lambda one: one[0].rank, reverse=True)
    taken: set[int] = set()
    kept = []
    for match, kind, why in found:
        if taken.isdisjoint(match.used):
            taken.update(match.used)
            kept.append(_trigger(reading, match, kind, why))
    return sorted(kept, key=lambda trigger: trigger.start)


def _matches(reading: Reading) -> Iterator[tuple[_Match, str, Why]]:
    """Yield every pattern that fits, with the event type it stands for, and why for this one."""
    lexicon = reading.lexicon
    forms = frozenset().union(*(word.forms[""] for word in reading.words))
    classes = frozenset().union(*(word.classes for word in reading.words))
    begun: dict[str, list[Beginning]] = {}
    for i, word in enumerate(reading.words):
        if not word.classes.isdisjoint(_NO_EVENTS):
            continue
        if word.folded not in begun:
            begun[word.folded] = lexicon.known(word.folded).begun_among(forms, classes)
        for analysis, pattern, tags in begun[word.folded]:
            head = pattern.elements[0]
            if not _fits_position(reading, i, head, tags):
                continue
            used = _follow(reading, pattern.elements[1:], i)
            shared = _shared_verb(reading, pattern, i) if used is None else None
            led = used is None and (shared is not None or _is_led(reading, pattern, i, tags))
            if led:
                used = ()
            if used is None:
                continue
            said = f"{tags} {analysis.tags}"
            told = (used and _telling(reading, pattern, (i, *used))) or shared or (head.kind, said)
            match = _Match(pattern, (i, *used), analysis.clitic, told[1], told[0], led)
            kind, why = _type(reading, match)
            if kind is None or _tells_nothing(reading, match, kind):
                continue
            if _in_company(reading, match, forms, classes):
                yield match, kind, why


def _tells_nothing(reading: Reading, match: _Match, kind: str) -> bool:
    """Return whether words stand in a name, or say how a flood or a fire goes on."""
    in_name = len(match.used) == 1 and _is_in_double_name(reading, match.used[0])
    return in_name or _is_natural(reading, match, kind)


def _is_in_double_name(reading: Reading, i: int) -> bool:
    """Return whether a hyphen joins a word with a capital to another one: "Bon-Rencontre"."""
    words, beside = reading.words, (i - 1, i)
    if not words[i].token.is_capitalized or _is_heading(reading):
        return False
    return any(
        0 <= j < len(words) - 1
        and reading.text[words[j].token.end : words[j + 1].token.start] in _HYPHENS
        and words[j].token.is_capitalized
        and words[j + 1].token.is_capitalized
        for j in beside
    )


def _is_heading(reading: Reading) -> bool:
    """Return whether all but the small words of a sentence have a capital."""
    return all(w.token.is_capitalized for w in reading.words if len(w.folded) >= _NOT_SMALL)


def _is_natural(reading: Reading, match: _Match, kind: str) -> bool:
    """Return whether what a verb says to move is a flood or a fire: "the flames reached X"."""
    if match.kind != "verb" or not kind.startswith(_MOVEMENT):
        return False
    verb = match.used[0]
    behind = range(verb + 1, min(verb + 1 + _SUBJECT_REACH, len(reading.words)))
    before = range(verb - 1, max(-1, verb - 1 - _near_reach(reading)), -1)
    sides = (behind, before) if reading.lexicon.morphology.article else (before,)
    said = (_nature_or_mover(reading, verb, side) for side in sides)
    return next((found for found in said if found is not None), False)


def _nature_or_mover(reading: Reading, at: int, indices: Sequence[int]) -> bool | None:
    """Return whether the first subject that may be there is a force of nature, None without any."""
    for i in indices:
        word = reading.words[i]
        # Right before a verb French "a" is "has", and not "to".
        related = i != at - 1 and relation_at(reading, i) is not None
        if related or not reading.joins(i, at):
            return None
        if not word.classes.isdisjoint(_MOVERS):
            return False
        if _ELEMENTS in word.classes:
            return True
    return None


def _is_led(reading: Reading, pattern: Pattern, i: int, tags: str) -> bool:
    """Return whether what a verb needs stands before it: "the troops were withdrawn"."""
    if len(pattern.elements) != _VERB_AND_NOUN:
        return False
    verb, noun = pattern.elements
    before = described_before(reading, i, tags.split())
    if reading.lexicon.morphology.free_order or _is_passive(reading, i):
        before = range(max(0, i - 1 - noun.gap), i)
    return bool(verb.kind == "verb" and noun.gap) and any(
        _fits(reading, j, noun) and goes_with(reading, i, j, tags) for j in before
    )


def _shared_verb(reading: Reading, pattern: Pattern, i: int) -> tuple[str, str] | None:
    """Return kind and tags of a verb that two nouns share: "shops ra loot and cars ra burn did".

    It is left out behind the first noun, right before which the object ends; None without it.
    """
    words, lang, morphology = reading.words, place_words(reading.lang), reading.lexicon.morphology
    *nouns, verb = pattern.elements
    if len(nouns) != 1 or verb.kind != "verb" or verb.gap or not 0 < i < len(words) - 1:
        return None
    if words[i + 1].folded not in lang.joiners:
        return None
    if lang.object_after.isdisjoint(reading.folded(i - _OBJECT_REACH, i)):
        return None
    for j in range(i + 2, min(i + 2 + NEAR_LAST, len(words))):
        if words[j].clause == words[i].clause and _fits(reading, j, verb):
            analyses = morphology.analyses(words[j].folded)
            told = next(a for a in analyses if a.form in verb.forms)
            return "verb", f"{verb.forms[told.form]} {told.tags}"
    return None


def _is_passive(reading: Reading, i: int) -> bool:
    """Return whether a word such as "was" stands before a participle, an adverb perhaps between."""
    passive = place_words(reading.lang).passive
    return any(reading.words[j].folded in passive for j in range(max(0, i - _PASSIVE_REACH), i))


def _telling(reading: Reading, pattern: Pattern, used: tuple[int, ...]) -> tuple[str, str] | None:
    """Return kind and tags of the verb or noun that a phrase rests on, or None for its first word.

    It is the last verb where verbs end the clause, and else the first one behind what belongs to
    a verb, such as a reflexive pronoun.
    """
    parts = list(zip(pattern.elements, used, strict=True))
    if reading.lexicon.morphology.verb_last:
        parts = [part for kind in KINDS for part in reversed(parts) if part[0].kind == kind]
    elif _names_its_subject(pattern):
        parts = [part for part in parts if part[0].kind == "verb"]
    elif parts[0][0].kind != "word":
        return None
    morphology = reading.lexicon.morphology
    for element, i in parts:
        for analysis in morphology.analyses(reading.words[i].folded):
            if element.kind in analysis.kinds - {"word"} and analysis.form in element.forms:
                said = f"{element.forms[analysis.form]} {analysis.tags}"
                will = element.kind == "verb" and analysis.clitic in morphology.future
                return element.kind, f"{said} future" if will else said
    return None


def _names_its_subject(pattern: Pattern) -> bool:
    """Return whether a phrase is a noun and what it does or suffers farther on: "shells ~ land"."""
    first, *others = pattern.elements
    return first.kind != "verb" and any(one.kind == "verb" and one.gap for one in others)


def _follow(reading: Reading, elements: tuple[Element, ...], at: int) -> tuple[int, ...] | None:
    """Return where the further words of a phrase stand, or None."""
    used = []
    agents = leads_of(reading.lang).agents
    for element in elements:
        reach = range(at + 1, min(at + 2 + element.gap, len(reading.words)))
        if element.gap:  # who did it is not what was done: "captured by rebels"
            by = (i + 1 for i in reach if reading.words[i].folded in agents)
            reach = range(at + 1, next(by, reach.stop))
        found = next((i for i in reach if _fits(reading, i, element)), None)
        if found is None and element.kind == "verb" and not element.gap:
            found = _behind_auxiliaries(reading, element, at)
        if found is None:
            return None
        used.append(found)
        at = found
    return tuple(used)


def _behind_auxiliaries(reading: Reading, element: Element, at: int) -> int | None:
    """Return where a verb stands behind words such as "has also", or None.

    Behind "was" only what somebody was doing is meant, and not what was done to him.
    """
    words, auxiliaries = reading.words, leads_of(reading.lang).auxiliaries
    end = min(at + 1 + _AUXILIARIES, len(words))
    i = next((i for i in range(at + 1, end) if words[i].folded not in auxiliaries), end)
    if i == at + 1 or i == len(words) or not _fits(reading, i, element):
        return None
    if not any(words[j].folded in place_words(reading.lang).passive for j in range(at + 1, i)):
        return i
    tags = (element.forms.get(form, "") for form in reading.forms(i, "verb"))
    return i if any("ing" in tag.split() for tag in tags) else None


def _fits(reading: Reading, i: int, element: Element) -> bool:
    if element.classes & reading.words[i].classes:
        return True
    if not element.forms:
        return False
    leads = leads_of(reading.lang)
    before = reading.words[i - 1].folded if i and element.kind == "verb" else ""
    if leads.subjects and before in leads.determiners - leads.gerund:
        return False  # "the post" is a noun, be it spelt like a verb
    if element.kind == "verb" and _is_between(reading, i):
        return False
    return not element.forms.keys().isdisjoint(reading.forms(i, element.kind))


def _fits_position(reading: Reading, i: int, head: Element, tags: str) -> bool:
    """Return whether a form that may be verb or noun is here what the pattern takes it for."""
    leads = leads_of(reading.lang)
    if not leads.subjects:
        return head.kind != "verb" or may_be_verb(reading, i, tags)
    before = reading.words[i - 1] if i else None
    if head.kind == "noun":
        may_be_noun = leads.noun | leads.either
        return before is None or before.folded not in leads.verb or before.folded in may_be_noun
    if head.kind != "verb":
        return True
    if _is_hyphenated(reading, i) or _is_between(reading, i):
        return False
    # French "patrouillent" is spelt like no noun; "the river burst its banks".
    plain = "plain" in tags or (BASE in tags and PAST in tags)
    if plain or (BASE not in tags and "present" not in tags):
        barred = leads.determiners - leads.gerund if "ing" in tags else leads.determiners
        return before is None or before.folded not in barred | (leads.noun if plain else set())
    # No sentence of news begins with such a form: "Storm" there is a noun.
    return (
        before is not None
        and before.folded not in leads.noun
        and (
            before.folded in leads.verb
            or (before.token.is_capitalized and before.clause == reading.words[i].clause)
            or before.folded.endswith("ly")
            or (bool(before.classes & leads.subjects) and _agrees(before, tags))
        )
    )


def _agrees(subject: Word, tags: str) -> bool:
    """Return whether a subject may stand before a base form: "armies patrol", not "army patrol"."""
    return BASE not in tags or subject.folded.endswith(_PLURALS)


def _is_between(reading: Reading, i: int) -> bool:
    """Return whether a word is "between" and no verb: French "entre", without "into" behind it."""
    found = relation_at(reading, i)
    if found is None or found[1] != "between":
        return False
    return i + 1 == len(reading.words) or relation_at(reading, i + 1) is None


def _is_hyphenated(reading: Reading, i: int) -> bool:
    """Return whether a participle is the end of an adjective such as "rebel-held"."""
    start = reading.words[i].token.start
    return start > 0 and reading.text[start - 1] in "-‐‑"


def _type(reading: Reading, match: _Match) -> tuple[str | None, Why]:
    """Return the type by the nearest word of a case, or the entry's own, and that word."""
    entry = match.pattern.entry
    first, last = match.used[0], match.used[-1]
    near = _near_reach(reading)
    best = (near + 1, entry.type)
    why: Why = ()
    for name, kind in entry.cases:
        for i in range(max(0, first - near), min(last + near + 1, len(reading.words))):
            if i in match.used and len(match.used) == 1:
                continue
            distance = min(abs(i - first), abs(i - last))
            if distance < best[0] and name in reading.words[i].classes:
                best = (distance, kind)
                why = (Reason("type.case", reading.offsets(i, i + 1), {"class": name}),)
    return best[1], why


def _near_reach(reading: Reading) -> int:
    morphology = reading.lexicon.morphology
    far = morphology.verb_last and not morphology.postpositions
    return NEAR_LAST if far else NEAR


def _near(reading: Reading, match: _Match) -> dict[str, Sequence[int]]:
    """Return where the words of each kind of company may stand."""
    first, last, near = match.used[0], match.used[-1], _near_reach(reading)
    kind = match.pattern.elements[-1].kind
    return {
        "near": [*range(first - near, first), *range(first + 1, last + near + 1)],
        "next": range(last + 1, last + 1 + CLOSE),
        "next_any": range(last + 1, last + 3 + CLOSE),
        "prev": range(first - 3, first),
        # Of a phrase with a gap what stands in the gap, too: "reached, the vessel, the port of X".
        "unless_near": [i for i in range(first - near, last + near + 1) if i not in match.used],
        "unless_next": range(last + 1, last + 3),
        # "The attack helicopter" is a helicopter; but who "attacked helicopters" did it.
        "unless_compound": range(last + 1, last + 2) if kind == "noun" else (),
        # "The suspect, from the town of X, was captured": what a sign parts says nothing of it.
        "unless_prev": [i for i in (first - 1,) if i >= 0 and reading.joins(i, first)],
    }


def _in_company(
    reading: Reading, match: _Match, forms: AbstractSet[str], classes: AbstractSet[str]
) -> bool:
    """Return whether the required words stand near and the excluded ones do not.

    Most are nowhere in the sentence, whose forms and classes these are.
    """
    company: Mapping[str, Company] = match.pattern.entry.company
    there = {key for key, wanted in company.items() if keeps(wanted, forms, classes)}
    if any(key not in there and not key.startswith("unless") for key in company):
        return False
    ranges = _near(reading, match) if there else {}
    return all(
        reading.has(company[key], ranges[key]) is not key.startswith("unless")
        or (key == "unless_near" and _is_of_victims(reading, match, company[key], ranges[key]))
        for key in there
    )


def _is_of_victims(
    reading: Reading, match: _Match, unwanted: Company, indices: Sequence[int]
) -> bool:
    """Return whether only a subject such as sport speaks against violence with dead or wounded.

    "Pirates shot and killed the cup winner" tells of no match.
    """
    family = (match.pattern.entry.type or "").partition(".")[0]
    if family not in _WITH_VICTIMS or unwanted.classes.isdisjoint(_SUBJECTS):
        return False
    others = replace(unwanted, classes=unwanted.classes - _SUBJECTS)
    return reading.has(_VICTIMS, indices) and not reading.has(others, indices)


def _why(reading: Reading, match: _Match, span: Span) -> Iterator[Reason]:
    """Yield the row that named the event, and the words that it asks for around its own."""
    entry = match.pattern.entry
    yield Reason("type.row", span, {"row": match.pattern.phrase, "weight": entry.weight})
    for key, wanted in entry.company.items():
        if not key.startswith("unless"):
            i = next(i for i in _near(reading, match)[key] if reading.has(wanted, [i]))
            yield Reason("type.company", reading.offsets(i, i + 1))


def _trigger(reading: Reading, match: _Match, kind: str, why: Why) -> Trigger:
    morphology = reading.lexicon.morphology
    first, span = _cited(reading, match)
    tags = set(match.tags.split())
    before = reading.words[first - 1].folded if first else ""
    if match.clitic in morphology.definite or before in leads_of(reading.lang).definite:
        tags.add("def")
    if match.kind == "verb" and match.clitic in morphology.future:
        tags.add("future")
    beside = (pair for pair in pairwise(match.used) if pair[1] == pair[0] + 1)
    if match.kind == "verb" and any(is_undergone(reading, *pair) for pair in beside):
        tags.add(PASSIVE)
    if match.kind == "noun" and match.pattern.elements[-1].kind == "verb":
        tags.add(ACTS)
    return Trigger(
        entry=match.pattern.entry,
        type=kind,
        start=first,
        end=match.used[-1] + 1,
        span=span,
        kind=match.kind,
        tags=frozenset(tags),
        why=(*_why(reading, match, span), *why),
        used=match.used,
    )


def _cited(reading: Reading, match: _Match) -> tuple[int, Span]:
    """Return the first word that a trigger is cited by, and the span of all of them."""
    words = reading.words
    first, last = match.used[0], match.used[-1]
    told = match.kind == "verb" and not reading.lexicon.morphology.verb_last
    if told and _names_its_subject(match.pattern):
        parts = zip(match.pattern.elements, match.used, strict=False)
        first = next(i for element, i in parts if element.kind == "verb")
        return first, reading.offsets(first, first + 1)
    start, end = words[first].token.offset(_cut(reading, match)), words[last].token.end
    if end - start <= LONG_SPAN and last - first < len(match.used):
        return first, Span(start, end)
    morphology = reading.lexicon.morphology
    if morphology.verb_last and (morphology.postpositions or match.kind == "verb"):
        # There the last words of a phrase tell the event.
        first = -_unbroken([-i for i in reversed(match.used)])
        return first, Span(words[first].token.start, end)
    end = words[_unbroken(match.used)].token.end
    return first, Span(start, end if end - start <= LONG_SPAN else words[first].token.end)


def _unbroken(used: Sequence[int]) -> int:
    """Return the last of the words that follow each other without a gap from the first on."""
    return next((i for i, after in pairwise(used) if after != i + 1), used[-1])


def _cut(reading: Reading, match: _Match) -> int:
    """Return how many letters to leave out: particles, but not the article."""
    article = reading.lexicon.morphology.article
    kept = len(article) if article and match.clitic.endswith(article) else 0
    return len(match.clitic) - kept
