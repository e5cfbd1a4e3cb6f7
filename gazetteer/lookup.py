"""Which places may a name mean that is given by itself, and how surely?"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein

from gazetteer.alike import Heard, find_alike
from gazetteer.data import data_path
from gazetteer.filters import ALL, Wanted
from gazetteer.index.sounds import script_bit
from gazetteer.index.space import distances_km
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.prior import prior_odds
from gazetteer.rank import (
    INSISTENCE,
    Named,
    rank,
    share_with_seats,
)
from gazetteer.readings import Reading, announced_kinds, readings
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gazetteer.index.store import Accepts, Posting, Store

Array = np.ndarray[Any, Any]

LIKENESS_FEATURES = (
    "prior",
    "held",
    "nats",
    "nats_per_letter",
    "transliterated",
    "misspelt",
    "lacks_script",
    "shares_script",
    "namesake",
)
_MOST_EXACT = 60  # candidates of one name that are weighed, the most prominent
_FUZZY_READINGS = 2  # of a name that none is held for
_WEIGHED = 60  # names like another whose places are weighed, the most like
_MOST_NAMESAKES = 10  # places called like one that bears the very name, the most prominent
_MATCH_OF_NAMESAKES = 0.9  # similarity of the name that such a place would have in the same script
_WELL_KNOWN = 40  # prominence, in tenths, from which a place that bears the very name is believed
_LEAST = 1e-6  # probabilities below this are as good as none
_ELSEWHERE = (-100, -99)  # span of the name asked for: no name of its context stands beside it
_NEARNESS = 6.0  # log odds that a point asked for adds to a place just there
_NEAR_KM = 150.0  # a place closer than about this to the point asked for counts in full


class Candidate(NamedTuple):
    """A place that may be meant.

    Attributes
    ----------
    posting
        The place, and the name it bears.
    match
        Similarity of the name as searched and as held, 0 to 1.
    odds
        Log odds that it is meant.
    insisted
        Whether the user says so.
    """

    posting: Posting
    match: float
    odds: float
    insisted: bool = False


class Scored(NamedTuple):
    """A candidate with the probability that it is meant."""

    posting: Posting
    match: float
    score: float


class _Weights(NamedTuple):
    likeness: dict[str, float]
    none: float


@cache
def _weights() -> _Weights:
    model = json.loads(data_path("models", "search.json").read_text(encoding="utf-8"))
    return _Weights(model["likeness"], model["none"])


class Lookup:
    """Finds the places that a name may mean.

    Parameters
    ----------
    store
        The opened index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._matcher = Matcher(store)

    def find(
        self,
        name: str,
        *,
        lang: str,
        wanted: Wanted = ALL,
        near: tuple[float, float] | None = None,
        others: Sequence[Named] = (),
        fuzzy: bool = True,
    ) -> list[Scored]:
        """Return the places of a name, the most likely first.

        Parameters
        ----------
        name
            The name, in any script.
        lang
            Its language.
        wanted
            What the places must be.
        near
            Latitude and longitude of a point near which the place is expected.
        others
            Names of the text that the name is from: they steer the choice.
        fuzzy
            Whether names that are only like it count: misspelt, or in another script.
        """
        accepts = wanted.accepts(self._store)
        countries = [self._store.countries[code] for code in wanted.countries or ()]
        tried, found = [], []
        compared = fuzzy or near is not None or bool(others)
        for read in readings(name, lang, self._matcher, self._store):
            reading = read if accepts is None else read.limited_to(accepts)
            found = self.exact(
                reading.name,
                lang=lang,
                accepts=reading.accepts,
                countries=countries,
                compared=compared,
            )
            if found and reading.kinds:
                found = self._of_kinds(found, reading)
            if found:
                tried = [reading]
                break
            tried.append(reading)
        none = -math.inf
        if fuzzy:
            found, none = self._with_like_names(name, found, tried, lang)
        if others and found:
            found = self._in_context(found, reading.name, lang, others)
        if near is not None:
            found = self._drawn_to(found, near)
        return self._scored(found, none, announced_kinds(name, lang))

    def _with_like_names(
        self, name: str, bearers: Sequence[Candidate], tried: Sequence[Reading], lang: str
    ) -> tuple[list[Candidate], float]:
        """Return bearers, namesakes and, where it is doubtful, places of names like it.

        And the log odds that the place meant is none of them.
        """
        found = self._with_namesakes(name, bearers, accepts=tried[0].accepts)
        if not self.is_doubtful(name, bearers):
            return found, -math.inf
        found = [_beside_others(candidate) for candidate in found]
        for reading in tried[:_FUZZY_READINGS]:
            found += self.alike(
                reading.name, lang=lang, accepts=reading.accepts, is_held=bool(bearers)
            )
        return _best_of_place(found), _weights().none

    def _of_kinds(self, found: Sequence[Candidate], reading: Reading) -> list[Candidate]:
        """Return the places that are what the generic word says.

        Where none is ("Baghdad airport", and only the city is held), all of them, with the
        similarity of their name to all that was asked for.
        """
        store = self._store
        agreeing = [c for c in found if store.kind_of(c.posting.place) in reading.kinds]
        return agreeing or [
            c._replace(match=_similarity(reading.whole, store.name(c.posting.name))) for c in found
        ]

    def exact(
        self,
        name: str,
        *,
        lang: str,
        accepts: Accepts | None = None,
        countries: Iterable[str] = (),
        compared: bool = True,
    ) -> list[Candidate]:
        """Return the places that bear the name, in one spelling or another.

        Where they are not compared with others, the odds of a sole one are left at 0.
        """
        store = self._store
        postings, changed = self._matcher.lookup(
            name, language_rules(lang), any_language=True, accepts=accepts
        )
        if not compared and not changed and len(postings) == 1 and not store.has_own_names:
            return [Candidate(postings[0], 1.0, 0.0)]
        odds = prior_odds()
        found = [
            Candidate(
                posting,
                _similarity(name, store.name(posting.name)) if changed else 1.0,
                odds(store, posting, lang=lang, surface=name, article_changed=changed),
            )
            for posting in postings[:_MOST_EXACT]
        ]
        return self._as_the_user_says(found, lang, countries) if store.has_own_names else found

    def _as_the_user_says(
        self, found: Sequence[Candidate], lang: str, countries: Iterable[str]
    ) -> list[Candidate]:
        """Return the candidates; those that the user insists on outweigh all others."""
        return [
            c._replace(odds=c.odds + INSISTENCE, insisted=True)
            if self._store.insists(c.posting.name, lang=lang, spoken_of=countries)
            else c
            for c in found
        ]

    def _with_namesakes(
        self, name: str, bearers: Sequence[Candidate], *, accepts: Accepts | None
    ) -> list[Candidate]:
        """Return the bearers of a name and their namesakes, with odds as of names alone."""
        of = _weights().likeness
        found = list(bearers)
        for posting, features in self.namesakes(name, bearers, accepts=accepts):
            less = of["held"] - of["namesake"] - of["shares_script"] * features["shares_script"]
            odds = features["prior"] - less / of["prior"]
            found.append(Candidate(posting, _MATCH_OF_NAMESAKES, odds))
        return found

    def namesakes(
        self, name: str, bearers: Sequence[Candidate], *, accepts: Accepts | None
    ) -> Iterator[tuple[Posting, dict[str, float]]]:
        """Yield places called in Latin letters like one that bears a name in other letters.

        What one Lexington is called in Arabic, the others are called too, held or not.
        """
        if not is_foreign(name):
            return
        store, prior = self._store, prior_odds()
        script = script_bit(script_of(fold(name)))
        seen = {candidate.posting.place for candidate in bearers}
        called = dict.fromkeys(store.key(fold(store.place_name(row))) for row in list(seen))
        for key in called:
            others = store.postings(key, accepts) if key is not None else ()
            for posting in [p for p in others if p.place not in seen][:_MOST_NAMESAKES]:
                seen.add(posting.place)
                odds = prior(store, posting, lang="und", surface="", article_changed=False)
                shares = bool(store.scripts[posting.place] & script)
                yield posting, {"prior": odds, "namesake": 1.0, "shares_script": float(shares)}

    def alike(
        self, name: str, *, lang: str, accepts: Accepts | None, is_held: bool
    ) -> list[Candidate]:
        """Return the places whose names are like it."""
        alike = self.likenesses(fold(name), lang=lang, accepts=accepts, is_held=is_held)
        return [
            Candidate(posting, round(heard.match, 4), _odds(features))
            for heard, posting, features in alike
        ]

    def likenesses(
        self, folded: str, *, lang: str, accepts: Accepts | None, is_held: bool = False
    ) -> Iterable[tuple[Heard, Posting, dict[str, float]]]:
        """Yield names that are like a folded one, with their :data:`LIKENESS_FEATURES`."""
        store, prior = self._store, prior_odds()
        script = script_bit(script_of(folded))
        letters = max(1, len(folded.replace(" ", "")))
        alike = find_alike(store, folded, accepts=accepts, is_held=is_held)
        for heard in sorted(alike, key=lambda heard: -heard.match)[:_WEIGHED]:
            for posting in store.postings(heard.key, accepts):
                if store.name_kind(posting.name) == "code":
                    continue
                shares = bool(store.scripts[posting.place] & script)
                odds = prior(store, posting, lang=lang, surface="", article_changed=False)
                values = (
                    odds,
                    0.0,
                    heard.nats,
                    heard.nats / letters,
                    heard.transliterated,
                    not heard.transliterated,
                    heard.transliterated and not shares,
                    heard.transliterated and shares,
                    0.0,
                )
                yield heard, posting, dict(zip(LIKENESS_FEATURES, map(float, values), strict=True))

    def _in_context(
        self, found: Sequence[Candidate], name: str, lang: str, others: Sequence[Named]
    ) -> list[Candidate]:
        """Return the candidates with log odds that the other names of a text change.

        The name itself, which the text mostly has too, says nothing of what it means.
        """
        others = [other for other in others if fold(other.surface) != fold(name)]
        postings = tuple(candidate.posting for candidate in found)
        asked = Named(*_ELSEWHERE, name, lang, postings)
        among = rank(self._store, [asked, *others])[0]
        said = {
            row: math.log(max(score, _LEAST))
            for row, score in zip(among.rows, among.scores, strict=True)
        }
        if all(candidate.posting.place in said and candidate.match == 1 for candidate in found):
            return [c._replace(odds=said[c.posting.place]) for c in found]
        alone = rank(self._store, [asked])[0]
        for row, score in zip(alone.rows, alone.scores, strict=True):
            said[row] -= math.log(max(score, _LEAST))
        return [c._replace(odds=c.odds + said.get(c.posting.place, 0.0)) for c in found]

    def is_doubtful(self, name: str, found: Sequence[Candidate]) -> bool:
        """Whether the name may be that of a place not held under it."""
        if not found:
            return True
        if not is_foreign(name):
            return False
        if any(candidate.insisted for candidate in found):
            return False
        return all(self._store.prominence[c.posting.place] < _WELL_KNOWN for c in found)

    def _drawn_to(self, found: Sequence[Candidate], near: tuple[float, float]) -> list[Candidate]:
        if not found:
            return []
        store = self._store
        rows = np.array([candidate.posting.place for candidate in found])
        km = distances_km(*near, store.lat_e5[rows] / 1e5, store.lon_e5[rows] / 1e5)
        nearness = _NEARNESS / (1 + km / _NEAR_KM)
        return [
            c._replace(odds=c.odds + float(gain)) for c, gain in zip(found, nearness, strict=True)
        ]

    def _scored(
        self, found: Sequence[Candidate], none: float, announced: frozenset[str]
    ) -> list[Scored]:
        if not found:
            return []
        if len(found) == 1 and none == -math.inf:
            return [Scored(found[0].posting, found[0].match, 1.0)]
        top = max(candidate.odds for candidate in found)
        shares = [math.exp(candidate.odds - top) for candidate in found]
        total = sum(shares) + math.exp(min(none - top, 50.0))
        scores = [share / total for share in shares]
        rows = [candidate.posting.place for candidate in found]
        share_with_seats(self._store, rows, scores, announced=announced)
        scored = [Scored(c.posting, c.match, s) for c, s in zip(found, scores, strict=True)]
        scored.sort(key=lambda one: -one.score)
        return scored


def _beside_others(candidate: Candidate) -> Candidate:
    """Return a candidate with odds on the scale of names that are only like another."""
    weights = _weights().likeness
    return candidate._replace(odds=weights["prior"] * candidate.odds + weights["held"])


def is_foreign(name: str) -> bool:
    """Return whether a name is in letters other than Latin ones."""
    return not name.isascii() and script_of(name) not in {LATIN, None}


def _odds(features: dict[str, float]) -> float:
    weights = _weights().likeness
    return sum(weights[key] * value for key, value in features.items())


def _best_of_place(found: Iterable[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in found:
        held = best.get(candidate.posting.place)
        if held is None or candidate.odds > held.odds:
            best[candidate.posting.place] = candidate
    return list(best.values())


def _similarity(searched: str, held: str) -> float:
    return round(DamerauLevenshtein.normalized_similarity(fold(searched), fold(held)), 4)
