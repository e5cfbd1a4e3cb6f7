"""Which language model is asked, where, and how does it answer in the form that is wanted?"""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geoevents.errors import OptionError
from geoevents.language_model.exchange import NoAnswerError, is_own_machine, post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEY_VARIABLE: Final = "GEOEVENTS_MODEL_KEY"
"""Environment variable that holds the API key; there is no other way to give one."""

_URL = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_KEY = re.compile(r"[!-~]{1,4096}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,300}")
_MOST_TOKENS: Final = 4096
_OK: Final = 200
# Statuses of servers that do not know a field; other errors do not go away with the field.
_UNSUPPORTED: Final = frozenset({400, 415, 422, 501})


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model behind an OpenAI-compatible server that the user names.

    Parameters
    ----------
    url
        Address of the server up to the version: ``http://127.0.0.1:8080/v1``.
    name
        Name of the model, as the server knows it.
    timeout_s
        Seconds to wait for an answer about one part of an article.
    part_chars
        Characters of an article that go into one question; longer articles are asked about in
        parts of whole sentences.
    most_parts
        Parts of an article that are asked about; what comes after is read by our own rules alone.

    Raises
    ------
    OptionError
        If the address is none, holds a password, or the API key of the environment is none or
        would travel unencrypted to another machine.

    Examples
    --------
    >>> LanguageModel("http://127.0.0.1:8080/v1/", "qwen").endpoint
    'http://127.0.0.1:8080/v1/chat/completions'
    """

    url: str
    name: str
    timeout_s: float = 120.0
    part_chars: int = 6000
    most_parts: int = 40

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not _NAME.fullmatch(self.name):
            raise OptionError("--model", self.name[:80], "give the name that the server knows")
        if not self.timeout_s > 0:
            raise OptionError("--model-timeout", f"{self.timeout_s:g}", "give a number above 0")
        if api_key() is not None and not self.url.lower().startswith("https:"):
            _check_open_way(self.url)

    @property
    def endpoint(self) -> str:
        """Where questions are sent."""
        return f"{self.url.rstrip('/')}/chat/completions"

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
        """Return the words of the model's answer.

        An answer bound to the schema is asked for first; of a server that does not know how,
        one that is JSON, and then a plain one. Nothing is remembered from one question to the
        next, so that no article has a say in how the others are read.

        Parameters
        ----------
        messages
            The conversation, as ``role`` and ``content``.
        schema
            JSON Schema that the answer should follow.

        Raises
        ------
        NoAnswerError
            If there is no answer with words in it, or it does not come in time.
        """
        status = _OK
        ends = time.monotonic() + self.timeout_s
        for body in self._bodies(messages, schema):
            left = ends - time.monotonic()
            if left <= 0:
                raise NoAnswerError(f"no answer came within {self.timeout_s:g} seconds")
            answer = post(self.endpoint, body, key=api_key(), timeout_s=left)
            status = answer.status
            if status == _OK:
                return _content(answer.body)
            if status not in _UNSUPPORTED:
                break
        raise NoAnswerError(f"it answers with the error {status}")

    def _bodies(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        plain = {"model": self.name, "messages": list(messages), "stream": False}
        bounded = {**plain, "temperature": 0, "max_tokens": _MOST_TOKENS}
        form = {"name": "events", "strict": True, "schema": schema}
        yield {**bounded, "response_format": {"type": "json_schema", "json_schema": form}}
        yield {**bounded, "response_format": {"type": "json_object"}}
        yield plain


def api_key() -> str | None:
    """Return the API key of the environment, or None for none.

    Raises
    ------
    OptionError
        If it is none that can be sent; the message does not show it.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if key and not _KEY.fullmatch(key):
        raise OptionError(KEY_VARIABLE, "(hidden)", "a key has no blanks and only ASCII signs")
    return key or None


def _check_url(url: str) -> None:
    hidden = re.sub(r"//.*@", "//(hidden)@", url)[:200]
    wrong = "give the address of an OpenAI-compatible server, as http://127.0.0.1:8080/v1"
    try:
        parts = urlsplit(url)
        port = parts.port  # raises when it is no number
    except ValueError:
        raise OptionError("--model-url", hidden, wrong) from None
    if "@" in parts.netloc:
        why = f"an address holds no user or password; put the API key into {KEY_VARIABLE}"
        raise OptionError("--model-url", hidden, why)
    if not _URL.fullmatch(url) or not parts.hostname or port == 0 or parts.query or parts.fragment:
        raise OptionError("--model-url", hidden, wrong)


def _check_open_way(url: str) -> None:
    if not is_own_machine(url):
        why = f"the key in {KEY_VARIABLE} would travel unencrypted; use https, or unset it"
        raise OptionError("--model-url", url, why)


def _content(body: bytes) -> str:
    """Return the words in a chat completion."""
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NoAnswerError("its answer is no chat completion") from None
    if not isinstance(content, str) or not content.strip():
        raise NoAnswerError("its answer is empty")
    return content
