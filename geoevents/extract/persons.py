"""Which persons does a sentence name by their office: "Foreign Minister N. N."?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.extract.cues import load_cues
from geoevents.extract.lexicon import word_forms
from geoevents.extract.morphology import load_morphology
from geoevents.extract.place_words import GENITIVE, is_object, place_words, relation_at
from geoevents.extract.reading import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Resolution
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link

_OFFICE_WORDS = 6  # words of an office, its country included
_TROOPS = "troops"
_NAME_WORDS = 3  # words of a person's name


@dataclass(frozen=True)
class _Offices:
    titles: frozenset[str]
    office_words: frozenset[str]
    function_words: frozenset[str]
    named_after: frozenset[str]
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
        named_after=frozenset(map(fold, data["named_after"])),
        owner_follows=data.get("owner_follows", bool(morphology.article)),
    )


def with_offices(reading: Reading) -> Reading:
    """Return a sentence in which forces that an office is of are none that go anywhere.

    Parameters
    ----------
    reading
        The sentence. In "the minister of the Taliban went to X" an official went, and no troops.
    """
    owned = [
        i for i, w in enumerate(reading.words) if _TROOPS in w.classes and _is_owner(reading, i)
    ]
    if not owned:
        return reading
    words = list(reading.words)
    for i in owned:
        words[i] = words[i]._replace(classes=words[i].classes - {_TROOPS})
    return replace(reading, words=tuple(words))


def _is_owner(reading: Reading, i: int) -> bool:
    """Return whether an office is of what stands at ``i``: "minister of X", "X chief"."""
    if is_object(reading, i):  # "the president sent his troops"
        return False
    if not reading.lexicon.morphology.adjectives_follow:
        end = i + 1
        while end < len(reading.words) and _same_clause(reading, i, end) and _goes_on(reading, end):
            if _is_title(reading, end):
                return True
            end += 1
    before = range(max(0, i - _OFFICE_WORDS), i)
    ends = (_office_end(reading, j) for j in before if _is_title(reading, j))
    return any(end > i or (_behind_of(reading, end) == i) for end in ends)


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
    titles, behind = _offices(reading.lang).titles, reading.lexicon.morphology.postpositions
    titled = {i for i, w in enumerate(reading.words) if not titles.isdisjoint(w.forms["noun"])}
    found: list[Span] = []
    i = 0 if titled or behind else len(reading.words)
    while i < len(reading.words):
        end = i
        if i in titled:
            end = _name_end(reading, _office_end(reading, i), times)
        elif behind:
            end = _name_end(reading, _owned_office_end(reading, i), times)
        if end > i + 1 and not _names_a_building(reading, i, end):
            start = reading.words[i].token.offset(_particle(reading, i))
            found.append(Span(start, reading.words[end - 1].token.end))
        i = max(end, i + 1)
    return found


def _names_a_building(reading: Reading, i: int, end: int) -> bool:
    """Return whether a mosque, street or hospital is called after the person of some words."""
    kinds, words = _offices(reading.lang).named_after, reading.words
    if i and _same_clause(reading, i - 1, i) and not kinds.isdisjoint(reading.forms(i - 1, "word")):
        # "The mosque, the sheikh" are two; a name follows a noun without article.
        return not _has_article(reading, i - 1)
    behind = range(i + 1, min(end + 1, len(words)))
    return any(words[j].token.is_capitalized and words[j].folded in kinds for j in behind)


def _has_article(reading: Reading, i: int) -> bool:
    morphology = reading.lexicon.morphology
    analyses = morphology.analyses(reading.words[i].folded) if morphology.article else ()
    return any(a.clitic and a.clitic.endswith(morphology.article) for a in analyses)


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
    end, owned = i + 1, False
    while end < min(len(reading.words), i + _OFFICE_WORDS) and _same_clause(reading, i, end):
        first = _behind_of(reading, end)
        if first < len(reading.words) and _goes_on(reading, first):
            end = first + 1
            continue
        country = _country_end(reading, first, of=first > end)
        if owned or not country:
            break  # an office is of one country: a second place is where its holder is
        owned, end = True, country
    loose = place_words(reading.lang).joiners | place_words(reading.lang).articles
    while end > i + 1 and (reading.words[end - 1].folded in loose or _is_of(reading, end - 1)):
        end -= 1  # what "and" joins is somebody else
    return end


def _owned_office_end(reading: Reading, i: int) -> int:
    """Return the index behind an office whose country stands at ``i``, or ``i``: "X's minister"."""
    end = first = _country_end(reading, i, of=True)
    while 0 < end < min(len(reading.words), first + _OFFICE_WORDS):
        if not _same_clause(reading, i, end) or not _goes_on(reading, end):
            break
        end += 1
    return end if any(_is_title(reading, j) for j in range(first, end)) else i


def _behind_of(reading: Reading, i: int) -> int:
    """Return the index behind "of" and "of the" at ``i``, or ``i`` where no such word stands."""
    if not _is_of(reading, i):
        return i
    articles = place_words(reading.lang).articles
    behind = range(i + 1, len(reading.words))
    return next((j for j in behind if reading.words[j].folded not in articles), i + 1)


def _is_of(reading: Reading, i: int) -> bool:
    found = relation_at(reading, i)
    return found is not None and found[1] == GENITIVE


def _goes_on(reading: Reading, i: int) -> bool:
    """Return whether an office goes on with a word, such as "defence" or the name of a body."""
    word = reading.words[i]
    if ORGANISATION in word.classes:
        return True
    known = word.folded in _offices(reading.lang).office_words or _is_title(reading, i)
    return known and relation_at(reading, i) is None


def _country_end(reading: Reading, i: int, *, of: bool) -> int:
    """Return the index behind the country that an office is of, or 0 where none stands at ``i``.

    After "of" it is the name of a country alone, however many words that has.
    """
    if i >= len(reading.words):
        return 0
    if not of:
        known = _is_country(reading, i) and relation_at(reading, i) is None
        return i + 1 if known and not _is_definite(reading, i - 1, i) else 0
    token = reading.words[i].token
    return next(
        (
            reading.covered(r.span)[-1] + 1
            for r in reading.mentions
            if token.start <= r.mention.start < token.end and is_country(r)
        ),
        0,
    )


def _is_definite(reading: Reading, i: int, j: int) -> bool:
    """Return whether the article glued to a word parts it from the name behind: "the minister, X".

    A demonym, which has the article as well, belongs to it all the same.
    """
    article, token = reading.lexicon.morphology.article, reading.words[j].token
    demonym = any(
        r.mention.form == "demonym" and r.mention.start < token.end and token.start < r.mention.end
        for r in reading.mentions
    )
    return bool(article) and not demonym and reading.words[i].folded.startswith(article)


def is_country(resolution: Resolution) -> bool:
    """Return whether a mention is the name of a country."""
    place = resolution.place
    return place is not None and place.kind in COUNTRY_KINDS and not resolution.mention.refs


def with_owners(links: Sequence[Link], persons: Sequence[Span]) -> list[Link]:
    """Return the links, with the countries that persons' offices are of as names that they hold.

    Parameters
    ----------
    links
        The mentions of a sentence.
    persons
        Whom it names, as :func:`find_persons` returns them.
    """
    return [
        replace(link, held=True)
        if is_country(link.resolution)
        and link.resolution.mention.form != "demonym"
        and any(
            p.holds(link.resolution.span) and p.start < link.resolution.mention.start
            for p in persons
        )
        else link
        for link in links
    ]


def _name_end(reading: Reading, start: int, times: Sequence[Span]) -> int:
    """Return the index behind the name that begins at ``start``, or ``start`` without one."""
    end = start
    while 0 < end < min(len(reading.words), start + _NAME_WORDS) and _same_clause(
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
    if (
        word.folded in _offices(reading.lang).function_words
        or word.folded in _offices(reading.lang).named_after
    ):
        return False
    if word.folded in lang.source_ends or reading.lexicon.known(word.folded).begun:
        return False
    if word.folded in load_cues(reading.lang).by_form:  # "expected to visit"
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
