"""Which corrections does a file hold, and which places do they name?"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer import GazetteerError, Place
from geoevents.corrections.correction import ACTIONS, PLACE, Correction, Offsets, Subject
from geoevents.corrections.matching import latest
from geoevents.errors import CorrectionsError, InputNotFoundError, InputNotReadableError
from geoevents.readers.text import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gazetteer import Gazetteer

SCHEMA_VERSION = 1
HEAD = "geoevents_corrections"

_MOST_BYTES = 50_000_000  # a hundred thousand corrections with their sentences
_POLE, _DATE_LINE = 90, 180  # degrees
_KM_PER_DEGREE = 111.195  # of a great circle on the mean sphere
_FINEST = 6  # digits of a degree that are kept apart: 0.1 m


def read_corrections(*paths: str | Path) -> tuple[Correction, ...]:
    """Read files of corrections.

    Parameters
    ----------
    *paths
        As the page of a map saves them; ``data/schemas/corrections.schema.json`` describes them.

    Returns
    -------
    tuple
        In the order of the files; of those that concern the same place the last one only.

    Raises
    ------
    CorrectionsError
        If a file is not as described.
    InputNotFoundError, InputNotReadableError
        If it is not there or cannot be read.
    """
    return latest(one for path in paths for one in _read(str(path)))


def locate(
    corrections: Iterable[Correction], gazetteer: Gazetteer | None
) -> tuple[Correction, ...]:
    """Return corrections whose places are as the gazetteer has them.

    A place that is given by its id has the gazetteer's name, kind, country and point; one that is
    a point alone has the country and the first-level division that it lies in.

    Raises
    ------
    CorrectionsError
        If a place has neither a point nor an id that the gazetteer holds.
    """
    return tuple(_located(one, gazetteer) for one in corrections)


def _read(name: str) -> list[Correction]:
    try:
        if Path(name).stat().st_size > _MOST_BYTES:
            raise CorrectionsError(name, f"it has more than {_MOST_BYTES // 1_000_000} MB")
        raw = Path(name).read_bytes()
    except FileNotFoundError:
        raise InputNotFoundError(name) from None
    except OSError as error:
        raise InputNotReadableError(name, error.strerror or str(error)) from error
    rows = _rows(_content(raw, name), name)
    return [
        _Row(row, f"{name}, correction {number}").correction()
        for number, row in enumerate(rows, start=1)
    ]


def _content(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CorrectionsError(name, "it is no UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise CorrectionsError(name, "it is no JSON, or is cut short") from error


def _rows(content: Any, name: str) -> list[Any]:
    head = content.get(HEAD) if isinstance(content, dict) else None
    if not isinstance(head, dict):
        raise CorrectionsError(name, f"it has no {HEAD!r}: save the corrections in a map's page")
    version = head.get("schema_version")
    if version != SCHEMA_VERSION:
        why = f"its schema_version is {version!r:.40}, and this software reads {SCHEMA_VERSION}"
        raise CorrectionsError(name, why)
    rows = content.get("corrections")
    if not isinstance(rows, list):
        raise CorrectionsError(name, "its 'corrections' are missing or no list")
    return rows


class _Row:
    """One entry of a file, whose members are taken out with a check."""

    def __init__(self, row: Any, where: str) -> None:
        if not isinstance(row, dict):
            raise CorrectionsError(where, "it is no object")
        self._row: dict[str, Any] = row
        self._where = where

    def correction(self) -> Correction:
        event, old = self._object(self._row, "event"), self._object(self._row, "place")
        action = self._row.get("action")
        if action not in ACTIONS:
            raise self._error(f"its 'action' is {action!r:.40}, not {' or '.join(ACTIONS)}")
        place, has_point = self._right_place() if action == PLACE else (None, True)
        return Correction(
            where=self._where,
            subject=self._subject(event, old),
            action=action,
            event_id=self._text(event, "id"),
            old_place_id=self._text(old, "place_id"),
            place=place,
            has_point=has_point,
            note=self._text(self._row, "note"),
        )

    def _subject(self, event: Mapping[str, Any], old: Mapping[str, Any]) -> Subject:
        trigger = event.get("trigger")
        return Subject(
            doc_id=self._text(event, "doc_id"),
            type=self._required(event, "type"),
            evidence=self._text(event, "evidence"),
            trigger=self._offsets(self._object(event, "trigger") if trigger is not None else {}),
            role=self._required(old, "role"),
            text=self._text(old, "text"),
            span=self._offsets(old),
        )

    def _right_place(self) -> tuple[Place, bool]:
        """Return the place that is meant, as far as the file knows it, and whether it lies."""
        to = self._object(self._row, "to")
        place_id, country = self._text(to, "place_id"), self._text(to, "country")
        lat, lon = self._degrees(to, "lat", _POLE), self._degrees(to, "lon", _DATE_LINE)
        if (lat is None) != (lon is None) or (lat is None and place_id is None):
            raise self._error("its 'to' has neither 'place_id' nor 'lat' and 'lon'")
        if country is not None and not (len(country) == 2 and country.isascii()):  # noqa: PLR2004
            raise self._error(f"its country is {country!r:.40}, not a two-letter code")
        point = (lat or 0.0, lon or 0.0)
        name = self._text(to, "name") or self._text(self._object(self._row, "place"), "text")
        place = Place(
            id=place_id or f"point:{point[0]:g},{point[1]:g}",
            name=name or f"{point[0]:g}, {point[1]:g}",
            kind="place",
            lat=point[0],
            lon=point[1],
            country=country.upper() if country else None,
            uncertainty_km=self._uncertainty(to, point),
        )
        return place, lat is not None

    def _uncertainty(self, to: Mapping[str, Any], point: tuple[float, float]) -> float:
        """Return the stated radius, else what the digits of the coordinates leave open."""
        stated = self._number(to, "uncertainty_km")
        if stated is None:
            digits = max(_digits(value) for value in point)
            return round(_KM_PER_DEGREE * 0.5 * 10.0**-digits, 3)
        if stated < 0:
            raise self._error(f"its uncertainty_km is {stated}, less than nothing")
        return stated

    def _degrees(self, to: Mapping[str, Any], key: str, most: int) -> float | None:
        value = self._number(to, key)
        if value is not None and abs(value) > most:
            raise self._error(f"its {key} is {value:g}, but goes from {-most} to {most}")
        return value

    def _number(self, values: Mapping[str, Any], key: str) -> float | None:
        value = values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
            raise self._error(f"its {key!r} is {value!r:.40}, not a number")
        return float(value)

    def _offsets(self, values: Mapping[str, Any]) -> Offsets:
        start, end = values.get("start"), values.get("end")
        if start is None and end is None:
            return Offsets()
        if not (type(start) is int and type(end) is int and 0 <= start <= end):
            raise self._error(f"its start {start!r:.40} and end {end!r:.40} are no part of a text")
        return Offsets(start, end)

    def _object(self, values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = values.get(key)
        if not isinstance(value, dict):
            raise self._error(f"its {key!r} is missing or no object")
        return value

    def _required(self, values: Mapping[str, Any], key: str) -> str:
        value = self._text(values, key)
        if not value:
            raise self._error(f"its {key!r} is missing or empty")
        return value

    def _text(self, values: Mapping[str, Any], key: str) -> str | None:
        value = values.get(key)
        if value is not None and not isinstance(value, str):
            raise self._error(f"its {key!r} is {value!r:.40}, not a string")
        return without_surrogates(value) if value else None

    def _error(self, why: str) -> CorrectionsError:
        return CorrectionsError(self._where, why)


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond any float
        return False


def _digits(degrees: float) -> int:
    """Return how many digits behind the point a number has."""
    return min(_FINEST, len(f"{degrees:.{_FINEST}f}".rstrip("0").partition(".")[2]))


def _located(correction: Correction, gazetteer: Gazetteer | None) -> Correction:
    place = correction.place
    if place is None:
        return correction
    held = None if gazetteer is None else _held(place.id, gazetteer)
    if held is not None:
        return replace(correction, place=held)
    if not correction.has_point:
        why = (
            f"the gazetteer has no place {place.id!r:.80}, and the correction gives no lat and lon"
        )
        raise CorrectionsError(correction.where, why)
    if gazetteer is None or place.country is not None:
        return correction
    areas = gazetteer.reverse(place.lat, place.lon).areas
    admin1 = next((area.id for area in areas if area.kind == "admin1"), None)
    country = next((area.country for area in areas if area.country), None)
    return replace(correction, place=replace(place, country=country, admin1=admin1))


def _held(place_id: str, gazetteer: Gazetteer) -> Place | None:
    try:
        return gazetteer.get(place_id)
    except GazetteerError:
        return None
