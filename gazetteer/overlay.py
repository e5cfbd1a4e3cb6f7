"""Which places and names are the user's own? They lie over the shipped ones and win."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

from gazetteer.areas import radius_km
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

USER_PREFIX = "user:"
"""Begins the id of a place that only the user has."""

UNTAGGED = "und"
"""Language of a name whose language is not stated."""

_POINT_KM = 1.0  # a village, or as exactly as a place is usually pointed at


@dataclass(frozen=True, slots=True)
class UserPlace:
    """A place of the user's own, or what the user says about a place that the gazetteer holds.

    Attributes
    ----------
    id
        ``user:old-mill``; or the id of a held place, ``geonames:587084``: then everything below
        that is empty or None leaves that place as it is, and the names come to those it has.
    name
        Name for display, its language unstated; empty only for held places.
    kind
        As of :class:`gazetteer.Place`.
    country
        ISO 3166-1 alpha-2 code, or None.
    lat, lon
        Representative point in degrees, EPSG:4326; both None only for held places.
    names
        Names by BCP 47 language, the preferred one first.
    geometry
        Area or line, EPSG:4326; None where the place is its point.
    population
        Inhabitants; 0 when unknown.
    uncertainty_km
        Radius around the point within which the place lies, in kilometres; or None, see
        :attr:`radius_km`.
    valid_from, valid_to
        ISO dates (``1994``, ``1994-05`` or ``1994-05-12``), or None.
    note
        Whatever the user wrote down.
    extra
        Properties that are none of ours: kept in the file, used for nothing.

    Examples
    --------
    >>> UserPlace("user:mill", "Old Mill", lat=40.1, lon=47.2).is_own
    True
    """

    id: str
    name: str = ""
    kind: str = ""
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    geometry: BaseGeometry | None = None
    population: int = 0
    uncertainty_km: float | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether only the user has this place, and not the gazetteer."""
        return self.id.startswith(USER_PREFIX)

    @property
    def radius_km(self) -> float:
        """Radius within which the place lies: as stated, else of its geometry, else 1 km."""
        if self.uncertainty_km is not None:
            return self.uncertainty_km
        return _POINT_KM if self.geometry is None else radius_km(self.geometry)

    def spellings(self) -> Iterator[tuple[str, str]]:
        """Yield (language, name), the display name first and each spelling once.

        Examples
        --------
        >>> place = UserPlace("user:mill", "Old Mill", names={"en": ("Old Mill", "The Mill")})
        >>> list(place.spellings())
        [('en', 'Old Mill'), ('en', 'The Mill')]
        """
        tagged = [(lang, name) for lang, names in self.names.items() for name in names]
        if self.name and all(name != self.name for _, name in tagged):
            yield UNTAGGED, self.name
        yield from sorted(tagged, key=lambda pair: pair[1] != self.name)


@dataclass(frozen=True, slots=True)
class Fix:
    """A name that from now on means one place.

    Attributes
    ----------
    name
        The name, in any spelling: all that fold alike are meant.
    to
        Id of the place.
    country
        ISO 3166-1 alpha-2 code: only where that country is asked for or spoken of; or None.
    lang
        BCP 47 language: only in texts of that language; or None.
    extra
        Properties that are none of ours.
    """

    name: str
    to: str
    country: str | None = None
    lang: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """Folded name, country and language: an overlay has one fix for each.

        Examples
        --------
        >>> Fix("Qarabağ", "region:karabakh").key == Fix("qarabag", "geonames:1").key
        True
        """
        return fold(self.name), self.country or "", self.lang or ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """All that a user has added and fixed.

    Attributes
    ----------
    places
        Each id once.
    fixes
        Each :attr:`Fix.key` once.
    extra
        Members of the file that are none of ours.
    """

    places: tuple[UserPlace, ...] = ()
    fixes: tuple[Fix, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.places or self.fixes)

    def with_places(self, places: Iterable[UserPlace]) -> Self:
        """Return the overlay with places added; those of the same id are replaced."""
        by_id = {place.id: place for place in (*self.places, *places)}
        return replace(self, places=tuple(by_id.values()))

    def with_fixes(self, fixes: Iterable[Fix]) -> Self:
        """Return the overlay with fixes added; those of the same key are replaced.

        Examples
        --------
        >>> fixed = Overlay().with_fixes([Fix("Halab", "geonames:1"), Fix("halab", "geonames:2")])
        >>> [fix.to for fix in fixed.fixes]
        ['geonames:2']
        """
        by_key = {fix.key: fix for fix in (*self.fixes, *fixes)}
        return replace(self, fixes=tuple(by_key.values()))

    def without_place(self, place_id: str) -> Self:
        """Return the overlay without a place."""
        return replace(self, places=tuple(p for p in self.places if p.id != place_id))

    def without_fix(self, key: tuple[str, str, str]) -> Self:
        """Return the overlay without the fix of a key."""
        return replace(self, fixes=tuple(fix for fix in self.fixes if fix.key != key))
