"""Which ISO 3166-2 code does each division carry?

Natural Earth's codes are wrong in places: several divisions share one, or a country's list is
shifted against the present one. CLDR's English name of a code decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from tools.gazetteer_data.generic_words import strip_generic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.gazetteer_data.natural_earth import Feature

#: Similarity (0-100) from which two Latin spellings count as one name: "Lacin" and "Lachin".
SAME_NAME: Final = 80.0
#: Below this a code's name is another division's: the code is free for whom it fits.
OTHER_NAME: Final = 60.0

_ISO: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def division_codes(
    units: Sequence[Feature], own: Sequence[str], english: Mapping[str, str]
) -> list[str]:
    """Return each unit's ISO 3166-2 code, empty where none is certain.

    A checked code stands. Of several units with one code the one whose name is CLDR's name of
    the code keeps it. A unit whose names are unlike the name of its code gives way; the
    units without a code then take a code of their country that is free and whose name is
    theirs. Who finds none takes back the code that nobody else bore.

    Parameters
    ----------
    units : sequence of Feature
        Divisions, corrected.
    own : sequence of str
        A name in Latin letters of each.
    english : mapping
        CLDR's English name by code.
    """
    checked = {i: u.text("iso_3166_2") for i, u in enumerate(units) if u.text("code_checked")}
    bearers: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        code = unit.text("iso_3166_2")
        if index not in checked and _ISO.fullmatch(code) and code not in checked.values():
            bearers[code].append(index)
    codes = {index: code for index, code in checked.items() if code}
    for code, indices in bearers.items():
        best = max(indices, key=lambda i: _fit(units[i], own[i], english.get(code, "")))
        if code not in english:
            codes.update({best: code} if len(indices) == 1 else {})
        elif _fit(units[best], own[best], english[code])[0] >= OTHER_NAME:
            codes[best] = code
    open_units = [i for i in range(len(units)) if i not in codes and i not in checked]
    codes.update(_matched(units, own, open_units, english, taken=set(codes.values())))
    taken = set(codes.values())
    for code, indices in bearers.items():
        if len(indices) == 1 and indices[0] not in codes and code not in taken:
            codes[indices[0]] = code
    return [codes.get(index, "") for index in range(len(units))]


def _fit(unit: Feature, own: str, english: str) -> tuple[float, float, float]:
    """Return how well a unit bears a code's name: alike at all, alike to the letter, size."""
    held = [own, unit.text("gn_name"), *unit.text("name_alt").split("|")]
    alike = max(likeness(name, english) for name in held if name)
    return alike, fuzz.ratio(unit.text("gn_name"), english), float(unit.geometry.area)


def _matched(
    units: Sequence[Feature],
    own: Sequence[str],
    indices: Sequence[int],
    english: Mapping[str, str],
    *,
    taken: set[str],
) -> dict[int, str]:
    """Return free codes for units, the likeliest pairs first."""
    free: dict[str, list[str]] = defaultdict(list)
    for code in sorted(set(english) - taken):
        if _ISO.fullmatch(code):
            free[code[:2]].append(code)
    pairs = sorted(
        (
            (-likeness(own[index], english[code]), index, code)
            for index in indices
            for code in free[country_of(units[index])]
        ),
    )
    matched: dict[int, str] = {}
    for unlikeness, index, code in pairs:
        if -unlikeness >= SAME_NAME and index not in matched and code not in matched.values():
            matched[index] = code
    return matched


def country_of(unit: Feature) -> str:
    """Return the ISO 3166-1 code: that of the ISO 3166-2 code where there is one.

    So Crimea, which Natural Earth draws as Russian, stands under its ISO code UA-43.
    """
    prefix = unit.text("iso_3166_2")[:2]
    return prefix if prefix.isalpha() and prefix.isupper() else unit.text("iso_a2")


def likeness(one: str, other: str) -> float:
    """Return the similarity of two names in Latin letters, 0-100, generic words apart.

    Examples
    --------
    >>> likeness("Lacin Rayonu", "Lachin District") > SAME_NAME > likeness("Lankaran", "Lachin")
    True
    """
    return fuzz.ratio(plain_name(one), plain_name(other))


def plain_name(text: str) -> str:
    """Return a name as bare ASCII letters without its generic words, to compare by."""
    for lang in ("en", "az", "tr", "es", "fr", "ro", "lv", "sq", "sr"):
        text = strip_generic(text, lang)
    letters = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ə", "a"))
    return re.sub(r"[^a-z ]", "", letters.encode("ascii", "ignore").decode().casefold())
