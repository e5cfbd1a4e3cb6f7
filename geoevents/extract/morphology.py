"""Which forms does a word take in running text, and which word is a form of?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KINDS = ("verb", "noun", "word")
PASSIVE = "pass"
"""Tag of the forms of a verb whose subject is who or what the deed is done to."""
ACTS = "acts"
"""Tag of a phrase that is a noun and what it does: "warplanes bombed"."""
BASE, PAST = "base", "past"
"""Tags of the forms "cut" and "took"; some verbs have one form for both."""
_LISTED_TENSES = frozenset({"future", "present"})  # parts that are listed where not regular
_SHORTEST_STEM = 2  # letters of a stem that an ending is cut off
_REMEMBERED = 1 << 15  # words of a language whose analyses are kept


@dataclass(frozen=True, slots=True)
class Analysis:
    """A word with its glued particle or its ending cut off.

    Attributes
    ----------
    clitic
        The particle, folded; "" for none.
    form
        The rest.
    kinds
        Kinds of words that the particle can stand before.
    tags
        What an ending that was cut off says; "" for none.
    """

    clitic: str
    form: str
    kinds: frozenset[str]
    tags: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    ending: re.Pattern[str]
    forms: tuple[tuple[str, int, str], ...]
    with_suffix: tuple[tuple[str, int, str], ...]
    initial: tuple[str, ...]
    shortest: int
    derive: tuple[tuple[str, str], ...]
    prefixes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Postfix:
    """An ending that stands behind all others, as the Russian reflexive does.

    Attributes
    ----------
    ending, after_vowel
        How it is spelt, and behind which other letters how else.
    vowels
        Those letters.
    parts
        Parts of a lemma that may have it.
    passive
        Parts that it makes passive.
    """

    ending: str
    after_vowel: str
    vowels: str
    parts: frozenset[str]
    passive: frozenset[str]

    def behind(self, form: str, tags: str) -> str:
        """Return how it is spelt behind a form; a participle has the full ending."""
        short = form[-1:] in self.vowels and "part" not in tags.split()
        return self.after_vowel if short else self.ending


@dataclass(frozen=True, slots=True)
class Joined:
    """What makes parts that are written apart one word, as in Persian; nothing without a sign.

    Attributes
    ----------
    sign
        The sign between them.
    before, after
        Particles, folded, that belong to the word behind or before them even with a blank between.
    """

    sign: str = ""
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


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
    finals
        Letters that look different at the end of a word, with what they are inside one.
    postfix
        The ending that stands behind all others, or None.
    elided
        Words that lose their vowel before another word and are written onto it by an apostrophe.
    endings
        What may be written behind a stem, by kind: a pattern that the ending must fit whole, and
        its tags.
    adjectives_follow
        Whether adjectives stand behind their noun.
    verb_last
        Whether the verb ends the clause.
    postpositions
        Whether words of relation, and cases, stand behind the place.
    joined
        What makes parts that are written apart one word.
    free_order
        Whether what a verb needs may stand before it as well as behind.
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
    finals: Mapping[str, str]
    postfix: Postfix | None
    elided: frozenset[str]
    endings: tuple[tuple[str, re.Pattern[str], str], ...]
    adjectives_follow: bool
    verb_last: bool
    postpositions: bool
    joined: Joined
    free_order: bool
    _analysed: dict[str, tuple[Analysis, ...]] = field(default_factory=dict, repr=False)
    _told: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict, repr=False)

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
        replaced = {name for name, said in zip(names[2:], spellings[2:], strict=False) if said}
        for at, spelling in enumerate(spellings):
            name = names[min(at, len(names) - 1)]
            for form, tags in self._with_postfix(name, spelling, whole=len(spellings) == 1):
                # An irregular verb has its own past: "fly/flew" makes no "flyed".
                if irregular and at == 0 and tags == "past" and names[0] != "past":
                    continue
                # "Останутся" makes no "остаются" of "остаться": it is the present of "оставаться".
                if name not in replaced and tags in replaced & _LISTED_TENSES:
                    continue
                # "Cut" is its own past.
                same = irregular and made.get(form) == BASE and tags == PAST
                made[form] = f"{BASE} {PAST}" if same else made.get(form, tags)
        return made

    def _with_postfix(self, part: str, word: str, *, whole: bool) -> Iterator[tuple[str, str]]:
        """Yield the forms of a part, the ending that stands behind all others put back."""
        if not word:  # a verb may lack a part: "_" in the data
            return
        postfix = self.postfix
        if postfix is None or part not in postfix.parts:
            yield from self._inflect(part, word, whole=whole)
            return
        own = word.endswith(postfix.ending)
        for form, tags in self._inflect(part, word.removesuffix(postfix.ending), whole=whole):
            if not own:
                yield form, tags
            is_passive = part in postfix.passive and PASSIVE not in tags.split()
            if (own and PASSIVE not in tags.split()) or (not own and is_passive):
                yield form + postfix.behind(form, tags), tags if own else f"{tags} {PASSIVE}"

    def _inflect(self, part: str, word: str, *, whole: bool) -> Iterator[tuple[str, str]]:
        """Yield the forms of a part of a lemma; of a ``whole`` lemma, the derived parts' too."""
        for rule in self.rules[part]:
            found = rule.ending.search(word)
            if not found:
                continue
            for initial in rule.initial or (word[:1],):
                stem = initial + word[1:]
                for added, cut, tags in rule.forms:
                    form = self._joined(stem, cut, added.replace("&", stem[-1:]))
                    for prefix, said in rule.prefixes or (("", ""),):
                        yield prefix + form, f"{said} {tags}" if said else tags
                for added, cut, tags in rule.with_suffix if len(stem) >= rule.shortest else ():
                    for suffix in self.suffixes:
                        yield self._joined(stem, cut, added + suffix), f"{tags} poss"
            for other, template in rule.derive if whole else ():
                yield from self._inflect(other, found.expand(template), whole=False)
            return

    def _joined(self, stem: str, cut: int, added: str) -> str:
        form = stem[: len(stem) - cut] + added
        return "".join(self.finals.get(letter, letter) for letter in form[:-1]) + form[-1:]

    def analyses(self, word: str) -> tuple[Analysis, ...]:
        """Return a folded word as it stands, then without what may be glued before or behind."""
        known = self._analysed.get(word)
        if known is None:
            if len(self._analysed) >= _REMEMBERED:
                self._analysed.clear()
            known = self._analysed[word] = self._analyse(word)
        return known

    def forms_of(self, word: str, kind: str = "") -> frozenset[str]:
        """Return the forms that a folded word may be of, of one kind or of any."""
        return self.forms_by_kind(word)[kind]

    def forms_by_kind(self, word: str) -> Mapping[str, frozenset[str]]:
        """Return the forms that a folded word may be of by their kind, ``""`` for any."""
        known = self._told.get(word)
        if known is None:
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            analyses = self.analyses(word)
            every = frozenset(a.form for a in analyses)
            kinds = {kind: frozenset(a.form for a in analyses if kind in a.kinds) for kind in KINDS}
            known = self._told[word] = {
                "": every,
                **{kind: every if forms == every else forms for kind, forms in kinds.items()},
            }
        return known

    @cached_property
    def _glued(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The particles with the kinds of words that they stand before, the shortest first."""
        every = {clitic for kind in KINDS for clitic in self.proclitics[kind]}
        return tuple(
            (clitic, frozenset(kind for kind in KINDS if clitic in self.proclitics[kind]))
            for clitic in sorted(every, key=len)
        )

    @cached_property
    def _any_ending(self) -> re.Pattern[str]:
        """What any ending of the language fits: most words have none, and one look tells."""
        return re.compile("|".join(f"(?:{ending.pattern})" for _, ending, _ in self.endings))

    def _analyse(self, word: str) -> tuple[Analysis, ...]:
        found = [
            Analysis(clitic, word[len(clitic) :], kinds)
            for clitic, kinds in self._glued
            if word.startswith(clitic) and len(word) - len(clitic) > (1 if clitic else 0)
        ]
        return (*found, *self._without_ending(word))

    def _without_ending(self, word: str) -> Iterator[Analysis]:
        """Yield the stems that a word may consist of with one of the language's endings."""
        for cut in range(len(word), _SHORTEST_STEM - 1, -1) if self.endings else ():
            if self._any_ending.fullmatch(word, cut):
                for kind, ending, tags in self.endings:
                    if ending.fullmatch(word, cut):
                        yield Analysis("", word[:cut], frozenset({kind}), tags)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


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
            name: tuple(_rule(row, data.get("series", {})) for row in data[name])
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
        finals=data.get("finals", {}),
        postfix=_postfix(data["postfix"]) if "postfix" in data else None,
        **_order(data),
    )


def _order(data: dict[str, Any]) -> dict[str, Any]:
    """Return what only some languages have: elision, endings, their order of words."""
    order = data.get("order", {})
    noun_first = "after" if data["proclitics"]["article"] else "before"
    return {
        "elided": frozenset(map(fold, data.get("elision", {}).get("words", []))),
        "endings": tuple(
            (row["kind"], re.compile(_folded(row["ending"])), row["tags"])
            for row in data.get("ending", [])
        ),
        "adjectives_follow": order.get("adjectives", noun_first) == "after",
        "verb_last": order.get("verb") == "last",
        "postpositions": order.get("relations") == "after",
        "joined": Joined(
            data["joined"]["sign"],
            frozenset(map(fold, data["joined"]["before"])),
            frozenset(map(fold, data["joined"]["after"])),
        )
        if "joined" in data
        else Joined(),
        "free_order": order.get("verb") == "free",
    }


def _postfix(row: dict[str, Any]) -> Postfix:
    return Postfix(
        ending=row["ending"],
        after_vowel=row["after_vowel"],
        vowels=row["vowels"],
        parts=frozenset(row["parts"]),
        passive=frozenset(row["passive"]),
    )


def _spread(
    rows: Sequence[tuple[str, int, str]], series: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, int, str]]:
    """Yield the forms of a rule; "вш@soft" is one for each ending of the series "soft"."""
    for added, cut, tags in rows:
        stem, at, name = added.partition("@")
        for ending in series[name] if at else ("",):
            yield _folded(stem + ending), cut, tags


def _folded(pattern: str) -> str:
    """Return a pattern with its letters folded one by one, its signs kept."""
    return "".join(char if char.isascii() else fold(char) or char for char in pattern)


def _rule(row: dict[str, Any], series: Mapping[str, Sequence[str]]) -> _Rule:
    return _Rule(
        ending=re.compile(f"{_folded(row['ending'])}$"),
        forms=tuple(_spread(row["forms"], series)),
        with_suffix=tuple((added, cut, tags) for added, cut, tags in row.get("with_suffix", [])),
        initial=tuple(row.get("initial", [])),
        shortest=row.get("shortest", 0),
        derive=tuple((part, template) for part, template in row.get("derive", [])),
        prefixes=tuple((fold(prefix), said) for prefix, said in row.get("prefixes", [])),
    )
