"""What do the reports of a group, taken together, say?"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Self

from geoevents.grouping.report import Report, Time

_MOST = 50  # values of one kind that are compared; a group of thousands has no more to tell


@dataclass(slots=True)
class Core:
    """The most exact report of a group, and what the others add.

    Attributes
    ----------
    number
        Of the group.
    lead
        The report that came first, in the order of exactness.
    is_unsure
        Whether the lead would have fitted several groups.
    time
        The time that all reports share, as far as they state one.
    types, actors, targets, names, values
        Of all reports.
    """

    number: int
    lead: Report
    is_unsure: bool = False
    time: Time | None = None
    types: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    values: dict[str, set[int | str]] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        """Take a report in."""
        self.time = _narrowed(self.time, report.time)
        self.types.add(report.type)
        for known, new in (
            (self.actors, report.actors),
            (self.targets, report.targets),
            (self.names, report.names),
        ):
            known.update(new[: max(0, _MOST - len(known))])
        for detail, value in report.values:
            values = self.values.setdefault(detail, set())
            if len(values) < _MOST:
                values.add(value)

    def to_json(self) -> str:
        """Return the core as text."""
        return json.dumps(
            {
                "lead": self.lead.to_json(),
                "is_unsure": self.is_unsure,
                "time": self.time,
                "values": {detail: list(values) for detail, values in self.values.items()},
                **{key: list(getattr(self, key)) for key in _SETS},
            }
        )

    @classmethod
    def from_json(cls, number: int, text: str) -> Self:
        """Return the core that :meth:`to_json` wrote."""
        row = json.loads(text)
        return cls(
            number=number,
            lead=Report.from_json(row["lead"]),
            is_unsure=row["is_unsure"],
            time=row["time"] and Time(*row["time"]),
            values={detail: set(values) for detail, values in row["values"].items()},
            **{key: set(row[key]) for key in _SETS},
        )


def _narrowed(known: Time | None, new: Time | None) -> Time | None:
    """Return what two times have in common; one that is only assumed narrows none."""
    if known is None:
        return new
    if new is None or new.assumed or new.first > known.last or known.first > new.last:
        return known
    return Time(max(known.first, new.first), min(known.last, new.last))


_SETS = ("types", "actors", "targets", "names")
