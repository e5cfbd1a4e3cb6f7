"""What does the tagger see of each word? Numbers of rows in its table of embeddings."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.mentions.features import kind_group
from gazetteer.mentions.language_rules import language_rules
from gazetteer.text.common_words import common_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.language_rules import LanguageRules
    from gazetteer.mentions.matcher import Match
    from gazetteer.text.tokens import Token

Array = np.ndarray[Any, Any]

TABLE_BITS = 17
"""Rows of the table that hashed parts of words share, as a power of two."""

_MASK = (1 << TABLE_BITS) - 1
_GRAMS = (2, 3, 4)  # letters of a word's hashed parts
_LONGEST_WORD = 24  # letters of a word that are looked at
_REMEMBERED = 1 << 15  # words, and signs between them, whose rows are kept in memory
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\A\Z",
        r"^[^\S\n]+$",
        r"\n",
        r"[.!?؟…]",
        r"[,،;؛]",
        r"[\"“”«»„]",
        r"[(\[]",
        r"[)\]]",
        r"#",
        r"@",
        r"[-–—/_]",
        r":",
        r"['’]",
    )
)
"""What stands between two words; the first that fits counts."""

_WORD_CLASSES = ("preposition", "title", "organisation_before", "organisation_after", "and")
_KINDS = (
    "country",
    "admin1",
    "capital",
    "city",
    "town",
    "village",
    "airfield",
    "sea",
    "lake",
    "curated",
)
_PLACES_IN_NAME = 4  # first, inner, last, only word
_FAMES = 8
_ZIPFS = 8
_FLAGS = 8
_FEW = 3  # places of one name


class _Block:
    """Numbers of consecutive rows of the table, given out in turn."""

    def __init__(self) -> None:
        self.next = 1 << TABLE_BITS

    def take(self, count: int) -> int:
        first, self.next = self.next, self.next + count
        return first


_rows = _Block()
_SHAPE = _rows.take(16)
_BEFORE = _rows.take(len(_SIGNS) + 1)
_AFTER = _rows.take(len(_SIGNS) + 1)
_CLASS = _rows.take(len(_WORD_CLASSES) + 2)
_KIND = _rows.take(len(_KINDS) * _PLACES_IN_NAME)
_FAME = _rows.take(_FAMES * _PLACES_IN_NAME)
_FLAG = _rows.take(_FLAGS * _PLACES_IN_NAME)
_ZIPF = _rows.take(_ZIPFS * _PLACES_IN_NAME)
_STYLE = _rows.take(4)  # with or without capitals, a post on social media or not
ROW_COUNT = _rows.next


def word_rows(surface: str, folded: str) -> Array:
    """Return the rows of what a word is by itself: its form, the parts of it, its case."""
    marked = f"<{folded[:_LONGEST_WORD]}>"
    parts = [marked]
    for n in _GRAMS:
        if len(marked) > n:
            parts += [marked[i : i + n] for i in range(len(marked) - n + 1)]
    hashed = [zlib.crc32(part.encode("utf-8", "surrogatepass")) & _MASK for part in parts]
    return np.array([*hashed, _SHAPE + _shape(surface)])


def word_shares(rows: Array) -> Array:
    """Return how much each row of a word counts: its parts together less the more there are."""
    shares = np.full(len(rows), 2 / np.sqrt(len(rows)))
    shares[[0, -1]] = 1
    return shares


def is_part_of_word(rows: Array) -> Array:
    """Return which rows are hashed forms or parts of words."""
    hashed: Array = rows < 1 << TABLE_BITS
    return hashed


def is_of_gazetteer(rows: Array) -> Array:
    """Return which rows tell of matched names."""
    told: Array = (rows >= _KIND) & (rows < _STYLE)
    return told


_INVISIBLE = re.compile("[\u200c-\u200f\u202a-\u202e\u2066-\u2069\u00ad\ufeff]")
_SHAPES = (
    ("digits", str.isdigit),
    ("with digits", lambda word: any(char.isdigit() for char in word)),
    ("lower", str.islower),
    ("capital", lambda word: len(word) == 1 and word.isupper()),
    ("upper", str.isupper),
    ("title", str.istitle),
    ("capital first", lambda word: word[0].isupper()),
    ("capital inside", lambda word: any(char.isupper() for char in word)),
    ("no case", lambda _: True),
)


def _shape(surface: str) -> int:
    surface = _INVISIBLE.sub("", surface)
    return next(i for i, (_, holds) in enumerate(_SHAPES) if holds(surface))


@lru_cache(_REMEMBERED)
def sign_number(gap: str) -> int:
    """Return the number of what stands between two words."""
    return next((n for n, sign in enumerate(_SIGNS) if sign.search(gap)), len(_SIGNS))


def gap_rows(gaps: Sequence[str]) -> list[tuple[int, int]]:
    """Return the rows of what stands before and after each word; ``gaps`` has one more."""
    signs = map(sign_number, gaps)
    return [(_BEFORE + before, _AFTER + after) for before, after in pairwise(signs)]


@lru_cache(_REMEMBERED)
def class_rows(folded: str, lang: str) -> tuple[int, ...]:
    """Return the rows of the classes that a word belongs to in a language."""
    rules = language_rules(lang)
    rows = [_CLASS + i for i, name in enumerate(_WORD_CLASSES) if rules.has(name, folded)]
    triggers = rules.triggers.get((folded,), ())
    if not triggers and rules.article and folded.startswith(rules.article):
        triggers = rules.triggers.get((folded.removeprefix(rules.article),), ())
    if any(not t.after for t in triggers):
        rows.append(_CLASS + len(_WORD_CLASSES))
    if any(t.after for t in triggers):
        rows.append(_CLASS + len(_WORD_CLASSES) + 1)
    return tuple(rows)


class NameProfile(NamedTuple):
    """What the gazetteer says of a matched name."""

    kind: int
    fame: int
    flags: int
    zipf: int


def profile(match: Match, store: Store, rules: LanguageRules, zipf: float) -> NameProfile:
    """Return what the gazetteer says of a matched name.

    Parameters
    ----------
    match
        The match.
    store
        The opened index.
    rules
        Of the text's language.
    zipf
        How common a single word is, 0 for names of several.
    """
    rows = [posting.place for posting in match.postings]
    kinds = {kind_group(store.kind_of(row)) for row in rows}
    kind = next(i for i, name in enumerate(_KINDS) if name in kinds)
    fame = max(store.name_count(row) for row in rows).bit_length()
    own = any(store.name_lang(p.name).startswith(rules.lang) for p in match.postings)
    changed = bool(match.particle or match.article or match.ending)
    flags = own + 2 * changed + 4 * (len(rows) > _FEW)
    return NameProfile(kind, min(fame, _FAMES - 1), flags, min(int(zipf), _ZIPFS - 1))


def name_rows(profile: NameProfile, place: int) -> tuple[int, int, int, int]:
    """Return the rows of a matched name for its first (0), inner (1), last (2) or only (3) word."""
    return (
        _KIND + profile.kind * _PLACES_IN_NAME + place,
        _FAME + profile.fame * _PLACES_IN_NAME + place,
        _FLAG + profile.flags * _PLACES_IN_NAME + place,
        _ZIPF + profile.zipf * _PLACES_IN_NAME + place,
    )


def longest(matches: Sequence[Match]) -> Iterator[Match]:
    """Yield matches that do not overlap, the longest first."""
    taken: set[int] = set()
    for match in sorted(matches, key=lambda m: (m.first - m.last, m.first, m.start)):
        words = range(match.first, match.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            yield match


def matched_rows(
    matches: Sequence[Match], tokens: Sequence[Token], store: Store, rules: LanguageRules
) -> Mapping[int, tuple[int, ...]]:
    """Return the rows of matched names by word."""
    common = common_words(rules.lang)
    rows: dict[int, tuple[int, ...]] = {}
    for match in longest(matches):
        single = match.first == match.last
        word = tokens[match.first].folded[len(match.particle) :]
        name = profile(match, store, rules, common.get(word, 0.0) if single else 0.0)
        if single:
            rows[match.first] = name_rows(name, 3)
            continue
        for i in range(match.first, match.last + 1):
            place = 0 if i == match.first else 2 if i == match.last else 1
            rows[i] = name_rows(name, place)
    return rows


class Inputs(NamedTuple):
    """What is said of a text's words besides themselves: pairs of a word and a row of the table."""

    words: Array
    rows: Array


def text_inputs(view: TextView, matches: Sequence[Match], store: Store) -> Inputs:
    """Return what stands around the words of a text, and what the gazetteer says of them."""
    named = matched_rows(matches, view.tokens, store, view.rules)
    style = _STYLE + view.is_cased + 2 * view.is_post
    counts: list[int] = []
    rows: list[int] = []
    for i, (token, around) in enumerate(zip(view.tokens, gap_rows(view.gaps), strict=True)):
        own = (*around, *class_rows(token.folded, view.rules.lang), *named.get(i, ()), style)
        counts.append(len(own))
        rows += own
    words = np.repeat(np.arange(len(counts)), counts)
    return Inputs(words, np.array(rows, dtype=np.int64))
