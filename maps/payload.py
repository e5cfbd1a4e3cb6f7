"""What does the page carry, and in which of its data elements?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maps import abbreviations, basemap, columns, details, geometry, legend, shapes
from maps import events as event_columns
from maps import style as styles
from maps.columns import DECIMALS
from maps.island import island, packed, packed_lines
from maps.layers.points import points as read_points
from maps.thinning import is_big, thin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.choropleth import Choropleth
    from maps.geometry import Coordinates
    from maps.layers import Feature
    from maps.layers.places import Place
    from maps.layers.points import Points
    from maps.style import Style
    from maps.table import EventTable
    from maps.tiles import Tiles
    from maps.words import Words

Bounds = tuple[tuple[float, float], tuple[float, float]]
#: Longitudes this close are one when the map's edge is chosen.
_EDGE_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Payload:
    """The page's data elements.

    Attributes
    ----------
    head
        Escaped JSON: what the page needs before it unpacks anything.
    core
        Packed: the columns of all events, their places, points, lines and areas.
    abbreviations
        Packed: which words are abbreviated in the details' sentences; empty where none are.
    details
        Packed, a text per chunk of :data:`maps.details.CHUNK` events: what only popups need.
    bounds
        ((south, west), (north, east)) of what is drawn, degrees; None where nothing is.
    """

    head: str
    core: str
    abbreviations: str
    details: Sequence[str]
    bounds: Bounds | None


def build(
    table: EventTable,
    places: Sequence[Place],
    *,
    title: str | None,
    words: Words,
    software: str,
    style: Style | None = None,
    coarsened: float | str | None = None,
    tiles: Tiles | None = None,
    density: bool = True,
    choropleth: Choropleth | None = None,
) -> Payload:
    """Collect everything the page shows.

    Parameters
    ----------
    table
        The event table.
    places
        Places mentioned.
    title
        Heading of the page.
    words
        The interface's language.
    software
        Name and version for the attribution.
    style
        Colours and signs [default: the package's].
    coarsened
        How coarsely the table tells its places, in kilometres or as ``adm1``, None where exactly.
    tiles
        Tiles of the network that lie under the events, if any.
    density
        Whether areas are computed from points that lie densely; never from coarsened ones.
    choropleth
        Areas to be shaded by their number of events, if any.
    """
    style = style or styles.load()
    events = event_columns.gather(table, newest_first=is_big(table.n_events))
    points = read_points(table, style)
    thinned = thin(points, len(events))
    exact = density and coarsened is None
    features = shapes.shapes(table, style, points if exact else None)
    points = thinned.points
    west = _west(points, features)
    bounds = _bounds(points, features, places, west)
    head = {
        "title": title,
        "software": software,
        "bounds": bounds,
        "west": west,
        "count": len(events),
        "n_spots": len(table),
        "chunk": details.CHUNK,
        "detailed": thinned.detailed,
        "notes": thinned.notes,
        "layers": legend.layers(table, points, features, places, style=style, words=words),
        "legend": legend.marks(table, points, features, places),
        "style": style.as_json(),
        "tiles": tiles.as_json() if tiles else None,
        **({} if np.isnat(events.published) else {"published": int(events.published.astype(int))}),
        **({} if coarsened is None else {"coarsened": coarsened}),
        **({} if choropleth is None else {"choropleth": choropleth.level}),
        **_language(words),
    }
    core = {
        **columns.core(events, points, west=west, style=style, words=words),
        "shapes": shapes.as_json(features, events, west=west, style=style),
        "places": [_place(place, west, words) for place in places],
        **({} if choropleth is None else {"choropleth": choropleth.as_json(west, events)}),
    }
    sentences = events.column("evidence").take(np.arange(thinned.detailed))
    short = abbreviations.abbreviations([text for text in sentences.cut() if text])
    chunks = details.chunks(events, first=thinned.detailed, abbreviated=short)
    return Payload(
        head=island(head),
        core=packed(core),
        abbreviations=packed(short.as_json()) if short.signs else "",
        details=packed_lines(chunks),
        bounds=bounds,
    )


def _language(words: Words) -> dict[str, Any]:
    """Return what depends on the reader's language alone."""
    return {
        "lang": words.lang,
        "dir": words.direction,
        "words": words.sections,
        "labels": basemap.labels(words.lang),
    }


def _west(points: Points, features: Sequence[Feature]) -> float:
    """Return the longitude at which the map is cut open."""
    lons = np.unique(np.round(points.lonlat[:, 0], _EDGE_DECIMALS))
    positions = np.column_stack([lons, np.zeros(len(lons))])
    return geometry.west_edge([*shapes.tracks(features), *positions[:, np.newaxis]])


def _place(place: Place, west: float, words: Words) -> dict[str, Any]:
    """Return a place mentioned as the page reads it."""
    cells = {name: cell for name, cell in place.cells.items() if name != "place_names"}
    label = columns.own_name(place.cells.get("place_names"), words)
    return {
        **cells,
        **({"label": label} if label else {}),
        "at": columns.shifted(place.position, west)[0].round(DECIMALS).tolist(),
        **({"faint": True} if place.faint else {}),
    }


def _bounds(
    points: Points, features: Sequence[Feature], places: Sequence[Place], west: float
) -> Bounds | None:
    """Return the extent of the events, or of the places where no event is drawn."""
    coords: list[Coordinates] = [geometry.shift(track, west) for track in shapes.tracks(features)]
    coords.append(columns.shifted(points.lonlat, west))
    together = np.concatenate(coords)
    if not len(together):
        shown = [columns.shifted(place.position, west) for place in places if not place.faint]
        if not shown:
            return None
        together = np.concatenate(shown)
    west_south, east_north = together.min(axis=0), together.max(axis=0)
    (west_, south), (east, north) = (
        corner.round(DECIMALS).tolist() for corner in (west_south, east_north)
    )
    return (south, west_), (north, east)
