"""What is found by a name?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.place import Place


@dataclass(frozen=True, slots=True)
class Match:
    """A place found by name.

    Attributes
    ----------
    place
        The place.
    match
        Similarity of the name as searched and as held, 0 to 1; 1 when they fold alike.
    score
        Probability that this place is meant, 0 to 1: among all of that name, and where the name
        is only like it, that no other place is meant which the gazetteer does not hold.
    name
        The name as held.
    """

    place: Place
    match: float
    score: float
    name: str
