"""Which events pass, how many of each kind, and what the page remembers of the filters."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import pytest
from shapely import Point

#: Days since 1970-01-01.
MARCH_1, MARCH_10, MARCH_31 = 19783, 19792, 19813


@pytest.fixture
def opened(show: Callable[..., Any]) -> Any:
    """Open a map of events of a day, a span, a month, without a date and without a place."""
    events = gpd.GeoDataFrame(
        {
            "type": ["violence.strike"] * 2 + ["hazard.flood"] * 2 + ["deal.trade"],
            "status": ["reported", "reported", "asserted", None, "reported"],
            "start_time": ["2024-03-10", "2024-03-05", "2024-03", None, "2024-03-10"],
            "end_time": [None, "2024-03-12", None, None, None],
            "time_precision": ["day", "day", "month", None, "day"],
            "country": ["SY", "IQ", "SY", "TR", "IQ"],
            "actors": ["Army; Navy", "Navy", None, None, "Army"],
            "confidence": [0.9, 0.4, None, 0.6, 0.2],
        },
        geometry=[Point(36, 34), Point(44, 33), Point(37, 35), Point(35, 39), None],
        crs=4326,
    )  # fmt: skip
    return show(events)


def passing(opened: Any, name: str, value: str) -> list[int]:
    """Return the numbers of the events that pass one setting alone."""
    found: list[int] = opened.page.evaluate(
        f"() => {{ const {{ filter }} = geoevents; filter.reset(); filter.set('{name}', {value});"
        "return [...filter.passes.keys()].filter((i) => filter.passes[i]); }"
    )
    return found


@pytest.mark.parametrize(
    ("name", "value", "events"),
    [
        ("type", "codes('type', 'violence.strike')", [0, 1]),
        ("family", "codes('family', 'hazard', 'deal')", [2, 3, 4]),
        ("status", "codes('status', 'asserted')", [2]),
        ("country", "codes('country', 'IQ')", [1, 4]),
        ("actor", "codes('actor', 'Army')", [0, 4]),
        ("type", "[]", []),
        ("type", "null", [0, 1, 2, 3, 4]),
        # What has no confidence is not doubted.
        ("confidence", "60", [0, 2, 3]),
        # An event passes whose time meets the range; what has no date is shown until one says no.
        ("time", f"[{MARCH_10}, {MARCH_10}]", [0, 1, 2, 3, 4]),
        ("time", f"[{MARCH_1}, {MARCH_1 + 2}]", [2, 3]),
        ("time", f"[{MARCH_31 + 1}, {MARCH_31 + 9}]", [3]),
        ("undated", "false", [0, 1, 2, 4]),
    ],
)
def test_a_setting_lets_its_events_pass(
    opened: Any, name: str, value: str, events: list[int]
) -> None:
    """Each by its own dimension; several actors or countries count each."""
    opened.page.evaluate(
        "() => { window.codes = (name, ...wanted) =>"
        "wanted.map((one) => geoevents.store.values[name].indexOf(one)); }"
    )
    assert passing(opened, name, value) == events
    assert opened.page.evaluate("geoevents.filter.count") == len(events)
    opened.check()


def test_counts_are_of_what_the_other_settings_leave(opened: Any) -> None:
    """A dimension's own setting does not empty its other values."""
    counts = opened.page.evaluate(
        "() => { const { filter, store } = geoevents;"
        "filter.set('type', [store.values.type.indexOf('violence.strike')]);"
        "filter.set('confidence', 50);"
        "const named = (name) => Object.fromEntries("
        "filter.counts(name).map((count, code) => [store.values[name][code], count]));"
        "return [named('type'), named('actor'), named('country'), filter.count]; }"
    )
    assert counts == [
        {"violence.strike": 1, "hazard.flood": 2, "deal.trade": 0},
        {"Army": 1, "Navy": 1},
        {"SY": 1, "IQ": 0, "TR": 0},
        1,
    ]


def test_the_histogram_leaves_the_time_out(opened: Any) -> None:
    """Its bars are of the starts of all that passes everything else."""
    bars = opened.page.evaluate(
        "() => { const { filter } = geoevents;"
        f"filter.set('time', [{MARCH_1}, {MARCH_1}]);"
        f"const all = filter.histogram(31, {MARCH_1}, {MARCH_31});"
        "filter.set('confidence', 90);"
        f"return [all, filter.histogram(31, {MARCH_1}, {MARCH_31})]; }}"
    )
    assert [{day + 1: n for day, n in enumerate(one) if n} for one in bars] == [
        {1: 1, 5: 1, 10: 2},
        {1: 1, 10: 1},
    ]


def test_the_state_holds_what_is_not_as_at_the_start(opened: Any) -> None:
    """It can be set again as it is, and a reset forgets it."""
    state = {"off": ["event.hazard"], "type": [0, 1], "confidence": 30, "undated": False}
    assert opened.page.evaluate(
        "(state) => { geoevents.filter.assign(state); return geoevents.filter.state(); }", state
    ) == state  # fmt: skip
    assert (
        opened.page.evaluate("() => { geoevents.filter.reset(); return geoevents.filter.state(); }")
        == {}
    )


def test_those_who_listen_hear_what_changed(opened: Any) -> None:
    """Once per change, with the names of the settings."""
    heard = opened.page.evaluate(
        "() => { const heard = []; const { filter } = geoevents;"
        "geoevents.on('filter', (names) => heard.push([...names].sort()));"
        "filter.set('confidence', 10); filter.assign({ undated: false, confidence: 20 });"
        "filter.reset('confidence'); filter.reset('confidence'); return heard; }"
    )
    assert heard == [["confidence"], ["confidence", "undated"], ["confidence"]]
