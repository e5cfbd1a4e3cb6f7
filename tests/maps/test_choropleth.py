"""Events are counted in the area that the table names, else in the one they lie in."""

import itertools

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

import maps
from maps import choropleth, events, table, words


def counted(frame: gpd.GeoDataFrame, level: str, **options: object) -> dict[str, list[int]]:
    """Return the events of each area."""
    read = table.read(frame)
    made = choropleth.choropleth(read, level, **options).as_json(-180, events.gather(read))
    found: dict[str, list[int]] = {area["id"]: [] for area in made["areas"]}
    for event, area in zip(made["event"], made["area"], strict=True):
        found[made["areas"][area]["id"]].append(event)
    return found


def frame(*rows: dict[str, object]) -> gpd.GeoDataFrame:
    """Return rows as a table."""
    filled = [{"type": "diplomacy.visit", "country": None, "admin1": None, **row} for row in rows]
    return gpd.GeoDataFrame(filled, geometry="geometry", crs="EPSG:4326")


BAKU, OVDA, AT_SEA = Point(49.87, 40.41), Point(34.94, 29.94), Point(-30, 30)
DIVISIONS = gpd.GeoDataFrame(
    {
        "area_id": ["x:west", "x:east"],
        "name": ["West", "East"],
        "place_names": [{"ar": "الغرب"}, None],
    },
    geometry=[box(40, 30, 45, 45), box(45, 30, 55, 45)],
    crs="EPSG:4326",
)


def test_the_tables_country_decides_also_against_the_map() -> None:
    """What the table says of a place wins over where its point lies."""
    assert counted(frame({"geometry": BAKU, "country": "AM"}), "country") == {"AM": [0]}


def test_without_a_country_the_point_decides() -> None:
    """Baku lies in Azerbaijan; the middle of the ocean lies in no country."""
    assert counted(frame({"geometry": BAKU}, {"geometry": AT_SEA}), "country") == {"AZ": [0]}


def test_an_event_counts_once_in_each_of_its_countries() -> None:
    """A flight from Azerbaijan to Israel with two stops there counts in both, once."""
    flight = {"event_id": "e", "type": "movement.flight"}
    rows = [
        flight | {"geometry": LineString([BAKU, OVDA]), "role": "route"},
        flight | {"geometry": BAKU, "role": "origin", "country": "AZ"},
        flight | {"geometry": OVDA, "role": "destination", "country": "IL"},
        flight | {"geometry": OVDA, "role": "location", "country": "IL"},
    ]
    assert counted(frame(*rows), "country") == {"AZ": [0], "IL": [0]}


def test_what_only_sets_the_scene_does_not_count() -> None:
    """Nor does a place known so roughly that it may lie across the border."""
    rows = [
        {"geometry": BAKU, "country": "AZ", "role": "context"},
        {"geometry": BAKU, "uncertainty_km": 90.0},
        {"geometry": BAKU, "place_kind": "country"},
    ]
    assert counted(frame(*rows), "country") == {}


def test_divisions_are_named_by_the_table_or_hold_the_point() -> None:
    """Only those in which something happened are drawn, under the reader's name for them."""
    rows = [{"geometry": BAKU, "admin1": "x:west"}, {"geometry": BAKU}, {"geometry": OVDA}]
    assert counted(frame(*rows), "adm1", areas=DIVISIONS) == {"x:west": [0], "x:east": [1]}
    read = table.read(frame(*rows[:1]))
    made = choropleth.choropleth(read, "adm1", areas=DIVISIONS, words=words.load("ar"))
    (area,) = made.as_json(-180, events.gather(read))["areas"]
    assert area["name"] == "الغرب"
    assert len(area["shape"]) == 1


def test_the_basemap_has_every_country_that_has_a_code() -> None:
    """Kosovo and Norway too, whose codes Natural Earth leaves out in one column."""
    codes = set(choropleth._countries()[0])
    assert {"AZ", "IL", "XK", "NO", "FR", "SD", "SS", "PS", "TW", "EH"} <= codes
    assert len(codes) > 230


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"choropleth": "continent"}, "'continent'.*country or adm1"),
        ({"choropleth": "adm1"}, "'adm1'.*areas"),
        ({"choropleth": "country", "choropleth_scale": "linear"}, "'linear'.*quantile or log"),
    ],
)
def test_a_choropleth_that_cannot_be_made_says_why(options: dict[str, str], told: str) -> None:
    """One sentence that names what was given and what is wanted."""
    with pytest.raises(maps.BadChoroplethError, match=told):
        maps.draw(frame({"geometry": BAKU}), **options)


def test_areas_without_their_columns_are_refused() -> None:
    """The missing column is named."""
    with pytest.raises(maps.MissingColumnError, match="area_id"):
        maps.draw(
            frame({"geometry": BAKU}), choropleth="adm1", areas=DIVISIONS.drop(columns="area_id")
        )


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_classes_can_be_told_apart_without_colour() -> None:
    """Each class is a clear step darker than the one before, in the dark a clear step lighter."""
    ramps = maps.style.load().choropleth
    for name, sign in (("light", -1), ("dark", 1)):
        steps = [luminance(colour) + 0.05 for colour in ramps[name]]
        ratios = [(b / a) ** sign for a, b in itertools.pairwise(steps)]
        assert min(ratios) > 1.2
