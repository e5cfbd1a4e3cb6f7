"""What do the geocoded corpora say of the names in them, as the resolver sees these?"""

from __future__ import annotations

import gzip
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from gazetteer.index.space import great_circle_km
from gazetteer.mention import Mention
from gazetteer.mentions.features import TextView
from gazetteer.mentions.language_rules import language_rules
from gazetteer.ranking.candidates import Candidates
from gazetteer.ranking.context import Context
from gazetteer.ranking.source import read_source
from gazetteer.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.geoparse import Geoparser
    from gazetteer.index.store import Store
    from gazetteer.ranking.links import Hint
    from gazetteer.ranking.source import Source

Array = np.ndarray[Any, Any]

_SAME_KM, _NEAR_KM = 30.0, 161.0
_OPENING = 60  # letters that near-duplicates have in common
_COUNTRY_KINDS = {"country", "territory"}


@dataclass(slots=True)
class Text:
    """A text of a corpus: the candidates of its names, and which of them are right.

    Attributes
    ----------
    corpus, group
        Texts of one group are near-duplicates, or speak of one event: never divide it.
    located
        How many geocoded names it has, held or not.
    asked
        Which names are annotated.
    right
        Which candidates are the annotated place: by id, else the nearest.
    near
        Which would be counted as right: within 161 km of it or inside its area.
    """

    corpus: str
    group: str
    located: int
    hints: list[Hint]
    source: Source | None
    published: date | None
    candidates: Candidates
    context: Context
    asked: Array
    right: Array
    near: Array
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Note how many candidates there are."""
        self.size = len(self.right)


class Corpora:
    """Reads corpora of ``GEOEVENTS_BENCH``.

    Parameters
    ----------
    folder
        The folder with the annotated texts.
    geoparser
        What finds the names around the annotated ones.
    store
        The opened index.
    """

    def __init__(self, folder: Path, geoparser: Geoparser, store: Store) -> None:
        self._folder, self._geoparser, self._store = folder, geoparser, store
        areas = folder / "areas.json"
        self._areas = json.loads(areas.read_text(encoding="utf-8")) if areas.exists() else {}

    def texts(self, corpus: str) -> Iterator[Text]:
        """Yield the texts of a corpus; those without held names count as ``located`` alone."""
        for document in _documents(self._folder, corpus):
            yield self._text(corpus, document)

    def _text(self, corpus: str, document: dict[str, Any]) -> Text:
        view = TextView(
            document["text"], tokenize(document["text"]), language_rules(document["lang"])
        )
        gold = document["toponyms"]
        mentions = [Mention(g["start"], g["end"], g["text"]) for g in gold]
        asked, _ = self._geoparser.ask(view, mentions)
        source = read_source(self._store, document.get("url"))
        published = date.fromisoformat(document["published"]) if document["published"] else None
        # A text without names has nothing to be ranked, and is only counted.
        candidates = cast(
            "Candidates", Candidates(self._store, asked.names) if asked.names else None
        )
        context = Context(candidates, asked.hints, source) if asked.names else None
        answers = [gold[i] if i >= 0 and _counts(gold[i]) else None for i in asked.numbers]
        right, near = [np.zeros(0, dtype=bool)], [np.zeros(0, dtype=bool)]
        for i, answer in enumerate(answers):
            own = slice(candidates.starts[i], candidates.starts[i] + candidates.sizes[i])
            right.append(self._right(answer, candidates, own))
            near.append(self._near(answer, candidates, own))
        return Text(
            corpus,
            document.get("event") or re.sub(r"\W+", "", document["text"])[:_OPENING],
            sum(map(_counts, gold)),
            asked.hints,
            source,
            published,
            candidates,
            cast("Context", context),
            np.array([answer is not None for answer in answers], dtype=bool),
            np.concatenate(right),
            np.concatenate(near),
        )

    def _near(self, answer: dict[str, Any] | None, candidates: Candidates, own: slice) -> Array:
        points = list(zip(candidates.lat[own].tolist(), candidates.lon[own].tolist(), strict=True))
        if answer is None:
            return np.zeros(len(points), dtype=bool)
        rings, box = self._areas.get(answer.get("area")) or [], answer.get("bbox")
        return np.array(
            [
                great_circle_km(answer["lat"], answer["lon"], lat, lon) <= _NEAR_KM
                or any_ring_holds(rings, lat, lon)
                or (box is not None and _in_box(box, lat, lon))
                for lat, lon in points
            ]
        )

    def _right(self, answer: dict[str, Any] | None, candidates: Candidates, own: slice) -> Array:
        store, rows = self._store, candidates.rows[own].tolist()
        if answer is None:
            return np.zeros(len(rows), dtype=bool)
        if answer.get("geonameid"):
            same = np.array([store.place(r).geonameid == int(answer["geonameid"]) for r in rows])
            if same.any():
                return same
        area = answer.get("area") or ""
        if area.startswith("c:"):  # gold names a country
            code = area.removeprefix("c:")
            named = [
                store.kind_of(r) in _COUNTRY_KINDS and store.country_of(r) == code for r in rows
            ]
            if any(named):
                return np.array(named)
        km = np.array(
            [
                great_circle_km(answer["lat"], answer["lon"], lat, lon)
                for lat, lon in zip(candidates.lat[own], candidates.lon[own], strict=True)
            ]
        )
        limit = _SAME_KM if (km <= _SAME_KM).any() else _NEAR_KM
        found = km <= limit
        return found if found.any() else self._near(answer, candidates, own)


def _documents(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if path.exists():
            data = path.read_bytes()
            text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
            yield from map(json.loads, filter(None, text.split("\n")))
            return
    sys.exit(f"{name}: no such corpus in {folder}")


def _counts(gold: dict[str, Any]) -> bool:
    return gold.get("lat") is not None and gold.get("form") != "demonym"


def _in_box(box: list[float], lat: float, lon: float) -> bool:
    west, south, east, north = box
    inside = west <= lon <= east if west <= east else (lon >= west or lon <= east)
    return south <= lat <= north and inside


def any_ring_holds(rings: list[list[list[float]]], lat: float, lon: float) -> bool:
    """Return whether a point lies inside outer rings of longitudes and latitudes (even-odd)."""
    inside = False
    for ring in rings:
        points = np.array(ring)
        x, y = points[:, 0], points[:, 1]
        crosses = (y[:-1] > lat) != (y[1:] > lat)
        if crosses.any():
            at = np.flatnonzero(crosses)
            edge = (x[at + 1] - x[at]) * (lat - y[at]) / (y[at + 1] - y[at]) + x[at]
            inside ^= bool((lon < edge).sum() % 2)
    return inside
