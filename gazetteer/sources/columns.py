"""How are the shipped tables laid out on disk, and how are they read back?

A table is one ``.npz`` file of plain numeric arrays, one array per column, so that it opens with
``allow_pickle=False`` and compresses well. Three things need an encoding of their own:

* **text**: a column of strings is one ``uint8`` array of UTF-8 bytes in which every string is
  followed by a line feed (no string may hold one);
* **labels**: a column of few distinct strings is an array of small codes plus a text vocabulary;
* **polygons**: coordinates in whole units of a fraction of a degree (EPSG:4326, x = longitude),
  each stored as the difference from the coordinate before it, plus the number of coordinates per
  ring, rings per polygon and polygons per geometry.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike

    from numpy.typing import NDArray

    AnyArray = NDArray[Any]
    Geometries = NDArray[np.object_]

__all__ = [
    "UNITS_PER_DEGREE",
    "decode_labels",
    "decode_polygons",
    "decode_text",
    "encode_labels",
    "encode_polygons",
    "encode_text",
    "quantize",
    "read_table",
    "write_table",
]

#: Coordinates of polygons are whole numbers of 1e-4 degree: about 11 m on the ground, finer than
#: the 1:10 million sources they come from.
UNITS_PER_DEGREE: Final = 10_000

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can carry
_LINE_FEED: Final = 10
_SHORTEST_RING: Final = 4  # three corners, and the first one repeated


def encode_text(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Join strings into one array of UTF-8 bytes, each followed by a line feed.

    Raises
    ------
    ValueError
        If a string holds a line feed.

    Examples
    --------
    >>> decode_text(encode_text(["باكو", "", "Baku"]))
    ['باكو', '', 'Baku']
    """
    blob = np.frombuffer("".join(f"{text}\n" for text in texts).encode(), dtype=np.uint8)
    if int(np.count_nonzero(blob == _LINE_FEED)) != len(texts):
        culprit = next(text for text in texts if "\n" in text)
        message = f"a text column cannot hold a line feed: {culprit!r}; remove it before writing"
        raise ValueError(message)
    return blob


def decode_text(blob: NDArray[np.uint8]) -> list[str]:
    """Return the strings of a column written by :func:`encode_text`, in their order."""
    return blob.tobytes().decode().split("\n")[:-1]


def encode_labels(
    values: Sequence[str], *, first: Sequence[str] = ()
) -> tuple[AnyArray, NDArray[np.uint8]]:
    """Encode a column of few distinct strings as codes and a vocabulary.

    Parameters
    ----------
    values : sequence of str
        The column.
    first : sequence of str, optional
        Labels that open the vocabulary in this order; the others follow sorted.

    Returns
    -------
    codes, vocabulary : ndarray
        ``codes`` are ``uint8``, or ``uint16`` when there are more than 256 labels.

    Raises
    ------
    ValueError
        If there are more than 65,536 distinct labels.

    Examples
    --------
    >>> codes, vocabulary = encode_labels(["IL", "AZ", ""], first=[""])
    >>> codes.tolist(), decode_text(vocabulary)
    ([2, 1, 0], ['', 'AZ', 'IL'])
    """
    vocabulary = [*first, *sorted(set(values) - set(first))]
    if len(vocabulary) > np.iinfo(np.uint16).max + 1:
        message = f"{len(vocabulary)} distinct labels are too many; store the column as text"
        raise ValueError(message)
    code_of = {label: code for code, label in enumerate(vocabulary)}
    wide = len(vocabulary) > np.iinfo(np.uint8).max + 1
    codes = np.array([code_of[value] for value in values], dtype=np.uint16 if wide else np.uint8)
    return codes, encode_text(vocabulary)


def decode_labels(codes: AnyArray, vocabulary: NDArray[np.uint8]) -> list[str]:
    """Return the strings of a column written by :func:`encode_labels`."""
    labels = decode_text(vocabulary)
    return [labels[code] for code in codes]


def quantize(
    geometries: Sequence[shapely.Geometry] | Geometries, *, units_per_degree: int = UNITS_PER_DEGREE
) -> Geometries:
    """Move polygons onto the grid of the file, so that every one stays valid.

    A vertex goes to the grid point nearest to it whatever polygon it belongs to: neighbours that
    shared a border still share it afterwards. Only a polygon which that rounding makes
    self-touching is rebuilt on the grid by itself. Parts that vanish are dropped.

    Parameters
    ----------
    geometries : sequence of shapely.Geometry
        Polygons and multipolygons, EPSG:4326.
    units_per_degree : int, optional
        Grid points per degree.

    Returns
    -------
    ndarray of shapely.MultiPolygon
        Empty where nothing of a polygon is left.
    """
    rounded = np.array(
        [_rounded(geometry, units_per_degree=units_per_degree) for geometry in geometries],
        dtype=object,
    )
    invalid = ~shapely.is_valid(rounded)
    repaired = shapely.set_precision(shapely.make_valid(rounded[invalid]), 1 / units_per_degree)
    rounded[invalid] = [_multipolygon(geometry) for geometry in repaired]
    return rounded


def encode_polygons(
    geometries: Sequence[shapely.Geometry] | Geometries, *, units_per_degree: int = UNITS_PER_DEGREE
) -> dict[str, AnyArray]:
    """Encode polygons as whole-number columns, after :func:`quantize`.

    Returns
    -------
    dict of str to ndarray
        ``x``, ``y`` (``int32`` differences), ``ring_sizes``, ``polygon_sizes``,
        ``geometry_sizes`` (``int32``), ``units_per_degree`` (one ``int32``).

    Examples
    --------
    >>> columns = encode_polygons([shapely.box(49.5, 40.25, 50, 40.5)])
    >>> decode_polygons(columns)[0].bounds
    (49.5, 40.25, 50.0, 40.5)
    """
    grid = quantize(geometries, units_per_degree=units_per_degree)
    _, coordinates, offsets = shapely.to_ragged_array(grid, include_z=False)
    units = np.rint(coordinates * units_per_degree).astype(np.int32)
    ring_offsets, polygon_offsets, geometry_offsets = offsets
    return {
        "x": np.diff(units[:, 0], prepend=np.int32(0)),
        "y": np.diff(units[:, 1], prepend=np.int32(0)),
        "ring_sizes": np.diff(ring_offsets).astype(np.int32),
        "polygon_sizes": np.diff(polygon_offsets).astype(np.int32),
        "geometry_sizes": np.diff(geometry_offsets).astype(np.int32),
        "units_per_degree": np.array([units_per_degree], dtype=np.int32),
    }


def decode_polygons(
    columns: Mapping[str, AnyArray], *, rows: NDArray[np.intp] | None = None
) -> Geometries:
    """Rebuild the polygons of :func:`encode_polygons`.

    Parameters
    ----------
    columns : mapping of str to ndarray
        The columns as written; others are ignored.
    rows : ndarray of int, optional
        Which geometries to build, in this order; all of them by default.

    Returns
    -------
    ndarray of shapely.MultiPolygon
        EPSG:4326, x = longitude.
    """
    units = np.column_stack([np.cumsum(columns[axis], dtype=np.int64) for axis in ("x", "y")])
    coordinates = units / int(columns["units_per_degree"][0])
    ring_offsets, polygon_offsets, geometry_offsets = (
        np.concatenate([[0], np.cumsum(columns[name], dtype=np.int64)])
        for name in ("ring_sizes", "polygon_sizes", "geometry_sizes")
    )
    if rows is None:
        return _from_ragged(coordinates, ring_offsets, polygon_offsets, geometry_offsets)
    picked = np.empty(len(rows), dtype=object)
    for position, row in enumerate(rows):
        polygons = polygon_offsets[geometry_offsets[row] : geometry_offsets[row + 1] + 1]
        rings = ring_offsets[polygons[0] : polygons[-1] + 1]
        picked[position] = _from_ragged(
            coordinates[rings[0] : rings[-1]],
            rings - rings[0],
            polygons - polygons[0],
            np.array([0, len(polygons) - 1]),
        )[0]
    return picked


def write_table(path: str | PathLike[str], columns: Mapping[str, AnyArray]) -> None:
    """Write columns to an ``.npz`` file; the same columns always give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, column in columns.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(column), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, buffer.getvalue(), compresslevel=9)


def read_table(path: str | PathLike[str]) -> dict[str, AnyArray]:
    """Read the columns of a file written by :func:`write_table`.

    Raises
    ------
    OSError
        If the file is missing or cannot be read.
    ValueError
        If it is not such a table, or was cut short.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        message = f"{path}: not a table of columns, or cut short ({error}); install the data again"
        raise ValueError(message) from error


def _rounded(geometry: shapely.Geometry, *, units_per_degree: int) -> shapely.MultiPolygon:
    """Round every vertex to the grid and drop the parts that vanish."""
    parts = [
        shapely.Polygon(shell, [ring for ring in holes if ring is not None])
        for part in shapely.get_parts(geometry)
        if not part.is_empty
        for shell, *holes in [
            [_rounded_ring(ring, units_per_degree) for ring in (part.exterior, *part.interiors)]
        ]
        if shell is not None
    ]
    return shapely.MultiPolygon(parts)


def _rounded_ring(ring: shapely.LinearRing, units_per_degree: int) -> NDArray[np.float64] | None:
    """Return the ring's vertices on the grid without repetitions, or None when it collapses."""
    units = np.rint(shapely.get_coordinates(ring) * units_per_degree)
    moved = np.ones(len(units), dtype=bool)
    moved[1:] = np.any(units[1:] != units[:-1], axis=1)
    units = units[moved]
    return units / units_per_degree if len(units) >= _SHORTEST_RING else None


def _multipolygon(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    """Keep the polygons of any geometry, as one multipolygon."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _from_ragged(coordinates: AnyArray, *offsets: AnyArray) -> Geometries:
    kind = shapely.GeometryType.MULTIPOLYGON
    geometries: Geometries = shapely.from_ragged_array(kind, coordinates, offsets)
    return geometries
