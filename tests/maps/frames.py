"""Event tables drawn by hand for the map's tests."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, Polygon

BAKU = (49.8671, 40.4093)
OVDA = (34.9358, 29.9403)
TEHRAN = (51.4215, 35.6944)

#: Sentences written for these tests.
FLIGHT = "وصلت طائرتا شحن من طراز IL-76 إلى قاعدة عوفدا قادمتين من باكو يوم الخميس."
LANDING = "هبطت طائرة شحن أذربيجانية في قاعدة عوفدا أمس الثلاثاء."
CLASHES = "تتواصل الاشتباكات المسلحة في إقليم ناغورني قره باغ."
SPYING = "تُستخدم المناطق الحدودية مع إيران لأغراض التجسس."
VISIT = "زار رئيس الحكومة باكو عام 2016."
APPEAL = "طالبت أرمينيا بوقف تصدير السلاح."

#: A rough outline, for drawing only.
KARABAKH = Polygon(
    [(46.2, 40.3), (46.9, 40.35), (47.3, 39.8), (47.1, 39.45), (46.6, 39.4), (46.35, 39.8)]
)
BORDER = LineString([(46.55, 38.9), (47.3, 39.35), (48.0, 39.6), (48.3, 39.0), (48.85, 38.45)])


def span(sentence: str, words: str) -> tuple[int, int]:
    """Return where the words stand in the sentence, in code points."""
    start = sentence.index(words)
    return start, start + len(words)


def row(sentence: str, trigger: str, place: str | None = None, **cells: Any) -> dict[str, Any]:
    """Return one row of the event table, with its spans."""
    start, end = span(sentence, trigger)
    at = span(sentence, place) if place else (None, None)
    return {
        "doc_id": "article-1", "lang": "ar", "published": "2020-09-30", "status": "reported",
        "aspect": "single", "role": "location", "geometry_basis": "stated", "confidence": 0.9,
        "source_title": "نشرة تجريبية", "source_url": "https://example.org/article",
        "evidence": sentence, "trigger_start": start, "trigger_end": end,
        "place": place, "place_start": at[0], "place_end": at[1], "geometry": None, **cells,
    }  # fmt: skip


OVDA_CELLS = {
    "place_id": "icao:LLOV", "place_kind": "airbase", "country": "IL", "score": 0.97,
    "place_names": '{"ar": "عوفدا", "en": "Ovda Airbase"}', "geometry": Point(OVDA),
}  # fmt: skip
BAKU_CELLS = {
    "place_id": "geonames:587084", "place_kind": "city", "country": "AZ", "score": 0.99,
    "place_names": {"ar": "باكو", "en": "Baku"}, "geometry": Point(BAKU),
    "alternatives": '[{"place_id": "geonames:1", "kind": "village", "name": "Baku", '
                    '"country": "NG", "score": 0.01}]',
}  # fmt: skip


def news() -> gpd.GeoDataFrame:
    """Return a flight, a landing, clashes in an area, a border zone, a visit and an appeal."""
    thursday = {
        "event_id": "e1", "type": "movement.flight", "start_time": "2020-09-24", "count": 2,
        "time_text": "يوم الخميس", "actors": "طائرتا شحن", "time_precision": "day",
    }  # fmt: skip
    tuesday = {
        "event_id": "e2", "type": "movement.flight", "start_time": "2020-09-29", "count": 1,
        "time_text": "أمس الثلاثاء", "actors": "طائرة شحن أذربيجانية",
    }  # fmt: skip
    rows = [
        row(FLIGHT, "وصلت", **thursday, role="route", geometry_basis="inferred")
        | {"geometry": LineString([BAKU, OVDA])},
        row(FLIGHT, "وصلت", "باكو", **thursday) | BAKU_CELLS | {"role": "origin"},
        row(FLIGHT, "وصلت", "عوفدا", **thursday) | OVDA_CELLS | {"role": "destination"},
        row(LANDING, "هبطت", "عوفدا", **tuesday) | OVDA_CELLS | {"role": "destination"},
        row(CLASHES, "الاشتباكات", "إقليم ناغورني قره باغ", event_id="e3",
            type="violence.armed_clash", aspect="ongoing", actors="أذربيجان; أرمينيا")
        | {"geometry": KARABAKH, "place_kind": "region", "place_id": "region:nagorno-karabakh",
           "place_names": '{"en": "Nagorno-Karabakh", "ar": "ناغورني قره باغ"}',
           "viewpoint": "de facto, 1994–2020"},
        row(SPYING, "التجسس", "المناطق الحدودية مع إيران", event_id="e4",
            type="intelligence.espionage", aspect="habitual")
        | {"geometry": BORDER, "place_kind": "border", "geometry_basis": "schematic",
           "uncertainty_km": 30.0, "place_names": '{"en": "Iran–Azerbaijan border"}'},
        row(SPYING, "التجسس", "إيران", event_id="e4", type="intelligence.espionage")
        | {"geometry": Point(TEHRAN), "role": "context", "country": "IR"},
        row(VISIT, "زار", "باكو", event_id="e5", type="diplomacy.visit", start_time="2016-01-01",
            time_precision="year", aspect="historical", actors="رئيس الحكومة") | BAKU_CELLS,
        row(APPEAL, "طالبت", event_id="e6", type="statement.appeal", actors="أرمينيا"),
    ]  # fmt: skip
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs="EPSG:4326")


def mentioned() -> pd.DataFrame:
    """Return the places mentioned in the same articles."""
    return pd.DataFrame(
        {
            "name": ["باكو", "عوفدا", "أرمينيا"],
            "place_id": ["geonames:587084", "icao:LLOV", "geonames:174982"],
            "country": ["AZ", "IL", "AM"],
            "lat": [BAKU[1], OVDA[1], 40.2],
            "lon": [BAKU[0], OVDA[0], 44.9],
            "score": [0.99, 0.97, 0.98],
            "count": [3, 2, 4],
            "place_names": [{"en": "Baku"}, {"en": "Ovda"}, {"en": "Armenia"}],
        }
    )
