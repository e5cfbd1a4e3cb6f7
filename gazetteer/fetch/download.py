"""How does one file come from a server whole, or not at all?"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from urllib3.exceptions import ProtocolError

from gazetteer.errors import NotStoredError, WrongContentError
from gazetteer.fetch.checks import check_file, check_media_type
from gazetteer.fetch.http import SetbackError
from gazetteer.fetch.part import Part, State
from gazetteer.sources.archives import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from urllib3 import BaseHTTPResponse

    from gazetteer.fetch.catalogue import RemoteFile
    from gazetteer.fetch.http import Http

    #: Called with how many bytes have come, and how many there are in all when that is known.
    Progress = Callable[[int, int | None], None]

_BLOCK: Final = 256 * 1024  # bytes
_PROGRESS: Final = 1024 * 1024  # bytes that a try must bring for the tries to be counted anew
_PARTIAL: Final = 206
_NOT_SATISFIABLE: Final = 416
_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


def download(
    http: Http,
    wanted: RemoteFile,
    *,
    base_url: str,
    folder: Path,
    on_progress: Progress | None = None,
) -> Path:
    """Fetch a file, going on where an earlier run was cut off.

    Parameters
    ----------
    http : Http
        The client.
    wanted : RemoteFile
        The file.
    base_url : str
        Server and path before the file's own.
    folder : Path
        Where to put it; made when it is not there. An older file of that name is replaced.
    on_progress : callable, optional
        Called as bytes come.

    Returns
    -------
    Path
        The file, checked.

    Raises
    ------
    FetchError
        If the server cannot be reached or does not give it, if what comes is not that file, or
        if it cannot be stored. What has come of it is kept for the next run, unless it is wrong.
    """
    url = wanted.url(base_url)
    part = Part(folder / wanted.name)
    part.prepare()
    report = on_progress or (lambda _done, _size: None)
    http.persist("GET", url, lambda: _attempt(http, url, part, report))
    try:
        check_file(url, part.path, wanted)
    except WrongContentError:
        part.discard()
        raise
    part.finish()
    return part.target


def _attempt(http: Http, url: str, part: Part, report: Progress) -> None:
    before = part.size()
    have = _resumable(url, part)
    state = part.state()
    if state is not None and have and have == state.size:
        return
    try:
        with http.opened(
            "GET", url, headers=_range(have, state), accepted={_NOT_SATISFIABLE}
        ) as answer:
            _receive(url, answer, part, have, report)
    except SetbackError as setback:
        setback.is_progress = part.size() - before >= _PROGRESS
        raise


def _resumable(url: str, part: Part) -> int:
    """Return how many bytes of a part can be kept."""
    state = part.state()
    known = state is not None and state.origin == url and state.validator
    return part.size() if known else 0


def _range(have: int, state: State | None) -> dict[str, str]:
    """Ask for what is missing, and for everything if the file is another one by now."""
    if not have or state is None:
        return {}
    return {"Range": f"bytes={have}-", "If-Range": state.validator}


def _receive(url: str, answer: BaseHTTPResponse, part: Part, have: int, report: Progress) -> None:
    start = _start(answer)
    is_other = start > 0 and not _is_same_version(answer, part)
    if answer.status == _NOT_SATISFIABLE or start not in {0, have} or is_other:
        part.discard()
        raise SetbackError(error=ProtocolError("the server sends another part than asked for"))
    check_media_type(url, answer.headers.get("Content-Type", ""))
    size = _size(answer, start)
    _check_space(part, (size or start) - start)
    part.note(State(url, _validator(answer), size))
    with part.opened(start) as stream:
        done = start
        for block in answer.stream(_BLOCK, decode_content=False):
            stream.write(block)
            done += len(block)
            report(done, size)
            if done > LARGEST:
                raise WrongContentError(url, f"it goes on after {LARGEST:,} bytes")
    if size is not None and done != size:
        raise SetbackError(error=ProtocolError(f"{done:,} of {size:,} bytes came"))


def _start(answer: BaseHTTPResponse) -> int:
    """Return where in the file the answer begins; -1 when it does not say."""
    if answer.status != _PARTIAL:
        return 0
    found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    return int(found[1]) if found else -1


def _is_same_version(answer: BaseHTTPResponse, part: Part) -> bool:
    """Tell whether a rest belongs to the part; some servers know ranges and no conditions."""
    state, validator = part.state(), _validator(answer)
    return state is not None and validator in {"", state.validator}


def _size(answer: BaseHTTPResponse, start: int) -> int | None:
    length = answer.headers.get("Content-Length", "")
    return start + int(length) if length.isascii() and length.isdigit() else None


def _validator(answer: BaseHTTPResponse) -> str:
    """Return what tells this version of a file from another; a weak tag may not be used so."""
    tag = answer.headers.get("ETag", "")
    strong = tag if tag and not tag.startswith("W/") else ""
    return strong or answer.headers.get("Last-Modified", "")


def _check_space(part: Part, needed: int) -> None:
    free = shutil.disk_usage(part.target.parent).free
    if needed > free:
        why = f"it takes {needed:,} bytes more and the disk has {free:,} left"
        raise NotStoredError(part.target, why)
