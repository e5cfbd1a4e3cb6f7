"""What does the page say in the reader's language?"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import data_path, load_toml

if TYPE_CHECKING:
    from maps.words import Words

Piece = str | dict[str, Any]
"""A piece of a sentence: our own words; ``{"words": …}``, from the article or a name (``"aside"``:
neither, but of another language than the page); ``{"number": …, "digits": …}``, which the page
writes with the language's digits."""

_FOLDER = ("ontology", "explain")
_BLANK = re.compile(r"\{(\w+)\}")


@cache
def languages() -> tuple[str, ...]:
    """Return the languages the page speaks, sorted."""
    return tuple(sorted(path.stem for path in data_path(*_FOLDER).glob("*.toml")))


@cache
def load(lang: str | None) -> Words:
    """Return the words of the page; what a language lacks is English.

    Parameters
    ----------
    lang
        BCP 47 tag; an unknown one, or None, is English.

    Examples
    --------
    >>> load("fr-CA").of("role", "origin")
    'origine'
    >>> load("sw").of("role", "origin")
    'origin'
    """
    from maps.words import FALLBACK, joined, primary
    from maps.words import load as words_of_maps

    tag = primary(lang or FALLBACK)
    spoken = tag if tag in languages() else FALLBACK
    own = load_toml(*_FOLDER, f"{spoken}.toml")
    types = {"types": words_of_maps(spoken).sections["types"]}
    return joined(spoken, english() | types, own)


@cache
def english() -> dict[str, Any]:
    """Return all that the page says in English: its own words, and what reasons say."""
    reasons = load_toml("ontology", "reasons.toml")
    said = {
        f"{part}.{name}": rule["say"]
        for part, rules in reasons.items()
        if isinstance(rules, dict) and part != "words"
        for name, rule in rules.items()
    }
    found: dict[str, Any] = {
        **load_toml(*_FOLDER, "en.toml"),
        **reasons["words"],
        "say": said,
    }
    return found


def foreign(words: object, to: str | None = None) -> Piece:
    """Return words that are not ours, with the id of what they lead to, if anything."""
    piece = {"words": str(words)}
    return piece if to is None else {**piece, "to": to}


def aside(words: object) -> Piece:
    """Return words that are not ours and are quoted from nowhere: a name of ours for a type."""
    return {"words": str(words), "aside": True}


def figure(value: float, digits: int = 0) -> Piece:
    """Return a number with so many digits behind the point."""
    return {"number": round(value, digits), "digits": digits}


def filled(template: str, **values: Piece | list[Piece]) -> list[Piece]:
    """Return a phrase with its blanks filled; a blank without a value stays as it is.

    Examples
    --------
    >>> filled("within {km} km", km=figure(3.14, 1))
    ['within ', {'number': 3.1, 'digits': 1}, ' km']
    """
    pieces: list[Piece] = []
    for i, part in enumerate(_BLANK.split(template)):
        value = part if i % 2 == 0 else values.get(part, f"{{{part}}}")
        pieces += value if isinstance(value, list) else [value]
    return [piece for piece in pieces if piece != ""]


def phrase(words: Words, key: str, **values: Piece | list[Piece]) -> list[Piece]:
    """Return one of the page's own phrases with its blanks filled."""
    return filled(words.of("page", key), **values)


def plain(pieces: list[Piece]) -> str:
    """Return pieces as one text, for a tip."""
    return "".join(
        piece if isinstance(piece, str) else str(piece.get("words", piece.get("number")))
        for piece in pieces
    )


def named(words: Words, section: str, value: str) -> Piece:
    """Return what a value is called, or the value, which is not ours, as words."""
    known = words.sections[section].get(value)
    return known if isinstance(known, str) else foreign(readable(value))


def readable(name: str) -> str:
    """Return the name of a value as words."""
    return name.replace("_", " ")
