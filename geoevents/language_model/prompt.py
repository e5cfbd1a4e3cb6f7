"""What is a language model asked about an article, and in which form is it to answer?"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gazetteer import Span
from gazetteer.data import load_toml
from gazetteer.text.language import primary_language
from gazetteer.text.sentences import split_sentences
from geoevents.event import ASPECTS, PLACE_ROLES, STATUSES
from geoevents.extract.story import story_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geoevents.article import Article
    from geoevents.ontology import EventType

_LONGEST_SENTENCE: Final = 4000  # characters; what is longer is a table or a list, and no sentence
_MARK_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Some sentences of an article, by the numbers that the model knows them by."""

    sentences: Mapping[int, Span]


def split(text: str, *, lang: str, part_chars: int) -> list[Part]:
    """Return the story of a text in parts of whole sentences.

    Parameters
    ----------
    text
        The text.
    lang
        Its BCP 47 language: menus and captions are told by it, and left out.
    part_chars
        Characters that a part has at most; a longer sentence is a part by itself.

    Returns
    -------
    list of Part
        In text order, their sentences numbered through from 1. What is too long to be a sentence
        is left out.

    Examples
    --------
    >>> parts = split("One came. Two left. No one fled.", lang="en", part_chars=20)
    >>> [list(part.sentences) for part in parts]
    [[1, 2], [3]]
    """
    parts: list[dict[int, Span]] = []
    length = 0
    for number, span in enumerate(_story_sentences(text, lang), start=1):
        length += span.end - span.start
        if not parts or length > part_chars:
            parts.append({})
            length = span.end - span.start
        parts[-1][number] = span
    return [Part(sentences) for sentences in parts]


def _story_sentences(text: str, lang: str) -> Iterator[Span]:
    lines = story_spans(text, lang)
    starts = [line.start for line in lines]
    for sentence in split_sentences(text):
        span = Span(sentence.start, sentence.end)
        line = bisect_right(starts, span.start) - 1  # a sentence never goes on in another line
        is_told = line >= 0 and lines[line].overlaps(span)
        if is_told and span.end - span.start <= _LONGEST_SENTENCE:
            yield span


def messages(article: Article, part: Part, types: Mapping[str, EventType]) -> list[dict[str, str]]:
    """Return the conversation that asks for the events of a part of an article.

    Examples
    --------
    >>> from geoevents.article import Article
    >>> part = split("Troops entered Aleppo.", lang="en", part_chars=6000)[0]
    >>> from geoevents.ontology import event_types
    >>> asked = messages(Article("Troops entered Aleppo.", lang="en"), part, event_types())
    >>> asked[1]["content"].splitlines()[1]
    '[1] Troops entered Aleppo.'
    """
    text = article.text
    # Known only to who has the whole text, which therefore cannot hold it.
    mark = hashlib.sha256(text.encode(errors="replace")).hexdigest()[:_MARK_DIGITS]
    lines = (f"[{n}] {' '.join(text[s.start : s.end].split())}" for n, s in part.sentences.items())
    published = article.published.isoformat() if article.published else "unknown"
    told = load_toml("ontology", "model_prompt.toml")["user"].format(
        mark=mark,
        language=primary_language(article.lang) or "unknown",
        published=published,
        sentences="\n".join(lines),
    )
    return [
        {"role": "system", "content": _instructions(types)},
        {"role": "user", "content": told.strip()},
    ]


def participant_roles(types: Mapping[str, EventType]) -> tuple[str, ...]:
    """Return the roles that participants can have in events of some types."""
    kinds = types.values()
    return tuple(dict.fromkeys(role for kind in kinds for role in kind.participants.values()))


def answer_schema(types: Mapping[str, EventType]) -> Mapping[str, Any]:
    """Return the JSON Schema of an answer: words of the text, and choices from lists."""
    words, words_or_none = {"type": "string"}, {"type": ["string", "null"]}
    event = {
        "sentence": {"type": "integer"},
        "trigger": words,
        "type": {"type": "string", "enum": list(types)},
        "status": {"type": "string", "enum": list(STATUSES)},
        "aspect": {"type": "string", "enum": list(ASPECTS)},
        "time": words_or_none,
        "count": words_or_none,
        "money": words_or_none,
        "casualties": {"type": "array", "items": words},
        "participants": {"type": "array", "items": _quoted(participant_roles(types))},
        "places": {"type": "array", "items": _quoted(PLACE_ROLES)},
    }
    return _closed({"events": {"type": "array", "items": _closed(event)}})


def _quoted(roles: tuple[str, ...]) -> dict[str, Any]:
    return _closed({"role": {"type": "string", "enum": list(roles)}, "words": {"type": "string"}})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _instructions(types: Mapping[str, EventType]) -> str:
    told: str = load_toml("ontology", "model_prompt.toml")["system"]
    return told.strip().format(
        types="\n".join(f"- {name}: {kind.definition}" for name, kind in types.items()),
        statuses=", ".join(STATUSES),
        aspects=", ".join(ASPECTS),
        roles=", ".join(participant_roles(types)),
        place_roles=", ".join(PLACE_ROLES),
    )
