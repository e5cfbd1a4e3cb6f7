"""What does a text say about places? Mentions, and the places they were resolved to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.place import Place

DESCRIBED_FORMS = frozenset({"part", "border", "zone", "offset", "between", "coast", "union"})
"""Forms of mentions that describe a place by other places."""

FORMS = frozenset({"name", "demonym", "associative"}) | DESCRIBED_FORMS


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, as code point offsets; ``end`` is exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Return whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that may name a place.

    Attributes
    ----------
    start, end
        Code point offsets; glued particles are outside, the article ال inside.
    text
        ``article.text[start:end]``.
    form
        One of :data:`FORMS`.
    language
        BCP 47 code of the text around.
    p_place
        Probability that the words name a place at all, 0 to 1.
    within
        Of a described place: the span of the name inside it ("Israel" in "southern Israel").
    refs
        Of a described place: the spans of all names inside it.
    """

    start: int
    end: int
    text: str
    form: str = "name"
    language: str = "und"
    p_place: float = 1.0
    within: Span | None = None
    refs: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """The mention's span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up: another place that the mention may mean, with its probability."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """A mention and the place it was resolved to.

    Attributes
    ----------
    mention
        The words.
    place
        The place, a derived one for a description; None when none is good enough.
    score
        Probability that ``place`` is right, given that the words name a place; 0 to 1.
    alternatives
        Runners-up, best first.
    uncertainty_km
        Radius within which the place lies, in kilometres.
    geometry_basis
        ``stated``, ``inferred`` (also of a small place that is held at the point of one nearby) or
        ``schematic``.
    """

    mention: Mention
    place: Place | None
    score: float = 0.0
    alternatives: tuple[Alternative, ...] = ()
    uncertainty_km: float = 0.0
    geometry_basis: str = "stated"

    @property
    def span(self) -> Span:
        """The mention's span."""
        return self.mention.span
