"""Whatever a server answers, an article is read; where no answer comes, by our own rules."""

import gzip
import json
import logging
import socket
import time
from functools import partial

import pytest
from jsonschema import Draft202012Validator

from geoevents.article import Article
from geoevents.errors import OptionError
from geoevents.extract.pipeline import extract
from geoevents.language_model import KEY_VARIABLE, LanguageModel, extract_with_model

TEXT = "Two cargo planes landed in Baku. Rebels torched a police post near Fallujah."
ARTICLE = Article(TEXT, "a", "en")
TORCHED = {"sentence": 2, "trigger": "torched", "type": "violence.attack"}
TEN_MB = 10 * 1024**2


def completion(content):
    """Return the body of a chat completion."""
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


def answers(status, body=b"", **headers):
    """Return what a handler does to answer so."""
    return lambda handler: handler.send(status, body, **headers)


def streams(handler, *, block, times, pause_s=0.0):
    """Send a body of unknown length, block by block."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(times):
        handler.wfile.write(block)
        handler.wfile.flush()
        if handler.server.served.gone.wait(pause_s):
            return


def drips_headers(handler):
    """Send a header that never ends, a letter at a time."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.served.gone.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def silent(handler):
    """Say nothing, then hang up."""
    handler.server.served.gone.wait(10)
    handler.close_connection = True


def breaks_off(handler):
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')
    handler.close_connection = True


@pytest.fixture(scope="module")
def ruled(gazetteer):
    """Return what our own rules alone find."""
    return extract(ARTICLE, gazetteer)


@pytest.fixture
def read(gazetteer, model):
    """Return a function that reads the article with the model."""
    return lambda model=model: extract_with_model(ARTICLE, gazetteer, model)


UNUSABLE = {
    "HTML": ("<!DOCTYPE html><html><script>alert(1)</script></html>", "no list of events"),
    "prose": ("I cannot help with that.", "no list of events"),
    "nothing": ("  ", "is empty"),
    "another object": ('{"answer": 42}', "no list of events"),
    "events of another kind": ('{"events": "none"}', "no list of events"),
    "a list alone": ('[{"sentence": 1}]', "no list of events"),
    "cut before the first event": ('{"events": [{"sentence": 1, "trig', "breaks off"),
    "depth without end": ('{"events": ' + "[" * 100_000, "breaks off"),
    "objects in objects": ('{"events": ' * 50_000, "is no JSON"),
    "a number without end": ('{"events": [' + "9" * 10_000 + "]}", "breaks off"),
}


@pytest.mark.parametrize(("content", "why"), UNUSABLE.values(), ids=UNUSABLE)
def test_an_answer_without_events_leaves_the_rules(read, server, ruled, content, why):
    """The document is that of the rules, and the reason is told."""
    server.says(content)
    found = read()
    assert found.document == ruled
    [problem] = found.problems
    assert why in problem


MOODS = {
    "500": (answers(500, b"<html>" * 1000), "error 500"),
    "404": (answers(404, b"no such model"), "error 404"),
    "page": (answers(200, b"<!DOCTYPE html>", Content_Type="text/html"), "no chat completion"),
    "other JSON": (answers(200, b'{"choices": []}'), "no chat completion"),
    "no words": (answers(200, completion(None)), "is empty"),
    "words of another kind": (answers(200, completion({"events": []})), "is empty"),
    "packed": (
        answers(200, gzip.compress(b"0" * TEN_MB), Content_Encoding="gzip"),
        "no chat completion",
    ),
    "10 MB": (answers(200, completion("x" * TEN_MB)), "larger than 1 MB"),
    "10 MB unannounced": (partial(streams, block=b"x" * 2**16, times=160), "larger than 1 MB"),
    "cut": (breaks_off, "no chat completion"),
    "hangs up": (lambda handler: setattr(handler, "close_connection", True), "broke off"),
}


@pytest.mark.parametrize(("mood", "why"), MOODS.values(), ids=MOODS)
def test_a_server_in_trouble_leaves_the_rules(read, server, ruled, mood, why):
    """The document is that of the rules, and the reason is told."""
    server.says(mood)
    found = read()
    assert found.document == ruled
    [problem] = found.problems
    assert why in problem


@pytest.mark.parametrize(
    "mood",
    [silent, drips_headers, partial(streams, block=b" ", times=200, pause_s=0.05)],
    ids=["silent", "header drips", "body drips"],
)
def test_a_late_answer_is_not_waited_for(read, server, ruled, mood):
    """However slowly it comes, the time that was given is all that it takes."""
    server.says(mood)
    begun = time.monotonic()
    found = read(LanguageModel(server.url, "fake", timeout_s=0.5))
    assert time.monotonic() - begun < 3
    assert found.document == ruled
    assert found.problems[0].startswith("no answer came within 0.")


def test_a_server_that_is_not_there_leaves_the_rules(read, ruled):
    """Nobody listens on the port of a server that is gone."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    found = read(LanguageModel(f"http://127.0.0.1:{port}/v1", "fake", timeout_s=5))
    assert found.document == ruled
    assert found.problems == ("there is no connection to it",)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_asked_whom_the_user_did_not_name(read, server, ruled, status):
    """A redirect is not followed, not even to the same server."""
    elsewhere = server.url.replace("127.0.0.1", "localhost") + "/chat/completions"
    server.says(answers(status, Location=elsewhere))
    found = read()
    assert found.document == ruled
    assert found.problems == ("it sends on to another address, which is not followed",)
    assert len(server.asked) == 1


def test_what_comes_before_a_break_counts(read, server):
    """Of an answer that is cut short the whole events are taken."""
    whole = json.dumps({"events": [TORCHED, TORCHED | {"trigger": "post"}]})
    server.says(whole[: whole.index("post") - 4])
    found = read()
    assert found.problems == ()
    assert [e.method for e in found.document.events] == ["rules", "language_model"]


@pytest.mark.parametrize(
    "wrapped",
    ["```json\n{}\n```", "<think>{{not yet}} hmm</think>\n{}", "Here it is:\n{}\nAnything else?"],
)
def test_words_around_an_answer_are_passed_over(read, server, wrapped):
    """Fences, thoughts and politeness."""
    answer = json.dumps({"events": [TORCHED]})
    server.says(wrapped.replace("{}", answer).replace("{{", "{").replace("}}", "}"))
    found = read()
    assert found.problems == ()
    assert [e.method for e in found.document.events] == ["rules", "language_model"]


def test_fields_of_the_wrong_kind_are_left_out_one_by_one(read, server, ruled):
    """The rest of the event stands."""
    wrong = {
        "status": ["asserted"],
        "aspect": 7,
        "time": {"start": "2020"},
        "count": 2,
        "money": True,
        "casualties": "many",
        "participants": [None, "Rebels", {"role": "actor"}, {"role": "actor", "words": 5}],
        "places": {"location": "Fallujah"},
    }
    kinds = [None, 7, "torched", {"sentence": 2}, {"sentence": True, "trigger": ["torched"]}]
    server.says(json.dumps({"events": [*kinds, TORCHED | wrong]}))
    found = read()
    assert found.problems == ()
    first, torched = found.document.events
    assert [first] == list(ruled.events)
    assert (torched.type, torched.status, torched.aspect) == ("violence.attack", *_usual())
    assert (torched.time, torched.count, torched.money) == (None, None, None)
    assert (torched.casualties, torched.participants, torched.places) == ((), (), ())


def _usual():
    return ("asserted", "single")


def test_no_more_than_a_bounded_number_of_events_is_taken(read, server):
    """Ten thousand claims are no ten thousand events."""
    claims = [TORCHED | {"trigger": "nothing"}] * 10_000
    server.says(json.dumps({"events": [*claims, TORCHED]}))
    assert [e.method for e in read().document.events] == ["rules"]


def test_what_is_asked_is_a_chat_completion_bound_to_a_schema(read, server):
    """The question names the model, asks for no creativity, and has a sound schema."""
    read()
    [(path, body)] = server.asked
    assert path == "/v1/chat/completions"
    assert (body["model"], body["temperature"], body["stream"]) == ("fake", 0, False)
    assert body["response_format"]["type"] == "json_schema"
    schema = body["response_format"]["json_schema"]["schema"]
    Draft202012Validator.check_schema(schema)
    kinds = schema["properties"]["events"]["items"]["properties"]["type"]["enum"]
    assert "movement.flight" in kinds
    assert "movement.flight" in body["messages"][0]["content"]
    assert "[2] Rebels torched a police post near Fallujah." in body["messages"][1]["content"]


def test_a_server_that_knows_no_schema_is_asked_otherwise(read, server):
    """First for JSON, then plainly; and each article anew."""
    server.says(answers(400, b"response_format.type must be text or json_object"))
    server.says(answers(422))
    server.says(json.dumps({"events": [TORCHED]}))
    assert [e.method for e in read().document.events] == ["rules", "language_model"]
    read()
    forms = [body.get("response_format", {}).get("type") for _, body in server.asked]
    assert forms == ["json_schema", "json_object", None, "json_schema"]
    assert server.asked[2][1].keys() == {"model", "messages", "stream"}


def test_a_busy_server_is_asked_again(read, server):
    """One that loads its model needs a moment."""
    server.says(answers(503, Retry_After="0"))
    server.says(json.dumps({"events": [TORCHED]}))
    found = read()
    assert found.problems == ()
    assert len(server.asked) == 2


def test_the_key_goes_to_the_server_and_nowhere_else(read, server, monkeypatch, caplog):
    """It is sent as a bearer token, and stands in no message, log or representation."""
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret-1")
    caplog.set_level(logging.DEBUG)
    model = LanguageModel(server.url, "fake", timeout_s=5)
    server.says(answers(401, b"wrong key: sk-secret-1"))
    found = read(model)
    assert server.headers[0]["Authorization"] == "Bearer sk-secret-1"
    assert found.problems == ("it answers with the error 401",)
    assert "secret" not in caplog.text + repr(model) + repr(found)
    monkeypatch.delenv(KEY_VARIABLE)
    read(model)
    assert "Authorization" not in server.headers[1]


def test_a_server_of_the_own_machine_is_asked_without_a_proxy(read, server, monkeypatch):
    """What is said to it does not leave the machine."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert read().problems == ()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080/v1",
        "file:///etc/passwd",
        "ftp://127.0.0.1/v1",
        "http://",
        "http:///v1",
        "http://127.0.0.1:x/v1",
        "http://127.0.0.1:99999/v1",
        "http://127.0.0.1/v1?key=1",
        "http://127.0.0.1/v1#x",
        "http://127.0.0.1/v1\r\nHost: other",
        "http://[::1/v1",
        "",
    ],
)
def test_an_address_that_is_none_is_refused(url):
    """Before anything is read, in one sentence."""
    with pytest.raises(OptionError, match=r"^--model-url is .*127\.0\.0\.1:8080/v1"):
        LanguageModel(url, "fake")


def test_secrets_are_not_repeated_when_they_are_refused(monkeypatch):
    """Neither a password in an address nor a key that cannot be one."""
    with pytest.raises(OptionError) as refused:
        LanguageModel("https://me:hunter2@example.org/v1", "fake")
    assert "hunter2" not in str(refused.value)
    assert KEY_VARIABLE in str(refused.value)
    monkeypatch.setenv(KEY_VARIABLE, "sk-hunter2\r\nX-Evil: 1")
    with pytest.raises(OptionError) as refused:
        LanguageModel("http://127.0.0.1:8080/v1", "fake")
    assert "hunter2" not in str(refused.value)


def test_a_key_does_not_travel_unencrypted(monkeypatch):
    """To another machine only by https; without a key http will do."""
    far = "http://192.168.0.7:8000/v1"
    assert LanguageModel(far, "fake").endpoint == far + "/chat/completions"
    monkeypatch.setenv(KEY_VARIABLE, "sk-1")
    for near in ("http://127.0.0.1:1/v1", "http://localhost:1/v1", "http://[::1]:1/v1"):
        LanguageModel(near, "fake")
    LanguageModel("https://192.168.0.7:8000/v1", "fake")
    with pytest.raises(OptionError, match="unencrypted"):
        LanguageModel(far, "fake")
