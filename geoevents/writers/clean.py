"""Which values can every GIS format hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.columns import storable

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


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
