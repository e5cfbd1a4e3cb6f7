"""Which words of a text mean a number, a date word or a sign, and where do they stand?"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold
from geoevents.extract.elision import stem_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer.text.tokens import Token

APOSTROPHES = "'’‘ʼʻ`´′"
_MARKS = "\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad\ufeff"
_GLUED = re.compile(r"(\d+)(\D+)$|(\D{2,})(\d+)$")
"""A number and a word written in one: "38pm", "في16"."""

_MAX_DIGITS = 15
"""Longer runs of digits are identifiers, not quantities (and would strain ``int``)."""

_DIGIT_CLASSES = (
    ("day", (1, 2), 1, 31),
    ("monthnum", (1, 2), 1, 12),
    ("hour", (1, 2), 0, 24),
    ("minute", (2,), 0, 59),
    ("year", (4,), 1500, 2199),
    ("oldyear", (4,), 1200, 1499),
    ("oldyear", (4,), 5600, 5899),
)
"""What digits may mean: class, numbers of digits, least and greatest value. Old years are those of
other calendars: Hijri or Persian ones, and Hebrew ones."""

_CLITIC_DEPTH = 3
"""No word carries more glued particles than a conjunction, a preposition and an article."""

SHARED = "und"
"""The folder of what holds in every language: signs, numeric dates, currency symbols."""

_REMEMBERED = 1 << 15
"""Words of a lexicon whose parts are kept."""


class Unit(NamedTuple):
    """A word, several words, or a sign, with what it may mean.

    Attributes
    ----------
    start, end
        Code point offsets into the text.
    tags
        Meanings by class ("month" → 9); a word that patterns name has the tag ``=word``, one
        that the lexicon does not know the tag ``word``.
    """

    start: int
    end: int
    tags: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clitic:
    """A particle written in one with the next word.

    Attributes
    ----------
    prefix
        As written, folded.
    emits
        The word it stands for; empty when it adds nothing (the article of a numeral).
    restore
        What the rest of the word gets back (``لل`` + rest → ``ل`` + ``ال`` rest).
    only
        Class the rest must belong to; empty for any.
    shortest
        Letters that the rest must have, so that short words are not taken apart.
    """

    prefix: str
    emits: str
    restore: str = ""
    only: str = ""
    shortest: int = 1


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language that the grammars know.

    Attributes
    ----------
    phrases
        First word → phrases, longest first.
    vocabulary
        Every word of every phrase.
    clitics
        Glued particles, longest prefix first.
    signs
        Character → form of the sign: its name after a NUL, so that it is no word's form.
    """

    phrases: Mapping[str, Sequence[_Phrase]]
    vocabulary: frozenset[str]
    clitics: tuple[Clitic, ...]
    signs: Mapping[str, str]
    _pieces: dict[str, tuple[_Piece, ...]] = field(default_factory=dict, repr=False)

    def pieces(self, word: Token) -> tuple[_Piece, ...]:
        """Return the parts of a word, those glued together apart, with offsets into it."""
        known = self._pieces.get(word.surface)
        if known is None:
            if len(self._pieces) >= _REMEMBERED:
                self._pieces.clear()
            known = self._pieces[word.surface] = tuple(map(self._told, _split(word, self)))
        return known

    def _told(self, piece: _Piece) -> _Piece:
        tags = None if piece.form in self.phrases else _plain_tags(piece.form)
        return _Piece(piece.start, piece.end, piece.form, piece.is_capitalized, tags)

    def tags(self, word: str) -> Mapping[str, Any]:
        """Return the meanings of a single folded word."""
        return next((known.tags for known in self.phrases.get(word, ()) if not known.rest), {})


class _Phrase(NamedTuple):
    """A phrase behind its first word, and what it means, with that in small letters or not."""

    rest: tuple[str, ...]
    tags: Mapping[str, Any]
    uncapitalized: Mapping[str, Any]


class _Piece(NamedTuple):
    """A part of a word or a sign, and what it means if it is known to begin no phrase.

    ``start`` and ``end`` count from where the word or the sign begins.
    """

    start: int
    end: int
    form: str
    is_capitalized: bool = False
    tags: Mapping[str, Any] | None = None


_Placed = tuple[int, _Piece]  # where its word or sign begins, and the piece


def language_files(lang: str, name: str) -> list[dict[str, Any]]:
    """Return the shared file of that name and the language's own, as far as they exist."""
    found = []
    for folder in (SHARED, lang.partition("-")[0].casefold()):
        if not re.fullmatch(r"[a-z]{2,3}", folder):
            continue
        try:
            found.append(load_toml("languages", folder, name))
        except MissingDataError:
            continue
    return found


def build_lexicon(files: Sequence[dict[str, Any]], literals: frozenset[str]) -> Lexicon:
    """Build a lexicon from language files and the words that their patterns spell out.

    Parameters
    ----------
    files
        Contents of ``time.toml`` and ``numbers.toml``: their ``words``, ``clitics``, ``signs``.
    literals
        Folded words that patterns name themselves.

    Returns
    -------
    Lexicon
        Words of all files together.
    """
    signs = {c: f"\0{n}" for file in files for n, cs in file.get("signs", {}).items() for c in cs}
    phrases: dict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)
    for name in set(signs.values()):
        phrases[(name,)][name.removeprefix("\0")] = name
    for word in literals:
        phrases[(word,)][f"={word}"] = word
    for file in files:
        for name, groups in file.get("words", {}).items():
            for value, spellings in groups.items():
                for spelling in spellings:
                    for forms in _spelt(spelling, signs):
                        phrases[forms][name] = _value(value)
    capitalized = {name for file in files for name in file.get("capitalized", ())}
    index: dict[str, list[_Phrase]] = defaultdict(list)
    for words, tags in sorted(phrases.items(), key=lambda item: -len(item[0])):
        if words:
            small = {name: value for name, value in tags.items() if name not in capitalized}
            index[words[0]].append(_Phrase(words[1:], tags, small))
    clitics = [_clitic(row) for file in files for row in file.get("clitics", ())]
    return Lexicon(
        phrases=dict(index),
        vocabulary=frozenset(word for words in phrases for word in words),
        clitics=tuple(sorted(clitics, key=lambda clitic: -len(clitic.prefix))),
        signs=signs,
    )


def _clitic(row: Mapping[str, Any]) -> Clitic:
    return Clitic(
        prefix=fold(row["prefix"]),
        emits=fold(row["emits"]),
        restore=fold(row.get("restore", "")),
        only=row.get("only", ""),
        shortest=row.get("shortest", 1),
    )


def _spelt(spelling: str, signs: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return the forms of a phrase, a hyphenated one's with its hyphens and with blanks."""
    forms = {_forms(spelling, signs)}
    if re.search(r"\w-\w", spelling):
        forms.add(_forms(spelling.replace("-", " - "), signs))
    return forms


def _forms(spelling: str, signs: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        form
        for word in spelling.split()
        for form in (fold(word).split() if word[0].isalnum() else [signs.get(word, word)])
    )


def _value(key: str) -> int | float | str:
    try:
        return int(key)
    except ValueError:
        pass
    try:
        return float(key)
    except ValueError:
        return key


def read_units(
    text: str, lexicon: Lexicon, *, start: int = 0, end: int | None = None
) -> list[Unit]:
    """Split a text into units.

    Parameters
    ----------
    text
        The text.
    lexicon
        The words to know.
    start, end
        Part of the text to read, as code point offsets.

    Returns
    -------
    list of Unit
        In text order; glued particles that the lexicon knows are units of their own.
    """
    pieces = _pieces(text, lexicon, start, len(text) if end is None else end)
    units: list[Unit] = []
    position = 0
    while position < len(pieces):
        offset, piece = pieces[position]
        begin, finish, tags = offset + piece.start, offset + piece.end, piece.tags
        position += 1
        if tags is None:
            length, tags = _longest_phrase(pieces, position, lexicon)
            position += length
            offset, last = pieces[position - 1]
            finish = offset + last.end
        units.append(Unit(begin, finish, tags))
    return units


def _longest_phrase(
    pieces: Sequence[_Placed], at: int, lexicon: Lexicon
) -> tuple[int, Mapping[str, Any]]:
    """Return how many pieces from ``at`` on go on a phrase begun right before, and its meaning."""
    _, piece = pieces[at - 1]
    after = pieces[at][1].form if at < len(pieces) else None
    for rest, tags, uncapitalized in lexicon.phrases.get(piece.form, ()):
        follows = not rest or (
            rest[0] == after and rest == tuple(p.form for _, p in pieces[at : at + len(rest)])
        )
        if follows:
            return len(rest), tags if piece.is_capitalized else uncapitalized
    return 0, _plain_tags(piece.form)


@lru_cache(_REMEMBERED)
def _plain_tags(form: str) -> Mapping[str, Any]:
    """Return what a form that the lexicon does not know may mean: a number, or just a word."""
    return digit_tags(form) or ({"word": form} if form.isalnum() else {})


@cache
def digit_tags(form: str) -> Mapping[str, Any]:
    """Return what a run of digits may mean: num, day, monthnum, hour, minute, year, oldyear."""
    if not form.isdecimal() or len(form) > _MAX_DIGITS:
        return {}
    number = int(form)
    fitting = {
        name: number
        for name, lengths, low, high in _DIGIT_CLASSES
        if len(form) in lengths and low <= number <= high
    }
    return {"num": number, "digits": number, **fitting}


def _pieces(text: str, lexicon: Lexicon, start: int, end: int) -> list[_Placed]:
    pieces: list[_Placed] = []
    position = start
    for token in words_of(text, start, end):
        if token.start - position != 1 or text[position] != " ":
            pieces += _signs(text, lexicon, position, token.start)
        pieces += [(token.start, piece) for piece in lexicon.pieces(token)]
        position = token.end
    pieces += _signs(text, lexicon, position, end)
    return pieces


def _signs(text: str, lexicon: Lexicon, start: int, end: int) -> Iterator[_Placed]:
    for offset in range(start, end):
        char = text[offset]
        if char == "\n":
            yield offset, _Piece(0, 1, char)
        elif not char.isspace() and unicodedata.category(char)[0] not in "CM":
            yield offset, _Piece(0, 1, lexicon.signs.get(char, char))


def _split(token: Token, lexicon: Lexicon) -> tuple[_Piece, ...]:
    form = token.folded
    parts = _analyse(form, lexicon, _CLITIC_DEPTH)
    if not parts and (stem := stem_of(token)) != form:
        form, parts = stem, _analyse(stem, lexicon, _CLITIC_DEPTH)
    is_whole = parts == [(0, token.folded)] and token.surface.isascii()
    if not parts or is_whole:
        return (_Piece(0, token.end - token.start, token.folded, token.is_capitalized),)
    return tuple(_parts_of(token, form, parts))


def _parts_of(token: Token, form: str, parts: Sequence[tuple[int, str]]) -> Iterator[_Piece]:
    ends = [offset for offset, _ in parts[1:]] + [len(form)]
    for (offset, part), part_end in zip(parts, ends, strict=True):
        begin, finish = (token.offset(at) - token.start for at in (offset, part_end))
        finish = len(token.surface[:finish].rstrip(_MARKS))
        if form != token.folded and part_end == len(form):
            finish = len(token.surface[:finish].rstrip(APOSTROPHES))
        yield _Piece(begin, finish, part, token.is_capitalized)


def _analyse(form: str, lexicon: Lexicon, depth: int) -> list[tuple[int, str]]:
    """Return a folded word's parts with their offsets; none where the lexicon knows no way."""
    if form in lexicon.vocabulary or form.isdecimal():
        return [(0, form)]
    glued = _GLUED.match(form)
    if glued and (glued.group(2) or glued.group(3)) in lexicon.vocabulary:
        cut = glued.end(1) if glued.group(1) else glued.end(3)
        return [(0, form[:cut]), (cut, form[cut:])]
    for clitic in lexicon.clitics if depth else ():
        rest = form.removeprefix(clitic.prefix)
        if rest == form or (len(rest) < clitic.shortest and not rest.isdecimal()):
            continue
        parts = _analyse(clitic.restore + rest, lexicon, depth - 1)
        if parts and (not clitic.only or _belongs(parts[0][1], clitic.only, lexicon)):
            # A restored article shares the clitic's letters, so that offsets stay in the word.
            shift = len(clitic.prefix) - len(clitic.restore)
            inner = [(max(offset + shift, len(clitic.emits)), part) for offset, part in parts]
            return [(0, clitic.emits), *inner] if clitic.emits else [(0, inner[0][1]), *inner[1:]]
    return []


def _belongs(form: str, name: str, lexicon: Lexicon) -> bool:
    return name in lexicon.tags(form) or (name == "num" and form.isdecimal())
