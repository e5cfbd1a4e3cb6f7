"""What would a text look like if it spoke of other places? It teaches names by their context.

A tagger that sees the same few hundred names of its corpora learns them by heart, and doubts the
others. In a renamed text about half of the places have names of other held places of their kind.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.mentions.features import TextView, kind_group
from gazetteer.mentions.language_rules import language_rules
from gazetteer.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.store import Store
    from gazetteer.mentions.matcher import Match, Matcher

Array = np.ndarray[Any, Any]

_RENAMED = 0.5  # share of the names that are changed, each the same way in all of a text
_FEWEST = 50  # names of a kind in a language from which others are drawn
_RENAMED_KINDS = frozenset({"country", "admin1", "capital", "city", "town", "village"})


class _Pool(NamedTuple):
    """Names of a kind of places in a language, and how likely each is drawn up to its row."""

    names: Array
    shares: Array


class Renamer:
    """Gives the places of annotated texts other names.

    Parameters
    ----------
    store, matcher
        Where names are held.
    """

    def __init__(self, store: Store, matcher: Matcher) -> None:
        self._store, self._matcher = store, matcher
        self._pools: dict[str, dict[str, _Pool]] = {}

    def renamed(self, document: dict[str, Any], seed: int) -> dict[str, Any] | None:
        """Return a document with other places in place of its own; None where none is changed.

        Parameters
        ----------
        document
            An annotated text; names inside other names stay.
        seed
            Of the draw.
        """
        chance = np.random.default_rng(seed)
        text, lang = document["text"], document["lang"]
        chosen: dict[str, str] = {}
        changes = []
        for match in self._matches_of_places(document):
            held = text[match.start : match.end]
            if held not in chosen:
                chosen[held] = self._other_name(match, held, lang, chance)
            if chosen[held] != held:
                changes.append((match.start, match.end, chosen[held]))
        return _rewritten(document, changes) if changes else None

    def _matches_of_places(self, document: dict[str, Any]) -> Iterator[Match]:
        """Yield the held names that are all of an annotated place but for what is glued to it."""
        text = document["text"]
        view = TextView(text, tokenize(text), language_rules(document["lang"]))
        spans = [(t["start"], t["end"]) for t in document["toponyms"] if t.get("form") != "demonym"]
        others = [(o["start"], o["end"]) for o in document.get("others", ())]
        alone = [
            span
            for span in spans
            if not any(a < span[1] and span[0] < b for a, b in (*spans, *others) if (a, b) != span)
        ]
        words = {(i, j): span for span in alone for i, j in [_words_of(view, span)]}
        taken = set()
        for match in self._matcher.match(text, view.tokens, view.rules):
            span = words.get((match.first, match.last))
            if span is None or span in taken or match.ending or match.article:
                continue
            if span[0] <= match.start and match.end <= view.tokens[match.last].end:
                taken.add(span)
                yield match

    def _other_name(self, match: Match, held: str, lang: str, chance: np.random.Generator) -> str:
        kind = kind_group(self._store.kind_of(match.postings[0].place))
        pool = self._pools_of(lang).get(kind) if kind in _RENAMED_KINDS else None
        if pool is None or chance.random() > _RENAMED:
            return held
        name = self._store.name(int(pool.names[np.searchsorted(pool.shares, chance.random())]))
        if not name.replace(" ", "").replace("-", "").isalpha():
            return held
        if held.isupper() and len(held) > 3:
            return name.upper()
        return name.lower() if held.islower() else name

    def _pools_of(self, lang: str) -> dict[str, _Pool]:
        if lang not in self._pools:
            self._pools[lang] = dict(self._read_pools(lang))
        return self._pools[lang]

    def _read_pools(self, lang: str) -> Iterator[tuple[str, _Pool]]:
        """Yield the preferred names of a language by kind, the better known ones more likely."""
        store = self._store
        by_kind: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in range(len(store)):
            names = store.names_in(row, lang)
            if names:
                by_kind[kind_group(store.kind_of(row))].append((names[0], store.name_count(row)))
        for kind, found in by_kind.items():
            if len(found) >= _FEWEST:
                names, weights = np.array(found).T
                yield kind, _Pool(names, np.cumsum(weights) / weights.sum())


def _words_of(view: TextView, span: tuple[int, int]) -> tuple[int, int]:
    touched = [i for i, t in enumerate(view.tokens) if t.start < span[1] and span[0] < t.end]
    return (touched[0], touched[-1]) if touched else (-1, -1)


def _rewritten(document: dict[str, Any], changes: list[tuple[int, int, str]]) -> dict[str, Any]:
    """Return a document with parts of its text replaced, and its annotations moved along."""
    text, parts, moved, at = document["text"], [], [], 0
    for start, end, name in sorted(changes):
        parts += [text[at:start], name]
        moved.append((end, len(name) - (end - start)))
        at = end
    parts.append(text[at:])

    def new(offset: int) -> int:
        return offset + sum(by for end, by in moved if end <= offset)

    def shifted(annotations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**a, "start": new(a["start"]), "end": new(a["end"])} for a in annotations]

    return {
        **document,
        "text": "".join(parts),
        "toponyms": shifted(document["toponyms"]),
        "others": shifted(document.get("others", [])),
    }
