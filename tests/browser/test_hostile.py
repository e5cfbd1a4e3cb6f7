"""Text from outside is shown as it is written, wherever it can stand, and never runs."""

import json
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box

TEXTS = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`;alert(1);`",
    r"\u00zz",
    "{{ 7 * 7 }}{% raw %}",
    "'\"><svg onload=alert(1)>",
    "<!--<script>",
    "constructor",
    "__proto__",
)
COLUMNS = (
    "event_id", "doc_id", "label", "status", "aspect", "time_text", "place", "place_id",
    "place_kind", "country", "admin1", "viewpoint", "actors", "targets", "money", "evidence",
    "lang", "source_title", "source_url", "cameo", "plover", "acled", "geometry_basis",
)  # fmt: skip


def hostile_table(text: str) -> gpd.GeoDataFrame:
    """Return a point, an area, a route and an event without a place, all cells hostile."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS, text) | {
        "type": f"movement.{text}",
        "family": text,
        "place_names": json.dumps({"en": text}),
        "alternatives": json.dumps([{"name": text, "country": text, "place_id": text}]),
        "casualties": json.dumps([{"kind": text, "count": text}]),
        "trigger_start": 0,
        "trigger_end": 4,
        "place_start": 2,
        "place_end": 9,
    }
    shapes = [Point(20, 40), box(25, 40, 27, 42), LineString([(20, 40), (27, 45)]), None]
    roles = [text, text, "route", text]
    rows = [
        {**row, "event_id": f"{text}{n}", "role": role, "geometry": shape}
        for n, (role, shape) in enumerate(zip(roles, shapes, strict=True))
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs="EPSG:4326")


def hostile_places(text: str) -> pd.DataFrame:
    """Return a place mentioned, hostile in every cell that may hold text."""
    return pd.DataFrame(
        {"name": [text], "place_id": [text], "place_kind": [text], "country": [text],
         "lat": [44.0], "lon": [18.0],
         "place_names": [{"en": text}]}
    )  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_hostile_text_is_shown_and_never_runs(
    show: Callable[..., Any], text: str, lang: str
) -> None:
    """In title, list, labels, popups and tooltips it reads as written; no element comes of it."""
    opened = show(hostile_table(text), places=hostile_places(text), title=text, lang=lang)
    page = opened.page
    assert page.title() == text
    assert page.locator("#ge-title").text_content() == text
    entries = page.locator(".ge-list li > button")
    assert entries.count() == 4
    assert all(text in entry for entry in entries.all_text_contents())
    entries.last.click()
    assert page.locator(".ge-placeless .ge-sentence").text_content() == text
    page.locator(".ge-entries button").first.click()
    popup = page.locator(".ge-popup")
    assert (popup.locator(".ge-sentence").text_content() or "") == text
    assert (popup.text_content() or "").count(text) >= 5
    assert popup.locator("a[target]").count() == 0
    page.keyboard.press("Escape")
    page.locator(".ge-marker").first.hover()
    assert text in (page.locator(".leaflet-tooltip").first.text_content() or "")
    assert page.locator("#ge-map img, #ge-list img, svg[onload], .ge script:not([id])").count() <= 2
    assert page.locator("body.ge > *").count() == page.evaluate(
        "[...document.body.children].filter((e) => "
        "['HEADER', 'MAIN', 'SCRIPT', 'svg'].includes(e.tagName)).length"
    )
    opened.check()


def test_a_hostile_place_is_shown_in_its_popup(show: Callable[..., Any]) -> None:
    """A dot's tooltip and popup hold the text as written."""
    text = TEXTS[0]
    events = gpd.GeoDataFrame({"type": []}, geometry=[], crs="EPSG:4326")
    opened = show(events, places=hostile_places(text))
    stage = opened.page.locator("#ge-map").bounding_box()
    at = opened.page.evaluate(
        "(() => { const m = Object.values(window).find((v) => v instanceof L.Map);"
        "const p = m.latLngToContainerPoint([44, 18]); return [p.x, p.y]; })()"
    )
    opened.page.mouse.click(stage["x"] + at[0], stage["y"] + at[1])
    assert text in (opened.page.locator(".ge-popup").text_content() or "")
    opened.check()


def test_a_title_of_ten_thousand_characters_keeps_the_layout(
    show: Callable[..., Any], news: gpd.GeoDataFrame
) -> None:
    """It is cut off in the bar and does not push the map off the screen."""
    opened = show(news, title="word " * 2000)
    assert opened.page.locator(".ge-bar").bounding_box()["height"] < 60
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_direction_marks_in_a_name_stay_within_it(show: Callable[..., Any]) -> None:
    """An override in a place's name does not turn the words after it round."""
    events = gpd.GeoDataFrame(
        {"type": ["diplomacy.visit"], "place": ["abc\u202edef"], "actors": ["Someone"]},
        geometry=[Point(20, 40)],
        crs="EPSG:4326",
    )
    opened = show(events)
    where = opened.page.locator(".ge-entries .ge-where bdi")
    assert where.evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"
