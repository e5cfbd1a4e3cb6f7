"""A web server on the loopback interface, in any mood that servers are in."""

from __future__ import annotations

import io
import threading
import zipfile
from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from gazetteer.fetch.http import Http, Patience

HALF = 2


def make_zip(seed):
    """Return a zip of some 300 kB whose one file cannot be packed smaller."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        blocks = (sha256(f"{seed} {i}".encode()).digest() for i in range(10_000))
        archive.writestr("places.txt", b"".join(blocks))
    return buffer.getvalue()


@dataclass
class Site:
    """A web server: what it holds, in which moods it answers next, and what it was asked."""

    content: dict[str, bytes] = field(default_factory=dict)
    moods: deque = field(default_factory=deque)
    asked: list = field(default_factory=list)
    forms: list = field(default_factory=list)
    etag: str = '"v1"'
    url: str = ""

    def ranges(self):
        """Return the Range header of every request, None where there was none."""
        return [headers.get("Range") for _, headers in self.asked]


class Handler(BaseHTTPRequestHandler):
    """Answers as its server's mood is: soundly, or as servers do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    @property
    def site(self) -> Site:
        """Return what the server holds."""
        return self.server.site

    def do_GET(self):
        """Answer a request."""
        self.answer()

    def do_POST(self):
        """Keep a form and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.site.forms.append(parse_qs(body.decode()))
        self.answer()

    def answer(self):
        """Answer in the next mood."""
        self.site.asked.append((self.path, dict(self.headers)))
        mood = self.site.moods.popleft() if self.site.moods else "sound"
        if callable(mood):
            mood(self)
        else:
            getattr(self, mood)()

    def send(self, status, body=b"", *, length=None, **headers):
        """Send an answer; a ``length`` other than the body's is a promise it breaks."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def sound(self, *, cut=False, ranges=True, etag=None):
        """Send a file, or the part asked for."""
        content = self.site.content.get(self.path)
        if content is None:
            self.send(404, b"not here")
            return
        etag = self.site.etag if etag is None else etag
        start, status = 0, 200
        headers = {"Content_Type": "application/zip", "Accept_Ranges": "bytes"}
        headers |= {"ETag": etag} if etag else {}
        asked = self.headers.get("Range")
        if ranges and asked and self.headers.get("If-Range") in {None, etag}:
            start, status = int(asked.removeprefix("bytes=").removesuffix("-")), 206
            if start >= len(content):
                self.send(416, Content_Range=f"bytes */{len(content)}")
                return
            headers["Content_Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        body = content[start:]
        if not cut:
            self.send(status, body, **headers)
            return
        self.send(status, body[: len(body) // HALF], length=len(body), **headers)
        self.close_connection = True

    def cut(self):
        """Close the connection halfway."""
        self.sound(cut=True)

    def cut_unnamed(self):
        """Close it halfway through a file of no known version."""
        self.sound(cut=True, etag="")

    def whole(self):
        """Ignore that only a part is asked for."""
        self.sound(ranges=False)

    def busy(self):
        """Ask to come again."""
        self.send(503, b"busy", Retry_After="0")

    def page(self):
        """Send a log-in page."""
        self.send(200, b"<!DOCTYPE html><html>Please log in</html>", Content_Type="text/html")

    def page_as_zip(self):
        """Send a page, and say it is an archive."""
        self.send(200, b"<!DOCTYPE html><html></html>", Content_Type="application/zip")

    def damaged(self):
        """Send a file with one wrong byte."""
        content = bytearray(self.site.content[self.path])
        content[len(content) // HALF] ^= 0xFF
        self.send(200, bytes(content), Content_Type="application/zip")

    def silent(self):
        """Say nothing for a while, then hang up."""
        self.site.patience.wait(3)
        self.close_connection = True


class Server(ThreadingHTTPServer):
    """Serves without a word, also of clients that hang up."""

    daemon_threads = True

    def handle_error(self, *_):
        """Say nothing."""


@pytest.fixture(scope="session")
def zipped():
    """Return a function that makes a zip, another one for each number."""
    return make_zip


@pytest.fixture
def site(monkeypatch):
    """Run a server on the loopback interface, reached without a proxy."""
    monkeypatch.setenv("NO_PROXY", "*")
    server = Server(("127.0.0.1", 0), Handler)
    server.site = Site({"/dump/places.zip": make_zip(7)})
    server.site.url = f"http://127.0.0.1:{server.server_port}"
    server.site.patience = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.site
    server.site.patience.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def http():
    """Return a client that does not wait long."""
    patience = Patience(
        retries=3, backoff_s=0.01, longest_wait_s=1, connect_s=5, read_s=1, pause_s=0
    )
    return Http(patience=patience, contact="someone@example.org")


@pytest.fixture
def left(tmp_path):
    """Return a function that says what lies in the folder that is fetched into."""
    return lambda: sorted(path.name for path in (tmp_path / "new").glob("*"))
