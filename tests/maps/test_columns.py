"""What the page's columns say is what the table says."""

import json
import runpy
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import GeometryCollection, LineString, MultiPoint, Point

import maps
from maps import thinning

HERE = Path(__file__).parent
page = runpy.run_path(str(HERE / "pages.py"))["page"]
#: Markup, a template, control and bidi characters, a line separator, half a surrogate pair.
HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}${x}`\x00\x07\u202e\u2066\u2028\ud800\"'\\"
DAY = "2020-09-24"


def day(iso: str) -> int:
    """Return the number of a day since 1970."""
    return int(np.datetime64(iso, "D").astype(int))


def frame(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return an event table with a point per row, unless it has another geometry."""
    shapes = [row.pop("geometry", Point(10, 20)) for row in rows]
    table = pd.DataFrame([{"type": "diplomacy.visit", **row} for row in rows])
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326")


def test_every_column_comes_back(news: gpd.GeoDataFrame) -> None:
    """All that the table says of the flight stands in the page."""
    flight = page(news).events()[0]
    route, origin, destination = flight.pop("places")
    evidence = flight.pop("evidence")
    assert evidence == news["evidence"][0]
    assert evidence[slice(*flight.pop("trigger"))] == "وصلت"
    assert flight == {
        "type": "movement.flight", "title": "Flight", "family": "movement", "status": "reported",
        "aspect": "single", "precision": "day", "start": day(DAY), "country": "AZ",
        "source": "example.org", "actors": ["طائرتا شحن"], "confidence": 90, "first": 0,
        "time_text": "يوم الخميس", "count": 2, "published": "2020-09-30", "lang": "ar",
        "source_title": "نشرة تجريبية", "source_url": "https://example.org/article",
        "doc_id": "article-1",
    }  # fmt: skip
    assert route == {"role": "route", "basis": "inferred"}
    assert evidence[slice(*origin.pop("span"))] == "باكو"
    assert origin == {
        "place": "باكو", "label": "Baku", "role": "origin", "basis": "stated", "country": "AZ",
        "id": "geonames:587084", "kind": "city", "score": 0.99,
        "alternatives": [
            {"name": "Baku", "country": "NG", "place_id": "geonames:1", "kind": "village",
             "score": 0.01},
        ],
    }  # fmt: skip
    assert destination["label"] == "Ovda Airbase"


def test_columns_of_a_long_table_come_back() -> None:
    """Over several chunks, with abbreviated sentences, each event keeps its own cells."""
    n = 9_000
    numbers = np.arange(n)
    table = gpd.GeoDataFrame(
        {
            "type": "violence.strike",
            "evidence": [f"ضربت طائرة مسيرة مستودع الوقود رقم {i} قرب الميناء" for i in numbers],
            "place": [f"place {i % 70}" for i in numbers],
            "actors": [f"a{i % 3}; b{i % 5}" if i % 7 else None for i in numbers],
            "score": (numbers % 100) / 100,
            "start_time": pd.Timestamp(DAY) + pd.to_timedelta(numbers % 800, unit="D"),
        },
        geometry=gpd.points_from_xy(numbers % 180, numbers % 90),
        crs="EPSG:4326",
    )
    read = page(table)
    events = read.events()
    assert len(read.chunks) > 2
    assert read.words
    assert [event["evidence"] for event in events] == table["evidence"].tolist()
    assert [event["places"][0]["place"] for event in events] == table["place"].tolist()
    assert [event["places"][0].get("score") for event in events] == table["score"].tolist()
    assert [event["start"] for event in events] == [day(DAY) + i % 800 for i in numbers]
    stated = [cell.split("; ") if isinstance(cell, str) else [] for cell in table["actors"]]
    assert [event["actors"] for event in events] == stated
    assert read.core["points"]["event"] == numbers.tolist()
    assert read.core["points"]["lon"] == (numbers % 180 * 100_000).tolist()


def test_hostile_text_is_no_code_in_any_column() -> None:
    """Each text column keeps its characters, and the page's source has none of its markup."""
    texts = (
        "type", "family", "label", "status", "aspect", "role", "time_text", "time_precision",
        "place", "place_id", "place_kind", "country", "geometry_basis", "viewpoint", "dispute",
        "actors", "targets", "money", "evidence", "lang", "source_title", "source_url", "source",
        "doc_id", "event_id",
    )  # fmt: skip
    cells = dict.fromkeys(texts, HOSTILE) | {
        "place_names": json.dumps({"en": HOSTILE}),
        "alternatives": json.dumps([{"name": HOSTILE, "country": HOSTILE, "score": float("nan")}]),
        "casualties": json.dumps([{"text": HOSTILE}]),
        "start_time": DAY,
    }
    html = maps.draw(frame([cells, cells]), title=HOSTILE, lang="en").to_html()
    assert "<img src=x" not in html
    assert html.encode()
    read = page(frame([cells]))
    shown = HOSTILE.replace("\ud800", "\ufffd")
    (event,) = read.events()
    (place,) = event["places"]
    same = ("type", "title", "status", "aspect", "precision", "source", "evidence", "targets",
            "time_text", "money", "source_title", "doc_id", "viewpoint", "lang")  # fmt: skip
    assert {name: event[name] for name in same} == dict.fromkeys(same, shown)
    assert event["casualties"] == event["actors"] == [shown]
    assert "source_url" not in event
    assert place["place"] == place["country"] == place["id"] == place["kind"] == shown
    assert place["alternatives"] == [{"name": shown, "country": shown}]
    assert place["basis"] == "schematic"
    assert event["family"] == "other"


BAKU = {"und": "Baku", "ar": "باكو", "fr": "Bakou"}
KHARKIV = {"und": "Kharkiv", "ru": "Харьков"}
OVDA = {"en": "Ovda", "he": "עובדה"}


@pytest.mark.parametrize(
    ("lang", "place", "names", "shown"),
    [
        ("en", "باكو", BAKU, {"label": "Baku"}),
        ("en-GB", "Харькове", KHARKIV, {"label": "Kharkiv"}),
        ("tr", "باكو", BAKU, {"label": "Baku"}),
        ("es", "עובדה", OVDA, {"label": "Ovda"}),
        ("fr", "باكو", BAKU, {"label": "Bakou", "canonical": "Baku"}),
        ("ar", "باكو", BAKU, {"canonical": "Baku"}),
        ("he", "Харькове", KHARKIV, {"canonical": "Kharkiv"}),
        ("ru", "Харькове", KHARKIV, {"label": "Харьков", "canonical": "Kharkiv"}),
        ("en", "Baku", BAKU, {}),
        ("en", "باكو", {"ar": "باكو"}, {}),
        ("en", "باكو", None, {}),
    ],
)
def test_a_reader_of_latin_letters_sees_the_gazetteer_s_name(
    lang: str, place: str, names: dict[str, str] | None, shown: dict[str, str]
) -> None:
    """Own language first, then the gazetteer's name, then the text's; the page knows all three."""
    (event,) = page(frame([{"place": place, "place_names": names}]), lang=lang).events()
    (spot,) = event["places"]
    known = {name: spot[name] for name in ("label", "canonical") if name in spot}
    assert (spot["place"], known) == (place, shown)


def test_a_title_of_ten_thousand_characters_is_kept() -> None:
    """Cutting is the page's business, not the table's."""
    long = "ع" * 10_000
    assert page(frame([{"source_title": long}])).events()[0]["source_title"] == long


@pytest.mark.parametrize(
    ("cells", "start", "end", "precision"),
    [
        ({"start_time": DAY}, DAY, None, "day"),
        ({"start_time": DAY, "end_time": "2020-09-26"}, DAY, "2020-09-26", "day"),
        ({"start_time": "2016-05-01", "time_precision": "year"},
         "2016-01-01", "2016-12-31", "year"),
        ({"start_time": "2016"}, "2016-01-01", "2016-12-31", "year"),
        ({"start_time": "2016-02", "time_precision": "day"}, "2016-02-01", "2016-02-29", "month"),
        ({"start_time": "2016", "time_precision": "decade"}, "2010-01-01", "2019-12-31", "decade"),
        ({"start_time": "1965-05-01", "time_precision": "decade"},
         "1960-01-01", "1969-12-31", "decade"),
        ({"end_time": "2016-02-10", "time_precision": "open"}, None, "2016-02-10", "open"),
        ({"start_time": "2014", "time_precision": "open"}, "2014-01-01", None, "open"),
        ({"end_time": "2014", "time_precision": "open"}, None, "2014-12-31", "open"),
        ({"end_time": "2016-02", "time_precision": "month"}, None, "2016-02-29", "month"),
        ({"time_precision": "day"}, None, None, None),
        ({"start_time": pd.Timestamp("2020-09-24T23:30+03:00")}, DAY, None, "day"),
        ({"start_time": "0800-01-01"}, "0800-01-01", None, "day"),
    ],
)  # fmt: skip
def test_dates_reach_as_far_as_they_are_known(
    cells: dict[str, Any], start: str | None, end: str | None, precision: str | None
) -> None:
    """A year is all its days, and a date that is cut is no finer, whatever is stated."""
    (event,) = page(frame([cells])).events()
    wanted = {"start": start and day(start), "end": end and day(end), "precision": precision}
    assert {name: event.get(name) for name in wanted} == wanted


def test_the_newest_article_is_told_where_something_has_no_end() -> None:
    """Until then at least an open-ended event goes on; other pages have no use for the day."""
    since = {"start_time": "2014-01-01", "time_precision": "open", "published": "2020-05-05"}
    until = {"end_time": "2014-01-01", "time_precision": "open", "published": "2021-01-01"}
    assert page(frame([since, {"published": "2020-07-01"}])).head["published"] == day("2020-07-01")
    assert "published" not in page(frame([until])).head
    assert "published" not in page(frame([{**since, "published": None}])).head
    assert "published" not in page(frame([{**since, "time_precision": "day"}])).head


@pytest.mark.parametrize(
    ("cells", "source"),
    [
        ({"source": "agency:reuters", "source_url": "https://example.org/a"}, "reuters"),
        ({"source": "site:example.org; agency:afp"}, "example.org; afp"),
        ({"source_url": "https://www.example.org/a", "source_title": "News"}, "example.org"),
        ({"source_url": "javascript:alert(1)", "source_title": "News"}, "News"),
        ({"source": "document:article-1", "source_title": "News"}, "News"),
        ({"source": "document:article-1", "doc_id": "article-1"}, "article-1"),
        ({"doc_id": "article-1"}, "article-1"),
        ({}, None),
    ],
)
def test_a_source_is_the_first_thing_known_of_it(cells: dict[str, str], source: str | None) -> None:
    """As stated, else the site, the title, the article."""
    assert page(frame([cells])).events()[0].get("source") == source


def test_an_event_is_told_by_the_first_row_that_knows() -> None:
    """Rows of one event need not lie together; context has no say in its country."""
    rows = [
        {"event_id": "a", "role": "context", "country": "IR"},
        {"event_id": "b", "country": "FR"},
        {"event_id": "a", "country": "AZ", "actors": "x", "evidence": "One two."},
        {"event_id": "a", "country": "IL", "actors": "y", "evidence": "Three."},
    ]
    first, second = page(frame(rows)).events()
    assert (first["country"], first["actors"], first["evidence"]) == ("AZ", ["x"], "One two.")
    assert [place["country"] for place in first["places"]] == ["IR", "AZ", "IL"]
    assert second["country"] == "FR"


def test_a_runner_up_keeps_what_is_a_number() -> None:
    """A score that is text, infinite or beyond all floats is none, and no reason to stop."""
    cells = [{"name": "Baku", "score": score} for score in ("high", float("inf"), 10**400, 0.12345)]
    (event,) = page(frame([{"alternatives": cells}])).events()
    scores = [other.get("score") for other in event["places"][0]["alternatives"]]
    assert scores == [None, None, None, 0.123]


def test_spans_that_make_no_sense_mark_nothing() -> None:
    """A trigger that ends before it begins, or has no end, is none."""
    rows = [
        {"evidence": "One two.", "trigger_start": 4, "trigger_end": 2, "place_start": 0},
        {"evidence": "One two.", "trigger_start": 0, "trigger_end": 3, "place_end": 3},
    ]
    one, two = page(frame(rows)).events()
    assert "trigger" not in one
    assert two["trigger"] == [0, 3]
    assert not any("span" in event["places"][0] for event in (one, two))


def test_points_are_found_wherever_they_are() -> None:
    """In points of several parts and in collections, also nested ones and beside lines."""
    nested = GeometryCollection([MultiPoint([(1, 1), (2, 2)]), LineString([(0, 0), (1, 0)])])
    rows = [
        {"geometry": MultiPoint([(3, 3), (4, 4)])},
        {"geometry": GeometryCollection([nested, Point(5, 5)])},
        {"geometry": None},
        {"geometry": Point(180, -90)},
    ]
    held = page(frame(rows)).core["points"]
    found = zip(held["event"], held["lon"], strict=True)
    assert sorted(found) == [
        (0, 300_000), (0, 400_000), (1, 100_000), (1, 200_000), (1, 500_000), (3, -18_000_000),
    ]  # fmt: skip


def test_positions_lie_east_of_the_page_s_edge() -> None:
    """Where the map is cut open elsewhere, longitudes run on over 180 degrees."""
    read = page(frame([{"geometry": Point(178, -18)}, {"geometry": Point(-172, -13)}]))
    assert sorted(read.core["points"]["lon"]) == [17_800_000, 18_800_000]
    assert read.head["bounds"] == [[-18.0, 178.0], [-13.0, 188.0]]


def test_a_line_of_a_mixed_table_refers_to_its_own_row() -> None:
    """Among many points the row of a route is still its own."""
    line = LineString([(10, 10), (20, 20)])
    rows: list[dict[str, Any]] = [{} for _ in range(20)]
    rows[13] = {"geometry": line, "type": "movement.flight", "role": "route"}
    (route,) = page(frame(rows)).shapes("route")
    assert route["refs"] == [[13, 13]]


def big(n: int, *, spread: float) -> gpd.GeoDataFrame:
    """Return a table of one event a day, the oldest first, over so many degrees of longitude."""
    random = np.random.default_rng(1)
    days = pd.Timestamp("2000-01-01") + pd.to_timedelta(np.arange(n) // 50, unit="D")
    return gpd.GeoDataFrame(
        {"type": "violence.strike", "start_time": days, "doc_id": [str(i) for i in range(n)]},
        geometry=gpd.points_from_xy(random.uniform(0, spread, n), random.uniform(0, 60, n)),
        crs="EPSG:4326",
    )


def test_a_big_table_says_what_it_leaves_out() -> None:
    """The newest keep their details; positions lie on the finest grid that leaves few enough."""
    n = 260_000
    table = big(n, spread=1.0)
    read = page(table)
    details, grid = read.head["notes"]
    assert details == {"key": "details", "values": {"shown": thinning.DETAILED, "total": n}}
    held = read.core["points"]
    kept = set(zip(held["lon"], held["lat"], strict=True))
    cell = grid["values"]["degrees"]
    assert grid["key"] == "grid"
    assert cell == thinning.GRIDS[0]
    assert (
        len(kept) == grid["values"]["kept"] <= thinning.MOST_POSITIONS < grid["values"]["positions"]
    )
    assert all(lon % 1000 == lat % 1000 == 0 for lon, lat in kept)
    assert read.head["count"] == read.core["events"]["n"] == held["n"] == n
    start = read.core["events"]["start"]
    assert start == sorted(start, reverse=True)
    shown = [name for chunk in read.chunks for name in chunk["event"]["doc_id"]]
    assert len(shown) == read.head["detailed"] == thinning.DETAILED
    newest = table.sort_values("start_time", ascending=False, kind="stable")["doc_id"]
    assert shown == newest.head(thinning.DETAILED).tolist()


def test_a_big_table_of_few_places_keeps_its_positions() -> None:
    """Only where there are too many positions are they moved."""
    table = big(thinning.MOST_EVENTS + 1, spread=1.0)
    (details,) = page(
        table.set_geometry(gpd.points_from_xy(*np.full((2, len(table)), 1.23456)), crs=4326)
    ).head["notes"]
    assert details["key"] == "details"


@pytest.mark.parametrize("lang", maps.languages())
def test_every_language_has_words_for_what_is_left_out(lang: str) -> None:
    """The phrase names every figure."""
    notes = maps.words.load(lang).sections["notes"]
    assert all(f"{{{name}}}" in notes["details"] for name in ("shown", "total"))
    assert all(f"{{{name}}}" in notes["grid"] for name in ("degrees", "km", "kept", "positions"))


def test_no_position_moves_further_than_is_said() -> None:
    """The note's kilometres hold at the equator, where a degree is longest."""
    random = np.random.default_rng(3)
    lonlat = np.column_stack([random.uniform(-180, 180, 300_000), random.uniform(-90, 90, 300_000)])
    moved, cell = thinning.on_grid(lonlat)
    assert np.abs(moved - lonlat).max() <= cell / 2 + 1e-9
    assert thinning.count_positions(moved) <= thinning.MOST_POSITIONS


def test_who_else_reports_an_event_is_told_with_each_report() -> None:
    """Articles, independent sources and their names; nothing where one article tells it."""
    group = {"group_id": "g", "n_documents": 3, "n_sources": 2}
    rows = [
        {"event_id": "1", "source": "agency:afp", **group},
        {"event_id": "2", "source": "agency:afp", **group},
        {"event_id": "3", "source": "site:example.org", **group},
        {"event_id": "4", "group_id": "h", "n_documents": 1, "n_sources": 1},
        {"event_id": "5"},
    ]
    told = [event.get("reports") for event in page(frame(rows)).events()]
    assert (
        told == [{"documents": 3, "sources": 2, "names": ["afp", "example.org"]}] * 3 + [None] * 2
    )


def test_a_hundred_sources_are_counted_and_not_all_named() -> None:
    """A popup has no room for them."""
    group = {"group_id": "g", "n_documents": 100, "n_sources": 100}
    rows = [{"event_id": str(n), "source": f"site:s{n}.example", **group} for n in range(100)]
    told = page(frame(rows)).events()[50]["reports"]
    assert (told["sources"], told["names"]) == (100, [f"s{n}.example" for n in range(6)])
