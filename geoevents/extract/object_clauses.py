"""What does a verb with a pronoun take up again: "the aid which France gave it"?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading

_REACH = 2  # words of "which had been" between what is described and the verb
_DESCRIBED = 4  # words of "new aid of food" before "which"


def described_before(reading: Reading, i: int, tags: str) -> range:
    """Return where stands what a verb with a pronoun, behind a word such as "which", is done to."""
    if "poss" in tags.split():
        relative = load_cues(reading.lang).relative
        for j in range(i - 1, max(0, i - 1 - _REACH), -1):
            if reading.words[j].folded in relative:
                return range(max(0, j - _DESCRIBED), j)
    return range(0)
