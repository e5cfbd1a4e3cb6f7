"""What must hold for the table of the annotated article of the benchmark folder."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from geoevents import Article, event_table, find_events

BENCH = os.environ.get("GEOEVENTS_BENCH")
pytestmark = pytest.mark.skipif(not BENCH, reason="GEOEVENTS_BENCH names no benchmark folder")


@pytest.fixture(scope="module")
def table(gazetteer):
    """Return the event table of the annotated article."""
    line = (Path(str(BENCH)) / "gold" / "seed.jsonl").read_text(encoding="utf-8")
    given = json.loads(line)
    article = Article(given["text"], published=date.fromisoformat(given["published"]))
    return event_table([find_events(article, gazetteer)], gazetteer)


def rows(table, event_type, day=None):
    """Return the rows of an event type, of one day if one is given, by role."""
    found = table[table["type"] == event_type]
    if day is not None:
        found = found[found["start_time"] == day]
    return found.set_index("role")


def test_the_thursday_flights_are_a_route_from_baku_to_ovda(table):
    """Two ends told: a route, inferred, and both ends stated."""
    flights = rows(table, "movement.flight", "2020-09-24")
    assert flights.loc["route", "geometry_basis"] == "inferred"
    assert flights.loc["origin", "place_id"] == "geonames:587084"
    assert flights.loc["destination", "place_id"] == "icao:LLOV"


def test_the_tuesday_landing_has_no_invented_origin(table):
    """One end told: a point at Ovda and no route."""
    landing = rows(table, "movement.flight", "2020-09-29")
    assert landing.loc["destination", "place_id"] == "icao:LLOV"
    assert {"route", "origin"}.isdisjoint(landing.index)


def test_the_clashes_are_an_area(table):
    """Nagorno-Karabakh is drawn as the area it is, and said to be disputed."""
    clashes = table[table["place_id"] == "region:nagorno-karabakh"].iloc[0]
    assert (clashes["type"], clashes["place_kind"]) == ("violence.armed_clash", "disputed")
    assert clashes.geometry.geom_type == "MultiPolygon"


def test_the_border_areas_are_a_band_on_the_side_told_of(table):
    """The espionage is placed in a schematic band inside Azerbaijan, along Iran's border."""
    spying = table[table["type"] == "intelligence.espionage"].set_index("place_kind")
    band = spying.loc["zone"]
    assert band["place_id"] == "zone@iso:AZ+iso:IR;iso:AZ"
    assert band["geometry_basis"] == "schematic"
    assert band.geometry.area > 0


def test_the_visit_was_at_baku_in_2016(table):
    """A visit of a year stands at the place visited."""
    visit = rows(table, "diplomacy.visit").loc["location"]
    assert visit["place_id"] == "geonames:587084"
    assert (visit["start_time"].year, visit["time_precision"]) == (2016, "year")
