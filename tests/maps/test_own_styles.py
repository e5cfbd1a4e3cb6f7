"""Styles of one's own: types drawn otherwise than their family, and what cannot be drawn."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely import Point

from maps import BadStyleError, EventMap, style


def table(*types: str) -> gpd.GeoDataFrame:
    """Return an event table with a point for each type."""
    return gpd.GeoDataFrame({"type": types}, geometry=[Point(36, 1)] * len(types), crs=4326)


def test_a_style_takes_what_it_leaves_out_from_another() -> None:
    """Own parts count, the rest is that of `like`, by default of "other", which stays the last."""
    families = style.load().extended({"locusts": {"light": "#4f6b00", "like": "hazard"}}).families
    hazard = style.load().families["hazard"]
    own = families["locusts"]
    assert (own.light, own.dark, own.shape) == ("#4f6b00", hazard.dark, hazard.shape)
    assert list(families)[-2:] == ["locusts", "other"]
    plain = style.load().extended({"plain": {"label": "Plain", "dark": ""}}).families["plain"]
    assert plain.shape == style.load().families["other"].shape


def test_the_package_s_style_stays_as_it_is() -> None:
    """A map's own styles are no other map's."""
    style.load().extended({"hazard": {"light": "#000000"}, "x": {}})
    assert style.load().families["hazard"].light != "#000000"
    assert "x" not in style.load().families


def test_a_type_is_drawn_in_the_style_it_is_given() -> None:
    """The type's points lie on a layer of the style's label; its family's others do not."""
    page = EventMap(
        table("hazard.locusts", "hazard.flood"),
        styles={"locusts": {"label": "Locusts & more", "like": "hazard"}},
        type_styles={"hazard.locusts": "locusts"},
    ).to_html()
    assert '"id":"event.locusts","group":"points","title":"Locusts \\u0026 more"' in page
    assert '"id":"event.hazard","group":"points","title":"Hazard"' in page


def test_a_restyled_family_keeps_its_title() -> None:
    """A built-in key without a label is still named in the reader's language."""
    page = EventMap(
        table("hazard.flood"), styles={"hazard": {"light": "#102030", "like": "hazard"}}, lang="fr"
    ).to_html()
    assert "--f-hazard: #102030;" in page
    assert '"id":"event.hazard","group":"points","title":"Hazard"' not in page


@pytest.mark.parametrize(
    ("key", "part", "value"),
    [
        ("a b", "light", "#102030"),
        ("x", "light", "red; } body { display: none"),
        ("x", "dark", "#12"),
        ("x", "shape", 'M0 0"/><script>'),
        ("x", "glyph", "url(#a)"),
        ("x", "like", "nothing"),
    ],
)
def test_what_could_leave_its_place_is_refused(key: str, part: str, value: str) -> None:
    """Keys, colours and paths hold nothing but what such things are made of."""
    with pytest.raises(BadStyleError, match="Style "):
        EventMap(table("hazard.flood"), styles={key: {part: value}})
