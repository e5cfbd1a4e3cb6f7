"""What text do these bytes hold?"""

from __future__ import annotations

import codecs
import re

from geoevents.errors import EmptyInputError, EncodingError, NotTextError, TooLargeError

MAX_ARTICLE_BYTES = 2_000_000
"""Longer than most novels: no article, but a file of another kind, which would take minutes."""

MAX_TEXT_BYTES = 12_000_000
"""The longest text in which places alone are looked for: a whole archive in one document."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.01  # of the bytes; text has none, save a stray form feed or escape
_GUESS_BYTES = 20_000
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(
    data: bytes, *, name: str, declared: str | None = None, limit: int = MAX_ARTICLE_BYTES
) -> str:
    """Return the text of a file.

    Parameters
    ----------
    data
        The file's bytes: UTF-8, or UTF-16 or UTF-32 with a byte order mark.
    name
        The file's name, for errors.
    declared
        Encoding that the file itself declares, tried where it is not UTF-8.
    limit
        Number of bytes that it may have.

    Returns
    -------
    str
        The text without byte order mark, CRLF and CR as LF.

    Raises
    ------
    TooLargeError
        If it is larger than ``limit``.
    EmptyInputError
        If there is nothing but white space.
    NotTextError
        If the bytes are no text.
    EncodingError
        If they are text in another encoding.

    """
    if len(data) > limit:
        raise TooLargeError(name, limit)
    text = _decoded(data, name, declared).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyInputError(name)
    return text


def without_surrogates(text: str) -> str:
    """Return a text in which each lone surrogate is U+FFFD, so that no offset moves."""
    return _SURROGATE.sub("\ufffd", text)


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name).removeprefix("\ufeff")
    if _is_binary(data):
        raise NotTextError(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if declared and declared.lower().replace("-", "") != "utf8":
            return _strict(data, declared, name)
        raise EncodingError(name, guess_encoding(data)) from None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise EncodingError(name, guess_encoding(data)) from None


def _is_binary(data: bytes) -> bool:
    return b"\0" in data or len(_CONTROL.findall(data)) > _CONTROL_SHARE * len(data)


def guess_encoding(data: bytes) -> str | None:
    """Return the name of the encoding that bytes seem to be in, or None."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        return None
    return re.sub(r"^cp(125\d)$", r"windows-\1", best.encoding.replace("_", "-"))
