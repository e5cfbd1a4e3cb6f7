"""How does each kind of event look, and on which layer does it lie?"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from maps.data import load_toml
from maps.errors import BadStyleError

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "other"
BASES = ("stated", "inferred", "schematic")
# Of a style of one's own: what may stand in a style sheet, a class name and SVG path data.
_PARTS = {
    "key": (re.compile(r"[a-z][a-z0-9_]*"), "a-z, 0-9 and _"),
    "light": (re.compile(r"#[0-9a-fA-F]{6}"), "a colour as '#1d5fa8'"),
    "dark": (re.compile(r"#[0-9a-fA-F]{6}"), "a colour as '#7db8f5'"),
    "shape": (re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-., ]+"), "SVG path data"),
    "glyph": (re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-., ]*"), "SVG path data"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """Icon and colours of a family: SVG path data on a 24 x 24 grid, CSS colours.

    ``label`` is its title in the legend where the interface has no word for it.
    """

    id: str
    light: str
    dark: str
    shape: str
    glyph: str
    label: str = ""


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
    """Everything in ``data/maps/style.toml``, in its order.

    ``choropleth`` has the colours of the classes, the one of the fewest events first, by theme, and
    their ``patterns``.
    """

    families: Mapping[str, Family]
    bases: Mapping[str, Basis]
    layers: tuple[Layer, ...]
    choropleth: Mapping[str, list[str]]

    def family(self, name: str) -> str:
        """Return the family's id if it has a style, else ``"other"``."""
        return name if name in self.families else OTHER

    def layer(self, geometry: str, type_: str, family: str) -> str:
        """Return the id of the first layer that takes such a geometry."""
        return next(one.id for one in self.layers if one.takes(geometry, type_, family))

    def extended(self, own: Mapping[str, Mapping[str, str]]) -> Style:
        """Return the style with further families, or others in place of the package's.

        Parameters
        ----------
        own
            By key: ``label``, ``light``, ``dark``, ``shape``, ``glyph``, see :class:`Family`; what
            is missing or empty is that of the family named by ``like`` [default: ``other``].

        Raises
        ------
        BadStyleError
            If a part cannot be drawn.
        """
        families = dict(self.families)
        for key, parts in own.items():
            like = parts.get("like") or OTHER
            if like not in self.families:
                raise BadStyleError(key, "like", like, f"one of {', '.join(self.families)}")
            given = {part: parts[part] for part in (*_PARTS, "label") if parts.get(part)}
            for part, value in {"key": key, **given}.items():
                pattern, wanted = _PARTS.get(part, (None, ""))
                if pattern is not None and not pattern.fullmatch(value):
                    raise BadStyleError(key, part, value, wanted)
            families[key] = replace(self.families[like], **{**given, "id": key})
        # The style of all other families stays the last of the legend.
        families[OTHER] = families.pop(OTHER)
        return replace(self, families=families)

    def as_json(self) -> dict[str, Any]:
        """Return families, bases and the colours of classes as plain dictionaries."""
        return {
            "families": {key: asdict(value) for key, value in self.families.items()},
            "bases": {key: asdict(value) for key, value in self.bases.items()},
            "choropleth": dict(self.choropleth),
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
        choropleth=raw["choropleth"],
    )
