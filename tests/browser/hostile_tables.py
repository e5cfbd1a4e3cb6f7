"""Tables whose every cell that can hold text holds a hostile one.

A text is put between marks with a number of its own, so that wherever it turns up on a page it can
be told whether it stands there as a whole, as it was written, and apart from what stands around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, box

from gazetteer import Mention, Place, Resolution, Span
from geoevents.article import Article
from geoevents.evaluate import Pair, Toponym
from geoevents.event import Document, Event, EventPlace, EventTime, Participant
from geoevents.reason import Reason
from maps.data import load_toml

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

COLUMNS = load_toml("ontology", "event_table.toml")["column"]
#: What a page makes of half a character, which has no UTF-8.
HALF = re.compile("[\ud800-\udfff]")
#: A grid on which the texts' places lie, clear of each other.
WIDE, HIGH = 13.0, 11.0
PER_ROW = 12
DATES = {"datetime": "2020-09-27", "date": "2020-09-30"}
#: Languages in which a place has a hostile name.
NAMED = ("en", "ar")
#: Keys that are hostile by themselves.
KEYS = ("__proto__", "constructor", "</script>", "\u2028")
#: Whether the right place of a correction is one of the gazetteer, or a point.
TARGETS = (True, False)


def texts() -> list[tuple[str, str]]:
    """Return every hostile text with its kind."""
    held = json.loads(Path(__file__).with_name("hostile_texts.json").read_text(encoding="utf-8"))
    return [
        (kind, one if isinstance(one, str) else one["repeat"] * one["times"])
        for kind, listed in held.items()
        for one in listed
    ]


def whole(text: str) -> str:
    """Return a text as a page can hold it."""
    return HALF.sub("\ufffd", text)


@dataclass(repr=False)
class Marked:
    """Texts with marks around them, and what each of them was put into."""

    texts: dict[str, int] = field(default_factory=dict)
    held: list[int] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def __call__(self, text: str, place: str) -> str:
        """Mark a text that is put into a place."""
        self.places.append(place)
        self.held.append(self.texts.setdefault(whole(text), len(self.texts)))
        return f"▐{len(self.held) - 1}│{text}▌"

    def numbers(self, place: str) -> set[int]:
        """Return the numbers of the texts that were put into a place."""
        return {number for number, one in enumerate(self.places) if one == place}

    def value(self, number: int) -> str:
        """Return a text with its marks."""
        return f"▐{number}│{list(self.texts)[self.held[number]]}▌"

    def as_json(self) -> dict[str, list[Any]]:
        """Return what a page needs to know them again: texts, and the one of each number."""
        return {"texts": list(self.texts), "held": self.held}


Mark = Callable[[str, str], str]


def bare(text: str, _: str) -> str:
    """Leave a text without marks: names of an object's own parts are hostile only as they are."""
    return text


def shapes(number: int) -> Iterator[tuple[str | None, BaseGeometry | None]]:
    """Yield roles, None for a hostile one, and geometries: all that a map draws, at one place."""
    x, y = -150 + WIDE * (number % PER_ROW), 60 - HIGH * (number // PER_ROW)
    yield None, Point(x, y)
    yield "location", Point(x, y)
    yield "location", box(x + 2, y + 1, x + 5, y + 3)
    yield "zone", box(x + 2, y - 4, x + 5, y - 2)
    yield "route", LineString([(x, y), (x + 6, y + 5)])
    yield "origin", Point(x, y)
    yield "context", Point(x + 7, y)
    yield None, None


def events(mark: Mark) -> gpd.GeoDataFrame:
    """Return a table by the file of the columns: each column has each text, in all shapes."""
    rows = []
    for number, (_, text) in enumerate(texts()):
        for role, geometry in shapes(number):
            row = {column["name"]: _cell(column, text, mark) for column in COLUMNS}
            row |= {"geometry": geometry} | ({"role": role} if role else {})
            rows.append(_thinned(row, role, geometry))
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs="EPSG:4326")


def _thinned(row: dict[str, Any], role: str | None, geometry: object) -> dict[str, Any]:
    """Leave cells out whose lack brings others to the screen."""
    gone = {"family"}
    if role == "zone":
        gone |= {"place", "place_names"}
    if role == "origin":
        gone |= {"source_title", "start_time", "end_time"}
    if geometry is None:
        gone |= {"source_title", "source", "source_url", "place_names"}
    return {name: None if name in gone else cell for name, cell in row.items()}


def _cell(column: dict[str, Any], text: str, mark: Mark) -> Any:
    if column["dtype"] == "json":
        return json.dumps(_json(column, text, mark))
    if column["dtype"] == "string":
        return mark(text, column["name"])
    return DATES.get(column["dtype"], 1)


def _json(column: dict[str, Any], text: str, mark: Mark) -> Any:
    """Return an object, or an array of one, with every key that the column's account names."""
    kind, _, named = column["about"].partition(":")
    keys = {*re.findall(r"\w+", named), *NAMED, *KEYS, text}
    values = {key: mark(text, f"{column['name']}.{key}") for key in sorted(keys, key=repr)}
    return [values] if kind.startswith("Array") else values


def places(mark: Mark) -> pd.DataFrame:
    """Return a table of places mentioned."""
    cells = ("name", "place_id", "place_kind", "country")
    return pd.DataFrame(
        [
            {cell: mark(text, f"places.{cell}") for cell in cells}
            | {"place_names": {key: mark(text, f"places.place_names.{key}") for key in NAMED}}
            | {"lat": 64 - HIGH * (number // PER_ROW), "lon": -146 + WIDE * (number % PER_ROW)}
            for number, (_, text) in enumerate(texts())
        ]
    )


def areas(table: gpd.GeoDataFrame, mark: Mark) -> gpd.GeoDataFrame:
    """Return polygons of the divisions in which the events of a table happened."""
    ids = table["admin1"].iloc[:: len(table) // len(texts())].tolist()
    return gpd.GeoDataFrame(
        {
            "area_id": ids,
            "name": [mark(text, "areas.name") for _, text in texts()],
        },
        geometry=[box(x, 0, x + 1, 1) for x in range(len(ids))],
        crs="EPSG:4326",
    )


def styles(mark: Mark) -> dict[str, dict[str, str]]:
    """Return styles of one's own with hostile labels; one has a hostile key that may be one."""
    keys = ["constructor", *(f"own_{number}" for number in range(1, len(texts())))]
    return {
        key: {"label": mark(text, "styles.label")}
        for key, (_, text) in zip(keys, texts(), strict=True)
    }


def corrections(mark: Mark) -> dict[str, Any]:
    """Return a file of corrections, hostile wherever it may hold text, beside keys of no meaning.

    Each text is corrected to a place of the gazetteer and to a point, and is marked as wrong.
    """

    def target(text: str, *, is_known: bool) -> dict[str, Any]:
        words = {key: mark(text, f"corrections.to.{key}") for key in ("name", "country")}
        place_id = mark(text, "corrections.to.place_id") if is_known else None
        return {**words, "place_id": place_id, "lat": 40.5, "lon": 20.25, "uncertainty_km": None}

    def correction(text: str, number: int) -> dict[str, Any]:
        event = {key: mark(text, f"corrections.{key}") for key in ("doc_id", "id", "lang", "type")}
        place = {key: mark(text, f"corrections.{key}") for key in ("role", "text", "place_id")}
        is_wrong = number == len(TARGETS)
        return {
            "event": {**event, "evidence": text, "trigger": {"start": 0, "end": 1, "text": text}},
            "place": {**place, "start": number, "end": number + 1},
            "action": "wrong" if is_wrong else "place",
            "to": None if is_wrong else target(text, is_known=TARGETS[number]),
            "note": mark(text, "corrections.note"),
            **{key: {"hostile": text} for key in KEYS},
        }

    return {
        "geoevents_corrections": {"schema_version": 1, "__proto__": {"hostile": 1}},
        "title": "<b>",
        "corrections": [
            correction(text, number) for _, text in texts() for number in range(len(TARGETS) + 1)
        ],
    }


def article(mark: Mark) -> Document:
    """Return an article in which everything that was found, and why, is hostile."""
    listed, at = [], 0
    for _, text in texts():
        # An article is shown by its paragraphs.
        body = mark(" ".join(text.splitlines()), "article.text")
        listed.append((Span(at, at + len(body)), body, text))
        at += len(body) + 1
    found = [_found(span, body, text, mark) for span, body, text in listed]
    every = " ".join(text for _, text in texts())
    about = Article(
        " ".join(body for _, body, _ in listed),
        id=mark(every, "article.id"),
        lang="en",
        title=mark(every, "title"),
        url=mark("javascript:alert(1)", "article.url"),
    )
    return Document(about, tuple(place for place, _ in found), tuple(event for _, event in found))


def _found(span: Span, body: str, text: str, mark: Mark) -> tuple[Resolution, Event]:
    """Find a place and an event: words are those of others, kinds and keys are our own."""

    def one(place: str) -> str:
        return mark(text, f"article.{place}")

    place = Place(text, one("name"), text, 1.0, 2.0, country=text)
    resolution = Resolution(Mention(span.start, span.end, body, language="en"), place)
    reason = Reason("type.row", span, {"row": text, "weight": 0.5, text: text})
    return resolution, Event(
        f"{span.start}",
        text,
        text,
        text,
        trigger=span,
        sentence=span,
        time=EventTime(one("time"), text, text, text, span, (reason,)),
        participants=(Participant(text, one("who"), span, text, (reason,)),),
        places=(EventPlace(text, resolution, (reason,)),),
        why={"type": (reason,)},
    )


def mistakes(mark: Mark) -> list[Pair]:
    """Return a text and what was found in it, hostile in every part, for each hostile text."""
    pairs = []
    for number, (_, text) in enumerate(texts()):
        sentence = mark(text, "mistakes.sentence")
        known = {key: mark(text, f"mistakes.{key}") for key in ("name", "place_id", "form")}
        gold = Toponym(0, len(sentence), lat=1.0, lon=number - 30.0, **known)
        answer = replace(gold, lat=50.0, name=mark(text, "mistakes.answer"))
        name = mark(text, "mistakes.id")
        pairs.append(Pair(name, sentence, [gold], [answer], lang=mark(text, "mistakes.lang")))
    return pairs
