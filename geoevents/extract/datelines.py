"""Which names and dates only look like an event's: datelines, and abbreviations before a noun?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import Span
from geoevents.extract.dates import find_times
from geoevents.extract.moments import day_of
from geoevents.extract.place_words import place_words, relation_at
from geoevents.extract.story import story_spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link

_DASH = re.compile("[-–—:]")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")  # the one in "Su-35" closes no dateline
_DATELINE, _DATELINE_WORDS = 40, 3  # characters and words of what follows a dateline's place

_LINES = 5  # lines of an article, its headline among them, in which the dateline is sought
_HEAD = 80  # characters of a line in which it ends
_CLOSING = re.compile(r"\s*[-–—](?:\s|$)|[.:]\s")
_AGENCY = re.compile(r"\s*\([^()\n]{1,30}\)\s*$")
_TOWN = re.compile(
    r"[^\d,،.;:!?()\n–—]{2,30}(?:\([^()\n]{1,30}\)\s*)?(?:[,،]|(?<=[\s)])[-–—](?=\s))\s*"
)
_BEFORE_AGENCY = re.compile(r"(?:[^\W\d]+\s+){1,3}(?=\d)")  # a town that no sign parts from a day
_NAME = re.compile(r"[^\W\d]+(?![^(]*\))")  # a word, those of an agency left out
_TOWN_WORDS = 2  # of a line that is a dateline and nothing else
_LINE_END = "\n"
_WEAK_SIGNS = frozenset({".", ":", _LINE_END})


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a report was written, as its head says.

    Attributes
    ----------
    span
        From its place or date up to its dash.
    day
        The day it names, or None where that lacks its year.
    """

    span: Span
    day: date | None


def find_dateline(text: str, lines: Sequence[Span], *, lang: str) -> Dateline | None:
    """Return the dateline of an article: "GENEVA, 3 May 2024 (AFP) – ", or None without a date.

    Parameters
    ----------
    text
        The text of the article.
    lines
        The lines of its story, in order.
    lang
        Its language.

    Examples
    --------
    >>> text = "GENEVA, 3 May 2024 (AFP) – On Sunday two planes landed."
    >>> found = find_dateline(text, [Span(0, len(text))], lang="en")
    >>> text[found.span.start : found.span.end], found.day
    ('GENEVA, 3 May 2024 (AFP)', datetime.date(2024, 5, 3))
    """
    for number, line in enumerate(lines[:_LINES]):
        for sign in _CLOSING.finditer(text, line.start, min(line.end, line.start + _HEAD)):
            found = _dateline(text, Span(line.start, sign.start()), sign.group().strip(), lang)
            if found is not None:
                return found
        if number and line.end - line.start <= _HEAD:  # "Beirut blast, 4 August 2020" heads a text
            found = _dateline(text, line, _LINE_END, lang)
            if found is not None:
                return found
    return None


def _dateline(text: str, head: Span, sign: str, lang: str) -> Dateline | None:
    """Return the dateline that a sign closes, if what stands before is a town and a day."""
    agency = _AGENCY.search(text, head.start, head.end)
    end = agency.start() if agency else head.end
    town = _TOWN.match(text, head.start, end)
    if town is None and agency is not None:
        town = _BEFORE_AGENCY.match(text, head.start, end)
    if town is None and sign in _WEAK_SIGNS:  # "On 3 May." is a short sentence
        return None
    if town is not None and sign == _LINE_END and len(_NAME.findall(town.group())) > _TOWN_WORDS:
        return None
    start = town.end() if town else head.start
    times = find_times(text, lang=lang, start=start, end=end) if start < end else []
    if len(times) != 1 or times[0].span is None:
        return None
    only = times[0].span
    around = text[start : only.start] + text[only.end : end]
    known = times[0].start is None or times[0].precision == "day"
    if around.strip() or not known or not any(c.isdigit() for c in times[0].text or ""):
        return None
    return Dateline(head, day_of(times[0].start) if times[0].end is None else None)


def dateline_day(text: str, *, lang: str) -> date | None:
    """Return the day that an article says at its head that it was written, or None.

    Parameters
    ----------
    text
        The text of the article.
    lang
        Its language.

    Examples
    --------
    >>> dateline_day("GENEVA, 3 May 2024 (AFP) – On Sunday two planes landed.", lang="en")
    datetime.date(2024, 5, 3)
    """
    dateline = find_dateline(text, story_spans(text, lang), lang=lang)
    return None if dateline is None else dateline.day


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
    if reading.dateline is not None and reading.dateline.holds(link.resolution.span):
        return True
    if link.first > 1 or link.resolution.mention.start > reading.words[link.first].token.start:
        return False  # what "in" is glued to is no dateline
    if link.first and relation_at(reading, link.first - 1) is not None:
        return False  # nor is what it stands before: "В X из-за"
    rest = reading.text[link.resolution.mention.end : reading.span.end]
    head = _HYPHEN.sub(" ", rest[:_DATELINE])
    signs = place_words(reading.lang).dateline
    cut = min((head.find(sign) for sign in signs if sign in head), default=-1)
    return cut >= 0 and len(head[:cut].split()) <= _DATELINE_WORDS and bool(_DASH.search(head))
