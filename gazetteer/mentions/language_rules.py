"""What does each language do to place names, and which words stand around them?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word beside a name that says what kind of place it is.

    Attributes
    ----------
    kinds
        Kinds of place that it announces.
    after
        Whether it stands behind the name ("Baku airport") and not before it.
    open
        Whether it makes a place of a name that no gazetteer has.
    strict
        Whether the place can be no other kind: a quarter is not the town of its name.
    """

    kinds: frozenset[str]
    after: bool
    open: bool
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a described place: its form, and elements as in ``toponyms.toml``."""

    form: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """A language's ``toponyms.toml``, folded and indexed; phrases are tuples of folded words."""

    lang: str
    prefixes: tuple[str, ...] = ()
    article: str = ""
    separate_articles: tuple[str, ...] = ()
    contracted: Mapping[str, str] = field(default_factory=dict)
    conjunctions: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    directions: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    triggers: Mapping[tuple[str, ...], tuple[Trigger, ...]] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    flags: frozenset[str] = frozenset()
    definite_directions: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    never_after_preposition: tuple[str, ...] = ()
    name_after_preposition: tuple[str, ...] = ()
    classes_by_head: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, word_class: str, word: str) -> bool:
        """Return whether a single folded word belongs to a word class."""
        return (word,) in self.words.get(word_class, ())


@cache
def language_rules(lang: str) -> LanguageRules:
    """Return the rules of a language; empty ones when there is no data for it."""
    try:
        data = load_toml("languages", lang.split("-", maxsplit=1)[0], "toponyms.toml")
    except MissingDataError:
        return LanguageRules(lang)
    particles = data.get("particles", {})
    words = {name: _phrases(phrases) for name, phrases in data.get("words", {}).items()}
    directions = _sides(data.get("directions", {}))
    definite_directions = _sides(data.get("definite_directions", {}))
    return LanguageRules(
        lang=lang,
        prefixes=tuple(sorted(map(fold, particles.get("prefixes", [])), key=len, reverse=True)),
        article=fold(particles.get("article", "")),
        separate_articles=tuple(map(fold, particles.get("separate_articles", []))),
        contracted={fold(k): fold(v) for k, v in particles.get("contracted", {}).items()},
        conjunctions=frozenset(map(fold, particles.get("conjunctions", []))),
        endings=tuple((fold(cut), fold(put)) for cut, put in particles.get("endings", [])),
        words=words,
        directions=directions,
        definite_directions=definite_directions,
        classes_by_head=_classes_by_head(
            {**words, "DIR": directions, "DEFDIR": definite_directions}
        ),
        triggers=_triggers(data.get("triggers", [])),
        flags=frozenset(data.get("flags", [])),
        never_after_preposition=tuple(
            map(fold, data.get("demonyms", {}).get("never_after_preposition", []))
        ),
        name_after_preposition=tuple(
            map(fold, data.get("demonyms", {}).get("name_after_preposition", []))
        ),
        patterns=tuple(
            Pattern(entry["form"], tuple(entry["match"].split()))
            for entry in data.get("patterns", [])
        ),
    )


def _phrases(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(word).split()) for word in words)


def _sides(table: Mapping[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {phrase: side for side, words in table.items() for phrase in _phrases(words)}


def _classes_by_head(
    classes: Mapping[str, Iterable[tuple[str, ...]]],
) -> dict[str, frozenset[str]]:
    """Index word classes by the first word of their phrases."""
    heads: dict[str, set[str]] = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            heads.setdefault(phrase[0], set()).add(name)
    return {head: frozenset(names) for head, names in heads.items()}


def _triggers(entries: list[dict[str, Any]]) -> dict[tuple[str, ...], tuple[Trigger, ...]]:
    triggers: dict[tuple[str, ...], tuple[Trigger, ...]] = {}
    for entry in entries:
        trigger = Trigger(
            frozenset(entry["kinds"]),
            entry.get("after", False),
            entry["open"],
            entry.get("strict", False),
        )
        for phrase in _phrases(entry["words"]):
            triggers[phrase] = (*triggers.get(phrase, ()), trigger)
    return triggers
