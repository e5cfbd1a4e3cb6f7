"""How is a web server asked, patiently and politely, and never led astray?"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, LocationValueError, SSLError

from gazetteer.errors import RefusedError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from urllib3 import BaseHTTPResponse

_T = TypeVar("_T")

#: What passes: too many requests, and a server or a proxy in trouble.
PASSING: Final = frozenset({429, 500, 502, 503, 504})
_REFUSED: Final = 400  # statuses from here on say no
_MOST_REDIRECTS: Final = 5
_SAFE: Final = {"https": frozenset({"https"}), "http": frozenset({"http", "https"})}
_FEW: Final = 2  # tries when there is no connection at all


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, and how often to try again.

    Attributes
    ----------
    retries
        Tries after the first one, as long as none of them brings anything.
    backoff_s
        Seconds before the second try again; doubled each time after.
    longest_wait_s
        Seconds that no pause exceeds, even when the server asks for more.
    connect_s, read_s
        Seconds to wait for a connection, and for the next bytes.
    pause_s
        Seconds between two queries to a public service.
    """

    retries: int = 6
    backoff_s: float = 1.0
    longest_wait_s: int = 120
    connect_s: float = 15.0
    read_s: float = 60.0
    pause_s: float = 1.0

    def retry(self) -> urllib3.Retry:
        """Return the count of tries, none used up."""
        return urllib3.Retry(
            self.retries,
            other=min(self.retries, _FEW),
            allowed_methods=None,
            status_forcelist=PASSING,
            backoff_factor=self.backoff_s,
            backoff_max=self.longest_wait_s,
            retry_after_max=self.longest_wait_s,
        )


class SetbackError(Exception):
    """A try failed in a way that another one may not.

    Attributes
    ----------
    error
        What happened on the way; None when the server answered.
    response
        The server's answer; None when there was none.
    is_progress
        Whether the try brought enough to start counting anew.
    """

    def __init__(
        self, *, error: HTTPError | None = None, response: BaseHTTPResponse | None = None
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.response = response
        self.is_progress = False


class Http:
    """A client of web servers.

    Parameters
    ----------
    patience : Patience, optional
        How long to wait.
    contact : str, optional
        An address that services may write to; part of the user agent.
    """

    def __init__(self, *, patience: Patience | None = None, contact: str = "") -> None:
        self.patience = patience or Patience()
        self._headers = {"User-Agent": _user_agent(contact), "Accept-Encoding": "identity"}
        self._timeout = urllib3.Timeout(connect=self.patience.connect_s, read=self.patience.read_s)
        self._managers: dict[str | None, urllib3.PoolManager] = {}

    def persist(self, method: str, url: str, attempt: Callable[[], _T]) -> _T:
        """Call something that asks a server until it succeeds or patience ends.

        Parameters
        ----------
        method, url : str
            What it asks, for the messages.
        attempt : callable
            Raises :class:`SetbackError` when another try may help.

        Raises
        ------
        UnreachableError
            If there is no connection, or it breaks again and again.
        RefusedError
            If the server says no, or stays in trouble.
        """
        retry = self.patience.retry()
        while True:
            try:
                return attempt()
            except SetbackError as setback:
                retry = self.patience.retry() if setback.is_progress else retry
                try:
                    retry = retry.increment(
                        method, url, response=setback.response, error=setback.error
                    )
                except HTTPError as end:
                    raise _final(url, setback) from end
                _wait(retry, setback)

    @contextmanager
    def opened(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        accepted: Collection[int] = (),
    ) -> Iterator[BaseHTTPResponse]:
        """Give the answer of a server, its body still to be read.

        Parameters
        ----------
        method, url : str
            What to ask.
        headers : mapping, optional
            To send along.
        form : mapping, optional
            Fields to send, URL-encoded.
        accepted : collection of int, optional
            Statuses from 400 on that the caller deals with.

        Raises
        ------
        SetbackError
            If there is no connection, it breaks, or the server is in passing trouble.
        RefusedError
            If the server says no, or sends on to where it must not.
        """
        response = None
        try:
            response = self._follow(method, url, {**self._headers, **(headers or {})}, form)
            if response.status in PASSING:
                raise SetbackError(response=response)
            if response.status >= _REFUSED and response.status not in accepted:
                raise RefusedError(url, _status(response))
            yield response
        except LocationValueError as error:
            raise RefusedError(url, f"no web address: {error}") from error
        except HTTPError as error:
            raise SetbackError(error=error) from error
        finally:
            if response is not None:
                response.close()

    def _follow(
        self, method: str, url: str, headers: dict[str, str], form: Mapping[str, str] | None
    ) -> BaseHTTPResponse:
        first = url
        body = urlencode(form) if form else None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._manager(url).request(
                method,
                url,
                headers=headers,
                body=body,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=self._timeout,
            )
            location = response.get_redirect_location()
            if not location:
                return response
            response.close()
            url = _next_url(url, location)
        raise RefusedError(first, f"it sends on more than {_MOST_REDIRECTS} times")

    def _manager(self, url: str) -> urllib3.PoolManager:
        """Return the connections to a server, through the proxy that the environment names."""
        parts = urlsplit(url)
        bypassed = proxy_bypass(parts.hostname or "")
        proxy = None if bypassed else getproxies().get(parts.scheme)
        if proxy not in self._managers:
            self._managers[proxy] = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        return self._managers[proxy]


def _wait(retry: urllib3.Retry, setback: SetbackError) -> None:
    """Wait as long as the server asks for, or ever longer when it asks for nothing sensible."""
    try:
        retry.sleep(setback.response)
    except InvalidHeader:
        retry.sleep()


def _next_url(url: str, location: str) -> str:
    """Return where a redirect leads: never out of the web, never from https to http."""
    target = urljoin(url, location)
    if urlsplit(target).scheme not in _SAFE.get(urlsplit(url).scheme, frozenset()):
        raise RefusedError(url, f"it sends on to {target!r}, which is not safe to follow")
    return target


def _final(url: str, setback: SetbackError) -> Exception:
    """Return what to tell when patience ends."""
    if setback.response is not None:
        return RefusedError(url, _status(setback.response))
    return UnreachableError(url, _why(setback.error))


def _status(response: BaseHTTPResponse) -> str:
    return f"the server answers {response.status} {response.reason or ''}".rstrip()


def _why(error: HTTPError | None) -> str:
    if isinstance(error, SSLError):
        return f"its certificate is not trusted: {error}"
    return str(error) or type(error).__name__


def _user_agent(contact: str) -> str:
    about = f"gazetteer fetch; {contact}" if contact else "gazetteer fetch"
    return f"geoevents/{_version('geoevents')} ({about}) urllib3/{_version('urllib3')}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
