"""Which names share the word for what they are? "Salem and Gloucester counties"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match, Matcher

_LONGEST = 3  # words of a name before the noun: "St. Clair and Prince George's counties"


def with_shared_nouns(matches: list[Match], view: TextView, matcher: Matcher) -> list[Match]:
    """Let each name of such a list mean what it does with the noun behind it.

    Parameters
    ----------
    matches
        What the text spells.
    view
        The text.
    matcher
        Where names are looked up.
    """
    told = [
        match
        for end, _ in enumerate(view.tokens)
        if view.word(end) in view.rules.shared_nouns
        for match in _listed_before(end, view, matcher)
    ]
    if not told:
        return matches
    spans = {(match.first, match.last) for match in told}
    others = (match for match in matches if (match.first, match.last) not in spans)
    return sorted([*others, *told], key=lambda match: (match.first, match.start, match.end))


def _listed_before(noun: int, view: TextView, matcher: Matcher) -> list[Match]:
    """Return the names of a list before a noun; none where only one stands there."""
    singular = view.rules.shared_nouns[view.word(noun)]
    listed: list[Match] = []
    last = noun - 1 if view.joins(noun) else -1
    while last >= 0:
        ways = (
            matcher.match_with_noun(view, first, last, singular)
            for first in range(max(last - _LONGEST + 1, 0), last + 1)
            if _is_name(first, last, view)
        )
        match = next(filter(None, ways), None)
        if match is None:
            break
        listed.append(match)
        last = _before_joint(match.first, view)
    return listed if len(listed) > 1 else []


def _is_name(first: int, last: int, view: TextView) -> bool:
    inner = range(first + 1, last + 1)
    return view.tokens[first].is_capitalized and all(map(view.joins, inner))


def _before_joint(first: int, view: TextView) -> int:
    """Return the last word before the comma or the "and" in front of a name, or -1."""
    before = first - 1
    if before < 0:
        return -1
    if view.rules.has("and", view.word(before)) and view.gaps[first].isspace():
        return before - 1 if view.gaps[before].strip() in {"", ","} else -1
    return before if view.gaps[first].strip() == "," else -1
