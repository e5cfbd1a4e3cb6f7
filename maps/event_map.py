"""How does a table of events look on a map?"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import folium
from folium.template import Template

from maps import payload, style, table, words
from maps.choropleth import choropleth as shade
from maps.errors import NotWritableError
from maps.layers.places import places as read_places
from maps.page import Page
from maps.tiles import find as find_tiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

DISTRIBUTION = "geoevents"


class EventMap(folium.Map):
    """A map of events that opens from disk without a network.

    It is a :class:`folium.Map`: markers, layers and plugins can be added to it as usual. The page
    then may load what these need from the network, and says so (:class:`ForeignElementsWarning`).

    Parameters
    ----------
    events
        The event table: any GeoDataFrame with ``geometry`` (with a CRS) and ``type``; the other
        columns of ``data/ontology/event_table.toml`` are used where they are there. Of more than
        200,000 events the page carries details of the newest 100,000 and, where there are too many
        positions, rounds them; it says so.
    places
        Places mentioned: ``name``, and ``lat`` and ``lon`` (degrees) or geometry; ``place_id,
        place_kind, country, score, count, place_names`` where known.
    title
        Heading of the page.
    lang
        BCP 47 tag of the reader's language: the interface's words, direction and place labels.
    styles
        Styles of one's own by key, see :meth:`maps.style.Style.extended`: ``label`` for the legend,
        colours ``light`` and ``dark``, ``shape`` and ``glyph`` as SVG path data on a 24 × 24 grid,
        ``like`` for the built-in one that gives the rest.
    type_styles
        Key of the style of an event type [default: that of its family].
    coarsened
        How coarsely the table tells its places, for the legend: the side of a cell in kilometres,
        or ``adm1``. None where they are told as they are.
    tiles
        Tiles of the network to lie under the events in place of the embedded countries: a name that
        xyzservices knows, an address with ``{z}``, ``{x}`` and ``{y}``, or a provider. The page
        then asks that provider for them whenever it is opened; see :func:`maps.tiles.find`.
    cdn
        Whether the page loads Leaflet from a content delivery network, checked by its hashes:
        160 kB less, and no map without the network.
    density
        Whether areas are computed where points of violence lie densely and no text names an area,
        on a layer of their own that says so; see :mod:`maps.density`.
    choropleth
        ``country`` or ``adm1``: shade these by their number of events.
    areas
        Polygons of the divisions, or of countries in place of the basemap's; see
        :func:`maps.choropleth.choropleth`.
    choropleth_scale
        How the classes of the choropleth are made: ``quantile`` or ``log``.

    Raises
    ------
    maps.errors.MapError
        If a table cannot be drawn; see :mod:`maps.errors`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> table = gpd.GeoDataFrame(
    ...     {"type": ["diplomacy.visit"]}, geometry=[Point(49.87, 40.41)], crs="EPSG:4326"
    ... )
    >>> "Visit" in EventMap(table, title="One visit").to_html()
    True
    """

    # folium writes its own <div> and L.map() here; the page has them already.
    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = geoevents.start();"
        "{% endmacro %}"
    )

    def __init__(
        self,
        events: gpd.GeoDataFrame,
        *,
        places: pd.DataFrame | None = None,
        title: str | None = None,
        lang: str = words.FALLBACK,
        styles: Mapping[str, Mapping[str, str]] | None = None,
        type_styles: Mapping[str, str] | None = None,
        coarsened: float | str | None = None,
        tiles: str | Mapping[str, Any] | None = None,
        cdn: bool = False,
        density: bool = True,
        choropleth: str | None = None,
        areas: gpd.GeoDataFrame | None = None,
        choropleth_scale: str = "quantile",
    ) -> None:
        super().__init__(tiles=None)
        # The page has Leaflet built in.
        self.default_js, self.default_css = [], []
        look = style.load().extended(styles or {})
        under = find_tiles(tiles) if tiles else None
        reader = words.load(lang)
        read = table.read(events, type_styles=type_styles)
        shaded = (
            shade(
                read,
                choropleth,
                areas=areas,
                scale=choropleth_scale,
                words=reader,
                outlines=bool(under),
            )
            if choropleth
            else None
        )
        built = payload.build(
            read,
            read_places(read, places),
            title=title,
            words=reader,
            software=_software(),
            style=look,
            coarsened=coarsened,
            tiles=under,
            density=density,
            choropleth=shaded,
        )
        self._bounds = built.bounds
        # folium draws ids at random; same events, same page.
        self._id = _digest(built.head, built.core, built.abbreviations, *built.details)
        self._page = Page(
            title=title,
            lang=lang,
            payload=built,
            own=self.get_name(),
            style=look,
            tiles=under,
            cdn=cdn,
        )
        self._page.add_child(self)

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Return ``[[south, west], [north, east]]`` of the events, for folium's ``fit_bounds``."""
        return [list(corner) for corner in self._bounds] if self._bounds else [[None, None]] * 2

    def to_html(self) -> str:
        """Return the whole page."""
        return str(self.get_root().render())

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  folium's own signature
        **kwargs: Any,
    ) -> None:
        """Write the page, whole or not at all.

        Parameters
        ----------
        outfile
            Path, or a binary file that is open for writing.
        close_file
            Whether to close such a file afterwards.
        **kwargs
            As in folium: handed to the elements' templates.

        Raises
        ------
        NotWritableError
            If the path cannot be written; what stood there is left as it was.
        """
        html = self.get_root().render(**kwargs).encode()
        if isinstance(outfile, (str, bytes, Path)):
            _write_whole(Path(os.fsdecode(outfile)), html)
            return
        outfile.write(html)
        if close_file:
            outfile.close()


#: The same by the name of what it does: ``maps.draw(table).save("events.html")``.
draw = EventMap


def _digest(*texts: str) -> str:
    """Return an id that is the same for the same texts."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()[:32]


def _software() -> str:
    """Name the software and, where it is installed, its version."""
    try:
        return f"{DISTRIBUTION} {metadata.version(DISTRIBUTION)}"
    except metadata.PackageNotFoundError:
        return DISTRIBUTION


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the target and rename, so that no reader ever sees half a page."""
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a file for the owner alone; a page is as readable as any other file.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
        raise NotWritableError(path, error.strerror or str(error)) from error


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    umask = os.umask(0o022)
    os.umask(umask)
    return umask
