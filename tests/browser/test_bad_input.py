"""A table that is odd, but no mistake, still makes a page that opens and tells what it left out."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import (
    GeometryCollection,
    LinearRing,
    LineString,
    MultiPoint,
    Point,
    Polygon,
    box,
)

from maps import thinning

#: Geometries that are odd one way or another, and whether there is something to draw of them.
ODD = {
    "none": (None, False),
    "empty": (Point(), False),
    "empty collection": (GeometryCollection(), False),
    "three-dimensional": (Point(10, 50, 8848), True),
    "bow tie": (Polygon([(0, 0), (4, 4), (4, 0), (0, 4)]), True),
    "flat area": (Polygon([(20, 0), (24, 0), (22, 0)]), True),
    "ring": (LinearRing([(30, 0), (34, 0), (34, 4)]), True),
    "points": (MultiPoint([(40, 0), (42, 1)]), True),
    "mixed": (GeometryCollection([Point(50, 0), box(52, 0, 54, 2)]), True),
    "line of one place": (LineString([(60, 0), (60, 0)]), True),
    "north pole": (Point(0, 90), True),
    "south pole": (Point(0, -90), True),
    "cap": (Polygon([(lon, 80) for lon in range(-180, 180, 20)]), True),
    "to the pole": (LineString([(100, 60), (100, 90)]), True),
    "over the pole": (LineString([(-40, 70), (140, 70)]), True),
    "whole Earth": (box(-180, -90, 180, 90), True),
    "beyond the antimeridian": (box(170, 0, 190, 5), True),
}

MAP = "const map = Object.values(window).find((one) => one instanceof L.Map);"
FIT = f"{MAP} map.closePopup(); window.geoevents.fit(map);"
VIEW = f"{MAP} const {{ lat, lng }} = map.getCenter(); return [lat, lng, map.getZoom()];"


def odd(names: list[str], crs: str = "EPSG:4326") -> gpd.GeoDataFrame:
    """Return events with odd geometries, named by what is odd about them."""
    shapes = [ODD[name][0] for name in names]
    return gpd.GeoDataFrame(
        {
            "type": "violence.strike",
            "place": names,
            "actors": names,
            "role": ["route" if isinstance(one, LineString) else "location" for one in shapes],
        },
        geometry=shapes,
        crs=crs,
    )


def test_every_event_of_odd_geometry_is_listed_and_can_be_opened(show: Callable[..., Any]) -> None:
    """On the map, or among those without a place; the page complains of nothing."""
    opened = show(odd(list(ODD)))
    page = opened.page
    names = page.locator(".ge-list .ge-who").all_text_contents()
    assert sorted(names) == sorted(ODD)
    placeless = page.locator(".ge-placeless .ge-who").all_text_contents()
    assert set(placeless) == {name for name, (_, is_drawn) in ODD.items() if not is_drawn}
    for name in (name for name, (_, is_drawn) in ODD.items() if is_drawn):
        # A click moves the map, and with it what is listed.
        page.locator("#ge-search").fill(name)
        page.locator("#ge-search").press("Enter")
        page.evaluate(f"() => {{ {FIT} }}")
        page.locator(".ge-entries > li > button", has_text=name).first.click()
        page.locator(".ge-popup", has_text=name).wait_for()
        page.keyboard.press("Escape")
        assert all(np.isfinite(page.evaluate(f"() => {{ {VIEW} }}")))
    opened.check()


@pytest.mark.parametrize("name", [name for name, (_, is_drawn) in ODD.items() if is_drawn])
def test_an_odd_geometry_alone_is_in_view(show: Callable[..., Any], name: str) -> None:
    """The map shows where it is, also where it reaches the edge of what a map can show."""
    opened = show(odd([name]))
    assert opened.text("#ge-count") == "1 of 1 event in view"
    opened.check()


def test_a_table_in_a_polar_crs_lies_where_it_should(show: Callable[..., Any]) -> None:
    """Metres of a polar projection become degrees, at the pole too."""
    at = gpd.GeoSeries([Point(0, 90), Point(-45, 75)], crs="EPSG:4326").to_crs("EPSG:3413")
    events = gpd.GeoDataFrame({"type": ["violence.strike"] * 2}, geometry=at)
    positions = show(events).page.evaluate(
        "() => { const { lon, lat } = window.geoevents.store.positions;"
        "return Array.from(lat, (one, i) => [one, lon[i]]); }"
    )
    other, pole = sorted(positions)
    assert other == pytest.approx([75, -45], abs=1e-4)
    assert pole[0] == pytest.approx(90, abs=1e-4)


def test_a_page_of_very_many_events_opens_and_says_what_it_leaves_out(
    show: Callable[..., Any],
) -> None:
    """The note has the figures; an old event's popup says that its details are not carried."""
    n = thinning.MOST_EVENTS + 1
    days = pd.Timestamp("2000-01-01") + pd.to_timedelta(np.arange(n) // 100, unit="D")
    events = gpd.GeoDataFrame(
        {"type": "violence.strike", "start_time": days, "time_text": "then"},
        geometry=gpd.points_from_xy(np.where(np.arange(n) < n // 2, 10.0, 30.0), np.full(n, 40.0)),
        crs="EPSG:4326",
    )
    opened = show(events)
    note = opened.text("#ge-notes")
    assert f"{thinning.DETAILED:,}" in note
    assert f"{n:,}" in note
    assert opened.text("#ge-count") == f"{n:,} of {n:,} events in view"
    markers = opened.page.locator(".ge-marker")
    assert markers.count() == 2
    opened.page.evaluate("() => window.geoevents.filter.set('time', [10957, 10957])")
    opened.page.locator(".ge-entries button").first.click()
    opened.page.locator(".ge-popup", has_text="holds no more").wait_for()
    opened.check()
