"""How is a name also written? "Fort Worth" and "Ft. Worth", "North Korea" and "N. Korea"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from gazetteer.data import load_toml
from gazetteer.index.layout import SPELLING
from gazetteer.index.store import CODE
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.index.draft import Draft, NameDraft, PlaceDraft

_TELLING = frozenset({"historical", "colloquial"})  # kinds of name that go for every spelling
_ENGLISH = frozenset({"en", "und"})
_STATES = frozenset({"country", "territory"})
_COMPASS = frozenset({*_STATES, "admin1", "capital", "city", "town"})


@dataclass(frozen=True, slots=True)
class _Rules:
    """The table, ready for use."""

    inside: re.Pattern[str]
    written: Mapping[str, str]
    compass: Mapping[str, str]
    run_together: Mapping[str, Any]


@cache
def _rules() -> _Rules:
    table = load_toml("languages", "spellings.toml")
    written = table["words"] | table["last_words"] | table["written_out"]
    longest_first = sorted(table["words"] | table["written_out"], key=len, reverse=True)
    # A full stop may be left out where a blank or a hyphen follows: "St Louis".
    inner = "|".join(re.escape(word).replace(r"\.", r"\.?") for word in longest_first)
    last = "|".join(map(re.escape, table["last_words"]))
    pattern = re.compile(rf"\b(?:({inner})(?=[ -]\S)|(?<= )({last})$)")
    return _Rules(pattern, written, table["compass"], table["run_together"])


def add_spellings(draft: Draft) -> None:
    """Give places the further spellings of their names that they do not have yet."""
    places, names = draft.places, draft.names
    varied = [
        (i, variant)
        for i, text in enumerate(names.text)
        if names.kind[i] != CODE
        for variant in _variants(text, names.place[i], names.lang[i], places)
    ]
    held = _folded_names(names, {names.place[i] for i, _ in varied})
    for i, variant in varied:
        own = held[names.place[i]]
        folded = fold(variant)
        if folded not in own:
            own.add(folded)
            kind = names.kind[i] if names.kind[i] in _TELLING else SPELLING
            names.add(names.place[i], names.lang[i], kind, variant)


def _folded_names(names: NameDraft, rows: set[int]) -> dict[int, set[str]]:
    held: dict[int, set[str]] = {row: set() for row in rows}
    for i, row in enumerate(names.place):
        if row in held:
            held[row].add(fold(names.text[i]))
    return held


def _variants(text: str, row: int, lang: str, places: PlaceDraft) -> Iterator[str]:
    yield from other_spellings(text)
    if " " not in text or lang not in _ENGLISH:
        return
    kind = places.kind[row]
    if kind in _COMPASS:
        first, _, rest = text.partition(" ")
        if first in _rules().compass:
            yield f"{_rules().compass[first]} {rest}"
    if kind in _STATES and " the " in text:
        yield text.replace(" the ", " ")
    short = text.count(" ") < _rules().run_together["words"]
    if short and text.isascii() and _is_tagged(kind, places.population[row]):
        together = re.sub(r"[^A-Za-z]", "", text)
        if len(together) >= _rules().run_together["letters"]:
            yield together


def _is_tagged(kind: str, inhabitants: int) -> bool:
    """Whether a place's name is likely to be met as a hashtag."""
    rule = _rules().run_together
    many = inhabitants >= rule["inhabitants"] or kind == "admin1"
    return kind in rule["kinds"] and (many or kind in _STATES)


def other_spellings(name: str) -> list[str]:
    """Return how a name with "Saint", "Mount" or "Fort" in it is also written, and back.

    Examples
    --------
    >>> other_spellings("East Saint Louis"), other_spellings("Mt. Pleasant")
    (['East St. Louis'], ['Mount Pleasant'])
    >>> other_spellings("Sault Ste. Marie"), other_spellings("Clinton Township")
    (['Sault Sainte Marie'], ['Clinton Twp.'])
    >>> other_spellings("Fort"), other_spellings("Stanton")
    ([], [])
    """
    rules = _rules()
    if not rules.inside.search(name):
        return []
    return [rules.inside.sub(lambda found: _other(found[0], rules.written), name)]


def _other(word: str, written: Mapping[str, str]) -> str:
    return written[word] if word in written else written[f"{word}."]
