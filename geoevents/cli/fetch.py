"""The command ``gazetteer fetch``: how do the big public gazetteers get here?"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoevents.cli import options

if TYPE_CHECKING:
    from gazetteer.fetch.catalogue import Dataset, RemoteFile
    from gazetteer.fetch.http import Http
    from geoevents.cli.terminal import Report, Terminal

_WEB = re.compile(r"https?://[^/\s]+(/\S*)?", re.IGNORECASE)
_LABELS = "labels"
_FAILED = 1
_SOME_FAILED = 3
_MEGABYTE = 1e6  # bytes, as disks and networks count them


def _dataset(value: str) -> str:
    from gazetteer.fetch.catalogue import datasets

    if value not in datasets():
        raise typer.BadParameter(f"{value!r} is none of {', '.join(datasets())}")
    return value


def _web_address(value: str) -> str:
    if not _WEB.fullmatch(value):
        raise typer.BadParameter(f"{value!r} is no address as https://server/folder/")
    return value


Name = Annotated[
    str,
    typer.Argument(
        parser=_dataset,
        metavar="DATASET",
        help="One of geonames, natural-earth, ourairports, wikidata-labels.",
        show_default=False,
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help="Folder to put it in [default: named after it]."
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        parser=_web_address, metavar="URL", help="Another server that holds the same files."
    ),
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--lang",
        parser=options.language,
        metavar="CODE",
        help="Language of the labels of wikidata-labels; may be given again.",
    ),
]
Places = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="GeoNames file (as cities500.zip) with the places of wikidata-labels "
        "[default: those shipped].",
        show_default=False,
    ),
]
Contact = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS", help="Your e-mail or web address, which public services ask to be told."
    ),
]


def fetch(
    name: Name,
    output: Folder = None,
    *,
    base_url: BaseUrl = None,
    lang: Languages = None,
    places: Places = None,
    contact: Contact = "",
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
) -> None:
    """Go online and get a big public gazetteer to build an index from."""
    from gazetteer.fetch.catalogue import dataset
    from gazetteer.fetch.http import Http
    from geoevents.cli.terminal import Terminal

    wanted = dataset(name)
    is_labels = wanted.files[0].kind == _LABELS
    if is_labels and not lang:
        raise typer.BadParameter(f"{name} needs a language at least, as --lang ar")
    if (lang or places) and not is_labels:
        raise typer.BadParameter("--lang and --places belong to wikidata-labels")
    terminal = Terminal(quiet=quiet)
    run = _Run(
        terminal=terminal,
        http=Http(contact=contact),
        folder=output or Path(name),
        base_url=base_url or wanted.base_url,
        langs=tuple(lang or ()),
        places=places,
    )
    files = run.missing(wanted, overwrite=overwrite)
    done = [run.fetched(file) for file in files]
    if all(done):
        _say_what_next(terminal, wanted, run.folder)
    else:
        raise typer.Exit(_SOME_FAILED if any(done) else _FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One fetching of a dataset."""

    terminal: Terminal
    http: Http
    folder: Path
    base_url: str
    langs: tuple[str, ...]
    places: Path | None

    def missing(self, wanted: Dataset, *, overwrite: bool) -> list[RemoteFile]:
        """Return the files that are to come; those already there are told."""
        from geoevents.errors import OutputExistsError

        there = [file for file in wanted.files if (self.folder / file.name).exists()]
        if overwrite or not there:
            return list(wanted.files)
        if len(there) == len(wanted.files):
            raise OutputExistsError(self.folder / there[0].name)
        for file in there:
            path = self.folder / file.name
            self.terminal.note(f"{path} is there already; --overwrite fetches it anew.")
        return [file for file in wanted.files if file not in there]

    def fetched(self, file: RemoteFile) -> bool:
        """Fetch one file and say where it lies, or why it did not come."""
        from gazetteer.errors import FetchError

        try:
            with self.terminal.progress(file.name) as report:
                path = self._fetch(file, report)
        except FetchError as error:
            self.terminal.error(str(error))
            return False
        typer.echo(path)
        return True

    def _fetch(self, file: RemoteFile, report: Report) -> Path:
        from gazetteer.fetch.download import download
        from gazetteer.fetch.labels import fetch_labels

        def show(done: int, total: int | None) -> None:
            report(done / total if total else 0.0, f"{file.name}, {_amount(file, done)}")

        if file.kind != _LABELS:
            return download(
                self.http, file, base_url=self.base_url, folder=self.folder, on_progress=show
            )
        return fetch_labels(
            self.http,
            file,
            self._subjects(),
            langs=self.langs,
            base_url=self.base_url,
            folder=self.folder,
            on_progress=show,
        )

    def _subjects(self) -> list[int]:
        from gazetteer.fetch.labels import BATCH
        from gazetteer.fetch.subjects import ids_of, shipped_ids

        if self.places is None:
            ids = shipped_ids()
        else:
            ids = ids_of(self.places, on_problem=lambda problem: self.terminal.note(str(problem)))
        queries = -(-len(ids) // BATCH)
        minutes = queries * self.http.patience.pause_s * 2 / 60
        self.terminal.note(
            f"The labels of {len(ids):,} places take {queries:,} queries, some {minutes:.0f} "
            "minutes; interrupted, it goes on where it was."
        )
        return ids


def _amount(file: RemoteFile, done: int) -> str:
    return f"query {done:,}" if file.kind == _LABELS else f"{done / _MEGABYTE:,.0f} MB"


def _say_what_next(terminal: Terminal, wanted: Dataset, folder: Path) -> None:
    terminal.note(f"Licence: {wanted.licence}; where you show the data, say: {wanted.attribution}.")
    if wanted.next:
        terminal.note(f"Now run: {wanted.next.format(folder=shlex.quote(str(folder)))}")
