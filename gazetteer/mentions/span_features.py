"""What speaks for a span of words naming a place? Named features of it in its text."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.mentions.addresses import COMMAS, areas_behind_commas, lies_in
from gazetteer.mentions.features import kind_group
from gazetteer.mentions.nearest import nearest
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.common_words import common_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.demonyms import Demonym
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match
    from gazetteer.mentions.tagger import Tags

Array = np.ndarray[Any, Any]

_KINDS = ("country", "admin1", "capital", "city", "town", "curated")
_LENGTHS = {1: "one_word", 2: "two_words"}
_MORE_WORDS = "more_words"
_LIKELY = 0.5  # probability of a place that a list goes on from, or whose country is spoken of
_AROUND = 8  # likely names around one whose countries are spoken of
_FAMOUS = 16  # names of a place, in all languages, that is well known
_SCALE = 8.0  # bits of fame and logarithms of frequency are brought to about 1
_CERTAIN = 1e-4  # distance of a probability from 0 and 1 that its log odds are cut at

FEATURES = (
    "bias",
    # what the tagger says of every mention of a place, also inside other names
    "toponym_tagged",
    "toponym_span",
    "toponym_mean",
    "toponym_goes_on",
    # what it says of names, each as what it names as a whole
    "tagged",
    "span",
    "least",
    "mean",
    "goes_on",
    "began_before",
    "follows_place",
    "person",
    "organisation",
    "demonym",
    "in_person",
    "in_organisation",
    # what the gazetteer says
    "one_word",
    "two_words",
    "more_words",
    "held one_word",
    "held two_words",
    "held more_words",
    *(f"kind={kind}" for kind in _KINDS),
    "fame",
    "own_language",
    "particle",
    "article",
    "ending",
    "common",
    "common unheld",
    "unlisted",
    "famous",
    "famous unlisted",
    "famous particle",
    # what the words around say
    "parent_follows",
    "listed",
    "announced",
    "announced_otherwise",
    "announced_unheld",
    "preposition",
    "in_hashtag",
    "whole_hashtag",
    # what the rest of the text says
    "echo",
    "echo_person",
    "spoken_of",
    "spoken_elsewhere",
)
"""Names of the features, in the order of the columns that :func:`weigh` returns."""


@dataclass(frozen=True)
class Reading:
    """A text's matched names, and what the tagger says of each word by its two guidelines.

    ``toponyms`` are all mentions of places, ``tags`` tell what a name names as a whole;
    ``addressed`` are the first and last words of names in addresses ("Gary, Ind."), with how likely
    they are names at least, ``far_ends`` the words behind a hyphen or dash that joins two places
    ("London-Paris"), ``demonyms`` words for the people of a place.
    """

    view: TextView
    matches: Sequence[Match]
    toponyms: Tags
    tags: Tags
    addressed: Mapping[tuple[int, int], float] = field(default_factory=dict)
    far_ends: frozenset[int] = frozenset()
    demonyms: Sequence[Demonym] = ()

    @cached_property
    def by_first(self) -> Mapping[int, Sequence[Match]]:
        """Matches by the number of their first word."""
        return _grouped((match.first, match) for match in self.matches)

    @cached_property
    def by_last(self) -> Mapping[int, Sequence[Match]]:
        """Matches by the number of their last word."""
        return _grouped((match.last, match) for match in self.matches)


def _grouped(numbered: Iterable[tuple[int, Match]]) -> Mapping[int, Sequence[Match]]:
    found: dict[int, list[Match]] = defaultdict(list)
    for number, match in numbered:
        found[number].append(match)
    return found


class _Highest(NamedTuple):
    """The highest value of the same words in a text, at which word, and the highest elsewhere."""

    value: float = 0.0
    first: int = -1
    elsewhere: float = 0.0

    def joined(self, value: float, first: int) -> _Highest:
        """Return it with the value of words that begin at another word, or again at one."""
        if first == self.first:
            return self._replace(value=max(value, self.value))
        if value > self.value:
            return _Highest(value, first, self.value)
        return self._replace(elsewhere=max(value, self.elsewhere))

    def besides(self, first: int) -> float:
        """Return the highest value of those that do not begin at a word."""
        return self.elsewhere if first == self.first else self.value


def weigh(reading: Reading, spans: Sequence[Match], store: Store) -> Array:
    """Return the :data:`FEATURES` of spans.

    Parameters
    ----------
    reading
        The text.
    spans
        Spans that may name places.
    store
        The opened index.

    Returns
    -------
    array of float, shape (n spans, n features)
    """
    column = {name: i for i, name in enumerate(FEATURES)}
    found = np.zeros((len(spans), len(FEATURES)))
    places, persons = _echoes(reading, spans)
    behind = areas_behind_commas(reading.view, reading.matches, store)
    around = CountriesAround(reading, store)
    for row, match in zip(found, spans, strict=True):
        said = around.speak_of(match)
        for source in (_tagged(match, reading), _held(match, reading.view, store), said):
            for name, value in source:
                row[column[name]] = value
        if (tag := reading.view.hashtags.get(match.first)) is not None:
            is_whole = tag == range(match.first, match.last + 1)
            row[column["in_hashtag"]] = 1.0
            row[column["whole_hashtag"]] = is_whole and bool(match.postings)
        row[column["parent_follows"]] = lies_in(match, behind.get(match.last + 1, ()), store)
        words = reading.view.text[match.start : match.end]
        row[column["echo"]] = places[words].besides(match.first)
        row[column["echo_person"]] = persons[words].besides(match.first)
    return found


class CountriesAround:
    """The countries that a text speaks of around its names, by what it likely names there.

    Parameters
    ----------
    reading
        The text.
    store
        The opened index.
    """

    def __init__(self, reading: Reading, store: Store) -> None:
        self._store = store
        likely = [
            _Likely(m.first, m.last, _best(m), m.key)
            for m in reading.matches
            if m.postings and reading.tags.mean("LOC", m.first, m.last) > _LIKELY
        ]
        likely += [_Likely(d.first, d.last, store.row(d.place_id)) for d in reading.demonyms]
        self._likely = sorted(likely, key=lambda place: place.first)
        self._at = [place.first for place in self._likely]

    def speak_of(self, match: Match) -> Iterator[tuple[str, float]]:
        """Yield whether a name's likeliest place lies in one of these countries, or none does.

        The name itself, and countries, say nothing of themselves. Texts speak of well-known places
        wherever they are, and one other place says little.
        """
        store = self._store
        if not match.postings or store.kind_of(_best(match)) in COUNTRY_KINDS:
            return
        near = (self._likely[i] for i in nearest(self._at, match.first, _AROUND))
        others = [
            place
            for place in near
            if place.key != match.key and (place.last < match.first or match.last < place.first)
        ]
        countries = {store.country_of(place.row) for place in others} - {None}
        if store.country_of(_best(match)) in countries:
            yield "spoken_of", 1.0
        elif len(others) > 1 and countries.isdisjoint(
            store.country_of(posting.place) for posting in match.postings
        ):
            yield "spoken_elsewhere", float(store.name_count(_best(match)) < _FAMOUS)


class _Likely(NamedTuple):
    """A place that a text likely speaks of: its words, and the key of its name."""

    first: int
    last: int
    row: int
    key: int | None = None


def _best(match: Match) -> int:
    return match.postings[0].place


def _echoes(
    reading: Reading, spans: Sequence[Match]
) -> tuple[Mapping[str, _Highest], Mapping[str, _Highest]]:
    """Return how likely the same words are a place, and a person, anywhere in the text."""
    places: dict[str, _Highest] = defaultdict(_Highest)
    persons: dict[str, _Highest] = defaultdict(_Highest)
    for match in spans:
        words = reading.view.text[match.start : match.end]
        for echoes, tags, kind in (
            (places, reading.toponyms, "LOC"),
            (persons, reading.tags, "PER"),
        ):
            value = tags.mean(kind, match.first, match.last)
            echoes[words] = echoes[words].joined(value, match.first)
    return places, persons


def _tagged(match: Match, reading: Reading) -> Iterator[tuple[str, float]]:
    tags, first, last = reading.tags, match.first, match.last
    words = slice(first, last + 1)
    yield "bias", 1.0
    toponyms, person = reading.toponyms, tags.mean("PER", first, last)
    nobody = 1 - person  # no guideline counts persons as places, and only one knows them
    yield "toponym_tagged", float(toponyms.is_span("LOC", first, last)) * nobody
    yield "toponym_span", _log_odds(toponyms.span_probability("LOC", first, last) * nobody)
    yield "toponym_mean", toponyms.mean("LOC", first, last) * nobody
    yield "toponym_goes_on", toponyms.goes_on("LOC", last + 1)
    yield "tagged", float(tags.is_span("LOC", first, last))
    yield "span", _log_odds(tags.span_probability("LOC", first, last))
    yield "least", float(tags.place[words].min())
    place = tags.mean("LOC", first, last)
    yield "mean", place
    yield "goes_on", tags.goes_on("LOC", last + 1)
    yield "began_before", float(tags.inner("LOC")[first])
    if _is_listed(match, reading):
        yield "listed", 1.0
    if reading.view.joins(first):
        yield "follows_place", float(tags.place[first - 1])
    yield "person", person
    yield "organisation", tags.mean("ORG", first, last)
    yield "demonym", tags.mean("DEM", first, last)
    yield "in_person", float(tags.is_inside("PER", first, last))
    yield "in_organisation", float(tags.is_inside("ORG", first, last))


def _is_listed(match: Match, reading: Reading) -> bool:
    """Whether a name follows a likely place as in a list: "A, B", "A and B"."""
    view, before = reading.view, match.first - 1
    if before < 0:
        return False
    if match.particle in view.rules.conjunctions or view.gaps[match.first].strip() in COMMAS:
        return bool(reading.toponyms.place[before] > _LIKELY)
    is_and = before > 0 and view.rules.has("and", view.word(before))
    return is_and and bool(reading.toponyms.place[before - 1] > _LIKELY)


def _held(match: Match, view: TextView, store: Store) -> Iterator[tuple[str, float]]:
    length = _LENGTHS.get(match.last - match.first + 1, _MORE_WORDS)
    yield length, 1.0
    kinds = {store.kind_of(posting.place) for posting in match.postings}
    triggers = (*view.triggers_before(match.first), *view.triggers_after(match.last))
    if triggers:
        agree = any(trigger.kinds & kinds for trigger in triggers)
        yield "announced" if agree else "announced_otherwise" if kinds else "announced_unheld", 1.0
    yield "preposition", float(view.has_before("preposition", match.first))
    common = 0.0
    if match.first == match.last and not view.is_initials(match.first, match.last):
        word = view.word(match.first)[len(match.particle) :]
        common = common_words(view.rules.lang).get(word, 0.0)
        yield "common" if kinds else "common unheld", common / _SCALE
    if not kinds:
        return
    yield "unlisted", float(not common)
    yield f"held {length}", 1.0
    groups = {kind_group(kind) for kind in kinds}
    yield from ((f"kind={kind}", 1.0) for kind in _KINDS if kind in groups)
    fame = max(store.name_count(posting.place) for posting in match.postings)
    yield "fame", fame.bit_length() / _SCALE
    own = any(store.name_lang(p.name).startswith(view.rules.lang) for p in match.postings)
    yield "own_language", float(own)
    famous = float(own and fame >= _FAMOUS)
    yield "famous", famous
    yield "famous unlisted", famous * (not common)
    yield "particle", float(bool(match.particle))
    yield "famous particle", famous * bool(match.particle)
    yield "article", float(match.article != 0)
    yield "ending", float(match.ending)


def _log_odds(probability: float) -> float:
    p = min(max(probability, _CERTAIN), 1 - _CERTAIN)
    return math.log(p / (1 - p))
