"""What do patterns of described places work with: names with their places, and what is found?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.derived import Derivation
    from gazetteer.mention import Span

_NESTING = frozenset({"part", "border", "zone", "coast"})


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name, a demonym or a described place, as the patterns see it.

    Attributes
    ----------
    span
        Its span in the text.
    first, last
        Numbers of its words.
    place_id
        The place.
    labels
        What a pattern may ask for (``A:land``): ``name`` or ``demonym``; ``area`` (it has an
        outline), ``land`` (a name with one), ``spot`` (a name without), ``settlement``,
        ``capital``, ``lesser`` (a settlement that is no capital); of a described place its form
        and side; ``place`` (a name, or what a description may be made of); ``unsure`` (believed
        only where a description is made of it).
    particle
        Folded particle glued in front.
    readings
        Other places of the same name by label: ``town`` and ``province``.
    point
        Longitude and latitude, degrees.
    refs
        Spans of the names inside it, its own for a name.
    country
        Id of the country that a name's place lies in, if it is known.
    """

    span: Span
    first: int
    last: int
    place_id: str
    labels: frozenset[str]
    particle: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)
    point: tuple[float, float] = (0.0, 0.0)
    refs: tuple[Span, ...] = ()
    country: str | None = None

    @property
    def is_area(self) -> bool:
        """Whether the place has an outline (country, division, region)."""
        return "area" in self.labels

    def read_as(self, labels: tuple[str, ...]) -> str | None:
        """Return the id of the place that fits one of some labels, or None."""
        if not self.labels.isdisjoint(labels):
            return self.place_id
        return next((self.readings[label] for label in labels if label in self.readings), None)


@dataclass(frozen=True, slots=True)
class Description:
    """A described place: its span, its words, how it is made, and the names inside it."""

    span: Span
    first: int
    last: int
    derivation: Derivation
    refs: tuple[Span, ...]

    def as_name(self) -> PlacedName:
        """Return it as a part of other descriptions: "near the Turkish border"."""
        form = self.derivation.form
        labels = {form, *self.derivation.parameters[-1:]}
        if form in _NESTING:
            labels.add("place")
        if form in {"part", "zone"}:
            labels.add("area")
        return PlacedName(
            self.span,
            self.first,
            self.last,
            self.derivation.id,
            frozenset(labels),
            refs=self.refs,
        )
