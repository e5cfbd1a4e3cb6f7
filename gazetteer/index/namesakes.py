"""Which spellings does a place share with others of the same name? "بافالو" is any Buffalo.

Sources have a name in other scripts for some of its bearers, and for each in other spellings: the
one that a text has may be held for a hamlet alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gazetteer.index.layout import CODE
from gazetteer.place import SETTLEMENT_KINDS
from gazetteer.text.normalize import fold
from gazetteer.text.sounds import LATIN, script_of, sounds_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.draft import Draft, NameDraft

_LENDING_KINDS = SETTLEMENT_KINDS | {"admin1"}
_NOT_LENT = frozenset({CODE, "colloquial"})  # kinds of name: "Одещина" is Odesa's oblast alone
_LEAST = 20_000  # inhabitants of a settlement that is given spellings of its namesakes


def share_spellings(draft: Draft) -> None:
    """Give larger settlements the spellings, in other scripts, of places that are called so."""
    places, names = draft.places, draft.names
    names_of: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(names.place):
        if places.kind[place] in _LENDING_KINDS:
            names_of[place].append(number)
    namesakes: dict[str, list[int]] = defaultdict(list)
    for place, own in names_of.items():
        namesakes[fold(names.text[own[0]])].append(place)
    for name, bearers in namesakes.items():
        given = [
            place
            for place in bearers
            if places.kind[place] in SETTLEMENT_KINDS and places.population[place] >= _LEAST
        ]
        if not given or len(bearers) == 1 or script_of(name) != LATIN:
            continue
        spellings = _spellings(name, [i for place in bearers for i in names_of[place]], names)
        for place in given:
            own_spellings = {fold(names.text[i]) for i in names_of[place]}
            for folded, number in spellings.items():
                if folded not in own_spellings:
                    names.add(place, names.lang[number], "", names.text[number])


def _spellings(name: str, numbers: Sequence[int], names: NameDraft) -> dict[str, int]:
    """Return the folded names that are one in other letters, each with the first of that number."""
    found: dict[str, int] = {}
    for number in numbers:
        folded = fold(names.text[number])
        script = script_of(folded)
        if script in {LATIN, None} or folded in found or names.kind[number] in _NOT_LENT:
            continue
        if folded.count(" ") == name.count(" ") and sounds_like(folded, str(script), [name]):
            found[folded] = number
    return found
