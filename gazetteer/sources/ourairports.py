"""Which airports, airfields, heliports and air bases does OurAirports' table hold?"""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from gazetteer.data import load_toml
from gazetteer.errors import BrokenSourceError, WrongSourceError
from gazetteer.sources.archives import open_source
from gazetteer.sources.delimited import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gazetteer.sources.delimited import OnProblem

_LARGEST: Final = 256 * 1024**2  # bytes; the table has 12 million
_CLOSED: Final = "closed"
_ICAO: Final = re.compile(r"[A-Z]{4}")
_IATA: Final = re.compile(r"[A-Z]{3}")  # some rows hold "0" or "-" instead
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_NAME_BREAK: Final = " / "  # "Anqing Tianzhushan Airport / Anqing North Air Base"
_KEYWORD_BREAK: Final = re.compile(r"[,;|]| ?/ ?")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")  # a byte that was not UTF-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """A row of OurAirports.

    Attributes
    ----------
    ident
        OurAirports' own code.
    icao, iata
        Codes; empty for none.
    kind
        airport, airfield, heliport or airbase.
    names
        Names, the one for display first, and keywords that may be names.
    lat, lon
        Point in degrees, EPSG:4326.
    country
        ISO 3166-1 alpha-2.
    municipality
        The town it serves; may be empty.
    is_scheduled
        Whether airlines fly there.
    """

    ident: str
    icao: str
    iata: str
    kind: str
    names: tuple[str, ...]
    lat: float
    lon: float
    country: str
    municipality: str
    is_scheduled: bool


def read_airports(path: Path, *, on_problem: OnProblem) -> Iterator[Airport]:
    """Yield the airports of OurAirports' table, in its order, without those that are closed.

    Parameters
    ----------
    path : Path
        ``airports.csv``, packed or not.
    on_problem : callable
        Called with each line that is left out because it is faulty.

    Raises
    ------
    SourceError
        If the file is missing, damaged, or another table.
    """
    with open_source(path) as source:
        content = source.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise BrokenSourceError(path, f"it has more than {_LARGEST:,} bytes", "get it anew")
    text = content.removeprefix(b"\xef\xbb\xbf").decode(errors="surrogateescape")
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    missing = [column for column in _table()["columns"] if column not in header]
    if missing:
        found = f"a table without the column {missing[0]!r}"
        raise WrongSourceError(path, "OurAirports' airports.csv", found)
    for line, cells in _lines(rows):
        try:
            airport = _airport(header, cells)
        except ValueError as error:
            on_problem(Problem(path, line, str(error)))
            continue
        if airport:
            yield airport


def _lines(rows: Any) -> Iterator[tuple[int, list[str] | str]]:
    """Yield line numbers and cells, or why a line cannot be split into cells."""
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield rows.line_num, f"it is no line of a table: {error}"
            continue
        if cells is None:
            return
        if cells:
            yield rows.line_num, cells


def _airport(header: list[str], cells: list[str] | str) -> Airport | None:
    if isinstance(cells, str):
        raise ValueError(cells)  # noqa: TRY004 -- a fault of the line, not of a type
    if len(cells) != len(header):
        raise ValueError(f"it has {len(cells)} fields instead of {len(header)}")
    if any(_SURROGATE.search(cell) or "\0" in cell for cell in cells):
        raise ValueError("it is not UTF-8, or holds a NUL byte")
    row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if row["type"] == _CLOSED:
        return None
    if row["type"] not in _table()["kinds"]:
        raise ValueError(f"the type {row['type']!r} is not known")
    if not row["ident"] or not row["name"]:
        raise ValueError("it has no code or no name")
    is_scheduled = row["scheduled_service"] == "yes"
    names = tuple(dict.fromkeys(filter(None, _names(row))))
    iata = row["iata_code"] if _IATA.fullmatch(row["iata_code"]) else ""
    codes = (row["gps_code"], row["ident"])
    return Airport(
        ident=row["ident"],
        icao=next((code for code in codes if _ICAO.fullmatch(code)), ""),
        iata=iata,
        kind=_kind(row["type"], names, is_scheduled=is_scheduled, has_iata=bool(iata)),
        names=names,
        lat=_degrees(row["latitude_deg"], "latitude", 90),
        lon=_degrees(row["longitude_deg"], "longitude", 180),
        country=row["iso_country"] if _COUNTRY.fullmatch(row["iso_country"]) else "",
        municipality=row["municipality"],
        is_scheduled=is_scheduled,
    )


def _names(row: Mapping[str, str]) -> Iterator[str]:
    yield from row["name"].split(_NAME_BREAK)
    yield from (keyword.strip() for keyword in _KEYWORD_BREAK.split(row["keywords"]))


def _degrees(cell: str, what: str, limit: int) -> float:
    try:
        degrees = float(cell)
    except ValueError:
        raise ValueError(f"the {what} {cell!r} is not a number") from None
    if not math.isfinite(degrees) or abs(degrees) > limit:
        raise ValueError(f"the {what} {cell!r} is outside ±{limit}")
    return degrees


def _kind(type_: str, names: tuple[str, ...], *, is_scheduled: bool, has_iata: bool) -> str:
    display, *others = names
    if _is_military(display) or (not is_scheduled and any(map(_is_military, others))):
        return "airbase"
    kind = str(_table()["kinds"][type_])
    return "airport" if kind == "airfield" and (is_scheduled or has_iata) else kind


def _is_military(name: str) -> bool:
    words, capitals = _military()
    return bool(capitals.search(name) or words.search(name.casefold()))


@cache
def _military() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table()["military"]
    words, capitals = (
        re.compile(rf"(?<!\w)({'|'.join(map(re.escape, table[key]))})(?!\w)")
        for key in ("words", "capitals")
    )
    return words, capitals


@cache
def _table() -> dict[str, Any]:
    return load_toml("sources", "ourairports.toml")
