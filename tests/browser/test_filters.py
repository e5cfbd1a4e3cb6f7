"""Filters and search: what is left, how it is said, and how to get everything back."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
from shapely import Point

expect = pytest.importorskip("playwright.sync_api").expect

PHONE = {"width": 360, "height": 740}


def events(count: int, **columns: list[Any]) -> gpd.GeoDataFrame:
    """Return visits a degree apart, with these columns."""
    table = {"type": ["diplomacy.visit"] * count, **columns}
    points = [Point(20 + n % 50, 30 + n // 50) for n in range(count)]
    return gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def shown(page: Any, number: int, total: int) -> None:
    """Wait until the count says that so many are in view."""
    page.wait_for_function(
        "text => document.querySelector('#ge-count').textContent === text",
        arg=f"{number} of {total} events in view",
    )


def found(page: Any, text: str) -> None:
    """Wait until the search says so."""
    page.wait_for_function(
        "text => document.querySelector('#ge-found').textContent === text", arg=text
    )


def facet(page: Any, name: str) -> Any:
    """Open the panel and one of its lists."""
    panel = page.locator("#ge-filters")
    if panel.get_attribute("open") is None:
        panel.locator("> summary").click()
    opened = page.locator(f"[data-filter='{name}']")
    if opened.get_attribute("open") is None:
        opened.locator("> summary").click()
    opened.locator("li").first.wait_for()
    return opened


def rows(values: Any) -> list[list[str]]:
    """Return the names and counts of a list."""
    return [text.split("\n") for text in values.locator("li").all_inner_texts()]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [("family", "Movement", 2), ("type", "Armed clash", 1), ("status", "Asserted", 1),
     ("actor", "أرمينيا", 2), ("country", "Israel", 2), ("source", "second.example", 1)],
)  # fmt: skip
def test_a_choice_leaves_its_events(
    show: Callable[..., Any], news: gpd.GeoDataFrame, name: str, value: str, left: int
) -> None:
    """By mouse in every list; the number beside the choice is what is left of map and list."""
    other = ["asserted", "https://second.example/"]
    news.loc[news["event_id"] == "e5", ["status", "source_url"]] = other
    opened = show(news)
    page = opened.page
    row = facet(page, name).locator("li", has_text=value)
    expect(row.locator(".ge-number")).to_have_text(str(left))
    row.locator("input").check()
    page.wait_for_function(
        "wanted => document.querySelectorAll('.ge-list li > button').length === wanted", arg=left
    )
    expect(page.locator(".ge-chip")).not_to_have_count(0)
    opened.check()


def test_counts_are_of_what_the_other_filters_leave(show: Callable[..., Any]) -> None:
    """Within a list the choices stay open to each other; other lists count what is left."""
    table = events(
        4, status=["reported", "reported", "asserted", "negated"], source_title=["A", "B", "A", "A"]
    )
    opened = show(table)
    page = opened.page
    status, source = facet(page, "status"), facet(page, "source")
    status.get_by_role("checkbox", name="Reported").check()
    shown(page, 2, 4)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-filter=source] li')]"
        ".map((e) => e.innerText).join() === 'A\\n1,B\\n1'"
    )
    assert sorted(rows(status)) == [["Asserted", "1"], ["Denied", "1"], ["Reported", "2"]]
    status.get_by_role("checkbox", name="Denied").focus()
    page.keyboard.press("Space")
    shown(page, 3, 4)
    source.get_by_role("checkbox", name="B").check()
    shown(page, 1, 4)
    opened.check()


def test_a_long_list_is_searched_and_unfolded(show: Callable[..., Any]) -> None:
    """Eight of sixty at first, the most frequent first; more at a press, and by part of a name."""
    names = [f"Actor {n:02d}" for n in range(60)]
    opened = show(events(61, actors=[*names, "Actor 59"]))
    page = opened.page
    actors = facet(page, "actor")
    expect(actors.locator("li")).to_have_count(8)
    assert rows(actors)[0] == ["Actor 59", "2"]
    actors.get_by_role("button", name="Show more (52)").click()
    expect(actors.locator("li")).to_have_count(48)
    assert page.evaluate("document.activeElement.closest('li').innerText").startswith("Actor 07")
    actors.get_by_role("searchbox").fill("ACTOR 3")
    page.wait_for_function(
        "() => document.querySelectorAll('[data-filter=actor] li').length === 10"
    )
    actors.get_by_role("checkbox", name="Actor 33").check()
    shown(page, 1, 61)
    actors.get_by_role("searchbox").fill("nobody")
    expect(actors.get_by_text("Nothing found")).to_be_visible()
    opened.check()


def test_least_confidence_is_a_slider(show: Callable[..., Any]) -> None:
    """By keyboard; what has no confidence stays, and without any there is no slider."""
    opened = show(events(3, confidence=[0.2, 0.8, None]))
    page = opened.page
    page.locator("#ge-filters > summary").click()
    slider = page.get_by_role("slider", name="Minimum confidence")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector("[aria-valuetext='50%']")
    shown(page, 2, 3)
    expect(slider).to_have_attribute("aria-valuetext", "50%")
    expect(page.locator(".ge-chip")).to_contain_text("50%")
    without = show(events(2, status=["reported", "asserted"]))
    without.page.locator("#ge-filters > summary").click()
    expect(without.page.get_by_role("slider", name="Minimum confidence")).to_have_count(0)
    opened.check()


def test_chips_say_what_is_active_and_take_it_away(show: Callable[..., Any]) -> None:
    """One chip per choice, the layers that are off among them; the focus goes on to the next."""
    table = events(3, status=["reported", "asserted", "negated"], source_title=["A", "B", "B"])
    opened = show(table)
    page = opened.page
    facet(page, "status").get_by_role("checkbox", name="Reported").check()
    facet(page, "status").get_by_role("checkbox", name="Asserted").check()
    facet(page, "source").get_by_role("checkbox", name="A").check()
    page.locator("[data-layer='event.diplomacy'] input").uncheck()
    chips = page.locator(".ge-chip")
    active = ["Status Reported", "Status Asserted", "Source A", "Layer off Diplomacy"]
    expect(chips).to_have_text(active, use_inner_text=True)
    page.get_by_role("button", name="Remove: Layer off Diplomacy").click()
    shown(page, 1, 3)
    page.get_by_role("button", name="Remove: Status Reported").focus()
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("Status Asserted", use_inner_text=True)
    shown(page, 0, 3)
    page.get_by_role("button", name="Reset all").click()
    shown(page, 3, 3)
    expect(page.locator(".ge-chips")).to_be_hidden()
    expect(page.locator("#ge-filters input:checked")).to_have_count(0)
    opened.check()


def test_hostile_values_read_as_they_are(show: Callable[..., Any]) -> None:
    """In the lists, the chips and the line for paper, markup is text."""
    text = '<img src=x onerror="alert(1)">'
    opened = show(events(2, actors=[text, "B"], source_title=[text, "constructor"]))
    page = opened.page
    facet(page, "actor").locator("li", has_text=text).locator("input").check()
    expect(page.locator(".ge-chip")).to_contain_text(text)
    facet(page, "source").locator("li", has_text="constructor").locator("input").check()
    shown(page, 0, 2)
    expect(page.locator("#ge-filters img")).to_have_count(0)
    opened.check()


def test_search_finds_and_says_how_many(show: Callable[..., Any]) -> None:
    """The slash leads to the box, the count is said, Escape gives everything back."""
    opened = show(events(3, place=["Ağdam", "Baku", "Baku"], actors=["X", "Y", "Agdam team"]))
    page = opened.page
    box = page.get_by_role("searchbox", name="Search events")
    page.keyboard.press("/")
    assert box.evaluate("e => e === document.activeElement")
    page.keyboard.type("agdam")
    found(page, "2 of 3")
    shown(page, 2, 3)
    page.keyboard.type("/")
    found(page, "Nothing found")
    page.keyboard.press("Escape")
    shown(page, 3, 3)
    expect(box).to_have_value("")
    expect(opened.page.locator("#ge-found")).to_have_text("")
    opened.check()


@pytest.mark.parametrize(
    ("lang", "titles"),
    [("en", ["Baku", "Kharkiv"]), ("fr", ["Bakou", "Kharkiv"]), ("ar", ["باكو", "Харькове"])],
)
def test_a_place_is_found_by_every_name_of_it(
    show: Callable[..., Any], lang: str, titles: list[str]
) -> None:
    """The reader's name is shown; the gazetteer's and the text's are found as well."""
    names = [
        {"und": "Baku", "fr": "Bakou", "ar": "باكو"}, {"und": "Kharkiv", "ru": "Харьков"},
    ]  # fmt: skip
    opened = show(events(2, place=["باكو", "Харькове"], place_names=names), lang=lang)
    named = "geoevents.event({}).places.map(geoevents.placeName)"
    assert [opened.page.evaluate(named.format(n))[0] for n in (0, 1)] == titles
    for typed in ("baku", "باكو", "kharkiv", "харькове"):
        opened.page.evaluate("(typed) => geoevents.filter.set('text', typed)", typed)
        opened.page.wait_for_function("() => geoevents.filter.count === 1")
    opened.check()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_phone_the_map_is_never_lost(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """Each tab opens its sheet under the map, a second press puts it away; nothing sticks out."""
    opened = show(news, screen=PHONE, lang=lang)
    page = opened.page
    stage = page.locator("#ge-map")
    full = None
    for name, sheet in (
        ("filters", "#ge-filters"), ("legend", "#ge-legend"), ("time", "#ge-timeline"),
        ("list", "#ge-list"),
    ):  # fmt: skip
        tab = page.locator(f"#ge-tabs [data-sheet='{name}']")
        if tab.get_attribute("aria-expanded") != "true":
            tab.click()
        expect(page.locator(sheet), name).to_be_visible()
        assert stage.bounding_box()["height"] >= 150, name
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        tab.click()
        expect(page.locator(sheet), name).to_be_hidden()
        full = full or stage.bounding_box()["height"]
        assert stage.bounding_box()["height"] == full > 350
    opened.check()


def test_paper_has_no_controls_and_says_what_is_filtered(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """In print: title, active filters, map, legend and credits; afterwards all is as before."""
    news.loc[news["event_id"] == "e5", "status"] = "asserted"
    opened = show(news, title="News")
    page = opened.page
    facet(page, "status").get_by_role("checkbox", name="Reported").check()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in ("#ge-title", ".ge-on-paper", "#ge-map", ".ge-key", "#ge-credits"):
        expect(page.locator(selector), selector).to_be_visible()
    expect(opened.page.locator(".ge-on-paper")).to_have_text("Active filters – Status: Reported")
    for selector in ("#ge-tools", "#ge-search", "#ge-filters", "#ge-list", "#ge-timeline",
                     ".leaflet-control-zoom", "#ge-legend input"):  # fmt: skip
        expect(page.locator(selector).first, selector).to_be_hidden()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.locator("#ge-map").bounding_box()["width"] <= 1010
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#ge-list")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    opened.check()


def test_the_button_prints(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """It asks the browser to print, once the page is laid out for paper."""
    opened = show(news)
    page = opened.page
    page.evaluate(
        "window.print = () => { document.body.dataset.printed = document.body.className; }"
    )
    page.get_by_role("button", name="Print").click()
    page.wait_for_selector("body[data-printed*='ge-paper']")
    opened.check()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_phone_on_its_side_shows_map_and_list_beside_each_other(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """Neither covers the other, and each has at least two fifths of the width."""
    opened = show(news, screen={"width": 640, "height": 360}, lang=lang)
    stage, side = (
        opened.page.locator(selector).bounding_box() for selector in ("#ge-map", "#ge-list")
    )
    first, second = (stage, side) if lang == "en" else (side, stage)
    assert first["x"] + first["width"] <= second["x"]
    assert min(stage["width"], side["width"]) >= 0.4 * 640
    assert stage["height"] >= 200
    opened.check()
