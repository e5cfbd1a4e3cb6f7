"""How does a sentence look before events are sought: its words, clauses, names and quotations?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from gazetteer import Resolution, Span
from geoevents.extract.aircraft import find_models

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.text.tokens import Token
    from geoevents.extract.actors import Actor
    from geoevents.extract.lexicon import Company, Lexicon

_CLAUSE_SIGN = re.compile(r"[,;:()،؛–—]|\s-\s")
# A quotation mark inside a word is none: Hebrew writes acronyms with it.
_STATEMENT_SIGN = re.compile(r"[;؛]")
_QUOTES = re.compile(
    r"(?<!\w)\"(?:[^\"\n]|(?<=\w)\"(?=\w))*\"(?!\w)|“[^”\n]*”|«[^»\n]*»|''[^\n]*?''"
)
PLACE, ORGANISATION, NATION, AIRCRAFT = "place", "org", "nation", "aircraft"
_start, _end = attrgetter("start"), attrgetter("end")
_NAMELY = frozenset({"sport"})  # what words in a body's name do not tell: "the Arab League"
_STATED = 0.5  # p_place from which a name is a place although no gazetteer holds it


class Word(NamedTuple):
    """A word of a sentence.

    Attributes
    ----------
    token
        The word as written, with its offsets.
    folded
        Folded, without a possessive ending.
    classes
        Classes of the lexicon, with ``place`` and ``org`` for names, ``nation`` for demonyms.
    clause
        Number of the stretch between punctuation marks, from 0.
    forms
        The forms that it may be of by their kind, particles cut off; of any kind by ``""``.
    """

    token: Token
    folded: str
    classes: frozenset[str]
    clause: int
    forms: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence made ready.

    Attributes
    ----------
    text
        The whole text.
    lang
        Its language.
    span
        The sentence.
    words
        Its words.
    mentions
        Resolved mentions in it, those inside a described place left out.
    actors
        Organisations and forces that it names.
    quotes
        Quotations.
    lexicon
        Event words of the language.
    inner
        Resolved names inside the described places among the mentions.
    dateline
        Place and date at the head of the article, if they stand in the sentence.
    referring
        Of mentions that are no names but mean a place named before ("the city"), where that was
        named.
    """

    text: str
    lang: str
    span: Span
    words: tuple[Word, ...]
    mentions: tuple[Resolution, ...]
    actors: tuple[Actor, ...]
    quotes: tuple[Span, ...]
    lexicon: Lexicon
    inner: tuple[Resolution, ...] = ()
    dateline: Span | None = None
    referring: Mapping[Span, Span] = field(default_factory=dict)

    def at(self, offset: int) -> int:
        """Return the index of the word at an offset, or of the next one."""
        for i, word in enumerate(self.words):
            if offset < word.token.end:
                return i
        return len(self.words)

    def covered(self, span: Span) -> range:
        """Return the indices of the words that a span touches."""
        first = self.at(span.start)
        last = first
        while last < len(self.words) and self.words[last].token.start < span.end:
            last += 1
        return range(first, last)

    def offsets(self, first: int, end: int) -> Span:
        """Return the offsets of the words from ``first`` up to ``end``, which is exclusive."""
        return Span(self.words[first].token.start, self.words[end - 1].token.end)

    def forms(self, i: int, kind: str) -> frozenset[str]:
        """Return the forms that the word may be of, particles cut off; of any kind by ""."""
        return self.words[i].forms[kind]

    def has(self, company: Company, indices: Sequence[int]) -> bool:
        """Return whether one of the words, or a run beginning there, is of the company."""
        return any(self._is(company, i) for i in indices if 0 <= i < len(self.words))

    def _is(self, company: Company, i: int) -> bool:
        if company.classes & self.words[i].classes:
            return True
        if not (company.words or company.runs):
            return False
        forms = self.forms(i, "" if self.lexicon.morphology.endings else "word")
        return not company.words.isdisjoint(forms) or any(
            run[0] in forms and self.folded(i + 1, i + len(run)) == run[1:] for run in company.runs
        )

    def joins(self, i: int, j: int) -> bool:
        """Return whether two words stand in one clause."""
        return self.words[i].clause == self.words[j].clause

    def parts(self, i: int, j: int) -> bool:
        """Return whether a semicolon stands between two words: each side tells by itself."""
        low, high = sorted((i, j))
        start, end = self.words[low].token.end, self.words[high].token.start
        return _STATEMENT_SIGN.search(self.text, start, end) is not None

    def folded(self, start: int, end: int) -> tuple[str, ...]:
        """Return the folded words of a range."""
        return tuple(word.folded for word in self.words[max(start, 0) : end])

    def starts_with(self, i: int, run: Sequence[str]) -> bool:
        """Return whether folded words stand at ``i``, the first perhaps with a particle."""
        if i + len(run) > len(self.words):
            return False
        if run[0] != self.words[i].folded and run[0] not in self.forms(i, "word"):
            return False
        return len(run) == 1 or self.folded(i + 1, i + len(run)) == tuple(run[1:])


def read_sentence(
    text: str,
    span: Span,
    *,
    lang: str,
    lexicon: Lexicon,
    mentions: Sequence[Resolution],
    tokens: Sequence[Token],
    stems: Sequence[str],
    actors: Sequence[Actor] = (),
    referring: Mapping[Span, Span] | None = None,
) -> Reading:
    """Prepare a sentence.

    Parameters
    ----------
    text
        The whole text.
    span
        The sentence in it.
    lang
        Language of the text.
    lexicon
        Event words of the language.
    mentions
        Resolved mentions of the sentence.
    tokens, stems
        Its words, and each folded without a possessive ending.
    actors
        Organisations and forces that it names.
    referring
        Of mentions that mean a place named before, where that was named.
    """
    kept = _outermost(mentions)
    referring = referring or {}
    names = [r.span for r in kept if r.mention.form != "demonym" and r.span not in referring]
    places = _touched(tokens, names)
    nations = _touched(tokens, [r.span for r in mentions if r.mention.form == "demonym"])
    bodies = _touched(tokens, [actor.span for actor in actors])
    models = _touched(tokens, find_models(text, span.start, span.end))
    words = []
    clause = 0
    for i, (token, folded) in enumerate(zip(tokens, stems, strict=True)):
        if i and _parts_clauses(text, tokens[i - 1].end, token.start):
            clause += 1
        known = lexicon.known(folded)
        classes = known.classes
        if i in places:
            # A name is no word with an ending: "Sudan" is not "out of the water".
            own = lexicon.morphology.endings and token.is_capitalized
            classes = frozenset({PLACE}) if own else classes | {PLACE}
        if i in bodies:
            classes = classes - _NAMELY | {ORGANISATION}
        if i in nations:
            classes |= {NATION}
        if i in models:
            classes |= {AIRCRAFT}
        words.append(Word(token, folded, classes, clause, known.by_kind))
    quotes = tuple(Span(m.start(), m.end()) for m in _QUOTES.finditer(text, span.start, span.end))
    inner = tuple(r for r in mentions if r.place is not None and r not in kept)
    return Reading(
        text,
        lang,
        span,
        tuple(words),
        tuple(kept),
        tuple(actors),
        quotes,
        lexicon,
        inner,
        referring=referring,
    )


def _parts_clauses(text: str, start: int, end: int) -> bool:
    """Return whether a sign between two words begins a clause: between most stands one blank."""
    if end - start == 1 and text[start] == " ":
        return False
    return _CLAUSE_SIGN.search(text, start, end) is not None


def _touched(tokens: Sequence[Token], spans: Sequence[Span]) -> frozenset[int]:
    """Return the numbers of the words that spans touch."""
    return frozenset(
        i
        for span in spans
        for i in range(
            bisect_right(tokens, span.start, key=_end), bisect_left(tokens, span.end, key=_start)
        )
    )


def _outermost(mentions: Sequence[Resolution]) -> list[Resolution]:
    """Leave out the names inside a described place, and unsure ones that no gazetteer holds."""
    described = [r.span for r in mentions if r.mention.refs and r.place is not None]
    return [
        r
        for r in mentions
        if (r.place is not None or _is_stated(r))
        and not any(outer.holds(r.span) and outer != r.span for outer in described)
    ]


def _is_stated(resolution: Resolution) -> bool:
    """Return whether a name without a place on the map is one by all that the text says."""
    mention = resolution.mention
    if mention.text.islower():  # a word, where names are written with a capital
        return False
    return mention.p_place >= _STATED and not mention.refs and mention.form != "demonym"
