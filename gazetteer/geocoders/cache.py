"""What did an online geocoder answer before? Its answers on disk, for some time."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import warnings
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geopy.exc import ConfigurationError
from geopy.location import Location

from gazetteer.index.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_APPLICATION_ID = 0x67656F63  # "geoc": tells this file from other SQLite files
_VERSION = 1  # of the table
_BUSY_SECONDS = 10.0  # another process may be writing
_OWNER_ONLY = 0o600  # the file tells what somebody looked for
_FILE_NAME = "online-answers.sqlite"

_TABLE = """
CREATE TABLE answers (
    question TEXT PRIMARY KEY,
    answers TEXT NOT NULL,
    stored REAL NOT NULL,
    expires REAL NOT NULL
) WITHOUT ROWID
"""


class CacheSetAsideWarning(UserWarning):
    """A cache of answers could not be read and was put aside, or could not be written."""


class AnswerCache:
    """Answers of online geocoders by question, in a SQLite file that processes can share.

    Parameters
    ----------
    path
        The file; by default one in the cache folder, which ``GEOEVENTS_CACHE`` moves.
    keep
        How long an answer is good.
    keep_empty
        How long it is good that nothing was found.

    Raises
    ------
    geopy.exc.ConfigurationError
        If the file cannot be written, or is the database of another program.

    Warns
    -----
    CacheSetAsideWarning
        If the file is damaged: it is renamed, never deleted, and a new one is begun.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> cache = AnswerCache(Path(folder.name) / "answers.sqlite")
    >>> cache.put("where is Atlantis?", [])
    >>> cache.get("where is Atlantis?"), cache.get("where is Thule?")
    ([], None)
    >>> folder.cleanup()
    """

    def __init__(
        self,
        path: Path | str | None = None,
        *,
        keep: timedelta = timedelta(days=365),
        keep_empty: timedelta = timedelta(days=7),
    ) -> None:
        self.path = Path(path) if path is not None else cache_folder() / _FILE_NAME
        self._keep = keep
        self._keep_empty = keep_empty
        self._repairing = threading.Lock()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=_OWNER_ONLY)
            self._guarded(_check)
        except (OSError, sqlite3.OperationalError) as error:
            raise ConfigurationError(
                f"The answers of the online geocoder cannot be kept in {str(self.path)!r} "
                f"({error}): give the path of a file that can be written."
            ) from error

    def get(self, question: str) -> list[Location] | None:
        """Return the answers to a question, or None if it is unknown or its answer too old."""
        query = "SELECT answers FROM answers WHERE question = ? AND expires > ?"
        rows = self._or_warn(
            lambda file: file.execute(query, (question, time.time())).fetchall(), default=[]
        )
        try:
            return [_location(answer) for answer in json.loads(rows[0][0])] if rows else None
        except (ValueError, TypeError, KeyError):  # a row that was tampered with is asked for anew
            return None

    def put(self, question: str, answers: list[Location]) -> None:
        """Keep the answers to a question."""
        now = time.time()
        good_for = self._keep if answers else self._keep_empty
        text = json.dumps([_plain(answer) for answer in answers], ensure_ascii=False, default=str)
        row = (question, text, now, now + good_for.total_seconds())
        self._or_warn(lambda file: _store(file, row), default=None)

    def _or_warn(self, work: Callable[[sqlite3.Connection], Any], *, default: Any) -> Any:
        """Do without the cache when it is locked for long or the disk is full."""
        try:
            return self._guarded(work)
        except (OSError, sqlite3.OperationalError) as error:
            message = f"The cache {str(self.path)!r} is not used for now: {error}."
            warnings.warn(message, CacheSetAsideWarning, stacklevel=2)
            return default

    def _guarded(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do something with the file; a damaged one is put aside and begun anew, once."""
        try:
            return self._with_file(work)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            with self._repairing:
                return self._begun_anew(work)

    def _begun_anew(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            return self._with_file(work)  # another thread may have begun it meanwhile
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            self._set_aside(str(error))
        return self._with_file(work)

    def _with_file(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        # One connection for each use: it may come from any thread, or behind a fork.
        with closing(sqlite3.connect(self.path, timeout=_BUSY_SECONDS)) as file, file:
            _prepare(file)
            return work(file)

    def _set_aside(self, why: str) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        kept = self.path.with_name(f"{self.path.name}.damaged-{stamp}")
        with suppress(FileNotFoundError):  # another process was faster
            self.path.rename(kept)
        self.path.touch(mode=_OWNER_ONLY)
        message = f"The cache {str(self.path)!r} is damaged ({why}): it was renamed to "
        warnings.warn(f"{message}{kept.name!r}, and a new one begun.", CacheSetAsideWarning, 2)


def _prepare(file: sqlite3.Connection) -> None:
    """Make the table in a new file; know ours by its id and version."""
    application, version, tables = _identity(file, "BEGIN")
    if not tables:
        application, version = _begin_table(file)
    if application != _APPLICATION_ID:
        raise sqlite3.OperationalError("it is the database of another program")
    if version != _VERSION:
        raise sqlite3.DatabaseError(f"its version is {version}, not {_VERSION}")


def _identity(file: sqlite3.Connection, begin: str) -> tuple[int, int, int]:
    """Return application id, version and count of tables, as of one moment."""
    file.execute(begin)
    (application,), (version,), (tables,) = (
        file.execute(query).fetchone()
        for query in (
            "PRAGMA application_id",
            "PRAGMA user_version",
            "SELECT count(*) FROM sqlite_master",
        )
    )
    if begin == "BEGIN":
        file.commit()
    return application, version, tables


def _begin_table(file: sqlite3.Connection) -> tuple[int, int]:
    """Make the table, unless another process has made it by now; return id and version."""
    application, version, tables = _identity(file, "BEGIN IMMEDIATE")
    if not tables:
        application, version = _APPLICATION_ID, _VERSION
        file.execute(f"PRAGMA application_id = {application}")
        file.execute(f"PRAGMA user_version = {version}")
        file.execute(_TABLE)
    file.commit()
    return application, version


def _check(file: sqlite3.Connection) -> None:
    """Find damage before it matters, and drop what is too old."""
    if file.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("SQLite finds it inconsistent")
    file.execute("DELETE FROM answers WHERE expires <= ?", (time.time(),))


def _store(file: sqlite3.Connection, row: tuple[Any, ...]) -> None:
    file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)


def _plain(answer: Location) -> dict[str, Any]:
    return {"address": answer.address, "point": tuple(answer.point), "raw": answer.raw}


def _location(answer: Any) -> Location:
    return Location(answer["address"], tuple(answer["point"]), answer["raw"])
