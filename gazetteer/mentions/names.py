"""Which names and demonyms does a text have, before anybody asks where they are?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from gazetteer.index.store import CODE, Posting
from gazetteer.mentions.language_rules import SIDES
from gazetteer.mentions.matcher import Match
from gazetteer.mentions.recognizer import (
    THRESHOLD,
    Recognized,
    read_words,
    without_overlaps,
    words_weighed,
)
from gazetteer.mentions.triggered import UNHELD
from gazetteer.place import COUNTRY_KINDS, REGION_KINDS, SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Matcher
    from gazetteer.mentions.span_features import Reading

_DESCRIBING = frozenset({*SIDES, "countryside"})
"""Classes of words that describe a place, or are the beginning of the name of another."""
_BY_ADDRESS = SETTLEMENT_KINDS | COUNTRY_KINDS | {"admin1", "admin2"}
"""Kinds of places that news names without a word for what they are; "Lake Chad" is a name."""
_WITHOUT_GENERIC_WORD = _BY_ADDRESS - {"admin1"}
"""Kinds that a word before the name does not tell from others: the "city of London" is London."""
_POSSESSIVES = frozenset({"'s", "’s"})
_READING = 0.25  # enough for one of several ways to read words that are likely in a name
_READINGS = 0.5  # of all ways to read them together
_ECHO = 0.2  # enough for a name that is a place elsewhere in the text
_SHORTEST_MISSPELT = 6  # letters; shorter words are one letter away from too many others
_OF_DESCRIBING_WORDS = 0.6  # of a name that words for parts and borders make up
_SURELY_A_NAME = 0.75  # of what may be a demonym's spelling as well
_DOUBTFUL = 0.1  # lowest probability of a name that sounds like a place of its text
_UNSURE = 0.005  # lowest probability of a name beside words that describe a place with it


@dataclass(frozen=True, slots=True)
class Names:
    """The names and demonyms of a text.

    Attributes
    ----------
    names
        Those that are places, in text order.
    demonyms
        Words for the people of a place.
    weighed
        All spans that might be names, overlapping ones too.
    doubtful
        Names that nobody holds as they are written, too unlikely by themselves: they count if they
        sound like a place that the text may mean. Overlapping ones too.
    """

    names: list[Recognized]
    demonyms: list[Demonym]
    weighed: Sequence[Recognized]
    doubtful: Sequence[Recognized] = ()

    def unsure(self) -> list[Recognized]:
        """Return what is no name by itself, but may be one beside words that describe places."""
        held = [r for r in self.weighed if r.match.postings and r.p_place >= _UNSURE]
        likely = without_overlaps(held)
        whole = {(r.match.start, r.match.end): r.match for r in [*likely, *self.names]}
        around = _by_word(whole.values())
        inner = [r for r in held if any(_is_within(r.match, m) for m in around[r.match.first])]
        likely += without_overlaps(inner)
        sure = {(r.match.start, r.match.end) for r in self.names}
        return [r for r in likely if (r.match.start, r.match.end) not in sure]


def find_names(view: TextView, matcher: Matcher, store: Store) -> Names:
    """Return the names and demonyms of a text.

    Parameters
    ----------
    view
        The text.
    matcher, store
        Where names are held.
    """
    words = read_words(view, matcher, store)
    weighed = words_weighed(words, store)
    likely = [r for r in _likely(weighed) if r.p_place >= THRESHOLD or not _is_code(r, store)]
    # Posts repeat their subject in hashtags and campaigns, where it is no place.
    sure = set() if view.is_post else {n.match.key for n in without_overlaps(likely)} - {UNHELD}
    known = set(map(id, likely))
    echoes = [r for r in weighed if r.match.key in sure and r.p_place >= _ECHO]
    names = without_overlaps([*likely, *(r for r in echoes if id(r) not in known)])
    doubtful = [r for r in weighed if _is_doubtful(r)]
    inside = _by_word(words.matches)
    names, demonyms = _settle(_whole(names, words, inside, store), words.demonyms, view, store)
    names = [_in_any_language(name, matcher, view) for name in names]
    names += _misspelt(view, names, demonyms, words.matches)
    doubtful = _free(_whole(doubtful, words, inside, store), names, demonyms)
    return Names(sorted(names, key=lambda r: r.match.start), demonyms, weighed, doubtful)


def _whole(
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
    names = [_without_small_article(name, view) for name in names]
    names = [name for name in names if not _only_describes(name, view)]
    names = [name for name in names if not _is_publication(view, name.match)]
    return [_without_tail(name, matches, view, words.demonyms) for name in names]


def _free(
    doubtful: Iterable[Recognized], names: Iterable[Recognized], demonyms: Iterable[Demonym]
) -> list[Recognized]:
    """Return doubtful names that share no word with names or demonyms."""
    taken = {i for r in names for i in range(r.match.first, r.match.last + 1)}
    taken.update(i for d in demonyms for i in range(d.first, d.last + 1))
    return [r for r in doubtful if taken.isdisjoint(range(r.match.first, r.match.last + 1))]


def _is_doubtful(name: Recognized) -> bool:
    return _DOUBTFUL <= name.p_place < THRESHOLD and not name.match.postings


def _in_any_language(name: Recognized, matcher: Matcher, view: TextView) -> Recognized:
    """Look a name up in all languages that its own does not hold: "هونان" is Hunan in Persian."""
    match = name.match
    if match.postings:
        return name
    surface = view.text[match.start : match.end]
    postings, changed = matcher.lookup(surface, view.rules, any_language=True)
    return name if changed else replace(name, match=replace(match, postings=postings))


def _likely(weighed: Sequence[Recognized]) -> list[Recognized]:
    """Return the spans that are likely names, or a likely reading of words that are in one.

    "کوه‌های زاگرس" and "زاگرس" may share what is sure of both together, if they are held.
    """
    shares: dict[int, float] = defaultdict(float)
    for r in weighed:
        for i in range(r.match.first, r.match.last + 1):
            shares[i] += r.p_place
    return [
        r
        for r in weighed
        if r.p_place >= THRESHOLD
        or (
            r.p_place >= _READING
            and r.match.postings
            and max(shares[i] for i in range(r.match.first, r.match.last + 1)) >= _READINGS
        )
    ]


def _is_code(name: Recognized, store: Store) -> bool:
    """Whether a name is none but a code: "La" in "La Palma" is no Louisiana."""
    return all(store.name_kind(posting.name) == CODE for posting in name.match.postings)


def _is_publication(view: TextView, match: Match) -> bool:
    """Whether the word behind a name makes it a newspaper's: the "Washington Post"."""
    after = match.last + 1
    if not (view.joins(after) and view.has_after("publication_after", match.last)):
        return False
    is_compound = view.gaps[after + 1].startswith("-")  # "a Gaza Post-War Plan"
    return not is_compound and (not view.is_cased or view.tokens[after].is_capitalized)


def is_inside_name(view: TextView, match: Match) -> bool:
    """Whether listed words around a name make it a part of an organisation's or building's name."""
    if view.has_before("organisation_before", match.first):
        return True
    after = match.last + 1
    return view.has_after("organisation_after", match.last) and view.tokens[after].is_capitalized


def _by_word(matches: Iterable[Match]) -> dict[int, list[Match]]:
    """Return matches by each word that they cover."""
    found: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        for i in range(match.first, match.last + 1):
            found[i].append(match)
    return found


def _is_within(match: Match, other: Match) -> bool:
    return other.first <= match.first and match.last <= other.last and match != other


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


def _with_generic_word(
    name: Recognized, matches: Mapping[int, Sequence[Match]], view: TextView, store: Store
) -> Recognized:
    """Take a name for what it is together with the generic word before it: "بحيرة تشاد".

    The tagger found the name without that word, and so its span stays.
    """
    match = name.match
    for wider in matches.get(match.first, ()):
        if wider.last != match.last or wider.first >= match.first:
            continue
        before = [view.word(i) for i in range(wider.first, match.first)]
        before[0] = before[0][len(wider.particle) :]
        said = {kind for t in view.rules.triggers.get(tuple(before), ()) for kind in t.kinds}
        kinds = {store.kind_of(p.place) for p in wider.postings}
        if kinds & said and not (match.postings and kinds & _WITHOUT_GENERIC_WORD):
            announced = tuple(p for p in wider.postings if store.kind_of(p.place) in said)
            return replace(name, match=replace(match, key=wider.key, postings=announced))
    return name


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
        if is_small and match.postings:  # "the port of Tripoli" is no name, but a place
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


def _only_describes(name: Recognized, view: TextView) -> bool:
    """Whether a doubtful name is made of words that describe places: "الحدود الشمالية", "ولایت"."""
    words = range(name.match.first, name.match.last + 1)
    return name.p_place < _OF_DESCRIBING_WORDS and all(
        view.classes(i) or (view.word(i),) in view.rules.triggers for i in words
    )


def _without_tail(
    name: Recognized,
    matches: Mapping[int, Sequence[Match]],
    view: TextView,
    demonyms: Sequence[Demonym],
) -> Recognized:
    """Cut off what follows a held name in a longer one that is not held.

    That is a demonym ("جزيرة جاوة الإندونيسية"), a word that describes the next place, or what is
    the place's own: "Mecca's Grand Mosque".
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
                or all(i in of_people or not _DESCRIBING.isdisjoint(view.classes(i)) for i in tail)
            )
        ):
            return replace(name, match=shorter)
    return name


def _owns(view: TextView, match: Match) -> bool:
    """Whether the English "'s" stands behind a name."""
    return view.is_cased and view.text[match.end : match.end + 2] in _POSSESSIVES


def _misspelt(
    view: TextView,
    names: Sequence[Recognized],
    demonyms: Sequence[Demonym],
    matches: Sequence[Match],
) -> list[Recognized]:
    """Words one slip away from a name of the same text, where a place is expected."""
    known = {m.first for m in matches} | {d.first for d in demonyms}
    spelt: dict[str, dict[str, Recognized]] = defaultdict(dict)
    for name in names:
        word = view.word(name.match.first)[len(name.match.particle) :]
        if name.match.first == name.match.last and len(word) >= _SHORTEST_MISSPELT:
            spelt[word[:2]][word] = name
    found = []
    for i, token in enumerate(view.tokens if spelt else ()):
        if token.folded[:2] not in spelt:
            continue
        expected = view.joins(i) and view.rules.has("preposition", view.word(i - 1))
        if i in known or not expected or len(token.folded) < _SHORTEST_MISSPELT:
            continue
        for word, name in spelt[token.folded[:2]].items():
            if DamerauLevenshtein.distance(word, token.folded, score_cutoff=1) == 1:
                spelling = replace(name.match, particle="", article=0, ending=True)
                match = replace(spelling, start=token.start, end=token.end, first=i, last=i)
                found.append(Recognized(match, name.p_place / 2 + 0.25))
                break
    return found


def _settle(
    names: Sequence[Recognized],
    demonyms: Sequence[Demonym],
    view: TextView,
    store: Store,
) -> tuple[list[Recognized], list[Demonym]]:
    """Decide between name and demonym where a word can be either."""
    rules = view.rules
    kept_demonyms = []
    extra: list[Recognized] = []
    for demonym in demonyms:
        expected = (
            not demonym.particle
            and view.joins(demonym.first)
            and rules.has("preposition", view.word(demonym.first - 1))
        )
        word = demonym.form
        if expected and word.endswith(rules.never_after_preposition):
            continue
        bare = not rules.article or not word.startswith(rules.article)
        if (
            expected
            and bare
            and rules.name_after_preposition
            and word.endswith(rules.name_after_preposition)
        ):
            extra.append(_as_name(demonym, store))
            continue
        kept_demonyms.append(demonym)
    names = [n for n in names if not _is_adjective(n, kept_demonyms, view, store)]
    places = {
        n.match.first: {p.place for p in n.match.postings if _may_be_spoken(p, view, store)}
        for n in names
    }
    kept_demonyms = [
        # "روسيا" is the country, though it is also how "a Russian" is written after a verb.
        d
        for d in kept_demonyms
        if store.row(d.place_id) not in places.get(d.first, ())
    ]
    taken = {i for demonym in kept_demonyms for i in range(demonym.first, demonym.last + 1)}
    kept_names = [
        name
        for name in names
        if name.match.last > name.match.first or name.match.first not in taken
    ]
    long_words = {i for n in kept_names for i in range(n.match.first, n.match.last + 1)}
    kept_demonyms = [d for d in kept_demonyms if d.first not in long_words]
    extra = [n for n in extra if n.match.first not in long_words]
    return [*kept_names, *extra], kept_demonyms


def _may_be_spoken(posting: Posting, view: TextView, store: Store) -> bool:
    """Whether a place's name is not only another language's: "Azerbaijani" is Swahili for it."""
    lang = store.name_lang(posting.name)
    return lang.startswith("und") or lang.partition("-")[0] == view.rules.lang


def _is_adjective(
    name: Recognized, demonyms: Sequence[Demonym], view: TextView, store: Store
) -> bool:
    """Whether a name is a demonym, held as a spelling or not: "قوات تركية" are no "تركيا"."""
    match = name.match
    here = {store.row(d.place_id) for d in demonyms if d.first == match.first == match.last}
    word = view.word(match.first)[len(match.particle) :]
    held = {p.place for p in match.postings if fold(store.name(p.name)) == word}
    is_both = bool(here & {p.place for p in match.postings})
    spelt = not here & held and name.p_place < _SURELY_A_NAME
    return is_both and (spelt or _goes_with_a_noun(match, view))


def _goes_with_a_noun(match: Match, view: TextView) -> bool:
    """Whether a bare feminine follows a noun, known by its ending, that describes no place."""
    i, rules = match.first, view.rules
    if match.particle or not view.joins(i) or view.classes(i - 1) - {"guard"}:
        return False
    if not view.word(i).endswith(rules.name_after_preposition):
        return False
    return view.tokens[i - 1].surface.endswith(rules.noun_endings)


def _as_name(demonym: Demonym, store: Store) -> Recognized:
    row = store.row(demonym.place_id)
    posting = Posting(row, store.first_name(row))
    match = Match(
        demonym.start,
        demonym.end,
        demonym.first,
        demonym.last,
        -1,
        demonym.particle,
        0,
        True,
        (posting,),
    )
    return Recognized(match, 0.75)
