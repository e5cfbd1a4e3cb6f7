"""What a page's scripts make of its data elements, in Python."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps import payload, table, words
from maps.layers import places

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

#: Columns that hold codes, by table, and the dictionary they mean where it has another name.
CODES = {
    "events": ("type", "title", "family", "status", "aspect", "precision", "country", "source"),
    "spots": ("place", "label", "canonical", "role", "basis", "country"),
    "points": ("layer", "family", "basis"),
}
DICTIONARIES = {"label": "place", "canonical": "place"}


def unpacked(text: str) -> Any:
    """Return what a packed element holds."""
    return json.loads(gzip.decompress(base64.b64decode(text)))


def derived(tables: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
    """Work out the columns that are not written number by number, as ``derived.js`` does."""

    def column(table: str, name: str) -> list[Any]:
        found = tables[table][name]
        if isinstance(found, list):
            return found
        if "steps" in found:
            numbers = list(itertools.accumulate(found["steps"]))
        elif "values" in found:
            numbers = [found["values"][code] for code in column(table, found["by"])]
        else:
            known = column(*found["of"])
            rows = column(table, found["by"])[: tables[table]["n"]]
            numbers = [known[row] for row in rows]
        tables[table][name] = numbers
        return numbers

    wanted = [(one, name) for one in CODES for name in tables[one] if name != "n"]
    for one, name in wanted:
        column(one, name)
    return {one: tables[one] for one in CODES}


@dataclass
class Page:
    """The data elements of a page, unpacked."""

    payload: payload.Payload
    head: dict[str, Any]
    core: dict[str, Any]
    chunks: list[dict[str, Any]]
    words: dict[str, str]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a table row by row, codes as the values they mean, what is empty left out."""
        held = self.core[table]
        result = []
        for row in range(held["n"]):
            values = {name: held[name][row] for name in held if name != "n"}
            for name in CODES[table]:
                dictionary = self.core["values"][DICTIONARIES.get(name, name)]
                values[name] = None if values[name] == -1 else dictionary[values[name]]
            result.append({name: value for name, value in values.items() if value is not None})
        return result

    def events(self) -> list[dict[str, Any]]:
        """Return all that a popup tells of each event."""
        spots, first = self.rows("spots"), self.core["events"]["first"]
        actors = self.core["values"]["actor"]
        events = self.rows("events")
        for i, event in enumerate(events):
            event["actors"] = [actors[code] for code in event["actors"] or []]
            event["places"] = spots[first[i] : first[i + 1]]
            if i < self.head["detailed"]:
                self._add_details(event, i)
        return events

    def _add_details(self, event: dict[str, Any], i: int) -> None:
        first, size = self.core["events"]["first"], self.head["chunk"]
        chunk = self.chunks[i // size]
        event.update(_filled(chunk["event"], i % size))
        if "evidence" in event:
            event["evidence"] = self.spelt(event["evidence"])
        for k, spot in enumerate(event["places"]):
            spot.update(_filled(chunk["spot"], first[i] + k - first[i // size * size]))

    def spelt(self, text: str) -> str:
        """Spell out a sentence, as ``abbreviations.js`` does."""
        whole = "".join(self.words.get(sign, sign) for sign in text)
        return whole[:-1] if text[-1:] in self.words else whole

    def shapes(self, kind: str) -> list[dict[str, Any]]:
        """Return the lines or areas of one kind."""
        return [one for one in self.core["shapes"] if one["kind"] == kind]


def _filled(columns: dict[str, list[Any]], row: int) -> dict[str, Any]:
    return {name: cells[row] for name, cells in columns.items() if cells[row] is not None}


def page(
    events: gpd.GeoDataFrame, mentioned: pd.DataFrame | None = None, *, lang: str = "en"
) -> Page:
    """Return what the page of a table holds."""
    read = table.read(events)
    built = payload.build(
        read,
        places.places(read, mentioned),
        title="t",
        words=words.load(lang),
        software="s",
        density=False,
    )
    core = unpacked(built.core)
    core |= derived(core)
    signs, spelt = unpacked(built.abbreviations) if built.abbreviations else ("", "")
    return Page(
        payload=built,
        head=json.loads(built.head),
        core=core,
        chunks=[unpacked(line) for line in built.details],
        words={sign: word + " " for sign, word in zip(signs, spelt.split(" "), strict=bool(signs))},
    )
