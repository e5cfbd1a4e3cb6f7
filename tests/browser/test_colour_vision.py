"""Nobody needs colours to read the map: what differs in colour differs in shape or pattern too."""

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from numpy.typing import NDArray
from shapely import Point

Image = NDArray[np.float64]

#: How linear RGB is seen without one kind of cones: Machado, Oliveira and Fernandes, "A
#: Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE Transactions on
#: Visualization and Computer Graphics 15(6), 2009, table 1, severity 1.0. The last is sight
#: without colours: luminance alone (IEC 61966-2-1).
VISIONS: dict[str, list[list[float]]] = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "no colours": [[0.2126, 0.7152, 0.0722]] * 3,
}
#: Linear sRGB to CIE XYZ (IEC 61966-2-1), and the white point D65.
XYZ = np.array(
    [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ]
)
WHITE = np.array([0.9505, 1.0, 1.089])
#: Two icons are told apart when they differ so much on average: CIELAB, in which 2.3 is just
#: noticeable (Mahy, Van Eycken and Oosterlinck 1994).
APART = 4 * 2.3
#: Patterns repeat, and are seen with less.
PATTERNS_APART = 3 * 2.3

#: Every family's icon as pixels, on the map's land.
ICONS = """([theme, size]) => Object.entries(geoevents.data.style.families).map(([id, family]) => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  const root = getComputedStyle(document.documentElement);
  const colour = (name) => root.getPropertyValue(name).trim();
  context.fillStyle = colour('--land');
  context.fillRect(0, 0, size, size);
  context.scale(size / 28, size / 28);
  context.translate(2, 2);
  context.fillStyle = family[theme];
  context.fill(new Path2D(family.shape));
  context.strokeStyle = colour('--glyph');
  context.lineWidth = 2.2;
  context.stroke(new Path2D(family.glyph));
  return [id, [...context.getImageData(0, 0, size, size).data]];
})"""

#: A line of each basis in black: which pixels along its middle are painted.
LINES = """(length) => Object.entries(geoevents.data.style.bases).map(([id, basis]) => {
  const canvas = document.createElement('canvas');
  canvas.width = length;
  canvas.height = 12;
  const context = canvas.getContext('2d');
  context.lineWidth = basis.weight;
  context.lineCap = basis.cap;
  context.setLineDash(basis.dash.split(/\\s+/).filter(Boolean).map(Number));
  context.beginPath();
  context.moveTo(0, 6);
  context.lineTo(length, 6);
  context.stroke();
  const {data} = context.getImageData(0, 6, length, 1);
  return [id, basis.fill, [...data].filter((_, i) => i % 4 === 3).map((alpha) => alpha > 127)];
})"""

#: What is painted of the shaded countries around some places, on the map's land.
SHADES = """([places, side]) => {
  const map = Object.values(window).find((value) => value instanceof L.Map);
  const painted = document.querySelector('.leaflet-ge-choropleth-pane canvas');
  const [box, at] = [map.getContainer(), painted].map((one) => one.getBoundingClientRect());
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [painted.width, painted.height];
  const context = canvas.getContext('2d');
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--land').trim();
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(painted, 0, 0);
  return places.map((place) => {
    const {x, y} = map.latLngToContainerPoint(place);
    const corner = [box.x + x - at.x - side / 2, box.y + y - at.y - side / 2].map(Math.round);
    return [...context.getImageData(...corner, side, side).data];
  });
}"""

#: Whole countries with one event, two … five, so that each is a class of its own.
SHADED = {"EG": (27, 29), "SD": (15, 30), "LY": (27, 17), "TD": (15, 18), "NE": (18, 9)}


def seen(image: Image, vision: str) -> Image:
    """Return an sRGB image (0 to 255) as CIELAB, as it is seen."""
    srgb = image / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    rgb = np.clip(linear @ np.array(VISIONS[vision]).T, 0, 1)
    ratio = (rgb @ XYZ.T) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def icons(page: Any, theme: str) -> dict[str, Image]:
    """Return every family's icon as an image."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"() => document.documentElement.dataset.theme === '{theme}'")
    drawn = page.evaluate(ICONS, [theme, 28])
    return {key: np.array(data, float).reshape(28, 28, 4)[..., :3] for key, data in drawn}


def difference(one: Image, other: Image) -> float:
    """Return how much two images differ where either shows more than the ground."""
    ground = one[0, 0]
    shown = np.any(one != ground, axis=-1) | np.any(other != ground, axis=-1)
    return float(np.linalg.norm(one - other, axis=-1)[shown].mean())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_families_are_told_apart_by_everybody(
    show: Callable[..., Any], news: gpd.GeoDataFrame, theme: str
) -> None:
    """Each pair of icons differs as seen, by form where not by colour."""
    drawn = icons(show(news).page, theme)
    assert len(drawn) >= 12
    for vision in VISIONS:
        as_seen = {key: seen(image, vision) for key, image in drawn.items()}
        near = {
            (one, other): round(difference(as_seen[one], as_seen[other]), 1)
            for one, other in combinations(as_seen, 2)
            if difference(as_seen[one], as_seen[other]) < APART
        }
        assert near == {}, vision


def test_colours_alone_would_not_do(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """The measure can fail: discs in the families' colours are not all told apart without red."""
    families = show(news).page.evaluate("() => geoevents.data.style.families")
    colours = [
        np.array([int(family["light"][i : i + 2], 16) for i in (1, 3, 5)], float)
        for family in families.values()
    ]
    lab = [seen(colour, "deuteranopia") for colour in colours]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(lab, 2)) < APART


def test_the_three_bases_are_told_apart_without_any_colour(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Lines whole, dashed and dotted; areas filled in three ways."""
    lines = show(news).page.evaluate(LINES, 120)
    fills = {fill for _, fill, _ in lines}
    gaps = {
        key: sum(before and not after for before, after in pairwise(line)) for key, _, line in lines
    }
    assert len(fills) == 3
    assert gaps["stated"] == 0
    assert gaps["inferred"] >= 4
    assert gaps["schematic"] >= 2 * gaps["inferred"]


def test_the_legend_shows_each_basis_with_its_name(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """What the lines and fills mean is said in words beside them."""
    page = show(news).page
    page.evaluate("() => { document.getElementById('ge-legend').open = true; }")
    said = page.locator("#ge-legend").inner_text()
    for key in ("stated", "inferred", "schematic"):
        assert page.evaluate("(key) => geoevents.word(key, 'basis')", key) in said


@pytest.fixture
def shaded(show: Callable[..., Any]) -> Any:
    """Open a map of five countries in five classes."""
    codes = [code for n, code in enumerate(SHADED, start=1) for _ in range(n)]
    events = gpd.GeoDataFrame(
        {"type": "diplomacy.visit", "country": codes},
        geometry=[Point(*reversed(SHADED[code])) for code in codes], crs="EPSG:4326",
    )  # fmt: skip
    opened = show(events, choropleth="country")
    opened.page.wait_for_selector("body[data-choropleth=ready]")
    return opened


def shades(page: Any, side: int = 48) -> list[Image]:
    """Return what the classes look like, the one of the fewest events first."""
    drawn = page.evaluate(SHADES, [[*map(list, SHADED.values())], side])
    return [np.array(data, float).reshape(side, side, 4)[..., :3] for data in drawn]


def texture(image: Image, vision: str) -> Image:
    """Return how strongly each pattern of lightness repeats, wherever it begins; no mean."""
    lightness = seen(image, vision)[..., 0]
    return np.abs(np.fft.fft2(lightness - lightness.mean())) / lightness.size


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_classes_of_a_choropleth_are_told_apart_by_pattern(
    shaded: Any, theme: str, medium: str
) -> None:
    """Whatever their colours, each pair differs in what repeats; more events are more ink."""
    page = shaded.page
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"() => document.documentElement.dataset.theme === '{theme}'")
    if medium == "paper":
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    drawn = shades(page)
    for vision in VISIONS:
        textures = [texture(image, vision) for image in drawn]
        assert textures[0].max() < 0.1, "the first class is plain"
        near = [
            (one, other)
            for one, other in combinations(range(5), 2)
            if np.linalg.norm(textures[one] - textures[other]) < PATTERNS_APART
        ]
        assert near == [], vision
        lightness = [float(seen(image, vision)[..., 0].mean()) for image in drawn]
        assert lightness == sorted(lightness, reverse=medium == "paper" or theme == "light")
