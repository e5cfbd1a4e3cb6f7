"""How do results of a run become the file that was asked for?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoevents.errors import InputError, OptionError
from geoevents.readers.jsonl import Failure
from geoevents.writers.atomic import STDOUT, check_target
from geoevents.writers.lines import failure_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.cli.work import Done

OUTPUTS = {
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""Format of an output by its suffix."""


class NothingReadError(InputError):
    """Not one input could be read; each has been listed."""

    def __init__(self) -> None:
        super().__init__("No input could be read, so nothing was written.")


def output_format(target: str, stated: str | None) -> str:
    """Return the format of an output: the stated one, else by suffix, JSON lines on stdout.

    Raises
    ------
    OptionError
        If the format is none of ours.
    """
    known = sorted(set(OUTPUTS.values()))
    if stated is not None:
        if stated not in known:
            raise OptionError("--format", stated, f"use one of {', '.join(known)}")
        return stated
    if target == STDOUT:
        return "jsonl"
    suffix = Path(target).suffix.lower()
    if suffix not in OUTPUTS:
        raise OptionError("--output", target, f"its suffix is none of {', '.join(OUTPUTS)}")
    return OUTPUTS[suffix]


def check_output(target: str, *, overwrite: bool) -> None:
    """Raise the error that writing would end in, before the work is done.

    Raises
    ------
    OutputError
        If the output exists and ``overwrite`` is false, or cannot be written.
    """
    if target != STDOUT:
        check_target(Path(target), overwrite=overwrite)


def as_lines(results: Iterable[Done | Failure]) -> Iterator[dict[str, Any]]:
    """Yield one line per result; failures become lines with an error.

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
            yield failure_line(result.id, result.error)
        else:
            useful = True
            yield result.value
    if failed and not useful:
        raise NothingReadError
