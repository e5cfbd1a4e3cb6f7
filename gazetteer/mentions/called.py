"""Which spans name a place by what the words in and around them say, whatever the tagger does?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gazetteer.index.store import CODE
from gazetteer.place import REGION_KINDS
from gazetteer.text.common_words import common_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match
    from gazetteer.mentions.span_features import Reading

CALLED = 0.5
"""Probability of a name that is called a place, unless it is likelier something else."""

FAMOUS = 40
"""Names of a place, in all languages, from which on it is famous."""

_LONGEST_TRIGGER = 2  # words of "international airport"
_TAGGED = 0.05  # of what is called a place, where neither a capital nor the gazetteer says more,
_NEVER = 2.0
_TAGGED_DEFINITE = 0.2  # and where "the city" needs no name behind it
_OF_REGION = 0.25  # of what several words name together, unless it is likelier something else
_FREQUENT = 4.5  # Zipf frequency
_OF_WAY = 0.4  # to be a toponym of a name at the end of a way, and at most to be a person
_OF_SEVERAL_WORDS = REGION_KINDS | {"disputed", "sea", "strait", "gulf", "desert", "peninsula"}
_LINKS = frozenset({"of", "the", "and"})  # classes of words inside names


def is_called_a_place(reading: Reading, match: Match, store: Store) -> bool:
    """Whether a name is called a village, an air base: what is, is a place.

    A name that is held must be that of such a thing.
    """
    view = reading.view
    words = range(match.first, match.last + 1)
    is_part = view.hashtags.get(match.first, words) != words  # of "#انفجار_مرفأ_بيروت"
    if is_part or all(view.classes(i) or (view.word(i),) in view.rules.triggers for i in words):
        return False  # "ولاية شمال": words for places, and no name
    around = (*view.triggers_before(match.first), *view.triggers_after(match.last))
    somebody, place = _tagged(reading, match)
    if somebody >= CALLED:
        return False
    if not view.is_cased and place < _needed(view, match):
        return False  # "in the city three died", "in a large city"
    named = [p for p in match.postings if store.name_kind(p.name) != CODE]
    if match.postings and not named:
        return False  # "the island of La Palma" is none of "La."
    kinds = {store.kind_of(posting.place) for posting in named}
    if place >= CALLED and _rests(match, reading, store):
        return True
    return any(t.kinds & kinds if kinds else t.open for t in around)


def _rests(match: Match, reading: Reading, store: Store) -> list[Sequence[Match]]:
    """Return what is held of a name without each trigger in it that says what it is.

    "Goma" of "Goma International Airport", nothing of "مدينة الصدر". No trigger does where the
    rest names such a thing itself: "نهر الفرات" is "الفرات", a river, and "province du Nord-Kivu"
    is "Nord-Kivu". With an article "المدينة الجديدة" is the new city.
    """
    if match.article:
        return []
    view, first, last = reading.view, match.first, match.last
    within = range(1, min(_LONGEST_TRIGGER, last - first) + 1)
    endings = [m for m in reading.by_last.get(last, ()) if m.first > first]
    parted = [(trigger, endings) for n in within for trigger in view.triggers_before(first + n)]
    for n in within:
        rest = [m for m in reading.by_first.get(first, ()) if m.last == last - n]
        parted += [(trigger, rest) for trigger in view.triggers_after(last - n)]

    def kinds(matches: Sequence[Match]) -> set[str]:
        return {store.kind_of(posting.place) for m in matches for posting in m.postings}

    named = kinds([match])
    return [rest for t, rest in parted if t.kinds & named and t.kinds.isdisjoint(kinds(rest))]


def _needed(view: TextView, match: Match) -> float:
    """Return how sure the tagger must be of what is called a place, where capitals say nothing.

    What is glued to a word, or an ordinary word, is no name that "city of" announces.
    """
    is_definite = _is_definite(view, match.first - 1) or _is_pointed_at(view, match.first - 1)
    common = common_words(view.rules.lang)
    if match.particle or (is_definite and view.word(match.first) in common):
        return _NEVER
    if not match.postings and any(view.word(i) in common for i in (match.first, match.last)):
        return _NEVER  # "a large city", "the town of X yesterday"
    if is_definite:
        return _TAGGED_DEFINITE
    return 0.0 if match.postings else _TAGGED


def _is_definite(view: TextView, i: int) -> bool:
    """Whether the article is glued to a word, or may be swallowed by what is glued to it."""
    if view.rules.has("preposition", view.word(i)):
        return False  # "الى" begins like it
    articles = {view.rules.article, *view.rules.elided.values()} - {""}
    heads = [head for _, head in view.rules.heads(view.word(i))]
    return any(head.startswith(tuple(articles)) for head in heads)


def _is_pointed_at(view: TextView, i: int) -> bool:
    """Whether "this" stands before a word for a place: "in this city" needs no name behind it."""
    return view.rules.has("this", view.word(i - 1)) and view.joins(i)


def _tagged(reading: Reading, match: Match) -> tuple[float, float]:
    """Return how likely the tagger has a span for a person or body, and for a place."""
    span = match.first, match.last
    somebody = max(reading.tags.mean(kind, *span) for kind in ("PER", "ORG"))
    return somebody, max(tags.mean("LOC", *span) for tags in (reading.toponyms, reading.tags))


def is_end(reading: Reading, match: Match) -> bool:
    """Whether a held name is one end of a way: a place to the tagger, and no person."""
    if reading.far_ends.isdisjoint((match.first, match.last + 1)) or not match.postings:
        return False
    words = match.first, match.last
    person = reading.tags.mean("PER", *words)
    return reading.toponyms.mean("LOC", *words) >= _OF_WAY > person


def is_whole_text(reading: Reading, match: Match, store: Store) -> bool:
    """Whether a text is nothing but the name of a well-known place: "Liverpool"."""
    return len(reading.view.tokens) == match.last - match.first + 1 and any(
        store.name_kind(p.name) != CODE and store.name_count(p.place) >= FAMOUS
        for p in match.postings
    )


def is_at_a_capital(reading: Reading, match: Match, store: Store) -> bool:
    """Whether a national capital's name stands behind a preposition: "officials in Accra".

    Where no capital letter tells a name, the capital of South Korea may be a flood («سيول»).
    """
    view = reading.view
    return (
        view.is_cased
        and view.tokens[match.first].is_capitalized
        and view.has_before("preposition", match.first)
        and _tagged(reading, match)[0] < CALLED
        and any(
            store.kind_of(p.place) == "capital" and store.name_count(p.place) >= FAMOUS
            for p in match.postings
            if store.name_lang(p.name).partition("-")[0] in {view.rules.lang, "und"}
        )
        and (match.first < match.last or view.word(match.first) not in _frequent(view.rules.lang))
    )


@cache
def _frequent(lang: str) -> frozenset[str]:
    """Return the words of a language that are too frequent to be mostly names."""
    return frozenset(word for word, zipf in common_words(lang).items() if zipf >= _FREQUENT)


def names_a_region(reading: Reading, match: Match, store: Store) -> bool:
    """Whether several words are the name of a region that none of them has: "القرن الأفريقي"."""
    view = reading.view
    words = range(match.first, match.last + 1)
    if len(words) == 1 or any(_describes(view, i) for i in words):
        return False
    somebody, place = _tagged(reading, match)
    return (
        somebody < CALLED
        and place >= _OF_REGION
        and any(
            store.name_lang(p.name) == view.rules.lang
            and store.kind_of(p.place) in _OF_SEVERAL_WORDS
            for p in match.postings
        )
    )


def is_told_whole(match: Match, reading: Reading, store: Store) -> bool:
    """Whether the word in or before several ones says what only they are together.

    "ولاية نهر النيل" is Nile State, and "مدينة الصدر" has no name without its first word.
    """
    if match.first == match.last:
        return False
    before = reading.view.triggers_before(match.first)
    kinds = {kind for trigger in before for kind in trigger.kinds}
    is_announced = any(store.kind_of(posting.place) in kinds for posting in match.postings)
    return is_announced or not all(_rests(match, reading, store))


def _describes(view: TextView, i: int) -> bool:
    """Whether a word says where in a place something is, or what kind of place: "north", "lake"."""
    classes = view.classes(i)
    says_where = bool(classes) and classes.isdisjoint(_LINKS)
    is_trigger = (view.word(i),) in view.rules.triggers
    return says_where or is_trigger or view.rules.has("generic_after", view.word(i))
