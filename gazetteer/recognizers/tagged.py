"""Which spans do words make that a model has given the probability of each tag?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.recognizers.labels import begins, entity_of
from gazetteer.recognizers.protocol import FoundName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np


class TaggedWord(NamedTuple):
    """A word, and how likely each tag is for it: ``probabilities`` of shape ``(tags,)``."""

    start: int
    end: int
    probabilities: np.ndarray


class Tags:
    """A model's tags, gathered by the entities that they mark.

    Parameters
    ----------
    tags
        The tags, by their number.
    places
        Labels of places, with the form of what they mark.
    """

    def __init__(self, tags: Sequence[str], places: Mapping[str, str]) -> None:
        self._places = places
        entities = [entity_of(tag) for tag in tags]
        self._labels = sorted(set(entities))
        self._numbers = {
            label: [i for i, entity in enumerate(entities) if entity == label]
            for label in self._labels
        }
        self._first = {
            label: [i for i in numbers if begins(tags[i])]
            for label, numbers in self._numbers.items()
        }
        self._place_numbers = [i for i, entity in enumerate(entities) if entity in places]

    def spans(self, words: Iterable[TaggedWord]) -> list[FoundName]:
        """Return the places that words name, in text order.

        A word belongs to the entity whose tags are the likeliest together. The probability of a
        span is that its least sure word names a place, of whatever label.
        """
        found: list[FoundName] = []
        open_label = ""
        for start, end, p in words:
            label = max(self._labels, key=lambda label: float(p[self._numbers[label]].sum()))
            if label not in self._places:
                open_label = ""
                continue
            sure = min(1.0, float(p[self._place_numbers].sum()))
            if label == open_label and not self._is_first(label, p):
                last = found.pop()
                found.append(
                    FoundName(last.start, end, min(last.probability, sure), self._places[label])
                )
            else:
                found.append(FoundName(start, end, sure, self._places[label]))
            open_label = label
        return found

    def _is_first(self, label: str, p: np.ndarray) -> bool:
        first = self._first[label]
        return 2 * float(p[first].sum()) > float(p[self._numbers[label]].sum())
