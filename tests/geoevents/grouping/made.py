"""Reports made by hand, so that each differs from the next in one thing."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from geoevents.event_group import EventGroup
from geoevents.grouping import Digest, Grouper
from geoevents.grouping.report import Report, Spot, Time

DAY = date(2024, 3, 4).toordinal()


def town(name="Aleppo", lat=36.2, lon=37.16, *, country="SY", role="location", radius_km=10.0):
    """Return a precise place."""
    return Spot(role, f"town:{name}", name, country, lat, lon, radius_km, True, False)


def country(code="SY", lat=35.0, lon=38.0, *, role="location"):
    """Return a whole country."""
    return Spot(role, f"iso:{code}", code, code, lat, lon, 400.0, False, True)


def on(day=0, last=None, *, assumed=False):
    """Return a time, in days from 4 March 2024."""
    return Time(DAY + day, DAY + (day if last is None else last), assumed)


def report(**changes):
    """Return a strike on Aleppo on 4 March that killed three, with changes."""
    values = {
        "event_id": "x-1",
        "type": "violence.strike",
        "status": "asserted",
        "time": on(),
        "spots": (town(),),
        "values": (("killed", 3),),
    }
    return Report(**(values | changes))


@dataclass
class Newsroom:
    """Makes articles, each with a text of its own, and groups them."""

    n: int = 0

    def article(
        self, *reports, id_=None, site=None, credits_=(), text=None, published="2024-03-05"
    ):
        """Return an article; two with the same ``text`` are copies."""
        self.n += 1
        name = id_ or f"a{self.n}"
        sketch = np.random.default_rng(text or 1000 + self.n).integers(
            1, 1 << 63, 60, dtype=np.uint64
        )
        return Digest(
            id=name,
            order=f"{published}\x1f{name}",
            site=site,
            credits=credits_,
            sketch=np.sort(sketch),
            reports=reports,
        )

    @staticmethod
    def groups(*articles) -> list[tuple[EventGroup, ...]]:
        """Return the groups of each article's events."""
        with Grouper() as grouper:
            for article in articles:
                grouper.add(article)
            return list(grouper.groups())

    def same(self, *reports):
        """Return whether reports of different, unlike articles are one group."""
        articles = [
            self.article(r, id_=f"doc{i}", site=f"site{i}.example") for i, r in enumerate(reports)
        ]
        return len({groups[0].id for groups in self.groups(*articles)}) == 1


def day(offset):
    """Return an ISO day, from 4 March 2024."""
    return (date.fromordinal(DAY) + timedelta(days=offset)).isoformat()
