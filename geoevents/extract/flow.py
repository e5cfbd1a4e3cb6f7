"""Which way do goods go: does the subject of a sentence give them, or get them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoevents.extract.place_words import relation_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geoevents.extract.reading import Reading
    from geoevents.extract.triggers import Trigger

_RECEIPT, _HANDOVER = "receipt", "handover"  # classes of the lexicon
_REACH = 12  # words between "signed" or "contract" and "to buy" or "for the sale of"
_RECEIVING: Mapping[str, str] = {
    "subject": "recipient",
    "object": "",
    "from": "supplier",
    "with": "supplier",
}


def receiving_roles(reading: Reading, trigger: Trigger) -> Mapping[str, str]:
    """Return the parts that are otherwise where a trigger tells that its subject gets something.

    Whoever "received tanks" or "signed a contract to buy tanks" is the recipient. The nearest word
    of getting or giving tells: the trigger itself, for a deal also one that stands behind.
    """
    if trigger.event_type.participants.get("subject") != "supplier":
        return {}
    for i in _telling(reading, trigger):
        known = reading.words[i].classes & {_RECEIPT, _HANDOVER}
        if known:
            # Arabic "تسلم" is "he received" and "she hands over": to whom, only the latter says.
            gets = known == {_RECEIPT} or (_RECEIPT in known and not _says_to_whom(reading, i))
            return _of_kind(trigger) if gets else {}
    return {}


def _of_kind(trigger: Trigger) -> Mapping[str, str]:
    """Return the parts of receiving: of "the purchases of X" X is who gets something."""
    return {**_RECEIVING, "object": "recipient"} if trigger.kind == "noun" else _RECEIVING


def _telling(reading: Reading, trigger: Trigger) -> Iterator[int]:
    """Yield the words that may say who gets something, the trigger's own first."""
    yield from trigger.used
    if trigger.family != "deal":
        return
    if reading.lexicon.morphology.verb_last:
        yield from range(trigger.start - 1, max(-1, trigger.start - 1 - _REACH), -1)
    else:
        yield from range(trigger.start + 1, min(trigger.start + 1 + _REACH, len(reading.words)))


def _says_to_whom(reading: Reading, i: int) -> bool:
    """Return whether a word such as "to" stands behind a verb, in its clause."""
    behind = range(i + 1, min(i + 1 + _REACH, len(reading.words)))
    found = (relation_at(reading, j) for j in behind if reading.joins(i, j))
    return any(relation is not None and relation[1] == "to" for relation in found)
