"""What does each language do to place names, and which words stand around them?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.mentions.quantities import numbers_of
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


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
class Referring:
    """Words that mean a place named before, from ``toponyms.toml``: "the city".

    Attributes
    ----------
    words
        Folded words.
    what
        The table that they stand in, which says what kind of place they mean.
    ending
        Letters of the last word that are a case ending.
    """

    words: tuple[str, ...]
    what: str
    ending: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a described place, from ``toponyms.toml``.

    Attributes
    ----------
    form
        The form of what it describes.
    elements
        Word classes (``a|b`` one of two); ``A`` to ``E`` places, ``A:land`` of a kind (see
        :class:`gazetteer.mentions.placed.PlacedName`), ``A~of`` with a glued particle of a class,
        ``&B`` behind "and" or a hyphen, ``,B`` behind a comma; ``DIR``, ``DIRAFTER``, ``DEFDIR``,
        ``DIROFF`` directions; ``DIST`` a distance; ``*n`` up to n other words; ``?`` optional.
    side
        What the shape is beside its places: ``near``, ``from``, ``within``, ``countryside``,
        ``offshore``; of a zone, on whose side it lies (``A``, or the party named ``before``).
    not_after, not_before
        Word class that makes it no place when it stands shortly before or behind.
    within_km
        How far apart its places may be; 0 for any distance.
    """

    form: str
    elements: tuple[str, ...]
    side: str = ""
    not_after: str = ""
    not_before: str = ""
    within_km: float = 0.0

    @property
    def nests(self) -> bool:
        """Whether a described place may stand in it."""
        return any(
            label in _DESCRIBED
            for element in self.elements
            for label in element.rstrip("?").partition(":")[2].split("|")
        )


_REMEMBERED = 1 << 16  # words whose classes are kept in memory
_DESCRIBED = frozenset({"place", "part", "border", "zone", "coast", "countryside"})
"""Labels of places that are described themselves."""

SIDES = {
    "DIR": "directions",
    "DEFDIR": "definite_directions",
    "DIRAFTER": "directions_after",
    "DIROFF": "directions_off",
}
"""Elements of patterns that are directions, and their tables."""


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """A language's ``toponyms.toml``, folded and indexed; phrases are tuples of folded words."""

    lang: str
    prefixes: tuple[str, ...] = ()
    article: str = ""
    definite: str = ""
    separate_articles: tuple[str, ...] = ()
    contracted: Mapping[str, str] = field(default_factory=dict)
    elided: Mapping[str, str] = field(default_factory=dict)
    before_unheld: tuple[str, ...] = ()
    conjunctions: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    endings: tuple[tuple[str, str], ...] = ()
    phrase_endings: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    sides: Mapping[str, Mapping[tuple[str, ...], str]] = field(default_factory=dict)
    triggers: Mapping[tuple[str, ...], tuple[Trigger, ...]] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    references: Mapping[str, tuple[Referring, ...]] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    never_after_preposition: tuple[str, ...] = ()
    name_after_preposition: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    given_names: frozenset[tuple[str, ...]] = frozenset()
    surname_endings: tuple[str, ...] = ("",)
    classes_by_head: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shared_nouns: Mapping[str, str] = field(default_factory=dict)

    trigger_words: frozenset[str] = frozenset()

    def has(self, word_class: str, word: str) -> bool:
        """Return whether a single folded word belongs to a word class."""
        return (word,) in self.words.get(word_class, ())

    def bare(self, word: str) -> str:
        """Return a folded word that may be a trigger without particles and article."""
        for prefix in self.prefixes:
            if word.startswith(prefix) and word.removeprefix(prefix) in self.trigger_words:
                word = word.removeprefix(prefix)
                break
        for contraction in self.contracted:
            word = word.removeprefix(contraction) or word
        return (word.removeprefix(self.article) or word) if self.article else word

    def heads(self, word: str) -> Iterator[tuple[int, str]]:
        """Yield readings of a folded word without what is glued to it, and how long that is."""
        yield 0, word
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                yield len(prefix), word.removeprefix(prefix)
        for contraction, article in self.contracted.items():
            if word.startswith(contraction):
                yield len(contraction), article + word.removeprefix(contraction)
        for particle, article in self.elided.items():
            if word.startswith(particle) and len(word) > len(particle) + 1:
                yield len(particle), article + word.removeprefix(particle)


@lru_cache(_REMEMBERED)
def may_trigger(word: str, lang: str) -> bool:
    """Return whether a folded word can stand in a trigger, glued particles and article aside."""
    rules = language_rules(lang)
    return word in rules.trigger_words or rules.bare(word) in rules.trigger_words


@lru_cache(_REMEMBERED)
def classes_of(word: str, lang: str) -> frozenset[str]:
    """Return the word classes that a folded word may begin a phrase of, glued particles aside."""
    rules = language_rules(lang)
    known = rules.classes_by_head
    return frozenset[str]().union(*(known.get(head, ()) for _, head in rules.heads(word)))


def _endings(particles: Mapping[str, Any], *lists: str) -> tuple[tuple[str, str], ...]:
    """Return case endings, as written and as held, folded; none twice."""
    pairs = [(fold(cut), fold(put)) for name in lists for cut, put in particles.get(name, [])]
    return tuple(dict.fromkeys(pairs))


_SET_PHRASES = frozenset({"no_place"})


@cache
def language_rules(lang: str) -> LanguageRules:
    """Return the rules of a language; empty ones when there is no data for it."""
    try:
        data = load_toml("languages", lang.split("-", maxsplit=1)[0], "toponyms.toml")
    except MissingDataError:
        return LanguageRules(lang)
    particles = data.get("particles", {})
    triggers = _triggers(data.get("triggers", []))
    words = {name: _phrases(phrases) for name, phrases in data.get("words", {}).items()}
    sides = {element: _sides(data.get(table, {})) for element, table in SIDES.items()}
    return LanguageRules(
        lang=lang,
        prefixes=_longest_first(particles.get("prefixes", [])),
        article=fold(particles.get("article", "")),
        definite=fold(particles.get("definite", "")),
        separate_articles=tuple(map(fold, particles.get("separate_articles", []))),
        contracted={fold(k): fold(v) for k, v in particles.get("contracted", {}).items()},
        before_unheld=_longest_first(particles.get("before_unheld", [])),
        elided={fold(k): fold(v) for k, v in particles.get("elided", {}).items()},
        conjunctions=frozenset(map(fold, particles.get("conjunctions", []))),
        prepositions=frozenset(map(fold, particles.get("prepositions", []))),
        endings=_endings(particles, "endings"),
        phrase_endings=_endings(particles, "phrase_endings", "endings")
        if "phrase_endings" in particles
        else (),
        words=words,
        sides=sides,
        classes_by_head=_classes_by_head({**words, **sides, "DIST": numbers_of(lang).values}),
        triggers=triggers,
        trigger_words=frozenset(word for phrase in triggers for word in phrase),
        flags=frozenset(data.get("flags", [])),
        never_after_preposition=tuple(
            map(fold, data.get("demonyms", {}).get("never_after_preposition", []))
        ),
        name_after_preposition=tuple(
            map(fold, data.get("demonyms", {}).get("name_after_preposition", []))
        ),
        noun_endings=tuple(data.get("demonyms", {}).get("after_nouns", [])),
        given_names=_phrases(data.get("demonyms", {}).get("given_names", [])),
        surname_endings=tuple(map(fold, data.get("demonyms", {}).get("surname_endings", [""]))),
        patterns=_patterns_of(data),
        references=_references(data.get("references", {})),
        shared_nouns={
            fold(plural): fold(noun)
            for noun, plurals in data.get("shared_nouns", {}).items()
            for plural in plurals
        },
    )


def _references(table: Mapping[str, list[str]]) -> dict[str, tuple[Referring, ...]]:
    """Return phrases that refer to a place by their last word."""
    by_last: dict[str, tuple[Referring, ...]] = {}
    for name, phrases in table.items():
        for phrase in phrases:
            stem, _, ending = phrase.partition("|")
            words = tuple(fold(stem + ending).split())
            referring = Referring(words, name, len(fold(ending)))
            by_last[words[-1]] = (*by_last.get(words[-1], ()), referring)
    return by_last


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(fold, words), key=len, reverse=True))


def _patterns_of(data: Mapping[str, Any]) -> tuple[Pattern, ...]:
    """Return a language's own patterns, or those of the language that it says to share."""
    shared = data.get("patterns_of")
    return language_rules(shared).patterns if shared else tuple(_patterns(data.get("patterns", [])))


def _patterns(entries: Iterable[Mapping[str, Any]]) -> Iterator[Pattern]:
    for entry in entries:
        given = {key: value for key, value in entry.items() if key != "match"}
        for match in entry["match"]:
            yield Pattern(elements=tuple(match.split()), **given)


def _phrases(words: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(word).split()) for word in words)


def _sides(table: Mapping[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {phrase: side for side, words in table.items() for phrase in _phrases(words)}


def _classes_by_head(
    classes: Mapping[str, Iterable[tuple[str, ...]]],
) -> dict[str, frozenset[str]]:
    """Index word classes by the first word of their phrases.

    What only a whole phrase says is not said by its first word: "الرباط الصليبي", a ligament.
    """
    heads: dict[str, set[str]] = {}
    for name, phrases in classes.items():
        for phrase in phrases if name not in _SET_PHRASES else ():
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
