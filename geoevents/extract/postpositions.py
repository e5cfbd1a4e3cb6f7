"""What do case endings and words behind a name say, in languages whose verb ends the clause?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.place_words import (
    AT,
    BARE,
    GENITIVE,
    OBJECT,
    is_object,
    place_words,
    relation_before,
)
from geoevents.extract.relations import Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Resolution
    from geoevents.extract.reading import Reading

_REACH = 4  # words such as "city" between a name and the case of its phrase
_APART = 2  # words between a place and the one that lies in it
_APOSTROPHES = "'’‘ʼ`´′"
_OPEN = frozenset({BARE, GENITIVE})  # behind these a word such as "city" may go on
_OUTER = frozenset({BARE, GENITIVE, AT})  # behind these the name of what lies in it may follow
_BETWEEN = "between"


class Behind(NamedTuple):
    """A relation, the index behind its last word, and whether a word such as "city" is there."""

    relation: str
    end: int
    headed: bool


@dataclass(frozen=True, slots=True)
class _Endings:
    """Case endings, the longest first, and words behind a name, by their first word."""

    cases: tuple[tuple[str, str], ...]
    words: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def case(self, ending: str, *, of_name: bool) -> str:
        """Return what an ending says; behind a common noun one vowel is its possessive."""
        for known, relation in self.cases:
            if ending.endswith(known):
                return BARE if relation == OBJECT and ending == known and not of_name else relation
        return BARE


@cache
def _endings(lang: str) -> _Endings:
    data = load_toml("languages", lang, "relations.toml")
    cases = [(fold(e), relation) for relation, es in data["endings"].items() for e in es]
    words: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for relation, phrases in data["relations"].items():
        for phrase in phrases:
            run = tuple(fold(phrase).split())
            words.setdefault(run[0], []).append((run, relation))
    return _Endings(
        cases=tuple(sorted(cases, key=lambda pair: -len(pair[0]))),
        words={w: tuple(sorted(rows, key=lambda r: -len(r[0]))) for w, rows in words.items()},
    )


def find_links_behind(reading: Reading) -> list[Link]:
    """Return how each mention of a sentence is linked by its case and by what stands behind it.

    Parameters
    ----------
    reading
        The sentence.

    Returns
    -------
    list of Link
        In text order. A name before the one that lies in it ("X's town Y") is its container, and
        the names of a list share the case of the last one.
    """
    links: list[Link] = []
    joined = False  # whether "and" joins the name behind to another one
    for resolution in reversed(reading.mentions):
        covered = reading.covered(resolution.span)
        if covered:
            after = links[-1] if links else None
            link, joined = _link(reading, resolution, covered, after, joined=joined)
            links.append(link)
    return links[::-1]


def _link(
    reading: Reading, resolution: Resolution, covered: range, after: Link | None, *, joined: bool
) -> tuple[Link, bool]:
    """Return the link of a name, and whether it shares the case of the next one."""
    first, last = covered[0], covered[-1]
    relation, end, headed = _behind(reading, last, _tail(reading, resolution, last))
    if after is not None and end <= after.first and relation in {*_OUTER, "with"}:
        if _is_listed(reading, end, after, relation, joined=joined):
            shared = after.relation, after.headed, after.held
            return Link(resolution, first, last, first, *shared), True
        apart = 0 if relation == BARE else _APART
        if relation in _OUTER and _holds(reading, end, after, apart):
            return Link(resolution, first, last, first, relation, headed, container=True), False
    held = relation in _OPEN and _is_held(reading, end)
    return Link(resolution, first, last, first, relation, headed, held), False


def _tail(reading: Reading, resolution: Resolution, last: int) -> str | None:
    """Return the ending written behind a name, or None where the mention includes it."""
    token = reading.words[last].token
    mention = resolution.mention
    tail = fold(reading.text[mention.end : token.end].lstrip(_APOSTROPHES))
    if not tail:  # a mention may reach over its own ending
        tail = token.folded[token.stem_length :]
    return None if mention.refs and not tail else tail


def _behind(reading: Reading, last: int, tail: str | None) -> Behind:
    endings, words = _endings(reading.lang), reading.words
    case = endings.case(words[last].folded if tail is None else tail, of_name=tail is not None)
    clause = words[last].clause
    end, headed = last + 1, tail is None
    limit = min(len(words), last + 1 + _REACH)
    while case in _OPEN and end < limit and words[end].clause == clause:
        ending = None if _word_at(reading, end) else _head_ending(reading, end)
        if ending is None:
            break
        case, headed, end = endings.case(ending, of_name=False), True, end + 1
    told = _word_at(reading, end) if end < len(words) and words[end].clause == clause else None
    return Behind(told[1], end + told[0], headed) if told else Behind(case, end, headed)


def _head_ending(reading: Reading, i: int) -> str | None:
    """Return the ending of a word such as "city" at ``i``, or None where another word stands."""
    lang, word = place_words(reading.lang), reading.words[i].folded
    heads = lang.heads | lang.sites
    if word in heads:
        return ""
    stems = (a.form for a in reading.lexicon.morphology.analyses(word) if "noun" in a.kinds)
    stem = next((stem for stem in stems if stem in heads), None)
    return None if stem is None else word[len(stem) :]


def _word_at(reading: Reading, i: int) -> tuple[int, str] | None:
    """Return the length and relation of the words of relation that begin at ``i``."""
    for run, relation in _endings(reading.lang).words.get(reading.words[i].folded, ()):
        if reading.folded(i, i + len(run)) == run:
            return len(run), relation
    return None


def _is_held(reading: Reading, end: int) -> bool:
    """Return whether the name belongs to somebody named behind it: "X's president"."""
    holders = place_words(reading.lang).holders
    return end < len(reading.words) and bool(reading.forms(end, "noun") & holders)


def _is_listed(reading: Reading, end: int, after: Link, relation: str, *, joined: bool) -> bool:
    """Return whether "and", or a comma before a name that has one, joins a name to the next."""
    if relation == "with":
        return after.relation == _BETWEEN
    joiners = place_words(reading.lang).joiners
    gap = reading.folded(end, after.first)
    sign = reading.text[reading.words[end - 1].token.end : reading.words[end].token.start].strip()
    comma = joined and sign == "," and not gap  # else it only closes the subject
    return relation == BARE and (comma or (len(gap) == 1 and gap[0] in joiners))


def _holds(reading: Reading, end: int, after: Link, apart: int) -> bool:
    """Return whether the next name follows so closely that it lies in this one."""
    joiners = place_words(reading.lang).joiners
    gap = reading.folded(end, after.first)
    same = reading.words[end - 1].clause == reading.words[after.first].clause
    demonym = after.resolution.mention.form == "demonym"
    return same and not demonym and len(gap) <= apart and joiners.isdisjoint(gap)


def relation_of(reading: Reading, first: int, last: int) -> str:
    """Return the relation of somebody named from ``first`` to ``last``, wherever it is said."""
    if not reading.lexicon.morphology.postpositions:
        return OBJECT if is_object(reading, last) else relation_before(reading, first)
    word = reading.words[last]
    tail = fold(word.token.surface)[len(word.folded) :]
    if tail or word.token.is_capitalized:
        return _behind(reading, last, tail).relation
    stems = (a.form for a in reading.lexicon.morphology.analyses(word.folded))
    stem = next((s for s in stems if s in reading.lexicon.classes), word.folded)
    case = _endings(reading.lang).case(word.folded[len(stem) :], of_name=False)
    told = _word_at(reading, last + 1) if last + 1 < len(reading.words) else None
    return told[1] if told else case
