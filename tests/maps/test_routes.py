"""Routes over the same stops are one line; tracks are drawn as they were recorded."""

import base64
import gzip
import json
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from pyproj import Geod
from shapely import LineString, MultiLineString, Point, box, transform

from maps import events, geometry, payload, shapes, style, table, words

GEOD = Geod(ellps="WGS84")
BAKU, TBILISI, OVDA = (49.8671, 40.4093), (44.8, 41.7), (34.9358, 29.9403)


def routes(*lines: Any, **cells: Any) -> list[dict[str, Any]]:
    """Return the routes that the page gets of some lines, each an event of its own."""
    columns = {"type": "movement.flight", "role": "route", "geometry_basis": "inferred", **cells}
    rows = {name: [value] * len(lines) for name, value in columns.items()}
    read = table.read(gpd.GeoDataFrame(rows, geometry=[*lines], crs="EPSG:4326"))
    found = shapes.shapes(read, style.load())
    return shapes.as_json(found, events.gather(read), west=-180, style=style.load())


def test_ten_flights_on_one_route_are_one_line() -> None:
    """It refers to all ten, and knows how long it is."""
    (one,) = routes(*[LineString([BAKU, OVDA])] * 10)
    assert [event for event, _ in one["refs"]] == list(range(10))
    assert one["legs"] == [round(GEOD.inv(*BAKU, *OVDA)[2] / 1000, 1)]
    assert one["stops"] == [0, len(one["shape"][0][0]) // 2 - 1]


def test_the_way_back_is_another_line() -> None:
    """Direction matters: three there and two back are two lines with their own counts."""
    there, back = LineString([BAKU, OVDA]), LineString([OVDA, BAKU])
    assert [len(one["refs"]) for one in routes(there, back, there, back, there)] == [3, 2]


def test_other_stops_on_the_way_are_another_route() -> None:
    """The same ends by way of Tbilisi."""
    direct, by_way = routes(LineString([BAKU, OVDA]), LineString([BAKU, TBILISI, OVDA]))
    assert len(direct["legs"]) == 1
    assert by_way["legs"] == [
        round(GEOD.inv(*a, *b)[2] / 1000, 1) for a, b in ((BAKU, TBILISI), (TBILISI, OVDA))
    ]
    ((flat,),) = by_way["shape"]
    at = [(flat[2 * stop], flat[2 * stop + 1]) for stop in by_way["stops"]]
    assert at == [BAKU, TBILISI, OVDA]


TOKYO, ANGELES, SUVA, APIA = (139.78, 35.55), (-118.4, 33.94), (178.44, -18.14), (-171.77, -13.83)


def cut(line: Any) -> MultiLineString | LineString:
    """Return a line whose longitudes run on as files have it, cut at 180 degrees."""
    parts = []
    for low in (-540, -180, 180):
        inside = line.intersection(box(low, -90, low + 360, 90))
        if inside.length:
            parts.append(transform(inside, lambda xy, low=low: xy - [low + 180, 0]))
    order = parts if line.coords[0][0] < line.coords[-1][0] else parts[::-1]
    return order[0] if len(order) == 1 else MultiLineString(order)


@pytest.mark.parametrize("spacing_km", [20, 50, 100])
@pytest.mark.parametrize(
    "ends", [(BAKU, OVDA), (TOKYO, ANGELES), (ANGELES, TOKYO), (SUVA, APIA), (APIA, SUVA)]
)
def test_a_geodesic_in_a_file_is_drawn_as_the_line_between_its_ends(
    ends: tuple[Any, Any], spacing_km: float
) -> None:
    """One leg and two stops, whatever a file puts between them, rounded as files round."""
    way = LineString(geometry.geodesic(np.array(ends), spacing_km=spacing_km))
    filed = transform(cut(way), lambda xy: np.round(xy, 6))
    assert routes(filed) == routes(LineString(ends))


def test_a_line_beside_the_geodesic_keeps_its_stops() -> None:
    """Stated, or bent by a user, it is no line between its ends."""
    points = geometry.geodesic(np.array([BAKU, OVDA]))
    (stated,) = routes(LineString(points[::3]), geometry_basis="stated")
    assert len(stated["stops"]) == len(points[::3])
    points[4] += [0, 0.01]
    (bent,) = routes(LineString(points))
    assert len(bent["stops"]) == len(points)


def test_a_stated_line_of_many_points_is_a_track() -> None:
    """Every point of it is drawn; it is never one with a route over the same ends."""
    track = LineString([(20 + n / 10, n % 2 / 10) for n in range(12)])
    (drawn,) = routes(track, geometry_basis="stated")
    assert drawn["track"] is True
    assert "stops" not in drawn
    assert drawn["shape"][0][0] == [round(value, 5) for xy in track.coords for value in xy]
    (guessed,) = routes(track, geometry_basis="inferred")
    assert "track" not in guessed


def test_a_route_cut_at_the_antimeridian_is_one() -> None:
    """As GeoJSON cuts it; the cut is no stop."""
    (one,) = routes(MultiLineString([[(170, 50), (180, 52)], [(-180, 52), (-170, 50)]]))
    assert len(one["legs"]) == 1
    assert one["legs"][0] == pytest.approx(GEOD.inv(170, 50, -170, 50)[2] / 1000, abs=0.1)


@pytest.mark.parametrize(
    "line",
    [LineString(), LineString([(3, 3), (3, 3)]), LineString([(0, 90), (90, 90)]), None],
    ids=["empty", "nowhere", "at the pole", "none"],
)
def test_a_line_that_leads_nowhere_is_not_drawn_and_does_no_harm(line: Any) -> None:
    """The event is listed; there is nothing to draw."""
    drawn = routes(line)
    assert all(leg == 0 for one in drawn for leg in one["legs"])


def test_a_line_with_heights_is_flat() -> None:
    """Three dimensions read as two."""
    (one,) = routes(LineString([(*BAKU, 9000), (*OVDA, 500)]))
    assert len(one["shape"][0][0]) % 2 == 0
    assert one["shape"][0][0][:2] == list(BAKU)


@pytest.fixture
def strikes() -> gpd.GeoDataFrame:
    """Return twelve strikes at four places near each other."""
    return gpd.GeoDataFrame(
        {"type": ["violence.strike"] * 12},
        geometry=[Point(36.25 + n % 4 / 20, 49.98 + n % 2 / 20) for n in range(12)],
        crs="EPSG:4326",
    )


@pytest.mark.parametrize(("options", "kinds"), [({}, ["density"]), ({"coarsened": 25.0}, [])])
def test_nothing_is_computed_from_coarsened_places(
    strikes: gpd.GeoDataFrame, options: dict[str, float], kinds: list[str]
) -> None:
    """A hull around cells would tell what the cells hide, or what is not so."""
    built = payload.build(
        table.read(strikes), [], title=None, words=words.load("en"), software="s", **options
    )
    core = json.loads(gzip.decompress(base64.b64decode(built.core)))
    assert [one["kind"] for one in core["shapes"]] == kinds


@pytest.mark.parametrize(
    ("uncertainty_km", "told"),
    [
        (None, {"legs": [1620.2]}),
        (3.0, {"legs": [1620.2]}),
        (30.0, {"legs": [1620], "about": True}),
        (166.0, {"legs": [1600], "about": True}),
    ],
)
def test_a_length_is_told_no_closer_than_its_ends_are_known(
    uncertainty_km: float | None, told: dict[str, Any]
) -> None:
    """A country is no point: from it to a town are some 1,600 km."""
    ends = LineString([(47.3953, 40.402387), (34.9358, 29.9403)])
    (one,) = routes(ends, uncertainty_km=uncertainty_km)
    assert {name: one[name] for name in ("legs", "about") if name in one} == told
