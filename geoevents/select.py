"""Which of the places in a text are wanted, so that none overlaps another?"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.mention import DESCRIBED_FORMS, FORMS, Resolution
from geoevents.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

DEFAULT_FORMS = "name,associative,described"
_GROUPS = {"described": DESCRIBED_FORMS, "all": FORMS}
_FIRST = ("name", "associative", "demonym")  # of two that overlap, after described places


def parse_forms(words: str) -> frozenset[str]:
    """Return the forms that a list like ``name,associative,described`` stands for.

    Raises
    ------
    OptionError
        If a word is no form and no group of forms.

    Examples
    --------
    >>> sorted(parse_forms("name,associative"))
    ['associative', 'name']
    """
    forms: set[str] = set()
    for word in filter(None, (part.strip() for part in words.split(","))):
        if word not in FORMS and word not in _GROUPS:
            known = ", ".join(
                ["name", "associative", "demonym", *_GROUPS, *sorted(DESCRIBED_FORMS)]
            )
            raise OptionError("--forms", words, f"{word!r} is none of {known}")
        forms |= _GROUPS.get(word, {word})
    if not forms:
        raise OptionError("--forms", words, "name at least one form")
    return frozenset(forms)


def above(resolution: Resolution, min_score: float) -> Resolution:
    """Return the resolution, without its place where the score is below ``min_score``."""
    if resolution.place is None or resolution.score >= min_score:
        return resolution
    return replace(resolution, place=None)


def select(resolutions: Iterable[Resolution], forms: Collection[str]) -> list[Resolution]:
    """Return the resolutions of the wanted forms, in text order and not overlapping.

    A described place goes before the names inside it, if it could be located; among the others
    plain names go before names inside organisations' names, and these before demonyms; of equals
    the longer one goes first.
    """
    wanted = (r for r in resolutions if r.mention.form in forms)
    chosen: list[Resolution] = []
    starts: list[int] = []
    for resolution in sorted(wanted, key=_priority):
        span = resolution.span
        at = bisect_left(starts, span.start)
        if any(span.overlaps(chosen[i].span) for i in (at - 1, at) if 0 <= i < len(chosen)):
            continue
        chosen.insert(at, resolution)
        starts.insert(at, span.start)
    return chosen


def _priority(resolution: Resolution) -> tuple[int, int, int]:
    mention = resolution.mention
    described = mention.form in DESCRIBED_FORMS
    if described:
        rank = -1 if resolution.place is not None else len(_FIRST)
    else:
        rank = _FIRST.index(mention.form)
    return rank, mention.start - mention.end, mention.start
