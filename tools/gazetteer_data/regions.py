"""Which larger regions do divisions make up: Catalonia, Scotland, Lombardy, Sumatra?

In some countries Natural Earth draws the level below the regions of the news. ISO 3166-2 says
which divisions each region holds; its polygon is their union.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import shapely

from tools.gazetteer_data.model import Name, Place
from tools.gazetteer_data.names import NameList
from tools.gazetteer_data.points import middle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.gazetteer_data.natural_earth import Feature

#: Part of a region's divisions that must be there, and must agree on Natural Earth's own region.
MOST: Final = 0.75


@dataclass(frozen=True, slots=True)
class Division:
    """A division: what Natural Earth says of it, and the place made from that."""

    feature: Feature
    place: Place


def compose(
    divisions: Sequence[Division],
    members: Mapping[str, Sequence[str]],
    names: Mapping[str, Sequence[Name]],
) -> list[Place]:
    """Return the divisions with their region as ``parent``, and the regions.

    Parameters
    ----------
    divisions : sequence of Division
        Their areas, EPSG:4326, share borders exactly.
    members : mapping
        ISO 3166-2 codes of the divisions of each region, by its code.
    names : mapping
        Names by ISO 3166-2 code.
    """
    by_id = {division.place.id: division for division in divisions}
    parent: dict[str, str] = {}
    regions: list[Place] = []
    for code, codes in sorted(members.items()):
        held = _held(code, [f"iso:{member}" for member in codes], by_id)
        if len(held) > 1 and f"iso:{code}" not in by_id and names.get(code):
            regions.append(_region(code, held, names[code]))
            parent.update({division.place.id: f"iso:{code}" for division in held})
    children = [
        replace(division.place, parent=parent.get(division.place.id, "")) for division in divisions
    ]
    return [*children, *regions]


def _held(code: str, members: Sequence[str], by_id: Mapping[str, Division]) -> list[Division]:
    """Return the divisions of a region: those listed, and those Natural Earth puts with them."""
    listed = [by_id[member] for member in members if member in by_id]
    country = code[:2]
    unit = _shared(listed, "geonunit")
    region = _shared(listed, "region")
    if not unit and len(listed) < MOST * len(members):
        return []
    return [
        division
        for division in by_id.values()
        if division.place.country == country
        and (
            division.place.id in members
            or (unit and division.feature.text("geonunit") == unit)
            or (region and division.feature.text("region") == region)
        )
    ]


def _shared(divisions: Sequence[Division], key: str) -> str:
    """Return what most divisions have under a key; empty if that is nothing or the country."""
    counts = Counter(division.feature.text(key) for division in divisions)
    if not counts:
        return ""
    value, count = counts.most_common(1)[0]
    whole = {division.feature.text("admin") for division in divisions} | {"Serbia", "Tanzania"}
    return value if count >= MOST * len(divisions) and value not in whole else ""


def _region(code: str, held: Sequence[Division], found: Sequence[Name]) -> Place:
    names = NameList()
    for name in found:
        names.add(name.text, lang=name.lang, kind=name.kind)
    for text in (_shared(held, "geonunit"), _shared(held, "region")):
        names.add(text, kind="alternate")
    area = shapely.union_all([division.place.area for division in held])
    lat, lon = middle(area)
    return Place(
        id=f"iso:{code}",
        kind="admin1",
        country=code[:2],
        lat=lat,
        lon=lon,
        names=names.names(),
        source="Natural Earth",
        area=area,
    )
