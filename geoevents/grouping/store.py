"""Where do the articles and groups of a large run lie, when memory is not to hold them?"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from geoevents.grouping.blocks import exactness
from geoevents.grouping.core import Core
from geoevents.grouping.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geoevents.grouping.copies import Sketch
    from geoevents.grouping.report import Digest

_CACHE_KB = 32_000  # of the database's pages that stay in memory
_CORES = 4096  # groups that stay in memory
_MOST_CANDIDATES = 256  # groups that are compared with one report
_MOST_OWN = 64  # groups of an article that are compared with one of its reports
_MOST_TEXTS = 32  # articles that are compared with one article

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT, place TEXT, site TEXT, credits TEXT, sketch BLOB,
    root INTEGER);
CREATE TABLE marks (hash INTEGER, document INTEGER, PRIMARY KEY (hash, document)) WITHOUT ROWID;
CREATE TABLE reports (
    number INTEGER PRIMARY KEY, document INTEGER, rank INTEGER, details INTEGER, day INTEGER,
    place TEXT, nth INTEGER, sentence INTEGER, body TEXT, member INTEGER, own TEXT);
CREATE INDEX reports_by_document ON reports (document);
CREATE TABLE groups (number INTEGER PRIMARY KEY, name TEXT UNIQUE, core TEXT, shared TEXT);
CREATE TABLE blocks (key TEXT, first INTEGER, last INTEGER, number INTEGER);
CREATE INDEX blocks_by_key ON blocks (key, first);
CREATE TABLE wordings (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it is filed: its number, its article's, and that of the text it repeats."""

    number: int
    document: int
    root: int
    body: Report

    @property
    def edges(self) -> list[str]:
        """The edges of its sentence, in this text."""
        return [f"{self.root}:{edge}" for edge in self.body.edges]


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a group with what tells whose it is."""

    number: int
    document: int
    document_id: str
    root: int
    site: str | None
    credits: tuple[str, ...]
    body: Report


class Store:
    """A private database in a temporary file that goes when it is closed.

    It holds sketches, reports and groups; pages beyond a fixed cache are on the disk, so that
    memory does not grow with the number of articles.
    """

    def __init__(self) -> None:
        # The empty name is SQLite's own for a temporary database on the disk.
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._cores: OrderedDict[int, Core] = OrderedDict()
        self._n_groups = 0

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, number: int, digest: Digest) -> None:
        """File an article and its reports."""
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                digest.id,
                digest.order,
                digest.site,
                json.dumps(digest.credits),
                digest.sketch.tobytes(),
                number,
            ),
        )
        self._db.executemany(
            "INSERT INTO reports (document, rank, details, day, place, nth, sentence, body) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    exactness(report),
                    -len(report.values),
                    report.time.first if report.time else 0,
                    digest.order,
                    nth,
                    report.sentence,
                    report.to_json(),
                )
                for nth, report in enumerate(digest.reports)
            ],
        )

    # Articles and their copies.

    def sketches(self) -> Iterator[tuple[int, Sketch]]:
        """Yield the articles with events, in their order, with their sketches."""
        rows = self._db.execute("SELECT number, sketch FROM documents ORDER BY place, number")
        for number, blob in rows:
            if blob:
                yield number, _sketch(blob)

    def texts_marked(self, marks: Iterable[int]) -> list[tuple[int, Sketch]]:
        """Return the articles that share marks, those that share most first."""
        rows = self._db.execute(
            "SELECT documents.root, sketch FROM (SELECT document, COUNT(*) AS common FROM marks "
            "WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY document) AS found "
            "JOIN documents ON documents.number = found.document "
            "ORDER BY common DESC, place, number LIMIT ?",
            (json.dumps(list(marks)), _MOST_TEXTS),
        )
        return [(root, _sketch(blob)) for root, blob in rows]

    def mark(self, number: int, marks: Iterable[int]) -> None:
        """Let an article be found by its marks."""
        rows = [(mark, number) for mark in marks]
        self._db.executemany("INSERT OR IGNORE INTO marks VALUES (?, ?)", rows)

    def set_root(self, number: int, root: int) -> None:
        """Say whose text an article repeats."""
        self._db.execute("UPDATE documents SET root = ? WHERE number = ?", (root, number))

    # Reports and groups.

    def reports(self) -> Iterator[Filed]:
        """Yield all reports, the most exact first, whatever order their articles came in."""
        rows = self._db.execute(
            "SELECT reports.number, document, root, body FROM reports "
            "JOIN documents ON documents.number = document "
            "ORDER BY rank, details, day, reports.place, nth, document"
        )
        for number, document, root, body in rows:
            yield Filed(number, document, root, Report.from_json(body))

    def group_worded(self, filed: Filed) -> Core | None:
        """Return the group of a report in the same words in another copy of the text."""
        for edge in filed.edges:
            sql = "SELECT number FROM wordings WHERE key = ?"
            row = self._db.execute(sql, (edge,)).fetchone()
            if row is not None:
                return self.core(row[0])
        return None

    def candidates(self, keys: Iterable[str], first: int, last: int, reach: int) -> list[Core]:
        """Return the groups filed under keys whose time overlaps days.

        Parameters
        ----------
        keys
            Of :func:`geoevents.grouping.blocks.sought_under`.
        first, last
            The days.
        reach
            How long a group's time may be.
        """
        rows = self._db.execute(
            "SELECT DISTINCT number FROM json_each(?) CROSS JOIN blocks ON blocks.key = value "
            "AND first BETWEEN ? AND ? AND last >= ? ORDER BY number LIMIT ?",
            (json.dumps(list(keys)), first - reach, last, first, _MOST_CANDIDATES),
        )
        return [self.core(number) for (number,) in rows.fetchall()]

    def groups_of(self, filed: Filed) -> list[Core]:
        """Return the groups that a report's article is in, but for those of its own sentence."""
        rows = self._db.execute(
            "SELECT DISTINCT member FROM reports WHERE document = ?1 AND member NOT NULL "
            "AND member NOT IN (SELECT member FROM reports WHERE document = ?1 AND sentence = ?2 "
            "AND member NOT NULL) ORDER BY member LIMIT ?3",
            (filed.document, filed.body.sentence, _MOST_OWN),
        )
        return [self.core(number) for (number,) in rows.fetchall()]

    def has_beside(self, core: Core, filed: Filed) -> bool:
        """Return whether a group holds another report of a report's own sentence."""
        row = self._db.execute(
            "SELECT 1 FROM reports WHERE document = ? AND member = ? AND sentence = ? LIMIT 1",
            (filed.document, core.number, filed.body.sentence),
        ).fetchone()
        return row is not None

    def open_group(self, lead: Report, keys: Iterable[str], *, is_unsure: bool) -> Core:
        """Return a new group, filed under keys."""
        self._n_groups += 1
        core = Core(self._n_groups, lead, is_unsure=is_unsure)
        row = (core.number, self._free_name(lead.event_id))
        self._db.execute("INSERT INTO groups (number, name) VALUES (?, ?)", row)
        if lead.time is not None:
            rows = [(key, lead.time.first, lead.time.last, core.number) for key in keys]
            self._db.executemany("INSERT INTO blocks VALUES (?, ?, ?, ?)", rows)
        return core

    def join(self, filed: Filed, core: Core) -> None:
        """Put a report into a group."""
        core.add(filed.body)
        self._keep(core)
        row = (core.number, filed.number)
        self._db.execute("UPDATE reports SET member = ? WHERE number = ?", row)
        worded = [(edge, core.number) for edge in filed.edges]
        self._db.executemany("INSERT OR IGNORE INTO wordings VALUES (?, ?)", worded)

    def core(self, number: int) -> Core:
        """Return a group."""
        core = self._cores.get(number)
        if core is None:
            sql = "SELECT core FROM groups WHERE number = ?"
            core = Core.from_json(number, self._db.execute(sql, (number,)).fetchone()[0])
            self._keep(core)
        return core

    def _keep(self, core: Core) -> None:
        """Hold a group in memory; the one that was not needed for longest goes to the disk."""
        self._cores[core.number] = core
        self._cores.move_to_end(core.number)
        if len(self._cores) > _CORES:
            number, oldest = self._cores.popitem(last=False)
            row = (oldest.to_json(), number)
            self._db.execute("UPDATE groups SET core = ? WHERE number = ?", row)

    def _free_name(self, event_id: str) -> str:
        """Return the id, numbered where another article of the same id has used it."""
        name, n = event_id, 1
        sql = "SELECT 1 FROM groups WHERE name = ?"
        while self._db.execute(sql, (name,)).fetchone():
            n += 1
            name = f"{event_id}~{n}"
        return name

    # What came out.

    def members(self) -> Iterator[tuple[int, list[Member]]]:
        """Yield the groups, each with its reports in the order of the articles."""
        rows = self._db.execute(
            "SELECT member, reports.number, document, id, root, site, credits, body FROM reports "
            "JOIN documents ON documents.number = document "
            "ORDER BY member, documents.place, document, nth"
        )
        for group, listed in groupby(rows, key=itemgetter(0)):
            yield group, [_member(row[1:]) for row in listed]

    def settle(self, group: int, shared: str, own: Mapping[int, str]) -> None:
        """Keep what a group's reports share, and what each has for itself."""
        self._db.execute("UPDATE groups SET shared = ? WHERE number = ?", (shared, group))
        rows = [(text, number) for number, text in own.items()]
        self._db.executemany("UPDATE reports SET own = ? WHERE number = ?", rows)

    def settled(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield article, group id, shared and own part of each report, in the order of filing."""
        yield from self._db.execute(
            "SELECT document, name, shared, own FROM reports "
            "JOIN groups ON groups.number = member ORDER BY reports.number"
        )


def _sketch(blob: bytes) -> Sketch:
    return np.frombuffer(blob, dtype=np.uint64)


def _member(row: tuple[Any, ...]) -> Member:
    number, document, name, root, site, signed, body = row
    credits_ = tuple(json.loads(signed))
    return Member(number, document, name, root, site, credits_, Report.from_json(body))
