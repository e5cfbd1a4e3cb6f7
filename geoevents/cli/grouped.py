"""How are the lines of a run grouped, when a line can only be finished after the last has come?"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from geoevents.cli.work import Done, Facts
from geoevents.errors import OutputNotWritableError
from geoevents.grouping import Grouper
from geoevents.readers.jsonl import Failure
from geoevents.writers.jsonl import encode_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.event_group import EventGroup


def grouped(results: Iterable[Done | Failure]) -> Iterator[Done | Failure]:
    """Yield results in their order, the events of each line with their group.

    All results are read before the first comes out. Until then they lie in a temporary file, so
    that memory does not grow with their number.

    Parameters
    ----------
    results
        Lines with their ``digest``, and failures.
    """
    with Grouper() as grouper, tempfile.TemporaryFile() as file:
        for result in results:
            if isinstance(result, Failure):
                kept = {"failure": [result.id, result.error, result.is_record]}
                _write(file, kept)
            elif result.digest is not None:
                grouper.add(result.digest)
                _write(file, {"line": result.value})
        file.seek(0)
        yield from _finished(file, grouper.groups())


def _write(file: IO[bytes], kept: dict[str, Any]) -> None:
    try:
        file.write(encode_line(kept))
    except OSError as error:
        why = f"grouping, for which TMPDIR names it: {error.strerror or error}"
        raise OutputNotWritableError(Path(tempfile.gettempdir()), why) from error


def _finished(
    file: IO[bytes], groups: Iterator[tuple[EventGroup, ...]]
) -> Iterator[Done | Failure]:
    for kept in map(json.loads, file):
        if "failure" in kept:
            failed_id, error, is_record = kept["failure"]
            yield Failure(failed_id, error, is_record=is_record)
            continue
        line: dict[str, Any] = kept["line"]
        for event, group in zip(line["events"], next(groups), strict=True):
            event["group"] = group.to_line()
        yield Done(line, Facts(line["id"], line["lang"]))
