"""How near to where an event was coded does its headline put it?

``GEOEVENTS_BENCH=... python -m benchmarks.event_coordinates [--shown N]`` reads the headlines of
coded events (UCDP GED), one after the other, and prints in one run, for those whose headlines name
the coded place, the share within 25, 50 and 161 km of its point, with 95 % intervals and, in
parentheses, of those that were answered, by

- ``events``: the first place of an event;
- ``first``: the first place that the geoparser finds;
- ``matcher``: the first name that the gazetteer holds and that is no common word, without the
  recogniser, at its most likely place;

each of a town rather than of a country, where the headlines name both.

A headline names the place where the name that the coders geocoded, less words such as "town" and
"province", stands in it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyproj import Geod

from benchmarks.events.passages import PassageError, bench_folder, documents_of
from gazetteer import Gazetteer, Mention
from gazetteer.index.cache import open_store
from gazetteer.mentions.features import TextView
from gazetteer.mentions.held_names import named_matches
from gazetteer.mentions.language_rules import language_rules
from gazetteer.mentions.matcher import Matcher
from gazetteer.mentions.word_inputs import longest
from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.common_words import common_words
from gazetteer.text.language import detect_language
from gazetteer.text.normalize import fold
from gazetteer.text.tokens import tokenize
from geoevents.article import Article
from geoevents.extract.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gazetteer import Place, Resolution

CORPUS = "ucdp_ged_dev"
RADII_KM = (25, 50, 161)
_RESAMPLES, _SEED = 1000, 5
_GEOD = Geod(ellps="WGS84")
_KINDS = re.compile(
    r"\b(town|village|city|district|province|region|locality|area|state|governorate|"
    r"municipality|county|camp|island|subdistrict|department|prefecture|commune)\b.*|\(.*",
    re.IGNORECASE,
)
_SHORTEST = 3  # letters of a name that is looked for


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded event: its headlines, in order, the one that names its place, and that."""

    headlines: tuple[str, ...]
    naming: str
    place: str
    lat: float
    lon: float


def coded_of(document: dict[str, Any]) -> Coded | None:
    """Return an event of the corpus, or None where its headlines do not name its place.

    Examples
    --------
    >>> row = {"headlines": "Report;Clash in Obo town", "where_coordinates": "Obo town",
    ...        "lat": 5.4, "lon": 26.5}
    >>> coded_of(row).headlines
    ('Report', 'Clash in Obo town')
    >>> coded_of(row | {"headlines": "Report"}) is None
    True
    """
    said, place = document["headlines"] or "", document["where_coordinates"] or ""
    name = fold(_KINDS.sub("", place).strip(" -,"))
    headlines = tuple(line.strip() for line in re.split(r"[;\n]", said) if line.strip())
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    naming = next((h for h in headlines if whole.search(fold(h))), None)
    if len(name) < _SHORTEST or naming is None:
        return None
    return Coded(headlines, naming, place, document["lat"], document["lon"])


class Readers:
    """What finds the place of headlines, each way."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer.open()
        self._store = open_store()
        self._matcher = Matcher(self._store)
        self.ways: dict[str, Callable[[Coded], Place | None]] = {
            "events": self._by_events,
            "first": self._by_first,
            "matcher": self._by_matcher,
        }

    def _by_events(self, coded: Coded) -> Place | None:
        return _first(
            place.resolution
            for headline in coded.headlines
            for event in extract(
                Article(headline, lang=detect_language(headline)), self._gazetteer
            ).events
            for place in event.places
            if place.role != "context"
        )

    def _by_first(self, coded: Coded) -> Place | None:
        return _first(r for h in coded.headlines for r in self._gazetteer.geoparse(h))

    def _by_matcher(self, coded: Coded) -> Place | None:
        return _first(r for headline in coded.headlines for r in self._matched(headline))

    def _matched(self, text: str) -> Sequence[Resolution]:
        lang = detect_language(text)
        view = TextView(text, tokenize(text), language_rules(lang))
        common = common_words(view.rules.lang)
        mentions = [
            Mention(m.start, m.end, text[m.start : m.end])
            for m in longest(named_matches(view, self._matcher, self._store))
            if m.last > m.first or view.word(m.first)[len(m.particle) :] not in common
        ]
        return self._gazetteer.resolve(text, mentions, lang=lang)


def _first(found: Iterator[Resolution]) -> Place | None:
    """Return the first place that is no country, or the first one."""
    places = [r.place for r in found if r.place is not None and r.mention.form != "demonym"]
    towns = (place for place in places if place.kind not in COUNTRY_KINDS)
    return next(towns, places[0] if places else None)


def distance_km(coded: Coded, place: Place | None) -> float | None:
    """Return how far a place lies from the coded point, in km; None for no place."""
    if place is None:
        return None
    return float(_GEOD.inv(coded.lon, coded.lat, place.lon, place.lat)[2]) / 1000


def _share(hits: Sequence[bool]) -> str:
    """Return a share with its 95 % interval over resampled events."""
    draw = random.Random(_SEED)  # noqa: S311 - no secret
    n = max(len(hits), 1)
    means = sorted(sum(draw.choices(hits, k=n)) / n for _ in range(_RESAMPLES)) if hits else [0.0]
    low, high = means[len(means) // 40], means[-1 - len(means) // 40]
    return f"{sum(hits) / n:.3f} [{low:.3f}, {high:.3f}]"


def _line(apart: Sequence[float | None]) -> str:
    """Return the share answered, and the shares within each radius of all and of the answered."""
    answers = [km for km in apart if km is not None]
    shares = (
        f"{radius} km {_share([km is not None and km <= radius for km in apart])} "
        f"({sum(km <= radius for km in answers) / max(len(answers), 1):.3f})"
        for radius in RADII_KM
    )
    return f"answered {len(answers) / max(len(apart), 1):.3f}  {'  '.join(shares)}"


def main() -> None:
    """Print a line for each way to find the place."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--lang", help="only events named by a headline of this language")
    parser.add_argument("--shown", type=int, default=0, help="show so many that are too far off")
    options = parser.parse_args()
    try:
        documents = list(documents_of(CORPUS, bench_folder()))
    except PassageError as error:
        sys.exit(str(error))
    events = [coded for coded in map(coded_of, documents) if coded is not None]
    if options.lang:
        events = [coded for coded in events if detect_language(coded.naming) == options.lang]
    print(f"{len(events)} of {len(documents)} coded events are named by their headlines")
    for name, way in Readers().ways.items():
        found = [(coded, way(coded)) for coded in events]
        apart = [distance_km(coded, place) for coded, place in found]
        print(f"{name:8}{_line(apart)}")
        if name == "events":
            far = [
                {"headlines": c.headlines, "coded": c.place, "found": p and p.name}
                for (c, p), d in zip(found, apart, strict=True)
                if d is None or d > RADII_KM[-1]
            ]
            for row in far[: options.shown]:
                print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
