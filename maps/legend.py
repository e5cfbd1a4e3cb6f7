"""What does the legend have to explain, given what is on the map?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from maps import style as styles
from maps.layers.places import LAYER as PLACES
from maps.layers.points import ORIGIN, PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from maps.layers import Feature
    from maps.layers.places import Place
    from maps.layers.points import Points
    from maps.style import Style
    from maps.table import EventTable
    from maps.words import Words


def layers(
    table: EventTable,
    points: Points,
    features: Sequence[Feature],
    places: Sequence[Place],
    *,
    style: Style,
    words: Words,
) -> list[dict[str, Any]]:
    """Return the layers that hold something, in the order of the legend.

    Returns
    -------
    list
        ``{"id", "group", "title", "families", "basis", "count"}``: ``count`` is the number of
        events, or of places; ``families`` those drawn on the layer and ``basis`` the surest one,
        for its symbol.
    """
    found = {**_of_points(table, points), **_of_features(table, features, style)}
    result = [
        {"id": layer, "group": group, "title": title, **found[layer]}
        for layer, group, title in _known(style, words)
        if layer in found
    ]
    if places:
        title = words.of("layers", PLACES)
        symbol = {"families": [], "basis": styles.BASES[0]}
        result.append(
            {"id": PLACES, "group": PLACES, "title": title, **symbol, "count": len(places)}
        )
    return result


def _of_points(table: EventTable, points: Points) -> Mapping[str, dict[str, Any]]:
    """Return families, basis and count of each layer of points."""
    found = {}
    for number in np.unique(points.family).tolist():
        rows = points.row[points.family == number]
        family = points.families[number]
        found[PREFIX + family] = {
            "families": [family],
            "basis": _surest(_bases(table, rows)),
            "count": len(np.unique(table.event[rows])),
        }
    return found


def _of_features(
    table: EventTable, features: Sequence[Feature], style: Style
) -> Mapping[str, dict[str, Any]]:
    """Return families, basis and count of each layer of lines and areas."""
    drawn: dict[str, list[Feature]] = defaultdict(list)
    for one in features:
        drawn[one.layer].append(one)
    found = {}
    for layer, held in drawn.items():
        families = {style.family(one.family) for one in held}
        found[layer] = {
            "families": [name for name in style.families if name in families],
            "basis": _surest({one.basis for one in held}),
            "count": len({int(table.event[row]) for one in held for row in (one.row, *one.also)}),
        }
    return found


def _bases(table: EventTable, rows: np.ndarray[Any, np.dtype[np.int64]]) -> set[str]:
    return {table.basis.values[code] for code in np.unique(table.basis.codes[rows]).tolist()}


def _surest(bases: Collection[str]) -> str:
    return next(basis for basis in styles.BASES if basis in bases)


def _known(style: Style, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield id, group and title of every layer there can be."""
    for layer in style.layers:
        yield layer.id, layer.group, words.of("layers", layer.id)
    for family in style.families:
        title = style.families[family].label or words.of("families", family)
        yield PREFIX + family, "points", title


def marks(
    table: EventTable, points: Points, features: Sequence[Feature], places: Sequence[Place]
) -> dict[str, list[str]]:
    """Return which geometry bases and which special marks appear.

    Returns
    -------
    dict
        ``"bases"``: of stated, inferred, schematic those drawn; ``"marks"``: of direction, origin,
        uncertain, band, context_place, thicker (routes of several events), density (computed
        areas) and disputed (areas) those drawn.
    """
    present = _bases(table, points.row) | {one.basis for one in features}
    shown = {
        "direction": any(one.kind == "route" for one in features),
        "thicker": _share_a_way(features),
        "origin": bool(table.having(ORIGIN)[points.row].any()),
        "uncertain": bool((points.km > 0).any()),
        "band": any(one.kind == "band" for one in features),
        "density": any(one.kind == "density" for one in features),
        "disputed": any(one.facts.get("disputed") for one in features),
        "context_place": any(place.faint for place in places),
    }
    return {
        "bases": [basis for basis in styles.BASES if basis in present],
        "marks": [name for name, there in shown.items() if there],
    }


def _share_a_way(features: Sequence[Feature]) -> bool:
    """Tell whether a line is drawn for several routes."""
    routes = [one for one in features if one.kind == "route" and "stops" in one.facts]
    ways = {
        (
            one.layer,
            one.family,
            one.basis,
            *(track.tobytes() for part in one.tracks for track in part),
        )
        for one in routes
    }
    return len(ways) < len(routes)
