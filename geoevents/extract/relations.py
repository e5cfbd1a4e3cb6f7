"""How does a text say that a place stands to what happens: in it, from it, to it, near it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.extract.containment import is_owner
from geoevents.extract.place_phrases import (
    forms_at,
    glued_relation,
    is_described,
    is_head,
    joins_head,
    own_relation,
    partitive_before,
)
from geoevents.extract.place_words import (
    APPOSED,
    BARE,
    GENITIVE,
    INTO,
    OBJECT,
    SKIP,
    end_words,
    is_holder,
    is_object,
    place_words,
    relation_at,
    relation_before,
    relation_of_particle,
)
from geoevents.extract.sizes import is_larger, may_hold

if TYPE_CHECKING:
    from gazetteer import Resolution
    from geoevents.extract.reading import Reading

_LOCATING = frozenset({"part", "offset"})
_REACH = 8  # words between the word of relation and the name
_ADJECTIVES = 2  # unknown words before "city of X"
_FRONT = 1  # a phrase that begins by this word opens the sentence, and holds for all of it
_GOVERNMENTS = COUNTRY_KINDS | {"capital", "admin1"}
_CARRIED = frozenset({"from", "to"})
_CARRIED_WORDS = 3  # words of "its base" in "from its base in X"
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
    speaker
        Whether the name stands for a government that speaks: "Moscow said".
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
    speaker: bool = False
    source: int = 1 << 30


def find_links(reading: Reading) -> list[Link]:
    """Return how each mention of a sentence, demonyms too, is linked to what stands before it."""
    links: list[Link] = []
    for resolution in reading.mentions:
        covered = reading.covered(resolution.span)
        if covered:
            land = _territory(reading, resolution, covered)
            named = (x for x in reversed(links) if x.resolution.mention.form != "demonym")
            before = next(named, None)
            link = _link(reading, resolution, covered, before)
            link = _with_surroundings(reading, link, before)
            marked = link.relation == BARE and is_object(reading, link.last)
            links.append(replace(link, relation=OBJECT) if marked else link)
            if land is not None:
                links[-1] = land
    return links


def _territory(reading: Reading, resolution: Resolution, covered: range) -> Link | None:
    """Return the link of "Azerbaijani territory", which is a place as a demonym is not."""
    if resolution.mention.form != "demonym":
        return None
    lands = place_words(reading.lang).territories
    # An adjective follows its noun where the article is glued to both.
    behind = () if reading.lexicon.morphology.article else (covered[-1] + 1,)
    for i in (covered[0] - 1, *behind):
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
    morphology, lands = reading.lexicon.morphology, place_words(reading.lang).territories
    for analysis in morphology.analyses(reading.words[i].folded):
        if analysis.form in lands:
            kept = morphology.article if analysis.clitic.endswith(morphology.article) else ""
            return len(analysis.clitic) - len(kept)
    return 0


def _with_surroundings(reading: Reading, link: Link, previous: Link | None) -> Link:
    """Note what stands before and behind a place's phrase: a topic, or a speaker's verb."""
    lang = place_words(reading.lang)
    if _speaks(reading, link, previous):
        return Link(link.resolution, link.first, link.last, link.first, BARE, speaker=True)
    joined = previous is not None and _opens_anew(reading, previous, link.head)
    topic = _is_topic(reading, link.head) or (joined and previous is not None and previous.topic)
    glued = link.head == link.first and link.relation != BARE
    if link.head <= _FRONT - glued:
        return replace(link, topic=topic)
    ends = (
        i
        for i in range(link.last + 1, len(reading.words))
        if reading.words[i].folded in lang.source_ends
    )
    return replace(link, topic=topic, source=next(ends, link.source))


def _is_topic(reading: Reading, head: int) -> bool:
    """Return whether a word such as "situation" stands before a place's phrase.

    Behind a verb there is no topic, nor in the title of an office: "the minister of security".
    """
    lang = place_words(reading.lang)
    # An adjective may follow the noun where the article is glued to both.
    reach = 2 if reading.lexicon.morphology.article else 1
    for i in range(head - 1, max(-1, head - 1 - reach), -1):
        if reading.forms(i, "word") & lang.topics:
            owner = reading.forms(i - 1, "word") if i else frozenset()
            return owner.isdisjoint(lang.holders) or not owner.isdisjoint(lang.topics)
        if reading.lexicon.may_begin(reading.words[i].folded):
            return False
    return False


def _speaks(reading: Reading, link: Link, previous: Link | None) -> bool:
    """Return whether a verb of saying stands beside a government that no word puts in a place."""
    place = link.resolution.place
    listed = previous is not None and link.head <= previous.last  # the relation is the other's
    if place is None or place.kind not in _GOVERNMENTS or not (listed or link.relation == BARE):
        return False
    words, before = reading.words, link.first - 1
    speaking, subjects = place_words(reading.lang).speaking, [link.last + 1]
    if reading.lexicon.morphology.article:
        # Of "the blast of X" it is the blast that "reveals", not X.
        told = before >= 0 and reading.lexicon.may_begin(words[before].folded)
        subjects = [before] if told else [before, *subjects]
    return any(
        0 <= i < len(words)
        and words[i].clause == words[link.last].clause  # a comma parts no subject from its verb
        and not speaking.isdisjoint(reading.forms(i, "verb"))
        for i in subjects
    )


def _link(reading: Reading, resolution: Resolution, covered: range, before: Link | None) -> Link:
    words, lang = reading.words, place_words(reading.lang)
    first, last = covered[0], covered[-1]
    glued = fold(reading.text[words[first].token.start : resolution.mention.start])
    morphology = reading.lexicon.morphology
    if glued in morphology.relation:
        return _glued(reading, resolution, covered, before, glued)
    if before is not None and is_owner(reading, before, first):
        return Link(resolution, first, last, before.head, before.relation, before.headed)
    ahead = next(
        (i for i in range(first - 1, -1, -1) if words[i].folded not in lang.articles), None
    )
    joined = glued in morphology.conjunction or (
        ahead is not None and words[ahead].folded in lang.joiners
    )
    if before is not None and _in_list(reading, before, first, joined=joined):
        relation = before.relation
        if not joined and may_hold(resolution, before.resolution):
            return Link(resolution, first, last, first, APPOSED, container=True)
        return Link(resolution, first, last, before.head, relation, before.headed, before.held)
    if before is not None and _is_named_behind(reading, resolution, before):
        return Link(resolution, first, last, before.head, before.relation, headed=True)
    told = resolution.mention.refs and own_relation(reading, covered)
    return _walk(reading, resolution, first, last, before, reach=0 if told else _REACH)


def _glued(
    reading: Reading, resolution: Resolution, covered: range, before: Link | None, particle: str
) -> Link:
    """Return the link of a name to which a word of relation is glued."""
    first, last = covered[0], covered[-1]
    length, relation = relation_of_particle(reading, first, particle)
    floor = before.last if before is not None else -1
    part = partitive_before(reading, first - 1, floor) if relation == "from" else None
    if part is not None:
        outer = relation_before(reading, part)
        return Link(resolution, first, last, max(part - 1, 0), outer, headed=True)
    head = first - length
    listed = particle[:1] in reading.lexicon.morphology.conjunction  # "in-X and-in-Y"
    container = not listed and _contains(reading, before, first, head)
    return Link(resolution, first, last, head, relation, container=container)


def _is_named_behind(reading: Reading, resolution: Resolution, before: Link) -> bool:
    """Return whether a name follows "the capital of X" as the name of that capital."""
    gap = reading.text[before.resolution.mention.end : resolution.mention.start]
    return before.headed and not gap.strip() and is_larger(before.resolution, resolution)


def _in_list(reading: Reading, before: Link, first: int, *, joined: bool) -> bool:
    """Return whether the name follows another one directly, after "and", a comma or "city of"."""
    lang = place_words(reading.lang)
    known = lang.heads | lang.joiners | lang.articles
    gap = range(before.last + 1, first)
    if len(gap) > _JOIN:
        return False
    between = reading.text[before.resolution.mention.end : reading.words[first].token.start]
    if not joined:
        listed = between.strip()[:1] in {",", "،", "("}
        return listed and all(reading.words[i].folded in known for i in gap)
    return all(reading.words[i].folded in known for i in gap)


def _walk(
    reading: Reading,
    resolution: Resolution,
    first: int,
    last: int,
    before: Link | None,
    *,
    reach: int,
) -> Link:
    """Go back over the words of the place's phrase, some at most, to the word of relation."""
    words, lang = reading.words, place_words(reading.lang)
    morphology = reading.lexicon.morphology
    headed, adjectives = False, 0
    i = first - 1
    floor = before.last if before is not None else -1
    while i > floor and first - i <= reach:
        found = relation_at(reading, i)
        if found is not None:
            i -= found[0]
            skipped = _skipped(reading, found[1], i, floor)
            if skipped is not None:
                headed, i = True, skipped
                continue
            relation, i = _carried(reading, found[1], i)
            held = found[1] == GENITIVE and i >= 0 and words[i].folded in lang.holders
            container = found[1] != GENITIVE and _contains(reading, before, first, i + 1)
            return Link(resolution, first, last, i + 1, relation, headed, held, container)
        if words[i].folded in lang.articles:
            i -= 1
            continue
        if is_head(reading, i, floor):
            headed = True
            joined = before is not None and i == before.last + 1 and joins_head(reading, i)
            if joined and before is not None:
                return Link(resolution, first, last, before.head, before.relation, headed)
            glued = glued_relation(reading, i)
            if glued is not None:
                i -= glued[0]
                container = _contains(reading, before, first, i)
                return Link(resolution, first, last, i, glued[1], headed, container=container)
        elif not is_described(reading, i, floor, headed=headed):
            # "the holiday resort of X": where no article is glued, adjectives precede the head.
            led = headed and not (morphology.article or morphology.verb_last)
            plain = led and not words[i].classes
            if not plain or adjectives == _ADJECTIVES or reading.lexicon.may_begin(words[i].folded):
                break
            adjectives += 1
        i -= 1
    return _without_relation(reading, resolution, range(first, last + 1), i, before, headed=headed)


def _skipped(reading: Reading, relation: str, i: int, floor: int) -> int | None:
    """Return where a place's phrase goes on before a relation that is within it, or None."""
    if relation == "from":  # "vast areas from X": of it
        return partitive_before(reading, i, floor)
    within = relation == SKIP or (relation == GENITIVE and is_head(reading, i, floor))
    return i if within else None


def _carried(reading: Reading, relation: str, i: int) -> tuple[str, int]:
    """Return the relation of "from its base in X", which is "from", and where its phrase begins."""
    articles, j = place_words(reading.lang).articles, i
    while relation in {"in", INTO} and i - j < _CARRIED_WORDS and j >= 0:
        if not is_head(reading, j, -1) and (j == i or reading.words[j].folded not in articles):
            break
        j -= 1
    found = relation_at(reading, j) if 0 <= j < i else None
    return (found[1], j - found[0]) if found and found[1] in _CARRIED else (relation, i)


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
    lang = place_words(reading.lang)
    first, last = covered[0], covered[-1]
    if before is not None and i == before.last and headed:
        # "Manama, capital of Bahrain": the larger place says where the other lies.
        known = before.head, before.relation, headed, before.held
        return Link(resolution, first, last, *known, is_larger(resolution, before.resolution))
    locating = resolution.mention.form in _LOCATING
    if (
        before is not None
        and i == before.last
        and locating
        and not is_larger(before.resolution, resolution)
    ):  # "from Iran near X" puts no country there
        return Link(resolution, first, last, first, APPOSED, container=True)
    own = own_relation(reading, covered) if resolution.mention.refs else None
    if own is not None:
        return Link(resolution, first, last, first, own, headed)
    # "the Israeli prime minister, Baku": the office has its country, and the name is not its own.
    owned = any("demonym" in forms_at(reading, j) for j in range(i + 1, first))
    held = not owned and i >= 0 and is_holder(reading, i)
    at_site = any(reading.forms(j, "word") & lang.sites for j in range(i + 1, first))
    return Link(resolution, first, last, i + 1, BARE, headed, held or at_site)


def _contains(reading: Reading, before: Link | None, first: int, head: int) -> bool:
    """Return whether a place follows another so closely that it can only say where that lies."""
    if before is None or reading.words[head].folded in end_words(reading.lang):
        return False
    if head - before.last > _JOIN or head < before.last or _opens_anew(reading, before, head):
        return False
    gap = reading.text[before.resolution.mention.end : reading.words[head].token.start]
    return not any(sign in gap for sign in ".;؛") and first > before.last


def _opens_anew(reading: Reading, before: Link, head: int) -> bool:
    """Return whether "and" stands between two phrases: "in X and near Y"."""
    lang, morphology = place_words(reading.lang), reading.lexicon.morphology
    word = reading.words[head].folded
    glued = any(c and word.removeprefix(c) in lang.relations for c in morphology.conjunction)
    joined = head - 1 > before.last and reading.words[head - 1].folded in lang.joiners
    return joined or (glued and word not in lang.relations)
