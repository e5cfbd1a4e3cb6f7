"""Are date expressions of seven languages read as the dates they mean?

``python -m benchmarks.dates [--half open|scored] [--misses]`` reads ``benchmarks/events/dates.tsv``
(language, expression, day of publication, the date it means) and prints for each language and half
the share that is read right by

- ``ours``: :func:`geoevents.extract.dates.find_times`;
- ``single``: the same over expressions that mean one day, month or year, or nothing at all, since
  the two below know no ranges;
- ``parse``: ``dateparser.parse``, over those, when it is installed;
- ``search``: ``dateparser.search.search_dates``, over those.

A reading is right when it is the date of the table, at its precision. ``dateparser`` always names
a day: it is right when that day, cut to the precision of the table, is the date; a full date that
does not exist must give nothing. It is told the language, the day of publication, and that dates
lie in the past where the words leave it open. Expressions are parted into halves by a hash;
mistakes are shown of the half ``open`` alone, and the other is only scored.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import warnings
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from geoevents.extract.dates import find_times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

TABLE = Path(__file__).parent / "events" / "dates.tsv"
HALVES = ("open", "scored")

warnings.filterwarnings("ignore", module="dateparser")


@dataclass(frozen=True, slots=True)
class Row:
    """An expression with what it means: "2020-09", "2016/2018", or "" for no date."""

    lang: str
    expression: str
    published: date
    expected: str

    @property
    def half(self) -> str:
        """The half of the table it belongs to, by its words alone.

        Examples
        --------
        >>> Row("en", "yesterday", date(2024, 5, 15), "2024-05-14").half in HALVES
        True
        """
        words = f"{self.lang}\t{self.expression}\t{self.published}"
        return HALVES[hashlib.sha256(words.encode()).digest()[-1] % 2]

    @property
    def is_single(self) -> bool:
        """Whether it means one day, month or year, or nothing."""
        return "/" not in self.expected


def read_rows(path: Path = TABLE) -> list[Row]:
    """Return the rows of the table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Row(
                r["lang"],
                r["expression"],
                date.fromisoformat(r["published"]),
                r["expected"] or "",
            )
            for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def ours(row: Row) -> bool:
    """Return whether our reader finds the date, and no other one."""
    found = find_times(row.expression, lang=row.lang, published=row.published)
    read = {
        f"{time.start or ''}/{time.end}" if time.end else time.start
        for time in found
        if time.start or time.end
    }
    return read == ({row.expected} if row.expected else set())


def _settings(row: Row) -> dict[str, object]:
    return {
        "RELATIVE_BASE": datetime.combine(row.published, time(12)),
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "PREFER_MONTH_OF_YEAR": "first",
    }


def _is_right(row: Row, found: Iterable[datetime]) -> bool:
    days = {day.date().isoformat() for day in found}
    if not row.expected:
        return not days
    return {day[: len(row.expected)] for day in days} == {row.expected}


def parsed(row: Row) -> bool:
    """Return whether ``dateparser`` reads the expression as its date."""
    import dateparser

    found = dateparser.parse(row.expression, languages=[row.lang], settings=_settings(row))
    return _is_right(row, [found] if found else [])


def searched(row: Row) -> bool:
    """Return whether ``dateparser`` finds the date within the expression, and no other one."""
    from dateparser.search import search_dates

    found = search_dates(row.expression, languages=[row.lang], settings=_settings(row))
    return _is_right(row, [day for _, day in found or ()])


READERS: dict[str, Callable[[Row], bool]] = {"ours": ours, "single": ours}
if find_spec("dateparser") is not None:
    READERS |= {"parse": parsed, "search": searched}


def _shares(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the share of right answers of each reader; ``ours`` alone is asked for ranges."""
    all_rows = list(rows)
    single = [row for row in all_rows if row.is_single]
    for name, is_right in READERS.items():
        asked = all_rows if name == "ours" else single
        right = sum(map(is_right, asked))
        yield f"{name} {right:3}/{len(asked):<3} {right / max(len(asked), 1):.2f}"


def _show_misses(rows: Iterable[Row]) -> None:
    for row in rows:
        if not ours(row):
            found = find_times(row.expression, lang=row.lang, published=row.published)
            read = [(time.text, time.start, time.end) for time in found]
            print(f"{row.lang} {row.expression!r} {row.published}: {row.expected!r}, read {read}")


def main() -> None:
    """Print a line for each language and half, then mistakes of the open half."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--misses", action="store_true", help="show mistakes of the open half")
    parser.add_argument("--lang", help="read expressions of this language alone")
    options = parser.parse_args()
    by_half: dict[str, dict[str, list[Row]]] = {half: defaultdict(list) for half in HALVES}
    for row in read_rows():
        if options.lang in {None, row.lang}:
            by_half[row.half][row.lang].append(row)
    for half in HALVES if options.half is None else (options.half,):
        for lang, rows in by_half[half].items():
            print(f"{half:7}{lang:5}", "  ".join(_shares(rows)))
        everything = [row for rows in by_half[half].values() for row in rows]
        print(f"{half:7}{'all':5}", "  ".join(_shares(everything)))
    if options.misses:
        _show_misses(row for rows in by_half["open"].values() for row in rows)


if __name__ == "__main__":
    main()
