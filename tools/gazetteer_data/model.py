"""What does one place look like on its way from the sources to the tables?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import shapely


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a place.

    ``lang`` is a BCP 47 tag, "und" or "und-<script>" where no source says which language it is;
    ``kind`` is official, short, historical, colloquial, code or alternate.
    """

    text: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of ``places.npz`` with its names; the first name is the one to display.

    ``lat``, ``lon`` are degrees, EPSG:4326. ``parent`` is the id of the first-level division
    that holds the place, or empty.
    """

    id: str
    kind: str
    country: str
    lat: float
    lon: float
    names: tuple[Name, ...]
    source: str
    feature_code: str = ""
    parent: str = ""
    population: int = 0
    equivalents: tuple[str, ...] = ()
    area: shapely.Geometry | None = None
