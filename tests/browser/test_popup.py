"""A popup is read to its last line: it fits the map, or shows that there is more below."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest

expect = pytest.importorskip("playwright.sync_api").expect

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
#: Whether the last line, which tells the source, lies wholly in the popup, and this in the map.
WHOLE = """() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const lines = document.querySelectorAll('.ge-popup dd');
    const [last, text, map] = [lines[lines.length - 1].getBoundingClientRect(),
                               box('.leaflet-popup-content'), box('#ge-map')];
    return last.height > 0 && last.top >= text.top && last.bottom <= text.bottom
        && text.top >= map.top && text.bottom <= map.bottom;
}"""


#: Whether the map stands still: it moves until the popup has room.
STILL = """() => new Promise((tell) => {
    const top = () => document.querySelector('.ge-popup').getBoundingClientRect().top;
    const before = top();
    setTimeout(() => tell(top() === before), 300);
})"""


def popup_of(page: Any, number: int) -> Any:
    """Open an event from the list; the map stands still when it is there."""
    entry = page.locator(f"#ge-list button[data-event='{number}']")
    entry.click()
    popup = page.locator(".ge-popup")
    expect(popup.locator(".ge-detail dd").last).to_contain_text("نشرة تجريبية")
    page.wait_for_function(STILL)
    return popup


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_popup_on_a_screen_is_there_as_a_whole(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """A landing with all that is told of it and its place."""
    opened = show(news, screen=DESKTOP, lang=lang)
    popup_of(opened.page, 1)
    opened.page.wait_for_function(WHOLE)
    expect(opened.page.locator(".ge-more")).to_have_count(0)
    opened.check()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_popup_that_does_not_fit_shows_that_it_goes_on(
    show: Callable[..., Any], news: gpd.GeoDataFrame, screen: dict[str, int], lang: str
) -> None:
    """A sign at its edge, which is gone at the end; then the source is there as a whole."""
    opened = show(news, screen=screen, lang=lang)
    page = opened.page
    popup_of(page, 0)
    more = page.locator(".ge-popup .ge-more")
    expect(more).to_have_count(1)
    sign = more.evaluate("(one) => getComputedStyle(one, '::before').borderBottomWidth")
    assert float(sign.removesuffix("px")) >= 2
    page.locator(".leaflet-popup-content").hover()
    page.mouse.wheel(0, 2000)
    page.wait_for_function(WHOLE)
    expect(more).to_have_count(0)
    page.mouse.wheel(0, -2000)
    expect(more).to_have_count(1)
    opened.check()


def test_on_a_phone_a_popup_has_the_room_of_the_buttons(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Those of the zoom are back when it is closed; most of the map's height is the text's."""
    opened = show(news, screen=PHONE)
    page = opened.page
    popup_of(page, 0)
    zoom, text = page.locator(".leaflet-control-zoom"), page.locator(".leaflet-popup-content")
    expect(zoom).to_be_hidden()
    height = page.locator("#ge-map").bounding_box()["height"]
    assert text.bounding_box()["height"] > 0.8 * height
    page.locator(".leaflet-popup-close-button").click()
    expect(zoom).to_be_visible()
    opened.check()


def test_a_popup_grows_and_shrinks_with_the_map(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Turned from a tall screen to a flat one, and back."""
    opened = show(news, screen=DESKTOP)
    page = opened.page
    popup_of(page, 1)
    page.wait_for_function(WHOLE)
    page.set_viewport_size({"width": 1280, "height": 500})
    expect(page.locator(".ge-popup .ge-more")).to_have_count(1)
    page.set_viewport_size(DESKTOP)
    page.wait_for_function(WHOLE)
    expect(page.locator(".ge-more")).to_have_count(0)
    opened.check()


def test_what_is_unfolded_in_a_popup_can_be_scrolled_to(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Where the form of a correction opens, the sign comes."""
    opened = show(news, screen=DESKTOP)
    page = opened.page
    popup = popup_of(page, 1)
    page.wait_for_function(WHOLE)
    popup.locator("details > summary").first.click()
    expect(page.locator(".ge-popup .ge-more")).to_have_count(1)
    opened.check()


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "3 articles · 2 independent sources"), ("ru", "3 статьи · 2 независимых источника"),
     ("ar", "3 مقالات · مصدران مستقلان")],
)  # fmt: skip
def test_a_popup_tells_who_reports_the_event(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str, told: str
) -> None:
    """How many articles and independent sources, by the language's forms, and their names."""
    evil = "<img src=x onerror=alert(1)>"
    landing = news["event_id"] == "e2"
    news.loc[landing, ["group_id", "source"]] = ["g", f"agency:{evil}"]
    news.loc[landing, ["n_documents", "n_sources"]] = [3, 2]
    opened = show(news, screen=DESKTOP, lang=lang)
    popup = popup_of(opened.page, 1)
    expect(popup).to_contain_text(told)
    expect(popup).to_contain_text(evil)
    expect(popup.locator("img")).to_have_count(0)
    opened.page.locator(".leaflet-popup-close-button").click()
    expect(popup_of(opened.page, 0)).not_to_contain_text(told)
    opened.check()
