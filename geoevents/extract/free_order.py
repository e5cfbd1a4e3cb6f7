"""Where the order of words is free: what does a verb go with, and where can none stand?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.cues import load_cues
from geoevents.extract.place_words import place_words

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading

PARTICIPLE = "part"
"""Tag of the forms of a verb that stand beside a noun as an adjective does."""


def goes_with(reading: Reading, i: int, j: int, tags: str) -> bool:
    """Return whether a verb at ``i`` may say something of a word before it at ``j``.

    Both stand in one clause, or a comma sets off a clause that says more of the word: "судно,
    перехваченное у берегов X" and "судно, которое перехватили".
    """
    words = reading.words
    if words[j].clause == words[i].clause:
        return True
    first = next(k for k in range(j + 1, i + 1) if words[k].clause == words[i].clause)
    if words[i].clause - words[j].clause != 1:
        return False
    if words[first].folded in load_cues(reading.lang).relative:
        return True
    return first == i and PARTICIPLE in tags.split()


def may_be_verb(reading: Reading, i: int, tags: str) -> bool:
    """Return whether a form may be a verb: behind "из" the word "строя" is a noun.

    A participle may stand there, before the noun that it is said of, and a verb with "and" or
    "who" glued to it.
    """
    morphology, folded = reading.lexicon.morphology, reading.words[i].folded
    if not i or not morphology.free_order or PARTICIPLE in tags.split():
        return True
    if any(glued and folded.startswith(glued) for glued in morphology.proclitics["verb"]):
        return True
    runs = place_words(reading.lang).relations.get(reading.words[i - 1].folded, ())
    return all(len(run) > 1 for run, _ in runs) or not reading.joins(i - 1, i)
