"""How do results of a run become the file that was asked for?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import InputError, OptionError, OutputIsInputError
from geoevents.readers.jsonl import Failure
from geoevents.readers.sources import is_read_from
from geoevents.writers.atomic import STDOUT, check_target
from geoevents.writers.lines import failure_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from geoevents.cli.work import Done

EVENT_FORMATS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""Format of a file of events by its suffix."""


class NothingReadError(InputError):
    """Not one input could be read; each has been listed."""

    def __init__(self) -> None:
        super().__init__("No input could be read, so nothing was written.")


def output_format(
    target: str,
    stated: str | None,
    *,
    formats: Mapping[str, str] = EVENT_FORMATS,
    on_stdout: str = "jsonl",
) -> str:
    """Return the format of an output: the stated one, else by suffix.

    Parameters
    ----------
    target
        The output.
    stated
        What the user says, or None.
    formats
        Formats by suffix.
    on_stdout
        Format of standard output.

    Raises
    ------
    OptionError
        If the format is none of ours.
    """
    known = sorted(set(formats.values()))
    if stated is not None:
        if stated not in known:
            raise OptionError("--format", stated, f"use one of {', '.join(known)}")
        return stated
    if target == STDOUT:
        return on_stdout
    suffix = Path(target).suffix.lower()
    if suffix not in formats:
        raise OptionError("--output", target, f"its suffix is none of {', '.join(formats)}")
    return formats[suffix]


def check_output(target: str, *, overwrite: bool, inputs: Iterable[str | Path] = ()) -> None:
    """Raise the error that writing would end in, before the work is done.

    Parameters
    ----------
    target
        The output.
    overwrite
        Whether it may replace a file.
    inputs
        Files and folders that the run reads, which no output replaces.

    Raises
    ------
    OutputError
        If the output is an input, exists and ``overwrite`` is false, or cannot be written.
    """
    if target == STDOUT:
        return
    path = Path(target)
    if any(is_read_from(path, str(name)) for name in inputs):
        raise OutputIsInputError(path)
    check_target(path, overwrite=overwrite)


def as_lines(
    results: Iterable[Done | Failure], *, filled: Collection[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield one line per result; failures become lines with an error.

    Parameters
    ----------
    results
        Of a run, in order.
    filled
        For tables, whose rows all have the same columns: those that the run fills. Then every line
        has the key ``error``, and that of a failure keeps what its record held.

    Raises
    ------
    NothingReadError
        At the end, if whole files failed and nothing else came: then nothing is to be written.
    """
    useful = failed = False
    for result in results:
        if isinstance(result, Failure):
            failed = True
            useful = useful or result.is_record
            line = failure_line(result.id, result.error)
            yield line if filled is None else _row_of(result, line, filled)
        else:
            useful = True
            yield result.value if filled is None else result.value | {"error": None}
    if failed and not useful:
        raise NothingReadError


def _row_of(failure: Failure, line: dict[str, Any], filled: Collection[str]) -> dict[str, Any]:
    return line | dict(failure.values) | dict.fromkeys(filled) | {"error": failure.error}
