"""Everybody can use the page: by keyboard, by ear, by touch, in either theme."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

expect = pytest.importorskip("playwright.sync_api").expect

PROBES = (Path(__file__).parent / "probes.js").read_text("utf-8")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 360, "height": 740}
SCREENS = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
#: Pixels that something to press is high and wide at least (WCAG 2.2, 2.5.8).
TARGET = 24
#: Contrast of text, and of large text (WCAG 2.2, 1.4.3).
TEXT, LARGE = 4.5, 3.0


def probe(page: Any, name: str, *values: Any) -> Any:
    """Measure something in the page, see ``probes.js``."""
    return page.evaluate(f"(values) => ({PROBES}).{name}(...values)", list(values))


def look(page: Any, theme: str) -> None:
    """Let the system ask for a theme."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"() => document.documentElement.dataset.theme === '{theme}'")


def open_popup(page: Any) -> None:
    """Open the popup of the first event in the list."""
    if page.locator("#ge-tabs").is_visible() and not page.locator("#ge-list").is_visible():
        page.locator("#ge-tabs [data-sheet=list]").click()
    page.locator("#ge-list li > button[data-event]").first.click()
    page.wait_for_selector(".ge-popup dl")


#: Whether all small buttons of the filters have words.
NAMED = """() => [...document.querySelectorAll("#ge-filters .ge-link")].every(
    (button) => button.textContent)"""


def open_part(page: Any, part: str) -> None:
    """Open filters, legend or timeline, all of their parts too."""
    if page.locator("#ge-tabs").is_visible():
        page.locator(f"#ge-tabs [data-sheet={part}]").click()
    elif part != "time":
        page.evaluate(f"() => {{ document.getElementById('ge-{part}').open = true; }}")
    page.evaluate(
        "() => { for (const one of document.querySelectorAll('#ge-filters details'))"
        "one.open = true; }"
    )
    if part == "filters":  # the words of its buttons come with the first drawing
        page.wait_for_function(NAMED)
    if part == "time":  # a sheet that was closed draws its bars when it is first seen
        page.wait_for_selector(".ge-handle[aria-valuenow]", state="attached")


def violations(page: Any) -> list[str]:
    """Return what axe-core finds, the grave faults only."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['impact']}: {one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def test_axe_finds_a_fault_where_there_is_one(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """A button without a name is found: the checks below can fail."""
    page = show(news).page
    page.evaluate(
        "() => document.querySelector('.ge-bar').append(document.createElement('button'))"
    )
    assert any("button-name" in fault for fault in violations(page))


@SCREENS
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ar", "he", "en"])
def test_axe_finds_no_grave_fault(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    mentioned: Any,
    *,
    lang: str,
    theme: str,
    screen: dict[str, int],
) -> None:
    """Neither at first, nor with filters, legend, timeline or a popup open."""
    page = show(news, places=mentioned, lang=lang, screen=screen, title="عنوان: Title").page
    look(page, theme)
    assert violations(page) == []
    for part in ("filters", "legend", "time"):
        open_part(page, part)
        assert violations(page) == [], part
    open_popup(page)
    assert violations(page) == [], "popup"


@SCREENS
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_stands_out_from_what_is_under_it(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    mentioned: Any,
    theme: str,
    screen: dict[str, int],
) -> None:
    """Contrast AA of every text, in all parts of the page and on the map."""
    page = show(news, places=mentioned, screen=screen).page
    page.wait_for_selector("body[data-names='ready']")
    look(page, theme)
    page.wait_for_selector(".ge-label.water, .ge-label.country")
    for part in ("filters", "legend", "time"):
        open_part(page, part)
        assert probe(page, "faint", TEXT, LARGE) == [], part
    open_popup(page)
    assert probe(page, "faint", TEXT, LARGE) == [], "popup"


def test_faint_text_would_be_found(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """The measure above is no empty one."""
    page = show(news).page
    page.evaluate("() => { document.getElementById('ge-count').style.color = '#999'; }")
    assert len(probe(page, "faint", TEXT, LARGE)) == 1


def walk(page: Any, key: str = "Tab", most: int = 300) -> list[dict[str, Any]]:
    """Go through the page by a key until it begins again; return all that had the focus."""
    page.evaluate("() => document.activeElement.blur()")
    steps: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        step = probe(page, "focused")
        if step is None or (steps and step["key"] == steps[0]["key"]):
            break
        steps.append(step)
    return steps


@SCREENS
def test_the_keyboard_comes_to_everything_and_shows_where_it_is(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: Any, screen: dict[str, int]
) -> None:
    """Tab reaches all there is to press, in the order of the page, with a ring around it."""
    page = show(news, places=mentioned, screen=screen).page
    reachable = dict(probe(page, "reachable"))
    steps = walk(page)
    missed = [html for key, html in reachable.items() if key not in {step["key"] for step in steps}]
    assert missed == []
    assert [step["html"] for step in steps if not step["ring"]] == []
    assert [step["html"] for step in steps if not step["seen"]] == []
    # Each part is gone through once: the focus never jumps back to one that it has left.
    parts = [step["part"] for step in steps]
    runs = [parts[0], *(after for before, after in pairwise(parts) if before != after)]
    assert len(runs) == len(set(runs)), runs
    assert "?" not in runs


def test_backwards_is_the_same_way(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Shift and Tab go the way back: nothing holds the focus."""
    page = show(news).page
    there = [step["key"] for step in walk(page)]
    back = [step["key"] for step in walk(page, "Shift+Tab")]
    assert back == there[::-1]


def test_an_event_is_read_by_keyboard_alone(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """From the list into the popup, and back to where one was."""
    page = show(news).page
    page.locator("#ge-list li > button[data-event]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".ge-popup dl")
    assert page.evaluate("() => Boolean(document.activeElement.closest('.ge-popup'))")
    page.keyboard.press("Escape")
    page.wait_for_selector(".ge-popup", state="detached")
    assert page.evaluate("() => document.activeElement.dataset.event") is not None


def test_the_count_is_said_when_a_filter_changes_it(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The live region tells the new count once, after the reader has stopped typing."""
    page = show(news).page
    live = page.locator("#ge-live")
    expect(live).to_have_attribute("role", "status")
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() =>
          window.said.push(document.getElementById('ge-live').textContent))
          .observe(document.getElementById('ge-live'),
            {childList: true, characterData: true, subtree: true}); }"""
    )
    page.wait_for_timeout(900)
    before = len(page.evaluate("() => window.said"))
    page.locator("#ge-search").press_sequentially("Ovda", delay=20)
    page.wait_for_function("(before) => window.said.length > before", arg=before)
    page.wait_for_timeout(900)  # for anything that should not be said
    said = page.evaluate("() => window.said")[before:]
    assert len(said) == 1
    assert any(sign.isdigit() for sign in said[0])


def too_small(page: Any) -> list[str]:
    """Return what is too small to touch, once what was opened has come to rest."""
    for _ in range(10):
        small: list[str] = probe(page, "small", TARGET)
        if not small:
            break
        page.wait_for_timeout(300)
    return small


@pytest.mark.parametrize("screen", [PHONE, SMALLEST], ids=["390", "360"])
@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
def test_what_one_touches_is_large_enough(
    show: Callable[..., Any],
    news: gpd.GeoDataFrame,
    mentioned: Any,
    lang: str,
    screen: dict[str, int],
) -> None:
    """24 pixels at least, but for links within a line of text."""
    page = show(news, places=mentioned, lang=lang, screen=screen).page
    assert too_small(page) == []
    for part in ("filters", "legend", "time"):
        open_part(page, part)
        assert too_small(page) == []
    open_popup(page)
    assert too_small(page) == []


def test_nothing_moves_for_who_wants_no_motion(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Zooming, opening and filtering jump: no transition or animation runs."""
    page = show(news).page
    page.evaluate(
        """() => { window.moved = []; for (const name of ['transitionrun', 'animationstart'])
          document.addEventListener(name, (event) => window.moved.push(
            `${name} ${event.target.className} ${event.propertyName || ''}`), true); }"""
    )
    page.locator(".leaflet-control-zoom-in").click()
    open_part(page, "filters")
    open_popup(page)
    page.keyboard.press("Escape")
    page.locator("#ge-theme").click()
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.moved") == []
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_the_page_has_its_landmarks_and_language(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """One main part and first heading, list and map with names, texts with their language."""
    page = show(news, lang="he", title="כותרת").page
    facts = page.evaluate(
        """() => ({lang: document.documentElement.lang, dir: document.documentElement.dir,
          h1: document.querySelectorAll('h1').length,
          main: document.querySelectorAll('main').length,
          map: document.getElementById('ge-map').getAttribute('aria-label'),
          list: document.getElementById('ge-list').getAttribute('aria-label')})"""
    )
    assert (facts["lang"], facts["dir"], facts["h1"], facts["main"]) == ("he", "rtl", 1, 1)
    assert facts["map"]
    assert facts["list"]
    open_popup(page)
    expect(page.locator(".ge-sentence")).to_have_attribute("lang", "ar")


def test_the_vendored_axe_is_the_one_whose_licence_lies_beside_it() -> None:
    """Mozilla Public License 2.0, used by these tests alone."""
    head = AXE.read_text("utf-8")[:600]
    assert "axe v4.14.1" in head
    assert "Mozilla Public" in head
    assert "Mozilla Public License" in (AXE.parent / "LICENSE").read_text("utf-8")
