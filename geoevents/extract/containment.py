"""Which of two places of a sentence says where the other one lies?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import COUNTRY_KINDS
from geoevents.extract.place_words import (
    APPOSED,
    AT,
    GENITIVE,
    OWNERS,
    place_words,
    relation_at,
)
from geoevents.extract.sizes import SIZES, may_reach, size_of

if TYPE_CHECKING:
    from geoevents.extract.reading import Reading
    from geoevents.extract.relations import Link

COUNTRY_SIZE = 5
_SEAS = frozenset({"ocean", "sea"})
_WHEREABOUTS = frozenset({APPOSED, "in", "near"})
_OF_REACH = 2  # words from a place to "of X", which says in what it lies


def within(inner: Link, outer: Link) -> bool:
    """Return whether the outer place can hold the inner one."""
    small, large = inner.resolution.place, outer.resolution.place
    owner = outer.relation in {GENITIVE, AT} and outer.last < inner.first  # "X's town Y"
    if owner and small is None:
        return True
    if small is None and large is not None and outer.relation == "in":  # "from X in Romania"
        return size_of(large) >= COUNTRY_SIZE and outer.head == inner.last + 1
    if small is None or large is None or small.id == large.id:
        return False
    if small.kind in COUNTRY_KINDS and large.kind not in COUNTRY_KINDS:
        return False
    described = bool(outer.resolution.mention.refs)
    says_where = owner or outer.relation == "near" or (outer.relation in _WHEREABOUTS and described)
    # "The quarter of X in Y": of two towns the second says where the first lies.
    alike = size_of(large) == size_of(small) and outer.relation == "in"
    if size_of(large) <= size_of(small) and not (says_where or alike):
        return False
    return small.country is None or large.country is None or small.country == large.country


def is_of(reading: Reading, link: Link, behind: Link) -> bool:
    """Return whether "of X" behind a place says in what that lies: "the X region of rural Y"."""
    lang, end = place_words(reading.lang), behind.first - 1
    found = relation_at(reading, end) if 0 < end - link.last <= _OF_REACH else None
    between = range(link.last + 1, end)
    return (
        found is not None
        and found[1] == GENITIVE
        and all(reading.words[i].folded in lang.heads for i in between)
    )


def holds(outer: Link, inner: Link) -> bool:
    """Return whether a region, country or sea holds another, as far as kinds and distance tell."""
    large, small = outer.resolution.place, inner.resolution.place
    if large is None or small is None or outer.territory:
        return False
    if large.kind in _SEAS:  # no town is in a sea, but what is off its coast may be
        return small.kind == "coast" and may_reach(large, small)
    same = large.country is not None and large.country == small.country
    larger = size_of(large) >= SIZES["part"] and size_of(small) < size_of(large)
    return same and larger and may_reach(large, small)


def is_owner(reading: Reading, before: Link, first: int) -> bool:
    """Return whether the name follows the one before as what that one holds: "Egypt's Luxor"."""
    gap = reading.text[before.resolution.mention.end : reading.words[first].token.start]
    return gap.rstrip() in OWNERS


def owns(reading: Reading, owner: Link, owned: Link) -> bool:
    """Return whether a place right behind another's "'s" lies in that: "Kyiv's Maidan"."""
    large, small = owner.resolution.place, owned.resolution.place
    if large is None or small is None or size_of(large) < size_of(small):
        return False
    beside = owner.last < owned.first and is_owner(reading, owner, owned.first)
    return beside and may_reach(large, small)
