"""How does a language write the names of another? Чернівці is "Tscherniwzi" in German."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.index.layout import CODE, SPELLING
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.draft import Draft


@dataclass(frozen=True, slots=True)
class _Rendering:
    """The names of which language another one writes how, and in which countries.

    Attributes
    ----------
    source, target
        The languages.
    countries, but
        Where the places lie, everywhere if none is named, and where they do not.
    ways
        The rules of each way to write them.
    """

    source: str
    target: str
    countries: frozenset[str]
    but: frozenset[str]
    ways: tuple[_Rules, ...]

    def serves(self, country: str) -> bool:
        """Return whether names of a country's places are rendered."""
        return country not in self.but and (not self.countries or country in self.countries)


class _Rules:
    """Regular expressions over small letters, of which the first that matches counts."""

    def __init__(self, rules: Sequence[tuple[str, str]]) -> None:
        self._pattern = re.compile("|".join(f"({pattern})" for pattern, _ in rules))
        self._rendered = [rendered for _, rendered in rules]

    def apply(self, name: str) -> str:
        return self._pattern.sub(self._one, name.lower())

    def _one(self, found: re.Match[str]) -> str:
        return self._rendered[(found.lastindex or 1) - 1]


def add_renderings(draft: Draft) -> None:
    """Give settlements the names of one language as others write them, where they lack those."""
    places, names = draft.places, draft.names
    own: dict[int, set[str]] = defaultdict(set)
    lent = []
    for i, row in enumerate(names.place):
        if places.kind[row] in SETTLEMENT_KINDS:
            own[row].add(fold(names.text[i]))
            if names.kind[i] != CODE:
                lent += [
                    (row, lang, text)
                    for lang, text in renderings(names.text[i], names.lang[i], places.country[row])
                ]
    for row, lang, text in lent:
        folded = fold(text)
        if folded not in own[row]:
            own[row].add(folded)
            names.add(row, lang, SPELLING, text)


def renderings(name: str, lang: str, country: str) -> Iterator[tuple[str, str]]:
    """Yield how other languages write a name, each with the language.

    Examples
    --------
    >>> list(renderings("Чернівці", "uk", "UA"))
    [('de', 'Tscherniwzi'), ('es', 'Chernivtsi')]
    >>> list(renderings("Газиантеп", "ru", "TR"))
    [('uk', 'Газіантеп')]
    """
    for rendering in _renderings().get(lang, ()):
        if rendering.serves(country):
            written = (_with_capitals(rules.apply(name)) for rules in rendering.ways)
            yield from ((rendering.target, text) for text in dict.fromkeys(written))


def _with_capitals(name: str) -> str:
    return re.sub(r"(?<![\w'’ʼ])\w", lambda first: first[0].upper(), name)


@cache
def _renderings() -> dict[str, list[_Rendering]]:
    found = defaultdict(list)
    for entry in load_toml("languages", "renderings.toml")["rendering"]:
        found[entry["from"]].append(_rendering(entry))
    return dict(found)


def _rendering(entry: dict[str, Any]) -> _Rendering:
    rules = [tuple(rule) for rule in entry["rules"]]
    first = [tuple(rule) for rule in entry.get("or", ())]
    ways = (_Rules(rules), _Rules([*first, *rules])) if first else (_Rules(rules),)
    countries, but = frozenset(entry.get("countries", ())), frozenset(entry.get("but", ()))
    return _Rendering(entry["from"], entry["to"], countries, but, ways)
