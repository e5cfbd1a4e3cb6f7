"""Which ground is disputed, and what is left of a country without it, from a viewpoint?"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import shapely

from gazetteer.area_expressions import compose, held_id
from gazetteer.viewpoints import NEUTRAL, SELF, Claim, Viewpoint, read_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

# Divisions are simplified to 0.006 degrees and countries are not: a strip narrower than this
# between the two is no land of its own.
_SLIVER_DEGREES = 0.02
_GRID_DEGREES = 1e-7  # outlines lie on a grid of 0.0001: cuts keep their vertices
_SPECK_SQUARE_DEGREES = 1e-6  # what rounding leaves along a cut, about a hectare
_AREAS_KEPT = 512


class Disputes:
    """Countries with and without their disputed areas.

    Parameters
    ----------
    outline
        Gives the outline of a place id as it is held or composed, EPSG:4326.
    countries
        Ids of the countries and territories with an outline, with their alpha-2 codes.
    holds
        Whether there is a place of an id: claims on others are passed over.
    """

    def __init__(
        self,
        outline: Callable[[str], BaseGeometry],
        countries: Callable[[], Mapping[str, str | None]],
        holds: Callable[[str], bool],
    ) -> None:
        self._outline = outline
        self._countries = countries
        self._holds = holds
        self._piece = lru_cache(maxsize=_AREAS_KEPT)(self._cut_piece)
        self._area = lru_cache(maxsize=_AREAS_KEPT)(self._country_area)

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        return [
            claim
            for claim in read_claims()
            if all(map(self._holds, (claim.place_id, *claim.drawn_in)))
        ]

    @cached_property
    def units(self) -> frozenset[str]:
        """Ids of the held outlines that hold disputed ground, and of places that are disputed."""
        return frozenset(
            unit for claim in self._claims for unit in (*claim.drawn_in, claim.place_id)
        )

    def in_force(self, at: date | None = None) -> list[Claim]:
        """Return the claims that stood at a date; without one, those that stand today."""
        return [claim for claim in self._claims if claim.in_force(at)]

    def area(self, claim: Claim) -> BaseGeometry:
        """Return the disputed ground of a claim, EPSG:4326."""
        pieces = [self._piece(claim.place_id, claim.area, unit) for unit in claim.drawn_in]
        return shapely.union_all(pieces) if pieces else self._ground(claim.place_id, claim.area)

    def disputed(
        self, viewpoint: Viewpoint = NEUTRAL, at: date | None = None
    ) -> list[tuple[Claim, BaseGeometry]]:
        """Return what a map seen from somewhere shows as disputed, with its ground, EPSG:4326."""
        return [(c, self.area(c)) for c in self.in_force(at) if c.owner(viewpoint) is None]

    def country_area(
        self, code: str, viewpoint: Viewpoint = NEUTRAL, at: date | None = None
    ) -> BaseGeometry:
        """Return a country's area as seen from somewhere.

        Parameters
        ----------
        code
            ISO 3166-1 alpha-2 code.
        viewpoint
            Neutral: disputed areas are part of neither side. Else they belong where that
            viewpoint puts them, and are still part of nobody where it is not known.
        at
            A day, for claims that have ended or not begun; today's claims by default.

        Returns
        -------
        BaseGeometry
            EPSG:4326; empty when the viewpoint knows no such country.

        Raises
        ------
        UnknownPlaceError
            If there is no such country.
        """
        return self._area(f"iso:{code.upper()}", viewpoint, at)

    def touches(self, place_id: str, viewpoint: Viewpoint) -> bool:
        """Return whether a claim of today changes the outline of a place."""
        return any(
            place_id in claim.drawn_in or f"iso:{claim.owner(viewpoint)}" == place_id
            for claim in self.in_force()
        )

    def _country_area(self, unit: str, viewpoint: Viewpoint, at: date | None) -> BaseGeometry:
        area, won = self._outline(unit), []
        for claim in self.in_force(at):
            owner = claim.drawn_with(viewpoint)
            # A dispute over a whole country is not cut out of that country itself.
            keeps = f"iso:{owner}" == unit or (owner is None and claim.place_id == unit)
            for drawn_in in claim.drawn_in:
                if keeps and drawn_in != unit:
                    won.append(self._piece(claim.place_id, claim.area, drawn_in))
                elif not keeps and drawn_in == unit:
                    area = _without(area, self._piece(claim.place_id, claim.area, unit))
        return shapely.union_all([area, *won], grid_size=_GRID_DEGREES) if won else area

    def disputes_at(self, lat: float, lon: float, at: date | None = None) -> list[Claim]:
        """Return the claims on the ground at a point, the smallest first.

        Parameters
        ----------
        lat, lon
            Degrees, EPSG:4326.
        at
            A day; today's claims by default.
        """
        tree, areas = self._claim_tree
        found = [int(i) for i in tree.query(shapely.Point(lon, lat), predicate="intersects")]
        found.sort(key=lambda i: areas[i].area)
        return [self._claims[i] for i in found if self._claims[i].in_force(at)]

    def country_at(
        self, lat: float, lon: float, viewpoint: Viewpoint = NEUTRAL, at: date | None = None
    ) -> str | None:
        """Return the country that a point lies in, as seen from somewhere.

        Returns
        -------
        str or None
            Alpha-2 code; None at sea, on ground that the viewpoint holds disputed (neutral: on
            all disputed ground), and where an administration of its own is no ISO country.
        """
        disputes = self.disputes_at(lat, lon, at)
        if disputes:
            return self.owner(disputes, viewpoint)
        tree, codes = self._country_tree
        found = tree.query(shapely.Point(lon, lat), predicate="intersects")
        return codes[int(found[0])] if len(found) else None

    @staticmethod
    def owner(disputes: Iterable[Claim], viewpoint: Viewpoint) -> str | None:
        """Return whose ground under these claims is; None when it is not known or nobody's."""
        owners = (claim.owner(viewpoint) for claim in disputes)
        first = next((owner for owner in owners if owner is not None), None)
        return None if first == SELF else first

    @cached_property
    def _claim_tree(self) -> tuple[shapely.STRtree, list[BaseGeometry]]:
        areas = [self.area(claim) for claim in self._claims]
        return shapely.STRtree(areas), areas

    @cached_property
    def _country_tree(self) -> tuple[shapely.STRtree, list[str | None]]:
        codes = self._countries()
        return shapely.STRtree([self._outline(unit) for unit in codes]), list(codes.values())

    def _ground(self, place_id: str, expression: str) -> BaseGeometry:
        if not expression:
            return self._outline(place_id)
        return compose(expression, lambda unit: self._outline(held_id(unit)))

    def _cut_piece(self, place_id: str, expression: str, unit: str) -> BaseGeometry:
        """Return the part of a held outline that a claim is about."""
        ground, whole = self._ground(place_id, expression), self._outline(unit)
        if place_id == unit and not expression:
            return whole
        parts = shapely.get_parts(whole)
        near = shapely.MultiPolygon(list(parts[shapely.dwithin(parts, ground, _SLIVER_DEGREES)]))
        inside = _polygons(shapely.intersection(near, ground, grid_size=_GRID_DEGREES))
        rest = shapely.difference(near, inside, grid_size=_GRID_DEGREES)
        return _polygons(shapely.union_all([inside, *_slivers(rest, inside)]))


def _without(area: BaseGeometry, piece: BaseGeometry) -> BaseGeometry:
    """Cut a piece out of an area; parts that it does not touch stay as they are."""
    parts = shapely.get_parts(area)
    touched = shapely.intersects(parts, piece)
    cut = shapely.difference(
        shapely.MultiPolygon(list(parts[touched])), piece, grid_size=_GRID_DEGREES
    )
    left = [part for part in _polygons(cut).geoms if part.area > _SPECK_SQUARE_DEGREES]
    return shapely.MultiPolygon([*parts[~touched], *left])


def _slivers(rest: BaseGeometry, inside: BaseGeometry) -> Sequence[BaseGeometry]:
    """Return the strips along a cut that are thinner than land: they go with what was cut out."""
    beside = shapely.buffer(inside, _SLIVER_DEGREES, join_style="mitre")
    strip = shapely.intersection(rest, beside)
    around = shapely.clip_by_rect(rest, *shapely.buffer(inside, 5 * _SLIVER_DEGREES).bounds)
    half = _SLIVER_DEGREES / 2
    land = around.buffer(-half, join_style="mitre").buffer(half * 1.01, join_style="mitre")
    thin = shapely.get_parts(shapely.difference(strip, land))
    return [part for part in thin if part.geom_type == "Polygon"]


def _polygons(geometry: BaseGeometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
