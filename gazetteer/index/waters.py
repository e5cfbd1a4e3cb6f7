"""Which names of a river, a lake or a bay lack the word for it, and are another place's?

Sources call lakes "Split" and "Jackson" that maps and news call Split Lake and Jackson Lake. The
other way round, tables have "река Кама" for what Russian news calls Кама.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.index.draft import NameDraft
from gazetteer.index.layout import BARE, CODE
from gazetteer.kinds import is_called_by_kind
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.text.common_words import common_words
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from gazetteer.index.draft import Draft, PlaceDraft

_SHOWN = frozenset({"en", "und"})  # languages of the names that stand for a place
_WELL_KNOWN = 30_000  # inhabitants
_OF_NOTE = 10_000  # on whose river a town of its name lies, too
_OF_DIVISIONS = COUNTRY_KINDS | {"admin1"}
_FREQUENT = 4.4  # of a word (Zipf) that is no river when it stands alone: "Сон", "Белая"


def call_rivers_by_bare_names(draft: Draft) -> None:
    """Call rivers without the word for it, too, unless a town, division or word is so called."""
    places, names = draft.places, draft.names
    others = _names_of_towns(places, names, _OF_NOTE) | {
        fold(names.text[i])
        for i, row in enumerate(names.place)
        if places.kind[row] in _OF_DIVISIONS and names.kind[i] != CODE
    }
    words = load_toml("languages", "spellings.toml")["rivers_without"]
    for i, text in enumerate(tuple(names.text)):
        lang, row = names.lang[i], names.place[i]
        before = words.get(lang)
        if before is None or places.kind[row] != "river" or not text.startswith(before):
            continue
        bare = text.removeprefix(before)
        folded = fold(bare)
        if folded not in others and common_words(lang).get(folded, 0.0) < _FREQUENT:
            names.add(row, lang, names.kind[i], bare)


def tell_bare_names(draft: Draft) -> None:
    """Mark the bare names of waters; where one is shown, a whole name goes before it."""
    places, names = draft.places, draft.names
    of_towns = _names_of_towns(places, names, _WELL_KNOWN)
    shown: dict[int, int] = {}
    whole: dict[int, int] = {}
    for i, row in enumerate(names.place):
        if not is_called_by_kind(places.kind[row]) or names.kind[i] == CODE:
            continue
        shown.setdefault(row, i)
        folded = fold(names.text[i])
        if folded in of_towns:
            names.kind[i] = BARE
        elif names.lang[i] in _SHOWN:
            whole.setdefault(row, i)
    first = [i for row, i in whole.items() if names.kind[shown[row]] == BARE]
    others = set(range(len(names.place))).difference(first)
    order = [*first, *sorted(others)]
    draft.names = NameDraft(
        *([getattr(names, column.name)[i] for i in order] for column in fields(NameDraft))
    )


def _names_of_towns(places: PlaceDraft, names: NameDraft, least: int) -> set[str]:
    """Return the folded names of all settlements of some size."""
    of_size = [
        kind in SETTLEMENT_KINDS and inhabitants >= least
        for kind, inhabitants in zip(places.kind, places.population, strict=True)
    ]
    return {
        fold(names.text[i])
        for i, row in enumerate(names.place)
        if of_size[row] and names.kind[i] != CODE
    }
