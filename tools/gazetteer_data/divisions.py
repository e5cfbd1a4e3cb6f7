"""Which first-level divisions are there, under which codes and names?

Natural Earth names some divisions after another one: it took the translations from Wikidata, and
where two divisions carry one Wikidata id, at most one of them is right. GeoNames' name for the
same division and CLDR's table of ISO 3166-2 codes tell which.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from tools.gazetteer_data.corrections import corrected
from tools.gazetteer_data.division_codes import (
    SAME_NAME,
    country_of,
    division_codes,
    likeness,
    plain_name,
)
from tools.gazetteer_data.generic_words import strip_generic
from tools.gazetteer_data.model import Name, Place
from tools.gazetteer_data.names import NameList
from tools.gazetteer_data.natural_earth import Feature
from tools.gazetteer_data.points import label_point
from tools.gazetteer_data.regions import Division, compose
from tools.gazetteer_data.strays import without_strays

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_ABBREVIATION: Final = re.compile(r"[A-Z]{2}|([A-Z][a-z]*\.)+")  # "TX", "Tex.", "N.Y."
_INITIALS: Final = re.compile(r"([A-Z]\.){3,}")  # "N.W.T.", also written "NWT"
_ABBREVIATED: Final = tomllib.loads(
    Path(__file__).with_name("territories.toml").read_text("utf-8")
)["abbreviated"]
_PARENTHESIS: Final = re.compile(r" ?[(（][^()（）]*[)）]$")

#: Smoothing of borders in degrees: the square root of the area that a corner may lose.
TOLERANCE: Final = 0.006


def build(
    features: Iterable[Feature],
    cldr: Mapping[str, Sequence[Name]],
    tagged: Mapping[str, Mapping[str, str]],
    *,
    taken: Iterable[str] = (),
    members: Mapping[str, Sequence[str]],
    country_names: Container[str],
) -> list[Place]:
    """Return the first-level divisions and the regions above them, sorted by id.

    Parameters
    ----------
    features : iterable of Feature
        Natural Earth's divisions.
    cldr : mapping
        Names by ISO 3166-2 code.
    tagged : mapping
        GeoNames' names by its own division code ("AZ.09") and language.
    taken : iterable of str
        ISO 3166-2 codes of divisions that stand as territories already.
    members : mapping
        ISO 3166-2 codes of the divisions of each larger region, by its code.
    country_names : container of str
        Names of countries; "Bay, Somalia" is "Bay".
    """
    corrections = [corrected(feature) for feature in features]
    units = _without_fragments(_real_units(corrections, frozenset(taken)))
    misnamed = _misnamed(units)
    own = [own_name(unit, misnamed=index in misnamed) for index, unit in enumerate(units)]
    drawn = {unit.text("iso_3166_2") for unit in units}
    english = {
        code: names[0].text
        for code, names in cldr.items()
        if names[0].lang == "en" and drawn.isdisjoint(members.get(code, ()))
    }
    codes = division_codes(units, own, english)
    areas = _smoothed(units)
    found = [
        Division(
            unit,
            _place(
                unit,
                area=area,
                code=code,
                misnamed=index in misnamed,
                cldr=cldr.get(code, ()),
                tagged=tagged.get(unit.text("gn_a1_code"), {}),
            ),
        )
        for index, (unit, code, area) in enumerate(zip(units, codes, areas, strict=True))
    ]
    places = compose(without_strays(found), members, cldr)
    return sorted((_tidied(place, country_names) for place in places), key=lambda place: place.id)


def _smoothed(units: Sequence[Feature]) -> NDArray[np.object_]:
    """Return the units' areas with fewer vertices; a shared border is smoothed once for both."""
    areas = np.array([unit.geometry for unit in units], dtype=object)
    smoothed: NDArray[np.object_] = shapely.coverage_simplify(areas, TOLERANCE)
    return smoothed


def _tidied(place: Place, country_names: Container[str]) -> Place:
    """Return a division with short names added and ", Somalia" taken off."""
    names = NameList()
    for name in place.names:
        text = _PARENTHESIS.sub("", name.text)  # "Bay (Somalia)"
        head, comma, tail = text.replace("، ", ", ").partition(", ")
        text = head if comma and tail in country_names else text
        if name.kind == "code":
            names.add_code(name.text)
        else:
            names.add(text, lang=name.lang, kind=name.kind)
    return replace(place, names=_with_short_names(names.names()))


def _real_units(features: Sequence[Feature], taken: frozenset[str]) -> list[Feature]:
    """Leave out nameless scraps and the one unit that stands for a whole territory."""
    sizes = Counter(feature.text("adm0_a3") for feature in features)
    return [
        feature
        for feature in features
        if feature.text("name")
        and sizes[feature.text("adm0_a3")] > 1
        and feature.text("iso_3166_2") not in taken
    ]


def _without_fragments(units: Sequence[Feature]) -> list[Feature]:
    """Join a fragment that GeoNames does not know to the unit of the same code and name."""
    whole: dict[tuple[str, str], Feature] = {}
    for unit in sorted(units, key=lambda unit: not unit.text("gn_name")):
        english = unit.text("name_en") or unit.text("name")
        key = (unit.text("iso_3166_2"), plain_name(english))
        main = whole.get(key)
        if main is None:
            whole[key] = unit
        elif unit.text("gn_name"):
            whole[*key, unit.text("adm1_code")] = unit  # type: ignore[index]
        else:
            area = shapely.union_all([main.geometry, unit.geometry])
            whole[key] = Feature(main.attributes, area)
    return list(whole.values())


def _misnamed(units: Sequence[Feature]) -> set[int]:
    """Return the units whose translations are another one's: all but the best of a Wikidata id."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        if unit.text("wikidataid"):
            sharing[unit.text("wikidataid")].append(index)
    losers = {index for index, unit in enumerate(units) if unit.text("names") == "drop"}
    for indices in sharing.values():
        # The first of equals keeps its names: the larger unit is the likelier bearer.
        ranked = sorted(
            indices, key=lambda i: (-_self_agreement(units[i]), -units[i].geometry.area)
        )
        losers.update(ranked[1:])
    return losers


def _self_agreement(unit: Feature) -> float:
    """Return how well the English name agrees with the local and with GeoNames' name."""
    english = unit.text("name_en")
    return likeness(english, unit.text("name")) + 2 * likeness(english, unit.text("gn_name"))


def own_name(unit: Feature, *, misnamed: bool) -> str:
    """Return a name in Latin letters that is surely the unit's own."""
    if not misnamed or unit.text("display"):
        return unit.text("display") or unit.text("name_en") or unit.text("name")
    geonames = unit.text("gn_name")
    # The local name is copied with the translations where it repeats the English one.
    copied = likeness(unit.text("name"), unit.text("name_en")) >= SAME_NAME
    return geonames if copied and geonames else unit.text("name")


def _place(
    unit: Feature,
    *,
    area: shapely.Geometry,
    code: str,
    misnamed: bool,
    cldr: Sequence[Name],
    tagged: Mapping[str, str],
) -> Place:
    adm1_code = unit.text("adm1_code")
    own_code = unit.text("gn_a1_code")
    wikidata = "" if misnamed else unit.text("wikidataid")
    geonames = unit.text("gn_id")
    label = (float(unit.attributes[key]) for key in ("latitude", "longitude"))
    lat, lon = label_point(area, *label)
    ids = {"geonames": geonames, "wikidata": wikidata, "ne": adm1_code, "gn_a1": own_code}
    return Place(
        id=f"iso:{code}" if code else f"ne:{adm1_code}",
        kind="admin1",
        country=country_of(unit),
        lat=lat,
        lon=lon,
        names=_names(unit, code=code, misnamed=misnamed, cldr=cldr, geonames=tagged),
        source="Natural Earth",
        equivalents=tuple(f"{scheme}:{value}" for scheme, value in ids.items() if value),
        area=area,
    )


def _names(
    unit: Feature, *, code: str, misnamed: bool, cldr: Sequence[Name], geonames: Mapping[str, str]
) -> tuple[Name, ...]:
    names = NameList()
    renamed = misnamed and not unit.text("display")
    english = [name.text for name in cldr if name.lang == "en"] if renamed else []
    names.add((english or [own_name(unit, misnamed=misnamed)])[0], lang="en")
    for name in cldr:
        names.add(name.text, lang=name.lang, kind=name.kind)
    if not misnamed:
        for lang, text in unit.names().items():
            names.add(text, lang=lang)
        for text in (unit.text("name"), *unit.text("name_alt").split("|")):
            if not _ABBREVIATION.fullmatch(text):
                names.add(text, kind="alternate")
    for lang, text in geonames.items():
        names.add(text, lang=lang, kind="alternate")
    names.add(unit.text("gn_name"), kind="alternate")
    for abbreviation in _abbreviations(unit, code):
        names.add_code(abbreviation)
    return names.names()


def _with_short_names(names: Sequence[Name]) -> tuple[Name, ...]:
    """Add what is left of each name without its generic word."""
    held = {(name.text, name.lang) for name in names}
    short = [
        replace(name, text=bare, kind="short")
        for name in names
        if name.kind != "code"
        and (bare := strip_generic(name.text, name.lang)) != name.text
        and (bare, name.lang) not in held
    ]
    return (*names, *dict.fromkeys(short))


def _abbreviations(unit: Feature, code: str) -> list[str]:
    """Return "TX", "Tex.", "N.S.W." and "NSW" in the countries whose press writes so."""
    found = [
        unit.text(field)
        for field in ("abbrev", "postal")
        if country_of(unit) in _ABBREVIATED[field] and _ABBREVIATION.fullmatch(unit.text(field))
    ]
    if code and country_of(unit) in _ABBREVIATED["iso"]:
        found.append(code.partition("-")[2])
    initials = [text.replace(".", "") for text in found if _INITIALS.fullmatch(text)]
    return list(dict.fromkeys([*found, *initials, *_ABBREVIATED["press"].get(code, [])]))
