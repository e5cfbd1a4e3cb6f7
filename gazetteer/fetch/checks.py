"""Is what came from a server the file that was asked for?"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from gazetteer.errors import BrokenSourceError, WrongContentError
from gazetteer.sources.archives import verify_zip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazetteer.fetch.catalogue import RemoteFile

_WEB_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_LOOKED_AT: Final = 1024  # bytes at the beginning of a file
_PAGE_STARTS: Final = (b"<!doctype", b"<html", b"<?xml")


def check_media_type(url: str, media_type: str) -> None:
    """Refuse a web page, before it is read, where data was asked for.

    Raises
    ------
    WrongContentError
        If the server announces one.
    """
    if media_type.partition(";")[0].strip().lower() in _WEB_PAGES:
        raise WrongContentError(url, "the server sends a web page")


def check_file(url: str, path: Path, wanted: RemoteFile) -> None:
    """Refuse a file that is not of its kind, or not whole.

    Raises
    ------
    WrongContentError
        If it is a web page, a damaged archive, no table, or has another checksum.
    """
    with path.open("rb") as stream:
        start = stream.read(_LOOKED_AT)
    if start.lstrip().lower().startswith(_PAGE_STARTS):
        raise WrongContentError(url, "the server sent a web page")
    if wanted.sha256:
        _check_hash(url, path, wanted.sha256)
    _CHECKS[wanted.kind](url, path, start)


def _check_hash(url: str, path: Path, expected: str) -> None:
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != expected.lower():
        raise WrongContentError(url, f"its SHA-256 is {found}, not {expected.lower()}")


def _check_zip(url: str, path: Path, start: bytes) -> None:
    if not start.startswith(b"PK"):
        raise WrongContentError(url, "it is no zip archive")
    try:
        verify_zip(path)
    except BrokenSourceError as error:
        raise WrongContentError(url, error.why) from error


def _check_csv(url: str, path: Path, start: bytes) -> None:
    del path
    header = start.partition(b"\n")[0]
    if b"," not in header or b"\0" in start:
        raise WrongContentError(url, "it is no table of comma-separated values")


_CHECKS: Final[dict[str, Callable[[str, Path, bytes], None]]] = {
    "zip": _check_zip,
    "csv": _check_csv,
}
