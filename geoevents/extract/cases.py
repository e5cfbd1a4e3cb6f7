"""What does a word of relation say with the case of the words that follow it?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Resolution
    from geoevents.extract.reading import Reading


@dataclass(frozen=True, slots=True)
class _Cases:
    """Meanings of a word of relation: by ending, the longest first, and where none tells."""

    endings: tuple[tuple[str, str], ...]
    order: tuple[str, ...]
    consonant: str
    unchanged: Mapping[str, str]

    def of(self, word: str) -> str:
        """Return what the ending of a folded word says."""
        found = (meaning for ending, meaning in self.endings if word.endswith(ending))
        return next(found, self.consonant)


@cache
def _cases(lang: str) -> tuple[str, Mapping[str, _Cases]]:
    """Return a language's vowels, and what the case decides by word of relation."""
    data = load_toml("languages", lang, "relations.toml").get("cases", {})
    rows = {name: row for name, row in data.items() if isinstance(row, dict)}
    return data.get("vowels", ""), {
        relation: _Cases(
            endings=tuple(
                sorted(
                    (
                        (fold(ending), meaning)
                        for meaning, endings in row["endings"].items()
                        for ending in endings
                    ),
                    key=lambda pair: -len(pair[0]),
                )
            ),
            order=tuple(row["endings"]),
            consonant=row["consonant"],
            unchanged=row["unchanged"],
        )
        for relation, row in rows.items()
    }


def relation_by_case(reading: Reading, relation: str, first: int) -> str:
    """Return what a relation that hangs on a case means before the word at ``first``.

    "Landed in Minsk" and "flew to Minsk" have one and the same preposition in Russian; the ending
    of the next word tells them apart. A name that stands as it is held tells little: it may be
    one that never changes.
    """
    vowels, cases = _cases(reading.lang)
    known = cases.get(relation)
    if known is None or first >= len(reading.words):
        return relation
    start = reading.words[first].token.start
    name = next((r for r in reading.mentions if r.mention.start == start), None)
    if name is not None and _is_unchanged(name, reading.lang):
        final = fold(name.mention.text)[-1:]
        return known.unchanged["vowel" if final in vowels else "consonant"]
    last = reading.covered(name.span)[-1] if name is not None and not name.mention.refs else first
    words = [reading.words[i].folded for i in range(first, last + 1)]
    if words[0].isdecimal():  # "120 km south of X": a number has no case to see
        return known.order[0]
    # Of the words of a name one that stands in the first of the cases is enough.
    found = {known.of(word) for word in words}
    return next((meaning for meaning in known.order if meaning in found), known.consonant)


def _is_unchanged(name: Resolution, lang: str) -> bool:
    """Return whether a name is written as it is held."""
    if name.place is None or name.mention.refs:
        return False
    return fold(name.mention.text) in {fold(held) for held in name.place.names.get(lang, ())}
