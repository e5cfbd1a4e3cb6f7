"""The address says what is on the screen, and what an address says comes back on the screen."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

expect = pytest.importorskip("playwright.sync_api").expect

HASH = "decodeURIComponent(location.hash)"
LEAFLET = "Object.values(window).find((v) => v instanceof L.Map)"
HOSTILE = (
    "#map=99/999/999", "#map=NaN/1/1", "#map=5/40", "#map=1e1/0/0", "#time=2020-02-30..2020-03-01",
    "#time=2020-10-02..2020-09-27", "#time=x", "#status=nothing,__proto__", "#type=constructor",
    "#confidence=1000", "#confidence=-1", "#event=99999", "#event=1.5", "#event=-1", "#off=nothing",
    "#theme=<script>", "#__proto__=1&constructor=2", "#text=%E0%A4%A", "#undated=maybe",
    "#" + "a" * 20_000, "#=&&==&", "#calendar=constructor",
)  # fmt: skip


def go(page: Any, address: str) -> None:
    """Give the open page another address, as a pasted link does."""
    page.evaluate("hash => { location.hash = hash; }", address)


def settled(page: Any, part: str) -> None:
    """Wait until the address holds something."""
    page.wait_for_function(f"part => {HASH}.includes(part)", arg=part)


def state(page: Any) -> dict[str, Any]:
    """Return the filters that are not as at first."""
    return dict(page.evaluate("geoevents.filter.state()"))


def test_the_address_follows_what_the_reader_does(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Filters, layers, search, theme, view and the open event stand in it, in readable words."""
    news.loc[news["event_id"] == "e5", "status"] = "asserted"
    opened = show(news)
    page = opened.page
    page.locator("#ge-filters > summary").click()
    page.get_by_role("checkbox", name="Reported").check()
    settled(page, "status=reported")
    page.locator("[data-layer='zone.conflict'] input").uncheck()
    settled(page, "off=zone.conflict")
    page.get_by_role("searchbox", name="Search events").fill("Ovda base")
    settled(page, "text=Ovda+base")
    page.keyboard.press("Escape")
    page.locator("#ge-theme").click()
    settled(page, "theme=light")
    page.locator(".leaflet-control-zoom-in").click()
    settled(page, "map=")
    page.locator(".ge-entries button").first.click()
    settled(page, "event=")
    assert "text=" not in page.evaluate(HASH)
    assert page.evaluate("history.length") <= 2
    opened.check()


def test_a_link_brings_everything_back(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """In a page opened anew: view, span, filters, layers, theme and popup."""
    opened = show(news)
    page = opened.page
    link = (
        "#map=6/39.5/47&time=2020-09-20..2020-09-30&undated=no&status=reported"
        "&actor=طائرتا+شحن&off=zone.conflict&theme=dark&event=0"
    )
    go(page, link)
    page.reload()
    page.wait_for_selector("body[data-events='ready']")
    page.locator(".ge-popup").wait_for()
    expect(opened.page.locator(".ge-popup")).to_contain_text("September 24, 2020")
    found = state(page)
    assert set(found) == {"time", "undated", "status", "actor", "off"}
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate(f"{LEAFLET}.getZoom()") == 6
    expect(page.locator(".ge-entries button")).to_have_count(1)
    expect(opened.page.locator(".ge-span")).not_to_have_text("All dates")
    opened.check()


def test_another_link_in_the_same_page_replaces_the_first(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """What the second does not say is as at first; a foreign address changes nothing."""
    opened = show(news)
    page = opened.page
    go(page, "#status=reported&text=Baku")
    page.wait_for_function("() => Object.keys(geoevents.filter.state()).length === 2")
    expect(page.get_by_role("searchbox", name="Search events")).to_have_value("Baku")
    go(page, "#confidence=95")
    page.wait_for_function("() => Object.keys(geoevents.filter.state()).join() === 'confidence'")
    expect(page.get_by_role("searchbox", name="Search events")).to_have_value("")
    go(page, "#somewhere-else")
    page.wait_for_function("() => location.hash === '#somewhere-else'")
    assert state(page) == {"confidence": 95}
    opened.check()


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_does_nothing(
    show: Callable[..., Any], news: gpd.GeoDataFrame, address: str
) -> None:
    """Values that make no sense are passed over, at the start as well as later."""
    opened = show(news)
    page = opened.page
    before = page.evaluate(f"{LEAFLET}.getBounds().toBBoxString()")
    count = opened.text("#ge-count")
    go(page, address)
    page.wait_for_function("() => location.hash !== ''")
    page.reload()
    page.wait_for_selector("body[data-events='ready']")
    assert state(page) == {}
    expect(opened.page.locator("#ge-count")).to_have_text(count)
    assert page.evaluate(f"{LEAFLET}.getBounds().toBBoxString()") == before
    expect(page.locator(".ge-popup")).to_have_count(0)
    opened.check()


def test_the_link_can_be_copied(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """The button puts the address, as it stands that moment, on the clipboard and says so."""
    opened = show(news)
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#ge-theme").click()
    page.get_by_role("button", name="Copy a link to this view").click()
    page.wait_for_selector("#ge-link[data-said='Link copied']")
    assert page.evaluate("navigator.clipboard.readText()") == page.evaluate("location.href")
    assert "theme=light" in page.evaluate("location.hash")
    opened.check()
