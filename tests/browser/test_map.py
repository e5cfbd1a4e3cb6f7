"""What a reader sees and does on the map, opened from disk with the network off."""

from collections.abc import Callable
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point

PHONE = {"width": 390, "height": 844}
ENTRIES = ".ge-entries button"


def test_it_opens_without_a_request_or_a_complaint(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: pd.DataFrame
) -> None:
    """Nothing is fetched, nothing is logged, and countries are drawn under the events."""
    opened = show(news, places=mentioned, title="News")
    assert opened.text("#ge-title") == "News"
    assert opened.page.locator("canvas.ge-tile").count() > 0
    assert "Georgia" in opened.page.locator(".ge-label.country").all_inner_texts()
    opened.check()


def test_every_layer_can_be_switched_with_the_keyboard(
    show: Callable[..., Any], news: gpd.GeoDataFrame, mentioned: pd.DataFrame
) -> None:
    """The space bar takes each layer off the map and puts it back."""
    opened = show(news, places=mentioned)
    drawn = {
        "route.flight": ".ge-path.open.f-movement",
        "zone.conflict": ".ge-path.f-violence",
        "zone.border": ".ge-band",
        "event.movement": ".ge-marker .ge-several",
        "event.diplomacy": ".ge-marker .ge-ring",
    }
    layers = opened.page.locator("[data-layer]")
    assert {row.get_attribute("data-layer") for row in layers.all()} == {*drawn, "places"}
    for layer, selector in drawn.items():
        box = opened.page.locator(f"[data-layer='{layer}'] input")
        shapes = opened.page.locator(f"#ge-map {selector}")
        before = shapes.count()
        assert before > 0, layer
        box.focus()
        opened.page.keyboard.press("Space")
        assert shapes.count() < before, layer
        opened.page.keyboard.press("Space")
        assert shapes.count() == before, layer
    opened.check()


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
    assert sentence.inner_text() == "هبطت طائرة شحن أذربيجانية في قاعدة عوفدا أمس الثلاثاء."
    assert sentence.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert sentence.evaluate("e => getComputedStyle(e).textAlign") == "right"
    assert sentence.locator("mark.trigger").inner_text() == "هبطت"
    assert sentence.locator("mark.place").inner_text() == "عوفدا"
    opened.check()


def test_the_popup_tells_what_is_known(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Type, date, participants, count, ends, basis, status, confidence, source and ids."""
    opened = show(news)
    opened.page.locator(ENTRIES, has_text="September 24, 2020").click()
    popup = opened.text(".ge-popup")
    for wanted in (
        "Flight", "يوم الخميس", "طائرتا شحن", "Count\n2", "From\nBaku", "To\nOvda Airbase",
        "Azerbaijan", "Israel", "Stated in the text", "Reported · once", "90%", "icao:LLOV",
        "geonames:587084", "Could also be: Baku (Nigeria · 1%)",
    ):  # fmt: skip
        assert wanted in popup, wanted
    link = opened.page.locator(".ge-popup a[target]")
    assert link.get_attribute("href") == "https://example.org/article"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_embedded_latin_is_isolated(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """The type of the aircraft keeps its order within the Arabic sentence."""
    opened = show(news)
    opened.page.locator(ENTRIES, has_text="September 24, 2020").click()
    latin = opened.page.locator(".ge-popup .ge-sentence bdi[dir=ltr]")
    assert latin.all_inner_texts() == ["IL-76"]


def test_a_flight_reads_from_its_origin_to_its_destination(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Also where the table has the destination's row first."""
    opened = show(news.iloc[::-1])
    entry = opened.page.locator(ENTRIES, has_text="September 24, 2020")
    assert entry.locator(".ge-where").inner_text() == "Baku → Ovda Airbase"


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
    assert opened.text(".ge-popup mark.trigger") == "landed"


def test_a_click_on_a_shared_point_lists_its_events(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Events at one place are listed, each opens, and one can go back to the list."""
    opened = show(news)
    opened.page.locator(".ge-marker .ge-several").click()
    assert "2 events here" in opened.text(".ge-popup")
    opened.page.locator(".ge-chooser button").first.click()
    assert opened.page.locator(".ge-popup .ge-sentence").is_visible()
    opened.page.locator(".ge-back").click()
    assert opened.page.locator(".ge-chooser button").count() == 2
    opened.check()


def test_a_click_on_route_and_area_opens_their_events(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Lines and areas can be clicked as well as points."""
    opened = show(news)
    for shape, label in ((".ge-path.f-violence", "Armed clash"), (".ge-hit", "Flight")):
        opened.page.locator(f"#ge-map {shape}").last.dispatch_event("click")
        assert label in opened.text(".ge-popup")


def test_the_list_follows_the_map(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Zooming in on the south leaves the flights; switching a layer off takes its events away."""
    opened = show(news)
    assert opened.page.locator(ENTRIES).count() == 5
    assert opened.text("#ge-count") == "5 of 5 events in view"
    opened.page.locator("[data-layer='zone.conflict'] input").uncheck()
    assert opened.text("#ge-count") == "4 of 5 events in view"
    assert "Armed clash" not in opened.text(".ge-entries")
    opened.page.evaluate(
        "Object.values(window).find((v) => v instanceof L.Map).setView([30, 35], 9)"
    )
    assert opened.text("#ge-count") == "2 of 5 events in view"


def test_an_empty_part_of_the_map_offers_the_way_back(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Where nothing is in view the list says so and shows everything at a click."""
    opened = show(news)
    opened.page.evaluate(
        "Object.values(window).find((v) => v instanceof L.Map).setView([-40, -120], 6)"
    )
    opened.page.get_by_role("button", name="Show all").click()
    assert opened.text("#ge-count") == "5 of 5 events in view"


def test_events_without_a_place_stand_in_the_list_alone(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The appeal has no pin; its entry unfolds to tell the rest."""
    opened = show(news)
    entry = opened.page.locator(".ge-placeless button")
    assert entry.count() == 1
    entry.click()
    assert entry.get_attribute("aria-expanded") == "true"
    assert "طالبت أرمينيا" in opened.text(".ge-placeless .ge-sentence")


def test_the_list_marks_what_is_open_on_the_map(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """A click on the map marks the events in the list until the popup closes."""
    opened = show(news)
    current = opened.page.locator(f"{ENTRIES}[aria-current]")
    assert current.count() == 0
    opened.page.locator("#ge-map .ge-path.f-violence").dispatch_event("click")
    assert [text.split("\n")[0] for text in current.all_inner_texts()] == ["Armed clash"]
    opened.page.locator(".leaflet-popup-close-button").click()
    assert current.count() == 0


def test_the_keyboard_alone_is_enough(show: Callable[..., Any], news: gpd.GeoDataFrame) -> None:
    """Enter opens an entry's popup, Escape closes it, and the focus is back on the entry."""
    opened = show(news)
    opened.page.locator(ENTRIES).nth(1).focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator(".ge-popup .ge-sentence").is_visible()
    opened.page.keyboard.press("Escape")
    opened.page.locator(".ge-popup").wait_for(state="detached")
    focused = "document.activeElement.dataset.event"
    assert opened.page.evaluate(focused) == opened.page.locator(ENTRIES).nth(1).get_attribute(
        "data-event"
    )
    opened.page.locator(".ge-marker").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.locator(".ge-popup").is_visible()


def test_stated_inferred_and_schematic_look_different(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """Area, route and border have three dash patterns, and the legend explains all three."""
    opened = show(news)

    def dash(selector: str) -> str:
        element = opened.page.locator(f"#ge-map {selector}").first
        return str(element.evaluate("e => getComputedStyle(e).strokeDasharray"))

    dashes = {
        dash(".ge-path.f-violence"),
        dash(".ge-path.open.f-movement"),
        dash(".ge-path.open.f-intelligence"),
    }
    assert len(dashes) == 3
    legend = opened.text("#ge-legend")
    for words in ("Stated in the text", "Inferred", "Schematic"):
        assert words in legend


def test_an_arabic_map_is_laid_out_from_right_to_left(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """The list stands on the right, the map itself keeps its own direction."""
    opened = show(news, lang="ar", title="رحلات الشحن")
    assert opened.page.locator("html").get_attribute("dir") == "rtl"
    side = opened.page.locator("#ge-list").bounding_box()
    stage = opened.page.locator("#ge-map").bounding_box()
    assert side["x"] > stage["x"]
    direction = "e => getComputedStyle(e).direction"
    assert opened.page.locator(".leaflet-container").evaluate(direction) == "ltr"
    assert "الرحلات الجوية" in opened.text("#ge-legend")
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
    assert not opened.page.locator(".ge-panel").is_visible()
    opened.page.locator("#ge-legend summary").click()
    assert opened.page.locator(".ge-panel").is_visible()
    opened.page.locator("#ge-legend summary").click()
    opened.page.locator(ENTRIES).first.click()
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
        assert name in opened.text("#ge-credits")


def test_a_route_over_the_pacific_is_one_line(show: Callable[..., Any]) -> None:
    """It meets its two ends, and land is drawn on both sides of the antimeridian."""
    tokyo, francisco = Point(139.7, 35.6), Point(-122.4, 37.7)
    events = gpd.GeoDataFrame(
        {"type": ["movement.flight"] * 3, "event_id": ["e"] * 3,
         "role": ["route", "origin", "destination"]},
        geometry=[LineString([tokyo, francisco]), tokyo, francisco], crs="EPSG:4326",
    )  # fmt: skip
    opened = show(events)
    line = opened.page.locator("#ge-map .ge-path.open").bounding_box()
    centres = sorted(
        box["x"] + box["width"] / 2
        for box in (one.bounding_box() for one in opened.page.locator(".ge-marker").all())
    )
    assert centres[0] == pytest.approx(line["x"], abs=4)
    assert centres[1] == pytest.approx(line["x"] + line["width"], abs=4)
    labels = opened.page.locator(".ge-label.country").all_inner_texts()
    assert {"Canada", "Mexico"} & set(labels)
    assert {"China", "Mongolia", "Papua New Guinea"} & set(labels)
    opened.check()


def test_an_empty_table_says_so(show: Callable[..., Any]) -> None:
    """A map without events shows the world and one sentence."""
    events = gpd.GeoDataFrame({"type": []}, geometry=[], crs="EPSG:4326")
    opened = show(events)
    assert opened.text("#ge-list") == "No events were found."
    opened.check()


def test_many_events_stay_usable(show: Callable[..., Any]) -> None:
    """Five thousand points are drawn as clusters that count them all, and open by zooming in."""
    lons = [(n * 7919) % 30000 / 1000 for n in range(5000)]
    lats = [30 + (n * 104729) % 20000 / 1000 for n in range(5000)]
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 5000}, geometry=gpd.points_from_xy(lons, lats), crs=4326
    )
    opened = show(events)
    rings = opened.page.locator(".ge-ring text").all_text_contents()
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
    assert opened.page.locator("#ge-map path[stroke=black]").count() == 1
    opened.check()
