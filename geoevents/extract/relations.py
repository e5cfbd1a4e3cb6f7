"""How does a text say that a place stands to what happens: in it, from it, to it, near it?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Resolution
    from geoevents.extract.reading import Reading

BARE, GENITIVE, DATIVE, APPOSED, SKIP = "bare", "genitive", "dative", "apposed", "skip"
SIZES = {
    "ocean": 6, "sea": 5, "country": 5, "territory": 5, "region": 5, "subregion": 5,
    "disputed": 4, "part": 4, "admin1": 4, "union": 4,
    "border": 3, "coast": 3, "zone": 3, "between": 3, "offset": 3, "island": 3,
    "capital": 2, "city": 2, "town": 2, "village": 1, "district": 1,
}  # fmt: skip
"""How large a kind of place is; a larger one beside a smaller one says where that lies."""

_DASH = re.compile("[-–—:]")
_DATELINE, _DATELINE_WORDS = 40, 3  # characters and words of what follows a dateline's place
_LOCATING = frozenset({"part", "offset"})
_REACH = 6  # words between the word of relation and the name
_ADJECTIVES = 2  # unknown words before "city of X"
_FRONT = 1  # a phrase that begins by this word opens the sentence, and holds for all of it
_JOIN = 3  # words between two names of one list


@dataclass(frozen=True, slots=True)
class Link:
    """A mention in its sentence.

    Attributes
    ----------
    resolution
        The mention and its place.
    first, last
        Indices of its first and last word.
    head
        Index where its phrase begins, with the word of relation.
    relation
        A relation of the data, or "bare".
    headed
        Whether a word such as "city" stands before the name.
    held
        Whether the name belongs to somebody or something before it ("president of X").
    topic
        Whether it is where what is talked about is: "the situation in X".
    territory
        Whether the text names a country's territory, and not the country.
    source
        Index of the word, such as "said" in "police in X said", behind which nothing is here.
    container
        Whether it follows another place and says where that one lies.
    """

    resolution: Resolution
    first: int
    last: int
    head: int
    relation: str
    headed: bool = False
    held: bool = False
    container: bool = False
    topic: bool = False
    territory: bool = False
    source: int = 1 << 30


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a language about places; relations are found by their last word."""

    relations: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    heads: frozenset[str]
    sites: frozenset[str]
    holders: frozenset[str]
    joiners: frozenset[str]
    topics: frozenset[str]
    territories: frozenset[str]
    source_ends: frozenset[str]
    dateline: str


@cache
def _words(lang: str) -> _Words:
    data = load_toml("languages", lang, "relations.toml")
    relations: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for relation, phrases in data["relations"].items():
        for phrase in phrases:
            run = tuple(fold(phrase).split())
            relations.setdefault(run[-1], []).append((run, relation))
    phrase_data = data["place_phrase"]
    return _Words(
        relations={
            last: tuple(sorted(runs, key=lambda pair: -len(pair[0])))
            for last, runs in relations.items()
        },
        heads=frozenset(map(fold, phrase_data["heads"])),
        sites=frozenset(map(fold, phrase_data["sites"])),
        holders=frozenset(map(fold, phrase_data["holders"])),
        joiners=frozenset(map(fold, phrase_data["joiners"])),
        topics=frozenset(map(fold, phrase_data["topics"])),
        territories=frozenset(map(fold, phrase_data["territories"])),
        source_ends=frozenset(map(fold, phrase_data["source_ends"])),
        dateline=phrase_data["dateline_signs"],
    )


def find_links(reading: Reading) -> list[Link]:
    """Return how each mention of a sentence, demonyms too, is linked to what stands before it."""
    links: list[Link] = []
    for resolution in reading.mentions:
        covered = reading.covered(resolution.span)
        if covered:
            land = _territory(reading, resolution, covered)
            named = (x for x in reversed(links) if x.resolution.mention.form != "demonym")
            link = _link(reading, resolution, covered, next(named, None))
            links.append(_with_surroundings(reading, link))
            if land is not None:
                links[-1] = land
    return links


def _territory(reading: Reading, resolution: Resolution, covered: range) -> Link | None:
    """Return the link of "Azerbaijani territory", which is a place as a demonym is not."""
    if resolution.mention.form != "demonym":
        return None
    lands = _words(reading.lang).territories
    for i in (covered[0] - 1, covered[-1] + 1):
        if 0 <= i < len(reading.words) and reading.forms(i, "word") & lands:
            first, last = min(i, covered[0]), max(i, covered[-1])
            token = reading.words[first].token
            start = token.offset(_particle_length(reading, i)) if first == i else token.start
            span = Span(start, reading.words[last].token.end)
            text = reading.text[span.start : span.end]
            mention = replace(
                resolution.mention, start=span.start, end=span.end, text=text, form="name"
            )
            relation = relation_before(reading, first)
            return Link(
                resolution=replace(resolution, mention=mention),
                first=first,
                last=last,
                head=max(first - 1, 0) if relation != BARE else first,
                relation="in" if relation == BARE else relation,
                headed=True,
                territory=True,
            )
    return None


def _particle_length(reading: Reading, i: int) -> int:
    """Return the length of the particle glued to a word of territory, its article left on."""
    morphology, lands = reading.lexicon.morphology, _words(reading.lang).territories
    for analysis in morphology.analyses(reading.words[i].folded):
        if analysis.form in lands:
            kept = morphology.article if analysis.clitic.endswith(morphology.article) else ""
            return len(analysis.clitic) - len(kept)
    return 0


def _with_surroundings(reading: Reading, link: Link) -> Link:
    """Note what stands before and behind a place's phrase: a topic, or a speaker's verb."""
    lang = _words(reading.lang)
    # An adjective may follow the noun where the article is glued to both.
    reach = 2 if reading.lexicon.morphology.article else 1
    before = range(max(0, link.head - reach), link.head)
    topic = any(reading.forms(i, "word") & lang.topics for i in before)
    if link.head <= _FRONT:
        return replace(link, topic=topic)
    ends = (
        i
        for i in range(link.last + 1, len(reading.words))
        if reading.words[i].folded in lang.source_ends
    )
    return replace(link, topic=topic, source=next(ends, link.source))


def _link(reading: Reading, resolution: Resolution, covered: range, before: Link | None) -> Link:
    words, lang = reading.words, _words(reading.lang)
    first, last = covered[0], covered[-1]
    glued = fold(reading.text[words[first].token.start : resolution.mention.start])
    morphology = reading.lexicon.morphology
    if glued in morphology.relation:
        relation = morphology.relation[glued]
        container = _contains(reading, before, first, first)
        return Link(resolution, first, last, first, relation, container=container)
    joined = glued in morphology.conjunction or (
        first > 0 and words[first - 1].folded in lang.joiners
    )
    if before is not None and _in_list(reading, before, first, joined=joined):
        relation = before.relation
        if not joined and is_larger(resolution, before.resolution):
            return Link(resolution, first, last, first, APPOSED, container=True)
        return Link(resolution, first, last, before.head, relation, before.headed, before.held)
    return _walk(reading, resolution, first, last, before)


def _in_list(reading: Reading, before: Link, first: int, *, joined: bool) -> bool:
    """Return whether the name follows another one directly, after "and", a comma or "city of"."""
    known = _words(reading.lang).heads | _words(reading.lang).joiners
    gap = range(before.last + 1, first)
    if len(gap) > _JOIN:
        return False
    between = reading.text[before.resolution.mention.end : reading.words[first].token.start]
    if not joined:
        listed = between.strip()[:1] in {",", "،", "("}
        return listed and all(reading.words[i].folded in known for i in gap)
    return all(reading.words[i].folded in known for i in gap)


def _walk(
    reading: Reading, resolution: Resolution, first: int, last: int, before: Link | None
) -> Link:
    """Go back over the words of the place's phrase to the word of relation."""
    words, lang = reading.words, _words(reading.lang)
    morphology = reading.lexicon.morphology
    headed, adjectives = False, 0
    i = first - 1
    floor = before.last if before is not None else -1
    while i > floor and first - i <= _REACH:
        found = _relation_at(reading, i)
        if found is not None:
            i -= found[0]
            if found[1] == SKIP or (found[1] == GENITIVE and _is_head(reading, i, floor)):
                headed = True
                continue
            held = found[1] == GENITIVE and i >= 0 and words[i].folded in lang.holders
            container = found[1] != GENITIVE and _contains(reading, before, first, i + 1)
            return Link(resolution, first, last, i + 1, found[1], headed, held, container)
        if _is_head(reading, i, floor):
            headed = True
            joined = before is not None and i == before.last + 1 and _joins(reading, i)
            if joined and before is not None:
                return Link(resolution, first, last, before.head, before.relation, headed)
            relation = _glued_relation(reading, i)
            if relation is not None:
                container = _contains(reading, before, first, i)
                return Link(resolution, first, last, i, relation, headed, container=container)
        elif "demonym" not in _forms_at(reading, i):
            # "the holiday resort of X": where no article is glued, adjectives precede the head.
            if not headed or morphology.article or adjectives == _ADJECTIVES:
                break
            adjectives += 1
        i -= 1
    return _without_relation(reading, resolution, range(first, last + 1), i, before, headed=headed)


def _without_relation(
    reading: Reading,
    resolution: Resolution,
    covered: range,
    i: int,
    before: Link | None,
    *,
    headed: bool,
) -> Link:
    """Return the link of a name whose phrase begins behind ``i``, with no word of relation."""
    lang = _words(reading.lang)
    first, last = covered[0], covered[-1]
    if before is not None and i == before.last and headed:
        return Link(resolution, first, last, before.head, before.relation, headed, before.held)
    if before is not None and i == before.last and resolution.mention.form in _LOCATING:
        return Link(resolution, first, last, first, APPOSED, container=True)
    held = i >= 0 and bool(reading.forms(i, "word") & lang.holders)
    at_site = any(reading.forms(j, "word") & lang.sites for j in range(i + 1, first))
    return Link(resolution, first, last, i + 1, BARE, headed, held or at_site)


def _is_head(reading: Reading, i: int, floor: int) -> bool:
    """Return whether a word such as "city" stands at ``i``, behind the name before."""
    lang = _words(reading.lang)
    forms = reading.forms(i, "word") if i > floor else frozenset()
    return bool(forms & lang.heads) or bool(forms & lang.sites)


def _glued_relation(reading: Reading, i: int) -> str | None:
    """Return what a particle glued to a word such as "city" says, if there is one."""
    morphology, heads = reading.lexicon.morphology, _words(reading.lang).heads
    if reading.words[i].folded in heads:
        return None
    glued = (
        morphology.relation[a.clitic]
        for a in morphology.analyses(reading.words[i].folded)
        if a.clitic in morphology.relation and a.form in heads
    )
    return next(glued, None)


def _joins(reading: Reading, i: int) -> bool:
    """Return whether a word such as "city" has "and" glued to it."""
    morphology = reading.lexicon.morphology
    heads = _words(reading.lang).heads
    return any(
        a.clitic in morphology.conjunction and a.clitic and a.form in heads
        for a in morphology.analyses(reading.words[i].folded)
    )


def _forms_at(reading: Reading, i: int) -> frozenset[str]:
    token = reading.words[i].token
    return frozenset(
        r.mention.form
        for r in reading.mentions
        if r.mention.start < token.end and token.start < r.mention.end
    )


def _relation_at(reading: Reading, i: int) -> tuple[int, str] | None:
    """Return the length and relation of the words that end at ``i``, the longest first."""
    for form in (reading.words[i].folded, *sorted(reading.forms(i, "word"), key=len, reverse=True)):
        for run, relation in _words(reading.lang).relations.get(form, ()):
            start = i - len(run) + 1
            if start < 0 or (len(run) == 1 and not _is_whole(reading, i, form)):
                continue
            if len(run) == 1 or reading.starts_with(start, run):
                return len(run), relation
    return None


def _is_whole(reading: Reading, i: int, form: str) -> bool:
    """Return whether a one-letter or glued reading of a word is safe: only "and" may be glued."""
    word = reading.words[i].folded
    return word == form or word.removesuffix(form) in reading.lexicon.morphology.conjunction


def _contains(reading: Reading, before: Link | None, first: int, head: int) -> bool:
    """Return whether a place follows another so closely that it can only say where that lies."""
    if before is None or reading.words[head].folded in _ends(reading.lang):
        return False
    if head - before.last > _JOIN or head < before.last:
        return False
    gap = reading.text[before.resolution.mention.end : reading.words[head].token.start]
    return not any(sign in gap for sign in ".;؛") and first > before.last


@cache
def _ends(lang: str) -> frozenset[str]:
    """Return the words that say where something comes from or goes to."""
    relations = load_toml("languages", lang, "relations.toml")["relations"]
    return frozenset(fold(word) for key in ("from", "to") for word in relations[key])


def is_larger(outer: Resolution, inner: Resolution) -> bool:
    """Return whether one place is of a kind that can hold the other."""
    if outer.place is None or inner.place is None:
        return False
    return SIZES.get(outer.place.kind, 0) > SIZES.get(inner.place.kind, 0)


def is_adjective(reading: Reading, link: Link) -> bool:
    """Return whether an abbreviation stands before its noun, as in "the U.S. arsenal"."""
    mention = link.resolution.mention
    after = link.last + 1
    if not mention.text.isupper() or after >= len(reading.words):
        return False
    token = reading.words[after].token
    lang = _words(reading.lang)
    folded = reading.words[after].folded
    plain = token.surface.islower() and folded not in lang.relations and folded not in lang.joiners
    return plain and not reading.text[mention.end : token.start].strip()


def is_dateline(reading: Reading, link: Link) -> bool:
    """Return whether a mention opens a sentence as a dateline: "BEIRUT (AP) —"."""
    if link.first > 1:
        return False
    rest = reading.text[link.resolution.mention.end : reading.span.end]
    head = rest[:_DATELINE]
    signs = _words(reading.lang).dateline
    cut = min((head.find(sign) for sign in signs if sign in head), default=-1)
    return cut >= 0 and len(head[:cut].split()) <= _DATELINE_WORDS and bool(_DASH.search(head))


def relation_before(reading: Reading, first: int) -> str:
    """Return the relation of the word before ``first``, or of a particle glued to it."""
    word = reading.words[first].folded
    morphology = reading.lexicon.morphology
    words = _words(reading.lang)
    for analysis in morphology.analyses(word)[1:] if word not in reading.lexicon.classes else ():
        known = analysis.form in reading.lexicon.classes or analysis.form in words.territories
        if analysis.clitic in morphology.relation and known:
            return morphology.relation[analysis.clitic]
    found = _relation_at(reading, first - 1) if first else None
    if found is not None and found[1] == GENITIVE:
        return GENITIVE
    return found[1] if found is not None else BARE
