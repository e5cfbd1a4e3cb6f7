"""How does each kind of event look, and on which layer does it lie?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from maps.data import load_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "other"
BASES = ("stated", "inferred", "schematic")


@dataclass(frozen=True, slots=True)
class Family:
    """Icon and colours of a family: SVG path data on a 24 x 24 grid, CSS colours."""

    id: str
    light: str
    dark: str
    shape: str
    glyph: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Line and fill of a geometry basis: SVG dash array and line cap, fill, opacity, pixels."""

    id: str
    dash: str
    cap: str
    fill: str
    opacity: float
    weight: float


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer that can be switched.

    Attributes
    ----------
    geometry
        ``line`` (routes), ``area`` (polygons) or ``band`` (borders).
    types, families
        What it takes; empty means everything.
    """

    id: str
    group: str
    geometry: str
    types: frozenset[str]
    families: frozenset[str]

    def takes(self, geometry: str, type_: str, family: str) -> bool:
        """Tell whether a geometry of an event of this type lies on this layer."""
        return (
            self.geometry == geometry
            and (not self.types or type_ in self.types)
            and (not self.families or family in self.families)
        )


@dataclass(frozen=True, slots=True)
class Style:
    """Everything in ``data/maps/style.toml``, in its order."""

    families: Mapping[str, Family]
    bases: Mapping[str, Basis]
    layers: tuple[Layer, ...]

    def family(self, name: str) -> str:
        """Return the family's id if it has a style, else ``"other"``."""
        return name if name in self.families else OTHER

    def layer(self, geometry: str, type_: str, family: str) -> str:
        """Return the id of the first layer that takes such a geometry."""
        return next(one.id for one in self.layers if one.takes(geometry, type_, family))

    def as_json(self) -> dict[str, Any]:
        """Return families and bases as plain dictionaries, keyed by id."""
        return {
            "families": {key: asdict(value) for key, value in self.families.items()},
            "bases": {key: asdict(value) for key, value in self.bases.items()},
        }


@cache
def load() -> Style:
    """Return the package's style."""
    raw = load_toml("maps", "style.toml")
    return Style(
        families={row["id"]: Family(**row) for row in raw["family"]},
        bases={row["id"]: Basis(**row) for row in raw["basis"]},
        layers=tuple(
            Layer(
                id=row["id"],
                group=row["group"],
                geometry=row["geometry"],
                types=frozenset(row.get("types", ())),
                families=frozenset(row.get("families", ())),
            )
            for row in raw["layer"]
        ),
    )
