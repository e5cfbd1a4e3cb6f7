"""Which names are titles that tell a place from its namesakes? "بورتلاند، أوريغون" is "بورتلاند".

Encyclopaedias in Arabic letters title towns so, and the sources have the titles for names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.place import SETTLEMENT_KINDS

if TYPE_CHECKING:
    from gazetteer.index.draft import Draft

_SIGN = re.compile("[،٬]")
_TITLE = 2  # parts: the name, and what it is in
_LEAST = 10_000  # inhabitants; the names of hamlets abroad are words of these languages too often
_SHORTEST = 3  # letters


def call_by_plain_names(draft: Draft) -> None:
    """Cut off what tells a settlement from its namesakes: the division or country it is in."""
    places, names = draft.places, draft.names
    for i, text in enumerate(names.text):
        row = names.place[i]
        parts = _SIGN.split(text)
        if (
            len(parts) == _TITLE
            and places.kind[row] in SETTLEMENT_KINDS
            and places.population[row] >= _LEAST
        ):
            plain = parts[0].strip()
            if len(plain) >= _SHORTEST:
                names.text[i] = plain
