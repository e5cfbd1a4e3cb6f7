"""Which place has this id, and what is its shape, seen from where? Held, composed and derived."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import shapely

from gazetteer.area_expressions import compose, held_id
from gazetteer.derived import Derivation, Parties, derived_place, parse_derived_id, shape
from gazetteer.disputes import Disputes
from gazetteer.errors import BadQueryError, UnknownPlaceError
from gazetteer.place import COUNTRY_KINDS, Place
from gazetteer.viewpoints import NEUTRAL, SELF, Viewpoint

if TYPE_CHECKING:
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from gazetteer.index.store import Store

_SHAPES_KEPT = 2048
_COUNTRY = "iso:"
_AROUND_DEGREES = 1.0  # land so near to a place is around it
_SEAM_DEGREES = 0.02  # divisions and thinned countries are simplified to about half of this
_THINNED_FROM = 2000  # vertices: a region of many countries needs no finer coast than this leaves


class Atlas:
    """Places and geometries by id.

    Parameters
    ----------
    store
        The opened index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.disputes = Disputes(self.outline, self._country_codes, store.holds)
        self._outlines = lru_cache(maxsize=_SHAPES_KEPT)(self._outline)
        self._shapes = lru_cache(maxsize=_SHAPES_KEPT)(self._shape)
        self.place = lru_cache(maxsize=_SHAPES_KEPT)(self._place)
        self.share_border = lru_cache(maxsize=_SHAPES_KEPT)(self._share_border)

    def geometry(self, place_id: str, viewpoint: Viewpoint = NEUTRAL) -> BaseGeometry:
        """Return a place's geometry as seen from somewhere, EPSG:4326.

        Parameters
        ----------
        place_id
            Id of a held, composed or derived place.
        viewpoint
            Matters to countries, and to what is derived from them. Neutral: a country without
            the areas that are disputed. Names of areas ("Crimea") mean the same land from
            everywhere. What is derived ("the border of India and China") is made of the outlines
            as they are held when neutral, and of the viewpoint's countries else.

        Raises
        ------
        UnknownPlaceError
            If there is no such place.
        """
        return self._shapes(place_id, viewpoint)

    def outline(self, place_id: str) -> BaseGeometry:
        """Return a place's outline as it is held or composed, whoever's it is, EPSG:4326."""
        return self._outlines(place_id)

    def derive(self, derivation: Derivation) -> Place | None:
        """Return the derived place, or None when it has no extent (no common border).

        What it is derived from may have none itself (the north of the coast of an inland town), or
        none of that kind: a text may well speak of the centre of a river, which is a line.
        """
        try:
            if self.geometry(derivation.id).is_empty:
                return None
        except (UnknownPlaceError, BadQueryError):
            return None
        return self.place(derivation.id)

    def is_area(self, place_id: str) -> bool:
        """Return whether a place has an outline of its own."""
        row = self._store.row(place_id)
        return self._store.has_area(row) or "area" in self._store.details(row)

    def country(self, code: str) -> Place | None:
        """Return the country of an alpha-2 code, or None when there is none."""
        place_id = f"iso:{code}"
        return self.place(place_id) if self._store.holds(place_id) else None

    def capital(self, place_id: str) -> Place | None:
        """Return a country's capital, None where the data tell none and of what is no country."""
        place = self.place(place_id)
        row = self._capitals.get(place.country) if place.kind in COUNTRY_KINDS else None
        return None if row is None else self._store.place(row)

    @cached_property
    def _capitals(self) -> dict[str | None, int]:
        """Rows of national capitals by the code of their country."""
        store = self._store
        rows = [row for row in range(len(store.kind)) if store.kind_of(row) == "capital"]
        return {store.country_of(row): row for row in rows}

    def country_of(
        self, place: Place, viewpoint: Viewpoint = NEUTRAL, at: date | None = None
    ) -> str | None:
        """Return whose a place is, as seen from somewhere.

        Returns
        -------
        str or None
            Alpha-2 code: a country's own, else that of the ground under the place's point. None
            on ground that the viewpoint holds disputed (neutral: all disputed ground).
        """
        own = [
            c for c in self.disputes.in_force(at) if c.place_id in (place.id, *place.equivalents)
        ]
        if own and (owner := own[0].owner(viewpoint)) is not None:
            return None if owner == SELF else owner
        if place.kind in COUNTRY_KINDS:
            return place.country
        on = own or self.disputes.disputes_at(place.lat, place.lon, at)
        return self.disputes.owner(on, viewpoint) if on else place.country

    def _place(self, place_id: str) -> Place:
        derivation = parse_derived_id(place_id)
        if derivation is None:
            return self._store.place(self._store.row(place_id))
        geometry = self.geometry(place_id)
        if geometry.is_empty:
            raise UnknownPlaceError(place_id)
        return derived_place(derivation, self._parties(derivation, NEUTRAL), geometry)

    def _shape(self, place_id: str, viewpoint: Viewpoint) -> BaseGeometry:
        derivation = parse_derived_id(place_id)
        if derivation is not None:
            return shape(derivation, self._parties(derivation, viewpoint))
        row = self._store.row(place_id)
        own_id = self._store.place_id(row)
        country = self._store.kind_of(row) in COUNTRY_KINDS
        if not (country and self.disputes.touches(own_id, viewpoint)):
            return self.outline(own_id)
        area = self.disputes.country_area(own_id.removeprefix(_COUNTRY), viewpoint)
        # Where a viewpoint knows no such country, its name still means that land.
        return self._shapes(own_id, NEUTRAL) if area.is_empty else area

    def _outline(self, place_id: str) -> BaseGeometry:
        row = self._store.row(place_id)
        area = self._store.area(row)
        if area is not None:
            return area
        expression = self._store.details(row).get("area")
        if expression:
            return self._composed(expression)
        place = self._store.place(row)
        return shapely.Point(place.lon, place.lat)

    def _composed(self, expression: str) -> BaseGeometry:
        geometry = compose(expression, lambda unit: _thinned(self.outline(held_id(unit))))
        polygons = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
        if polygons:
            geometry = _without_seams(shapely.MultiPolygon(polygons))
        return geometry if geometry.is_valid else shapely.make_valid(geometry)

    def _parties(self, derivation: Derivation, viewpoint: Viewpoint) -> Parties:
        places = [self.place(place_id) for place_id in derivation.of]
        geometries = [self._as_party(place_id, viewpoint) for place_id in derivation.of]
        return Parties(places, geometries, lambda: self._neighbours(places[0].id, viewpoint))

    def _as_party(self, place_id: str, viewpoint: Viewpoint) -> BaseGeometry:
        # Only outlines that leave no gap between them share a border.
        whole = viewpoint.is_neutral and parse_derived_id(place_id) is None
        return self.outline(place_id) if whole else self.geometry(place_id, viewpoint)

    def _neighbours(self, place_id: str, viewpoint: Viewpoint) -> list[BaseGeometry]:
        """Land that is drawn by itself in and around a place's box."""
        own = self._as_party(place_id, viewpoint)
        box = shapely.box(*own.bounds).buffer(_AROUND_DEGREES)
        others = [self._as_party(land, viewpoint) for land in self._lands]
        return [area for area in others if area.intersects(box) and not area.equals(own)]

    @cached_property
    def _lands(self) -> list[str]:
        """Ids of the countries, and of disputed land that is drawn beside them (Somaliland)."""
        store = self._store
        drawn = COUNTRY_KINDS | {"disputed"}
        return [store.place_id(row) for row in store.areas.rows if store.kind_of(row) in drawn]

    def _country_codes(self) -> dict[str, str | None]:
        """Ids of the countries that have an outline, with their alpha-2 codes."""
        return {
            self._store.place_id(row): self._store.country_of(row)
            for row in self._store.areas.rows
            if self._store.kind_of(row) in COUNTRY_KINDS
        }

    def _share_border(self, first: str, second: str) -> bool:
        if first == second:
            return False
        try:
            return not self.geometry(Derivation("border", (first, second)).id).is_empty
        except shapely.GEOSException:
            return False


def _without_seams(area: BaseGeometry) -> BaseGeometry:
    """Close what lies between outlines of different detail: it is no hole in a region."""
    closed = area.buffer(_SEAM_DEGREES, quad_segs=1).buffer(-_SEAM_DEGREES, quad_segs=1)
    shapely.prepare(closed)
    # An islet smaller than a seam is lost in this, and stays.
    lost = [part for part in shapely.get_parts(area) if not closed.intersects(part)]
    return shapely.union_all([closed, *lost]) if lost else closed


def _thinned(geometry: BaseGeometry) -> BaseGeometry:
    """Simplify a detailed outline before it becomes part of a region."""
    if shapely.get_num_coordinates(geometry) < _THINNED_FROM:
        return geometry
    return shapely.simplify(geometry, _SEAM_DEGREES / 2)
