"""What does the page need to know, and how does it get there without ever becoming code?

Everything, text above all, travels in one JSON island. The page's scripts put text on the screen
through ``textContent`` only, so no cell of a table can become markup or script.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from maps import basemap, geometry, legend
from maps import style as styles
from maps.layers import LAYERS, Feature
from maps.words import Words, direction

if TYPE_CHECKING:
    from maps.geometry import Coordinates
    from maps.layers.places import Place
    from maps.style import Style
    from maps.table import Row

#: 1e-5 degrees is about a metre.
DECIMALS = 5
#: How many runners-up of a place the page shows.
ALTERNATIVES = 5

#: Cells of an event that the page shows as they are; the first row that has one gives it.
_EVENT_CELLS = (
    "status", "aspect", "time_text", "actors", "targets", "count", "money", "evidence",
    "lang", "published", "source_title", "confidence", "viewpoint", "doc_id",
)  # fmt: skip
_PLACE_CELLS = ("place", "place_kind", "country", "place_id", "score", "viewpoint", "count")

#: Sections of the words that the page looks up itself; it gets types and layers by name.
_SECTIONS = ("ui", "groups", "status", "aspect", "roles", "basis", "families")

# What could end the island's element, open a comment, or end a line in a script.
_UNSAFE = "<>&\u2028\u2029"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Payload:
    """What the page is made from.

    Attributes
    ----------
    content
        JSON-able; see :func:`build`.
    bounds
        ((south, west), (north, east)) of what is drawn, degrees; None where nothing is.
    """

    content: Mapping[str, Any]
    bounds: tuple[tuple[float, float], tuple[float, float]] | None


def build(
    rows: Sequence[Row],
    places: Sequence[Place],
    *,
    title: str | None,
    words: Words,
    software: str,
    style: Style | None = None,
) -> Payload:
    """Collect everything the page shows.

    Parameters
    ----------
    rows
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

    Returns
    -------
    Payload
        ``content`` has ``events`` (one per event), ``features`` (one per geometry drawn; features
        that coincide are merged and refer to several events), ``places``, ``layers``, ``legend``,
        ``style``, ``words``, ``labels`` of countries, ``bounds``.
    """
    style = style or styles.load()
    features = [one for layer in LAYERS for one in layer.features(rows, style)]
    tracks = [track for one in features for part in one.tracks for track in part]
    west = geometry.west_edge(tracks)
    events, spots = _events(rows, words)
    drawn = _features(features, rows, spots, west, style)
    shown = [_place(place, west, words) for place in places]
    bounds = _bounds([geometry.shift(track, west) for track in tracks], shown)
    content = {
        "title": title,
        "software": software,
        "bounds": bounds,
        "west": west,
        "layers": legend.layers(features, rows, places, style, words),
        "legend": legend.marks(features, places),
        "events": events,
        "features": drawn,
        "places": shown,
        "style": style.as_json(),
        **_language(words),
    }
    return Payload(content, bounds)


def _language(words: Words) -> dict[str, Any]:
    """Return what depends on the reader's language alone."""
    return {
        "lang": words.lang,
        "dir": words.direction,
        "words": {name: words.sections[name] for name in _SECTIONS},
        "labels": basemap.labels(words.lang),
    }


def _events(rows: Sequence[Row], words: Words) -> tuple[list[dict[str, Any]], list[int]]:
    """Return the events, and for each row the position of its place within its event."""
    grouped: dict[int, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        grouped[row.event].append(position)
    spots = [0] * len(rows)
    events = []
    for positions in grouped.values():
        for spot, position in enumerate(positions):
            spots[position] = spot
        events.append(_event([rows[position] for position in positions], words))
    return events, spots


def _event(rows: Sequence[Row], words: Words) -> dict[str, Any]:
    first = rows[0]
    event: dict[str, Any] = {
        "type": first.type,
        "family": first.look,
        "title": _type_label(first, words),
    }
    for name in _EVENT_CELLS:
        value = next((row.cells[name] for row in rows if name in row.cells), None)
        if value is not None:
            event[name] = value
    precision = first.cells.get("time_precision")
    for name in ("start_time", "end_time"):
        if name in first.cells:
            event[name] = _cut(first.cells[name], precision)
    if url := safe_url(first.cells.get("source_url")):
        event["source_url"] = url
    if "casualties" in first.cells:
        event["casualties"] = _casualties(first.cells["casualties"])
    event["dir"] = direction(event.get("lang"))
    if trigger := _span(first.cells, "trigger_start", "trigger_end"):
        event["trigger"] = trigger
    event["places"] = [_spot(row, event.get("evidence"), words) for row in rows]
    return event


def _type_label(row: Row, words: Words) -> str:
    """Name the type in the reader's language, or as the table has it."""
    known = words.sections["types"].get(row.type)
    return known or row.cells.get("label") or words.of("types", row.type)


def _cut(moment: str, precision: str | None) -> str:
    """Cut an ISO moment at its precision."""
    lengths = {"day": 10, "month": 7, "year": 4, "decade": 4, "open": 10}
    return moment[: lengths.get(precision or "day", 10)]


def _casualties(cell: Any) -> list[str]:
    """Describe casualties as the text has them, else by count and kind."""
    entries = cell if isinstance(cell, list) else [cell]
    described = []
    for entry in entries:
        if isinstance(entry, Mapping):
            parts = (entry.get("count"), entry.get("kind"))
            described.append(
                str(entry.get("text") or " ".join(str(part) for part in parts if part is not None))
            )
        else:
            described.append(str(entry))
    return described


def _spot(row: Row, evidence: str | None, words: Words) -> dict[str, Any]:
    """Describe a row's place within its event."""
    spot = _described(row.cells, words)
    spot["role"] = row.role
    spot["basis"] = row.basis
    # Of an area it would only say how far the area reaches, which the map shows.
    if row.uncertainty_km and not geometry.rings_of(row.geometry):
        spot["km"] = row.uncertainty_km
    # Spans count within this row's sentence: they mean nothing in another one.
    span = _span(row.cells, "place_start", "place_end")
    if span and row.cells.get("evidence") == evidence:
        spot["span"] = span
    alternatives = row.cells.get("alternatives")
    if isinstance(alternatives, list):
        spot["alternatives"] = [
            {
                name: other[name] if name == "score" else str(other[name])
                for name in ("name", "country", "score", "place_id")
                if other.get(name) is not None
            }
            for other in alternatives[:ALTERNATIVES]
            if isinstance(other, Mapping)
        ]
    return spot


def _described(values: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return a place's own cells and its name in the reader's language."""
    place = {name: values[name] for name in _PLACE_CELLS if name in values}
    names = values.get("place_names")
    if isinstance(names, Mapping):
        own = names.get(words.lang) or names.get(words.lang.partition("-")[0])
        if own:
            place["label"] = str(own)
    return place


def _span(values: Mapping[str, Any], start: str, end: str) -> list[int] | None:
    """Return a span of code points, or None where it is missing or makes no sense."""
    first, last = values.get(start), values.get(end)
    return [first, last] if first is not None and last is not None and 0 <= first < last else None


def safe_url(url: object) -> str | None:
    """Return an http or https address, None for anything else (``javascript:`` and so on).

    Examples
    --------
    >>> safe_url("https://example.org/a")
    'https://example.org/a'
    >>> safe_url("javascript:alert(1)") is None
    True
    """
    try:
        parts = urlsplit(str(url).strip())
    except ValueError:
        return None
    return str(url).strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def _features(
    features: Sequence[Feature],
    rows: Sequence[Row],
    spots: Sequence[int],
    west: float,
    style: Style,
) -> list[dict[str, Any]]:
    """Return the features as the page reads them, those that coincide merged into one."""
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in features:
        shape = _shape(one, west)
        family = style.family(one.family)
        origin = one.kind == "point" and one.role == "origin"
        key = (one.kind, one.layer, family, one.basis, origin, one.uncertainty_km, _frozen(shape))
        drawn = merged.setdefault(
            key,
            {
                "kind": one.kind,
                "layer": one.layer,
                "family": family,
                "basis": one.basis,
                "refs": [],
                "shape": shape,
                **({"origin": True} if origin else {}),
                **({"km": one.uncertainty_km} if legend.has_circle(one) else {}),
            },
        )
        drawn["refs"].append([rows[one.row].event, spots[one.row]])
    return list(merged.values())


def _shape(one: Feature, west: float) -> list[Any]:
    """Return a point as [lon, lat]; lines and polygons as lists of flat lon, lat, lon, lat …"""
    if one.kind == "point":
        lon, lat = geometry.shift(one.tracks[0][0], west)[0]
        return [round(float(lon), DECIMALS), round(float(lat), DECIMALS)]
    return [[_flat(geometry.shift(track, west)) for track in part] for part in one.tracks]


def _flat(track: Coordinates) -> list[float]:
    flat: list[float] = np.round(track, DECIMALS).ravel().tolist()
    return flat


def _frozen(shape: list[Any]) -> Any:
    return tuple(_frozen(part) if isinstance(part, list) else part for part in shape)


def _place(place: Place, west: float, words: Words) -> dict[str, Any]:
    lon, lat = geometry.shift(place.position, west)[0]
    described = _described(place.cells, words)
    return {
        **described,
        "at": [round(float(lon), DECIMALS), round(float(lat), DECIMALS)],
        **({"faint": True} if place.faint else {}),
    }


def _bounds(
    tracks: Sequence[Coordinates], places: Sequence[Mapping[str, Any]]
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the extent of the events, or of the places where no event is drawn."""
    coords = [*tracks] or [np.array([place["at"]]) for place in places if not place.get("faint")]
    if not coords:
        return None
    together = np.concatenate(coords)
    (west, south), (east, north) = together.min(axis=0), together.max(axis=0)
    return (
        (round(float(south), DECIMALS), round(float(west), DECIMALS)),
        (round(float(north), DECIMALS), round(float(east), DECIMALS)),
    )


def island(content: Mapping[str, Any]) -> str:
    r"""Return the content as JSON that can stand inside an HTML element.

    Examples
    --------
    >>> island({"title": "</script><script>"})
    '{"title":"\\u003c/script\\u003e\\u003cscript\\u003e"}'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate is no character and has no UTF-8.
    text = _SURROGATE.sub("\ufffd", text)
    for sign in _UNSAFE:
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
