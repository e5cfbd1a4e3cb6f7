"""Which place named before do "the country" and "the city" mean?"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.mention import Mention, Resolution, Span
from gazetteer.mentions.language_rules import language_rules
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.text.normalize import fold
from gazetteer.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gazetteer.mentions.language_rules import LanguageRules, Referring
    from gazetteer.place import Place
    from gazetteer.text.tokens import Token

KINDS: dict[str, tuple[frozenset[str], ...]] = {
    "country": (COUNTRY_KINDS,),
    "capital": (frozenset({"capital"}),),
    "city": (frozenset({"capital", "city", "town"}), SETTLEMENT_KINDS),
    "settlement": (SETTLEMENT_KINDS,),
    "division": (frozenset({"admin1", "admin2", "disputed", "territory"}), frozenset({"region"})),
    "republic": (COUNTRY_KINDS | {"admin1", "disputed"},),
    "island": (frozenset({"island", "islands"}),),
    "airport": (frozenset({"airport", "airfield", "airbase"}),),
    "base": (frozenset({"airbase", "naval_base", "military"}),),
    "port": (frozenset({"port", "naval_base"}),),
    "camp": (frozenset({"camp"}),),
}
"""Kinds of places that the words of each table of ``references`` in ``toponyms.toml`` mean.

Those of a later group are meant where no place of an earlier one was named.
"""

_REMEMBERED = 12  # mentions among which what is meant is looked for
_WORDS_REMEMBERED = 1 << 16
_LONGEST_SENTENCE = 1000  # letters


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that mean a place named before.

    Attributes
    ----------
    first, last
        Numbers of the words.
    resolution
        The words with that place, ``inferred``.
    named
        Where the place was named.
    """

    first: int
    last: int
    resolution: Resolution
    named: Span


@lru_cache(_WORDS_REMEMBERED)
def _ended_by(word: str, lang: str) -> tuple[Referring, ...]:
    """Return the references that a folded word may end, the longest first."""
    rules = language_rules(lang)
    found = {
        referring
        for glued, head in rules.heads(word)
        for referring in rules.references.get(head, ())
        if not glued or len(referring.words) == 1
    }
    return tuple(sorted(found, key=lambda referring: (-len(referring.words), referring.words)))


class Antecedents:
    """Remembers the places of a text, and tells which of them later words mean.

    "The country" is the only one that its sentence names before, else the one most spoken of
    among the last dozen mentions, with its cities and people; anything else is what was named
    last of its kind.

    Parameters
    ----------
    rules
        Rules of the text's language.
    country
        The country of a code, where one may be meant that only its cities are named of.
    """

    def __init__(
        self, rules: LanguageRules, *, country: Callable[[str], Place | None] | None = None
    ) -> None:
        self._rules = rules
        self._country = country
        self._named: deque[Resolution] = deque(maxlen=_REMEMBERED)

    def find(
        self, text: str, tokens: Sequence[Token], named: Sequence[Resolution]
    ) -> list[Reference]:
        """Return the references of a text, or of the next part of it, in order.

        Parameters
        ----------
        text
            The whole text.
        tokens
            Words of the part.
        named
            Its resolved names and demonyms, in text order.
        """
        found: list[Reference] = []
        waiting = deque(named)
        free_from = 0
        for i, token in enumerate(tokens):
            while waiting and waiting[0].mention.start < token.end:
                free_from = max(free_from, waiting[0].mention.end)
                self.remember([waiting.popleft()])
            for referring in _ended_by(token.folded, self._rules.lang):
                first = i + 1 - len(referring.words)
                glued = self._glued(tokens, first, referring.words)
                if glued is None or tokens[first].start < free_from:
                    continue
                reference = self._refer(text, tokens, (first, glued), referring, waiting)
                if reference is not None and not self._names(text, tokens, i, waiting):
                    found.append(reference)
                    break
        self.remember(waiting)
        return found

    def remember(self, named: Iterable[Resolution]) -> None:
        """Remember the resolved names and demonyms of a part of the text, in text order."""
        self._named.extend(resolution for resolution in named if resolution.place is not None)

    def _glued(self, tokens: Sequence[Token], first: int, words: tuple[str, ...]) -> int | None:
        """Return how many letters are glued to the first of some words, None without them."""
        following = (token.folded for token in tokens[first + 1 : first + len(words)])
        if first < 0 or tuple(following) != words[1:]:
            return None
        heads = self._rules.heads(tokens[first].folded)
        return next((skip for skip, head in heads if head == words[0]), None)

    def _names(
        self, text: str, tokens: Sequence[Token], last: int, waiting: Sequence[Resolution]
    ) -> bool:
        """Return whether a name follows that tells which is meant: "the city of X", "in X"."""
        behind = next((r for r in waiting if r.mention.form != "demonym"), None)
        if behind is None:
            return False
        between = fold(text[tokens[last].end : behind.mention.start]).split()
        # "القاعدة الجوية ب…", "la base aérienne de …": an adjective may stand between.
        if len(between) > 1 and self._may_be_adjective(*between[:2]):
            between = between[1:]
        telling = " ".join(between)
        return not telling or self._rules.has("of", telling) or self._rules.has("in", telling)

    def _may_be_adjective(self, word: str, following: str) -> bool:
        if self._rules.article:
            return word.startswith(self._rules.article)
        return self._rules.has("of", following)

    def _refer(
        self,
        text: str,
        tokens: Sequence[Token],
        begin: tuple[int, int],
        referring: Referring,
        waiting: Sequence[Resolution],
    ) -> Reference | None:
        first, glued = begin
        last = first + len(referring.words) - 1
        beside = waiting[0] if waiting and waiting[0].mention.form == "demonym" else None
        if beside is not None and text[tokens[last].end : beside.mention.start].strip():
            beside = None
        country = beside.place.country if beside is not None and beside.place is not None else None
        sentence = _beginning_of_sentence(text, tokens[first].start)
        meant = self._meant(referring.what, country, sentence)
        if meant is None or (referring.what == "country" and country is not None):
            return None
        while first < last and self._rules.has("preposition", tokens[first].folded):
            first, glued = first + 1, 0  # "du pays" begins by the word before
        end = tokens[last].offset(len(tokens[last].folded) - referring.ending)
        span = Span(tokens[first].offset(glued), end)
        mention = Mention(
            span.start,
            span.end,
            text[span.start : span.end],
            language=self._rules.lang,
            p_place=meant.mention.p_place,
        )
        resolution = replace(meant, mention=mention, alternatives=(), geometry_basis="inferred")
        return Reference(first, last, resolution, meant.span)

    def _meant(self, what: str, country: str | None, sentence: int) -> Resolution | None:
        """Return the mention of what a reference means; in a country, if one is told.

        ``sentence`` is where the reference's own sentence begins.
        """
        latest = list(self._latest())
        for kinds in KINDS[what]:
            fitting = [r for r, place in latest if place.kind in kinds]
            named = [r for r in fitting if r.mention.form != "demonym"]
            if what == "country":
                here = {r.place.id: r for r in named if r.place and r.span.start >= sentence}
                return here.popitem()[1] if len(here) == 1 else self._most_spoken_of(fitting)
            for resolution in named:
                place = resolution.place
                if country is None or (place is not None and place.country == country):
                    return resolution
        return None

    def _most_spoken_of(self, countries: Sequence[Resolution]) -> Resolution | None:
        latest = list(self._latest())
        spoken = Counter(place.country for _, place in latest if place.country)
        if countries or self._country is None or not spoken:
            return max(countries, key=lambda r: _mentions(spoken, r), default=None)
        code = spoken.most_common(1)[0][0]
        place = self._country(code)
        if place is None:
            return None
        named = next(r for r, inner in latest if inner.country == code)
        return replace(named, place=place, uncertainty_km=place.uncertainty_km)

    def _latest(self) -> Iterator[tuple[Resolution, Place]]:
        """Yield the remembered mentions with their places, the last one first."""
        for resolution in reversed(self._named):
            if resolution.place is not None:
                yield resolution, resolution.place


def _beginning_of_sentence(text: str, at: int) -> int:
    """Return where the sentence begins that holds an offset, looking back a paragraph at most."""
    begin = max(0, at - _LONGEST_SENTENCE)
    sentences = split_sentences(text[begin : at + 1])
    return begin + sentences[-1].start if sentences else begin


def _mentions(spoken: Mapping[str, int], country: Resolution) -> int:
    """Return how often a country was spoken of."""
    code = country.place.country if country.place is not None else None
    return 0 if code is None else spoken[code]
