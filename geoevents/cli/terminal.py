"""What does the command line say beside its results, and where?"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# Control characters and direction overrides in a file name or id could forge what a terminal shows.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_OURS = r"(gazetteer|geoevents|maps)\b"

Report = Callable[[float, str], None]


class Terminal:
    """Messages on standard error, one line each; data never goes here.

    Parameters
    ----------
    quiet
        Leave out notes and progress; errors are always shown.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet

    def note(self, sentence: str) -> None:
        """Say something that the user may want to know."""
        if not self.quiet:
            self._print(f"Note: {sentence}")

    def error(self, sentence: str) -> None:
        """Say what went wrong."""
        self._print(f"Error: {sentence}")

    @contextmanager
    def warnings_as_notes(self) -> Iterator[None]:
        """Show our own warnings as notes, and drop those of libraries, meant for programmers."""

        def show(message: Warning | str, *_: Any, **__: Any) -> None:
            self.note(str(message))

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("always", category=UserWarning, module=_OURS)
            warnings.showwarning = show
            yield

    @contextmanager
    def progress(self, what: str) -> Iterator[Report]:
        """Give a function that shows how far something is: a fraction and what is being done.

        Nothing is shown before the first report, nor unless standard error is a terminal.
        """
        if self.quiet or not sys.stderr.isatty():
            yield _say_nothing
            return
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        task = bar.add_task(what, total=1.0)

        def report(fraction: float, doing: str) -> None:
            bar.start()
            bar.update(task, completed=fraction, description=doing or what)

        try:
            yield report
        finally:
            bar.stop()

    @contextmanager
    def counter(self, what: str) -> Iterator[Callable[[], None]]:
        """Give a function to call once for each thing done, where the total is not known."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda: None
            return
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=None)
            yield lambda: bar.advance(task)

    def _print(self, line: str) -> None:
        sys.stderr.write(_CONTROL.sub("\ufffd", line) + "\n")
        sys.stderr.flush()


def _say_nothing(fraction: float, doing: str) -> None:
    del fraction, doing
