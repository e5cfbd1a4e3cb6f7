"""The page gets everything it shows, and shows nothing that the table does not say."""

import runpy
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from pyproj import Geod
from shapely import LineString, Point, box

from maps import errors, island, table
from maps.layers import places

GEOD = Geod(ellps="WGS84")
NOTHING = table.read(gpd.GeoDataFrame({"type": []}, geometry=[], crs="EPSG:4326"))


page = runpy.run_path(str(Path(__file__).parent / "pages.py"))["page"]


def points_of(read: Any) -> list[tuple[float, float]]:
    """Return the positions of a page's points in degrees."""
    held = read.core["points"]
    return [(lon / 1e5, lat / 1e5) for lon, lat in zip(held["lon"], held["lat"], strict=True)]


def test_a_flight_known_by_its_ends_is_an_inferred_geodesic(news: gpd.GeoDataFrame) -> None:
    """The two-point line of the table becomes the course from Baku to Ovda."""
    (route,) = page(news).shapes("route")
    ((flat,),) = route["shape"]
    assert route["layer"] == "route.flight"
    assert route["basis"] == "inferred"
    assert flat[:2] == [49.8671, 40.4093]
    assert flat[-2:] == [34.9358, 29.9403]
    drawn = GEOD.line_length(flat[::2], flat[1::2])
    assert drawn == pytest.approx(GEOD.inv(49.8671, 40.4093, 34.9358, 29.9403)[2], rel=1e-6)
    assert len(flat) > 30


def test_a_landing_without_an_origin_has_a_point_and_no_route(news: gpd.GeoDataFrame) -> None:
    """Only the flight whose two ends are stated has a line."""
    read = page(news)
    landing = next(i for i, event in enumerate(read.events()) if event.get("count") == 1)
    assert not any(landing == event for one in read.core["shapes"] for event, _ in one["refs"])
    assert read.core["points"]["event"].count(landing) == 1


@pytest.mark.parametrize("kind", ["river", "coast"])
def test_a_river_and_a_coast_are_none_of_the_borders(news: gpd.GeoDataFrame, kind: str) -> None:
    """Their lines stand among the other areas of the legend."""
    told = news.assign(place_kind=[kind] * len(news))
    lines = [one for one in page(told).core["shapes"] if one["kind"] in {"border", "band"}]
    assert lines
    assert {one["layer"] for one in lines} == {"zone.other"}


def test_a_border_zone_is_a_line_with_a_band(news: gpd.GeoDataFrame) -> None:
    """The band reaches as far from the line as the place is uncertain."""
    read = page(news)
    (border,) = read.shapes("border")
    (band,) = read.shapes("band")
    assert border["layer"] == band["layer"] == "zone.border"
    south = min(band["shape"][0][0][1::2])
    assert GEOD.inv(48.85, 38.45, 48.85, south)[2] / 1000 == pytest.approx(30, rel=0.01)


def test_an_uncertainty_as_wide_as_the_border_is_long_makes_no_band(
    news: gpd.GeoDataFrame,
) -> None:
    """It tells how far the border reaches: a band of that width would drown two countries."""
    read = page(news.assign(uncertainty_km=150.0))
    assert len(read.shapes("border")) == 1
    assert read.shapes("band") == []


def test_an_area_is_on_the_layer_of_its_kind_of_event(news: gpd.GeoDataFrame) -> None:
    """Clashes make a conflict zone; an area of any other event is another area."""
    assert [one["layer"] for one in page(news).shapes("area")] == ["zone.conflict"]
    calm = news.assign(type="diplomacy.meeting", family=None)
    assert {one["layer"] for one in page(calm).shapes("area")} == {"zone.other"}


def test_context_is_a_faint_place_and_no_event(news: gpd.GeoDataFrame) -> None:
    """Iran, which only sets the scene, is no point on an event layer."""
    read = page(news)
    faint = [place for place in read.core["places"] if place.get("faint")]
    assert [place["country"] for place in faint] == ["IR"]
    assert (51.4215, 35.6944) not in points_of(read)


def test_an_event_without_a_place_is_listed_and_not_drawn(news: gpd.GeoDataFrame) -> None:
    """No stated place, no pin."""
    read = page(news)
    appeal = next(n for n, one in enumerate(read.events()) if one["type"] == "statement.appeal")
    assert all(appeal != event for one in read.core["shapes"] for event, _ in one["refs"])
    assert appeal not in read.core["points"]["event"]


def test_coincident_lines_are_one_line_of_several_events() -> None:
    """Ten flights on one route are drawn once and refer to all ten."""
    line = LineString([(49.8671, 40.4093), (34.9358, 29.9403)])
    events = gpd.GeoDataFrame(
        {"type": ["movement.flight"] * 10, "role": ["route"] * 10},
        geometry=[line] * 10,
        crs="EPSG:4326",
    )
    (route,) = page(events).shapes("route")
    assert [event for event, _ in route["refs"]] == list(range(10))


def test_points_are_never_moved() -> None:
    """Events at one place keep its coordinates to the metre."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 3}, geometry=[Point(36.12345, 33.54321)] * 3, crs="EPSG:4326"
    )
    assert set(points_of(page(events))) == {(36.12345, 33.54321)}


@pytest.mark.parametrize(("km", "circle"), [(None, False), (5.0, False), (5.1, True)])
def test_an_uncertain_point_has_a_circle(km: float | None, *, circle: bool) -> None:
    """From more than five kilometres the uncertainty is drawn."""
    events = gpd.GeoDataFrame(
        {"type": ["violence.strike"], "uncertainty_km": [km]},
        geometry=[Point(36, 33)],
        crs="EPSG:4326",
    )
    read = page(events)
    assert read.core["points"]["km"] == [km if circle else 0]
    assert ("uncertain" in read.head["legend"]["marks"]) is circle


def test_the_legend_has_only_what_is_there(news: gpd.GeoDataFrame) -> None:
    """Layers, bases and marks are those of this table."""
    head = page(news).head
    assert [layer["id"] for layer in head["layers"]] == [
        "route.flight", "zone.conflict", "zone.border", "event.movement", "event.diplomacy",
        "places",
    ]  # fmt: skip
    assert head["legend"] == {
        "bases": ["stated", "inferred", "schematic"],
        "marks": ["direction", "origin", "band", "disputed", "context_place"],
    }


def test_layers_count_events_and_not_rows(news: gpd.GeoDataFrame) -> None:
    """Two flights with three stated ends are two events."""
    counts = {layer["id"]: layer["count"] for layer in page(news).head["layers"]}
    assert counts["event.movement"] == 2


def test_an_empty_table_makes_an_empty_map() -> None:
    """No events, no layers, no bounds, no complaint."""
    events = gpd.GeoDataFrame({"type": []}, geometry=[], crs="EPSG:4326")
    read = page(events)
    assert (read.events(), read.head["layers"], read.head["bounds"]) == ([], [], None)
    assert read.core["events"]["first"] == [0]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//example.org/a", False),
        ("https://[broken", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_web_addresses_become_links(url: str, *, kept: bool) -> None:
    """Anything but http and https stays out of the page's links."""
    assert (island.safe_url(url) == url) is kept


def test_how_far_an_area_reaches_is_no_uncertainty(news: gpd.GeoDataFrame) -> None:
    """Only points and lines are "within so many kilometres"; an area shows its own extent."""
    events = page(news.assign(uncertainty_km=34.0)).events()
    spots = {event["type"]: event["places"][0] for event in events}
    assert "km" not in spots["violence.armed_clash"]
    assert spots["diplomacy.visit"]["km"] == 34.0


def test_a_place_is_named_in_the_readers_language(news: gpd.GeoDataFrame) -> None:
    """The name of the gazetteer beside the name of the text."""
    spots = [spot for event in page(news).events() for spot in event["places"]]
    baku = next(spot for spot in spots if spot.get("id") == "geonames:587084")
    assert (baku["label"], baku["place"]) == ("Baku", "باكو")


def test_a_span_of_another_sentence_marks_nothing() -> None:
    """A place in another sentence than the event's must not mark words in this one."""
    events = gpd.GeoDataFrame(
        {
            "type": ["a.b", "a.b"],
            "event_id": ["e", "e"],
            "evidence": ["First sentence.", "Second sentence."],
            "place_start": [0, 0],
            "place_end": [5, 6],
        },
        geometry=[Point(0, 0), Point(1, 1)],
        crs="EPSG:4326",
    )
    first, second = page(events).events()[0]["places"]
    assert first["span"] == [0, 5]
    assert "span" not in second


def test_places_need_a_name_and_a_position() -> None:
    """The error says which column is missing."""
    with pytest.raises(KeyError, match="'lat'"):
        places.places(NOTHING, pd.DataFrame({"name": ["Baku"]}))
    with pytest.raises(KeyError, match="'name'"):
        places.places(NOTHING, pd.DataFrame({"lat": [1.0], "lon": [1.0]}))


@pytest.mark.parametrize(("column", "cell"), [("lat", "north"), ("score", "high"), ("count", 1.5)])
def test_a_cell_of_the_places_that_does_not_fit_is_named(column: str, cell: object) -> None:
    """The error names column and row, as for events."""
    row = {"name": "Baku", "lat": 40.4, "lon": 49.9, column: cell}
    with pytest.raises(errors.BadValueError, match=f"'{column}', row 0"):
        places.places(NOTHING, pd.DataFrame([row]))


def test_a_place_is_a_dot_on_its_own_geometry() -> None:
    """A crescent's dot lies on the crescent, where its centroid would not."""
    crescent = box(0, 0, 10, 10).difference(box(2, 2, 10, 10))
    table_ = gpd.GeoDataFrame({"name": ["crescent"]}, geometry=[crescent], crs="EPSG:4326")
    (place,) = places.places(NOTHING, table_)
    assert crescent.contains(Point(place.position[0]))
