"""The timeline under the map: a span of time filters map, list and counts together."""

import itertools
import re
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
from shapely import Point

expect = pytest.importorskip("playwright.sync_api").expect
FROM, TO = ".ge-handle.from", ".ge-handle.to"
COUNT = "#ge-count"


def visits(*dates: str | None, **columns: list[Any]) -> gpd.GeoDataFrame:
    """Return visits on these days, a degree apart."""
    return gpd.GeoDataFrame(
        {"type": ["diplomacy.visit"] * len(dates), "start_time": list(dates),
         "place": [f"Town {n}" for n in range(len(dates))], **columns},
        geometry=[Point(20 + n, 40) for n in range(len(dates))], crs="EPSG:4326",
    )  # fmt: skip


#: Ten days of October, one visit a day.
TEN = [f"2020-10-{day:02d}" for day in range(1, 11)]


def counted(page: Any, shown: int, total: int) -> None:
    """Wait until count and list agree on how many events are shown."""
    page.wait_for_function(
        "([text, entries]) => document.querySelector('#ge-count').textContent === text"
        " && document.querySelectorAll('.ge-entries > li').length === entries",
        arg=[f"{shown} of {total} events in view", shown],
    )


def at(page: Any, share: float) -> tuple[float, float]:
    """Return where a share of the scale lies on the screen."""
    box = page.locator(".ge-track").bounding_box()
    return box["x"] + box["width"] * share, box["y"] + box["height"] / 2


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the mouse, in steps as a hand does."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def middle(page: Any, selector: str) -> tuple[float, float]:
    """Return the middle of an element."""
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def span(page: Any) -> list[str | None]:
    """Return what the two handles say."""
    return [page.locator(one).get_attribute("aria-valuetext") for one in (FROM, TO)]


def until(page: Any, says: str, selector: str = TO) -> None:
    """Wait until a handle says a date."""
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector).ariaValueText === text",
        arg=[selector, says],
    )


def until_bars(page: Any, says: str) -> None:
    """Wait until the description of the bars says something."""
    bars = page.locator(".ge-histogram")
    expect(bars).to_have_attribute("aria-label", re.compile(re.escape(says)))


def test_a_handle_narrows_map_list_and_count_together(show: Callable[..., Any]) -> None:
    """Dragged to the middle of ten days, the first handle leaves the last five."""
    opened = show(visits(*TEN))
    page = opened.page
    counted(page, 10, 10)
    drag(page, middle(page, FROM), at(page, 0.5))
    counted(page, 5, 10)
    assert span(page) == ["October 6, 2020", "October 10, 2020"]
    expect(opened.page.locator(".ge-span")).to_contain_text("2020")
    labels = page.locator(".ge-marker").evaluate_all("all => all.map((e) => e.ariaLabel).join()")
    assert "Town 9" in labels or "events" in labels
    assert "Town 0" not in labels
    page.get_by_role("button", name="Show all dates").click()
    counted(page, 10, 10)
    expect(opened.page.locator(".ge-span")).to_have_text("All dates")
    opened.check()


def test_handles_are_sliders_for_the_keyboard(show: Callable[..., Any]) -> None:
    """Arrows move by the step, Page keys by the next larger one, Home and End to the ends."""
    opened = show(visits(*TEN))
    page = opened.page
    handle = page.locator(FROM)
    expect(handle).to_have_attribute("role", "slider")
    expect(handle).to_have_attribute("aria-label", "From")
    handle.focus()
    for key, wanted in (
        ("ArrowRight", "October 2, 2020"), ("ArrowUp", "October 3, 2020"),
        ("ArrowLeft", "October 2, 2020"), ("PageUp", "October 9, 2020"),
        ("ArrowDown", "October 8, 2020"), ("PageDown", "October 1, 2020"),
        ("End", "October 10, 2020"), ("Home", "October 1, 2020"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(handle, key).to_have_attribute("aria-valuetext", wanted)
        low, now, high = (
            int(handle.get_attribute(f"aria-value{part}") or "") for part in ("min", "now", "max")
        )
        assert low <= now <= high
    page.locator(TO).focus()
    page.keyboard.press("PageDown")
    counted(page, 3, 10)
    assert span(page) == ["October 1, 2020", "October 3, 2020"]
    page.keyboard.press("Home")
    counted(page, 1, 10)
    assert span(page) == ["October 1, 2020", "October 1, 2020"]
    opened.check()


def test_the_window_moves_as_a_whole(show: Callable[..., Any]) -> None:
    """Dragged in its middle, the window keeps its length and stops at the end of the scale."""
    opened = show(visits(*TEN))
    page = opened.page
    drag(page, at(page, 0.11), at(page, 0.39))
    counted(page, 3, 10)
    assert span(page) == ["October 2, 2020", "October 4, 2020"]
    drag(page, at(page, 0.25), at(page, 0.55))
    until(page, "October 7, 2020")
    assert span(page) == ["October 5, 2020", "October 7, 2020"]
    drag(page, at(page, 0.55), at(page, 1.2))
    until(page, "October 10, 2020")
    assert span(page) == ["October 8, 2020", "October 10, 2020"]
    counted(page, 3, 10)
    opened.check()


def test_a_click_chooses_a_bar(show: Callable[..., Any]) -> None:
    """A click in the histogram leaves the events of that bar, another those of the other."""
    opened = show(visits(*TEN))
    page = opened.page
    for share, wanted in ((0.32, "October 4, 2020"), (0.97, "October 10, 2020")):
        page.mouse.click(*at(page, share))
        page.wait_for_function(
            "text => document.querySelector('.ge-span').textContent === text", arg=wanted
        )
        counted(page, 1, 10)


def test_a_finger_moves_a_handle(show: Callable[..., Any]) -> None:
    """Touch works as the mouse does."""
    opened = show(visits(*TEN))
    page = opened.page
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    x, y = middle(page, TO)
    end = at(page, 0.2)[0]
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for part in (0.3, 0.6, 1):
        point = {"x": x + (end - x) * part, "y": y}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    counted(page, 2, 10)
    assert span(page) == ["October 1, 2020", "October 2, 2020"]


def test_it_plays_to_the_end_and_pauses(show: Callable[..., Any]) -> None:
    """Day by day, one event at a time; the button turns from play to pause and back."""
    opened = show(visits(*TEN[:8]))
    page = opened.page
    page.locator(".ge-speed").select_option("4")
    expect(page.locator(".ge-step")).to_have_value("day")
    page.get_by_role("button", name="Play").click()
    pause = page.get_by_role("button", name="Pause")
    counted(page, 1, 8)
    until(page, "October 3, 2020")
    pause.click()
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Play").wait_for()
    expect(opened.page.locator(".ge-span")).to_have_text("October 8, 2020")
    counted(page, 1, 8)
    opened.check()


def test_steps_are_as_long_as_the_reader_wants(show: Callable[..., Any]) -> None:
    """A step of a month is a calendar month, back and forth; a year takes its place at once."""
    opened = show(visits("2019-12-15", "2020-01-31", "2020-02-29", "2020-03-01"))
    page = opened.page
    page.locator(".ge-step").select_option("month")
    on = page.get_by_role("button", name="One step on")
    for wanted in ("December 31, 2019", "January 31, 2020", "February 29, 2020"):
        on.click()
        until(page, wanted)
    counted(page, 1, 4)
    page.get_by_role("button", name="One step back").click()
    until(page, "January 31, 2020")
    page.locator(".ge-step").select_option("year")
    counted(page, 3, 4)


def test_events_without_a_date_can_be_hidden(show: Callable[..., Any]) -> None:
    """They are counted and shown beside any span of time, until they are switched off."""
    opened = show(visits("2020-10-01", "2020-10-05", None, None, None))
    page = opened.page
    switch = page.get_by_role("switch", name="Without a date (3)")
    page.mouse.click(*at(page, 0.2))
    counted(page, 4, 5)
    switch.focus()
    page.keyboard.press("Space")
    counted(page, 1, 5)
    switch.check()
    counted(page, 4, 5)
    opened.check()


@pytest.mark.parametrize("dates", [(None, None), ()])
def test_it_is_hidden_when_nothing_has_a_date(
    show: Callable[..., Any], dates: tuple[None, ...]
) -> None:
    """There is nothing to choose from."""
    opened = show(visits(*dates))
    expect(opened.page.locator("#ge-timeline")).to_be_hidden()
    opened.check()


def test_bars_count_what_the_other_filters_leave(show: Callable[..., Any]) -> None:
    """The highest bar falls when a status is chosen; a span of time leaves the bars alone."""
    dates = ["2020-10-01"] * 3 + ["2020-10-09"]
    opened = show(visits(*dates, status=["reported", "asserted", "asserted", "reported"]))
    page = opened.page
    bars = page.get_by_role("img", name="Bars of when events begin")
    expect(bars).to_have_attribute("aria-label", re.compile(re.escape("The highest bar: 3.")))
    page.mouse.click(*at(page, 0.95))
    counted(page, 1, 4)
    expect(bars).to_have_attribute("aria-label", re.compile(re.escape("The highest bar: 3.")))
    page.locator("#ge-filters > summary").click()
    page.get_by_role("checkbox", name="Reported").check()
    page.wait_for_function(
        "() => document.querySelector('.ge-histogram').ariaLabel.includes('The highest bar: 1.')"
    )


@pytest.mark.parametrize(
    ("dates", "unit"),
    [(TEN, "Day"), (["2019-01-01", "2020-12-31"], "Week"), (["2010-01-01", "2020-12-31"], "Month"),
     (["1990-01-01", "2030-12-31"], "Quarter"), (["1900-01-01", "2030-12-31"], "Year"),
     (["1700-01-01", "2030-12-31"], "Decade")],
)  # fmt: skip
def test_bars_are_as_fine_as_the_width_allows(
    show: Callable[..., Any], dates: list[str], unit: str
) -> None:
    """Days, weeks, months, quarters, years or decades, and dates under them that do not touch."""
    opened = show(visits(*dates))
    page = opened.page
    until_bars(page, f"Unit: {unit}.")
    ticks = page.locator(".ge-tick").evaluate_all(
        "all => all.map((e) => e.getBoundingClientRect()).map((r) => [r.left, r.right])"
    )
    assert ticks
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(ticks))
    track = page.locator(".ge-track").bounding_box()
    assert ticks[-1][1] <= track["x"] + track["width"] + 14


def test_one_can_look_closer_at_a_span(show: Callable[..., Any]) -> None:
    """Zoomed in, the span fills the scale, in finer bars; all dates lead back."""
    opened = show(visits("2000-01-01", *TEN))
    page = opened.page
    page.locator(FROM).focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    counted(page, 10, 11)
    page.get_by_role("button", name="Zoom in on these dates").click()
    until_bars(page, "Unit: Week.")
    page.locator(TO).focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Show all dates").click()
    counted(page, 11, 11)
    until_bars(page, "January 1, 2000")
    opened.check()


def test_time_runs_as_the_script_does(show: Callable[..., Any]) -> None:
    """In Arabic the past is on the right, and the left arrow leads to later days."""
    opened = show(visits(*TEN), lang="ar")
    page = opened.page
    assert middle(page, FROM)[0] > middle(page, TO)[0]
    handle = page.locator(FROM)
    first = int(handle.get_attribute("aria-valuenow") or "")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert int(handle.get_attribute("aria-valuenow") or "") == first + 1
    drag(page, middle(page, FROM), at(page, 0.5))
    assert int(handle.get_attribute("aria-valuenow") or "") == first + 5
    opened.check()


def test_dates_known_only_to_the_year_do_not_pass_for_days(show: Callable[..., Any]) -> None:
    """They stand at the beginning of their year, drawn otherwise, and the bar's text tells."""
    table = visits("2020-01-01", "2020", "2020-01-20", time_precision=["day", "year", "day"])
    opened = show(table)
    page = opened.page
    assert page.locator(".ge-bars.all .vague").get_attribute("d") != ""
    page.mouse.move(*at(page, 0.01))
    tip = page.locator(".ge-bar-tip")
    page.wait_for_function("() => !document.querySelector('.ge-bar-tip').hidden")
    expect(tip).to_have_text("January 1, 2020: 2, of which less exactly dated: 1")
    page.mouse.click(*at(page, 0.97))
    until(page, "January 20, 2020")
    counted(page, 2, 3)
    opened.check()


def lasting(*precisions: str, **columns: list[Any]) -> gpd.GeoDataFrame:
    """Return visits of 2014 and 2018, and one without a beginning or an end."""
    return visits("2014-05-01", "2018-03-01", *columns.pop("start"), **columns,
                  time_precision=["day", "day", *precisions])  # fmt: skip


def test_what_goes_on_counts_until_the_end_of_the_data(show: Callable[..., Any]) -> None:
    """“Since 2014” is shown beside any later day, and begins in one bar alone."""
    table = lasting("open", start=["2014-01-01"], published=["2018-03-02", "2019-06-01", None])
    opened = show(table)
    page = opened.page
    counted(page, 3, 3)
    expect(page.locator(".ge-entries")).to_contain_text("since 2014")
    expect(page.locator(TO)).to_have_attribute("aria-valuetext", re.compile("June .*2019"))
    page.mouse.click(*at(page, 0.97))
    counted(page, 1, 3)
    expect(page.locator(".ge-entries")).to_contain_text("since 2014")
    page.mouse.click(*at(page, 0.4))
    counted(page, 1, 3)
    expect(page.get_by_role("img", name="The highest bar: 1.")).to_be_visible()
    page.mouse.move(*at(page, 0.01))
    expect(page.locator(".ge-bar-tip")).to_contain_text("of which less exactly dated: 1")
    opened.check()


def test_what_has_no_beginning_counts_from_the_first_day(show: Callable[..., Any]) -> None:
    """“Until 2016” is shown beside any day before, and no day passes for its beginning."""
    opened = show(lasting("open", start=[None], end_time=[None, None, "2016-12-31"]))
    page = opened.page
    for share, left in ((0.01, 2), (0.3, 1), (0.9, 0), (0.99, 1)):
        page.mouse.click(*at(page, share))
        expect(page.locator(COUNT)).to_have_text(f"{left} of 3 events in view")
    page.get_by_role("button", name="Show all dates").click()
    counted(page, 3, 3)
    expect(page.locator(".ge-bars.all .vague")).to_have_attribute("d", re.compile("^M"))
    opened.check()
