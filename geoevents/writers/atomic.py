"""How is a file written whole or not at all?"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geoevents.errors import OutputExistsError, OutputNotWritableError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDOUT = "-"
_READABLE = 0o666  # less the umask, as for any file
_FOLDER = 0o777
_REFUSALS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
"""What a disk answers that takes no more; no reading fails so."""


@contextmanager
def whole_file(target: str | Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give the path of a temporary file that takes the target's place when all went well.

    Parameters
    ----------
    target
        The file to write, or ``-``: then the finished file goes to standard output.
    overwrite
        Replace the target if it exists.

    Yields
    ------
    pathlib.Path
        A file in the target's folder, of the target's suffix; it does not exist yet.

    Raises
    ------
    OutputExistsError
        If the target exists and ``overwrite`` is false.
    OutputNotWritableError
        If the folder does not exist or refuses, or the disk is full; it names the target.
    """
    path = Path(target)
    if str(target) != STDOUT:
        check_target(path, overwrite=overwrite)
    folder = None if str(target) == STDOUT else path.parent
    try:
        temporary = tempfile.TemporaryDirectory(prefix=".geoevents-", dir=folder)
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error
    with temporary as name:
        work = Path(name) / (path.name if folder else "output")
        with _named(path if folder else Path(tempfile.gettempdir()), work):
            yield work
        if folder is None:
            _copy_to_stdout(work)
        else:
            _replace(work, path)


@contextmanager
def _named(path: Path, work: Path) -> Iterator[None]:
    """Say of what was asked for what is said of the file that takes its place meanwhile."""
    try:
        yield
    except OutputNotWritableError as error:
        if error.path != work:
            raise
        raise OutputNotWritableError(path, error.why) from error
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        raise OutputNotWritableError(path, error.strerror or str(error)) from error


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise the error that writing a file would end in, before the work is done.

    Raises
    ------
    OutputExistsError, OutputNotWritableError
        If the target exists and ``overwrite`` is false; if its folder refuses.
    """
    if path.is_dir():
        raise OutputNotWritableError(path, "it is a folder")
    if path.exists() and not overwrite:
        raise OutputExistsError(path)
    if not path.parent.is_dir():
        raise OutputNotWritableError(path, "its folder does not exist")
    if not os.access(path.parent, os.W_OK):
        raise OutputNotWritableError(path, "its folder is read-only")


def let_others_read(path: Path) -> None:
    """Give a file or folder that was made for one's own eyes the rights of any other."""
    umask = os.umask(0)
    os.umask(umask)
    path.chmod((_FOLDER if path.is_dir() else _READABLE) & ~umask)


def _replace(work: Path, path: Path) -> None:
    try:
        let_others_read(work)
        work.replace(path)
    except OSError as error:
        raise OutputNotWritableError(path, error.strerror or str(error)) from error


def _copy_to_stdout(work: Path) -> None:
    with work.open("rb") as file:
        while chunk := file.read(1 << 20):
            sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
