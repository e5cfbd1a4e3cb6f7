"""Which spans of a text spell a name that the gazetteer holds?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.index.store import CODE
from gazetteer.mentions.bearers import UNTAGGED, Bearers
from gazetteer.mentions.language_rules import language_rules, may_trigger
from gazetteer.mentions.word_variants import readings, separate_articles, stem_length, word_variants
from gazetteer.text.normalize import fold
from gazetteer.text.sentences import has_own_full_stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.store import Accepts, Posting, Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.language_rules import LanguageRules
    from gazetteer.mentions.word_variants import Variant
    from gazetteer.text.tokens import Token

# What may stand between two words of one name: white space on one line, a hyphen, an apostrophe,
# the full stops of "St. Louis" and "U.S.", both signs of "Ust'-Ilimsk", an underscore of a hashtag.
_JOINT = re.compile(r"[^\S\n]{1,2}|[.]?[^\S\n]?[-‐‑–_'’][^\S\n]?|\.[^\S\n]?|['’]-|[_\u200c]")
_DOTTED = re.compile(r"\w\.\w\.")  # the end of an abbreviation, with its full stop

_LONGEST_KEY = 60  # folded characters looked ahead for a name
_FIRST_WITHOUT_CASE = "\u0590"  # behind Latin, Greek, Cyrillic, Armenian letters
_LOWER_WORDS = 4  # a capital is looked for in so many words: "ash Shaykh", "'s-Hertogenbosch"
_REMEMBERED = 1 << 16  # words and names whose readings are kept in memory
_SHORTEST_INFLECTED, _SHORTEST_CAPITALIZED = 3, 2  # ... and when an ending is: "в Уфе"
_LONGEST_PHRASE = 4  # words of an inflected name


@dataclass(frozen=True, slots=True)
class Match:
    """A span that spells a held name.

    Attributes
    ----------
    start, end
        Code point offsets of the name, without particles; an article of the text is inside.
    first, last
        Numbers of its first and last word among the text's words.
    key
        Number of the folded name.
    particle
        Folded particle cut off in front, or ``""``.
    article
        ``0`` as written; ``1`` the held name has an article that the text leaves out; ``-1`` the
        held name has none where the text has one.
    ending
        Whether an inflected ending was replaced.
    postings
        Places of that name; codes only when written as such.
    """

    start: int
    end: int
    first: int
    last: int
    key: int
    particle: str
    article: int
    ending: bool
    postings: tuple[Posting, ...]


class _Line:
    """The folded words of a run as one line, with where each may begin and end."""

    def __init__(self, tokens: Sequence[Token], run: range, rules: LanguageRules) -> None:
        self.tokens = tokens
        self.text = " ".join(tokens[i].folded for i in run)
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        at = 0
        for i in run:
            self.starts[i] = at
            self.ends[at + stem_length(tokens[i], rules)] = i
            at += len(tokens[i].folded)
            self.ends[at] = i
            at += 1

    def offset(self, stop: int) -> int:
        """Return the text offset of a word's end on the line."""
        last = self.ends[stop]
        return self.tokens[last].end_of(stop - self.starts[last])


class Matcher:
    """Finds held names by walking the index's trie from every word of a text.

    Parameters
    ----------
    store
        The opened index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._beginnings = lru_cache(_REMEMBERED)(self._find_beginnings)
        self._inflected_keys = lru_cache(_REMEMBERED)(self._find_inflected_keys)
        self._phrase_readings = lru_cache(_REMEMBERED)(self._find_phrase_readings)
        self._bearers = Bearers(store)

    def match(
        self, text: str, tokens: Sequence[Token], rules: LanguageRules, *, capitals: bool = False
    ) -> list[Match]:
        """Return every span that spells a held name, overlapping ones too.

        Parameters
        ----------
        text
            The text.
        tokens
            Its words.
        rules
            What its language does to names.
        capitals
            Whether only names with a capital count, in scripts that have them.

        Returns
        -------
        list of Match
            Ordered by first word, then as found; of several readings of one span, the one closest
            to the surface.
        """
        found: dict[tuple[int, int], Match] = {}
        for run in _runs(text, tokens):
            begin = _near_capitals(tokens, run) if capitals else run
            for match in self._match_run(text, tokens, run, begin, rules):
                first = found.setdefault((match.start, match.end), match)
                if first is not match and _is_as_likely(match, rules):
                    found[match.start, match.end] = either(first, match)
        return sorted(found.values(), key=lambda match: (match.first, match.start, match.end))

    def lookup(
        self,
        surface: str,
        rules: LanguageRules,
        *,
        any_language: bool = False,
        accepts: Accepts | None = None,
    ) -> tuple[tuple[Posting, ...], bool]:
        """Return the places that bear a name given by itself.

        Parameters
        ----------
        surface
            The name, in any spelling.
        rules
            What its language does to names.
        any_language
            Whether names of every language count, and not that of the rules before all others.
        accepts
            Which rows of places count; all by default.

        Returns
        -------
        postings
            Places of the reading closest to the surface; empty when there are none.
        changed
            Whether a particle, the article or an ending had to be changed.
        """
        folded = fold(surface)
        as_likely = "endings_are_spellings" in rules.flags
        for lang in (UNTAGGED,) if any_language else (rules.lang, UNTAGGED):
            found: tuple[Posting, ...] = ()
            changed = False
            for number, reading in enumerate(readings(folded, rules)):
                key = self._store.key(reading)
                postings = (
                    self._bearers.admitted(surface, key, lang, accepts) if key is not None else ()
                )
                if postings and not found:
                    changed = number > 0
                found = _joined(found, postings)
                if found and not as_likely:
                    break
            if found:
                return found, changed
        return (), False

    def _match_run(
        self,
        text: str,
        tokens: Sequence[Token],
        run: range,
        begin: Sequence[int],
        rules: LanguageRules,
    ) -> Iterator[Match]:
        if not begin:
            return
        line = _Line(tokens, run, rules)
        for i in begin:
            token = tokens[i]
            stem = stem_length(token, rules)
            glued, apart = self._beginnings(token.folded, stem, rules.lang)
            for variant in (*glued, *(apart if token.is_capitalized else ())):
                yield from self._match_variant(text, line, i, variant, rules)
            for key in self._inflected_keys(token.folded, rules.lang):
                postings = self._bearers.admitted(token.surface, key, rules.lang)
                if postings:
                    yield Match(token.start, token.end, i, i, key, "", 0, True, postings)
            if rules.phrase_endings and (
                token.is_capitalized or may_trigger(token.folded, rules.lang)
            ):
                yield from self._match_phrases(text, tokens, range(i, run.stop), rules)

    def match_with_noun(self, view: TextView, first: int, last: int, noun: str) -> Match | None:
        """Return words that name a place with a folded noun behind them, which stands elsewhere.

        Where a language has adjectives before it ("Брянской и Смоленской областях"), they are
        brought to the form that names have. A name that is held without the noun means what the
        noun announces.

        Parameters
        ----------
        view
            The text.
        first, last
            The words.
        noun
            What each of several names is, by one word: "county" for "Kent and Surrey counties".
        """
        lang, tokens = view.rules.lang, view.tokens[first : last + 1]
        start, end = tokens[0].start, tokens[-1].end
        surface = view.text[start:end]
        ways = [""]
        for token in tokens:
            readings = self._phrase_readings(token.folded, lang)
            ways = [f"{way}{reading} " for way in ways for reading in readings]
        whole = next(filter(None, (self._store.key(way + noun) for way in ways)), None)
        if whole is not None:
            postings = self._bearers.admitted(f"{surface} {noun}", whole, lang)
            return Match(start, end, first, last, whole, "", 0, False, postings)
        announced = {kind for t in view.rules.triggers.get((noun,), ()) for kind in t.kinds}
        bare = self._store.key(" ".join(token.folded for token in tokens))
        found = () if bare is None else self._bearers.admitted(surface, bare, lang)
        fitting = tuple(p for p in found if self._store.kind_of(p.place) in announced)
        if bare is None or not fitting:
            return None
        return Match(start, end, first, last, bare, "", 0, False, fitting)

    def _find_beginnings(
        self, folded: str, stem_length: int, lang: str
    ) -> tuple[tuple[Variant, ...], tuple[Variant, ...]]:
        """Return the readings of a word, and those with an article apart, that begin a name."""
        rules = language_rules(lang)
        return tuple(
            tuple(v for v in variants if self._begins_name(v, folded, stem_length))
            for variants in (word_variants(folded, rules), separate_articles(rules))
        )  # type: ignore[return-value]

    def _begins_name(self, variant: Variant, folded: str, stem_length: int) -> bool:
        store = self._store
        word = variant.lead + folded[variant.skip :]
        stem = variant.lead + folded[variant.skip : stem_length]
        return (
            store.key(word) is not None
            or store.key(stem) is not None
            or store.is_continued(f"{word} ")
        )

    def _find_inflected_keys(self, folded: str, lang: str) -> tuple[int, ...]:
        """Return the names that a word is an inflected form of."""
        shortest = _SHORTEST_CAPITALIZED if folded[0] < _FIRST_WITHOUT_CASE else _SHORTEST_INFLECTED
        found = (
            self._store.key(folded.removesuffix(cut) + put)
            for cut, put in language_rules(lang).endings
            if folded.endswith(cut) and len(folded) - len(cut) + _shared(cut, put) >= shortest
        )
        return tuple(key for key in found if key is not None)

    def _match_phrases(
        self, text: str, tokens: Sequence[Token], run: range, rules: LanguageRules
    ) -> Iterator[Match]:
        """Yield names of several words, some of them inflected, that begin with a run's first."""
        first, surface = run.start, tokens[run.start].folded
        ways: list[str] = list(self._phrase_readings(surface, rules.lang))
        for last in run[1:_LONGEST_PHRASE]:
            begun = [f"{way} " for way in ways if self._store.is_continued(f"{way} ")]
            if not begun:
                return
            surface = f"{surface} {tokens[last].folded}"
            readings = self._phrase_readings(tokens[last].folded, rules.lang)
            ways = [way + reading for way in begun for reading in readings]
            start, end = tokens[first].start, tokens[last].end
            for way in ways:
                key = None if way == surface else self._store.key(way)
                postings = key is not None and self._bearers.admitted(
                    text[start:end], key, rules.lang
                )
                if key is not None and postings:
                    yield Match(start, end, first, last, key, "", 0, True, postings)

    def _find_phrase_readings(self, folded: str, lang: str) -> tuple[str, ...]:
        """Return what a word of a held name may be, given how it stands in a text."""
        changed = (
            folded.removesuffix(cut) + put
            for cut, put in language_rules(lang).phrase_endings
            if folded.endswith(cut) and len(folded) - len(cut) > 1
        )
        return tuple(dict.fromkeys((folded, *changed)))

    def _match_variant(
        self, text: str, line: _Line, i: int, variant: Variant, rules: LanguageRules
    ) -> Iterator[Match]:
        begin = line.starts[i] + variant.skip
        window = variant.lead + line.text[begin : begin + _LONGEST_KEY]
        for name, key in self._store.prefixes(window):
            stop = begin + len(name) - len(variant.lead)
            last = line.ends.get(stop, -1)
            if last < i:
                continue
            start, end = line.tokens[i].offset(len(variant.particle)), line.offset(stop)
            end += bool(_DOTTED.fullmatch(text, max(start, end - 3), end + 1))
            bare = line.tokens[i].offset(variant.skip)
            postings = self._bearers.admitted(text[bare:end], key, rules.lang)
            if postings:
                is_code = any(self._store.name_kind(posting.name) == CODE for posting in postings)
                end += has_own_full_stop(text, end, line.tokens[last].surface, is_code=is_code)
                glued = (variant.particle, variant.article)
                yield Match(start, end, i, last, key, *glued, False, postings)


def _shared(cut: str, put: str) -> int:
    """Return how many letters two endings begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(cut, put, strict=False)) if a != b), len(put))


def _is_as_likely(match: Match, rules: LanguageRules) -> bool:
    """Whether a reading of a span stands beside the one that is closest to the surface."""
    if match.ending:
        return "endings_are_spellings" in rules.flags
    return match.particle in rules.elided or bool(match.article and rules.separate_articles)


def either(first: Match, other: Match) -> Match:
    """Return a match that may be one or the other."""
    return replace(first, postings=_joined(first.postings, other.postings))


def _joined(postings: tuple[Posting, ...], others: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Return the postings of two readings, each place once."""
    places = {posting.place for posting in postings}
    return (*postings, *(posting for posting in others if posting.place not in places))


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[range]:
    """Yield ranges of words that nothing but joints separates."""
    begin = 0
    for i in range(1, len(tokens) + 1):
        if i == len(tokens) or not _JOINT.fullmatch(text, tokens[i - 1].end, tokens[i].start):
            yield range(begin, i)
            begin = i


def _near_capitals(tokens: Sequence[Token], run: range) -> list[int]:
    """Return the words of a run that begin what may have a capital in its first few words."""
    near, last = [], -1
    for i in reversed(run):
        surface = tokens[i].surface
        if surface[0] >= _FIRST_WITHOUT_CASE or not surface.islower():
            last = i
        if last >= 0 and last - i < _LOWER_WORDS:
            near.append(i)
    return near[::-1]
