"""Maps of event tables: one HTML file that opens from disk without a network.

Three lines from a layer, for example one edited in QGIS, to a map::

    import geopandas, maps
    events = geopandas.read_file("events.geojson")
    maps.draw(events, title="Events").save("events.html")
"""

from maps.errors import (
    BadChoroplethError,
    BadGeometryError,
    BadStyleError,
    BadValueError,
    BrowserFailedError,
    BrowserMissingError,
    ForeignElementsWarning,
    MapError,
    MissingColumnError,
    MissingCrsError,
    MissingDataError,
    NotATableError,
    NotWritableError,
)
from maps.event_map import EventMap, draw
from maps.picture import photograph
from maps.words import languages

__all__ = [
    "BadChoroplethError",
    "BadGeometryError",
    "BadStyleError",
    "BadValueError",
    "BrowserFailedError",
    "BrowserMissingError",
    "EventMap",
    "ForeignElementsWarning",
    "MapError",
    "MissingColumnError",
    "MissingCrsError",
    "MissingDataError",
    "NotATableError",
    "NotWritableError",
    "draw",
    "languages",
    "photograph",
]
