"""What does a row about a place say, and what is wrong with it?"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from gazetteer.overlay import UNTAGGED, USER_PREFIX, Fix, UserPlace
from gazetteer.sources.place_columns import LANG_NAMES, OTHER_NAMES, is_language
from gazetteer.sources.place_shapes import BadRowError, Shape, shape_at, shape_of
from gazetteer.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

NAME_SEPARATOR = "|"

_LONGEST_NAME = 100  # characters; the longest official name of a country has 59
_LONGEST_NOTE = 10_000
_EARTH_KM = 20_040  # half the circumference: nothing is farther away

# Marks of direction come along with copied Arabic and Hebrew and are no part of a name.
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = re.compile(r"[|;؛]")
_KIND = re.compile(r"[^\W_][\w]{0,39}")
_COUNTRY = re.compile("[A-Za-z]{2}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?$")
_ISO_DATE_LENGTH = 10
_ID = re.compile(r"\S{1,200}")
_SIGNS = str.maketrans({"٫": ".", "−": "-", "°": "", "٬": ""})


def read_place(cells: Mapping[str, Any], geometry: BaseGeometry | None) -> tuple[UserPlace, str]:
    """Return what a row says about a place, and a remark on it or an empty string.

    Parameters
    ----------
    cells
        Cells by role, see :func:`gazetteer.sources.place_columns.role_of`.
    geometry
        Its geometry in EPSG:4326, which goes before ``lat`` and ``lon``; or None.

    Returns
    -------
    place
        Its id and country as the row states them, maybe empty or unknown.
    remark
        What was changed, for the user to know.

    Raises
    ------
    BadRowError
        If a cell does not fit; the message says which, why, and what to do.
    """
    shape = _shape(cells, geometry)
    names = {
        role.removeprefix(LANG_NAMES): tuple(_names(cells[role], role))
        for role in sorted(cells)
        if role.startswith(LANG_NAMES)
    }
    for lang, name in _tagged_names(cells.get(OTHER_NAMES)):
        names[lang] = tuple(dict.fromkeys((*names.get(lang, ()), name)))
    place_id = _id(cells.get("id"))
    name = _name(cells.get("name"), "name")
    if not name and (not place_id or place_id.startswith(USER_PREFIX)):
        name = next(chain(names.get("en", ()), *names.values()), "")
    place = UserPlace(
        id=place_id,
        name=name,
        kind=_kind(cells.get("kind")),
        country=text(cells.get("country"), "country") or None,
        lat=shape.lat,
        lon=shape.lon,
        names={lang: found for lang, found in sorted(names.items()) if found},
        geometry=shape.geometry,
        population=_population(cells.get("population")),
        uncertainty_km=_uncertainty(cells.get("uncertainty_km")),
        valid_from=_date(cells.get("valid_from"), "valid_from"),
        valid_to=_date(cells.get("valid_to"), "valid_to"),
        note=_note(cells.get("note")),
    )
    _check_period(place)
    return place, shape.remark


def read_code(cell: Any) -> str | None:
    """Return a country code of two letters, or None where there is none.

    Raises
    ------
    BadRowError
        If it is anything else.
    """
    code = text(cell, "country")
    if code and not _COUNTRY.fullmatch(code):
        raise BadRowError(f"country is {code!r}: write a code of two letters, as AZ")
    return code.upper() or None


def text(cell: Any, column: str) -> str:
    """Return a cell's text, NFC, without white space at its ends or twice.

    Raises
    ------
    BadRowError
        If it holds control characters or is no text.
    """
    if _is_empty(cell):
        return ""
    if isinstance(cell, (dict, list, bool)):
        raise BadRowError(f"{column} is {str(cell)[:40]!r}: write plain text")
    words = _plain(cell)
    if _CONTROL.search(words):
        raise BadRowError(f"{column} holds a control character ({words[:40]!r}): take it out")
    return unicodedata.normalize("NFC", " ".join(_DIRECTION.sub("", words).split()))


def read_fix(cells: Mapping[str, Any]) -> Fix:
    """Return the fix that the cells ``fix``, ``to``, ``country`` and ``lang`` state.

    Raises
    ------
    BadRowError
        If one of them does not fit.
    """
    name, to = _name(cells.get("fix"), "fix"), text(cells.get("to"), "to")
    lang = text(cells.get("lang"), "lang")
    if not name:
        raise BadRowError("the name to fix is empty: give a name with letters or digits")
    if not to:
        raise BadRowError(f"the fix of {name!r} leads nowhere: give the id of a place")
    if lang and not is_language(lang):
        raise BadRowError(f"lang is {lang!r}: write a language code, as ar")
    return Fix(name, to, read_code(cells.get("country")), lang or None)


def own_id(place: UserPlace, taken: Container[str]) -> str:
    """Return an id for a place of the user's own, made from its name.

    Parameters
    ----------
    place
        The place; its English name makes an id that can be read everywhere.
    taken
        Ids that are not free.

    Examples
    --------
    >>> own_id(UserPlace("", "Old Mill"), {"user:old-mill"})
    'user:old-mill-2'
    """
    made = USER_PREFIX + slug(place.names.get("en", (place.name,))[0])
    numbered = (f"{made}-{number}" for number in count(2))
    return next(free for free in chain([made], numbered) if free not in taken)


def slug(words: str) -> str:
    """Return a name as it may stand in an id.

    Examples
    --------
    >>> slug("Aïn el-Turk"), slug("قره باغ")
    ('ain-el-turk', 'قره-باغ')
    """
    return fold(words).replace(" ", "-")


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _plain(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _id(cell: Any) -> str:
    stated = text(cell, "id")
    if not stated:
        return ""
    prefix, colon, rest = stated.partition(":")
    if colon and f"{prefix}:" != USER_PREFIX:
        if not _ID.fullmatch(stated) or not stated.isprintable():
            raise BadRowError(f"id is {stated[:40]!r}: an id has no blanks, as user:old-mill")
        return stated
    made = slug(rest if colon else stated)
    if not made:
        raise BadRowError(f"id is {stated[:40]!r}: an id has letters or digits, as user:old-mill")
    return USER_PREFIX + made


def _name(cell: Any, column: str) -> str:
    name = text(cell, column)
    if len(name) > _LONGEST_NAME:
        raise BadRowError(
            f"{column} has {len(name)} characters ({name[:30]!r} …): a name has at most "
            f"{_LONGEST_NAME}, so put the rest into note"
        )
    if name and not fold(name):
        raise BadRowError(f"{column} is {name!r}: a name has letters or digits")
    return name


def _names(cell: Any, column: str) -> Iterator[str]:
    listed = _from_json(cell)
    cells = listed if isinstance(listed, list) else [cell]
    parts = [part for c in cells if not _is_empty(c) for part in _SEPARATORS.split(_plain(c))]
    yield from dict.fromkeys(name for part in parts if (name := _name(part, column)))


def _tagged_names(cell: Any) -> Iterator[tuple[str, str]]:
    listed = _from_json(cell)
    if isinstance(listed, dict):
        for lang, inner in listed.items():
            if not is_language(lang):
                raise BadRowError(f"names has a key {lang!r}: write a language code, as ar")
            yield from ((lang, name) for name in _names(inner, OTHER_NAMES))
        return
    for name in _names(cell, OTHER_NAMES):
        lang, colon, rest = name.partition(":")
        if colon and is_language(lang) and rest.strip():
            yield lang, rest.strip()
        else:
            yield UNTAGGED, name


def _from_json(cell: Any) -> Any:
    """Return lists and objects, which GDAL and spreadsheets hold as text."""
    if isinstance(cell, str) and cell.strip()[:1] in {"{", "["}:
        try:
            return json.loads(cell)
        except (json.JSONDecodeError, RecursionError):
            return cell
    return cell


def _kind(cell: Any) -> str:
    kind = re.sub(r"[\s-]+", "_", text(cell, "kind").casefold())
    if kind and not _KIND.fullmatch(kind):
        raise BadRowError(f"kind is {kind[:50]!r}: write one short word, as village")
    return kind


def _note(cell: Any) -> str:
    note = text(cell, "note")
    if len(note) > _LONGEST_NOTE:
        raise BadRowError(f"note has {len(note)} characters: shorten it to {_LONGEST_NOTE}")
    return note


def number(cell: Any, column: str) -> float | None:
    """Return a number as written in any script, with a point or a decimal comma; or None.

    Raises
    ------
    BadRowError
        If it is none.
    """
    if _is_empty(cell) or (isinstance(cell, str) and not cell.strip()):
        return None
    written = _with_ascii_digits(text(cell, column)).translate(_SIGNS).strip()
    if re.fullmatch(r"[-+]?\d+,\d+", written):
        written = written.replace(",", ".")
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in written:
        raise BadRowError(f"{column} is {str(cell)[:40]!r}: write a number, as 40.4093")
    return value


def _population(cell: Any) -> int:
    value = number(cell, "population")
    if value is None:
        return 0
    if value < 0 or not value.is_integer() or value > 1e10:  # noqa: PLR2004 - more than mankind
        raise BadRowError(f"population is {cell!s}: write a whole number without separators")
    return int(value)


def _uncertainty(cell: Any) -> float | None:
    value = number(cell, "uncertainty_km")
    if value is not None and not 0 <= value <= _EARTH_KM:
        raise BadRowError(f"uncertainty_km is {cell!s}: write kilometres, 0 to {_EARTH_KM}")
    return value


def _date(cell: Any, column: str) -> str | None:
    stated = _MIDNIGHT.sub("", _with_ascii_digits(text(cell, column)))
    if stated in {"", "NaT"}:
        return None
    try:
        if not _DATE.fullmatch(stated):
            raise ValueError(stated)  # noqa: TRY301 - the same sentence for both
        date.fromisoformat(f"{stated}-01-01"[:_ISO_DATE_LENGTH])
    except ValueError:
        raise BadRowError(
            f"{column} is {stated[:40]!r}: write a date as 1994-05-12, 1994-05 or 1994"
        ) from None
    return stated


def _check_period(place: UserPlace) -> None:
    first, last = place.valid_from, place.valid_to
    if first and last and first[: len(last)] > last[: len(first)]:
        raise BadRowError(f"valid_from ({first}) is after valid_to ({last}): correct one of them")


def _shape(cells: Mapping[str, Any], geometry: BaseGeometry | None) -> Shape:
    if geometry is not None and not geometry.is_empty:
        return shape_of(geometry)
    return shape_at(number(cells.get("lat"), "lat"), number(cells.get("lon"), "lon"))


def _with_ascii_digits(words: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in words)
