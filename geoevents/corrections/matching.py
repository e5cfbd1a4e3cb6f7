"""Which place of which event does a correction mean?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from geoevents.corrections.correction import WRONG, Correction, Subject, base_id

_AMBIGUOUS = "fits several events that nothing tells apart: give their table event_id"
_MOVED = "calls a place wrong that the event no longer has"
_NOTHING = "fits no event here"

H = TypeVar("H", bound=Hashable)


class Candidate(NamedTuple, Generic[H]):
    """A place of an event that may be corrected, and where it stands (row, or position)."""

    subject: Subject
    event_id: str | None
    place_id: str | None
    home: H


@dataclass(slots=True)
class Outcome:
    """Which corrections changed something, and why others did not.

    Attributes
    ----------
    done
        Positions of the corrections that fit an event.
    refused
        By position, why a correction that fits something was not applied.
    """

    done: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        """Take in what came of the same corrections elsewhere."""
        self.done |= other.done
        self.refused |= other.refused

    def sentences(self, corrections: Sequence[Correction]) -> list[str]:
        """Return one sentence for each correction that changed nothing."""
        return [
            f"{correction} {self.refused.get(number, _NOTHING)}, so it changed nothing."
            for number, correction in enumerate(corrections)
            if number not in self.done
        ]


def latest(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections, of those that concern the same place the last one only."""
    kept = {(one.subject.key, base_id(one.event_id)): one for one in corrections}
    return tuple(kept.values())


def matches(
    corrections: Sequence[Correction], candidates: Iterable[Candidate[H]], outcome: Outcome
) -> Iterator[tuple[H, Correction]]:
    """Yield where each correction is to be applied, and note in ``outcome`` which were.

    A place fits when all that the text says of it is the same. Where nothing fits so, one place
    fits that is alike but for its offsets, if it is the only one.
    """
    exact: dict[Subject, list[Candidate[H]]] = defaultdict(list)
    loose: dict[tuple[str | None, ...], list[Candidate[H]]] = defaultdict(list)
    for one in candidates:
        exact[one.subject.key].append(one)
        loose[one.subject.loose_key].append(one)
    for number, correction in enumerate(corrections):
        found = exact.get(correction.subject.key)
        if not found:
            alike = loose.get(correction.subject.loose_key, [])
            found = alike if len(alike) == 1 and correction.subject.text else []
        meant = _of_event(found, correction)
        if why := _refusal(meant, correction):
            outcome.refused[number] = why
            continue
        if meant:
            outcome.done.add(number)
        yield from ((one.home, correction) for one in meant)


def _of_event(found: list[Candidate[H]], correction: Correction) -> list[Candidate[H]]:
    """Return those of the event that the correction names, all where none has its id."""
    wanted = base_id(correction.event_id)
    named = [one for one in found if wanted is not None and base_id(one.event_id) == wanted]
    return named or found


def _refusal(meant: list[Candidate[H]], correction: Correction) -> str | None:
    known = correction.subject.trigger.start is not None
    if not known and len({one.event_id or one.home for one in meant}) > 1:
        return _AMBIGUOUS
    held = {one.place_id for one in meant}
    if correction.action == WRONG and held - {None, correction.old_place_id}:
        return _MOVED
    return None
