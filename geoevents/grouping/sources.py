"""How many independent sources report an event, and on what do they differ?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from geoevents.event_group import NAMED, Conflict, StatedValue
from geoevents.grouping.credits import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoevents.grouping.report import Report
    from geoevents.grouping.store import Member

UNKNOWN = "agencies"
"""The source of an article signed by "agencies": none of its own, and not known whose."""

_NEGATED = "negated"
_MOST_SETS = 50  # different sets of values that are compared for a conflict


class Sources:
    """Whose each report of a group is.

    Articles that repeat one text, or have one long sentence of the event in common word by word,
    are one source. The first of them that an agency signs, else the first, is taken for the
    original: the source is its agency, else its site, else the article itself. So articles signed
    by one agency count once, and so do those of one site.

    Parameters
    ----------
    members
        The reports of a group, in the order of their articles.
    """

    def __init__(self, members: Sequence[Member]) -> None:
        self._text_of = _joined_texts(members)
        first: dict[int, Member] = {}
        signed: dict[int, Member] = {}
        named: dict[int, Member] = {}
        for member in members:
            text = self._text_of[member.document]
            first.setdefault(text, member)
            if member.credits:
                signed.setdefault(text, member)
            if set(member.credits) - {UNNAMED}:
                named.setdefault(text, member)
        self._original = first | signed | named
        self._labels = {text: _labels(member) for text, member in self._original.items()}

    def of(self, member: Member) -> tuple[str, ...]:
        """Return the sources of a report, sorted: several where several agencies sign it."""
        return self._labels[self._text_of[member.document]]

    def original(self, member: Member) -> str | None:
        """Return the id of the article that a report's article repeats, or None."""
        first = self._original[self._text_of[member.document]]
        return None if first.document == member.document else first.document_id

    def count(self, members: Sequence[Member]) -> int:
        """Return the number of independent sources of some reports, at least one."""
        return max(1, len(self.named(members)))

    def named(self, members: Sequence[Member]) -> list[str]:
        """Return the sources of some reports by name, sorted."""
        return sorted({label for member in members for label in self.of(member)} - {UNKNOWN})


def _joined_texts(members: Sequence[Member]) -> dict[int, int]:
    """Return for each article the number that stands for all articles of its text."""
    parent: dict[object, object] = {}

    def top(key: object) -> object:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for member in members:
        for key in (("text", member.root), ("words", member.body.wording)):
            if key[1] is not None:
                parent[top(key)] = top(("article", member.document))
    numbers: dict[object, int] = {}
    return {
        member.document: numbers.setdefault(top(("article", member.document)), len(numbers))
        for member in members
    }


def _labels(member: Member) -> tuple[str, ...]:
    named = tuple(f"agency:{agency}" for agency in member.credits if agency != UNNAMED)
    if named or member.credits:
        return named or (UNKNOWN,)
    return (f"site:{member.site}" if member.site else f"document:{member.document_id}",)


def conflicts(members: Sequence[Member], sources: Sources) -> tuple[Conflict, ...]:
    """Return the details on which reports differ, with who says what.

    Two reports differ on a detail when both state it and have no value of it in common.

    Parameters
    ----------
    members
        The reports of a group.
    sources
        Whose they are.
    """
    stated: dict[str, list[tuple[frozenset[int | str], Member]]] = {}
    for member in members:
        for detail, values in _details(member.body):
            stated.setdefault(detail, []).append((values, member))
    return tuple(
        Conflict(detail, _values(rows, sources))
        for detail, rows in sorted(stated.items())
        if _differ(detail, {values for values, _ in rows})
    )


def _details(report: Report) -> Iterator[tuple[str, frozenset[int | str]]]:
    """Yield each detail that a report states, with its values."""
    for detail in dict.fromkeys(detail for detail, _ in report.values):
        yield detail, frozenset(value for name, value in report.values if name == detail)
    yield "type", frozenset({report.type})
    yield "status", frozenset({report.status})
    places = frozenset(s.name for s in report.spots if s.precise and s.role == "location")
    if places:
        yield "place", places
    if report.actors:
        yield "actor", frozenset(report.actors)


def _differ(detail: str, sets: set[frozenset[int | str]]) -> bool:
    if detail == "status":  # the other statuses are shades of one telling
        return any(_NEGATED in values for values in sets) and len(sets) > 1
    listed = sorted(sets, key=sorted_key)[:_MOST_SETS]
    return any(a.isdisjoint(b) for a, b in combinations(listed, 2))


def sorted_key(values: frozenset[int | str]) -> list[tuple[bool, int, str]]:
    """Return a key that puts numbers before words."""
    return sorted(map(_value_key, values))


def _value_key(value: int | str) -> tuple[bool, int, str]:
    return (True, 0, value) if isinstance(value, str) else (False, value, "")


def _values(
    rows: Sequence[tuple[frozenset[int | str], Member]], sources: Sources
) -> tuple[StatedValue, ...]:
    found: dict[int | str, list[Member]] = {}
    for values, member in rows:
        for value in values:
            found.setdefault(value, []).append(member)
    return tuple(_stated(value, found[value], sources) for value in sorted(found, key=_value_key))


def _stated(value: int | str, members: Sequence[Member], sources: Sources) -> StatedValue:
    documents = list(dict.fromkeys(member.document_id for member in members))
    return StatedValue(
        value=value,
        sources=tuple((sources.named(members) or [UNKNOWN])[:NAMED]),
        n_sources=sources.count(members),
        documents=tuple(documents[:NAMED]),
        n_documents=len({member.document for member in members}),
    )
