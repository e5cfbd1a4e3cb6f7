"""Which values can every GIS format hold, and what is said where GDAL cannot write them?"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from geoevents.columns import storable
from geoevents.errors import OutputNotWritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geopandas import GeoDataFrame

_FULL_BYTES = 1 << 20  # GDAL and SQLite give up before the last byte is used


def writable(table: GeoDataFrame) -> GeoDataFrame:
    """Return a table whose missing strings are None, and whose strings are valid UTF-8.

    pandas' own mark for a missing string would be written as text.
    """
    import pandas as pd

    texts = [name for name in table.columns if pd.api.types.is_string_dtype(table[name].dtype)]
    cleaned = {
        name: pd.Series(
            [None if pd.isna(value) else storable(value) for value in column],
            index=table.index,
            dtype="object",
        )
        for name, column in table[texts].items()
    }
    return table.assign(**cleaned)


@contextmanager
def written_by_gdal(path: Path) -> Iterator[None]:
    """Raise what goes wrong in GDAL as an error of ours.

    Raises
    ------
    OutputNotWritableError
        If the file cannot be written.
    """
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise OutputNotWritableError(path, _reason(path, str(error))) from error


def _reason(path: Path, said: str) -> str:
    """Return why GDAL failed, which of a full disk only says that something failed."""
    import shutil

    if shutil.disk_usage(path.parent).free < _FULL_BYTES:
        return "no space is left on the disk"
    return f"GDAL: {' '.join(said.split()).rstrip('.')}"
