"""Which names of a lake or a bay lack the word for it, and are a town's?

Sources call lakes "Split" and "Jackson" that maps and news call Split Lake and Jackson Lake.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from gazetteer.index.draft import NameDraft
from gazetteer.index.layout import BARE, CODE
from gazetteer.kinds import is_called_by_kind
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from gazetteer.index.draft import Draft, PlaceDraft

_SHOWN = frozenset({"en", "und"})  # languages of the names that stand for a place
_WELL_KNOWN = 30_000  # inhabitants


def tell_bare_names(draft: Draft) -> None:
    """Mark the bare names of waters; where one is shown, a whole name goes before it."""
    places, names = draft.places, draft.names
    of_towns = _names_of_towns(places, names)
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


def _names_of_towns(places: PlaceDraft, names: NameDraft) -> set[str]:
    """Return the folded names of all settlements of some size."""
    of_size = [
        kind in SETTLEMENT_KINDS and inhabitants >= _WELL_KNOWN
        for kind, inhabitants in zip(places.kind, places.population, strict=True)
    ]
    return {
        fold(names.text[i])
        for i, row in enumerate(names.place)
        if of_size[row] and names.kind[i] != CODE
    }
