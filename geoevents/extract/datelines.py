"""Which names only look like an event's place: datelines, and abbreviations before a noun?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoevents.extract.place_words import place_words

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link

_DASH = re.compile("[-–—:]")
_DATELINE, _DATELINE_WORDS = 40, 3  # characters and words of what follows a dateline's place


def is_adjective(reading: Reading, link: Link) -> bool:
    """Return whether an abbreviation stands before its noun, as in "the U.S. arsenal"."""
    mention = link.resolution.mention
    after = link.last + 1
    if not mention.text.isupper() or after >= len(reading.words):
        return False
    token = reading.words[after].token
    lang = place_words(reading.lang)
    folded = reading.words[after].folded
    plain = token.surface.islower() and folded not in lang.relations and folded not in lang.joiners
    return plain and not reading.text[mention.end : token.start].strip()


def is_dateline(reading: Reading, link: Link) -> bool:
    """Return whether a mention opens a sentence as a dateline: "BEIRUT (AP) —"."""
    if link.first > 1 or link.resolution.mention.start > reading.words[link.first].token.start:
        return False  # what "in" is glued to is no dateline
    rest = reading.text[link.resolution.mention.end : reading.span.end]
    head = rest[:_DATELINE]
    signs = place_words(reading.lang).dateline
    cut = min((head.find(sign) for sign in signs if sign in head), default=-1)
    return cut >= 0 and len(head[:cut].split()) <= _DATELINE_WORDS and bool(_DASH.search(head))
