"""What does the legend have to explain, given what is on the map?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from maps import style as styles
from maps.layers.places import LAYER as PLACES
from maps.layers.places import Place
from maps.layers.points import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maps.layers import Feature
    from maps.style import Style
    from maps.table import Row
    from maps.words import Words

#: A point less certain than this gets a circle.
CIRCLE_KM = 5.0


def layers(
    features: Sequence[Feature],
    rows: Sequence[Row],
    places: Sequence[Place],
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
    found: dict[str, list[Feature]] = defaultdict(list)
    for one in features:
        found[one.layer].append(one)
    result = [
        {"id": layer, "group": group, "title": title, **_symbol(found[layer], style)}
        | {"count": len({rows[one.row].event for one in found[layer]})}
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


def _symbol(drawn: Sequence[Feature], style: Style) -> dict[str, Any]:
    """Return the families on a layer, in the style's order, and the surest of its bases."""
    families = {style.family(one.family) for one in drawn}
    bases = {one.basis for one in drawn}
    return {
        "families": [name for name in style.families if name in families],
        "basis": next(basis for basis in styles.BASES if basis in bases),
    }


def _known(style: Style, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield id, group and title of every layer there can be."""
    for layer in style.layers:
        yield layer.id, layer.group, words.of("layers", layer.id)
    for family in style.families:
        title = style.families[family].label or words.of("families", family)
        yield PREFIX + family, "points", title


def marks(features: Sequence[Feature], places: Sequence[Place]) -> dict[str, list[str]]:
    """Return which geometry bases and which special marks appear.

    Returns
    -------
    dict
        ``"bases"``: of stated, inferred, schematic those drawn; ``"marks"``: of direction, origin,
        uncertain, band, context_place those drawn.
    """
    present = {one.basis for one in features}
    shown = {
        "direction": any(one.kind == "route" for one in features),
        "origin": any(one.kind == "point" and one.role == "origin" for one in features),
        "uncertain": any(has_circle(one) for one in features),
        "band": any(one.kind == "band" for one in features),
        "context_place": any(place.faint for place in places),
    }
    return {
        "bases": [basis for basis in styles.BASES if basis in present],
        "marks": [name for name, there in shown.items() if there],
    }


def has_circle(one: Feature) -> bool:
    """Tell whether a feature is a point so uncertain that it is drawn with a circle."""
    return one.kind == "point" and (one.uncertainty_km or 0) > CIRCLE_KM
