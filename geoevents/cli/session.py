"""What does every command do around its work: open, run, write, say, and end with a code?"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from geoevents.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gazetteer import Gazetteer
    from gazetteer.recognizers import Recognition
    from geoevents.cli.notes import Ledger
    from geoevents.cli.terminal import Terminal

DEBUG = "--debug"


@dataclass(frozen=True, slots=True)
class Session:
    """The options of every command that opens the gazetteer: which one, and what to say.

    Attributes
    ----------
    index
        Index to open, or None for the embedded one.
    overlay
        File of the user's own places, or None for the usual one.
    no_overlay
        Open it without the user's own places.
    viewpoint
        ``neutral`` or a country's alpha-2 code.
    quiet
        Say nothing but errors.

    Raises
    ------
    OptionError
        If options contradict each other.
    """

    index: options.Index = None
    overlay: options.Overlay = None
    no_overlay: options.NoOverlay = False
    viewpoint: options.Viewpoint = "neutral"
    quiet: options.Quiet = False

    def __post_init__(self) -> None:
        if self.no_overlay and self.overlay is not None:
            from geoevents.errors import OptionError

            raise OptionError("--overlay", str(self.overlay), "--no-overlay says the contrary")

    def gazetteer(self, on_progress: Callable[[float, str], None] | None = None) -> Gazetteer:
        """Open the gazetteer, in this process or in another."""
        return self._opened(on_progress)

    def _opened(
        self,
        on_progress: Callable[[float, str], None] | None,
        *,
        recognizer: str | None = None,
        recognition: Recognition = "joined",
    ) -> Gazetteer:
        from gazetteer import Gazetteer

        return Gazetteer.open(
            self.index,
            overlay=False if self.no_overlay else self.overlay,
            viewpoint=self.viewpoint,
            recognizer=recognizer,
            recognition=recognition,
            on_progress=on_progress,
        )

    def open(self, terminal: Terminal) -> Gazetteer:
        """Open the gazetteer; where its index must be built first, show how far that is."""
        built: list[float] = []
        with terminal.progress("Building the place index") as report:

            def on_progress(fraction: float, what: str) -> None:
                built.append(fraction)
                report(fraction, what)

            gazetteer = self.gazetteer(on_progress)
        if built:
            terminal.note("The place index was built; from now on it is only opened.")
        return gazetteer

    @contextmanager
    def begin(self) -> Iterator[tuple[Terminal, Ledger]]:
        """Give the terminal and a ledger, and end with the ledger's exit code."""
        from geoevents.cli.convert import NothingReadError
        from geoevents.cli.notes import Ledger
        from geoevents.cli.terminal import Terminal

        terminal = Terminal(quiet=self.quiet)
        ledger = Ledger(terminal)
        with terminal.warnings_as_notes():
            try:
                yield terminal, ledger
            except NothingReadError:  # why not has been told, input by input
                raise typer.Exit(1) from None
        if ledger.exit_code:
            raise typer.Exit(ledger.exit_code)


@dataclass(frozen=True, slots=True)
class Run(Session):
    """The options of every command that works through inputs and writes an output.

    Attributes
    ----------
    jobs
        Number of processes.
    overwrite
        Replace the output if it exists.
    """

    jobs: options.Jobs = 1
    overwrite: options.Overwrite = False

    def results(
        self,
        work: Callable[[Gazetteer, Any], Any],
        items: Iterable[Any],
        gazetteer: Gazetteer,
        *,
        handful: int = 1,
    ) -> Iterator[Any]:
        """Yield one result or failure per item, in order; processes take a handful at a time."""
        from geoevents.cli.run import Runner

        runner = Runner(work, self, jobs=self.jobs, handful=handful, debug=DEBUG in sys.argv)
        return runner.run(items, gazetteer)

    def write_lines(
        self,
        work: Callable[[Gazetteer, Any], Any],
        items: Iterable[Any],
        output: str,
        *,
        inputs: Iterable[str] = (),
        stated_format: str | None = None,
        wants_events: bool = False,
        then: Callable[[Iterator[Any]], Iterator[Any]] = iter,
    ) -> None:
        """Do the work on each item, then something with all results; write a line for each."""
        from geoevents.cli.convert import as_lines, check_output, output_format
        from geoevents.errors import OptionError
        from geoevents.writers.jsonl import write_lines

        unnamed = "jsonl" if Path(output).suffix == "" else None
        if output_format(output, stated_format or unnamed) != "jsonl":
            raise OptionError("--output", output, "this command writes .jsonl")
        check_output(output, overwrite=self.overwrite, inputs=inputs)
        with self.begin() as (terminal, ledger):
            results = ledger.follow(self.results(work, items, self.open(terminal)))
            write_lines(output, as_lines(then(results)), overwrite=self.overwrite)
            ledger.say(wants_events=wants_events)


@dataclass(frozen=True, slots=True)
class Reading(Run):
    """The options of every command that reads articles: who finds the names of places in them.

    Attributes
    ----------
    recognizer
        Another recogniser, or None for our own alone.
    recognition
        ``joined`` or ``instead``.
    """

    recognizer: options.Recognizer = None
    recognition: options.Recognition = "joined"

    def gazetteer(self, on_progress: Callable[[float, str], None] | None = None) -> Gazetteer:
        """Open the gazetteer with the recogniser, in this process or in another."""
        return self._opened(
            on_progress,
            recognizer=self.recognizer,
            recognition=cast("Recognition", self.recognition),
        )
