"""Which words before a name belong to its phrase, as "the old port of" does?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.place_words import (
    GENITIVE,
    place_words,
    relation_at,
    relation_of_particle,
)

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading

_ADJECTIVES = 2  # words between "areas" and "of": "vast areas"


def is_described(reading: Reading, i: int, floor: int, *, headed: bool) -> bool:
    """Return whether an adjective or an unlisted name stands at ``i`` that the phrase includes."""
    follows = bool(reading.lexicon.morphology.article)
    if "demonym" in forms_at(reading, i):
        return not (follows and headed)  # where adjectives follow, this one is another noun's
    if reading.lexicon.morphology.verb_last:  # "the air space of X": adjectives of a head
        return i - 1 > floor and is_head(reading, i - 1, floor)
    return follows and (_is_unlisted(reading, i, floor) or _is_adjective_of_head(reading, i, floor))


def _is_unlisted(reading: Reading, i: int, floor: int) -> bool:
    """Return whether a name that no gazetteer holds stands at ``i``: "in the towns X and"."""
    word = reading.words[i] if i > floor else None
    if word is None or word.classes or forms_at(reading, i) or relation_at(reading, i):
        return False
    return i - 1 > floor and is_head(reading, i - 1, floor)


def _is_adjective_of_head(reading: Reading, i: int, floor: int) -> bool:
    """Return whether "the federal" at ``i`` goes with a noun before it: "the Swiss capital"."""
    article = reading.lexicon.morphology.article
    for j in range(i, max(floor, i - _ADJECTIVES), -1):
        word = reading.words[j]
        if not word.folded.startswith(article) or reading.lexicon.may_begin(word.folded):
            return False
        if j - 1 > floor and is_head(reading, j - 1, floor):
            return reading.words[j - 1].folded.startswith(article)
    return False


def own_relation(reading: Reading, covered: range) -> str | None:
    """Return the relation of words that a described place begins with: "on the outskirts of X"."""
    for i in reversed(covered):  # the longest run of words is the whole of what is said
        found = relation_at(reading, i)
        if found is not None and i - found[0] + 1 == covered[0]:
            return found[1] if found[1] != GENITIVE else None
    return None


def is_head(reading: Reading, i: int, floor: int) -> bool:
    """Return whether a word such as "city" stands at ``i``, behind the name before."""
    lang = place_words(reading.lang)
    forms = reading.forms(i, "word") if i > floor else frozenset()
    return bool(forms & lang.heads) or bool(forms & lang.sites)


def partitive_before(reading: Reading, i: int, floor: int) -> int | None:
    """Return where "parts", "areas" stand, which make "from" at the next word "of": "parts of X".

    Adjectives may stand between, where they follow their noun.
    """
    parts = place_words(reading.lang).partitives
    for j in range(i, max(floor, i - _ADJECTIVES - 1), -1):
        if parts & reading.forms(j, "word"):
            return j
        if reading.lexicon.may_begin(reading.words[j].folded) or relation_at(reading, j):
            return None
    return None


def glued_relation(reading: Reading, i: int) -> tuple[int, str] | None:
    """Return what a particle glued to a word such as "city" says, with the words it goes with."""
    morphology, heads = reading.lexicon.morphology, place_words(reading.lang).heads
    if reading.words[i].folded in heads:
        return None
    glued = (
        relation_of_particle(reading, i, a.clitic)
        for a in morphology.analyses(reading.words[i].folded)
        if a.clitic in morphology.relation and a.form in heads
    )
    return next(glued, None)


def joins_head(reading: Reading, i: int) -> bool:
    """Return whether a word such as "city" has "and" glued to it."""
    morphology = reading.lexicon.morphology
    heads = place_words(reading.lang).heads
    return any(
        a.clitic in morphology.conjunction and a.clitic and a.form in heads
        for a in morphology.analyses(reading.words[i].folded)
    )


def forms_at(reading: Reading, i: int) -> frozenset[str]:
    """Return the forms of the mentions that the word at ``i`` belongs to."""
    token = reading.words[i].token
    return frozenset(
        r.mention.form
        for r in reading.mentions
        if r.mention.start < token.end and token.start < r.mention.end
    )
