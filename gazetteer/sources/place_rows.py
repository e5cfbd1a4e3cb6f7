"""Which rows does a table of places hold: CSV, GeoJSON or GeoPackage, in any CRS?"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import shapely
from pyproj.exceptions import ProjError

from gazetteer.errors import PlacesFileError
from gazetteer.sources import geojson
from gazetteer.sources.place_cells import number
from gazetteer.sources.place_columns import GEOMETRY, LANG_NAMES, OTHER_NAMES, role_of
from gazetteer.sources.place_shapes import BadRowError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
}
"""Format of a table of places by its suffix."""

_DELIMITERS = ",;\t"
_GUESS_BYTES = 20_000
_TELLING = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")  # not ASCII: numbers mislead
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMED = 12  # columns or layers named in a message


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    where
        ``row 3`` as spreadsheets count, the heading being row 1; or ``feature 3``.
    cells
        Cells by role, see :func:`gazetteer.sources.place_columns.role_of`.
    extra
        Cells of the other columns, by heading; empty ones are left out.
    geometry
        In EPSG:4326, or None.
    problem
        What is wrong with the row as such, or an empty string.
    """

    where: str
    cells: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    geometry: BaseGeometry | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of places that was asked for: its name and bytes, and the options to read it by."""

    name: str
    data: bytes
    format: str
    path: Path | None = None
    layer: str | None = None
    crs: str | None = None

    def error(self, why: str) -> PlacesFileError:
        """Return the error that says why the file cannot be used, and what to do."""
        return PlacesFileError(self.name, why)


def open_table(
    source: str | Path | BinaryIO,
    *,
    file_format: str | None = None,
    layer: str | None = None,
    crs: str | None = None,
) -> Table:
    """Open a table of places.

    Parameters
    ----------
    source
        Path, or a file opened in binary mode: CSV (delimiter comma, semicolon or tab; UTF-8),
        GeoJSON or GeoPackage.
    file_format
        ``csv``, ``geojson`` or ``gpkg``; by default what the suffix says.
    layer
        Layer of a GeoPackage; needed where it has several.
    crs
        CRS of the coordinates where the file states none, as ``EPSG:32638``; for CSV and GeoJSON
        EPSG:4326 by default.

    Raises
    ------
    PlacesFileError
        If the file is not there, empty, or of another type.
    """
    path = Path(source) if isinstance(source, str | Path) else None
    name = path.name if path else str(getattr(source, "name", "standard input"))
    chosen = file_format or FORMATS.get(Path(name).suffix.lower())
    known = ", ".join(FORMATS)
    if chosen is None:
        raise PlacesFileError(name, f"its type is not known: save it as one of {known}")
    if chosen not in FORMATS.values():
        raise PlacesFileError(name, f"the format {chosen!r} is not known: use csv, geojson or gpkg")
    if layer is not None and chosen != "gpkg":
        raise PlacesFileError(name, "only a GeoPackage has layers: leave the layer out")
    data = _bytes(path) if path else source.read()  # type: ignore[union-attr] # a file then
    if not data.strip():
        raise PlacesFileError(name, "it is empty: give a table with a heading and rows")
    return Table(name, data, chosen, path, layer, crs)


def read_rows(table: Table) -> list[Row]:
    """Return the rows of a table.

    Raises
    ------
    PlacesFileError
        If it is of another encoding or cannot be read, or has no rows, no coordinates or no CRS.
    """
    rows = list({"csv": _csv, "geojson": _geojson, "gpkg": _geopackage}[table.format](table))
    if not rows:
        raise table.error("it holds no rows: give at least one place")
    return rows


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PlacesFileError(str(path), "there is no such file: check the path") from None
    except OSError as error:
        raise PlacesFileError(str(path), f"it cannot be read ({error.strerror})") from error


def _csv(table: Table) -> Iterator[Row]:
    text = _decoded(table)
    records = [
        (position, record)
        for position, record in enumerate(_records(table, text), start=1)
        if any(cell.strip() for cell in record)
    ]
    if not records:
        return
    _, heading = records[0]
    roles = _roles(table, heading)
    if not ({"lat", "lon"} <= set(roles) or GEOMETRY in roles or "id" in roles):
        raise table.error(
            f"it has no columns lat and lon (its columns are {_listed(heading)}): "
            "name the columns of the coordinates so"
        )
    project = _Projection(table, table.crs or geojson.DEGREES)
    for position, record in records[1:]:
        row = _row(f"row {position}", roles, dict(zip(heading, record, strict=False)))
        if len(record) > len(heading):
            why = (
                f"it has {len(record)} cells, but the heading has {len(heading)}: "
                "put cells that hold the delimiter into double quotes"
            )
            yield replace(row, problem=why)
        else:
            yield _placed(row, project)


def _records(table: Table, text: str) -> list[list[str]]:
    """Return the records by the delimiter that makes most of the heading's columns known."""

    def known(delimiter: str) -> tuple[int, int]:
        heading = next(csv.reader([text.lstrip().partition("\n")[0]], delimiter=delimiter), [])
        return sum(role_of(cell) is not None for cell in heading), len(heading)

    try:
        lines = io.StringIO(text, newline="")
        return list(csv.reader(lines, delimiter=max(_DELIMITERS, key=known), strict=True))
    except csv.Error as error:
        raise table.error(f"it is no CSV table ({error}): export it again") from error


def _decoded(table: Table) -> str:
    try:
        if table.data.startswith(_UTF_16):
            raise UnicodeDecodeError("utf-8", table.data, 0, 1, "UTF-16")  # noqa: TRY301
        return table.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = _guessed(table.data)
        seems = f"it looks like {encoding}" if encoding else "it is binary, or in an unknown one"
        remedy = "save it as CSV UTF-8"
        raise table.error(f"its encoding is not UTF-8 ({seems}): {remedy}") from None


def _guessed(data: bytes) -> str | None:
    if data.startswith(_UTF_16):
        return "utf-16"
    from charset_normalizer import from_bytes

    words = b" ".join(_TELLING.findall(data[:_GUESS_BYTES]))
    best = from_bytes(words).best()
    return best.encoding.replace("_", "-").replace("cp125", "windows-125") if best else None


def _placed(row: Row, project: _Projection) -> Row:
    """Return a row of a text table with its geometry."""
    try:
        if row.cells.get(GEOMETRY):
            return replace(row, geometry=project(_from_wkt(row.cells[GEOMETRY])))
        if project.crs in geojson.SAME_AS_DEGREES:
            return row
        x, y = (number(row.cells.get(key), key) for key in ("lon", "lat"))
        at = None if x is None or y is None else project(shapely.Point(x, y))
    except BadRowError as error:
        return replace(row, problem=str(error))
    return replace(row, geometry=at)


def _from_wkt(cell: str) -> BaseGeometry:
    try:
        return shapely.from_wkt(cell.rpartition(";")[2])  # what is before is an SRID
    except shapely.GEOSException:
        raise BadRowError(f"wkt is {cell[:40]!r}: write it as POINT (49.87 40.41)") from None


def _geojson(table: Table) -> Iterator[Row]:
    try:
        document = geojson.parse(table.data)
    except ValueError as error:
        raise table.error(f"{error}: export it again") from error
    crs = geojson.crs(document) or table.crs
    if crs is None:
        raise table.error("it has no CRS: save it in EPSG:4326, or state its CRS")
    project = _Projection(table, table.crs if "crs" not in document and table.crs else crs)
    listed = [f if isinstance(f, dict) else {} for f in geojson.features(document)]
    properties = [f.get("properties") or {} for f in listed]
    headings = list(dict.fromkeys(key for cells in properties for key in cells))
    roles = _roles(table, headings)
    for position, (feature, cells) in enumerate(zip(listed, properties, strict=True), start=1):
        row = _row(f"feature {position}", roles, cells)
        try:
            yield replace(row, geometry=project(geojson.geometry(feature)))
        except ValueError as error:
            yield replace(row, problem=str(error))


def _geopackage(table: Table) -> Iterator[Row]:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    source = table.path or table.data
    try:
        layer = _layer(table, pyogrio.list_layers(source)[:, 0].tolist())
        meta, fids, shapes, columns = pyogrio.raw.read(source, layer=layer, return_fids=True)
    except (DataSourceError, DataLayerError) as error:
        raise table.error("it is no GeoPackage, or is cut short: export it again") from error
    has_shapes = shapes is not None and any(shape is not None for shape in shapes)
    crs = meta["crs"] or table.crs
    if has_shapes and crs is None:
        raise table.error(f"the layer {layer!r} has no CRS: set one in your GIS, or state it")
    project = _Projection(table, crs or geojson.DEGREES)
    headings = list(meta["fields"])
    roles = _roles(table, headings)
    for position, fid in enumerate(fids):
        cells = {h: _plain(column[position]) for h, column in zip(headings, columns, strict=True)}
        row = _row(f"feature {fid}", roles, cells)
        try:
            yield replace(
                row, geometry=project(_from_wkb(shapes[position])) if has_shapes else None
            )
        except BadRowError as error:
            yield replace(row, problem=str(error))


def _layer(table: Table, layers: Sequence[str]) -> str:
    if table.layer is not None:
        if table.layer not in layers:
            raise table.error(f"it has no layer {table.layer!r}: choose one of {_listed(layers)}")
        return table.layer
    if len(layers) != 1:
        raise table.error(f"it has {len(layers)} layers ({_listed(layers)}): choose one")
    return layers[0]


def _from_wkb(shape: bytes | None) -> BaseGeometry | None:
    try:
        return shapely.from_wkb(shape)
    except shapely.GEOSException:
        raise BadRowError("its geometry cannot be read: draw it again in your GIS") from None


def _plain(value: Any) -> Any:
    """Return a value of a NumPy column as JSON has it."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, bytes) or value != value:  # noqa: PLR0124 - NaN, and NaT
        return None
    return value if isinstance(value, bool | int | float | str | list | None) else str(value)


class _Projection:
    """Projects the geometries of a table to EPSG:4326."""

    def __init__(self, table: Table, crs: str) -> None:
        self.crs = crs
        try:
            geojson.in_degrees(shapely.Point(0, 0), crs)
        except ProjError as error:
            why = f"the CRS {crs[:80]!r} is not known: give it as EPSG:32638"
            raise table.error(why) from error

    def __call__(self, shape: BaseGeometry | None) -> BaseGeometry | None:
        return None if shape is None else geojson.in_degrees(shape, self.crs)


def _roles(table: Table, headings: Sequence[str]) -> dict[str, list[str]]:
    """Return the columns that have a role, by role; only names may stand in several."""
    roles = defaultdict(list)
    for heading in headings:
        role = role_of(heading)
        if role is not None:
            roles[role].append(heading)
    for role, columns in roles.items():
        if len(columns) > 1 and role != OTHER_NAMES and not role.startswith(LANG_NAMES):
            raise table.error(f"the columns {_listed(columns)} all mean {role}: keep one of them")
    return dict(roles)


def _row(where: str, roles: Mapping[str, Sequence[str]], cells: Mapping[str, Any]) -> Row:
    used = {column for columns in roles.values() for column in columns}
    return Row(
        where,
        {
            role: _joined([cells.get(column) for column in columns])
            for role, columns in roles.items()
        },
        {
            column: value
            for column, value in cells.items()
            if column and column not in used and value is not None and value != ""
        },
    )


def _joined(values: Sequence[Any]) -> Any:
    stated = [value for value in values if value is not None and value != ""]
    if len(stated) < 2:  # noqa: PLR2004
        return stated[0] if stated else None
    return [part for value in stated for part in (value if isinstance(value, list) else [value])]


def _listed(words: Sequence[str]) -> str:
    more = ", …" if len(words) > _NAMED else ""
    return ", ".join(repr(word) for word in words[:_NAMED]) + more
