"""Whose is a disputed area, as seen from where?"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.data import data_path
from gazetteer.errors import BadQueryError
from gazetteer.spans import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

SELF = "self"
"""Owner of an area that has an administration of its own and is no ISO 3166-1 country."""

OTHERS = "*"
"""Stands in the claims table for every other viewpoint that is described."""

NEUTRAL_VIEW = "neutral"
"""Stands in the claims table for the neutral map."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where the world is looked at.

    Attributes
    ----------
    code
        ISO 3166-1 alpha-2 code of a country, or ``neutral``: nothing is decided, disputed areas
        stand for themselves.
    """

    code: str = NEUTRAL_VIEW

    @classmethod
    def parse(cls, text: str) -> Viewpoint:
        """Return the viewpoint of a word.

        Parameters
        ----------
        text
            ``neutral`` or the alpha-2 code of a country whose view the claims table describes.

        Raises
        ------
        BadQueryError
            If that country's view is not described.

        Examples
        --------
        >>> Viewpoint.parse("ua"), Viewpoint.parse("neutral").is_neutral
        (Viewpoint(code='UA'), True)
        """
        if text.casefold() == NEUTRAL_VIEW:
            return NEUTRAL
        if text.upper() in described_viewpoints():
            return cls(text.upper())
        known = ", ".join(sorted(described_viewpoints()))
        raise BadQueryError(
            f"{text!r} is no viewpoint that is described: use neutral or one of {known}."
        )

    @property
    def is_neutral(self) -> bool:
        """Whether nobody's view is taken."""
        return self.code == NEUTRAL_VIEW

    def __str__(self) -> str:
        return self.code


NEUTRAL = Viewpoint()
"""The default: describe, do not decide."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An area that more than one side holds or claims (a row of ``data/curated/claims``).

    Attributes
    ----------
    place_id
        Id of the place that names the area.
    label
        A name for maps that takes no side, often with both sides' names.
    area
        Expression of the disputed ground where the place itself is larger, smaller or a point.
    drawn_in
        Ids of the outlines that this ground is a part of as they are held.
    administered_by, claimed_by
        ISO 3166-1 alpha-2 codes; ``self`` for an administration that is no ISO country.
    since, until
        ISO 8601 dates, perhaps only a year or a month; None when open.
    views
        Owner by viewpoint: a code or ``self``; the key ``*`` stands for all others.
    source
        Where the row comes from: Natural Earth, symbols of UN documents, or ``unverified``.
    """

    place_id: str
    label: str
    area: str
    drawn_in: tuple[str, ...]
    administered_by: tuple[str, ...]
    claimed_by: tuple[str, ...]
    since: str | None
    until: str | None
    views: Mapping[str, str]
    source: str

    def owner(self, viewpoint: Viewpoint) -> str | None:
        """Return whose the area is from a viewpoint; None where it is seen as disputed.

        Who claims an area sees it as their own, whatever others say.
        """
        if viewpoint.is_neutral:
            return None
        own = viewpoint.code if viewpoint.code in self.claimed_by else self.views.get(OTHERS)
        return self.views.get(viewpoint.code, own)

    @property
    def properties(self) -> dict[str, str | list[str] | None]:
        """What a map tells of the area, as the properties of a GeoJSON feature."""
        return {
            "place_id": self.place_id,
            "label": self.label,
            "administered_by": list(self.administered_by),
            "claimed_by": list(self.claimed_by),
            "since": self.since,
            "until": self.until,
            "source": self.source,
        }

    def drawn_with(self, viewpoint: Viewpoint) -> str | None:
        """Return whose outline holds the area on a map; None where it is cut out of all.

        The neutral map leaves an outline whole only where the row says so: where no line of the
        claim is one on the ground.
        """
        return self.views.get(NEUTRAL_VIEW) if viewpoint.is_neutral else self.owner(viewpoint)

    def in_force(self, at: date | None = None) -> bool:
        """Return whether the claims stood at a date; without one, whether they still stand."""
        return self.until is None if at is None else within(self.since, self.until, at)


@lru_cache(maxsize=1)
def read_claims() -> tuple[Claim, ...]:
    """Return every row of the claims table, those that ended too."""
    path = data_path("curated", "claims", "claims.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(_claim(row) for row in table)


def _claim(row: Mapping[str, str]) -> Claim:
    return Claim(
        place_id=row["id"],
        label=row["label"],
        area=row["area"],
        drawn_in=tuple(row["drawn_in"].split()),
        administered_by=tuple(row["administered_by"].split()),
        claimed_by=tuple(row["claimed_by"].split()),
        since=row["since"] or None,
        until=row["until"] or None,
        views=dict(_views(row["views"].split("|"))),
        source=row["source"],
    )


def _views(cells: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Read ``UA: FR GB | RU: RU``: an owner, and the viewpoints from which it is the owner."""
    for cell in cells:
        owner, _, viewpoints = cell.partition(":")
        yield from ((viewpoint, owner.strip()) for viewpoint in viewpoints.split())


@lru_cache(maxsize=1)
def described_viewpoints() -> frozenset[str]:
    """Return the alpha-2 codes of the countries whose view the table describes.

    Examples
    --------
    >>> {"CN", "IL", "IN", "RU", "UA"} <= described_viewpoints()
    True
    """
    seen = {code for claim in read_claims() for code in (*claim.views, *claim.claimed_by)}
    return frozenset(seen - {SELF, OTHERS, NEUTRAL_VIEW})
