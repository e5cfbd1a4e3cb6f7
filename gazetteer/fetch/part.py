"""What has come of a file so far, and may it be added to?"""

from __future__ import annotations

import errno
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from gazetteer.errors import FetchError, NotStoredError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class State:
    """What a part is a part of.

    Attributes
    ----------
    origin
        Where it comes from.
    validator
        What tells one version there from another; empty when nothing does.
    size
        Bytes of the whole; None when unknown.
    done
        Bytes of the part that are sure; None when all that were written are.
    steps
        Of a file asked for piecemeal: how many pieces it has.
    """

    origin: str
    validator: str = ""
    size: int | None = None
    done: int | None = None
    steps: int = 0


class Part:
    """A file on its way: it lies beside its target as ``NAME.part`` until it is whole.

    Parameters
    ----------
    target : Path
        Where it will lie.

    Notes
    -----
    Symbolic links that lie in the way are removed, never followed: nothing is written elsewhere.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(f"{target.name}.part")
        self._state_path = target.with_name(f"{target.name}.part.json")

    def prepare(self) -> None:
        """Make the folder; to be called before anything is asked of a server."""
        with self._storing():
            self.target.parent.mkdir(parents=True, exist_ok=True)

    def size(self) -> int:
        """Return how many bytes have come."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def state(self) -> State | None:
        """Return what the part is a part of; None when that is not known."""
        if self.path.is_symlink() or not self.path.is_file():
            return None
        try:
            return State(**json.loads(self._state_path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def note(self, state: State) -> None:
        """Write down what the part is a part of, whole or not at all."""
        draft = self._state_path.with_suffix(".new")
        with self._storing():
            draft.unlink(missing_ok=True)
            draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
            draft.replace(self._state_path)

    @contextmanager
    def opened(self, keep: int) -> Iterator[BinaryIO]:
        """Give the part to add to, after so many of its bytes."""
        with self._storing():
            if self.path.is_symlink():
                self.path.unlink()
            with self.path.open("r+b" if keep else "wb") as stream:
                stream.truncate(keep)
                stream.seek(keep)
                yield stream

    def discard(self) -> None:
        """Throw away what has come."""
        self.path.unlink(missing_ok=True)
        self._state_path.unlink(missing_ok=True)

    def finish(self) -> None:
        """Put the whole file in its place."""
        with self._storing():
            self.path.replace(self.target)
            self._state_path.unlink(missing_ok=True)

    @contextmanager
    def _storing(self) -> Iterator[None]:
        try:
            yield
        except FetchError:
            raise
        except OSError as error:
            why = error.strerror or str(error)
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            raise NotStoredError(
                self.target, f"the disk is full: {why}" if full else why
            ) from error
