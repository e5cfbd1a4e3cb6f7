"""The gazetteer answers as a geopy geocoder, with geopy's own meaning of every argument."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import geopandas
import pytest
import shapely
from geopy.adapters import BaseAsyncAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.geocoders import OfflineGeocoder

ALEPPO, BAKU = "geonames:170063", "geonames:587084"
PARIS, PARIS_TEXAS = "geonames:2988507", "geonames:4717560"
TRIPOLI_LEBANON, TRIPOLI_LIBYA = "geonames:266826", "geonames:2210247"
TEXAS_BOX = (Point(36.5, -93.5), Point(25.8, -106.7))


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    """Return the geocoder over the embedded gazetteer."""
    return OfflineGeocoder(gazetteer)


def found_id(geocoder, query, **options):
    """Return the id of the place that a query finds, or None."""
    location = geocoder.geocode(query, **options)
    return location and location.raw["place_id"]


def test_it_is_a_geopy_geocoder_and_answers_with_locations(geocoder):
    """The line, the point, and unpacking as geopy's documentation shows it."""
    assert isinstance(geocoder, Geocoder)
    location = geocoder.geocode("باكو")
    assert isinstance(location, Location)
    address, (lat, lon) = location
    assert address == location.address == str(location) == "Baku, Azerbaijan"
    assert (lat, lon) == (location.latitude, location.longitude) == (40.37767, 49.89201)


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ("Aleppo", ALEPPO),
        ("Aleppo, Syria", ALEPPO),
        ("aleppo,syria", ALEPPO),
        ("Aleppo Syria", ALEPPO),
        ("Syria, Aleppo", ALEPPO),
        ("حلب، سوريا", ALEPPO),
        ("حلب سوريا", ALEPPO),
        ("Paris", PARIS),
        ("Paris, France", PARIS),
        ("Paris, Île-de-France, France", PARIS),
        ("Paris, Texas", PARIS_TEXAS),
        ("Paris, TX", PARIS_TEXAS),
        ("Paris, TX, USA", PARIS_TEXAS),
        ("Paris Texas", PARIS_TEXAS),
        ("Tripoli, Lebanon", TRIPOLI_LEBANON),
        ("Tripoli, LB", TRIPOLI_LEBANON),
        ("Tripoli, Libya", TRIPOLI_LIBYA),
        ("Tbilisi, Georgia", "geonames:611717"),
        ("Athens, Georgia", "geonames:4180386"),
        ("Georgia, United States", "iso:US-GA"),
        ("New York, New York", "geonames:5128581"),
        ("Korea, South", "iso:KR"),
        ("Saint-Denis, Paris", "geonames:2980916"),
        ("Donetsk, Donbas", "geonames:709717"),
        ("Haifa, Middle East", "geonames:294801"),
        ("Alepo, Siria", ALEPPO),
        ("Springfeild, Illinois", "geonames:4250542"),
        ("Paris, Germany", None),
        ("12 Rue de Rivoli, Paris", None),
        ("xyzzyqq", None),
    ],
)
def test_a_query_may_say_what_is_around_the_place(geocoder, query, place_id):
    """Country, division, code, region or city; what does not lie there is no answer."""
    assert found_id(geocoder, query) == place_id


@pytest.mark.parametrize(
    ("query", "place_id"),
    [
        ({"city": "Paris"}, PARIS),
        ({"city": "Paris", "state": "Texas"}, PARIS_TEXAS),
        ({"city": "Paris", "state": "Texas", "country": "US"}, PARIS_TEXAS),
        ({"city": "Paris", "county": "Lamar", "state": "Texas"}, PARIS_TEXAS),
        ({"city": "Paris", "postalcode": "75001", "country": "France"}, PARIS),
        ({"city": "Tripoli", "country": "Lebanon", "state": None}, TRIPOLI_LEBANON),
        ({"state": "Georgia"}, "iso:US-GA"),
        ({"country": "Georgia"}, "iso:GE"),
        ({"country": "fr"}, "iso:FR"),
        ({"city": "Georgia", "country": "France"}, None),
        ({"street": "12 Rue de Rivoli", "city": "Paris"}, None),
        ({"postalcode": "75001"}, None),
    ],
)
def test_a_structured_query_names_its_parts(geocoder, query, place_id):
    """Each part is a place of its own kind; a street is not held, so it is not found."""
    assert found_id(geocoder, query) == place_id


def test_what_is_around_makes_the_score_certain(geocoder):
    """The probability is the one among the places that fit."""
    scores = [geocoder.geocode(q).raw["score"] for q in ("Paris, Texas", "Paris")]
    assert scores[0] == pytest.approx(1, abs=1e-3)
    assert 0.5 < scores[1] < 1


@pytest.mark.parametrize(
    "query", ["", "  ", ",", "، ,", {}, {"city": ""}, {"town": "Paris"}, {"city": 5}, None, 5, b"x"]
)
def test_what_is_no_query_is_refused(geocoder, query):
    """Empty, of unknown parts, or no text at all."""
    with pytest.raises(GeocoderQueryError) as error:
        geocoder.geocode(query)
    assert isinstance(error.value, ValueError)


def test_exactly_one_or_all(geocoder):
    """One location or None; all of them, or an empty list."""
    places = geocoder.geocode("Tripoli", exactly_one=False)
    assert [place.raw["place_id"] for place in places[:2]] == [TRIPOLI_LIBYA, TRIPOLI_LEBANON]
    assert geocoder.geocode("Tripoli") == places[0]
    assert geocoder.geocode("xyzzyqq") is None
    assert geocoder.geocode("xyzzyqq", exactly_one=False) == []


def test_limit_cuts_the_least_likely_off(geocoder):
    """Ten by default; one if exactly one is wanted, whatever the limit."""
    places = geocoder.geocode("Springfield", exactly_one=False)
    assert len(places) == 10
    assert geocoder.geocode("Springfield", exactly_one=False, limit=3) == places[:3]
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit="12")) == 12
    assert geocoder.geocode("Springfield", limit=3) == places[0]
    scores = [place.raw["score"] for place in places]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("limit", [0, -1, "many", [3]])
def test_a_limit_is_a_positive_number(geocoder, limit):
    """As geopy's Nominatim has it, a ValueError."""
    with pytest.raises(ValueError, match="limit"):
        geocoder.geocode("Baku", exactly_one=False, limit=limit)


@pytest.mark.parametrize(
    ("language", "address"),
    [
        (False, "Baku, Azerbaijan"),
        (None, "Baku, Azerbaijan"),
        ("en", "Baku, Azerbaijan"),
        ("en,ar", "Baku, Azerbaijan"),
        ("ar", "باكو, أذربيجان"),
        ("ar-AZ", "باكو, أذربيجان"),
        (["ar"], "باكو, أذربيجان"),
        (("ar", "en"), "باكو, أذربيجان"),
        ("en;q=0.5,ar;q=0.9", "باكو, أذربيجان"),
        ("ar;q=0, en", "Baku, Azerbaijan"),
        ("ru", "Баку, Азербайджан"),
        ("tlh, ru, *", "Баку, Азербайджан"),
    ],
)
def test_language_is_that_of_the_address(geocoder, language, address):
    """An accept-language text or a sequence, the preferred first."""
    location = geocoder.geocode("Baku", language=language)
    assert location.address == location.raw["display_name"]
    # The governorate of the same name may stand in between, under a longer name.
    assert location.address.split(", ")[
        0 :: len(location.address.split(", ")) - 1
    ] == address.split(", ")


@pytest.mark.parametrize("language", ["", [], ()])
def test_no_language_is_the_display_language(geocoder, language):
    """An empty choice is none."""
    assert geocoder.geocode("حلب", language=language).address == "Aleppo, Syria"


@pytest.mark.parametrize("language", ["ar,", "عربي", [5], 5, True, "ar;q=2"])
def test_a_language_is_a_code(geocoder, language):
    """Anything else is refused by name."""
    with pytest.raises(GeocoderQueryError, match="language"):
        geocoder.geocode("Baku", language=language)


@pytest.mark.parametrize(
    ("codes", "place_id"),
    [
        (None, TRIPOLI_LIBYA),
        ([], TRIPOLI_LIBYA),
        ("lb", TRIPOLI_LEBANON),
        ("LB", TRIPOLI_LEBANON),
        (["lb"], TRIPOLI_LEBANON),
        (("Lb", "gr"), TRIPOLI_LEBANON),
        ("lb,gr", TRIPOLI_LEBANON),
        ({"ly", "lb"}, TRIPOLI_LIBYA),
        ("jp", None),
    ],
)
def test_country_codes_restrict_the_answers(geocoder, codes, place_id):
    """One code or many, in any case."""
    assert found_id(geocoder, "Tripoli", country_codes=codes) == place_id


def test_every_answer_lies_in_the_countries(geocoder):
    """Also when several are given, and also against what the query says."""
    places = geocoder.geocode("Paris", exactly_one=False, country_codes=["us", "CA"], limit=50)
    assert {place.raw["country_code"] for place in places} == {"us", "ca"}
    assert geocoder.geocode("Paris, France", country_codes="us") is None


@pytest.mark.parametrize("codes", ["xx", "XX", "Syria", ["sy", "xx"], "s", 5, [5], "sy;lb"])
@pytest.mark.parametrize("query", ["Aleppo", {"street": "x", "city": "Aleppo"}])
def test_an_unknown_country_code_is_refused(geocoder, query, codes):
    """Whether or not it would have mattered."""
    with pytest.raises(GeocoderQueryError, match=r"[Cc]ountry code"):
        geocoder.geocode(query, country_codes=codes)


@pytest.mark.parametrize(
    "viewbox",
    [
        TEXAS_BOX,
        TEXAS_BOX[::-1],
        [Point(25.8, -93.5), Point(36.5, -106.7)],
        ((36.5, -93.5), (25.8, -106.7)),
        ["36.5, -93.5", "25.8, -106.7"],
    ],
)
def test_a_viewbox_is_preferred(geocoder, viewbox):
    """Its corners come in any order and form; places outside come behind."""
    places = geocoder.geocode("Paris", viewbox=viewbox, exactly_one=False)
    assert places[0].raw["place_id"] == PARIS_TEXAS
    assert PARIS in {place.raw["place_id"] for place in places}
    assert geocoder.geocode("Paris", viewbox=viewbox) == places[0]


def test_bounded_keeps_to_the_viewbox(geocoder):
    """A preference becomes a filter; the score is the one among what is left."""
    places = geocoder.geocode("Paris", viewbox=TEXAS_BOX, bounded=True, exactly_one=False)
    west, south, east, north = -106.7, 25.8, -93.5, 36.5
    assert places[0].raw["place_id"] == PARIS_TEXAS
    assert all(west <= p.longitude <= east and south <= p.latitude <= north for p in places)
    assert sum(place.raw["score"] for place in places) == pytest.approx(1, abs=0.001)
    assert geocoder.geocode("Baku", viewbox=TEXAS_BOX, bounded=True) is None
    assert found_id(geocoder, "Baku", viewbox=TEXAS_BOX) == BAKU


@pytest.mark.parametrize(
    "viewbox",
    [[], [(1, 2)], [(1, 2), (3, 4), (5, 6)], "1,2,3,4", 5, [(91, 0), (0, 0)], [1, 2], ["a", "b"]],
)
def test_a_viewbox_is_two_points(geocoder, viewbox):
    """Anything else is refused."""
    with pytest.raises(GeocoderQueryError, match="viewbox"):
        geocoder.geocode("Baku", viewbox=viewbox)


def test_bounded_needs_a_viewbox(geocoder):
    """A filter without a box would be none."""
    with pytest.raises(GeocoderQueryError, match="viewbox"):
        geocoder.geocode("Baku", bounded=True)


def test_addressdetails_name_the_parts(geocoder):
    """Under Nominatim's names, in the language that was asked for."""
    location = geocoder.geocode("Paris, Texas", addressdetails=True)
    assert location.raw["address"] == {
        "city": "Paris",
        "state": "Texas",
        "country": "United States",
        "country_code": "us",
    }
    assert "address" not in geocoder.geocode("Paris, Texas").raw


def test_geometry_is_put_into_raw(geocoder, gazetteer):
    """As text or as GeoJSON, the outline that the gazetteer holds."""
    held = gazetteer.geometry("iso:AZ")
    for_wkt = geocoder.geocode("Azerbaijan", geometry="WKT").raw
    for_json = geocoder.geocode("Azerbaijan", geometry="geojson").raw
    assert shapely.equals_exact(shapely.from_wkt(for_wkt["geotext"]), held, 1e-9)
    assert shapely.geometry.shape(for_json["geojson"]).equals(held)
    assert not {"geotext", "geojson"} & set(geocoder.geocode("Azerbaijan").raw)
    with pytest.raises(GeocoderQueryError, match="wkt or geojson"):
        geocoder.geocode("Azerbaijan", geometry="kml")


@pytest.mark.parametrize(
    ("featuretype", "place_id"),
    [
        (None, "iso:GE"),
        ("country", "iso:GE"),
        ("state", "iso:US-GA"),
        ("city", None),
    ],
)
def test_featuretype_restricts_the_kind(geocoder, featuretype, place_id):
    """Nominatim's four types."""
    options = {"country_codes": ["us", "ge"], "featuretype": featuretype}
    found = found_id(geocoder, "Georgia", **options)
    assert found == place_id or (featuretype is None and found in {"iso:GE", "iso:US-GA"})
    with pytest.raises(GeocoderQueryError, match="settlement"):
        geocoder.geocode("Georgia", featuretype="village")


@pytest.mark.parametrize("timeout", [None, 1, 0.5])
def test_a_timeout_is_accepted(geocoder, gazetteer, timeout):
    """Of a call or of the geocoder; nothing has to be waited for."""
    assert found_id(geocoder, "Baku", timeout=timeout) == BAKU
    assert OfflineGeocoder(gazetteer, timeout=timeout).timeout == timeout


@pytest.mark.parametrize("timeout", [0, -1, "1", True, float("nan")])
def test_a_timeout_is_a_time(geocoder, gazetteer, timeout):
    """What is none is refused where it was given."""
    with pytest.raises(GeocoderQueryError, match="timeout"):
        geocoder.geocode("Baku", timeout=timeout)
    with pytest.raises(GeocoderQueryError, match="timeout"):
        geocoder.reverse((40.4, 49.9), timeout=timeout)
    with pytest.raises(ConfigurationError, match="timeout"):
        OfflineGeocoder(gazetteer, timeout=timeout)


def test_the_gazetteer_is_opened_by_default_or_by_folder(gazetteer):
    """The embedded one, one by its path, and nothing else."""
    folder = gazetteer.info()["index"]
    for one in (OfflineGeocoder(), OfflineGeocoder(folder)):
        assert found_id(one, "Baku") == BAKU
    with pytest.raises(ConfigurationError, match="Gazetteer"):
        OfflineGeocoder(5)


def test_raw_is_plain_and_complete(geocoder):
    """It survives JSON, and says where the answer is from and how sure it is."""
    raw = geocoder.geocode("باكو").raw
    assert json.loads(json.dumps(raw)) == raw
    assert (raw["place_id"], raw["kind"], raw["country_code"]) == (BAKU, "capital", "az")
    assert (raw["service"], raw["source"]) == ("gazetteer", "GeoNames")
    assert raw["match"] == 1
    assert raw["matched_name"] == "باكو"
    assert 0.5 < raw["score"] <= 1
    assert "Баку" in raw["names"]["ru"]


@pytest.mark.parametrize("query", ["Baku", "Azerbaijan", "Black Sea", "Suva", "Fiji", "Antarctica"])
def test_the_point_lies_in_the_bounding_box(geocoder, query):
    """South, north, west, east, also at the antimeridian and the pole."""
    location = geocoder.geocode(query)
    south, north, west, east = location.raw["boundingbox"]
    assert -90 <= south <= location.latitude <= north <= 90
    assert -180 <= west <= location.longitude <= east <= 180


def test_the_bounding_box_of_a_town_is_its_circle(geocoder):
    """As wide as twice the uncertainty, in kilometres on the ground."""
    raw = geocoder.geocode("Baku").raw
    south, north, _, _ = raw["boundingbox"]
    assert (north - south) * 111 == pytest.approx(2 * raw["uncertainty_km"], rel=0.01)


def test_an_address_that_was_answered_finds_its_place_again(geocoder, gazetteer):
    """The address line of any town of a common name leads back to it."""
    seeded = random.Random(20)  # noqa: S311  # any would do
    towns = [
        match.place
        for name in ("Tripoli", "Paris", "San Jose", "Alexandria", "Springfield", "Santa Cruz")
        for match in gazetteer.search(name, kind="town", limit=50)
    ]
    assert len(towns) > 40
    for place in seeded.sample(towns, 40):
        query = f"{place.name}, {gazetteer.get(place.admin1).name}" if place.admin1 else place.name
        found = geocoder.geocode(query, exactly_one=False, country_codes=place.country, limit=50)
        address = next(one.address for one in found if one.raw["place_id"] == place.id)
        again = geocoder.geocode(address, exactly_one=False, limit=50)
        assert place.id in {one.raw["place_id"] for one in again}


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_answered_or_refused(geocoder, query):
    """Queries come from tables that others wrote: no other error than geopy's."""
    try:
        location = geocoder.geocode(query)
    except GeocoderQueryError:
        assert not "".join(c for c in query if c not in ",،、，;؛；").strip()
    else:
        assert location is None or location.address


POINTS = [(40.41, 49.87), Point(40.41, 49.87), "40.41, 49.87", [40.41, 49.87], (40.41, 49.87, 5)]


@pytest.mark.parametrize("point", POINTS)
def test_reverse_names_what_is_at_a_point(geocoder, point):
    """Given in any of the ways that geopy has for it."""
    location = geocoder.reverse(point)
    assert location.address == "Baku, Azerbaijan"
    assert location.raw["distance_km"] < 10
    assert location.raw["address"]["country_code"] == "az"
    assert "address" not in geocoder.reverse(point, addressdetails=False).raw


def test_reverse_gives_one_or_all(geocoder):
    """The nearest place, then what is around, up to the country and beyond."""
    places = geocoder.reverse((40.41, 49.87), exactly_one=False)
    assert places[0] == geocoder.reverse((40.41, 49.87))
    assert "iso:AZ" in {place.raw["place_id"] for place in places[1:]}
    ids = [place.raw["place_id"] for place in places]
    assert len(ids) == len(set(ids))
    assert geocoder.reverse((40.41, 49.87), exactly_one=False, limit=2) == places[:2]
    assert all(place.raw["distance_km"] == 0 for place in places[1:])


def test_reverse_answers_in_the_language(geocoder):
    """As ``geocode`` does."""
    assert geocoder.reverse((40.41, 49.87), language="ru").address == "Баку, Азербайджан"


@pytest.mark.parametrize(
    ("point", "place_id"),
    [
        ((43.2, 34.0), "sea:black-sea"),  # no town in reach
        ((44.49, 34.17), "geonames:688533"),  # Yalta's waterfront
        ((48.5735, 7.8), "geonames:2973783"),  # Strasbourg, though Kehl is nearer
        ((21.5, 5.5), "iso:DZ-11"),  # the desert: its province
    ],
)
def test_reverse_names_no_place_that_does_not_tell_where_the_point_is(geocoder, point, place_id):
    """A town far away or beyond a border is no answer; the area around is."""
    assert geocoder.reverse(point).raw["place_id"] == place_id


def test_reverse_leads_from_a_town_to_its_country(geocoder, gazetteer):
    """A property of towns all over the world: the point of a town is in its own country."""
    names = ("Tripoli", "Paris", "San Jose", "Alexandria", "Springfield", "Santa Cruz", "Aleppo")
    towns = [match.place for name in names for match in gazetteer.search(name, kind="city")]
    assert len(towns) > 20
    for town in towns:
        found = geocoder.reverse((town.lat, town.lon))
        assert found.raw["country_code"] == town.country.lower()
        assert found.raw["distance_km"] < 5


@pytest.mark.parametrize(
    "point", ["", "nowhere", None, 5, (91, 0), (1,), {}, (1, 2, 3, 4), ("a", 1)]
)
def test_reverse_refuses_what_is_no_point(geocoder, point):
    """A GeocoderQueryError, which is a ValueError too."""
    with pytest.raises(GeocoderQueryError, match="point"):
        geocoder.reverse(point)


def test_a_rate_limiter_takes_it(geocoder):
    """The bulk idiom of geopy."""
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0.001)
    assert [geocode(name).raw["place_id"] for name in ("Baku", "Aleppo")] == [BAKU, ALEPPO]


def test_threads_get_the_same_answers(geocoder):
    """One geocoder serves many threads."""
    queries = ["Baku", "Paris, Texas", "حلب، سوريا", "Tripoli", "xyzzyqq"] * 20
    alone = [geocoder.geocode(query) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(geocoder.geocode, queries)) == alone


class AsyncAdapter(BaseAsyncAdapter):
    """An asynchronous adapter, as geopy's AioHTTPAdapter is one."""

    async def __aenter__(self):
        """Open nothing."""
        return self

    async def __aexit__(self, *args):
        """Close nothing."""

    async def get_text(self, url, **options):
        """Never called: the work is local."""
        raise AssertionError(url, options)

    get_json = get_text


def test_an_asynchronous_adapter_makes_it_awaitable(gazetteer):
    """As geopy has it: ``async with``, then ``await``; errors come where it is awaited."""

    async def look_up():
        async with OfflineGeocoder(gazetteer, adapter_factory=AsyncAdapter) as geocoder:
            waiting = geocoder.geocode("")
            with pytest.raises(GeocoderQueryError):
                await waiting
            return await geocoder.geocode("Baku")

    # In a thread of its own: another test's browser may have a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(asyncio.run, look_up()).result()
    assert found.raw["place_id"] == BAKU


def test_a_synchronous_geocoder_is_a_context_manager(gazetteer):
    """As geopy has it."""
    with OfflineGeocoder(gazetteer) as geocoder:
        assert found_id(geocoder, "Baku") == BAKU


def test_it_cannot_connect(geocoder):
    """Its adapter refuses."""
    with pytest.raises(GeocoderServiceError, match="offline"):
        geocoder.adapter.get_json("https://example.org", timeout=1, headers={})


def test_no_socket_is_opened():
    """From the import to the answer, also through geopandas."""
    code = (
        "import sys\n"
        "def refuse(event, args):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo'):\n"
        "        raise SystemExit(f'{event} {args}')\n"
        "sys.addaudithook(refuse)\n"
        "import geopandas\n"
        "from gazetteer.geocoders import OfflineGeocoder\n"
        "geocoder = OfflineGeocoder(user_agent='me')\n"
        "assert geocoder.geocode('Aleppo, Syria', language='ar')\n"
        "assert geocoder.reverse((40.4, 49.9))\n"
        "layer = geopandas.tools.geocode(['Baku'], provider=OfflineGeocoder)\n"
        "assert layer.address[0] == 'Baku, Azerbaijan'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_geopandas_takes_the_class_and_an_opened_geocoder(geocoder, gazetteer):
    """With the arguments that its users know; what is no name gets no point."""
    names = ["Baku", "", None, "xyzzyqq", "حلب، سوريا"]
    options = {"gazetteer": gazetteer, "timeout": 5, "user_agent": "newsroom"}
    by_class = geopandas.tools.geocode(names, provider=OfflineGeocoder, **options)
    opened = geopandas.tools.geocode(names, provider=geocoder)
    for layer in (by_class, opened):
        assert layer.crs == "EPSG:4326"
        assert layer.geometry.is_empty.tolist() == [False, True, True, True, False]
        assert layer.address.dropna().tolist() == ["Baku, Azerbaijan", "Aleppo, Syria"]
        assert (layer.geometry[0].x, layer.geometry[0].y) == (49.89201, 40.37767)


def test_geopandas_finds_what_is_at_points(geocoder):
    """Longitude first, as shapely has it."""
    points = [shapely.Point(49.87, 40.41), shapely.Point(37.16, 36.2)]
    layer = geopandas.tools.reverse_geocode(points, provider=geocoder)
    assert layer.address.tolist() == ["Baku, Azerbaijan", "Aleppo, Syria"]


@pytest.mark.slow
def test_geopandas_geocodes_ten_thousand_names(geocoder, gazetteer):
    """Arabic and English names of towns and more, drawn from the gazetteer, in half a minute."""
    seeded = random.Random(2026)  # noqa: S311  # as above
    names = _drawn_names(gazetteer, seeded, 5000, "ar") + _drawn_names(
        gazetteer, seeded, 5000, "en"
    )
    seeded.shuffle(names)
    started = time.process_time()  # other work on the machine does not count
    layer = geopandas.tools.geocode(names, provider=geocoder)
    assert time.process_time() - started < 30
    assert len(layer) == 10_000
    assert not layer.geometry.is_empty.any()


def _drawn_names(gazetteer, seeded, count, lang):
    """Return names in a language (English: for display) of places drawn at random."""
    store, names = gazetteer._store, []
    while len(names) < count:
        place = store.place(seeded.randrange(len(store)))
        held = (place.name,) if lang == "en" else place.names.get(lang, ())
        names.extend(name for name in held[:1] if name.strip(",،;؛ "))
    return names
