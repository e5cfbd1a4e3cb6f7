"""The command ``gazetteer build``: how does an index get made that can be carried along?"""

from __future__ import annotations

import shlex
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoevents.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.index.build import Progress
    from gazetteer.index.world import World
    from gazetteer.sources.delimited import Problem
    from geoevents.cli.terminal import Terminal

_PARTLY = 3
_INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it
_PROBLEMS_SHOWN = 20

Places = Annotated[
    Path | None,
    typer.Option(
        "--geonames",
        metavar="FILE",
        help="Places of GeoNames: allCountries.zip, or a country's file as AZ.zip.",
        show_default=False,
    ),
]
Names = Annotated[
    Path | None,
    typer.Option(
        "--alternate-names",
        metavar="FILE",
        help="Their names in all languages: alternateNamesV2.zip.",
        show_default=False,
    ),
]
Folder = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="DIR", help="Folder to make.", show_default=False),
]


def build(
    output: Folder,
    *,
    geonames: Places = None,
    alternate_names: Names = None,
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
) -> None:
    """Make an index to open with --index: the embedded one, or one of GeoNames in full."""
    from geoevents.cli.terminal import Terminal

    if alternate_names is not None and geonames is None:
        raise typer.BadParameter("--alternate-names needs --geonames, the places that bear them")
    sources = [path for path in (geonames, alternate_names) if path is not None]
    _check(output, sources, overwrite=overwrite)
    terminal = Terminal(quiet=quiet)
    left_out = _LeftOut(terminal)
    world = _world(geonames, alternate_names, output, left_out)
    with (
        _alone(output),
        _resumable(world, terminal),
        terminal.progress("Building the place index") as report,
    ):
        _build(output, world, report)
    _say_what_came(output, terminal)
    left_out.say_how_many()
    if left_out.count:
        raise typer.Exit(_PARTLY)


class _LeftOut:
    """Counts the lines that are left out, and tells the first of them."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.count = 0

    def __call__(self, problem: Problem) -> None:
        self.count += 1
        if self.count <= _PROBLEMS_SHOWN:
            self._terminal.error(str(problem))

    def say_how_many(self) -> None:
        """Say how many there were."""
        if self.count:
            self._terminal.error(f"Lines that could not be read and were left out: {self.count:,}.")


def _check(output: Path, sources: list[Path], *, overwrite: bool) -> None:
    """Raise what would end the work late, before it begins."""
    from gazetteer.errors import MissingSourceError
    from gazetteer.index.layout import MANIFEST
    from geoevents.errors import InputNotReadableError, OutputExistsError, OutputNotWritableError

    if output.exists():
        if not overwrite:
            raise OutputExistsError(output)
        if not output.is_dir() or (any(output.iterdir()) and not (output / MANIFEST).exists()):
            raise OutputNotWritableError(output, "it is there and is no index")
    for path in sources:
        if not path.is_file():
            raise MissingSourceError(path)
        try:
            path.open("rb").close()
        except OSError as error:
            raise InputNotReadableError(str(path), error.strerror or str(error)) from error


def _world(
    places: Path | None, names: Path | None, output: Path, left_out: _LeftOut
) -> World | None:
    from gazetteer.index.world import World

    if places is None:
        return None
    return World(places, names, output.parent / f".{output.name}.work", left_out)


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    """Keep other processes from making the same index meanwhile."""
    from filelock import FileLock, Timeout

    from geoevents.errors import OutputBusyError, OutputNotWritableError

    lock = FileLock(output.parent / f".{output.name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputBusyError(output) from error
    except OSError as error:
        raise OutputNotWritableError(output, error.strerror or str(error)) from error
    try:
        yield
    finally:
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


@contextmanager
def _resumable(world: World | None, terminal: Terminal) -> Iterator[None]:
    """Keep what was read when the work ends early, and say how it goes on; else remove it."""
    from gazetteer.errors import SourceError

    try:
        yield
    except SourceError:  # it is other files that will be read then
        if world is not None:
            world.forget()
        raise
    except KeyboardInterrupt:
        terminal.error(f"Interrupted{_kept(world)}.")
        raise typer.Exit(_INTERRUPTED) from None
    except (OSError, MemoryError):
        terminal.note(f"The index was not made{_kept(world)}.")
        raise
    if world is not None:
        world.forget()


def _kept(world: World | None) -> str:
    if world is None or not world.work.exists():
        return "; nothing was written"
    return f"; what was read is kept in {str(world.work)!r}: run the same command to go on"


def _build(output: Path, world: World | None, report: Progress) -> None:
    """Make the index; one that is replaced stays until the new one is whole."""
    from gazetteer.errors import IndexNotWritableError
    from gazetteer.index.build import build_index
    from geoevents.errors import OutputNotWritableError
    from geoevents.writers.atomic import let_others_read

    try:
        if output.exists():
            # So named, what a killed run leaves is swept away when an index is next made there.
            prefix = f".{output.name}-"
            with tempfile.TemporaryDirectory(prefix=prefix, dir=output.parent) as folder:
                made = build_index(Path(folder) / "new", world=world, on_progress=report)
                output.rename(Path(folder) / "old")
                made.rename(output)
        else:
            build_index(output, world=world, on_progress=report)
        let_others_read(output)
    except IndexNotWritableError as error:
        cause = error.__cause__
        why = (cause.strerror if isinstance(cause, OSError) else None) or str(cause)
        raise OutputNotWritableError(output, why) from error
    except OSError as error:
        raise OutputNotWritableError(output, error.strerror or str(error)) from error


def _say_what_came(output: Path, terminal: Terminal) -> None:
    from gazetteer.index.layout import read_manifest

    counts = read_manifest(output)["counts"]
    terminal.note(
        f"The index is in {str(output)!r}: places {counts['places']:,}, names "
        f"{counts['names']:,}. Open it with --index {shlex.quote(str(output))}."
    )
