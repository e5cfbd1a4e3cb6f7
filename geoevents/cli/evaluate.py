"""The command ``evaluate``: how good are predicted places, and where are they wrong?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoevents.cli import options
from geoevents.cli.session import Session
from geoevents.cli.shared import with_shared_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoevents.cli.notes import Ledger
    from geoevents.cli.terminal import Terminal
    from geoevents.evaluate import Evaluation, Leftovers, Pair
    from geoevents.evaluate.places import Outlines

_BESIDE_GOLD = "areas.json"
_PAGES = (".html", ".htm")

Gold = Annotated[
    str,
    typer.Argument(
        metavar="GOLD",
        help="JSON lines with id, text and toponyms (start, end, lat, lon; place_id, geonameid or "
        "bbox); .gz too.",
        show_default=False,
    ),
]
Predicted = Annotated[
    str,
    typer.Argument(
        metavar="PRED",
        help="JSON lines with id and toponyms, as geoparse and resolve write them; - is standard "
        "input.",
        show_default=False,
    ),
]
Page = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="OUT.html", help="Page of the mistakes, with a map."),
]
Forms = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help="Score gold toponyms of these forms, as name,associative; null are those of none. "
        "Predictions on others are neither right nor wrong [default: all].",
        show_default=False,
    ),
]
Flat = Annotated[
    bool, typer.Option("--flat", help="Leave out gold toponyms that lie inside other ones.")
]
Words = Annotated[
    bool,
    typer.Option(
        "--words", help="Widen spans to whole words first: for gold that holds glued particles."
    ),
]
GeocodedOnly = Annotated[
    bool, typer.Option("--geocoded-only", help="Leave out all that has no coordinates.")
]
Areas = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="Outlines of what gold names by 'area', {area: [ring, ...]} [default: areas.json "
        "beside GOLD; without it the gazetteer's own, by place_id and geonameid].",
        show_default=False,
    ),
]
Replicates = Annotated[
    int, typer.Option(min=0, metavar="N", help="Resamples for the intervals; 0 for none.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]


@with_shared_options
def evaluate(
    gold: Gold,
    predicted: Predicted,
    *,
    output: Page = None,
    forms: Forms = None,
    flat: Flat = False,
    words: Words = False,
    geocoded_only: GeocodedOnly = False,
    areas: Areas = None,
    replicates: Replicates = 1000,
    as_json: Json = False,
    overwrite: options.Overwrite = False,
    session: Session,
) -> None:
    """Measure predicted places against gold, and show what was wrong on a page with a map."""
    from geoevents import evaluate as ev
    from geoevents.writers import write_lines

    _check(gold, predicted, output, overwrite=overwrite)
    convention = ev.Convention(_forms(forms), flat, words, geocoded_only)
    with session.begin() as (terminal, ledger):
        leftovers = ev.Leftovers()
        found = ev.evaluate(
            _pairs(gold, predicted, terminal, ledger, leftovers),
            convention=convention,
            outlines=_outlines(gold, areas, session, terminal),
            replicates=replicates,
        )
        if output is not None:
            _write_page(found, output, gold, overwrite=overwrite)
        if as_json:
            write_lines(options.STDOUT, [ev.as_json(found)])
        else:
            typer.echo(ev.as_text(found), nl=False)
        _say(terminal, found, leftovers)


def _check(gold: str, predicted: str, output: Path | None, *, overwrite: bool) -> None:
    """Raise what would end the command, before its work is done."""
    from geoevents.cli.convert import check_output
    from geoevents.errors import OptionError

    if gold == predicted == options.STDOUT:
        raise typer.BadParameter("GOLD and PRED cannot both be standard input")
    if output is None:
        return
    if output.suffix.lower() not in _PAGES:
        raise OptionError("--output", str(output), "this command writes .html")
    check_output(str(output), overwrite=overwrite, inputs=[gold, predicted])


def _forms(words: str | None) -> frozenset[str] | None:
    """Return the forms that are asked for, in the words that gold uses."""
    from geoevents.errors import OptionError

    if words is None:
        return None
    forms = frozenset(filter(None, (word.strip() for word in words.split(","))))
    if not forms:
        raise OptionError("--forms", words, "name at least one form")
    return forms


def _pairs(
    gold: str, predicted: str, terminal: Terminal, ledger: Ledger, leftovers: Leftovers
) -> Iterator[Pair]:
    """Yield the documents; say which lines cannot be used."""
    from geoevents.errors import EmptyInputError
    from geoevents.evaluate import read_pairs
    from geoevents.readers import Failure

    usable = False
    with terminal.counter("Measured") as count:
        for item in read_pairs(gold, predicted, leftovers=leftovers):
            if isinstance(item, Failure):
                ledger.failed(item)
                continue
            usable = True
            yield item
            count()
    if not usable:
        raise EmptyInputError(gold)


def _outlines(gold: str, areas: Path | None, session: Session, terminal: Terminal) -> Outlines:
    from geoevents.evaluate import FileOutlines, GazetteerOutlines

    beside = Path(gold).with_name(_BESIDE_GOLD) if gold != options.STDOUT else None
    if areas is None and beside is not None and beside.is_file():
        areas = beside
    if areas is None:
        return GazetteerOutlines(partial(session.open, terminal))
    terminal.note(f"Areas of gold are those of {str(areas)!r}.")
    return FileOutlines(areas)


def _write_page(found: Evaluation, output: Path, gold: str, *, overwrite: bool) -> None:
    from geoevents.evaluate import error_page
    from geoevents.writers import whole_file

    page = error_page(found, title=f"Mistakes: {Path(gold).stem}")
    with whole_file(output, overwrite=overwrite) as path:
        path.write_text(page, encoding="utf-8")


def _say(terminal: Terminal, found: Evaluation, leftovers: Leftovers) -> None:
    missing = found.documents - found.documents_predicted
    if missing:
        terminal.note(f"Documents without a prediction, which count as empty: {missing}.")
    if leftovers.failed:
        terminal.note(
            f"Documents whose prediction is an error, count as empty: {leftovers.failed}."
        )
    if leftovers.unknown:
        terminal.note(
            f"Predicted documents that gold does not have, left aside: {leftovers.unknown} "
            f"(as {leftovers.example!r})."
        )
