"""How are lines of JSON written?"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from geoevents.writers.atomic import STDOUT, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


# Inside a string JSON allows them raw, and many readers of lines break there.
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def encode_line(line: Mapping[str, Any]) -> bytes:
    r"""Return a line of JSON in UTF-8 with its line break.

    A lone surrogate, which UTF-8 cannot hold, is written as its JSON escape, and so is a character
    inside the line that ends lines elsewhere (U+0085, U+2028, U+2029).

    Examples
    --------
    >>> encode_line({"text": "a\ud800"})
    b'{"text": "a\\ud800"}\n'
    >>> encode_line({"text": "a\u2028b"})
    b'{"text": "a\\u2028b"}\n'
    """
    text = json.dumps(line, ensure_ascii=False, allow_nan=False)
    for end, escape in _LINE_ENDS.items():
        text = text.replace(end, escape)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def write_lines(
    target: str | Path, lines: Iterable[Mapping[str, Any]], *, overwrite: bool = False
) -> None:
    """Write lines to a file, whole or not at all, or as they come to standard output (``-``).

    Raises
    ------
    OutputError
        If the file exists and ``overwrite`` is false, or cannot be written.
    """
    if str(target) == STDOUT:
        _write(sys.stdout.buffer, lines)
        return
    with whole_file(target, overwrite=overwrite) as path, path.open("wb") as stream:
        _write(stream, lines)


def _write(stream: BinaryIO, lines: Iterable[Mapping[str, Any]]) -> None:
    stream.writelines(map(encode_line, lines))
    stream.flush()
