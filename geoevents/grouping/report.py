"""What of an article and its events is compared with those of other articles?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

import numpy as np

from gazetteer.place import COUNTRY_KINDS
from gazetteer.text.normalize import fold
from geoevents.grouping.copies import sketch_of
from geoevents.grouping.credits import find_credits
from geoevents.table import time_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.event import Document, Event, EventPlace
    from geoevents.grouping.copies import Sketch

PRECISE_KM = 50.0  # uncertainty up to which a place tells one town from the next
FINE_DAYS, MONTH_DAYS = 7, 31  # longest time that tells one event from the next; a month
_ACTORS = frozenset({"actor", "carrier", "supplier", "requester"})
_TARGETS = frozenset({"target", "recipient"})
_PASSING = frozenset({"single", "ongoing"})  # aspects of what is news on the day it is told
_LONG_SENTENCE = 8  # words: a shorter sentence may be written twice by chance
_MOST_VALUES = 20  # of one event


class Spot(NamedTuple):
    """A place of an event.

    Attributes
    ----------
    role
        location, origin or destination.
    place_id, name, country
        As the gazetteer has it.
    lat, lon
        Representative point, degrees.
    radius_km
        Radius within which the place lies.
    precise
        Whether it tells one town from the next.
    whole_country
        Whether it is a country.
    """

    role: str
    place_id: str
    name: str
    country: str | None
    lat: float
    lon: float
    radius_km: float
    precise: bool
    whole_country: bool


class Time(NamedTuple):
    """When an event was, as days since 1 January of the year 1.

    Attributes
    ----------
    first, last
        The days.
    assumed
        Whether the text gives no day, and the days are those up to its publication.
    """

    first: int
    last: int
    assumed: bool = False

    @property
    def days(self) -> int:
        """Number of days."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Report:
    """An event as an article tells it, reduced to what tells events apart.

    Attributes
    ----------
    event_id, type, status
        Of the event.
    time
        When, or None where it cannot be known.
    is_news
        Whether it happened once or goes on, and is no habit and no history.
    spots
        Its places that were found, without context.
    actors, targets
        Countries of those who act and are acted upon, sorted.
    names
        Folded words of its participants, sorted.
    values
        Pairs of detail and value: count, money, and casualties by kind.
    sentence
        Where the sentence begins.
    wording
        Hash of the sentence where it is long, else None.
    edges
        Hashes of the type with the first and with the last words of the sentence, and with how
        many such have come before in the article.
    """

    event_id: str
    type: str
    status: str
    time: Time | None
    is_news: bool = True
    spots: tuple[Spot, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    values: tuple[tuple[str, int | str], ...] = ()
    sentence: int = 0
    wording: str | None = None
    edges: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The part of the type before the dot."""
        return self.type.partition(".")[0]

    def to_json(self) -> str:
        """Return the report as text."""
        return json.dumps([getattr(self, key) for key in _KEYS])

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the report that :meth:`to_json` wrote."""
        row: dict[str, Any] = dict(zip(_KEYS, json.loads(text), strict=True))
        row["time"] = row["time"] and Time(*row["time"])
        row["spots"] = tuple(Spot(*spot) for spot in row["spots"])
        row["values"] = tuple((detail, value) for detail, value in row["values"])
        for key in ("actors", "targets", "names", "edges"):
            row[key] = tuple(row[key])
        return cls(**row)


_KEYS = tuple(field.name for field in fields(Report))


@dataclass(frozen=True, slots=True)
class Digest:
    """An article reduced to what grouping needs; small, and it crosses to other processes.

    Attributes
    ----------
    id
        The article's.
    order
        Key that puts articles in an order of their own, whatever order they come in: by day of
        publication, id and text.
    site
        Host of its address without "www.", or None.
    credits
        Agencies that sign it, sorted.
    sketch
        Of its text.
    reports
        One per event, in order.
    """

    id: str
    order: str
    site: str | None
    credits: tuple[str, ...]
    sketch: Sketch
    reports: tuple[Report, ...]


def digest(document: Document) -> Digest:
    """Return what of a document grouping needs.

    Parameters
    ----------
    document
        As :func:`geoevents.find_events` returns it.
    """
    article = document.article
    published = article.published.isoformat() if article.published else "9999"
    seen = Counter[str]()
    has_events = bool(document.events)
    return Digest(
        id=article.id,
        order="\x1f".join((published, article.id, article.url or "", _hash(article.text))),
        site=_site(article.url),
        credits=tuple(sorted(find_credits(article.text))) if has_events else (),
        sketch=sketch_of(article.text, article.lang) if has_events else _no_sketch(),
        reports=tuple(_report(event, document, seen) for event in document.events),
    )


def _no_sketch() -> Sketch:
    return np.zeros(0, dtype=np.uint64)


def _site(url: str | None) -> str | None:
    """Return the host of an address."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # no address at all
        return None
    return host.removeprefix("www.").removeprefix("m.") if host else None


def _report(event: Event, document: Document, seen: Counter[str]) -> Report:
    article = document.article
    participants = event.participants
    words = fold(article.text[event.sentence.start : event.sentence.end]).split()
    return Report(
        event_id=event.id,
        type=event.type,
        status=event.status,
        time=_time(event, article.published),
        is_news=event.aspect in _PASSING,
        spots=_spots(event),
        actors=_sorted(p.country for p in participants if p.role in _ACTORS),
        targets=_sorted(p.country for p in participants if p.role in _TARGETS),
        names=_sorted(fold(p.text) for p in participants),
        values=_values(event),
        sentence=event.sentence.start,
        wording=_hash(*words) if len(words) >= _LONG_SENTENCE else None,
        edges=_edges(words, event.type, seen),
    )


def _sorted(values: Any) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value})[:_MOST_VALUES])


def _time(event: Event, published: date | None) -> Time | None:
    time = event.time
    start, end = time_bounds(time.start, time.end, time.precision) if time else (None, None)
    if start is not None and end is not None:
        return Time(start.toordinal(), max(start, end).toordinal())
    stated = time is not None and (time.start or time.end or time.text)
    if stated or published is None or event.aspect not in _PASSING:
        return None
    return Time(_day_before(published).toordinal(), published.toordinal(), assumed=True)


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _spots(event: Event) -> tuple[Spot, ...]:
    stated = [_spot(place) for place in event.places if place.role != "context"]
    found = stated or [_spot(place) for place in event.inferred_places]
    return tuple(spot for spot in found if spot is not None)[:_MOST_VALUES]


def _spot(stated: EventPlace) -> Spot | None:
    resolution = stated.resolution
    place = resolution.place
    if place is None:
        return None
    whole = place.kind in COUNTRY_KINDS
    return Spot(
        role=stated.role,
        place_id=place.id,
        name=place.name,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        radius_km=resolution.uncertainty_km,
        precise=not whole and resolution.uncertainty_km <= PRECISE_KM,
        whole_country=whole,
    )


def _values(event: Event) -> tuple[tuple[str, int | str], ...]:
    found: list[tuple[str, int | str]] = []
    if event.count is not None:
        found.append(("count", event.count))
    if event.money is not None:
        money = event.money
        words = (f"{money.amount:.15g}", money.currency)
        found.append(("money", " ".join(filter(None, words))))
    found.extend((c.kind, c.count) for c in event.casualties if c.count is not None)
    return tuple(dict.fromkeys(found))[:_MOST_VALUES]


def _edges(words: Sequence[str], event_type: str, seen: Counter[str]) -> tuple[str, ...]:
    found = []
    for side, part in enumerate((words[:_LONG_SENTENCE], words[-_LONG_SENTENCE:])):
        key = _hash(str(side), event_type, *part)
        seen[key] += 1
        found.append(f"{key}-{seen[key]}")
    return tuple(found)


def _hash(*words: str) -> str:
    text = "\x1f".join(words).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=8).hexdigest()
