"""Which words around a name belong to it, and which of its own do not?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.mentions.language_rules import SIDES, may_trigger
from gazetteer.place import COUNTRY_KINDS, REGION_KINDS, SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index.store import Posting, Store
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match
    from gazetteer.mentions.recognizer import Recognized
    from gazetteer.mentions.span_features import Reading

_DESCRIBING = frozenset({*SIDES, "countryside"})
"""Classes of words that describe a place, or are the beginning of the name of another."""
_BY_ADDRESS = SETTLEMENT_KINDS | COUNTRY_KINDS | {"admin1", "admin2"}
"""Kinds of places that news names without a word for what they are; "Lake Chad" is a name."""
_WITHOUT_GENERIC_WORD = _BY_ADDRESS - {"admin1"}
"""Kinds that a word before the name does not tell from others: the "city of London" is London."""
_WITH_GENERIC_WORD = frozenset({
    "lake", "reservoir", "sea", "gulf", "bay", "strait", "ocean", "canal", "mountain", "mountains",
    "valley", "pass", "desert", "peninsula", "plateau", "islands",
})  # fmt: skip
"""Kinds that bear the word for what they are in their names, be it written small."""
_CAPITALS = "names_in_capitals"  # of a language whose names are, but for words that announce
_POSSESSIVES = frozenset({"'s", "’s"})
_OF_DESCRIBING_WORDS = 0.6  # of a name that words for parts and borders make up


def bounded(
    names: Iterable[Recognized],
    words: Reading,
    matches: Mapping[int, Sequence[Match]],
    store: Store,
) -> list[Recognized]:
    """Return names with the words around that belong to them, and without those that do not."""
    view = words.view
    names = [_with_describing_words(name, matches, view, store) for name in names]
    names = [_with_generic_word(name, matches, view, store) for name in names]
    names = [_without_generic_words(name, matches, view, store) for name in names]
    names = [_without_shared_noun(name, matches, view) for name in names]
    names = [_without_small_article(name, view) for name in names]
    names = [_without_small_tail(name, matches, view) for name in names]
    names = [name for name in names if not _only_describes(name, view)]
    names = [name for name in names if not _is_publication(view, name.match)]
    names = [name for name in names if not view.has_before("vessel_before", name.match.first)]
    return [_without_tail(name, matches, view, words.demonyms, store) for name in names]


def _with_describing_words(
    name: Recognized, matches: Mapping[int, Sequence[Match]], view: TextView, store: Store
) -> Recognized:
    """Widen a name by words that describe a place where all are one held name: "North Korea".

    A region of that name ("western Libya", "East Africa") is a part of the place, beside it.
    """
    match = name.match
    for wider in matches.get(match.first, ()):
        outer = (*range(wider.first, match.first), *range(match.last + 1, wider.last + 1))
        if (
            outer
            and wider.first <= match.first
            and match.last <= wider.last
            and all(not _DESCRIBING.isdisjoint(view.classes(i)) for i in outer)
            and any(store.kind_of(p.place) not in REGION_KINDS for p in wider.postings)
        ):
            return replace(name, match=wider)
    return name


def _without_shared_noun(
    name: Recognized, matches: Mapping[int, Sequence[Match]], view: TextView
) -> Recognized:
    """Leave the noun that a list shares out of its last name: "Lviv and Sumy oblasts"."""
    match = name.match
    if view.word(match.last) in view.rules.shared_nouns:
        for shorter in matches.get(match.first, ()):
            if shorter.last == match.last - 1 and shorter.first == match.first:
                return replace(name, match=shorter)
    return name


def _with_generic_word(
    name: Recognized, matches: Mapping[int, Sequence[Match]], view: TextView, store: Store
) -> Recognized:
    """Take a name for what it is together with the generic word before it: "بحيرة تشاد".

    The tagger found the name without that word, and so its span stays.
    """
    match = name.match
    for wider in matches.get(match.first, ()):
        if wider.last == match.last and wider.first < match.first:
            announced = told_by_generic_word(match, wider, view, store)
            if announced:
                return replace(name, match=replace(match, key=wider.key, postings=announced))
    return name


def told_by_generic_word(
    match: Match, wider: Match, view: TextView, store: Store
) -> tuple[Posting, ...]:
    """Return the places of a name with more words before it, if these say what the places are.

    Parameters
    ----------
    match
        The name: "Congo" in "fleuve Congo".
    wider
        What is held with the words before it.
    view
        The text.
    store
        The opened index.
    """
    before = [view.word(i) for i in range(wider.first, match.first)]
    before[0] = before[0][len(wider.particle) :]
    said = {kind for t in view.rules.triggers.get(tuple(before), ()) for kind in t.kinds}
    kinds = {store.kind_of(p.place) for p in wider.postings}
    if not kinds & said or (match.postings and kinds & _WITHOUT_GENERIC_WORD):
        return ()
    return tuple(p for p in wider.postings if store.kind_of(p.place) in said)


def _without_generic_words(
    name: Recognized, matches: Mapping[int, Sequence[Match]], view: TextView, store: Store
) -> Recognized:
    """Cut generic words off a name ("the base of") where the rest alone names the same place.

    A name that is not held by its generic word may be held without it: "مدينة الفاشر".
    """
    match = name.match
    places = {posting.place for posting in match.postings}
    shorter = (
        inner
        for first in range(match.first + 1, match.last + 1)
        for inner in matches.get(first, ())
        if inner.first == first and inner.last <= match.last
    )
    is_small = view.is_cased and not view.tokens[match.first].is_capitalized
    is_told_so = any(store.kind_of(place) in _WITH_GENERIC_WORD for place in places)
    for inner in sorted(shorter, key=lambda m: m.first - m.last):
        same = tuple(p for p in inner.postings if not places or p.place in places)
        before = [view.word(i) for i in range(match.first, inner.first)]
        before[0] = before[0][len(match.particle) :]
        after = [view.word(i) for i in range(inner.last + 1, match.last + 1)]
        if tuple(before) not in view.rules.triggers:
            continue
        if not all(view.rules.has("generic_after", word) for word in after):
            continue
        if any(store.kind_of(p.place) in _BY_ADDRESS for p in same):
            return replace(name, match=replace(inner, postings=same))
        # "the port of Tripoli" is no name, but a place; "lac Tchad" is one.
        if is_small and match.postings and not is_told_so:
            return replace(name, match=replace(inner, key=match.key, postings=match.postings))
    return name


def _without_small_article(name: Recognized, view: TextView) -> Recognized:
    """Cut a small article off a name that is held with it: "la Manche" is "Manche"."""
    match = name.match
    is_small = view.is_cased and view.text[match.start].islower()
    if not is_small or match.first == match.last:
        return name
    word = view.word(match.first)
    if word not in view.rules.separate_articles or not view.rules.has("the", word):
        return name
    first = match.first + 1
    return replace(name, match=replace(match, start=view.tokens[first].start, first=first))


def _without_small_tail(
    name: Recognized, matches: Mapping[int, Sequence[Match]], view: TextView
) -> Recognized:
    """Cut everyday words in small letters off the end of a name that is not held with them.

    "Calais" sank; words that say what a place is stay: «Хмаринское озеро».
    """
    match, last = name.match, name.match.last
    is_whole = match.postings or not view.is_cased or _CAPITALS not in view.rules.flags
    if is_whole or not view.tokens[match.first].is_capitalized:
        return name
    while last > match.first and _is_small_everyday_word(last, view):
        last -= 1
    if last == match.last:
        return name
    held = [m for m in matches.get(match.first, ()) if (m.first, m.last) == (match.first, last)]
    shorter = replace(match, end=view.end_of_name(last), last=last)
    return replace(name, match=held[0] if held else shorter)


def _is_small_everyday_word(i: int, view: TextView) -> bool:
    is_small = view.tokens[i].surface.islower() and view.joins(i)
    return is_small and not view.classes(i) and not may_trigger(view.word(i), view.rules.lang)


def _only_describes(name: Recognized, view: TextView) -> bool:
    """Whether a doubtful name is made of words that describe places: "الحدود الشمالية", "ولایت"."""
    first, last = name.match.first, name.match.last
    words = range(first, last + 1)
    if not name.match.postings and view.is_direction(first, last, without=name.match.particle):
        return True
    return name.p_place < _OF_DESCRIBING_WORDS and all(
        view.classes(i) or (view.word(i),) in view.rules.triggers for i in words
    )


def _is_publication(view: TextView, match: Match) -> bool:
    """Whether the word behind a name makes it a newspaper's: the "Washington Post"."""
    after = match.last + 1
    if not (view.joins(after) and view.has_after("publication_after", match.last)):
        return False
    is_compound = view.gaps[after + 1].startswith("-")  # "a Gaza Post-War Plan"
    return not is_compound and (not view.is_cased or view.tokens[after].is_capitalized)


def _without_tail(
    name: Recognized,
    matches: Mapping[int, Sequence[Match]],
    view: TextView,
    demonyms: Sequence[Demonym],
    store: Store,
) -> Recognized:
    """Cut off what follows a held name in a longer one that is not held.

    That is a demonym ("جزيرة جاوة الإندونيسية"), a word that describes the next place, what is the
    place's own ("Mecca's Grand Mosque"), or who comes from a capital: "Из Бишкека Лавров …".
    """
    match = name.match
    if match.postings or match.first == match.last:
        return name
    of_people = {i for d in demonyms for i in range(d.first, d.last + 1)}
    for shorter in sorted(matches.get(match.first, ()), key=lambda m: -m.last):
        tail = range(shorter.last + 1, match.last + 1)
        if (
            shorter.first == match.first
            and shorter.postings
            and tail
            and (
                _owns(view, shorter)
                or _is_capital_in_a_case(shorter, store)
                or all(i in of_people or not _DESCRIBING.isdisjoint(view.classes(i)) for i in tail)
            )
        ):
            return replace(name, match=shorter)
    return name


def _is_capital_in_a_case(match: Match, store: Store) -> bool:
    """Whether a word is a country's or a capital's name in another case than names are held in."""
    kinds = {store.kind_of(posting.place) for posting in match.postings}
    return match.ending and not kinds.isdisjoint(COUNTRY_KINDS | {"capital"})


def _owns(view: TextView, match: Match) -> bool:
    """Whether the English "'s" stands behind a name."""
    return view.is_cased and view.text[match.end : match.end + 2] in _POSSESSIVES
