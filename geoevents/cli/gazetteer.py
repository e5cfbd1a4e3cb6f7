"""The commands ``gazetteer search`` and ``gazetteer info``: what does the gazetteer hold?"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from geoevents.cli import options
from geoevents.cli.session import Session

_COLUMNS = {
    "name": "place_name",
    "kind": "place_kind",
    "in": "place_country",
    "lat": "lat",
    "lon": "lon",
    "match": "match",
    "score": "score",
    "id": "place_id",
}
"""Heading of a column, and the key it shows."""

_PIPE_WIDTH = 200  # characters; a file has no width that lines must be broken to

app = typer.Typer(help="Look into the gazetteer.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Name in any script.", show_default=False)
]
Batch = Annotated[
    str | None,
    typer.Option(
        metavar="IN.jsonl", help="Look up many: lines with name, lang, country, kind, context."
    ),
]
SearchLang = Annotated[
    str | None, typer.Option(parser=options.language, metavar="CODE", help="Language of the name.")
]
Kind = Annotated[
    str | None, typer.Option(metavar="KIND", help="Only places of this kind, as city.")
]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most so many places.")]
Json = Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")]


@app.command()
def search(
    name: Name = None,
    output: options.Output = options.STDOUT,
    *,
    batch: Batch = None,
    lang: SearchLang = None,
    country: options.Country = None,
    kind: Kind = None,
    limit: Limit = 10,
    as_json: Json = False,
    geometry: options.Geometry = False,
    min_score: options.MinScore = 0.0,
    overwrite: options.Overwrite = False,
    quiet: options.Quiet = False,
    jobs: options.Jobs = 1,
    index: options.Index = None,
) -> None:
    """Look up a name, or many names with --batch."""
    from geoevents.cli.work import Search
    from geoevents.readers import open_records

    if (name is None) == (batch is None):
        raise typer.BadParameter("give either a NAME or --batch IN.jsonl")
    session = Session(quiet=quiet, jobs=jobs, index=index, overwrite=overwrite)
    if name is None:
        work = Search(lang, country, kind, min_score, geometry)
        session.write_lines(work, open_records(str(batch)), output)
        return
    with session.running() as (terminal, _):
        gazetteer = session.open(terminal)
        found = gazetteer.search(name, lang=lang, country=country, kind=kind, limit=limit)
        matches = [match for match in found if match.score >= min_score]
        lines = [_line(name, match, gazetteer if geometry else None) for match in matches]
        if not lines:
            terminal.error(f"No place is called {name!r}: try another spelling or fewer options.")
            raise typer.Exit(1)
        wants_lines = as_json or geometry or output != options.STDOUT
        _show(lines, output, as_json=wants_lines, overwrite=overwrite)


@app.command()
def info(
    *,
    as_json: Json = False,
    quiet: options.Quiet = False,
    index: options.Index = None,
) -> None:
    """Show what the gazetteer holds, its versions and where its index is."""
    session = Session(quiet=quiet, index=index)
    with session.running() as (terminal, _):
        facts = session.open(terminal).info()
        if as_json:
            _show([facts], options.STDOUT, as_json=True, overwrite=False)
            return
        for key, value in facts.items():
            if isinstance(value, dict):
                typer.echo(f"{key}:")
                typer.echo("".join(f"  {k}: {v}\n" for k, v in value.items()), nl=False)
            else:
                typer.echo(f"{key}: {value}")


def _line(name: str | None, match: Any, gazetteer: Any) -> dict[str, Any]:
    from geoevents.cli.work import match_line
    from geoevents.writers.lines import geometry_line

    line = {"name": name} | match_line(match)
    return line | {"geometry": geometry_line(match.place, gazetteer)} if gazetteer else line


def _show(lines: list[dict[str, Any]], output: str, *, as_json: bool, overwrite: bool) -> None:
    if as_json:
        from geoevents.writers.jsonl import write_lines

        write_lines(output, lines, overwrite=overwrite)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, overflow="fold")
    for line in lines:
        table.add_row(*("" if line[key] is None else str(line[key]) for key in _COLUMNS.values()))
    console = Console(markup=False, emoji=False, highlight=False)
    console.print(table, width=None if console.is_terminal else _PIPE_WIDTH)
