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
    if any(word.tells_alone for word in known):
        return True
    begun = [pattern for word in known for _, pattern, _ in word.begun]
    if not begun:
        return False
    forms = frozenset[str]().union(*(word.forms for word in known))
    classes = _OF_NAMES.union(*(word.classes for word in known))
    return any(_may_fit(pattern, forms, classes) for pattern in begun)


def _may_fit(pattern: Pattern, forms: AbstractSet[str], classes: AbstractSet[str]) -> bool:
    """Return whether each further word of a pattern, and each company, is in the sentence."""
    if not are_there(pattern, forms, classes):
        return False
    company = pattern.entry.company
    return not company or all(
        key.startswith("unless") or keeps(wanted, forms, classes) for key, wanted in company.items()
    )


def are_there(pattern: Pattern, forms: AbstractSet[str], classes: AbstractSet[str]) -> bool:
    """Return whether a sentence of such forms and classes may have a pattern's further words."""
    for wanted, of_classes in pattern.further:
        if wanted.isdisjoint(forms) and of_classes.isdisjoint(classes):
            return False
    return True


def keeps(company: Company, forms: AbstractSet[str], classes: AbstractSet[str]) -> bool:
    """Return whether a sentence of such forms and classes may hold a word of a company."""
    return not (company.classes.isdisjoint(classes) and company.words.isdisjoint(forms)) or any(
        run[0] in forms for run in company.runs
    )
