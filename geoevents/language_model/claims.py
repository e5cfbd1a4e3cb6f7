"""Which events does a language model's answer claim, whatever else it may hold?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geoevents.language_model.exchange import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_EVENTS: Final = 200  # of one part of an article; a sentence has rarely more than three
_MOST_ITEMS: Final = 20  # participants or places of one event
_LONGEST: Final = 300  # characters of one quotation
_LONGEST_NUMBER: Final = 9  # digits of a sentence's number
_THOUGHT: Final = re.compile(r"<think>.*?</think>", re.DOTALL)
_LIST: Final = re.compile(r'"events"\s*:\s*\[')
_DECODER: Final = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words that a model points at, and the role that it gives them."""

    role: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model says of one event; nothing of it is checked against the text yet.

    Attributes
    ----------
    sentence
        Number of its sentence, or None.
    trigger
        Words that name the event.
    type, status, aspect
        As the model has them; empty where it has none.
    time, count, money
        Words, or None.
    casualties
        Words.
    participants, places
        Words with their roles.
    """

    sentence: int | None
    trigger: str
    type: str
    status: str
    aspect: str
    time: str | None
    count: str | None
    money: str | None
    casualties: tuple[str, ...]
    participants: tuple[Pointed, ...]
    places: tuple[Pointed, ...]


def read_claims(answer: str) -> list[Claim]:
    """Return the events that an answer claims.

    Thoughts before the answer and fences around it are passed over. Of an answer that breaks off
    the events before the break are taken. What is of another form than asked for is left out,
    field by field.

    Parameters
    ----------
    answer
        The model's words.

    Raises
    ------
    NoAnswerError
        If there is no list of events in it.

    Examples
    --------
    >>> answer = '{"events": [{"sentence": 1, "trigger": "landed", "type": "movement.flight"}, {"'
    >>> [(claim.trigger, claim.type, claim.time) for claim in read_claims(answer)]
    [('landed', 'movement.flight', None)]
    """
    rows = _rows(_THOUGHT.sub("", answer))
    return [_claim(row) for row in rows[:_MOST_EVENTS] if isinstance(row, dict)]


def _rows(answer: str) -> list[Any]:
    start = answer.find("{")
    try:
        found, _ = _DECODER.raw_decode(answer, start) if start >= 0 else (None, 0)
    except (ValueError, RecursionError):
        return _whole_rows(answer)
    rows = found.get("events") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise NoAnswerError("its answer holds no list of events")
    return rows


def _whole_rows(answer: str) -> list[Any]:
    """Return the events of an answer that breaks off, up to the break."""
    begun = _LIST.search(answer)
    if begun is None:
        raise NoAnswerError("its answer is no JSON")
    rows: list[Any] = []
    at = begun.end()
    while len(rows) < _MOST_EVENTS and (start := answer.find("{", at)) >= 0:
        try:
            row, at = _DECODER.raw_decode(answer, start)
        except (ValueError, RecursionError):
            break
        rows.append(row)
    if not rows:
        raise NoAnswerError("its answer breaks off")
    return rows


def _claim(row: Mapping[str, Any]) -> Claim:
    return Claim(
        sentence=_number(row.get("sentence")),
        trigger=_words(row.get("trigger")) or "",
        type=_words(row.get("type")) or "",
        status=_words(row.get("status")) or "",
        aspect=_words(row.get("aspect")) or "",
        time=_words(row.get("time")),
        count=_words(row.get("count")),
        money=_words(row.get("money")),
        casualties=tuple(filter(None, map(_words, _items(row.get("casualties"))))),
        participants=tuple(_pointed(row.get("participants"))),
        places=tuple(_pointed(row.get("places"))),
    )


def _pointed(value: Any) -> Iterator[Pointed]:
    for item in _items(value):
        if isinstance(item, dict):
            role, words = _words(item.get("role")), _words(item.get("words"))
            if role and words:
                yield Pointed(role, words)


def _items(value: Any) -> list[Any]:
    return value[:_MOST_ITEMS] if isinstance(value, list) else []


def _words(value: Any) -> str | None:
    """Return words without the blanks around them; None for none, or for more than a quotation."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return value.strip() or None


def _number(value: Any) -> int | None:
    """Return a sentence's number, also one written as a string; truth values are none."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value) if len(value) <= _LONGEST_NUMBER else None
    return value if type(value) is int else None
