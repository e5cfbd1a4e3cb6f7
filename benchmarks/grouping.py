"""How fast are reports of one event grouped, how well are copies told, and in how much memory?

``python benchmarks/grouping.py [--stories 200] [--copies 10] [--articles 2000 20000 100000]``
extracts generated stories and copies of them (sentences dropped, words changed), prints documents
per second of extracting and of grouping, how many copies were told, and then groups as many
articles as are asked for, spread over days, with the peak of resident memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from gazetteer import Gazetteer
from geoevents import Article, find_events
from geoevents.grouping import Grouper, digest
from geoevents.grouping.report import Time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoevents.event_group import EventGroup
    from geoevents.grouping import Digest

_SEED = 5
_MONDAY = date(2024, 3, 4)
_COUNTRIES = ("SY", "IQ", "TR", "UA", "AZ", "EG", "SD", "FR", "MX", "PH")
_DEEDS = ("An airstrike hit {}", "A bomb exploded in {}", "Gunmen attacked a market in {}")
_NUMBERS = ("two", "three", "five", "seven", "eleven", "40")
_SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "per", "sto", "ta", "vor", "wen", "zil")
_STEP = 0x9E3779B97F4A7C15 >> 8  # between the hashes of one round and the next
_SENTENCES, _WORDS = 12, 14


def main() -> None:
    """Generate, extract, group, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=200)
    options.add_argument("--copies", type=int, default=10)
    options.add_argument("--articles", type=int, nargs="*", default=[2_000, 20_000, 100_000])
    asked = options.parse_args()
    chance = random.Random(_SEED)  # noqa: S311 - nothing secret
    articles = list(stories(Gazetteer.open(), chance, n=asked.stories, copies=asked.copies))
    digests = extracted(articles)
    show(list(grouped(digests)), digests, asked.copies)
    for n in asked.articles:
        started = time.perf_counter()
        events = sum(map(len, grouped(spread(digests, n))))
        rate = n / (time.perf_counter() - started)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{n} articles, {events} events: {rate:.0f} documents/s, peak memory {peak:.0f} MB")


def stories(
    gazetteer: Gazetteer, chance: random.Random, *, n: int, copies: int
) -> Iterator[Article]:
    """Yield stories of one strike each, every one followed by its copies."""
    towns = [
        place.name
        for country in _COUNTRIES
        for place in gazetteer.within((-180, -90, 180, 90), kind="city", country=country, limit=20)
    ]
    for story in range(n):
        lead = f"{chance.choice(_DEEDS).format(towns[story % len(towns)])} on Monday"
        text = [f"{lead}, killing {chance.choice(_NUMBERS)} people.", *filler(chance)]
        for copy in range(copies + 1):
            yield Article(
                " ".join(edited(text, chance) if copy else text),
                id=f"{story}.{copy}",
                lang="en",
                published=_MONDAY + timedelta(days=1),
                url=f"https://site{copy}-{story}.example/",
            )


def filler(chance: random.Random) -> list[str]:
    """Return sentences of made-up words."""
    return [
        " ".join("".join(chance.choices(_SYLLABLES, k=3)) for _ in range(_WORDS)).capitalize() + "."
        for _ in range(_SENTENCES)
    ]


def edited(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """Return a copy: two sentences dropped, one word in twenty-five changed, the lead kept."""
    dropped = set(chance.sample(range(1, len(sentences)), 2))
    kept = [s.split() for i, s in enumerate(sentences) if i not in dropped]
    return (
        [kept[0] and " ".join(kept[0])]
        + [
            " ".join("changed" if chance.random() < 0.04 else word for word in words)  # noqa: PLR2004
            for words in kept[1:]
        ]
    )


def extracted(articles: Sequence[Article]) -> list[Digest]:
    """Return what grouping needs of articles, and print how long that took."""
    gazetteer = Gazetteer.open()
    started = time.perf_counter()
    documents = [find_events(article, gazetteer) for article in articles]
    between = time.perf_counter()
    digests = [digest(document) for document in documents]
    ended = time.perf_counter()
    n = len(articles)
    print(f"extracting: {n / (between - started):.0f} documents/s")
    print(f"digesting:  {n / (ended - between):.0f} documents/s")
    return digests


def grouped(digests: Iterable[Digest]) -> Iterator[tuple[EventGroup, ...]]:
    """Yield the groups of articles."""
    with Grouper() as grouper:
        for one in digests:
            grouper.add(one)
        yield from grouper.groups()


def show(groups: Sequence[tuple[EventGroup, ...]], digests: Sequence[Digest], copies: int) -> None:
    """Print how many copies were told, and how many stories came out as one event."""
    told = [(one.id, row[0]) for one, row in zip(digests, groups, strict=True) if row]
    copied = sum(group.copy_of == f"{name.split('.')[0]}.0" for name, group in told)
    whole = {group.id for _, group in told if group.n_documents == copies + 1}
    alone = {group.id for group in (g for _, g in told) if group.n_sources == 1}
    print(f"copies told: {copied} of {sum(not name.endswith('.0') for name, _ in told)}")
    print(f"stories as one event of {copies + 1} articles: {len(whole)}; one source: {len(alone)}")


def spread(digests: Sequence[Digest], n: int) -> Iterator[Digest]:
    """Yield articles, again and again, each round on a day of its own and in other words."""
    for i in range(n):
        round_, place = divmod(i, len(digests))
        one = digests[place]
        reports = tuple(
            replace(
                report,
                event_id=f"{report.event_id}/{round_}",
                time=report.time
                and Time(
                    report.time.first + round_, report.time.last + round_, report.time.assumed
                ),
            )
            for report in one.reports
        )
        day = (_MONDAY + timedelta(days=1 + round_)).isoformat()
        yield replace(
            one,
            id=f"{one.id}/{round_}",
            order=f"{day}\x1f{one.id}",
            sketch=np.sort(one.sketch + np.uint64(round_ * _STEP)),
            reports=reports,
        )


if __name__ == "__main__":
    main()
