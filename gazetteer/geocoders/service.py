"""How is an online geocoder asked politely? Known by name, slowly, once, and not for ever."""

from __future__ import annotations

import copy
import inspect
import json
import queue
import threading
import time
import warnings
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import geopy
from geopy.adapters import BaseAsyncAdapter, RequestsAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gazetteer.geocoders.cache import AnswerCache

DISTRIBUTION = "geoevents"
"""Name of the software in the user agent."""

_LONGEST_TIMEOUT = 10.0  # seconds; where the geocoder was told to wait for ever
_TIMEOUTS_PER_REQUEST = 3  # to connect, and to wait for the answer's parts; then it is too long
_FAILURES_IN_A_ROW = 3  # after so many a service is left alone
_PAUSE_SECONDS = 300.0  # for so long

_REFUSALS = (
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    ConfigurationError,
)
"""What asking again does not mend."""

_UNEXPECTED = (LookupError, TypeError, ValueError, AttributeError)
"""What geopy raises when it is answered something else than it expects."""


class OnlineLookupWarning(UserWarning):
    """Something is about to be sent to an online service."""


class OnlineService:
    """An online geocoder with a cache, a delay between requests and a limit to patience.

    Parameters
    ----------
    geocoder
        A geopy geocoder; it is copied, not changed.
    cache
        Where answers are kept.
    user_agent
        What the user is known by; by default the geocoder's own. The software's name and version
        are added to it.
    min_delay_seconds
        Between two requests.
    max_retries
        How often a request that failed is repeated.
    error_wait_seconds
        Before it is repeated.
    notify
        Called once, before the first request, with a sentence that says what is sent where.

    Raises
    ------
    geopy.exc.ConfigurationError
        If an argument does not fit, or the user agent is geopy's.
    """

    def __init__(
        self,
        geocoder: Geocoder,
        *,
        cache: AnswerCache,
        user_agent: str | None = None,
        min_delay_seconds: float = 1.0,
        max_retries: int = 2,
        error_wait_seconds: float = 5.0,
        notify: Callable[[str], object] | None = None,
    ) -> None:
        _check_patience(min_delay_seconds, max_retries)
        self._geocoder = _introduced(geocoder, user_agent)
        self.name = _name(geocoder)
        self._cache = cache
        self._notify = notify or _warn
        self._tries = max_retries + 1
        self._limited = RateLimiter(
            self._request,
            min_delay_seconds=min_delay_seconds,
            max_retries=max_retries,
            error_wait_seconds=max(min_delay_seconds, error_wait_seconds),
            swallow_exceptions=False,
        )
        # Held while a request is under way: two threads with one question ask it once.
        self._asking = threading.Lock()
        self._notified = False
        self._failures = 0
        self._paused_until = 0.0

    def check(self, method: str, options: Mapping[str, Any]) -> None:
        """Refuse options that the geocoder does not have.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If there is one.
        """
        check_options(self._geocoder, method, options)

    def ask(self, method: str, query: Any, options: Mapping[str, Any]) -> list[Location]:
        """Return the answers to a question, from the cache if it was asked before.

        Parameters
        ----------
        method
            ``"geocode"`` or ``"reverse"``.
        query
            What geopy's method takes.
        options
            Keyword arguments of it; ``timeout`` is no part of the question.

        Raises
        ------
        geopy.exc.GeopyError
            If there is no answer: one sentence that names the service, the query and the reason.
        """
        question = self._question(method, query, options)
        with self._asking:
            answers = self._cache.get(question)
            if answers is None:
                answers = self._ask_online(method, query, options)
                self._cache.put(question, answers)
        return answers

    def _ask_online(self, method: str, query: Any, options: Mapping[str, Any]) -> list[Location]:
        left = self._paused_until - time.monotonic()
        if left > 0:
            raise GeocoderUnavailable(
                f"{self.name} is not asked for {query!r}: it failed before, "
                f"and is left alone for another {left:.0f} s."
            )
        self._introduce_once()
        try:
            outcome = self._limited(method, query, options)
        except GeocoderServiceError as error:
            raise self._failed(error, query, tries=self._tries) from error
        if isinstance(outcome, GeopyError):
            raise self._failed(outcome, query, tries=1) from outcome
        self._failures = 0
        return [self._marked(answer) for answer in _as_list(outcome)]

    def _request(self, method: str, query: Any, options: Mapping[str, Any]) -> Any:
        """Ask once; what asking again does not mend is returned, so that it is not repeated."""
        timeout = options.get("timeout", DEFAULT_SENTINEL)
        if timeout is DEFAULT_SENTINEL:
            timeout = self._geocoder.timeout
        seconds = float(_LONGEST_TIMEOUT if timeout is None else timeout)
        call = partial(getattr(self._geocoder, method), query, **{**options, "timeout": seconds})
        try:
            return _within(seconds * _TIMEOUTS_PER_REQUEST, call)
        except _REFUSALS as error:
            return error
        except GeocoderServiceError:
            raise
        except _UNEXPECTED as error:
            return GeocoderParseError(f"its answer was not understood: {error!r}")

    def _introduce_once(self) -> None:
        if not self._notified:
            self._notified = True
            self._notify(
                "Names or points that the gazetteer does not know are sent over the network to "
                f"{self.name}, with the languages, countries and box that are asked for, and the "
                f"user agent {self._geocoder.headers['User-Agent']!r}."
            )

    def _failed(self, error: GeopyError, query: Any, *, tries: int) -> GeopyError:
        """Take note of a failure; return the error that says it in one sentence."""
        if not isinstance(error, GeocoderQueryError):  # that is about the query, not the service
            self._lose_patience(error)
        kind = next(kind for kind in type(error).__mro__ if kind.__module__ == "geopy.exc")
        explained: GeopyError = kind(
            f"{self.name} did not answer for {query!r} "
            f"({tries} {'try' if tries == 1 else 'tries'}; {str(error).rstrip('.')})."
        )
        return explained

    def _lose_patience(self, error: GeopyError) -> None:
        self._failures += 1
        refused = isinstance(error, _REFUSALS)
        if refused or self._failures >= _FAILURES_IN_A_ROW:
            seconds = getattr(error, "retry_after", None) or _PAUSE_SECONDS
            self._paused_until = time.monotonic() + seconds
            self._failures = 0

    def _marked(self, answer: Location) -> Location:
        raw = dict(answer.raw) if isinstance(answer.raw, dict) else {"answer": answer.raw}
        raw["service"] = self.name
        raw["answered"] = datetime.now(UTC).isoformat(timespec="seconds")
        return Location(answer.address, answer.point, raw)

    def _question(self, method: str, query: Any, options: Mapping[str, Any]) -> str:
        kind = type(self._geocoder)
        address = getattr(self._geocoder, "api", None)
        service = f"{kind.__module__}.{kind.__qualname__} {address}"
        text = " ".join(query.split()) if isinstance(query, str) else query
        asked = {key: value for key, value in options.items() if key != "timeout"}
        return json.dumps(
            [service, method, text, asked], sort_keys=True, ensure_ascii=False, default=_plain
        )


def check_options(geocoder: Geocoder, method: str, options: Mapping[str, Any]) -> None:
    """Refuse options that a method of a geocoder does not have.

    Raises
    ------
    geopy.exc.GeocoderQueryError
        If there is one.
    """
    call = getattr(geocoder, method, None)
    name = type(geocoder).__name__
    if call is None:
        raise GeocoderQueryError(f"{name} has no {method}: use another online geocoder.")
    known = inspect.signature(call).parameters
    unknown = [key for key in options if key not in known]
    if unknown:
        raise GeocoderQueryError(
            f"{name}.{method} has no option {unknown[0]!r}: "
            "leave it away or use another online geocoder."
        )


def _introduced(geocoder: Geocoder, user_agent: str | None) -> Geocoder:
    """Return a copy of a geocoder that names its user and this software to the service."""
    if not isinstance(geocoder, Geocoder):
        raise ConfigurationError(
            f"The online geocoder is {geocoder!r}: give one of geopy's, opened."
        )
    if isinstance(geocoder.adapter, BaseAsyncAdapter):
        raise ConfigurationError(
            f"{type(geocoder).__name__} has an asynchronous adapter: give it a synchronous one."
        )
    agent = (user_agent or geocoder.headers.get("User-Agent", "")).strip()
    if not agent or agent == f"geopy/{geopy.__version__}":
        raise ConfigurationError(
            f"{type(geocoder).__name__} would be asked as {agent!r}, which says nothing of you: "
            "give user_agent with a name and an address where you can be reached."
        )
    introduced = copy.copy(geocoder)
    if type(geocoder.adapter) is RequestsAdapter:
        # By itself it repeats requests at once, and sleeps for as long as a server tells it.
        introduced.adapter = RequestsAdapter(
            proxies=geocoder.proxies, ssl_context=geocoder.ssl_context, max_retries=0
        )
    introduced.headers = {**geocoder.headers, "User-Agent": f"{agent} {_software()}"}
    return introduced


def _software() -> str:
    try:
        return f"{DISTRIBUTION}/{version(DISTRIBUTION)}"
    except PackageNotFoundError:  # run from a checkout
        return DISTRIBUTION


def _name(geocoder: Geocoder) -> str:
    domain = getattr(geocoder, "domain", None)
    name = type(geocoder).__name__
    return f"{name} ({domain})" if isinstance(domain, str) and domain else name


def _check_patience(min_delay_seconds: float, max_retries: int) -> None:
    if min_delay_seconds < 0 or max_retries < 0:
        raise ConfigurationError(
            f"min_delay_seconds is {min_delay_seconds} and max_retries {max_retries}: "
            "neither may be negative."
        )


def _warn(message: str) -> None:
    warnings.warn(message, OnlineLookupWarning, stacklevel=2)


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """Return what a call returns, or give up waiting: a server that dribbles has no timeout."""
    outcome: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True, name="online geocoder").start()
    try:
        value, error = outcome.get(timeout=seconds)
    except queue.Empty:
        raise GeocoderTimedOut(f"no whole answer within {seconds:.0f} s") from None
    if error is not None:
        raise error
    return value


def _as_list(outcome: Any) -> list[Location]:
    if outcome is None:
        return []
    return list(outcome) if isinstance(outcome, list) else [outcome]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (tuple, set, frozenset)) else str(value)
