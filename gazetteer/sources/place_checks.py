"""Does what a row says about ids and countries agree with the gazetteer?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import shapely

from gazetteer.errors import UnknownPlaceError
from gazetteer.overlay import USER_PREFIX, UserPlace
from gazetteer.place import COUNTRY_KINDS, Place
from gazetteer.sources.place_shapes import BadRowError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry


_NEAR_DEGREES = 0.5  # off a country's simplified coast, or across a disputed line
_FAR_DEGREES = 4.0  # beyond the sea zone of a country (200 nautical miles)
_DERIVED = "@"  # in the ids of places that are derived from others


class Known(Protocol):
    """What is asked of the gazetteer; :class:`gazetteer.Gazetteer` answers."""

    def get(self, place_id: str) -> Place:
        """Return the place with an id."""

    def geometry(self, place: Place | str) -> BaseGeometry:
        """Return the geometry of a place, EPSG:4326."""

    def search(self, name: str, *, lang: str, kind: str) -> Sequence[Any]:
        """Return the matches of a name."""


def held_place(known: Known, place_id: str) -> Place | None:
    """Return the gazetteer's place with an id, or None; none is derived or the user's own."""
    if _DERIVED in place_id or place_id.startswith(USER_PREFIX):
        return None
    try:
        return known.get(place_id)
    except UnknownPlaceError:
        return None


class Countries:
    """Codes of countries, from codes and names.

    Parameters
    ----------
    known
        The gazetteer.
    """

    def __init__(self, known: Known) -> None:
        self._known = known

    def code(self, stated: str) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of a country, or None for an empty string.

        Raises
        ------
        BadRowError
            If it is not certain which country is meant.

        Examples
        --------
        >>> from gazetteer import Gazetteer
        >>> countries = Countries(Gazetteer.open())
        >>> [countries.code(stated) for stated in ("az", "SYR", "Ivory Coast")]
        ['AZ', 'SY', 'CI']
        """
        if not stated:
            return None
        prefix = {2: "iso", 3: "iso3"}.get(len(stated))
        if prefix is not None:
            place = held_place(self._known, f"{prefix}:{stated.upper()}")
            if place is not None and place.kind in COUNTRY_KINDS:
                return place.country
        codes = {
            match.place.country
            for kind in sorted(COUNTRY_KINDS)
            for match in self._known.search(stated, lang="en", kind=kind)
            if match.match == 1
        }
        if len(codes) == 1:
            return str(codes.pop())
        why = f"may be {' or '.join(sorted(map(str, codes)))}" if codes else "is none that is known"
        raise BadRowError(f"country is {stated[:40]!r}, which {why}: write its code, as AZ")

    def check_point(self, place: UserPlace, code: str | None) -> str:
        """Return a remark on a place that lies far from its country, or an empty string.

        Raises
        ------
        BadRowError
            If it would lie there with its coordinates exchanged.
        """
        if code is None or place.lat is None or place.lon is None:
            return ""
        area = self._known.geometry(f"iso:{code}")
        shapely.prepare(area)
        off = area.distance(shapely.Point(place.lon, place.lat))
        if off <= _NEAR_DEGREES:
            return ""
        if area.distance(shapely.Point(place.lat, place.lon)) <= _NEAR_DEGREES:
            raise BadRowError(
                f"lat {place.lat:g} and lon {place.lon:g} seem to be swapped, for so they are not "
                f"in {code}: exchange them"
            )
        if off <= _FAR_DEGREES:
            return ""
        return f"it lies about {off:.0f} degrees outside {code}; check its coordinates and country"
