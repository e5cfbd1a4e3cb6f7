"""How is a reason told, in words?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from gazetteer.data import load_toml
from geoevents.explain.language import (
    Piece,
    figure,
    filled,
    foreign,
    load,
    named,
    phrase,
    plain,
    readable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoevents.explain.marks import Kind
    from geoevents.reason import Reason, Why
    from maps.words import Words

_DIGITS = 3
#: In which section of the words a value of a rule has its meaning, where that bears another name.
_SECTIONS = {"aspect": "meaning"}


def told(why: Why, text: str, words: Words | None = None) -> list[list[Piece]]:
    """Return reasons as sentences.

    Parameters
    ----------
    why
        The reasons.
    text
        The article's text, into which their spans point.
    words
        The page's words [default: the English ones].

    Returns
    -------
    list of list
        One list of pieces for each reason. A rule that has no sentence is told by its name.
    """
    return [_sentence(reason, text, words or load(None)) for reason in why]


def mark_of(reason: Reason) -> Kind | None:
    """Return how a reason's words are marked in the text, or None where they are already."""
    part, _, rule = reason.rule.partition(".")
    found = load_toml("ontology", "reasons.toml").get(part, {}).get(rule, {})
    return cast("Kind | None", found.get("mark"))


def feature_words(feature: str, words: Words | None = None) -> str:
    """Return what a feature of a place says of it.

    Features of divisions and countries say what the others do; those of kinds name a kind.

    Examples
    --------
    >>> feature_words("country_named of a division")
    'its country is named'
    >>> feature_words("kind=airbase")
    'it is of the kind airbase'
    """
    words = words or load(None)
    name = feature.partition(" of a ")[0]
    if name.startswith("kind="):
        return plain(phrase(words, "of_kind", kind=readable(name.removeprefix("kind="))))
    return plain([named(words, "feature", name)])


def _sentence(reason: Reason, text: str, words: Words) -> list[Piece]:
    said = words.sections["say"].get(reason.rule)
    if said is None:
        return [reason.rule]
    values = {name: _value(name, reason.values, words) for name in reason.values}
    span = reason.span
    own: Piece = foreign(text[span.start : span.end]) if span else words.of("page", "the_words")
    return filled(str(said), **{**values, "words": [own]})


def _value(name: str, values: Mapping[str, Any], words: Words) -> list[Piece]:
    """Return a value of a rule: its meaning, a number, or what is not ours as it is."""
    value = values[name]
    if isinstance(value, float):
        return [figure(value, len(f"{round(value, _DIGITS):g}".partition(".")[2]))]
    known = words.sections.get(_SECTIONS.get(name, name), {}).get(str(value))
    if not isinstance(known, str):
        return [figure(value) if isinstance(value, int) else foreign(value)]
    inner: dict[str, Piece | list[Piece]] = {"reach": words.of("page", "a_few")}
    inner |= {key: figure(one) for key, one in values.items() if isinstance(one, int)}
    return filled(known, **inner)
