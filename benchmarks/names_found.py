"""How many names, as the news writes them, does the gazetteer find, and where?

``python benchmarks/names_found.py [--show open]``: hit rate (right place among the first ten) and
top-1 by language and by kind, on both halves of ``benchmarks/names/news_names.tsv``. Misses are
shown for the open half only; the other half is never looked at by whoever curates names.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import defaultdict
from pathlib import Path

from gazetteer import Gazetteer
from gazetteer.index.space import great_circle_km

LIST = Path(__file__).parent / "names" / "news_names.tsv"
FIRST = 10


def half(name: str) -> str:
    """Return the half of the list that a name belongs to."""
    digit = int(hashlib.sha256(name.encode()).hexdigest()[-1], 16)
    return "unseen" if digit % 2 else "open"


def rank_of_right(gazetteer: Gazetteer, row: dict[str, str]) -> int | None:
    """Return the rank, from 1, of the first place within the tolerance; None without one."""
    lat, lon, tolerance = (float(row[key]) for key in ("lat", "lon", "tolerance_km"))
    found = gazetteer.search(row["name"], lang=row["lang"], limit=FIRST)
    for rank, match in enumerate(found, start=1):
        if great_circle_km(lat, lon, match.place.lat, match.place.lon) <= tolerance:
            return rank
    return None


def main() -> None:
    """Print both rates by half and language, then by half and kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=["open"], help="print the misses of this half")
    options = parser.parse_args()
    gazetteer = Gazetteer.open()
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    ranks: dict[tuple[str, str, str], list[int | None]] = defaultdict(list)
    for row in rows:
        rank = rank_of_right(gazetteer, row)
        for group in (("lang", row["lang"]), ("kind", row["kind"]), ("all", "all")):
            ranks[(half(row["name"]), *group)].append(rank)
        if options.show == half(row["name"]) and rank != 1:
            first = gazetteer.search(row["name"], lang=row["lang"], limit=1)
            print(rank, row["lang"], row["kind"], row["name"], row["source"], row["note"], sep="\t")
            print("\t→", *(f"{m.place.id} {m.place.name} {m.score}" for m in first))
    for (part, by, value), group in sorted(ranks.items()):
        hits = sum(rank is not None for rank in group) / len(group)
        first_right = sum(rank == 1 for rank in group) / len(group)
        rates = f"hit@{FIRST} {hits:.3f}  top-1 {first_right:.3f}"
        print(f"{part:7}{by:5}{value:12}{len(group):5}  {rates}")


if __name__ == "__main__":
    main()
