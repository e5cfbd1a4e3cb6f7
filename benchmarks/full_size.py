"""What does an index of all of GeoNames cost to build and to use?

``python benchmarks/full_size.py WORK`` builds an index from ``WORK/allCountries.zip`` and
``WORK/alternateNamesV2.zip`` (real ones, or made by ``full_size_data.py -o WORK``) in a process of
its own, and prints build time, peak memory, the size on disk, and from another process the time to
open, of exact search, and the memory it takes.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

SEARCH = """
import random, statistics, sys, time
from pathlib import Path
from gazetteer import Gazetteer
from gazetteer.index.cache import open_store
index = Path(sys.argv[1])
begin = time.perf_counter()
gazetteer = Gazetteer.open(index, overlay=False)
print(f"open: {1000 * (time.perf_counter() - begin):.1f} ms")
store = open_store(index)
counts = store.manifest["counts"]
print(", ".join(f"{n:,} {what}" for what, n in counts.items()))
chance = random.Random(3)
names = [store.name(chance.randrange(counts["names"])) for _ in range(10_000)]
for what, fuzzy in (("exact", False), ("default", True)):
    took = []
    for name in names:
        begin = time.perf_counter()
        gazetteer.search(name, fuzzy=fuzzy)
        took.append(1e6 * (time.perf_counter() - begin))
    p99 = statistics.quantiles(took, n=100)[98]
    print(f"search of held names, {what}: p50 {statistics.median(took):.0f} µs, p99 {p99:.0f} µs")
took = []
for _ in range(2_000):
    row = chance.randrange(len(store))
    begin = time.perf_counter()
    gazetteer.reverse(int(store.lat_e5[row]) / 1e5, int(store.lon_e5[row]) / 1e5)
    took.append(1e6 * (time.perf_counter() - begin))
print(f"reverse: p50 {statistics.median(took):.0f} µs")
pages = int(open("/proc/self/statm").read().split()[1])
print(f"resident: {pages * 4096 / 1e6:.0f} MB")
"""


def main() -> None:
    """Build, then search."""
    work = Path(sys.argv[1])
    index = work / "world.index"
    build = [
        sys.executable,
        "-m",
        "geoevents",
        "gazetteer",
        "build",
        "--overwrite",
        "-o",
        str(index),
    ]
    build += ["--geonames", str(work / "allCountries.zip")]
    build += ["--alternate-names", str(work / "alternateNamesV2.zip"), "--quiet"]
    begin = time.perf_counter()
    subprocess.run(build, check=True)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = sum(path.stat().st_size for path in index.iterdir()) / 1e9
    print(f"build: {seconds:.0f} s, peak memory {peak:,.0f} MB, index {size:.2f} GB")
    subprocess.run([sys.executable, "-c", SEARCH, str(index)], check=True, env=os.environ)


if __name__ == "__main__":
    main()
