"""A language model's server on the loopback interface, in any mood, sound or hostile."""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geoevents.language_model import KEY_VARIABLE, LanguageModel

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def completion(content):
    """Return the body of a chat completion."""
    message = {"role": "assistant", "content": content}
    return json.dumps({"choices": [{"index": 0, "message": message}]}).encode()


@dataclass
class Server:
    """What the server answers next, and what it was asked."""

    answers: deque = field(default_factory=deque)
    asked: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    url: str = ""
    gone: threading.Event = field(default_factory=threading.Event)

    def tells(self, *events):
        """Let the next answer tell some events."""
        self.answers.append(json.dumps({"events": list(events)}, ensure_ascii=False))

    def says(self, content):
        """Let the next answer have some words as its content, or do what a function does."""
        self.answers.append(content)


class Handler(BaseHTTPRequestHandler):
    """Answers chat completions."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    def do_POST(self):
        """Answer a question as the server is told to; with no events when it is told nothing."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        served = self.server.served
        served.asked.append((self.path, json.loads(body)))
        served.headers.append(dict(self.headers))
        answer = served.answers.popleft() if served.answers else '{"events": []}'
        if callable(answer):
            answer(self)
        else:
            self.send(200, completion(answer))

    def send(self, status, body=b"", **headers):
        """Send an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Quiet(ThreadingHTTPServer):
    """Serves without a word, also of clients that hang up."""

    daemon_threads = True

    def handle_error(self, *_):
        """Say nothing."""


@pytest.fixture
def server(monkeypatch):
    """Run a server; whatever proxy or key the environment names is left out."""
    for name in (*PROXIES, KEY_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    running = Quiet(("127.0.0.1", 0), Handler)
    running.served = Server(url=f"http://127.0.0.1:{running.server_port}/v1")
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running.served
    running.served.gone.set()
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def model(server):
    """Return the model behind the server; it is not waited for long."""
    return LanguageModel(server.url, "fake", timeout_s=5)


def told(sentence, trigger, kind, **fields):
    """Return an event as a model tells it."""
    blank = {"status": "asserted", "aspect": "single", "time": None, "count": None, "money": None}
    lists = {"casualties": [], "participants": [], "places": []}
    return {"sentence": sentence, "trigger": trigger, "type": kind, **blank, **lists, **fields}


@pytest.fixture
def tell():
    """Return a function that makes an event as a model tells it."""
    return told
