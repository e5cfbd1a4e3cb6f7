"""What can go wrong while drawing a map, as one tree.

::

    MapError
    ├── MissingDataError (FileNotFoundError)   a data file of the package is not there
    ├── NotATableError (TypeError)             what was given is no GeoDataFrame
    ├── MissingColumnError (KeyError)          a required column is not in the table
    ├── MissingCrsError (ValueError)           the geometry has no coordinate reference system
    ├── BadGeometryError (ValueError)          coordinates are not on the Earth
    ├── BadValueError (ValueError)             a cell does not fit its column
    ├── BadStyleError (ValueError)             a style of one's own cannot be drawn
    ├── BadTilesError (ValueError)             no tiles can be had by that name
    ├── BadChoroplethError (ValueError)        no such areas can be shaded
    ├── NotWritableError (OSError)             the page cannot be written
    ├── BrowserMissingError (FileNotFoundError) no browser is there to take a picture
    └── BrowserFailedError (RuntimeError)      the browser took none

    ForeignElementsWarning (UserWarning)       added elements may load files from the network
    TilesWarning (UserWarning)                 tiles will not show where the page is opened
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How much of a table a message quotes.
_ROWS = 5
_CHARACTERS = 60


class MapError(Exception):
    """Root of the package's errors."""


class MissingDataError(MapError, FileNotFoundError):
    """A data file of the package is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The data file {name!r} is missing: reinstall the package.")


class NotATableError(MapError, TypeError):
    """What was given is no table of the kind that is needed."""

    def __init__(self, got: object, wanted: str) -> None:
        super().__init__(f"Expected a {wanted}, got {type(got).__name__}: read it with geopandas.")


class MissingColumnError(MapError, KeyError):
    """A required column is not in the table."""

    def __init__(self, missing: Sequence[str], present: Sequence[str]) -> None:
        self._message = (
            f"The table lacks {', '.join(map(repr, missing))} (it has "
            f"{', '.join(map(repr, present)) or 'no columns'}): "
            "rename or add the columns; 'geometry' and 'type' are needed."
        )
        super().__init__(self._message)

    def __str__(self) -> str:
        """Give the sentence itself, where a KeyError would give its repr."""
        return self._message


class MissingCrsError(MapError, ValueError):
    """The geometry has no coordinate reference system."""

    def __init__(self) -> None:
        super().__init__(
            "The table's geometry has no CRS: set it with table.set_crs('EPSG:4326') "
            "if the coordinates are longitudes and latitudes."
        )


class BadGeometryError(MapError, ValueError):
    """Coordinates are not on the Earth."""

    def __init__(self, rows: Sequence[int]) -> None:
        shown = ", ".join(map(str, rows[:_ROWS])) + (", …" if len(rows) > _ROWS else "")
        super().__init__(
            f"The geometry of row {shown} does not lie on the Earth "
            "(longitude -360 to 360, latitude -90 to 90): check the CRS and the order of x and y."
        )


class BadValueError(MapError, ValueError):
    """A cell does not fit its column."""

    def __init__(self, column: str, row: int, value: object, dtype: str) -> None:
        shown = textwrap.shorten(repr(value), _CHARACTERS, placeholder="…")
        super().__init__(
            f"Column {column!r}, row {row}: {shown} is no {dtype}: mend the cell or leave it empty."
        )


class BadStyleError(MapError, ValueError):
    """A style of one's own cannot be drawn."""

    def __init__(self, name: str, part: str, value: object, wanted: str) -> None:
        shown = textwrap.shorten(repr(value), _CHARACTERS, placeholder="…")
        super().__init__(f"Style {name!r}: its {part} is {shown}: give {wanted}.")


class BadTilesError(MapError, ValueError):
    """No tiles can be had by that name."""

    def __init__(self, name: str, why: str, wanted: str) -> None:
        shown = textwrap.shorten(repr(name), _CHARACTERS, placeholder="…")
        super().__init__(f"No tiles can be had from {shown}: it {why}: {wanted}.")


class BadChoroplethError(MapError, ValueError):
    """No such areas can be shaded."""

    def __init__(self, given: object, wanted: Sequence[str]) -> None:
        super().__init__(f"A choropleth cannot be made by {given!r}: give {' or '.join(wanted)}.")

    @classmethod
    def without_areas(cls, level: str) -> BadChoroplethError:
        """Say that the level's polygons were not given."""
        return cls(level, ["also areas, a GeoDataFrame with area_id, name and polygons"])


class NotWritableError(MapError, OSError):
    """The page cannot be written.

    Attributes
    ----------
    why
        What the folder or the disk says.
    """

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"The map cannot be written to {str(path)!r} ({why}): choose a folder you may write to."
        )
        self.why = why


class BrowserMissingError(MapError, FileNotFoundError):
    """No browser is there to take a picture of a map."""

    def __init__(self, named: str | None) -> None:
        why = f"GEOEVENTS_CHROMIUM names {named!r}, which is none" if named else "none was found"
        super().__init__(
            f"A picture of a map needs Chromium or Chrome, and {why}: install it, name its "
            "program in GEOEVENTS_CHROMIUM, or write an .html page."
        )


class BrowserFailedError(MapError, RuntimeError):
    """The browser took no picture of a map."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The browser took no picture of the map ({why}): write an .html page.")


class ForeignElementsWarning(UserWarning):
    """Elements were added that may load files from the network or run scripts of their own."""


class TilesWarning(UserWarning):
    """Tiles were asked for that will not show on a page which is opened from a disk."""
