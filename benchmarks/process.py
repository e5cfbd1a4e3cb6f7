"""Whole-process figures: index build, a warm map, the start of the command line, throughput.

``python benchmarks/process.py`` prints the median of five runs each, with the peak memory of the
largest process; ``GEOEVENTS_BENCH`` adds the extraction of the GeoVirus texts on one core.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "baku-ovda-flights.ar.txt"
RUNS = 5


def main() -> None:
    """Run and print every measurement."""
    with tempfile.TemporaryDirectory() as work:
        out = str(Path(work) / "out")
        cold = {**os.environ, "GEOEVENTS_CACHE": str(Path(work) / "cache")}
        _show("index build and first search", ["gazetteer", "search", "Baku"], cold, runs=1)
        _show("geoevents --help", ["--help"], cold)
        draw = ["map", str(SAMPLE), "--published", "2020-09-30", "-o", f"{out}.html", "--overwrite"]
        _show("geoevents map, one article", draw, cold)
        bench = os.environ.get("GEOEVENTS_BENCH")
        if bench:
            texts = str(Path(bench) / "bench" / "geovirus.jsonl")
            extract = [
                "extract",
                texts,
                "-o",
                f"{out}.jsonl",
                "--overwrite",
                "--jobs",
                "1",
                "--quiet",
            ]
            seconds = _show("geoevents extract, 229 GeoVirus texts", extract, cold, runs=3)
            print(f"  {229 / seconds:.1f} documents per second")


def _show(what: str, words: list[str], env: dict[str, str], *, runs: int = RUNS) -> float:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "geoevents", *words], env=env, check=True, capture_output=True
        )
        seconds.append(time.perf_counter() - start)
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    median = statistics.median(seconds)
    print(f"{what}: {median:.2f} s (median of {runs}); largest process so far {peak_mb:.0f} MB")
    return median


if __name__ == "__main__":
    main()
