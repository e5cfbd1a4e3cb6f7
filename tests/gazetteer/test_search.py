"""A name finds its places, however it is spelt, and the most likely one first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from gazetteer import BadQueryError

BAKU, CAIRO, RIYADH = "geonames:587084", "geonames:360630", "geonames:108410"
PARIS, PARIS_TEXAS = "geonames:2988507", "geonames:4717560"


GEOD = Geod(ellps="WGS84")


def first(gazetteer, name, **options):
    """Return the id of the first place of a name."""
    found = gazetteer.search(name, **options)
    return found[0].place.id if found else None


def km_between(one, other):
    """Return the geodesic distance of two places in kilometres."""
    return GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2] / 1000


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("باكو", BAKU),
        ("Baku", BAKU),
        ("BAKU", BAKU),
        ("Bakı", BAKU),
        ("Баку", BAKU),
        ("באקו", BAKU),
        ("القاهرة", CAIRO),
        ("القاهره", CAIRO),  # ta marbuta written as ha
        ("قاهرة", CAIRO),  # without the article
        ("Al-Qahirah", CAIRO),
        ("الرياض", RIYADH),
        ("رياض", RIYADH),
        ("München", "geonames:2867714"),
        ("Munchen", "geonames:2867714"),
        ("İSTANBUL", "geonames:745044"),
        ("istanbul", "geonames:745044"),
        ("אילת", "geonames:295277"),
        ("أذربيجان", "iso:AZ"),
        ("اذربيجان", "iso:AZ"),
        ("روسيا", "iso:RU"),
        ("U.S.", "iso:US"),
        ("US", "iso:US"),
        ("عوفدا", "icao:LLOV"),
        ("Donbas", "region:donbas"),
        ("דמשק", "geonames:170654"),
    ],
)
def test_a_name_finds_its_place_in_any_spelling(gazetteer, name, place_id):
    """Scripts, case, hamza, ta marbuta, the article and diacritics do not matter.

    The town, or the division that is called after it and lies around it: the names are one.
    """
    found, meant = gazetteer.search(name)[0], gazetteer.get(place_id)
    assert found.match == 1
    assert found.place.country == meant.country
    assert found.place.id == place_id or km_between(found.place, meant) < 250
    assert place_id in {match.place.id for match in gazetteer.search(name, limit=3)}


@pytest.mark.parametrize(
    ("name", "lang", "country"),
    [("تهران", "fa", "IR"), ("طهران", "ar", "IR"), ("Londres", "fr", "GB"), ("Londra", "tr", "GB")],
)
def test_a_name_of_any_language_is_found_without_saying_which(gazetteer, name, lang, country):
    """A word by itself does not tell its language; saying it changes nothing for a clear name."""
    for options in ({}, {"lang": lang}):
        assert gazetteer.search(name, **options)[0].place.country == country


def test_a_code_is_no_word(gazetteer):
    """The word "us" is not the United States, nor "in" India."""
    assert first(gazetteer, "us") != "iso:US"
    assert first(gazetteer, "in") != "iso:IN"


@pytest.mark.parametrize(
    ("name", "options", "place_id"),
    [
        ("Tripoli", {}, "geonames:2210247"),
        ("Tripoli", {"country": "LB"}, "geonames:266826"),
        ("Tripoli", {"country": "lb"}, "geonames:266826"),
        ("طرابلس", {"country": "LB"}, "geonames:266826"),
        ("Georgia", {"kind": "country"}, "iso:GE"),
        ("Georgia", {"kind": "admin1"}, "iso:US-GA"),
        ("Ovda", {"kind": "airbase"}, "icao:LLOV"),
        ("Paris", {}, PARIS),
        ("Paris", {"context": "He drove from Dallas, Texas to Paris."}, PARIS_TEXAS),
        ("Paris", {"context": "France's president spoke in Lyon and Marseille."}, PARIS),
        ("Georgia", {"context": "Atlanta and Savannah, in the US"}, "iso:US-GA"),
        ("Georgia", {"context": "Talks between Tbilisi, Baku and Yerevan"}, "iso:GE"),
    ],
)
def test_country_kind_and_context_steer_the_choice(gazetteer, name, options, place_id):
    """The same name means another place under another light."""
    assert first(gazetteer, name, **options) == place_id


def test_a_country_and_a_kind_are_kept_to(gazetteer):
    """No place of another country or kind is among the answers."""
    found = gazetteer.search("Springfield", country="US", kind="city", limit=50)
    assert len(found) > 1
    assert {(m.place.country, m.place.kind) for m in found} == {("US", "city")}


def test_scores_are_probabilities_best_first(gazetteer):
    """They fall, lie between 0 and 1, and sum to 1 over all places of the name."""
    scores = [match.score for match in gazetteer.search("Springfield", limit=1000)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_than_the_limit(gazetteer, limit):
    """The limit cuts the least likely off."""
    found = gazetteer.search("Springfield", limit=limit)
    assert found == gazetteer.search("Springfield")[:limit]
    assert len(found) == limit


@pytest.mark.parametrize("name", ["xyzzyqq", "", " ", "—", "\ud800", "\u202e", "x" * 10_000])
def test_what_names_nothing_finds_nothing(gazetteer, name):
    """No error and no guess."""
    assert gazetteer.search(name) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"limit": 0}, "0"),
        ({"limit": -1}, "-1"),
        ({"country": "XX"}, "XX"),
        ({"country": ""}, "country code"),
        ({"country": "Azerbaijan"}, "Azerbaijan"),
        ({"kind": "planet"}, "planet"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(gazetteer, options, said):
    """The error repeats it and is a ValueError too."""
    with pytest.raises(BadQueryError, match=said) as error:
        gazetteer.search("Baku", **options)
    assert isinstance(error.value, ValueError)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_any_name_can_be_searched(gazetteer, name):
    """Names come from tables that others wrote."""
    for match in gazetteer.search(name, limit=3):
        assert 0 <= match.match <= 1


def test_every_place_found_is_the_place_got(gazetteer):
    """Search and ``get`` hand out the same places."""
    for match in gazetteer.search("Tripoli"):
        assert gazetteer.get(match.place.id) == match.place


def test_a_place_is_known_by_the_ids_of_other_sources(gazetteer):
    """An airfield by its ICAO and IATA code, a country by GeoNames' number."""
    ovda = gazetteer.get("icao:LLOV")
    for equivalent in ovda.equivalents:
        assert gazetteer.get(equivalent).id == ovda.id
    assert ovda.equivalents


def test_the_index_says_what_it_holds(gazetteer):
    """Counts, versions and the folder."""
    info = gazetteer.info()
    assert info["places"] == sum(info["kinds"].values()) > 240_000
    assert info["names"] > info["keys"] > 500_000
    assert info["kinds"]["country"] >= 193
    assert info["data_version"]
