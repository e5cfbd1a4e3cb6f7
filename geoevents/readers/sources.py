"""Which articles do these files, folders and streams hold?"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from geoevents.article import Article
from geoevents.errors import (
    GeoeventsError,
    InputNotFoundError,
    InputNotReadableError,
    NoArticlesError,
    UnknownFormatError,
)
from geoevents.readers.assumed import assumed_date
from geoevents.readers.html import read_page
from geoevents.readers.jsonl import Failure, Record, read_records, to_article
from geoevents.readers.text import MAX_ARTICLE_BYTES, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

STDIN = "-"
FORMATS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""Format of an article file by its suffix."""

_SNIFFED_BYTES = 512


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for all articles.

    Attributes
    ----------
    lang, published
        BCP 47 language and publication date of articles that state none.
    limit
        Number of bytes that an article may have.
    """

    lang: str | None = None
    published: date | None = None
    limit: int = MAX_ARTICLE_BYTES


def read_articles(
    inputs: Iterable[str | Path],
    *,
    lang: str | None = None,
    published: date | None = None,
    limit: int = MAX_ARTICLE_BYTES,
) -> Iterator[Article | Failure]:
    """Read articles from files, folders and standard input.

    Parameters
    ----------
    inputs
        Files (``.txt .html .jsonl``), folders (read recursively, in the order of their names,
        files of other kinds left aside), or ``-`` for standard input, whose format is seen from
        its first bytes.
    lang, published
        For articles that state none.
    limit
        Number of bytes that an article may have; a longer one comes out as a failure.

    Yields
    ------
    Article or Failure
        In order; an input that cannot be used comes out as a failure, the others go on.

    Examples
    --------
    >>> [item.error for item in read_articles(["missing.txt"])]
    ["There is no file or folder 'missing.txt': check the path."]
    """
    defaults = Defaults(lang, published, limit)
    for name in inputs:
        try:
            for path in article_files(str(name)):
                yield from _read(path, defaults)
        except GeoeventsError as error:
            yield Failure(_stem(str(name)), str(error))


def article_files(name: str) -> list[str]:
    """Return the file itself, or all article files below a folder, sorted, hidden ones left out.

    Raises
    ------
    InputNotFoundError
        If there is no such file or folder.
    NoArticlesError
        If the folder has no article file.
    """
    path = Path(name)
    if name == STDIN:
        return [name]
    if not path.is_dir():
        if not path.exists():
            raise InputNotFoundError(name)
        return [name]
    files = sorted(p for p in path.rglob("*") if _is_article(p, below=path))
    if not files:
        raise NoArticlesError(name, FORMATS)
    return [str(file) for file in files]


def is_read_from(path: Path, name: str) -> bool:
    """Tell whether a file is what an input names, by whatever path, or an article below it."""
    source = Path(name)
    if name == STDIN or not (path.is_file() and source.exists()):
        return False
    if not source.is_dir():
        return path.samefile(source)
    folder, file = source.resolve(), path.resolve()
    return file.is_relative_to(folder) and _is_article(file, below=folder)


def open_records(name: str) -> Iterator[Record | Failure]:
    """Read the records of a JSON-lines file, or of standard input for ``-``.

    Raises
    ------
    InputNotFoundError, InputNotReadableError
        If the file cannot be opened or read.
    """
    if name == STDIN:
        yield from read_records(standard_input(), name="standard input", stem="stdin")
        return
    if not Path(name).exists():
        raise InputNotFoundError(name)
    try:
        with Path(name).open("rb") as stream:
            yield from read_records(stream, name=name, stem=_stem(name))
    except OSError as error:
        raise InputNotReadableError(name, error.strerror or str(error)) from error


def _is_article(path: Path, *, below: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(below).parts)
    return path.suffix.lower() in FORMATS and not hidden and path.is_file()


def _read(name: str, defaults: Defaults) -> Iterator[Article | Failure]:
    if name == STDIN:
        yield from _read_stream(standard_input(), defaults)
        return
    kind = FORMATS.get(Path(name).suffix.lower())
    try:
        if kind is None:
            raise UnknownFormatError(name, FORMATS)
        if kind == "jsonl":
            yield from _articles(open_records(name), defaults)
            return
        with Path(name).open("rb") as file:
            yield _article(file.read(defaults.limit + 1), kind, name, defaults)
    except GeoeventsError as error:
        yield Failure(_stem(name), str(error))
    except OSError as error:
        reason = InputNotReadableError(name, error.strerror or str(error))
        yield Failure(_stem(name), str(reason))


def _read_stream(stream: BufferedReader, defaults: Defaults) -> Iterator[Article | Failure]:
    """Read articles from a stream that has no name to see its format by."""
    start = stream.peek(_SNIFFED_BYTES)[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf\x1e \t\r\n")
    try:
        if start.startswith(b"{"):
            records = read_records(stream, name="standard input", stem="stdin")
            yield from _articles(records, defaults)
            return
        kind = "html" if start.startswith(b"<") else "text"
        yield _article(stream.read(defaults.limit + 1), kind, "standard input", defaults)
    except GeoeventsError as error:
        yield Failure("stdin", str(error))


def _articles(
    records: Iterable[Record | Failure], defaults: Defaults
) -> Iterator[Article | Failure]:
    for record in records:
        if isinstance(record, Failure):
            yield record
            continue
        try:
            yield to_article(
                record, lang=defaults.lang, published=defaults.published, limit=defaults.limit
            )
        except GeoeventsError as error:
            yield record.failed(error)


def _article(data: bytes, kind: str, name: str, defaults: Defaults) -> Article:
    stem = _stem(name)
    if kind == "text":
        text = decode(data, name=name, limit=defaults.limit)
        published = assumed_date(text, defaults.published, lang=defaults.lang)
        return Article(text, id=stem, lang=defaults.lang, published=published)
    page = read_page(data, name=name)
    return Article(
        text=page.text,
        id=stem,
        lang=defaults.lang,
        published=page.published or assumed_date(page.text, defaults.published, lang=defaults.lang),
        title=page.title,
        url=page.url,
    )


def standard_input() -> BufferedReader:
    """Return the bytes of standard input."""
    stream = sys.stdin.buffer
    return stream if isinstance(stream, BufferedReader) else BufferedReader(BytesIO(stream.read()))


def _stem(name: str) -> str:
    return "stdin" if name in {STDIN, "standard input"} else Path(name).stem or name
