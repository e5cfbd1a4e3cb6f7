"""What do many articles say of one event, together?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One value of a detail, and who states it.

    Attributes
    ----------
    value
        A number, or words.
    sources
        The independent sources that state it, at most :data:`NAMED` of them by name.
    n_sources
        How many they are.
    documents
        Ids of the articles that state it, at most :data:`NAMED`.
    n_documents
        How many they are.
    """

    value: int | str
    sources: tuple[str, ...]
    n_sources: int
    documents: tuple[str, ...]
    n_documents: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A detail on which the reports of an event differ: its values side by side.

    Attributes
    ----------
    detail
        ``count``, ``money``, ``type``, ``status``, ``place``, ``actor``, or the kind of casualties
        (``killed``, ``wounded`` ...).
    values
        At least two, smallest first.
    """

    detail: str
    values: tuple[StatedValue, ...]

    def to_line(self) -> dict[str, Any]:
        """Return the conflict as plain values for JSON."""
        values = [
            {
                "value": stated.value,
                "sources": list(stated.sources),
                "n_sources": stated.n_sources,
                "documents": list(stated.documents),
                "n_documents": stated.n_documents,
            }
            for stated in self.values
        ]
        return {"detail": self.detail, "values": values}


@dataclass(frozen=True, slots=True)
class EventGroup:
    """The reports of one event over many articles, as one of them belongs to it.

    Attributes
    ----------
    id
        The same for all reports of the event: the id of the event that says most exactly where
        and when.
    n_documents
        Number of articles that report it.
    n_sources
        Number of independent sources among them: copies, and articles signed by one agency or of
        one site, count once.
    source
        The source that this report counts for: ``agency:reuters``, ``site:example.org`` or
        ``document:ID``; several agencies are joined by "; ".
    copy_of
        Id of the article whose text this report's article repeats, or None.
    conflicts
        Details on which the reports differ.
    """

    id: str
    n_documents: int = 1
    n_sources: int = 1
    source: str | None = None
    copy_of: str | None = None
    conflicts: tuple[Conflict, ...] = ()

    def to_line(self) -> dict[str, Any]:
        """Return the group as plain values for JSON."""
        return {
            "id": self.id,
            "n_documents": self.n_documents,
            "n_sources": self.n_sources,
            "source": self.source,
            "copy_of": self.copy_of,
            "conflicts": [conflict.to_line() for conflict in self.conflicts],
        }

    @classmethod
    def from_line(cls, row: Mapping[str, Any]) -> Self:
        """Return the group that :meth:`to_line` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError, AttributeError
            If the row is not as it writes them.
        """
        return cls(
            id=str(row["id"]),
            n_documents=int(row["n_documents"]),
            n_sources=int(row["n_sources"]),
            source=_words(row["source"]),
            copy_of=_words(row["copy_of"]),
            conflicts=tuple(map(_conflict, row["conflicts"])),
        )


def _words(value: Any) -> str | None:
    return None if value is None else str(value)


def _conflict(row: Mapping[str, Any]) -> Conflict:
    return Conflict(str(row["detail"]), tuple(map(_stated_value, row["values"])))


def _stated_value(row: Mapping[str, Any]) -> StatedValue:
    value = row["value"]
    return StatedValue(
        value=value if isinstance(value, int) else str(value),
        sources=tuple(map(str, row["sources"])),
        n_sources=int(row["n_sources"]),
        documents=tuple(map(str, row["documents"])),
        n_documents=int(row["n_documents"]),
    )


NAMED = 5
"""Sources and articles named for one value; of the others only the number is told."""
