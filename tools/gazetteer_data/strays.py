"""Which names did a source hang on the wrong division of a country?

CLDR and GeoNames key their names by codes, and some lists of codes have shifted. A name that one
division bears in Natural Earth, found on a neighbour for which Natural Earth has another name in
the same language, belongs to the first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tools.gazetteer_data.generic_words import strip_generic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.gazetteer_data.model import Name
    from tools.gazetteer_data.regions import Division


def without_strays(divisions: Sequence[Division]) -> list[Division]:
    """Return the divisions without the names that are another one's of their country."""
    translations = [_translations(division) for division in divisions]
    bearers: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for index, (division, own) in enumerate(zip(divisions, translations, strict=True)):
        for lang, bare in own.items():
            bearers[division.place.country, lang, bare].add(index)
    tidy = []
    for division, own in zip(divisions, translations, strict=True):
        first, *others = division.place.names
        kept = [name for name in others if not _is_stray(name, own, division, bearers)]
        place = replace(division.place, names=(first, *kept))
        tidy.append(replace(division, place=place))
    return tidy


def _translations(division: Division) -> dict[str, str]:
    """Return Natural Earth's names that the division kept, bare of generic words, by language."""
    held = {(name.lang, name.text) for name in division.place.names}
    return {
        lang: strip_generic(text, lang)
        for lang, text in division.feature.names().items()
        if (lang, text) in held
    }


def _is_stray(
    name: Name,
    own: Mapping[str, str],
    division: Division,
    bearers: Mapping[tuple[str, str, str], set[int]],
) -> bool:
    bare = strip_generic(name.text, name.lang)
    if name.lang not in own or own[name.lang] == bare:
        return False
    return bool(bearers.get((division.place.country, name.lang, bare)))
