"""How may a folded word be read, with or without what its language glues to a name?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.mentions.language_rules import LanguageRules
    from gazetteer.text.tokens import Token

_APOSTROPHE_ENDINGS = "endings_behind_apostrophes"  # of a language that has any there
_SHORTEST_STRIPPED = 2  # letters that must be left when a particle is cut off


class Variant(NamedTuple):
    """How a word may be read: skip so many folded letters, put ``lead`` in front of the rest."""

    skip: int
    lead: str
    particle: str
    article: int


def stem_length(token: Token, rules: LanguageRules) -> int:
    """Return how much of a folded word a name may be: of "Iran's" four letters, of "Sana'a" all.

    Turkish has endings of all kinds behind an apostrophe: "İran'da".
    """
    return token.stem_length if has_apostrophe_endings(rules) else token.owner_length


def has_apostrophe_endings(rules: LanguageRules) -> bool:
    """Whether a language puts the endings of names behind an apostrophe, as Turkish does."""
    return _APOSTROPHE_ENDINGS in rules.flags


def readings(folded: str, rules: LanguageRules) -> Iterator[str]:
    """Yield how a folded name given by itself may be held, the closest to the surface first."""
    for variant in word_variants(folded, rules):
        yield variant.lead + folded[variant.skip :]
    for variant in separate_articles(rules):
        yield variant.lead + folded
    for cut, put in rules.endings:
        if folded.endswith(cut):
            yield folded.removesuffix(cut) + put


def separate_articles(rules: LanguageRules) -> Iterator[Variant]:
    """Yield the word with an article that the held name has in front of it."""
    for article in rules.separate_articles:
        yield Variant(0, f"{article} ", "", 1)


def word_variants(folded: str, rules: LanguageRules) -> Iterator[Variant]:
    """Yield how a folded word may be read: as it stands, then without what is glued to it."""
    yield Variant(0, "", "", 0)
    if not rules.article and not rules.prefixes:
        return
    yield from _articled(folded, rules.article, 0, "")
    for contraction, article in rules.contracted.items():
        if folded.startswith(contraction) and len(folded) - len(contraction) > 1:
            yield Variant(len(contraction), article, contraction, 0)
            yield Variant(len(contraction), "", contraction, -1)
    for prefix in rules.prefixes:
        rest = folded[len(prefix) :]
        if folded.startswith(prefix) and len(rest) >= _SHORTEST_STRIPPED:
            yield Variant(len(prefix), "", prefix, 0)
            yield from _articled(rest, rules.article, len(prefix), prefix)
    for particle, article in rules.elided.items():
        if folded.startswith(particle) and len(folded) - len(particle) >= _SHORTEST_STRIPPED:
            yield Variant(len(particle), article, particle, 1)


def _articled(rest: str, article: str, skip: int, particle: str) -> Iterator[Variant]:
    if not article:
        return
    if rest.startswith(article):
        if len(rest) - len(article) >= _SHORTEST_STRIPPED:
            yield Variant(skip + len(article), "", particle, -1)
    else:
        yield Variant(skip, article, particle, 1)
