"""Where does the index lie, and is it there yet?"""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from gazetteer.errors import IndexBrokenError, IndexNotWritableError
from gazetteer.index import layout
from gazetteer.index.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.build import Progress

CACHE_VARIABLE = "GEOEVENTS_CACHE"
"""Environment variable that moves the index."""


class TemporaryIndexWarning(UserWarning):
    """The index had to be put into a temporary place."""


def open_store(index: Path | None = None, *, on_progress: Progress | None = None) -> Store:
    """Open an index, making the embedded one first if need be.

    Parameters
    ----------
    index
        Folder of an index to open read-only; by default the embedded one in the user's cache.
    on_progress
        Called while an index is made.

    Raises
    ------
    IndexBrokenError
        If ``index`` cannot be read.
    IndexNotWritableError
        If no place can be written.
    """
    if index is not None:
        return Store(index)
    name = f"index-{layout.data_fingerprint()}"
    try:
        return _open_or_build(cache_folder() / name, on_progress)
    except IndexNotWritableError as error:
        folder = _temporary_folder() / name
        warnings.warn(
            f"{str(error).removesuffix('.')}; until then {str(folder.parent)!r} is used.",
            TemporaryIndexWarning,
            stacklevel=2,
        )
    return _open_or_build(folder, on_progress)


def cache_folder() -> Path:
    """Return the folder that holds indexes.

    Raises
    ------
    IndexNotWritableError
        If no folder was chosen and the user has no home.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    try:
        folder = Path(platformdirs.user_cache_dir("geoevents"))
    except RuntimeError:
        folder = Path("~")
    # Older versions of platformdirs give "~/.cache" where there is no home to put in its place.
    if not folder.is_absolute():
        raise IndexNotWritableError(folder, "there is no home folder")
    return folder


def _open_or_build(folder: Path, on_progress: Progress | None) -> Store:
    """Open the embedded index; one that is missing or damaged is made anew, once."""
    if folder.exists():
        try:
            return Store(folder)
        except IndexBrokenError:
            _discard(folder)
    from gazetteer.index.build import build_index  # reading an index needs nothing of making one

    with _alone(folder, on_progress):
        if not folder.exists():  # else another process has made it meanwhile
            build_index(folder, on_progress=on_progress)
    return Store(folder)


@contextmanager
def _alone(folder: Path, on_progress: Progress | None) -> Iterator[None]:
    """Wait until no other process makes an index, where the file system can tell."""
    from filelock import FileLock, Timeout  # needed once

    lock = FileLock(folder.parent / f".{folder.name}.lock")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            if on_progress is not None:
                on_progress(0.0, "waiting for the process that makes it")
            lock.acquire()
    except (OSError, NotImplementedError):
        yield  # whether the folder can be written is told by who writes
        return
    try:
        yield
    finally:
        with suppress(OSError):
            Path(lock.lock_file).unlink()  # whoever waits for it finds the index
        lock.release()


def _discard(folder: Path) -> None:
    """Take a damaged index away in one step, so that nobody sees half of it."""
    try:
        with tempfile.TemporaryDirectory(prefix=".spoiled-", dir=folder.parent) as spoiled:
            folder.rename(Path(spoiled) / folder.name)
    except FileNotFoundError:
        return  # another process was faster
    except OSError as error:
        raise IndexNotWritableError(folder, error.strerror or str(error)) from error


def _temporary_folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    try:
        folder = Path(tempfile.gettempdir()) / f"geoevents-{user}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != user:
            folder = Path(tempfile.mkdtemp(prefix="geoevents-"))
    except OSError as error:
        raise IndexNotWritableError(Path(tempfile.tempdir or "."), str(error)) from error
    return folder
