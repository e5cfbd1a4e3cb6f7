"""Which reports, over many articles, tell one and the same event?"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from geoevents.errors import OutputNotWritableError
from geoevents.event_group import EventGroup
from geoevents.grouping.agreement import ENOUGH, agreement, retells
from geoevents.grouping.blocks import filed_under, sought_under
from geoevents.grouping.copies import MARKS, MIN_SHARE, share
from geoevents.grouping.report import MONTH_DAYS, digest
from geoevents.grouping.sources import Sources, conflicts
from geoevents.grouping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from geoevents.event import Document
    from geoevents.grouping.copies import Sketch
    from geoevents.grouping.core import Core
    from geoevents.grouping.report import Digest
    from geoevents.grouping.store import Filed

_SAME_TEXT = 0.8  # share of shingles from which a copy need not be found for itself


def group_documents(documents: Iterable[Document]) -> list[Document]:
    """Return documents whose events say which event they report, and who else does.

    The groups do not depend on the order of the documents.

    Parameters
    ----------
    documents
        As :func:`geoevents.find_events` returns them.

    Returns
    -------
    list of Document
        The same documents in their order; each event has its ``group``.

    Examples
    --------
    >>> from geoevents import Article, Document
    >>> group_documents([Document(Article("Nothing happened."))])[0].events
    ()
    """
    listed = list(documents)
    with Grouper() as grouper:
        for document in listed:
            grouper.add(digest(document))
        return [
            replace(
                document,
                events=tuple(
                    replace(event, group=group)
                    for event, group in zip(document.events, groups, strict=True)
                ),
            )
            for document, groups in zip(listed, grouper.groups(), strict=True)
        ]


class Grouper:
    """Takes articles one by one, and then says of each event which group it belongs to.

    What it is given lies in a temporary file, so that memory does not grow with the number of
    articles. Use it in a ``with`` statement.

    Examples
    --------
    >>> from geoevents import Article, Document
    >>> with Grouper() as grouper:
    ...     grouper.add(digest(Document(Article("Nothing happened."))))
    ...     list(grouper.groups())
    [()]
    """

    def __init__(self) -> None:
        self._store = Store()
        self._n_documents = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._store.close()

    def add(self, article: Digest) -> None:
        """Take an article in.

        Parameters
        ----------
        article
            As :func:`geoevents.grouping.digest` returns it.

        Raises
        ------
        OutputNotWritableError
            If the disk is full.
        """
        with _on_disk():
            self._store.add(self._n_documents, article)
        self._n_documents += 1

    def groups(self) -> Iterator[tuple[EventGroup, ...]]:
        """Yield for each article, in the order they were added, the group of each event.

        Raises
        ------
        OutputNotWritableError
            If the disk is full.
        """
        with _on_disk():
            self._find_copies()
            self._group()
            self._settle()
        rows = groupby(self._store.settled(), key=itemgetter(0))
        number, found = next(rows, (None, iter(())))
        for document in range(self._n_documents):
            if number != document:
                yield ()
                continue
            yield tuple(_event_group(*row[1:]) for row in found)
            number, found = next(rows, (None, iter(())))

    def _find_copies(self) -> None:
        """Say of each article whose text it repeats; articles come oldest first."""
        store = self._store
        for number, sketch in store.sketches():
            marks = _marks(sketch)
            shares = [(share(sketch, other), root) for root, other in store.texts_marked(marks)]
            best = max(shares, key=itemgetter(0), default=(0.0, number))
            if best[0] >= MIN_SHARE:
                store.set_root(number, best[1])
            if best[0] < _SAME_TEXT:
                store.mark(number, marks)

    def _group(self) -> None:
        for filed in self._store.reports():
            core, is_unsure = self._group_of(filed)
            if core is None:
                keys = filed_under(filed.body)
                core = self._store.open_group(filed.body, keys, is_unsure=is_unsure)
            self._store.join(filed, core)

    def _group_of(self, filed: Filed) -> tuple[Core | None, bool]:
        """Return the group that a report joins, or None and whether several would do."""
        worded = self._store.group_worded(filed)
        if worded is not None:
            return worded, False
        fitting = self._fitting(filed)
        if len(fitting) > 1:  # nobody can tell which: such reports keep to themselves
            fitting = [core for core in fitting if core.is_unsure][:1]
            return (fitting[0], False) if fitting else (None, True)
        told = fitting or [c for c in self._store.groups_of(filed) if retells(filed.body, c)]
        return (told[0] if len(told) == 1 else None), False

    def _fitting(self, filed: Filed) -> list[Core]:
        """Return the groups that a report agrees with best, if well enough."""
        report, time = filed.body, filed.body.time
        if time is None:
            return []
        keys = sought_under(report)
        found = self._store.candidates(keys, time.first, time.last, max(MONTH_DAYS, time.days))
        points = [(agreement(report, core), core) for core in found]
        enough = [(n, core) for n, core in points if n is not None and n >= ENOUGH]
        free = [(n, core) for n, core in enough if not self._store.has_beside(core, filed)]
        best = max((n for n, _ in free), default=0)
        return [core for n, core in free if n == best]

    def _settle(self) -> None:
        for group, members in self._store.members():
            sources = Sources(members)
            shared = {
                "n_documents": len({member.document for member in members}),
                "n_sources": sources.count(members),
                "conflicts": [conflict.to_line() for conflict in conflicts(members, sources)],
            }
            own = {
                member.number: json.dumps(
                    {"source": "; ".join(sources.of(member)), "copy_of": sources.original(member)}
                )
                for member in members
            }
            self._store.settle(group, json.dumps(shared), own)


@contextmanager
def _on_disk() -> Iterator[None]:
    """Say in our words what the database says when its temporary file cannot grow."""
    try:
        yield
    except sqlite3.OperationalError as error:
        folder = Path(tempfile.gettempdir())
        raise OutputNotWritableError(
            folder, f"grouping, for which TMPDIR names it: {error}"
        ) from error


def _marks(sketch: Sketch) -> list[int]:
    """Return the smallest hashes, as numbers that SQLite holds."""
    return [int(value) for value in sketch[:MARKS] >> np.uint64(1)]


def _event_group(name: str, shared: str, own: str) -> EventGroup:
    row: dict[str, Any] = {"id": name} | json.loads(shared) | json.loads(own)
    return EventGroup.from_line(row)
