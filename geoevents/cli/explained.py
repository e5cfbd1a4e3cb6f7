"""How does a run on one article also write the page that explains it?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoevents.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoevents.article import Article
    from geoevents.cli.terminal import Terminal
    from geoevents.cli.work import Done
    from geoevents.readers import Failure

_OPTION = "--explain"
_PAGES = frozenset({".html", ".htm"})

Explain = Annotated[
    str | None,
    typer.Option(
        _OPTION,
        metavar="FILE.html",
        help="Page of one article: its text with everything marked, and why; written beside OUT.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is to be made: in which language, None for the article's."""

    lang: str | None


class Page:
    """The page that a run writes beside its output, or none.

    Parameters
    ----------
    target
        The file to write, ``-`` for standard output, or None for no page.
    lang
        Language of the page itself, or None for the article's.
    output
        The run's own output.
    overwrite
        Replace the page if it exists.
    inputs
        Files and folders that the run reads.

    Raises
    ------
    OptionError, OutputError
        If the page cannot be written so; before any work is done.
    """

    def __init__(
        self,
        target: str | None,
        *,
        lang: str | None,
        output: str,
        overwrite: bool,
        inputs: Iterable[str | Path] = (),
    ) -> None:
        from geoevents.errors import OptionError

        self._target = target
        self._lang = lang
        self._overwrite = overwrite
        self._html: str | None = None
        if target is not None:
            _check(target, output, overwrite=overwrite, inputs=inputs)
        elif lang is not None:
            raise OptionError("--ui-lang", lang, f"it is the language of the page of {_OPTION}")

    @property
    def is_wanted(self) -> bool:
        """Whether there is to be a page."""
        return self._target is not None

    @property
    def wanted(self) -> Wanted | None:
        """What the page is to be, or None where there is to be none."""
        return Wanted(self._lang) if self.is_wanted else None

    def only(self, articles: Iterable[Article | Failure]) -> Iterable[Article | Failure]:
        """Return the one article that a page can show, or all where no page is wanted.

        Raises
        ------
        OptionError
            If there are more.
        """
        from geoevents.errors import OptionError

        if self._target is None:
            return articles
        first = list(islice(articles, 2))
        if len(first) > 1:
            why = "it shows one article, and the inputs hold more: name a single one"
            raise OptionError(_OPTION, self._target, why)
        return first

    def kept(self, results: Iterable[Done | Failure]) -> Iterator[Done | Failure]:
        """Pass results on, and keep the page that comes with them."""
        for result in results:
            self._html = getattr(result, "page", None) or self._html
            yield result

    def write(self, terminal: Terminal) -> None:
        """Write the page, if there is one, and say where it is."""
        from geoevents.writers import whole_file

        if self._target is None or self._html is None:
            return
        with whole_file(self._target, overwrite=self._overwrite) as path:
            path.write_text(self._html, encoding="utf-8")
        if self._target != options.STDOUT:
            terminal.note(f"The explanation is in {self._target!r}: open it in a browser.")


def _check(target: str, output: str, *, overwrite: bool, inputs: Iterable[str | Path]) -> None:
    from geoevents.cli.convert import check_output
    from geoevents.errors import OptionError

    if target == options.STDOUT:
        if output == options.STDOUT:
            raise OptionError(_OPTION, target, "standard output takes the events; give -o OUT too")
    elif Path(target).suffix.lower() not in _PAGES:
        raise OptionError(_OPTION, target, "it writes .html")
    check_output(target, overwrite=overwrite, inputs=inputs)
