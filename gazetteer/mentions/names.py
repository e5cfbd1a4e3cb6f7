"""Which names and demonyms does a text have, before anybody asks where they are?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import DamerauLevenshtein

from gazetteer.index.store import CODE
from gazetteer.mentions.bounds import bounded
from gazetteer.mentions.held_names import of_announced_kind
from gazetteer.mentions.name_or_demonym import settle
from gazetteer.mentions.recognizer import (
    THRESHOLD,
    Recognized,
    read_words,
    without_overlaps,
    words_weighed,
)
from gazetteer.mentions.triggered import UNHELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match, Matcher

_READING = 0.25  # enough for one of several ways to read words that are likely in a name
_READINGS = 0.5  # of all ways to read them together
_ECHO = 0.2  # enough for a name that is a place elsewhere in the text
_SHORTEST_MISSPELT = 6  # letters; shorter words are one letter away from too many others
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
    names, demonyms = settle(bounded(names, words, inside, store), words.demonyms, view, store)
    names = [_in_any_language(name, matcher, view, store) for name in names]
    names += _misspelt(view, names, demonyms, words.matches)
    doubtful = _free(bounded(doubtful, words, inside, store), names, demonyms)
    return Names(sorted(names, key=lambda r: r.match.start), demonyms, weighed, doubtful)


def _free(
    doubtful: Iterable[Recognized], names: Iterable[Recognized], demonyms: Iterable[Demonym]
) -> list[Recognized]:
    """Return doubtful names that share no word with names or demonyms."""
    taken = {i for r in names for i in range(r.match.first, r.match.last + 1)}
    taken.update(i for d in demonyms for i in range(d.first, d.last + 1))
    return [r for r in doubtful if taken.isdisjoint(range(r.match.first, r.match.last + 1))]


def _is_doubtful(name: Recognized) -> bool:
    return _DOUBTFUL <= name.p_place < THRESHOLD and not name.match.postings


def _in_any_language(
    name: Recognized, matcher: Matcher, view: TextView, store: Store
) -> Recognized:
    """Look a name up in all languages that its own does not hold: "هونان" is Hunan in Persian.

    What is called a street or a quarter is none of the places that are held so otherwise.
    """
    match = name.match
    if match.postings:
        return name
    surface = view.text[match.start : match.end]
    postings, changed = matcher.lookup(surface, view.rules, any_language=True)
    if changed or not postings:
        return name
    held = of_announced_kind(replace(match, postings=postings), view, store)
    return replace(name, match=held)


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


def is_inside_name(view: TextView, match: Match) -> bool:
    """Whether listed words around a name make it a part of an organisation's or building's name.

    What a glued preposition joins to them lies there: "فندق بمقديشو" is a hotel in Mogadishu.
    """
    is_there = match.particle in view.rules.prepositions
    if not is_there and view.has_before("organisation_before", match.first):
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
