"""How do the names of a text stand to one another: behind, before, in a sentence?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.ranking.candidates import Named

Array = np.ndarray[Any, Any]

_ADJACENT = 3  # characters between "Paris" and "Texas" in "Paris, Texas"
_BLANK = 1  # character between "British" and "Birmingham"
_FAMILIAR = 12.0  # characters between "Texas" and "Paris" in "Texas town of Paris"
_NEARBY = 120.0  # characters: about a sentence


class Hint(NamedTuple):
    """What a text says of a country or division without naming it, by a demonym for instance.

    Attributes
    ----------
    row
        Row of the country or division.
    weight
        How much it counts beside a name, 0 to 1.
    start, end
        Its span; negative when it stands nowhere.
    leads
        Whether it is told of the name behind it ("British Birmingham"), as its language has it.
    """

    row: int
    weight: float
    start: int = -1
    end: int = -1
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """One line per name, one column per name and, behind them, per hint; 0 to 1.

    Attributes
    ----------
    follows, precedes
        Whether it stands right behind or right before the name. An adjective before the name, where
        a language has it there, is as one behind it.
    familiar, nearby
        How near it stands: within a phrase, within a sentence.
    """

    follows: Array
    precedes: Array
    familiar: Array
    nearby: Array


def link(names: Sequence[Named], hints: Sequence[Hint]) -> Links:
    """Return how names and hints stand to one another.

    Parameters
    ----------
    names
        The names, in text order.
    hints
        What else speaks of countries and divisions.
    """
    n = len(names)
    spans = [(n.start, n.end) for n in names] + [(h.start, h.end) for h in hints]
    starts, ends = np.array(spans, dtype=float).T
    behind = starts - ends[:n, None]
    before = starts[:n, None] - ends
    gap = np.maximum(behind, before)
    apart = (gap >= 0) & (starts >= 0) & (starts[:n, None] >= 0)
    close = apart & (gap <= _ADJACENT)
    follows = (close & (behind >= 0)).astype(float)
    leading = np.array([False] * n + [hint.leads for hint in hints])
    follows += apart & (before >= 0) & (gap <= _BLANK) & leading
    # "Paris, Lamar County, Texas": what follows the next one follows this one, too.
    follows = np.minimum(follows + follows[:, :n] @ follows, 1.0)
    distance = np.maximum(gap, 0.0)
    return Links(
        follows,
        (close & (before >= 0)).astype(float),
        apart * np.exp(distance / -_FAMILIAR),
        apart * np.exp(distance / -_NEARBY),
    )
