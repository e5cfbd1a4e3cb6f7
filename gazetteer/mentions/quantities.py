"""How far is "30 miles", "1.200 km", "fifty kilometres" or خمسين كيلومترا?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.data import load_toml
from gazetteer.errors import MissingDataError
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNITS_KM = {
    "unit_km": 1.0,
    "unit_mile": 1.609344,
    "unit_nautical": 1.852,
    "unit_metre": 0.001,
}
"""Word classes of units of length, and what one of each is in kilometres."""

_SIGNS = {"comma": ",", "dot": ".", "space": " \u00a0\u202f", "slash": "/", "thousands": "٬"}
_POINTS = {ord(sign): "." for sign in ",٫/"}
_LONGEST = 5  # words of a number
_LONGEST_PHRASE = 2  # words that are one number together
_HUNDRED = 100
_THOUSAND = 1000
_TEN = 10


@dataclass(frozen=True, slots=True)
class Numbers:
    """A language's numbers: how digits are grouped, and the values of folded words."""

    digits: re.Pattern[str]
    thousands: str
    values: Mapping[tuple[str, ...], int]

    def of_digits(self, text: str, start: int) -> tuple[int, float] | None:
        """Return the end and the value of a number in digits that begins at an offset."""
        match = self.digits.match(text, start)
        before = text[max(0, start - 2) : start]
        if match is None or re.fullmatch(r"\d[.,٫٬]", before):  # the rest of another: 5 in 12.5
            return None
        groups = re.sub(rf"[{self.thousands}](?=\d{{3}}(?!\d))", "", match.group())
        return match.end(), float(groups.translate(_POINTS))

    def of_words(self, heads: Sequence[Sequence[str]]) -> tuple[int, float] | None:
        """Return how many words are a number, and its value.

        Parameters
        ----------
        heads
            For each word how it may be read: as it stands, and without what is glued to it.
        """
        total = part = at = 0
        longest = min(len(heads), _LONGEST)
        while at < longest:
            found = self._phrase(heads, at, longest)
            if found is None:
                break
            n, value = found
            if value >= _THOUSAND:
                total, part = total + max(part, 1) * value, 0
            elif value == _HUNDRED and 0 < part < _TEN:
                part *= _HUNDRED
            else:
                part += value
            at += n
        return (at, float(total + part)) if at and total + part else None

    def _phrase(
        self, heads: Sequence[Sequence[str]], at: int, longest: int
    ) -> tuple[int, int] | None:
        for n in range(min(_LONGEST_PHRASE, longest - at), 0, -1):
            rest = [heads[at + k][0] for k in range(1, n)]
            for head in heads[at]:
                value = self.values.get((head, *rest))
                if value is not None:
                    return n, value
        return None


@cache
def numbers_of(lang: str) -> Numbers:
    """Return the numbers of a language; only digits where its data holds no words."""
    try:
        data = load_toml("languages", lang.split("-", maxsplit=1)[0], "numbers.toml")
    except MissingDataError:
        data = {}
    style = data.get("style", {})
    thousands = "".join(_SIGNS[name] for name in style.get("thousands", ["comma"]))
    decimal = "٫" + "".join(_SIGNS[name] for name in style.get("decimal", ["dot"]))
    digits = re.compile(
        rf"\d{{1,3}}(?:[{thousands}]\d{{3}})+(?!\d)(?:[{decimal}]\d+)?|\d+(?:[{decimal},]\d+)?"
    )
    words = data.get("words", {})
    values = {
        tuple(fold(phrase).split()): int(value)
        for table in ("num", "scale")
        for value, phrases in words.get(table, {}).items()
        for phrase in phrases
    }
    return Numbers(digits, thousands, values)
