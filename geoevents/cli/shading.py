"""What does a map compute and shade beside its events: dense areas, countries, divisions?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from gazetteer import Gazetteer

_WORLD = (-180.0, -90.0, 180.0, 90.0)
_DIVISION = "admin1"


class Level(StrEnum):
    """What is shaded by its number of events."""

    COUNTRY = "country"
    ADM1 = "adm1"


class Scale(StrEnum):
    """How the classes are made of the numbers."""

    QUANTILE = "quantile"
    LOG = "log"


Choropleth = Annotated[
    Level | None,
    typer.Option(
        help="Shade countries, or first-level divisions, by their number of events.",
        show_default=False,
    ),
]
ChoroplethScale = Annotated[
    Scale,
    typer.Option(
        "--choropleth-scale",
        help="Classes of the choropleth: as many areas in each, or each a multiple of the last.",
    ),
]
Density = Annotated[
    bool,
    typer.Option(
        "--density/--no-density",
        help="Compute areas where points of violence lie densely, on a layer that says so.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shading:
    """What a map computes and shades beside its events."""

    density: bool
    choropleth: Level | None
    scale: Scale

    def areas(self, events: GeoDataFrame, gazetteer: Gazetteer | None) -> GeoDataFrame | None:
        """Return the divisions to be shaded; countries are in the map."""
        if self.choropleth is not Level.ADM1 or gazetteer is None:
            return None
        return divisions(events, gazetteer)


def divisions(events: GeoDataFrame, gazetteer: Gazetteer) -> GeoDataFrame:
    """Return the first-level divisions that events may lie in, as ``maps`` reads them.

    Those of the countries that the table names; of all countries where a row with a geometry
    names none.
    """
    import geopandas as gpd

    from geoevents.place_rows import display_names

    places = gazetteer.within(_WORLD, kind=_DIVISION, country=_countries(events))
    return gpd.GeoDataFrame(
        {
            "area_id": [place.id for place in places],
            "name": [place.name for place in places],
            "place_names": [display_names(place) for place in places],
        },
        geometry=[gazetteer.geometry(place) for place in places],
        crs="EPSG:4326",
    )


def _countries(events: GeoDataFrame) -> set[str] | None:
    """Return the countries of the events, None where some place has none."""
    if "country" not in events.columns:
        return None
    located = events[events.geometry.notna() & (events.geometry.geom_type == "Point")]
    unnamed = located["country"].isna()
    if _DIVISION in events.columns:
        unnamed &= located[_DIVISION].isna()
    codes = {str(code) for code in events["country"].dropna()}
    return None if unnamed.any() or not codes else codes
