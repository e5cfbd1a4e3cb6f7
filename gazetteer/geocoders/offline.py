"""Where is this name, or what is at this point? The gazetteer as a geopy geocoder, offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

from geopy.adapters import BaseAsyncAdapter, BaseSyncAdapter
from geopy.exc import ConfigurationError, GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from gazetteer.errors import BadQueryError
from gazetteer.gazetteer import Gazetteer
from gazetteer.geocoders.location import match_facts, to_location
from gazetteer.geocoders.lookup import around, find
from gazetteer.geocoders.request import (
    check_timeout,
    read_languages,
    read_limit,
    read_point,
    read_wanted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geopy.location import Location


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """The gazetteer with geopy's interface, as :class:`geopy.geocoders.Nominatim` has it.

    It opens no connection. It holds places, not streets or postal codes.

    Parameters
    ----------
    gazetteer
        An opened gazetteer, or the folder of an index; by default the embedded one.
    timeout
        Seconds; checked and not needed, as nothing is waited for.
    user_agent
        Taken as all geocoders take it, and sent to nobody.
    adapter_factory
        Only for asyncio: a factory of an asynchronous geopy adapter, like
        ``geopy.adapters.AioHTTPAdapter``, makes ``geocode`` and ``reverse`` awaitable.

    Raises
    ------
    geopy.exc.ConfigurationError
        If an argument does not fit.

    Examples
    --------
    >>> geocoder = OfflineGeocoder()
    >>> geocoder.geocode("باكو").address
    'Baku, Azerbaijan'
    >>> geocoder.geocode("Paris, Texas").raw["place_id"]
    'geonames:4717560'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | Path | str | None = None,
        *,
        timeout: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        adapter_factory: Callable[..., Any] | None = None,
    ) -> None:
        check_timeout(timeout, ConfigurationError)
        super().__init__(
            timeout=timeout,
            user_agent=user_agent,
            adapter_factory=adapter_factory or NoConnection,
        )
        self.gazetteer = _opened(gazetteer)

    def __call__(self) -> Self:
        """Return this geocoder: ``geopandas.tools.geocode`` calls the provider it is given.

        Examples
        --------
        >>> import geopandas
        >>> geocoder = OfflineGeocoder()
        >>> geopandas.tools.geocode(["Tbilisi"], provider=geocoder).address[0]
        'Tbilisi, Georgia'
        """
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
        """Return where a name is.

        Parameters
        ----------
        query
            "Aleppo", "Aleppo, Syria", or a mapping with city, county, state, country. Of a county
            only is made use where no city is given, of a postal code none; a street is not found.
        exactly_one
            The best answer, or all of them.
        timeout
            Seconds; checked and not needed.
        limit
            At most so many, when not exactly one; 10 by default.
        language
            Languages of the address line: an accept-language text, or a sequence of codes.
        country_codes
            ISO 3166-1 alpha-2 codes, in any case: only places there.
        viewbox
            Two opposite corners, each (latitude, longitude) in degrees: places there come first.
        bounded
            Only places in the viewbox.
        addressdetails
            Put the parts of the address line into ``raw["address"]``.
        geometry
            ``"wkt"`` or ``"geojson"``: put the outline into ``raw``, under Nominatim's keys
            ``geotext`` and ``geojson``.
        featuretype
            country, state, city or settlement: only such places.

        Returns
        -------
        geopy.location.Location, list of it, or None
            None, or an empty list if not exactly one is wanted, when nothing is found. ``raw``
            holds the ids, names, kind, ``score`` (probability that this place is meant), ``match``
            (similarity of the spelling), ``boundingbox`` (south, north, west, east) and
            ``uncertainty_km``.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty or an argument makes no sense.

        Examples
        --------
        >>> geocoder = OfflineGeocoder()
        >>> geocoder.geocode("Baku", language="ar").address
        'باكو, أذربيجان'
        >>> [found.raw["kind"] for found in geocoder.geocode("Aleppo", exactly_one=False)]
        ['city', 'admin1']
        """
        return self._answer(
            self._geocode,
            query,
            exactly_one=exactly_one,
            timeout=timeout,
            limit=limit,
            language=language,
            country_codes=country_codes,
            viewbox=viewbox,
            bounded=bounded,
            addressdetails=addressdetails,
            geometry=geometry,
            featuretype=featuretype,
        )

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        language: str | Sequence[str] | bool | None = False,
        addressdetails: bool = True,
    ) -> Any:
        """Return what is at a point: the nearest place within 50 km, then the areas around.

        Parameters
        ----------
        query
            geopy's ``Point``, (latitude, longitude), or a text like ``"40.4, 49.9"``.
        exactly_one
            The closest answer, or all of them.
        timeout
            Seconds; checked and not needed.
        limit
            At most so many, when not exactly one; 10 by default.
        language
            As for :meth:`geocode`.
        addressdetails
            Put the parts of the address line into ``raw["address"]``.

        Returns
        -------
        geopy.location.Location, list of it, or None
            None, or an empty list if not exactly one is wanted, where the gazetteer knows of
            nothing. The first is a town only if it lies in the country that the point lies in;
            its ``raw["distance_km"]`` says how far it is.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the point is none.

        Examples
        --------
        >>> OfflineGeocoder().reverse((40.41, 49.87)).address
        'Baku, Azerbaijan'
        """
        return self._answer(
            self._reverse,
            query,
            exactly_one=exactly_one,
            timeout=timeout,
            limit=limit,
            language=language,
            addressdetails=addressdetails,
        )

    def _answer(self, work: Callable[..., Any], query: Any, **arguments: Any) -> Any:
        """Do the work now, or when it is awaited."""
        if not isinstance(self.adapter, BaseAsyncAdapter):
            return work(query, **arguments)

        async def later() -> Any:
            return work(query, **arguments)

        return later()

    def _geocode(self, query: Any, *, exactly_one: bool, timeout: Any, **arguments: Any) -> Any:
        check_timeout(timeout)
        wanted = read_wanted(exactly_one=exactly_one, **arguments)
        try:
            found = find(self.gazetteer, query, wanted)
        except BadQueryError as error:
            raise GeocoderQueryError(str(error)) from error
        locations = [
            to_location(
                self.gazetteer,
                match.place,
                languages=wanted.languages,
                address=wanted.address,
                geometry=wanted.geometry,
                **match_facts(match),
            )
            for match in found[: wanted.limit]
        ]
        return one_or_all(locations, exactly_one=exactly_one)

    def _reverse(
        self,
        query: Any,
        *,
        exactly_one: bool,
        timeout: Any,
        limit: int | None,
        language: Any,
        addressdetails: bool,
    ) -> Any:
        check_timeout(timeout)
        point = read_point(query)
        wanted, languages = 1 if exactly_one else read_limit(limit), read_languages(language)
        locations = [
            to_location(
                self.gazetteer,
                place,
                languages=languages,
                address=addressdetails,
                distance_km=round(distance_km, 3),
            )
            for place, distance_km in around(self.gazetteer, point.latitude, point.longitude)[
                :wanted
            ]
        ]
        return one_or_all(locations, exactly_one=exactly_one)


class NoConnection(BaseSyncAdapter):  # type: ignore[misc]  # geopy carries no types
    """The HTTP adapter of a geocoder that has nothing to ask for."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Refuse to connect."""
        return self.get_text(url, timeout=timeout, headers=headers)

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> NoReturn:  # noqa: ARG002
        """Refuse to connect."""
        raise GeocoderServiceError(f"An offline geocoder was asked to connect to {url}.")


def one_or_all(locations: list[Location], *, exactly_one: bool) -> Any:
    """Return the first or None, or all, as geopy's callers expect it."""
    if exactly_one:
        return locations[0] if locations else None
    return locations


def _opened(gazetteer: Gazetteer | Path | str | None) -> Gazetteer:
    if isinstance(gazetteer, Gazetteer):
        return gazetteer
    if gazetteer is None:
        return Gazetteer.open()
    if isinstance(gazetteer, Path | str):
        return Gazetteer.open(Path(gazetteer))
    raise ConfigurationError(
        f"The gazetteer is {gazetteer!r}: give a Gazetteer, or the folder of an index."
    )
