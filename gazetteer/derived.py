"""What does the id of a derived place mean ("part@iso:IL;south"), and which place is it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import areas
from gazetteer.errors import BadQueryError, UnknownPlaceError
from gazetteer.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

_VAGUE_KM = 10.0  # "north of X" without a distance: at least this far, in kilometres
_FARTHEST_KM = 20_004.0  # half a meridian, the longest way on the WGS 84 ellipsoid
_OFFSET_UNCERTAINTY = 0.2  # share of a stated distance: "50 km" is a round number


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a derived place is made.

    Attributes
    ----------
    form
        part, border, zone, offset, between or coast.
    of
        Ids of the places it is made from.
    parameters
        ``part``: the side. ``offset``: kilometres (empty when not stated) and the side.
        ``zone``: the id of the party on whose side the band lies, or nothing for both sides.
    """

    form: str
    of: tuple[str, ...]
    parameters: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The derived place's id.

        Examples
        --------
        >>> Derivation("part", ("iso:IL",), ("south",)).id
        'part@iso:IL;south'
        """
        return f"{self.form}@{';'.join(['+'.join(self.of), *self.parameters])}"


def parse_derived_id(place_id: str) -> Derivation | None:
    """Return how a derived place is made, or None for an ordinary id.

    Examples
    --------
    >>> parse_derived_id("border@iso:AZ+iso:IR").of
    ('iso:AZ', 'iso:IR')
    >>> parse_derived_id("iso:AZ") is None
    True
    """
    form, at, rest = place_id.partition("@")
    if not at:
        return None
    if form not in _FORMS or "@" in rest:
        raise UnknownPlaceError(place_id)
    of, *parameters = rest.split(";")
    return Derivation(form, tuple(of.split("+")), tuple(parameters))


@dataclass(frozen=True, slots=True)
class Parties:
    """The places that a derived place is made from, with what is needed to shape it."""

    places: Sequence[Place]
    geometries: Sequence[BaseGeometry]
    neighbours: Callable[[], Sequence[BaseGeometry]]

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude of the first party."""
        return self.places[0].lon, self.places[0].lat


def shape(derivation: Derivation, parties: Parties) -> BaseGeometry:
    """Return the geometry of a derived place, EPSG:4326; empty when there is none.

    Raises
    ------
    BadQueryError
        If the id's parameters make no sense.
    """
    form = _FORMS[derivation.form]
    if not form.fewest_places <= len(derivation.of) <= form.most_places:
        raise _nonsense(derivation, "it has too few or too many places")
    if not form.fewest_parameters <= len(derivation.parameters) <= form.most_parameters:
        raise _nonsense(derivation, "it has too few or too many parameters")
    try:
        return form.shape(parties, *derivation.parameters)
    except ValueError as error:
        raise _nonsense(derivation, str(error)) from error


def _nonsense(derivation: Derivation, why: str) -> BadQueryError:
    return BadQueryError(f"The derived place {derivation.id!r} makes no sense: {why}.")


def derived_place(derivation: Derivation, parties: Parties, geometry: BaseGeometry) -> Place:
    """Return a derived place with its representative point and uncertainty."""
    # A band lies along its border: the border's middle stands for it.
    line = _border(parties) if derivation.form == "zone" else geometry
    lat, lon = areas.representative_point(line)
    first = parties.places[0]
    countries = {place.country for place in parties.places}
    names = [place.name for place in parties.places]
    return Place(
        id=derivation.id,
        name=_describe(derivation, names),
        kind=derivation.form,
        lat=round(lat, 5),
        lon=round(lon, 5),
        country=first.country if len(countries) == 1 or derivation.form == "zone" else None,
        admin1=first.admin1,
        uncertainty_km=round(_uncertainty_km(derivation, parties, geometry), 1),
        viewpoint=first.viewpoint,
        source="derived",
    )


def _describe(derivation: Derivation, names: Sequence[str]) -> str:
    side = derivation.parameters[-1] if derivation.parameters else ""
    joined = "–".join(names)
    match derivation.form:
        case "part":
            return f"{names[0]} ({side})"
        case "offset":
            km = derivation.parameters[0]
            return f"{km + ' km ' if km else ''}{side} of {names[0]}"
        case form:
            return f"{joined} {form}"


def _uncertainty_km(derivation: Derivation, parties: Parties, geometry: BaseGeometry) -> float:
    if derivation.form != "offset":
        return areas.radius_km(geometry) or parties.places[0].uncertainty_km
    km = _offset_km(parties, derivation.parameters[0])
    share = _OFFSET_UNCERTAINTY if derivation.parameters[0] else 1.0
    return km * share + parties.places[0].uncertainty_km


def _offset_km(parties: Parties, km: str) -> float:
    if not km:
        return max(_VAGUE_KM, 1.5 * parties.places[0].uncertainty_km)
    distance = float(km)
    if not 0 < distance <= _FARTHEST_KM:
        raise ValueError(f"{km} km is no distance between places on Earth")
    return distance


def _part(parties: Parties, side: str) -> BaseGeometry:
    if side not in (*areas.BEARINGS, "central"):
        raise ValueError(f"{side!r} is no side")
    whole = parties.geometries[0]
    if whole.geom_type in {"Polygon", "MultiPolygon"}:
        return areas.part(whole, side)
    return areas.side_of_point(*parties.point, side, parties.places[0].uncertainty_km)


def _border(parties: Parties) -> BaseGeometry:
    first, *others = parties.geometries
    if others:
        return areas.border(first, others[0])
    return areas.land_border(first, parties.neighbours())


def _zone(parties: Parties, on_side: str = "") -> BaseGeometry:
    sides = {place.id: area for place, area in zip(parties.places, parties.geometries, strict=True)}
    if on_side and on_side not in sides:
        raise ValueError(f"{on_side!r} is none of its places")
    within = sides[on_side] if on_side else None
    return areas.border_zone(_border(parties), within=within)


def _offset(parties: Parties, km: str, side: str) -> BaseGeometry:
    if side not in areas.BEARINGS:
        raise ValueError(f"{side!r} is no direction")
    distance = _offset_km(parties, km)
    return areas.offset(*parties.point, km=distance, bearing=areas.BEARINGS[side])


def _between(parties: Parties) -> BaseGeometry:
    a, b = parties.places
    return areas.geodesic(a.lon, a.lat, b.lon, b.lat)


def _coast(parties: Parties) -> BaseGeometry:
    return areas.coast(parties.geometries[0], parties.neighbours())


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of derived places: its shape, and how many places and parameters its id holds."""

    shape: Callable[..., BaseGeometry]
    fewest_places: int
    most_places: int
    fewest_parameters: int
    most_parameters: int


_FORMS = {
    "part": _Form(_part, 1, 1, 1, 1),
    "border": _Form(_border, 1, 2, 0, 0),
    "zone": _Form(_zone, 1, 2, 0, 1),
    "offset": _Form(_offset, 1, 1, 2, 2),
    "between": _Form(_between, 2, 2, 0, 0),
    "coast": _Form(_coast, 1, 1, 0, 0),
}
