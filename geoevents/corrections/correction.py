"""What did a reader say about a place of an event: that it is wrong, or which place it is?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gazetteer import Place

WRONG, PLACE = "wrong", "place"
ACTIONS = (WRONG, PLACE)
"""The place is wrong and no other is known; or another place is the right one."""

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff]+")
_NUMBERED = re.compile(r"~\d+$")


class Offsets(NamedTuple):
    """A part of the event's sentence, in code points; None where it stands elsewhere."""

    start: int | None = None
    end: int | None = None


class Subject(NamedTuple):
    """Which place of which event is meant, told by what the text says.

    Attributes
    ----------
    doc_id
        Id of the article, or None.
    type
        Type of the event.
    evidence
        The event's sentence, or None where the table has none.
    trigger
        The words that name the event, as offsets in the sentence.
    role
        Role of the place.
    text
        The place's name as the text has it, or None.
    span
        Its offsets in the sentence.
    """

    doc_id: str | None
    type: str
    evidence: str | None
    trigger: Offsets
    role: str
    text: str | None
    span: Offsets

    @property
    def key(self) -> Subject:
        """The subject without what files and formats do to white space and control characters."""
        return self._replace(evidence=plain(self.evidence), text=plain(self.text))

    @property
    def trigger_text(self) -> str | None:
        """The words that name the event, as the sentence has them."""
        start, end = self.trigger
        if self.evidence is None or start is None or end is None:
            return None
        return plain(self.evidence[start:end])

    @property
    def loose_key(self) -> tuple[str | None, ...]:
        """What stays the same when a sentence is cut elsewhere by another version."""
        return (self.doc_id, self.type, self.trigger_text, self.role, plain(self.text))


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    Attributes
    ----------
    where
        Where it stands, for messages: "c.json, correction 3".
    subject
        The event and the place.
    action
        One of :data:`ACTIONS`.
    event_id
        Id of the event: tells events apart that have no sentence.
    old_place_id
        Id of the place that was wrong, None where none was known.
    place
        The right place, None with the action ``wrong``.
    has_point
        Whether the file itself says where the right place lies.
    note
        What the reader wrote beside it.
    """

    where: str
    subject: Subject
    action: str
    event_id: str | None = None
    old_place_id: str | None = None
    place: Place | None = None
    has_point: bool = True
    note: str | None = None

    def __str__(self) -> str:
        """Return where it stands and what it is about."""
        subject = self.subject
        named = f"{subject.text!r} as " if subject.text else ""
        article = f" in {subject.doc_id!r}" if subject.doc_id else ""
        return f"{self.where} ({named}{subject.role} of {subject.type}{article})"


def plain(text: str | None) -> str | None:
    """Return a text with single spaces and without characters that no file format holds alike.

    Examples
    --------
    >>> plain("  two   words ")
    'two words'
    """
    return None if text is None else _UNSEEN.sub(" ", text).strip()


def base_id(event_id: str | None) -> str | None:
    """Return an event's id without the number that tells articles of one id apart.

    Examples
    --------
    >>> base_id("news-3~2")
    'news-3'
    """
    return None if event_id is None else _NUMBERED.sub("", event_id)
