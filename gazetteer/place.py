"""What is a place? Its ids, names, point and time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazetteer.kinds import is_compact

if TYPE_CHECKING:
    from collections.abc import Mapping

REGION_KINDS = frozenset({"region", "subregion"})
SETTLEMENT_KINDS = frozenset({"capital", "city", "town", "village", "district"})
COUNTRY_KINDS = frozenset({"country", "territory"})
_FAR_KM = 15.0  # radius that no place of a compact kind has itself


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, or one derived from places ("southern Israel").

    Attributes
    ----------
    id
        ``geonames:587084``, ``icao:LLOV``, ``iso:AZ``, ``region:nagorno-karabakh``; derived
        places carry how they are made: ``part@iso:IL;south``, ``border@iso:AZ+iso:IR``.
    name
        Name for display.
    kind
        country, territory, admin1, capital, city, town, village, district, airport, airfield,
        airbase, sea, lake, region, disputed ..., or the form of a derived place.
    lat, lon
        Representative point in degrees, EPSG:4326.
    country
        ISO 3166-1 alpha-2 code, or None.
    admin1
        Id of the first-level division, or None.
    population
        Inhabitants; 0 when unknown.
    uncertainty_km
        Radius around the point within which the place lies, in kilometres.
    names
        Names by BCP 47 language, the preferred one first; ``und`` where the source names none.
    equivalents
        Ids of the same place in other sources.
    valid_from, valid_to
        ISO dates between which the place existed as such, or None.
    viewpoint
        Whose view of a disputed area this is; ``neutral`` when it is only described; else None.
    source
        Name of the source, as in ``data/SOURCES.md``.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    admin1: str | None = None
    population: int = 0
    uncertainty_km: float = 0.0
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    equivalents: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    viewpoint: str | None = None
    source: str = ""

    @property
    def geonameid(self) -> int | None:
        """GeoNames id, or None."""
        for place_id in (self.id, *self.equivalents):
            if place_id.startswith("geonames:"):
                return int(place_id.removeprefix("geonames:"))
        return None

    @property
    def is_held_nearby(self) -> bool:
        """Whether the point is that of a place nearby: this one lies somewhere around it."""
        return is_compact(self.kind) and self.uncertainty_km >= _FAR_KM

    def name_in(self, lang: str) -> str:
        """Return the preferred name in a language, or the display name."""
        names = self.names.get(lang)
        return names[0] if names else self.name
