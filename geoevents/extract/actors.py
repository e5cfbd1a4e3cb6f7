"""Which organisations, offices and forces does a sentence name?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.text.normalize import fold
from geoevents.extract.morphology import Morphology, load_morphology

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.text.tokens import Token

_LONGEST_BODY = 7  # words of a name such as "ministry of foreign affairs and trade"
_REMEMBERED = 1 << 15  # words whose look-up is kept


@dataclass(frozen=True, slots=True)
class Actor:
    """A name of an organisation or force, with the country it belongs to, or None."""

    span: Span
    country: str | None


@dataclass(frozen=True)
class _Names:
    morphology: Morphology
    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str | None], ...]]
    bodies: frozenset[str]
    body_words: frozenset[str]
    inner_words: frozenset[str]
    _begins: dict[str, bool] = field(default_factory=dict)

    def may_begin(self, word: str) -> bool:
        """Return whether a name may begin with a folded word, whatever is glued to it."""
        known = self._begins.get(word)
        if known is None:
            if len(self._begins) >= _REMEMBERED:
                self._begins.clear()
            forms = self.morphology.forms_of(word)
            known = any(form in self.by_first or form in self.bodies for form in forms)
            self._begins[word] = known
        return known


@cache
def _names(lang: str) -> _Names:
    data = load_toml("languages", lang, "actors.toml")
    morphology = load_morphology(lang)
    if morphology is None:
        raise KeyError(lang)
    by_first: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
    for row in data["actor"]:
        for name in row["names"]:
            run = tuple(fold(name).split())
            by_first.setdefault(run[0], []).append((run, row.get("country")))
    return _Names(
        morphology=morphology,
        by_first={
            first: tuple(sorted(runs, key=lambda pair: -len(pair[0])))
            for first, runs in by_first.items()
        },
        bodies=frozenset(map(fold, data["bodies"])),
        body_words=frozenset(map(fold, data["body_words"])),
        inner_words=frozenset(map(fold, data.get("inner_words", ()))),
    )


def find_actors(tokens: Sequence[Token], *, lang: str) -> list[Actor]:
    """Return the organisations and forces that a sentence names, in order, not overlapping."""
    names = _names(lang)
    found: list[Actor] = []
    i = 0
    while i < len(tokens):
        may_begin = names.may_begin(tokens[i].folded)
        length, country = _name_at(names, tokens, i) if may_begin else (0, None)
        if length:
            cut = _particle(names, tokens[i])
            found.append(Actor(Span(tokens[i].offset(cut), tokens[i + length - 1].end), country))
        i += max(length, 1)
    return found


def _name_at(names: _Names, tokens: Sequence[Token], i: int) -> tuple[int, str | None]:
    """Return how many words a name beginning at ``i`` has, 0 for none, and its country."""
    for analysis in names.morphology.analyses(tokens[i].folded):
        for run, country in names.by_first.get(analysis.form, ()):
            rest = tuple(token.folded for token in tokens[i + 1 : i + len(run)])
            if rest == run[1:]:
                return len(run), country
        if analysis.form in names.bodies:
            return _body_length(names, tokens, i), None
    return 0, None


def _body_length(names: _Names, tokens: Sequence[Token], i: int) -> int:
    end = i + 1
    while end < min(i + _LONGEST_BODY, len(tokens)) and tokens[end].folded in names.body_words:
        end += 1
    while tokens[end - 1].folded in names.inner_words:
        end -= 1
    return end - i if end - i > 1 else 0


def _particle(names: _Names, token: Token) -> int:
    """Return the length of a glued particle before a name, its article left on."""
    folded, article = token.folded, names.morphology.article
    for analysis in names.morphology.analyses(folded):
        known = analysis.form in names.bodies or analysis.form in names.by_first
        if known and analysis.clitic:
            kept = len(article) if article and analysis.clitic.endswith(article) else 0
            return len(analysis.clitic) - kept
        if known:
            return 0
    return 0
