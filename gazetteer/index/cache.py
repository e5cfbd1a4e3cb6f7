"""Where does the index lie, and is it there yet?"""

from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path

import platformdirs

from gazetteer.errors import IndexBrokenError, IndexNotWritableError
from gazetteer.index import layout
from gazetteer.index.build import Progress, build_index
from gazetteer.index.store import Store

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
    folder = cache_folder() / name
    if not (folder / layout.MANIFEST).exists():
        try:
            build_index(folder, on_progress=on_progress)
        except IndexNotWritableError as error:
            folder = _temporary_folder() / name
            warnings.warn(
                f"{error} Using the temporary folder {str(folder.parent)!r} instead.",
                TemporaryIndexWarning,
                stacklevel=2,
            )
            if not (folder / layout.MANIFEST).exists():
                build_index(folder, on_progress=on_progress)
    return _reopen(folder, on_progress)


def cache_folder() -> Path:
    """Return the folder that holds indexes."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("geoevents"))


def _reopen(folder: Path, on_progress: Progress | None) -> Store:
    """Open the embedded index; one that was damaged is made anew once."""
    try:
        return Store(folder)
    except IndexBrokenError:
        spoiled = Path(tempfile.mkdtemp(prefix=".spoiled-", dir=folder.parent))
        folder.rename(spoiled / folder.name)
        build_index(folder, on_progress=on_progress)
        return Store(folder)


def _temporary_folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"geoevents-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and folder.stat().st_uid != user:
        return Path(tempfile.mkdtemp(prefix="geoevents-"))
    return folder
