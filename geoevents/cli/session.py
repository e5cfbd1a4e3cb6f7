"""What does every command do around its work: open, run, write, say, and end with a code?"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gazetteer import Gazetteer
    from geoevents.cli.notes import Ledger
    from geoevents.cli.terminal import Terminal

DEBUG = "--debug"


@dataclass(frozen=True, slots=True)
class Session:
    """The options of a run that do not change its results."""

    quiet: bool = False
    jobs: int = 1
    index: Path | None = None
    overwrite: bool = False

    def write_lines(
        self,
        work: Callable[[Gazetteer, Any], Any],
        items: Iterable[Any],
        output: str,
        *,
        wants_events: bool = False,
    ) -> None:
        """Do the work on each item and write one line for each."""
        from geoevents.cli.convert import as_lines, check_output, output_format
        from geoevents.errors import OptionError
        from geoevents.writers.jsonl import write_lines

        if output_format(output, "jsonl" if Path(output).suffix == "" else None) != "jsonl":
            raise OptionError("--output", output, "this command writes .jsonl")
        check_output(output, overwrite=self.overwrite)
        with self.running() as (terminal, ledger):
            gazetteer = self.open(terminal)
            results = ledger.follow(self.results(work, items, gazetteer))
            write_lines(output, as_lines(results), overwrite=self.overwrite)
            ledger.say(wants_events=wants_events)

    def open(self, terminal: Terminal) -> Gazetteer:
        """Open the gazetteer."""
        from geoevents.cli.run import open_gazetteer

        return open_gazetteer(self.index, terminal)

    def results(
        self, work: Callable[[Gazetteer, Any], Any], items: Iterable[Any], gazetteer: Gazetteer
    ) -> Iterator[Any]:
        """Yield one result or failure per item, in order."""
        from geoevents.cli.run import Runner

        runner = Runner(work, self.index, jobs=self.jobs, debug=DEBUG in sys.argv)
        return runner.run(items, gazetteer)

    @contextmanager
    def running(self) -> Iterator[tuple[Terminal, Ledger]]:
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
