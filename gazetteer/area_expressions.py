"""What area does a curated row compose from other areas ("iso:UA-14+iso:UA-09")?"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from gazetteer.areas import buffer_km
from gazetteer.errors import BadQueryError
from gazetteer.text.normalize import fold

_COUNTRY_CODE = 3  # letters of a Natural Earth country code
_DEEPEST = 20  # brackets inside brackets; the curated tables have three
_ENDS = 2  # a line has two at least


def held_id(reference: str) -> str:
    """Return the id under which the index holds a unit of an expression.

    ``marine:`` names a sea as Natural Earth does, ``lake:`` a lake by its Natural
    Earth number, ``ne:`` with three letters a country without an ISO code.

    Examples
    --------
    >>> held_id("marine:Gulf of Gabès"), held_id("lake:1159126747"), held_id("iso:AZ")
    ('sea:gulf-of-gabes', 'ne:1159126747', 'iso:AZ')
    """
    source, _, name = reference.partition(":")
    if source == "marine":
        return "sea:" + fold(name).replace(" ", "-")
    if source == "ne" and len(name) == _COUNTRY_CODE and name.isupper():
        return f"ne_a3:{name}"
    if source == "lake" and name.isdecimal():
        return f"ne:{name}"
    return reference


Lookup = Callable[[str], BaseGeometry]
"""From a place id to its geometry."""


def compose(expression: str, lookup: Lookup) -> BaseGeometry:
    """Compute the area of a curated row (grammar: ``data/curated/README.md``).

    Parameters
    ----------
    expression
        For example ``"iso:UA-14+iso:UA-09"``.
    lookup
        Gives the geometry of a place id.

    Raises
    ------
    BadQueryError
        If the expression cannot be read.
    """
    return _Parser(expression, lookup).parse()


class _Parser:
    """A recursive-descent reader of area expressions."""

    def __init__(self, expression: str, lookup: Lookup) -> None:
        self._text = expression
        self._lookup = lookup
        self._at = 0
        self._depth = 0

    def parse(self) -> BaseGeometry:
        geometry = self._sum()
        if self._at != len(self._text):
            raise self._error("nothing more")
        return geometry

    def _sum(self) -> BaseGeometry:
        units = [self._unit()]
        while True:
            if self._take(" - "):
                units = [shapely.difference(shapely.union_all(units), self._unit())]
            elif self._take("+") or self._take(" + "):
                units.append(self._unit())
            else:
                return units[0] if len(units) == 1 else shapely.union_all(units)

    def _unit(self) -> BaseGeometry:
        for name, function in (
            ("clip(", self._clip),
            ("buffer(", self._buffer),
            ("box(", self._box),
            ("line(", self._line),
            ("(", self._group),
        ):
            if self._take(name):
                if self._depth == _DEEPEST:
                    raise self._error("fewer brackets inside brackets")
                self._depth += 1
                geometry = function()
                self._depth -= 1
                return geometry
        end = self._at
        while end < len(self._text) and self._text[end] not in "+,()":
            if self._text.startswith((" - ", " + "), end):
                break
            end += 1
        place_id = self._text[self._at : end].strip()
        if not place_id:
            raise self._error("a place id")
        self._at = end
        return self._lookup(place_id)

    def _group(self) -> BaseGeometry:
        geometry = self._sum()
        self._expect(")")
        return geometry

    def _clip(self) -> BaseGeometry:
        geometry = self._sum()
        self._expect(",")
        return shapely.intersection(geometry, shapely.box(*self._numbers(4)))

    def _buffer(self) -> BaseGeometry:
        start = self._at
        try:
            lon, lat = self._pair()
            geometry: BaseGeometry = shapely.Point(lon, lat)
        except BadQueryError:
            self._at = start
            geometry = self._sum()
        self._expect(",")
        return buffer_km(geometry, self._numbers(1)[0])

    def _box(self) -> BaseGeometry:
        return shapely.box(*self._numbers(4))

    def _line(self) -> BaseGeometry:
        points = [self._pair()]
        while self._take(","):
            points.append(self._pair())
        if len(points) < _ENDS:
            raise self._error("another point")
        self._expect(")")
        return shapely.LineString(points)

    def _pair(self) -> tuple[float, float]:
        end = self._at
        while end < len(self._text) and self._text[end] not in ",()":
            end += 1
        words = self._text[self._at : end].split()
        try:
            lon, lat = map(_finite, words)
        except ValueError:
            raise self._error("a longitude and a latitude") from None
        self._at = end
        return lon, lat

    def _numbers(self, count: int) -> Sequence[float]:
        end = self._text.find(")", self._at)
        words = self._text[self._at : end].split(",")
        try:
            numbers = [_finite(word) for word in words]
        except ValueError:
            raise self._error("numbers") from None
        if end < 0 or len(numbers) != count:
            raise self._error(f"{count} numbers and a closing bracket")
        self._at = end + 1
        return numbers

    def _take(self, sign: str) -> bool:
        if self._text.startswith(sign, self._at):
            self._at += len(sign)
            return True
        return False

    def _expect(self, sign: str) -> None:
        self._skip_spaces()
        if not self._take(sign):
            raise self._error(repr(sign))
        self._skip_spaces()

    def _skip_spaces(self) -> None:
        while self._at < len(self._text) and self._text[self._at] == " ":
            self._at += 1

    def _error(self, wanted: str) -> BadQueryError:
        return BadQueryError(
            f"The area {self._text!r} cannot be read: {wanted} expected at character {self._at}."
        )


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number
