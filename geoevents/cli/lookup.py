"""What is done with one name that is looked up?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geoevents.cli.work import Done, Facts
from geoevents.errors import BadRecordError
from geoevents.readers.jsonl import Record, optional_text
from geoevents.readers.text import without_surrogates
from geoevents.writers.lines import geometry_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gazetteer import Gazetteer, Match, Place
    from gazetteer.filters import Box

Line = dict[str, Any]

ANSWER = (
    "lat",
    "lon",
    "place_id",
    "place_name",
    "place_kind",
    "place_country",
    "match",
    "score",
)
"""Keys of what a search found."""

LEAST_SCORE_ALIKE = 0.3
"""Score from which a place is an answer whose name is only like the one sought.

Such a search leaves probability for a place that is not held. Below this, that is more than twice
as probable as any place found.
"""

_DEGREE_DIGITS = 6  # 0.1 m
_SCORE_DIGITS = 4
_ANSWERS_KEPT = 1 << 16  # of names that come again

Query = tuple[
    str, str | None, tuple[str, ...] | str | None, tuple[str, ...] | str | None, str | None
]


@dataclass(frozen=True, slots=True)
class Search:
    """Look up the name of a record, as a line.

    Attributes
    ----------
    lang, countries, kinds
        For records that state none.
    near, box, at, fuzzy
        As of :meth:`gazetteer.Gazetteer.search`.
    min_score
        Answers below it are none; None for :data:`LEAST_SCORE_ALIKE` where names differ.
    shape
        Makes the value of the key ``geometry``; None for no such key.
    """

    lang: str | None = None
    countries: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    near: tuple[float, float] | None = None
    box: Box | None = None
    at: date | None = None
    fuzzy: bool = True
    min_score: float | None = None
    shape: Callable[[Place | None, Gazetteer], Any] | None = None
    _answers: dict[Query, Line] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, gazetteer: Gazetteer, record: Record) -> Done:
        """Return the record with the best place for its name, null where none is good enough."""
        name = record.values.get("name")
        if not isinstance(name, str) or not name.strip():
            raise BadRecordError(record.where, "'name' is missing or not a text")
        query = (
            without_surrogates(name),
            _option(record, "lang") or self.lang,
            _option(record, "country") or self.countries,
            _option(record, "kind") or self.kinds,
            _option(record, "context"),
        )
        answer = self._answers.get(query)
        if answer is None:
            if len(self._answers) >= _ANSWERS_KEPT:
                self._answers.clear()
            answer = self._answers[query] = self._answer(gazetteer, query)
        facts = Facts(record.id, None, mentions=1, unlocated=int(answer["place_id"] is None))
        return Done({**record.values, **answer}, facts)

    def found(self, gazetteer: Gazetteer, name: str, *, limit: int) -> list[Match]:
        """Return the places of a name, the most likely first."""
        query = name, self.lang, self.countries, self.kinds, None
        found = self._search(gazetteer, query, limit=limit)
        return [match for match in found if match.score >= (self.min_score or 0.0)]

    def line(self, gazetteer: Gazetteer, match: Match | None) -> Line:
        """Return what a search found, all null for None."""
        line = match_line(match)
        if self.shape is not None:
            line["geometry"] = self.shape(match.place if match else None, gazetteer)
        return line

    @property
    def columns(self) -> tuple[str, ...]:
        """Keys of a line that are not the record's own."""
        return ANSWER if self.shape is None else (*ANSWER, "geometry")

    def _answer(self, gazetteer: Gazetteer, query: Query) -> Line:
        matches = self._search(gazetteer, query, limit=1)
        return self.line(gazetteer, next(filter(self._is_good, matches), None))

    def _is_good(self, match: Match) -> bool:
        if self.min_score is not None:
            return match.score >= self.min_score
        return match.match == 1 or match.score >= LEAST_SCORE_ALIKE

    def _search(self, gazetteer: Gazetteer, query: Query, *, limit: int) -> list[Match]:
        name, lang, country, kind, context = query
        return gazetteer.search(
            name,
            lang=lang,
            country=country,
            kind=kind,
            near=self.near,
            box=self.box,
            at=self.at,
            context=context,
            fuzzy=self.fuzzy,
            limit=limit,
        )


def match_line(match: Match | None) -> Line:
    """Return what a search found, without geometry; all null for None."""
    if match is None:
        return dict.fromkeys(ANSWER)
    place = match.place
    values = (
        round(place.lat, _DEGREE_DIGITS),
        round(place.lon, _DEGREE_DIGITS),
        place.id,
        place.name,
        place.kind,
        place.country,
        round(match.match, _SCORE_DIGITS),
        round(match.score, _SCORE_DIGITS),
    )
    return dict(zip(ANSWER, values, strict=True))


def geometry_wkt(place: Place | None, gazetteer: Gazetteer) -> str | None:
    """Return a place's geometry as well-known text, EPSG:4326, longitude before latitude."""
    import shapely

    geometry = geometry_line(place, gazetteer)
    return None if geometry is None else shapely.geometry.shape(geometry).wkt


def _option(record: Record, key: str) -> str | None:
    return (optional_text(record, key) or "").strip() or None
