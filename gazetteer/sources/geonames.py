"""Which places and names do GeoNames' files hold? Read as a stream of columns.

The files are those of https://download.geonames.org/export/dump/ (CC BY 4.0), zipped or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from gazetteer.data import load_toml
from gazetteer.errors import WrongSourceError
from gazetteer.sources.archives import open_source
from gazetteer.sources.delimited import Labels, Problem, read_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.sources.delimited import Lines, OnProblem, Table

__all__ = ["NameChunk", "PlaceChunk", "read_alternate_names", "read_places"]

CHUNK_ROWS: Final = 200_000

_PLACE_FIELDS: Final = 19
_NAME_FIELDS: Final = (10, 8)  # with and without the years between which a name was used
_HIGHEST_ID: Final = 2**31 - 1
_HIGHEST_POPULATION: Final = 20_000_000_000  # GeoNames gives the Earth some 7 thousand million
_LOOKED_AT: Final = 100  # lines that tell which file it is
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")

# Longest fields in bytes: GeoNames' limits in characters, times the four bytes one may take.
_NAME: Final = 4 * 200
_ALTERNATES: Final = 4 * 10_000
_ALTERNATE_NAME: Final = 4 * 400
_CODE: Final = 10
_COUNTRY: Final = 2
_ADMIN1: Final = 20
_LANG: Final = 16
_DATE: Final = 40


@dataclass(frozen=True, slots=True)
class PlaceChunk:
    """Some places of GeoNames, as columns of equal length.

    Attributes
    ----------
    geonameid : ndarray of int32
    name : list of str
        The name that GeoNames displays.
    alternatenames : list of str or None
        Further names, separated by commas, of no known language; None when not asked for.
    lat_e5, lon_e5 : ndarray of int32
        Point in whole 1e-5 degrees, EPSG:4326.
    feature : Labels
        Feature class and code, as ``P.PPLC``; empty when GeoNames gives neither.
    country : Labels
        ISO 3166-1 alpha-2; empty outside all countries.
    admin1 : Labels
        Code of the first-level division within its country, as ``09``; ``00`` or empty for none.
    population : ndarray of int64
        Inhabitants; 0 when unknown.
    """

    geonameid: NDArray[np.int32]
    name: list[str]
    alternatenames: list[str] | None
    lat_e5: NDArray[np.int32]
    lon_e5: NDArray[np.int32]
    feature: Labels
    country: Labels
    admin1: Labels
    population: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True, slots=True)
class NameChunk:
    """Some alternate names of GeoNames, as columns of equal length.

    Attributes
    ----------
    geonameid : ndarray of int32
        The place that bears the name.
    text : list of str
        The name, or the code.
    lang : Labels
        Language as GeoNames has it (``ar``, ``zh-Hant``), empty when it names none. For codes
        their kind: ``wkdt`` (Wikidata), ``iata``, ``icao``, ``faac``, ``unlc`` (UN/LOCODE),
        ``abbr``.
    is_code : ndarray of bool
        Whether the text is a code.
    is_preferred, is_short, is_colloquial, is_historic : ndarray of bool
        GeoNames' flags.
    periods : dict of int to tuple of str
        From when to when a name was used, as GeoNames has it; only of rows that tell.
    """

    geonameid: NDArray[np.int32]
    text: list[str]
    lang: Labels
    is_code: NDArray[np.bool_]
    is_preferred: NDArray[np.bool_]
    is_short: NDArray[np.bool_]
    is_colloquial: NDArray[np.bool_]
    is_historic: NDArray[np.bool_]
    periods: dict[int, tuple[str, str]]

    def __len__(self) -> int:
        return len(self.text)


def read_places(
    path: Path,
    *,
    on_problem: OnProblem,
    chunk_rows: int = CHUNK_ROWS,
    skip_classes: Collection[str] = (),
    with_alternates: bool = True,
) -> Iterator[PlaceChunk]:
    """Yield the places of a GeoNames file, in its order.

    Parameters
    ----------
    path : Path
        ``allCountries``, ``cities500``, or a country's file; ``.zip`` or ``.txt``.
    on_problem : callable
        Called with each line that is left out.
    chunk_rows : int, optional
        At most so many places at once.
    skip_classes : collection of str, optional
        Feature classes to leave out without a word, for example ``{"R", "U"}``.
    with_alternates : bool, optional
        Whether to read the ``alternatenames`` column, superfluous beside an alternate-names file.

    Yields
    ------
    PlaceChunk
        Never an empty one.

    Raises
    ------
    SourceError
        If the file is missing, damaged, hostile, or another one than a table of places.
    """
    for lines in _lines_of(path, (_PLACE_FIELDS,), chunk_rows):
        chunk = _places(lines.table(_PLACE_FIELDS), skip_classes, with_alternates=with_alternates)
        _report(path, lines, on_problem)
        if len(chunk):
            yield chunk


def read_alternate_names(
    path: Path,
    *,
    on_problem: OnProblem,
    langs: Collection[str] | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> Iterator[NameChunk]:
    """Yield the names of an alternate-names file, in its order.

    Web links, postal codes and transcriptions that the file also holds are left out.

    Parameters
    ----------
    path : Path
        ``alternateNamesV2``, or a country's file of that kind; ``.zip`` or ``.txt``.
    on_problem : callable
        Called with each line that is left out because it is faulty.
    langs : collection of str, optional
        Languages to keep, for example ``{"ar", "en", ""}``: with ``zh`` come ``zh-CN`` and so on,
        the empty one is what has no language. All by default. Codes are always kept.
    chunk_rows : int, optional
        At most so many names at once.

    Yields
    ------
    NameChunk
        Never an empty one.

    Raises
    ------
    SourceError
        If the file is missing, damaged, hostile, or another one than alternate names.
    """
    wanted = None if langs is None else frozenset(langs)
    for lines in _lines_of(path, _NAME_FIELDS, chunk_rows):
        chunk = _names(lines.table(_commonest(lines)), wanted)
        _report(path, lines, on_problem)
        if len(chunk):
            yield chunk


def _lines_of(path: Path, fields: Collection[int], chunk_rows: int) -> Iterator[Lines]:
    """Yield the lines of a file whose first ones have the right number of fields."""
    is_known = False
    with open_source(path) as source:
        for lines in read_lines(source, most=chunk_rows):
            if not is_known:
                _recognize(path, lines, fields)
                is_known = True
            yield lines


def _recognize(path: Path, lines: Lines, fields: Collection[int]) -> None:
    widths = lines.widths()[:_LOOKED_AT]
    if np.isin(widths, list(fields)).any():
        return
    found = int(np.bincount(widths).argmax()) if len(widths) else 0
    tables = load_toml("sources", "geonames.toml")["tables"]
    wanted = tables[str(max(fields))]
    raise WrongSourceError(path, wanted, tables.get(str(found), f"lines of {found} fields"))


def _commonest(lines: Lines) -> int:
    """Return which of the possible numbers of fields the lines have."""
    widths = lines.widths()
    return max(_NAME_FIELDS, key=lambda fields: int(np.count_nonzero(widths == fields)))


def _report(path: Path, lines: Lines, on_problem: OnProblem) -> None:
    for line, why in sorted(lines.faults.items()):
        on_problem(Problem(path, line, why))


def _places(table: Table, skip_classes: Collection[str], *, with_alternates: bool) -> PlaceChunk:
    for column, what, longest in (
        (1, "the name", _NAME),
        (6, "the feature class", 1),
        (7, "the feature code", _CODE),
        (8, "the country", _COUNTRY),
        (10, "the division", _ADMIN1),
    ):
        table.limit(column, what=what, longest=longest)
    if with_alternates:
        table.limit(3, what="the list of alternate names", longest=_ALTERNATES)
    table.reject(table.lengths(1) == 0, "it has no name", column=1)
    ids = _ids(table, 0)
    lat = table.degrees_e5(4, what="the latitude", limit=90)
    lon = table.degrees_e5(5, what="the longitude", limit=180)
    population = table.integers(14, what="the population", highest=_HIGHEST_POPULATION)
    rows = table.good
    if skip_classes:
        rows = rows & ~table.labels(6).mapped(frozenset(skip_classes).__contains__)
    kept = table.keep(rows)
    feature = kept.labels(6, 7)
    return PlaceChunk(
        geonameid=ids[rows],
        name=kept.texts(1),
        alternatenames=kept.texts(3) if with_alternates else None,
        lat_e5=lat[rows],
        lon_e5=lon[rows],
        feature=Labels(feature.codes, [_feature(value) for value in feature.values]),
        country=kept.labels(8),
        admin1=kept.labels(10),
        population=population[rows],
    )


def _ids(table: Table, column: int) -> NDArray[np.int32]:
    ids = table.integers(column, what="the id", highest=_HIGHEST_ID)
    table.reject(ids == 0, "the id {} is not a positive number", column=column)
    return ids.astype(np.int32)


def _feature(class_and_code: str) -> str:
    return "" if class_and_code == "\t" else class_and_code.replace("\t", ".")


def _names(table: Table, wanted: frozenset[str] | None) -> NameChunk:
    table.limit(2, what="the language", longest=_LANG)
    languages = table.labels(2)
    table = table.keep(table.good & languages.mapped(lambda tag: _is_wanted(tag, wanted)))
    table.limit(3, what="the name", longest=_ALTERNATE_NAME)
    table.reject(table.lengths(3) == 0, "it has no name", column=3)
    ids = _ids(table, 1)
    rows = table.good
    kept = table.keep(rows)
    languages, tables = kept.labels(2), _languages()
    renamed = [tables.renamed.get(tag, tag) for tag in languages.values]
    return NameChunk(
        geonameid=ids[rows],
        text=kept.texts(3),
        lang=Labels(languages.codes, renamed),
        is_code=languages.mapped(tables.codes.__contains__),
        is_preferred=kept.lengths(4) > 0,
        is_short=kept.lengths(5) > 0,
        is_colloquial=kept.lengths(6) > 0,
        is_historic=(kept.lengths(7) > 0) | languages.mapped(tables.renamed.__contains__),
        periods=_periods(kept),
    )


def _periods(table: Table) -> dict[int, tuple[str, str]]:
    if table.width < _NAME_FIELDS[0]:
        return {}
    rows = np.flatnonzero((table.lengths(8) > 0) | (table.lengths(9) > 0))
    telling = table.keep(rows)
    periods = zip(telling.texts(8), telling.texts(9), strict=True)
    return dict(zip(rows.tolist(), periods, strict=True))


@dataclass(frozen=True, slots=True)
class _Languages:
    """What stands where a language should."""

    codes: frozenset[str]
    renamed: Mapping[str, str]


@cache
def _languages() -> _Languages:
    table = load_toml("sources", "geonames.toml")["languages"]
    return _Languages(frozenset(table["codes"]), table["renamed"])


def _is_wanted(tag: str, wanted: frozenset[str] | None) -> bool:
    known = _languages()
    if tag in known.codes:
        return True
    tag = known.renamed.get(tag, tag)
    if tag and not _LANGUAGE.fullmatch(tag):
        return False
    return wanted is None or tag in wanted or tag.partition("-")[0] in wanted
