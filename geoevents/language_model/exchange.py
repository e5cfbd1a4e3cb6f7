"""How is one question put to a web server, with a bound on time and size, and nobody else asked?"""

from __future__ import annotations

import ipaddress
import json
import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3 import exceptions
from urllib3.exceptions import HTTPError, NewConnectionError, ProxyError, SSLError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

_LARGEST: Final = 1024**2  # bytes; an answer to one part of an article has some ten thousand
_CONNECT_S: Final = 10.0
_BUSY: Final = frozenset({429, 503})  # worth another try: too many requests, a model being loaded
_TRIES: Final = 2
_REDIRECTS: Final = range(300, 400)


class NoAnswerError(Exception):
    """A server gives no answer that can be used; the message is half a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status and the bytes of its body."""

    status: int
    body: bytes


def post(url: str, body: Mapping[str, Any], *, key: str | None, timeout_s: float) -> Answer:
    """Send JSON to a server and return its answer.

    No redirect is followed, and an answer is never unpacked. Servers of the own machine are
    reached without a proxy, others through the one that the environment names.

    Parameters
    ----------
    url
        Where to send it.
    body
        What to send.
    key
        API key, or None for none; it appears in no message.
    timeout_s
        Seconds after which no answer is waited for, however it comes.

    Raises
    ------
    NoAnswerError
        If the server cannot be reached, sends on to another address, or its answer is late, too
        large or breaks off.
    """
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    sent = json.dumps(body).encode()
    return _within(timeout_s, lambda: _ask(url, sent, headers, timeout_s))


def is_own_machine(url: str) -> bool:
    """Return whether an address is one of this machine alone.

    Examples
    --------
    >>> is_own_machine("http://127.0.0.1:8080/v1"), is_own_machine("http://192.168.0.7/v1")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _within(seconds: float, ask: Callable[[], T]) -> T:
    """Return what a function returns, or give it up: a server may drip bytes for ever."""
    came: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            came.put((ask(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
            came.put((None, error))

    threading.Thread(target=run, daemon=True, name="language model").start()
    try:
        value, error = came.get(timeout=seconds)
    except Empty:
        raise NoAnswerError(_late(seconds)) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def _ask(url: str, sent: bytes, headers: Mapping[str, str], timeout_s: float) -> Answer:
    try:
        with _manager(url) as manager:
            response = manager.request(
                "POST",
                url,
                body=sent,
                headers=dict(headers),
                redirect=False,
                retries=_retries(timeout_s),
                preload_content=False,
                decode_content=False,
                timeout=urllib3.Timeout(connect=min(_CONNECT_S, timeout_s), read=timeout_s),
            )
            try:
                return Answer(response.status, _body(response))
            finally:
                response.close()
    except HTTPError as error:
        raise NoAnswerError(_why(error, timeout_s)) from error


def _body(response: urllib3.BaseHTTPResponse) -> bytes:
    if response.status in _REDIRECTS:
        raise NoAnswerError("it sends on to another address, which is not followed")
    announced = response.headers.get("Content-Length", "")
    large = announced.isascii() and announced.isdigit() and int(announced[:20]) > _LARGEST
    body = b"" if large else response.read(_LARGEST + 1, decode_content=False)
    if large or len(body) > _LARGEST:
        raise NoAnswerError(f"its answer is larger than {_LARGEST // 1024**2} MB")
    return body


def _retries(timeout_s: float) -> urllib3.Retry:
    """Return how often to come again: to a busy server only, and within the time."""
    return urllib3.Retry(
        total=_TRIES,
        connect=0,
        read=0,
        other=0,
        status=_TRIES,
        allowed_methods=None,
        status_forcelist=_BUSY,
        backoff_factor=0.5,
        retry_after_max=max(1, int(timeout_s)),
        raise_on_status=False,
    )


def _manager(url: str) -> urllib3.PoolManager:
    parts = urlsplit(url)
    direct = is_own_machine(url) or proxy_bypass(parts.hostname or "")
    proxy = None if direct else getproxies().get(parts.scheme)
    return urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()


def _why(error: BaseException, timeout_s: float) -> str:
    cause = getattr(error, "reason", None)  # of what was tried again
    found = cause if isinstance(cause, HTTPError) else error
    if isinstance(found, SSLError):
        return "its certificate is not trusted"
    if isinstance(found, ProxyError):
        return "its proxy cannot be reached"
    if isinstance(found, NewConnectionError):
        return "there is no connection to it"
    if isinstance(found, exceptions.TimeoutError):
        return _late(timeout_s)
    return "the connection broke off"


def _late(seconds: float) -> str:
    return f"no answer came within {seconds:g} seconds"
