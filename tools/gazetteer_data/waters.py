"""Which seas, gulfs, straits, bays, lakes and reservoirs are there?"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shapely

from tools.gazetteer_data.model import Place
from tools.gazetteer_data.names import NameList
from tools.gazetteer_data.natural_earth import Feature, slug
from tools.gazetteer_data.points import middle

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TABLE: Final = tomllib.loads(Path(__file__).with_name("waters.toml").read_text("utf-8"))
_LAKE_KINDS: Final = {"Reservoir": "reservoir"}

#: Square degrees; a lake's shore is kept from about 100 km2 on.
LARGE_LAKE: Final = 0.01


def seas(features: Sequence[Feature]) -> list[Place]:
    """Return the sea areas, sorted by id; parts of one name are one place."""
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for feature in features:
        if feature.text("name") not in _TABLE["skip"]["names"]:
            parts[feature.text("name")].append(feature.geometry)
    return sorted(
        (_sea(name, shapely.union_all(areas)) for name, areas in parts.items()),
        key=lambda place: place.id,
    )


def _sea(name: str, area: shapely.Geometry) -> Place:
    names = NameList()
    english = _TABLE["english"].get(name, name)
    names.add(english, lang="en")
    if english.lower() != name.lower():
        names.add(name, kind="alternate")
    lat, lon = middle(area)
    return Place(
        id=f"sea:{slug(name)}",
        kind=sea_kind(f"{name} {english}"),
        country="",
        lat=lat,
        lon=lon,
        names=names.names(),
        source="Natural Earth",
        area=area,
    )


def sea_kind(name: str) -> str:
    """Return a sea area's kind from the words of its name.

    Examples
    --------
    >>> sea_kind("Golfo de Panamá"), sea_kind("SOUTHERN OCEAN"), sea_kind("Red Sea")
    ('gulf', 'ocean', 'sea')
    """
    words = {word.casefold() for word in name.split()}
    fitting = (
        row["kind"]
        for row in _TABLE["kinds"]
        if any(word.casefold() in words for word in row["words"])
    )
    return next(fitting, "sea")


def lakes(features: Iterable[Feature]) -> list[Place]:
    """Return the lakes that have a name, sorted by id."""
    named = [feature for feature in features if feature.text("name")]
    slugs = Counter(slug(feature.text("name")) for feature in named)
    return sorted((_lake(feature, slugs) for feature in named), key=lambda place: place.id)


def _lake(feature: Feature, slugs: Counter[str]) -> Place:
    key = slug(feature.text("name"))
    # Ids stay when the source adds a lake elsewhere: only namesakes carry its number.
    unique = key and slugs[key] == 1
    names = NameList()
    names.add(feature.text("name_en") or feature.text("name"), lang="en")
    names.add_display(feature.text("name"))
    for lang, text in feature.names().items():
        names.add(text, lang=lang)
    for text in feature.text("name_alt").split(";"):
        names.add(text, kind="alternate")
    lat, lon = middle(feature.geometry)
    wikidata = feature.text("wikidataid")
    return Place(
        id=f"lake:{key}" if unique else f"lake:{key or 'ne'}-{feature.text('ne_id')}",
        kind=_LAKE_KINDS.get(feature.text("featurecla"), "lake"),
        country="",
        lat=lat,
        lon=lon,
        names=names.names(),
        source="Natural Earth",
        equivalents=(f"ne:{feature.text('ne_id')}", *([f"wikidata:{wikidata}"] * bool(wikidata))),
        area=feature.geometry if feature.geometry.area >= LARGE_LAKE else None,
    )
