"""What do gold and predictions say of a document, and is it well formed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoevents.errors import BadRecordError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoevents.readers import Record

Box = tuple[float, float, float, float]

_POLE, _DATE_LINE, _TURN = 90.0, 180.0, 360.0  # degrees
_SIDES = 4  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text, and where it is said to be.

    Attributes
    ----------
    start, end
        Code point offsets into the document's text; ``end`` is exclusive.
    lat, lon
        Degrees, EPSG:4326, or None where it was not located.
    form
        ``name``, ``demonym`` and so on, in the words of its file; or None.
    place_id, geonameid
        The place in the gazetteer, or None.
    name
        Name of the place, or None.
    box
        West, south, east, north in degrees, or None.
    area
        Key of an outline in a file of outlines, or None.
    score
        Of a prediction: probability that the place is right, or None.
    p_place
        Of a prediction: probability that the words name a place, or None.
    """

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    form: str | None = None
    place_id: str | None = None
    geonameid: int | None = None
    name: str | None = None
    box: Box | None = None
    area: str | None = None
    score: float | None = None
    p_place: float | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, or None."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Pair:
    """A document as gold has it, and what was predicted for it.

    Attributes
    ----------
    id, lang, text
        Of the document in gold; the text is empty where gold has none.
    gold, predicted
        The toponyms of both.
    is_predicted
        Whether the predictions have the document at all.
    """

    id: str
    text: str
    gold: Sequence[Toponym]
    predicted: Sequence[Toponym]
    lang: str | None = None
    is_predicted: bool = True


def read_toponyms(record: Record) -> list[Toponym]:
    """Return the toponyms of a line.

    Raises
    ------
    BadRecordError
        If there is no list of toponyms, or one of them does not fit.

    Examples
    --------
    >>> from geoevents.readers import Record
    >>> line = {"toponyms": [{"start": 0, "end": 4, "lat": 40.4, "lon": 49.9}]}
    >>> read_toponyms(Record("a.jsonl, line 1", "a:1", line))[0].point
    (40.4, 49.9)
    """
    rows = record.values.get("toponyms")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadRecordError(record.where, "the key 'toponyms' is missing or not a list of objects")
    try:
        return [_toponym(row) for row in rows]
    except ValueError as error:
        raise BadRecordError(record.where, str(error)) from None


def _toponym(row: Mapping[str, Any]) -> Toponym:
    start, end = row.get("start"), row.get("end")
    if not (type(start) is int and type(end) is int and 0 <= start < end):
        raise ValueError(f"a toponym has start {start!r} and end {end!r}, which is no span")
    return Toponym(
        start=start,
        end=end,
        lat=_number(row, "lat", -_POLE, _POLE),
        lon=_number(row, "lon", -_DATE_LINE, _DATE_LINE),
        form=_text(row, "form"),
        place_id=_text(row, "place_id"),
        geonameid=_geonameid(row.get("geonameid")),
        name=_text(row, "name"),
        box=_box(row.get("bbox")),
        area=_text(row, "area"),
        score=_number(row, "score", 0, 1),
        p_place=_number(row, "p_place", 0, 1),
    )


def _number(row: Mapping[str, Any], key: str, lowest: float, highest: float) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key!r} of a toponym is {value!r:.60}, not a number")  # noqa: TRY004
    if not lowest <= value <= highest:  # NaN neither
        raise ValueError(f"{key!r} of a toponym is {value!r}, outside {lowest:g} to {highest:g}")
    return float(value)


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value or None if isinstance(value, str) else None


def _geonameid(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    return value if type(value) is int and value > 0 else None


def _box(value: Any) -> Box | None:
    if value is None:
        return None
    if not (
        isinstance(value, list)
        and len(value) == _SIDES
        and all(type(side) in {int, float} and abs(side) <= _TURN for side in value)
    ):
        raise ValueError(f"'bbox' of a toponym is {value!r:.80}, not [west, south, east, north]")
    west, south, east, north = map(float, value)
    return west, south, east, north
