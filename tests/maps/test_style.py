"""Every family can be told apart, by shape as well as by colour, in light and in dark."""

import pytest

from maps import style
from maps.data import asset, load_toml

#: The map's grounds in each scheme, as in ``assets/css/base.css``.
GROUNDS = {"light": ("#d9e5ec", "#f6f3ec", "#ffffff"), "dark": ("#111820", "#232c36", "#161c24")}
GLYPHS = {"light": "#ffffff", "dark": "#11161d"}
FAMILIES = list(style.load().families.values())


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_icons_stand_out(family: style.Family, scheme: str) -> None:
    """An icon keeps 3:1 on land, sea and paper, and its glyph 4.5:1 on the icon."""
    colour = getattr(family, scheme)
    for ground in GROUNDS[scheme]:
        assert ground in asset("css", "base.css")
        assert contrast(colour, ground) >= 3
    assert contrast(colour, GLYPHS[scheme]) >= 4.5


def test_families_differ_in_shape_and_colour() -> None:
    """No two families share an outline or a colour."""
    for name in ("shape", "light", "dark"):
        assert len({getattr(family, name) for family in FAMILIES}) == len(FAMILIES)


def test_bases_differ_in_line_and_fill() -> None:
    """Stated, inferred and schematic have three dash patterns and three fills."""
    bases = style.load().bases.values()
    assert [basis.id for basis in bases] == list(style.BASES)
    assert len({basis.dash for basis in bases}) == len({basis.fill for basis in bases}) == 3


def test_every_geometry_of_every_event_has_a_layer() -> None:
    """Whatever the type, also one that nobody has thought of, something draws it."""
    drawn = style.load()
    for geometry in ("line", "area", "band"):
        assert drawn.layer(geometry, "sport.match", "sport")


def test_every_family_of_the_event_table_has_a_style() -> None:
    """The families that the interface has words for are those that have icons."""
    words = load_toml("maps", "languages", "en.toml")
    assert {family.id for family in FAMILIES} == set(words["families"])
    assert {key.partition(".")[0] for key in words["types"]} < {family.id for family in FAMILIES}
