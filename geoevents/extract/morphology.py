"""Which forms does a word take in running text, and which word is a form of?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS = ("verb", "noun", "word")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A word with its glued particle cut off.

    Attributes
    ----------
    clitic
        The particle, folded; "" for none.
    form
        The rest.
    kinds
        Kinds of words that the particle can stand before.
    """

    clitic: str
    form: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    ending: re.Pattern[str]
    forms: tuple[tuple[str, int, str], ...]
    with_suffix: tuple[tuple[str, int, str], ...]
    initial: tuple[str, ...]
    shortest: int


@dataclass(frozen=True)
class Morphology:
    """The inflection of one language, as its ``morphology.toml`` describes it.

    Attributes
    ----------
    parts
        Names of the parts of a lemma, by kind.
    rules
        Inflection rules by part.
    suffixes
        Pronouns that a form can carry.
    proclitics
        Glued particles by kind.
    relation
        What a glued particle says about the word it is glued to.
    article
        The article that is written onto its noun; "" for none.
    definite, future, conjunction
        Particles that make a noun definite or a verb future, and those that join.
    """

    parts: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, tuple[_Rule, ...]]
    suffixes: tuple[str, ...]
    proclitics: Mapping[str, frozenset[str]]
    relation: Mapping[str, str]
    article: str
    definite: frozenset[str]
    future: frozenset[str]
    conjunction: frozenset[str]

    def forms(self, kind: str, lemma: str) -> dict[str, str]:
        """Return the folded forms of a lemma with their tags.

        Parameters
        ----------
        kind
            verb, noun or word.
        lemma
            Its parts joined by "/"; a word has one form.
        """
        if kind == "word":
            return {fold(lemma): ""}
        made: dict[str, str] = {}
        spellings = [fold(part) for part in lemma.split("/")]
        names = self.parts[kind]
        irregular = len(spellings) > 1 and kind == "verb"
        for at, spelling in enumerate(spellings):
            name = names[min(at, len(names) - 1)]
            for form, tags in self._inflect(name, spelling):
                # An irregular verb has its own past: "fly/flew" makes no "flyed".
                if irregular and at == 0 and tags == "past" and names[0] != "past":
                    continue
                made.setdefault(form, tags)
        return made

    def _inflect(self, part: str, word: str) -> Iterator[tuple[str, str]]:
        for rule in self.rules[part]:
            if not rule.ending.search(word):
                continue
            for initial in rule.initial or (word[:1],):
                stem = initial + word[1:]
                for added, cut, tags in rule.forms:
                    yield stem[: len(stem) - cut] + added.replace("&", stem[-1:]), tags
                for added, cut, tags in rule.with_suffix if len(stem) >= rule.shortest else ():
                    for suffix in self.suffixes:
                        yield stem[: len(stem) - cut] + added + suffix, f"{tags} poss"
            return

    def analyses(self, word: str) -> tuple[Analysis, ...]:
        """Return a folded word as it stands, then without each particle it may begin with."""
        return _analyses(self, word)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@lru_cache(maxsize=1 << 15)
def _analyses(morphology: Morphology, word: str) -> tuple[Analysis, ...]:
    every = {clitic for kind in KINDS for clitic in morphology.proclitics[kind]}
    found = [
        Analysis(
            clitic,
            word[len(clitic) :],
            frozenset(kind for kind in KINDS if clitic in morphology.proclitics[kind]),
        )
        for clitic in sorted(every, key=len)
        if word.startswith(clitic) and len(word) - len(clitic) > (1 if clitic else 0)
    ]
    return tuple(found)


@cache
def load_morphology(lang: str) -> Morphology | None:
    """Return the inflection of a language, or None where there is no data for it."""
    try:
        data = load_toml("languages", lang, "morphology.toml")
    except MissingDataError:
        return None
    parts = {kind: tuple(names) for kind, names in data["parts"].items()}
    clitics = data["proclitics"]
    return Morphology(
        parts=parts,
        rules={
            name: tuple(_rule(row) for row in data[name])
            for names in parts.values()
            for name in names
        },
        suffixes=tuple(fold(suffix) for suffix in data["suffixes"]["pronoun"]),
        proclitics={kind: frozenset(clitics[kind]) for kind in KINDS},
        relation=dict(clitics["relation"]),
        article=clitics["article"],
        definite=frozenset(clitics["definite"]),
        future=frozenset(clitics["future"]),
        conjunction=frozenset(clitics["conjunction"]),
    )


def _rule(row: dict[str, Any]) -> _Rule:
    return _Rule(
        ending=re.compile(f"{row['ending']}$"),
        forms=tuple((added, cut, tags) for added, cut, tags in row["forms"]),
        with_suffix=tuple((added, cut, tags) for added, cut, tags in row.get("with_suffix", [])),
        initial=tuple(row.get("initial", [])),
        shortest=row.get("shortest", 0),
    )
