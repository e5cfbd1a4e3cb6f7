"""Which airfields are kept, as what, and under which names?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.gazetteer_data.airfields import Airfield, build, is_useful, kind_of

OVDA = Airfield(
    icao="LLOV",
    ident="LLOV",
    iata="VDA",
    type="small_airport",
    name="Ovda Airport",
    lat=29.9403,
    lon=34.9358,
    country="IL",
    municipality="Eilat",
    keywords=("Ovda Air Force Base", "Eilat", "LLOV"),
    source="OurAirports",
)
STRIP = replace(
    OVDA, icao="", ident="00AA", iata="", name="Aero B Ranch Airport", country="US", keywords=()
)


def test_a_keyword_makes_an_air_base_only_where_no_airline_flies():
    """Many a civil airport was an air base once and keeps it among its keywords."""
    assert kind_of(OVDA) == "airbase"
    assert kind_of(replace(OVDA, scheduled=True)) == "airport"
    assert kind_of(replace(OVDA, scheduled=True, name="Ramstein Air Base")) == "airbase"


def test_abbreviations_count_only_in_capitals():
    """The word "Ab" is common; the letters "AB" stand for an air base."""
    assert kind_of(replace(OVDA, name="Lajes AB", keywords=())) == "airbase"
    assert kind_of(replace(OVDA, name="Ab Airport", keywords=())) == "airport"


@pytest.mark.parametrize(
    ("field", "useful"),
    [
        (OVDA, True),
        (STRIP, False),
        (replace(STRIP, iata="XYZ"), True),
        (replace(STRIP, scheduled=True), True),
        (replace(STRIP, country="IL"), False),
        (replace(STRIP, country="IL", icao="LLXX"), True),
        (replace(STRIP, type="heliport", country="IL", icao="LLXX"), False),
    ],
)
def test_farm_strips_and_helipads_are_left_out(field, useful):
    """They answer to the names of farms and hospitals, and no news is about them."""
    assert is_useful(field) is useful


def test_codes_are_codes_and_town_names_are_no_airfield_names():
    """A bare "Eilat" among the keywords would draw every event of the town to the runway."""
    (place,) = build([OVDA], set())
    assert [(name.text, name.kind) for name in place.names] == [
        ("Ovda Airport", "official"),
        ("Ovda Air Force Base", "alternate"),
        ("LLOV", "code"),
        ("VDA", "code"),
    ]


def test_the_only_served_airport_of_a_town_answers_to_the_town_and_airport():
    """No source has "Baku Airport"; with two served airports it would be ambiguous."""
    served = replace(OVDA, scheduled=True)
    (place,) = build([served], set())
    assert "Eilat Airport" in {name.text for name in place.names}
    both = build([served, replace(served, icao="LLET", ident="LLET", iata="ETH")], set())
    assert all("Eilat Airport" not in {name.text for name in place.names} for place in both)


def test_two_names_in_one_are_two_names():
    """Joint fields carry a civil and a military name, parted by a slash."""
    (place,) = build([replace(OVDA, name="Anqing Airport / Anqing North Air Base")], set())
    assert [name.text for name in place.names][:2] == ["Anqing Airport", "Anqing North Air Base"]
    (place,) = build([replace(OVDA, name="2/38th INF Heliport")], set())
    assert place.names[0].text == "2/38th INF Heliport"
