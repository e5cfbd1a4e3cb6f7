"""Reports are one event when place, time, type and details agree well enough."""

import pytest

from gazetteer.data import load_toml
from geoevents.grouping.agreement import alike, distance_km
from geoevents.ontology import event_types

from .made import country, on, report, town

IDLIB = town("Idlib", 35.93, 36.63)  # 57 km from Aleppo
NEIGHBOUR = town("Neighbour", 36.37, 37.16)  # 19 km
SUBURB = town("Suburb", 36.25, 37.1, radius_km=3.0)  # 8 km from its point


def differing(*changes):
    """Return a report for each set of changes."""
    return [report(event_id=f"x-{i}", **change) for i, change in enumerate(changes)]


@pytest.mark.parametrize(
    "changes",
    [
        ({}, {}),
        ({}, {"values": (("killed", 5),)}),  # a toll that another newsroom counted otherwise
        ({}, {"values": ()}),
        ({}, {"spots": (SUBURB,), "values": ()}),  # a part of the city
        ({}, {"spots": (NEIGHBOUR,)}),  # within the uncertainty of both, and the same number
        ({}, {"type": "violence.attack"}),  # a vaguer word, and the same number
        ({}, {"status": "reported"}),
        ({}, {"status": "negated"}),  # denied by one: told by both, differently
        ({}, {"time": on(assumed=True)}),
        ({}, {"time": on(0, 1, assumed=True)}),  # published the day after, with the same number
        ({}, {"spots": (country(),)}),  # the country alone, and the same number
        ({}, {"time": on(-3, 27)}),  # the month alone, and the same number
        ({"time": on(0, 365)}, {"time": on(0, 365)}),  # the same year and the same number
        (
            {"spots": (), "actors": ("IR",), "targets": ("US",), "values": ()},
            {"spots": (), "actors": ("IR",), "targets": ("US",), "values": ()},
        ),
    ],
)
def test_one_event(newsroom, changes):
    """What two newsrooms may say of one event."""
    assert newsroom.same(*differing(*changes))


@pytest.mark.parametrize(
    "changes",
    [
        ({}, {"time": on(1)}),  # the day after
        ({}, {"spots": (IDLIB,)}),  # the next town
        ({}, {"spots": (NEIGHBOUR,), "values": ()}),  # a city beside it
        ({}, {"type": "unrest.protest"}),
        ({}, {"type": "violence.attack", "values": ()}),
        ({}, {"status": "hypothetical"}),
        ({}, {"values": (("killed", 40),)}),
        ({}, {"time": on(0, 1, assumed=True), "values": ()}),
        ({}, {"spots": (country(),), "values": ()}),  # a country has many strikes a day
        ({}, {"spots": (country("IQ"),)}),
        ({}, {"time": on(-3, 27), "values": ()}),
        ({}, {"time": on(-63, 300)}),  # a day in a year that had many
        ({}, {"time": None}),
        ({}, {"spots": ()}),
        ({"time": None}, {"time": None}),
        (
            {"actors": ("RU",), "values": ()},
            {"actors": ("UA",), "values": ()},
        ),
        (
            {"spots": (), "actors": ("IR",), "targets": ("US",)},
            {"spots": (), "actors": ("IR",), "targets": ("GB",)},
        ),
        (
            {"type": "movement.flight", "spots": (town(role="origin"),)},
            {"type": "movement.flight", "spots": (town(role="destination"),)},
        ),
    ],
)
def test_two_events(newsroom, changes):
    """What tells an event from another one like it."""
    assert not newsroom.same(*differing(*changes))


def test_tolls_of_disasters_rise(newsroom):
    """The first and the last count of an earthquake's dead are of one earthquake."""
    first, last = ({"type": "hazard.earthquake", "values": (("killed", n),)} for n in (3, 400))
    assert newsroom.same(*differing(first, last))


def test_a_route_is_compared_end_by_end(newsroom):
    """Flights from one town to two others are two flights."""
    start, end = town(role="origin"), town("Homs", 34.73, 36.72, role="destination")
    other = town("Hama", 35.13, 36.75, role="destination")
    flights = differing(
        {"type": "movement.flight", "spots": (start, end)},
        {"type": "movement.flight", "spots": (start, other)},
    )
    assert not newsroom.same(*flights)
    assert newsroom.same(*differing(*[{"spots": (start, end)}] * 2))


def test_places_at_the_date_line_and_the_poles_are_near(newsroom):
    """Cells are cut in space, not in degrees."""
    for lat, lon in ((-17.8, 180.0), (89.99, 0.0)):
        west = town("West", lat, lon - 0.01)
        east = town("East", lat, -179.99 if lon else 170.0)
        assert distance_km(west, east) < 5
        assert newsroom.same(*differing({"spots": (west,)}, {"spots": (east,)}))


def test_types_that_are_alike_are_types():
    """The table of alike types names types of the ontology, and is symmetric."""
    rows = load_toml("ontology", "grouping.toml")["alike"]
    assert {name for row in rows for name in row} <= set(event_types())
    assert all(one in alike(other) for row in rows for one in row for other in row)


def test_alikeness_does_not_chain(newsroom):
    """A shelling and a bombing are not one event because an attack may be either."""
    kinds = [{"type": f"violence.{kind}"} for kind in ("attack", "shelling", "bombing")]
    articles = [newsroom.article(r) for r in differing(*kinds)]
    groups = [row[0].id for row in newsroom.groups(*articles)]
    assert groups[1] != groups[2]
