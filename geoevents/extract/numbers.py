"""Which number do digits and number words say together?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from geoevents.extract.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HUNDRED, _THOUSAND, _TEN, _TWENTY = 100, 1000, 10, 20
_GROUP = 3
"""Digits between separators of thousands."""

_DATE_PARTS = 3
_SAYING = frozenset({"digits", "num", "scale", "ordinal"})  # tags of which a number has one


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a language writes numbers.

    Attributes
    ----------
    units_first
        Whether units come before tens ("خمسة وعشرون").
    joined
        Whether parts need a joining word ("مئة وخمسة").
    first_ten
        The smallest ten that units are added to: 10 ("on iki") or 20 ("twenty-two").
    thousands, decimal
        Names of the signs between thousands and before decimals; "space" is allowed.
    """

    units_first: bool = False
    joined: bool = False
    first_ten: int = _TWENTY
    thousands: frozenset[str] = frozenset({"comma"})
    decimal: frozenset[str] = frozenset({"dot"})


def number_style(files: Sequence[Mapping[str, Any]]) -> NumberStyle:
    """Return how a language writes numbers, from its ``numbers.toml`` files."""
    style: dict[str, Any] = {}
    for file in files:
        style.update(file.get("style", {}))
    return NumberStyle(
        units_first=style.get("units_first", False),
        joined=style.get("joined", False),
        first_ten=style.get("first_ten", _TWENTY),
        thousands=frozenset(style.get("thousands", ["comma"])),
        decimal=frozenset(style.get("decimal", ["dot"])),
    )


def merge_numbers(units: Sequence[Unit], style: NumberStyle) -> list[Unit]:
    """Replace each run of units that says one number by a single unit.

    Parameters
    ----------
    units
        Units of a text; the tags num, scale, half, join and ordinal are read.
    style
        How the language writes numbers.

    Returns
    -------
    list of Unit
        A number of several units has the tag ``num`` (an int, or a Fraction) and the tag
        ``ordinal`` when its last part is one; other units are kept as they are.
    """
    merged: list[Unit] = []
    position = 0
    while position < len(units):
        if _SAYING.isdisjoint(units[position].tags):
            merged.append(units[position])
            position += 1
            continue
        end, unit = _read(units, position, style)
        merged.append(unit)
        position = end
    return merged


def _read(units: Sequence[Unit], at: int, style: NumberStyle) -> tuple[int, Unit]:
    first = units[at]
    if "digits" in first.tags:
        end, value = _read_digits(units, at, style)
        stop, scaled = _read_scales(units, end, value, style)
        if stop > end:
            stop, scaled = _read_remainder(units, stop, scaled, style)
            return stop, Unit(first.start, units[stop - 1].end, {"num": scaled})
        return end, first if end == at + 1 else _merged(units[at:end], value)
    if "vague" in first.tags:
        return at + 1, first
    end, whole, is_ordinal = _read_words(units, at, style)
    if "scale" in units[end - 1].tags:
        end, whole = _read_remainder(units, end, whole, style)
    if end == at + 1:
        tags = first.tags if "scale" not in first.tags else {"num": whole, **first.tags}
        return end, Unit(first.start, first.end, tags)
    tags = {"ordinal": whole} if is_ordinal else {"num": whole}
    return end, Unit(first.start, units[end - 1].end, tags)


def _merged(units: Sequence[Unit], value: Fraction | int) -> Unit:
    tags: dict[str, Fraction | int] = {"num": value}
    if "hour" in units[0].tags and "minute" in units[-1].tags:
        tags["dotted"] = value
    return Unit(units[0].start, units[-1].end, tags)


def _read_digits(units: Sequence[Unit], at: int, style: NumberStyle) -> tuple[int, Fraction | int]:
    value: int = units[at].tags["digits"]
    width = units[at].end - units[at].start
    end = at + 1
    if width <= _GROUP and value:
        while _is_group(units, end, style):
            step = 1 if "digits" in units[end].tags else 2
            value = value * _THOUSAND + units[end + step - 1].tags["digits"]
            end += step
    if _is_decimal(units, end, style.decimal):
        decimals = units[end + 1]
        return end + 2, value + Fraction(decimals.tags["digits"], 10 ** _width(decimals))
    return end, value


def _is_decimal(units: Sequence[Unit], at: int, signs: frozenset[str]) -> bool:
    """Return whether a sign and digits follow, and there is no third part as dates have it."""
    follows = (
        at >= _DATE_PARTS and _is_part(units, at - 2, signs) and "digits" in units[at - 3].tags
    )
    return (
        _is_part(units, at, signs)
        and not follows
        and "digits" in units[at + 1].tags
        and not (_is_part(units, at + 2, signs) and "digits" in units[at + 3].tags)
    )


def _is_part(units: Sequence[Unit], at: int, signs: frozenset[str]) -> bool:
    return (
        at + 1 < len(units)
        and bool(signs & units[at].tags.keys())
        and _glued(units, at)
        and _glued(units, at + 1)
    )


def _is_group(units: Sequence[Unit], at: int, style: NumberStyle) -> bool:
    if at >= len(units):
        return False
    if "digits" in units[at].tags:
        near = units[at].start - units[at - 1].end == 1
        return "space" in style.thousands and near and _width(units[at]) == _GROUP
    return (
        _is_part(units, at, style.thousands)
        and "digits" in units[at + 1].tags
        and _width(units[at + 1]) == _GROUP
    )


def _width(unit: Unit) -> int:
    return unit.end - unit.start


def _glued(units: Sequence[Unit], at: int) -> bool:
    return units[at - 1].end == units[at].start


def _read_scales(
    units: Sequence[Unit], at: int, value: Fraction | int, style: NumberStyle
) -> tuple[int, Fraction | int]:
    while at < len(units) and "scale" in units[at].tags:
        scale = units[at].tags["scale"]
        at, part = _read_half(units, at + 1, scale, style)
        value = _whole((value + part) * scale)
    return at, value


def _read_remainder(
    units: Sequence[Unit], at: int, value: Fraction | int, style: NumberStyle
) -> tuple[int, Fraction | int]:
    """Read the digits that a lower scale adds: "3 million" is followed by "and 500 thousand"."""
    if not (style.joined and at + 2 < len(units) and "join" in units[at].tags):
        return at, value
    if "digits" not in units[at + 1].tags or "scale" not in units[at + 2].tags:
        return at, value
    end, more = _read_digits(units, at + 1, style)
    end, more = _read_scales(units, end, more, style)
    return (end, value + more) if value > more else (at, value)


def _read_half(
    units: Sequence[Unit], at: int, scale: int, style: NumberStyle
) -> tuple[int, Fraction]:
    """Read "and a half" behind a scale, and the scale itself if it is said again."""
    if not (style.joined and at + 1 < len(units)):
        return at, Fraction(0)
    if "join" not in units[at].tags or "fraction" not in units[at + 1].tags:
        return at, Fraction(0)
    repeats = at + 2 < len(units) and units[at + 2].tags.get("scale") == scale
    return at + 2 + repeats, 1 / Fraction(units[at + 1].tags["fraction"])


def _whole(value: Fraction | int) -> Fraction | int:
    return int(value) if Fraction(value).denominator == 1 else value


def _read_words(
    units: Sequence[Unit], at: int, style: NumberStyle
) -> tuple[int, Fraction | int, bool]:
    total: Fraction | int = 0
    current = 0
    end = at
    is_ordinal = False
    last_scale = 0
    for step, unit in _parts(units, at):
        joined = step > end > at
        if "scale" in unit.tags and not joined:
            scale = unit.tags["scale"]
            if last_scale and scale >= last_scale and not current:
                break
            stop, part = _read_half(units, step + 1, scale, style)
            total += _whole(((current or 1) + part) * scale)
            current, last_scale, end = 0, scale, stop
            continue
        if "scale" in unit.tags and last_scale > unit.tags["scale"] and not current:
            total, last_scale, end = total + unit.tags["scale"], unit.tags["scale"], step + 1
            continue
        value = unit.tags.get("num", unit.tags.get("ordinal"))
        if value is None or "digits" in unit.tags or (is_ordinal and not style.units_first):
            break
        grown = _add(current, int(value), joined=joined, begun=end > at, style=style)
        if grown is None:
            break
        current, end, is_ordinal = grown, step + 1, is_ordinal or "num" not in unit.tags
    return end, _whole(total + current), is_ordinal


def _parts(units: Sequence[Unit], at: int) -> Iterator[tuple[int, Unit]]:
    while at < len(units):
        if {"num", "scale", "ordinal"} & units[at].tags.keys():
            yield at, units[at]
        elif not ({"join", "dash"} & units[at].tags.keys()):
            return
        at += 1


def _add(current: int, value: int, *, joined: bool, begun: bool, style: NumberStyle) -> int | None:
    """Return the number after one more word, or None where the word begins another number."""
    if not begun:
        return value
    if value == _HUNDRED and 0 < current < _TEN and not joined:
        return current * _HUNDRED
    ten = style.first_ten
    tens_first = current % _TEN == 0 and current % _HUNDRED >= ten and 0 < value < _TEN
    units_first = 0 < current % _HUNDRED < _TEN and value % _TEN == 0 and ten <= value < _HUNDRED
    after_hundred = current % _HUNDRED == 0 and value < _HUNDRED
    after_scale = current == 0 and value < _THOUSAND
    if style.joined and not joined:
        return None
    fits = units_first if style.units_first else tens_first
    return current + value if fits or after_hundred or after_scale else None
