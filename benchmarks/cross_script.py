"""Is a city found by a name in another script that the gazetteer does not hold?

``python benchmarks/cross_script.py [--cities 600] [--smallest 15000] [--held-out] [SCRIPT...]``
draws cities that have a name in the script (with a seed, American ones at most a tenth), builds an
index without any of their names in that script, searches by one of these names, and prints how
often the city is among the first ten, and the first when the country is given. The embedded data
has no machine romanisations. With ``--held-out`` only cities are drawn on which neither the
transliteration model nor the search weights were trained; these are the figures to go by.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from gazetteer import Gazetteer
from gazetteer.index.build import build_index
from gazetteer.index.draft import embedded_draft
from tools.train_search import SCRIPTS, Query, draw
from tools.train_transliteration import is_held_out

FIRST = 10


def measure(gazetteer: Gazetteer, queries: list[Query], *, show: bool) -> dict[str, float]:
    """Return recall among the first ten, top-1, both with the country, and milliseconds."""
    ranks, in_country, milliseconds = [], [], []
    for query in queries:
        begin = time.perf_counter()
        found = [match.place.id for match in gazetteer.search(query.name, limit=FIRST)]
        milliseconds.append(1000 * (time.perf_counter() - begin))
        there = [
            match.place.id
            for match in gazetteer.search(query.name, country=query.country, limit=FIRST)
        ]
        ranks.append(found.index(query.place_id) if query.place_id in found else None)
        in_country.append(there.index(query.place_id) if query.place_id in there else None)
        if show and ranks[-1] is None:
            print(f"  {query.name} ({query.place_id}, {query.country}): {found[:3]}")
    n = len(queries)
    return {
        "n": n,
        "recall@10": sum(rank is not None for rank in ranks) / n,
        "top-1": ranks.count(0) / n,
        "recall@10 in country": sum(rank is not None for rank in in_country) / n,
        "top-1 in country": in_country.count(0) / n,
        "p50 ms": statistics.median(milliseconds),
        "p99 ms": statistics.quantiles(milliseconds, n=100)[98],
    }


def main() -> None:
    """Draw, build and search, script by script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scripts", nargs="*", default=list(SCRIPTS))
    parser.add_argument("--cities", type=int, default=600)
    parser.add_argument("--smallest", type=int, default=15_000, help="inhabitants")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what was not found")
    options = parser.parse_args()
    for script in options.scripts:
        draft = embedded_draft()
        queries = draw(
            draft,
            script,
            options.cities,
            options.seed,
            wanted=is_held_out if options.held_out else lambda _: True,
            smallest=options.smallest,
        )
        with tempfile.TemporaryDirectory() as folder:
            gazetteer = Gazetteer.open(build_index(Path(folder) / "index", draft=draft))
            figures = measure(gazetteer, queries, show=options.show)
        print(script, " ".join(f"{key} {value:.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
