"""Which words does a language put between an event and its places?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.cases import relation_by_case
from geoevents.extract.lexicon import word_forms
from geoevents.extract.morphology import load_morphology
from geoevents.extract.reading import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoevents.extract.reading import Reading

BARE, GENITIVE, DATIVE, APPOSED, SKIP = "bare", "genitive", "dative", "apposed", "skip"
UPON = "upon"
OWNERS = frozenset({"'s", "’s", "'", "’"})  # what an English name ends with that owns something
AT = "at"  # the case of "the attack in X", which belongs to a noun
INTO = "into"  # says "in" as well as "to", for all that the text shows
_OBJECT_REACH = 7  # words between an object and the word that marks it
OBJECT = "object"  # a word before the definite object of a verb, as in Hebrew


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words of a language about places; relations are found by their last word."""

    relations: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    heads: frozenset[str]
    articles: frozenset[str]
    sites: frozenset[str]
    holders: frozenset[str]
    joiners: frozenset[str]
    topics: frozenset[str]
    territories: frozenset[str]
    partitives: frozenset[str]
    source_ends: frozenset[str]
    speaking: frozenset[str]
    striking: frozenset[str]
    taking: frozenset[str]
    care: frozenset[str]
    doing: frozenset[str]
    happening: frozenset[str]
    while_: frozenset[str]
    back: tuple[tuple[str, ...], ...]
    purposes: tuple[tuple[str, ...], ...]
    where: frozenset[str]
    passive: frozenset[str]
    reflexive: frozenset[str]
    dateline: str
    dative_is_in: bool
    genitive_is_from: bool
    object_after: frozenset[str]
    doing_tags: Mapping[str, str]
    undergone: Mapping[str, frozenset[str]]
    crossing: frozenset[str]


@cache
def place_words(lang: str) -> PlaceWords:
    """Return a language's words of relation and of places' phrases, folded."""
    data = load_toml("languages", lang, "relations.toml")
    relations: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for relation, phrases in data["relations"].items():
        for phrase in phrases:
            run = tuple(fold(phrase).split())
            relations.setdefault(run[-1], []).append((run, relation))
    phrase_data = data["place_phrase"]
    return PlaceWords(
        relations={
            last: tuple(sorted(runs, key=lambda pair: -len(pair[0])))
            for last, runs in relations.items()
        },
        heads=frozenset(map(fold, [*phrase_data["heads"], *phrase_data.get("partitives", ())])),
        articles=frozenset(map(fold, phrase_data["articles"])),
        sites=frozenset(map(fold, phrase_data["sites"])),
        holders=frozenset(map(fold, phrase_data["holders"])),
        joiners=frozenset(map(fold, phrase_data["joiners"])),
        topics=frozenset(map(fold, phrase_data["topics"])),
        territories=frozenset(map(fold, phrase_data["territories"])),
        partitives=frozenset(map(fold, phrase_data.get("partitives", ()))),
        source_ends=frozenset(map(fold, phrase_data["source_ends"])),
        speaking=_verb_forms(lang, data["speaking"]["verbs"]),
        doing=_verb_forms(lang, data["doing"]["verbs"]),
        happening=_verb_forms(lang, data.get("happening", {}).get("verbs", ())),
        while_=frozenset(map(fold, phrase_data.get("while", ()))),
        back=tuple(tuple(fold(words).split()) for words in phrase_data.get("back", ())),
        purposes=tuple(tuple(fold(words).split()) for words in phrase_data.get("purpose", ())),
        striking=_verb_forms(lang, data["striking"]["verbs"]),
        taking=_verb_forms(lang, data.get("taking", {}).get("verbs", ())),
        care=frozenset(map(fold, data.get("taking", {}).get("care", ()))),
        where=frozenset(map(fold, phrase_data.get("where", ()))),
        passive=frozenset(map(fold, phrase_data.get("passive", ()))),
        reflexive=frozenset(map(fold, phrase_data.get("reflexive", ()))),
        dateline=phrase_data["dateline_signs"],
        dative_is_in=phrase_data.get("dative_is_in", False),
        genitive_is_from=phrase_data.get("genitive_is_from", False),
        object_after=frozenset(map(fold, phrase_data.get("object_after", ()))),
        doing_tags=_tagged_forms(lang, data["doing"]["verbs"]),
        crossing=_verb_forms(lang, data["crossing"]["verbs"])
        | frozenset(map(fold, data["crossing"].get("words", ()))),
        undergone={
            fold(word): _verb_forms(lang, verbs)
            for word, verbs in data.get("undergone", {}).items()
        },
    )


def _verb_forms(lang: str, lemmas: Iterable[str]) -> frozenset[str]:
    return frozenset(_tagged_forms(lang, lemmas))


def _tagged_forms(lang: str, lemmas: Iterable[str]) -> dict[str, str]:
    """Return the forms of verbs, each with what it says."""
    morphology = load_morphology(lang)
    if morphology is None:
        raise KeyError(lang)
    forms: dict[str, str] = {}
    for lemma in lemmas:
        forms |= word_forms(morphology, f"v:{lemma}")
    return forms


def is_holder(reading: Reading, i: int) -> bool:
    """Return whether a name behind ``i`` belongs to that word: "president of X".

    A noun with the article glued to it owns nothing: "the minister" and "X" are two.
    """
    holders, morphology = place_words(reading.lang).holders, reading.lexicon.morphology
    word = reading.words[i].folded
    if morphology.article and word not in holders:
        forms = (a for a in morphology.analyses(word) if a.form in holders)
        return any(not a.clitic.endswith(morphology.article) for a in forms)
    return not holders.isdisjoint(reading.forms(i, "word"))


@cache
def end_words(lang: str) -> frozenset[str]:
    """Return the words that say where something comes from or goes to."""
    relations = load_toml("languages", lang, "relations.toml")["relations"]
    return frozenset(
        fold(word) for key in ("from", "to", "toward", "via") for word in relations[key]
    )


def is_object(reading: Reading, last: int) -> bool:
    """Return whether a word such as Persian "ra" makes what ends at ``last`` an object.

    What says where that lies belongs to it: "the town of X in the province of Y ra".
    """
    lang, words = place_words(reading.lang), reading.words
    behind = last + 1
    while lang.object_after and behind < min(last + 1 + _OBJECT_REACH, len(words)):
        if words[behind].folded in lang.object_after:
            return True
        known = PLACE in words[behind].classes or words[behind].folded in lang.heads
        if relation_at(reading, behind) is None and (not known or behind == last + 1):
            return False
        behind += 1
    return False


def relation_at(reading: Reading, i: int) -> tuple[int, str] | None:
    """Return the length and relation of the words that end at ``i``, the longest first."""
    relations = place_words(reading.lang).relations
    word, forms = reading.words[i].folded, reading.forms(i, "word")
    if word not in relations and relations.keys().isdisjoint(forms):
        return None
    before = {reading.words[i - 1].folded, *reading.forms(i - 1, "word")} if i else set()
    for form in (word, *sorted(forms, key=len, reverse=True)):
        for run, relation in relations.get(form, ()):
            start = i - len(run) + 1
            if len(run) > 1 and (start < 0 or run[-2] not in before):
                continue
            if len(run) == 1 and not _is_whole(reading, i, form):
                continue
            if len(run) == 1 or reading.starts_with(start, run):
                return len(run), relation_by_case(reading, relation, i + 1)
    return None


def is_undergone(reading: Reading, i: int, verb: int) -> bool:
    """Return whether two words are a passive, though the verb is none: Persian "was made the"."""
    verbs = place_words(reading.lang).undergone.get(reading.words[i].folded, frozenset())
    return not verbs.isdisjoint(reading.forms(verb, "verb"))


def relation_of_particle(reading: Reading, i: int, particle: str) -> tuple[int, str]:
    """Return the words before ``i`` that a particle glued to it belongs to, and their relation.

    The particle's own relation, and 0, where none do: "close to-X" is near X, and not to it.
    """
    for run, relation in place_words(reading.lang).relations.get(particle, ()):
        length = len(run) - 1
        if 0 < length <= i and reading.starts_with(i - length, run[:-1]):
            return length, relation
    return 0, reading.lexicon.morphology.relation[particle]


def _is_whole(reading: Reading, i: int, form: str) -> bool:
    """Return whether a one-letter or glued reading of a word is safe: only "and" may be glued."""
    word = reading.words[i].folded
    return word == form or word.removesuffix(form) in reading.lexicon.morphology.conjunction


def relation_before(reading: Reading, first: int) -> str:
    """Return the relation of the word before ``first``, or of a particle glued to it."""
    word = reading.words[first].folded
    morphology = reading.lexicon.morphology
    words = place_words(reading.lang)
    for analysis in morphology.analyses(word)[1:] if word not in reading.lexicon.classes else ():
        known = analysis.form in reading.lexicon.classes or analysis.form in words.territories
        if analysis.clitic in morphology.relation and known:
            return morphology.relation[analysis.clitic]
    before = first - 1
    while before > 0 and reading.words[before].folded in words.articles:
        before -= 1  # "by the Turkish army"
    found = relation_at(reading, before) if before >= 0 else None
    if found is not None and found[1] == GENITIVE:
        return GENITIVE
    return found[1] if found is not None else BARE
