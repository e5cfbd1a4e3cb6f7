"""What does a page of many events cost to make: seconds, memory and bytes?

``python -m benchmarks.map_events [N …]`` draws maps of synthetic events, each size in a process of
its own, and prints seconds of reading, drawing and rendering, the process's peak memory with the
table and without, and the size of the page and its parts.

The events are those of :func:`synthetic_events`: each has a sentence of its own of 150 to 200
characters, of words drawn at random from ``map_events.toml``; they lie around five thousand made-up
places spread evenly over land and sea, most at a position of their own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.random import Generator

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SEED = 2020
SHORTEST, LONGEST = 150, 200
PLACES = 5_000
#: Events lie within so many degrees of their place.
AROUND = 0.4
FIRST_DAY, DAYS = "2019-01-01", 5 * 365
#: Words of a sentence to draw from; its length decides how many are taken.
_DRAWN = 45
_DATA = Path(__file__).with_suffix(".toml")
_REPOSITORY = Path(__file__).parent.parent
_STATUS = ("asserted", "reported", "assessed", "hypothetical", "negated")
_ASPECT = ("single", "ongoing", "habitual", "historical")
_BASIS = ("stated", "stated", "stated", "inferred", "schematic")
_MEGABYTE = 1e6


def synthetic_events(n: int, seed: int = SEED) -> gpd.GeoDataFrame:
    """Return a table of made-up events, one row each; the same for the same seed.

    Parameters
    ----------
    n
        Number of events.
    seed
        Of the random numbers.

    Returns
    -------
    GeoDataFrame
        The usual columns of the event table, EPSG:4326. ``evidence`` differs from row to row.
    """
    random = np.random.default_rng(seed)
    words = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    places = _places(random, words)
    at = random.integers(len(places), size=n)
    here = places.iloc[at].reset_index(drop=True)
    table = pd.DataFrame({**_what(n, random, words), **_when(n, random)})
    table["place"] = here["name"]
    for name in ("place_id", "place_kind", "country", "place_names"):
        table[name] = here[name]
    table["uncertainty_km"] = np.where(random.random(n) < 0.1, random.integers(6, 60, n), np.nan)  # noqa: PLR2004
    table = table.join(_sentences(table, random, words["words"]))
    lon = here["lon"] + random.uniform(-AROUND, AROUND, n)
    lat = np.clip(here["lat"] + random.uniform(-AROUND, AROUND, n), -89, 89)
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


def _places(random: Generator, words: dict[str, list[str]]) -> pd.DataFrame:
    """Return made-up places, spread evenly over the sphere."""
    syllables = random.choice(words["syllables"], size=(PLACES, 4))
    names = ["".join(parts[: 3 + number % 2]) for number, parts in enumerate(syllables)]
    labels = _REPOSITORY / "data" / "maps" / "country_labels.tsv"
    codes = pd.read_csv(labels, sep="\t", keep_default_na=False)["country"]
    codes = sorted(set(codes) - {""})
    return pd.DataFrame({
        "name": names,
        "place_id": [f"made-up:{number}" for number in range(PLACES)],
        "place_kind": random.choice(["city", "town", "port", "airbase", "village"], PLACES),
        "country": random.choice(codes, PLACES),
        "place_names": [
            json.dumps({"ar": name, "en": f"Place {number}"}, ensure_ascii=False)
            for number, name in enumerate(names)
        ],
        "lon": random.uniform(-180, 180, PLACES),
        "lat": np.degrees(np.arcsin(random.uniform(-1, 1, PLACES))),
    })  # fmt: skip


def _what(n: int, random: Generator, words: dict[str, list[str]]) -> dict[str, Any]:
    """Return type, participants, source and figures of the events."""
    english = _REPOSITORY / "data" / "maps" / "languages" / "en.toml"
    types = tomllib.loads(english.read_text(encoding="utf-8"))["types"]
    type_ = random.choice(list(types), n)
    site = random.choice(words["sites"], n)
    return {
        "event_id": [f"event-{number}" for number in range(n)],
        "doc_id": [f"article-{number}" for number in range(n)],
        "type": type_,
        "family": [one.partition(".")[0] for one in type_],
        "status": random.choice(_STATUS, n),
        "aspect": random.choice(_ASPECT, n),
        "role": "location",
        "geometry_basis": random.choice(_BASIS, n),
        "score": random.uniform(0.5, 1, n).round(3),
        "confidence": random.uniform(0.3, 1, n).round(2),
        "actors": random.choice(words["actors"], n),
        "targets": pd.Series(random.choice(words["actors"], n)).where(random.random(n) < 0.9),  # noqa: PLR2004
        "count": np.where(random.random(n) < 0.3, random.integers(1, 50, n), np.nan),  # noqa: PLR2004
        "verb": random.choice(words["verbs"], n),
        "lang": "ar",
        "source_title": random.choice(words["headlines"], n),
        "source_url": [f"https://{one}/{number}" for number, one in enumerate(site)],
    }


def _when(n: int, random: Generator) -> dict[str, Any]:
    start = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(random.integers(DAYS, size=n), unit="D")
    return {
        "start_time": start,
        "time_precision": random.choice(["day", "day", "day", "month"], n),
        "published": (start + pd.Timedelta(days=1)).strftime("%Y-%m-%d"),
    }


def _sentences(table: pd.DataFrame, random: Generator, words: list[str]) -> pd.DataFrame:
    """Return the sentences, no two alike, and where trigger and place stand in them."""
    lengths = np.array([len(word) + 1 for word in words])
    heads = (table["verb"] + " " + table["actors"] + " في " + table["place"]).tolist()
    sizes = np.array([len(head) for head in heads])
    drawn = random.integers(len(words), size=(len(table), _DRAWN), dtype=np.int16)
    wanted = random.integers(SHORTEST, LONGEST - lengths.max(), size=len(table))
    reached = sizes[:, np.newaxis] + np.cumsum(lengths[drawn], axis=1)
    taken = (reached < wanted[:, np.newaxis]).sum(axis=1) + 1
    texts = [
        f"{head} {' '.join([words[number] for number in numbers[:count]])}."
        for head, numbers, count in zip(heads, drawn.tolist(), taken.tolist(), strict=True)
    ]
    if len(set(texts)) < len(texts):
        raise ValueError("Two sentences are alike: choose another seed.")
    ends = sizes - table["place"].str.len()
    return pd.DataFrame({
        "evidence": texts,
        "trigger_start": 0, "trigger_end": table["verb"].str.len(),
        "place_start": ends, "place_end": sizes,
    })  # fmt: skip


def measure(n: int, out: Path | None = None) -> dict[str, float]:
    """Draw a map of so many events and return what it cost.

    Returns
    -------
    dict
        ``seconds`` from table to page and ``cpu_seconds`` of all cores; ``table_mb`` and
        ``peak_mb`` of this process before and after; ``html_mb`` and, of it, ``events_mb`` and
        ``details_mb``.
    """
    from maps import EventMap

    table = synthetic_events(n)
    before = _peak_mb()
    start, cpu = time.perf_counter(), time.process_time()
    page = EventMap(table, title=f"{n:,} events", lang="ar").to_html().encode()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    if out:
        out.write_bytes(page)
    return {
        "events": n,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "table_mb": before,
        "peak_mb": _peak_mb(),
        "html_mb": round(len(page) / _MEGABYTE, 2),
        **{f"{name}_mb": _element_mb(page, name) for name in ("events", "details")},
    }


def _element_mb(page: bytes, name: str) -> float:
    rest = page.partition(f'id="ge-{name}">'.encode())[2]
    return round(len(rest.partition(b"</script>")[0]) / _MEGABYTE, 2)


def _peak_mb() -> int:
    """Return this process's peak memory; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def main() -> None:
    """Measure each size in a process of its own, so that peaks do not add up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--one", action="store_true", help="measure in this process")
    options = parser.parse_args()
    for size in options.sizes:
        if options.one:
            sys.stdout.write(json.dumps(measure(size)) + "\n")
        else:
            command = [sys.executable, "-m", "benchmarks.map_events", "--one", str(size)]
            subprocess.run(command, check=True, cwd=_REPOSITORY)


if __name__ == "__main__":
    main()
