"""Whom do "the latter" and "the two sides" mean?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.extract.place_words import BARE, place_words, relation_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer import Resolution
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link
    from geoevents.extract.triggers import Trigger

_WANTED = {"same_sides": 2, "latter": 1}  # countries that the words stand for
_BACK_REACH = 8  # words between an event and "in the city"
_ANTECEDENTS = COUNTRY_KINDS | {"capital"}


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for countries named before.

    Attributes
    ----------
    first, last
        Indices of the words.
    span
        Their offsets.
    countries
        ISO 3166-1 alpha-2 codes, in order of mention.
    """

    first: int
    last: int
    span: Span
    countries: tuple[str, ...]


@cache
def _runs(lang: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the runs of words that refer back, with what they mean, by their first word."""
    data: dict[str, Any] = load_toml("languages", lang, "relations.toml")["place_phrase"]
    runs: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for key in _WANTED:
        for words in data[key]:
            run = tuple(fold(words).split())
            runs[run[0]] = (*runs.get(run[0], ()), (run, key))
    return runs


def _runs_in(reading: Reading) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield where such words begin, the words, and what they mean."""
    runs = _runs(reading.lang)
    openings = frozenset(runs)
    for i, word in enumerate(reading.words):
        if openings.isdisjoint(word.forms["word"]):
            continue
        for form in sorted(openings & word.forms["word"]):
            for run, key in runs[form]:
                if reading.starts_with(i, run):
                    yield i, run, key


def find_references(
    reading: Reading, links: Sequence[Link], *, known: Sequence[str]
) -> list[Reference]:
    """Return the words that refer back to countries.

    Parameters
    ----------
    reading
        The sentence.
    links
        Its mentions.
    known
        Countries named before the sentence, the last one last.

    Returns
    -------
    list of Reference
        "The two sides" are the last two different countries, "the latter" is the last one; left
        out where there are none.
    """
    found = []
    for i, run, key in _runs_in(reading):
        if key == "latter" and not _stands_alone(reading, i):
            continue
        last = i + len(run) - 1
        before = countries_of([link.resolution for link in links if link.last < i])
        countries = _last_countries([*known, *before], _WANTED[key])
        if countries:
            span = Span(reading.words[i].token.start, reading.words[last].token.end)
            found.append(Reference(i, last, span, countries))
    return found


def _stands_alone(reading: Reading, i: int) -> bool:
    """Return whether "the latter" is a noun, and not the adjective "last" of another noun."""
    return relation_before(reading, i) != BARE


def refers_back(reading: Reading, trigger: Trigger) -> bool:
    """Return whether words such as "in the city" behind an event put it in a place named before."""
    reach = range(trigger.end, min(trigger.end + _BACK_REACH, len(reading.words)))
    clause = reading.words[trigger.start].clause
    return any(
        reading.words[i].clause == clause and reading.starts_with(i, run)
        for run in place_words(reading.lang).back
        for i in reach
    )


def countries_of(mentions: Sequence[Resolution]) -> list[str]:
    """Return the countries that mentions name, also by a capital or a demonym, in order."""
    return [
        r.place.country
        for r in mentions
        if r.place is not None
        and r.place.country is not None
        and (r.place.kind in _ANTECEDENTS or r.mention.form == "demonym")
    ]


def _last_countries(named: Sequence[str], n: int) -> tuple[str, ...]:
    """Return the last ``n`` different countries, or none where fewer were named."""
    different = list(dict.fromkeys(reversed(named)))[:n]
    return tuple(reversed(different)) if len(different) == n else ()
