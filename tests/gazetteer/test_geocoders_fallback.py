"""An online geocoder is asked where the gazetteer knows nothing: openly, slowly, once."""

from __future__ import annotations

import json
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs, urlsplit

import geopandas
import pytest
from geopy.adapters import RequestsAdapter, URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import Geocoder
from geopy.point import Point

from gazetteer.geocoders import FallbackGeocoder, OfflineGeocoder, OnlineLookupWarning

BAKU = "geonames:587084"
CAFE = {
    "place_id": 107,
    "licence": "a licence",
    "osm_type": "node",
    "lat": "40.3661",
    "lon": "49.8352",
    "display_name": "Café Xyzzyqq, Baku, Azerbaijan",
    "boundingbox": ["40.36", "40.37", "49.83", "49.84"],
}
UNKNOWN, NOWHERE = "Café Xyzzyqq", "nowhere-qqzz"
GAP = (71.6, 83.6)  # the mouth of the Yenisei: neither land nor sea in the outlines held
AGENT = "newsroom/1 (desk@example.org)"


class Server:
    """A loopback server that speaks Nominatim's JSON and remembers what it was asked."""

    def __init__(self) -> None:
        self.requests = []
        self.failures = []  # what the next requests get instead: a status, or a function
        self.headers = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()

    @property
    def domain(self):
        """Return host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def queries(self):
        """Return the names that were asked for, in order."""
        return [params["q"] for _, params, _ in self.requests if "q" in params]

    def answer(self, handler):
        """Answer a request, or fail as told."""
        url = urlsplit(handler.path)
        params = {key: values[0] for key, values in parse_qs(url.query).items()}
        self.requests.append((url.path, params, dict(handler.headers)))
        failure = self.failures.pop(0) if self.failures else 200
        if callable(failure):
            failure(handler)
            return
        found = [] if params.get("q") == NOWHERE else [CAFE]
        if url.path == "/reverse":
            found = CAFE
        self.send(handler, json.dumps(found), failure)

    def send(self, handler, body, status=200):
        """Send a body."""
        content = body.encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    def close(self):
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server():
    """Return a server of this test alone."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def notices():
    """Return the list that notices are put into."""
    return []


@pytest.fixture
def build(gazetteer, server, notices, tmp_path):
    """Return a function that makes a geocoder with the server behind it, quick by default."""

    def build(online=None, **options):
        online = online or nominatim(server)
        usual = {
            "cache": tmp_path / "answers.sqlite",
            "min_delay_seconds": 0.0,
            "error_wait_seconds": 0.0,
            "notify": notices.append,
        }
        return FallbackGeocoder(gazetteer, online, **{**usual, **options})

    return build


def nominatim(server, **options):
    """Return geopy's own geocoder, pointed at the server."""
    usual = {"scheme": "http", "user_agent": AGENT, "proxies": {}, "timeout": 5}
    return Nominatim(domain=server.domain, **{**usual, **options})


def test_what_the_gazetteer_knows_is_not_asked_for(build, server):
    """Nothing is sent, also for a query with more words."""
    geocoder = build()
    for query in ("Baku", "Aleppo, Syria", "حلب، سوريا", {"city": "Paris", "state": "Texas"}):
        assert geocoder.geocode(query).raw["service"] == "gazetteer"
    assert server.requests == []


def test_what_it_does_not_know_is_asked_for(build, server):
    """The answer is the service's, marked with its name and the time."""
    location = build().geocode(UNKNOWN)
    assert location.address == CAFE["display_name"]
    assert (location.latitude, location.longitude) == (40.3661, 49.8352)
    assert location.raw["service"] == f"Nominatim ({server.domain})"
    assert location.raw["answered"].startswith("20")
    assert location.raw["licence"] == CAFE["licence"]
    path, params, _ = server.requests[0]
    assert (path, params) == ("/search", {"q": UNKNOWN, "format": "json", "limit": "1"})


@pytest.mark.parametrize(("min_score", "asked"), [(0.5, 0), (0.95, 1)])
def test_min_score_decides_what_is_good_enough(build, server, min_score, asked):
    """Most likely Paris in France, but not certainly."""
    location = build(min_score=min_score).geocode("Paris")
    assert len(server.requests) == asked
    assert location.raw["service"].startswith("Nominatim" if asked else "gazetteer")


def test_min_match_decides_what_is_good_enough(gazetteer, build, server):
    """A name that is held as it is written always is."""
    match = gazetteer.search("Springfeild", country="US")[0].match
    assert match < 1
    held = build(min_match=match, min_score=0).geocode("Springfeild, Illinois")
    assert held.raw["place_id"] == "geonames:4250542"
    build(min_match=1.0).geocode("Baku")
    assert server.requests == []
    build(min_match=match + 0.01, min_score=0).geocode("Springfeild, Illinois")
    assert server.queries == ["Springfeild, Illinois"]


def test_a_weak_answer_stands_where_the_service_has_none(build, server):
    """With the score that made it weak."""
    server.failures = [lambda handler: server.send(handler, "[]")]
    location = build(min_score=1.0).geocode("Paris")
    assert location.raw["place_id"] == "geonames:2988507"
    assert location.raw["score"] < 1
    assert len(server.requests) == 1


def test_exactly_one_or_all(build):
    """As offline: a location or None, all of them or an empty list."""
    geocoder = build()
    one, (only,) = geocoder.geocode(UNKNOWN), geocoder.geocode(UNKNOWN, exactly_one=False)
    for location in (one, only):
        del location.raw["answered"]  # a second may have passed
    assert one == only
    assert geocoder.geocode(NOWHERE) is None
    assert geocoder.geocode(NOWHERE, exactly_one=False) == []
    assert len(geocoder.geocode("Tripoli", exactly_one=False)) > 1


def test_options_are_handed_on(build, server):
    """Under the names that the service knows."""
    build().geocode(
        UNKNOWN,
        exactly_one=False,
        limit=3,
        language=["ar", "en"],
        country_codes=["az"],
        viewbox=[(41, 50), (40, 49)],
        bounded=True,
        addressdetails=True,
        featuretype="city",
        geometry="geojson",
    )
    _, params, headers = server.requests[0]
    assert params == {
        "q": UNKNOWN,
        "format": "json",
        "limit": "3",
        "accept-language": "ar,en",
        "countrycodes": "az",
        "viewbox": "49.0,40.0,50.0,41.0",
        "bounded": "1",
        "addressdetails": "1",
        "featureType": "city",
        "polygon_geojson": "1",
    }
    assert headers["User-Agent"] == f"{AGENT} geoevents/{version('geoevents')}"


def test_an_option_that_the_service_lacks_is_refused(build, server):
    """Asked or not: an answer that ignores it would be wrong."""
    photon = Photon(domain=server.domain, scheme="http", user_agent=AGENT, proxies={})
    geocoder = build(photon)
    for query in ("Baku", UNKNOWN):
        with pytest.raises(GeocoderQueryError, match=r"Photon\.geocode has no option 'viewbox'"):
            geocoder.geocode(query, viewbox=[(41, 50), (40, 49)])
    assert server.requests == []


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {}),
        ({}, {}),
        (5, {}),
        ({"town": "x"}, {}),
        (UNKNOWN, {"country_codes": "xx"}),
        (UNKNOWN, {"viewbox": [(1, 2)]}),
        (UNKNOWN, {"timeout": -1}),
        (UNKNOWN, {"language": [5]}),
        (UNKNOWN, {"exactly_one": False, "limit": 0}),
    ],
)
def test_what_makes_no_sense_is_not_sent(build, server, query, options):
    """The error is the offline geocoder's."""
    with pytest.raises(GeocoderQueryError):
        build().geocode(query, **options)
    assert server.requests == []


def test_a_structured_query_is_sent_as_such(build, server):
    """A street is what the gazetteer does not hold."""
    query = {"street": "1 Xyzzy Street", "city": "Baku"}
    assert build().geocode(query).address == CAFE["display_name"]
    assert server.requests[0][1] == {**query, "format": "json", "limit": "1"}


def test_an_answer_is_asked_for_once(build, server):
    """Spaces apart; also in another process, also that nothing was found."""
    first = build()
    answers = [first.geocode(query) for query in (UNKNOWN, f"  {UNKNOWN.replace(' ', '  ')}")]
    assert first.geocode(NOWHERE) is None
    again = build()
    assert answers == [again.geocode(UNKNOWN)] * 2
    assert again.geocode(NOWHERE) is None
    assert server.queries == [UNKNOWN, NOWHERE]


def test_another_question_is_another_answer(build, server):
    """Options and the service belong to the question; the timeout does not."""
    geocoder = build()
    for options in ({}, {"language": "ar"}, {"country_codes": "az"}, {"timeout": 3}, {}):
        geocoder.geocode(UNKNOWN, **options)
    assert len(server.requests) == 3
    other = Server()
    build(nominatim(other)).geocode(UNKNOWN)
    other.close()
    assert len(other.requests) == 1


def test_failures_are_not_kept(build, server):
    """The next time it is asked again."""
    server.failures = [500]
    geocoder = build(max_retries=0)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode(UNKNOWN)
    assert geocoder.geocode(UNKNOWN).address == CAFE["display_name"]


def test_threads_with_one_question_ask_it_once(build, server):
    """The others wait for the answer of the first."""
    geocoder = build()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(geocoder.geocode, [UNKNOWN] * 8))
    assert answers == [answers[0]] * 8
    assert server.queries == [UNKNOWN]


@pytest.fixture
def waits(monkeypatch):
    """Return the seconds that are waited between requests, which then pass at once."""
    clock = [0.0]
    waited = []

    def wait(_, seconds):
        waited.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(RateLimiter, "_clock", lambda _: clock[0])
    monkeypatch.setattr(RateLimiter, "_sleep", wait)
    return waited


def test_requests_keep_their_distance(build, server, waits):
    """Names and points count together; what is in the cache does not."""
    geocoder = build(min_delay_seconds=30)
    for name in ("qqzz one", "qqzz two", "qqzz one", "Baku"):
        geocoder.geocode(name)
    geocoder.reverse(GAP)
    assert len(server.requests) == 3
    assert waits == [30, 30]


@pytest.mark.parametrize("status", [503, 502, 500, 504])
def test_a_request_that_failed_is_repeated(build, server, waits, status):
    """After a while, at most so often."""
    server.failures = [status, status]
    geocoder = build(max_retries=2, error_wait_seconds=20)
    assert geocoder.geocode(UNKNOWN).address == CAFE["display_name"]
    assert server.queries == [UNKNOWN] * 3
    assert waits == [20, 20]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, GeocoderQueryError),
        (401, GeocoderAuthenticationFailure),
        (403, GeocoderInsufficientPrivileges),
        (429, GeocoderRateLimited),
    ],
)
def test_a_refusal_is_not_argued_with(build, server, status, kind):
    """One request, and one sentence that names service, query and reason."""
    server.failures = [status]
    with pytest.raises(kind, match=rf"Nominatim \(.*\) did not answer for 'Café .*1 try.*{status}"):
        build().geocode(UNKNOWN)
    assert len(server.requests) == 1


def test_a_service_that_refuses_is_left_alone(build, server):
    """For as long as it asks for; offline answers go on."""
    server.failures, server.headers = [429], {"Retry-After": "1"}
    geocoder = build()
    with pytest.raises(GeocoderRateLimited):
        geocoder.geocode(UNKNOWN)
    with pytest.raises(GeocoderUnavailable, match="left alone for another 1 s"):
        geocoder.geocode(UNKNOWN)
    assert geocoder.geocode("Baku").raw["place_id"] == BAKU
    assert len(server.requests) == 1
    time.sleep(1.1)
    assert geocoder.geocode(UNKNOWN).address == CAFE["display_name"]


def test_a_service_that_is_down_is_not_asked_for_ever(build, server):
    """After three names that failed, the others cost nothing."""
    server.failures = [503] * 100
    geocoder = build(max_retries=1, on_failure="offline")
    assert [geocoder.geocode(f"qqzz {n}") for n in range(20)] == [None] * 20
    assert len(server.requests) == 6


def test_a_bad_query_says_nothing_of_the_service(build, server):
    """However many the service refuses, it is asked for the next."""
    server.failures = [400] * 5
    geocoder = build(on_failure="offline")
    assert [geocoder.geocode(f"qqzz {n}") for n in range(5)] == [None] * 5
    assert geocoder.geocode(UNKNOWN).address == CAFE["display_name"]


def _html(handler):
    content = b"<html>Log in to the hotel's network</html>"
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def _hang_up(handler):
    handler.connection.close()


def _cut_short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"[{")


def _other_json(handler):
    content = b'["a", "b"]'
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


ADAPTERS = [RequestsAdapter, URLLibAdapter]
"""Both of geopy's ways to make a request."""


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize("failure", [500, 503, _html, _hang_up, _cut_short, _other_json])
def test_every_failure_ends_as_one_error_or_as_the_offline_answer(
    build, server, failure, adapter, caplog
):
    """As chosen; the log tells of it."""
    server.failures = [failure] * 4
    build = partial(build, nominatim(server, adapter_factory=adapter))
    with pytest.raises(GeocoderServiceError, match=r"^Nominatim .* did not answer for 'Café"):
        build(max_retries=0).geocode(UNKNOWN)
    assert build(max_retries=0, on_failure="offline").geocode(UNKNOWN) is None
    assert "did not answer" in caplog.text
    assert (
        build(max_retries=0, min_score=1.0, on_failure="offline").geocode("Paris").raw["score"] < 1
    )


def test_json_that_is_not_understood_is_a_parse_error(build, server):
    """And not the mistake inside geopy that it leads to."""
    server.failures = [_other_json]
    with pytest.raises(GeocoderParseError, match="not understood"):
        build().geocode(UNKNOWN)


def test_no_server_at_all_is_an_error(build):
    """Nobody listens."""
    gone = Server()
    online = nominatim(gone)
    gone.close()
    with pytest.raises(GeocoderUnavailable, match="did not answer"):
        build(online, max_retries=0).geocode(UNKNOWN)


def _never(_handler):
    time.sleep(3)


def _dribble(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(30):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.mark.parametrize("failure", [_never, _dribble])
@pytest.mark.parametrize("where", ["call", "geocoder"])
@pytest.mark.parametrize("adapter", ADAPTERS)
def test_it_never_hangs(build, server, failure, where, adapter):
    """Neither on a server that is silent nor on one that sends a byte now and then."""
    server.failures = [failure] * 4
    seconds = 0.3 if where == "geocoder" else 60
    online = nominatim(server, timeout=seconds, adapter_factory=adapter)
    options = {"timeout": 0.3} if where == "call" else {}
    started = time.monotonic()
    with pytest.raises(GeocoderTimedOut):
        build(online, max_retries=0).geocode(UNKNOWN, **options)
    assert time.monotonic() - started < 2.5


def test_the_first_request_is_announced_once(build, server, notices):
    """The service, what is sent, and as whom; never for an offline answer."""
    geocoder = build()
    geocoder.geocode("Baku")
    assert notices == []
    for name in (UNKNOWN, NOWHERE, "qqzz"):
        geocoder.geocode(name)
    assert len(notices) == 1
    assert "sent over the network to" in notices[0]
    assert f"Nominatim ({server.domain})" in notices[0]
    assert AGENT in notices[0]


def test_the_announcement_comes_before_the_request(build, server):
    """Whoever raises an error there sends nothing."""

    def refuse(message):
        raise PermissionError(message)

    with pytest.raises(PermissionError):
        build(notify=refuse).geocode(UNKNOWN)
    assert server.requests == []


def test_the_announcement_is_a_warning_by_default(build):
    """Of a class of its own, so that it can be silenced or made an error."""
    geocoder = build(notify=None)
    with pytest.warns(OnlineLookupWarning, match="sent over the network") as warned:
        geocoder.geocode(UNKNOWN)
    assert len(warned) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        geocoder.geocode(NOWHERE)


def test_the_user_agent_names_user_and_software(build, server):
    """Given here or inherited; the geocoder that was given stays as it was."""
    online = nominatim(server)
    build(online).geocode("qqzz one")
    build(online, user_agent="another desk").geocode("qqzz two")
    software = f"geoevents/{version('geoevents')}"
    agents = [headers["User-Agent"] for _, _, headers in server.requests]
    assert agents == [f"{AGENT} {software}", f"another desk {software}"]
    assert online.headers == {"User-Agent": AGENT}


def test_geopys_own_user_agent_is_refused(build, server):
    """It says nothing of who asks; before anything is sent."""
    online = nominatim(server, user_agent=None)
    with pytest.raises(ConfigurationError, match="user_agent"):
        build(online)
    build(online, user_agent=AGENT).geocode(UNKNOWN)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"min_score": 1.5}, "min_score"),
        ({"min_match": -1}, "min_match"),
        ({"on_failure": "ignore"}, "on_failure"),
        ({"min_delay_seconds": -1}, "min_delay_seconds"),
        ({"max_retries": -1}, "max_retries"),
        ({"online": Nominatim}, "opened"),
    ],
)
def test_an_argument_that_makes_no_sense_is_refused(build, options, said):
    """When it is constructed."""
    with pytest.raises(ConfigurationError, match=said):
        build(**options)


def test_the_offline_side_is_a_gazetteer_or_a_geocoder(gazetteer, server, tmp_path):
    """And nothing else."""
    options = {"cache": tmp_path / "answers.sqlite"}
    for offline in (gazetteer, OfflineGeocoder(gazetteer)):
        geocoder = FallbackGeocoder(offline, nominatim(server), **options)
        assert isinstance(geocoder, Geocoder)
        assert geocoder.geocode("Baku").raw["place_id"] == BAKU
    with pytest.raises(ConfigurationError, match="Gazetteer"):
        FallbackGeocoder("gazetteer", nominatim(server), **options)


def test_a_point_is_asked_for_where_the_gazetteer_has_nothing(build, server):
    """A town in reach or an area is good enough; otherwise once, in the language asked for."""
    geocoder = build()
    assert geocoder.reverse((40.4, 49.87)).raw["service"] == "gazetteer"
    assert server.requests == []
    found = [geocoder.reverse(point, language=["ru", "en"]) for point in (GAP, Point(GAP))]
    assert [one.address for one in found] == [CAFE["display_name"]] * 2
    assert found[0].raw["service"].startswith("Nominatim")
    assert [path for path, _, _ in server.requests] == ["/reverse"]
    params = server.requests[0][1]
    assert (params["lat"], params["lon"]) == (str(GAP[0]), str(GAP[1]))
    assert params["accept-language"] == "ru,en"
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("nowhere")


def test_geopandas_takes_it(build, server):
    """Each name from whom it may be known."""
    layer = geopandas.tools.geocode(["Baku", UNKNOWN, NOWHERE, UNKNOWN], provider=build())
    assert layer.address.tolist()[:2] == ["Baku, Azerbaijan", CAFE["display_name"]]
    assert layer.geometry.is_empty.tolist() == [False, False, True, False]
    assert server.queries == [UNKNOWN, NOWHERE]
