"""What the page unpacks is what the table says, for every event of a long table."""

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

#: More than one chunk of details, and enough sentences to be abbreviated.
N = 4_500
COUNTRIES = ("SD", "EG", None)
OPENED = """
async () => {
  const all = [];
  for (let i = 0; i < geoevents.store.n; i++) all.push(await geoevents.detail(i));
  return all;
}
"""
POINTS = """
() => {
  const { points, positions } = geoevents.store;
  return Array.from({ length: points.n }, (_, k) => [
    points.event[k], points.spot[k], positions.lon[points.at[k]], positions.lat[points.at[k]],
  ]);
}
"""


def long_table() -> gpd.GeoDataFrame:
    """Return a table whose rows differ in every column, some of them empty."""
    numbers = np.arange(N)
    return gpd.GeoDataFrame(
        {
            "type": ["violence.strike" if i % 3 else "diplomacy.visit" for i in numbers],
            "event_id": [f"e{i}" for i in numbers],
            "evidence": [f" قصفت  الطائرات مستودع رقم {i} قرب الميناء"[i % 2 :] for i in numbers],
            "place": [f"مكان {i % 70}" for i in numbers],
            "country": [COUNTRIES[i % 3] for i in numbers],
            "actors": [f"a{i % 4}; b{i % 5}" if i % 7 else None for i in numbers],
            "start_time": pd.Timestamp("2020-01-01") + pd.to_timedelta(numbers % 800, unit="D"),
        },
        geometry=gpd.points_from_xy(numbers % 180 + 0.5, numbers % 80 + 0.25),
        crs="EPSG:4326",
    )


def test_every_event_of_a_long_table_unpacks(show: Callable[..., Any]) -> None:
    """Columns that were derived, sentences that were abbreviated, chunks: all read as written."""
    table = long_table()
    opened = show(table)
    events = opened.page.evaluate(OPENED)
    points = opened.page.evaluate(POINTS)
    opened.check()
    assert [one["evidence"] for one in events] == table["evidence"].tolist()
    assert [one["type"] for one in events] == table["type"].tolist()
    assert [one["family"] for one in events] == [one.partition(".")[0] for one in table["type"]]
    assert {one["title"] for one in events} == {"Strike", "Visit"}
    assert [one["places"][0]["place"] for one in events] == table["place"].tolist()
    assert [one.get("country") for one in events] == [COUNTRIES[i % 3] for i in range(N)]
    stated = [cell.split("; ") if isinstance(cell, str) else [] for cell in table["actors"]]
    assert [one["actors"] for one in events] == stated
    first = (pd.Timestamp("2020-01-01") - pd.Timestamp("1970-01-01")).days
    assert [one["start"] for one in events] == [first + i % 800 for i in range(N)]
    assert points == [[i, i, i % 180 + 0.5, i % 80 + 0.25] for i in range(N)]
