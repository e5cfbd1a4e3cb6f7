"""Which software and data made a file, and whom does it owe?"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from geoevents.columns import schema_version

if TYPE_CHECKING:
    from gazetteer import Gazetteer

ATTRIBUTION = "Places: GeoNames (CC BY 4.0, geonames.org); outlines: Natural Earth (public domain)"


def stamp(gazetteer: Gazetteer) -> dict[str, str]:
    """Return what each file carries: schema, software and data version, attribution."""
    return {
        "schema_version": schema_version(),
        "software": "geoevents",
        "software_version": software_version(),
        "data_version": str(gazetteer.info().get("data_version", "unknown")),
        "attribution": ATTRIBUTION,
    }


def software_version() -> str:
    """Return the installed version, ``unknown`` in a checkout that is not installed."""
    try:
        return version("geoevents")
    except PackageNotFoundError:
        return "unknown"
