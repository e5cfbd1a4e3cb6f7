"""Light and dark: as the system says, until the reader chooses, and on canvas as well."""

import re
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 28, 36)"}
#: A tile of the basemap, as it is painted.
PAINTED = "() => document.querySelector('canvas.ge-tile').toDataURL()"


def shown(page: Any) -> tuple[str, str]:
    """Return the theme that is set, and the colour of the page under it."""
    theme, colour = page.evaluate(
        "[document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor]"
    )
    return str(theme), str(colour)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_that_of_the_system(
    show: Callable[..., Any], news: gpd.GeoDataFrame, scheme: str
) -> None:
    """It follows when the system changes while the page is open."""
    opened = show(news)
    other = {"light": "dark", "dark": "light"}[scheme]
    for wanted in (scheme, other):
        opened.page.emulate_media(color_scheme=wanted)
        opened.page.wait_for_function(
            f"() => document.documentElement.dataset.theme === '{wanted}'"
        )
        assert shown(opened.page) == (wanted, PAPER[wanted])
    opened.check()


def test_the_button_goes_round_the_three_choices(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """System, light, dark: it says which, by keyboard as well, and the system no longer counts."""
    opened = show(news)
    button = opened.page.locator("#ge-theme")
    button.focus()
    labels = [button.get_attribute("aria-label")]
    themes = []
    for _ in range(3):
        opened.page.keyboard.press("Enter")
        labels.append(button.get_attribute("aria-label"))
        themes.append(shown(opened.page)[0])
    assert labels == [
        "Theme: as the system", "Theme: light", "Theme: dark", "Theme: as the system",
    ]  # fmt: skip
    assert themes == ["light", "dark", "light"]
    opened.page.keyboard.press("Enter")
    opened.page.emulate_media(color_scheme="dark")
    assert shown(opened.page) == ("light", PAPER["light"])
    opened.check()


def test_what_is_painted_changes_with_the_theme(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Countries, icons and the list's text take the theme's colours at once."""
    opened = show(news)
    page = opened.page
    colour = "e => getComputedStyle(e).color"
    fill = "e => getComputedStyle(e).getPropertyValue('--c').trim()"
    before = (
        page.evaluate(PAINTED),
        page.locator(".ge-type").first.evaluate(colour),
        page.locator(".f-movement").first.evaluate(fill),
    )
    page.locator("#ge-theme").click()
    page.locator("#ge-theme").click()
    after = (
        page.evaluate(PAINTED),
        page.locator(".ge-type").first.evaluate(colour),
        page.locator(".f-movement").first.evaluate(fill),
    )
    assert all(old != new for old, new in zip(before, after, strict=True))
    opened.check()


def luminance(colour: str) -> float:
    """Return the relative luminance of ``rgb(r, g, b)`` (WCAG 2.2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_can_be_read_in_both_themes(
    show: Callable[..., Any], news: gpd.GeoDataFrame, scheme: str
) -> None:
    """Text has a contrast of 4.5 against the page, parts of controls of 3 (WCAG AA)."""
    opened = show(news)
    page = opened.page
    page.emulate_media(color_scheme=scheme)
    page.locator("#ge-filters > summary").click()
    page.locator("[data-filter='family'] input").first.check()
    page.locator(".ge-chip").first.wait_for()
    paper = PAPER[scheme]
    texts = (
        ".ge-facet > summary", ".ge-check .ge-name", ".ge-check .ge-number", ".ge-link",
        ".ge-span", ".ge-undated", ".ge-tick", ".ge-tool", "#ge-count",
    )  # fmt: skip
    for selector in texts:
        colour = page.locator(f"{selector}:visible").first.evaluate(
            "e => getComputedStyle(e).color"
        )
        assert contrast(colour, paper) >= 4.5, selector
    chip = page.locator(".ge-chip-label").first
    ground = page.locator(".ge-chip").first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert contrast(chip.evaluate("e => getComputedStyle(e).color"), ground) >= 4.5
    parts = {
        ".ge-handle.from": "backgroundColor",
        ".ge-search input": "borderTopColor",
        ".ge-bars.all": "fill",
    }
    for selector, name in parts.items():
        colour = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}")
        assert contrast(colour, paper) >= 3, selector
