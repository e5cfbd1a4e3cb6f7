"""How is a reason told, in words?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from gazetteer.data import load_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoevents.explain.marks import Kind
    from geoevents.reason import Reason, Why

Piece = str | dict[str, str]
"""A piece of a sentence: our own words, or ``{"words": …}`` from the article or a name."""

_BLANK = re.compile(r"\{(\w+)\}")
_DIGITS = 3


def foreign(words: object, to: str | None = None) -> Piece:
    """Return words that are not ours, with the id of what they lead to, if anything."""
    piece = {"words": str(words)}
    return piece if to is None else {**piece, "to": to}


def told(why: Why, text: str) -> list[list[Piece]]:
    """Return reasons as sentences.

    Parameters
    ----------
    why
        The reasons.
    text
        The article's text, into which their spans point.

    Returns
    -------
    list of list
        One list of pieces for each reason. A rule that has no sentence is told by its name.
    """
    return [_sentence(reason, text) for reason in why]


def mark_of(reason: Reason) -> Kind | None:
    """Return how a reason's words are marked in the text, or None where they are already."""
    return cast("Kind | None", _rule(reason.rule).get("mark"))


def feature_words(feature: str) -> str:
    """Return what a feature of a place says of it.

    Features of divisions and countries say what the others do; those of kinds name a kind.

    Examples
    --------
    >>> feature_words("country_named of a division")
    'its country is named'
    >>> feature_words("kind=airbase")
    'it is of the kind airbase'
    """
    name = feature.partition(" of a ")[0]
    if name.startswith("kind="):
        return f"it is of the kind {readable(name.removeprefix('kind='))}"
    return meaning("feature", name)


def meaning(name: str, value: str) -> str:
    """Return what a value of some name means, or the value as words."""
    return str(_meanings(name).get(value, readable(value)))


def readable(name: str) -> str:
    """Return the name of a value as words."""
    return name.replace("_", " ")


def _sentence(reason: Reason, text: str) -> list[Piece]:
    template = _rule(reason.rule).get("say", reason.rule)
    pieces: list[Piece] = []
    for i, part in enumerate(_BLANK.split(template)):
        if i % 2 == 0:
            pieces.append(part)
        elif part == "words":
            span = reason.span
            pieces.append(foreign(text[span.start : span.end]) if span else "the words")
        else:
            pieces.append(_value(part, reason.values))
    return [piece for piece in pieces if piece]


def _value(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name, "?")
    if isinstance(value, float):
        return f"{round(value, _DIGITS):g}"
    known = _meanings(name).get(str(value))
    if known is None:
        return str(value)
    return _BLANK.sub(lambda found: str(values.get(found[1], "a few")), str(known))


def _rule(name: str) -> Mapping[str, Any]:
    part, _, rule = name.partition(".")
    found: Mapping[str, Any] = _data().get(part, {}).get(rule, {})
    return found


def _meanings(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _data()["words"].get(name, {})
    return found


def _data() -> dict[str, Any]:
    return load_toml("ontology", "reasons.toml")
