"""What does the page know of every event, and how is it written as columns?

A column holds whole numbers: codes of a dictionary of the values there are, days since 1970-01-01,
hundred-thousandths of a degree. -1 stands for an empty cell, null for an unknown day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from maps import cells
from maps.cells import EMPTY, Codes, Column
from maps.derived import without_derived
from maps.island import host
from maps.layers.points import ORIGIN, PREFIX
from maps.words import FALLBACK

if TYPE_CHECKING:
    from maps.events import Days, Events
    from maps.geometry import Coordinates
    from maps.layers.points import Points
    from maps.style import Style
    from maps.table import EventTable
    from maps.words import Words

#: 1e-5 degrees is about a metre.
DECIMALS = 5
#: Between several actors in one cell.
AND = "; "
#: What the column `source` of an event table begins with, before the name itself.
_SOURCES = ("agency:", "site:")
#: With the id of an article that names no source: its title says more.
_DOCUMENT = "document:"
#: Key of the gazetteer's own name among those by language.
_OWN = "und"


@dataclass(slots=True)
class Dictionary:
    """Values by number, in the order in which they were asked for, each once."""

    numbers: dict[Any, int] = field(default_factory=dict)

    def code(self, value: Any) -> int:
        """Return a value's number."""
        return self.numbers.setdefault(value, len(self.numbers))

    def codes(self, column: Column) -> Codes:
        """Return the numbers of a column's values, -1 where it is empty."""
        used = np.unique(column.codes[column.filled])
        numbers = np.full(len(column.values) + 1, EMPTY, dtype=np.int64)
        numbers[used] = [self.code(column.values[code]) for code in used.tolist()]
        return numbers[column.codes]


class Dictionaries(dict[str, Dictionary]):
    """A dictionary per name, made when it is first asked for."""

    def __missing__(self, name: str) -> Dictionary:
        """Make a dictionary."""
        return self.setdefault(name, Dictionary())

    def as_json(self) -> dict[str, list[Any]]:
        """Return the values by name."""
        return {name: list(held.numbers) for name, held in self.items()}


def core(
    events: Events, points: Points, *, west: float, style: Style, words: Words
) -> dict[str, Any]:
    """Return the columns of events, their places and points, and the values they refer to."""
    values = Dictionaries()
    columns = {
        "events": _events(events, values, style, words),
        "spots": _spots(events, values, words),
        "points": _points(events, points, west, values),
    }
    for name in ("kind", "lang"):
        values[name].codes(events.spots({"kind": "place_kind"}.get(name, name)))
    return {"values": values.as_json(), **without_derived(columns)}


def _events(events: Events, values: Dictionaries, style: Style, words: Words) -> dict[str, Any]:
    table = events.table
    labelled = cells.together(table.type, table.column("label"))
    named = {
        "type": table.type.take(events.leading),
        "title": labelled.mapped(lambda pair: type_title(pair[0], pair[1], words)).take(
            events.leading
        ),
        "family": table.look.mapped(style.family).take(events.leading),
        "status": events.column("status"),
        "aspect": events.column("aspect"),
        "precision": events.dates[2],
        "country": events.country,
        "source": source(events),
    }
    start, end, _ = events.dates
    confidence = 100 * np.clip(events.column("confidence").numbers(), 0, 1)
    return {
        "n": len(events),
        **{name: values[name].codes(column) for name, column in named.items()},
        "start": _day_numbers(start),
        "end": _day_numbers(end),
        "actors": _actors(events, values["actor"]),
        "confidence": np.where(np.isnan(confidence), EMPTY, np.rint(confidence)).astype(int),
        "first": events.first,
    }


def _day_numbers(days: Days) -> list[int | None]:
    numbers: list[int | None] = days.astype(np.int64).tolist()
    for event in np.flatnonzero(np.isnat(days)).tolist():
        numbers[event] = None
    return numbers


def _actors(events: Events, dictionary: Dictionary) -> list[list[int] | int]:
    """Return the codes of each event's actors, 0 where it has none."""
    column = events.column("actors")
    listed = [
        [dictionary.code(name) for name in dict.fromkeys(cell.split(AND)) if name] or 0
        for cell in column.values
    ]
    return [0 if actors is None else actors for actors in Column(column.codes, listed).cut()]


def source(events: Events) -> Column:
    """Return each event's source: as stated, else its site, its title, its article's id."""
    stated = events.column("source").mapped(_source_name)
    site = events.column("source_url").mapped(host)
    title, article = events.column("source_title"), events.column("doc_id")
    return cells.together(stated, site, title, article).mapped(
        lambda known: next((one for one in known if one), None)
    )


def _source_name(cell: str) -> str | None:
    """Return the names of sources, None where all that is known of them is an article's id."""
    return AND.join(_unprefixed(one) for one in cell.split(AND) if not one.startswith(_DOCUMENT))


def _unprefixed(name: str) -> str:
    prefix = next((one for one in _SOURCES if name.startswith(one)), "")
    return name.removeprefix(prefix)


def type_title(type_: str, label: str | None, words: Words) -> str:
    """Name a type in the reader's language, or as the table has it."""
    known = type_ in words.sections["types"]
    return label if label and not known else words.of("types", type_)


def _spots(events: Events, values: Dictionaries, words: Words) -> dict[str, Any]:
    names = events.spots("place_names")
    own = names.mapped(lambda cell: own_name(cell, words))
    known = cells.together(events.spots("place"), own, events.spots("place_id"))
    # A place that has no name goes by its id.
    text = known.mapped(lambda one: one[0] or (None if one[1] else one[2]))
    place = values["place"].codes(text)
    label = values["place"].codes(own)
    canonical = values["place"].codes(names.mapped(canonical_name))
    table: EventTable = events.table
    return {
        "n": len(events.rows),
        "place": place,
        "label": np.where(label == place, EMPTY, label),
        # Only searched for: what the page shows is one of the others.
        "canonical": np.where((canonical == place) | (canonical == label), EMPTY, canonical),
        "role": values["role"].codes(table.role.take(events.rows)),
        "basis": values["basis"].codes(table.basis.take(events.rows)),
        "country": values["country"].codes(events.spots("country")),
    }


def own_name(names: object, words: Words) -> str | None:
    """Return a place's name as the reader can read it, None where only the text has one.

    It is the name in the reader's language, or else, in Latin letters, the gazetteer's.
    """
    if not isinstance(names, Mapping):
        return None
    name = names.get(words.lang) or names.get(words.lang.partition("-")[0])
    if name:
        return str(name)
    return canonical_name(names) if words.is_latin else None


def canonical_name(names: object) -> str | None:
    """Return the name that a gazetteer has, which is the English one where it states no other."""
    if not isinstance(names, Mapping):
        return None
    name = names.get(_OWN) or names.get(FALLBACK)
    return str(name) if name else None


def _points(events: Events, points: Points, west: float, values: Dictionaries) -> dict[str, Any]:
    spots = events.spot_of_row[points.row]
    order = np.argsort(spots, kind="stable")
    spots = spots[order]
    rows = points.row[order]
    lonlat = np.rint(shifted(points.lonlat[order], west) * 10**DECIMALS).astype(np.int64)
    family = Column(points.family[order], points.families)
    km = points.km[order].round(2)
    origin = events.table.having(ORIGIN)[rows]
    return {
        "n": len(points),
        "lon": lonlat[:, 0],
        "lat": lonlat[:, 1],
        "event": events.of_spot[spots],
        "spot": spots,
        "layer": values["layer"].codes(family.mapped(PREFIX.__add__)),
        "family": values["family"].codes(family),
        "basis": values["basis"].codes(events.table.basis.take(rows)),
        "km": [short(one) for one in km.tolist()],
        "origin": origin.astype(int),
    }


def shifted(lonlat: Coordinates, west: float) -> Coordinates:
    """Move each point by whole turns into ``west … west + 360``."""
    turns = np.floor((lonlat[:, 0] - west) / 360)
    return lonlat - np.column_stack([360.0 * turns, np.zeros(len(turns))])


def short(number: float) -> float | int:
    """Return a whole number as one, which is shorter to write."""
    return int(number) if number == int(number) else number
