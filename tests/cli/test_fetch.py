"""geoevents gazetteer fetch: what it prints, where the files lie, and how it ends."""

import io
import json
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

ANSWER = {
    "head": {"vars": ["geonameid", "item", "label"]},
    "results": {
        "bindings": [
            {
                "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q9248"},
                "geonameid": {"type": "literal", "value": "587084"},
                "label": {"xml:lang": "ar", "type": "literal", "value": "باكو"},
            }
        ]
    },
}
BAKU = (
    "587084\tBaku\tBaku\t\t40.37767\t49.89201\tP\tPPLC\tAZ\t\t09\t\t\t\t1116513\t\t-23\tAsia/Baku\t"
)


def zipped(name):
    """Return a small zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, BAKU + "2023-08-05\n")
    return buffer.getvalue()


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder, and one answer of a query service."""

    def log_message(self, *_):
        """Say nothing."""

    def do_POST(self):
        """Answer a query."""
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site(tmp_path_factory, monkeypatch):
    """Serve a folder on the loopback interface; return the folder and its address."""
    monkeypatch.setenv("NO_PROXY", "*")
    folder = tmp_path_factory.mktemp("site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def geonames(site):
    """Serve GeoNames' two files; return their folder and address."""
    folder, url = site
    for name in ("allCountries", "alternateNamesV2"):
        (folder / f"{name}.zip").write_bytes(zipped(f"{name}.txt"))
    return folder, url


def test_a_dataset_is_put_into_a_folder_named_after_it(run, here, geonames):
    """Paths on stdout; on stderr the licence, whom to credit, and what to run next."""
    folder, url = geonames
    ended = run("gazetteer", "fetch", "geonames", "--base-url", url)
    assert ended.code == 0
    assert ended.out == "geonames/allCountries.zip\ngeonames/alternateNamesV2.zip\n"
    for name in ("allCountries.zip", "alternateNamesV2.zip"):
        assert (here / "geonames" / name).read_bytes() == (folder / name).read_bytes()
    assert "CC BY 4.0" in ended.err
    assert "GeoNames (geonames.org)" in ended.err
    assert "geoevents gazetteer build" in ended.err
    assert "geonames/allCountries.zip" in ended.err


def test_the_next_command_can_be_pasted(run, geonames):
    """A folder with a blank in its name is quoted."""
    ended = run("gazetteer", "fetch", "geonames", "--base-url", geonames[1], "-o", "my world")
    assert "'my world'/allCountries.zip" in ended.err


def test_quiet_says_nothing_but_the_paths(run, geonames):
    """Standard error stays empty."""
    ended = run("gazetteer", "fetch", "geonames", "--base-url", geonames[1], "--quiet")
    assert (ended.code, ended.err) == (0, "")
    assert len(ended.out.splitlines()) == 2


def test_what_is_there_is_not_fetched_again(run, here, geonames):
    """A whole dataset is an error without --overwrite; of half a dataset the rest is fetched."""
    words = ("gazetteer", "fetch", "geonames", "--base-url", geonames[1])
    assert run(*words).code == 0
    ended = run(*words)
    assert (ended.code, ended.out) == (1, "")
    assert "--overwrite" in ended.err
    (here / "geonames" / "allCountries.zip").unlink()
    ended = run(*words)
    assert (ended.code, ended.out) == (0, "geonames/allCountries.zip\n")
    assert "alternateNamesV2.zip is there already" in ended.err
    assert len(run(*words, "--overwrite").out.splitlines()) == 2


def test_a_file_that_does_not_come_does_not_stop_the_others(run, geonames):
    """The one that failed is told, and the exit code says that some did."""
    folder, url = geonames
    (folder / "allCountries.zip").unlink()
    ended = run("gazetteer", "fetch", "geonames", "--base-url", url)
    assert (ended.code, ended.out) == (3, "geonames/alternateNamesV2.zip\n")
    assert "allCountries.zip cannot be fetched (the server answers 404" in ended.err
    (folder / "alternateNamesV2.zip").unlink()
    ended = run("gazetteer", "fetch", "geonames", "--base-url", url, "-o", "other")
    assert (ended.code, ended.out) == (1, "")


def test_labels_are_asked_for_the_places_of_a_file(run, here, site):
    """A GeoNames file says whose; languages may be several."""
    (here / "AZ.txt").write_text(BAKU + "2023-08-05\nnonsense\n", encoding="utf-8")
    words = ("fetch", "wikidata-labels", "--lang", "ar", "--lang", "fa", "--places", "AZ.txt")
    ended = run("gazetteer", *words, "--base-url", site[1])
    assert (ended.code, ended.out) == (0, "wikidata-labels/wikidata-labels.tsv\n")
    table = here / "wikidata-labels" / "wikidata-labels.tsv"
    assert table.read_text(encoding="utf-8").splitlines()[1] == "Q9248\t587084\tar\tباكو"
    assert "1 places take 1 queries" in ended.err
    assert "AZ.txt, line 2: it has 1 field instead of 19" in ended.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["osm"], "is none of geonames, natural-earth"),
        (["wikidata-labels"], "needs a language"),
        (["geonames", "--lang", "ar"], "belong to wikidata-labels"),
        (["geonames", "--places", "x.zip"], "belong to wikidata-labels"),
        (["geonames", "--base-url", "file:///etc/"], "is no address"),
        (["wikidata-labels", "--lang", "ar }"], "is not a language code"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(run, here, words, why):
    """Code 2, before anything is asked or written."""
    ended = run("gazetteer", "fetch", *words)
    assert ended.code == 2
    assert why in ended.err
    assert list(here.iterdir()) == []
