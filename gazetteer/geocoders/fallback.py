"""Where is a name that the gazetteer does not hold? An online geocoder is asked, if wanted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Literal, Self

from geopy.exc import ConfigurationError, GeocoderQueryError, GeopyError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from gazetteer.gazetteer import Gazetteer
from gazetteer.geocoders.cache import AnswerCache
from gazetteer.geocoders.offline import NoConnection, OfflineGeocoder, one_or_all
from gazetteer.geocoders.request import check_timeout, read_point, readings
from gazetteer.geocoders.service import OnlineService, check_options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from geopy.location import Location

_LOG = logging.getLogger(__name__)

_DEFAULTS: Mapping[str, Any] = {
    "limit": None,
    "language": False,
    "country_codes": None,
    "viewbox": None,
    "bounded": False,
    "addressdetails": False,
    "geometry": None,
    "featuretype": None,
}
"""Options of ``geocode``; only those that differ from this are handed on."""


class FallbackGeocoder(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """The gazetteer first; an online geocoder where it knows nothing good enough.

    The only part of the gazetteer that uses the network, and only when constructed. Answers are
    kept on disk, also that nothing was found. A service is asked once a second at most; after
    three failures in a row, or when it refuses, it is left alone for five minutes.

    Parameters
    ----------
    offline
        A gazetteer, or a geopy geocoder over it.
    online
        A geopy geocoder, for example ``geopy.geocoders.Nominatim``; it is copied, not changed.
    min_score
        The online geocoder is asked when the best offline answer has a ``score`` below this, 0
        to 1 ...
    min_match
        ... or a ``match`` below this.
    cache
        File of the answers, or an :class:`AnswerCache`; by default a file in the cache folder.
    min_delay_seconds
        Between two requests of this geocoder.
    max_retries
        How often a request that failed is repeated.
    error_wait_seconds
        Before it is repeated.
    user_agent
        What you are known by to the service; by default that of ``online``. The name and version
        of this software are added. geopy's own is refused.
    on_failure
        When the service does not answer: ``"raise"``, or ``"offline"`` to take the offline answer,
        weak or none, and log a warning.
    notify
        Called once, before the first request, with a sentence that says what is sent where; by
        default it becomes an :class:`OnlineLookupWarning`.

    Raises
    ------
    geopy.exc.ConfigurationError
        If an argument does not fit.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from geopy.geocoders import Nominatim
    >>> folder = tempfile.TemporaryDirectory()
    >>> geocoder = FallbackGeocoder(
    ...     Gazetteer.open(),
    ...     Nominatim(user_agent="newsroom@example.org"),
    ...     cache=Path(folder.name) / "answers.sqlite",
    ... )
    >>> geocoder.geocode("Aleppo, Syria").raw["service"]  # held: nothing is sent
    'gazetteer'
    >>> folder.cleanup()
    """

    def __init__(
        self,
        offline: Gazetteer | Geocoder,
        online: Geocoder,
        *,
        min_score: float = 0.5,
        min_match: float = 0.9,
        cache: AnswerCache | Path | str | None = None,
        min_delay_seconds: float = 1.0,
        max_retries: int = 2,
        error_wait_seconds: float = 5.0,
        user_agent: str | None = None,
        on_failure: Literal["raise", "offline"] = "raise",
        notify: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(user_agent=user_agent, adapter_factory=NoConnection)
        _check_choices(offline, min_score, min_match, on_failure)
        self._offline = OfflineGeocoder(offline) if isinstance(offline, Gazetteer) else offline
        self._least = {"score": min_score, "match": min_match}
        self._raises = on_failure == "raise"
        self._online = OnlineService(
            online,
            cache=cache if isinstance(cache, AnswerCache) else AnswerCache(cache),
            user_agent=user_agent,
            min_delay_seconds=min_delay_seconds,
            max_retries=max_retries,
            error_wait_seconds=error_wait_seconds,
            notify=notify,
        )

    def __call__(self) -> Self:
        """Return this geocoder: ``geopandas.tools.geocode`` calls the provider it is given."""
        return self

    def geocode(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        language: str | Sequence[str] | bool | None = False,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
        addressdetails: bool = False,
        geometry: str | None = None,
        featuretype: str | None = None,
    ) -> Any:
        """Return where a name is; the arguments are those of :meth:`OfflineGeocoder.geocode`.

        Options are handed on to the online geocoder as they are: one that it does not have is
        refused, asked or not. ``timeout`` holds for each of its requests.

        Returns
        -------
        geopy.location.Location, list of it, or None
            ``raw["service"]`` names who answered: ``"gazetteer"`` or the online geocoder. When it
            finds nothing either, the offline answer stands, however weak its score.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty, or an option makes no sense.
        geopy.exc.GeocoderServiceError
            If the online geocoder does not answer, unless ``on_failure="offline"``.
        """
        given = {
            "limit": None if exactly_one else limit,
            "language": language,
            "country_codes": country_codes,
            "viewbox": viewbox,
            "bounded": bounded,
            "addressdetails": addressdetails,
            "geometry": geometry,
            "featuretype": featuretype,
        }
        options = {key: value for key, value in given.items() if value != _DEFAULTS[key]}
        readings(query)  # refuses what is no query before anybody is asked
        return self._ask_both("geocode", query, options, exactly_one=exactly_one, timeout=timeout)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        language: str | Sequence[str] | bool | None = False,
    ) -> Any:
        """Return what is at a point; the online geocoder is asked where the gazetteer has nothing.

        The arguments are those of :meth:`OfflineGeocoder.reverse`, the rest is as in
        :meth:`geocode`.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the point is none.
        geopy.exc.GeocoderServiceError
            If the online geocoder does not answer, unless ``on_failure="offline"``.
        """
        point = read_point(query)
        options = {"language": language} if language else {}
        place = (point.latitude, point.longitude)
        return self._ask_both("reverse", place, options, exactly_one=exactly_one, timeout=timeout)

    def _ask_both(
        self,
        method: Literal["geocode", "reverse"],
        query: Any,
        options: Mapping[str, Any],
        *,
        exactly_one: bool,
        timeout: Any,
    ) -> Any:
        check_timeout(timeout)
        for_online = _as_service_takes(options)
        check_options(self._offline, method, options)
        self._online.check(method, for_online)
        answer = getattr(self._offline, method)(query, exactly_one=exactly_one, **options)
        offline = answer if isinstance(answer, list) else [answer] if answer else []
        if offline and self._is_good(offline[0]):
            return one_or_all(offline, exactly_one=exactly_one)
        asked = {**for_online, "exactly_one": exactly_one, "timeout": timeout}
        try:
            online = self._online.ask(method, query, asked)
        except GeopyError as error:
            if self._raises:
                raise
            _LOG.warning("%s The offline answer stands.", error)
            online = []
        return one_or_all(online or offline, exactly_one=exactly_one)

    def _is_good(self, location: Location) -> bool:
        return all(location.raw.get(key, 1.0) >= least for key, least in self._least.items())


def _as_service_takes(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as all geopy geocoders understand them: languages as one text."""
    language = options.get("language")
    if language is None or isinstance(language, str):
        return dict(options)
    if not all(isinstance(code, str) for code in language):
        raise GeocoderQueryError(f"The language is {language!r}: give codes, like 'ar'.")
    return {**options, "language": ",".join(language)}


def _check_choices(offline: Any, min_score: float, min_match: float, on_failure: str) -> None:
    if not isinstance(offline, Gazetteer | Geocoder):
        raise ConfigurationError(
            f"The offline geocoder is {offline!r}: give a Gazetteer or an OfflineGeocoder."
        )
    for name, value in (("min_score", min_score), ("min_match", min_match)):
        if not 0 <= value <= 1:
            raise ConfigurationError(f"{name} is {value}, but must lie between 0 and 1.")
    if on_failure not in {"raise", "offline"}:
        raise ConfigurationError(f"on_failure is {on_failure!r}: use raise or offline.")
