"""Which names are titles that tell a place from its namesakes? "بورتلاند، أوريغون" is "بورتلاند".

Encyclopaedias in Arabic letters title towns so, and the sources have the titles for names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.index.store import CODE
from gazetteer.place import COUNTRY_KINDS, SETTLEMENT_KINDS
from gazetteer.text.common_words import common_words
from gazetteer.text.homes import home_countries
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from gazetteer.index.draft import Draft

_SIGN = re.compile("[،٬]")
_TITLE = 2  # parts: the name, and what it is in
_LEAST = 10_000  # inhabitants; the names of hamlets abroad are words of these languages too often
_SHORTEST = 3  # letters
_OF_NOTE = (
    50_000  # inhabitants of a town whose name may be a frequent word: "صور" is also "pictures"
)
_FREQUENT = 4.4  # of a word (Zipf)
_LARGE = 500_000  # inhabitants of a city whose name no other town is lent
_OF_SOURCES = "geonames:"  # beginning of the ids of settlements that a source holds
_AREAS = COUNTRY_KINDS | {"admin1"}


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


def call_without_generic_words(draft: Draft) -> None:
    """Call settlements without the word for it, too: "مدينة صور" is Tyre, and so is "صور".

    Where the word belongs to the name it stays: "مدينة الصدر" is Sadr City, "مدينة بنما" Panama's.
    So it does in names that were written for this project: they have it where it is needed.
    """
    places, names = draft.places, draft.names
    table = load_toml("languages", "spellings.toml")
    words, belonging = table["settlements_without"], tuple(table["settlements_named"]["words"])
    named = zip(names.place, names.lang, names.text, strict=True)
    held = {(row, lang, fold(text)) for row, lang, text in named}
    taken = {
        fold(text)
        for row, text, kind in zip(names.place, names.text, names.kind, strict=True)
        if kind != CODE and (places.kind[row] in _AREAS or places.population[row] >= _LARGE)
    }
    shown = dict(zip(reversed(names.place), reversed(names.text), strict=True))
    for i, text in enumerate(tuple(names.text)):
        lang, row = names.lang[i], names.place[i]
        word, _, bare = text.partition(" ")
        folded = fold(bare)
        if (
            word in words.get(lang, ())
            and places.kind[row] in SETTLEMENT_KINDS
            and places.id[row].startswith(_OF_SOURCES)
            and not any(part.startswith(belonging) for part in fold(shown[row]).split())
            and folded not in taken
            and (row, lang, folded) not in held
            and _is_told(folded, lang, places.country[row], places.population[row])
        ):
            names.add(row, lang, names.kind[i], bare)


def _is_told(folded: str, lang: str, country: str, inhabitants: int) -> bool:
    """Whether a settlement is enough for its name to mean it, and no frequent word, or a date."""
    if len(folded) < _SHORTEST or not folded.replace(" ", "").isalpha():
        return False
    if common_words(lang).get(folded, 0.0) >= _FREQUENT:
        return inhabitants >= _OF_NOTE
    return inhabitants >= _LEAST or country in home_countries(lang)
