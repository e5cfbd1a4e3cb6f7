"""Can a sentence tell of an event at all, by its words alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.reading import AIRCRAFT, NATION, ORGANISATION, PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from geoevents.extract.lexicon import Company, Lexicon, Pattern

_OF_NAMES = frozenset({PLACE, ORGANISATION, NATION, AIRCRAFT})


def may_tell(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a pattern may fit somewhere in a sentence: never False where one does.

    Parameters
    ----------
    words
        The folded words of the sentence, without possessive endings.
    lexicon
        Event words of its language.

    Examples
    --------
    >>> from geoevents.extract.lexicon import load_lexicon
    >>> may_tell(["rebels", "captured", "the", "town"], load_lexicon("en"))
    True
    >>> may_tell(["it", "was", "a", "sunny", "day"], load_lexicon("en"))
    False
    """
    known = [lexicon.known(word) for word in dict.fromkeys(words)]
    begin = [word for word in known if word.begun]
    if any(word.tells_alone for word in begin):
        return True
    if not begin:
        return False
    forms = frozenset[str]().union(*(word.forms for word in known))
    classes = _OF_NAMES.union(*(word.classes for word in known))
    return any(
        _may_keep_company(pattern, forms, classes)
        for word in begin
        for _, pattern, _ in word.begun_among(forms, classes)
    )


def _may_keep_company(pattern: Pattern, forms: AbstractSet[str], classes: AbstractSet[str]) -> bool:
    """Return whether each company that a pattern asks for may be in the sentence."""
    company = pattern.entry.company
    return not company or all(
        key.startswith("unless") or keeps(wanted, forms, classes) for key, wanted in company.items()
    )


def keeps(company: Company, forms: AbstractSet[str], classes: AbstractSet[str]) -> bool:
    """Return whether a sentence of such forms and classes may hold a word of a company."""
    return not (company.classes.isdisjoint(classes) and company.words.isdisjoint(forms)) or any(
        run[0] in forms for run in company.runs
    )
