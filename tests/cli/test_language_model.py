"""geoevents extract --model-url: what it writes and says, and whom it asks."""

import json
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

TEXT = (
    "Two cargo planes landed in Baku. "
    "Rebels torched a police post near Fallujah on 12 March 2016, the ministry said."
)
TORCHED = {
    "sentence": 2,
    "trigger": "torched",
    "type": "violence.attack",
    "status": "reported",
    "aspect": "single",
    "time": "on 12 March 2016",
    "places": [{"role": "location", "words": "Fallujah"}, {"role": "location", "words": "<b>"}],
}


class Handler(BaseHTTPRequestHandler):
    """Answers with the next status and content, by default with no events."""

    def log_message(self, *_):
        """Say nothing."""

    def do_POST(self):
        """Answer a chat completion."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.headers, body))
        status, events = self.server.answers.popleft() if self.server.answers else (200, [])
        content = json.dumps({"events": events})
        sent = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


@pytest.fixture
def server(monkeypatch):
    """Run a language model's server on the loopback interface."""
    monkeypatch.delenv("GEOEVENTS_MODEL_KEY", raising=False)
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.answers, running.asked = deque(), []
    running.url = f"http://127.0.0.1:{running.server_port}/v1"
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def article(here):
    """Write an article into the current folder and return its name."""
    (here / "a.txt").write_text(TEXT, encoding="utf-8")
    return "a.txt"


def events(ended):
    """Return the events of the one line that was written."""
    return json.loads(ended.out)["events"]


def test_a_models_events_are_written_beside_our_own(run, server, article):
    """Lines say of each event who found it; data on stdout, nothing of the model's own words."""
    server.answers.append((200, [TORCHED]))
    ended = run("extract", article, "--model-url", server.url, "--model", "fake")
    assert ended.code == 0
    flight, attack = events(ended)
    assert (flight["type"], flight["method"]) == ("movement.flight", "rules")
    assert (attack["type"], attack["method"]) == ("violence.attack", "language_model")
    assert (attack["status"], attack["time"]["start"]) == ("reported", "2016-03-12")
    assert [place["text"] for place in attack["places"]] == ["near Fallujah"]
    assert "<b>" not in ended.out
    assert [body["model"] for _, body in server.asked] == ["fake"]


def test_layers_say_who_found_an_event(run, here, server, article):
    """The column method."""
    server.answers.append((200, [TORCHED]))
    words = ("--model-url", server.url, "--model", "fake")
    assert run("extract", article, "-o", "e.geojson", *words).code == 0
    features = json.loads((here / "e.geojson").read_text(encoding="utf-8"))["features"]
    found = {feature["properties"]["type"]: feature["properties"]["method"] for feature in features}
    assert found == {"movement.flight": "rules", "violence.attack": "language_model"}


def test_without_an_answer_our_own_rules_read_alone(run, server, article):
    """The line is the one without a model, the exit code 0; a note says why, once each."""
    alone = run("extract", article)
    assert server.asked == []
    server.answers.extend([(500, [])])
    ended = run("extract", article, "--model-url", server.url, "--model", "fake")
    assert (ended.code, ended.out) == (0, alone.out)
    assert "gave no answer about 'a' (it answers with the error 500)" in ended.err
    assert "Of 1 questions to the language model, 1 were not answered" in ended.err
    quiet = run("extract", article, "--model-url", server.url, "--model", "fake", "--quiet")
    assert (quiet.code, quiet.err) == (0, "")


def test_many_articles_are_read_in_several_processes(spawn, here, server):
    """Each process asks for its articles; their order is kept."""
    rows = [json.dumps({"id": str(n), "text": TEXT}) for n in range(3)]
    (here / "many.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    server.answers.extend([(200, [TORCHED])] * 3)
    words = ("--jobs", "2", "--model-url", server.url, "--model", "fake")
    ended = spawn("extract", "many.jsonl", *words)
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert (ended.code, [line["id"] for line in lines]) == (0, ["0", "1", "2"])
    assert all(line["events"][1]["method"] == "language_model" for line in lines)


def test_the_key_is_taken_from_the_environment_alone(run, server, article, monkeypatch):
    """It reaches the server, and is never said."""
    monkeypatch.setenv("GEOEVENTS_MODEL_KEY", "sk-secret-1")
    server.answers.append((401, []))
    ended = run("extract", article, "--model-url", server.url, "--model", "fake")
    [(headers, _)] = server.asked
    assert headers["Authorization"] == "Bearer sk-secret-1"
    assert "secret" not in ended.out + ended.err
    assert "error 401" in ended.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--model-url", "http://127.0.0.1:1/v1"), "give the model with --model"),
        (("--model", "fake"), "give its server with --model-url"),
        (("--model-url", "127.0.0.1:1", "--model", "fake"), "give the address"),
        (("--model-url", "http://me:pw@127.0.0.1/v1", "--model", "fake"), "no user or password"),
        (
            ("--model-url", "http://127.0.0.1:1/v1", "--model", "fake", "--model-timeout", "0"),
            "give a number above 0",
        ),
    ],
)
def test_options_that_do_not_fit_are_usage_errors(run, article, words, why):
    """One sentence and exit code 2, before anything is read; a password is not repeated."""
    ended = run("extract", article, *words)
    assert (ended.code, ended.out) == (2, "")
    assert why in ended.err
    assert "me:pw" not in ended.err
    assert len(ended.err.splitlines()) == 1
