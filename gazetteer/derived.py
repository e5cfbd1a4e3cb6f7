"""What does the id of a derived place mean ("part@iso:IL;south"), and which place is it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from gazetteer import areas, surroundings
from gazetteer.errors import BadQueryError, UnknownPlaceError
from gazetteer.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

_VAGUE_KM = 10.0  # "north of X" without a distance: at least this far, in kilometres
_FARTHEST_KM = 20_004.0  # half a meridian, the longest way on the WGS 84 ellipsoid
_DEEPEST = 4  # derived places in derived places
_POLYGONS = {"Polygon", "MultiPolygon"}


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a derived place is made.

    Attributes
    ----------
    form
        part, border, zone, offset, between, coast or union.
    of
        Ids of the places it is made from; derived places may be among them.
    parameters
        ``part``: the side; ``countryside`` (of a province, a town, or a province without its town);
        ``near`` (what lies near the second place). ``offset``: kilometres (empty when not stated)
        and the side; ``from`` (in any direction), ``within``, ``near``. ``zone``: the id of the
        party on whose side the band lies, or nothing for both sides. ``coast``: nothing for the
        line, ``offshore`` for the waters, and perhaps kilometres.
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
        pieces = ["+".join(map(_bracketed, self.of)), *map(_bracketed, self.parameters)]
        return f"{self.form}@{';'.join(pieces)}"


def _bracketed(piece: str) -> str:
    return f"({piece})" if "@" in piece else piece


def parse_derived_id(place_id: str) -> Derivation | None:
    """Return how a derived place is made, or None for an ordinary id.

    Examples
    --------
    >>> parse_derived_id("border@iso:AZ+iso:IR").of
    ('iso:AZ', 'iso:IR')
    >>> parse_derived_id("offset@(border@iso:SY+iso:TR);;near").of
    ('border@iso:SY+iso:TR',)
    >>> parse_derived_id("iso:AZ") is None
    True
    """
    form, at, rest = place_id.partition("@")
    if not at:
        return None
    if form not in _FORMS:
        raise UnknownPlaceError(place_id)
    of, *parameters = _split(rest, ";", place_id)
    places = _split(of, "+", place_id)
    return Derivation(
        form,
        tuple(_unbracketed(piece, place_id) for piece in places),
        tuple(_unbracketed(piece, place_id) for piece in parameters),
    )


def _split(text: str, sign: str, place_id: str) -> list[str]:
    """Split at a sign outside of brackets."""
    pieces, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= _DEEPEST:
            raise UnknownPlaceError(place_id)
        if char == sign and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += char
    if depth:
        raise UnknownPlaceError(place_id)
    return pieces


def _unbracketed(piece: str, place_id: str) -> str:
    """Return a place's id without its brackets, which derived ids have and others have not."""
    inner = piece[1:-1] if piece.startswith("(") and piece.endswith(")") else piece
    if (inner != piece) != ("@" in inner):
        raise UnknownPlaceError(place_id)
    return inner


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
    if len(derivation.of) not in form.places:
        raise _nonsense(derivation, "it has too few or too many places")
    if len(derivation.parameters) not in form.parameters:
        raise _nonsense(derivation, "it has too few or too many parameters")
    try:
        return form.shape(parties, *derivation.parameters)
    except ValueError as error:
        raise _nonsense(derivation, str(error)) from error


def _nonsense(derivation: Derivation, why: str) -> BadQueryError:
    return BadQueryError(f"The derived place {derivation.id!r} makes no sense: {why}.")


def derived_place(derivation: Derivation, parties: Parties, geometry: BaseGeometry) -> Place:
    """Return a derived place with its representative point and uncertainty."""
    lat, lon = _point(derivation, parties, geometry)
    countries = {place.country for place in _at_home(derivation, parties)}
    first = parties.places[0]
    return Place(
        id=derivation.id,
        name=_name(derivation, parties.places),
        kind=derivation.form,
        lat=round(lat, 5),
        lon=round(lon, 5),
        country=countries.pop() if len(countries) == 1 else None,
        admin1=first.admin1,
        uncertainty_km=round(_uncertainty_km(derivation, parties, geometry, (lon, lat)), 1),
        viewpoint=first.viewpoint,
        source="derived",
    )


def _at_home(derivation: Derivation, parties: Parties) -> Sequence[Place]:
    """Return the places in whose country the derived place lies."""
    if derivation.form == "part":
        return parties.places[:1]
    own = [place for place in parties.places if place.id in derivation.parameters]
    return own or parties.places


def _point(derivation: Derivation, parties: Parties, geometry: BaseGeometry) -> tuple[float, float]:
    """Return latitude and longitude of the point that stands for a derived place."""
    if derivation.form == "offset" and derivation.parameters[1] not in areas.BEARINGS:
        around = parties.places[0]
        return around.lat, around.lon  # a ring's middle is what it lies around
    # A band lies along its border: the border's middle stands for it.
    line = _border(parties) if derivation.form == "zone" else geometry
    return areas.representative_point(line)


_WHOLE_FROM_KM = 10.0  # longer distances are shown in whole kilometres
_NAMES = {
    "near": "near {0}",
    "from": "{km} km from {0}",
    "within": "within {km} km of {0}",
    "offshore": "{km_space}off the coast of {0}",
    "countryside": "{last} countryside",
    "part": "{0} ({side})",
    "part near": "{0} near {1}",
    "offset": "{km_space}{side} of {0}",
    "union": "{listed}",
}
"""Names of derived places by form, or by a parameter that says more than the form."""


def _name(derivation: Derivation, places: Sequence[Place]) -> str:
    names = [place.name for place in places]
    form, parameters = derivation.form, derivation.parameters
    km = next(filter(_is_number, parameters), "")
    side = next((p for p in parameters if p and p != km), "")
    keys = (f"{form} {side}", side, form)
    template = next((_NAMES[key] for key in keys if key in _NAMES), "{joined} {form}")
    shown = _shown_km(km) if km else ""
    return template.format(
        *names,
        form=form,
        side=side,
        km=shown,
        km_space=f"{shown} km " if shown else "",
        last=names[-1],
        listed=", ".join(names),
        joined="–".join(names),
    )


def _shown_km(km: str) -> str:
    """Return a distance for reading: 48.2803 km are "48", half a kilometre stays 0.5.

    Examples
    --------
    >>> _shown_km("48.2803"), _shown_km("0.5"), _shown_km("1200")
    ('48', '0.5', '1200')
    """
    return f"{float(km):.0f}" if float(km) >= _WHOLE_FROM_KM else f"{float(km):g}"


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdecimal()


def _uncertainty_km(
    derivation: Derivation, parties: Parties, geometry: BaseGeometry, point: tuple[float, float]
) -> float:
    own = parties.places[0].uncertainty_km
    side = derivation.parameters[-1] if derivation.parameters else ""
    if derivation.form == "offset" and side in areas.BEARINGS:
        km = _offset_km(parties, derivation.parameters[0])
        return km * (surroundings.DISTANCE_SHARE if derivation.parameters[0] else 1.0) + own
    if derivation.form in {"offset", "zone", "union"} or side in {"near", "offshore"}:
        return areas.reach_km(geometry, *point) or own
    return areas.radius_km(geometry) or own


def _offset_km(parties: Parties, km: str) -> float:
    if not km:
        return max(_VAGUE_KM, 1.5 * parties.places[0].uncertainty_km)
    distance = float(km)
    if not 0 < distance <= _FARTHEST_KM:
        raise ValueError(f"{km} km is no distance between places on Earth")
    return distance


def _part(parties: Parties, side: str) -> BaseGeometry:
    if side == "countryside":
        return _countryside(parties)
    whole, *others = parties.geometries
    if len(others) != (side == "near"):
        raise ValueError("it has too few or too many places")
    if side == "near":
        return surroundings.part_near(whole, others[0])
    if side not in (*areas.SIDES, "central"):
        raise ValueError(f"{side!r} is no side")
    if whole.geom_type in _POLYGONS:
        return areas.part(whole, side)
    if whole.length:
        return _part_of_line(parties.places[0], whole, side)
    return areas.side_of_point(*parties.point, side, parties.places[0].uncertainty_km)


def _part_of_line(place: Place, line: BaseGeometry, side: str) -> BaseGeometry:
    """Return the side of a country's border that faces so, or the end of a line that lies so."""
    if side == "central":
        raise ValueError("a line has no centre")
    made = parse_derived_id(place.id)
    if made is not None and len(made.of) == 1:
        return areas.facing(line, side)
    return areas.end_of_line(line, side)


def _countryside(parties: Parties) -> BaseGeometry:
    known = list(zip(parties.places, parties.geometries, strict=True))
    province = next((area for _, area in known if area.geom_type in _POLYGONS), None)
    town = next(((p, point) for p, point in known if point.geom_type == "Point"), None)
    if town is None:
        return surroundings.countryside(None, 0.0, province)
    around = surroundings.countryside(town[1], town[0].uncertainty_km, province)
    home = [land for land in parties.neighbours() if land.intersects(town[1])]
    return shapely.intersection(around, shapely.union_all(home)) if home else around


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
    if side in areas.BEARINGS:
        distance = _offset_km(parties, km)
        return areas.offset(*parties.point, km=distance, bearing=areas.BEARINGS[side])
    place = parties.geometries[0]
    if side == "near" and not km:
        is_point = place.geom_type == "Point"
        own = parties.places[0].uncertainty_km
        return surroundings.near(
            place, max(_VAGUE_KM, 2 * own) if is_point else areas.BORDER_BAND_KM
        )
    if side not in _DISTANCES or not km:
        raise ValueError(f"{side!r} is no direction, or the distance is missing")
    return _DISTANCES[side](place, _offset_km(parties, km))


_DISTANCES = {"from": surroundings.at_distance, "within": surroundings.near}


def _between(parties: Parties) -> BaseGeometry:
    a, b = parties.places
    return areas.geodesic(a.lon, a.lat, b.lon, b.lat)


def _coast(parties: Parties, side: str = "", km: str = "") -> BaseGeometry:
    place, land = parties.geometries[0], parties.neighbours()
    if side not in {"", "offshore"}:
        raise ValueError(f"{side!r} is no side of a coast")
    is_area = place.geom_type in _POLYGONS
    if is_area:
        place = areas.mainland(place)
        line = areas.coast(place, land)
    else:
        line = place if place.length else surroundings.coast_of_town(place, land)
    if not side or line.is_empty:
        return line
    distance = _offset_km(parties, km) if km else None
    dry = [*land, place] if is_area else land
    return surroundings.offshore(line, dry, km=distance)


def _union(parties: Parties) -> BaseGeometry:
    shapes = parties.geometries
    if any(shape.geom_type in _POLYGONS for shape in shapes):
        shapes = [
            shape
            if shape.geom_type in _POLYGONS
            else areas.buffer_km(shape, place.uncertainty_km or 1.0)
            for shape, place in zip(shapes, parties.places, strict=True)
        ]
    return shapely.union_all(shapes)


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of derived places: its shape, and how many places and parameters its id holds."""

    shape: Callable[..., BaseGeometry]
    places: range
    parameters: range


_FORMS = {
    "part": _Form(_part, range(1, 3), range(1, 2)),
    "border": _Form(_border, range(1, 3), range(1)),
    "zone": _Form(_zone, range(1, 3), range(2)),
    "offset": _Form(_offset, range(1, 2), range(2, 3)),
    "between": _Form(_between, range(2, 3), range(1)),
    "coast": _Form(_coast, range(1, 2), range(3)),
    "union": _Form(_union, range(2, 6), range(1)),
}
