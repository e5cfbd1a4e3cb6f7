"""Where in a text does a name begin anew, whatever the tagger makes of the words around?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gazetteer.mentions.addresses import COMMAS
from gazetteer.mentions.word_variants import has_apostrophe_endings
from gazetteer.place import SETTLEMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.index.store import Store
    from gazetteer.mentions.features import TextView
    from gazetteer.mentions.matcher import Match

HYPHENS = frozenset("-–—‐‑־")
_DASHES = frozenset("–—")
_PARTING = COMMAS | frozenset(";؛/()[]{}<>»”=+*•→")
_GENERIC = 2  # words of "département de" before a name
_OF_PEOPLE = SETTLEMENT_KINDS | {"admin1", "admin2"}
_WELL_KNOWN = 16  # names of a place at either end of a hyphen that joins two


def is_apart(view: TextView, i: int) -> bool:
    """Whether no name goes on with a word: behind a comma, a bracket, the end of a sentence."""
    gap = view.gaps[i]
    if i > 0 and gap == " ":
        return False
    if not _PARTING.isdisjoint(gap):
        return True
    initial = i > 0 and len(view.tokens[i - 1].surface) == 1  # "N. Poplar Street"
    return not initial and view.opens_sentence(i)


def far_ends(view: TextView, matches: Sequence[Match], store: Store) -> list[int]:
    """Return the words that name the far end of a way: "Baku – Ovda", "the London-Paris flight".

    A dash between two held names parts them; a hyphen, which stands in names as well, only where
    both are well known or a word for a way stands beside them ("Üsküdar-Beşiktaş hattı"). Neither
    does within a held name ("Bosnia-Herzegovina").
    """
    held: dict[int, list[Match]] = defaultdict(list)
    ends: dict[int, list[Match]] = defaultdict(list)
    within: set[int] = set()
    for match in matches:
        held[match.first].append(match)
        ends[match.last].append(match)
        within.update(range(match.first + 1, match.last + 1))
    found = []
    for i, gap in enumerate(view.gaps):
        if i in within or gap.strip() not in HYPHENS:
            continue
        sides = held[i], ends[i - 1]
        is_dash = gap in _DASHES or gap != gap.strip()
        if all(side and (is_dash or _is_well_known(side, store)) for side in sides) or (
            all(sides) and _is_way(view, sides[1], sides[0])
        ):
            found.append(i)
    return found


def governed(view: TextView, matches: Sequence[Match]) -> list[int]:
    """Return the words of names with a preposition behind a direction: "الساحل الشرقي للهند"."""
    if view.is_cased:
        return []  # what is glued to them there is an article: "Afrique de l'Ouest"
    directions = view.rules.sides
    return [
        match.first
        for match in matches
        if match.particle
        and match.particle not in view.rules.conjunctions
        and any(side in view.classes(match.first - 1) for side in directions)
    ]


def behind_generic_words(view: TextView, matches: Sequence[Match], store: Store) -> list[int]:
    """Return the words of names behind what only says what they are: "le département de la Somme".

    There a division or settlement is held under the name and under the longer one, which begins
    with a small letter and has more than one word before it; "le lac Kivu" is one name.
    """
    if not view.is_cased:
        return []
    whole: dict[int, list[Match]] = defaultdict(list)  # such longer names by their last word
    for match in matches:
        if match.last - match.first >= _GENERIC and not view.tokens[match.first].is_capitalized:
            whole[match.last].append(match)
    return [
        match.first
        for match in matches
        if view.tokens[match.first].is_capitalized
        for longer in whole.get(match.last, ())
        if match.first - longer.first >= _GENERIC and _name_one_place(match, longer, store)
    ]


def _name_one_place(match: Match, longer: Match, store: Store) -> bool:
    places = {posting.place for posting in match.postings}
    return any(
        posting.place in places and store.kind_of(posting.place) in _OF_PEOPLE
        for posting in longer.postings
    )


def behind_endings(view: TextView, matches: Sequence[Match]) -> list[int]:
    """Return the words behind a name with an ending: "Trabzon'un Of" is Of, which is Trabzon's.

    A held name may have such a word within.
    """
    if not has_apostrophe_endings(view.rules):
        return []
    within = {i for match in matches for i in range(match.first + 1, match.last + 1)}
    return [
        i
        for i, token in enumerate(view.tokens[:-1], start=1)
        if token.stem_length < len(token.folded) and i not in within
    ]


def _is_way(view: TextView, near: Sequence[Match], far: Sequence[Match]) -> bool:
    beside = (*(m.first - 1 for m in near), *(m.last + 1 for m in far))
    return any("road" in view.classes(i) for i in beside)


def _is_well_known(matches: Sequence[Match], store: Store) -> bool:
    return any(store.name_count(p.place) >= _WELL_KNOWN for m in matches for p in m.postings)
