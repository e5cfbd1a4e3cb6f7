"""What a reader sees and does on the map, opened from disk with the network off."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import folium
import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point

expect = pytest.importorskip("playwright.sync_api").expect

PHONE = {"width": 390, "height": 844}
ENTRIES = ".ge-entries button[data-event]"
#: How many pixels of a canvas are painted.
PAINTED = (
    "(selector) => [...document.querySelectorAll(selector)].map(({ width, height }, n, all) => {"
    "const copy = Object.assign(document.createElement('canvas'), { width, height });"
    "const context = copy.getContext('2d', { willReadFrequently: true });"
    "context.drawImage(all[n], 0, 0);"
    "return context.getImageData(0, 0, width, height).data"
    ".filter((v, i) => i % 4 === 3 && v > 0).length; }).reduce((a, b) => a + b, 0)"
)
SHAPES = "canvas.ge-shapes"
#: Where a position stands on the screen.
PIXEL = (
    "([lat, lon]) => { const m = Object.values(window).find((v) => v instanceof L.Map);"
    "const p = m.latLngToContainerPoint([lat, lon]), b = m.getContainer().getBoundingClientRect();"
    "return [p.x + b.left, p.y + b.top]; }"
)
MAP = "Object.values(window).find((v) => v instanceof L.Map)"


def settled(opened: Any, selector: str, text: str) -> None:
    """Wait until an element has a text."""
    opened.page.wait_for_function(
        "([selector, text]) => document.querySelector(selector)?.innerText === text",
        arg=[selector, text],
    )


def points(count: int, **columns: Any) -> gpd.GeoDataFrame:
    """Return events spread over the map, each at a place of its own."""
    lons = [(n * 7919) % 30000 / 1000 for n in range(count)]
    lats = [30 + (n * 104729) % 20000 / 1000 for n in range(count)]
    return gpd.GeoDataFrame(
        {"type": ["violence.strike"] * count, **columns},
        geometry=gpd.points_from_xy(lons, lats), crs=4326,
    )  # fmt: skip


def at_one_place(count: int) -> gpd.GeoDataFrame:
    """Return events of one position, a day apart."""
    return gpd.GeoDataFrame(
        {
            "type": ["violence.strike", "unrest.protest"] * (count // 2),
            "start_time": [f"2024-03-{n + 1:02}" for n in range(count)],
            "place": ["Samarra"] * count,
            "evidence": [f"Sentence {n}." for n in range(count)],
        },
        geometry=[Point(43.87, 34.2)] * count,
        crs=4326,
    )


def test_it_opens_without_a_request_or_a_complaint(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: pd.DataFrame
) -> None:
    """Nothing is fetched, nothing is logged, and countries are drawn under the events."""
    opened = show(news, places=mentioned, title="News")
    expect(opened.page.locator("#ge-title")).to_have_text("News")
    assert opened.page.locator("canvas.ge-tile").count() > 0
    assert "Georgia" in opened.page.locator(".ge-label.country").all_inner_texts()
    opened.check()


def test_every_layer_can_be_switched_with_the_keyboard(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: pd.DataFrame
) -> None:
    """The space bar takes each layer off the map and puts it back."""
    opened = show(news, places=mentioned)
    rings = "() => document.querySelectorAll('.ge-marker').length * 100 +"
    drawn = {
        "route.flight": f"({PAINTED})('{SHAPES}')",
        "zone.conflict": f"({PAINTED})('{SHAPES}')",
        "zone.border": f"({PAINTED})('{SHAPES}')",
        "event.movement": f"({rings} document.querySelectorAll('.ge-marker .ge-ring').length)()",
        "event.diplomacy": f"({rings} document.querySelectorAll('.ge-marker .ge-ring').length)()",
    }
    layers = opened.page.locator("[data-layer]")
    assert {row.get_attribute("data-layer") for row in layers.all()} == {*drawn, "places"}
    for layer, measure in drawn.items():
        box = opened.page.locator(f"[data-layer='{layer}'] input")
        before = opened.page.evaluate(measure)
        assert before > 0, layer
        box.focus()
        opened.page.keyboard.press("Space")
        opened.page.wait_for_function(f"() => {measure} < {before}")
        opened.page.keyboard.press("Space")
        opened.page.wait_for_function(f"() => {measure} === {before}")
    opened.check()


def test_one_layer_can_be_isolated(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """The button beside a layer leaves nothing else on the map, and takes that back."""
    opened = show(news)
    row = opened.page.locator("[data-layer='zone.conflict']")
    only = row.get_by_role("button", name="Only this: Conflict zones")
    only.focus()
    opened.page.keyboard.press("Enter")
    settled(opened, "#ge-count", "1 of 5 events in view")
    expect(only).to_have_attribute("aria-pressed", "true")
    switches = opened.page.locator("[data-layer] input")
    assert [box.is_checked() for box in switches.all()].count(True) == 1
    assert row.locator("input").is_checked()
    expect(opened.page.locator(".ge-marker")).to_have_count(0)
    opened.page.keyboard.press("Enter")
    settled(opened, "#ge-count", "5 of 5 events in view")
    expect(only).to_have_attribute("aria-pressed", "false")
    opened.check()


def test_the_legend_follows_the_filters(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Counts are of what passes; what is not on the map any more leaves the legend."""
    opened = show(news)
    flights = opened.page.locator("[data-layer='event.movement'] .ge-number")
    border = opened.page.locator("[data-layer='zone.border']")
    schematic = opened.page.locator("#ge-legend [data-mark='schematic']")
    expect(flights).to_have_text("2")
    expect(border).to_be_visible()
    expect(schematic).to_be_visible()
    opened.page.evaluate("geoevents.filter.set('undated', false)")
    border.wait_for(state="hidden")
    schematic.wait_for(state="hidden")
    opened.page.locator("[data-layer='zone.conflict']").wait_for(state="hidden")
    expect(flights).to_have_text("2")
    opened.page.evaluate("geoevents.filter.set('time', [18530, 18540])")
    settled(opened, "[data-layer='event.movement'] .ge-number", "1")
    opened.page.evaluate("geoevents.filter.reset()")
    border.wait_for(state="visible")
    expect(flights).to_have_text("2")


def test_the_layer_of_places_can_be_switched(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: pd.DataFrame
) -> None:
    """The dots are drawn on a canvas that empties and fills again."""
    opened = show(news, places=mentioned)
    painted = (
        "() => { const c = document.querySelector('.leaflet-ge-places-pane canvas');"
        "return c ? c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".some((value) => value > 0) : false; }"
    )
    opened.page.wait_for_function(painted)
    box = opened.page.locator("[data-layer='places'] input")
    box.uncheck()
    opened.page.wait_for_function(f"() => !({painted})()")
    box.check()
    opened.page.wait_for_function(painted)


def test_the_popup_shows_the_sentence_from_right_to_left(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The Arabic sentence stands whole, right to left, with trigger and place marked."""
    opened = show(news, lang="en")
    opened.page.locator(ENTRIES, has_text="September 29, 2020").click()
    sentence = opened.page.locator(".ge-popup .ge-sentence")
    expect(sentence).to_have_text("هبطت طائرة شحن أذربيجانية في قاعدة عوفدا أمس الثلاثاء.")
    assert sentence.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert sentence.evaluate("e => getComputedStyle(e).textAlign") == "right"
    expect(sentence.locator("mark.trigger")).to_have_text("هبطت")
    expect(sentence.locator("mark.place")).to_have_text("عوفدا")
    opened.check()


def test_the_popup_tells_what_is_known(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Type, date, participants, count, ends, basis, status, confidence, source and ids."""
    opened = show(news)
    opened.page.locator(ENTRIES, has_text="September 24, 2020").click()
    popup = opened.text(".ge-popup")
    for wanted in (
        "Flight", "يوم الخميس", "طائرتا شحن", "Count\n2", "From\nBaku", "To\nOvda Airbase",
        "Azerbaijan", "Israel", "Stated in the text", "Reported · once", "90%", "icao:LLOV",
        "geonames:587084", "Could also be: Baku (village · Nigeria · 1%)",
    ):  # fmt: skip
        assert wanted in popup, wanted
    link = opened.page.locator(".ge-popup a[target]")
    expect(link).to_have_attribute("href", "https://example.org/article")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_embedded_latin_is_isolated(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """The type of the aircraft keeps its order within the Arabic sentence."""
    opened = show(news)
    opened.page.locator(ENTRIES, has_text="September 24, 2020").click()
    latin = opened.page.locator(".ge-popup .ge-sentence bdi[dir=ltr]")
    latin.first.wait_for()
    assert latin.all_inner_texts() == ["IL-76"]


def test_a_flight_reads_from_its_origin_to_its_destination(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Also where the table has the destination's row first."""
    opened = show(news.iloc[::-1])
    entry = opened.page.locator(ENTRIES, has_text="September 24, 2020")
    expect(entry.locator(".ge-where")).to_have_text("Baku → Ovda Airbase")


def test_offsets_are_code_points(show: Callable[..., Any]) -> None:
    """A character outside the basic plane before the trigger does not shift the mark."""
    sentence = "🛩🛩 A plane landed."
    start = sentence.index("landed")
    events = gpd.GeoDataFrame(
        {"type": ["movement.flight"], "evidence": [sentence], "trigger_start": [start],
         "trigger_end": [start + 6], "lang": ["en"]},
        geometry=[Point(10, 50)], crs="EPSG:4326",
    )  # fmt: skip
    opened = show(events)
    opened.page.locator(ENTRIES).click()
    expect(opened.page.locator(".ge-popup mark.trigger")).to_have_text("landed")


def test_events_that_share_a_place_fan_out(show: Callable[..., Any]) -> None:
    """On a click they stand on legs around it, the page says why, and each opens."""
    opened = show(at_one_place(4))
    opened.page.locator(".ge-marker").click()
    legs = opened.page.locator(".ge-fan")
    expect(legs).to_have_count(4)
    expect(opened.page.locator(".ge-shared")).to_have_text("Events at this one place: 4")
    settled(opened, "#ge-live", "Events at this one place: 4")
    expect(opened.page.locator("#ge-map path.ge-leg")).to_have_count(4)
    labels = {leg.get_attribute("aria-label") for leg in legs.all()}
    assert labels == {
        "Strike · March 1, 2024", "Protest · March 2, 2024",
        "Strike · March 3, 2024", "Protest · March 4, 2024",
    }  # fmt: skip
    opened.page.get_by_label("Protest · March 2, 2024").click()
    expect(opened.page.locator(".ge-popup .ge-sentence")).to_have_text("Sentence 1.")
    opened.check()


def test_a_fan_can_be_used_by_keys(show: Callable[..., Any]) -> None:
    """Enter fans out and goes to the first event; Escape closes and goes back to the marker."""
    opened = show(at_one_place(2))
    opened.page.locator(".ge-marker").focus()
    opened.page.keyboard.press("Enter")
    label = "document.activeElement.getAttribute('aria-label')"
    assert opened.page.evaluate(label) == "Strike · March 1, 2024"
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator(".ge-popup .ge-sentence")).to_have_text("Sentence 1.")
    opened.page.keyboard.press("Escape")
    opened.page.locator(".ge-popup").wait_for(state="detached")
    assert opened.page.evaluate(label) == "Protest · March 2, 2024"
    opened.page.keyboard.press("Escape")
    opened.page.locator(".ge-fan").first.wait_for(state="detached")
    assert opened.page.evaluate(label) == "Samarra: 2 events here (Violence 1, Unrest 1)"


def test_many_events_at_one_place_are_listed(show: Callable[..., Any]) -> None:
    """More than fit around it: a list that says so, each opens, and one can go back to it."""
    opened = show(at_one_place(14))
    opened.page.locator(".ge-marker").click()
    opened.page.locator(".ge-chooser").wait_for()
    expect(opened.page.locator(".ge-chooser h2")).to_have_text("Events at this one place: 14")
    expect(opened.page.locator(".ge-fan")).to_have_count(0)
    opened.page.locator(".ge-chooser button").nth(2).click()
    expect(opened.page.locator(".ge-popup .ge-sentence")).to_have_text("Sentence 2.")
    opened.page.locator(".ge-back").click()
    expect(opened.page.locator(".ge-chooser button")).to_have_count(14)
    opened.check()


def test_events_that_share_a_place_are_never_moved(show: Callable[..., Any]) -> None:
    """One marker stands for them, exactly there, however far one zooms in."""
    opened = show(at_one_place(6))
    opened.page.evaluate(f"{MAP}.setView([34.2, 43.87], 18, {{animate: false}})")
    box = opened.page.locator(".ge-marker").bounding_box()
    x, y = opened.page.evaluate(PIXEL, [34.2, 43.87])
    assert box["x"] + box["width"] / 2 == pytest.approx(x, abs=1)
    assert box["y"] + box["height"] / 2 == pytest.approx(y, abs=1)


def test_what_is_left_of_a_cluster_stands_where_it_is(show: Callable[..., Any]) -> None:
    """Of two strikes side by side a filter leaves one: its marker stands exactly there."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 3, "confidence": [0.9, 0.2, 0.9]},
        geometry=[Point(20, 40), Point(20.05, 40.05), Point(50, 50)],
        crs=4326,
    )
    opened = show(events)
    expect(opened.page.locator(".ge-marker .ge-ring")).to_have_count(1)
    opened.page.evaluate("geoevents.filter.set('confidence', 50)")
    opened.page.wait_for_function("() => !document.querySelector('.ge-marker .ge-ring')")
    x, y = opened.page.evaluate(PIXEL, [40, 20])
    middles = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for box in (one.bounding_box() for one in opened.page.locator(".ge-marker").all())
    ]
    assert any(abs(a - x) < 1 and abs(b - y) < 1 for a, b in middles)


def test_a_place_known_only_by_its_country_says_so(show: Callable[..., Any]) -> None:
    """And one that may be far off says that it is known only roughly."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 3, "place": ["Chad", "Somewhere", "Exactly"],
         "place_kind": ["country", "region", "city"], "uncertainty_km": [400.0, 90.0, None]},
        geometry=[Point(18, 15), Point(30, 10), Point(10, 20)], crs=4326,
    )  # fmt: skip
    opened = show(events)
    said = {"Chad": "Known only to country level", "Somewhere": "Known only roughly", "Exactly": ""}
    for place, sentence in said.items():
        opened.page.evaluate(f"() => {{ {MAP}.setView([15, 20], 3, {{ animate: false }}); }}")
        settled(opened, "#ge-count", "3 of 3 events in view")
        opened.page.locator(ENTRIES, has_text=place).click()
        opened.page.locator(".ge-popup strong", has_text=place).wait_for()
        popup = opened.text(".ge-popup")
        for other in filter(None, said.values()):
            assert (other in popup) == (other == sentence), (place, popup)


def test_a_click_on_route_and_area_opens_their_events(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Lines and areas can be clicked as well as points."""
    opened = show(news)
    for at, label in (([39.9, 46.7], "Armed clash"), ([39.3, 47.3], "Espionage")):
        x, y = opened.page.evaluate(PIXEL, at)
        opened.page.mouse.click(x, y)
        opened.page.locator(".ge-popup .ge-type", has_text=label).first.wait_for()
        opened.page.locator(".leaflet-popup-close-button").click()
        opened.page.locator(".ge-popup").wait_for(state="detached")


def test_the_list_follows_the_map(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Zooming in on the south leaves the flights; switching a layer off takes its events away."""
    opened = show(news)
    expect(opened.page.locator(ENTRIES)).to_have_count(5)
    expect(opened.page.locator("#ge-count")).to_have_text("5 of 5 events in view")
    opened.page.locator("[data-layer='zone.conflict'] input").uncheck()
    settled(opened, "#ge-count", "4 of 5 events in view")
    expect(opened.page.locator(".ge-entries")).not_to_contain_text("Armed clash")
    opened.page.evaluate(f"{MAP}.setView([30, 35], 9)")
    settled(opened, "#ge-count", "2 of 5 events in view")
    settled(opened, "#ge-live", "2 of 5 events in view")


def test_the_list_shows_more_on_demand(show: Callable[..., Any]) -> None:
    """The newest hundred first; a button and scrolling to the end bring the next hundred."""
    days = pd.date_range("2023-01-01", periods=350).strftime("%Y-%m-%d")
    opened = show(points(350, start_time=days))
    entries = opened.page.locator(ENTRIES)
    expect(entries).to_have_count(100)
    assert "December 16, 2023" in (entries.first.text_content() or "")
    more = opened.page.locator(".ge-entries .ge-more")
    assert more.text_content() == "Show more (250 left)"
    more.focus()
    opened.page.wait_for_function(
        "(selector) => { const all = document.querySelectorAll(selector);"
        "return all.length === 200 && document.activeElement === all[100]; }",
        arg=ENTRIES,
    )
    entries.last.hover()
    for count in (300, 350):
        opened.page.mouse.wheel(0, 50_000)
        opened.page.wait_for_function(
            "([selector, count]) => document.querySelectorAll(selector).length >= count",
            arg=[ENTRIES, count],
        )
    expect(opened.page.locator(".ge-entries .ge-more")).to_have_count(0)
    opened.check()


def test_details_are_unpacked_when_they_are_asked_for(show: Callable[..., Any]) -> None:
    """Each of many events shows its own sentence; nothing is unpacked before a popup opens."""
    count = 9000
    days = pd.date_range("1990-01-01", periods=count).strftime("%Y-%m-%d")
    opened = show(points(count, start_time=days, evidence=[f"Sentence {n}." for n in range(count)]))
    opened.page.evaluate(
        "() => { const old = geoevents.readChunk; window.read = [];"
        "geoevents.readChunk = (n) => { window.read.push(n); return old(n); }; }"
    )
    for number in (8999, 0, 4321, 8998):
        opened.page.evaluate(f"geoevents.openEvents({MAP}, [{number}], [40, 10])")
        settled(opened, ".ge-popup .ge-sentence", f"Sentence {number}.")
    chunk = opened.page.evaluate("geoevents.data.chunk")
    assert opened.page.evaluate("window.read") == [8999 // chunk, 0, 4321 // chunk]
    opened.check()


def test_a_browser_that_cannot_unpack_says_so(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """One sentence in the list, and the map of countries or its frame still stands."""
    opened = show(news, lacking="DecompressionStream")
    assert opened.text("#ge-list").startswith("This browser cannot unpack the events.")
    expect(opened.page.locator(".leaflet-control-zoom")).to_be_visible()
    opened.check()


def test_a_damaged_page_says_so(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Half of the events is no reason for an empty page without a word."""
    opened = show(news)
    path = Path(unquote(urlsplit(opened.page.url).path))
    before, start, rest = path.read_text("utf-8").partition('id="ge-events">')
    events, end, after = rest.partition("</script>")
    damaged = events[: len(events) // 8 * 4]
    path.write_text(before + start + damaged + end + after, "utf-8")
    opened.page.reload()
    opened.page.wait_for_selector("body[data-events='unreadable']")
    assert opened.text("#ge-list").startswith("The events of this page cannot be read")
    opened.check()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("قاعده عوفدا", 2), ("OVDA", 2), ("baku", 2), ("اذربيجانيه", 1), ("الاشتباكات", 1),
     ("طالبت ارمينيا", 1), ("nothing of the kind", 0)],
)  # fmt: skip
def test_search_finds_names_and_sentences(
    show: Callable[..., Any], news: gpd.GeoDataFrame, typed: str, found: int
) -> None:
    """Whatever the spelling of alef, hamza and ta marbuta, case and marks."""
    opened = show(news)
    opened.page.evaluate("(typed) => geoevents.filter.set('text', typed)", typed)
    opened.page.wait_for_function(f"() => geoevents.filter.count === {found}")
    opened.page.evaluate("() => geoevents.filter.set('text', '')")
    assert opened.page.evaluate("geoevents.filter.count") == 6


def test_an_empty_part_of_the_map_offers_the_way_back(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Where nothing is in view the list says so and shows everything at a click."""
    opened = show(news)
    opened.page.evaluate(f"{MAP}.setView([-40, -120], 6)")
    opened.page.get_by_role("button", name="Show all", exact=True).click()
    settled(opened, "#ge-count", "5 of 5 events in view")


def test_filters_that_leave_nothing_offer_the_way_back(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The same button takes the filters back where no part of the map has anything."""
    opened = show(news)
    opened.page.evaluate("geoevents.filter.set('text', 'nothing of the kind')")
    opened.page.locator(".ge-note").get_by_role("button", name="Show all").click()
    settled(opened, "#ge-count", "5 of 5 events in view")


def test_events_without_a_place_stand_in_the_list_alone(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The appeal has no pin; its entry unfolds to tell the rest."""
    opened = show(news)
    entry = opened.page.locator(".ge-placeless button")
    expect(entry).to_have_count(1)
    entry.click()
    expect(entry).to_have_attribute("aria-expanded", "true")
    expect(opened.page.locator(".ge-placeless .ge-sentence")).to_contain_text("طالبت أرمينيا")
    entry.click()
    opened.page.locator(".ge-placeless .ge-sentence").wait_for(state="detached")
    expect(entry).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(
    ("lang", "headings"),
    [("en", ["Place stated, but not located", "No place stated"]),
     ("fr", ["Lieu indiqué, mais non localisé", "Lieu non précisé"])],
)  # fmt: skip
def test_what_is_not_on_the_map_is_told_by_why(
    show: Callable[..., Any], lang: str, headings: list[str]
) -> None:
    """A place that nobody found is stated all the same; one that only sets the scene is not."""
    events = gpd.GeoDataFrame(
        {
            "event_id": ["a", "b", "c", "d"],
            "type": "violence.strike",
            "actors": ["A", "B", "C", "D"],
            "place": ["Nowhereville", None, "Baku", "Paris"],
            "role": ["location", None, "location", "context"],
        },
        geometry=[None, None, Point(49.9, 40.4), None],
        crs="EPSG:4326",
    )
    opened = show(events, lang=lang)
    sections = opened.page.locator(".ge-placeless")
    found = [
        (one.locator("h2").first.evaluate("e => e.firstChild.data"),
         one.locator(".ge-who").all_text_contents())
        for one in sections.all()
    ]  # fmt: skip
    assert found == [(headings[0], ["A"]), (headings[1], ["B", "D"])]
    opened.page.evaluate("geoevents.filter.set('text', 'nowhereville')")
    expect(sections.nth(1)).to_be_hidden()
    expect(sections.nth(0)).to_be_visible()
    opened.check()


def test_the_list_marks_what_is_open_on_the_map(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """A click on the map marks the events in the list until the popup closes."""
    opened = show(news)
    current = opened.page.locator(f"{ENTRIES}[aria-current]")
    expect(current).to_have_count(0)
    opened.page.mouse.click(*opened.page.evaluate(PIXEL, [39.9, 46.7]))
    current.first.wait_for()
    expect(current).to_contain_text(["Armed clash"])
    opened.page.locator(".leaflet-popup-close-button").click()
    current.first.wait_for(state="detached")


def test_what_stays_in_the_list_is_not_taken_out(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """A click that is under way while the list is filled again reaches its entry."""
    opened = show(news)
    page = opened.page
    count = page.locator(ENTRIES).count()
    page.evaluate(
        "window.moved = []; new MutationObserver((all) => window.moved.push(...all)).observe("
        "document.querySelector('.ge-entries'), { childList: true })"
    )
    page.evaluate(f"{MAP}.fire('moveend')")
    assert page.evaluate("window.moved.length") == 0
    page.locator("#ge-search").fill(page.locator(f"{ENTRIES} .ge-type").first.inner_text())
    page.locator("#ge-search").press("Enter")
    expect(page.locator(ENTRIES)).not_to_have_count(count)
    assert page.locator(ENTRIES).count() > 0
    assert page.evaluate("window.moved.reduce((sum, one) => sum + one.addedNodes.length, 0)") == 0


def test_who_asks_for_less_motion_has_none(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """A popup that wants room, and the arrow keys, move the map at once."""
    opened = show(news)
    before, after = opened.page.evaluate(
        f"() => {{ const map = {MAP}; const before = map.getCenter().lng;"
        "map.panBy([50, 0]); return [before, map.getCenter().lng]; }"
    )
    assert after > before


def test_the_keyboard_alone_is_enough(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Enter opens an entry's popup, Escape closes it, and the focus is back on the entry."""
    opened = show(news)
    entry = opened.page.locator(ENTRIES).nth(1)
    number = entry.get_attribute("data-event")
    entry.focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(".ge-popup .ge-sentence").wait_for()
    opened.page.keyboard.press("Escape")
    opened.page.locator(".ge-popup").wait_for(state="detached")
    assert opened.page.evaluate("document.activeElement.dataset.event") == number
    opened.page.locator(".ge-marker").first.focus()
    opened.page.keyboard.press("Enter")
    opened.page.locator(".ge-fan").first.wait_for()
    opened.page.keyboard.press("Enter")
    opened.page.locator(".ge-popup").wait_for()


def test_an_arabic_map_is_laid_out_from_right_to_left(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The list stands on the right, the map itself keeps its own direction."""
    opened = show(news, lang="ar", title="رحلات الشحن")
    expect(opened.page.locator("html")).to_have_attribute("dir", "rtl")
    side = opened.page.locator("#ge-list").bounding_box()
    stage = opened.page.locator("#ge-map").bounding_box()
    assert side["x"] > stage["x"]
    direction = "e => getComputedStyle(e).direction"
    assert opened.page.locator(".leaflet-container").evaluate(direction) == "ltr"
    expect(opened.page.locator("#ge-legend")).to_contain_text("الرحلات الجوية")
    opened.page.locator(ENTRIES).first.click()
    assert opened.page.locator(".ge-popup .ge-detail").evaluate(direction) == "rtl"
    opened.check()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_tooltip_stands_at_its_marker(
    show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str
) -> None:
    """Within 20 pixels, also from right to left."""
    opened = show(news, lang=lang)
    marker = opened.page.locator(".ge-marker").first
    marker.hover()
    tip = opened.page.locator(".leaflet-tooltip").bounding_box()
    icon = marker.bounding_box()
    middle = tip["x"] + tip["width"] / 2 - icon["x"] - icon["width"] / 2
    assert abs(middle) < 20
    assert 0 < icon["y"] + icon["height"] / 2 - tip["y"] - tip["height"] < 30


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_it_fits_a_phone(show: Callable[..., Any], news: gpd.GeoDataFrame, lang: str) -> None:
    """Nothing is wider than the screen; legend and list can both be reached."""
    opened = show(news, lang=lang, screen=PHONE, title="A longer title that needs two lines here")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(opened.page.locator(".ge-panel")).to_be_hidden()
    opened.page.locator("[data-sheet='legend']").click()
    opened.page.locator(".ge-panel").wait_for()
    opened.page.locator("[data-sheet='list']").click()
    opened.page.locator(ENTRIES).first.click()
    opened.page.locator(".ge-popup").wait_for()
    # The map moves so that the popup fits.
    opened.page.wait_for_function(
        "() => { const r = document.querySelector('.ge-popup').getBoundingClientRect();"
        "return r.left >= 0 && r.right <= innerWidth; }"
    )
    opened.check()


def test_the_sources_are_always_named(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """GeoNames, Natural Earth and the software stand on the map, on a phone too."""
    opened = show(news, screen=PHONE)
    for name in ("GeoNames (CC BY 4.0)", "Natural Earth", "geoevents"):
        expect(opened.page.locator("#ge-credits")).to_contain_text(name)


def test_a_route_over_the_pacific_is_one_line(show: Callable[..., Any]) -> None:
    """It meets its two ends, and land is drawn on both sides of the antimeridian."""
    tokyo, francisco = Point(139.7, 35.6), Point(-122.4, 37.7)
    events = gpd.GeoDataFrame(
        {"type": ["movement.flight"] * 3, "event_id": ["e"] * 3,
         "role": ["route", "origin", "destination"]},
        geometry=[LineString([tokyo, francisco]), tokyo, francisco], crs="EPSG:4326",
    )  # fmt: skip
    opened = show(events)
    west, east = opened.page.evaluate(
        "(selector) => { const c = document.querySelector(selector), b = c.getBoundingClientRect();"
        "const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);"
        "let [west, east] = [Infinity, -Infinity]; for (let i = 3; i < data.length; i += 4)"
        "if (data[i]) { const x = ((i - 3) / 4) % c.width;"
        "west = Math.min(west, x); east = Math.max(east, x); }"
        "return [west, east].map((x) => b.left + (x * b.width) / c.width); }",
        SHAPES,
    )
    centres = sorted(
        box["x"] + box["width"] / 2
        for box in (one.bounding_box() for one in opened.page.locator(".ge-marker").all())
    )
    assert centres[0] == pytest.approx(west, abs=6)
    assert centres[1] == pytest.approx(east, abs=6)
    labels = opened.page.locator(".ge-label.country").all_inner_texts()
    assert {"Canada", "Mexico"} & set(labels)
    assert {"China", "Mongolia", "Papua New Guinea"} & set(labels)
    opened.check()


HIDDEN_LABELS = """() => {
  const box = (element) => element.getBoundingClientRect();
  const [map, legend] = ["ge-map", "ge-legend"].map((id) => box(document.getElementById(id)));
  const isIn = (a, b) =>
    a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const touch = (a, b) =>
    a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
  const labels = [...document.querySelectorAll(".ge-label")];
  return labels
    .filter((one) => !isIn(box(one), map) || touch(box(one), legend))
    .map((one) => one.textContent);
}"""
UNDER_THE_LEGEND = """(at) => {
  const map = MAP, zoom = map.getZoom();
  const [view, legend] = [map.getContainer(), document.getElementById("ge-legend")]
    .map((element) => element.getBoundingClientRect());
  const [left, top] = [legend.left - view.left, legend.top - view.top];
  const middle = [left + legend.width / 2, top + legend.height / 2];
  const centre = map.project(at, zoom).subtract(middle).add(map.getSize().divideBy(2));
  map.setView(map.unproject(centre, zoom), zoom, { animate: false });
}""".replace("MAP", MAP)


def test_no_label_is_cut_by_the_edge_of_the_map_or_hidden_by_the_legend(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: pd.DataFrame
) -> None:
    """Labels flip or move inwards; where they cannot they are left out, until there is room."""
    page = show(news, places=mentioned).page
    for centre in ([40.4, 49.9], [40.4, 55.5], [40.4, 44.3], [36.5, 49.9], [44.0, 49.9]):
        page.evaluate(f"(at) => {MAP}.setView(at, 6, {{ animate: false }})", centre)
        page.wait_for_function("() => document.querySelector('.ge-label.country')")
        assert page.evaluate(HIDDEN_LABELS) == []
    samarra = show(at_one_place(2)).page
    label = samarra.locator(".ge-label.event")
    expect(label).to_have_text("Samarra")
    samarra.evaluate(UNDER_THE_LEGEND, [34.2, 43.87])
    expect(label).to_have_count(0)
    samarra.locator("#ge-legend > summary").click()
    expect(label).to_have_text("Samarra")


def test_a_route_opened_from_the_list_is_clear_of_the_legend(show: Callable[..., Any]) -> None:
    """An end that lies under the legend is no end in view."""
    ends = ([38.7, -9.1], [40.4, 49.9])
    events = gpd.GeoDataFrame(
        {"type": ["movement.flight"], "role": ["route"]},
        geometry=[LineString([(lon, lat) for lat, lon in ends])], crs=4326,
    )  # fmt: skip
    page = show(events).page
    page.evaluate(f"{MAP}.setZoom(4, {{ animate: false }})")
    page.evaluate(UNDER_THE_LEGEND, ends[1])
    page.locator(ENTRIES).click()
    page.locator(".ge-popup").wait_for()
    legend = page.locator("#ge-legend").bounding_box()
    assert all(page.evaluate(PIXEL, end)[0] < legend["x"] for end in ends)


def test_an_empty_table_says_so(show: Callable[..., Any]) -> None:
    """A map without events shows the world and one sentence."""
    events = gpd.GeoDataFrame({"type": []}, geometry=[], crs="EPSG:4326")
    opened = show(events)
    expect(opened.page.locator("#ge-list")).to_have_text(
        "No events were found.", use_inner_text=True
    )
    opened.check()


def test_a_cluster_tells_its_make_up_in_words(show: Callable[..., Any]) -> None:
    """Also to those who do not see the colours of its ring."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike", "hazard.flood", "hazard.fire", "unrest.riot"]},
        geometry=[Point(20, 40), Point(20.01, 40), Point(20, 40.01), Point(60, 60)],
        crs=4326,
    )
    opened = show(events)
    label = "Several events close together: 3 events here (Hazard 2, Violence 1)"
    opened.page.get_by_role("button", name=label).hover()
    expect(opened.page.locator(".leaflet-tooltip")).to_have_text(label)


def test_arrow_keys_go_from_marker_to_marker(show: Callable[..., Any]) -> None:
    """Of many the tab key stops at one, and its neighbours are an arrow away."""
    opened = show(points(3000))
    stops = opened.page.locator(".ge-marker[tabindex='0']")
    assert opened.page.locator(".ge-marker").count() > 40
    expect(stops).to_have_count(1)
    stops.focus()
    before = stops.bounding_box()
    moves = {"ArrowRight": ("x", 1), "ArrowDown": ("y", 1), "ArrowLeft": ("x", -1)}
    for key, (side, sign) in moves.items():
        opened.page.keyboard.press(key)
        assert opened.page.evaluate("document.activeElement.classList.contains('ge-marker')")
        expect(stops).to_have_count(1)
        after = stops.bounding_box()
        assert (after[side] - before[side]) * sign > 0, key
        before = after
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function(
        "() => !document.querySelector('#ge-count').textContent.startsWith('3,000')"
    )
    assert opened.page.evaluate("document.activeElement.classList.contains('ge-marker')")
    opened.check()


def test_many_events_stay_usable(show: Callable[..., Any]) -> None:
    """Five thousand points are drawn as clusters that count them all, and open by zooming in."""
    lons = [(n * 7919) % 30000 / 1000 for n in range(5000)]
    lats = [30 + (n * 104729) % 20000 / 1000 for n in range(5000)]
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 5000}, geometry=gpd.points_from_xy(lons, lats), crs=4326
    )
    opened = show(events)
    rings = opened.page.locator(".ge-ring").all_text_contents()
    singles = opened.page.locator(".ge-marker > .ge-icon").count()
    assert len(rings) < 400
    assert sum(int(text.replace(",", "")) for text in rings) + singles == 5000
    opened.page.locator(".ge-marker").nth(len(rings) // 2).click()
    opened.page.wait_for_function(
        "(before) => document.querySelector('#ge-count').textContent !== before",
        arg="5,000 of 5,000 events in view",
    )
    opened.check()


@pytest.mark.filterwarnings("ignore::maps.ForeignElementsWarning")
def test_what_a_user_adds_is_drawn(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Folium's marker and circle stand on the map beside the events, still without a network."""
    added = [folium.Marker([36, 42]), folium.CircleMarker([33, 44], color="black")]
    opened = show(news, added=added)
    icon = opened.page.locator("img.leaflet-marker-icon")
    assert icon.evaluate("e => e.complete && e.naturalWidth > 0")
    expect(opened.page.locator("#ge-map path[stroke=black]")).to_have_count(1)
    opened.check()
