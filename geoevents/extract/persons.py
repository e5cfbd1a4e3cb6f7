"""Which persons does a sentence name by their office: "Foreign Minister N. N."?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.lexicon import word_forms
from geoevents.extract.morphology import load_morphology
from geoevents.extract.place_words import place_words, relation_at
from geoevents.extract.reading import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.extract.reading import Reading

_OFFICE_WORDS = 6  # words of an office, its country included
_NAME_WORDS = 3  # words of a person's name


@dataclass(frozen=True)
class _Offices:
    titles: frozenset[str]
    office_words: frozenset[str]
    function_words: frozenset[str]
    owner_follows: bool


@cache
def _offices(lang: str) -> _Offices:
    data = load_toml("languages", lang, "actors.toml")
    morphology = load_morphology(lang)
    if morphology is None:
        raise KeyError(lang)
    return _Offices(
        titles=frozenset(form for t in data["titles"] for form in word_forms(morphology, f"n:{t}")),
        office_words=frozenset(map(fold, (*data["office_words"], *data["body_words"]))),
        function_words=frozenset(map(fold, data.get("function_words", ()))),
        owner_follows=data.get("owner_follows", bool(morphology.article)),
    )


def find_persons(reading: Reading, times: Sequence[Span]) -> list[Span]:
    """Return the persons whom a sentence names by an office, with what follows of their name.

    Parameters
    ----------
    reading
        The sentence.
    times
        Where it speaks of times, whose words are part of no name.

    Returns
    -------
    list of Span
        In order, not overlapping. A title alone, such as "the minister", names nobody.
    """
    found = []
    i = 0
    while i < len(reading.words):
        end = i
        if not _offices(reading.lang).titles.isdisjoint(reading.forms(i, "noun")):
            end = _name_end(reading, _office_end(reading, i), times)
        if end > i + 1:
            start = reading.words[i].token.offset(_particle(reading, i))
            found.append(Span(start, reading.words[end - 1].token.end))
        i = max(end, i + 1)
    return found


def _particle(reading: Reading, i: int) -> int:
    """Return the length of the particle glued to a title, its article left on."""
    titles, article = _offices(reading.lang).titles, reading.lexicon.morphology.article
    for analysis in reading.lexicon.morphology.analyses(reading.words[i].folded):
        if analysis.form in titles:
            kept = article if article and analysis.clitic.endswith(article) else ""
            return len(analysis.clitic) - len(kept)
    return 0


def _office_end(reading: Reading, i: int) -> int:
    """Return the index behind the words of an office that begins at ``i``."""
    offices, end, owned = _offices(reading.lang), i + 1, False
    while end < min(len(reading.words), i + _OFFICE_WORDS) and _same_clause(reading, i, end):
        word = reading.words[end]
        if relation_at(reading, end) is not None and not word.classes & {ORGANISATION}:
            break
        known = word.folded in offices.office_words or word.classes & {ORGANISATION}
        of_country = not known and _is_country(reading, end)
        if not (known or of_country or _is_title(reading, end)) or (of_country and owned):
            break  # an office is of one country: a second place is where its holder is
        owned = owned or of_country
        end += 1
    while reading.words[end - 1].folded in place_words(reading.lang).joiners:
        end -= 1  # what "and" joins is somebody else
    return end


def _name_end(reading: Reading, start: int, times: Sequence[Span]) -> int:
    """Return the index behind the name that begins at ``start``, or ``start`` without one."""
    end = start
    while end < min(len(reading.words), start + _NAME_WORDS) and _same_clause(
        reading, start - 1, end
    ):
        token = reading.words[end].token
        here = Span(token.start, token.end)
        if not _may_be_name(reading, end) or any(here.overlaps(time) for time in times):
            break
        end += 1
    return end


def _may_be_name(reading: Reading, i: int) -> bool:
    """Return whether a word may belong to a person's name: nothing else is known of it."""
    word = reading.words[i]
    if word.classes or relation_at(reading, i) is not None or _is_country(reading, i):
        return False
    if not reading.lexicon.morphology.article:
        return word.token.is_capitalized
    lang = place_words(reading.lang)
    if word.folded in _offices(reading.lang).function_words:
        return False
    if word.folded in lang.source_ends or reading.lexicon.may_begin(word.folded):
        return False
    return lang.speaking.isdisjoint(reading.forms(i, "verb"))


def _is_title(reading: Reading, i: int) -> bool:
    return not _offices(reading.lang).titles.isdisjoint(reading.forms(i, "noun"))


def _is_country(reading: Reading, i: int) -> bool:
    """Return whether a demonym or a place that the office belongs to stands at ``i``."""
    token, follows = reading.words[i].token, _offices(reading.lang).owner_follows
    return any(
        r.mention.start < token.end and token.start < r.mention.end
        for r in reading.mentions
        # A name with "and" glued to it is another party.
        if r.mention.form == "demonym" or (follows and r.mention.start <= token.start)
    )


def _same_clause(reading: Reading, i: int, j: int) -> bool:
    return reading.words[i].clause == reading.words[j].clause
