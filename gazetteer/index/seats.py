"""Which names does a town share with the division that is named after it?

Sources name divisions in more languages than their towns. A town that bears its division's name in
Latin letters is called like it in other scripts too, so far as that is only another spelling.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.index.layout import CODE
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, script_of, sounds_like
from gazetteer.transliteration import transliterator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.index.draft import Draft, NameDraft, PlaceDraft

_DIVISION = "admin1"
_POPULAR = "colloquial"  # kind of name
_UNLIKE = 1.0  # nats per letter by which a name is rather one than another in other letters


def lend_names_to_seats(draft: Draft) -> None:
    """Give towns the names of their namesake divisions, so far as they are another spelling."""
    places, names = draft.places, draft.names
    names_of = _names_by_place(places, names)
    for division, town in _seats(places, names, names_of):
        own = {fold(names.text[i]) for i in names_of[town]}
        latin = _latin(names, names_of[town])
        of_division = [name for name in _latin(names, names_of[division]) if name not in own]
        for i in names_of[division]:
            folded = fold(names.text[i])
            script = script_of(folded)
            foreign = script not in {LATIN, None}
            if not foreign or folded in own or _is_divisions_own(folded, i, names):
                continue
            if _is_spelling(folded, str(script), latin, of_division):
                own.add(folded)
                names.add(town, names.lang[i], names.kind[i], names.text[i])


def _latin(names: NameDraft, numbers: Sequence[int]) -> list[str]:
    """Return the folded names in Latin letters, each once, without codes."""
    folded = dict.fromkeys(fold(names.text[i]) for i in numbers if names.kind[i] != CODE)
    return [name for name in folded if script_of(name) == LATIN]


def _names_by_place(places: PlaceDraft, names: NameDraft) -> dict[int, list[int]]:
    """Return the numbers of the names of divisions and settlements, by place."""
    wanted = {*SETTLEMENT_KINDS, _DIVISION}
    kept = [kind in wanted for kind in places.kind]
    by_place: dict[int, list[int]] = defaultdict(list)
    for i, row in enumerate(names.place):
        if kept[row]:
            by_place[row].append(i)
    return by_place


def _seats(
    places: PlaceDraft, names: NameDraft, names_of: dict[int, list[int]]
) -> Iterator[tuple[int, int]]:
    """Yield each division and the most populous town in it that is named like it."""
    called = {
        row: {fold(names.text[i]) for i in own}
        for row, own in names_of.items()
        if places.kind[row] == _DIVISION
    }
    seat: dict[int, int] = {}
    for row, own in names_of.items():
        division = places.admin1[row]
        if division not in called or places.kind[row] not in SETTLEMENT_KINDS:
            continue
        if fold(names.text[own[0]]) in called[division]:
            rival = seat.get(division)
            if rival is None or places.population[row] > places.population[rival]:
                seat[division] = row
    yield from seat.items()


def _is_divisions_own(folded: str, i: int, names: NameDraft) -> bool:
    """Whether a name is for a division alone: a popular one ("Харківщина"), or one that says so."""
    return names.kind[i] == _POPULAR or _says_division(folded, names.lang[i])


def _says_division(folded: str, lang: str) -> bool:
    """Whether a name holds the word for a division: "قطاع غزة" is no town."""
    words = folded.split()
    return not _division_words(lang.partition("-")[0]).isdisjoint((words[0], words[-1]))


@cache
def _division_words(lang: str) -> frozenset[str]:
    """Return the folded words of a language that announce a division, one by one."""
    try:
        triggers = load_toml("languages", lang, "toponyms.toml").get("triggers", ())
    except MissingDataError:
        return frozenset()
    said = chain.from_iterable(t["words"] for t in triggers if _DIVISION in t["kinds"])
    return frozenset(fold(word) for word in said)


def _is_spelling(
    folded: str, script: str, latin: Sequence[str], of_division: Sequence[str]
) -> bool:
    """Whether a name is one of a town's Latin ones in other letters, and none of its division's.

    "Абхазия" has the consonants of "Akva", a name of Sukhumi, but is "Abkhazia".
    """
    alike = [name for name in latin if name.count(" ") == folded.count(" ")]
    if not sounds_like(folded, script, alike):
        return False
    model = transliterator(script)
    if model is None or not of_division:
        return True
    nearest = model.shortfall(folded, alike).max()
    gain = float(model.shortfall(folded, of_division).max() - nearest)
    return gain <= _UNLIKE * len(folded)
