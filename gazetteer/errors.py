"""What can go wrong in the gazetteer, as one tree.

::

    GazetteerError
    ├── MissingDataError (FileNotFoundError)   a data file of the package is not there
    ├── IndexBrokenError (ValueError)          an index cannot be read
    ├── IndexNotWritableError (OSError)        no place to write the index
    ├── UnknownPlaceError (LookupError)        no place has this id
    └── BadQueryError (ValueError)             an argument does not fit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ID_SHOWN = 80  # characters; an id from outside may be of any length


class GazetteerError(Exception):
    """Root of the package's errors."""


class MissingDataError(GazetteerError, FileNotFoundError):
    """A data file of the package is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The data file {name!r} is missing: reinstall the package.")


class IndexBrokenError(GazetteerError, ValueError):
    """An index cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The index {str(path)!r} cannot be used ({why}): delete it or build it anew."
        )


class IndexNotWritableError(GazetteerError, OSError):
    """No place to write the index."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The index cannot be written to {str(path)!r} ({why}): "
            "set GEOEVENTS_CACHE to a folder that can be written."
        )


class UnknownPlaceError(GazetteerError, LookupError):
    """No place has this id."""

    def __init__(self, place_id: str) -> None:
        super().__init__(
            f"No place has the id {place_id[:_ID_SHOWN]!r}: "
            "search for its name to find the right id."
        )


class BadQueryError(GazetteerError, ValueError):
    """An argument does not fit."""
