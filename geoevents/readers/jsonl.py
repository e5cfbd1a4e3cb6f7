"""Which records does a JSON-lines stream hold?"""

from __future__ import annotations

import codecs
import json
import math
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from gazetteer.text.language import is_language
from geoevents.article import Article
from geoevents.errors import (
    BadRecordError,
    EmptyInputError,
    EncodingError,
    GeoeventsError,
    NotTextError,
    TooLargeError,
)
from geoevents.readers.assumed import assumed_date
from geoevents.readers.text import MAX_ARTICLE_BYTES, MAX_TEXT_BYTES, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_LINE_BYTES = 3 * MAX_TEXT_BYTES
"""A line holds escapes, toponyms and events beside its text."""

_SEPARATORS = b"\x1e \t\r\n\xef\xbb\xbf"  # RFC 8142 record separator, white space, UTF-8 mark
_DEEPEST = 100  # levels of nesting: GeoJSON has ten, and other processes are sent no more than 300
_OWN_KEYS = ("id", "text", "lang", "published", "title", "url")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used.

    Attributes
    ----------
    id
        Id of the record, or the file's stem, with the line number where it has none.
    error
        One sentence: what is wrong and what to do.
    is_record
        Whether it is a line of a file, not a whole file.
    values
        What the line holds, where that much could be read.
    """

    id: str
    error: str
    is_record: bool = False
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Record:
    """A line: where it stands ("file.jsonl, line 3"), an id for want of its own, and its keys."""

    where: str
    fallback_id: str
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id as text, or the fallback."""
        stated = self.values.get("id")
        return self.fallback_id if stated is None or isinstance(stated, bool) else str(stated)

    def failed(self, error: Exception | str) -> Failure:
        """Return the failure that stands for this line."""
        return Failure(self.id, str(error), is_record=True, values=self.values)


def read_records(stream: BinaryIO, *, name: str, stem: str) -> Iterator[Record | Failure]:
    """Read a JSON-lines stream in bounded memory.

    Parameters
    ----------
    stream
        Binary stream, one JSON object per line (LF, CRLF or RFC 8142); empty lines are skipped.
    name, stem
        Name of the input for errors; beginning of ids for lines without one.

    Yields
    ------
    Record or Failure
        One per line, in order.

    Raises
    ------
    NotTextError, EncodingError
        If the first line shows that the whole stream is binary or in UTF-16.
    EmptyInputError
        If there is no record at all.
    """
    empty = True
    for number, line in enumerate(bounded_lines(stream), start=1):
        if number == 1:
            check_head(line or b"", name)
        where, fallback = f"{name}, line {number}", f"{stem}:{number}"
        empty = empty and line is not None and not line.strip(_SEPARATORS)
        if line is None:
            yield Failure(fallback, str(TooLargeError(where, MAX_LINE_BYTES)), is_record=True)
        elif line.strip(_SEPARATORS):
            yield parse_line(line, where=where, fallback_id=fallback)
    if empty:
        raise EmptyInputError(name)


def to_article(
    record: Record,
    *,
    lang: str | None,
    published: date | None,
    limit: int = MAX_ARTICLE_BYTES,
) -> Article:
    """Return the article of a record.

    Parameters
    ----------
    record
        With ``id`` and ``text``, optional ``lang, published, title, url``; other keys are kept.
    lang, published
        For records that state none; a text may also state its date itself, in its dateline.
    limit
        Number of characters that a text may have.

    Raises
    ------
    BadRecordError
        If a field is missing or does not fit.
    TooLargeError
        If the text is longer than the limit.
    """
    values = record.values
    text, known = required_text(record, limit=limit), stated_language(record) or lang
    stated = to_date(values.get("published"), where=record.where)
    return Article(
        text=text,
        id=record.id,
        lang=known,
        published=stated or assumed_date(text, published, lang=known),
        title=optional_text(record, "title"),
        url=optional_text(record, "url"),
        extra={key: value for key, value in values.items() if key not in _OWN_KEYS},
    )


def to_date(value: Any, *, where: str) -> date | None:
    """Return a date written as YYYY-MM-DD, with or without a time after it.

    Raises
    ------
    BadRecordError
        If it is no such date.

    Examples
    --------
    >>> to_date("2020-09-30", where="a.jsonl, line 1")
    datetime.date(2020, 9, 30)
    """
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(value).date()
    except (TypeError, ValueError):
        raise BadRecordError(where, f"'published' is {value!r}, not a date as YYYY-MM-DD") from None


def required_text(record: Record, *, limit: int = MAX_ARTICLE_BYTES) -> str:
    """Return the record's text, verbatim.

    Parameters
    ----------
    record
        The record.
    limit
        Number of characters that it may have.

    Raises
    ------
    BadRecordError
        If it is missing, no string or nothing but white space.
    TooLargeError
        If it is longer than the limit.
    """
    text = record.values.get("text")
    if not isinstance(text, str):
        raise BadRecordError(record.where, "the key 'text' is missing or not a string")
    if not text.strip():
        raise BadRecordError(record.where, "'text' is empty")
    if len(text) > limit:
        raise TooLargeError(record.where, limit)
    return text


def optional_text(record: Record, key: str) -> str | None:
    """Return a string of the record, or None.

    Raises
    ------
    BadRecordError
        If it is something else than a string.
    """
    value = record.values.get(key)
    if value is not None and not isinstance(value, str):
        raise BadRecordError(record.where, f"{key!r} is {value!r:.60}, not a string")
    return value or None


def stated_language(record: Record) -> str | None:
    """Return the record's language, or None.

    Raises
    ------
    BadRecordError
        If it is no language code: words from outside name no file of rules.
    """
    lang = optional_text(record, "lang")
    if lang is not None and not is_language(lang):
        why = f"'lang' is {lang!r:.60}, not a language code as ar, en or fa"
        raise BadRecordError(record.where, why)
    return lang


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines, None for one that is too long: it is skipped without being held."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        yield None


def check_head(line: bytes, name: str) -> None:
    """Raise what the first line of a stream that is not UTF-8 text tells of all.

    Raises
    ------
    EncodingError, NotTextError
        If it is in UTF-16, or binary.
    """
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise EncodingError(name, "UTF-16")
    if b"\0" in line:
        raise NotTextError(name)


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number:.20} is too large a number")
    return value


def _is_deep(value: Any) -> bool:
    """Return whether lists and objects are nested more than :data:`_DEEPEST` levels deep."""
    level = [value]
    for _ in range(_DEEPEST):
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [one for part in inner for one in part if isinstance(one, dict | list)]
        if not level:
            return False
    return True


def parse_line(line: bytes, *, where: str, fallback_id: str) -> Record | Failure:
    """Return what one line holds.

    Parameters
    ----------
    line
        UTF-8 JSON, with or without its line break.
    where, fallback_id
        Where it stands, for errors; its id for want of its own.
    """
    try:
        values = json.loads(
            decode(line.lstrip(_SEPARATORS), name=where, limit=MAX_LINE_BYTES),
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except GeoeventsError as error:
        return Failure(fallback_id, str(error), is_record=True)
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        why = "nested too deeply" if deep else getattr(error, "msg", str(error))
        reason = f"it is no JSON ({why}); write one object per line"
        return Failure(fallback_id, str(BadRecordError(where, reason)), is_record=True)
    if not isinstance(values, dict):
        reason = "it is JSON but no object; write one object per line"
        return Failure(fallback_id, str(BadRecordError(where, reason)), is_record=True)
    record = Record(where, fallback_id, values)
    if _is_deep(values):
        # Its values stay behind: what is nested so deep cannot be sent to another process.
        reason = f"it is nested more than {_DEEPEST} levels deep"
        return Failure(record.id, str(BadRecordError(where, reason)), is_record=True)
    return record
